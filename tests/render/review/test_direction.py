"""The measures of direction: what fills the frame, what stands still, where the camera goes; and what is asked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from manim import FadeIn, Square, tempconfig

from render.core.profile import TICKS_PER_SECOND
from render.core.speech import SilentPace
from render.core.timeline import Beat, Chapter, Word
from render.draw.renderer import set_canvas
from render.review.direction import (
    LEAST_BOX,
    STIR,
    Direction,
    Fill,
    examine_direction,
    fill_of,
    half_second,
    spoken_numbers,
    still_halves,
    together,
    word_at,
)
from render.review.motion import Motion
from render.review.observer import observe
from render.review.report import direction_lines
from render.review.stage import HEIGHT, WIDTH
from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson, chapter
from tests.render.review.sample import directed, timeline


def canvas(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    drawn = np.zeros((90, 160), bool)
    for left, top, right, bottom in boxes:
        drawn[top:bottom, left:right] = True
    return drawn


def test_the_box_holds_all_that_is_drawn_and_the_cells_only_what_is_touched() -> None:
    assert fill_of(canvas((0, 0, 160, 90))) == Fill(1.0, 1.0)
    corners = fill_of(canvas((0, 0, 5, 5), (155, 85, 160, 90)))
    assert corners.box == 1.0
    assert corners.cells == pytest.approx(2 / 144, abs=1e-4)
    half = fill_of(canvas((40, 0, 120, 90)))
    assert (half.box, half.cells) == (0.5, 0.5)
    assert fill_of(canvas()) == Fill(0.0, 0.0)


def test_half_seconds_share_the_ticks_of_a_second() -> None:
    assert [half_second(number) for number in range(5)] == [0, 7, 15, 22, 30]


def test_a_picture_stirs_by_the_share_that_differs_after_half_a_second() -> None:
    motion, dark, light = Motion(), np.zeros((HEIGHT, WIDTH, 4), np.uint8), None
    light = dark.copy()
    light[: HEIGHT // 4] = 200
    motion.show(dark, 10)
    motion.show(light, 3)
    motion.show(dark, 17)  # there and back within the second half-second
    motion.show(light, 1)
    assert motion.stirs == [0, 0, 0, pytest.approx(0.25)]
    assert STIR < 0.25


def test_formulas_and_pauses_are_not_counted_as_still() -> None:
    stirs = [0.0, 0.1, 0.0, 0.0, 0.0, 0.1, 0.0]
    assert still_halves(stirs, [], []) == (5, 7)
    assert still_halves(stirs, [(0, "wide"), (15, "formula"), (30, "split")], []) == (3, 5)
    assert still_halves(stirs, [], [(14, 31)]) == (2, 3)
    assert still_halves(stirs, [(30, "formula")], []) == (3, 4)


def test_the_word_at_a_tick_is_the_one_that_is_spoken() -> None:
    words_ = (Word("Look", 0.0, 0.4), Word("there", 0.6, 1.0))
    beats = (Beat("Look there", 15, 30, 1.0, words_, "f.py", 1),)
    assert [word_at(tick, beats) for tick in (3, 15, 22, 24, 44, 45)] == [
        "",
        "Look",
        "Look",
        "there",
        "there",
        "",
    ]


def test_small_counts_are_no_numbers_to_keep() -> None:
    beat = Beat("Two of them are 1.397 wide, and ninety-seven percent leave.", 0, 30, 1.0, (), "f.py", 1)
    assert spoken_numbers(Chapter("part", "", (), 30, (beat,), "f.py", 1)) == 2


MEASURED = Direction((Fill(0.5, 0.2), Fill(0.54, 0.3), Fill(0.9, 0.4)), 3, 12, (), ("wide",), 4, 60.0)


def test_a_median_box_is_asked_of_every_chapter() -> None:
    (weakness,) = examine_direction(MEASURED)
    assert (weakness.kind, weakness.figure, weakness.bound) == ("unfilled", 0.54, LEAST_BOX)
    assert not list(examine_direction(replace(MEASURED, fills=(Fill(0.1, 0.1), *MEASURED.fills[2:] * 2))))


def test_a_record_is_read_back_and_chapters_are_counted_together() -> None:
    told = timeline().chapters
    one, other = directed(told[0]), directed(told[1])
    for each in (one, other, MEASURED):
        assert Direction.from_record(json.loads(json.dumps(each.to_record()))) == each
    both = together([one, other])
    assert len(both.fills) == len(told[0].beats) + len(told[1].beats)
    assert (both.still, both.halves) == (one.still + other.still, one.halves + other.halves)
    assert both.numbers_a_minute == pytest.approx(60 * 6 / (told[0].seconds + told[1].seconds))


def test_the_table_has_a_line_for_each_chapter_and_one_for_all() -> None:
    told = timeline().chapters
    lines = list(direction_lines({one.name: directed(one) for one in told}))
    assert [line.split()[0] for line in lines] == [
        "direction",
        "which_line",
        "widest_street",
        "remember",
        "all",
    ]
    assert lines[2].split()[1:] == ["65%", "30%", "75%", "50%", "2", "0.0", "6.2", "wide,", "close-up"]
    assert list(direction_lines({})) == []


class Voyage(Lesson):
    """A chapter with a camera, a formula that is read, and a pause."""

    @chapter("There")
    def there(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.square = Square(2.0, color=ink.first, fill_opacity=1)
        self.edge = Square(12.0, color=ink.quiet).stretch(0.6, 1)
        self.add(self.square, self.edge)
        with self.beat("Now look at the square, and wait.") as beat:
            beat.at("square", self.frame.to(self.square, share=0.5), run_time=0.6)
        self.think(2.0)
        with self.beat("And back to what is around it.") as beat:
            beat.at("around", self.frame.back(), run_time=1)
        self.shot(shot.formula())
        with self.beat("This is read for a while, and nothing moves.") as beat:
            beat.over(FadeIn(words.formula("a^2 + b^2 = c^2").shift((0, 2, 0))), until="for")


def test_a_chapter_is_measured_as_it_is_told(tmp_path: Path) -> None:
    with tempconfig({}):
        set_canvas(WIDTH, HEIGHT, TICKS_PER_SECOND, tmp_path)
        review = observe(Voyage, "there", voice=SilentPace(), folder=tmp_path)
    direction = review.direction
    assert [(move.target, move.word) for move in direction.moves] == [
        ("Square self.square", "square"),
        ("the stage", "around"),
    ]
    assert direction.shots == ("wide", "formula")
    area = ink.FRAME_WIDTH * ink.FRAME_HEIGHT
    near, whole = (0.5 * (ink.FRAME_HEIGHT - ink.CAPTION_BAND)) ** 2 / area, 12.0 * 7.2 / area
    boxes = [fill.box for fill in direction.fills]
    assert boxes == [pytest.approx(near, abs=0.01), *[pytest.approx(whole, abs=0.02)] * 2]
    counted = 2 * (review.seconds - 2.0) - direction.halves
    assert counted > 4  # the formula is read
    assert 0 < direction.still < direction.halves
