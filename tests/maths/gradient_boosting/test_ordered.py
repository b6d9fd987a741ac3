"""Codes in order know nothing of the own label, nor of later ones."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.gradient_boosting import ordered


def test_by_hand() -> None:
    codes = ordered.in_order(ordered.HAND_SHOPS, ordered.HAND_LABELS, ordered.hand_order())
    np.testing.assert_allclose(codes[ordered.HAND_SHOPS == 0], [0.5, 0.75, 0.5, 0.625])
    greedy = ordered.greedy(ordered.HAND_SHOPS, ordered.HAND_LABELS)
    assert greedy[ordered.HAND_SHOPS == 2].tolist() == [0.75]
    other = ordered.HAND_LABELS.copy()
    other[ordered.HAND_SHOPS == 2] = 0
    assert ordered.greedy(ordered.HAND_SHOPS, other)[ordered.HAND_SHOPS == 2].tolist() == [0.25]


def test_own_and_later_labels_change_no_code() -> None:
    rng = np.random.default_rng(3)
    shops, labels = rng.integers(9, size=60), rng.integers(2, size=60).astype(float)
    order = rng.permutation(60)
    before = ordered.in_order(shops, labels, order)
    for place in (0, 20, 41):
        changed = labels.copy()
        changed[order[place:]] = 1 - changed[order[place:]]
        after = ordered.in_order(shops, changed, order)
        np.testing.assert_array_equal(after[order[: place + 1]], before[order[: place + 1]])


def test_codes_in_order_are_means_of_the_rows_before() -> None:
    rng = np.random.default_rng(4)
    shops, labels = rng.integers(5, size=40), rng.integers(2, size=40).astype(float)
    order = rng.permutation(40)
    codes = ordered.in_order(shops, labels, order)
    for place, row in enumerate(order):
        same = [each for each in order[:place] if shops[each] == shops[row]]
        assert codes[row] == pytest.approx((labels[same].sum() + 0.5) / (len(same) + 1))


def test_coin_flips_leak_and_the_queue_does_not() -> None:
    scores = ordered.scores()
    assert (scores[:, 0] > 0.74).all()
    assert np.abs(scores[:, 1:].mean(axis=0) - 0.5).max() < 0.01


def test_honest_residuals_know_the_rows_before_alone() -> None:
    own, told = ordered.honest()
    _, y, order = ordered.line()
    assert np.abs(told).mean() > 1.5 * np.abs(own).mean()
    assert told[order[0]] == 0
    assert told[order[1]] == pytest.approx(y[order[1]] - y[order[0]])
