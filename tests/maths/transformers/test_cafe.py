"""The café's language: rounds are what they are said to be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare

from scenes.maths.transformers import cafe

ROUNDS = cafe.rounds(3000, np.random.default_rng(0))


def test_a_round_names_four_guests_and_then_repeats_their_orders() -> None:
    for orders in ROUNDS[:200].reshape(-1, cafe.ORDERS, 2):
        dish_of = dict(orders[: cafe.GUESTS].tolist())
        assert len(dish_of) == cafe.GUESTS
        assert all(dish_of[name] == dish for name, dish in orders.tolist())
        assert set(orders[:, 0]) <= set(range(6))
        assert set(orders[:, 1]) <= set(range(6, 14))


def test_first_dishes_follow_the_habits_and_guests_come_alike_often() -> None:
    np.testing.assert_allclose(cafe.habits().sum(axis=1), 1)
    for name in range(6):
        dishes = ROUNDS[:, 1:8:2][ROUNDS[:, 0:8:2] == name]
        drawn = np.bincount(dishes - cafe.FIRST_DISH, minlength=8)
        assert chisquare(drawn, len(dishes) * cafe.habits()[name]).pvalue > 0.001
    assert chisquare(np.bincount(ROUNDS[:, 0])).pvalue > 0.01
    assert chisquare(np.bincount(ROUNDS[:, 10])).pvalue > 0.01


def test_no_two_names_have_the_same_habit() -> None:
    assert len({tuple(row) for row in cafe.habits().tolist()}) == 6
    favourites = [cafe.DISHES[dish] for dish in cafe.habits().argmax(axis=1)]
    assert favourites == ["tea", "pie", "jam", "box", "cup", "hat"]


def test_words_are_numbered_as_they_are_listed() -> None:
    assert [cafe.VOCABULARY[t] for t in cafe.tokens_of("Ada tea Finn pen")] == ["Ada", "tea", "Finn", "pen"]
    assert cafe.VOCABULARY[cafe.BLANK] == "[blank]"
    with pytest.raises(KeyError):
        cafe.tokens_of("coffee")


def test_the_first_mention_that_returns_is_found() -> None:
    for orders, place in zip(ROUNDS[:300], cafe.first_mentions(ROUNDS[:300]), strict=True):
        later = set(orders[8::2])
        assert place == next(2 * i + 1 for i in range(4) if orders[2 * i] in later)
