"""nbgrader's own plug-in points, filled with our grading; `autograder.nbgrader.plugins` names what the config uses."""
