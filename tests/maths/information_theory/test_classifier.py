"""The classifier's loss is scikit-learn's log loss, and its slope is that of the loss."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.metrics import log_loss

from scenes.maths.information_theory import bits, classifier


def test_the_loss_is_scikit_learns() -> None:
    training = classifier.train(0)
    for given, loss in zip(training.given[::8], training.losses[::8], strict=True):
        assert loss == pytest.approx(log_loss(training.truth, given) / np.log(2))


def test_the_loss_is_the_cross_entropy_of_the_one_hot_label() -> None:
    training = classifier.train(0)
    for row in (0, 5, 700):
        label = np.eye(10)[training.truth[row]]
        assert bits.cross_entropy(label, training.given[-1, row]) == pytest.approx(training.prices[-1, row])
        assert np.count_nonzero(bits.terms(label, training.given[-1, row])) == 1


def test_softmax_is_scipys() -> None:
    logits = np.random.default_rng(2).normal(size=(30, 10)) * 20
    np.testing.assert_allclose(classifier.softmax(logits), softmax(logits, axis=1))


def test_it_begins_with_equal_shares_and_learns() -> None:
    training = classifier.train(0)
    np.testing.assert_allclose(training.given[0], 0.1)
    assert training.losses[0] == pytest.approx(np.log2(10))
    assert (np.diff(training.losses) < 0).all()


def test_the_few_errors_make_almost_half_of_the_loss() -> None:
    assert classifier.scores().mean() == pytest.approx(0.96, abs=0.005)
    shares = classifier.share_of_errors()
    assert 0.42 < shares.mean() < 0.5
    assert shares.std() < 0.05
