"""Gliding: states are mixed whatever they are made of, and what cannot be mixed is told where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pytest
from manim import ManimColor, Mobject, Scene, linear, tempconfig

from scenes.kit import ink
from scenes.kit.drive import Drive
from scenes.kit.gauge import Gauge
from scenes.kit.glide import blend, glide
from scenes.kit.plane import Plane
from scenes.kit.value import Value


@dataclass(frozen=True)
class Line:
    w: np.ndarray
    b: float
    name: str = "street"


class Pair(NamedTuple):
    low: float
    high: float


class Leaning:
    """Something that knows its own way."""

    def __init__(self, share: float) -> None:
        self.share = share

    def toward(self, other: Leaning, share: float) -> Leaning:
        return Leaning(self.share + share**2 * (other.share - self.share))


def play(animation: Drive, *on_stage: Mobject) -> Scene:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(*on_stage)
        scene.play(animation)
        return scene


# Mixing


def test_numbers_and_arrays_are_mixed_and_exact_at_both_ends() -> None:
    start, end = np.array([[0.1, np.nan], [2.0, 3.0]]), np.array([[0.3, 1.0], [np.nan, 7.0]])
    np.testing.assert_array_equal(blend(start, end, 0), start)
    np.testing.assert_array_equal(blend(start, end, 1), end)
    np.testing.assert_allclose(blend(start, end, 0.25), 0.75 * start + 0.25 * end)
    assert blend(0.1, 0.7, 1) == 0.7
    assert blend(2, 3, 0.5) == 2.5
    assert isinstance(blend(np.float64(2), 3, 0.5), float)


def test_one_number_serves_a_whole_array_at_every_share() -> None:
    heights = np.array([1.0, 4.0])
    for share in (0.0, 0.5, 1.0):
        np.testing.assert_allclose(blend(0.0, heights, share), share * heights)
    assert blend(0, heights, 0).dtype == float


def test_what_is_the_same_in_both_stays_to_the_last_digit() -> None:
    both = np.random.default_rng(0).normal(size=50)
    assert (blend(both, both.copy(), 0.3) == both).all()
    assert (blend(both, np.append(both[:-1], 9.0), 0.3)[:-1] == both[:-1]).all()
    assert blend(0.1, 0.1, 0.3) == 0.1


def test_an_index_that_stays_is_no_fraction() -> None:
    assert blend((3, 0.0), (3, 1.0), 0.25) == (3, 0.25)
    assert isinstance(blend(3, 3, 0.25), int)


def test_whatever_numbers_are_in_is_looked_into() -> None:
    mixed = blend(Line(np.array([0.0, 2.0]), 1.0), Line(np.array([4.0, 0.0]), 3.0), 0.5)
    assert isinstance(mixed, Line)
    np.testing.assert_allclose(mixed.w, (2, 1))
    assert (mixed.b, mixed.name) == (2.0, "street")
    assert blend({"at": [0.0, (1, 2.0)]}, {"at": [1.0, (1, 4.0)]}, 0.5) == {"at": [0.5, (1, 3.0)]}
    assert blend(Pair(0, 1), Pair(2, 5), 0.5) == Pair(1, 3)
    assert blend(ink.first, ink.second, 0.5) == ink.first.interpolate(ink.second, 0.5)
    assert blend(Leaning(1.0), Leaning(3.0), 0.5).share == 1.5


def test_all_else_stays_and_must_be_the_same() -> None:
    mask, noun = np.array([True, False]), Mobject()
    same = {"which": mask, "noun": noun, "name": "a", "kept": None, "on": True}
    assert blend(same, dict(same), 0.5) == same


@pytest.mark.parametrize(
    ("start", "end", "complaint"),
    [
        ("a", "b", r"what glides\[0\]: str 'a' and str 'b' cannot be mixed"),
        (((1.0, "a"),), ((2.0, "b"),), r"what glides\[0\]\[1\]: str 'a'"),
        ({"w": True}, {"w": False}, r"what glides\['w'\]: bool True"),
        (Line(np.zeros(2), 0.0), Line(np.zeros(2), 0.0, "avenue"), r"what glides\[0\]\.name: str 'street'"),
        (np.zeros(2), np.zeros(3), r"arrays of \(2,\) and \(3,\) do not fit together"),
        (np.array([True]), np.array([False]), r"an array of \(1,\) bool"),
        ((1.0, 2.0), (1.0,), "cannot be mixed"),
        (
            [1.0],
            np.zeros(1),
            r"list \[1.0\] cannot become an array of \(1,\) float64, which is of another type",
        ),
        ({"w": 1.0}, {"b": 1.0}, "cannot be mixed"),
    ],
)
def test_what_cannot_be_mixed_is_told_where_it_is_written(start, end, complaint) -> None:
    with pytest.raises(TypeError, match=complaint):
        glide(lambda *_, **__: None, start, end)


# Moving


def test_a_noun_glides_from_one_state_to_the_other() -> None:
    plane = Plane((0, 10), (0, 10), numbers=False)
    dots = plane.dots([(1, 1), (2, 2)])
    start, end = dots.centres, plane.at(np.array([(5.0, 1.0), (2.0, 8.0)]))
    seen: list[np.ndarray] = []

    def note(centres: np.ndarray, radius: float) -> None:
        seen.append(dots.put(centres, radius).centres)

    scene = play(glide(note, (start, 0.1), (end, 0.1), dots, rate_func=linear), dots)
    assert scene.mobjects == [dots]
    np.testing.assert_allclose(seen[0], start, atol=1e-12)
    np.testing.assert_allclose(seen[-1], end, atol=1e-12)
    steps = np.diff(np.array(seen)[1:-1], axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to(steps[0], steps.shape), atol=1e-12)


def test_the_noun_of_a_verb_is_what_changes_whatever_the_verb_returns() -> None:
    class Board(Mobject):
        def write(self, number: int, height: float, *, tall: float = 0.0) -> None:
            self.written = (number, height, tall)

    board = Board()
    assert play(glide(board.write, (3, 0.0), (3, 2.0))).mobjects == [board]
    assert board.written == (3, 2.0, 0.0)
    assert play(glide(partial(board.write, 4), 0.0, 1.0)).mobjects == [board]
    assert board.written == (4, 1.0, 0.0)
    play(
        glide(
            board.write, {"number": 1, "height": 2.0, "tall": 0.0}, {"number": 1, "height": 2.0, "tall": 5.0}
        )
    )
    assert board.written == (1, 2.0, 5.0)


def test_a_colour_and_a_value_glide_too() -> None:
    dot = Plane((0, 1), (0, 1), numbers=False).dots([(0.5, 0.5)])
    play(glide(dot.set_fill, ink.chalk, ink.second), dot)
    assert dot[0].get_fill_color() == ManimColor(ink.second)
    number = Value(1.0)
    gauge = Gauge("n", number)
    play(glide(number.set, 1.0, 4.0), gauge)
    assert gauge.readout.shown == "4.00"


def test_a_verb_of_nobody_says_what_it_changes() -> None:
    with pytest.raises(TypeError, match="does not know what its path changes"):
        play(glide(lambda share: None, 0.0, 1.0))
