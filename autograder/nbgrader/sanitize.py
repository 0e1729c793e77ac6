"""The filters of nbconvert's templates that meet what students wrote, and the grades of the feedback.

nbconvert renders a student's markdown and HTML as they are, and its `sanitize_html` reaches outputs only, since
nbgrader's templates put markdown in by themselves. So these replace nbconvert's own, by name, through
`HTMLExporter.filters`, for formgrader's pages and the feedback: `rendering` bounds the work, `markup` does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades

from autograder.course.settings import find_course
from autograder.nbgrader import late_policy
from autograder.nbgrader.rendering import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE = "autograder_page"  # key of nbconvert's resources, which are one page's


def _page(context: Mapping[str, Any]) -> Page:
    """The page that is being made."""
    resources = context.get("resources")
    page = resources.setdefault(_PAGE, Page()) if isinstance(resources, dict) else Page()
    assert isinstance(page, Page)
    return page


@pass_context
def safe_html(context: Mapping[str, Any], element: object) -> str:
    """Return HTML less all that could do something, instead of `clean_html`; unknown tags are shown as text."""
    text = element.decode("utf-8", "replace") if isinstance(element, bytes) else str(element)
    return _page(context).render("html", text)


@pass_context
def safe_markdown(context: Mapping[str, Any], source: str) -> str:
    """Return Markdown as safe HTML; instead of nbconvert's `markdown2html`, which also fails on some texts."""
    return _page(context).render("markdown", source, context.get("cell", {}).get("attachments", {}))


@pass_context
def safe_code(context: Mapping[str, Any], source: str, language: object = None, metadata: object = None) -> str:
    """Return Python in colours, instead of `highlight_code`, which takes the lexer that a `%%magic` names."""
    return _page(context).render("code", source)


@pass_context
def safe_terminal(context: Mapping[str, Any], source: object) -> str:
    """Return what a program printed, colour codes as colours; it is used instead of `ansi2html`."""
    text, page = str(source), _page(context)
    return page.render("terminal", text) if "\x1b" in text else page.typed(text)


def as_it_is(text: str) -> str:
    """Replace `strip_files_prefix`, whose pattern takes quadratic time; no address is left for it to change."""
    return text


class FreshGrades(GetGrades):  # type: ignore[misc]  # nbgrader ships no types
    """The scores for the feedback, like `GetGrades`, with the late penalty of all points, those given by hand too."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Compute the penalty again, then read the grades."""
        facts = resources["nbgrader"]
        with Gradebook(facts["db_url"]) as gradebook:
            submission = gradebook.find_submission(facts["assignment"], facts["student"])
            if late_policy.refresh(submission, find_course()):
                gradebook.db.commit()
        return super().preprocess(nb, resources)
