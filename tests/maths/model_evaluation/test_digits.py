"""The detector, its cards and the spread over twenty shuffles."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import average_precision_score, roc_auc_score

from scenes.maths.model_evaluation import digits, metrics

TRUTH = load_digits().target == 8
ALL = [digits.out_of_fold(seed) for seed in digits.SEEDS]


def test_scores_are_of_all_pictures_and_probabilities() -> None:
    whole = digits.everything()
    assert len(whole) == 1797
    assert whole.positive.sum() == 174
    assert ((whole.scores > 0) & (whole.scores < 1)).all()


def test_the_cards_have_the_scores_that_they_show() -> None:
    ten = digits.ten()
    np.testing.assert_allclose(ten.scores, [0.95, 0.8, 0.7, 0.6, 0.4, 0.29, 0.2, 0.1, 0.05, 0.01])
    np.testing.assert_array_equal(np.flatnonzero(ten.positive), [0, 2, 5])
    for threshold in (0.9, 0.5, 0.25):  # rounding turns no decision over
        raw = digits.everything().scores[list(digits.CARDS)]
        np.testing.assert_array_equal(raw >= threshold, ten.scores >= threshold)


def test_the_eight_like_a_one_is_missed() -> None:
    whole = digits.everything()
    assert whole.positive[digits.LIKE_A_ONE]
    assert whole.scores[digits.LIKE_A_ONE] == pytest.approx(0.001, abs=0.0005)


def test_the_shuffle_that_is_shown_lies_in_the_middle() -> None:
    """Its ranks among twenty, from 1, in six metrics: none of the two lowest or the four highest."""
    found = []
    for scores in ALL:
        at = metrics.counts(TRUTH, scores, 0.5)
        area, average = roc_auc_score(TRUTH, scores), average_precision_score(TRUTH, scores)
        found.append([at.accuracy, at.precision, at.recall, at.f1, area, average])
    table = np.array(found)
    shown = table[digits.SEED]
    below, upto = (table < shown).sum(axis=0) + 1, (table <= shown).sum(axis=0)
    assert (upto >= 3).all()
    assert (below <= 16).all()


def test_all_shuffles_tell_the_same() -> None:
    areas = [metrics.auc(TRUTH, scores) for scores in ALL]
    assert (round(min(areas), 3), round(max(areas), 3)) == (0.918, 0.925)
    accuracies = [metrics.counts(TRUTH, scores, 0.5).accuracy for scores in ALL]
    assert 0.932 < min(accuracies) < max(accuracies) < 0.940
