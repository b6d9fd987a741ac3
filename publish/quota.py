"""YouTube's quota: what an API project may do in a day, what it has done today, and how many days a plan takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from publish.ledger import write_durably
from publish.step import Cost, Day, Halt, Step
from render.store.store import read_json

UPLOADS_A_DAY: Final = 100
PACIFIC: Final = ZoneInfo("America/Los_Angeles")
"""Google's days begin at midnight there."""

COSTS: Final = {
    "captions.insert": Cost(1, 400),
    "captions.list": Cost(1, 50),
    "captions.update": Cost(1, 450),
    "channels.list": Cost(1, 1),
    "playlistItems.delete": Cost(1, 50),
    "playlistItems.insert": Cost(1, 50),
    "playlistItems.list": Cost(1, 1),
    "playlistItems.update": Cost(1, 50),
    "playlists.insert": Cost(1, 50),
    "playlists.list": Cost(1, 1),
    "playlists.update": Cost(1, 50),
    "thumbnails.set": Cost(1, 50),
    "videos.insert": Cost(1, uploads=1),  # has a bucket of its own since 2026
    "videos.list": Cost(1, 1),
    "videos.update": Cost(1, 50),
}
"""What a call of the API costs, whether it succeeds or not."""


def day_of(now: datetime) -> date:
    """The day of the quota in which ``now`` lies."""
    return now.astimezone(PACIFIC).date()


def next_day(now: datetime) -> datetime:
    """When the quota of the next day begins."""
    return _start(day_of(now) + timedelta(days=1))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), PACIFIC).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent of one day's quota."""

    units: int = 0
    uploads: int = 0


class Meter:
    """Counts what is spent in a day; the count stands in ``file``, because it must outlive a run."""

    def __init__(self, file: Path, units_a_day: int, now: Callable[[], datetime]) -> None:
        self._file = file
        self.units_a_day = units_a_day
        self.now = now

    def spent(self) -> Spent:
        """What was spent today."""
        record = read_json(self._file) or {}
        if record.get("day") != day_of(self.now()).isoformat():
            return Spent()
        units, uploads = record.get("units"), record.get("uploads")
        return Spent(units if isinstance(units, int) else 0, uploads if isinstance(uploads, int) else 0)

    def spend(self, cost: Cost) -> None:
        """Count a call before it is made; :class:`Halt` where the day's quota does not allow it."""
        spent, now = self.spent(), self.now()
        if spent.units + cost.units > self.units_a_day:
            raise Halt(
                f"The quota of today is used: {spent.units:,} of {self.units_a_day:,} units, and the next call takes "
                f"{cost.units}.",
                next_day(now),
            )
        if spent.uploads + cost.uploads > UPLOADS_A_DAY:
            raise Halt(f"Today's {UPLOADS_A_DAY} uploads are made.", next_day(now))
        record = {
            "day": day_of(now).isoformat(),
            "units": spent.units + cost.units,
            "uploads": spent.uploads + cost.uploads,
        }
        write_durably(self._file, json.dumps(record) + "\n", 0o600)


def spread(steps: Iterable[Step], spent: Spent, units_a_day: int, now: datetime) -> tuple[Day, ...]:
    """Steps by the days in which the quota allows them, in their order; the first day is what is left of today."""
    days: list[tuple[datetime, list[Step]]] = [(now, [])]
    units, uploads = spent.units, spent.uploads
    for step in steps:
        full = units + step.cost.units > units_a_day or uploads + step.cost.uploads > UPLOADS_A_DAY
        if full and (units or uploads):  # a step too large for any day gets one of its own
            start, _ = days[-1]
            days.append((next_day(start), []))
            units = uploads = 0
        days[-1][1].append(step)
        units += step.cost.units
        uploads += step.cost.uploads
    return tuple(Day(start, tuple(done)) for start, done in days if done)
