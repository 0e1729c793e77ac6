"""nbgrader's own plug-in points, filled with our grading; `autograder.nbgrader_ext` names what the config uses."""
