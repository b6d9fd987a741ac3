"""Maps of the digits in two dimensions, and what their distances say.

The maps of t-SNE and UMAP are stored (``data/maps.npz``, made by ``scripts/digit_maps.py``), since they take minutes
and differ between machines.

Sources: L. van der Maaten & G. Hinton, JMLR 9 (2008); L. McInnes, J. Healy & J. Melville, UMAP (2018,
arXiv:1802.03426); trustworthiness: J. Venna & S. Kaski, ICANN (2001).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from scenes.maths.pca import digit
from scenes.maths.pca.axes import Floats

Name = Literal["pca", "tsne", "low", "umap"]

_DATA: Final = Path(__file__).parent / "data" / "maps.npz"
NEAREST: Final = 10
"""Neighbours that are asked about."""
HAND: Final = np.array([1.0, 1.0, 3.0])
"""Distances of three neighbours in the example by hand."""


@cache
def _stored() -> dict[str, Floats]:
    with np.load(_DATA) as stored:
        return {name: np.asarray(stored[name], dtype=float) for name in stored.files}


def placed(name: Name) -> Floats:
    """(1797, 2): where a map puts the digits; ``pca`` are the first two scores, ``low`` is t-SNE, perplexity 5."""
    return digit.fit().scores(digit.values(), 2) if name == "pca" else _stored()[name]


def steps() -> tuple[Floats, Floats]:
    """(s, 1797, 2) and (s,): where t-SNE's points are on the way, and after how many iterations."""
    stored = _stored()
    return stored["steps"], stored["at"]


def settings() -> tuple[float, float]:
    """The perplexities of the two maps of t-SNE: of ``tsne`` and of ``low``."""
    first, second = _stored()["perplexities"]
    return float(first), float(second)


def truth(name: Name) -> float:
    """Trustworthiness of a map for the ten nearest: 1 where all that are near in it are near in 64 dimensions."""
    return float(trustworthiness(digit.values(), placed(name), n_neighbors=NEAREST))


@cache
def by_chance() -> float:
    """Trustworthiness of a map on which the digits are shuffled: the places of t-SNE, dealt out at random; seed 0."""
    dealt = np.random.default_rng(0).permutation(placed("tsne"))
    return float(trustworthiness(digit.values(), dealt, n_neighbors=NEAREST))


def neighbour_shares(distances: Floats, sigma: float = 1.0) -> Floats:
    """(n,): probabilities of neighbours at ``distances`` (n,) under a Gaussian of width ``sigma``; they add up to 1."""
    weights = np.exp(-(distances**2) / (2 * sigma**2))
    return np.asarray(weights / weights.sum())


def perplexity(shares: Floats) -> float:
    """2 to the entropy of ``shares`` in bits: how many neighbours count, about."""
    held = shares[shares > 0]
    return float(2.0 ** -(held * np.log2(held)).sum())


def centres(table: Floats) -> Floats:
    """(10, d): the mean of each kind of digit in ``table`` (1797, d)."""
    kinds = digit.kinds()
    return np.array([table[kinds == kind].mean(axis=0) for kind in range(10)])


def gaps(table: Floats) -> Floats:
    """(45,): distances between the centres of the ten kinds, pair by pair."""
    return np.asarray(pdist(centres(table)))


def ratios(name: Name) -> Floats:
    """(45,): distance on the map over distance in 64 dimensions, of the centres of two kinds."""
    return np.asarray(gaps(placed(name)) / gaps(digit.values()))


def widths(table: Floats) -> Floats:
    """(10,): root mean squared distance of a kind's digits from their centre."""
    kinds, middle = digit.kinds(), centres(table)
    return np.array(
        [np.sqrt(((table[kinds == kind] - middle[kind]) ** 2).sum(axis=1).mean()) for kind in range(10)]
    )


def roll(points: int = 90, turns: float = 1.6) -> tuple[Floats, Floats]:
    """(points, 2) on a spiral, equally spaced along it, and (points,) their places along it from 0 to 1."""
    fine = np.linspace(0.35, 1.0, 4000)
    angle = 2 * np.pi * turns * fine
    curve = np.column_stack([fine * np.cos(angle), fine * np.sin(angle)])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    share = np.linspace(0.0, 1.0, points)
    at = share * length[-1]
    return np.column_stack([np.interp(at, length, curve[:, axis]) for axis in range(2)]), share


def nearest(points: Floats) -> NDArray[np.intp]:
    """(n, 10): the numbers of the ten nearest of each of ``points`` (n, d), the nearest first."""
    found = NearestNeighbors(n_neighbors=NEAREST + 1).fit(points).kneighbors(points, return_distance=False)
    return np.asarray(found[:, 1:], dtype=np.intp)
