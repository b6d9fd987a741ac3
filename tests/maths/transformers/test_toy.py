"""The toy language: texts are what they are said to be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare

from scenes.maths.transformers import toy

ROUNDS = toy.rounds(3000, np.random.default_rng(0))


def test_a_round_names_four_guests_and_then_repeats_their_orders() -> None:
    for orders in ROUNDS[:200].reshape(-1, toy.PAIRS, 2):
        thing_of = dict(orders[: toy.GUESTS].tolist())
        assert len(thing_of) == toy.GUESTS
        assert all(thing_of[name] == thing for name, thing in orders.tolist())
        assert set(orders[:, 0]) <= set(range(6))
        assert set(orders[:, 1]) <= set(range(6, 14))


def test_first_things_follow_the_habits_and_names_come_alike_often() -> None:
    np.testing.assert_allclose(toy.habits().sum(axis=1), 1)
    for name in range(6):
        things = ROUNDS[:, 1:8:2][ROUNDS[:, 0:8:2] == name]
        drawn = np.bincount(things - toy.FIRST_THING, minlength=8)
        assert chisquare(drawn, len(things) * toy.habits()[name]).pvalue > 0.001
    assert chisquare(np.bincount(ROUNDS[:, 0])).pvalue > 0.01
    assert chisquare(np.bincount(ROUNDS[:, 10])).pvalue > 0.01


def test_no_two_names_have_the_same_habit() -> None:
    assert len({tuple(row) for row in toy.habits().tolist()}) == 6
    favourites = [toy.THINGS[thing] for thing in toy.habits().argmax(axis=1)]
    assert favourites == ["tea", "pie", "jam", "box", "cup", "hat"]


def test_words_are_numbered_as_they_are_listed() -> None:
    assert [toy.VOCABULARY[t] for t in toy.tokens_of("Ada tea Finn pen")] == ["Ada", "tea", "Finn", "pen"]
    assert toy.VOCABULARY[toy.BLANK] == "[blank]"
    with pytest.raises(KeyError):
        toy.tokens_of("coffee")


def test_the_first_mention_that_returns_is_found() -> None:
    for orders, place in zip(ROUNDS[:300], toy.first_mentions(ROUNDS[:300]), strict=True):
        later = set(orders[8::2])
        assert place == next(2 * i + 1 for i in range(4) if orders[2 * i] in later)
