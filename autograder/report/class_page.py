"""The class report `report.html`: one self-contained HTML file for staff, a pure function of a `ClassSummary`.

It holds a hash of what it was made from, so that a run that changes nothing draws nothing.
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


def class_page(summary: ClassSummary, changes: Changes | None = None) -> str:
    """The page; encodes as UTF-8 whatever the records held."""
    page = template("class.html")
    return page.render(
        **dressed("style.css", "class.css"),
        summary=summary,
        changes=changes,
        view=_view(summary),
        plots=_plots(summary),
        made_from=made_from(summary, changes),
    )


def made_from(summary: ClassSummary, changes: Changes | None = None) -> str:
    """Hash of all that the page depends on."""
    return hashlib.sha256(repr((summary, changes)).encode() + kit_hash()).hexdigest()


def is_page_of(page: bytes, summary: ClassSummary, changes: Changes | None = None) -> bool:
    """Tell whether this page is what `class_page` would give."""
    return f'<main data-made-from="{made_from(summary, changes)}">'.encode() in page


def _plots(summary: ClassSummary) -> dict[str, str]:
    drawn = {}
    if summary.finals:
        drawn["scores"] = plots.scores(summary.finals, summary.max_score)
        drawn["checks"] = plots.checks(summary.by_failure_rate()) if summary.checks else ""
        drawn["times"] = plots.times(summary.seconds)
    if summary.accuracies:
        drawn["accuracies"] = plots.accuracies(summary.accuracies)
    return {name: markup(figure) for name, figure in drawn.items()}


def _view(summary: ClassSummary) -> dict[str, Any]:
    """Compute what the template would otherwise have to compute."""
    return {
        "people": [
            (reason, title, summary.people[reason]) for reason, title in REASONS.items() if summary.people[reason]
        ],
        "standings": [(word, summary.standings[word]) for word in wording.STANDINGS if summary.standings[word]],
        "sections": summary.sections(),
        "spread": Spread.of(summary.finals) if summary.finals else None,
        "counts": sorted(Counter(round(final, 2) for final in summary.finals).items()),
        "tallies": summary.by_failure_rate(),
        "mistakes": summary.commonest(_MOST_MISTAKES),
        "accuracies": [_accuracies(name, found) for name, found in summary.accuracies.items()],
        "time": Spread.of(summary.seconds) if summary.seconds else None,
        "limits": [(wording.WORDS[status], summary.limits[status]) for status in LIMITS if summary.limits[status]],
        "same": summary.same_code(),
        "isolation": summary.isolation.most_common(5),
        "versions": summary.versions.most_common(5),
    }


def _accuracies(name: str, found: Accuracies) -> tuple[str, str, str, str, int, int]:
    shown = [f"{value:.3f}" for value in (found.threshold, min(found.values), Spread.of(found.values).median)]
    return name, shown[0], shown[1], shown[2], found.below, len(found.values)
