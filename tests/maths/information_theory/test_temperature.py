"""The softmax, its temperature, and attention, against scipy and the variance of a sum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from scenes.maths.information_theory import temperature


@pytest.mark.parametrize("heat", [0.25, 1.0, 5.0])
def test_the_softmax_is_scipys(heat: float) -> None:
    logits = np.random.default_rng(0).normal(scale=4, size=(20, 10))
    assert temperature.softmax(logits, heat) == pytest.approx(special.softmax(logits / heat, axis=1))


def test_the_order_stays_and_the_entropy_rises() -> None:
    doubt = temperature.most_doubtful()
    order = np.argsort(doubt.logits)
    entropies = [doubt.entropy(heat) for heat in np.geomspace(0.05, 100, 40)]
    assert (np.diff(entropies) > 0).all()
    for heat in (0.1, 1.0, 30.0):
        assert (np.argsort(doubt.chances(heat)) == order).all()
    assert doubt.entropy(0.01) < 1e-6
    assert doubt.entropy(1e4) == pytest.approx(np.log2(10), abs=1e-6)


def test_a_temperature_lies_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        temperature.softmax([1.0, 0.0], 0.0)


def test_the_most_doubtful_digit() -> None:
    logits, entropies = temperature.doubts()
    doubt = temperature.most_doubtful()
    assert (doubt.row, doubt.kind) == (1149, 8)
    assert entropies == pytest.approx(stats.entropy(special.softmax(logits, axis=1), base=2, axis=1))
    assert doubt.entropy() == entropies.max()
    assert doubt.chances().argmax() != doubt.kind


@pytest.mark.parametrize("dimension", temperature.DIMENSIONS)
def test_scores_have_the_variance_of_their_dimension(dimension: int) -> None:
    seen = np.mean([temperature.scores(dimension, seed).var() for seed in range(temperature.SEEDS)])
    assert seen == pytest.approx(dimension, rel=0.05)


def test_scaling_keeps_attention_warm_at_every_dimension() -> None:
    cold = [temperature.mean_warmth(d, scaled=False).mean() for d in temperature.DIMENSIONS]
    warm = [temperature.mean_warmth(d, scaled=True).mean() for d in temperature.DIMENSIONS]
    assert (np.diff(cold) < 0).all()
    assert np.ptp(warm) < 0.06
    assert max(temperature.mean_warmth(d, scaled=False).std() for d in temperature.DIMENSIONS) < 0.03


def test_slopes_vanish_where_the_softmax_is_saturated() -> None:
    """The Jacobian of the softmax is diag(a) − a aᵀ: its size for a typical query falls as the dimension grows."""

    def size(dimension: int) -> float:
        found = temperature.softmax(temperature.scores(dimension, 0))
        slopes = np.einsum("nk,kj->nkj", found, np.eye(16)) - found[:, :, None] * found[:, None, :]
        return float(np.median(np.abs(slopes).max(axis=(1, 2))))

    sizes = [size(d) for d in temperature.DIMENSIONS]
    assert (np.diff(sizes) < 0).all()
    assert sizes[-1] < 0.3 * sizes[0]


def test_the_slope_at_the_top_key_is_nearly_zero_for_most_queries() -> None:
    found = temperature.slopes(temperature.DIMENSIONS[-1])
    assert found.shape == (temperature.SEEDS * temperature.QUERIES,)
    assert temperature.median_slope(temperature.DIMENSIONS[-1]) == np.median(found) < 0.005
    assert (found < 0.05).mean() > 0.65


@pytest.mark.parametrize("dimension", temperature.DIMENSIONS)
def test_the_query_that_is_drawn_is_typical(dimension: int) -> None:
    mean = temperature.mean_warmth(dimension, scaled=False).mean()
    shown = stats.entropy(temperature.weights(dimension, scaled=False), base=2)
    assert shown == pytest.approx(mean, abs=0.05)
    assert temperature.weights(dimension, scaled=True).sum() == pytest.approx(1)
