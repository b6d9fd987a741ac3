"""Heat maps: a cell is as bright as its number, and columns share the width."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink, shot
from scenes.kit.heat_map import DivergingMap, HeatMap
from scenes.kit.plane import Plane
from tests.golden import assert_golden

VALUES = np.array([[0.0, 0.5, 1.0], [1.0, 0.5, 0.0]])


def middles(heat: HeatMap) -> np.ndarray:
    """RGB (rows, columns, 3) in the middle of each column as wide as it is now."""
    edges = np.r_[0.0, np.cumsum(heat.widths)] / heat.widths.sum()
    at = (heat.pixel_array.shape[1] * (edges[:-1] + edges[1:]) / 2).astype(int)
    return np.asarray(heat.pixel_array[:, at, :3]).astype(int)


def test_a_larger_number_is_brighter_up_to_chalk() -> None:
    cells = middles(HeatMap(VALUES, shot.SAFE))
    assert (np.diff(cells[0].sum(axis=1)) > 0).all()
    np.testing.assert_array_equal(cells[0], cells[1, ::-1])
    np.testing.assert_allclose(cells[0, 2], ink.chalk.to_int_rgb(), atol=1)


def test_columns_share_the_width() -> None:
    heat = HeatMap(VALUES, shot.SAFE).redraw(widths=[1, 1, 2])
    left, right = heat.column(2)
    assert (left, right) == pytest.approx((shot.SAFE.left + shot.SAFE.width / 2, shot.SAFE.right))
    share = (heat.pixel_array[0, :, 0] > 200).mean()
    assert share == pytest.approx(0.5, abs=0.01)
    assert heat.row(1) == pytest.approx(shot.SAFE.middle[1])


def test_cells_are_dimmed_and_dyed_one_by_one() -> None:
    heat = HeatMap(np.ones((2, 3)), shot.SAFE).dyes([ink.error, ink.first])
    cells = middles(heat.redraw(strength=[[1, 0, 1], [1, 1, 1]], dye=[[1, 0, 0], [0, 0, 1]]))
    np.testing.assert_allclose(cells[0, 0], ink.error.to_int_rgb(), atol=1)
    np.testing.assert_allclose(cells[0, 1], ink.ground.to_int_rgb(), atol=1)
    np.testing.assert_allclose(cells[1, 2], ink.first.to_int_rgb(), atol=1)
    np.testing.assert_allclose(cells[1, 1], ink.chalk.to_int_rgb(), atol=1)


def test_signs_have_two_colours_and_sizes_their_brightness() -> None:
    signed = DivergingMap(Plane((0, 2), (0, 2)), [[3.0, 1.0], [-3.0, -9.0]], ink.first, ink.error, 3.0)
    top, bottom = signed.pixel_array[..., :3].astype(int)
    np.testing.assert_allclose(bottom[0], ink.first.to_int_rgb(), atol=1)
    assert bottom[1].sum() < bottom[0].sum()
    np.testing.assert_allclose(top, [ink.error.to_int_rgb()] * 2, atol=1)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="rows and columns"):
        HeatMap([1.0, 2.0], shot.SAFE)
    with pytest.raises(ValueError, match="rows and columns"):
        DivergingMap(Plane((0, 2), (0, 2)), [1.0], ink.first, ink.error, 3.0)


def test_golden_heat_map() -> None:
    rng = np.random.default_rng(2)
    heat = HeatMap(rng.uniform(size=(40, 8)), shot.SAFE).dyes([ink.first] * 40)
    assert_golden("heat-map", heat.redraw(widths=[1] * 4 + [0.4] * 4, dye=np.eye(40, 8)))
