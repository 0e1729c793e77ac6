"""One sandboxed child as the grader sees it: questions, limits, and how it ended.

Nothing that arrives from a child is believed: sizes are checked before bytes are read, frames pass `scan.scan` before
they are decoded, into `protocol`'s types only, and an answer must bear the number of its question. Whatever is wrong
becomes a `ChildFailure` with a sentence for the student. What reading costs the grader is counted in `reading_seconds`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import secrets
import select
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.sandbox import frames
from autograder.sandbox import protocol as p
from autograder.sandbox.clock import ChildClock
from autograder.sandbox.errors import ChildFailure, Crashed, ProtocolError, ServerLost, TimedOut
from autograder.sandbox.scan import scan
from autograder.sandbox.scratch import measure_removed, measure_tree, remove_tree
from autograder.sandbox.values import enc_hook, ext_hook
from autograder.sandbox.watch import TICK, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

START_SECONDS = 120.0  # for the server or a child to report; only a broken machine takes that long
FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM}  # the sandbox has no call that sends one, or has one sent, to oneself
_DYING = 2.0  # fair seconds in which a process whose channel is closed has ended, if that was why

_DECODER: msgspec.msgpack.Decoder[p.Answer] = msgspec.msgpack.Decoder(p.Answer, ext_hook=ext_hook)


def read_answer(payload: bytes) -> p.Answer:
    """A child's frame, looked over and then decoded; raises `ProtocolError`, `MsgspecError`, `UnicodeDecodeError`."""
    scan(payload)
    return _DECODER.decode(payload)


class ChildProcess:
    """One sandboxed process: ask it questions, then `close` it."""

    def __init__(
        self,
        forked: p.Forked,
        channel: socket.socket,
        pidfd: int,
        limits: p.Limits,
        *,
        cpu_seconds: float,
        reap: Callable[[int], p.Reaped],
    ) -> None:
        self._reap = reap
        self.pid = forked.pid
        self._pidfd = pidfd
        self.scratch = Path(forked.scratch)
        self._channel = channel
        self._limits = limits
        self.clock = ChildClock(forked.pid)
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._number = 0
        self._cpu_budget = cpu_seconds
        self._next_look = time.monotonic() + TICK
        self._untouched = self._touched()
        self.fair_seconds = 0.0  # what all questions took
        self.reading_seconds = 0.0  # the grader's own CPU time over this child's answers
        self.ended: p.Reaped | None = None
        self.wrote = False  # once it has ended: whether anything was ever made in its folder
        self.isolation = self._ready()

    def _ready(self) -> dict[str, Any]:
        """The child's first frame; until it is there the fault would be ours, so nothing here blames the student."""
        self._channel.settimeout(START_SECONDS)
        try:
            return msgspec.msgpack.decode(frames.receive_frame(self._channel), type=p.Ready).isolation
        except (EOFError, OSError, msgspec.MsgspecError) as error:
            ended = self.close()
            raise ServerLost(f"a child ended before it was ready (exit code {ended.code})") from error

    def ask(
        self,
        request: p.Request,
        seconds: float,
        cpu_seconds: float,
        *,
        seed: int | None = None,
        interrupt: bool = False,
    ) -> p.Reply:
        """The answer to `request`, generators seeded with `seed`, within fair `seconds` and `cpu_seconds` of CPU.

        With `interrupt` the limit is first a stop button, as in Jupyter, then the end. Raises `ChildFailure`.
        """
        self._refuse_early_frames()
        self._number = secrets.randbits(62)  # so that no answer can be sent in advance
        payload = msgspec.msgpack.encode(p.Question(self._number, request, seed), enc_hook=enc_hook)
        watch = Watch(self, seconds, cpu_seconds, self.interrupt if interrupt else None)
        try:
            self._send(payload, watch)
            size = frames.frame_size(self._receive(frames.HEADER_SIZE, watch))
            return self._read(self._receive(size, watch))
        except ProtocolError as error:
            crashed = Crashed("Your program's process sent what is no answer; it was not taken.")
            crashed.exact = f"Your program's process {error}; its answer was not taken."
            raise crashed from error
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise Crashed("Your program's process sent an answer that could not be read.") from error
        finally:
            self.fair_seconds += watch.taken()

    def _read(self, payload: bytes) -> p.Reply:
        start = time.thread_time()
        try:
            return self._accepted(read_answer(payload))
        finally:
            self.reading_seconds += time.thread_time() - start

    def _accepted(self, answer: p.Answer) -> p.Reply:
        if answer.number != self._number:
            raise ProtocolError("answered out of turn")
        for reply in answer.reply.replies if isinstance(answer.reply, p.Several) else [answer.reply]:
            self._look_over(reply)
        if time.monotonic() >= self._next_look:
            self.check_scratch()  # many quick answers are no way around the look that a slow one gets
        return answer.reply

    def _look_over(self, reply: p.Reply) -> None:
        match reply:
            case p.Raised(kind=kind, text=text, output=output, kinds=kinds, places=places):
                if (
                    len(places) > p.MAX_PLACES
                    or len(kinds) > 20
                    or max(map(len, [kind, *kinds])) > p.MAX_KIND
                    or len(text) > p.MAX_ERROR_TEXT
                ):
                    raise ProtocolError("sent an error that no program raises")
            case p.Returned(output=output):
                pass
            case _:
                return
        if len(output) > self._limits.output_bytes:
            raise ProtocolError(f"sent more than {self._limits.output_bytes // 2**10:,} KiB of output")

    def _refuse_early_frames(self) -> None:
        if self._poll.poll(0):
            try:
                early = self._channel.recv(1, socket.MSG_PEEK)
            except OSError:
                early = b""
            if early:
                raise Crashed("Your program's process sent an answer that nobody had asked for.")
            raise self._obituary()

    def _send(self, payload: bytes, watch: Watch) -> None:
        self._channel.settimeout(TICK)
        data = memoryview(len(payload).to_bytes(frames.HEADER_SIZE, "big") + payload)
        while data:
            try:
                data = data[self._channel.send(data) :]
            except TimeoutError:
                watch.look()
            except OSError as error:
                raise self._obituary() from error

    def _receive(self, size: int, watch: Watch) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            if not self._poll.poll(watch.milliseconds()):
                watch.look()
                continue
            try:
                part = self._channel.recv(min(size - len(parts), 2**20))
            except OSError:
                part = b""
            if not part:
                raise self._obituary()
            parts += part
        return bytes(parts)

    def _obituary(self) -> ChildFailure:
        """Say how the process ended, as a sentence for the student."""
        alive, over = not self._has_ended(), self._over_by_ticks()
        ended = self.close()
        if alive:  # it is we who have killed it, so how it ended says nothing
            return Crashed("Your program closed the channel by which its process answers.")
        if ended.code == -signal.SIGXCPU or over or ended.cpu_seconds > self._cpu_budget:
            return TimedOut(self.used_up())  # the kernel counts by ticks, and may be at the limit before our clock is
        if ended.code == -signal.SIGXFSZ:
            return Crashed(self.too_large())
        if ended.code < 0:
            name = signal.Signals(-ended.code).name if -ended.code in set(signal.Signals) else str(-ended.code)
            crashed = Crashed("Your program's process was ended by a signal before it answered.")
            crashed.exact = f"Your program's process was ended by signal {name} before it answered."
            crashed.doubt = "killed" if -ended.code in FROM_OUTSIDE and self._confined else "died"
            return crashed
        crashed = Crashed("Your program ended its process before it answered.")
        crashed.exact = f"Your program ended its process (exit code {ended.code}) before it answered."
        return crashed

    def _has_ended(self) -> bool:
        """Tell whether the process is over by itself: it may have closed its channel, and go on."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        deadline = self.clock.fair() + _DYING
        while not (over := bool(poll.poll(50))) and self.clock.fair() < deadline:
            pass
        return over

    def _over_by_ticks(self) -> bool:
        """Tell whether the kernel has told the process that its computing time is over: it then allows a second more.

        Nobody inside can set that limit. To be asked before the process is collected.
        """
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.pid}/limits").read_text().splitlines():
                if line.startswith("Max cpu time") and (soft := line.split()[3]).isdecimal():
                    return int(soft) > p.whole_seconds(self._cpu_budget)
        return False

    @property
    def _confined(self) -> bool:
        """Tell whether it can't have sent itself a signal of `FROM_OUTSIDE`: not by kill, nor by the kernel's clock.

        Where the kernel's clock kills it, `_over_by_ticks`, unless a ulimit leaves no room between the two limits.
        """
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        room = hard == resource.RLIM_INFINITY or hard >= p.whole_seconds(self._cpu_budget) + p.KILLED_AFTER
        return bool(self.isolation.get("seccomp")) and room

    def used_up(self) -> str:
        """Return what a student reads whose submission is over its budget."""
        return f"Your program used up its {self._limits.cpu_seconds:g} s of computing time."

    def too_large(self) -> str:
        """Return what a student reads whose files take too much room."""
        return f"Your program's files grew over {self._limits.scratch_bytes / 2**20:g} MiB."

    def interrupt(self) -> None:
        """Press the stop button."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGINT)

    def check_scratch(self) -> None:
        """Raise `Crashed` when the scratch folder is over its limits."""
        self._next_look = time.monotonic() + TICK
        if self._touched() == self._untouched:
            return  # nothing was ever made in it: modification times can't be set back from inside
        size, files = measure_tree(self.scratch, self._limits.scratch_files)
        if files > self._limits.scratch_files:
            raise Crashed(f"Your program made more than {self._limits.scratch_files:,} files.")
        size += measure_removed(self.scratch, self.pid)
        if size > self._limits.scratch_bytes:
            raise Crashed(self.too_large())

    def _touched(self) -> int:
        try:
            return self.scratch.stat().st_mtime_ns
        except OSError:
            return 0

    def close(self) -> p.Reaped:
        """Kill the process, collect it, remove its folder; the second call only repeats the answer."""
        if self.ended is None:
            self.ended = p.Reaped(-signal.SIGKILL, self.clock.cpu(), 0)  # should the server be lost
            self.wrote = self._touched() != self._untouched
            self._channel.close()
            os.close(self._pidfd)
            self.clock.close()
            self.ended = self._reap(self.pid)
            remove_tree(self.scratch)
        return self.ended
