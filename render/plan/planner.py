"""Plans held against a store: what of a lesson has to be drawn, whether it has to be joined, what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from render.core.copy_form import COPIES
from render.core.profile import Profile
from render.plan.copy_key import chapter_copy_key, copy_key
from render.plan.fingerprint import Inputs
from render.plan.forecast import LessonForecast
from render.plan.lesson_plan import LessonPlan, Piece, cut, lesson_key, plan_lesson
from render.plan.probe import Probe
from render.plan.task_times import TaskTimes
from render.store.manifest import read_manifest
from render.store.store import Record, Store, read_json, write_json

Lookup = Callable[[str, str, str], object]
"""Whether there is an object of a kind, a key and a suffix: :meth:`Store.glance` or :meth:`Store.holds`."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans lessons in one quality; with ``forced`` everything is to be made anew."""

    store: Store
    profile: Profile
    forced: bool = False

    @property
    def times(self) -> TaskTimes:
        """How long tasks of this quality took."""
        return TaskTimes(self.store, self.profile.name)

    def plan(self, probe: Probe, has: Lookup) -> LessonPlan:
        """What has to be drawn for a lesson that has been told; ``has`` looks into the store."""
        pieces, poster = cut(probe, self.profile)
        whole = {piece.key for piece in pieces if has("segment", piece.key, ".h264")}
        if has("poster", poster.key, ".png"):
            whole.add(poster.key)
        return plan_lesson(
            probe,
            self.profile,
            whole=frozenset(whole),
            last=self._made_from(probe.timeline.slug),
            forced=self.forced,
        )

    def forecast(self, probe: Probe, unsaid: int = 0, *, copies: bool = False) -> LessonForecast:
        """What a render would do for a lesson, as far as can be told without fetching or writing anything.

        ``unsaid`` is the number of its sentences that have to be said first; with ``copies`` the render is one that
        makes the copies for the public as well.
        """
        plan = self.plan(probe, self.store.holds)
        listed = self.listed(plan)
        joins = bool(plan.jobs) or listed is None
        took = self.times.of(probe.timeline.slug)
        if not copies:
            return LessonForecast(plan, took, joins, unsaid)
        uncopied = self.uncopied(plan, self.store.holds)
        lists = bool(uncopied) or joins or (listed is not None and not self.is_copied(plan, listed))
        return LessonForecast(plan, took, joins, unsaid, uncopied, lists)

    def listed(self, plan: LessonPlan) -> Record | None:
        """What the manifest has of this very lesson; none where it has to be joined anew."""
        entry: Record | None = read_manifest(self.store.build).get(plan.probe.timeline.slug)
        key = lesson_key(plan.probe.timeline, self.profile, plan.pieces, plan.poster)
        return entry if entry and entry.get("key") == key and not self.forced else None

    def uncopied(self, plan: LessonPlan, has: Lookup) -> tuple[Piece, ...]:
        """The chapters of which copies for the public have to be made; ``has`` looks into the store."""
        return tuple(
            piece
            for piece in plan.pieces
            if self.forced
            or not all(has(form.chapter, chapter_copy_key(piece, form), ".h264") for form in COPIES)
        )

    def is_copied(self, plan: LessonPlan, entry: Record) -> bool:
        """Whether ``entry``, a lesson's line in the manifest, lists the copies that belong to the lesson now."""
        return not self.forced and all(
            entry["files"].get(form.role, {}).get("key") == copy_key(entry["key"], plan.pieces, form)
            for form in COPIES
        )

    def note(self, piece: Piece) -> None:
        """A piece has been drawn: the next plan tells what has changed since.  Safe beside other runs."""
        with self.store.locked():
            noted = {**self._made_from(piece.slug), piece.name: piece.inputs}
            write_json(self._last(piece.slug), noted)

    def _made_from(self, slug: str) -> dict[str, Inputs]:
        """The inputs that each piece of a topic was last made from, by its name."""
        noted = read_json(self._last(slug)) or {}
        return {name: inputs for name, inputs in noted.items() if isinstance(inputs, dict)}

    def _last(self, slug: str) -> Path:
        return self.store.root / "last" / f"{slug}-{self.profile.name}.json"
