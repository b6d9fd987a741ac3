"""The spotlight: the rest steps back to a third, and comes back as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, Dot, FadeIn, Square, VGroup

from render.draw.renderer import Picture, Renderer, set_canvas
from scenes.kit import ink
from scenes.kit.lesson import Lesson, LessonError, chapter
from scenes.kit.spotlight import DIM, Dimming, Light
from tests.kit.test_frame import Film
from tests.kit.test_lesson import OneASecond

GROUND = np.array(ink.ground.to_rgb()) * 255


class Lit(Lesson):
    """Three squares, of which one is spoken of."""

    def stage(self) -> None:
        self.one = Square(color=ink.first, fill_opacity=1, stroke_width=0).shift(4 * LEFT)
        self.two = Square(color=ink.second, fill_opacity=1, stroke_width=0)
        self.three = Square(color=ink.third, fill_opacity=1, stroke_width=0).shift(4 * RIGHT)
        self.pair = VGroup(self.two, self.three)

    @chapter("One by one")
    def in_turn(self) -> None:
        self.add(self.one, self.pair)
        self.levels = []
        with self.beat("The first one. The second one. All of them."):
            for light in (self.spotlight(self.one), self.spotlight(self.two), self.lights_on()):
                self.play(light, run_time=1)
                self.levels.append(dict(self.dimming.levels))

    @chapter("What comes")
    def newcomer(self) -> None:
        self.add(self.one, self.pair)
        with self.beat("Here."):
            self.play(self.spotlight(self.two), run_time=1)
            self.play(FadeIn(Dot(color=ink.fourth, radius=0.5).shift(2 * UP)), run_time=1)

    @chapter("Nobody")
    def nobody(self) -> None:
        with self.beat("Here."):
            self.play(self.spotlight(self.two), run_time=1)


def told(only: str) -> tuple[Lit, list[Picture]]:
    set_canvas(320, 180, 15, Path("/nonexistent"))
    film = Film()
    lesson = Lit(renderer=Renderer(film), voice=OneASecond(), only=only)
    lesson.construct()
    return lesson, film.pictures


def at(picture: Picture, x: float, y: float = 0.0) -> np.ndarray:
    column, row = (int(160 + 22.5 * x), int(90 - 22.5 * y))
    return picture[row, column, :3].astype(float)


def brightness(picture: Picture, x: float, colour: object, y: float = 0.0) -> float:
    """Share of its own light that what stands there has."""
    whole = np.array(colour.to_rgb()) * 255 - GROUND  # type: ignore[attr-defined]
    return float((at(picture, x, y) - GROUND) @ whole / (whole @ whole))


def test_the_rest_steps_back_to_a_third_and_comes_back() -> None:
    _, pictures = told("in_turn")
    first, second, last = pictures[15], pictures[30], pictures[-1]
    expected = {
        (-4, ink.first): (1, 1 / 3, 1),
        (0, ink.second): (1 / 3, 1, 1),
        (4, ink.third): (1 / 3, 1 / 3, 1),
    }
    for (x, colour), shares in expected.items():
        found = [brightness(picture, x, colour) for picture in (first, second, last)]
        assert found == pytest.approx(shares, abs=0.01)
    for picture in pictures:
        assert at(picture, 0, 2) == pytest.approx(GROUND, abs=2.01)


def test_the_light_goes_over_without_a_flash() -> None:
    """What is dark before and after is dark on the way, and what changes does so steadily."""
    _, pictures = told("in_turn")
    way = pictures[15:31]
    dark = [brightness(picture, 4, ink.third) for picture in way]
    assert dark == pytest.approx([1 / 3] * 16, abs=0.01)
    falls, rises = ([brightness(p, x, c) for p in way] for x, c in ((-4, ink.first), (0, ink.second)))
    assert falls == sorted(falls, reverse=True)
    assert rises == sorted(rises)


def test_what_comes_is_lit() -> None:
    _, pictures = told("newcomer")
    assert brightness(pictures[-1], 0, ink.fourth, 2) == pytest.approx(1, abs=0.01)
    assert brightness(pictures[-1], 4, ink.third) == pytest.approx(1 / 3, abs=0.01)


def test_what_is_bright_again_is_forgotten() -> None:
    lesson, _ = told("in_turn")
    assert lesson.levels[-1] == {}
    assert {type(one).__name__ for one in lesson.levels[0]} == {"VGroup", "Words"}


def test_the_review_can_ask_what_has_stepped_back() -> None:
    lesson, _ = told("newcomer")
    dimmed = lesson.dimming.is_dimmed
    assert dimmed(map(id, (lesson.pair, lesson.three)))
    assert not dimmed([id(lesson.two)])


def test_only_what_is_on_the_stage_can_be_lit() -> None:
    with pytest.raises(LessonError, match=r"not on the stage"):
        told("nobody")


def test_a_whole_group_can_go_dark_after_one_of_its_parts() -> None:
    dimming, one, other = Dimming(), Square(), Square()
    pair = VGroup(one, other)
    for rest in ((other,), (pair,)):
        light = Light(dimming, rest)
        light.begin()
        light.interpolate(0.5)
        if rest == (pair,):
            assert {tuple(leaves): level for level, leaves in dimming.layers([one, other])} == {
                (other,): pytest.approx(DIM),
                (one,): pytest.approx(DIM / 2),
            }
        light.finish()
    assert dimming.layers([one, other]) == [(DIM, [one, other])]
    assert dimming.copy() is dimming
