"""Grids and random draws: against counting, and against simulation."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.maths.hyperparameter_tuning import chances
from scenes.maths.hyperparameter_tuning.landscape import COSTS, GAMMAS, landscape


def test_trainings_are_those_of_all_combinations() -> None:
    combinations = list(itertools.product(range(3), repeat=6))
    assert chances.trainings(3, 6, 5) == 5 * len(combinations)
    assert chances.trainings(3, 2, 5) == 5 * len(chances.placements()[0].cells)


def test_a_band_is_met_as_often_as_simulated() -> None:
    random = np.random.default_rng(0)
    for share in (0.1, 1 / 3):
        low = random.uniform(0, 1 - share, 40_000)[:, None]
        drawn = random.uniform(size=(40_000, 9))
        met = ((drawn >= low) & (drawn < low + share)).any(axis=1).mean()
        assert chances.by_random(share) == pytest.approx(met, abs=0.01)
        even = (random.uniform(size=(40_000, 1)) + np.arange(3)) / 3
        met = ((even >= low) & (even < low + share)).any(axis=1).mean()
        assert chances.by_grid(share) == pytest.approx(met, abs=0.02)


def test_sixty_draws_meet_a_twentieth() -> None:
    assert chances.by_random(0.05, 60) == pytest.approx(1 - 0.95**60)
    assert chances.by_random(0.05, 60) > 0.95


def test_a_grid_has_three_values_and_random_draws_nine() -> None:
    for each in chances.placements():
        assert len({row for row, _ in each.cells}) == 3
        assert len(each.cells) == 9
        assert each.gammas.max() < len(GAMMAS)
        assert each.costs.max() < len(COSTS)
    assert len({(tuple(g.gammas), tuple(g.costs)) for g in chances.placements()}) == 81


def test_hits_are_those_that_are_counted() -> None:
    scores = landscape().scores
    for within in (0.005, 0.01, 0.02):
        goal = landscape().best - within - 1e-9
        counted = np.mean(
            [max(scores[tuple(cell)] for cell in each.cells) >= goal for each in chances.placements()]
        )
        assert chances.grid_hits(within) == pytest.approx(counted)
        drawn = [scores[tuple(chances.random_cells(seed).T)].max() >= goal for seed in range(3000)]
        assert chances.random_hits(within) == pytest.approx(np.mean(drawn), abs=0.03)


def test_random_meets_a_narrow_band_more_often_and_a_grid_a_wide_one() -> None:
    assert chances.by_random(0.1) > chances.by_grid(0.1)
    assert chances.by_grid(1 / 3) == 1 > chances.by_random(1 / 3)
    assert chances.random_hits(0.005) > chances.grid_hits(0.005)
    assert chances.grid_hits(0.02) > chances.random_hits(0.02)
