"""The plan of a lesson: its pieces, which of them have to be drawn, and why.  Reads no store and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from render.core.fault import JobFault
from render.core.profile import TICKS_PER_SECOND, Profile
from render.core.timeline import Timeline
from render.plan.fingerprint import Inputs, chapter_inputs, joiner, key_of, poster_inputs
from render.plan.probe import Probe
from render.store.digest import digest_text, meaning_of

_ASSEMBLING = (
    "encode/assemble.py",
    "encode/caption.py",
    "encode/ffmpeg.py",
    "encode/loudness.py",
    "encode/mix.py",
    "core/timeline.py",
)
"""Our sources that decide what a lesson's files contain, apart from its pictures."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A chapter or the poster of a lesson, and the key of its pictures."""

    slug: str
    name: str
    """The chapter's method; ``poster`` for the thumbnail."""
    title: str
    key: str
    inputs: Inputs
    frames: int
    moving: int
    """Frames that are drawn one by one; the others are held, and cost next to nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece that has to be drawn, with the reason in words."""

    piece: Piece
    reason: str
    changed: tuple[str, ...] = ()
    """The names of the inputs that differ from the last time, if that is the reason; else empty."""


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """All pieces of a lesson in order, and those among them that have to be drawn."""

    probe: Probe
    pieces: tuple[Piece, ...]
    poster: Piece
    jobs: tuple[Job, ...]


def plan_lesson(
    probe: Probe,
    profile: Profile,
    *,
    whole: frozenset[str],
    last: Mapping[str, Inputs],
    forced: bool = False,
) -> LessonPlan:
    """Plan a lesson in one quality.

    ``whole`` has the keys of the pieces that are in the store.  ``last`` has the inputs that each piece was last made
    from, by its name; a reason tells what differs from them.  With ``forced`` all pieces are drawn.
    """
    pieces, poster = cut(probe, profile)
    jobs = []
    for piece in (*pieces, poster):
        made_from = last.get(piece.name)
        reason = why(piece, piece.key in whole, made_from, forced=forced)
        if reason:
            jobs.append(Job(piece, reason, () if forced else changed_inputs(piece, made_from)))
    return LessonPlan(probe, pieces, poster, tuple(jobs))


def cut(probe: Probe, profile: Profile) -> tuple[tuple[Piece, ...], Piece]:
    """A lesson cut into its pieces: those of the chapters in order, and the poster.

    :class:`JobFault` for a chapter that is in no act of the lesson: nobody knows what its pictures depend on.
    """
    slug = probe.timeline.slug
    pieces = []
    if not probe.timeline.chapters:
        raise JobFault(f"{slug}: its lesson has no chapter. Expected a method that is marked @chapter(...).")
    for chapter in probe.timeline.chapters:
        if chapter.name not in probe.sources.chapters:
            raise JobFault(
                f"{chapter.where}: chapter {chapter.name} is in no act of {slug}: expected every chapter in a class "
                "that is made from Lesson, in the lesson's own package. Move it there."
            )
        inputs = chapter_inputs(probe.around, probe.sources.chapters[chapter.name], chapter, profile)
        frames = chapter.ticks * profile.fps // TICKS_PER_SECOND
        moving = chapter.moving * profile.fps // TICKS_PER_SECOND
        pieces.append(Piece(slug, chapter.name, chapter.title, key_of(inputs), inputs, frames, moving))
    inputs = poster_inputs(probe.around, probe.sources.poster)
    return tuple(pieces), Piece(slug, "poster", "Poster", key_of(inputs), inputs, 1, 1)


def why(piece: Piece, whole: bool, last: Inputs | None, *, forced: bool) -> str | None:
    """The reason to draw a piece, in words; none when it need not be drawn."""
    if forced:
        return "forced"
    if whole:
        return None
    if last is None:
        return "new"
    changed = changed_inputs(piece, last)
    if not changed:
        return "output missing"
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"changed: {changed[0]}{more}"


def changed_inputs(piece: Piece, last: Inputs | None) -> tuple[str, ...]:
    """Names of the inputs of a piece that differ from the ``last`` ones, sorted; empty if it was never made."""
    if last is None:
        return ()
    names = piece.inputs.keys() | last.keys()
    return tuple(sorted(name for name in names if piece.inputs.get(name) != last.get(name)))


def lesson_key(timeline: Timeline, profile: Profile, pieces: Sequence[Piece], poster: Piece) -> str:
    """The key of a whole lesson: its pictures, its words and what puts them together, ffmpeg included.

    Files and lines of the lesson's code do not count: no published file names them.
    """
    told = [
        [
            [chapter.name, chapter.title, chapter.explains, chapter.ticks],
            [
                [
                    beat.text,
                    beat.start,
                    beat.ticks,
                    beat.speech,
                    [(w.text, w.start, w.end) for w in beat.words],
                ]
                for beat in chapter.beats
            ],
        ]
        for chapter in timeline.chapters
    ]
    own = [meaning_of(Path(__file__).parents[1] / name) for name in _ASSEMBLING]
    words = [timeline.slug, timeline.title, timeline.voice, told]
    parts = [words, repr(profile), [piece.key for piece in pieces], poster.key, own, joiner()]
    return digest_text(json.dumps(parts, sort_keys=True))
