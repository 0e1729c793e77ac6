"""What the labs make of the allowlist: which allowed system calls, and which arguments, no honest submission uses.

    python benchmarks/trace_syscalls.py [FILE ...]      default: the labs' solutions

Needs strace (`apt-get install strace`), which grading and tests don't. It attaches to the children of a warm server
that runs without a sandbox, so that nothing is refused, and counts. The report is a reason to think about an entry of
`autograder/sandbox/confinement/allowlist.py`; it doesn't make the list: another libc, another numpy or a plot need
other calls.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.sandbox.confinement import allowlist, syscalls

ROOT = Path(__file__).parents[1]
_CALL = re.compile(r"^(?:\d+\s+)?(?:[\d.]+\s+)?(\w+)\((.*)$", re.MULTILINE)
_FLAGS = re.compile(r"\b(?:O|CLONE|F|PR|TC|TIOC|FIO|MSG|CLOCK)_?[A-Z]+\w*")


def traced(files: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """Calls of the children that grade `files`, by name, and by name with symbolic arguments."""
    calls: Counter[str] = Counter()
    arguments: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Grader(find_course(ROOT), sandbox=False) as grader:
        log = Path(folder, "trace")
        command = ["strace", "-f", "-qq", "-o", str(log), "-p", str(grader._server.pid)]  # our own
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as strace:
            time.sleep(1)
            for file in files:
                record = grader.grade_file(file, "trace", file.stem)
                print(f"{file.name}: {record.status}, {record.score} of {record.max_score}")
            strace.terminate()
        server = str(grader._server.pid)  # as above
        text = "\n".join(line for line in log.read_text(errors="replace").splitlines() if line.split()[0] != server)
    for name, rest in _CALL.findall(text):
        calls[name] += 1
        if name in allowlist.RULES:
            arguments.update({f"{name}: {flag}" for flag in _FLAGS.findall(rest)})
    return calls, arguments


def main() -> None:
    """Trace and print."""
    if shutil.which("strace") is None:
        sys.exit("trace_syscalls: there is no strace here: apt-get install strace")
    course = find_course(ROOT)
    files = [Path(name) for name in sys.argv[1:]]
    files = files or [course.solution(name) for name in course.settings.assignments if course.suite(name).exists()]
    calls, arguments = traced(files)
    known = syscalls.TABLES[syscalls.machine()]
    allowed = {name for name in allowlist.PLAIN | set(allowlist.RULES) if name in known}
    report("allowed and never used", sorted(allowed - set(calls)))
    report("used", [f"{name} {count}" for name, count in calls.most_common() if name in allowed])
    report("used and refused in the sandbox (before it is confined, or on the way out)", sorted(set(calls) - allowed))
    report("arguments seen where a rule tests them", sorted(arguments))


def report(title: str, items: list[str]) -> None:
    """A paragraph of the report."""
    print(f"\n{title} ({len(items)}):\n  {', '.join(items)}")


if __name__ == "__main__":
    main()
