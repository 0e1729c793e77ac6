"""A `LocalCluster` of separate processes, until standard input ends: `local_cluster.py WORKERS FOLDER [PATH]`.

Prints the scheduler's address. Killing this process kills the scheduler, which lives in it. PATH comes first on the
workers' path, and on theirs alone. A task under which two workers died is given up, where Dask's own default is four.
"""

from __future__ import annotations

import logging
import sys

import dask
from distributed import LocalCluster


def main() -> None:
    """Serve."""
    dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with LocalCluster(
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
        local_directory=sys.argv[2],
        preload=[f"import sys; sys.path.insert(0, {path!r})" for path in sys.argv[3:]],
    ) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
