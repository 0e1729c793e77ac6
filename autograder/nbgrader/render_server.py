"""A small program that makes HTML of what students wrote, in processes with limits: one for each page.

It imports what is slow once, and forks a worker for every socket that it is handed. A worker answers texts until its
page is done; its CPU time is limited by a timer whose signal the kernel sends, which no regular expression can put
off, and its memory by a limit. Whoever asked then hears nothing more, and shows texts as they were typed.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import msgspec

from autograder.nbgrader.markup import SORTS, is_flat
from autograder.nbgrader.rendering import MOST_HTML, Text
from autograder.sandbox.frames import receive_frame, send_frame

PAGE_SECONDS = 1.1  # of CPU; the first page of a lab takes up to 0.7, for its formulas, which later ones need not set
MEMORY = 128 * 2**20  # bytes on top of what a worker begins with


def main(control: socket.socket) -> None:
    """Fork a worker for each socket that arrives, until the other end is closed."""
    for sort, make in SORTS.items():
        make(f"*{sort}* `x` <b>1</b> $x$\n\n```python\nx = 1\n```", {})  # what is made at the first use is made here
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked; its end closes the sockets
    workers: set[int] = set()
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        workers = {worker for worker in workers if not os.waitpid(worker, os.WNOHANG)[0]}
        if not data:
            for worker in workers:  # of pages that were left open: nobody reads them now, and they would wait for ever
                os.kill(worker, signal.SIGKILL)
            return
        if (worker := os.fork()) == 0:
            control.close()
            _work(socket.socket(fileno=descriptors[0]))
        workers.add(worker)
        os.close(descriptors[0])


def _work(page: socket.socket) -> None:
    """Answer texts until the page is done; the answer is HTML, or None where the text is to be shown as typed."""
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
    try:
        while True:
            send_frame(page, msgspec.msgpack.encode(_rendered(receive_frame(page))))
    except (EOFError, OSError):
        os._exit(0)


def _rendered(frame: bytes) -> str | None:
    try:
        asked: Any = msgspec.msgpack.decode(frame, type=Text)
        html = SORTS[asked.sort](asked.text, asked.pictures)
        return html if len(html) <= MOST_HTML and is_flat(html) else None
    except Exception:  # whatever the libraries raise, MemoryError and RecursionError among it
        return None


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
