"""The race: hollows and pass by another solver, and what happens from three hundred starts, twenty times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import check_grad, root

from scenes.maths.calculus_optimization import landscape, race


def test_hollows_and_pass_are_where_the_gradient_is_zero() -> None:
    shallow, deep, passing = race.hollow(race.SHALLOW), race.hollow(race.DEEP), race.saddle()
    np.testing.assert_allclose(shallow, (-1.027, -0.500), atol=0.002)
    np.testing.assert_allclose(deep, (1.153, 0.494), atol=0.002)
    for near, spot in ((race.SHALLOW, shallow), (race.DEEP, deep), (race.PASS, passing)):
        np.testing.assert_allclose(root(landscape.toy_gradient, near).x, spot, atol=1e-5)
    assert landscape.toy(deep) < landscape.toy(shallow) < landscape.toy(passing)
    assert landscape.toy(passing) == pytest.approx(0.009, abs=0.001)


def test_the_pass_is_a_saddle_and_the_hollows_are_minima() -> None:
    """Curvatures by differences of the gradient: one of each sign at the pass, two positive in a hollow."""
    for spot, signs in (
        (race.saddle(), [-1, 1]),
        (race.hollow(race.DEEP), [1, 1]),
        (race.hollow(race.SHALLOW), [1, 1]),
    ):
        columns = [
            (landscape.toy_gradient(spot + step) - landscape.toy_gradient(spot - step)) / 2e-5
            for step in 1e-5 * np.eye(2)
        ]
        assert np.sign(np.linalg.eigvalsh(np.array(columns))).tolist() == signs


def test_the_gradient_is_that_of_the_landscape() -> None:
    for spot in race.starts(3, 20):
        assert check_grad(landscape.toy, landscape.toy_gradient, spot) < 1e-5


@pytest.mark.parametrize(
    ("kind", "rate", "beta", "percent", "spread"),
    [
        ("gradient descent", None, 0.9, 0, 0),
        ("Adam", None, 0.9, 0, 0),
        ("momentum", None, 0.9, 58, 2.5),
        ("momentum", None, 0.8, 25, 3.5),
        ("Adam", 0.3, 0.9, 7, 2.5),
    ],
)
def test_how_many_cross(
    kind: race.Kind, rate: float | None, beta: float, percent: float, spread: float
) -> None:
    shares = 100 * race.shares(kind, rate, beta)
    assert len(shares) == race.SEEDS
    assert shares.mean() == pytest.approx(percent, abs=1)
    assert shares.std() <= spread


def test_from_the_whole_map_momentum_reaches_the_deep_hollow_a_little_more_often() -> None:
    """Also with other rates; on a grid four times as fine the shares are the same to a point."""
    by = {kind: [100 * race.reached(kind, rate) for rate in race.TRIED] for kind in race.KINDS}
    assert min(by["gradient descent"] + by["Adam"]) > 51 and max(by["gradient descent"] + by["Adam"]) < 53
    assert min(by["momentum"]) > 55 and max(by["momentum"]) < 65
    (left, right, _), (bottom, top, _) = race.MAP
    fine = np.stack(np.meshgrid(np.linspace(left, right, 88), np.linspace(bottom, top, 44)), axis=-1)
    for kind in race.KINDS:
        share = race.crossed(race.run(kind, fine.reshape(-1, 2))).mean()
        assert 100 * share == pytest.approx(100 * race.reached(kind), abs=1)


def test_the_chance_of_a_draw_is_that_of_a_binomial() -> None:
    drawn = np.random.default_rng(0).binomial(race.COUNT, 0.58, 100_000) / race.COUNT
    assert race.chance(0.58) == pytest.approx(drawn.std(), rel=0.02)
    assert 100 * race.chance(0.58) == pytest.approx(2.85, abs=0.01)


def test_from_the_picked_start_momentum_alone_crosses() -> None:
    ends = {kind: bool(race.crossed(race.run(kind, [landscape.TOY_START]))[0]) for kind in race.KINDS}
    assert ends == {"gradient descent": False, "momentum": True, "Adam": False}


def test_a_convex_bowl_never_rises_above_a_chord_and_the_toy_does() -> None:
    draw = np.random.default_rng(0)
    one, other = draw.uniform(-2, 2, (2, 500, 2))
    share = draw.uniform(0, 1, (500, 1))
    between = share * one + (1 - share) * other

    def above(height: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        chord = share[:, 0] * height(one) + (1 - share[:, 0]) * height(other)
        return np.asarray(height(between) - chord)

    assert (above(landscape.valley) < 1e-9).all()
    assert (above(landscape.toy) > 0).any()
