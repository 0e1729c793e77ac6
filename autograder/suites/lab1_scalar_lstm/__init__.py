"""What only lab 1's suite needs."""
