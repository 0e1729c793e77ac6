"""Which definition of a graded name counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

WRITTEN = "def f():\n    return 1"
STUB = "def f():\n    'Do it.'\n    raise NotImplementedError('f: replace this line')"

COUNTS = {
    "a stub below": [WRITTEN, STUB],
    "a stub above": [STUB, WRITTEN],
    "a stub pasted twice": [STUB, WRITTEN, STUB, STUB],
    "a stub in the same cell": [f"{WRITTEN}\n{STUB}"],
    "a stub under a condition": [WRITTEN, "if True:\n    def f(): pass"],
    "last year's stub": [WRITTEN, "def f():\n    h = None  # your code here\n    return {'h': h}"],
    "a value": [WRITTEN, "f = f()"],
    "a value of a loop": [WRITTEN, "for f in [2.0]:\n    pass"],
    "a value in the same cell": [f"{WRITTEN}\nf = f()\nprint(f)"],
    "a lambda and a value": ["f = lambda: 1", "f = 3"],
    "a partial and a stub": ["import functools\nf = functools.partial(int, 1)", STUB],
    "an imported module": [WRITTEN, "import math as f"],
    "removed afterwards": [WRITTEN, "del f"],
    "the last written one": ["def f():\n    return 2", WRITTEN],
    "written in a try": [STUB, "try:\n    def f(): return 1\nexcept ValueError:\n    pass"],
    "a decorated one, a stub below": ["import functools\n@functools.lru_cache\ndef f(): return 1", STUB],
    "set by name, a stub below": ["globals()['f'] = lambda: 1", STUB],
}


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_the_last_written_definition_counts(process: Callable[..., SubmissionProcess], cells: list[str]) -> None:
    """Neither a stub nor a value that can't be called beats what was written."""
    reply = process(*cells).ask(p.Call("f", "", [], {}))
    assert isinstance(reply, p.Returned), reply
    assert reply.value == 1


def test_an_instance_does_not_replace_its_class(process: Callable[..., SubmissionProcess]) -> None:
    """`Model = Model()` in a scratch cell leaves the class, though an instance can be called."""
    made = process("class Model:\n    def __call__(self): return 2", "Model = Model()", names=["Model"])
    reply = made.ask(p.Exists(["Model"]))
    assert isinstance(reply, p.Returned)
    assert reply.value == {"Model": "class"}
