"""Stacking, against scikit-learn's own stack and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import StackingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score

from scenes.maths.ensembles import stacking


def test_columns_by_hand() -> None:
    assert (stacking.SEEN[0] == stacking.TRUTH).all()
    assert ((stacking.HELD - stacking.TRUTH) ** 2).sum(axis=1) == pytest.approx([31, 5])


def test_no_row_is_in_its_own_out_of_fold_model() -> None:
    table, target = stacking.patients()
    changed = target.copy()
    changed[0] += 1000
    honest, again = (stacking.columns(table, each, True) for each in (target, changed))
    assert again[0] == pytest.approx(honest[0])
    assert stacking.columns(table, target, False)[:, 0] == pytest.approx(target)


def test_the_leaked_stack_is_the_tree() -> None:
    found = stacking.stacked()
    assert found.leaked == pytest.approx([1, 0, 0], abs=1e-6)
    assert found.error("leaked") == pytest.approx(found.error("tree"))
    assert (found.errors["leaked"] > found.errors["mean"]).all()


def test_the_honest_stack_ties_with_ridge() -> None:
    found = stacking.stacked()
    assert abs(found.error("honest") - found.error("ridge")) < 0.5
    assert (found.errors["honest"] < found.errors["average"]).all()
    table, target = stacking.patients()
    named = list(zip(("tree", "ridge", "neighbours"), stacking.learners(), strict=True))
    model = StackingRegressor(named, LinearRegression(positive=True), cv=stacking.FOLDS)
    outer = KFold(stacking.OUTER, shuffle=True, random_state=0)
    squares = -cross_val_score(model, table, target, cv=outer, scoring="neg_mean_squared_error")
    assert np.sqrt(squares.mean()) == pytest.approx(found.errors["honest"][0], rel=1e-3)


def test_neither_vote_nor_stack_beats_the_best_of_four() -> None:
    found = stacking.four()
    best = max(found.accuracies[name][0] for name in stacking.classifiers())
    assert found.accuracies["neighbours"][0] == best
    assert max(found.accuracies["stack"][0], found.accuracies["soft vote"][0]) < best
    assert found.wrong.all(axis=0).sum() == 11 and found.wrong.any(axis=0).sum() == 165
