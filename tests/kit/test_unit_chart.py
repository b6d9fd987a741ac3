"""Unit charts: where squares lie, how large they are, and that a waffle fills its place."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, VGroup

from scenes.kit import ink, shot
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart, Waffle
from tests.golden import assert_golden

FRAME = shot.Region(-6.0, -3.0, 6.0, 3.0)


def ground() -> Plane:
    return Plane((-6, 6), (-3, 3), 12.0, 6.0, x_ticks=[], y_ticks=[], numbers=False)


def boxes(chart: UnitChart) -> np.ndarray:
    """Lower left and upper right corner (n, 2, 2) of each square as drawn."""
    corners = chart.points.reshape(-1, 16, 3)[:, :, :2]
    return np.stack([corners.min(axis=1), corners.max(axis=1)], axis=1)


def test_squares_lie_around_their_points_and_are_as_large_as_told() -> None:
    chart = UnitChart(ground(), [(0, 0), (2, 1)], [0.5, 0.25])
    np.testing.assert_allclose(boxes(chart)[0], [(-0.5, -0.5), (0.5, 0.5)])
    np.testing.assert_allclose(boxes(chart)[1], [(1.75, 0.75), (2.25, 1.25)])


def test_points_are_in_units_of_the_plane_and_follow_it() -> None:
    plane = Plane((0, 100), (0, 10), 10.0, 5.0, x_ticks=[], y_ticks=[], numbers=False)
    plane.shift(RIGHT)
    chart = UnitChart(plane, [(50, 5)], 0.2)
    np.testing.assert_allclose(boxes(chart).mean(axis=1), [(1.0, 0.0)], atol=1e-9)


def test_its_state_brings_it_back() -> None:
    chart = UnitChart(ground(), [(0, 0), (2, 1)], 0.5)
    before, state = boxes(chart), chart.state
    assert chart.redraw([(1, 1)], 0.0) is chart
    np.testing.assert_allclose(boxes(chart), [[(1, 1), (1, 1)]])
    chart.redraw(*state)
    np.testing.assert_allclose(boxes(chart), before)


@pytest.mark.parametrize(
    ("points", "half", "why"),
    [
        ([(0, 0, 0)], 0.1, r"points \(n, 2\), not \(1, 3\)"),
        ([(0, 0), (1, 1)], [0.1, 0.2, 0.3], "2 squares have one size or as many"),
    ],
)
def test_what_is_no_square_is_refused(points: object, half: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        UnitChart(ground(), points, half)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 7, 100, 821, 4105])
def test_a_waffle_is_as_large_as_its_place_lets_it_be(count: int) -> None:
    field = Waffle(FRAME, count)
    spots = field.places(range(count))
    assert FRAME.left < (spots - field.half).min(axis=0)[0]
    assert (spots + field.half).max(axis=0)[0] < FRAME.right
    assert (spots - field.half).min(axis=0)[1] > FRAME.bottom
    assert len({tuple(np.round(spot, 6)) for spot in spots}) == count
    fits = [
        FRAME.width / across
        for across in range(1, 3 * count + 1)
        if np.ceil(count / across) * FRAME.width / across <= FRAME.height
    ]
    assert field.pitch == pytest.approx(max(fits))


def test_a_waffle_reads_from_the_upper_left() -> None:
    field = Waffle(FRAME, 8)
    first, second, below = field.places([0, 1, field.columns])
    assert first[1] == second[1] and second[0] - first[0] == pytest.approx(field.pitch)
    assert below[0] == first[0] and first[1] - below[1] == pytest.approx(field.pitch)
    with pytest.raises(ValueError, match="at least one square"):
        Waffle(FRAME, 0)


def test_the_picture() -> None:
    plane, field = ground(), Waffle(FRAME, 200)
    plane.frame.set_stroke(opacity=0)
    few, rest = UnitChart(plane, field.places(range(30)), field.half, ink.focus), range(30, 200)
    assert_golden("unit-chart", VGroup(plane, few, UnitChart(plane, field.places(rest), field.half)))
