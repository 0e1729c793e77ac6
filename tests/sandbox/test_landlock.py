"""Landlock by raw system calls: rights by ABI, holes in trees, and what a layer refuses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from confined import forked

from autograder.sandbox.confinement import confine, landlock, privileges
from autograder.sandbox.confinement.policy import Policy

if TYPE_CHECKING:
    from pathlib import Path


NEWEST_RIGHT = {
    1: landlock.MAKE_SYM,
    2: landlock.REFER,
    3: landlock.TRUNCATE,
    4: landlock.TRUNCATE,
    7: landlock.IOCTL_DEV,
}


@pytest.mark.parametrize(("abi", "last"), NEWEST_RIGHT.items())
def test_handled_rights_grow_with_the_abi(abi: int, last: int) -> None:
    """All rights up to the newest one that the ABI knows are handled, none beyond: the kernel would refuse."""
    assert landlock.handled(abi) == 2 * last - 1


@pytest.mark.parametrize("abi", range(1, 8))
def test_every_abi_makes_a_ruleset_that_the_kernel_takes(abi: int) -> None:
    """The structure passed is of the size and content of that ABI; a newer kernel takes all older ones."""
    if abi > landlock.abi():
        pytest.skip(f"this kernel has Landlock ABI {landlock.abi()}")
    with landlock.Ruleset(abi) as ruleset:
        assert ruleset.allow("/", landlock.READ)
        assert ruleset.allow("/dev/null", landlock.SCRATCH)  # folders' rights are left out for a file
        assert not ruleset.allow("/no/such/path", landlock.READ)


def test_an_abi_from_the_future_is_used_as_the_newest_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that reports a higher ABI confines as one of ours does: the policy keeps to what is known."""
    known = min(landlock.abi(), landlock.KNOWN_ABI)
    monkeypatch.setattr(landlock, "abi", lambda: 99)
    monkeypatch.setattr(landlock, "KNOWN_ABI", known)  # what this kernel takes

    assert Policy.for_interpreter().abi == known
    assert Policy.for_interpreter(abi=50).abi == known
    assert forked(lambda: confine._layer(Policy.for_interpreter().abi, ()), _no_privileges).error == ""


def _no_privileges() -> dict[str, object]:
    privileges.no_new_privileges()
    return {}


def tree(root: Path, *files: str) -> Path:
    """Files below `root`, with their folders."""
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def test_carve_lists_the_siblings_of_a_hole(tmp_path: Path) -> None:
    """Only folders on the way to a hole are taken apart."""
    root = tree(tmp_path, "a/x", "b/c/x", "b/d/x", "b/d/y", "e")

    assert landlock.carve(root, [root / "b/d"]) == [root / "a", root / "b/c", root / "e"]
    assert landlock.carve(root, [root / "b/d/y", root / "e"]) == [root / "a", root / "b/c", root / "b/d/x"]


def test_carve_leaves_a_tree_without_holes_whole(tmp_path: Path) -> None:
    """A hole elsewhere, above the tree too, takes nothing from it; a hole that is the tree takes all."""
    root = tree(tmp_path / "r", "a/x")

    assert landlock.carve(root, [tmp_path / "rr", tmp_path]) == [root]
    assert landlock.carve(root, [root]) == []


def test_carve_follows_no_link(tmp_path: Path) -> None:
    """A link beside a hole must not grant what it points to."""
    root = tree(tmp_path / "r", "a/x", "hole/x")
    (root / "link").symlink_to(tmp_path)

    assert landlock.carve(root, [root / "hole"]) == [root / "a"]


def test_hole_is_a_hole(tmp_path: Path) -> None:
    """In a carved tree the siblings can be read, the hole can't, by no way of writing its path."""
    root = tree(tmp_path, "a/x", "b/secret")

    def attempt() -> list[bool]:
        privileges.no_new_privileges()
        with landlock.Ruleset(landlock.abi()) as ruleset:
            for path in landlock.carve(root, [root / "b"]):
                ruleset.allow(str(path), landlock.READ)
            ruleset.restrict()
        paths = ("a/x", "b/secret", "a/../b/secret", "b")
        return [_readable(os.path.join(root, path)) for path in paths]  # keeps the dots

    assert forked(attempt).value == [True, False, False, False]


def _readable(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except PermissionError:
        return False
    return True
