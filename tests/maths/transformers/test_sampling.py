"""Temperature, top-k and top-p against brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import chisquare, entropy

from scenes.maths.transformers import sampling

LOGITS = np.random.default_rng(3).normal(0, 1.5, 7)
CHANCES = softmax(LOGITS)


@pytest.mark.parametrize("temperature", [0.25, 1.0, 4.0])
def test_temperature_raises_chances_to_a_power(temperature: float) -> None:
    power = CHANCES ** (1 / temperature)
    np.testing.assert_allclose(sampling.warm(LOGITS, temperature), power / power.sum(), rtol=1e-12)


def test_a_temperature_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        sampling.warm(LOGITS, 0.0)


def test_top_k_keeps_the_set_of_k_that_holds_most() -> None:
    for k in range(1, 8):
        best = max(combinations(range(7), k), key=lambda rows: CHANCES[list(rows)].sum())
        assert set(np.flatnonzero(sampling.keep_top_k(CHANCES, k))) == set(best)
    with pytest.raises(ValueError, match="at least one"):
        sampling.keep_top_k(CHANCES, 0)


@pytest.mark.parametrize("p", [0.01, 0.3, 0.5, 0.8, 0.99, 1.0])
def test_top_p_keeps_the_smallest_set_that_holds_p(p: float) -> None:
    sizes = (
        k for k in range(1, 8) if max(CHANCES[list(r)].sum() for r in combinations(range(7), k)) >= p - 1e-9
    )
    kept = sampling.keep_top_p(CHANCES, p)
    assert kept.sum() == next(sizes)
    assert CHANCES[kept].sum() >= p - 1e-9
    assert CHANCES[kept].min() > CHANCES[~kept].max(initial=0)


def test_top_p_is_not_misled_by_last_bits() -> None:
    assert sampling.keep_top_p(np.array([0.7, 0.2, 0.1]), 0.9).sum() == 2  # 0.7 + 0.2 is a bit below 0.9
    for p in (0.0, 1.1):
        with pytest.raises(ValueError, match="share"):
            sampling.keep_top_p(CHANCES, p)


def test_what_is_kept_keeps_its_proportions() -> None:
    kept = sampling.keep_top_k(CHANCES, 3)
    again = sampling.share_again(CHANCES, kept)
    assert again.sum() == pytest.approx(1)
    np.testing.assert_allclose(again[kept] / again[kept][0], CHANCES[kept] / CHANCES[kept][0])
    assert (again[~kept] == 0).all()


def test_bits_are_scipys_entropy() -> None:
    assert sampling.bits(CHANCES) == pytest.approx(entropy(CHANCES, base=2))
    assert sampling.bits(np.array([1.0, 0.0])) == 0
    assert sampling.bits(np.full(8, 1 / 8)) == pytest.approx(3)


def test_draws_follow_the_chances() -> None:
    drawn = np.bincount(sampling.draw(CHANCES, 20000), minlength=7)
    assert chisquare(drawn, 20000 * CHANCES).pvalue > 0.01
    assert set(sampling.draw(np.array([0.0, 1.0, 0.0]), 50)) == {1}
