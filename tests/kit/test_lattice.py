"""The lattice: its lines are the map's images of lines, what is pinned goes along, and copies do not pull."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from manim import Mobject, Scene, linear, tempconfig

from scenes.kit import ink
from scenes.kit.lattice import Lattice
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from tests.golden import assert_golden

MATRIX = np.array([[1.0, 1.0], [0.5, 1.5]])
SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
RNG = np.random.default_rng(3)


def bare() -> Plane:
    return Plane((-4, 4), (-2.5, 2.5), 8.0, 5.0, equal=True, x_ticks=[], y_ticks=[])


def bend(points: Floats) -> Floats:
    return np.asarray(1.8 * np.tanh(points @ MATRIX.T * 0.6))


def anchors(mobject: Mobject, plane: Plane) -> Floats:
    points = cast(Floats, mobject.points).reshape(-1, 4, 3)[:, [0, 3]].reshape(-1, 3)
    return plane.inverse(points)


def test_at_rest_the_lines_are_the_whole_numbers_of_the_box() -> None:
    plane = bare()
    ends = anchors(Lattice(plane).minor, plane).reshape(-1, 2, 2)
    level = ends[np.isclose(ends[:, 0, 1], ends[:, 1, 1])]
    assert sorted(np.unique(level[:, 0, 1].round(9))) == [-2, -1, 1, 2]
    across = ends[np.isclose(ends[:, 0, 0], ends[:, 1, 0])]
    assert sorted(np.unique(across[:, 0, 0].round(9))) == [-4, -3, -2, -1, 1, 2, 3, 4]
    np.testing.assert_allclose(np.abs(across[:, :, 1]), 2.5)


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_moved_lines_come_from_whole_numbers(step: float) -> None:
    plane = bare()
    sheet = Lattice(plane, step).redraw(MATRIX, (0.3, -0.2))
    back = (anchors(sheet.minor, plane) - (0.3, -0.2)) @ np.linalg.inv(MATRIX).T / step
    assert np.abs(back - np.round(back)).min(axis=1).max() < 1e-9
    axes = (anchors(sheet.axes, plane) - (0.3, -0.2)) @ np.linalg.inv(MATRIX).T
    assert np.abs(axes).min(axis=1).max() < 1e-9


def test_the_lines_stay_in_the_box_and_fill_it() -> None:
    plane = bare()
    sheet = Lattice(plane).redraw(MATRIX)
    ends = anchors(sheet.minor, plane)
    assert (np.abs(ends) <= np.array([4, 2.5]) + 1e-9).all()
    # Every line of the sheet that crosses the box is drawn from edge to edge: no end lies inside.
    assert np.isclose(np.abs(ends), [4, 2.5]).any(axis=1).all()


def test_laid_and_carried_by_the_same_map_it_lies_the_same() -> None:
    plane = bare()
    points = RNG.normal(size=(30, 2))
    laid, carried = Lattice(plane).redraw(MATRIX), Lattice(plane).warp(lambda x: x @ MATRIX.T)
    np.testing.assert_allclose(laid.at(points), carried.at(points))
    np.testing.assert_allclose(carried.at(points.reshape(5, 6, 2)), (points @ MATRIX.T).reshape(5, 6, 2))


def test_a_share_of_the_way_starts_at_rest_or_at_another_map() -> None:
    points = RNG.normal(size=(30, 2))
    sheet = Lattice(bare())
    np.testing.assert_allclose(sheet.warp(bend, 0.0).at(points), points)
    np.testing.assert_allclose(sheet.warp(bend, 1.0).at(points), bend(points))
    quarter = sheet.warp(bend, 0.25, start=lambda x: x @ MATRIX.T).at(points)
    np.testing.assert_allclose(quarter, 0.75 * points @ MATRIX.T + 0.25 * bend(points))


def test_a_bent_line_lies_on_the_map() -> None:
    plane = bare()
    sheet = Lattice(plane, 0.5, x=(-1, 1), y=(-1, 1)).warp(bend)
    ends = anchors(sheet.minor, plane)
    back = np.arctanh(ends / 1.8) / 0.6 @ np.linalg.inv(MATRIX).T * 2
    assert np.abs(back - np.round(back)).min(axis=1).max() < 1e-6
    assert len(ends) > 100


def test_what_is_pinned_goes_along_until_it_is_freed() -> None:
    plane = bare()
    sheet = Lattice(plane)
    dots, arrows = sheet.dots(SQUARE), sheet.arrows([(1, 0)])
    sheet.warp(bend)
    np.testing.assert_allclose(dots.values, bend(SQUARE), atol=1e-9)
    head = plane.inverse(arrows.points[12:13])
    assert np.linalg.norm(head - bend(np.array([[1.0, 0.0]]))) < 1e-9
    assert sheet.pinned == [dots, arrows]
    sheet.free(dots).redraw(np.eye(2))
    np.testing.assert_allclose(dots.values, bend(SQUARE), atol=1e-9)


def test_a_copy_has_nothing_pinned() -> None:
    sheet = Lattice(bare())
    dots = sheet.dots(SQUARE)
    twin = sheet.copy()
    twin.redraw(MATRIX)
    assert twin.pinned == []
    np.testing.assert_allclose(dots.values, SQUARE)
    np.testing.assert_allclose(twin.at(SQUARE), SQUARE @ MATRIX.T)


def test_driven_it_ends_where_the_path_ends_and_brings_nothing_on_stage() -> None:
    with tempconfig({"dry_run": True, "disable_caching": True}):
        scene = Scene()
        sheet = Lattice(bare())
        dots, away = sheet.dots(SQUARE), sheet.dots(SQUARE)
        scene.add(sheet, dots)
        scene.play(
            sheet.drive(lambda t: sheet.redraw(np.eye(2) + t * (MATRIX - np.eye(2))), 0.2, linear),
        )
    np.testing.assert_allclose(dots.values, SQUARE @ MATRIX.T)
    assert away not in scene.mobjects


def test_impossible_lattices_are_refused() -> None:
    with pytest.raises(ValueError, match="0 apart"):
        Lattice(bare(), 0)
    with pytest.raises(ValueError, match="logarithmic"):
        Lattice(Plane((1, 10), (1, 10), log_x=True, numbers=False))


def test_the_lattice_laid() -> None:
    plane = bare()
    sheet = Lattice(plane)
    tile = sheet.polygon(SQUARE)
    arrows = [sheet.arrows([(1, 0)], ink.first), sheet.arrows([(0, 1)], ink.second)]
    assert_golden("lattice-laid", sheet.redraw(MATRIX), tile, *arrows, sheet.dots([(2, 1)]))


def test_the_lattice_carried() -> None:
    plane = bare()
    sheet = Lattice(plane, 0.5)
    tile = sheet.polygon(SQUARE)
    line = sheet.segments([(-1, 1), (1, -1)], [(1, 1), (1, 1)])
    assert_golden("lattice-carried", sheet.warp(bend), tile, line)
