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
    ours = likeness.pairs(same)
    assert ours.mean == pytest.approx(theirs.mean())
    assert ours.share.sum() == pytest.approx(1.0)
    middles = (likeness.EDGES[1:] + likeness.EDGES[:-1]) / 2
    assert ours.share @ middles == pytest.approx(theirs.mean(), abs=0.005)


def test_the_means_and_the_pairs_are_those_of_the_lesson() -> None:
    assert [round(likeness.pairs(same).mean, 2) for same in (True, False)] == [0.82, 0.67]
    assert [round(likeness.of_pair(3, other), 2) for other in (13, 0)] == [0.88, 0.62]
    assert likeness.of_pair(3, 13) == pytest.approx(cosine_similarity(VALUES[[3]], VALUES[[13]])[0, 0])


def test_both_histograms_overlap_where_the_shown_pairs_stand() -> None:
    same, other = (likeness.pairs(each).share for each in (True, False))
    for cosine in (0.62, 0.88):
        at = int(np.digitize(cosine, likeness.EDGES)) - 1
        assert min(same[at], other[at]) > 0
