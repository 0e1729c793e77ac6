"""Notebooks that cost whoever shows them as much as we could think of, each a kind of its own; see `rendering.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Notebook = dict[str, Any]
WRITTEN = "exercise1_written"
_ROOM = 90_000  # characters; a little less than what is rendered


def _markdown(text: str) -> Notebook:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(source: str = "", *outputs: Any) -> Notebook:
    return {
        "cell_type": "code", "metadata": {}, "source": source, "execution_count": None, "outputs": list(outputs)
    }  # fmt: skip


def _shown(**data: object) -> Notebook:
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("_", "/"): v for k, v in data.items()}}


def _printed(text: str) -> Notebook:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _texts(*texts: str) -> Callable[[Notebook], None]:
    """The written answer is the first text; all of them stand in cells of their own too, ten times."""

    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == WRITTEN:
                cell["source"] = texts[0]
        notebook["cells"] += [_markdown(text) for text in texts] * 10

    return change


def _cells(*cells: Notebook) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"].extend(cells)


def _filled(piece: str) -> str:
    return piece * (_ROOM // len(piece))


def _attached(notebook: Notebook) -> None:
    picture = {"a.png": {"image/png": "iVBORw0K" * 250_000}}
    notebook["cells"].append(_markdown("![](attachment:a.png)\n" * 4000) | {"attachments": picture})


def _as_format_3(notebook: Notebook) -> None:
    cells = [
        {"cell_type": "code", "input": "", "language": "python", "outputs": [], "metadata": {}} for _ in range(4900)
    ]
    notebook.clear()
    notebook.update(nbformat=3, nbformat_minor=0, metadata={"name": ""}, worksheets=[{"cells": cells, "metadata": {}}])


_TABLE = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + ("|" + "b|" * 200 + "\n") * 200
KINDS: dict[str, Callable[[Notebook], None]] = {
    "honest": lambda _: None,
    "nested tags": _texts(
        _filled("<b>"), _filled("<div>"), _filled("<table><tr><td>"), "<details>" * 60 + "x" * 80_000
    ),
    "fences that name a lexer": _texts(
        *(f"```{name}\n{_filled(text)}\n```" for name, text in (("perl6", "q{"), ("html", "<script>"), ("sml", "(*")))
    ),
    "formulas that don't end": _texts(_filled("\\\\("), _filled("\\begin{a}"), _filled("\\\\["), _filled("$a ")),
    "emphasis": _texts(_filled("*a **b "), _filled("_*"), _filled("~~a "), _filled("a**" + "*" * 50)),
    "links and references": _texts(_filled("[a](<b"), _filled("["), _filled("[a]: b\n"), _filled("![a](b)")),
    "tables, lists, quotes": _texts(_TABLE, "\n".join("  " * n + "- a" for n in range(400)), _filled("> " * 50 + "\n")),
    "unclosed HTML": _texts(_filled("<!--"), _filled("<a "), _filled("<![CDATA["), _filled("&#")),
    "one long line": _texts("a" * 1_500_000, "`" * _ROOM, _filled("a" * 999 + "@b.c ")),
    "4,900 empty cells": _cells(*[_code() for _ in range(4900)]),
    "900,000 cells": _cells(*[{"cell_type": "code"} for _ in range(900_000)]),
    "format 3, 4,900 cells": _as_format_3,
    "an emoji in 19 MB of text": _cells(_markdown("a" * 19_000_000 + "\U0001f600")),
    "an emoji in 19 MB of output": _cells(_code("", _printed("a" * 19_000_000 + "\U0001f600"))),
    "outputs of 18 MB": _cells(*[_code("", _printed("x" * 79 + "\n") | {"text": ("x" * 79 + "\n") * 11_250})] * 20),
    "50,000 small outputs": _cells(_code("", *[_printed("x")] * 50_000)),
    "HTML in outputs": _cells(
        *[_code("", _shown(text_html=_filled("<td>1")), _shown(text_html=_filled("<table><style>"))) for _ in range(9)]
    ),
    "colours of a terminal": _cells(*[_code("", _printed(_filled("\x1b[31mx\x1b[0m"))) for _ in range(9)]),
    "magics that name a language": _cells(
        *[_code(f"%%{name}\n{_filled(text)}") for name, text in (("html", "<a "), ("perl", "q{"), ("latex", "$"))]
    ),
    "code in colours": _cells(*[_code(_filled(text)) for text in ("(", "'''", "f'{", "1.", "a\n", "\\\n")]),
    "a picture 4,000 times": _attached,
    "traceback of 400,000 lines": _cells(
        _code("", {"output_type": "error", "ename": "E", "evalue": "e" * 9_000_000, "traceback": ["x"] * 400_000})
    ),
}


def made(kind: str, released: Notebook) -> bytes:
    """The released notebook, changed, as a file."""
    notebook = json.loads(json.dumps(released))
    KINDS[kind](notebook)
    return json.dumps(notebook, separators=(",", ":")).encode()
