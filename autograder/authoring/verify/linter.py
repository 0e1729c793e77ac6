"""Run the rules over a course, and say what they found: nothing but a line where all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.markup import escape

from autograder.authoring.verify import catalogues, cells, gradings, leaks, links, released, suites, texts, visible
from autograder.authoring.verify.rule import RULES, Finding, Rule
from autograder.errors import UsageError
from autograder.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from autograder.authoring.verify.labs import CourseView

MODULES = (
    cells,
    released,
    leaks,
    texts,
    links,
    suites,
    visible,
    catalogues,
    gradings,
)
"""Importing them makes their rules."""
MOST_SHOWN = 5
"""Findings of one rule that are shown: the sixth is fixed with the first five, or comes next time."""


class Report(NamedTuple):
    """The findings of all rules, rule by rule, in the order in which they ran."""

    findings: dict[str, list[Finding]]

    @property
    def clean(self) -> bool:
        """Tell whether nothing was found."""
        return not any(self.findings.values())


def rules_to_run(names: Sequence[str], *, quick: bool) -> list[Rule]:
    """Return the rules with these names, or all, without the slow ones if `quick`; raises `UsageError` for others."""
    for name in names:
        if name not in RULES:
            raise UsageError(f"no rule {name!r} among those of `autograder verify`: give one of {', '.join(RULES)}")
    return [rule for rule in RULES.values() if (rule.name in names or not names) and not (quick and rule.slow)]


def run(view: CourseView, rules: Iterable[Rule]) -> Report:
    """Every finding of the rules."""
    return Report({rule.name: list(dict.fromkeys(rule.body(view))) for rule in rules})


def show(report: Report, console: Console, labs: int) -> None:
    """Print one line where all is well; else each rule that found something, with place, fact and remedy."""
    for name, findings in report.findings.items():
        if findings:
            console.print(f"[red]✗ {name}[/red]  {escape(RULES[name].demands)}", soft_wrap=True)
        for where, what, mend in findings[:MOST_SHOWN]:
            console.print(f"    [bold]{escape(where)}[/bold]: {escape(what)}", soft_wrap=True, highlight=False)
            console.print(f"      [dim]→ {escape(mend)}[/dim]", soft_wrap=True, highlight=False)
        if (more := len(findings) - MOST_SHOWN) > 0:
            console.print(f"    … and {more} more", highlight=False)
    found = sum(map(len, report.findings.values()))
    if found:
        console.print(
            f"{counted(found, 'finding')} of {counted(len(report.findings), 'rule')} in {counted(labs, 'lab')}",
            highlight=False,
        )
    else:
        rules = counted(len(report.findings), "rule")
        console.print(f"[green]✓[/green] {rules}, {counted(labs, 'lab')}: nothing to fix", highlight=False)
