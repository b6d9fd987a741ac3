"""The cut box against hulls, random matrices and the numbers on paper."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from scenes.maths.linear_algebra.cutting import cut_away, polygon_area
from scenes.maths.linear_algebra.linear import PUSH

RNG = np.random.default_rng(5)


def test_our_tile_on_paper() -> None:
    cut = cut_away(PUSH)
    assert cut.box.tolist() == [2.0, 2.0]
    assert cut.areas.tolist() == [0.25, 0.5, 0.75, 0.75, 0.5, 0.25]
    assert cut.areas.sum() == 3.0
    assert cut.left == 1.0


def test_what_is_left_of_the_box_is_the_determinant_and_the_hull_of_the_tile() -> None:
    asked = 0
    for matrix in RNG.uniform(0.1, 2.0, (60, 2, 2)):
        if np.linalg.det(matrix) <= 0:
            with pytest.raises(ValueError, match="six pieces"):
                cut_away(matrix)
            continue
        asked += 1
        cut = cut_away(matrix)
        assert (cut.areas > 0).all()
        assert cut.left == pytest.approx(np.linalg.det(matrix))
        assert cut.left == pytest.approx(ConvexHull(cut.tile).volume)
        for piece, area in zip(cut.pieces, cut.areas, strict=True):
            assert area == pytest.approx(ConvexHull(piece).volume)
    assert asked > 20


def test_an_outline_that_runs_the_other_way_counts_negative() -> None:
    square = np.array([(0, 0), (2, 0), (2, 1), (0, 1)])
    assert (polygon_area(square), polygon_area(square[::-1])) == (2.0, -2.0)
