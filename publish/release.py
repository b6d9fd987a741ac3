"""The release calendar: when videos become public, one at each date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from render.core.fault import UsageFault

_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM: Final = re.compile(r"\s*([a-z]+(?:\s*,\s*[a-z]+)*)\s+([01]?\d|2[0-3]):([0-5]\d)\s*")


@dataclass(frozen=True, slots=True)
class Calendar:
    """At the same time of day on some days of the week, as clocks in ``zone`` show it, summer time or not."""

    weekdays: frozenset[int]
    """0 is Monday."""
    at: time
    zone: ZoneInfo

    def dates(self, after: datetime, taken: Collection[datetime] = ()) -> Iterator[datetime]:
        """Moments of the calendar later than ``after``, in order and without end, but for those that are ``taken``.

        A time that a clock leaves out in spring is the one an hour later; of one that it shows twice in autumn, the
        first counts.
        """
        day = after.astimezone(self.zone).date()
        while True:
            moment = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if day.weekday() in self.weekdays and moment > after and moment not in taken:
                yield moment
            day += timedelta(days=1)


def read_calendar(every: str, zone: str) -> Calendar:
    """The calendar of ``mon,thu 16:00`` (or ``daily 16:00``) in the time zone ``Europe/Berlin``.

    Raises :class:`UsageFault` for anything else.
    """
    form = _FORM.fullmatch(every.casefold())
    if form is None:
        raise UsageFault(
            f"--every {every!r}: expected days and a time, such as “mon,thu 16:00” or “daily 16:00”."
        )
    names = [name.strip() for name in form[1].split(",")]
    if unknown := [name for name in names if name not in (*_WEEK, "daily")]:
        raise UsageFault(f"--every {every!r}: {unknown[0]} is no day; expected {', '.join(_WEEK)} or daily.")
    days = frozenset(range(7)) if "daily" in names else frozenset(map(_WEEK.index, names))
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageFault(
            f"--zone {zone}: no such time zone; expected a name such as Europe/Berlin or UTC."
        ) from None
    return Calendar(days, time(int(form[2]), int(form[3])), place)
