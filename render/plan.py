"""What has to be drawn, and why.  Pure: looks at what it is given, draws and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from render.fingerprint import Inputs, chapter_inputs, joiner, key, meaning_of, poster_inputs
from render.probe import Probe
from render.profile import TICKS_PER_SECOND, Profile
from render.store import digest_text
from render.timeline import Timeline

_ASSEMBLING = ("assemble.py", "caption.py", "encode.py", "loudness.py", "mix.py", "timeline.py")
"""Sources that shape a lesson's files without shaping a picture."""


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
    """Frames that are drawn one by one; the rest are held."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece that has to be drawn, with the reason in words."""

    piece: Piece
    reason: str
    changed: tuple[str, ...] = ()
    """The names of all inputs that differ from the last time, if that is the reason."""


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

    ``whole`` holds the keys that the store has; ``last`` maps the name of each piece to the inputs it was last
    made from, which is what a reason is told against.
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
    """The chapters' pieces in order, and the poster's."""
    slug = probe.timeline.slug
    pieces = []
    for chapter in probe.timeline.chapters:
        inputs = chapter_inputs(probe.around, probe.sources.chapters[chapter.name], chapter, profile)
        frames = chapter.ticks * profile.fps // TICKS_PER_SECOND
        moving = chapter.moving * profile.fps // TICKS_PER_SECOND
        pieces.append(Piece(slug, chapter.name, chapter.title, key(inputs), inputs, frames, moving))
    inputs = poster_inputs(probe.around, probe.sources.poster)
    return tuple(pieces), Piece(slug, "poster", "Poster", key(inputs), inputs, 1, 1)


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
    """Names of the inputs that a piece has other than the last time, in order; none if it was never made."""
    if last is None:
        return ()
    names = piece.inputs.keys() | last.keys()
    return tuple(sorted(name for name in names if piece.inputs.get(name) != last.get(name)))


def lesson_key(timeline: Timeline, profile: Profile, pieces: Sequence[Piece], poster: Piece) -> str:
    """The key of a whole lesson: its pictures, its words and what puts them together, ffmpeg included.

    Lines of the scene's file do not count: no published file names them.
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
    own = [meaning_of(Path(__file__).parent / name) for name in _ASSEMBLING]
    words = [timeline.slug, timeline.title, timeline.voice, told]
    parts = [words, repr(profile), [piece.key for piece in pieces], poster.key, own, joiner()]
    return digest_text(json.dumps(parts, sort_keys=True))
