"""Tools for authors of a lesson: they try a lab's catalogue of mistakes with its suite and its visible checks."""
