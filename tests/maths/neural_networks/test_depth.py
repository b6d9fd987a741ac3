"""Deep stacks against autograd, closed forms of spread, and what training really does."""

from __future__ import annotations

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from scenes.maths.neural_networks import depth
from scenes.maths.neural_networks.depth import STARTS, digits, profile, stack
from scenes.maths.neural_networks.network import BENDS

RNG = np.random.default_rng(3)


def test_digits_are_scaled_and_labelled() -> None:
    data = digits()
    assert data.x.shape == (512, 64)
    assert data.pictures.shape == (512, 8, 8)
    np.testing.assert_array_equal(data.truth.sum(axis=1), 1)
    varying = data.pictures.reshape(512, 64).std(axis=0) > 1
    np.testing.assert_allclose(data.x.std(axis=0)[varying], 1.0, atol=0.3)
    lit = data.pictures.reshape(512, 64)[:, varying]
    for pixel, scaled in zip(lit.T[:5], data.x[:, varying].T[:5], strict=True):
        assert np.corrcoef(pixel, scaled)[0, 1] == pytest.approx(1.0)


def test_the_signal_equals_autograd_through_twenty_layers() -> None:
    data, layers = digits(), stack("Xavier")

    def loss_from(layer: int):
        def loss(z: np.ndarray) -> float:
            a = anp.tanh(z)
            for each in layers[layer:-1]:
                a = anp.tanh(anp.dot(a, each.weights))
            o = anp.dot(a, layers[-1].weights)
            return anp.mean(anp.log(anp.sum(anp.exp(o), axis=1)) - anp.sum(data.truth * o, axis=1))  # type: ignore[no-any-return]

        return loss

    found = profile("tanh", "Xavier")
    for layer in (1, 7, 20):
        entering = found.activations[layer - 1].reshape(512, 100)
        slopes = autograd.grad(loss_from(layer))(np.arctanh(entering))
        assert found.signal[layer - 1] == pytest.approx(np.linalg.norm(slopes, axis=1).mean(), rel=1e-9)
        assert found.spread[layer - 1] == pytest.approx(entering.std())


@pytest.mark.parametrize("start", ["small", "large", "Xavier", "He"])
def test_starts_have_their_spread(start: str) -> None:
    n_in, n_out = 100, 100
    weights = stack(start)[5].weights
    assert weights.std() == pytest.approx(STARTS[start](n_in, n_out), rel=0.03)
    first = stack(start)[0].weights
    assert first.shape == (64, 100)
    assert first.std() == pytest.approx(STARTS[start](64, 100), rel=0.03)


def test_the_ladders() -> None:
    sigmoid = profile("sigmoid", "Xavier")
    assert (np.diff(sigmoid.signal) > 0).all()
    np.testing.assert_allclose(sigmoid.left[[19, 0]], [1, 1.32e-12], rtol=5e-3)
    assert sigmoid.kept == pytest.approx(0.237, abs=5e-4)
    assert profile("tanh", "Xavier").kept == pytest.approx(0.933, abs=5e-4)
    assert profile("ReLU", "He").kept == pytest.approx(0.977, abs=5e-4)
    # A sigmoid of slope 1/4 and weights of length about 1 keep a quarter; large weights make up for it.
    assert sigmoid.kept == pytest.approx(0.25, rel=0.06)
    assert profile("sigmoid", "large").kept == pytest.approx(0.93, abs=5e-3)
    # Xavier under ReLU loses half of the square at each layer.
    assert profile("ReLU", "Xavier").kept == pytest.approx(np.sqrt(0.5), rel=0.03)


@pytest.mark.parametrize(("bend", "start", "gain"), [("sigmoid", "Xavier", 1.0), ("ReLU", "He", np.sqrt(2))])
def test_both_factors_multiply_to_what_a_layer_keeps(bend: str, start: str, gain: float) -> None:
    found = depth.factors(bend, (float(gain),))
    assert found.product[0] == pytest.approx(profile(bend, start).kept, rel=0.01)
    # Random weights of variance gain²/n lengthen any vector by about the gain.
    assert found.weights[0] == pytest.approx(gain, rel=0.02)
    slope = BENDS[bend].slope(RNG.normal(size=100_000) * (0.5 if bend == "sigmoid" else 1))
    assert found.slopes[0] == pytest.approx(np.sqrt(np.square(slope).mean()), rel=0.04)


def test_medians_of_twenty_spreads() -> None:
    he = depth.spreads("ReLU", "He")
    assert he.shape == (20, 20)
    np.testing.assert_allclose(he[0], profile("ReLU", "He").spread)
    np.testing.assert_allclose(np.median(he, axis=0)[[0, 19]], [0.839, 0.795], atol=2e-3)
    np.testing.assert_allclose(
        np.median(depth.spreads("ReLU", "Xavier"), axis=0)[[0, 19]], [0.524, 0.00069], rtol=0.01
    )


def test_three_stacks_learn_alike() -> None:
    sigmoid, tanh = (depth.last_losses(bend, "Xavier") for bend in ("sigmoid", "tanh"))
    assert len(sigmoid) == len(tanh) == 3
    assert abs(sigmoid - np.log(10)).max() < 0.02
    assert tanh.max() < 0.1


def test_spreads_by_start() -> None:
    np.testing.assert_allclose(profile("tanh", "Xavier").spread[[0, 19]], [0.557, 0.184], atol=1e-3)
    np.testing.assert_allclose(profile("ReLU", "He").spread[[0, 19]], [0.833, 0.544], atol=1e-3)
    np.testing.assert_allclose(profile("ReLU", "large").spread[[0, 19]], [4.71, 4.25e16], rtol=2e-3)
    np.testing.assert_allclose(profile("tanh", "large").spread[[0, 19]], [0.941, 0.958], atol=1e-3)


def test_a_hundred_terms_grow_the_spread_tenfold_unless_weights_are_a_tenth() -> None:
    a = RNG.normal(size=(4000, 100))
    for spread, growth in ((1.0, 10.0), (0.1, 1.0)):
        assert (a @ RNG.normal(0, spread, (100, 50))).std() == pytest.approx(growth, rel=0.03)
    assert np.square(np.maximum(a, 0)).mean() == pytest.approx(0.5 * np.square(a).mean(), rel=0.02)
    assert STARTS["Xavier"](100, 100) == pytest.approx(0.1)
    assert STARTS["He"](100, 100) ** 2 == pytest.approx(2 * STARTS["Xavier"](100, 100) ** 2)


def test_zero_weights_give_zeros_and_teach_nothing_but_the_last_bias() -> None:
    zero = profile("tanh", "zero")
    assert not zero.activations.any()
    assert not profile("ReLU", "zero").activations.any()
    with pytest.raises(ValueError, match="no share"):
        assert zero.kept
    assert depth.blame_at_zero() == (False, True)


def test_histograms_are_shares_of_all_activations() -> None:
    found = profile("tanh", "large")
    edges = np.linspace(-1, 1, 21)
    shares = found.histograms(edges)
    assert shares.shape == (20, 20)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert shares[9, [0, -1]].sum() == pytest.approx((np.abs(found.activations[9]) > 0.9).mean(), abs=1e-3)
    assert profile("ReLU", "large").histograms(edges)[19].sum() < 0.6


def test_what_the_stacks_learn() -> None:
    sigmoid = depth.learn("sigmoid", "Xavier")
    assert len(sigmoid) == 151
    assert sigmoid[-1] == pytest.approx(2.300, abs=5e-4)
    share = digits().truth.mean(axis=0)
    assert sigmoid[-1] == pytest.approx(-(share * np.log(share)).sum(), abs=1e-3)
    assert depth.learn("tanh", "Xavier")[-1] == pytest.approx(0.0143, abs=2e-4)
    with pytest.raises(ValueError, match="not reproducible"):
        depth.learn("ReLU", "He")
