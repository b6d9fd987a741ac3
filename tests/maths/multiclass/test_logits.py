"""Softmax and cross-entropy: held against scipy and finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special
from scipy.optimize import approx_fprime
from sklearn.metrics import log_loss

from scenes.maths.multiclass import logits, schemes

SOME = np.random.default_rng(3).normal(0, 4, (30, 5))


def test_softmax_is_that_of_scipy() -> None:
    np.testing.assert_allclose(logits.softmax(SOME), special.softmax(SOME, axis=1))
    np.testing.assert_allclose(logits.softmax(SOME).sum(axis=1), 1.0)


def test_the_same_added_to_all_logits_changes_nothing() -> None:
    np.testing.assert_allclose(logits.softmax(SOME + 100), logits.softmax(SOME))


def test_by_hand() -> None:
    np.testing.assert_allclose(np.exp(logits.HAND), [6, 3, 1])
    np.testing.assert_allclose(logits.softmax(logits.HAND), [0.6, 0.3, 0.1])
    assert logits.loss(logits.HAND, 0) == pytest.approx(-np.log(0.6))


def test_two_classes_are_the_sigmoid_of_the_difference() -> None:
    two = SOME[:, :2]
    np.testing.assert_allclose(logits.softmax(two)[:, 0], special.expit(two[:, 0] - two[:, 1]))
    np.testing.assert_allclose(logits.sigmoid(two[:, 0]), special.expit(two[:, 0]))


def test_the_gradient_is_that_of_finite_differences() -> None:
    for row in SOME[:5]:
        slope = approx_fprime(row, lambda z: logits.loss(z, 2), 1e-7)
        np.testing.assert_allclose(logits.gradient(row, 2), slope, atol=1e-5)


def test_the_descent_falls_to_where_scikit_learn_is() -> None:
    points, labels = schemes.blobs(3)
    states = logits.trained()
    losses = [log_loss(labels, logits.softmax(state.scores(points))) for state in states]
    assert losses[0] == pytest.approx(np.log(3))
    assert (np.diff(losses) < 0).all()
    theirs = schemes.softmax(points, labels)
    assert np.mean(theirs.scores(points).argmax(1) == states[-1].scores(points).argmax(1)) == 1.0


def test_trained_logits_have_no_ambiguous_region() -> None:
    points, _ = schemes.blobs(3)
    shares = logits.softmax(logits.trained()[-1].scores(points))
    assert (np.sort(shares, axis=1)[:, -1] > np.sort(shares, axis=1)[:, -2]).all()
