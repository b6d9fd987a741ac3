"""Outcomes, metrics and curves against scikit-learn, scipy and counting by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hmean, mannwhitneyu
from sklearn import metrics as reference

from scenes.maths.model_evaluation import digits, metrics

WHOLE = digits.everything()
TEN = digits.ten()
WALK = metrics.roc(WHOLE.positive, WHOLE.scores)
THRESHOLDS = (0.9, 0.7, 0.5, 0.3, 0.1)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_counts_and_metrics_are_those_of_scikit_learn(threshold: float) -> None:
    found = metrics.counts(WHOLE.positive, WHOLE.scores, threshold)
    called = WHOLE.scores >= threshold
    tn, fp, fn, tp = reference.confusion_matrix(WHOLE.positive, called).ravel()
    assert (found.tp, found.fp, found.fn, found.tn) == (tp, fp, fn, tn)
    assert found.total == len(WHOLE)
    assert found.accuracy == pytest.approx(reference.accuracy_score(WHOLE.positive, called))
    assert found.precision == pytest.approx(reference.precision_score(WHOLE.positive, called))
    assert found.recall == pytest.approx(reference.recall_score(WHOLE.positive, called))
    assert found.f1 == pytest.approx(reference.f1_score(WHOLE.positive, called))
    assert found.f1 == pytest.approx(hmean([found.precision, found.recall]))
    for average, ours in (("macro", metrics.macro_f1), ("micro", metrics.micro_f1)):
        assert ours(found) == pytest.approx(reference.f1_score(WHOLE.positive, called, average=average))


def test_the_walk_is_the_roc_curve_of_scikit_learn() -> None:
    fpr, tpr, thresholds = reference.roc_curve(WHOLE.positive, WHOLE.scores, drop_intermediate=False)
    np.testing.assert_allclose(WALK.fpr, fpr)
    np.testing.assert_allclose(WALK.tpr, tpr)
    np.testing.assert_allclose(WALK.thresholds, thresholds)
    for threshold in THRESHOLDS:
        found = metrics.counts(WHOLE.positive, WHOLE.scores, threshold)
        assert WALK.at(threshold) == pytest.approx((found.false_positive_rate, found.recall))


def test_tied_scores_make_one_step() -> None:
    walk = metrics.roc([1, 0, 1, 0], [0.6, 0.6, 0.6, 0.2])
    np.testing.assert_allclose(walk.fpr, [0, 0.5, 1])
    np.testing.assert_allclose(walk.tpr, [0, 1, 1])
    assert metrics.auc([1, 0, 1, 0], [0.6, 0.6, 0.6, 0.2]) == pytest.approx(0.75)


def test_one_class_alone_has_no_curve() -> None:
    with pytest.raises(ValueError, match="positives and negatives"):
        metrics.roc([1, 1], [0.1, 0.2])


def test_the_area_is_the_share_of_won_pairs() -> None:
    won = int((metrics.duels(WHOLE.positive, WHOLE.scores) > 0).sum())
    pairs = WHOLE.positive.sum() * (~WHOLE.positive).sum()
    area = metrics.auc(WHOLE.positive, WHOLE.scores)
    assert (won, pairs) == (260_843, 282_402)
    assert area == pytest.approx(won / pairs)
    assert area == pytest.approx(reference.roc_auc_score(WHOLE.positive, WHOLE.scores))
    rank = mannwhitneyu(WHOLE.scores[WHOLE.positive], WHOLE.scores[~WHOLE.positive]).statistic
    assert area == pytest.approx(rank / pairs)
    assert area == pytest.approx(np.trapezoid(WALK.tpr, WALK.fpr))
    assert len(np.unique(WHOLE.scores)) == len(WHOLE)  # no ties


def test_won_pairs_lie_under_the_staircase() -> None:
    """In the grid of pairs, cell (row, column) counted from the axes is won just where it is under the curve."""
    for data in (TEN, WHOLE):
        walk = metrics.roc(data.positive, data.scores)
        margins = metrics.duels(data.positive, data.scores)
        height = (margins > 0).sum(axis=0) / len(margins)
        ranked = np.sort(data.scores[~data.positive])[::-1]
        np.testing.assert_allclose(height, [walk.at(score)[1] for score in ranked])
        # The best eights stand lowest, and of each column those are won: an unbroken pile.
        assert (np.diff((margins > 0).astype(int), axis=0) <= 0).all()


def test_seventeen_of_twenty_one_pairs_are_won_by_hand() -> None:
    margins = metrics.duels(TEN.positive, TEN.scores)
    assert (int((margins > 0).sum()), margins.size) == (17, 21)


def test_average_precision_is_that_of_scikit_learn_at_each_prevalence() -> None:
    positives, negatives = WHOLE.positive.sum(), (~WHOLE.positive).sum()
    for prevalence in (0.5, positives / len(WHOLE), 0.01):
        weights = np.where(WHOLE.positive, prevalence / positives, (1 - prevalence) / negatives)
        expected = reference.average_precision_score(WHOLE.positive, WHOLE.scores, sample_weight=weights)
        assert WALK.average_precision(prevalence) == pytest.approx(expected)
        called = WHOLE.scores >= 0.3
        precise = reference.precision_score(WHOLE.positive, called, sample_weight=weights)
        assert WALK.precision_at(0.3, prevalence) == pytest.approx(precise)


def test_rarer_eights_leave_the_roc_curve_and_lower_precision() -> None:
    """Each other digit copied ten times: the rates of each class stay, precision falls or stays."""
    many = np.concatenate([np.flatnonzero(WHOLE.positive), np.repeat(np.flatnonzero(~WHOLE.positive), 10)])
    walk = metrics.roc(WHOLE.positive[many], WHOLE.scores[many])
    np.testing.assert_allclose(walk.fpr, WALK.fpr)
    np.testing.assert_allclose(walk.tpr, WALK.tpr)
    share = WHOLE.positive.mean()
    rare = WHOLE.positive[many].mean()
    assert (WALK.precision(rare)[1:] <= WALK.precision(share)[1:] + 1e-12).all()


def test_recall_never_falls_as_the_threshold_does() -> None:
    assert (np.diff(WALK.tpr) >= 0).all()
    assert (np.diff(WALK.precision(WHOLE.positive.mean())[1:]) > 0).any()
    assert (np.diff(WALK.precision(WHOLE.positive.mean())[1:]) < 0).any()


def test_f1_is_nearer_to_the_smaller_one_and_leaves_out_true_negatives() -> None:
    rates = np.random.default_rng(1).uniform(0.01, 1, (200, 2))
    harmonic = hmean(rates, axis=1)
    assert (np.abs(harmonic - rates.min(axis=1)) <= np.abs(harmonic - rates.max(axis=1)) + 1e-12).all()
    assert metrics.Counts(3, 2, 1, 5).f1 == metrics.Counts(3, 2, 1, 5000).f1


def test_crossed_ladders_meet_at_half_of_f1() -> None:
    for p, r in np.random.default_rng(2).uniform(0.05, 1, (50, 2)):
        # From the top of either pole to the foot of the other one: p (1 - x) = r x.
        x = p / (p + r)
        assert r * x == pytest.approx(p * r / (p + r))
        assert 2 * p * r / (p + r) == pytest.approx(hmean([p, r]))


def test_a_ranking_without_mistakes_goes_up_first_and_then_right() -> None:
    walk = metrics.roc([1, 1, 0, 0, 0], [0.9, 0.8, 0.4, 0.3, 0.1])
    assert (walk.fpr[walk.tpr < 1] == 0).all()
    assert (walk.tpr[walk.fpr > 0] == 1).all()


def test_scores_that_know_nothing_walk_the_diagonal() -> None:
    rng = np.random.default_rng(3)
    walk = metrics.roc(rng.random(40_000) < 0.1, rng.random(40_000))
    np.testing.assert_allclose(walk.tpr, walk.fpr, atol=0.02)
    assert walk.average_precision(0.1) == pytest.approx(0.1, abs=0.005)


def test_steps_hold_each_precision_for_the_recall_that_it_adds() -> None:
    across, up = metrics.steps([0.0, 0.5, 1.0], [np.nan, 1.0, 0.6])
    np.testing.assert_allclose(across, [0, 0, 0.5, 0.5, 1])
    np.testing.assert_allclose(up[1:], [1, 1, 0.6, 0.6])
    prevalence = WHOLE.positive.mean()
    across, up = metrics.steps(WALK.tpr, WALK.precision(prevalence))
    assert np.trapezoid(np.nan_to_num(up), across) == pytest.approx(
        WALK.average_precision(prevalence), abs=1e-9
    )


def test_a_detector_that_never_says_eight_has_the_accuracy_of_the_majority() -> None:
    found = metrics.counts(WHOLE.positive, WHOLE.scores, 1.01)
    assert (found.tp, found.fp) == (0, 0)
    assert found.accuracy == pytest.approx((~WHOLE.positive).mean())


def test_a_tenth_of_one_class_needs_no_count_of_the_other() -> None:
    """TPR has positives alone in it, FPR negatives alone; precision has both."""
    few, many = metrics.Counts(8, 2, 2, 18), metrics.Counts(8, 20, 2, 180)
    assert (few.recall, few.false_positive_rate) == (many.recall, many.false_positive_rate)
    assert many.precision < few.precision
