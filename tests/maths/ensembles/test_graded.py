"""AdaBoost.R2 by hand, and against scikit-learn's weighted median and errors."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostRegressor
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.ensembles import graded


def test_grades_by_hand() -> None:
    loss = graded.losses(graded.RESIDUALS)
    assert loss == pytest.approx([0, 0, 1 / 3, 1])
    beta = graded.rate(np.full(4, 0.25), loss)
    assert beta == pytest.approx(0.5)
    assert graded.graded(loss, beta) == pytest.approx([0.5, 0.5, 0.5 ** (2 / 3), 1])


def test_the_median_by_hand() -> None:
    assert graded.weighted_median(graded.ANSWERS, [1, 1, 1])[0] == 3
    assert graded.weighted_median(graded.ANSWERS, [1, 1, 3])[0] == 9


def test_the_median_and_the_errors_are_scikit_learns() -> None:
    theirs = []
    for seed in range(5):
        x, y = graded.draw(seed)
        base = DecisionTreeRegressor(max_depth=4)
        model = AdaBoostRegressor(base, n_estimators=60, random_state=seed).fit(x[:, None], y)
        answers = np.column_stack([tree.predict(graded.GRID[:, None]) for tree in model.estimators_])
        said = model.predict(graded.GRID[:, None])
        votes = model.estimator_weights_[: len(model.estimators_)]
        assert graded.weighted_median(answers, votes) == pytest.approx(said)
        theirs.append(np.sqrt(((said - graded.bends(graded.GRID)) ** 2).mean()))
    assert np.mean(theirs) == pytest.approx(graded.errors().boosted[:5].mean(), abs=0.05)


def test_boosting_beats_one_small_tree_in_each_draw() -> None:
    found = graded.errors()
    assert (found.boosted < found.single).all() and (found.boosted < found.full).all()


def test_a_full_tree_does_as_well_where_noise_is_small() -> None:
    found = graded.errors(0.1)
    assert found.boosted.mean() == pytest.approx(found.full.mean(), abs=0.03)


def test_weights_stay_a_distribution() -> None:
    weights = graded.boost(0).weights
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(weights)))
