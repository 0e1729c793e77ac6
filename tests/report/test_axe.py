"""The pages against axe-core, which knows what screen readers trip over. It comes from npm, so full runs only."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest
from builders import kinds
from test_class_page import mixed, summed

from autograder.report.class_page import class_page
from autograder.report.student_page import student_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.full, pytest.mark.browser]
_RUN = "async () => (await axe.run()).violations.map(one => one.id + ': ' + one.nodes[0].html)"
_BROKEN = "<!doctype html><html><body><img src='data:,'><input></body></html>"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's source."""
    folder = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine")
    done = subprocess.run([npm, "pack", "axe-core@4"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm can't get axe-core here: {done.stderr.strip()[-200:]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        source = package.extractfile("package/axe.min.js")
        assert source is not None
        return source.read().decode()


def violations(browser: Browser, axe: str, file: Path, scheme: str = "light") -> list[str]:
    """What axe-core finds on a page; the page's own policy would not let it run."""
    page = browser.new_page(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    try:
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(axe)
        return list(page.evaluate(_RUN))
    finally:
        page.close()


def test_it_finds_what_is_wrong(browser: Browser, axe: str, tmp_path: Path) -> None:
    """A page with a picture without a text and a field without a name is told of both."""
    (tmp_path / "page.html").write_text(_BROKEN)
    found = " ".join(violations(browser, axe, tmp_path / "page.html"))
    assert "image-alt" in found
    assert "label" in found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_student_page(browser: Browser, axe: str, tmp_path: Path, kind: str, scheme: str) -> None:
    """Every kind of record, unfolded."""
    (tmp_path / "page.html").write_text(student_page(kinds()[kind]), encoding="utf-8")
    assert violations(browser, axe, tmp_path / "page.html", scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("times", [1, 50])
def test_class_report(browser: Browser, axe: str, tmp_path: Path, times: int, scheme: str) -> None:
    """A small class and one of hundreds."""
    (tmp_path / "report.html").write_text(class_page(summed(*mixed() * times)), encoding="utf-8")
    assert violations(browser, axe, tmp_path / "report.html", scheme) == []
