"""REINFORCE and PPO, against finite differences, autograd and the statistics of the estimates."""

from __future__ import annotations

from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from scenes.maths.reinforcement_learning.gridworld import iterate_values, read_map, value_of
from scenes.maths.reinforcement_learning.policy import (
    CLIP,
    LONGEST,
    best_score,
    clipped,
    compete,
    gather,
    ppo,
    push,
    reinforce,
    score,
    shares,
    still_pays,
    throw_darts,
)

WORLD = read_map()
RNG = np.random.default_rng(8)


def test_the_slope_of_log_pi_is_that_of_finite_differences():
    theta = RNG.normal(size=(27, 4))
    for tile, move in ((0, 2), (13, 0), (26, 3)):
        slope = push(theta, np.array([tile]), np.array([move]), np.ones(1))
        numeric = np.zeros_like(theta)
        for spot in np.ndindex(theta.shape):
            step = np.zeros_like(theta)
            step[spot] = 1e-6
            up, down = (np.log(shares(theta + sign * step)[tile, move]) for sign in (1, -1))
            numeric[spot] = (up - down) / 2e-6
        np.testing.assert_allclose(slope, numeric, atol=1e-8)


def test_returns_are_the_discounted_sums_of_what_was_paid():
    bag = gather(WORLD, RNG.normal(size=(27, 4)), np.random.default_rng(1), 50)
    for tiles, moves, back, made in zip(bag.tile, bag.move, bag.back, bag.made, strict=True):
        steps = int(made.sum())
        assert made[:steps].all()
        pay = [WORLD.reward[tile, move] for tile, move in zip(tiles[:steps], moves[:steps], strict=True)]
        for step in range(steps):
            assert back[step] == pytest.approx(sum(0.9**k * r for k, r in enumerate(pay[step:])))
        assert steps == LONGEST or WORLD.ends[WORLD.after[tiles[steps - 1], moves[steps - 1]]]


def test_the_mean_return_is_the_exact_value():
    theta = throw_darts().theta
    bag = gather(WORLD, theta, np.random.default_rng(4), 20_000)
    first = bag.back[:, 0]
    value = value_of(WORLD, shares(theta))
    assert abs(first.mean() - score(WORLD, theta)) < 4 * first.std() / np.sqrt(len(first))
    assert score(WORLD, theta) == pytest.approx(value[WORLD.live].mean())


def test_a_baseline_leaves_the_mean_and_shrinks_the_spread():
    darts = throw_darts()
    gap = darts.plain - darts.less
    wrong = np.abs(gap.mean(axis=0)) / np.maximum(gap.std(axis=0) / np.sqrt(len(gap)), 1e-12)
    assert (np.abs(gap.mean(axis=0)) > 1e-9).any()
    assert wrong.max() < 4
    plain, less = darts.spread()
    assert 5 < plain / less < 6.5
    off = np.abs(darts.less.mean(axis=0) - darts.true) / (darts.less.std(axis=0) / np.sqrt(len(gap)) + 1e-3)
    assert off.max() < 4.5


def test_darts_are_seen_as_long_as_they_are_along_the_truth():
    darts = throw_darts()
    plain, _, true = darts.seen()
    ahead = darts.true / np.linalg.norm(darts.true)
    np.testing.assert_allclose(plain[:, 0], darts.plain @ ahead)
    np.testing.assert_allclose(true, np.array([float(np.linalg.norm(darts.true)), 0.0]), atol=1e-12)
    assert (np.linalg.norm(plain, axis=1) <= np.linalg.norm(darts.plain, axis=1) + 1e-12).all()


def objective(ratio: Any, advantage: np.ndarray) -> Any:
    held = anp.clip(ratio, 1 - CLIP, 1 + CLIP)
    return anp.sum(anp.minimum(ratio * advantage, held * advantage))


def test_the_push_is_gone_exactly_where_the_minimum_is_flat():
    ratio = np.concatenate([np.linspace(0.013, 4, 400), [0.7999, 0.8001, 1.1999, 1.2001]])
    for advantage in (1.3, -0.7):
        gain = np.full_like(ratio, advantage)
        slope = (clipped(ratio + 1e-7, gain) - clipped(ratio - 1e-7, gain)) / 2e-7
        np.testing.assert_array_equal(still_pays(ratio, gain), np.abs(slope) > 1e-6)
        np.testing.assert_allclose(grad(objective)(ratio, gain), slope, atol=1e-6)


def test_the_first_bag_follows_the_gradient_of_the_clipped_objective():
    drift = ppo(WORLD, 0, bags=1, passes=2)
    bag = gather(WORLD, np.zeros((27, 4)), np.random.default_rng(0))
    tiles, moves, _ = bag.flat

    def gained(theta: Any) -> Any:
        power = anp.exp(theta)
        now = (power / anp.sum(power, axis=1, keepdims=True))[tiles, moves]
        return objective(now / 0.25, drift.advantage) / len(tiles)

    theta = np.zeros((27, 4))
    for _ in range(2):
        theta = theta + 30.0 * grad(gained)(theta)
    np.testing.assert_allclose(drift.climb.theta[1], theta, atol=1e-9)
    np.testing.assert_allclose(drift.ratio[-1], shares(theta)[tiles, moves] / 0.25)


def test_the_clip_stops_paying_but_does_not_forbid():
    held, free = ppo(WORLD, 0, bags=1), ppo(WORLD, 0, bags=1, clip=None)
    assert held.ratio[-1].max() == pytest.approx(1.73, abs=0.005)
    assert free.ratio[-1].max() == pytest.approx(3.73, abs=0.005)


def test_the_clip_keeps_all_seeds_on_the_way():
    contest = compete()
    best = iterate_values(WORLD).value[-1][WORLD.live].mean()
    assert contest.best == best_score(WORLD) == pytest.approx(best)
    assert all((runs <= best + 1e-9).all() for runs in (contest.clipped, contest.free, contest.plain))
    last = contest.clipped[:, -1]
    assert (f"{last.mean():.2f}", f"{last.min():.2f}") == ("0.65", "0.60")
    assert int((contest.free[:, -1] < 0.5).sum()) == 5
    assert contest.plain[:, -1].mean() == pytest.approx(0.597, abs=0.0005)


def test_reinforce_climbs():
    climb = reinforce(WORLD, np.random.default_rng(0), 40)
    assert climb.score[0] == pytest.approx(0)
    assert climb.score[-1] > 0.55


def test_a_paid_trip_ends_on_the_flag_and_alone_it_is_itself():
    bag = gather(WORLD, np.zeros((27, 4)), np.random.default_rng(2), 200)
    row = bag.paid(12, 18)
    one = bag.trip(row)
    tiles, moves, back = one.flat
    assert 12 <= len(tiles) <= 18
    assert WORLD.after[tiles[-1], moves[-1]] == WORLD.goal
    np.testing.assert_allclose(back, 0.9 ** np.arange(len(tiles))[::-1])
    assert not [
        k for k in range(row) if 12 <= bag.made[k].sum() <= 18 and bag.back[k, bag.made[k].sum() - 1] > 0
    ]
    with pytest.raises(ValueError, match="no trip of 1 to 1"):
        gather(WORLD, np.zeros((27, 4)), np.random.default_rng(2), 2).paid(1, 1)


def test_ppo_refuses_to_learn_from_nothing():
    with pytest.raises(ValueError, match="needs a bag"):
        ppo(WORLD, 0, bags=0)
