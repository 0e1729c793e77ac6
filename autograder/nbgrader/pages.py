"""What students write, made safe for the browsers of TAs and of students: formgrader's pages and the feedback.

nbconvert renders a student's markdown and HTML as they are, and its `sanitize_html` reaches outputs only, since
nbgrader's templates put markdown in by themselves. So both of nbconvert's filters are replaced here, by name, through
`HTMLExporter.filters`: Markdown is rendered and then everything goes through one allow list. No address in what a
student wrote is followed or loaded: links are shown as text and pictures have to come along. (formgrader acts
on GET requests: the address of a picture could load a config file out of a submission.)
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades

from autograder.course import find_course
from autograder.nbgrader import late

if TYPE_CHECKING:
    from collections.abc import Mapping

TAGS = frozenset(
    """a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var""".split()  # noqa: SIM905
)
CLASSES = re.compile(r"highlight|hll|[a-z][a-z0-9]{0,2}|alert|alert-(?:success|warning|danger)|dataframe|ansi-[\w-]+")
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
LONGEST = 500_000  # characters; what is longer is shown as it was typed
_STYLE = re.compile(r"<style\b[^>]*>.*?</style\s*>", re.IGNORECASE | re.DOTALL)  # pandas puts one into its tables


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return all(CLASSES.fullmatch(part) for part in value.split())
    if tag == "img":
        return name in {"alt", "width", "height"} or (name == "src" and PICTURE.fullmatch(value) is not None)
    return name in {"title", "colspan", "rowspan", "align", "open", "start"} or (
        name == "style" and tag in {"td", "th", "tr", "span"}
    )


_CLEANER = Cleaner(
    tags=TAGS,
    attributes=_allowed,
    protocols={"data"},
    css_sanitizer=CSSSanitizer(allowed_css_properties=["text-align", "color", "font-weight", "font-style"]),
)


def safe_html(element: object) -> str:
    """HTML less all that could do something, in the place of `clean_html`; unknown tags are shown as text."""
    text = element.decode("utf-8", "replace") if isinstance(element, bytes) else str(element)
    if len(text) > LONGEST * 10:
        return _typed(text)
    try:
        return str(_CLEANER.clean(_STYLE.sub("", text)))
    except (RecursionError, ValueError):
        return _typed(text)


@pass_context
def safe_markdown(context: Mapping[str, Any], source: str) -> str:
    """Markdown as safe HTML; in the place of nbconvert's `markdown2html`, which fails on some texts, too."""
    if len(source) > LONGEST and "data:image/" not in source:
        return _typed(source)
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        return safe_html(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # noqa: BLE001  # a page that can't be opened would be the worse answer
        return _typed(source)


def _typed(text: str) -> str:
    return f"<pre>{html.escape(text[:LONGEST])}</pre>"


class FreshGrades(GetGrades):  # type: ignore[misc]  # nbgrader ships no types
    """`GetGrades` for the feedback, with the late penalty of all the points, those given by hand too."""

    def preprocess(self, nb: Any, resources: Any) -> Any:  # noqa: ANN401  # nbconvert's own
        """Take the penalty anew, then read the grades."""
        facts = resources["nbgrader"]
        with Gradebook(facts["db_url"]) as gradebook:
            submission = gradebook.find_submission(facts["assignment"], facts["student"])
            if late.refresh(submission, find_course()):
                gradebook.db.commit()
        return super().preprocess(nb, resources)
