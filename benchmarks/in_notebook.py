"""Hidden tests as stock nbgrader knows them: in the notebook, run by its kernel, a cell's last value its points.

A graded cell of the stock course ends with `in_notebook.points("lstm_step")`. The first such call runs the same suite
over the notebook that is being executed, in the kernel's own process (see `in_process`); all calls read from that.
What the machinery takes that hand-written tests would not need (imports of the suite's own tools) is written to a file,
so that it can be taken off.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.record import Check

_FOUND: list[Check] = []


def points(cell: str) -> float:
    """The points of a graded cell."""
    if not _FOUND:
        _run()
    return float(sum(check.points for check in _FOUND if check.cell == cell))


def _run() -> None:
    start = time.monotonic()
    from in_process import suite_run_for

    from autograder.course.settings import find_course
    from autograder.suite.warm_pytest import WarmSuite

    notebook = next(Path.cwd().glob("*.ipynb"))
    suite = find_course(Path(os.environ["STOCK_COURSE"])).suite(notebook.stem)
    suite_run, warm = suite_run_for(suite, notebook), WarmSuite(suite)
    ready = time.monotonic()
    try:
        warm.run(suite_run)
        _FOUND.extend(suite_run.settled(warm.infos))
    finally:
        warm.close()
    with Path(os.environ["STOCK_TIMES"]).open("a") as file:
        file.write(json.dumps([ready - start, time.monotonic() - ready]) + "\n")
