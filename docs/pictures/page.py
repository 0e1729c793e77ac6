"""Photograph students' pages: lab 1, graded for real and opened in Debian's chromium.

`python docs/pictures/page.py` draws the README's picture, two mistakes. `python docs/pictures/page.py FOLDER` puts
pages of five kinds there (all right, half, nothing, two mistakes, a crash), each wide and light, and as on a phone in
dark.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.report.student_page import student_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
LAB = "lab1_scalar_lstm"
SLIPS = {
    "input_gate = sigmoid(input_logit)": "input_gate = np.tanh(input_logit)",
    "h_t = output_gate * np.tanh(c_t)": "h_t = output_gate * c_t",
}
"""Two slips of a student who has read on, and not closely."""
STUB = 'raise NotImplementedError("lstm_step: replace this line with your code")'
KINDS = {
    "right": ("solutions", {}),
    "half": ("solutions", {"h_t = output_gate * np.tanh(c_t)": STUB}),
    "nothing": ("assignments", {}),
    "two mistakes": ("solutions", SLIPS),
    "crash": ("solutions", {"c_t = forget_gate * c_prev": "import os; os.abort()\n    c_t = forget_gate * c_prev"}),
}
"""Where the notebook of a page comes from, and what is changed in it."""
WIDE: dict[str, Any] = {"viewport": {"width": 900, "height": 760}, "color_scheme": "light"}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "device_scale_factor": 2}


def page_of(kind: str, folder: Path, grader: Grader) -> Path:
    """Grade a notebook of that kind; returns its page as a file."""
    source, changes = KINDS[kind]
    notebook = json.loads((HERE.parents[1] / source / LAB / f"{LAB}.ipynb").read_text())
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        for right, wrong in changes.items():
            text = text.replace(right, wrong)
        cell["source"] = text
    file = folder / f"{LAB}.ipynb"
    file.write_text(json.dumps(notebook))
    page = folder / f"{kind}.html"
    page.write_text(student_page(grader.grade_file(file, "ada", LAB)), encoding="utf-8")
    return page


def photograph(browser: Browser, page: Path, picture: Path, view: dict[str, Any], *, full_page: bool = True) -> None:
    """Open a page in that view and store what is seen; all of it, or what fits the window."""
    tab = browser.new_page(**view)
    tab.goto(page.as_uri())
    tab.screenshot(path=picture, full_page=full_page)
    tab.close()


def main(folder: Path | None) -> None:
    """Grade, open, photograph."""
    with tempfile.TemporaryDirectory() as scratch, Grader(find_course(HERE)) as grader, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        if folder is None:
            page = page_of("two mistakes", Path(scratch), grader)
            photograph(browser, page, HERE / "feedback.png", WIDE, full_page=False)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            for kind in KINDS:
                page = page_of(kind, Path(scratch), grader)
                photograph(browser, page, folder / f"{kind}, wide.png", WIDE)
                photograph(browser, page, folder / f"{kind}, phone and dark.png", PHONE)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
