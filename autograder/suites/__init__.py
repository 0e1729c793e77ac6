"""This course's hidden suites; of the engine they import `autograder.suite` only."""
