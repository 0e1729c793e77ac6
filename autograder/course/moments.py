"""Times as people and programs write them, in `course.yml` and in `timestamp.txt`, and the zones they are meant in."""

from __future__ import annotations

import functools
import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_END_OF_DAY = time(23, 59, 59)
_WITH_ZONE = re.compile(r"(\d{4}-\d\d-\d\d(?:[T ]\d\d[:.\d]*)?) *([A-Za-z][\w/+-]*|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


@functools.lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone of that name, `Europe/Berlin`; raises `ValueError`."""
    try:
        return UTC if name in {"", "UTC", "Z"} else ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"no time zone {name!r}") from error


def read_moment(value: object, local: tzinfo) -> datetime:
    """A time as people and programs write it; `local` is meant where it names no zone. Raises `ValueError`.

    `2026-10-25 19:45:00.123 CET`, with `T`, without seconds, with an offset or `Europe/Berlin`; a date alone is the end
    of that day. YAML has read some of them as dates already.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=local)
    if isinstance(value, date):
        return datetime.combine(value, _END_OF_DAY, local)
    if not isinstance(value, str) or not (parts := _WITH_ZONE.fullmatch(value.strip())):
        raise ValueError(f"{value!r} is no time")
    stamp, named = parts.groups()
    if named and named[0] in "+-":
        local = datetime.strptime(named.ljust(5, "0"), "%z").tzinfo or local
        named = None
    moment = datetime.fromisoformat(stamp)
    if len(stamp) == len("2026-10-25"):
        moment = datetime.combine(moment, _END_OF_DAY)
    return _in_zone(moment, named, local) if named else moment.replace(tzinfo=local)


def _in_zone(moment: datetime, named: str, local: tzinfo) -> datetime:
    """Put `moment` on the clocks of a zone, or of all zones with this short name (`CEST`) at that time."""
    try:
        told = [moment.replace(tzinfo=zone(named), fold=fold) for fold in (0, 1)]
        return next((each for each in told if each.tzname() == named), told[0])
    except ValueError:
        for places in ([local], map(zone, sorted(available_timezones() - {"localtime"}))):
            told = [moment.replace(tzinfo=place, fold=fold) for place in places for fold in (0, 1)]
            offsets = {each.utcoffset() for each in told if each.tzname() == named}
            if len(offsets) == 1:
                return next(each for each in told if each.tzname() == named)
        raise
