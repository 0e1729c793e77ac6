"""What is fuzzed, and what must hold of it whatever the bytes: loader, archives, frame decoder, `course.yml`."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.course.archive import PackedError, unpacked
from autograder.course.notebook import digest, read_bytes
from autograder.course.notebook_json import UnreadableError
from autograder.course.settings import load_course
from autograder.errors import UsageError
from autograder.sandbox import protocol as p
from autograder.sandbox.child_process import read_answer
from autograder.sandbox.errors import ProtocolError
from autograder.sandbox.values import Array
from autograder.text import readable

if TYPE_CHECKING:
    from collections.abc import Callable


def notebook(data: bytes) -> None:
    """A notebook that can be sent on, or `UnreadableError` with a sentence."""
    try:
        found = read_bytes(data, ".ipynb")
    except UnreadableError:
        return
    assert len(digest(found.code)) == 64
    msgspec.msgpack.encode(p.Question(1, p.Plan(found.code, ["f"])))
    assert all(isinstance(cell.grade_id, str) for cell in found.cells)


def python_file(data: bytes) -> None:
    """The same for what is handed in as a `.py` file, in whatever encoding it says it is."""
    try:
        found = read_bytes(data, ".py")
    except UnreadableError:
        return
    msgspec.msgpack.encode(p.Question(1, p.Plan(found.code, ["f"])))


def packed(data: bytes) -> None:
    """Notebooks by their names, which can be written down, or `PackedError` with a sentence, from each sort."""
    for ending in ("zip", "tar", "tar.gz", "ipynb.gz"):
        try:
            found = unpacked(f"a.{ending}", data, 10_000)
        except PackedError:
            continue
        assert all(readable(name).encode() for name in found)
        assert sum(map(len, found.values())) <= max(10_000, len(data))


def frame(data: bytes) -> None:
    """Plain data within the caps, or one of the errors that `child_process` takes for a crash."""
    try:
        answer = read_answer(data)
        value = answer.reply.value if isinstance(answer.reply, p.Returned) else None
    except (ProtocolError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return
    _use(value)


def _use(value: Any) -> None:
    """What suites do with a value must not fail either."""
    match value:
        case Array():
            assert value.numpy().nbytes == len(value.data)
            assert value.numpy().tolist() is not None
        case list():
            for item in value:
                _use(item)
        case dict():
            for item in value.values():
                _use(item)


def course(data: bytes) -> None:
    """A course, or one line of ours."""
    root = _folder()
    (root / "course.yml").write_bytes(data)
    told = "course.yml"
    try:
        load_course(root)
    except UsageError as error:
        told = str(error)
    assert "course.yml" in told
    assert "\n" not in told


@functools.cache
def _folder() -> Path:
    memory = Path("/dev/shm")  # a folder of its own below; 100,000 files on a disk take minutes
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (notebook, python_file, packed, frame, course)
}
