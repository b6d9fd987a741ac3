"""The lesson: chapters that cannot reach each other, a clock that every quality shares, beats that wait for words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from manim import RIGHT, Circle, Dot, FadeIn, LaggedStart, Square, VGroup

from render.easel import Easel, set_canvas
from render.profile import PROFILES, TICKS_PER_SECOND
from render.timeline import Word
from render.voice import Speech
from scenes.kit.lesson import Lesson, LessonError, chapter


class OneASecond:
    """A voice that says one word a second."""

    identity = "one a second"

    def speak(self, text: str) -> Speech:
        words = tuple(Word(word, float(at), at + 0.9) for at, word in enumerate(text.split()))
        return Speech(words[-1].end, words)

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        return []


class Count:
    """A sink that counts frames."""

    def __init__(self) -> None:
        self.frames = self.shows = 0

    def show(self, picture: np.ndarray, repeat: int = 1, changed: np.ndarray | None = None) -> None:
        self.frames += repeat
        self.shows += 1


def tell(
    kind: type[Lesson], *, fps: int = 15, only: str | None = None, draw: bool = True
) -> tuple[Lesson, Count]:
    set_canvas(64, 36, fps, Path("/nonexistent"))
    count = Count()
    lesson = kind(renderer=Easel(count if draw else None), voice=OneASecond(), only=only)
    lesson.construct()
    return lesson, count


class Tale(Lesson):
    """Two chapters that share a stage."""

    def stage(self) -> None:
        self.dot = Dot()

    @chapter("First things first", "an item")
    def begin(self) -> None:
        self.add(self.dot)
        self.gift = 1
        with self.beat("one two three") as beat:
            beat.until("three")
            self.play(self.dot.animate.shift(RIGHT), run_time=0.37)
        with self.beat("four"):
            self.play(LaggedStart(FadeIn(Circle()), FadeIn(Square())), run_time=2.0)

    @chapter("Then the rest")
    def end(self) -> None:
        self.where = self.dot.get_center()
        self.mobjects_at_start = len(self.mobjects)
        self.draw = self.rng.random()
        with self.beat("the end", pause=0.0):
            pass


def test_chapters_are_told_in_order_with_what_they_teach() -> None:
    lesson, _ = tell(Tale)
    assert [(told.name, told.title, told.explains) for told in lesson.told] == [
        ("begin", "First things first", ("an item",)),
        ("end", "Then the rest", ()),
    ]


def test_a_chapter_finds_nothing_of_the_one_before() -> None:
    lesson, _ = tell(Tale)
    assert not hasattr(lesson, "gift")
    assert isinstance(lesson, Tale)
    assert np.array_equal(lesson.where, np.zeros(3)), "the stage is built anew"
    assert lesson.mobjects_at_start == 1, "the title alone"


def test_chance_is_the_same_alone_and_in_the_whole() -> None:
    whole, _ = tell(Tale)
    alone, _ = tell(Tale, only="end")
    assert isinstance(whole, Tale) and isinstance(alone, Tale)
    assert whole.draw == alone.draw
    assert whole.told[1] == alone.told[0]


def test_a_beat_lasts_as_long_as_the_longer_of_words_and_pictures() -> None:
    lesson, _ = tell(Tale)
    spoken, moved = lesson.told[0].beats
    assert spoken.start == 0
    assert spoken.ticks == round((2.9 + 0.3) * TICKS_PER_SECOND), "three words and a breath"
    assert moved.start == spoken.end
    assert moved.ticks == 2 * TICKS_PER_SECOND, "the play is longer than the word"
    assert lesson.told[1].beats[0].ticks == round(1.9 * TICKS_PER_SECOND + 0.49), "no pause was asked for"


def test_plays_are_rounded_up_to_the_grid_and_waits_reach_the_word() -> None:
    lesson, _ = tell(Tale)
    until_three, play, rest, *_ = lesson.told[0].plays
    assert until_three == 2 * TICKS_PER_SECOND
    assert play == 6, "0.37 s are more than 5 ticks"
    assert rest == round(3.2 * TICKS_PER_SECOND) - until_three - play


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_quality_draws_the_frames_that_the_dry_run_promised(profile) -> None:
    dry, _ = tell(Tale, draw=False)
    lesson, count = tell(Tale, fps=profile.fps)
    assert lesson.told == dry.told
    ticks = sum(told.ticks for told in dry.told)
    assert count.frames == ticks * profile.frames_per_tick
    assert sum(told.moving for told in dry.told) == 6 + 30


def test_held_pictures_are_drawn_once() -> None:
    lesson, count = tell(Tale, fps=60)
    moving = sum(told.moving for told in lesson.told) * 4
    assert count.shows <= moving + 4


class Wrong(Lesson):
    @chapter("Silent")
    def silent(self) -> None:
        self.wait(1)


class Deaf(Lesson):
    @chapter("Deaf")
    def deaf(self) -> None:
        with self.beat("one two") as beat:
            beat.until("three")


def test_a_chapter_that_says_nothing_is_refused() -> None:
    with pytest.raises(LessonError, match="silent says nothing"):
        tell(Wrong)


def test_waiting_for_a_word_that_is_not_said_names_line_and_words() -> None:
    with pytest.raises(LessonError, match=r"line \d+: no 'three' in the beat, which says: 'one two'"):
        tell(Deaf)


def test_an_unknown_chapter_names_those_there_are() -> None:
    with pytest.raises(LessonError, match="no chapter 'middle' in Tale: begin, end"):
        tell(Tale, only="middle")


def test_a_phrase_is_found_by_its_words_whatever_their_marks() -> None:
    class Phrase(Lesson):
        @chapter("Phrase")
        def phrase(self) -> None:
            with self.beat("So 1.397, and one: R² of them") as beat:
                assert beat.when("1.397") == 1
                assert beat.when("one R²") == 3
                assert beat.when("and One") == 2

    tell(Phrase)


class Led(Lesson):
    """A dot deep in a family follows another."""

    @chapter("Follow", "an item")
    def follow(self) -> None:
        led, leader = Dot(), Dot()
        led.add_updater(lambda dot: dot.move_to(leader))
        self.add(VGroup(VGroup(Square(), led)))
        with self.beat("Go there now."):
            self.play(leader.animate.shift(2 * RIGHT), run_time=1)
        self.where = led.get_center()


def test_what_has_an_updater_is_updated_wherever_it_stands() -> None:
    lesson, _ = tell(Led)
    assert isinstance(lesson, Led)
    np.testing.assert_allclose(lesson.where, 2 * RIGHT, atol=1e-9)
