"""A JupyterLab of its own in a scratch folder, and a student's way through a notebook: Shift+Enter, cell by cell."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sysconfig
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

SCREEN = {"width": 1100, "height": 900}
PATIENCE = 180_000  # ms: it ends a hung kernel, it doesn't time a busy machine
_SETTINGS: dict[str, dict[str, object]] = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is in the page, seen or not
    "apputils-extension/notification": {"fetchNews": "false"},  # no question about news over the notebook
}


@contextmanager
def lab_server(folder: Path, *, dark: bool = False) -> Iterator[str]:
    """The address of a JupyterLab that shows `folder` and knows no settings of this machine's user."""
    home = folder.parent / "home"
    theme = {"apputils-extension/themes": {"theme": "JupyterLab Dark"}} if dark else {}
    for name, settings in (_SETTINGS | theme).items():
        file = home / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    kept = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sysconfig.get_path("scripts"), "jupyter")), "lab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--port-retries=0", "--IdentityProvider.token=", "--ServerApp.password="]
    with (folder.parent / "jupyter.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | dict.fromkeys(kept, str(home)), stdout=log, stderr=log
        )
        try:
            _answers(f"http://127.0.0.1:{port}/api/status")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)


def _answers(url: str) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
        else:
            return


class Walk:
    """A notebook, opened; `through` presses Shift+Enter on each cell and waits until it has run."""

    def __init__(self, page: Page, address: str, ids: list[str]) -> None:
        self.page, self._ids = page, ids
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        self._cells = page.locator(".jp-Notebook .jp-Cell")
        self._cells.nth(len(ids) - 1).wait_for(state="attached")  # they are put in one by one
        assert self._cells.count() == len(ids)

    def cell(self, cell_id: str) -> Locator:
        """One cell by its id in the file."""
        return self._cells.nth(self._ids.index(cell_id))

    def through(self) -> None:
        """From the first cell to the last."""
        self._cells.first.click()
        self.page.keyboard.press("Escape")
        for place in range(len(self._ids)):
            cell = self._cells.nth(place)
            self.page.keyboard.press("Shift+Enter")
            if "jp-CodeCell" in (cell.get_attribute("class") or ""):
                folded = cell.locator(".jp-InputPlaceholder").count() > 0  # it has no number to wait for, but prints
                number = cell.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[\d+\]"))
                (cell.locator(".jp-OutputArea-output").first if folded else number).wait_for()

    def said(self, cell_id: str) -> str:
        """What a cell shows as text."""
        return "\n".join(self.cell(cell_id).locator(".jp-OutputArea-output").all_inner_texts()).strip()

    def height(self, cell_id: str) -> float:
        """How tall its output is, in pixels."""
        box = self.cell(cell_id).locator(".jp-Cell-outputArea").bounding_box()
        return box["height"] if box else 0.0

    def picture(self, cell_id: str, file: Path) -> None:
        """A screenshot with the cell in view."""
        self.cell(cell_id).scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=file)
