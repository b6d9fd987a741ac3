"""What a score loses when a column is shuffled, and when it is dropped and the model fitted anew.

Sources: L. Breiman, Random forests, Machine Learning 45 (2001), section 10; J. Lei, M. G'Sell, A. Rinaldo,
R. Tibshirani and L. Wasserman, Distribution-free predictive inference for regression, JASA 113 (2018), section 6;
G. Hooker, L. Mentch and S. Zhou, Unrestricted permutation forces extrapolation, Statistics and Computing 31 (2021).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from scenes.maths.feature_importance.patients import Floats, Rows, Split, explained, grown

REPEATS: Final = 10
"""Shuffles of a column over which its loss is averaged."""
SEEN_REPEATS: Final = 3
"""The same, on the rows that were seen."""
HAND: Final = np.array([10.0, 20.0, 30.0, 40.0])
"""Four outcomes that a model predicts exactly from one column."""
HAND_ORDER: Final[Rows] = np.array([1, 0, 3, 2])
"""The rows whose cells they get when that column is shuffled."""


def by_hand() -> tuple[float, float, float]:
    """Squared errors after the shuffle, those of the mean, and R² = 1 − one over the other."""
    errors = float(((HAND - HAND[HAND_ORDER]) ** 2).sum())
    around = float(((HAND - HAND.mean()) ** 2).sum())
    return errors, around, explained(HAND, HAND[HAND_ORDER])


def shuffled(rows: Floats, columns: Sequence[int], order: Rows) -> Floats:
    """``rows`` (n, d) whose cells of ``columns`` come from the rows ``order`` (n,), together."""
    moved = rows.copy()
    moved[:, list(columns)] = rows[order][:, list(columns)]
    return moved


def losses(
    said: Callable[[Floats], Floats],
    rows: Floats,
    truth: Floats,
    columns: Sequence[int],
    repeats: int,
    rng: np.random.Generator,
) -> Floats:
    """(repeats,): R² of predictions ``said`` that is lost with ``columns`` of ``rows`` shuffled together."""
    base = explained(truth, said(rows))
    return np.array(
        [
            base - explained(truth, said(shuffled(rows, columns, rng.permutation(len(rows)))))
            for _ in range(repeats)
        ]
    )


def dropped(parts: Split, columns: Sequence[int], base: float) -> float:
    """R² on the rows held out that is lost when the forest is fitted anew without ``columns``."""
    rest = parts.without(*columns)
    return base - explained(rest.held_y, np.asarray(grown(rest).predict(rest.held)))
