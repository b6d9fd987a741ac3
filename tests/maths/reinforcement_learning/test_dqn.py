"""The deep Q-network: its gradient against finite differences, its floor against the map, its cures."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import dqn
from scenes.maths.reinforcement_learning.dqn import Nets, Training, draw_nets, paint, read_floor, slope_of
from scenes.maths.reinforcement_learning.gridworld import read_map

WORLD = read_map()
FLOOR = read_floor(WORLD)
RNG = np.random.default_rng(2)


def huber(nets: Nets, places: np.ndarray, moves: np.ndarray, targets: np.ndarray) -> np.ndarray:
    taken = np.take_along_axis(nets.q(places), moves[..., None], axis=2)[..., 0]
    wrong = np.abs(taken - targets)
    return np.asarray(np.where(wrong < 1, wrong**2 / 2, wrong - 0.5).mean(axis=1))


def test_the_gradient_is_that_of_finite_differences():
    nets = draw_nets(4, 2, FLOOR.size)
    nets.flat[1] *= 1.7
    places, moves = RNG.random((2, 9, 2)) * FLOOR.size, RNG.integers(4, size=(2, 9))
    targets = RNG.normal(0, 1.5, (2, 9))
    slope = slope_of(nets, places, moves, targets)
    for k in RNG.choice(nets.flat.shape[1], 60, replace=False):
        sides = []
        for sign in (1, -1):
            moved = nets.flat.copy()
            moved[:, k] += sign * 1e-6
            sides.append(huber(Nets(moved, nets.size), places, moves, targets))
        np.testing.assert_allclose(slope[:, k], (sides[0] - sides[1]) / 2e-6, atol=1e-6)


def test_the_floor_is_the_map():
    for (row, column), ends in zip(WORLD.tiles, WORLD.ends, strict=True):
        kind = FLOOR.at(np.array([column + 0.5, 4.5 - row]))
        assert (kind != 0) == ends
    assert np.isnan(FLOOR.kind).sum() == 35 - 27
    places = FLOOR.free(RNG.random((4000, 3)))
    assert (FLOOR.at(places) == 0).all()
    counts = np.unique(np.floor(places).astype(int), axis=0, return_counts=True)[1]
    assert len(counts) == 25
    assert counts.min() > 100


def test_steps_go_where_moves_point_and_stop_at_walls():
    place = np.array([[0.5, 0.5], [0.5, 1.5], [0.2, 0.5], [6.4, 3.9]])
    ends, paid = FLOOR.step(place, np.array([0, 1, 3, 0]), np.zeros((4, 2)))
    np.testing.assert_allclose(ends, [[0.5, 1.0], [0.5, 1.5], [0.0, 0.5], [6.4, 4.4]], atol=1e-5)
    assert paid.tolist() == [0, 0, 0, 1]


@pytest.fixture(scope="module")
def painting() -> dqn.Painting:
    return paint()


def test_with_both_cures_it_arrives_and_stays_within_reason(painting: dqn.Painting):
    both = painting.row("both")
    assert painting.reached[both] > 0.9
    assert painting.largest[:, both].max() < 2
    assert 0.9 < painting.largest[-1, both] < 1.1
    assert all(painting.reached[painting.row(name)] < 0.5 for name in ("replay", "target", "neither"))


def test_without_a_frozen_teacher_worth_runs_away(painting: dqn.Painting):
    assert painting.largest[:, painting.row("replay")].max() > 1e5
    assert painting.largest[:, painting.row("target")].max() < 10


def test_a_net_without_replay_learns_from_one_corner(painting: dqn.Painting):
    spread = painting.batch.std(axis=1).prod(axis=1)
    assert spread[painting.row("target")] < 0.5 * spread[painting.row("both")]


def test_another_order_of_adding_does_not_change_the_painting(monkeypatch: pytest.MonkeyPatch):
    short = Training(steps=700, look=100)
    first = paint.__wrapped__(0, short)  # type: ignore[attr-defined]
    trace, noise = Nets.trace, np.random.default_rng(0)

    def shaky(nets: Nets, places: np.ndarray) -> list[np.ndarray]:
        return [seen * (1 + 1e-15 * noise.choice([-1, 1], seen.shape)) for seen in trace(nets, places)]

    monkeypatch.setattr(Nets, "trace", shaky)
    again = paint.__wrapped__(0, short)  # type: ignore[attr-defined]
    np.testing.assert_allclose(again.largest, first.largest, rtol=1e-12)
    monkeypatch.setattr(dqn, "GRAIN", 2.0**-60)
    loose = paint.__wrapped__(0, short)  # type: ignore[attr-defined]
    assert np.abs(loose.largest / first.largest - 1).max() > 1e-9
