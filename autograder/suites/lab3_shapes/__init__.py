"""What only lab 3's suite needs."""
