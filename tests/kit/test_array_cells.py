"""Cells of an array: each lies where it is put, in a row, a table or a step aside, as bright as it is told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink
from scenes.kit.array_cells import ArrayCells
from tests.golden import assert_golden


def test_they_lie_side_by_side_at_first() -> None:
    cells = ArrayCells(["a", "b", "c"], 1.5, 0.8)
    np.testing.assert_allclose(cells.centres, [(-1.5, 0, 0), (0, 0, 0), (1.5, 0, 0)], atol=1e-9)
    np.testing.assert_allclose(
        [(box.outline.width, box.outline.height) for box in cells.boxes], [(1.5, 0.8)] * 3, atol=1e-6
    )


def test_a_grid_is_read_row_by_row() -> None:
    cells = ArrayCells(range(6), 1.0)
    goal = cells.grid(2, (1.0, 2.0, 0.0), gap=0.5)
    np.testing.assert_allclose(goal.mean(axis=0), (1, 2, 0))
    np.testing.assert_allclose(np.diff(goal[:3], axis=0), [(1.5, 0, 0)] * 2)
    np.testing.assert_allclose(goal[3] - goal[0], (0, -1.5, 0))
    np.testing.assert_allclose(cells.put(goal).centres, goal, atol=1e-9)


def test_a_step_is_counted_in_boxes() -> None:
    cells = ArrayCells(range(2), 2.0, 0.5)
    np.testing.assert_allclose(cells.step((1, 1, 0), 1.5, 2), (4, 0, 0))


def test_each_is_as_bright_and_coloured_as_told() -> None:
    cells = ArrayCells(range(3), 1.0, fill=0.4).shade([1.0, 0.5, 0.0])
    assert [box.outline.get_fill_opacity() for box in cells.boxes] == pytest.approx([0.4, 0.2, 0.0])
    cells.dye([1], ink.error)
    assert cells.boxes[1].outline.get_stroke_color() == ink.error
    assert cells.boxes[1].outline.get_fill_opacity() == pytest.approx(0.2)
    assert cells.boxes[0].outline.get_stroke_color() == ink.first


def test_what_does_not_fit_is_refused() -> None:
    cells = ArrayCells(range(6), 1.0)
    with pytest.raises(ValueError, match="one length"):
        cells.grid(4)
    with pytest.raises(ValueError, match="6 cells"):
        cells.put(np.zeros((5, 3)))
    with pytest.raises(ValueError, match="at least one"):
        ArrayCells([], 1.0)


def test_golden_cells() -> None:
    strip, table = ArrayCells(range(12), 0.9), ArrayCells(range(12), 1.3, 0.9, ink.truth)
    strip.put(strip.grid(1, (0.0, -2.5, 0.0)))
    table.put(table.grid(3, (0.0, 1.0, 0.0))).shade(np.where(np.arange(12) // 4 == 1, 1.0, 0.35))
    assert_golden("array-cells", strip, table.dye([5], ink.focus), text=True)
