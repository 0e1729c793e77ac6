"""Turn what students write into HTML that does nothing: Markdown, HTML, code and terminal text have a function each.

Everything goes through one allow list. No address in what a student wrote is followed or loaded: links are shown as
text and pictures have to come along. (formgrader acts on GET requests: the address of a picture could load a config
file out of a submission.) The libraries that do the work here take quadratic time and more on texts that are made for
it, so this is imported by `render_server` alone, whose processes have limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner
from nbconvert.filters.ansi import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.python import PythonLexer
from pygments.lexers.special import TextLexer

from autograder.nbgrader import formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TAGS = frozenset(
    """a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var""".split()  # noqa: SIM905
)
CLASSES = re.compile(r"highlight|hll|[a-z][a-z0-9]{0,2}|alert|alert-(?:success|warning|danger)|dataframe|ansi-[\w-]+")
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
MOST_DEPTH, MOST_TAGS = 60, 20_000
"""Tags in each other, and tags in all: what reads a page again goes as deep, and takes as long."""
_STYLE = re.compile(r"<style\b[^>]*>.*?</style\s*>", re.IGNORECASE | re.DOTALL)  # pandas puts one into its tables
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_EMPTY = {"br", "hr", "img"}
_PYTHON = {"python", "python3", "py", "py3", "ipython", "ipython3", "pycon"}


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return all(CLASSES.fullmatch(part) for part in value.split())
    if tag == "img":
        return name in {"alt", "width", "height", "style"} or (name == "src" and PICTURE.fullmatch(value) is not None)
    return name in {"title", "colspan", "rowspan", "align", "open", "start"} or (
        name == "style" and tag in {"td", "th", "tr", "span"}
    )


_CLEANER = Cleaner(
    tags=TAGS,
    attributes=_allowed,
    protocols={"data"},
    css_sanitizer=CSSSanitizer(
        allowed_css_properties=[
            *("text-align", "color", "font-weight", "font-style"),
            *("border", "height", "vertical-align"),  # of a formula's picture
        ]
    ),
)


class _Renderer(IPythonRenderer):  # type: ignore[misc]  # nbconvert ships no types
    """nbconvert's renderer, but for formulas, and for blocks of code: Python's lexer or none, whatever they ask."""

    def block_math(self, body: str) -> str:
        """Set a formula by itself."""
        return formulas.block(body)

    def inline_math(self, body: str) -> str:
        """Set a formula within a line."""
        return formulas.inline(body)

    def latex_environment(self, name: str, body: str) -> str:
        """Set an environment, such as `align`."""
        return formulas.block(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def block_code(self, code: str, info: str | None = None) -> str:
        """Return a fenced or indented block as HTML."""
        language = (info or "").strip().partition(" ")[0].lower()
        lexer = PythonLexer() if language in _PYTHON else TextLexer()
        return str(highlight(code, lexer, HtmlFormatter()))


def from_html(text: str) -> str:
    """Return HTML less all that could do something; unknown tags are shown as text."""
    return str(_CLEANER.clean(_STYLE.sub("", text)))


def from_markdown(text: str, pictures: Mapping[str, dict[str, str]]) -> str:
    """Markdown with formulas and HTML in it; `pictures` are the cell's attachments: data by type, by name."""
    renderer = _Renderer(escape=False, attachments=pictures, exclude_anchor_links=True)
    return from_html(MarkdownWithMath(renderer=renderer).render(text))


def from_code(text: str) -> str:
    """Return Python code as coloured HTML."""
    return str(highlight(text or " ", PythonLexer(), HtmlFormatter(cssclass=" highlight hl-ipython3")))


def from_terminal(text: str) -> str:
    """Return text with the colour codes of a terminal as HTML."""
    return str(ansi2html(text))


SORTS: dict[str, Callable[[str, Mapping[str, dict[str, str]]], str]] = {
    "markdown": from_markdown,
    "html": lambda text, _: from_html(text),
    "code": lambda text, _: from_code(text),
    "terminal": lambda text, _: from_terminal(text),
}


def is_flat(html: str) -> bool:
    """Tell whether HTML that came out of here is neither nested too deep nor made of too many tags."""
    depth = 0
    for number, found in enumerate(_TAG.finditer(html)):
        if found[2] not in _EMPTY:
            depth += -1 if found[1] else 1
        if depth > MOST_DEPTH or number > MOST_TAGS:
            return False
    return True
