"""Plans: every reason in words, and no job without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from render.plan import cut, plan_lesson
from render.probe import Probe
from render.profile import PROFILES
from render.timeline import Beat, Chapter, Timeline

ROOT = Path(__file__).parents[2]
WEB = PROFILES["web"]


def _chapter(name: str, ticks: int, moving: int) -> Chapter:
    beat = Beat("Said.", 0, ticks, ticks / 15, (), 1)
    return Chapter(name, name.title(), (), ticks, (beat,), 1, moving, (moving, ticks - moving))


PROBE = Probe(
    Timeline("tiny", "Tiny", "silent/1", (_chapter("one", 30, 15), _chapter("two", 45, 15))),
    {"scenes/tiny.py": "a"},
    {"scenes/kit/ink.py": "b"},
    {"one": "1", "two": "2", "": "0"},
)


def reasons(
    probe: Probe = PROBE, whole: frozenset[str] = frozenset(), *, forced: bool = False, quality: str = "web"
) -> dict[str, str]:
    """What is drawn and why, for somebody who last drew PROBE in web quality."""
    pieces, poster = cut(ROOT, PROBE, WEB)
    last = {piece.name: piece.inputs for piece in (*pieces, poster)}
    plan = plan_lesson(ROOT, probe, PROFILES[quality], whole=whole, last=last, forced=forced)
    return {job.piece.name: job.reason for job in plan.jobs}


@pytest.fixture
def everything() -> frozenset[str]:
    pieces, poster = cut(ROOT, PROBE, WEB)
    return frozenset(piece.key for piece in (*pieces, poster))


def test_frames_follow_the_grid() -> None:
    pieces, poster = cut(ROOT, PROBE, WEB)
    assert [(piece.frames, piece.moving) for piece in pieces] == [(60, 30), (90, 30)]
    assert poster.name == "poster"
    full, _ = cut(ROOT, PROBE, PROFILES["full"])
    assert [piece.frames for piece in full] == [120, 180]


def test_what_is_whole_is_not_drawn(everything: frozenset[str]) -> None:
    assert reasons(whole=everything) == {}


def test_what_was_never_drawn_is_new() -> None:
    plan = plan_lesson(ROOT, PROBE, WEB, whole=frozenset(), last={})
    assert {job.piece.name: job.reason for job in plan.jobs} == {"one": "new", "two": "new", "poster": "new"}


def test_what_was_lost_is_missing() -> None:
    assert reasons() == {"one": "output missing", "two": "output missing", "poster": "output missing"}


def test_force_draws_all(everything: frozenset[str]) -> None:
    assert set(reasons(whole=everything, forced=True).values()) == {"forced"}


def test_a_chapter_of_other_code_is_drawn_alone(everything: frozenset[str]) -> None:
    edited = replace(PROBE, chapters={**PROBE.chapters, "two": "9"})
    assert reasons(edited, everything) == {"two": "changed: chapter's code"}


def test_other_timing_redraws_the_chapter_and_not_its_neighbours(everything: frozenset[str]) -> None:
    one, two = PROBE.timeline.chapters
    slower = replace(PROBE.timeline, chapters=(replace(one, plays=(15, 30), ticks=45), two))
    assert reasons(replace(PROBE, timeline=slower), everything) == {"one": "changed: timing"}


def test_other_words_of_the_same_timing_redraw_nothing(everything: frozenset[str]) -> None:
    one, two = PROBE.timeline.chapters
    (beat,) = one.beats
    reworded = replace(PROBE.timeline, chapters=(replace(one, beats=(replace(beat, text="Told."),)), two))
    assert reasons(replace(PROBE, timeline=reworded), everything) == {}


def test_a_changed_part_of_the_kit_redraws_all_and_is_named(everything: frozenset[str]) -> None:
    edited = replace(PROBE, sources={"scenes/kit/ink.py": "c"})
    assert set(reasons(edited, everything).values()) == {"changed: source scenes/kit/ink.py"}


def test_another_profile_redraws_the_chapters_and_keeps_the_poster(everything: frozenset[str]) -> None:
    assert reasons(whole=everything, quality="draft") == {
        "one": "changed: profile",
        "two": "changed: profile",
    }
