"""Fifty samples of twenty readings, with which visitors start."""

from __future__ import annotations

import numpy as np

from scenes.maths.bias_variance import curves

SAMPLES = 50
"""Samples that the figure draws."""


def figure() -> dict[str, object]:
    """``noise`` (50, 20) of samples, in standard deviations, first of the sample that the lesson shows; ``sigma``, the
    standard deviation of its readings; ``highest``, the last degree."""
    drawn = (curves.draw(SAMPLES).readings - curves.truth(curves.places())) / curves.NOISE
    order = np.roll(np.arange(SAMPLES), -curves.SHOWN)
    return {"noise": drawn[order].round(3), "sigma": curves.NOISE, "highest": curves.LAST}
