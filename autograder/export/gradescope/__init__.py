"""Gradescope: `pack` makes the autograder's zip here, `run` grades one submission there."""
