"""Nullity matrices: a cell is as bright as its value, and what is missing glows where it lies."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink, shot
from scenes.kit.nullity_matrix import NullityMatrix
from tests.golden import assert_golden

SHADES = np.array([[0.0, 0.4], [np.nan, 0.6], [0.3, 0.8], [0.6, 1.0], [0.9, 0.0]])


def rows_of(matrix: NullityMatrix) -> np.ndarray:
    """RGB (rows, columns, 3) in the middle of each cell."""
    return np.asarray(matrix.pixel_array[:, [7, 23], :3]).astype(int)


def test_a_larger_value_is_brighter_in_the_colour_of_its_column() -> None:
    cells = rows_of(NullityMatrix(SHADES, shot.SAFE, [ink.chalk, ink.first]))
    assert (np.diff(cells[:4, 1].sum(axis=1)) > 0).all()
    assert np.ptp(cells[4, 0]) < np.ptp(cells[3, 1])


def test_a_hole_and_its_neighbours_glow() -> None:
    matrix = NullityMatrix(SHADES, shot.SAFE)
    dark = rows_of(matrix)
    bright = rows_of(matrix.glow(1.0))
    np.testing.assert_allclose(bright[:3, 0], [ink.focus.to_int_rgb()] * 3, atol=1)
    np.testing.assert_array_equal(bright[:, 1], dark[:, 1])
    np.testing.assert_array_equal(bright[3:], dark[3:])
    assert dark[1, 0].sum() < bright[1, 0].sum() / 2
    np.testing.assert_array_equal(rows_of(matrix.glow(0.0)), dark)


def test_rows_are_revealed_from_the_top() -> None:
    cells = rows_of(NullityMatrix(SHADES, shot.SAFE).reveal(0.4))
    np.testing.assert_allclose(cells[2:], np.broadcast_to(ink.ground.to_int_rgb(), (3, 2, 3)), atol=1)
    assert (cells[0, 1] != np.array(ink.ground.to_int_rgb())).any()


def test_missing_cells_are_counted_by_column() -> None:
    assert NullityMatrix(SHADES, shot.SAFE).missing.tolist() == [1, 0]


def test_what_is_no_table_of_shades_is_refused() -> None:
    with pytest.raises(ValueError, match="rows and columns"):
        NullityMatrix([0.1, 0.2], shot.SAFE)
    with pytest.raises(ValueError, match="from 0 to 1"):
        NullityMatrix([[0.1, 2.0]], shot.SAFE)
    with pytest.raises(ValueError, match="as many colors"):
        NullityMatrix(SHADES, shot.SAFE, [ink.chalk])


def test_golden_nullity_matrix() -> None:
    rng = np.random.default_rng(4)
    shades = rng.uniform(size=(60, 4))
    shades[::20, 2] = np.nan
    colors = [ink.chalk, ink.first, ink.first, ink.first]
    assert_golden("nullity-matrix", NullityMatrix(shades, shot.SAFE, colors).glow(1.0))
