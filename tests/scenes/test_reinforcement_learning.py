"""The lesson reinforcement-learning: what computes its figures, and what holds its claims."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import coin, cures, darts, dqn, gridworld, policy, qlearning
from scenes.reinforcement_learning import explore
from scenes.reinforcement_learning.bellman import HALVES
from scenes.reinforcement_learning.clip import SEED as PPO_SEED
from scenes.reinforcement_learning.clip import edge_of, largest_ratios, ratio_by_hand
from scenes.reinforcement_learning.ground import HOME
from scenes.reinforcement_learning.late import BELOW, WALKED
from scenes.reinforcement_learning.push import RETURNS, estimates, two_actions, values_of_surveyed
from scenes.reinforcement_learning.step import KNOWN
from tests.scenes.harness.table import Claims, Figures, Waivers

WORLD = gridworld.read_map()
SWEEPS = gridworld.iterate_values(WORLD)
TRUTH_Q = SWEEPS.q[-1]
RUN = qlearning.learn(WORLD, 9)
SMALL = coin.lay_coin(WORLD)


def knowing(trips: int) -> int:
    return int((RUN.q[trips].max(axis=1) > KNOWN).sum())


def right(q: np.ndarray) -> int:
    return int(gridworld.right_moves(WORLD, q, TRUTH_Q).sum())


def alone() -> np.ndarray:
    """Percent of tries that reach the flag with one of both cures alone."""
    return np.concatenate([cures.ablate().of("replay"), cures.ablate().of("target")])


def falls() -> np.ndarray:
    """By how many times a baseline reduces the variance, for each of five policies."""
    return np.asarray(np.divide(*darts.survey().variance.T))


@cache
def learnt_three_ways() -> tuple[np.ndarray, ...]:
    """What the arrows of the last picture point along: Q of table and network, and the policy."""
    painting = dqn.paint()
    return RUN.q[-1], painting.q[painting.row("both")], policy.ppo(WORLD, PPO_SEED).climb.theta[-1]


def up_from(tile: tuple[int, int], number: int) -> qlearning.Pull:
    """That update of the move up on a tile, in the run that is told."""
    return qlearning.pulls(WORLD, RUN, WORLD.tile(*tile), 0)[number]


def by_hand() -> np.ndarray:
    policy = np.full((len(WORLD.tiles), 4), 0.25)
    policy[WORLD.tile(*HOME)] = HALVES
    return policy


def max_share() -> float:
    """How likely the likelier moves are by hand, told by the value that follows: V = p / (1 - 0.9 p)."""
    value = gridworld.value_of(WORLD, by_hand())[WORLD.tile(*HOME)]
    return float(value / (1 + gridworld.DISCOUNT * value))


def return_of(way: Iterable[Iterable[int]]) -> float:
    """What a way over tiles returns, reward by reward."""
    tiles = [WORLD.tile(*each) for each in way]
    earned = [WORLD.reward[here, list(WORLD.after[here]).index(there)] for here, there in pairwise(tiles)]
    return float(sum(gridworld.DISCOUNT**waited * reward for waited, reward in enumerate(earned)))


def share_pulled() -> float:
    """How much of the way to its target a pull moves a number."""
    first = qlearning.pulls(WORLD, RUN, WORLD.tile(2, 6), 0)[0]
    return (first.new - first.old) / (first.target - first.old)


FIGURES: Figures = {
    "one_point_very_late": {
        "two hundred and eighty": lambda: len(RUN.trips[0].moves),
        "four": lambda: WORLD.after.shape[1],
    },
    "later_counts_less": {
        "nine tenths": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
        "0.81": lambda: return_of(WALKED),
        "nine times": lambda: len(gridworld.shortest_way(WORLD, WORLD.start)) - 2,
        "0.39": lambda: return_of(WORLD.tiles[gridworld.shortest_way(WORLD, WORLD.start)]),
        "ten": lambda: 1 / (1 - SWEEPS.value[-1][WORLD.tile(0, 4)]),
    },
    "a_policy_has_a_value": {
        "one half": lambda: max_share(),
        "0.91": lambda: gridworld.value_of(WORLD, by_hand())[WORLD.tile(*HOME)],
    },
    "keep_the_best_neighbour": {
        "0.9": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
        "0.81": lambda: SWEEPS.value[-1][WORLD.tile(0, 3)],
        "ten": lambda: (SWEEPS.value[:, WORLD.start] > 0).argmax(),
        "0.66": lambda: SWEEPS.value[-1][WORLD.live].mean(),
    },
    "learn_from_one_step": {
        "a hundred": lambda: RUN.q[0][WORLD.live].size,
        "one half": lambda: share_pulled(),
        "becomes 0.5": lambda: up_from(HOME, 0).new,
        "largest is 0.5": lambda: up_from(BELOW, 0).ahead,
        "0.225": lambda: up_from(BELOW, 0).new,
        "0.75": lambda: up_from(HOME, 1).new,
    },
    "good_news_walks_backwards": {
        "two hundred": lambda: len(RUN.trips),
        "ten": lambda: np.flatnonzero([knowing(trips) == 8 for trips in range(len(RUN.q))]).max(),
        "eight": lambda: knowing(10),
        "sixteen": lambda: np.argmax([knowing(trips) == len(WORLD.live) for trips in range(len(RUN.q))]),
    },
    "a_little_curiosity_is_not_enough": {
        "0.18": lambda: gridworld.DISCOUNT * SMALL.reward[WORLD.tile(4, 1), 1],
        "0.39": lambda: gridworld.iterate_values(SMALL).value[-1][WORLD.start],
        "twenty seeds": lambda: len(coin.search("tenth").flag),
        "seventeen": lambda: coin.search("falling").flag.sum(),
        "of twenty": lambda: len(coin.search("falling").flag),
        "eleven": lambda: round(
            np.median(coin.search("falling").steps) / np.median(coin.search("tenth").steps)
        ),
        "0.1": lambda: coin.CURIOSITIES["tenth"](1),
    },
    "a_network_instead_of_a_table": {
        "five trainings": lambda: (cures.ablate().peak("replay") > 1e5).sum(),
        "hundred thousand": lambda: round(cures.ablate().peak("replay").min(), -5),
        "69": lambda: cures.ablate().of("both").min(),
        "99 percent": lambda: cures.ablate().of("both").max(),
        "nine of": lambda: (alone() < 25).sum(),
        "of ten": lambda: len(alone()),
        "25": lambda: np.sort(alone())[-2],
        "62": lambda: alone().max(),
        "gets nine": lambda: 100 * cures.random_walk(),
    },
    "push_what_paid": {
        "0.73": lambda: two_actions(np.array([0.5, -0.5]))[0],
        "a thousand": lambda: len(policy.throw_darts().plain),
        "fifty thousand": lambda: inspect.signature(policy.throw_darts).parameters["many"].default,
        "five such": lambda: len(darts.survey().variance),
        "24": lambda: 100 * darts.survey().backward[:, 0].min(),
        "29 percent": lambda: 100 * darts.survey().backward[:, 0].max(),
    },
    "subtract_what_you_expected": {
        "0.8": lambda: estimates(0.0)[0] / two_actions(np.zeros(2))[0],
        "0.9": lambda: -estimates(0.0)[1] / two_actions(np.zeros(2))[0],
        "five such": lambda: len(darts.survey().variance),
        "six": lambda: round(np.min(falls())),
        "ninefold": lambda: round(np.max(falls())),
    },
    "do_not_leave_your_evidence": {
        "1.3": lambda: ratio_by_hand(),
        "0.2": lambda: edge_of(2.0) - 1,
        "twenty seeds": lambda: len(policy.compete().clipped),
        "1.4": lambda: largest_ratios(WORLD).min(),
        "2.1": lambda: largest_ratios(WORLD).max(),
        "0.60": lambda: policy.compete().clipped[:, -1].min(),
        "three ways": lambda: len(learnt_three_ways()),
    },
}

CLAIMS: Claims = {
    "keep_the_best_neighbour": {
        "one more changes nothing": "test_values_solve_bellmans_equation_and_sweeps_end_when_they_do",
        "until nothing changes": "test_values_solve_bellmans_equation_and_sweeps_end_when_they_do",
        "that is a best policy": "test_no_single_change_of_a_move_is_better",
    },
    "learn_from_one_step": {
        "After the end nothing follows": "test_the_target_at_an_end_is_the_reward",
    },
    "good_news_walks_backwards": {
        "after sixteen, all of them": "sixteen",
    },
    "a_little_curiosity_is_not_enough": {
        "all runs end at the coin": "test_little_exploration_ends_at_the_coin",
        "yet it learnt the best way": "test_the_run_on_the_large_map_learns_a_shortest_way",
        "the best next action": "test_replayed_trips_end_in_the_same_table",
    },
    "a_network_instead_of_a_table": {
        "In all five trainings": "five trainings",
    },
    "do_not_leave_your_evidence": {
        "The worst run": "0.60",
    },
}

WAIVERS: Waivers = {}


@pytest.mark.parametrize(("name", "trips"), [("greedy", 200), ("tenth", 200), ("tenth", coin.ALIKE)])
def test_little_exploration_ends_at_the_coin(name: str, trips: int) -> None:
    assert coin.search(name, trips=trips).coin.all()


def test_what_comes_next_depends_on_tile_and_move_alone() -> None:
    seen: dict[tuple[int, int], int] = {}
    for trip in RUN.trips:
        for here, move, there in zip(trip.tiles[:-1], trip.moves, trip.tiles[1:], strict=True):
            assert seen.setdefault((int(here), int(move)), int(there)) == there


def test_the_first_trip_changes_one_of_a_hundred_numbers() -> None:
    assert np.count_nonzero(RUN.q[1]) == 1
    assert RUN.q[1, WORLD.live].size == 100


def test_from_other_seeds_the_errors_are_as_small() -> None:
    last = [qlearning.errors(qlearning.learn(WORLD, seed), TRUTH_Q)[-1] for seed in range(20)]
    assert max(last) < 0.009


def test_the_run_on_the_large_map_learns_a_shortest_way() -> None:
    way = coin.greedy_way(SMALL, coin.learn_by("falling", explore.SHOWN).q[-1])
    assert len(way) == len(gridworld.shortest_way(SMALL, SMALL.start))
    assert way[-1] == SMALL.goal


def test_the_three_ways_agree() -> None:
    assert [right(q) for q in learnt_three_ways()] == [25, 25, 25]


def test_one_step_of_two_actions_by_hand() -> None:
    theta = np.zeros((1, 2))
    step = policy.push(theta, np.array([0]), np.array([0]), np.ones(1))
    np.testing.assert_allclose(step, [[0.5, -0.5]])
    np.testing.assert_allclose(two_actions(step[0]), [0.731, 0.269], atol=5e-4)


def test_a_baseline_leaves_the_mean_of_two_actions_by_hand() -> None:
    plain, less = estimates(0.0), estimates(float(np.mean(RETURNS)))
    np.testing.assert_allclose(plain, [0.4, -0.45])
    np.testing.assert_allclose(less, [-0.025, -0.025])
    assert plain.mean() == pytest.approx(less.mean())


def test_a_baseline_is_measured_on_policies_that_are_mostly_learnt() -> None:
    worth = values_of_surveyed(WORLD)
    assert (round(worth.min(), 2), round(worth.max(), 2)) == (0.54, 0.57)
    assert (worth / policy.best_score(WORLD) > 0.8).all()


def test_most_first_episodes_are_shorter_than_the_one_that_is_told() -> None:
    first = [len(qlearning.learn(WORLD, seed, trips=1).trips[0].moves) for seed in range(20)]
    assert sum(length < len(RUN.trips[0].moves) for length in first) == 14


def test_the_clip_by_hand() -> None:
    ratio = np.array([ratio_by_hand()])
    assert policy.clipped(ratio, np.array([2.0])) == pytest.approx(2.4)
    assert policy.clipped(ratio, np.array([-2.0])) == pytest.approx(-2.6)


def test_some_runs_collapse_without_the_clip() -> None:
    contest = policy.compete()
    assert (contest.free[:, -1] < 0.1).sum() == 2
    assert np.median(contest.free[:, -1]) < np.median(contest.clipped[:, -1])


def test_the_last_steps_lie_in_one_corner() -> None:
    painting = dqn.paint()
    spread = painting.batch.std(axis=1).prod(axis=1)
    assert spread[painting.row("target")] < 0.5 * spread[painting.row("both")]
