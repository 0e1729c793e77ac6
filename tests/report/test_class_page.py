"""The class report: its structure, what it says, and that it stays inert and the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from builders import HOSTILE, check, half, hostile, perfect, record
from parsed import Node, parse

from autograder.record import Late, Reached, Record, SubmissionFile
from autograder.report.changes import Changes
from autograder.report.class_page import class_page
from autograder.report.student_page import page_of
from autograder.report.summary import ClassSummary

MISTAKE = "forget gate and input gate swapped"


def summed(*records: Record) -> ClassSummary:
    """The class of these records."""
    one = ClassSummary("lab1_scalar_lstm", "A scalar LSTM step")
    for each in records:
        one.add(each)
    return one


def mixed() -> list[Record]:
    """One of every kind."""
    accurate = record(
        check("train.first", reached=Reached(name="first_10", value=0.99, threshold=0.95)), student="eve", code_hash="x"
    )
    missed = record(
        check("train.first", "failed", reached=Reached(name="first_10", value=0.61, threshold=0.95)),
        student="fay",
        code_hash="x",
        code_tokens=120,
        submission=SubmissionFile(path="f", changed=["train"]),
    )
    return [
        *(half(), accurate, missed, record(check("a.b", "timeout"), student="gil", seconds=21.5, code_hash="y")),
        record(student="ida", status="rejected", score=0.0, message="The file is empty."),
        record(student="jan", status="grader_error", message="the disk is full"),
    ]


def page(*records: Record, changes: Changes | None = None) -> Node:
    """The page of these records, parsed."""
    return parse(class_page(summed(*records), changes))


def table(tree: Node, name: str) -> list[list[str]]:
    """The body of the last table in a section."""
    body = tree.labelled(name).all("tbody")[-1]
    return [[cell.text for cell in row.all("th", "td")] for row in body.all("tr")]


KINDS = {"mixed": mixed(), "none": [], "hostile": [hostile(), hostile()], "faults": [record(status="grader_error")]}
every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
def test_landmarks_headings_and_references(kind: str) -> None:
    """One of each landmark, no heading level left out, ids unique, and every reference within the page resolves."""
    tree = page(*KINDS[kind])
    levels = [int(node.tag[1]) for node in tree.all("h1", "h2", "h3")]
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    used = [node.attrs["aria-labelledby"] for node in tree.walk() if "aria-labelledby" in node.attrs]
    used += [str(node.attrs["href"])[1:] for node in tree.walk() if str(node.attrs.get("href")).startswith("#")]

    assert [len(tree.all(tag)) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert set(used) <= set(ids)


@every_kind
def test_nothing_comes_from_outside_and_nothing_runs(kind: str) -> None:
    """No script, no handler, no style attribute in the figures either, no address but pages beside it."""
    tree = page(*KINDS[kind])
    attributes = [(name, value or "") for node in tree.walk() for name, value in node.attrs.items()]

    assert not tree.all("script", "img", "iframe", "object", "embed", "form", "base", "metadata")
    assert len(tree.all("style")) == 1
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "style", "srcset"}]
    assert all(value.startswith(("#", "./", "data:", "../index.html")) for name, value in attributes if name == "href")
    assert not [value for _, value in attributes if "http" in value.lower()]


def test_scores_counts_and_spread() -> None:
    """How many of each status; mean, median and middle half of the graded."""
    text = page(*mixed()).labelled("whole").text

    assert "graded 4 rejected 1 our fault 1" in text
    assert "mean score 1.38 of 12 median 1 middle half 0 to 2.38" in text


def test_checks_stand_by_failure_rate() -> None:
    """The one that most fail for a reason of its own comes first; skipped ones are counted apart."""
    rows = table(page(half(), perfect(), record(check("sigmoid.values", "failed"))), "checks")

    assert [row[0].split(" (")[0] for row in rows[:3]] == [
        "Forget gate at -1",
        "Three forget logits",
        "sigmoid from -100 to 100",
    ]
    assert rows[0][1:] == ["1 (100 %)", "0", "0"]
    assert rows[2][1:] == ["1 (50 %)", "0", "1"]
    assert [row[2] for row in rows if row[0].startswith("No logits")] == ["1"]


def test_mistakes_are_counted_by_submission() -> None:
    """Twice in one submission is once; the most common comes first, and behind each stands who."""
    twice = record(check("a.b", "failed", mistake=MISTAKE), check("a.c", "failed", mistake=MISTAKE))
    other = record(check("a.b", "failed", mistake=MISTAKE), student="bob")
    rows = table(page(twice, other, half()), "mistakes")

    assert rows == [[f"{MISTAKE} who ada , bob", "a", "2 (67 %)"], [f"{MISTAKE} who ada", "lstm_step", "1 (33 %)"]]


def test_accuracies_stand_against_their_thresholds() -> None:
    """What was reached at the lowest and in the middle, and how many missed it."""
    assert table(page(*mixed()), "accuracies") == [["first_10", "0.950", "0.610", "0.800", "1 of 2"]]


def test_time_and_limits() -> None:
    """The slowest by name, and what limits were hit."""
    text = page(*mixed()).labelled("time").text

    assert "took too long 1" in text
    assert "Slowest: gil (21.5 s)" in text


def test_who_needs_a_person_and_why() -> None:
    """Our faults first, then rejected, changed cells, late; each linked."""
    section = page(*mixed()).labelled("people")

    assert [heading.text for heading in section.all("h3")] == [
        "Not graded, and the fault is ours: 1",
        "Rejected: 1",
        "Check cells changed or deleted (which costs nothing): 1",
        "Late: 1",
    ]
    assert [link.attrs["href"] for link in section.all("a")] == ["./jan.html", "./ida.html", "./fay.html", "./ada.html"]
    assert "the disk is full" in section.text


def test_the_same_code_is_a_hint_and_says_so() -> None:
    """The group, its size, how much code, and that it proves nothing."""
    section = page(*mixed()).labelled("same")

    assert "proves nothing by itself" in section.text
    assert table(page(*mixed()), "same") == [["eve , fay", "2", "0"]]


def test_every_submission_has_a_row_and_a_link() -> None:
    """The table of all, in the order given."""
    tree = page(*mixed())

    assert [row[:3] for row in table(tree, "all")][-2:] == [["ida", "rejected", "0"], ["jan", "our fault", "-"]]
    assert len(table(tree, "all")) == 6


def test_changes_say_who_what_and_why() -> None:
    """Before, now, and each check that made the difference."""
    changes = Changes("old_results")
    changes.add(record(check("a.b"), check("a.c", "failed")), record(check("a.b", "failed"), check("a.c", "failed")))
    changes.add(None, perfect())
    changes.gone = ["zoe"]
    section = page(perfect(), changes=changes).labelled("changes")

    assert "1 submission compared, 1 changed, 1 new, 1 no longer there: zoe." in section.text
    assert [cell.text for cell in section.all("td")] == ["2 / 4", "0 / 4", "Title of a.b: passed (2), now failed (0)"]


def shape(node: Node) -> list[str]:
    """The elements in order; of a figure its kinds alone, as its ticks depend on the length of words."""
    if node.tag == "svg":
        return sorted({one.tag for one in node.walk()})
    below = [tag for child in node.children if isinstance(child, Node) for tag in shape(child)]
    return [*([] if node.tag == "code" else [node.tag]), *below]


def test_hostile_texts_add_no_element() -> None:
    """Attacks in every text leave the elements of the page, its figures included, as they are with tame texts."""
    tame = hostile()
    tame.student = tame.assignment = tame.started_at = tame.submission.path = "word"
    tame.environment, tame.isolation = {"word": "word"}, {"word": "word"}
    for one in tame.checks:
        one.title, one.message = "word", "word"
        one.mistake = "word" if one.mistake else None
    shapes = [shape(page(each)) for each in (hostile(), tame)]

    assert shapes[0] == shapes[1]
    assert class_page(summed(hostile())).encode()


def test_a_name_in_a_link_is_an_address_in_the_folder() -> None:
    """Whatever the name: no scheme, no way out, no fragment."""
    assert page_of("javascript:alert(1)") == "./javascript%3Aalert%281%29.html"
    assert [page_of(name) for name in ("report", "Report_", "reports")] == [
        "./report_.html", "./Report__.html", "./reports.html",
    ]  # fmt: skip
    assert page_of("a#b?c%d e/../é") == "./a%23b%3Fc%25d%20e%2F..%2F%C3%A9.html"
    assert "<" not in page_of(HOSTILE)


def test_the_same_records_give_the_same_bytes() -> None:
    """No date and no random id, so that a report can be compared."""
    assert class_page(summed(*mixed())) == class_page(summed(*mixed()))


def test_a_summary_keeps_little() -> None:
    """A megabyte in a record leaves no megabyte behind."""
    long = "x" * 1_000_000
    one = summed(record(check("a.b", "failed", message=long, got=long), message=long, late=Late(seconds=1)))

    assert len(one.rows[0].remark) < 200
    assert len(class_page(one)) < 60_000
