"""What may be read, the server's layer under its children's, old kernels, and machines without a sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from confined import LIMITS, default_policy, in_sandbox, under_server

from autograder.sandbox.confinement import confine, seccomp_filter
from autograder.sandbox.confinement.policy import reachable_by_others

REPO = Path(__file__).parents[2]
WITHOUT = REPO / "tests" / "helpers" / "without.py"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site-packages folder on `sys.path` with a library and an installed autograder."""
    folder = tmp_path / "venv" / "site-packages"
    names = (
        "lib/x.py",
        "autograder/suites/t.py",
        "__editable__.autograder.pth",
        "lstm_autograder-1.dist-info/direct_url.json",
    )
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("content")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


def reads(path: Path, policy: confine.Policy) -> bool:
    """Whether a child of this policy can read a file."""
    return bool(in_sandbox(path.read_text, policy=policy).value == "content")


def test_autograder_is_carved_out_of_site_packages(site: Path) -> None:
    """Libraries beside it can be read; the package and all that tells its origin can't, names may be listed."""
    policy = confine.Policy.for_interpreter()

    assert reads(site / "lib/x.py", policy)
    assert not reads(site / "autograder/suites/t.py", policy)
    assert not reads(site / "__editable__.autograder.pth", policy)
    assert not reads(site / "lstm_autograder-1.dist-info/direct_url.json", policy)
    assert "lib" in in_sandbox(lambda: [path.name for path in site.iterdir()], policy=policy).value


def test_forbidden_roots_are_carved_out(site: Path) -> None:
    """A caller's root is unreadable in a readable tree; a readable tree inside of a forbidden root stays."""
    inside = confine.Policy.for_interpreter(forbidden=[site / "lib"])
    around = confine.Policy.for_interpreter(forbidden=[site.parent])

    assert not reads(site / "lib/x.py", inside)
    assert reads(site / "lib/x.py", around)


def test_scratch_may_not_lie_in_a_readable_tree(site: Path) -> None:
    """Every child could read it there: that is a mistake of the caller's."""
    policy = confine.Policy.for_interpreter()

    outcome = in_sandbox(lambda: None, policy=policy, base=site)
    assert outcome.error == "ValueError"


def test_before_abi_3_truncation_is_refused_by_seccomp(site: Path) -> None:
    """Where Landlock does not know truncation, a readable file keeps its content all the same."""
    policy = confine.Policy.for_interpreter(abi=2)
    target = site / "lib/x.py"

    assert in_sandbox(lambda: os.truncate(target, 0), policy=policy).refused
    assert in_sandbox(lambda: os.open(target, os.O_RDONLY | os.O_TRUNC), policy=policy).refused
    assert target.read_text() == "content"
    outcome = in_sandbox(lambda: Path("a").write_text("in scratch"), policy=policy)
    assert (outcome.value, outcome.isolation["landlock"]) == (10, 2)


# ------------------------------------------------------------------ server and children


def test_server_reads_as_its_children_and_writes_scratch_only(site: Path, tmp_path: Path) -> None:
    """The warm server itself can't read the package's suites, nor write outside of the scratch folders."""
    base = tmp_path / "scratch"
    base.mkdir()

    def attempt() -> list[object]:
        (base / "1").mkdir()
        return [(site / "lib/x.py").read_text(), os.access(base, os.W_OK)]

    assert under_server(attempt, base).value == ["content", True]
    assert under_server((site / "autograder/suites/t.py").read_text, base).refused
    assert under_server(lambda: (tmp_path / "x").write_text("x"), base).refused


def test_children_of_a_confined_server(site: Path, tmp_path: Path) -> None:
    """They read what the server reads, write their own scratch, and not that of the child beside them."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "answer").write_text("42")

    def server() -> list[object]:
        def child(path: Path) -> str:
            outcome = in_sandbox(path.read_text, policy=policy, base=tmp_path / "scratch")
            return outcome.error or str(outcome.value)

        beside = tmp_path / "scratch" / "beside"
        beside.write_text("42")
        paths = (site / "lib/x.py", site / "autograder/suites/t.py", beside, other / "answer")
        own = in_sandbox(lambda: Path("a").write_text("x"), policy=policy, base=tmp_path / "scratch")
        memory = in_sandbox(lambda: len(bytearray(4 << 30)), policy=policy, base=tmp_path / "scratch")
        return [own.value, memory.error, *map(child, paths)]

    (tmp_path / "scratch").mkdir()
    policy = confine.Policy.for_interpreter()
    outcome = under_server(server, tmp_path / "scratch", policy)

    assert outcome.value == [1, "MemoryError", "content", *["PermissionError"] * 3]


def test_others_reach_what_every_folder_above_lets_them() -> None:
    """One folder of mode 0700 on the way is enough to keep another user out."""
    with tempfile.TemporaryDirectory() as home:  # pytest's own folder stands below one of mode 0700
        folder = Path(home) / "python"
        folder.mkdir(mode=0o755)
        Path(home).chmod(0o755)
        assert reachable_by_others(folder)

        Path(home).chmod(0o700)
        assert not reachable_by_others(folder)
        assert not reachable_by_others(Path(home) / "missing")


# ------------------------------------------------------------------ machines


def test_offer_tells_what_there_is() -> None:
    """The figures for `autograder doctor`, from the kernel itself."""
    offer = confine.offer()

    assert offer["landlock"] >= default_policy().abi > 0
    assert offer["seccomp"] is True
    assert offer["kernel"] == os.uname().release


@pytest.mark.parametrize(("layer", "name"), [("landlock", "Landlock"), ("seccomp", "seccomp")])
def test_without_a_layer_it_refuses_in_one_line(layer: str, name: str) -> None:
    """The line names what is missing and the way out; the offer says so as well."""
    code = (
        "from autograder.sandbox.confinement import confine\n"
        "print(bool(confine.offer()['landlock']), confine.offer()['seccomp'])\n"
        "try: confine.Policy.for_interpreter()\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run(
        [sys.executable, WITHOUT, layer, "--", sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(REPO)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    offered, refusal = done.stdout.splitlines()

    assert offered == ("False True" if layer == "landlock" else "True False")
    assert refusal.startswith(f"SandboxUnavailable The sandbox needs {name}, which this kernel")
    assert refusal.endswith("or pass --no-sandbox if you trust every submission.")


def test_a_step_that_fails_is_an_error_and_not_a_lesser_sandbox() -> None:
    """If the kernel refuses a layer at the last moment, the child must not run student code."""
    policy = confine.Policy.for_interpreter()
    policy.program = seccomp_filter.Filter(b"", ())  # the kernel takes no empty filter
    outcome = in_sandbox(lambda: "ran", policy=policy, limits=LIMITS)

    assert outcome.error == "SandboxUnavailable"
    assert "autograder doctor" in outcome.text
