"""Successive Halving: its bill, and the race against straight counting."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.maths.hyperparameter_tuning import halving

RACE = halving.race()


def test_each_rung_costs_as_much() -> None:
    ladder = halving.rungs()
    assert [(rung.settings, rung.budget) for rung in ladder] == [(27, 48), (9, 144), (3, 432), (1, 1296)]
    assert {rung.cost for rung in ladder} == {27 * 48}
    assert sum(rung.cost for rung in ladder) == 5184
    assert halving.SETTINGS * halving.BUDGETS[-1] == 34_992
    with pytest.raises(ValueError, match="cannot be cut"):
        halving.rungs(28)


def test_brackets_of_hyperband_cost_about_as_much() -> None:
    bills = [sum(rung.cost for rung in bracket) for bracket in halving.brackets()]
    assert [bracket[0].settings for bracket in halving.brackets()] == [27, 12, 6, 4]
    assert max(bills) == 5184
    assert min(bills) > 0.9 * max(bills)


def test_the_best_third_goes_on() -> None:
    for scores in RACE:
        ladder = halving.survivors(scores)
        assert [len(each) for each in ladder] == [27, 9, 3, 1]
        for row, (alive, left) in zip(scores, itertools.pairwise(ladder), strict=False):
            out = sorted(set(alive.tolist()) - set(left.tolist()))
            assert row[left].min() >= row[out].max()


def test_the_race_ends_as_told() -> None:
    winners = np.array([scores[-1, halving.winner(scores)] for scores in RACE])
    best = RACE[:, -1].max(axis=1)
    four = np.array([halving.best_of(scores[-1], 4) for scores in RACE])
    assert winners.mean() == pytest.approx(0.9909, abs=1e-4)
    assert (best - winners).mean() == pytest.approx(0.004, abs=1e-4)
    assert (best - winners).max() == pytest.approx(0.014)
    assert four.mean() == pytest.approx(0.9821, abs=1e-4)
    assert (winners >= four).sum() == 18
    ranks = [halving.rank(scores) for scores in RACE]
    assert np.median(ranks) == 4
    assert (min(ranks), max(ranks)) == (1, 10)


def test_in_the_first_draw_the_best_in_the_end_go_first() -> None:
    scores = RACE[0]
    best = np.flatnonzero(scores[-1] == scores[-1].max())
    assert best.tolist() == [11, 14]
    assert not set(best.tolist()) & set(halving.survivors(scores)[1].tolist())
    assert (scores[-1].max() - scores[-1, halving.winner(scores)]) * halving.VALIDATION == pytest.approx(1)


def test_the_best_of_four_is_that_of_all_choices() -> None:
    full = RACE[0, -1, :9]
    counted = np.mean([max(four) for four in itertools.combinations(full.tolist(), 4)])
    assert halving.best_of(full, 4) == pytest.approx(counted)


def test_places_count_the_settings_that_score_higher_or_come_first():
    scores = halving.race()[0]
    for places, row in zip(halving.ranks(scores), (scores[0], scores[-1]), strict=True):
        order = sorted(range(len(row)), key=lambda number: (-row[number], number))
        assert [order.index(number) + 1 for number in range(len(row))] == places.tolist()
