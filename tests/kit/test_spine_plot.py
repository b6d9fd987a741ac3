"""Spine plots: areas are joint probabilities, and names are seen where they fit."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT

from scenes.kit.spine_plot import SpinePlot
from tests.golden import assert_golden

TABLE = np.array([[0.1, 0.2, 0.1], [0.3, 0.02, 0.28]])
NAMES = ("a", "b", "c")


def boxes(plot: SpinePlot) -> np.ndarray:
    """Lower left and upper right corner (m, k, 2, 2) of each part as drawn, in units of the square."""
    corners = np.array([[plot.square.inverse(part.points) for part in column] for column in plot.parts])
    return np.stack([corners.min(axis=2), corners.max(axis=2)], axis=2)


def test_areas_are_probabilities() -> None:
    sides = np.diff(boxes(SpinePlot(TABLE, NAMES)), axis=2)[:, :, 0]
    np.testing.assert_allclose(sides.prod(axis=2), TABLE)
    np.testing.assert_allclose(sides[:, :, 0], [[0.4] * 3, [0.6] * 3])


def test_independent_variables_cut_all_columns_alike() -> None:
    plot = SpinePlot(np.outer([0.25, 0.75], [0.5, 0.2, 0.3]), NAMES)
    np.testing.assert_allclose(boxes(plot)[0, :, :, 1], boxes(plot)[1, :, :, 1])


def test_another_table_is_shown_where_the_plot_lies_now() -> None:
    plot = SpinePlot(TABLE, NAMES, 4.0, 4.0).shift(RIGHT)
    assert plot.redraw(TABLE[::-1]) is plot
    np.testing.assert_allclose(np.diff(boxes(plot), axis=2)[:, :, 0].prod(axis=2), TABLE[::-1])
    np.testing.assert_allclose(plot.foot(0), [1 - 2 + 0.3 * 4, -2.0, 0.0])


def test_a_name_is_seen_where_its_part_is_high_enough() -> None:
    plot = SpinePlot(TABLE, NAMES)
    seen = [[float(name.get_fill_opacity()) for name in column] for column in plot.names]
    assert seen == [[1.0, 1.0, 1.0], [1.0, 0.0, 1.0]]


@pytest.mark.parametrize(
    ("table", "names", "why"),
    [
        (TABLE[0], NAMES, r"a table, not from the shape \(3,\)"),
        (TABLE * 2, NAMES, "sum to 1"),
        (np.array([[1.5, -0.5, 0.0]]), NAMES, "sum to 1"),
        (np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]), NAMES, "no column without any"),
        (TABLE, NAMES[:2], "columns of 3 parts have no 2 names"),
    ],
)
def test_what_is_no_joint_distribution_is_refused(
    table: np.ndarray, names: tuple[str, ...], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        SpinePlot(table, names)


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns cannot show"):
        SpinePlot(TABLE, NAMES).redraw(TABLE.T)


def test_the_picture() -> None:
    plot = SpinePlot(TABLE, NAMES, 8.0, 5.0)
    assert_golden("spine-plot", *(part for column in plot.parts for part in column))
