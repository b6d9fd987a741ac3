"""Cosines of digits against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics.pairwise import cosine_similarity

from scenes.maths.linear_algebra import likeness

VALUES, KINDS = load_digits(return_X_y=True)


@pytest.mark.parametrize("away", [0.0, 0.5, 1.0])
def test_the_pairs_are_scikit_learns(away: float) -> None:
    values = VALUES - VALUES.mean(axis=0) * away
    theirs = cosine_similarity(values)[np.triu_indices(len(values), 1)]
    ours = likeness.pairs(away)
    assert ours.least == pytest.approx(theirs.min())
    assert ours.mean == pytest.approx(theirs.mean())
    assert ours.share.sum() == pytest.approx(1.0)
    middles = (likeness.EDGES[1:] + likeness.EDGES[:-1]) / 2
    assert ours.share @ middles == pytest.approx(theirs.mean(), abs=0.005)
    assert likeness.of_pair(3, 13, away) == pytest.approx(cosine_similarity(values[[3]], values[[13]])[0, 0])


def test_the_least_the_mean_and_the_pairs_are_those_of_the_lesson() -> None:
    plain, centred = likeness.pairs(0.0), likeness.pairs(1.0)
    assert (round(plain.least, 2), round(plain.mean, 2), round(centred.mean, 2)) == (0.25, 0.69, 0.0)
    found = [likeness.of_pair(3, other, each) for each in (0.0, 1.0) for other in (13, 0)]
    assert [round(each, 2) for each in found] == [0.88, 0.62, 0.57, -0.16]
