"""What the acts of the lesson share."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves

FITTED: Final = ink.first
"""The colour of fitted curves."""
MEAN: Final = ink.focus
"""Of their mean."""
TRUE: Final = ink.truth
"""Of the truth."""
MISS: Final = ink.error
"""Of misses, and of bias."""
TALL: Final = (-1.25, 2.0)
"""Heights that the plane of readings shows."""
SAMPLE: Final = 14
"""The training sample that is shown: in the middle of the first twenty by its errors."""

maths: Final = words.Formulas({"f": TRUE, "hat(f)": FITTED, "sigma": ink.chalk})
"""A formula in the colours of this lesson."""


def reading_plane() -> Plane:
    """The plane of the readings to the edges of the frame, without numbers."""
    plane = shot.EDGES.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class BiasVarianceStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Training samples, and what polynomials predict from them."""
        self.drawn = curves.draw()
        self.sample: Floats = np.column_stack([curves.places(), self.drawn.readings[SAMPLE]])

    def fitted(self, degree: int, samples: slice = slice(SAMPLE, SAMPLE + 1)) -> Floats:
        """(n, 201): the fits of that degree to some of the samples."""
        return np.asarray(self.drawn.readings[samples] @ curves.fitter(degree).T)
