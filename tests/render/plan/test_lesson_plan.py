"""Plans: every reason in words, and no job without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from render.core.profile import PROFILES
from render.core.timeline import Beat, Chapter, Timeline
from render.plan.fingerprint import joiner
from render.plan.forecast import makespan
from render.plan.lesson_plan import cut, lesson_key, plan_lesson
from render.plan.probe import Probe, Sources

WEB = PROFILES["web"]


def _chapter(name: str, ticks: int, moving: int) -> Chapter:
    beat = Beat("Said.", 0, ticks, ticks / 15, (), "scenes/tiny/__init__.py", 1)
    return Chapter(
        name, name.title(), (), ticks, (beat,), "scenes/tiny/__init__.py", 1, moving, (moving, ticks - moving)
    )


PROBE = Probe(
    Timeline("tiny", "Tiny", "silent/1", (_chapter("one", 30, 15), _chapter("two", 45, 15))),
    {"scenes/tiny.py": "a"},
    Sources(
        chapters={
            "one": {"scenes/tiny.py": "1", "scenes/kit/ink.py": "b"},
            "two": {"scenes/tiny.py": "2", "scenes/kit/ink.py": "b", "scenes/kit/plane.py": "c"},
        },
        poster={"scenes/tiny.py": "0", "scenes/kit/ink.py": "b"},
        said={"one": "x", "two": "y"},
    ),
    {"version of manim": "0.22", "fonts": "f"},
)


def with_code(chapter: str, **files: str) -> Probe:
    """PROBE with other code in one chapter."""
    code = {**PROBE.sources.chapters[chapter], **{f"scenes/{name}.py": text for name, text in files.items()}}
    chapters = {**PROBE.sources.chapters, chapter: code}
    return replace(PROBE, sources=replace(PROBE.sources, chapters=chapters))


def reasons(
    probe: Probe = PROBE, whole: frozenset[str] = frozenset(), *, forced: bool = False, quality: str = "web"
) -> dict[str, str]:
    """What is drawn and why, for somebody who last drew PROBE in web quality."""
    pieces, poster = cut(PROBE, WEB)
    last = {piece.name: piece.inputs for piece in (*pieces, poster)}
    plan = plan_lesson(probe, PROFILES[quality], whole=whole, last=last, forced=forced)
    return {job.piece.name: job.reason for job in plan.jobs}


@pytest.fixture
def everything() -> frozenset[str]:
    pieces, poster = cut(PROBE, WEB)
    return frozenset(piece.key for piece in (*pieces, poster))


def test_frames_follow_the_grid() -> None:
    pieces, poster = cut(PROBE, WEB)
    assert [(piece.frames, piece.moving) for piece in pieces] == [(60, 30), (90, 30)]
    assert poster.name == "poster"
    full, _ = cut(PROBE, PROFILES["full"])
    assert [piece.frames for piece in full] == [120, 180]


def test_chapters_that_reach_the_same_code_have_keys_of_their_own() -> None:
    same = PROBE.sources.chapters["one"]
    twins = replace(
        PROBE,
        timeline=replace(PROBE.timeline, chapters=(_chapter("one", 30, 15), _chapter("two", 30, 15))),
        sources=replace(PROBE.sources, chapters={"one": same, "two": same}),
    )
    pieces, _ = cut(twins, WEB)
    assert pieces[0].key != pieces[1].key


def test_what_is_whole_is_not_drawn(everything: frozenset[str]) -> None:
    assert reasons(whole=everything) == {}


def test_what_was_never_drawn_is_new() -> None:
    plan = plan_lesson(PROBE, WEB, whole=frozenset(), last={})
    assert {job.piece.name: job.reason for job in plan.jobs} == {"one": "new", "two": "new", "poster": "new"}


def test_what_was_lost_is_missing() -> None:
    assert reasons() == {"one": "output missing", "two": "output missing", "poster": "output missing"}


def test_force_draws_all(everything: frozenset[str]) -> None:
    assert set(reasons(whole=everything, forced=True).values()) == {"forced"}


def test_a_chapter_of_other_code_is_drawn_alone(everything: frozenset[str]) -> None:
    assert reasons(with_code("two", tiny="9"), everything) == {"two": "changed: scenes/tiny.py"}


def test_all_that_has_changed_is_known(everything: frozenset[str]) -> None:
    edited = with_code("two", tiny="9", **{"kit/plane": "d"})
    pieces, _ = cut(PROBE, WEB)
    last = {piece.name: piece.inputs for piece in pieces}
    (job,) = [
        job for job in plan_lesson(edited, WEB, whole=everything, last=last).jobs if job.piece.name == "two"
    ]
    assert job.reason == "changed: scenes/kit/plane.py and 1 more"
    assert job.changed == ("scenes/kit/plane.py", "scenes/tiny.py")


def test_another_version_or_font_redraws_all(everything: frozenset[str]) -> None:
    newer = replace(PROBE, around={**PROBE.around, "version of manim": "0.23"})
    assert reasons(newer, everything) == dict.fromkeys(("one", "two", "poster"), "changed: version of manim")
    other = replace(PROBE, around={**PROBE.around, "fonts": "g"})
    assert reasons(other, everything) == dict.fromkeys(("one", "two", "poster"), "changed: fonts")


def test_other_timing_redraws_the_chapter_and_not_its_neighbours(everything: frozenset[str]) -> None:
    one, two = PROBE.timeline.chapters
    slower = replace(PROBE.timeline, chapters=(replace(one, plays=(15, 30), ticks=45), two))
    assert reasons(replace(PROBE, timeline=slower), everything) == {"one": "changed: timing"}


def test_other_words_of_the_same_timing_redraw_nothing(everything: frozenset[str]) -> None:
    one, two = PROBE.timeline.chapters
    (beat,) = one.beats
    reworded = replace(PROBE.timeline, chapters=(replace(one, beats=(replace(beat, text="Told."),)), two))
    assert reasons(replace(PROBE, timeline=reworded), everything) == {}


def test_what_a_chapter_hears_of_its_words_counts_to_the_last_digit(everything: frozenset[str]) -> None:
    one, two = PROBE.timeline.chapters
    heard = replace(PROBE.timeline, chapters=(replace(one, heard=(1.2,)), two))
    assert reasons(replace(PROBE, timeline=heard), everything) == {"one": "changed: timing"}


def test_another_profile_redraws_the_chapters_and_keeps_the_poster(everything: frozenset[str]) -> None:
    assert reasons(whole=everything, quality="draft") == {
        "one": "changed: profile",
        "two": "changed: profile",
    }


def test_moved_lines_join_nothing_anew_and_other_words_do() -> None:
    pieces, poster = cut(PROBE, WEB)
    key = lesson_key(PROBE.timeline, WEB, pieces, poster)
    one, two = PROBE.timeline.chapters
    (beat,) = one.beats
    moved = replace(one, line=9, beats=(replace(beat, line=10),))
    assert lesson_key(replace(PROBE.timeline, chapters=(moved, two)), WEB, pieces, poster) == key
    for other in (
        replace(one, beats=(replace(beat, text="Told."),)),
        replace(one, beats=(replace(beat, speech=1.5),)),
        replace(one, title="Uno"),
    ):
        assert lesson_key(replace(PROBE.timeline, chapters=(other, two)), WEB, pieces, poster) != key


def test_the_longest_first_and_no_faster_than_the_longest() -> None:
    assert makespan([3, 3, 2, 2, 2], 2) == 7
    assert makespan([9, 1, 1], 2) == 9
    assert makespan([1, 2, 3], 1) == 6
    assert makespan([], 4) == 0


@pytest.fixture
def forgetful() -> Iterator[None]:
    """The version of ffmpeg is asked for anew, in the test and behind it."""
    joiner.cache_clear()
    yield
    joiner.cache_clear()


@pytest.mark.usefixtures("forgetful")
def test_another_ffmpeg_joins_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pieces, poster = cut(PROBE, WEB)
    keys = []
    for version in ("5.1", "7.0"):
        program = tmp_path / "ffmpeg"
        program.write_text(f"#!/bin/sh\necho ffmpeg version {version}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        joiner.cache_clear()
        keys.append(lesson_key(PROBE.timeline, WEB, pieces, poster))
    assert keys[0] != keys[1]


@pytest.mark.usefixtures("forgetful")
def test_a_plan_without_ffmpeg_is_a_plan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert joiner() == "not installed"
