"""What needs no training to be held against: a guess in the blanks, and the heads that each layer needs most."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.transformers import toy
from scenes.maths.transformers.transformer import Tokens

Array: TypeAlias = NDArray[np.float64]


def named_in_blanks(text: Tokens) -> float:
    """Share of :func:`toy.first_mentions` in ``text`` (count, LENGTH) that are the likeliest by the name's habit among
    the things which the text names elsewhere, whoever has them."""
    habits = toy.habits()
    right = []
    for line, place in zip(text, toy.first_mentions(text), strict=True):
        named = np.unique(np.delete(line, place)[np.delete(line, place) >= toy.FIRST_THING])
        likely = habits[line[place - 1], named - toy.FIRST_THING]
        right.append(named[likely.argmax()] == line[place])
    return float(np.mean(right))


def needed_heads(cuts: Array, heads: int = 2) -> Array:
    """Share right (seeds, layers) when the head that a layer needs most is cut, of ``cuts`` (seeds, 1 + layers · heads)
    as :func:`scenes.maths.transformers.evidence.cut_each_head` has them."""
    return np.asarray(cuts[:, 1:].reshape(len(cuts), -1, heads).min(axis=2))
