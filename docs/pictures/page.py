"""Photograph a student's page for the README: two mistakes in lab 1, graded for real and opened in Debian's chromium.

Run as `python docs/pictures/page.py [FILE]` from anywhere.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.report.student_page import student_page

HERE = Path(__file__).resolve().parent
LAB = "lab1_scalar_lstm"
SLIPS = {
    "input_gate = sigmoid(input_logit)": "input_gate = np.tanh(input_logit)",
    "h_t = output_gate * np.tanh(c_t)": "h_t = output_gate * c_t",
}
"""Two slips of a student who has read on, and not closely."""


def handed_in(folder: Path) -> Path:
    """The lab's master with the slips in it, as a file to grade."""
    notebook = json.loads((HERE.parents[1] / "solutions" / LAB / f"{LAB}.ipynb").read_text())
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        for right, wrong in SLIPS.items():
            source = source.replace(right, wrong)
        cell["source"] = source
    file = folder / f"{LAB}.ipynb"
    file.write_text(json.dumps(notebook))
    return file


def main(picture: Path) -> None:
    """Grade, open, photograph."""
    with tempfile.TemporaryDirectory() as scratch, Grader(find_course(HERE)) as grader:
        page = Path(scratch, "page.html")
        page.write_text(student_page(grader.grade_file(handed_in(Path(scratch)), "ada", LAB)), encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            tab = browser.new_page(viewport={"width": 900, "height": 760})
            tab.goto(page.as_uri())
            tab.screenshot(path=picture)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "feedback.png")
