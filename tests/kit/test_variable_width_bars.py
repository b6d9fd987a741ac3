"""Variable-width bars: areas are widths times heights, and what stands above the frame is cut."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VGroup

from scenes.kit import ink, shot
from scenes.kit.plane import Plane
from scenes.kit.variable_width_bars import VariableWidthBars
from tests.golden import assert_golden

SHARES = np.array([0.5, 0.25, 0.125, 0.125])
COSTS = -np.log2(SHARES)


def ground() -> Plane:
    return Plane((0, 1), (0, 4), 10.0, 5.0, x_ticks=[], y_ticks=[], numbers=False)


def boxes(bars: VariableWidthBars) -> np.ndarray:
    """Lower left and upper right corner (n, 2, 2) of each bar as drawn, in units of the plane."""
    corners = np.array([bars.plane.inverse(bar.points) for bar in bars])
    return np.stack([corners.min(axis=1), corners.max(axis=1)], axis=1)


def test_bars_stand_side_by_side_with_a_hair_between_them() -> None:
    bars = VariableWidthBars(ground(), SHARES, COSTS)
    drawn = boxes(bars)
    np.testing.assert_allclose(drawn[:, 0, 0], [0.002, 0.502, 0.752, 0.877])
    np.testing.assert_allclose(drawn[:, 1, 0], [0.498, 0.748, 0.873, 0.998])
    np.testing.assert_allclose(drawn[:, 1, 1], COSTS)
    np.testing.assert_allclose(bars.middles, [0.25, 0.625, 0.8125, 0.9375])


def test_areas_sum_to_the_expected_value() -> None:
    sides = np.diff(boxes(VariableWidthBars(ground(), SHARES, COSTS)), axis=1)[:, 0]
    assert (sides + np.array([0.004, 0.0])).prod(axis=1).sum() == pytest.approx(SHARES @ COSTS)


def test_they_stand_on_floors() -> None:
    bars = VariableWidthBars(ground(), SHARES, np.zeros(4))
    assert bars.redraw(SHARES, np.full(4, 0.5), [1.0, 2.0, 0.0, 3.0]) is bars
    np.testing.assert_allclose(boxes(bars)[:, 0, 1], [1.0, 2.0, 0.0, 3.0], atol=1e-9)
    np.testing.assert_allclose(bars.tops, [1.5, 2.5, 0.5, 3.5])


def test_a_bar_of_no_width_is_there_and_has_no_area() -> None:
    np.testing.assert_allclose(np.ptp(boxes(VariableWidthBars(ground(), [1.0, 0.0], [1, 2]))[1, :, 0]), 0.0)


def test_what_is_higher_than_the_frame_is_cut_there() -> None:
    bars = VariableWidthBars(ground(), SHARES, [1.0, 99.0, np.inf, 2.0])
    np.testing.assert_allclose(bars.tops, [1.0, bars.ceiling, bars.ceiling, 2.0])
    assert ground().at(0, bars.ceiling)[1] == pytest.approx(shot.EDGES.top)


def test_painting_is_redrawing_in_another_colour() -> None:
    bars = VariableWidthBars(ground(), SHARES, COSTS, [ink.first, ink.second, ink.third, ink.fourth])
    assert [bar.get_fill_color() for bar in bars] == [ink.first, ink.second, ink.third, ink.fourth]
    bars.paint(SHARES[::-1], COSTS, ink.error)
    assert {bar.get_fill_color().to_hex() for bar in bars} == {ink.error.to_hex()}
    np.testing.assert_allclose(bars.widths, SHARES[::-1])


def test_what_is_no_bar_is_refused() -> None:
    with pytest.raises(ValueError, match="4 bars have one colour or as many, not 2"):
        VariableWidthBars(ground(), SHARES, COSTS, [ink.first, ink.second])
    with pytest.raises(ValueError, match="0 or more"):
        VariableWidthBars(ground(), SHARES, -COSTS)


def test_the_picture() -> None:
    plane = ground()
    more = VariableWidthBars(plane, SHARES, np.zeros(4), ink.error).redraw(
        SHARES, [0.5, 1.0, 0.5, 0.5], COSTS
    )
    assert_golden("variable-width-bars", VGroup(plane, VariableWidthBars(plane, SHARES, COSTS), more))
