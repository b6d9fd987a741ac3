"""Where the searching head keeps its keys: one token before layer 1, and parted by its owners after it.

A key of layer 2 is made from the stream, which layer 1 adds to.  Taken from the stream before that, the keys of one
token at one place are the same, whatever stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.transformers import toy, transformer, transformers
from scenes.maths.transformers.transformer import Tokens, Trained

Array: TypeAlias = NDArray[np.float64]

SEARCHER: Final = (1, 1)
"""Layer and head, from 0, that finds the thing in the lesson's model."""
SHOWN: Final = 3
"""Directions that are drawn."""
HAT: Final = "hat"
BESIDE: Final = 4
"""Things that stand beside the first name of the drawn texts: the first of the vocabulary."""


@dataclass(frozen=True, slots=True)
class View:
    """Directions of the key space: ``middle`` (16,), the mean of the owners' means, and ``ways`` (k, 16), orthonormal,
    the leading directions in which these means differ."""

    middle: Array
    ways: Array
    means: Array
    """Of the owners (6, 16)."""

    def seen(self, keys: Array) -> Array:
        """Coordinates (..., k) of ``keys`` (..., 16)."""
        return np.asarray((keys - self.middle) @ self.ways.T)


def keys_of(model: Trained, text: Tokens, share: float = 1.0) -> Array:
    """Keys (batch, places, 16) of the searching head where layer 1 writes only ``share`` of what it does."""
    layer, head = SEARCHER
    quieter = {name: share * model.weights[name] for name in ("out.0", "down.0")}
    looked = transformer.run(model.weights | quieter, model.shape, text).looked[layer]
    return np.asarray(looked.key[:, head])


def first_things(model: Trained) -> tuple[Array, Tokens]:
    """Keys (4000, 16) of the first things of fresh rounds, and the numbers (4000,) of their owners."""
    text = transformers.fresh_rounds()[:, : 2 * toy.GUESTS]
    keys = keys_of(model, text)
    return keys[:, 1::2].reshape(-1, keys.shape[-1]), text[:, ::2].ravel()


def best_view(keys: Array, owners: Tokens, directions: int = SHOWN) -> View:
    """The directions that part the owners' means most: chosen so, and no proof that the owners are parted."""
    means = np.array([keys[owners == owner].mean(axis=0) for owner in range(len(toy.NAMES))])
    middle = means.mean(axis=0)
    ways = np.linalg.svd(means - middle, full_matrices=False)[2][:directions]
    return View(middle, ways, means)


def nearest_own(view: View, keys: Array, owners: Tokens) -> float:
    """Share of ``keys`` whose nearest mean, in the directions of the view, is that of their own owner."""
    apart = view.seen(keys)[:, None] - view.seen(view.means)
    return float((np.linalg.norm(apart, axis=2).argmin(axis=1) == owners).mean())


@dataclass(frozen=True, slots=True)
class Flight:
    """Hats of all owners on their way: ``places`` (m, n, 3) where layer 1 writes each of the
    ``shares`` (m,),
    ``owners`` (n,), and ``query`` (3,), the direction in which the last Ben's query grows."""

    shares: Array
    places: Array
    owners: Tokens
    query: Array


def fly(model: Trained, steps: int = 41) -> Flight:
    """The keys of "hat" as fourth token, beside every owner, with different names and things before."""
    keys, holders = first_things(model)
    view = best_view(keys, holders)
    hat = toy.VOCABULARY.index(HAT)
    texts = [
        (other, toy.FIRST_THING + thing, owner, hat)
        for owner in range(len(toy.NAMES))
        for other in range(len(toy.NAMES))
        if other != owner
        for thing in range(BESIDE)
    ]
    shares = np.linspace(0, 1, steps)
    places = np.array([view.seen(keys_of(model, np.array(texts), float(share))[:, -1]) for share in shares])
    layer, head = SEARCHER
    asking = transformers.read(model, transformers.PAD).looked[layer].query[0, head, -1]
    return Flight(shares, places, np.array([text[2] for text in texts]), asking @ view.ways.T)
