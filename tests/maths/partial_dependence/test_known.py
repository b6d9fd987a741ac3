"""Where the truth is known: curves that cancel, and twins; both against a second computation."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.inspection import partial_dependence
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.partial_dependence import known


def test_half_of_the_curves_rise_and_half_fall() -> None:
    case = known.crossing(0)
    assert (case.rises > 0).sum() == case.above.sum() == 498
    assert case.rises[case.above].mean() == pytest.approx(8.6, abs=0.05)
    assert case.rises[~case.above].mean() == pytest.approx(-8.4, abs=0.05)


def test_their_mean_is_nearly_flat_in_each_draw() -> None:
    for seed in range(6):
        mean = known.crossing(seed).mean
        assert abs(mean[-1] - mean[0]) < 1
    flat = known.crossing(0).mean
    assert flat[-1] - flat[0] == pytest.approx(0.1, abs=0.05)


def test_the_tree_of_twins_is_explained_as_scikit_learn_does() -> None:
    rows, values, _ = known.twin_rows(2, tied=True)
    tree = DecisionTreeRegressor(min_samples_leaf=5, random_state=0).fit(rows, values)
    ours = known.twins(2)
    theirs = partial_dependence(tree, rows[:300], [1], method="brute", custom_values={1: ours.places})[
        "average"
    ][0]
    assert ours.pd == pytest.approx(theirs - theirs.mean())


def test_the_truth_is_the_square() -> None:
    for tied in (True, False):
        case = known.twins(1, tied)
        assert case.truth == pytest.approx(case.places**2 - (case.places**2).mean())


def test_correlated_twins_are_nearly_equal() -> None:
    tied, free = (np.corrcoef(*known.twin_rows(0, tied)[0].T).item(1) for tied in (True, False))
    assert tied > 0.96 and abs(free) < 0.1


def test_ale_is_closer_in_every_draw_of_correlated_features() -> None:
    pd, ale, _ = known.errors(tied=True).T
    assert (ale < pd).sum() == known.DRAWS == 100


def test_without_correlation_both_are_nearly_equally_good() -> None:
    pd, ale, _ = known.errors(tied=False).T
    assert (ale < pd).sum() == 38
    assert abs(pd.mean() - ale.mean()) < 0.004


def test_errors_and_rises_are_those_of_the_storyboard() -> None:
    tied, free = known.errors(tied=True), known.errors(tied=False)
    assert tied[:20].mean(axis=0) == pytest.approx([0.153, 0.041, 0.286], abs=0.001)
    assert free[:20, :2].mean(axis=0) == pytest.approx([0.023, 0.023], abs=0.001)
    assert known.rises()[:20].mean(axis=0) == pytest.approx([1.00, 1.26, 1.05, 1.90], abs=0.006)
    assert known.rises().mean(axis=0) == pytest.approx([1.00, 1.17, 1.00, 1.90], abs=0.006)
