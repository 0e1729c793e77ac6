"""The class report `report.html`: one self-contained HTML file for staff, a pure function of a `ClassSummary`.

What it was made from stands in it as a hash, so that a run that changes nothing draws nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from autograder.report import plots, wording
from autograder.report.student_page import dressed, markup, template
from autograder.report.summary import LIMITS, REASONS, Spread
from autograder.version import kit_hash

if TYPE_CHECKING:
    from autograder.report.changes import Changes
    from autograder.report.summary import Accuracies, ClassSummary

_MOST_MISTAKES = 30


def class_page(one: ClassSummary, changes: Changes | None = None) -> str:
    """The page; encodes as UTF-8 whatever the records held."""
    page = template("class.html")
    return page.render(
        **dressed("style.css", "class.css"),
        one=one,
        changes=changes,
        view=_view(one),
        plots=_plots(one),
        made_from=made_from(one, changes),
    )


def made_from(one: ClassSummary, changes: Changes | None = None) -> str:
    """Hash of all that the page depends on."""
    return hashlib.sha256(repr((one, changes)).encode() + kit_hash()).hexdigest()


def is_page_of(page: bytes, one: ClassSummary, changes: Changes | None = None) -> bool:
    """Whether this page is what `class_page` would give."""
    return f'<main data-made-from="{made_from(one, changes)}">'.encode() in page


def _plots(one: ClassSummary) -> dict[str, str]:
    drawn = {}
    if one.finals:
        drawn["scores"] = plots.scores(one.finals, one.max_score)
        drawn["checks"] = plots.checks(one.by_failure_rate()) if one.checks else ""
        drawn["times"] = plots.times(one.seconds)
    if one.accuracies:
        drawn["accuracies"] = plots.accuracies(one.accuracies)
    return {name: markup(figure) for name, figure in drawn.items()}


def _view(one: ClassSummary) -> dict[str, Any]:
    """What the template would otherwise have to compute."""
    return {
        "people": [(reason, title, one.people[reason]) for reason, title in REASONS.items() if one.people[reason]],
        "standings": [(word, one.standings[word]) for word in wording.STANDINGS if one.standings[word]],
        "sections": one.sections(),
        "spread": Spread.of(one.finals) if one.finals else None,
        "counts": sorted(Counter(round(final, 2) for final in one.finals).items()),
        "tallies": one.by_failure_rate(),
        "mistakes": one.commonest(_MOST_MISTAKES),
        "accuracies": [_accuracies(name, found) for name, found in one.accuracies.items()],
        "time": Spread.of(one.seconds) if one.seconds else None,
        "limits": [(wording.WORDS[status], one.limits[status]) for status in LIMITS if one.limits[status]],
        "same": one.same_code(),
        "isolation": one.isolation.most_common(5),
        "versions": one.versions.most_common(5),
    }


def _accuracies(name: str, found: Accuracies) -> tuple[str, str, str, str, int, int]:
    shown = [f"{value:.3f}" for value in (found.threshold, min(found.values), Spread.of(found.values).median)]
    return name, shown[0], shown[1], shown[2], found.below, len(found.values)
