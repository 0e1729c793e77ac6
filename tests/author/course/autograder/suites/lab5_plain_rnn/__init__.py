"""What only this lab needs."""
