"""What only lab 2's suite needs."""
