"""What only lab 6's suite needs."""
