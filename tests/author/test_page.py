"""What `docs/author.md` shows is so: lab 2 as it stands, and a lab from nothing that verifies."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import suite
from autograder.authoring.lab_tools import CELL, made_for
from autograder.authoring.new_lab.lab import make_lab
from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import Report, rules_to_run, run
from autograder.course.settings import Course, load_course
from autograder.nbgrader.release import release_of

if TYPE_CHECKING:
    from autograder.sandbox.server_client import WarmServer

ROOT = Path(__file__).parents[2]
LAB = "lab7_smoothing"
PAGE = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(?:python|text|yaml)\n(.*?)```", re.DOTALL)
ANSWER = '''\
def smooth(xs: list[float], keep: float) -> list[float]:
    """Smooth a series.

    Args:
        xs: the series; it may be empty.
        keep: the share of the old value, between 0 and 1.

    Returns:
        The average after each value.
    """
    ### BEGIN SOLUTION
    # Why a share of both: what came in first is multiplied by keep most often, so it fades.
    s, found = 0.0, []
    for x in xs:
        s = keep * s + (1 - keep) * x
        found.append(s)
    return found
    ### END SOLUTION'''
CHECK = """\
with in_words("smooth"):
    for place, (got, expected) in enumerate(zip(smooth([1.0, 0.0, 2.0], 0.5), [0.5, 0.25, 1.125]), 1):
        same(got, expected, f"value {place}")
    print("✓ smooth: three values agree.")"""
HINTS = "**Stuck?**\n\n<details>\n<summary>Hint 1 · where to begin</summary>\n\nStart from 0.\n\n</details>"
EXPECTED = "**Expected output** (at once)\n\n```\n✓ smooth: three values agree.\n```"


def test_lab_2_is_shown_as_it_stands() -> None:
    """Its code, from the first import to the last check."""
    suite = (ROOT / "autograder" / "suites" / "test_lab2_scalar_gru.py").read_text(encoding="utf-8")
    code = suite[suite.index("from autograder.suite import") :]

    assert code.strip() in [block.strip() for block in BLOCK.findall(PAGE)]


def test_every_judge_stands_in_the_table() -> None:
    """With a row of its own: whatever takes the name of a function and rows."""
    judges = {
        name
        for name in suite.__all__
        if inspect.isfunction(getattr(suite, name))
        and {"function", "more"} <= inspect.signature(getattr(suite, name)).parameters.keys()
    }

    assert len(judges) == 11
    assert {name for name in judges if f"\n| `{name}(name" in PAGE} == judges


SECOND = {
    "title": ("| 4 |", "| 4 |\n| 2 | `decay`, two numbers in, one number out | 3 |"),
    "decay_task": ("Task 1", "Task 2"),
    "decay_answer": ("return 2 * x + 0.25", "return math.exp(-t / tau)"),
}
"""What an author writes over the cells and their copies, beside the text of the task."""


def fresh_lab(root: Path, function: str, title: str) -> tuple[Course, Path, dict[str, Any]]:
    """A course with the lab that `new` makes, its master, and what is in that."""
    (root / "course.yml").write_text("title: Mine\nsecret: something-of-mine\nassignments: {}\n")
    make_lab(load_course(root), LAB, function, title)
    course = load_course(root)
    return course, course.solution(LAB), json.loads(course.solution(LAB).read_text(encoding="utf-8"))


def verified(course: Course, server: WarmServer) -> Report:
    """What all rules find; one warm server serves all tests."""
    with CourseView(course) as view:
        view.__dict__["_server"] = server
        return run(view, rules_to_run([], quick=False))


def test_a_second_function_verifies(tmp_path: Path, server: WarmServer) -> None:
    """The recipe of the page: five copied cells with other names, an import in `lab_tools.txt`, the suite as shown."""
    course, master, book = fresh_lab(tmp_path, "twice", "Two functions")
    first = [cell for cell in book["cells"] if cell["id"].startswith("twice")]
    text = json.dumps(first).replace("twice", "decay").replace("x: float", "t: float, tau: float")
    text = text.replace("x: any number", 't: any time\\n", "        tau: above 0').replace('"points": 4', '"points": 3')
    text = text.replace("**Points** 4", "**Points** 3").replace("decay(1.5), 3.25", "decay(1.0, 2.0), 0.6065306597")
    text = text.replace("decay(-1.0), -1.75", "decay(-1.0, 2.0), 1.6487212707")
    copies = json.loads(text)
    place = book["cells"].index(first[-1]) + 1
    book["cells"][place:place] = copies
    (course.home(LAB) / "lab_tools.txt").write_text("numbers\n\nimport math\n")
    for cell in book["cells"]:
        source = made_for(course, LAB) if cell["id"] == CELL else "".join(cell["source"])
        assert source is not None
        old, new = SECOND.get(cell["id"], ("", ""))
        assert old in source, cell["id"]
        cell["source"] = source.replace(old, new, 1).splitlines(keepends=True)
    master.write_text(json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    course.released(LAB).write_text(release_of(master), encoding="utf-8")
    section = PAGE[PAGE.index("## A second function") : PAGE.index("## The judges")]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    imports = "from autograder.suite import Reference, Student, check, number, uniform\n"
    before, _, after = course.suite(LAB).read_text(encoding="utf-8").partition(imports)
    mine = code.replace("from autograder.suite import", "from autograder.suite import uniform,")
    course.suite(LAB).write_text(before + mine + after, encoding="utf-8")

    report = verified(course, server)
    assert {rule: found for rule, found in report.findings.items() if found} == {}


def test_lab_from_nothing_verifies(tmp_path: Path, server: WarmServer) -> None:
    """The four files of the page, beside a master that was written over what `new` makes."""
    course, master, book = fresh_lab(tmp_path, "smooth", "Smoothing a series")
    texts = {"smooth_answer": ANSWER, "smooth": CHECK, "smooth_hints": HINTS, "smooth_expected": EXPECTED}
    section = PAGE[PAGE.index("## A lab from nothing") : PAGE.index("## The mistakes")]
    files = dict(block.removeprefix("# ").split("\n", 1) for block in BLOCK.findall(section))
    for name, text in files.items():
        (course.suite(LAB).parent / name).write_text(text, encoding="utf-8")
    texts[CELL] = made_for(course, LAB) or ""
    for cell in book["cells"]:
        cell["source"] = texts.get(cell["id"], "".join(cell["source"])).splitlines(keepends=True)
    master.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    course.released(LAB).write_text(release_of(master), encoding="utf-8")

    report = verified(course, server)
    assert len(files) == 4
    assert '"value 2 is 0.0000": ["Each value starts from 0 again' in texts[CELL]
    assert report.clean, report.findings
