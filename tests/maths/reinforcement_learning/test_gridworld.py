"""The grid world's exact answers, against breadth-first distances, rollouts and brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import gridworld
from scenes.maths.reinforcement_learning.gridworld import (
    MOVES,
    back_up,
    iterate_values,
    read_map,
    shortest_way,
    value_of,
)

WORLD = read_map()
SWEEPS = iterate_values(WORLD)
Q = SWEEPS.q[-1]


def test_the_map_is_what_was_drawn():
    assert len(WORLD.tiles) == 27
    assert len(WORLD.live) == 25
    assert sorted(WORLD.rows[r][c] for r, c in WORLD.tiles[WORLD.ends]) == ["G", "P"]
    for (i, (row, column)), (move, (down, right)) in product(enumerate(WORLD.tiles), enumerate(MOVES)):
        aim = (row + down, column + right)
        inside = 0 <= aim[0] < 5 and 0 <= aim[1] < 7 and gridworld.MAP[aim[0]][aim[1]] != "#"
        assert tuple(WORLD.tiles[WORLD.after[i, move]]) == (aim if inside else (row, column))
    # Two ways lead onto the flag and two into the pit: from the corridor and from the east rim.
    assert sorted(WORLD.reward[WORLD.reward != 0]) == [-1, -1, 1, 1]


def test_worth_is_nine_tenths_to_the_distance():
    for tile in WORLD.live:
        steps = len(shortest_way(WORLD, tile)) - 1
        assert SWEEPS.value[-1][tile] == pytest.approx(0.9 ** (steps - 1), abs=1e-12)


def test_values_solve_bellmans_equation_and_sweeps_end_when_they_do():
    np.testing.assert_allclose(back_up(WORLD, Q.max(axis=1)), Q, atol=1e-12)
    assert SWEEPS.count == 12
    assert np.abs(SWEEPS.q[-3] - Q).max() > 1e-3
    assert (SWEEPS.value[:, WORLD.start] > 0).argmax() == 10


def test_nothing_is_borrowed_from_flag_or_pit():
    value = SWEEPS.value[-1] + 7.0 * WORLD.ends
    np.testing.assert_allclose(back_up(WORLD, value), Q, atol=1e-12)


def test_the_greedy_policy_is_worth_the_optimal_value():
    policy = np.eye(4)[Q.argmax(axis=1)]
    np.testing.assert_allclose(value_of(WORLD, policy)[WORLD.live], SWEEPS.value[-1][WORLD.live], atol=1e-12)


def test_no_single_change_of_a_move_is_better():
    policy = Q.argmax(axis=1)
    for tile, move in product(WORLD.live, range(4)):
        other = policy.copy()
        other[tile] = move
        assert (value_of(WORLD, np.eye(4)[other])[WORLD.live] <= SWEEPS.value[-1][WORLD.live] + 1e-9).all()


def test_the_value_of_a_policy_is_the_mean_of_its_returns():
    rng = np.random.default_rng(5)
    policy = rng.dirichlet(np.ones(4), size=27)
    exact = value_of(WORLD, policy)
    for start in (WORLD.tile(1, 6), WORLD.tile(0, 4)):
        here, pay, worth = np.full(20_000, start), np.zeros(20_000), 1.0
        for _ in range(120):
            moves = (rng.random((len(here), 1)) > policy.cumsum(axis=1)[here]).sum(axis=1).clip(0, 3)
            going = ~WORLD.ends[here]
            pay += worth * WORLD.reward[here, moves] * going
            here = np.where(going, WORLD.after[here, moves], here)
            worth *= 0.9
        assert abs(pay.mean() - exact[start]) < 4 * pay.std() / np.sqrt(len(pay))


def test_the_even_wanderer_is_worth_nothing_on_this_map():
    even = value_of(WORLD, np.full((27, 4), 0.25))
    assert np.abs(even).max() < 1e-12


def test_up_or_right_by_halves_below_the_flag_is_worth_ten_elevenths():
    policy = np.full((27, 4), 0.25)
    policy[WORLD.tile(1, 6)] = (0.5, 0.5, 0.0, 0.0)
    # Up ends with a point, right bumps: V = 1/2 + 1/2 · 0.9 · V.
    assert value_of(WORLD, policy)[WORLD.tile(1, 6)] == pytest.approx(0.5 / 0.55)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.75, 1.0])
def test_a_leaning_policy_is_a_mixture_and_worth_more_the_more_it_leans(share: float):
    policy = gridworld.leaning(Q, share)
    np.testing.assert_allclose(policy.sum(axis=1), 1)
    assert np.all(policy[np.arange(27), Q.argmax(axis=1)] == share + (1 - share) / 4)
    value = value_of(WORLD, policy)
    backed = (policy * back_up(WORLD, value)).sum(axis=1)
    np.testing.assert_allclose(backed[WORLD.live], value[WORLD.live], atol=1e-12)
    assert (value[WORLD.live] <= Q.max(axis=1)[WORLD.live] + 1e-12).all()


def test_impossible_maps_are_refused():
    with pytest.raises(ValueError, match="one length"):
        read_map(("S.", "G"))
    with pytest.raises(ValueError, match="no way"):
        shortest_way(read_map(("S#G",)), 0)
    with pytest.raises(KeyError, match="row 1, column 1"):
        WORLD.tile(1, 1)
