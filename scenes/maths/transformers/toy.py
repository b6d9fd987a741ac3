"""A toy language of names and things, in which a look back has one right answer.

A text is written ``Ada tea Ben hat ...``: four of six names, each with its thing, and then six more pairs of names
that were there, each of the same thing again.  A name's first thing follows its habit; its second one is certain.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Tokens: TypeAlias = NDArray[np.intp]

NAMES: Final = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn")
THINGS: Final = ("tea", "pie", "jam", "box", "map", "cup", "hat", "pen")
VOCABULARY: Final = (*NAMES, *THINGS, "[blank]")
BLANK: Final = len(VOCABULARY) - 1
FIRST_THING: Final = len(NAMES)
GUESTS: Final = 4
"""Names in a round."""
PAIRS: Final = 10
"""Pairs of name and thing in a round."""
LENGTH: Final = 2 * PAIRS

_TASTE: Final = np.array([0.30, 0.20, 0.15, 0.11, 0.08, 0.07, 0.05, 0.04])


def habits() -> Array:
    """Probability (names, things) of each name's first thing."""
    return np.stack([np.roll(_TASTE, row + (row > 3)) for row in range(len(NAMES))])


def tokens_of(text: str) -> Tokens:
    """Numbers (n,) of the words in ``text``; ``KeyError`` for a word that is not in the language."""
    number = {word: index for index, word in enumerate(VOCABULARY)}
    return np.array([number[word] for word in text.split()])


def rounds(count: int, rng: np.random.Generator) -> Tokens:
    """``count`` random rounds (count, LENGTH), as numbers of words."""
    guests = rng.random((count, len(NAMES))).argsort(axis=1)[:, :GUESTS]
    reach = habits().cumsum(axis=1)[guests]
    things = (rng.random((count, GUESTS, 1)) > reach[:, :, :-1]).sum(axis=2)
    again = rng.integers(GUESTS, size=(count, PAIRS - GUESTS))
    who = np.concatenate([np.tile(np.arange(GUESTS), (count, 1)), again], axis=1)
    pairs = [np.take_along_axis(guests, who, 1), FIRST_THING + np.take_along_axis(things, who, 1)]
    orders: Tokens = np.stack(pairs, axis=2)
    return orders.reshape(count, LENGTH)


def first_mentions(text: Tokens) -> Tokens:
    """For rounds (count, LENGTH): the place (count,) of the first thing whose name comes back later on."""
    guests, later = text[:, 0 : 2 * GUESTS : 2], text[:, 2 * GUESTS :: 2]
    returns = (guests[:, :, None] == later[:, None, :]).any(axis=2)
    places: Tokens = 2 * returns.argmax(axis=1) + 1
    return places
