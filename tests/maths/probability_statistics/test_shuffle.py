"""The test by shuffling against Fisher's exact test of scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenes.maths.probability_statistics import shuffle


def test_the_table_is_spectors() -> None:
    given = shuffle.students()
    assert given.table.tolist() == [[8, 6], [3, 15]]
    assert given.plan[:14].all() and not given.plan[14:].any()
    assert given.improved[:8].all() and not given.improved[8:14].any()
    assert given.shares == pytest.approx((8 / 14, 3 / 18))


def test_p_is_that_of_fishers_exact_test() -> None:
    table = shuffle.students().table
    assert shuffle.p_value() == pytest.approx(stats.fisher_exact(table, alternative="greater").pvalue)
    assert shuffle.p_value(two_sided=True) == pytest.approx(stats.fisher_exact(table).pvalue)
    assert shuffle.p_value() == pytest.approx(0.0215, abs=5e-5)


def test_twenty_simulations_lie_around_the_exact_p() -> None:
    seen = shuffle.students().seen
    found = [float((shuffle.shuffled(seed) >= seen).mean()) for seed in range(20)]
    error = (shuffle.p_value() * (1 - shuffle.p_value()) / shuffle.SHUFFLES) ** 0.5
    assert np.mean(found) == pytest.approx(shuffle.p_value(), abs=3 * error / 20**0.5)
    assert max(abs(each - shuffle.p_value()) for each in found) < 3.5 * error


def test_deals_are_the_first_shuffles() -> None:
    dealt = shuffle.deals(0, 50)
    assert (dealt.sum(axis=1) == shuffle.students().improved.sum()).all()
    assert shuffle.deals(0, 50)[:, :14].sum(axis=1).tolist() == shuffle.shuffled(0, 50).tolist()


def test_one_of_64_sequences_is_all_heads() -> None:
    rows = shuffle.sequences()
    assert len({tuple(row) for row in rows.tolist()}) == len(rows) == 64
    assert (rows.sum(axis=1) == shuffle.TOSSES).sum() == 1 and rows[-1].all()
    assert (rows.sum(axis=1) == 6).mean() == pytest.approx(stats.binom.sf(5, 6, 0.5))
