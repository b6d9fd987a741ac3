"""Pairs of neighbours in the poem."""

from __future__ import annotations

import pytest

from scenes.maths.information_theory import pairs, texts
from scenes.maths.information_theory.bits import entropy


def test_pairs_are_counted_in_their_order() -> None:
    table = pairs.joint("abab")
    assert table[texts.SIGNS.index("a"), texts.SIGNS.index("b")] == pytest.approx(2 / 3)
    assert table[texts.SIGNS.index("b"), texts.SIGNS.index("a")] == pytest.approx(1 / 3)


def test_a_fixed_order_tells_all_and_one_letter_nothing() -> None:
    assert pairs.told("ab" * 50 + "a") == pytest.approx(1.0)
    assert pairs.told("aaaa") == pytest.approx(0.0)


def test_the_poems_order_tells_more_than_counting_makes_up() -> None:
    assert pairs.told(texts.poem()) > 2 * pairs.shuffled().max()
    assert pairs.shuffled().std() < 0.03


def test_what_is_left_is_what_the_letter_before_leaves() -> None:
    table = pairs.joint(texts.poem())
    rows = table[table.sum(axis=1) > 0]
    left = sum(row.sum() * entropy(row / row.sum()) for row in rows)
    assert entropy(table.sum(axis=0)) - left == pytest.approx(pairs.told(texts.poem()))
