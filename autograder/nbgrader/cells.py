"""A student's cells as clean notebook nodes: sources, the outputs that are shown, pictures pasted into text.

Nothing of the submission's metadata, ids or unknown keys gets through, so that no later step and no page has to
expect them; what does get through is of the type that it should be and encodes as UTF-8.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from autograder.notebook import NotebookCell
    from autograder.submission import HandedIn

TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
PICTURES = ("image/png", "image/jpeg", "image/gif")
MOST_OUTPUT = 2 * 2**20  # characters in a cell's outputs; a page of more is no help to anyone
_KINDS = {"code", "markdown"}  # all else is shown raw


def read_cells(handed_in: HandedIn) -> list[Any]:
    """The cells of a submission; their `nbgrader` metadata is as found, and not to be believed.

    Raises `RejectedError` and `GraderError`, as `HandedIn.parse` does.
    """
    cells = handed_in.parse().cells
    raw = _raw_cells(handed_in)
    return [_cell(cell, raw[cell.index] if cell.index < len(raw) else {}) for cell in cells]


def _raw_cells(handed_in: HandedIn) -> list[Any]:
    """The cells as dictionaries, for what `parse` leaves out; empty where that is not to be had."""
    if handed_in.path.endswith(".py"):
        return []
    try:
        loaded = json.loads(handed_in.data.removeprefix(b"\xef\xbb\xbf"))
        if "worksheets" in loaded:
            loaded = nbformat.convert(nbformat.from_dict(loaded), 4)
        return list(loaded["cells"])
    except Exception:  # noqa: BLE001  # parse() could read it; outputs are not worth a failure
        return []


def _cell(cell: NotebookCell, raw: Any) -> Any:  # noqa: ANN401  # JSON, and nbformat's untyped nodes
    raw = raw if isinstance(raw, dict) else {}
    node = _node(cell_type=cell.kind if cell.kind in _KINDS else "raw", metadata=_node(), source=clean(cell.source))
    node.metadata.nbgrader = _node(grade_id=clean(cell.grade_id)) if cell.grade_id else _node()
    if node.cell_type == "code":
        node.outputs, node.execution_count = _outputs(raw.get("outputs")), None
    if node.cell_type == "markdown" and (pasted := _attachments(raw.get("attachments"))):
        node.attachments = pasted
    return node


def clean(text: object) -> str:
    """Text that encodes: lone surrogates are replaced; lines are joined."""
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""


def _outputs(raw: object) -> list[Any]:
    found = [made for output in raw if (made := _output(output))] if isinstance(raw, list) else []
    size = sum(len(json.dumps(output)) for output in found)
    if size <= MOST_OUTPUT:
        return found
    return [_stream("stdout", f"(an output of {size / 2**20:.1f} million characters is left out here)")]


def _output(raw: object) -> Any:  # noqa: ANN401  # nbformat's nodes are untyped
    """One output as it may be shown, or None."""
    if not isinstance(raw, dict):
        return None
    kind = raw.get("output_type")
    if kind == "stream":
        return _stream("stderr" if raw.get("name") == "stderr" else "stdout", clean(raw.get("text")))
    if kind == "error":
        lines = raw.get("traceback")
        traceback = [clean(line) for line in lines] if isinstance(lines, list) else []
        return _node(
            output_type="error", ename=clean(raw.get("ename")), evalue=clean(raw.get("evalue")), traceback=traceback
        )
    if kind in {"display_data", "execute_result"} and (data := _data(raw.get("data"))):
        return _node(output_type="display_data", data=data, metadata=_node())
    return None


def _stream(name: str, text: str) -> Any:  # noqa: ANN401  # nbformat's nodes are untyped
    return _node(output_type="stream", name=name, text=text)


def _node(**fields: Any) -> Any:  # noqa: ANN401  # nbformat's nodes are untyped
    """Not by nbformat's own makers: they validate each piece, and the whole is validated before it is written."""
    return nbformat.from_dict(fields)


def _data(raw: object) -> dict[str, str]:
    known = raw.items() if isinstance(raw, dict) else ()
    return {kind: clean(value) for kind, value in known if kind in TEXTS + PICTURES and clean(value)}


def _attachments(raw: object) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, data in raw.items() if isinstance(raw, dict) else ():
        pictures = {kind: value for kind, value in _data(data).items() if kind in PICTURES}
        if pictures:
            found[clean(name)] = pictures
    return found
