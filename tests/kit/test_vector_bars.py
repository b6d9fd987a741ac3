"""Vectors as bars: how long bars are and to which side they reach, wherever the vectors lie."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DEGREES, DOWN, LEFT, RIGHT, UP

from scenes.kit import ink
from scenes.kit.review_hints import is_backdrop
from scenes.kit.vector_bars import VectorBars
from tests.golden import assert_golden

TABLE = np.array([[1.0, -2.0, 0.5, 0.0], [0.0, 4.0, -4.0, 1.0]])
MIDDLES = np.array([UP, DOWN])


def bars(upright: bool = False) -> VectorBars:
    return VectorBars(TABLE, MIDDLES, 4.0, 0.5, upright=upright)


def ends(vectors: VectorBars, row: int) -> np.ndarray:
    """The middle of the far end of each bar of a vector (m, 3)."""
    corners: np.ndarray = vectors.bars[row].points.reshape(-1, 4, 4, 3)[:, 2:, 0]
    return np.asarray(corners.mean(axis=1))


def test_a_bar_is_as_long_as_its_number_and_cut_at_the_largest() -> None:
    vectors = bars()
    xs = [-1.5, -0.5, 0.5, 1.5]
    np.testing.assert_allclose(ends(vectors, 0)[:, 0], xs)
    np.testing.assert_allclose(ends(vectors, 0)[:, 1], 1 + 0.25 * TABLE[0])
    np.testing.assert_allclose(ends(vectors, 1)[:, 1], [-1.0, -0.5, -1.5, -0.75])


def test_upright_vectors_are_read_from_the_top_with_positive_bars_to_the_right() -> None:
    vectors = bars(upright=True)
    np.testing.assert_allclose(ends(vectors, 0)[:, 1], [2.5, 1.5, 0.5, -0.5])
    np.testing.assert_allclose(ends(vectors, 0)[:, 0], 0.25 * TABLE[0])


def test_new_numbers_are_drawn_where_the_vectors_lie_now() -> None:
    vectors = bars().shift(RIGHT).redraw(-TABLE)
    np.testing.assert_allclose(vectors.middles, MIDDLES + RIGHT)
    np.testing.assert_allclose(ends(vectors, 0)[:, 1], 1 - 0.25 * TABLE[0])
    assert vectors.put(MIDDLES) is vectors
    np.testing.assert_allclose(ends(vectors, 0)[:, 0], [-1.5, -0.5, 0.5, 1.5])
    moved = bars().scale(2).rotate(90 * DEGREES)
    drawn = moved.bars[0].points.copy()
    np.testing.assert_allclose(moved.redraw(TABLE).bars[0].points, drawn, atol=1e-9)


def test_under_animate_it_shows_the_numbers_between_and_knows_where_it_ends() -> None:
    vectors = bars()
    change = vectors.animate.redraw(np.zeros_like(TABLE)).build()
    change.begin()
    change.interpolate(0.5)
    np.testing.assert_allclose(vectors.values, TABLE / 2)
    change.finish()
    assert not vectors.values.any()
    way = vectors.animate.put(MIDDLES + RIGHT).build()
    way.begin()
    way.finish()
    np.testing.assert_allclose(vectors.middles, MIDDLES + RIGHT)


def test_what_steps_back_need_not_be_seen_until_it_returns() -> None:
    vectors = bars().shade([1.0, 0.2])
    assert [each.get_fill_opacity() for each in vectors.bars] == [1.0, 0.2]
    assert [is_backdrop(each) for each in vectors.bars] == [False, True]
    assert not any(map(is_backdrop, vectors.shade(1.0).bars))


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="rows of a table"):
        VectorBars(np.zeros((2, 2, 2)), MIDDLES, 4.0, 0.5)
    with pytest.raises(ValueError, match="2 vectors cannot lie"):
        VectorBars(TABLE, UP, 4.0, 0.5)
    with pytest.raises(ValueError, match="cannot show"):
        bars().redraw(TABLE[:1])
    with pytest.raises(ValueError, match="cannot lie"):
        bars().put(UP)


def test_vector_bars_golden() -> None:
    numbers = np.random.default_rng(7).normal(size=(4, 16))
    rows = VectorBars(numbers[:2], [1.5 * UP + 2 * LEFT, 2 * LEFT], 8.0, 0.6, ink.second).shade([1.0, 0.3])
    alone = VectorBars(numbers[2], 2 * DOWN + 2 * LEFT, 8.0, 0.9, largest=1.0)
    upright = VectorBars(numbers[3], 5 * RIGHT, 6.0, 1.2, ink.first, upright=True)
    assert_golden("vector-bars", rows, alone, upright)
