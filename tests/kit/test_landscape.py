"""Landscapes: the ground lies at its heights, light has a middle and an end, and arrows run where they are told."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DEGREES, VGroup

from scenes.kit import ink
from scenes.kit.landscape import Landscape, Pointer
from scenes.kit.plane import Plane
from scenes.kit.walker import SolidWalker
from tests.golden import assert_golden

LEVELS = np.array([0.5, 2.0, 4.5, 8.0])
START = np.array([-2.0, 0.5])


def bowl(points: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * points**2 @ np.array([1.0, 4.0]))


def land() -> Landscape:
    return Landscape(Plane((-4, 4), (-2, 2), 12.0, 6.0, numbers=False), (0, 9), bowl, height=3.0)


def test_points_are_raised_to_the_ground() -> None:
    one = land()
    np.testing.assert_allclose(one.raised([(2, 0), (0, 1)]), [(2, 0, 2), (0, 1, 2)])
    np.testing.assert_allclose(one.raised((2, 0)), [(2, 0, 2)])
    np.testing.assert_allclose(one.over(np.array([2.0, 0.0]), 1.0), [4.0, 2.0])


def test_contour_lines_lie_at_their_levels() -> None:
    ground = land().ground(LEVELS, START, 1.0)
    np.testing.assert_allclose(ground.starts[:, 2], bowl(ground.starts[:, :2]), atol=0.02)
    assert set(ground.starts[:, 2]) == set(LEVELS)


def test_seen_from_above_a_line_lies_where_the_plane_has_it() -> None:
    one = land().look(lift=0.0)
    ground = one.ground(np.array([2.0]), (0.0, 0.0), 50.0)
    drawn = np.concatenate([mark.points for mark in ground.lines if len(mark.points)])
    np.testing.assert_allclose(bowl(one.plane.inverse(drawn)), 2.0, atol=0.02)


def test_light_ends_and_goes_with_its_middle() -> None:
    ground = land().ground(LEVELS, START, 0.5)
    reach = [np.ptp(ground.glow[-1].points[:, 0])]
    assert ground.redraw(radius=1.0) is ground
    reach.append(np.ptp(ground.glow[-1].points[:, 0]))
    assert reach[1] == pytest.approx(2 * reach[0], rel=0.05)
    middle = ground.glow[0].get_center()[0]
    ground.redraw((1.0, 0.5))
    assert ground.glow[0].get_center()[0] > middle
    np.testing.assert_allclose(ground.middle, (1.0, 0.5))
    assert ground.radius == 1.0


def test_lines_far_from_the_light_are_not_drawn() -> None:
    one = land()
    near = one.ground(LEVELS, START, 0.4)
    far = one.ground(LEVELS, START, 40.0)

    def count(ground: object) -> int:
        return sum(len(mark.points) for mark in ground.lines)  # type: ignore[attr-defined, misc]

    assert 0 < count(near) < count(far)


def test_a_pointer_runs_from_point_to_point_and_has_no_length_at_first() -> None:
    arrow = Pointer(land().plane, ink.second)
    assert not len(arrow.points)
    arrow.redraw((0, 0, 0), (2, 0, 0))
    assert arrow.get_right()[0] == pytest.approx(2.0) and arrow.get_left()[0] == pytest.approx(0.0)
    assert not len(arrow.redraw((1, 1, 0), (1, 1, 0)).points)


def test_impossible_ground_is_refused() -> None:
    with pytest.raises(ValueError, match="no contour line of the 2 levels"):
        land().ground([-2.0, -1.0], START, 1.0)
    with pytest.raises(ValueError, match="its radius cannot be 0"):
        land().ground(LEVELS, START, 0.0)
    with pytest.raises(ValueError, match="cannot run from 1 to 1"):
        Landscape(Plane((-4, 4), (-2, 2), 12.0, 6.0, numbers=False), (1, 1), bowl)


def test_the_landscape_in_fog() -> None:
    one = land()
    ground = one.ground(LEVELS, START, 1.2)
    ball = SolidWalker(one, [START, 0.5 * START], one.over)
    one.look(tilt=50 * DEGREES, turn=-20 * DEGREES, lift=1.0)
    here, there = one.at(one.raised([START, 1.4 * START]))
    assert_golden("landscape", VGroup(ground, ball, Pointer(one.plane, ink.second).redraw(here, there)))
