"""Hold what is known of one statement, or of a part of it: the data of `effects` and `choose`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ANYTHING = "*"
"""As a name: what can't be followed, so everything may depend on it."""
EVERYTHING = "**"
"""As a name that is read: the text of the code does not say what is read, so all that there is may be."""
GIVEN = "<given>"
"""As a name: what a function is given, which it sets an attribute or item of."""


class Share(NamedTuple):
    """An object's name, and how it gets into what a statement makes.

    It is the "same", a "part" of it, the "base" of a class, an "argument" of a call that makes it, or that "call" is of
    the object itself.
    """

    name: str
    how: str


class Effect(NamedTuple):
    """A possible change to an object: `how` is the way in which the object is reached.

    "direct": by its name; "argument": it is handed to `detail`; "called": it is called; "call": calling it gives the
    object that is changed; "method": its method `detail` is called; "part": it is somewhere in what is changed;
    "bound": the name gets another object.
    """

    name: str
    how: str
    detail: str = ""

    def through(self, share: Share) -> Effect:
        """Return what happens to `share` when this happens to what is made of it."""
        how = share.how if share.how in {"argument", "call"} else self.how
        if share.how == "base" and how in {"call", "called"}:  # an instance of a class is one of its base, too
            return Effect(share.name, how, self.detail)
        if share.how in {"part", "base"} and how != "argument":
            how = "part"
        return Effect(share.name, how, self.detail)


@dataclass
class StatementFacts:
    """One statement. What is said of `later` happens when a function that it defines is called."""

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)  # of the reads: those when the statement itself runs
    bases: set[str] = field(default_factory=set)  # of the reads, and no runs: bases of classes that it makes
    shares: set[Share] = field(default_factory=set)  # what its value may be made of
    links: dict[str, set[Share]] = field(default_factory=dict)  # the same for each name that it binds or fills
    effects: set[Effect] = field(default_factory=set)
    later: set[Effect] = field(default_factory=set)

    def without(self, names: set[str]) -> None:
        """Forget `names`, which are local: what happens to them happens to what they share objects with."""
        self.reads -= names
        self.runs -= names
        self.bases -= names
        self.shares = {share for share in self.shares if share.name not in names}
        self.links = {name: shares for name, shares in self.links.items() if name not in names}

    def link(self, names: Iterable[str], shares: Iterable[Share]) -> None:
        """Note that `names` may now stand for objects that have parts in common with `shares`."""
        for name in names:
            self.links.setdefault(name, set()).update(shares)

    def merge(self, part: StatementFacts) -> None:
        """Add what a part of the statement does."""
        self.reads |= part.reads
        self.runs |= part.runs
        self.bases |= part.bases
        self.shares |= part.shares
        self.effects |= part.effects
        self.later |= part.later
        for name, shares in part.links.items():
            self.link([name], shares)


def scope(parts: list[StatementFacts], names: set[str], outer: set[str]) -> StatementFacts:
    """The parts of a function or comprehension as one, seen from outside of it."""
    whole = StatementFacts()
    for part in parts:
        whole.merge(part)
        names = names | part.binds
    local = names - outer
    links = {name: whole.links.get(name, set()) for name in local}
    whole.effects = _seen_outside(whole.effects, links)
    whole.later = _seen_outside(whole.later, links)
    whole.shares = {Share(*effect[:2]) for effect in _seen_outside({Effect(*share) for share in whole.shares}, links)}
    whole.without(local)
    return whole


def _seen_outside(effects: set[Effect], links: dict[str, set[Share]]) -> set[Effect]:
    """Turn effects on local names into effects on the outer names whose objects they share."""
    pending, seen = list(effects), set(effects)
    while pending:
        effect = pending.pop()
        for share in links.get(effect.name, ()):
            passed = effect.through(share)
            if passed not in seen:
                seen.add(passed)
                pending.append(passed)
    return {effect for effect in seen if effect.name not in links}
