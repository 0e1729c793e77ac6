"""What a page shows of a student's notebook has an end: in CPU time, tags, characters and pictures."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from typing import Any

import nbformat
import pytest

from autograder.course.submission import Submission
from autograder.nbgrader import cells, rendering
from autograder.nbgrader.rendering import Page

PNG = "iVBORw0KGgo" * 20
ENDLESS = "\\\\(" * 30_000  # nbconvert's pattern for formulas takes minutes


def test_text_that_takes_forever_is_shown_as_typed_and_so_is_the_rest() -> None:
    """The page has little more than a second of CPU time in all; the next page has its own."""
    page, before = Page(), time.process_time()

    assert page.render("markdown", "**a**" + ENDLESS) == f"<pre>**a**{ENDLESS}</pre>"
    assert page.render("markdown", "**b**") == "<pre>**b**</pre>"
    assert "<strong>b</strong>" in Page().render("markdown", "**b**")
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("markdown", "<b>" * 100 + "x" + "</b>" * 100),
        ("html", "<ul><li>" * 100),
        ("html", "<i>x</i>" * 12_000),
    ],
    ids=["tags", "HTML", "many tags"],
)
def test_tags_in_tags_are_shown_as_typed(sort: str, text: str) -> None:
    """A finished page is read once more, with a parser that goes as deep as its tags."""
    assert Page().render(sort, text).startswith("<pre>")


def test_honest_text_is_rendered() -> None:
    """Markdown, formulas, HTML, code and the colours of a terminal."""
    page = Page()
    markdown = page.render("markdown", "**bold** $x<y$ and `code`\n\n| a |\n|---|\n| b |\n\n<script>x</script>")

    assert re.search(r'<strong>bold</strong> <img [^>]*alt="x&lt;y"[^>]*> and <code>code</code>', markdown)
    assert "<td>b</td>" in markdown
    assert "<script" not in markdown
    assert page.render("html", "<b onclick='x'>1</b>") == "<b>1</b>"
    assert '<span class="k">def</span>' in page.render("code", "def f(): pass")
    assert page.render("terminal", "\x1b[31mx\x1b[0m<") == '<span class="ansi-red-fg">x</span>&lt;'
    assert page.typed("<") == "&lt;"


@pytest.mark.parametrize("language", ["html", "perl6", "json", "sml"])
def test_no_text_chooses_a_lexer(language: str) -> None:
    """A block of code is coloured as Python, where it says that it is, or not at all."""
    page = Page()

    assert "<span class" not in page.render("markdown", f"```{language}\ndef f(): '<b>'\n```")
    assert '<span class="k">def</span>' in page.render("markdown", "```python\ndef f(): pass\n```")
    assert '<span class="o">%%</span>' in page.render("code", f"%%{language}\n<b>")


def test_pictures_are_put_back_each_time_until_there_is_no_room() -> None:
    """Attached or in the text itself; 4,000 times the same one would be gigabytes."""
    data = f"data:image/png;base64,{PNG}"
    attached = {"a.png": {"image/png": PNG}}

    assert f'src="{data}"' in Page().render("markdown", f"![x]({data})")
    assert f'src="{data}"' in Page().render("html", f"<img src='{data}'>")
    large = {"a.png": {"image/png": PNG * 5000}}
    shown = Page().render("markdown", "![](attachment:a.png)\n" * 100, large)
    assert Page().render("markdown", "![](attachment:a.png)", attached).count(data) == 1
    assert shown.count("<img") == 100
    assert shown.count(PNG * 5000) == rendering.MOST_PICTURES // len(PNG * 5000)


@pytest.mark.parametrize("text", ["0123456789abcdef" * 6000, "Picture" * 14_000, "Picture0123456789abcdef" * 4000])
def test_pictures_are_put_back_in_one_pass(text: str) -> None:
    """What their names look like costs nothing, however many there are, and comes out as it was typed."""
    attached = {f"{number}.png": {"image/png": PNG} for number in range(5000)}
    before = time.process_time()

    assert text in Page().render("markdown", text, attached)
    assert f'{text}<img src="data:image/png;base64,{PNG}' in Page().render(
        "html", f"{text}<img src='data:image/png;base64,{PNG}'>"
    )
    assert time.process_time() - before < 1


def test_page_ends_where_it_is_full() -> None:
    """Texts that are rendered and those that are not, tags and entities above others, count together."""
    page = Page()
    shown = [page.render("terminal", "<" * 50_000) for _ in range(10)]

    assert [len(text) for text in shown[:2]] == [200_000, len(rendering._FULL)]
    assert "handed in" in shown[-1]


def test_what_was_rendered_once_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most cells are as handed out: only the first page of a class pays for them."""
    first = Page().render("markdown", "*kept*")
    monkeypatch.setattr(rendering, "_server", lambda: pytest.fail("asked again"))

    assert Page().render("markdown", "*kept*") == first
    with pytest.raises(pytest.fail.Exception):
        Page().render("markdown", "*other*")


def test_lost_server_is_started_again() -> None:
    """A page that finds none is shown as typed; the next one is rendered."""
    rendering._server().shutdown(socket.SHUT_RDWR)

    assert Page().render("markdown", "*lost*") == "<pre>*lost*</pre>"
    assert "<em>lost</em>" in Page().render("markdown", "*lost*")


# ---------------------------------------------------------------- what gets into autograded/


def read(*raw: dict[str, Any]) -> list[Any]:
    """Cells as `nbgrader autograde` writes them."""
    book = nbformat.v4.new_notebook()
    text = nbformat.writes(book).replace('"cells": []', f'"cells": {list(raw)!r}'.replace("'", '"'))
    return cells.read_cells(Submission(student="ada", assignment="lab", path="lab.ipynb", data=text.encode()))


def code(*outputs: dict[str, Any]) -> dict[str, Any]:
    """A code cell."""
    return {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}


def printed(text: str) -> dict[str, Any]:
    """A printed output."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_a_page_that_is_still_open_holds_up_no_end() -> None:
    """Whoever rendered ends at once, though a page, and so its worker, is alive to the last."""
    program = "from autograder.nbgrader.rendering import Page; page = Page(); print(page.render('markdown', '*x*'))"
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert ended.stdout == "<p><em>x</em></p>\n\n"


def test_outputs_end_where_there_is_no_room() -> None:
    """Of a notebook's outputs as many are shown as there is room for, in order, with a line in place of the rest."""
    found = read(code(printed("a" * 300_000), printed("b")), code(printed("c" * 300_000), printed("d")), code())

    texts = [[output.text[:40] for output in cell.outputs] for cell in found]
    assert texts == [["a" * 40, "b"], ["(The rest is left out here, as there is "], []]


def test_many_small_outputs_end_too() -> None:
    """A thousand in all."""
    (found,) = read(code(*[printed("x")] * 1500))

    assert len(found.outputs) == cells.MOST_OUTPUTS + 1


def test_pictures_end_where_there_is_no_room() -> None:
    """Three of them are shown where four would be too much."""
    picture = {"output_type": "display_data", "data": {"image/png": "A" * (2 * 2**20)}, "metadata": {}}
    (found,) = read(code(*[picture] * 4))

    assert [output.output_type for output in found.outputs] == ["display_data"] * 3 + ["stream"]


def node(source: str, **marks: Any) -> Any:
    """A cell of a restored notebook."""
    return nbformat.from_dict({"cell_type": "raw", "source": source, "metadata": {"nbgrader": marks} if marks else {}})


def test_cells_of_the_release_stay_whatever_is_before_them() -> None:
    """Thousands of cells are left out, with a note; the graded one behind them is there."""
    kept, notes = cells.fit([*[node("")] * 2000, node("answer", grade_id="a")])

    assert (len(kept), kept[-1].source) == (cells.MOST_CELLS + 1, "answer")
    assert notes == [
        "cells that are left out here, as there are far too many: 1,500; the file that was handed in has everything"
    ]


def test_long_cells_are_cut_with_a_note() -> None:
    """A cell of a megabyte is cut, and what follows left out; an answer behind it is there as it is."""
    kept, notes = cells.fit([*[node("x" * 10**6) for _ in range(3)], node("answer", grade_id="a")])

    assert [cell.source[100_000:] for cell in kept] == ["\n… (the rest is left out here)", ""]
    assert re.search(r"left out here.*: 2;.* cut here.*: 1;", " ".join(notes))
