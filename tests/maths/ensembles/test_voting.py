"""A majority vote: by enumeration and by the binomial law."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from scenes.maths.ensembles import voting


@pytest.mark.parametrize(("wrong", "right"), [(voting.SAME, 7), (voting.APART, 10), (voting.PAIRS, 6)])
def test_votes_by_hand(wrong: tuple[tuple[int, ...], ...], right: int) -> None:
    errs = voting.marks(wrong)
    assert (errs.sum(axis=1) == 3).all()
    counted = sum(sum(case in model for model in wrong) < 2 for case in range(1, 11))
    assert 10 - voting.vote_fails(errs).sum() == counted == right


@pytest.mark.parametrize("count", [1, 3, 11, 21])
@pytest.mark.parametrize("right", [0.4, 0.7])
def test_independent_votes_are_binomial(count: int, right: float) -> None:
    assert voting.independent(count, right) == pytest.approx(binom.sf(count // 2, count, right))


def test_three_independent_by_enumeration() -> None:
    total = sum(
        np.prod([0.7 if good else 0.3 for good in each])
        for each in product([0, 1], repeat=3)
        if sum(each) > 1
    )
    assert voting.independent(3, 0.7) == pytest.approx(total)


def test_an_even_vote_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        voting.independent(4, 0.7)
