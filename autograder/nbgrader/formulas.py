r"""Draw formulas as pictures here: nbgrader's pages would load MathJax from another site, in each browser, each time.

matplotlib sets TeX's mathematics without TeX. What it doesn't know is rewritten where that is easy (`aligned`, named
operators, arrows with a label), and else shown as it was typed.
"""

from __future__ import annotations

import base64
import functools
import html
import io
import re

LONGEST = 600  # characters of one line; what is longer is no formula of a lab, and costs time
_SIZE = 40  # points; a picture is as large as the text that it stands in, so this is only how exactly it is measured
_EM = 36  # points of it that are one em: its letters are smaller than those of the pages
_LOOKS = {"mathtext.fontset": "cm", "svg.hashsalt": "formula", "figure.facecolor": "none", "savefig.facecolor": "none"}
_ROWS = re.compile(r"\\begin\{(aligned|align|align\*|gathered|split)\}(?P<rows>.*)\\end\{\1\}", re.DOTALL)
_REWRITTEN = (
    (re.compile(r"\\operatorname\{(\w+)\}"), r"\\mathrm{\1}\\,"),
    (re.compile(r"\\xrightarrow\{(?P<label>(?:[^{}]|\{[^{}]*\})*)\}"), r"\\overset{\g<label>}{\\longrightarrow}"),
    (re.compile(r"\\(?:big|Big|bigg|Bigg)[lrm]?(?=[\W_])"), ""),
)


def inline(source: str) -> str:
    """A formula within a line, as HTML."""
    return _picture(" ".join(source.split())) or f"<code>{html.escape(source)}</code>"


def block(source: str) -> str:
    """A formula that stands by itself, as HTML: a picture for each of its lines."""
    found = _ROWS.fullmatch(source.strip())
    lines = re.split(r"\\\\(?:\[[^\]]*\])?", found["rows"]) if found else [source]
    shown = [_picture(" ".join(line.replace("&", " ").split())) for line in lines if line.strip()]
    if not all(shown):
        return f"<pre>{html.escape(source.strip())}</pre>"
    return f'<p align="center">{"<br>".join(shown)}</p>'


@functools.lru_cache(maxsize=2000)
def _picture(source: str) -> str:
    """An `img` that needs nothing from anywhere, with the source for who can't see it; "" where it can't be set."""
    if not source or len(source) > LONGEST:
        return ""
    text = source
    for pattern, instead in _REWRITTEN:
        text = pattern.sub(instead, text)
    from matplotlib import mathtext, rc_context
    from matplotlib.font_manager import FontProperties

    out = io.BytesIO()
    try:
        with rc_context(_LOOKS):
            below = mathtext.math_to_image(f"${text}$", out, prop=FontProperties(size=_SIZE), dpi=72, format="svg")
    except Exception:  # what students type may raise anything: it is shown as it was typed
        return ""
    picture = re.sub(rb"<metadata>.*?</metadata>", b"", out.getvalue(), flags=re.DOTALL)
    height = re.search(rb'height="([\d.]+)pt"', picture)
    tall = float(height[1]) if height else _SIZE
    style = f"border: 0; height: {tall / _EM:.2f}em; vertical-align: {-float(below) / _EM:.2f}em"
    address = f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}"
    return f'<img src="{address}" style="{style}" alt="{html.escape(source)}">'
