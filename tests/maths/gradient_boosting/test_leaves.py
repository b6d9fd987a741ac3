"""Leaf weights and gains: those of the formulas, of brute force, and of XGBoost itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from scenes.maths.gradient_boosting import leaves, losses, runs, stairs


@pytest.mark.parametrize("penalty", [0.0, 2.0])
def test_a_leaf_weight_is_the_bottom_of_its_parabola(penalty: float) -> None:
    found = minimize_scalar(lambda w: float(leaves.parabola(10.0, 2.0, w, penalty)))
    assert float(leaves.weight(10.0, 2.0, penalty)) == pytest.approx(found.x, abs=1e-6)
    assert float(leaves.depth(10.0, 2.0, penalty)) == pytest.approx(-found.fun)


def test_without_a_penalty_it_is_the_mean_residual() -> None:
    gradient, hessian = leaves.hand()
    assert float(leaves.weight(gradient[:2].sum(), hessian[:2].sum())) == (stairs.HAND_Y - 10)[:2].mean()


def test_gains_by_hand() -> None:
    np.testing.assert_allclose(leaves.hand_gains(), [42 + 2 / 3, 50, 24])
    assert leaves.hand_gains(2.0)[1] == pytest.approx(25)
    rest = stairs.HAND_Y - 10
    for cut, gain in zip(stairs.cuts(stairs.HAND_X), leaves.hand_gains(), strict=True):
        stump = stairs.stump_at(stairs.HAND_X, rest, cut)
        saved = (
            losses.loss("squared", rest, 0.0).sum()
            - losses.loss("squared", rest, stump.at(stairs.HAND_X)).sum()
        )
        assert gain == pytest.approx(saved)


def test_the_split_is_xgboosts_and_its_gain_twice_ours() -> None:
    ours, theirs = leaves.split(), runs.first_tree()
    assert theirs.cut == pytest.approx(ours.cut)
    assert theirs.gain == pytest.approx(2 * ours.gain, rel=1e-6)
    np.testing.assert_allclose(theirs.leaves, ours.weights, rtol=1e-6)


def test_gains_are_those_of_brute_force() -> None:
    data = leaves.tumours()
    tried = stairs.cuts(data.column)[::37]
    for cut, gain in zip(
        tried, leaves.gains(data.column, data.gradient, data.hessian, leaves.LAMBDA, tried), strict=True
    ):
        below = data.column < cut
        depths = [
            float(leaves.depth(data.gradient[rows].sum(), data.hessian[rows].sum(), leaves.LAMBDA))
            for rows in (below, ~below, np.ones(len(below), dtype=bool))
        ]
        assert gain == pytest.approx(depths[0] + depths[1] - depths[2])


def test_the_parabola_touches_the_loss() -> None:
    hair = 1e-4
    for odds in (-2.0, 0.0, 3.0):
        near = np.array([-hair, 0.0, hair])
        np.testing.assert_allclose(
            leaves.taylor(1.0, odds, near), losses.loss("log", 1.0, odds + near), atol=1e-11
        )
        assert float(leaves.curved(odds)) <= 0.25
    assert float(leaves.curved(0.0)) == 0.25


def test_for_squared_loss_the_parabola_is_the_loss() -> None:
    steps = np.linspace(-9, 9, 7)
    for y in stairs.HAND_Y:
        change = losses.loss("squared", y, 10 + steps) - losses.loss("squared", y, 10.0)
        np.testing.assert_allclose(leaves.parabola(10 - y, 1.0, steps), change)


def test_bins_keep_most_of_the_gain() -> None:
    exact = leaves.search()
    assert exact.cuts == sum(len(np.unique(column)) - 1 for column in leaves.tumours().table.T)
    shares = [leaves.search(bins).gain / exact.gain for bins in (4, 8, leaves.FEW, 32, leaves.MANY)]
    assert (np.diff(shares) > 0).all()
    assert 0.97 < shares[2] < 0.98
    assert shares[4] == pytest.approx(1)


def test_parent_minus_left_is_right() -> None:
    data = leaves.tumours()
    below = data.column < leaves.split().cut
    whole, left, right = (
        leaves.binned(),
        leaves.binned(below.astype(float)),
        leaves.binned((~below).astype(float)),
    )
    np.testing.assert_allclose(whole.gradient - left.gradient, right.gradient)
    np.testing.assert_allclose(whole.hessian - left.hessian, right.hessian)
    assert len(whole.gradient) == leaves.FEW
