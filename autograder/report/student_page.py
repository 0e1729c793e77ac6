"""The student's feedback page: one self-contained HTML file, a pure function of the record.

Safe by construction rather than by care: every value that the template prints goes through `_safe` (its
characters) and then through jinja2's escaping (its markup), and the page's own policy allows one style sheet,
named by its hash, and nothing else. `staff` texts are not handed to the template; a `grader_error` shows no
message of ours, which may speak of paths and tracebacks.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from autograder.record import Record, Status
from autograder.report import wording
from autograder.text import one_line, plain

if TYPE_CHECKING:
    from jinja2 import Template

_CODE = re.compile(r"`([^`\n]+)`")


def student_page(record: Record) -> str:
    """The page for one student; encodes as UTF-8 whatever the record holds."""
    shown = for_students(record)
    return template("student.html").render(
        **dressed("style.css"),
        record=shown,
        view=_view(shown),
        words=wording.WORDS,
        status=str(record.status),
    )


def dressed(*names: str) -> dict[str, str]:
    """The style sheets of a page as one, and the policy that allows it and nothing else."""
    style = "\n".join(_resource(name) for name in names)
    digested = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digested}'; img-src data:; base-uri 'none'; form-action 'none'"
    return {"style": markup(style), "policy": policy}


def for_students(record: Record) -> Record:
    """The record less all that is for staff, so that no slip in the template can show it."""
    graded = record.status is Status.GRADED
    return msgspec.structs.replace(
        record,
        message="" if record.status is Status.GRADER_ERROR else record.message,
        checks=[msgspec.structs.replace(check, staff=None) for check in record.checks] if graded else [],
        started_at=record.started_at.partition("T")[0],  # the day: a program can make the seconds tell what it met
        seconds=0.0,
        cpu_seconds=0.0,
    )


def _view(record: Record) -> dict[str, Any]:
    """Compute what the template would otherwise have to compute."""
    cards = wording.cards(record)
    final = wording.final_score(record)
    return {
        "score": None if final is None else wording.number(final),
        "max_score": wording.number(record.max_score),
        "late": wording.late_line(record),
        "first": cards[0] if cards else None,
        "others": cards[1:],
        "skipped": wording.skipped_under(record).get(None, []),
        "passed": wording.passed(record),
        "total": len(record.checks),
        "manual_points": wording.number(record.manual_points),
        "isolation": wording.facts(record.isolation),
        "environment": wording.facts(record.environment),
    }


def page_name(student: str) -> str:
    """The file name of a student's page; for `report` it is `report_.html`, as `report.html` is the class's."""
    more = "_" if re.fullmatch("report_*", student, re.IGNORECASE) else ""
    return f"{student}{more}.html"


def page_of(student: str) -> str:
    """The address of a student's page beside the class report; `./` so that no name reads as a scheme."""
    return "./" + quote(page_name(student), safe="", errors="replace")


def _name(cell: str) -> str:
    """A cell's id as words: `exercise1_written` reads `Exercise 1 written`."""
    words = re.sub(r"(?<=[a-z])(?=\d)", " ", one_line(cell).replace("_", " "))
    return words[:1].upper() + words[1:]


def _prose(text: str) -> str:
    """Text for students, with what stands between backticks as code."""
    from markupsafe import escape

    return markup(_CODE.sub(r"<code>\1</code>", str(escape(plain(text)))))


def markup(text: str) -> str:
    """Text that is HTML already."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  callers escape; the only unescaped texts are our own style sheets and figures


def _safe(value: object) -> object:
    """Return what jinja2 prints: markup as it is, everything else as plain text, which it then escapes."""
    return value if hasattr(value, "__html__") else plain(str(value))


@cache
def _resource(name: str) -> str:
    return files("autograder.report").joinpath(name).read_text(encoding="utf-8")


@cache
def template(name: str) -> Template:
    """A compiled template of this package; jinja2 costs 70 ms to import, which `autograder --help` should not pay."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": _prose,
        "line": one_line,
        "points": wording.number,
        "counted": wording.counted,
        "gain": wording.gain,
        "name": _name,
        "page": page_of,
    }
    return environment.get_template(name)
