"""A student's cells as clean notebook nodes: sources, the outputs that are shown, pictures pasted into text.

Nothing of the submission's metadata, ids or unknown keys gets through, so that no later step and no page has to
expect them; what does get through is of the type that it should be and encodes as UTF-8. There is an end to it as well:
what is over the limits is left out, and a note says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import nbformat

from autograder.course import notebook_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.course.notebook import NotebookCell
    from autograder.course.submission import Submission

TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
PICTURES = ("image/png", "image/jpeg", "image/gif")
MOST_CELLS = 500  # a lab has 70
MOST_SOURCE, MOST_CELL = 400_000, 100_000  # characters of all cells that are not the release's, and of one
MOST_OUTPUT, MOST_PICTURES = 400_000, 6 * 2**20  # characters in all outputs; a page of more is no help to anyone
MOST_OUTPUTS = 1_000
_MOST_TEXT = max(MOST_OUTPUT, MOST_PICTURES)
_KINDS = {"code", "markdown"}  # all else is shown raw


def read_cells(handed_in: Submission) -> list[Any]:
    """The cells of a submission; their `nbgrader` metadata is as found, and not to be believed.

    Raises `RejectedError` and `GraderError`, as `Submission.parse` does.
    """
    beside = _beside(handed_in)
    return [
        _cell(cell, beside[cell.index] if cell.index < len(beside) else _Beside([], {}))
        for cell in handed_in.parse().cells
    ]


def fit(cells: list[Any]) -> tuple[list[Any], list[str]]:
    """The cells that there is room for, cut where they are too long, and notes on the rest.

    Cells of the release need no room of the others': they stay, whatever is before them.
    """
    kept: list[Any] = []
    room, left_out, cut = MOST_SOURCE, 0, 0
    for cell in cells:
        if not cell.metadata.get("nbgrader"):
            if len(kept) >= MOST_CELLS or room <= 0:
                left_out += 1
                continue
            room -= len(cell.source)
        if len(cell.source) > MOST_CELL:
            cell.source = f"{cell.source[:MOST_CELL]}\n… (the rest is left out here)"
            cut += 1
        kept.append(cell)
    notes = [f"cells that are left out here, as there are far too many: {left_out:,}"] if left_out else []
    notes += [f"cells that are cut here, as they are far too long: {cut:,}"] if cut else []
    return kept, [f"{note}; the file that was handed in has everything" for note in notes]


class _Room:
    """The room that is left for the outputs and pictures of a notebook."""

    def __init__(self) -> None:
        self.outputs, self.text, self.pictures = MOST_OUTPUTS, MOST_OUTPUT, MOST_PICTURES

    def takes(self, *, text: int = 0, pictures: int = 0) -> bool:
        """Take so many characters in, if there is room for them."""
        if text > self.text or pictures > self.pictures or self.outputs <= 0:
            return False
        self.outputs, self.text, self.pictures = self.outputs - 1, self.text - text, self.pictures - pictures
        return True


class _Shown(msgspec.Struct):
    """The parts of a cell that are read beside what grading needs."""

    cell_type: Any = None
    outputs: Any = None
    attachments: Any = None


class _Beside(NamedTuple):
    """The outputs of a cell that may be shown beside its source."""

    outputs: list[Any]
    attachments: dict[str, dict[str, str]]


def _beside(handed_in: Submission) -> list[_Beside]:
    """For each cell, before the sources are read: all of it together would be too much at once.

    Empty where that is not to be had: outputs are not worth a failure.
    """
    if handed_in.rejection or handed_in.fault or handed_in.path.lower().endswith(".py"):
        return []
    try:
        cells = notebook_json.read_cells(handed_in.data, _Shown)
    except Exception:  # parse() says what is wrong with it
        return []
    found, room = [], _Room()
    cells.reverse()
    while cells:
        cell = cells.pop()
        outputs = _outputs(cell.outputs, room) if cell.cell_type == "code" else []
        found.append(_Beside(outputs, _attachments(cell.attachments, room) if cell.cell_type == "markdown" else {}))
    return found


def _cell(cell: NotebookCell, beside: _Beside) -> Any:
    node = _node(cell_type=cell.kind if cell.kind in _KINDS else "raw", metadata=_node(), source=cell.source)
    node.metadata.nbgrader = _node(grade_id=clean(cell.grade_id)) if cell.grade_id else _node()
    if node.cell_type == "code":
        node.outputs, node.execution_count = beside.outputs, None
    if node.cell_type == "markdown" and beside.attachments:
        node.attachments = beside.attachments
    return node


def clean(text: object) -> str:
    """Text that encodes: lone surrogates are replaced; lines are joined. What there is no room for anywhere is cut."""
    if isinstance(text, list):
        text = "".join(_first(text))
    return text[: _MOST_TEXT + 1].encode("utf-8", "replace").decode() if isinstance(text, str) else ""


def _first(lines: list[Any]) -> Iterator[str]:
    left = _MOST_TEXT + 1
    for line in lines:
        if left > 0 and isinstance(line, str):
            yield line[:left]
            left -= len(line)


def _outputs(raw: object, room: _Room) -> list[Any]:
    """The outputs, up to one that there is no room for."""
    found: list[Any] = []
    for output in raw if isinstance(raw, list) else ():
        made, text, pictures = _output(output)
        if made is None:
            continue
        if not room.takes(text=text, pictures=pictures):
            return [*found, _stream("stdout", "(The rest is left out here, as there is far too much.)")]
        found.append(made)
    return found


def _output(raw: object) -> tuple[Any, int, int]:
    """One output as it may be shown, or None, and how many characters of text and of pictures it has."""
    if not isinstance(raw, dict):
        return None, 0, 0
    kind = raw.get("output_type")
    if kind == "stream":
        text = clean(raw.get("text"))
        return _stream("stderr" if raw.get("name") == "stderr" else "stdout", text), len(text), 0
    if kind == "error":
        lines = raw.get("traceback")
        traceback = [clean(line) for line in lines] if isinstance(lines, list) else []
        name, value = clean(raw.get("ename")), clean(raw.get("evalue"))
        size = sum(map(len, (name, value, *traceback)))
        return _node(output_type="error", ename=name, evalue=value, traceback=traceback), size + len(traceback), 0
    if kind in {"display_data", "execute_result"} and (data := _data(raw.get("data"))):
        sizes = {kind: len(value) for kind, value in data.items()}
        pictures = sum(size for kind, size in sizes.items() if kind in PICTURES)
        return _node(output_type="display_data", data=data, metadata=_node()), sum(sizes.values()) - pictures, pictures
    return None, 0, 0


def _stream(name: str, text: str) -> Any:
    return _node(output_type="stream", name=name, text=text)


def _node(**fields: Any) -> Any:
    """Make a node without nbformat's makers, which validate each piece: the whole is validated before it is written."""
    return nbformat.from_dict(fields)


def _data(raw: object) -> dict[str, str]:
    known = raw.items() if isinstance(raw, dict) else ()
    return {kind: clean(value) for kind, value in known if kind in TEXTS + PICTURES and clean(value)}


def _attachments(raw: object, room: _Room) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, data in raw.items() if isinstance(raw, dict) else ():
        pictures = {kind: value for kind, value in _data(data).items() if kind in PICTURES}
        if pictures and room.takes(text=len(name), pictures=sum(map(len, pictures.values()))):
            found[clean(name)] = pictures
    return found
