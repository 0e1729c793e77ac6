"""The hints that a notebook's checks print: what a check shows, and the words for each mistake that shows it.

They come from the catalogue's `lab shows`, `says` and `next`. A mistake's code is no part of them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.suite.catalogue import Mistake

Hints = dict[str, dict[str, list[str]]]
"""By task, and by what its check shows: the words for the mistakes that are known to show it."""
MOST_TOLD, MOST_LETTERS = 3, 350
"""Mistakes told in full under one verdict, and how long that may be: beyond it, names are easier to read."""
_MANY = "several mistakes look so:"
_HEAD = "# By task, and by what its check shows: the mistakes that are known to look so. The checks print what fits."


def of_catalogue(found: Mapping[str, Sequence[Mistake]]) -> Hints:
    """The hints for all tasks of a lab."""
    hints = {}
    for function, entries in found.items():
        symptoms = {entry.symptom for entry in entries} - {""}
        hints[function] = {
            shown: words([entry for entry in entries if entry.symptom and is_in(entry.symptom, shown)])
            for shown in sorted(symptoms)
        }
    return {function: shown for function, shown in hints.items() if shown}


def is_in(symptom: str, shown: str) -> bool:
    """Tell whether a check's words hold a symptom, whole: `h_t is 0.75` is not in `h_t is 0.7573`.

    The notebooks' `hint` looks in the same way.
    """
    return re.search(rf"(?<!\w){re.escape(symptom)}(?!\w|\.\d)", shown) is not None


def words(mistakes: Sequence[Mistake]) -> list[str]:
    """Return what is said of mistakes that look alike: of each its words and its next step, of many the names."""
    in_full = [f"{mistake.says} {mistake.next}" for mistake in mistakes]
    in_short = [f"{mistake.name}. {mistake.next}" for mistake in mistakes]
    for told in (list(dict.fromkeys(in_full)), list(dict.fromkeys(in_short))):
        if len(told) <= MOST_TOLD and sum(map(len, told)) <= MOST_LETTERS:
            return told
    return [f"{_MANY} {'; '.join(dict.fromkeys(mistake.name for mistake in mistakes))}."]


def is_told(mistake: Mistake, shown: str) -> bool:
    """Tell whether what a check shows says what the mistake is, in one of the ways of `words`."""
    text = " ".join(shown.split())
    full, short = (f"{head} {mistake.next}" for head in (mistake.says, f"{mistake.name}."))
    return full in text or short in text or (_MANY in text and mistake.name in text.partition(_MANY)[2])


def as_python(hints: Hints) -> str:
    """The hints as the cell holds them, one line for each symptom: a diff shows what changed."""
    lines = [_HEAD, "HINTS = {"]
    for function, shown in hints.items():
        lines.append(f"    {_text(function)}: {{")
        lines += [f"        {_text(symptom)}: [{', '.join(map(_text, told))}]," for symptom, told in shown.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"]) if hints else f"{_HEAD}\nHINTS = {{}}"


def _text(words: str) -> str:
    """A text between double quotes, as Python writes it too."""
    return json.dumps(words, ensure_ascii=False)
