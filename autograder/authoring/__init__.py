"""For authors of a lesson: a lab's catalogue of mistakes tried out, by its suite and by its visible checks."""
