"""The 1,797 handwritten digits with fewer numbers: components, their rivals, and what a classifier makes of them.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier

from scenes.maths.pca import axes
from scenes.maths.pca.axes import Components, Floats
from scenes.maths.shared.memo import remembered

SIDE: Final = 8
"""Pixels along a side."""
WHITE: Final = 16.0
"""The brightest value of a pixel."""
THREE: Final = 3
"""Row of the digit that the lesson follows, the first three of the file."""
FEW: Final = 10
"""Numbers that are kept to see a digit."""
NEIGHBOURS: Final = 5
"""Neighbours that vote."""
FOLDS: Final = 5
SHUFFLES: Final = 5
"""How often the folds are drawn."""
DIRECTIONS: Final = 200
"""Random subspaces that are drawn as a baseline."""


@cache
def values() -> Floats:
    """(1797, 64): pixels of the digits, 0 to 16, read row by row, in the order of the file."""
    return np.asarray(load_digits().data, dtype=float)


@cache
def kinds() -> NDArray[np.intp]:
    """(1797,): which digit each is."""
    return np.asarray(load_digits().target, dtype=np.intp)


@cache
def fit() -> Components:
    """The components of all digits.  Three pixels never change, so 61 have a variance above zero."""
    return axes.components(values())


def lost(kept: int) -> float:
    """Share of the variance that is dropped with all but the first ``kept`` components."""
    return 1.0 - float(fit().cumulative[kept - 1])


def widest(table: Floats, count: int) -> NDArray[np.intp]:
    """(count,): the columns of greatest variance, the largest first."""
    return np.argsort(-table.var(axis=0), kind="stable")[:count].astype(np.intp)


def pixels_alone(count: int = FEW) -> Floats:
    """(1797, 64): the pixels of greatest variance as they are, all others frozen at their mean."""
    table = values()
    rows = np.broadcast_to(table.mean(axis=0), table.shape).copy()
    chosen = widest(table, count)
    rows[:, chosen] = table[:, chosen]
    return rows


def kept_by_pixels(count: int = FEW, *, regress: bool) -> float:
    """Share of the total variance that the widest pixels keep: alone, or with linear regression for all others."""
    rows = axes.centred(values())
    chosen = widest(rows, count)
    known = rows[:, chosen]
    guess = np.zeros_like(rows)
    guess[:, chosen] = known
    if regress:
        guess = known @ np.linalg.lstsq(known, rows, rcond=None)[0]
    return 1.0 - float(((rows - guess) ** 2).sum() / (rows**2).sum())


@cache
def kept_by_chance(count: int = FEW, draws: int = DIRECTIONS) -> Floats:
    """(draws,): share of the variance in subspaces of ``count`` random directions, each drawn uniformly; seed 0."""
    rows = axes.centred(values())
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(draws):
        basis = np.linalg.qr(rng.normal(size=(rows.shape[1], count)))[0]
        shares.append(float(((rows @ basis) ** 2).sum() / (rows**2).sum()))
    return np.array(shares)


def _folds(seed: int) -> StratifiedKFold:
    return StratifiedKFold(FOLDS, shuffle=True, random_state=seed)


@remembered
def accuracy(kept: int, *, pixels: bool = False) -> Floats:
    """(5,): share of digits that five neighbours name right in folds that were not seen, for five shuffles.

    The neighbours are sought among ``kept`` scores; with ``pixels`` among the widest pixels.  Mean, axes and choice of
    pixels come from the training folds alone.
    """
    table, answers = values(), kinds()
    found = []
    for seed in range(SHUFFLES):
        right = 0
        for train, test in _folds(seed).split(table, answers):
            if pixels:
                chosen = widest(table[train], kept)
                seen, unseen = table[train][:, chosen], table[test][:, chosen]
            else:
                known = axes.components(table[train])
                seen, unseen = known.scores(table[train], kept), known.scores(table[test], kept)
            votes = KNeighborsClassifier(NEIGHBOURS).fit(seen, answers[train])
            right += int((votes.predict(unseen) == answers[test]).sum())
        found.append(right / len(answers))
    return np.array(found)


def nearly_as_good(tried: Sequence[int], less: float = 0.002) -> int:
    """The fewest of ``tried`` components with which the accuracy is at most ``less`` below that with all 64 pixels.

    Raises ``ValueError`` where none is.
    """
    whole = accuracy(values().shape[1]).mean()
    for kept in sorted(tried):
        if whole - accuracy(kept).mean() <= less:
            return kept
    raise ValueError(f"none of {list(tried)} components comes within {less} of all")


def guessing() -> float:
    """Share of the most frequent digit: what naming it always would get right."""
    return float(np.bincount(kinds()).max() / len(kinds()))
