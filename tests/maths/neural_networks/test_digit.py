"""The small network of the digits against scikit-learn, and what is said of seen and unseen ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from scenes.maths.neural_networks import digit, network


def test_halves_are_the_rows_in_their_order() -> None:
    pixels, kind = load_digits(return_X_y=True)
    data = digit.halves()
    assert len(data.x) == 1797 and digit.SEEN == 898
    np.testing.assert_array_equal(data.kind, kind)
    np.testing.assert_allclose(data.x[: digit.SEEN].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_array_equal(data.pictures[-1].ravel(), pixels[-1])
    np.testing.assert_array_equal(data.truth.argmax(axis=1), kind)


def test_chances_sum_to_one_and_pay_as_scikit_learn_says() -> None:
    found, data = digit.learn(0), digit.halves()
    np.testing.assert_allclose(found.chances.sum(axis=-1), 1)
    for look in (0, 30, -1):
        paid = log_loss(data.kind[digit.SEEN :], found.chances[look], labels=range(10))
        assert found.unseen_loss[look] == pytest.approx(paid, rel=1e-9)


def test_on_random_halves_the_network_gains_little_more_than_half_a_point_on_a_tuned_linear_model() -> None:
    linear, net = digit.rivals().T
    assert len(net) == 20
    assert linear.mean() == pytest.approx(0.960, abs=5e-4) and net.mean() == pytest.approx(0.965, abs=5e-4)
    assert linear.std() < 0.008 and net.std() < 0.008
    assert 0 < (net - linear).mean() < 0.006


def test_validation_digits_are_half_of_those_that_are_not_learned() -> None:
    rows = digit.validation()
    assert len(rows) == len(set(rows.tolist())) == 449 and rows.max() < 899
    found = digit.learn(0)
    paid = log_loss(digit.halves().kind[digit.SEEN + rows], found.chances[-1][rows], labels=range(10))
    assert found.validation_loss[-1] == pytest.approx(paid, rel=1e-9)


def test_seen_is_learned_and_unseen_turns() -> None:
    found = digit.learn(0)
    at = int(np.flatnonzero(found.steps == 500)[0])
    assert found.right[at] == 1
    assert found.unseen_right[at] == pytest.approx(0.939, abs=1e-3)
    lowest = int(found.unseen_loss.argmin())
    assert 200 < found.steps[lowest] < 500
    assert (np.diff(found.loss[lowest:]) < 0).all()
    assert (np.diff(found.unseen_loss[lowest:]) > 0).all()
    assert found.unseen_loss[-1] > 1.1 * found.unseen_loss[lowest]


def test_it_has_2410_numbers() -> None:
    assert network.count_numbers(digit.SIZES) == 2410
    assert sum((a + 1) * b for a, b in itertools.pairwise(digit.SIZES)) == 2410


def test_the_linear_rival_has_converged() -> None:
    data = digit.halves()
    seen, rest = slice(None, digit.SEEN), slice(digit.SEEN, None)
    scores = [
        LogisticRegression(C=1.0, max_iter=steps)
        .fit(data.x[seen], data.kind[seen])
        .score(data.x[rest], data.kind[rest])
        for steps in (5000, 10000)
    ]
    assert scores[0] == scores[1] == pytest.approx(0.9355, abs=5e-4)
