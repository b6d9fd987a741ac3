"""The lesson reinforcement-learning: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np

from scenes.maths.reinforcement_learning import dqn, gridworld, policy, qlearning
from tests.scenes.harness.table import Claims, Figures, Waivers

WORLD = gridworld.read_map()
SWEEPS = gridworld.iterate_values(WORLD)
TRUTH_Q = SWEEPS.q[-1]
RUN = qlearning.learn(WORLD, 9)


def knowing(trips: int) -> int:
    return int((RUN.q[trips].max(axis=1) > 0.01).sum())


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
        "a tenth": lambda: 1 - SWEEPS.value[-1][WORLD.tile(0, 4)],
        "nine tenths": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
        "ninth": lambda: np.log(SWEEPS.value[-1][WORLD.start]) / np.log(SWEEPS.value[-1][WORLD.tile(0, 4)]),
        "ten steps": lambda: len(gridworld.shortest_way(WORLD, WORLD.start)) - 1,
        "0.39": lambda: SWEEPS.value[-1][WORLD.start],
    },
    "worth_borrows_from_its_neighbour": {
        "nine tenths": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
        "tenth": lambda: (SWEEPS.value[:, WORLD.start] > 0).argmax(),
        "eleventh": lambda: 1 + (np.abs(SWEEPS.value - SWEEPS.value[-1]).max(axis=1) == 0).argmax(),
    },
    "good_news_walks_backwards": {
        "four": lambda: WORLD.after.shape[1],
        "hundred": lambda: RUN.q[0][WORLD.live].size,
        "half of the way": lambda: share_pulled(),
        "280": lambda: len(RUN.trips[0].moves),
        "0.50": lambda: RUN.q[1].max(),
        "nine tenths": lambda: qlearning.pulls(WORLD, RUN, WORLD.tile(2, 6), 0)[0].target / 0.5,
        "eight tiles": lambda: knowing(10),
        "twenty-five": lambda: min(knowing(20), right(RUN.q[-1])),
        "two hundred": lambda: len(RUN.trips),
        "0.002": lambda: np.ceil(1000 * qlearning.errors(RUN, TRUTH_Q)[-1]) / 1000,
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
    "one_point_very_late": {
        "Every step away costs a tenth": "test_worth_is_nine_tenths_to_the_distance",
    },
    "worth_borrows_from_its_neighbour": {
        "the eleventh sweep changes nothing": "eleventh",
        "every tile of this map is worth zero": "test_the_even_wanderer_is_worth_nothing_on_this_map",
    },
    "good_news_walks_backwards": {
        "After twenty, all twenty-five": "twenty-five",
        "all twenty-five best moves are right": "test_two_hundred_trips_find_the_answer",
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
