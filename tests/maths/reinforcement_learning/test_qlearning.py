"""Q-learning, against value iteration and against a second writing of the rule."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import qlearning
from scenes.maths.reinforcement_learning.gridworld import iterate_values, read_map, right_moves
from scenes.maths.reinforcement_learning.qlearning import SCHEDULES, errors, learn, try_schedule, wander_first

WORLD = read_map()
TRUTH = iterate_values(WORLD).q[-1]
RUN = learn(WORLD, 9)


def test_two_hundred_trips_find_the_answer():
    assert right_moves(WORLD, RUN.q[-1], TRUTH).all()
    assert errors(RUN, TRUTH)[-1] < 0.01
    assert RUN.steps == 11_172


def test_the_first_arrival_changes_one_number():
    first = RUN.trips[0]
    assert len(first.moves) == 280
    assert [tuple(WORLD.tiles[tile]) for tile in first.tiles[[0, -2, -1]]] == [(2, 2), (1, 6), (0, 6)]
    changed = np.argwhere(RUN.q[1])
    assert changed.tolist() == [[WORLD.tile(1, 6), 0]]
    assert RUN.q[1].max() == 0.5


def test_replayed_trips_end_in_the_same_table():
    q: dict[tuple[int, int], float] = {}
    for trip in RUN.trips:
        for here, move, there in zip(trip.tiles[:-1], trip.moves, trip.tiles[1:], strict=True):
            assert WORLD.after[here, move] == there
            best = max(q.get((there, a), 0.0) for a in range(4))
            old = q.get((here, move), 0.0)
            q[here, move] = (old + WORLD.reward[here, move] + 0.9 * best) / 2
    table = np.array([[q.get((s, a), 0.0) for a in range(4)] for s in range(27)])
    np.testing.assert_allclose(table, RUN.q[-1], atol=1e-12)


def test_worth_never_exceeds_the_truth_on_a_map_without_chance():
    assert (RUN.q.max(axis=(0, 2)) <= TRUTH.max(axis=1) + 1e-12).all()


def test_curiosity_falls_straight_from_all_to_a_tenth():
    assert [wander_first(trip) for trip in (1, 50, 125, 200)] == pytest.approx([1, 1, 0.55, 0.1])


@pytest.mark.parametrize(
    ("name", "middle", "least", "most"),
    [("greedy", 1.0, 18, 25), ("tenth", 0.9, 19, 25), ("wander", 0.0011, 25, 25)],
)
def test_only_wandering_first_finds_every_move(name: str, middle: float, least: int, most: int):
    trial = try_schedule(name)
    assert np.median(trial.error) == pytest.approx(middle, abs=5e-5)
    assert (trial.right.min(), trial.right.max()) == (least, most)


def test_the_shares_of_random_moves_are_what_the_schedule_says():
    bold = learn(WORLD, 3, SCHEDULES["wander"], trips=50)
    moves = np.concatenate([trip.moves for trip in bold.trips])
    assert np.abs(np.bincount(moves, minlength=4) / len(moves) - 0.25).max() < 0.02
    shy = learn(WORLD, 3, SCHEDULES["greedy"], trips=50)
    for before, trip in zip(shy.q[:-1], shy.trips, strict=True):
        assert before[trip.tiles[0], trip.moves[0]] == before[trip.tiles[0]].max()


def test_pulls_go_half_of_the_way_to_what_was_found():
    edge = qlearning.pulls(WORLD, RUN, WORLD.tile(1, 6), 0)
    assert (edge[0].trip, edge[0].old, edge[0].target, edge[0].new) == (1, 0.0, 1.0, 0.5)
    for before, after in pairwise(edge):
        assert after.old == before.new
        assert after.new == pytest.approx((after.old + after.target) / 2)
    assert edge[-1].new == RUN.q[-1, WORLD.tile(1, 6), 0]
    behind = qlearning.pulls(WORLD, RUN, WORLD.tile(2, 6), 0)[0]
    assert behind.target == pytest.approx(0.9 * 0.5)


def test_monte_carlo_moves_every_number_of_the_trip_to_what_followed():
    trip = RUN.trips[0]
    table = qlearning.monte_carlo(WORLD, trip)
    want: dict[tuple[int, int], float] = {}
    for step, (here, move) in enumerate(zip(trip.tiles[:-1], trip.moves, strict=True)):
        later = zip(trip.tiles[step:-1], trip.moves[step:], strict=True)
        seen = sum(0.9**wait * WORLD.reward[s, a] for wait, (s, a) in enumerate(later))
        want[here, move] = (want.get((here, move), 0.0) + seen) / 2
    assert len(want) == np.count_nonzero(table) == 74
    np.testing.assert_allclose([table[key] for key in want], list(want.values()), atol=1e-12)


def test_the_target_at_an_end_is_the_reward():
    assert not RUN.q[:, WORLD.ends].any()
    for tile, move in np.argwhere(WORLD.reward != 0):
        for pull in qlearning.pulls(WORLD, RUN, tile, move):
            assert (pull.ahead, pull.target) == (0.0, WORLD.reward[tile, move])


def test_what_the_lesson_leaves_out_holds_too():
    corner = try_schedule("wander", fixed_start=True)
    assert np.median(corner.error) == pytest.approx(0.0353, abs=5e-5), "trips from the start alone learn less"
    more = try_schedule("tenth", trips=850)
    assert (more.right < 25).sum() == 18, "more trips do not make up for little curiosity"
