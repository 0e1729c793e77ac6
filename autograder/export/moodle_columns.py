"""Tell which column of Moodle's grading worksheet is which, in the language that its owner has Moodle in.

The headers are Moodle's own strings, so they come in a table by language. In a language that is not in it the columns
are told by what is in them and by Moodle's order, which is the same in all: the identifier first, then grade, maximum,
whether it can be changed, times of change, feedback.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.export.spreadsheet import listed, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.export.spreadsheet import Sheet

_PARTICIPANT = re.compile(r"(?P<word>\D*[^\d\s])\s?(?P<number>\d+)")  # `Participant 12`, `Teilnehmer/in12`


class Language(NamedTuple):
    """Moodle's headers in one language, and its word for a grade that can't be changed."""

    identifier: str
    grade: str
    most: str
    open: str
    modified: str
    feedback: str
    keys: tuple[str, ...]
    no: str


LANGUAGES = {
    "en": Language(
        *("Identifier", "Grade", "Maximum Grade", "Grade can be changed", "Last modified (grade)", "Feedback comments"),
        ("Username", "ID number", "Email address"),
        "No",
    ),
    "de": Language(
        *("ID", "Bewertung", "Bestwertung", "Bewertung kann geändert werden", "Zuletzt geändert (Bewertung)"),
        "Feedback als Kommentar",
        ("Anmeldename", "ID-Nummer", "Matrikelnummer", "E-Mail-Adresse"),
        "Nein",
    ),
    "fr": Language(
        *("Identifiant", "Note", "Note maximale", "La note peut être modifiée", "Dernière modification (note)"),
        "Feedback par commentaires",
        ("Nom d'utilisateur", "Numéro d'identification", "Adresse de courriel"),
        "Non",
    ),
    "es": Language(
        *("Identificador", "Calificación", "Calificación máxima", "La calificación puede ser cambiada"),
        "Última modificación (calificación)",
        "Comentarios de retroalimentación",
        ("Nombre de usuario", "Número de ID", "Dirección de correo"),
        "No",
    ),
    "pt_br": Language(
        *("Identificador", "Nota", "Nota máxima", "Nota pode ser alterada", "Última modificação (nota)"),
        "Comentários de feedback",
        ("Identificação de usuário", "Número de identificação", "Endereço de email"),
        "Não",
    ),
}


class Columns(NamedTuple):
    """The places of the worksheet's columns; `no` is the word for a locked grade, "" where it is not known."""

    identifier: int
    grade: int
    most: int | None
    open: int | None
    feedback: int | None
    feedback_called: str
    keys: list[int]
    no: str


def columns_of(sheet: Sheet) -> Columns:
    """The columns; raises `UsageError` where they can't be told, or where what Moodle needs is missing."""
    language = max(LANGUAGES.values(), key=lambda words: sum(header.strip() in words[:6] for header in sheet.header))
    needed = {name: sheet.column(name) for name in (language.identifier, language.grade, language.modified)}
    places = [place for place in needed.values() if place is not None]
    if len(places) == len(needed):
        most, can_change, feedback = (sheet.column(name) for name in (language.most, language.open, language.feedback))
        keys = [places[0], *(place for key in language.keys if (place := sheet.column(key)) is not None)]
        return Columns(places[0], places[1], most, can_change, feedback, language.feedback, keys, language.no)
    if not places and (found := _by_order(sheet)) is not None:
        return found
    missing = listed([name for name, place in needed.items() if place is None])
    raise UsageError(f"no column {missing} in --into: download the grading worksheet again, and edit nothing")


def numbers(sheet: Sheet, identifier: int) -> Callable[[str], str]:
    """Return a function that turns `Participant 12` into 12, whatever Moodle's word is, and leaves other ids alone.

    Raises `UsageError` that names identifiers that are none.
    """
    found = [_PARTICIPANT.fullmatch(row[identifier].strip()) for row in sheet.rows]
    words = {match["word"] for match in found if match}
    word = min(words, key=lambda word: (word != "Participant", word), default="Participant")
    cells = [
        row[identifier] for row, match in zip(sheet.rows, found, strict=True) if match is None or match["word"] != word
    ]
    if cells:
        raise UsageError(f"identifiers that are not `{word} <number>` in --into: {listed(cells)}; download it again")

    def spelt(name: str) -> str:
        match = _PARTICIPANT.fullmatch(name.strip())
        return match["number"] if match and match["word"] == word else name.strip()

    return spelt


def _by_order(sheet: Sheet) -> Columns | None:
    """Find the columns in a language that is not in the table; None where it is not clear."""
    columns = list(zip(*sheet.rows, strict=True))
    if not columns or not all(_PARTICIPANT.fullmatch(cell.strip()) for cell in columns[0]):
        return None
    most = [place for place in range(2, len(columns)) if _is_maximum(columns[place - 1], columns[place])]
    if len(most) != 1:
        return None
    dated = [place for place in range(most[0] + 2, len(columns)) if all(map(_may_be_time, columns[place]))]
    if not dated:
        return None
    feedback = dated[-1] + 1 if dated[-1] + 1 < len(columns) else None
    keys = list(range(most[0] - 1))
    return Columns(0, most[0] - 1, most[0], None, feedback, "", keys, "")


def _is_maximum(before: tuple[str, ...], cells: tuple[str, ...]) -> bool:
    """Tell whether a column has the same positive number in each row, beside grades or nothing."""
    alike = len(set(cells)) == 1 and (number(cells[0]) or 0) > 0
    return alike and all(cell.strip() in {"", "-"} or number(cell) is not None for cell in before)


def _may_be_time(cell: str) -> bool:
    return cell.strip() == "-" or any(letter.isdigit() for letter in cell)
