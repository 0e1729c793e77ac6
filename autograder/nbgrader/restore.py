"""A submission put back on the released notebook's frame: which of its cells is which.

Editors and students lose what nbgrader lives on: cells are deleted, doubled or turned into text, ids and metadata
vanish, points are edited. Here every cell of the release finds its cell in the submission: by id, else by its
source, else by where it stands; and gets the release's own metadata back. What can't be found is put in as released.
Nothing here decides about points: functions are graded by name, written answers by a person.
"""

from __future__ import annotations

import copy
import re
from typing import Any, NamedTuple

import nbformat

Cell = Any  # nbformat ships no types


class Restored(NamedTuple):
    """The notebook, remarks for whoever grades, and the written answers that a person has to look for."""

    notebook: Any
    notes: list[str]
    unsure: set[str]


def marks(cell: Cell) -> dict[str, Any]:
    """A cell's `nbgrader` metadata."""
    found = cell.metadata.get("nbgrader")
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str:
    """A cell's id in nbgrader's metadata, or nothing."""
    found = marks(cell).get("grade_id")
    return found if isinstance(found, str) else ""


def is_answer(cell: Cell) -> bool:
    """Tell whether the student writes in it, and a person grades it."""
    return bool((marks(cell).get("grade") and marks(cell).get("solution")) or marks(cell).get("task"))


def restored(released: Any, cells: list[Cell]) -> Restored:
    """Put `cells` on the frame of `released`, which is not changed; `cells` go into it and lose their metadata."""
    frame = [cell for cell in released.cells if grade_id(cell)]
    work = _Matching(released.cells, cells)
    work.by_id()
    work.by_source()
    work.by_place()
    notes, unsure = list(work.notes), set[str]()
    for cell in cells:
        cell.metadata.clear()
    for cell in frame:
        name = grade_id(cell)
        place = work.place.get(id(cell))
        if place is not None:
            cells[place] = _dressed(cells[place], cell)
        elif is_answer(cell):
            notes.append(f"the answer `{name}` was not found where it should be; look through the notebook for it")
            unsure.add(name)
    whole = _with_missing(released.cells, cells, work.place)
    for number, cell in enumerate(whole):
        cell["id"] = f"cell-{number}"  # as good as any, and unlike the student's always valid and unique
    unsure |= work.guessed
    notebook = nbformat.v4.new_notebook(cells=whole, metadata=copy.deepcopy(released.metadata))
    return Restored(notebook, notes, unsure)


class _Matching:
    """The match between cells of the release (by `id()`) and places in the submission."""

    def __init__(self, released: list[Cell], cells: list[Cell]) -> None:
        self.released, self.cells = released, cells
        self.ids = {grade_id(cell) for cell in released} - {""}
        self.place: dict[int, int] = {}
        self.taken: set[int] = set()
        self.notes: list[str] = []
        self.guessed: set[str] = set()

    def _take(self, cell: Cell, place: int) -> None:
        self.place[id(cell)] = place
        self.taken.add(place)

    def by_id(self) -> None:
        """Match by nbgrader's id; of several copies the last one that was worked on, as Python too keeps the last."""
        for cell in filter(grade_id, self.released):
            name = grade_id(cell)
            places = [place for place, found in enumerate(self.cells) if grade_id(found) == name]
            changed = [place for place in places if not _same(self.cells[place], cell)]
            if places:
                self._take(cell, (changed or places)[-1])
            if len(changed) > 1 and is_answer(cell):
                self.notes.append(f"the answer `{name}` is there {len(changed)} times; the last one is taken")
                self.guessed.add(name)

    def by_source(self) -> None:
        """Match the cells that are still as released, in the order in which they stand."""
        for cell in self.released:
            if id(cell) in self.place:
                continue
            for place, found in enumerate(self.cells):
                if place not in self.taken and _same(found, cell):
                    self._take(cell, place)
                    break

    def by_place(self) -> None:
        """Find an answer that lost its id: the one cell of its kind between what surrounds it in the release."""
        for index, cell in enumerate(self.released):
            if id(cell) in self.place or not marks(cell).get("solution"):
                continue
            free = [place for place in self._between(index) if self._may_be(self.cells[place], cell)]
            if free:
                self._take(cell, max(free, key=lambda place: len(self.cells[place].source)))
            if free and is_answer(cell):
                self.notes.append(f"the answer `{grade_id(cell)}` had lost its id and was found by its place")
                self.guessed.add(grade_id(cell))

    def _between(self, index: int) -> list[int]:
        """The free places between the nearest neighbours of the release's cell `index` that were found."""
        before = [self.place[id(cell)] for cell in self.released[:index] if id(cell) in self.place]
        after = [self.place[id(cell)] for cell in self.released[index + 1 :] if id(cell) in self.place]
        first, last = before[-1] + 1 if before else 0, after[0] if after else len(self.cells)
        return [place for place in range(first, last) if place not in self.taken]

    def _may_be(self, found: Cell, cell: Cell) -> bool:
        if grade_id(found) in self.ids or found.cell_type != cell.cell_type or not found.source.strip():
            return False
        if cell.cell_type != "code":
            return True
        names = re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
        return any(re.search(rf"\b{name}\b", found.source) for name in names)


def _same(found: Cell, cell: Cell) -> bool:
    return bool(found.cell_type == cell.cell_type and found.source.strip() == cell.source.strip())


def _dressed(found: Cell, cell: Cell) -> Cell:
    """The student's cell with the release's metadata, or the release's cell where that is not to be changed."""
    locked = not marks(cell).get("solution")
    if locked or found.cell_type != cell.cell_type:
        dressed = copy.deepcopy(cell)
        if not locked:
            dressed.source = found.source
        if dressed.cell_type == "code":
            dressed.outputs = found.get("outputs", [])
    else:
        dressed = found
    dressed.metadata = copy.deepcopy(cell.metadata)
    return dressed


def _with_missing(released: list[Cell], cells: list[Cell], place: dict[int, int]) -> list[Cell]:
    """Return `cells` with each graded cell of the release that is in none of them, after what it follows there."""
    after: dict[int, list[Cell]] = {}
    last = -1
    for cell in released:
        if id(cell) in place:
            last = place[id(cell)]
        elif marks(cell).get("grade") or marks(cell).get("task"):
            after.setdefault(last, []).append(copy.deepcopy(cell))
    whole = list(after.get(-1, []))
    for index, cell in enumerate(cells):
        whole += [cell, *after.get(index, [])]
    return whole
