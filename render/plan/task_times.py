"""How long each task took the last time: what a plan expects by, and what a task that hangs is known by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from render.store.store import Store, read_json, write_json

JOIN: Final = "assemble"
"""The name of the task that puts a lesson together."""
JOIN_COPIES: Final = "copies"
"""The name of the task that joins the copies of a lesson; the other tasks have the names of pieces."""


def copying(piece: str) -> str:
    """The name of the task that makes the copies of a chapter."""
    return f"copies of {piece}"


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """The seconds of each topic's tasks, in one quality: one file a topic in the store's folder ``clock``.

    Nothing depends on them but how well a forecast foretells, so what was lost or cannot be read counts as unknown.
    """

    store: Store
    quality: str

    def of(self, slug: str) -> Mapping[str, float]:
        """Seconds of wall clock that each task of a topic took the last time, by the task's name."""
        noted = read_json(self.store.root / "clock" / f"{slug}-{self.quality}.json") or {}
        return {task: seconds for task, seconds in noted.items() if isinstance(seconds, int | float)}

    def note(self, slug: str, task: str, seconds: float) -> None:
        """A task of a topic has taken so long.  Safe beside other runs."""
        with self.store.locked():
            noted = {**self.of(slug), task: round(seconds, 2)}
            write_json(self.store.root / "clock" / f"{slug}-{self.quality}.json", noted)

    def mean(self, task: str) -> float | None:
        """Seconds that a task of this name took on average over all topics; none where no topic had one."""
        suffix = f"-{self.quality}.json"
        slugs = [path.name.removesuffix(suffix) for path in (self.store.root / "clock").glob(f"*{suffix}")]
        known = [took[task] for slug in slugs if task in (took := self.of(slug))]
        return sum(known) / len(known) if known else None
