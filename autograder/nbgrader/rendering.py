"""Render a student's notebook for one page, within bounds: CPU time, memory, characters, pictures.

Rendering is done by `render_server` in another process. When that process is at its limits, all further texts of the
page are shown as they were typed. What was rendered once is kept: most cells are as handed out, the same for all.
"""

from __future__ import annotations

import atexit
import functools
import html
import re
import secrets
import socket
import subprocess
import sys
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

from autograder.sandbox.frames import HEADER_SIZE, receive_exactly, send_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_HTML = 1_500_000  # characters of a page, less its pictures; a tag or an entity costs as much as twenty
LONGEST = 100_000  # characters of a text that is rendered; what is longer is shown as it was typed
MOST_PICTURES = 8_000_000  # characters of pictures on a page
_WAIT = 300.0  # seconds on the wall: workers are limited by CPU time, which a busy machine may take long to give
_KEPT = 8_000_000  # characters of HTML that are kept
_FULL = "<pre>(This page is full: the rest is in the file that was handed in.)</pre>"
_ASIDE = re.compile(r"Picture[0-9a-f]{32}")  # as `put_aside` names them; a `P` is no hex digit: none begins in another
_PICTURE = re.compile(r"(data:image/(?:png|jpeg|gif|svg\+xml);base64,)([A-Za-z0-9+/=]{100,})")


class Text(msgspec.Struct, array_like=True):
    """A text to be rendered: its sort, as in `markup.SORTS`, and its pictures, for Markdown."""

    sort: str
    text: str
    pictures: dict[str, dict[str, str]] = {}


@functools.cache
def _server() -> socket.socket:
    """The way to the one server of this process."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-P", "-m", "autograder.nbgrader.render_server", str(theirs.fileno())]
    started = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # ours
    theirs.close()
    atexit.register(started.wait)
    atexit.register(ours.close)  # first: the server ends when nobody is there
    return ours


def _hand_over(page: socket.socket) -> None:
    """Ask the server for a worker at the other end of `page`; raises `OSError`, after which a new one is started."""
    try:
        socket.send_fds(_server(), [b"p"], [page.fileno()])
    except OSError:
        _server.cache_clear()
        raise


class _Known:
    """The HTML by text, the oldest given up where it grows too large."""

    def __init__(self) -> None:
        self._size = 0
        self._found: OrderedDict[tuple[str, str], str] = OrderedDict()

    def get(self, sort: str, text: str) -> str | None:
        return self._found.get((sort, text))

    def keep(self, sort: str, text: str, html: str) -> None:
        self._found[sort, text] = html
        self._size += len(text) + len(html)
        while self._size > _KEPT:
            (_, old), made = self._found.popitem(last=False)
            self._size -= len(old) + len(made)


_KNOWN = _Known()


class Page:
    """The room that one page has left. Its worker ends when it is no longer needed, or when it is at its limits."""

    def __init__(self) -> None:
        self._worker: socket.socket | None = None
        self._spent = False
        self._left, self._pictures_left = MOST_HTML, MOST_PICTURES

    def render(self, sort: str, text: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
        """The text as HTML that does nothing, or as it was typed; `attachments` are pictures by name and type."""
        pictures: dict[str, str] = {}

        def put_aside(data: str) -> str:
            pictures[name := f"Picture{secrets.token_hex(16)}"] = data
            return name

        if sort in {"markdown", "html"}:
            text = _PICTURE.sub(lambda found: found[1] + put_aside(found[2]), text)
        beside = {
            name: {kind: put_aside(data) for kind, data in found.items()} for name, found in (attachments or {}).items()
        }
        made = self._made(sort, text, beside) if len(text) <= LONGEST else None
        return self._with(pictures, self._counted(_typed(sort, text) if made is None else made))

    def typed(self, text: str) -> str:
        """The text as it is, for where a page shows it so."""
        return self._counted(_typed("terminal", text))

    def _made(self, sort: str, text: str, pictures: dict[str, dict[str, str]]) -> str | None:
        found = _KNOWN.get(sort, text)
        if found is None and not self._spent:
            found = self._asked(msgspec.msgpack.encode(Text(sort, text, pictures)))
            if found is not None and not pictures:
                _KNOWN.keep(sort, text, found)
        return found

    def _asked(self, frame: bytes) -> str | None:
        try:
            if self._worker is None:
                self._worker, theirs = socket.socketpair()
                weakref.finalize(self, self._worker.close)
                self._worker.settimeout(_WAIT)
                with theirs:
                    _hand_over(theirs)
            send_frame(self._worker, frame)
            size = int.from_bytes(receive_exactly(self._worker, HEADER_SIZE), "big")
            return msgspec.msgpack.decode(receive_exactly(self._worker, size), type=str | None)
        except (EOFError, OSError):
            self._spent = True
            return None

    def _counted(self, made: str) -> str:
        self._left -= len(made) + 20 * (made.count("<") + made.count("&"))  # nbconvert reads the whole page once more
        return made if self._left >= 0 else _FULL

    def _with(self, pictures: dict[str, str], made: str) -> str:
        """The HTML with its pictures in it, each as often as it is shown, as long as there is room."""
        if not pictures:
            return made

        def put(found: re.Match[str]) -> str:
            if (data := pictures.get(found[0])) is None:
                return found[0]
            self._pictures_left -= len(data)
            return data if self._pictures_left >= 0 else ""

        return _ASIDE.sub(put, made)


def _typed(sort: str, text: str) -> str:
    shown = html.escape(text[:LONGEST]) + (" …" if len(text) > LONGEST else "")
    return shown if sort == "terminal" else f"<pre>{shown}</pre>"  # the templates have a <pre> for that one
