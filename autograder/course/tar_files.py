"""The files in a tar, read in one pass over its bytes.

`tarfile` makes objects of what headers say: sparse maps of any length, numbers of any length, names by regular
expressions that go back and forth. Here a header is 512 bytes, of which six fields are read; what takes more than that
(sparse files, sizes above 8 GiB) is refused. The work is in proportion to the bytes, whatever stands in them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 512
_OCTAL = re.compile(rb"[ \0]*([0-7]{1,11})[ \0]*")
_LENGTH = re.compile(rb"([1-9]\d{0,8}) ")
_FILE, _LONG_NAME, _MORE, _SPARSE = b"07\0", b"L", b"xX", b"S"
_MOST_HEADERS = 2 * 2**20  # bytes of long names and extended headers; those of a thousand files have half of it
_WITHOUT_BODY = b"123456"  # links, devices, folders, pipes: their size says nothing


class TarError(Exception):
    """It is no tar, or none that is read here; the message says why, for the student."""


def files(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Every entry's name, and the bytes of those that are ordinary files; raises `TarError`."""
    place, name, left = 0, b"", _MOST_HEADERS
    while header := data[place : place + _BLOCK].rstrip(b"\0"):
        header = header.ljust(_BLOCK, b"\0")
        kind = header[156:157]
        start = place + _BLOCK
        end = start if kind in _WITHOUT_BODY else start + _size(header)
        if end > len(data):
            raise TarError("it is cut off")
        if kind == _SPARSE:
            raise TarError("it holds sparse files")
        if kind == _LONG_NAME or kind in _MORE:
            left -= end - place
            if left < 0:
                raise TarError("its headers are too long")
        if kind == _LONG_NAME:
            name = data[start:end].rstrip(b"\0")
        elif kind in _MORE:
            name = _name_in(data[start:end]) or name
        elif kind not in b"gK":
            shown = (name or _name(header)).decode("utf-8", "surrogateescape")
            yield shown, data[start:end] if kind in _FILE and not shown.endswith("/") else None
            name = b""
        place = end + -(end - start) % _BLOCK


def _size(header: bytes) -> int:
    """Return what follows the header; a header whose sum is wrong is none."""
    said, size = _OCTAL.fullmatch(header[148:156]), _OCTAL.fullmatch(header[124:136])
    if said is None or int(said[1], 8) != sum(header[:148]) + 8 * ord(" ") + sum(header[156:]):
        raise TarError("it can't be unpacked")
    if size is None:
        raise TarError("it holds a file of more than 8 GiB")
    return int(size[1], 8)


def _name(header: bytes) -> bytes:
    name, prefix = header[:100].split(b"\0")[0], header[345:500].split(b"\0")[0]
    return prefix + b"/" + name if prefix and header[257:263] == b"ustar\0" else name


def _name_in(records: bytes) -> bytes:
    """The path in an extended header, if it has one: records are `LENGTH KEY=VALUE`, each with a line end."""
    place, name = 0, b""
    while place < len(records):
        length = _LENGTH.match(records, place)
        if length is None or place + int(length[1]) <= length.end():
            raise TarError("it can't be unpacked")
        key, _, value = records[length.end() : place + int(length[1]) - 1].partition(b"=")
        if key.startswith(b"GNU.sparse."):
            raise TarError("it holds sparse files")
        name = value if key == b"path" else name
        place += int(length[1])
    return name
