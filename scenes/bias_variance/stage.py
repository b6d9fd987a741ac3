"""What the acts of the lesson share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from manim import LEFT, RIGHT, VGroup

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
UNSEEN: Final = ink.second
"""Of readings that no fit has seen, and of errors on them."""
SEEN: Final = ink.chalk
"""Of readings that a fit has seen, and of errors on them."""
NOISY: Final = ink.quiet
"""Of noise."""
HELPS: Final = ink.third
"""Of what helps: a price on coefficients, the complexity to choose, a mistake that is repaired."""
DIM: Final = 0.62
"""Strength of bars that have stepped back, with names that can still be read."""
TALL: Final = (-1.25, 2.0)
"""Heights that the plane of readings shows."""

maths: Final = words.Formulas({"f": TRUE, "hat(f)": FITTED, "sigma": NOISY})
"""A formula in the colours of this lesson."""


def reading_plane() -> Plane:
    """The plane of the readings to the edges of the frame, without numbers."""
    plane = shot.EDGES.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def brick_plane() -> Plane:
    """Errors by degree, over the whole picture."""
    place = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top)
    return shot.chart(
        place,
        (-0.7, 12.7),
        (0, 0.42),
        x_ticks=range(0, 13),
        y_ticks=[0, 0.1, 0.2, 0.3, 0.4],
        x_label="degree of the polynomial",
        y_label="expected squared error",
    )


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def brick_names(plane: Plane) -> VGroup:
    """What the three bricks are called, beside the stacks in which each is tall."""
    return VGroup(
        plane.label(1.55, 0.088, "bias²", RIGHT, MISS, size=ink.POINT),
        plane.label(9.45, 0.155, "variance", LEFT, FITTED, size=ink.POINT),
        plane.label(5.55, 0.075, "noise σ²", RIGHT, NOISY, size=ink.POINT),
    )


def bricks_of(degrees: Iterable[int], count: int = curves.READINGS, penalty: float = 0.0) -> Floats:
    """(n, 3): squared bias, variance and noise of each degree."""
    found = [curves.parts(int(degree), count, penalty=penalty) for degree in degrees]
    return np.array([[each.bias, each.variance, each.noise] for each in found])


class BiasVarianceStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Training samples, and what polynomials predict from them."""
        self.drawn = curves.draw()
        self.sample: Floats = np.column_stack([curves.places(), self.drawn.readings[curves.SHOWN]])

    def fitted(self, degree: int, samples: slice = slice(curves.SHOWN, curves.SHOWN + 1)) -> Floats:
        """(n, 201): the fits of that degree to some of the samples."""
        return np.asarray(self.drawn.readings[samples] @ curves.fitter(degree).T)
