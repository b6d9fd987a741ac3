"""Cards: shape and colour tell the class, and they move together."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink
from scenes.kit.card import Cards
from tests.golden import assert_golden

PICTURES = np.stack([np.eye(4), np.eye(4)[::-1], np.ones((4, 4))])


def places(count: int) -> np.ndarray:
    return np.column_stack([2.5 * np.arange(count) - 2.5, np.zeros(count), np.zeros(count)])


def test_a_card_is_as_wide_as_is_said_and_lies_where_it_is_put() -> None:
    cards = Cards(PICTURES, [True, False, False]).put(places(3), [1.0, 2.0, 0.5])
    np.testing.assert_allclose([card.plate.width for card in cards.cards], [1.0, 2.0, 0.5], atol=1e-6)
    np.testing.assert_allclose([card.plate.get_center() for card in cards.cards], places(3), atol=1e-6)
    np.testing.assert_allclose([card.image.get_center() for card in cards.cards], places(3), atol=1e-6)


def test_a_round_plate_lies_within_a_square_one() -> None:
    round_, square = (
        card.plate.points / 0.5 for card in Cards(PICTURES[:2], [1, 0]).put(np.zeros((2, 3)), 1).cards
    )
    assert np.linalg.norm(round_, axis=1).max() < 1.001
    assert np.linalg.norm(square, axis=1).max() > 1.2


def test_cards_move_from_where_they_are() -> None:
    cards = Cards(PICTURES, [1, 0, 0]).put(places(3), 1.0)
    move = cards.to(places(3)[::-1], 2.0)
    move.path(0.5)
    np.testing.assert_allclose(cards.centres, np.zeros((3, 3)) + places(3).mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(cards.sizes, 1.5)


def test_a_rim_comes_and_goes() -> None:
    cards = Cards(PICTURES, [1, 0, 0]).rim([1], ink.error)
    assert cards.cards[1].plate.get_stroke_color() == ink.error
    assert cards.rim([1], None).cards[1].plate.get_stroke_color() == ink.second
    assert list(cards.subset([2])) == [cards.cards[2]]


def test_as_many_classes_as_pictures() -> None:
    with pytest.raises(ValueError, match="zip"):
        Cards(PICTURES, [True])


def test_golden_cards() -> None:
    assert_golden("cards", Cards(PICTURES, [1, 0, 0]).put(places(3), 2.0).rim([1], ink.error))
