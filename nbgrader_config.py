"""The repo root as an nbgrader course: every stock `nbgrader` command works from here."""

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions

from autograder.nbgrader_stubs import NamedStubs

c = get_config()  # noqa: F821  # nbgrader puts this name there when it loads the file

c.CourseDirectory.course_id = "lstm_gru"

# One name per lab in both places: solutions/<lab>/<lab>.ipynb is the master, assignments/<lab>/<lab>.ipynb
# its release.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"

# nbgrader's own steps in nbgrader's own order, but for the stubs: ours name their task.
stock_steps = GenerateAssignment.class_traits()["preprocessors"].default()
c.GenerateAssignment.preprocessors = [NamedStubs if step is ClearSolutions else step for step in stock_steps]
