"""Walk a lab in a real JupyterLab as a student would: what each check says, and a picture of each.

    python tests/notebooks/walk.py LAB untouched|half|right FOLDER [--dark]

In the state `half` every second answer is the solution's and the others are untouched. Needs Debian's chromium.
Printed are the seconds from the first cell to the last, and the first line of what every cell with a mark (✓ ○ ✗) says.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from jupyterlab import SCREEN, Walk, lab_server
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]

MARKS = ("✓", "○", "✗")


def filled(lab: str, state: str) -> dict[str, Any]:
    """The released notebook with all, every second or none of the solution's answers in it."""
    released, solved = (
        json.loads((ROOT / folder / lab / f"{lab}.ipynb").read_text(encoding="utf-8"))
        for folder in ("assignments", "solutions")
    )
    sources = {cell["id"]: cell["source"] for cell in solved["cells"]}
    answers = [cell for cell in released["cells"] if cell["id"].endswith("_answer")]
    for cell in {"right": answers, "half": answers[::2], "untouched": []}[state]:
        cell["source"] = sources[cell["id"]]
    found: dict[str, Any] = released
    return found


def main() -> None:
    """Walk, print and take pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lab")
    parser.add_argument("state", choices=["untouched", "half", "right"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    notebook = filled(options.lab, options.state)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        work = Path(scratch, "work")
        work.mkdir()
        (work / f"{options.lab}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        with lab_server(work, dark=options.dark) as address:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": SCREEN["width"], "height": SCREEN["height"]})
            ids = [cell["id"] for cell in notebook["cells"]]
            walk = Walk(page, f"{address}/lab/tree/{options.lab}.ipynb", ids)
            started = time.monotonic()
            walk.through()
            print(f"{options.lab}, {options.state}: {time.monotonic() - started:.0f} s")
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code" and (said := walk.said(cell["id"])):
                    name = f"{options.lab}_{options.state}_{cell['id']}{'_dark' if options.dark else ''}.png"
                    walk.picture(cell["id"], options.folder / name)
                    if said.startswith(MARKS):
                        print(f"  {cell['id']}: {said.splitlines()[0]}")
                    assert "Traceback" not in said, said
            browser.close()


if __name__ == "__main__":
    main()
