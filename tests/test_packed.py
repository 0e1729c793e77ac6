"""What is packed: each sort as tools write it is read, all else is refused in words, and nothing takes long or much."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import struct
import tarfile
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from autograder.course import archive
from autograder.course.archive import PackedError, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 2**20
MOST = 20 * MIB
BOOK = json.dumps({"cells": [], "nbformat": 4}).encode()


def zipped(method: int, data: bytes = BOOK, name: str = "lab.ipynb") -> bytes:
    """A zip of one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        packed.writestr(name, data)
    return made.getvalue()


def header(name: str, kind: bytes, size: int, at: dict[int, bytes] | None = None) -> bytes:
    """A tar's header, with `at` written into it; its sum is right."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.size = kind, size
    raw = bytearray(entry.tobuf(tarfile.GNU_FORMAT))
    for place, value in (at or {}).items():
        raw[place : place + len(value)] = value
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw)
    return bytes(raw)


def padded(data: bytes) -> bytes:
    """As a tar holds it."""
    return data + bytes(-len(data) % 512)


def extended(records: bytes, size: int | None = None) -> bytes:
    """A tar of a notebook with such an extended header."""
    return header("x", b"x", len(records) if size is None else size) + padded(records) + book()


def book(name: str = "lab.ipynb") -> bytes:
    """A notebook in a tar, and the tar's end."""
    return header(name, b"0", len(BOOK)) + padded(BOOK) + bytes(1024)


def record(key: bytes, value: bytes) -> bytes:
    """A record of an extended header."""
    rest = b" " + key + b"=" + value + b"\n"
    size = next(size for size in range(len(rest), len(rest) + 12) if len(str(size)) + len(rest) == size)
    return b"%d" % size + rest


# ---------------------------------------------------------------- as tools write it


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("folder", ["", "./", "a/", "ä" * 40 + "/", "d" * 60 + "/" + "e" * 60 + "/"])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tars_of_every_format_are_read(form: int, folder: str, mode: str) -> None:
    """With names of every length and language, links and folders beside."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as packed:  # type: ignore[call-overload]
        for kind in (tarfile.DIRTYPE, tarfile.SYMTYPE):
            beside = tarfile.TarInfo(f"{folder}beside.ipynb")
            beside.type, beside.linkname = kind, "/etc/passwd"
            packed.addfile(beside)
        for name, data in ((f"{folder}data.bin", bytes(1000)), (f"{folder}lab.ipynb", BOOK)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))

    assert unpacked("a.tar.gz", made.getvalue(), MOST) == {f"{folder}lab.ipynb".removeprefix("./"): BOOK}


def test_tars_of_a_mac_are_read() -> None:
    """Their headers hold what a Mac knows of a file; the path is among it, or it is in the file's own header."""
    more = record(b"LIBARCHIVE.xattr.com.apple.quarantine", b"MDA4MTs2N\0") + record(b"mtime", b"1700000000.25")

    assert unpacked("a.tar", extended(more), MOST) == {"lab.ipynb": BOOK}
    assert unpacked("a.tar", extended(more + record(b"path", b"b/lab.ipynb")), MOST) == {"b/lab.ipynb": BOOK}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zips_as_systems_write_them_are_read(method: int) -> None:
    """Stored or deflated."""
    assert unpacked("a.zip", zipped(method), MOST) == {"lab.ipynb": BOOK}


# ---------------------------------------------------------------- what is refused

HUGE = b"\x80\0" + b"\xff" * 10
REFUSED = {
    "a zip of bzip2": ("a.zip", zipped(zipfile.ZIP_BZIP2), "another method"),
    "a zip of LZMA": ("a.zip", zipped(zipfile.ZIP_LZMA), "another method"),
    "a file without a name": ("a.zip", zipped(0, name="X").replace(b"X", b"\0"), "can't be unpacked"),
    "a deflated file cut short": ("a.zip", zipped(8, bytes(9999)).replace(b"\xed", b"\xee"), "can't be unpacked"),
    "a locked zip": ("a.zip", zipped(0).replace(b"\x14\0\0\0\0\0", b"\x14\0\1\0\0\0"), "can't be unpacked"),
    "no tar": ("a.tar", b"x" * 2000, "can't be unpacked"),
    "a tar cut short": ("a.tar", book()[:520], "it is cut off"),
    "a wrong sum": ("a.tar", book().replace(b"0000644", b"0000645", 1), "can't be unpacked"),
    "a file of 2**80 bytes": ("a.tar", header("lab.ipynb", b"0", 0, {124: HUGE}), "more than 8 GiB"),
    "a negative size": ("a.tar", header("lab.ipynb", b"0", 0, {124: b"-0000000001\0"}), "more than 8 GiB"),
    "an old sparse file": ("a.tar", header("lab.ipynb", b"S", 0, {386: HUGE, 483: HUGE}), "sparse files"),
    "a new sparse file": ("a.tar", extended(record(b"GNU.sparse.major", b"1")), "sparse files"),
    "a record of no length": ("a.tar", extended(b"0 a=b\n"), "can't be unpacked"),
    "a record of letters": ("a.tar", extended(b"abc\n"), "can't be unpacked"),
    "a record of two bytes": ("a.tar", extended(b"2 a=b\n"), "can't be unpacked"),
    "gzip cut short": ("lab.ipynb.gz", gzip.compress(BOOK)[:-9], "can't be unpacked"),
    "gzip and more": ("lab.ipynb.gz", gzip.compress(BOOK) + b"more", "can't be unpacked"),
}


@pytest.mark.parametrize(("name", "data", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_refused_in_words(name: str, data: bytes, says: str) -> None:
    """By `PackedError` and nothing else, whatever the libraries raise."""
    with pytest.raises(PackedError, match=says):
        unpacked(name, data, MOST)


@pytest.mark.parametrize("error", [KeyError("x"), OverflowError("x"), RecursionError(), IndexError("x")])
def test_whatever_a_library_raises_is_the_files_oddity(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Also what nobody has thought of. No room is no oddity: what is made of a file is bounded."""

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(archive, "_in_zip", fail)
    with pytest.raises(PackedError, match="can't be unpacked"):
        unpacked("a.zip", b"", MOST)
    error = MemoryError()
    with pytest.raises(MemoryError):
        unpacked("a.zip", b"", MOST)


# ---------------------------------------------------------------- what it takes


def again_and_again(times: int) -> bytes:
    """A zip of so many names for the same ten megabytes, which inflate to nothing."""
    nothing = b"\0\0\0\xff\xff" * 2_000_000 + b"\1\0\0\xff\xff"
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(nothing), 0, 9, 0) + b"lab.ipynb"
    facts = (20, 20, 0, 8, 0, 0, 0, len(nothing), 0, 9, 0, 0, 0, 0, 0, 0)
    entries = (struct.pack("<4s6H3I5H2I", b"PK\1\2", *facts) + b"lab.ipynb") * times
    place = len(local) + len(nothing)
    return (
        local + nothing + entries + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, times, times, len(entries), place, 0)
    )  # fmt: skip


def many_holes() -> bytes:
    """A sparse file of 100,000 pieces."""
    lines = b"100000\n" + b"".join(b"%d\n1\n" % place for place in range(0, 200_000, 2))
    body = padded(lines) + b"x" * 100_000
    more = record(b"GNU.sparse.major", b"1") + record(b"GNU.sparse.minor", b"0")
    more += record(b"GNU.sparse.realsize", b"200000") + record(b"GNU.sparse.name", b"lab.ipynb")
    return header("x", b"x", len(more)) + padded(more) + header("lab.ipynb", b"0", len(body)) + padded(body)


COSTLY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bzip2 of 30 MiB": ("a.zip", lambda: zipped(zipfile.ZIP_BZIP2, bytes(30 * MIB))),
    "LZMA of 30 MiB": ("a.zip", lambda: zipped(zipfile.ZIP_LZMA, bytes(30 * MIB))),
    "deflate of 99 MiB": ("a.zip", lambda: zipped(zipfile.ZIP_DEFLATED, bytes(99 * MIB))),
    "the same bytes 900 times": ("a.zip", lambda: again_and_again(900)),
    "sparse files of 20 MiB": ("a.tar", lambda: header("n.ipynb", b"S", 0, {386: b"%011o\0" % MOST}) * 60),
    "a sparse file of many pieces": ("a.tar.gz", lambda: gzip.compress(many_holes())),
    "100,000 digits": ("a.tar", lambda: extended(record(b"comment", b"1" * 10**5) + record(b"GNU.sparse.size", b"5"))),
    "100,000 digits, and no more": ("a.tar", lambda: extended(record(b"comment", b"1" * 10**5))),
    "300,000 records": ("a.tar", lambda: extended(record(b"a", b"b") * 3 * 10**5)),
    "a million records": ("a.tar", lambda: extended(record(b"a", b"b") * 10**6)),
    "a million empty members": ("a.ipynb.gz", lambda: gzip.compress(b"", mtime=0) * 900_000),
    "40,000 long names": ("a.tar", lambda: (header("x", b"L", 4) + padded(b"name")) * 20_000 + book()),
}


@pytest.mark.parametrize(("name", "make"), COSTLY.values(), ids=COSTLY)
def test_nothing_takes_long_or_much(name: str, make: Callable[[], bytes]) -> None:
    """Seconds of computing, and a few times what may be handed in; the outcome is a notebook or a sentence."""
    data = make()
    start = time.process_time()
    with contextlib.suppress(PackedError):
        unpacked(name, data, MOST)
    seconds = time.process_time() - start
    tracemalloc.start()
    with contextlib.suppress(PackedError):
        unpacked(name, data, MOST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert seconds < 5  # on a busy machine; minutes before
    assert peak < 3 * MOST


def test_folders_in_folders_are_searched_to_an_end(tmp_path: Path) -> None:
    """Nobody's notebook is thirty folders down; a thousand would be more than Python can go."""
    for depth, there in ((20, True), (21, False)):
        place = tmp_path / str(depth) / "/".join("d" * depth)
        place.mkdir(parents=True)
        (place / "lab.ipynb").touch()
        assert bool(archive.deeper(tmp_path / str(depth))) is there
