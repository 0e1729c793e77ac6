"""Offer everything that a hidden suite is written with; a suite imports nothing else of the engine.

A suite is an ordinary pytest file beside a folder of its own lab. Its tests are marked with `check`; they ask judges
(`number`, `dict_of_numbers`, …) about `student`, whose calls run in the sandbox, with `reference`, the solution, at
hand. Each name says in its docstring what it raises and what a student sees.
"""

from autograder.sandbox.torch_modules import slopes
from autograder.sandbox.values import Array
from autograder.suite.answer_form import Fact
from autograder.suite.catalogue import Mistake
from autograder.suite.decorator import check
from autograder.suite.disclosure import if_shown
from autograder.suite.examined import matched
from autograder.suite.experiments import Experiment, Outcome, Runs
from autograder.suite.failures import StudentFailure, StudentObject
from autograder.suite.judge_arrays import ArraysJudge, array, array_of, arrays, near
from autograder.suite.judge_groups import Group, array_by_group
from autograder.suite.judge_history import HistoryJudge, history
from autograder.suite.judge_module import ModuleJudge, module
from autograder.suite.judge_refusal import refusal, untouched
from autograder.suite.judge_shapes import dict_of_shapes
from autograder.suite.judges import dict_of_numbers, number, numbers, printed_table
from autograder.suite.library_modules import LibraryModule, load
from autograder.suite.module_here import ModuleHere
from autograder.suite.reference import Reference
from autograder.suite.rows import by_name, pooled, seed_of, uniform
from autograder.suite.shared_cache import once_per_batch
from autograder.suite.stages import describe, fail, name
from autograder.suite.student import Student
from autograder.suite.variants import Row

__all__ = [
    "Array",
    "ArraysJudge",
    "Experiment",
    "Fact",
    "Group",
    "HistoryJudge",
    "LibraryModule",
    "Mistake",
    "ModuleHere",
    "ModuleJudge",
    "Outcome",
    "Reference",
    "Row",
    "Runs",
    "Student",
    "StudentFailure",
    "StudentObject",
    "array",
    "array_by_group",
    "array_of",
    "arrays",
    "by_name",
    "check",
    "describe",
    "dict_of_numbers",
    "dict_of_shapes",
    "fail",
    "history",
    "if_shown",
    "load",
    "matched",
    "module",
    "name",
    "near",
    "number",
    "numbers",
    "once_per_batch",
    "pooled",
    "printed_table",
    "refusal",
    "seed_of",
    "slopes",
    "uniform",
    "untouched",
]
