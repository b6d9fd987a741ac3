"""Permutation and drop-column importance: held to scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.inspection import permutation_importance
from sklearn.metrics import r2_score

from scenes.maths.feature_importance import permuted
from scenes.maths.feature_importance.patients import (
    BLOOD,
    MASS,
    TICKET,
    explained,
    grown,
    split,
    table,
    twinned,
)


def test_r_squared_is_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    truth, said = rng.normal(size=(2, 50))
    assert explained(truth, said) == pytest.approx(r2_score(truth, said))
    assert explained(truth, np.full(50, truth.mean())) == pytest.approx(0)


def test_the_shuffle_by_hand() -> None:
    errors, around, left = permuted.by_hand()
    assert (errors, around) == (400, 500)
    assert left == pytest.approx(r2_score(permuted.HAND, permuted.HAND[permuted.HAND_ORDER]))
    assert sorted(permuted.HAND_ORDER) == [0, 1, 2, 3]


def test_losses_are_scikit_learns() -> None:
    parts = split(1)
    forest = grown(parts)
    theirs = permutation_importance(forest, parts.held, parts.held_y, n_repeats=60, random_state=5)
    for column in (MASS, BLOOD, TICKET):
        rng = np.random.default_rng(6)
        ours = permuted.losses(forest.predict, parts.held, parts.held_y, (column,), 60, rng)
        spread = theirs.importances_std[column] + 0.002
        assert ours.mean() == pytest.approx(theirs.importances_mean[column], abs=0.6 * spread)


def test_columns_that_move_together_keep_their_rows() -> None:
    parts = twinned(split(0))
    order = np.random.default_rng(0).permutation(len(parts.held))
    moved = permuted.shuffled(parts.held, (MASS, 12), order)
    np.testing.assert_allclose(moved[:, 12], moved[:, MASS] * 0.2048)
    np.testing.assert_array_equal(np.sort(moved[:, MASS]), np.sort(parts.held[:, MASS]))
    np.testing.assert_array_equal(np.delete(moved, (MASS, 12), 1), np.delete(parts.held, (MASS, 12), 1))


def test_dropping_fits_anew() -> None:
    parts = split(2)
    whole = explained(parts.held_y, grown(parts).predict(parts.held))
    rest = grown(parts.without(BLOOD))
    assert rest.n_features_in_ == 11
    loss = whole - r2_score(parts.held_y, rest.predict(np.delete(parts.held, BLOOD, 1)))
    assert permuted.dropped(parts, (BLOOD,), whole) == pytest.approx(loss)


def test_patients_are_those_of_the_data_set() -> None:
    measures, progress = table()
    assert measures.shape == (442, 10)
    parts = split(0)
    assert sorted(np.r_[parts.seen_y, parts.held_y]) == sorted(progress)
    assert sorted(np.r_[parts.seen[:, TICKET], parts.held[:, TICKET]]) == list(range(442))
