"""What `nbgrader_config.py` puts into nbgrader's plug-in points; each part is described where it is defined."""

from autograder.nbgrader.downloads import LmsFileNames
from autograder.nbgrader.exporter import SubmissionExporter
from autograder.nbgrader.late import LatePolicy
from autograder.nbgrader.pages import FreshGrades, as_it_is, safe_code, safe_html, safe_markdown, safe_terminal
from autograder.nbgrader.staff_pages import StaffPages
from autograder.nbgrader.steps import AsReleased, SaveScores, ShowVerdicts

__all__ = [
    "AsReleased",
    "FreshGrades",
    "LatePolicy",
    "LmsFileNames",
    "SaveScores",
    "ShowVerdicts",
    "StaffPages",
    "SubmissionExporter",
    "as_it_is",
    "safe_code",
    "safe_html",
    "safe_markdown",
    "safe_terminal",
]
