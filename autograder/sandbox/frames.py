"""Frames on a socket: a 4-byte big-endian length, and that many bytes of MessagePack.

What a child sends is read elsewhere (`child_process`), piece by piece and against the clock; here are the pieces, and
the whole frames of senders that are trusted.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from autograder.sandbox.errors import ProtocolError

if TYPE_CHECKING:
    import socket

MAX_FRAME = 4 * 2**20  # bytes from a child, which decoded can be 64 times as much; no honest answer reaches 1 MiB
_HEADER = struct.Struct(">I")
HEADER_SIZE = _HEADER.size


def send_frame(channel: socket.socket, payload: bytes) -> None:
    """Send one frame: the payload behind its length."""
    channel.sendall(_HEADER.pack(len(payload)) + payload)


def receive_exactly(channel: socket.socket, size: int) -> bytes:
    """Receive exactly `size` bytes; raises `EOFError` when the other end is gone."""
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 2**20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def receive_frame(channel: socket.socket) -> bytes:
    """Receive one whole frame from a trusted sender; raises `EOFError` when the other end is gone."""
    (size,) = _HEADER.unpack(receive_exactly(channel, _HEADER.size))
    return receive_exactly(channel, size)


def frame_size(header: bytes) -> int:
    """The size that an untrusted header announces; raises `ProtocolError` above `MAX_FRAME`."""
    (size,) = _HEADER.unpack(header)
    if size > MAX_FRAME:
        raise ProtocolError(f"announced an answer of {size:,} bytes; at most {MAX_FRAME:,} are taken")
    return int(size)
