"""`autograder verify`, the course linter: rules over notebooks, suites and `course.yml`. It knows no lesson."""
