"""The catalogue of a lab's mistakes: each one is the solution with something changed, and what to say of it.

`autograder/suites/<lab>/mistakes.yml` holds a list for each graded function. An entry is a change to the function's
answer in the solution notebook, the words for the student, and the number that the lab's own check shows for it:

    rnn_step:
      - mistake: swapped weights
        set: {h_t: np.tanh(w_h * x_t + w_x * h_prev + b)}
        says: The weights have changed places. w_x belongs to the input, w_h to the old state.
        next: Swap w_x and w_h.
        lab shows: h_t is 0.7163

Three ways to write the change, the first that can say it: `set` (assignments by name), `in` with `is` (a text that
stands in the answer's code once, or a list of such texts), `instead` (the whole answer). `for` writes one entry per
line and fills its words in everywhere, so that a line can have its own number: `lab shows: h_t is {shows}`.
`lab shows` is what the lab's own check shows of the mistake: the check prints `says` and `next` under it. Where that
check can't see a mistake that costs points, `lab misses` says why.

Some mistakes have a number that anybody may choose (a weight decay), or are random (shuffled rows): no variant gives
the student's numbers. Such an entry has `run: false`, its change is an example, and `written` is a pattern for the
student's own text, without comments and docstrings: where nothing else explains a wrong quantity, it is said of a text
that holds it. In an entry that is run, `written` is one more condition, and what meets it is said instead of what has
none.

Of entries that give the same numbers (two gates may be alike in a student's answer), one with `rare: true` is not said
beside one without.
"""

from __future__ import annotations

import ast
import functools
import io
import itertools
import tokenize
from typing import TYPE_CHECKING, Any

import msgspec
import yaml  # type: ignore[import-untyped]

from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE = "mistakes.yml"
MOST_NAMED = 2
"""The most mistakes that are named together: where more different ones fit the same quantities, none is."""
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Code is text: `is: 0.80` is what is written there, and no number."""


class Mistake(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """One mistake of one function, as the catalogue has it."""

    name: str = msgspec.field(name="mistake")
    says: str  # to the student: what the answer looks like
    next: str  # to the student: the one next step
    set: dict[str, str] = {}
    old: str | list[str] = msgspec.field(name="in", default_factory=list)
    new: str | list[str] = msgspec.field(name="is", default_factory=list)
    instead: str = ""
    lab_shows: str | list[str] = msgspec.field(name="lab shows", default="")  # what the lab's own check says of it
    lab_misses: str = msgspec.field(name="lab misses", default="")  # why the lab's own check passes
    run: bool = True  # False: it can't be run as a variant; without `written` it is for the corpus only
    written: str = ""  # a pattern that the student's own text has to hold
    each: list[dict[str, str]] = msgspec.field(name="for", default_factory=list)
    rare: bool = False  # said only where no other entry gives the same
    raises: str = ""  # of what no variant raises: the exception's type and a part of its text, "TypeError: unpack"

    @property
    def symptom(self) -> str:
        """The words that the lab's own check shows of it; "" where they are not known."""
        return self.lab_shows if isinstance(self.lab_shows, str) else ""

    def lines(self) -> Iterator[Mistake]:
        """The entries that `for` stands for; itself where there is none. Raises `ValueError`."""
        for word in {word for words in self.each for word, text in words.items() if not text}:
            if "{" + word + "}" not in str(msgspec.to_builtins(msgspec.structs.replace(self, each=[]))):
                raise ValueError(
                    f"{self.name}: `{word}` in `for` is no word of any text: put what has commas in quotes"
                )
        for number, words in enumerate(self.each or [{}]):
            line = msgspec.structs.replace(
                self,
                each=[],
                lab_shows=self._of_line(self.lab_shows, number),
            )
            yield msgspec.convert(_filled(msgspec.to_builtins(line), words), Mistake)

    def _of_line(self, texts: str | list[str], number: int) -> str:
        if isinstance(texts, str):
            return texts
        if len(texts) > len(self.each):
            raise ValueError(f"{self.name}: {len(texts)} texts are shown, but `for` has {len(self.each)} lines")
        return texts[number] if number < len(texts) else ""

    def source(self, answer: str) -> str:
        """The answer's source with this change; raises `ValueError` where the change finds no place, or two."""
        source = self.instead or answer
        olds, news = ([text] if isinstance(text, str) else text for text in (self.old, self.new))
        if len(olds) != len(news):
            raise ValueError(f"{self.name}: {len(olds)} texts in `in`, but {len(news)} in `is`")
        for old, new in zip(olds, news, strict=True):
            places = _in_code(source, old)
            if len(places) != 1:
                raise ValueError(f"{self.name}: {old!r} stands {len(places)} times in the answer, not once")
            source = source[: places[0]] + new + source[places[0] + len(old) :]
        return _assigned(source, self) if self.set else source


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        for word, text in words.items():
            value = value.replace("{" + word + "}", text)
        return value
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    if isinstance(value, dict):
        return {_filled(key, words): _filled(item, words) for key, item in value.items()}
    return value


def _in_code(source: str, text: str) -> list[int]:
    """Return where `text` is in the source; if in several places, those in docstrings and comments don't count."""
    places, start = [], source.find(text)
    while start >= 0:
        places.append(start)
        start = source.find(text, start + len(text))
    return [place for place in places if place not in _prose(source)] if len(places) > 1 else places


@functools.lru_cache(maxsize=256)
def _prose(source: str) -> frozenset[int]:
    """The places of a source that belong to docstrings and comments."""
    ends = list(itertools.accumulate((len(line) for line in source.splitlines(keepends=True)), initial=0))
    found: set[int] = set()
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        starts_line = before in {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT}
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and starts_line):
            (row, column), (last_row, last_column) = token.start, token.end
            found.update(range(ends[row - 1] + column, ends[last_row - 1] + last_column))
        before = token.type
    return frozenset(found)


def _assigned(source: str, mistake: Mistake) -> str:
    tree = ast.parse(source)
    for name, expression in mistake.set.items():
        places = assignments(tree, name)
        if len(places) != 1:
            what = f"{mistake.name}: {name} is assigned {len(places)} times in the answer, not once"
            raise ValueError(f"{what}: write `{name} = …` once in the solution, or change its text with `in` and `is`")
        places[0].value = ast.parse(expression.strip(), mode="eval").body
    return ast.unparse(tree)


def assignments(tree: ast.AST, name: str) -> list[ast.Assign]:
    """The statements `name = …` in a tree; `name` may be an attribute, as in `self.linear`."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and ast.unparse(node.targets[0]) == name
    ]


def words_of(mistakes: Sequence[Mistake]) -> tuple[str, str, str]:
    """Join what is said of mistakes that fit alike, their next steps, and their names."""
    says = " Or: ".join(mistake.says for mistake in mistakes)
    steps = " Or: ".join(dict.fromkeys(mistake.next for mistake in mistakes))
    return says, steps, " or ".join(dict.fromkeys(mistake.name for mistake in mistakes))


def read(path: Path) -> dict[str, list[Mistake]]:
    """The catalogue at `path` by function, `for` written out; empty where there is none. Raises `UsageError`."""
    try:
        return parsed(path.read_bytes())
    except FileNotFoundError:
        return {}
    except Exception as error:  # PyYAML raises what it likes
        raise UsageError(f"{path} can't be read: {' '.join(str(error).split())}; correct that entry") from error


def parsed(text: bytes | str) -> dict[str, list[Mistake]]:
    """A catalogue's text by function, `for` written out; raises what PyYAML does, `ValueError` and its like."""
    texts = yaml.load(text, Loader=_Loader)  # noqa: S506  # it makes nothing but texts
    found = msgspec.convert(texts or {}, dict[str, list[Mistake]], strict=False)
    return {function: [line for entry in entries for line in entry.lines()] for function, entries in found.items()}
