"""Attention against loops, scores against what the theory of sums says, clocks against rotations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from scenes.maths.transformers import attention


def test_attention_equals_a_loop_over_askers() -> None:
    rng = np.random.default_rng(0)
    q, k, v = rng.normal(size=(5, 8)), rng.normal(size=(5, 8)), rng.normal(size=(5, 3))
    look = attention.attend(q, k, v)
    for asking in range(5):
        share = softmax([q[asking] @ k[other] / np.sqrt(8) for other in range(5)])
        np.testing.assert_allclose(look.weights[asking], share, atol=1e-12)
        np.testing.assert_allclose(look.mixed[asking], sum(s * v[i] for i, s in enumerate(share)), atol=1e-12)
    np.testing.assert_allclose(look.weights.sum(axis=1), 1, atol=1e-12)


def test_blocked_places_get_nothing_and_rows_share_their_unit_anew() -> None:
    rng = np.random.default_rng(0)
    q, k, v = (rng.normal(size=(2, 6, 4)) for _ in range(3))
    look = attention.attend(q, k, v, attention.no_peeking(6))
    assert (np.triu(look.weights, 1) == 0).all()
    np.testing.assert_allclose(look.weights.sum(axis=2), 1, atol=1e-12)
    free = attention.attend(q, k, v).weights
    np.testing.assert_allclose(look.weights[:, 3, :4], free[:, 3, :4] / free[:, 3, :4].sum(axis=1)[:, None])


def test_without_places_attention_sees_a_bag() -> None:
    rng = np.random.default_rng(1)
    words, (q, k, v) = rng.normal(size=(6, 8)), rng.normal(size=(3, 8, 8))
    order = rng.permutation(6)

    def see(rows: np.ndarray) -> np.ndarray:
        return attention.attend(rows @ q, rows @ k, rows @ v).mixed

    np.testing.assert_allclose(see(words)[order], see(words[order]), atol=1e-12)
    placed = attention.clocks(6, 8)
    assert np.abs(see(words + placed)[order] - see(words[order] + placed)).max() > 0.1


def test_scores_spread_as_the_root_of_the_width_and_division_takes_it_back() -> None:
    spread = attention.spread_scores((4, 16, 64, 256), rows=1000)
    np.testing.assert_allclose(spread.raw, np.sqrt(spread.width), rtol=0.04)
    np.testing.assert_allclose(spread.scaled_raw, 1, rtol=0.04)
    assert (np.diff(spread.top) > 0).all()
    assert (np.diff(spread.slope) < 0).all()
    # Scores of 16 independent answers with variance 1: the same shares at every width.
    rng = np.random.default_rng(9)
    normal = softmax(rng.normal(size=(20000, 16)), axis=1).max(axis=1).mean()
    np.testing.assert_allclose(spread.scaled_top[1:], normal, atol=0.015)


def test_a_narrow_query_is_the_beginning_of_the_wide_one() -> None:
    one, other = (attention.spread_scores(widths, rows=3) for widths in ((4, 8, 64), (8, 64)))
    np.testing.assert_allclose(one.row[1:], other.row, atol=1e-12)
    assert one.sample.shape == (3, 48)
    with pytest.raises(ValueError, match="rise"):
        attention.spread_scores((8, 4))


def test_some_steps_along_is_always_the_same_turn() -> None:
    places = attention.clocks(60, 32)
    for steps in (1, 3, 20):
        turned = places[:-steps] @ attention.step_turn(32, steps).T
        np.testing.assert_allclose(turned, places[steps:], atol=1e-12)
    likeness = places @ places.T
    for offset in range(50):
        assert np.ptp(np.diag(likeness, offset)) < 1e-12
    np.testing.assert_allclose(np.diag(likeness), 16)


def test_the_first_hand_turns_one_radian_a_place_and_the_last_almost_not() -> None:
    speeds = attention.turning_speeds(32)
    assert len(speeds) == 16
    assert speeds[0] == 1
    assert speeds[-1] == pytest.approx(10000 ** (-30 / 32))
    np.testing.assert_allclose(attention.clocks(3, 4)[2], [np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)])
