"""How long a sandboxed child takes to be ready, in a process of ours and in nbgrader's own main program.

    python benchmarks/child_start.py [CHILDREN]

From the order to the warm server until the child has confined itself and said so. nbgrader's side runs inside the
real `nbgrader` command, from a configuration file that it loads: a forkserver would import its main module again in
every child there.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from autograder.sandbox.protocol import Limits
from autograder.sandbox.server_client import WarmServer


def start_times(children: int) -> list[float]:
    """Milliseconds for each child, with the process that grades as it is now."""
    found = []
    with WarmServer() as server:
        for _ in range(children):
            start = time.perf_counter()
            child = server.fork(Limits(), 60)
            found.append(1000 * (time.perf_counter() - start))
            child.close()
    return found


def report(who: str, times: list[float]) -> None:
    """One row."""
    main = getattr(sys.modules["__main__"], "__file__", "?")
    ordered = sorted(times)
    print(
        f"{who:<10} median {statistics.median(times):5.1f} ms   90 % under {ordered[int(0.9 * len(ordered))]:5.1f} ms"
        f"   slowest {ordered[-1]:5.1f} ms   ({len(times)} children; main program: {Path(str(main)).name})"
    )


def under_nbgrader(children: int) -> None:
    """Run the same in the real `nbgrader` command."""
    with tempfile.TemporaryDirectory() as folder:
        config = f"import child_start\nchild_start.report('nbgrader', child_start.start_times({children}))\n"
        Path(folder, "nbgrader_config.py").write_text(config)
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
        command = [str(Path(sysconfig.get_path("scripts"), "nbgrader")), "list"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    rows = [line for line in done.stdout.splitlines() if line.startswith("nbgrader")]
    print(rows[0] if rows else f"nbgrader failed: {done.stderr[-500:]}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 50
    report("autograder", start_times(count))
    sys.stdout.flush()
    under_nbgrader(count)
