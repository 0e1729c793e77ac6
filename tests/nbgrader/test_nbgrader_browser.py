"""formgrader and feedback in a real browser: a mark and a comment are given, and a student's script does not run."""

from __future__ import annotations

import html
import json
import re
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from nbcourse import BIN, LAB1, REPO, cell, released, solved

from autograder.nbgrader.staff_pages import guides

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nbcourse import NbCourse
    from playwright.sync_api import Browser, Page

PWN = "window.pwned=(window.pwned||0)+1"
ATTACKS = f"""
Answer with **bold**, $x < y$ and `code`.
<script>{PWN}</script><img src=x onerror="{PWN}"><svg onload="{PWN}"></svg>
<a href="javascript:{PWN}">click</a> [click](javascript:{PWN}) <iframe srcdoc="<script>parent.{PWN}</script>"></iframe>
![x](/formgrader?path=/tmp)
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={PWN}&gt;">
<form action="/formgrader/api/x"><button class="full-credit">Full credit</button></form>
<details open ontoggle="{PWN}"><summary>more</summary>text</details> ![](attachment:nothing.png)
"""


def _hostile() -> dict[str, Any]:
    notebook = solved(exercise1_written=ATTACKS)
    bad = f"<script>{PWN}</script><img src=x onerror='{PWN}'><table class='dataframe'><tr><th>kept</th></tr></table>"
    cell(notebook, "run_scalar_lstm_lab")["outputs"] = [
        {"output_type": "display_data", "metadata": {"text/html": {"isolated": True}}, "data": {"text/html": bad}},
        {"output_type": "display_data", "metadata": {}, "data": {"application/javascript": PWN}},
        {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": ATTACKS}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": f"<svg onload='{PWN}'/>"}},
        {"output_type": "stream", "name": "stdout", "text": f"<script>{PWN}</script>"},
        {"output_type": "error", "ename": bad, "evalue": bad, "traceback": [bad]},
    ]
    notebook["metadata"]["title"] = bad
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": bad}}
    cell(notebook, "sigmoid_hints")["metadata"]["tags"] = [f'"><script>{PWN}</script>']
    cell(notebook, "title")["source"] = ATTACKS
    return notebook


@pytest.fixture(scope="module")
def shown(course: NbCourse) -> NbCourse:
    """Two submissions, one of them hostile, autograded."""
    course.hand_in("ada", solved(sigmoid_answer="def sigmoid(x):\n    return 0.5\n", exercise1_written="It fades."))
    course.hand_in("eve", _hostile())
    course.nbgrader("autograde", LAB1)
    return course


@pytest.fixture(scope="module")
def server(shown: NbCourse) -> Iterator[str]:
    """A JupyterLab server with nbgrader's extensions in the course's root."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(BIN / "jupyter"), "lab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    options = ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.open_browser=False"]
    log = (shown.root.parent / "jupyter.log").open("w")
    process = subprocess.Popen([*command, *options], cwd=shown.root, env=shown.environment, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/formgrader/manage_assignments")
        yield base
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _wait_for(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=20):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no answer from {url}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that reaches no other machine."""
    opened = browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
    yield opened
    opened.close()


def _submission(shown: NbCourse, student: str) -> str:
    rows = shown.ask(
        "select n.id from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id "
        "where s.student_id = ?",
        student,
    )
    return str(rows[0][0])


def _harmless(page: Page) -> None:
    """Nothing of the attack ran, and what should be readable is."""
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert (
        page.locator("#notebook iframe[srcdoc], #notebook [onerror], #notebook [onload], #notebook form").count() == 0
    )
    assert page.locator("#notebook a[href^='javascript'], #notebook img[src*='formgrader']").count() == 0
    assert page.locator("#notebook strong", has_text="bold").count() > 0


@pytest.mark.browser
def test_formgrader_lists_the_course(page: Page, server: str) -> None:
    """Manage assignments names the labs, manual grading the submissions."""
    page.goto(f"{server}/formgrader/manage_assignments")
    page.wait_for_selector(f"text={LAB1}")
    page.goto(f"{server}/formgrader/gradebook/{LAB1}/{LAB1}")
    page.wait_for_selector("text=Submission #2")


@pytest.mark.browser
def test_a_mark_and_a_comment_are_kept(page: Page, server: str, shown: NbCourse) -> None:
    """Given in formgrader, they are in the gradebook and there again when the page is opened anew."""
    url = f"{server}/formgrader/submissions/{_submission(shown, 'ada')}/"
    page.goto(url)
    score = page.locator("#exercise1_written")
    page.wait_for_function("document.querySelector('#sigmoid').placeholder !== ''")
    score.fill("3")
    score.press("Tab")
    page.locator("#exercise1_written-comment").fill("Say by which factor.")
    page.locator("#exercise1_written-comment").press("Tab")
    page.wait_for_timeout(1000)

    page.goto(url)
    page.wait_for_function("document.querySelector('#exercise1_written').value === '3'")
    page.wait_for_function("document.querySelector('#exercise1_written-comment').value === 'Say by which factor.'")
    assert shown.grades("ada")["exercise1_written"] == {"auto": None, "manual": 3.0, "needs": False}
    assert float(page.locator("#sigmoid").get_attribute("placeholder") or "9") < 2
    assert page.locator(".alert").count() == 4  # three verdicts and the marking guide
    page.screenshot(path=shown.root.parent / "formgrader.png", full_page=True)


@pytest.mark.browser
def test_the_marking_guide_stands_beside_the_answer(page: Page, server: str, shown: NbCourse) -> None:
    """Below it, with its formulas; and formgrader asks no other machine for anything."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{server}/formgrader/submissions/{_submission(shown, 'ada')}/")
    guide = page.locator("#notebook .alert", has_text="Marking guide for exercise1_written, for staff only")

    assert guide.count() == 1
    assert "What: " in guide.inner_text()
    assert "Typical slips:" in guide.inner_text()
    assert guide.locator("img[alt='c_t']").count() > 0
    assert guide.evaluate("guide => guide.compareDocumentPosition(document.querySelector('#exercise1_written'))") == 2
    assert [url for url in requested if server not in url and not url.startswith("data:")] == []
    guide.scroll_into_view_if_needed()
    page.screenshot(path=shown.root.parent / "guide.png")


@pytest.mark.browser
def test_formgrader_runs_no_script_of_a_student(page: Page, server: str, shown: NbCourse) -> None:
    """Markdown, outputs and metadata of a hostile submission do nothing in the browser of a TA."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{server}/formgrader/submissions/{_submission(shown, 'eve')}/")

    _harmless(page)
    assert not [url for url in requested if "path=" in url]
    assert page.locator("th", has_text="kept").count() == 1


@pytest.mark.browser
def test_feedback_runs_no_script_of_a_student(page: Page, shown: NbCourse) -> None:
    """The same page for the student, and the verdicts in it."""
    shown.nbgrader("generate_feedback", LAB1)
    folder = shown.root / "feedback"
    asked: list[str] = []
    page.unroute("**/*")
    page.route("http*://**/*", lambda route: route.abort())
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "eve" / LAB1 / f"{LAB1}.html").as_uri())

    _harmless(page)
    page.goto((folder / "ada" / LAB1 / f"{LAB1}.html").as_uri())
    assert page.locator(".alert").count() == 3
    looks = "([what, how]) => getComputedStyle(document.querySelector(what))[how]"
    assert page.evaluate(looks, ["summary", "display"]) == "list-item"  # with the triangle of what can be opened
    assert page.evaluate(looks, [".rendered_html td", "paddingLeft"]) != "0px"
    page.screenshot(path=shown.root.parent / "feedback.png", full_page=True)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    _nothing_of_the_guide(folder)


def _nothing_of_the_guide(feedback: Path) -> None:
    """No five words in a row of it in any page, pictures' descriptions too, but what every student was handed out."""
    guide = guides(REPO / "solutions" / LAB1 / f"{LAB1}.ipynb")["exercise1_written"].source
    handed_out = "\n".join("".join(each["source"]) for each in released(LAB1)["cells"])
    secret = _fives(re.sub(r"<[^>]+>", "", guide)) - _fives(handed_out)
    pages = [path.read_text() for path in feedback.rglob("*.html")]

    assert len(pages) == 2
    assert len(secret) > 80
    for text in pages:
        shown = html.unescape(re.sub(r"<img[^>]*alt=\"([^\"]*)\"[^>]*>|<[^>]+>", r" \1 ", text))
        assert _fives(handed_out) & _fives(shown)
        assert not secret & _fives(shown)


def _fives(text: str) -> set[tuple[str, ...]]:
    """Every five words in a row."""
    words = re.findall(r"[\w.]+", text)
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def test_what_is_kept_is_clean(shown: NbCourse) -> None:
    """Of metadata, ids and outputs only what is known gets into `autograded/`."""
    notebook = shown.autograded("eve")
    text = json.dumps([notebook["metadata"], [each["metadata"] for each in notebook["cells"]]])

    assert "script" not in text
    assert "application/javascript" not in json.dumps(notebook["cells"])
