"""The grid world on ice, against linear algebra, many throws, and the dry world that it must leave as it is."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import gridworld, ice, qlearning

WORLD = gridworld.read_map()
TRUTH = ice.iterate_values(WORLD)


def chances(slip: float) -> np.ndarray:
    """Where each move ends, (n, 4, n), put together tile by tile."""
    found = np.zeros((len(WORLD.tiles), 4, len(WORLD.tiles)))
    for tile in WORLD.live:
        for move in range(4):
            for way, chance in ((move, 1 - slip), (move - 1, slip / 2), (move + 1, slip / 2)):
                found[tile, move, WORLD.after[tile, way % 4]] += chance
    return found


def test_dry_ground_is_the_lessons_to_the_last_bit() -> None:
    assert np.array_equal(ice.iterate_values(WORLD, 0.0), gridworld.iterate_values(WORLD).q[-1])
    for name, curiosity in qlearning.SCHEDULES.items():
        lesson, run = qlearning.learn(WORLD, 9, curiosity), ice.learn(WORLD, 9, curiosity, slip=0.0)
        assert np.array_equal(run.q, lesson.q), name
        assert all(np.array_equal(trip.went, trip.moves) for trip in run.trips)


@pytest.mark.parametrize("slip", [0.1, ice.SLIP, 1.0])
def test_the_exact_answer_solves_bellmans_equation_with_its_average(slip: float) -> None:
    truth = ice.iterate_values(WORLD, slip)
    pays = np.array([{"G": 1.0, "P": -1.0}.get(WORLD.rows[r][c], 0.0) for r, c in WORLD.tiles])
    worth = np.where(WORLD.ends, 0.0, truth.max(axis=1))
    np.testing.assert_allclose(truth, chances(slip) @ (pays + gridworld.DISCOUNT * worth), atol=1e-11)


def test_no_single_change_of_a_move_is_better_on_ice() -> None:
    pays = np.array([{"G": 1.0, "P": -1.0}.get(WORLD.rows[r][c], 0.0) for r, c in WORLD.tiles])
    step, policy, live = chances(ice.SLIP), TRUTH.argmax(axis=1), WORLD.live

    def worth(moves: np.ndarray) -> np.ndarray:
        taken = step[np.arange(len(moves)), moves]
        dry = taken * ~WORLD.ends
        return np.asarray(np.linalg.solve(np.eye(len(moves)) - gridworld.DISCOUNT * dry, taken @ pays))

    np.testing.assert_allclose(worth(policy)[live], TRUTH.max(axis=1)[live], atol=1e-10)
    for tile in live:
        for move in range(4):
            other = policy.copy()
            other[tile] = move
            assert (worth(other)[live] <= TRUTH.max(axis=1)[live] + 1e-9).all()


def test_a_share_of_moves_goes_to_either_side() -> None:
    rng = np.random.default_rng(0)
    went = np.array([ice.go_astray(0, ice.SLIP, rng) for _ in range(20_000)])
    assert np.abs(np.bincount(went, minlength=4) / len(went) - (0.8, 0.1, 0.0, 0.1)).max() < 0.01


def test_trips_and_visits_are_what_was_done() -> None:
    run = ice.learn(WORLD, 3, trips=30)
    visits = np.zeros_like(run.visits)
    for trip in run.trips:
        assert np.array_equal(WORLD.after[trip.tiles[:-1], trip.went], trip.tiles[1:])
        np.add.at(visits, (trip.tiles[:-1], trip.moves), 1)
    assert np.array_equal(visits, run.visits)


def test_the_first_fading_pull_goes_all_of_the_way_and_later_ones_less() -> None:
    assert [ice.fading(n) for n in (1, 2, 100)] == pytest.approx([1, 2**-0.7, 100**-0.7])
    assert [ice.steady(0.3)(n) for n in (1, 100)] == [0.3, 0.3]


def test_a_steady_pull_hovers_on_ice_and_a_fading_one_comes_near() -> None:
    """What the lesson says: where moves slip, the pull must shrink with time."""
    error = {
        name: [np.abs(ice.learn(WORLD, seed, rate=rate).q[-1] - TRUTH).max() for seed in range(6)]
        for name, rate in (("steady", ice.steady()), ("fading", ice.fading))
    }
    assert min(error["steady"]) > 0.5
    assert max(error["fading"]) < 0.4


def test_a_share_beyond_all_moves_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        ice.iterate_values(WORLD, 1.2)
