"""The student's page: its structure, what it says, what it never shows."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from builders import HOSTILE, check, half, hostile, kinds, perfect, record
from parsed import Node, parse

from autograder.record import Record, SubmissionFile
from autograder.report.student_page import student_page

EVERY_KIND = kinds() | {"empty": record()}
every_kind = pytest.mark.parametrize("kind", EVERY_KIND)


def page(graded: Record) -> Node:
    """The page of a record, parsed."""
    return parse(student_page(graded))


@every_kind
def test_landmarks_and_headings(kind: str) -> None:
    """A screen reader finds one of each landmark, one h1, and no heading level left out."""
    tree = page(EVERY_KIND[kind])
    levels = [int(node.tag[1]) for node in tree.all("h1", "h2", "h3", "h4")]

    assert [len(tree.all(tag)) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert tree.all("html")[0].attrs["lang"] == "en"


@every_kind
def test_references_within_the_page_resolve(kind: str) -> None:
    """Ids are unique, and every label, description and link in the page points at one of them."""
    nodes = list(page(EVERY_KIND[kind]).walk())
    ids = [node.attrs["id"] for node in nodes if "id" in node.attrs]
    targets = [
        node.attrs[key] for node in nodes for key in ("aria-labelledby", "aria-describedby") if key in node.attrs
    ]
    targets += [str(node.attrs["href"]).removeprefix("#") for node in nodes if node.tag == "a"]

    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


@every_kind
def test_nothing_comes_from_outside_and_nothing_runs(kind: str) -> None:
    """The page has no script, no handler, no inline style attribute and no address but its own and `data:`."""
    tree = page(EVERY_KIND[kind])
    attributes = [(name, value or "") for node in tree.walk() for name, value in node.attrs.items()]

    assert not tree.all("script", "img", "iframe", "object", "embed", "form", "base", "svg")
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "style", "srcset"}]
    assert all(value.startswith(("#", "data:")) for name, value in attributes if name == "href")
    assert "url(" not in tree.all("style")[0].text
    assert "@import" not in tree.all("style")[0].text


def test_policy_allows_the_one_style_sheet_by_its_hash() -> None:
    """The content security policy denies everything but the style sheet that is in the page."""
    tree = page(half())
    (policy,) = (n.attrs["content"] for n in tree.all("meta") if n.attrs.get("http-equiv") == "Content-Security-Policy")
    (style,) = tree.all("style")
    (css,) = style.children
    digest = b64encode(sha256(str(css).encode()).digest()).decode()

    assert policy is not None
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "unsafe" not in policy


def test_score_is_after_the_late_penalty_and_says_so() -> None:
    """The big number is what counts; the line under it says how late, how much it cost, and from what."""
    score = page(half()).labelled("score").text

    assert "3.5 of 12 points" in score
    assert "Handed in 2 h 10 min late, which takes 0.5 off the 4 points earned." in score
    assert "2 of 6 checks pass." in score


def test_first_problem_comes_first_in_full() -> None:
    """The first check that failed for its own reason stands above all others, with everything that helps."""
    tree = page(half())
    first = tree.labelled("first")
    terms = {dt.text: dd.text for dt, dd in zip(first.all("dt"), first.all("dd"), strict=True)}

    assert "Look at this first" in first.text
    assert first.all("h2")[0].text == "Forget gate at -1"
    assert "`" not in first.text
    assert first.all("p")[2].text.startswith("The keys are right and forget_gate is")
    assert list(terms) == ["Expected", "Got", "Where", "Looks like", "Next step"]
    assert terms["Expected"] == "c_t 0.6090 h_t 0.3631"
    assert terms["Got"] == "c_t 0.7573 h_t 0.4276"
    assert terms["Looks like"] == "forget gate and input gate swapped"
    assert [card.all("h3")[0].text for card in tree.labelled("others").all("article")] == ["Three forget logits"]


def test_where_in_the_lesson_it_is_explained() -> None:
    """The section of the notebook stands last, after the next step, with code as code."""
    failed = check("a.b", "failed", hint="Try.", lesson="“Task 2 · `lstm_step`” in the notebook")
    first = page(record(failed)).labelled("first")

    assert [dt.text for dt in first.all("dt")] == ["Next step", "Explained in"]
    assert first.all("code")[0].text == "lstm_step"


def test_skipped_checks_are_folded_under_the_root_of_their_cause() -> None:
    """A chain of skipped checks hangs under the one check that really failed, closed until asked for."""
    tree = page(half())
    folded, graded = tree.all("details")

    assert folded in list(tree.labelled("check-1").walk())
    assert folded.all("summary")[0].text == "2 checks skipped because of this one"
    assert [item.text for item in folded.all("li")] == [
        "No logits at all (0 of 2 points)",
        "A long list (0 of 2 points)",
    ]
    assert "open" not in folded.attrs
    assert graded.all("summary")[0].text == "How this was graded"


@pytest.mark.parametrize("cause", [None, "no.such", "b.b", "a.a"])
def test_skipped_checks_without_a_known_root_are_not_lost(cause: str | None) -> None:
    """Without a cause, or with an unknown, circular or passed one, they have a section of their own."""
    graded = record(check("a.a"), check("b.b", "skipped", cause=cause), check("c.c", "skipped", cause="b.b"))
    tree = page(graded)

    assert [item.text[:12] for item in tree.labelled("skipped").all("li")] == ["Title of b.b", "Title of c.c"]
    assert "Everything passes" not in tree.text


def test_what_passed_is_a_table_with_row_headings() -> None:
    """Passed checks are a table that reads well aloud: column headings, and each title the heading of its row."""
    (table,) = page(half()).labelled("passed").all("table")

    assert [(th.text, th.attrs["scope"]) for th in table.all("th")[:2]] == [("Check", "col"), ("Points", "col")]
    assert [th.attrs["scope"] for th in table.all("th")[2:]] == ["row", "row"]
    assert [td.text for td in table.all("td")] == ["2 of 2", "2 of 2"]


def test_written_answers_are_announced() -> None:
    """What a person grades is named in words, with its points, and linked from the score."""
    tree = page(half())

    assert [item.text for item in tree.labelled("by-hand").all("li")] == ["Exercise 1 written: up to 4 points"]
    assert "written answers, 4 points" in tree.labelled("score").text


def test_a_perfect_page_confirms_it() -> None:
    """Success is said in words, and there is nothing to look at first."""
    tree = page(perfect())

    assert "Everything passes." in tree.labelled("score").text
    assert "Look at this first" not in tree.text


def test_an_assignment_without_checks_does_not_claim_success() -> None:
    """Zero of zero checks is not "everything passes"."""
    text = page(record()).text

    assert "no automatic checks" in text
    assert "Everything passes" not in text


def test_rejected_says_why_and_what_now() -> None:
    """A rejected submission has a page of its own: the reason, that nothing ran, and what can be done."""
    tree = page(record(check("a.a", staff="STAFF ONLY"), status="rejected", score=0.0))

    assert "The file is not a notebook." in tree.labelled("rejected").text
    assert "0 of 2 points" in tree.labelled("score").text
    assert "Title of a.a" not in tree.text


def test_grader_error_takes_the_blame_and_shows_no_score() -> None:
    """Our fault reads as ours: no zero, no checks, and not our message, which may speak of paths."""
    text = page(record(check("a.a", "failed"), status="grader_error", message="/srv/secret: EIO")).text

    assert "the fault is ours" in text
    assert "A person will look" in text
    assert "of 2 points" not in text
    assert "secret" not in text
    assert "Title of a.a" not in text


@pytest.mark.parametrize("status", ["passed", "failed", "error", "timeout", "memory", "crashed", "skipped"])
def test_what_is_for_staff_stays_with_staff(status: str) -> None:
    """Assertion text and tracebacks of a suite reach no student's page, whatever the outcome."""
    graded = record(check("z.z", "failed", staff="STAFF ONLY"), check("a.a", status, cause="z.z", staff="STAFF ONLY"))

    assert "STAFF" not in student_page(graded)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("failed", "failed"),
        ("error", "raised an error"),
        ("timeout", "took too long"),
        ("memory", "out of memory"),
        ("crashed", "Python stopped"),
    ],
)
def test_outcome_is_in_words(status: str, word: str) -> None:
    """Each outcome is a word of its own, not a colour, and the sign beside it is hidden from screen readers."""
    (line,) = (p for p in page(record(check("a.a", status))).all("p") if p.attrs.get("class") == "status bad")

    assert line.text.endswith(f"{word}. Fixing this can bring up to 2 points.")
    assert [span.attrs["aria-hidden"] for span in line.all("span")] == ["true"]


def test_hostile_texts_add_no_element() -> None:
    """Attacks in every text leave the elements of the page as they are with tame texts."""
    wild = student_page(hostile())
    tame = student_page(hostile_made_tame())
    shapes = [[node.tag for node in parse(text).walk() if node.tag != "code"] for text in (wild, tame)]

    assert shapes[0] == shapes[1]
    assert "<script>alert(1)</script>" in parse(wild).all("h1")[0].text


def test_hostile_characters_are_made_visible() -> None:
    """No control character, surrogate or direction override gets out; each is shown as its escape."""
    wild = student_page(hostile())

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", wild)
    assert r"\x00\x1b[31m\u202eevil\u2066\ud800" in wild
    assert wild.encode()


def test_template_language_in_a_text_is_text() -> None:
    """What looks like a template expression is not evaluated."""
    assert "{{ 7*7 }}" in page(record(student=HOSTILE)).all("h1", "bdi")[1].text


def test_very_long_texts_are_cut() -> None:
    """A message of 1 MB costs a page of a few KB, which says how much is missing."""
    text = student_page(record(check("a.a", "failed", message="x" * 1_000_000, got="y" * 1_000_000)))

    assert len(text) < 20_000
    assert text.count("(998,000 more characters)") == 2


def test_footer_states_isolation_versions_and_file() -> None:
    """What it was graded under stands at the end: isolation, versions, the file and its hash."""
    footer = page(half()).all("footer")[0].text

    assert "landlock 6; seccomp yes; limits memory 2 GiB" in footer
    assert "torch 2.13.0" in footer
    assert "ab" * 32 in footer
    assert "not recorded" in page(record(isolation={})).all("footer")[0].text


def test_notes_on_the_file_are_shown() -> None:
    """That another file than the expected one was graded is said under the score."""
    graded = record(submission=SubmissionFile(path="x.ipynb", notes=["graded the lone notebook `x.ipynb`"]))

    assert "Please note: graded the lone notebook x.ipynb" in page(graded).labelled("score").text


def hostile_made_tame() -> Record:
    """The hostile record with a word for each of its texts."""
    wild = hostile()
    wild.student = wild.assignment = wild.started_at = wild.submission.path = wild.manual[0].cell = "word"
    wild.submission.notes = ["word"]
    wild.environment, wild.isolation = {"word": "word"}, {"word": "word"}
    for one in wild.checks:
        for name in ("title", "message", "hint", "expected", "got", "where", "mistake"):
            if getattr(one, name):
                setattr(one, name, "word")
    return wild


def test_the_heading_is_the_labs_title() -> None:
    """The title in words, with the lab's name beside it; a record of before has the name alone."""
    titled, bare = page(record(title="A scalar LSTM step")), page(record())
    name = record().assignment

    assert [node.text for node in titled.all("h1")] == ["A scalar LSTM step"]
    assert f"Feedback on {name}" in titled.all("header")[0].text
    assert [node.text for node in bare.all("h1")] == [name]


def test_nothing_handed_in_is_not_called_ungradable() -> None:
    """There is nothing to put right in a file that is not there, and no score either."""
    text = page(EVERY_KIND["missing"]).text

    assert "Nothing was handed in" in text
    assert "could not be graded as it is" not in text
    assert "of 10 points" not in text
    assert "could not be graded as it is" in page(EVERY_KIND["rejected"]).text
