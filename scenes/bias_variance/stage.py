"""What the acts of the lesson share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, Self

import numpy as np
from manim import ORIGIN, RIGHT, UP, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.lesson import Lesson
from scenes.kit.noun import LINE, OnPlane
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves

FITTED: Final = ink.first
"""The colour of fitted curves."""
MEAN: Final = ink.focus
"""Of their mean."""
TRUE: Final = ink.truth
"""Of the truth."""
OFF: Final = ink.error
"""Of bias."""
UNSEEN: Final = ink.second
"""Of readings that no fit has seen, and of errors on them."""
SEEN: Final = ink.chalk
"""Of readings that a fit has seen, and of errors on them."""
NOISY: Final = ink.quiet
"""Of noise."""
HELPS: Final = ink.third
"""Of what helps: a price on coefficients, the complexity to choose, a mistake that is repaired."""
FIFTY: Final = 50
"""Samples of a cloud."""
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
    return shot.chart(
        shot.SAFE,
        (-0.7, 12.7),
        (0, 0.56),
        x_ticks=range(0, 13),
        y_ticks=[0, 0.1, 0.2, 0.3, 0.4, 0.5],
        x_label="degree of the polynomial",
        y_label="expected squared error",
    )


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


class Many(NamedTuple):
    """Fits to many samples: some ``curves`` (50, 201) of them, and the exact ``mean`` (201,) and ``spread`` (201,)."""

    curves: Floats
    mean: Floats
    spread: Floats


class Swarm(OnPlane, VGroup):
    """Fifty fits, and the mean and the band of one standard deviation of all fits that there could be."""

    def __init__(self, plane: Plane, many: Many, middle: float = 1.0, band: float = 1.0) -> None:
        super().__init__()
        self.plane = plane
        self.shares = (middle, band)
        self.band = plane.area(curves.GRID, many.mean, many.mean, MEAN, fill=0.3)
        self.bundle = Bundle(plane, curves.GRID, many.curves, FITTED)
        self.mean = plane.curve(curves.GRID, many.mean, MEAN, 1.7 * LINE)
        self.add(self.band, self.bundle, self.mean)
        self.redraw(many)

    def redraw(self, many: Many) -> Self:
        """Take on other fits, their mean and their spread."""
        fits, mean, spread = many
        self.bundle.redraw(fits)
        self.mean.redraw(curves.GRID, mean)
        self.band.redraw(curves.GRID, mean - spread, mean + spread)
        return self.summarise(*self.shares)

    def summarise(self, middle: float, band: float) -> Self:
        """Show the mean and the band by these shares of full strength."""
        self.shares = (middle, band)
        self.band.set_fill(opacity=0.3 * band)
        self.mean.set_stroke(opacity=middle)
        self.mean.set_stroke(ink.ground, 2.6 * self.mean.get_stroke_width(), middle, background=True)
        return self


def brick_values(plane: Plane, degrees: Iterable[int], table: Floats) -> VGroup:
    """What each tall brick of a stack is called and measures, on it, and the sum on top of the stack."""
    told = VGroup()
    for degree, (bias, variance, noise) in zip(degrees, table, strict=True):
        low = 0.0
        for name, tall in (("bias²", bias), ("variance", variance), ("noise", noise)):
            if 0.02 < tall < 0.05:  # too low for words
                told.add(plane.label(degree + 1.3, low + 0.035, f"{tall:.2f}", RIGHT, FITTED, size=ink.AXIS))
            elif tall > 0.05:
                told.add(
                    plane.label(
                        degree, low + tall / 2, f"{name} {tall:.2f}", ORIGIN, ink.ground, size=ink.LABEL
                    )
                )
            low += tall
        told.add(plane.label(degree, low + 0.01, f"{low:.2f}", UP, UNSEEN, size=ink.POINT))
    return told


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

    def many(self, degree: int, count: int = curves.READINGS, penalty: float = 0.0) -> Many:
        """Fits of that degree to fifty samples of so many readings, and what all fits would have."""
        readings = self.drawn.readings if count == curves.READINGS else curves.draw(FIFTY, count).readings
        predict = curves.fitter(degree, count, penalty)
        _, variance = curves.profile(curves.GRID, degree, count, penalty)
        mean = predict @ curves.truth(curves.places(count))
        return Many(readings[:FIFTY] @ predict.T, mean, np.sqrt(variance))

    def fitted(self, degree: int, samples: slice = slice(curves.SHOWN, curves.SHOWN + 1)) -> Floats:
        """(n, 201): the fits of that degree to some of the samples."""
        return np.asarray(self.drawn.readings[samples] @ curves.fitter(degree).T)
