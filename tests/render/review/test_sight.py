"""The review looks at the pictures of the film: its own eye draws what the frame shows, as bright as the light is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, Square, tempconfig

from render.core.speech import SilentPace
from render.core.timeline import Beat
from render.draw.renderer import Picture, Renderer, set_canvas
from render.review.sight import Eye
from render.review.stage import HEIGHT, WIDTH, Unit, units_of
from scenes.kit import ink, words
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane
from tests.kit.test_frame import Film


class Near(Lesson):
    """A frame that has gone to a dot, a pinned word, and a light on some of it, at the end of each beat."""

    @chapter("Near")
    def near(self) -> None:
        plane = Plane((0, 10), (0, 10), 9.0, 5.0, x_label="week")
        dots = plane.classes([(2, 3), (5, 5), (8, 4)], [0, 1, 1], radius=0.3)
        self.note = words.note("a pinned word").shift(3 * UP + 2 * RIGHT)
        self.pinned = Square(0.6, color=ink.third, fill_opacity=1).shift(5 * LEFT + 2 * UP)
        self.label = words.formula("{{ w x : score }} + b").shift(DOWN)
        self.pin(self.note, self.pinned)
        self.add(plane, dots, self.label, self.note, self.pinned)
        with self.beat("The whole stage."):
            pass
        with self.beat("And nearer."):
            self.play(self.frame.to(dots[1], share=0.3), run_time=1)
        with self.beat("Only this."):
            self.play(self.spotlight(dots[1], self.note, *self.label.part("score")), run_time=1)
        with self.beat("Half way over, and something comes."):
            light = self.spotlight(dots[0])
            light.begin()
            light.interpolate(0.4)
            self.play(FadeIn(Square(1.0, color=ink.second, fill_opacity=1).shift(RIGHT)), run_time=1)


@pytest.fixture
def canvas(tmp_path: Path) -> Iterator[None]:
    with tempconfig({}):
        set_canvas(WIDTH, HEIGHT, 15, tmp_path)
        yield


def told(heard: Any) -> list[Picture]:
    film = Film()
    lesson = Near(
        renderer=Renderer(film), voice=SilentPace(), listener=lambda one, beat: heard(one, beat, film)
    )
    lesson.construct()
    return film.pictures


@pytest.mark.usefixtures("canvas")
def test_the_eye_sees_what_the_film_shows() -> None:
    eye, looks = Eye(), []

    def heard(lesson: Lesson, beat: Beat, film: Film) -> None:
        sight = eye.look(lesson, lambda unit: unit.is_text)
        looks.append(len(sight.crops))
        np.testing.assert_array_equal(sight.picture, film.pictures[-1][:, :, :3])
        for unit in sight.units:
            if (crop := sight.crop(unit)) is not None and unit.mobject is lesson.note:  # type: ignore[attr-defined]
                np.testing.assert_array_equal(crop.after, sight.final(crop))

    pictures = told(heard)
    assert len(looks) == 4
    assert looks[2] < looks[1]  # what has stepped back is not looked at
    assert len({one.tobytes() for one in pictures}) > 30


@pytest.mark.usefixtures("canvas")
def test_a_unit_knows_where_it_is_seen_and_what_of_it_is_lit() -> None:
    ends: list[dict[int, Unit]] = []
    told(lambda lesson, beat, film: ends.append({id(unit.mobject): unit for unit in units_of(lesson)}))
    lesson_units = [list(end.values()) for end in ends]
    square = [next(one for one in units if isinstance(one.mobject, Square)) for units in lesson_units]
    formula = [next(one for one in units if one.text == "w x + b") for units in lesson_units]
    assert [one.extent() for one in square[1:]] == [square[0].extent()] * 3
    assert [one.zoom for one in square] == [1.0] * 4
    assert formula[1].zoom == formula[2].zoom > 2
    wide = [right - left for left, _, right, _ in (one.extent() for one in formula)]
    assert wide[1] == pytest.approx(wide[0] * formula[1].zoom)
    assert [one.is_away for one in formula] == [False, True, True, True]
    assert not formula[1].is_dimmed and len(formula[1].lit) == len(formula[1].leaves)
    assert 0 < len(formula[2].lit) < len(formula[2].leaves)
    assert square[2].is_dimmed and not square[1].is_dimmed
