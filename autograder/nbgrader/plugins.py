"""Name what `nbgrader_config.py` puts into nbgrader's plug-in points; each part is described where it is defined."""

from autograder.nbgrader.collect import CollectOrdinary
from autograder.nbgrader.collector import LmsFileNames
from autograder.nbgrader.exporter import SubmissionExporter
from autograder.nbgrader.extractor import OuterArchives
from autograder.nbgrader.feedback_pages import FeedbackPages
from autograder.nbgrader.late_policy import LatePolicy
from autograder.nbgrader.preprocessors import AsReleased, SaveScores, ShowVerdicts
from autograder.nbgrader.sanitize import FreshGrades, as_it_is, safe_code, safe_html, safe_markdown, safe_terminal
from autograder.nbgrader.staff_pages import StaffPages

__all__ = [
    "AsReleased",
    "CollectOrdinary",
    "FeedbackPages",
    "FreshGrades",
    "LatePolicy",
    "LmsFileNames",
    "OuterArchives",
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
