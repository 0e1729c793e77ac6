"""The repo root as an nbgrader course: every stock `nbgrader` command works from here."""

import os
import sysconfig
import warnings

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import CheckCellMetadata, ClearSolutions, Execute, SaveAutoGrades
from sqlalchemy.exc import SAWarning

from autograder.nbgrader_stubs import NamedStubs

c = get_config()  # noqa: F821  # nbgrader puts this name there when it loads the file
ours = "autograder.nbgrader_ext."  # imported by name, where and when a command needs it


def steps(converter, trait, replaced):  # noqa: ANN001, ANN201  # nbgrader executes this file, nobody imports it
    """The stock steps in their own order, but for those that are replaced, or left out by None."""
    found = [replaced.get(step, step) for step in converter.class_traits()[trait].default()]
    return [step for step in found if step is not None]


# nbgrader calls `alembic` by name when it makes a gradebook: it must be found without an activated environment too.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

c.CourseDirectory.course_id = "lstm_gru"

# One name per lab in both places: solutions/<lab>/<lab>.ipynb is the master, assignments/<lab>/<lab>.ipynb
# its release.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
# nbgrader's own, and what it would execute if somebody ran it inside of a student's folder.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "nbgrader_config.py"]

# Stubs name their task.
c.GenerateAssignment.preprocessors = steps(GenerateAssignment, "preprocessors", {ClearSolutions: NamedStubs})

# No kernel: the sandbox grades beside nbgrader's loop, and the steps write down what is in the records.
# The exporter puts a submission on the release's frame, which is all that the other steps of sanitizing do, and
# keeps the student's outputs, which `ClearOutput` would not. No later step changes the frame.
c.Autograde.exporter_class = ours + "SubmissionExporter"
c.Autograde.sanitize_preprocessors = [ours + "AsReleased"]
c.Autograde.autograde_preprocessors = steps(
    Autograde,
    "autograde_preprocessors",
    {Execute: ours + "ShowVerdicts", SaveAutoGrades: ours + "SaveScores", CheckCellMetadata: None},
)

# Due dates, extensions and what lateness costs stand in course.yml; `autograder due` puts them into the gradebook.
c.AssignLatePenalties.plugin_class = ours + "LatePolicy"

# What students wrote, made safe for a browser: formgrader's pages and the feedback.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": ours + "safe_markdown", "clean_html": ours + "safe_html"}
c.GenerateFeedback.preprocessors = [ours + "FreshGrades", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]

# Moodle's and Canvas' file names.
c.ZipCollectApp.collector_plugin = ours + "LmsFileNames"

# nbgrader 0.9 under SQLAlchemy 2.1 warns on each new submission of what it always did; it would bury what matters.
warnings.filterwarnings("ignore", message="Object of type <Submitted", category=SAWarning)
