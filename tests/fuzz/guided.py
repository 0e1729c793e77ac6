"""Coverage-guided fuzzing with Atheris (libFuzzer for Python): 100,000 cases for each target.

Half of the cases are damaged as bytes, half as trees (`trees`): the parsers are C, which no coverage is seen of, so
that bytes alone hardly ever get past them.

    python tests/fuzz/guided.py [CASES] [TARGET …]

Each target runs in a process of its own, from good inputs as seeds. Prints cases and what got through; exit code 1
if anything did: then the case is left in the folder that is named, to become an `@example` of `test_fuzz.py`.
"""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable

with atheris.instrument_imports(include=["autograder"]):
    import targets
import trees

from autograder.files import zipped

ROOT = Path(__file__).parents[2]
SEED = "-seed=20261122"


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("ä" * 120 + ".ipynb"))
    return made.getvalue()[:2560]


def seeds(target: str) -> list[bytes]:
    """Good inputs, for the fuzzer to change."""
    labs = sorted((ROOT / "tests" / "sample_class" / "submitted").glob("*/*/*"))
    match target:
        case "notebook":
            return [path.read_bytes()[:20_000] for path in labs if path.suffix == ".ipynb"] + [_SMALL]
        case "python_file":
            return [path.read_bytes() for path in labs if path.suffix == ".py"] + [b"# coding: latin-1\nx = 1\n"]
        case "packed":
            return [zipped({"a.ipynb": b"{}"}), gzip.compress(b"{}", mtime=0), _tar()]
        case "course":
            return [(ROOT / "course.yml").read_bytes(), b"title: A\nassignments: {a: {title: B}}\n"]
    return [_FRAME, b"\x92\x07\x85\xa4type\xa6Raised\xa4kind\xa1A\xa4text\xa1b\xa4cell\x01\xa4line\x02"]


_SMALL = b'{"cells": [{"cell_type": "code", "source": ["a = 1"], "metadata": {"nbgrader": {"grade_id": "a"}}}]}'
_FRAME = b"\x92\x07\x82\xa4type\xa8Returned\xa5value\x93\xcb" + b"\x3f\xf0" + bytes(6) + b"\x01\xc0"


_FORMATS = {"notebook": "json", "frame": "msgpack", "course": "yaml"}


def mutator(target: str) -> Callable[[bytes, int, int], bytes]:
    """What makes a new case of an old one."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        if seed % 2 and target in _FORMATS:
            return trees.changed(data, _FORMATS[target], seed)[:most]
        return bytes(atheris.Mutate(data, most))

    return mutate


def fuzz(target: str, cases: int) -> None:
    """Run one target in this process; ends it."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(target)):
            Path(folder, f"seed{number}").write_bytes(seed)
        options = [f"-runs={cases}", "-max_len=20000", SEED, "-reduce_inputs=0", "-print_final_stats=1", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, folder], targets.TARGETS[target], custom_mutator=mutator(target))
        atheris.Fuzz()


def main() -> None:
    """All targets, one after another."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        fuzz(arguments[1], int(arguments[2]))
    cases = int(arguments[0]) if arguments else 100_000
    escaped = 0
    for target in arguments[1:] or targets.TARGETS:
        left = Path(tempfile.mkdtemp(prefix=f"fuzz-{target}-"))
        run = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--one", target, str(cases)],
            cwd=left,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        done = re.search(r"stat::number_of_executed_units:\s*(\d+)", run.stderr)
        through = run.returncode != 0 or done is None
        escaped += through
        print(f"{target:12} {int(done[1]) if done else 0:9,} cases, {'1 got' if through else 'none got'} through")
        if through:
            print(f"{run.stderr[-1500:]}\nkept in {left}")
    sys.exit(1 if escaped else 0)


if __name__ == "__main__":
    main()
