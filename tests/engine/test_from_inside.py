"""What a submission can reach from inside: real code in the real sandbox, as the engine starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ServerLost
from autograder.sandbox.server_client import WarmServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandboxed import Run

ROOT = Path(__file__).parents[2]
REFUSED = {"PermissionError", "OSError", "BlockingIOError"}


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """Another process of the same user, with a secret in its environment and arguments."""
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()", "secret-argument"],
        stdin=subprocess.PIPE,
        env={"SECRET": "secret-in-environment"},
    ) as process:
        yield process
        process.kill()


def refused(reply: p.Returned | p.Raised) -> bool:
    """Whether the attempt was stopped by the system, not by a slip of the test."""
    return isinstance(reply, p.Raised) and reply.kind in REFUSED


@pytest.mark.parametrize(
    "path",
    [
        "autograder/suites/test_lab1_scalar_lstm.py",
        "autograder/suites/lab1_scalar_lstm/mistakes.yml",
        "autograder/suite/stages.py",
        "solutions/lab1_scalar_lstm/lab1_scalar_lstm.ipynb",
        "course.yml",
        "tests/sample_class/submitted/ada/lab1_scalar_lstm/lab1_scalar_lstm.ipynb",
    ],
)
def test_the_courses_files_cannot_be_read_or_written(run: Run, path: str) -> None:
    """Suite, solution, settings and another submission are out of reach, though they are there."""
    target = ROOT / path

    assert target.is_file()
    assert refused(run(f"def f(): return open({str(target)!r}).read()"))
    assert refused(run(f"def f(): open({str(target)!r}, 'a')"))
    assert refused(run(f"import os\ndef f(): os.remove({str(target)!r})"))


@pytest.mark.parametrize("folder", [ROOT, ROOT / "solutions", Path.home(), Path("/tmp"), Path("/proc/1"), Path("/etc")])
def test_folders_outside_cannot_be_listed_or_filled(run: Run, folder: Path) -> None:
    """The course, the home folder, other processes and the common temporary folder."""
    assert refused(run(f"import os\ndef f(): return os.listdir({str(folder)!r})"))
    reply = run(f"def f(): open({str(folder / 'left-behind')!r}, 'w')")
    assert refused(reply) or (isinstance(reply, p.Raised) and folder.parts[1] == "proc")  # no file is ever made there
    assert not (folder / "left-behind").exists()


def test_results_of_a_run_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A results folder anywhere on the disk is not writable, its records not readable."""
    record = tmp_path / "record.json"
    record.write_text("{}")

    assert refused(run(f"def f(): return open({str(record)!r}).read()"))
    assert refused(run(f"def f(): open({str(record)!r}, 'w').write('9')"))
    assert record.read_text() == "{}"


def test_the_environment_is_clean(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the server's own few variables are there, and `/proc/self/environ` can't be read."""
    monkeypatch.setenv("SECRET", "in the grader")
    reply = run("import os\ndef f(): return sorted(os.environ)")

    assert isinstance(reply, p.Returned)
    assert "SECRET" not in reply.value
    assert len(reply.value) < 15
    assert refused(run("def f(): return open('/proc/self/environ').read()"))


def test_the_graders_environment_and_arguments_are_not_in_memory(server: WarmServer) -> None:
    """A search through all writable memory of the server, which its children inherit, finds neither."""
    kept = {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE"}  # the server has its own of these
    kept |= {key for key in os.environ if key.endswith("_NUM_THREADS")}  # and another test may have set some
    kept |= {key for key in os.environ if key.startswith("TORCHINDUCTOR_")}  # torch sets them wherever it is imported
    secrets = [f"{key}={value}".encode() for key, value in os.environ.items() if key not in kept]
    secrets += [argument.encode() for argument in sys.argv[1:] if len(argument) > 12]
    found = set()
    with Path(f"/proc/{server.pid}/maps").open() as maps, Path(f"/proc/{server.pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, mode = line.split()[:2]
            start, end = (int(part, 16) for part in span.split("-"))
            if "rw" not in mode or end - start > 2**30:
                continue
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            found |= {secret for secret in secrets if secret in content}
            stack_seen = "[stack]" in line
    assert stack_seen or found == set()
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        "import socket\ndef f(): socket.create_connection(('127.0.0.1', {port}), 2)",
        "import socket\ndef f(): socket.socket(socket.AF_UNIX)",
        "import socket\ndef f(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
        "import urllib.request\ndef f(): urllib.request.urlopen('http://127.0.0.1:{port}/', timeout=2)",
    ],
)
def test_there_is_no_network(run: Run, code: str) -> None:
    """No socket can be made, though somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        reply = run(code.replace("{port}", str(listener.getsockname()[1])))

        assert isinstance(reply, p.Raised)
        assert "not permitted" in reply.text or "denied" in reply.text


@pytest.mark.parametrize(
    "code",
    [
        "import os\ndef f(): return os.fork()",
        "import os\ndef f(): return os.posix_spawn('/bin/true', ['true'], {})",
        "import os\ndef f(): os.execv('/bin/true', ['true'])",
        "import subprocess\ndef f(): return subprocess.run(['true']).returncode",
        "import multiprocessing\ndef f(): multiprocessing.get_context('fork').Process(target=print).start()",
    ],
)
def test_no_process_can_be_started(run: Run, code: str) -> None:
    """fork, spawn, exec and what is built on them."""
    assert refused(run(code))


@pytest.mark.parametrize(
    "code",
    [
        "import os\ndef f(pid): os.kill(pid, 0)",
        "import os\ndef f(pid): os.kill(-1, 0)",
        "import os\ndef f(pid): os.pidfd_open(pid)",
        "import resource\ndef f(pid): resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))",
        "import os\ndef f(pid): os.setpriority(os.PRIO_PROCESS, pid, 19)",
        "import os\ndef f(pid): os.sched_setaffinity(pid, {0})",
        "import os\ndef f(pid): os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))",
        "import fcntl\ndef f(pid): fcntl.fcntl(0, fcntl.F_SETOWN, pid)",
        "import fcntl\ndef f(pid): fcntl.fcntl(0, 10, 9)",
        "import fcntl, array\ndef f(pid): fcntl.ioctl(0, 0x5452, array.array('i', [1]))",
        "def f(pid): return open(f'/proc/{pid}/environ').read()",
    ],
)
def test_another_process_is_out_of_reach(run: Run, bystander: subprocess.Popen[bytes], code: str) -> None:
    """It can't be signalled (F_SETOWN, F_SETSIG and O_ASYNC included), limited, re-scheduled or read."""
    assert refused(run(code, "f", bystander.pid))
    assert bystander.poll() is None


@pytest.mark.parametrize(
    "call",
    [
        "os.chmod({path!r}, 0o777)",
        "os.chown({path!r}, 1, 1)",
        "os.utime({path!r}, (1, 1))",
        "os.setxattr({path!r}, 'user.x', b'y')",
    ],
)
def test_no_mode_owner_or_time_of_a_file_outside_changes(run: Run, tmp_path: Path, call: str) -> None:
    """The file's facts are the same before and after."""
    target = tmp_path / "file"
    target.touch(0o600)
    before = target.stat()

    assert refused(run(f"import os\ndef f(): {call.format(path=str(target))}"))
    assert target.stat() == before


def test_scratch_is_gone_afterwards(server: WarmServer) -> None:
    """What a submission leaves in its scratch folder, however deep, is removed with its process."""
    child = server.fork(p.Limits(), 10)
    child.ask(p.Plan([p.Cell(0, DEEP)], ["f"]), 5, 10)
    child.ask(p.RunCell(0), 5, 10)
    child.ask(p.Call("f", "", [], {}), 5, 10)

    assert any(child.scratch.iterdir())
    child.close()
    assert not child.scratch.exists()


DEEP = """
import os
def f():
    for _ in range(600):
        os.mkdir("d"); os.chdir("d")
    os.symlink("/", "root")
"""


def test_a_childs_process_is_gone_after_the_server() -> None:
    """Killing the server with SIGKILL takes its children along."""
    server = WarmServer()
    child = server.fork(p.Limits(), 10)
    os.kill(server.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child.pid}/stat").exists() and time.monotonic() < deadline:
        if ") Z " in Path(f"/proc/{child.pid}/stat").read_text():
            break  # dead; whoever adopted it collects it
        time.sleep(0.02)

    assert time.monotonic() < deadline
    with pytest.raises(ServerLost):
        child.close()
    server.close()
    assert not server.scratch.exists()
