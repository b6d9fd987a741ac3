"""Irises on a line that visitors turn, and a digit that they build from components."""

from __future__ import annotations

import numpy as np

from scenes.maths.pca import axes, digit
from scenes.maths.shared.flower import Measure, irises

KEPT = 40
"""Components that the digit can be built from."""


def figure() -> dict[str, object]:
    """``points`` (150, 2), petal and sepal length of irises in cm, centred; of the digits ``mean`` (64,), ``axes`` (40,
    64), the first components, and ``ratios`` (40,), their shares of the variance; of the one that is built ``pixels``
    (64,), 0 to 16, and ``scores`` (40,)."""
    known = digit.fit()
    one = digit.values()[digit.THREE]
    return {
        "points": axes.centred(irises((Measure.PETAL_LENGTH, Measure.SEPAL_LENGTH)).points).round(3),
        "mean": known.mean.round(3),
        "axes": known.axes[:, :KEPT].T.round(4),
        "ratios": known.ratios[:KEPT].round(5),
        "pixels": one,
        "scores": np.asarray(known.scores(one[None], KEPT)[0]).round(3),
    }
