"""Prices on errors, thresholds, and the log loss."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn import metrics as reference
from sklearn.calibration import calibration_curve

from scenes.maths.model_evaluation import bill, digits, metrics

WHOLE = digits.everything()
TEN = digits.ten()


def test_bills_are_counted_at_each_threshold() -> None:
    thresholds, costs = bill.bills(WHOLE.positive, WHOLE.scores)
    for row in range(0, len(thresholds), 97):
        at = metrics.counts(WHOLE.positive, WHOLE.scores, thresholds[row])
        assert costs[row] == pytest.approx(at.bill(bill.MISS))


def test_by_hand_the_lower_threshold_is_cheaper() -> None:
    found = [metrics.counts(TEN.positive, TEN.scores, t).bill(bill.MISS) for t in (0.5, 0.25)]
    assert found == [12, 3]


def test_the_rule_is_least_for_calibrated_scores() -> None:
    """Truths drawn from the scores themselves: no threshold is cheaper on average than the rule's."""
    rng = np.random.default_rng(0)
    scores = rng.random(400_000)
    truth = rng.random(400_000) < scores
    grid = np.linspace(0.01, 0.6, 60)
    costs = [metrics.counts(truth, scores, t).bill(bill.MISS) for t in grid]
    assert grid[int(np.argmin(costs))] == pytest.approx(bill.rule(), abs=0.02)
    assert bill.rule() == pytest.approx(1 / 11)


def test_chosen_on_one_half_it_saves_on_the_other() -> None:
    found = bill.halvings()
    assert found.mean(axis=0) == pytest.approx([274, 451, 263], abs=0.6)
    assert (found[:, 0] < found[:, 1]).all()


def test_log_loss_is_that_of_scikit_learn() -> None:
    for truth, probability in ((True, 0.9), (True, 0.01), (False, 0.3)):
        expected = reference.log_loss([truth], [probability], labels=[False, True])
        assert bill.log_loss(truth, probability) == pytest.approx(expected)


def test_calibrated_scores_are_true_as_shares() -> None:
    for score in (0.1, 0.3, 0.8):
        assert np.mean(bill.calibrated(score)) == pytest.approx(score)


def test_scores_are_roughly_calibrated() -> None:
    """Of those scored near 0.4, about so many are eights."""
    for low, high, said in ((0.1, 0.25, 0.17), (0.3, 0.5, 0.40), (0.5, 0.7, 0.60)):
        chosen = (WHOLE.scores >= low) & (WHOLE.scores < high)
        assert WHOLE.scores[chosen].mean() == pytest.approx(said, abs=0.03)
        assert WHOLE.positive[chosen].mean() == pytest.approx(said, abs=0.1)


def test_reliability_is_that_of_scikit_learn() -> None:
    shares, means = calibration_curve(WHOLE.positive, WHOLE.scores, n_bins=10)
    said, found = bill.reliability()
    np.testing.assert_allclose(said, means)
    np.testing.assert_allclose(found, shares)


def test_ours_are_roughly_calibrated() -> None:
    """No tenth lies outside of what chance alone would do with a calibrated score in 99 of 100 cases."""
    said, found = bill.reliability()
    which = np.minimum((WHOLE.scores * 10).astype(int), 9)
    for number, (mean, share) in enumerate(zip(said, found, strict=True)):
        count = int((which == number).sum())
        assert binomtest(round(share * count), count, mean).pvalue > 0.01


def test_the_rule_costs_about_what_a_chosen_threshold_costs() -> None:
    chosen, _, ruled = bill.halvings().mean(axis=0)
    assert ruled == pytest.approx(chosen, rel=0.05)


def test_a_sure_mistake_is_dear_in_log_loss() -> None:
    """The eight that looks like a one: its probability of being an eight was a thousandth."""
    score = WHOLE.scores[digits.LIKE_A_ONE]
    assert float(bill.log_loss(True, score)) == pytest.approx(6.9, abs=0.2)
