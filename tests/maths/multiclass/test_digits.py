"""Digits: what one pair's machine and the library's 45 hold."""

from __future__ import annotations

import numpy as np
from sklearn.svm import SVC

from scenes.maths.multiclass import cost, digits
from scenes.maths.multiclass.schemes import pairs


def test_svc_trains_a_machine_for_each_pair() -> None:
    images, labels = digits.digits()
    for shape, columns in (("ovo", 45), ("ovr", 10)):
        fit = SVC(gamma=cost.GAMMA, decision_function_shape=shape).fit(images, labels)
        assert fit.decision_function(images[:2]).shape == (2, columns)
        assert len(fit.intercept_) == 45


def test_the_shape_changes_no_training() -> None:
    images, labels = digits.digits()
    one, other = (
        SVC(gamma=cost.GAMMA, decision_function_shape=shape).fit(images[:600], labels[:600])
        for shape in ("ovo", "ovr")
    )
    np.testing.assert_array_equal(one.support_, other.support_)
    np.testing.assert_array_equal(one.dual_coef_, other.dual_coef_)


def test_the_pool_counts_each_machine_as_it_is_alone() -> None:
    rows, held, counts = digits.pool()
    images, labels = digits.digits()
    assert held.sum() == counts.sum()
    assert held.min() >= 1
    assert len(np.unique(rows)) == len(rows)
    for number in (0, 20, 44):
        first, second = pairs(10)[number]
        own = np.isin(labels, (first, second))
        alone = SVC(gamma=cost.GAMMA).fit(images[own], labels[own])
        assert abs(int(counts[number]) - len(alone.support_)) <= 2


def test_support_vectors_are_all_on_the_margin_or_beyond() -> None:
    fence = digits.fence()
    _, labels = digits.digits()
    sides = np.where(labels[fence.rows] == digits.PAIR[1], 1, -1)
    assert (sides[fence.vectors] * fence.scores[fence.vectors] < 1.01).all()
    assert (sides[~fence.vectors] * fence.scores[~fence.vectors] > 0.99).all()


def test_c_decides_more_than_the_scheme() -> None:
    apart = {price: digits.unseen("pairs", price) - digits.unseen("rest", price) for price in (1.0, 10.0)}
    assert 0.008 < apart[1.0] < 0.016
    assert abs(apart[10.0]) < 0.003


def test_support_vectors_alone_fix_the_boundary() -> None:
    images, labels = digits.digits()
    fence = digits.fence()
    own, side = images[fence.rows], labels[fence.rows] == digits.PAIR[1]
    again = SVC(gamma=cost.GAMMA).fit(own[fence.vectors], side[fence.vectors])
    np.testing.assert_allclose(again.decision_function(own), fence.scores, atol=5e-3)
