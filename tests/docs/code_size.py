"""How large the code is, and whether six lines of it stand twice: `python tests/docs/code_size.py`.

Exit code 1 where a file or a function is larger than the limits below, or a run of six lines stands in two places.
Blank lines, comments, imports, lone brackets and texts of several lines (printed tables) don't count as lines of a run;
data of the corpora isn't code of ours.
"""

from __future__ import annotations

import ast
import itertools
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("autograder", "tests", "benchmarks", "docs/pictures")
STUDENTS = (
    "tests/corpus/*/correct",
    "tests/corpus/*/wrong",
    "tests/corpus/*/cheap",
    "tests/sample_class",
    "tests/hostile/class_*",
)
LESSON = ("suites", "mistakes")  # content, not engine
RUN, MOST_LINES, MOST_FUNCTION = 6, 300, 60


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def files() -> list[Path]:
    """Our own Python files and page templates."""
    students = [folder for pattern in STUDENTS for folder in ROOT.glob(pattern)]
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".html", ".css"}]
    return sorted(path for path in found if not any(path.is_relative_to(folder) for folder in students))


def functions(path: Path) -> list[tuple[int, str]]:
    """Each function's length in lines, with its place."""
    tree = ast.parse(_read(path))
    place = path.relative_to(ROOT)
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{place}:{node.lineno} {node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


def _lines(path: Path) -> list[tuple[int, str]]:
    """Lines that say something, with their numbers."""
    text = _read(path)
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    skipped: set[int] = set()
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            several = isinstance(node, ast.Constant) and node.end_lineno != node.lineno
            if several or isinstance(node, ast.Import | ast.ImportFrom):
                assert isinstance(node, ast.expr | ast.stmt)
                skipped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return [(n, line) for n, line in lines if len(line) > 2 and line[0] != "#" and n not in skipped]


def repeated(paths: list[Path]) -> list[str]:
    """Pairs of places whose next six lines are the same; of a longer run the first."""
    seen: dict[tuple[str, ...], list[tuple[Path, int, int]]] = defaultdict(list)
    for path in paths:
        lines = _lines(path)
        for start in range(len(lines) - RUN + 1):
            seen[tuple(line for _, line in lines[start : start + RUN])].append((path, lines[start][0], start))
    pairs = [pair for places in seen.values() for pair in itertools.pairwise(places)]
    starts = {(a[0], a[2], b[0], b[2]) for a, b in pairs}
    return [
        f"{a[0].relative_to(ROOT)}:{a[1]} ~ {b[0].relative_to(ROOT)}:{b[1]}"
        for a, b in pairs
        if (a[0], a[2] - 1, b[0], b[2] - 1) not in starts
    ]


def main() -> int:
    """Print the figures; 1 where they are not as they should be."""
    paths = files()
    modules = [path for path in paths if path.suffix == ".py" and path.is_relative_to(ROOT / "autograder")]
    engine = [path for path in modules if not set(LESSON) & set(path.parts)]
    sizes = sorted((len(_read(path).splitlines()), path) for path in paths)
    longest = sorted(entry for path in paths if path.suffix == ".py" for entry in functions(path))
    runs = repeated(paths)
    lines = sum(size for size, path in sizes if path in engine)
    print(f"engine: {len(engine)} modules, {lines} lines; lessons: {len(modules) - len(engine)} modules")
    print(f"largest file: {sizes[-1][0]} lines, {sizes[-1][1].relative_to(ROOT)}")
    print(f"largest function: {longest[-1][0]} lines, {longest[-1][1]}")
    print(f"runs of {RUN} lines that stand twice: {len(runs)}", *runs, sep="\n  ")
    too_large = sizes[-1][0] > MOST_LINES or longest[-1][0] > MOST_FUNCTION
    return 1 if runs or too_large else 0


if __name__ == "__main__":
    sys.exit(main())
