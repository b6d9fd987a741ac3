"""The lesson reinforcement-learning: what computes its figures, and what holds its claims."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from scenes.maths.reinforcement_learning import dqn, gridworld, policy, qlearning
from scenes.reinforcement_learning.bellman import HALVES
from scenes.reinforcement_learning.ground import HOME
from scenes.reinforcement_learning.late import BELOW, WALKED
from scenes.reinforcement_learning.step import KNOWN
from tests.scenes.harness.table import Claims, Figures, Waivers

WORLD = gridworld.read_map()
SWEEPS = gridworld.iterate_values(WORLD)
TRUTH_Q = SWEEPS.q[-1]
RUN = qlearning.learn(WORLD, 9)


def knowing(trips: int) -> int:
    return int((RUN.q[trips].max(axis=1) > KNOWN).sum())


def right(q: np.ndarray) -> int:
    return int(gridworld.right_moves(WORLD, q, TRUTH_Q).sum())


@cache
def trial(name: str) -> qlearning.Trial:
    return qlearning.try_schedule(name)


def reached(name: dqn.Name, seed: int = 1) -> float:
    painting = dqn.paint(seed)
    return 100 * float(painting.reached[painting.row(name)])


def largest(name: dqn.Name) -> np.ndarray:
    painting = dqn.paint()
    return np.asarray(painting.largest[:, painting.row(name)])


@cache
def rival(clip: float | None) -> policy.Drift:
    return policy.ppo(WORLD, 7, clip=clip)


def ratio_of_variances() -> float:
    plain, less = policy.throw_darts().spread()
    return round(plain / less)


RATIOS = np.linspace(0.5, 2.0, 151)
"""Of a move's new chance to its old one."""


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


def return_of(way: Sequence[Sequence[int]]) -> float:
    """What a way over tiles returns, reward by reward."""
    tiles = [WORLD.tile(*each) for each in way]
    earned = [WORLD.reward[here, list(WORLD.after[here]).index(there)] for here, there in pairwise(tiles)]
    return float(sum(gridworld.DISCOUNT**waited * reward for waited, reward in enumerate(earned)))


def share_pulled() -> float:
    """How much of the way to its target a pull moves a number."""
    first = qlearning.pulls(WORLD, RUN, WORLD.tile(2, 6), 0)[0]
    return (first.new - first.old) / (first.target - first.old)


def arrows() -> int:
    painting = dqn.paint()
    return (
        right(RUN.q[-1]) + right(painting.q[painting.row("both")]) + right(rival(policy.CLIP).climb.theta[-1])
    )


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
        "gamma times 0.5": lambda: up_from(BELOW, 0).ahead,
        "0.225": lambda: up_from(BELOW, 0).new,
        "0.75": lambda: up_from(HOME, 1).new,
    },
    "good_news_walks_backwards": {
        "two hundred": lambda: len(RUN.trips),
        "ten": lambda: np.flatnonzero([knowing(trips) == 8 for trips in range(len(RUN.q))]).max(),
        "eight": lambda: knowing(10),
        "sixteen": lambda: np.argmax([knowing(trips) == len(WORLD.live) for trips in range(len(RUN.q))]),
    },
    "the_greedy_never_find_out": {
        "one move in ten": lambda: 1 / qlearning.one_in_ten(1),
        "two hundred": lambda: len(qlearning.learn(WORLD, 9, qlearning.SCHEDULES["greedy"]).trips),
        "twenty runs": lambda: len(trial("greedy").error),
        "1": lambda: np.median(trial("greedy").error),
        "0.9": lambda: np.median(trial("tenth").error),
        "0.001": lambda: np.median(trial("wander").error),
        "twenty-five": lambda: trial("wander").right.min(),
        "in all twenty runs": lambda: (trial("wander").right == 25).sum(),
        "ten thousand": lambda: round(trial("wander").steps.mean(), -3),
        "2.3": lambda: trial("greedy").steps.mean() / 1000,
        "2.4 thousand": lambda: trial("tenth").steps.mean(),
    },
    "a_net_stands_on_its_own_wet_paint": {
        "911 thousand": lambda: largest("replay").max(),
        "two hundred": lambda: dqn.Training().copy,
        "thirty-two": lambda: dqn.Training().batch,
        "1.05": lambda: largest("both")[-1],
        "99": lambda: reached("both"),
        "3": lambda: reached("replay"),
        "18": lambda: reached("target"),
        "86": lambda: reached("both", 0),
        "69": lambda: reached("both", 2),
    },
    "push_what_paid_on_average": {
        "a thousand": lambda: len(policy.throw_darts().plain),
        "four sectors": lambda: WORLD.after.shape[1],
        "one in four": lambda: round(1 / policy.throw_darts().backward()[0]),
        "almost six-fold": ratio_of_variances,
        "forty bags": lambda: 40,
        "0.60": lambda: policy.reinforce(WORLD, np.random.default_rng(7), 40).score[-1],
        "0.66": lambda: policy.best_score(WORLD),
    },
    "do_not_leave_your_evidence": {
        "ten steps": lambda: len(rival(None).ratio) - 1,
        "three": lambda: np.floor(rival(None).ratio[-1].max()),
        "forty bags": lambda: len(rival(None).climb.score) - 1,
        "0.04": lambda: rival(None).climb.score[-1],
        "1.2": lambda: RATIOS[policy.still_pays(RATIOS, np.ones_like(RATIOS))].max(),
        "0.8": lambda: RATIOS[policy.still_pays(RATIOS, -np.ones_like(RATIOS))].min(),
        "2.06": lambda: rival(policy.CLIP).ratio[-1].max(),
        "0.66": lambda: rival(policy.CLIP).climb.score[-1],
        "twenty seeds": lambda: len(policy.compete().free),
        "five of": lambda: (policy.compete().free[:, -1] < 0.5).sum(),
        "of twenty end": lambda: len(policy.compete().free),
        "0.5": lambda: 0.5,
        "0.60": lambda: policy.compete().clipped[:, -1].min(),
    },
    "light_from_the_goal": {
        "seventy-five": arrows,
        "nine tenths": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
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
    "the_greedy_never_find_out": {
        "The left one is always greedy": "test_the_shares_of_random_moves_are_what_the_schedule_says",
        "Only the wanderer gets all": "test_only_wandering_first_finds_every_move",
        "learns the best way": "twenty-five",
    },
    "a_net_stands_on_its_own_wet_paint": {
        "all of one corner": "test_a_net_without_replay_learns_from_one_corner",
    },
    "do_not_leave_your_evidence": {
        "below 0.8 nothing more is gained": "test_the_push_is_gone_exactly_where_the_minimum_is_flat",
        "With it, the worst reaches": "0.60",
    },
    "light_from_the_goal": {
        "All seventy-five arrows": "seventy-five",
    },
}

WAIVERS: Waivers = {}


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


def test_the_frozen_policy_faces_walls() -> None:
    chances = policy.shares(rival(None).climb.theta[-1])[WORLD.live]
    bumps = WORLD.after[WORLD.live] == WORLD.live[:, None]
    assert ((chances * bumps).sum(axis=1) > 0.5).sum() >= 3


def test_the_greedy_keep_arrows_that_are_wrong() -> None:
    rights = [
        right(qlearning.learn(WORLD, 9, qlearning.SCHEDULES[name]).q[-1])
        for name in ("greedy", "tenth", "wander")
    ]
    assert rights == [22, 24, 25]


def test_with_a_baseline_hardly_a_dart_points_back() -> None:
    assert policy.throw_darts().backward()[1] < 0.005
