"""A look over MessagePack bytes before anything is made of them: one pass, in time linear in their number.

A decoder hashes the keys of a map as it reads them, and numbers can be chosen so that they collide: a map of n keys
then costs n² steps under the interpreter's lock. So a frame is decoded only after this look has found that all keys
are text (whose hashes are salted), and depth, items and extensions are within their caps.
"""

from __future__ import annotations

from autograder.sandbox.errors import ProtocolError

MAX_DEPTH = 32
MAX_ITEMS = 100_000  # arrays are one each; what a judge does costs some ten times as much as this look
EXTENSION_ITEMS = 25  # an extension is made by Python code: it costs what so many plain items cost
ARRAY, HANDLE = 1, 2  # codes of extensions
_KINDS = (bytes([ARRAY]), bytes([HANDLE]))
_FRAME_DEPTH, _FRAME_ITEMS = 3, 200  # what an answer has around its value

_PLAIN, _TEXT, _BYTES, _EXTENSION, _SEQUENCE, _MAP = range(6)
# By first byte from 0xc0: the sort, bytes of the length (or of the number), bytes behind it (the code of an extension).
_WIDE = {
    0xC0: (_PLAIN, 0), 0xC2: (_PLAIN, 0), 0xC3: (_PLAIN, 0), 0xCA: (_PLAIN, 4), 0xCB: (_PLAIN, 8),
    **{0xCC + n: (_PLAIN, 1 << n) for n in range(4)}, **{0xD0 + n: (_PLAIN, 1 << n) for n in range(4)},
    **{0xC4 + n: (_BYTES, 1 << n) for n in range(3)}, **{0xC7 + n: (_EXTENSION, 1 << n) for n in range(3)},
    **{0xD9 + n: (_TEXT, 1 << n) for n in range(3)},
    0xDC: (_SEQUENCE, 2), 0xDD: (_SEQUENCE, 4), 0xDE: (_MAP, 2), 0xDF: (_MAP, 4),
}  # fmt: skip


def _row(first: int) -> tuple[int, int, int] | None:
    """Sort, width of the length that follows, and the length where the first byte says it itself."""
    if first < 0x80 or first >= 0xE0:
        return _PLAIN, 0, 0
    if first < 0xC0:
        return ((_MAP, 0, first & 15), (_SEQUENCE, 0, first & 15), (_TEXT, 0, first & 31), (_TEXT, 0, first & 31))[
            (first - 0x80) >> 4
        ]
    if 0xD4 <= first <= 0xD8:
        return _EXTENSION, 0, 1 << (first - 0xD4)
    return (*_WIDE[first], 0) if first in _WIDE else None


_ROWS = tuple(_row(first) for first in range(256))


def scan(data: bytes) -> None:
    """Raise `ProtocolError` unless `data` is one value whose maps have text for keys, within all caps."""
    _scan(data, MAX_DEPTH + _FRAME_DEPTH, MAX_ITEMS + _FRAME_ITEMS, fields=False)


def scan_fields(data: bytes) -> None:
    """Scan in the same way the fields of an extension, which are few and flat."""
    _scan(data, 2, 20, fields=True)


def _scan(data: bytes, depth: int, items: int, *, fields: bool) -> None:
    place, end = 0, len(data)
    left, keys = 1, False  # values that the container at hand still holds; whether it is a map
    above: list[tuple[int, bool]] = []
    while left or above:
        if left == 0:
            left, keys = above.pop()
            continue
        row = _ROWS[data[place]] if place < end else None
        if row is None:
            raise ProtocolError("sent an answer that is cut short, or no MessagePack")
        sort, width, size = row
        place += 1 + width
        if keys and left % 2 == 0 and sort != _TEXT:
            raise ProtocolError("sent a dict with keys that are not text")
        left -= 1
        items -= EXTENSION_ITEMS if sort == _EXTENSION else 1
        if sort != _PLAIN:
            size = int.from_bytes(data[place - width : place], "big") if width else size
            if sort >= _SEQUENCE:
                above.append((left, keys))
                left, keys = (2 * size, True) if sort == _MAP else (size, False)
            else:
                place = _behind(data, sort, place, fields=fields) + size
        if left > items or len(above) > depth:
            raise ProtocolError("sent data nested too deep or with too many items")
    if place != end:
        raise ProtocolError("sent an answer that is cut short, or more than one")


def _behind(data: bytes, sort: int, place: int, *, fields: bool) -> int:
    """Return where the bytes of a text, of bytes or of an extension begin; raises where that kind is not accepted."""
    if sort == _TEXT or (sort == _BYTES and fields):
        return place
    if sort == _BYTES or fields or data[place : place + 1] not in _KINDS:  # a time stamp would become a datetime
        raise ProtocolError("sent data of an unknown kind")
    return place + 1
