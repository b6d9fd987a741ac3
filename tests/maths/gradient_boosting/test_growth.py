"""Trees level by level and leaf by leaf."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.gradient_boosting import growth


@pytest.mark.parametrize("leafwise", [True, False])
def test_the_shown_trees_are_scikit_learns(leafwise: bool) -> None:
    points, values = growth.plot()
    found = growth.shown(leafwise)
    tree = growth.grown(leafwise, growth.SHOWN_LEAVES).fit(points, values)
    leaf = np.flatnonzero(found.children[:, 0] < 0)
    assert len(leaf) == growth.SHOWN_LEAVES
    assert len(found.order) == growth.SHOWN_LEAVES - 1
    for node in leaf:
        left, low, right, high = found.boxes[node]
        inside = (points > [left, low]) & (points <= [right, high])
        rows = inside.all(axis=1)
        np.testing.assert_allclose(tree.predict(points[rows]), found.values[node])
        np.testing.assert_allclose(values[rows].mean(), found.values[node])


def test_the_leafwise_tree_is_lopsided() -> None:
    assert (
        growth.grown(True, 8).fit(*growth.plot()).get_depth()
        > growth.grown(False, 8).fit(*growth.plot()).get_depth()
    )


def test_leafwise_is_better_with_many_rows_and_not_with_few() -> None:
    many, few = (growth.compared(*size) for size in growth.SIZES)
    assert many.better == growth.DRAWS
    assert few.better < growth.DRAWS / 2
    assert 2 <= few.smallest.mean() < 3


def test_who_predicts_the_mean_errs_by_the_variance() -> None:
    grid = (np.arange(400) + 0.5) / 400
    flat = np.sin(np.pi * np.outer(grid, grid))
    parts = [100 * flat.var(), 400 * ((grid - 0.5) ** 2).var(), 100 * grid.var(), 25 * grid.var()]
    assert growth.plain() == pytest.approx(sum(parts), rel=0.01)
