"""What only lab 5's suite needs."""
