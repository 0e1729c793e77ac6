"""Lab 6's table, measured again: marked-bit recall by kind of layer and start, and what gate surgery leaves of it.

    python benchmarks/recall.py [--seeds 40] [--epochs 150] [--output FILE.json]

The functions are those of lab 6's solution notebook, one torch thread. Each run draws 400 rows after its seed, trains,
and is judged on 400 new rows; then the trained LSTM that started by keeping is operated on, as in the notebook. Each
run is stored as soon as it is there, so that a measurement that was interrupted goes on where it was, and one that has
ended can be asked for more seeds. Shares come with exact 95 % intervals. A run takes 0.5 to 2 seconds.
"""

from __future__ import annotations

import argparse
import copy
import json
import statistics
import time
from pathlib import Path
from typing import Any

import nbformat
import torch
from torch import nn

from autograder.authoring.calibration_runs import interval
from autograder.files import write_atomic

LAB = "lab6_what_gates_are_for"
MASTER = Path(__file__).resolve().parents[1] / "solutions" / LAB / f"{LAB}.ipynb"
GIVEN = ("start_by_keeping", "compare", "operate")
SETTINGS = (("RNN", False), ("GRU", False), ("GRU", True), ("LSTM", False), ("LSTM", True))
ENOUGH = 0.95
LEARNED = 0.1
Run = dict[str, Any]


def lab() -> dict[str, Any]:
    """The names that the notebook's answers and given cells define."""
    names: dict[str, Any] = {"torch": torch, "nn": nn, "copy": copy, "Iterable": Any}
    for cell in nbformat.read(MASTER, as_version=4).cells:
        if cell["id"] in GIVEN or (cell.cell_type == "code" and cell["id"].endswith("_answer")):
            exec("from __future__ import annotations\n" + cell.source, names)
    return names


def name_of(kind: str, *, keeps: bool, seed: int, epochs: int) -> str:
    """The name under which a run is stored."""
    return f"{kind}, {'starts by keeping' if keeps else 'default start'}, {epochs} epochs, seed {seed}"


def run(names: dict[str, Any], kind: str, *, keeps: bool, seed: int, epochs: int) -> Run:
    """Train one model; return its share of new rows, when it had learned, how long it took, and its surgeries."""
    start = time.process_time()
    torch.manual_seed(seed)
    rows, new = names["recall_data"](), names["recall_data"]()
    model = names["RecallModel"](kind)
    if keeps:
        names["start_by_keeping"](model, rows[0].shape[1])
    history = names["train_clipped"](model, *rows, epochs=epochs)
    found: Run = {
        "share": names["on_new_data"](model, *new),
        "learned": next((entry["epoch"] for entry in history if entry["loss"] < LEARNED), None),
        "clipped": sum(entry["norm"] > 1 for entry in history[:10]),
        "seconds": time.process_time() - start,
    }
    if keeps and kind == "LSTM":
        found["operated"] = {
            name: names["on_new_data"](names["operated"](model, *operation), *new)
            for name, operation in names["operations"]().items()
        }
    return found


def measured(file: Path, seeds: int, epochs: int) -> dict[str, Run]:
    """All runs by name, those that were stored already as they are."""
    names, runs = lab(), json.loads(file.read_text()) if file.exists() else {}
    for seed in range(seeds):
        for kind, keeps in SETTINGS:
            name = name_of(kind, keeps=keeps, seed=seed, epochs=epochs)
            if name not in runs:
                runs[name] = run(names, kind, keeps=keeps, seed=seed, epochs=epochs)
                write_atomic(file, json.dumps(runs, indent=1).encode())
    return runs


def line(setting: str, found: list[Run]) -> str:
    """What became of one setting."""
    shares = [each["share"] for each in found]
    good = sum(share >= ENOUGH for share in shares)
    low, high = interval(good, len(found))
    learned = [each["learned"] or float("inf") for each in found]
    seconds = statistics.median(each["seconds"] for each in found)
    return (
        f"{setting:<24} {good:4} of {len(found):<4} {low:6.1%} to {high:6.1%}   lowest {min(shares):.3f}   "
        f"loss below {LEARNED}: epoch {statistics.median(learned):5.1f}   {seconds:.2f} s"
    )


def operated(found: list[Run]) -> list[str]:
    """For each surgery the median share that is left, and the range."""
    lines = []
    for name in found[0]["operated"]:
        left = sorted(each["operated"][name] for each in found)
        lines.append(f"{name:<40} median {statistics.median(left):.3f}   {left[0]:.3f} to {left[-1]:.3f}")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--epochs", type=int, default=150)
    parser.add_argument("--output", type=Path, default=Path("recall.json"), help="where runs are stored")
    options = parser.parse_args()
    torch.set_num_threads(1)
    runs = measured(options.output, options.seeds, options.epochs)
    print(f"marked-bit recall, {options.epochs} epochs: runs that reach {ENOUGH} on new rows, with 95 % intervals")
    of_setting: dict[tuple[str, bool], list[Run]] = {
        (kind, keeps): [
            runs[name_of(kind, keeps=keeps, seed=seed, epochs=options.epochs)] for seed in range(options.seeds)
        ]
        for kind, keeps in SETTINGS
    }
    for (kind, keeps), found in of_setting.items():
        print(line(f"{kind}, {'starts by keeping' if keeps else 'default start'}", found))
    print("\nsurgery on the trained LSTM that started by keeping: share of new rows that is still right")
    print("\n".join(operated(of_setting["LSTM", True])))
    clipped = [each["clipped"] for found in of_setting.values() for each in found]
    print(f"\nnorms above 1 in the first ten epochs: {sum(clipped)} in {len(clipped)} runs")


if __name__ == "__main__":
    main()
