"""What only lab 4's suite needs."""
