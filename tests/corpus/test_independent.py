"""What the catalogue says already is no file of the corpus: that holds other people's ways to be wrong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from harness import answers_of, read_cases

from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite.reference import Reference

COURSE = find_course(Path(__file__).parent)
WRONG = [case for case in read_cases(Path(__file__).parent) if case.sort == "wrong"]


def bare(source: str) -> str:
    """The code without docstrings, annotations and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
    return ast.unparse(tree)


@pytest.mark.parametrize("lab", COURSE.settings.assignments)
def test_no_file_repeats_an_entry(lab: str) -> None:
    """Each entry of the catalogue is handed in by `autograder mistakes` and its tests; once is enough."""
    reference = Reference(read_assignment(COURSE, lab))
    known = {
        (function, bare(entry.source(reference.answer(function))))
        for function, entries in reference.catalogue.items()
        for entry in entries
        if entry.run
    }
    repeated = [
        case.label
        for case in WRONG
        if case.lab == lab and "# %%" not in case.body and not case.stubs
        if (answers := answers_of(case, set(reference.catalogue))) is not None and len(answers) == 1
        if any((function, bare(source)) in known for function, source in answers.items())
    ]

    assert len(known) > 50
    assert not repeated
