"""Real attempts on files, processes and the kernel from a really confined child.

Each attempt must be harmless where the sandbox does not hold, since a broken sandbox is what they look for: files
attacked are made for the test, signals to many are signal 0, kernel objects are asked for and not created.
"""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confined import in_sandbox

from autograder.sandbox.confinement import confine, privileges, syscalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARENT = os.getpid()
PARENT_NICE = os.getpriority(os.PRIO_PROCESS, 0)
REPO = Path(__file__).parents[2]
SCRATCHES = Path("/tmp")  # where the helper makes scratch folders
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root can become another user")


@pytest.fixture
def victim() -> Iterator[int]:
    """Another process of the same user; it must outlive the test."""
    process = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    yield process.pid
    alive = process.poll() is None
    process.kill()
    process.communicate()
    assert alive, "the sandboxed child ended another process"


def raw(name: str, *args: syscalls.Word) -> Callable[[], int]:
    """A system call to be made in the child."""
    return lambda: syscalls.call(name, *args)


# ------------------------------------------------------------------ files

UNREADABLE = {
    "this package": confine.__file__,
    "the repository": REPO / "pyproject.toml",
    "passwords": "/etc/passwd",
    "own environment": "/proc/self/environ",
    "own memory": "/proc/self/mem",
    "the grader's environment": f"/proc/{PARENT}/environ",
    "the grader's arguments": f"/proc/{PARENT}/cmdline",
    "the first process": "/proc/1/cmdline",
    "all processes": "/proc",
    "all scratch folders": SCRATCHES,
    "the home": Path.home(),
    "the root": "/",
}


@pytest.mark.parametrize("path", UNREADABLE.values(), ids=UNREADABLE)
def test_cannot_read(path: str | Path) -> None:
    """Nothing outside of the interpreter, the libraries and the own scratch can be opened or listed."""
    assert in_sandbox(lambda: os.open(path, os.O_RDONLY)).refused


WRITES: dict[str, Callable[[Path], object]] = {
    "a new file beside it": lambda file: file.with_name("new").write_text("x"),
    "append": lambda file: os.open(file, os.O_WRONLY | os.O_APPEND),
    "truncate": lambda file: os.truncate(file, 0),
    "open for neither": lambda file: os.open(file, 3),
    "open to truncate": lambda file: os.open(file, os.O_RDONLY | os.O_TRUNC),
    "remove": Path.unlink,
    "rename": lambda file: file.rename("stolen"),
    "mode": lambda file: file.chmod(0o600),
    "owner": lambda file: os.chown(file, -1, -1),
    "times": lambda file: os.utime(file, (1, 1)),
    "attribute": lambda file: os.setxattr(file, "user.a", b"1"),
    "attribute list": os.listxattr,
    "hard link": lambda file: os.link(file, "link"),
    "lease": lambda file: fcntl.fcntl(os.open(file, os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_WRLCK),
}


@pytest.mark.parametrize("attempt", WRITES.values(), ids=WRITES)
def test_cannot_change_a_readable_file(
    attempt: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that student code may read stays as it is: content, name, mode, owner, times, attributes."""
    library = tmp_path / "site-packages" / "library.py"
    library.parent.mkdir()
    library.write_text("content")
    before = library.stat()
    monkeypatch.setattr(sys, "path", [*sys.path, str(library.parent)])
    policy = confine.Policy.for_interpreter()

    assert in_sandbox(library.read_text, policy=policy).value == "content"
    assert in_sandbox(lambda: attempt(library), policy=policy).refused
    assert library.read_text() == "content"
    assert (library.stat().st_mtime, library.stat().st_mode) == (before.st_mtime, before.st_mode)
    assert [path.name for path in library.parent.iterdir()] == ["library.py"]


NOT_EVEN_INSIDE: dict[str, Callable[[], object]] = {
    "mode": lambda: Path().chmod(0o777),
    "times": lambda: os.utime("."),
    "symbolic link": lambda: Path("link").symlink_to("/etc/passwd"),
    "fifo": lambda: os.mkfifo("fifo"),
    "device": lambda: os.mknod("null", 0o20666, os.makedev(1, 3)),
    "whiteout": lambda: (Path("a").write_text(""), syscalls.call("renameat2", -100, b"a", -100, b"b", 4)),
    "folder closed to its owner": lambda: Path("d").mkdir(0o300),
    "unnamed file": lambda: os.open(".", os.O_TMPFILE | os.O_RDWR),
    "space beyond the limit": lambda: os.posix_fallocate(os.open("f", os.O_RDWR | os.O_CREAT), 0, 1),
    "watch a folder": raw("inotify_init1", 0),
    "file in shared memory": lambda: os.open("/dev/shm", os.O_TMPFILE | os.O_WRONLY),
}


@pytest.mark.parametrize("attempt", NOT_EVEN_INSIDE.values(), ids=NOT_EVEN_INSIDE)
def test_scratch_takes_plain_files_and_folders_only(attempt: Callable[[], object]) -> None:
    """Whoever looks into a scratch folder from outside meets no link, FIFO, device or odd mode."""
    assert in_sandbox(attempt).refused


def test_neighbours_scratch_is_out_of_reach(tmp_path: Path) -> None:
    """The path of another submission's scratch folder is of no use."""
    (tmp_path / "answer.txt").write_text("42")

    assert in_sandbox((tmp_path / "answer.txt").read_text).refused
    assert in_sandbox(lambda: (tmp_path / "answer.txt").write_text("43")).refused
    assert in_sandbox((tmp_path / "answer.txt").unlink).refused


def test_scratch_is_the_childs_own() -> None:
    """Files and folders can be made, read, renamed across folders and removed there."""

    def attempt() -> list[str]:
        Path("a/b").mkdir(parents=True)
        Path("a/b/x.txt").write_text("hello")
        Path("a/b/x.txt").rename("a/y.txt")
        Path("a/b").rmdir()
        Path("z.txt").write_text(Path("a/y.txt").read_text())
        os.truncate("z.txt", 2)
        return [*(path.name for path in Path("a").iterdir()), Path("z.txt").read_text()]

    outcome = in_sandbox(attempt)

    assert outcome.value == ["y.txt", "he"]
    assert outcome.files == ["a", "z.txt"]


# ------------------------------------------------------------------ processes, network, kernel

REFUSED: dict[str, Callable[[], object]] = {
    "fork": os.fork,
    "vfork": raw("vfork") if syscalls.machine() == "x86_64" else os.fork,
    "fork by clone": raw("clone", signal.SIGCHLD, None, None, None, None),
    "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "subprocess": lambda: subprocess.run(["/bin/true"], check=False),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "execveat": raw("execveat", -100, b"/bin/true", None, None, 0),
    "internet": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "datagrams": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "local socket": lambda: socket.socket(socket.AF_UNIX),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "socket pair": socket.socketpair,
    "signal to the group": lambda: os.kill(0, 0),
    "signal to all": lambda: os.kill(-1, 0),
    "leave the group": lambda: os.setpgid(0, 0),
    "leave the session": os.setsid,
    "memfd": lambda: os.memfd_create("x"),
    "shared memory": raw("shmget", 4321, 4096, 0),
    "semaphores": raw("semget", 4321, 1, 0),
    "message queue": raw("msgget", 4321, 0),
    "POSIX queue": raw("mq_open", b"none-such", 0, 0, None),
    "namespace": raw("unshare", 0x1000_0000),
    "mount": raw("mount", b"none", b"/no/such/folder", b"tmpfs", 0, None),
    "chroot": lambda: os.chroot("."),
    "user": lambda: os.setuid(0),
    "capabilities": privileges.keep_capabilities,
    "keyring": raw("keyctl", 0, -3, 0),
    "bpf": raw("bpf", 0, None, 0),
    "perf": raw("perf_event_open", None, 0, -1, -1, 0),
    "io_uring": raw("io_uring_setup", 1, None),
    "userfaultfd": raw("userfaultfd", 0),
    "personality": raw("personality", 0),
    "kernel log": raw("syslog", 10, None, 0),
    "file handle": raw("open_by_handle_at", -100, None, 0),
    "seccomp": raw("seccomp", 1, 0, None),
    "landlock": raw("landlock_restrict_self", -1, 0),
    "SIGKILL to itself": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "SIGTERM to itself": lambda: signal.raise_signal(signal.SIGTERM),
    "SIGKILL by a timer": raw("timer_create", 1, struct.pack("=Qii48x", 0, signal.SIGKILL, 0), bytes(8)),
    "SIGKILL by a limit": raw("setrlimit", resource.RLIMIT_CPU, struct.pack("=2Q", 1, 1)),
    "SIGKILL by a parent's death": raw("prctl", 1, signal.SIGKILL, 0, 0, 0),
    "SIGKILL by strict seccomp": raw("prctl", 22, 1, 0, 0, 0),
    "dumpable": raw("prctl", 4, 1, 0, 0, 0),
    "terminal input": lambda: fcntl.ioctl(os.pipe()[0], 0x5412, b"x"),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_is_refused(attempt: Callable[[], object]) -> None:
    """No process, no network, no IPC, no privilege, no way to loosen or add to the confinement."""
    outcome = in_sandbox(attempt)

    assert outcome.refused, outcome
    assert outcome.code == 0


def _async_pipe(victim: int, command: int, argument: bytes | int) -> None:
    reading, _ = os.pipe()
    fcntl.fcntl(reading, command, argument if isinstance(argument, bytes) else argument or victim)


ON_OTHERS: dict[str, Callable[[int], object]] = {
    "kill": lambda pid: os.kill(pid, signal.SIGUSR1),
    "existence": lambda pid: os.kill(pid, 0),
    "tkill": lambda pid: syscalls.call("tkill", pid, signal.SIGUSR1),
    "tgkill": lambda pid: syscalls.call("tgkill", pid, pid, signal.SIGUSR1),
    "queued signal": lambda pid: syscalls.call("rt_sigqueueinfo", pid, signal.SIGUSR1, bytes(128)),
    "pidfd": os.pidfd_open,
    "F_SETOWN": lambda pid: _async_pipe(pid, fcntl.F_SETOWN, pid),
    "F_SETSIG": lambda pid: _async_pipe(pid, fcntl.F_SETSIG, signal.SIGKILL),
    "F_SETOWN_EX": lambda pid: _async_pipe(pid, 15, pid.to_bytes(8, "little")),
    "O_ASYNC": lambda pid: _async_pipe(pid, fcntl.F_SETFL, os.O_ASYNC),
    "FIOASYNC": lambda _: fcntl.ioctl(os.pipe()[0], 0x5452, b"\1\0\0\0"),
    "limits": lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)),
    "limits read": lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU),
    "scheduler": lambda pid: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)),
    "affinity": lambda pid: os.sched_setaffinity(pid, {0}),
    "priority": lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 19),
    "priority of all": lambda _: os.setpriority(os.PRIO_USER, 0, PARENT_NICE),
    "memory read": lambda pid: syscalls.call("process_vm_readv", pid, None, 0, None, 0, 0),
    "ptrace": lambda pid: syscalls.call("ptrace", 16, pid, 0, 0),
    "compare": lambda pid: syscalls.call("kcmp", pid, pid, 0, 0, 0),
    "its processor clock": lambda pid: time.clock_gettime((~pid << 3) | 2),
    "its group": os.getpgid,
}


@pytest.mark.parametrize("attempt", ON_OTHERS.values(), ids=ON_OTHERS)
def test_other_processes_are_out_of_reach(attempt: Callable[[int], object], victim: int) -> None:
    """No signal by any road, no limit, no scheduling, no look into a process of the same user."""
    assert in_sandbox(lambda: attempt(victim)).refused
    assert os.getpriority(os.PRIO_PROCESS, victim) == PARENT_NICE


def test_may_do_to_itself_what_it_may_not_to_others() -> None:
    """Signals, limits, scheduling of the own process stay usable."""

    def attempt() -> list[object]:
        signal.signal(signal.SIGUSR1, lambda *_: None)
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))
        os.sched_setaffinity(0, os.sched_getaffinity(0))
        os.nice(1)
        signal.setitimer(signal.ITIMER_REAL, 10)
        return [resource.prlimit(os.getpid(), resource.RLIMIT_NOFILE)[0], os.sched_getscheduler(0)]

    assert in_sandbox(attempt).value == [99, 0]
