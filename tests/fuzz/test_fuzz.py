"""Fuzzing of what reads foreign bytes, by hypothesis: structured cases, and damage to good ones.

Short runs; `python tests/fuzz/guided.py` makes 100,000 coverage-guided cases per target. What once got through stands
as an `@example`, so it is tried each time.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import msgspec
import targets
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograder.sandbox import protocol as p
from autograder.sandbox.values import Array, Handle, enc_hook

CASES = int(os.environ.get("FUZZ_CASES", "300"))
fuzzed = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=CASES < 1000
)
CODINGS = [b"utf-8", b"latin-1", b"punycode", b"rot13", b"utf-7", b"hex", b"idna", b"x\0", b"undefined", b"mbcs"]
ROOT = Path(__file__).parents[2]
_LAB = json.loads((ROOT / "assignments/lab1_scalar_lstm/lab1_scalar_lstm.ipynb").read_bytes())
_SHORT = [cell for cell in _LAB["cells"] if cell["cell_type"] == "code"][:3]
RELEASED = json.dumps(_LAB | {"cells": _SHORT}).encode()  # without pictures: damage should hit something
COURSE = (ROOT / "course.yml").read_bytes()


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with some of its bytes replaced, removed, doubled."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 40))
        data[place : place + length] = draw(
            st.one_of(
                st.binary(max_size=8), st.sampled_from([b'"', b"{", b"[", b"null", b"\\ud800", b"\xff", b"1e999"])
            )
        )
    return bytes(data)


# ---------------------------------------------------------------- notebooks

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_source = st.one_of(_json, st.text(), st.lists(st.text(), max_size=4))
_cell = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.one_of(st.sampled_from(["code", "markdown", "raw", "heading"]), _json),
        "source": _source,
        "input": _source,
        "metadata": st.one_of(_json, st.fixed_dictionaries({"nbgrader": _json})),
        "outputs": _json,
        "id": _json,
        "level": _json,
    },
)
_notebook = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.one_of(st.lists(_cell, max_size=4), _json),
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(_cell, max_size=3)}), max_size=2) | _json,
        "nbformat": st.one_of(st.integers(0, 6), _json),
        "nbformat_minor": _json,
        "metadata": _json,
    },
)  # fmt: skip


@fuzzed
@given(data=st.one_of(st.binary(max_size=200), damaged(RELEASED), _notebook.map(lambda nb: json.dumps(nb).encode())))
@example(data=b"[" * 100_000)
@example(data=b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}')
@example(data=b'{"cells": [{"cell_type": "code", "source": "", "metadata": []}]}')
@example(data=b'{"cells": [{"cell_type": "\\ud800", "source": "x"}]}')
@example(data=b'{"cells": [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "\\udfff"}}}]}')
@example(data=b"\xff\xfe{\x00}\x00")
@example(data=b'{"worksheets": 5, "nbformat": 3}')
@example(data=b'{"worksheets": [{"cells": [{"cell_type": "heading", "level": Infinity, "source": []}]}]}')
def test_notebook(data: bytes) -> None:
    """Whatever the bytes: a notebook that can be sent on, or `UnreadableError` with a sentence, and quickly."""
    targets.notebook(data)


@fuzzed
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.tuples(st.sampled_from(CODINGS), st.binary(max_size=99)).map(lambda pair: b"# coding: %b\n%b" % pair),
    )
)  # fmt: skip
@example(data=b"# coding: punycode\n" + b"a" * 10**5 + b"-" + b"z9" * 10**5)
@example(data=b"# coding: unicode_escape\nx = '\\ud800'")
@example(data=b"# coding: raw_unicode_escape\nx = '\\ud800'")
def test_python_file(data: bytes) -> None:
    """The same for what is handed in as a `.py` file, in whatever encoding it says it is."""
    targets.python_file(data)


# ---------------------------------------------------------------- archives


def _zip(method: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("a.ipynb", b'{"cells":[]}' * 20)
        archive.writestr("d/b.ipynb", b"x" * 100)
    return made.getvalue()


def _tar(form: int, name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        entry = tarfile.TarInfo(name)
        entry.size, entry.type = 12, kind
        archive.addfile(entry, io.BytesIO(b'{"cells":[]}'))
    return made.getvalue()[:2560]


_TARS = (
    _tar(tarfile.GNU_FORMAT, "a.ipynb"),
    _tar(tarfile.GNU_FORMAT, "a.ipynb", tarfile.GNUTYPE_SPARSE),
    _tar(tarfile.GNU_FORMAT, "d" * 120 + "/a.ipynb"),
    _tar(tarfile.PAX_FORMAT, "ä" * 120 + ".ipynb"),
)


def _summed(data: bytes) -> bytes:
    """Give each header of a tar the sum that it should have."""
    mended = bytearray(data)
    for place in range(0, len(data) - 511, 512):
        if mended[place + 257 : place + 262] == b"ustar":
            mended[place + 148 : place + 156] = b" " * 8
            mended[place + 148 : place + 156] = b"%06o\0 " % sum(mended[place : place + 512])
    return bytes(mended)


@fuzzed
@given(
    data=st.one_of(
        st.binary(max_size=200),
        *(damaged(_zip(method)) for method in (0, 8, 12, 14)),
        *(damaged(tar).map(_summed) for tar in _TARS),
        damaged(gzip.compress(b"{}", mtime=0)),
    )
)
@example(data=_zip(0).replace(b"a.ipynb", b"\0.ipynb"))
@example(data=_zip(14)[:60] + bytes(9) + _zip(14)[69:])
@example(data=_tar(tarfile.GNU_FORMAT, "a.ipynb", b"S")[:386] + b"\x80\0" + b"\xff" * 10 + bytes(1024))
def test_packed(data: bytes) -> None:
    """Whatever the bytes, and whatever they say they are: notebooks, or `PackedError` with a sentence."""
    targets.packed(data)


# ---------------------------------------------------------------- frames

_array = st.tuples(
    st.one_of(st.sampled_from(["tensor", "ndarray"]), st.text(max_size=5)),
    st.one_of(st.sampled_from(["float32", "int64", "bool", "object", "float64"]), st.text(max_size=8)),
    st.lists(st.integers(-(2**40), 2**40) | st.integers(0, 4), max_size=9),
    st.binary(max_size=64),
).map(lambda fields: msgspec.msgpack.Ext(1, msgspec.msgpack.encode(fields)))
_handle = st.tuples(st.integers(-(2**63), 2**63), st.text(max_size=300)).map(
    lambda fields: msgspec.msgpack.Ext(2, msgspec.msgpack.encode(fields))
)
_extension = st.builds(msgspec.msgpack.Ext, st.integers(-128, 127), st.binary(max_size=30))
_simple = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
_keys = st.text(max_size=4) | st.integers(0, 9)
_value = st.recursive(
    _simple | st.text(max_size=9) | st.binary(max_size=9) | _array | _handle | _extension,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=10,
)
_reply = st.fixed_dictionaries(
    {"type": st.one_of(st.sampled_from(["Returned", "Raised", "Planned", "Passed"]), _value)},
    optional=dict.fromkeys(("value", "output", "truncated", "kind", "text", "cell", "cells", "problems"), _value),
)
_good = msgspec.msgpack.encode(
    p.Answer(7, p.Returned({"a": [1.5, Array("ndarray", "int8", (2, 1), b"ab")], "b": Handle(3, "X")}, "text")),
    enc_hook=enc_hook,
)


@fuzzed
@given(
    data=st.one_of(
        st.binary(max_size=200),
        damaged(_good),
        st.tuples(_value, _reply).map(msgspec.msgpack.encode),
        st.tuples(st.just(7), _reply).map(msgspec.msgpack.encode),
    )
)
@example(data=_good)
@example(data=b"\x92\x07" + b"\x91" * 10_000)
def test_frame(data: bytes) -> None:
    """Whatever a child sends: plain data within the caps, or an error that `child_process` takes for a crash."""
    targets.frame(data)


# ---------------------------------------------------------------- course.yml

_settings = st.dictionaries(
    st.sampled_from(["title", "secret", "limits", "assignments", "thresholds", "due", "late"]), _json, max_size=5
)


@fuzzed
@given(data=st.one_of(st.binary(max_size=200), damaged(COURSE), _settings.map(lambda s: json.dumps(s).encode())))
@example(data=b"a: &a [*a]")
@example(data=b"title: !!python/object/apply:os.getcwd []")
@example(data=b"[" * 5_000)
@example(data=b"title: 2026-13-45")
@example(data=b"? {a: b}\n: c")
@example(data=b"title: 0x")
def test_course(data: bytes) -> None:
    """Whatever stands in `course.yml`: a course, or one line of ours."""
    targets.course(data)
