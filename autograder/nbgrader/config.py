"""Set up a course's `nbgrader_config.py`: stock commands, our steps where the stock ones would run a kernel."""

from __future__ import annotations

import os
import sysconfig
import warnings
from typing import Any

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import CheckCellMetadata, ClearSolutions, Execute, SaveAutoGrades
from sqlalchemy.exc import SAWarning

from autograder.nbgrader.clear_solutions import NamedStubs
from autograder.nbgrader.log import quiet_ctrl_c
from autograder.text import plain_logs

_FILTERS = {
    "ansi2html": "safe_terminal",
    "clean_html": "safe_html",
    "highlight_code": "safe_code",
    "markdown2html": "safe_markdown",
    "strip_files_prefix": "as_it_is",
}
_OURS = "autograder.nbgrader.plugins."  # imported by name, where and when a command needs it


def configure(config: Any, course_id: str) -> Any:
    """Make the folder of this config a course: `solutions/` to `assignments/`, graded in the sandbox.

    `config` is nbgrader's, from `get_config()`, and returned; `course_id` names the course in its gradebook.
    """
    quiet_ctrl_c()
    # nbgrader calls `alembic` by name when it makes a gradebook: it must be found without an activated environment too.
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

    plain_logs()
    config.CourseDirectory.course_id = course_id

    # One name per lab in both places: solutions/<lab>/<lab>.ipynb is the master, assignments/<lab>/<lab>.ipynb
    # its release.
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "assignments"
    # nbgrader's own, and what it would execute if somebody ran it inside of a student's folder.
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "nbgrader_config.py"]

    # Stubs name their task.
    config.GenerateAssignment.preprocessors = _steps(GenerateAssignment, "preprocessors", {ClearSolutions: NamedStubs})

    # No kernel: the sandbox grades beside nbgrader's loop, and the steps write down what is in the records.
    # The exporter puts a submission on the release's frame, which is all that the other steps of sanitizing do, and
    # keeps the student's outputs, which `ClearOutput` would not. No later step changes the frame.
    config.Autograde.exporter_class = _OURS + "SubmissionExporter"
    config.Autograde.sanitize_preprocessors = [_OURS + "AsReleased"]
    config.Autograde.autograde_preprocessors = _steps(
        Autograde,
        "autograde_preprocessors",
        {Execute: _OURS + "ShowVerdicts", SaveAutoGrades: _OURS + "SaveScores", CheckCellMetadata: None},
    )

    # Due dates, extensions and what lateness costs stand in course.yml; `autograder due` puts them into the gradebook.
    config.AssignLatePenalties.plugin_class = _OURS + "LatePolicy"

    # What students wrote, made safe for a browser: formgrader's pages and the feedback.
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.preprocessors = [_OURS + "StaffPages"]  # the marking guide, in formgrader; no MathJax from afar
    config.HTMLExporter.filters = {name: _OURS + ours for name, ours in _FILTERS.items()}
    config.GenerateFeedback.preprocessors = [_OURS + "FreshGrades", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]

    # What was handed in is copied without its links, devices and floods of files.
    config.GenerateFeedback.exporter_class = _OURS + "FeedbackPages"
    config.ExchangeFactory.collect = _OURS + "CollectOrdinary"

    # Moodle's and Canvas' file names; their own archive is unpacked, those that students handed in are not.
    config.ZipCollectApp.extractor_plugin = _OURS + "OuterArchives"
    config.ZipCollectApp.collector_plugin = _OURS + "LmsFileNames"

    # nbgrader 0.9 under SQLAlchemy 2.1 warns on each new submission of what it always did; it would bury what matters.
    warnings.filterwarnings("ignore", message="Object of type <Submitted", category=SAWarning)
    return config


def _steps(converter: Any, trait: str, replaced: dict[Any, Any]) -> list[Any]:
    """The stock steps in their own order, but for those that are replaced, or left out by None."""
    found = [replaced.get(step, step) for step in converter.class_traits()[trait].default()]
    return [step for step in found if step is not None]
