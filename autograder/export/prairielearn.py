"""PrairieLearn's table of scores, for "Upload new total scores" of an assessment: `uid,instance,score_perc`.

PrairieLearn goes by the address that a student signs in with. The score is a percentage: the assessment there may count
to other points than the lab here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.export.spreadsheet import Filled, Sheet, listed, write_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.export.final_score import Final

_INSTANCE = "1"  # the first, and mostly the only, instance of an assessment that a student has


def prairielearn_csv(results: Sequence[Final]) -> Filled:
    """The table, and who has no address; raises `UsageError` where two folders have the same one."""
    graded = [result for result in results if result.score is not None]
    addresses = {result.record.student: _address(result) for result in graded}
    again = [address for address, count in Counter(addresses.values()).items() if address and count > 1]
    if again:
        raise UsageError(f"two folders for one address: {listed(again)}; nothing was written")
    rows = [
        [address, _INSTANCE, f"{100 * (result.score or 0.0) / result.max_score:.4f}".rstrip("0").rstrip(".")]
        for result in graded
        if result.max_score > 0 and (address := addresses[result.record.student])
    ]
    notes = [] if rows else ["nobody has an address"]
    return Filled(
        write_sheet(Sheet(["uid", "instance", "score_perc"], rows)),
        notes,
        [result.who for result in graded if not addresses[result.record.student]],
    )


def _address(result: Final) -> str:
    """The first id of a student that is an e-mail address, "" where there is none."""
    return next((name for name in result.known_as if "@" in name and not set(name) & set(" ,;\"'=")), "")
