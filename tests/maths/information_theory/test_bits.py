"""Entropy, cross-entropy and KL divergence hold against SciPy and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import rel_entr
from scipy.stats import entropy as reference

from scenes.maths.information_theory import bits, texts

DRAWS = np.random.default_rng(3).dirichlet(np.ones(6), 40)


def test_entropy_is_scipys() -> None:
    for p in DRAWS:
        assert bits.entropy(p) == pytest.approx(reference(p, base=2))
    assert bits.entropy(bits.P) == 1.75


def test_entropy_lies_between_none_and_the_log_of_the_number() -> None:
    for p in DRAWS:
        assert 0 < bits.entropy(p) < np.log2(len(p))
    assert bits.entropy([0.25] * 4) == 2 == np.log2(4)
    assert bits.entropy([1, 0, 0, 0]) == 0


def test_kl_is_scipys_never_negative_and_zero_for_equals() -> None:
    for p, q in zip(DRAWS, DRAWS[::-1], strict=True):
        assert bits.kl(p, q) == pytest.approx(rel_entr(p, q).sum() / np.log(2))
        assert bits.kl(p, q) > 0
        assert bits.cross_entropy(p, q) == pytest.approx(bits.entropy(p) + bits.kl(p, q))
        assert bits.kl(p, p) == 0


def test_kl_is_zero_only_for_equals() -> None:
    """By Gibbs: −log is strictly convex, so that any other q costs more; here all small steps away do."""
    p = np.array(bits.P)
    for step in np.random.default_rng(0).normal(size=(200, 4)):
        q = p + 0.01 * (step - step.mean())
        assert bits.kl(p, q) > 0


def test_kl_is_asymmetric_and_infinite_where_q_has_nothing() -> None:
    assert (bits.kl(bits.P, bits.Q), bits.kl(bits.Q, bits.P)) == (0.625, 0.5)
    assert bits.kl([0.5, 0.5], [1, 0]) == np.inf
    assert np.isfinite(bits.kl([1, 0], [0.5, 0.5]))


def test_bits_add_where_probabilities_multiply() -> None:
    door, coin = DRAWS[:2]
    np.testing.assert_allclose(
        bits.surprisal(np.outer(door, coin)), bits.surprisal(door)[:, None] + bits.surprisal(coin)
    )
    assert bits.surprisal(1) == 0


def test_rarer_is_more_surprising() -> None:
    assert (np.diff(bits.surprisal(np.linspace(0.01, 1, 200))) < 0).all()


def test_probabilities_have_to_sum_to_one() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        bits.entropy([0.5, 0.6])


def test_the_poem_lacks_j_and_q_and_the_description_has_each_letter() -> None:
    p, q = texts.poem_shares(), texts.other_shares()
    assert [texts.SIGNS[at] for at in np.flatnonzero(p == 0)] == ["j", "q"]
    assert (q > 0).all()
    assert bits.kl(p, q) == pytest.approx(reference(p, q, base=2))
    assert bits.kl(q, p) == np.inf
