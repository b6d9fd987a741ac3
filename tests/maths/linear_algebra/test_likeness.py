"""Cosines of digits against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics.pairwise import cosine_similarity

from scenes.maths.linear_algebra import likeness

VALUES, KINDS = load_digits(return_X_y=True)


@pytest.mark.parametrize("same", [True, False])
def test_the_pairs_are_scikit_learns(same: bool) -> None:
    one, other = np.triu_indices(len(VALUES), 1)
    theirs = cosine_similarity(VALUES)[one, other][(KINDS[one] == KINDS[other]) == same]
    ours = likeness.counts(same)
    assert ours.sum() == len(theirs)
    middles = (likeness.EDGES[1:] + likeness.EDGES[:-1]) / 2
    assert ours @ middles / ours.sum() == pytest.approx(theirs.mean(), abs=0.005)


def test_the_pairs_are_those_of_the_lesson() -> None:
    assert [round(likeness.of_pair(3, other), 2) for other in (13, 0)] == [0.88, 0.62]
    assert likeness.of_pair(3, 13) == pytest.approx(cosine_similarity(VALUES[[3]], VALUES[[13]])[0, 0])


def test_the_cosine_of_three_and_zero_is_common_among_different_digits() -> None:
    one, other = np.triu_indices(len(VALUES), 1)
    cosines = cosine_similarity(VALUES)[one, other][KINDS[one] != KINDS[other]]
    assert 0.5 < (cosines >= likeness.of_pair(3, 0)).mean() < 0.8


def test_near_pairs_show_the_same_digit_nine_times_in_ten_and_all_pairs_once() -> None:
    one, other = np.triu_indices(len(VALUES), 1)
    cosines, alike = cosine_similarity(VALUES)[one, other], KINDS[one] == KINDS[other]
    pair = likeness.of_pair(3, 13)
    assert likeness.same_from(pair) == pytest.approx(alike[cosines >= pair].mean(), abs=1e-5)
    assert likeness.same_from(pair) == pytest.approx(0.9, abs=0.005)
    assert likeness.same_from(-1.0) == pytest.approx(alike.mean()) == pytest.approx(0.1, abs=0.005)


def test_both_histograms_overlap_where_the_shown_pairs_stand() -> None:
    same, other = (likeness.counts(each) for each in (True, False))
    for cosine in (0.62, 0.88):
        at = int(np.digitize(cosine, likeness.EDGES)) - 1
        assert min(same[at], other[at]) > 0
