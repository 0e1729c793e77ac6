"""One run of a class against shares of it: the same records, the same table, or what differs.

    python benchmarks/shards.py [SUBMISSIONS] [SHARES] [LAB]

Takes the sample class again and again until it is as large as asked (300), grades it in one run and in shares (3) that
run beside each other, and compares every record, times left out, and `scores.csv`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "sample_class" / "submitted"
ENDLESS = {"lovelace"}
"""Whose program does not end: once is enough, it costs as much as a hundred others."""
TIMES = {"started_at", "seconds", "cpu_seconds"}


def write_class(folder: Path, lab: str, count: int) -> None:
    """`count` students with a submission for the lab."""
    found = sorted(path for path in SAMPLES.glob(f"*/{lab}") if path.is_dir())
    ends = [path for path in found if path.parent.name not in ENDLESS]
    for number in range(count):
        source = found[number] if number < len(found) else ends[number % len(ends)]
        shutil.copytree(source, folder / f"student{number:04}" / lab, symlinks=True)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """A command of ours, under way."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def records(results: Path, lab: str) -> dict[str, dict[str, Any]]:
    """Every record without its times."""
    return {
        path.stem: {key: value for key, value in json.loads(path.read_text()).items() if key not in TIMES}
        for path in (results / lab).glob("*.json")
    }


def main() -> None:
    """Grade both ways and say whether they agree; the exit code is 1 where they don't."""
    given = dict(enumerate(sys.argv))
    count, shares, lab = int(given.get(1, 300)), int(given.get(2, 3)), given.get(3, "lab1_scalar_lstm")
    with tempfile.TemporaryDirectory() as folder:
        submitted, one, many = (Path(folder, name) for name in ("submitted", "one", "many"))
        write_class(submitted, lab, count)
        begun = time.monotonic()
        start("grade", lab, "--submitted", submitted, "--results", one).wait()
        between = time.monotonic()
        beside = ("grade", lab, "--submitted", submitted, "--results", many, "--jobs", 1, "--shard")
        runs = [start(*beside, f"{number}/{shares}") for number in range(1, shares + 1)]
        codes = [run.wait() for run in runs]
        ended = time.monotonic()
        start("report", lab, "--submitted", submitted, "--results", many).wait()
        left, right = records(one, lab), records(many, lab)
        differ = sorted(name for name in left | right if left.get(name) != right.get(name))
        tables = [(results / lab / "scores.csv").read_bytes() for results in (one, many)]
    print(f"{count} submissions: one run {between - begun:.0f} s, {shares} shares at once {ended - between:.0f} s")
    print(
        f"exit codes of the shares: {codes}; records: {len(left)} and {len(right)}, {len(differ)} differ {differ[:9]}"
    )
    print(f"scores.csv: {'the same' if tables[0] == tables[1] else 'differs'}")
    sys.exit(bool(differ) or tables[0] != tables[1])


if __name__ == "__main__":
    main()
