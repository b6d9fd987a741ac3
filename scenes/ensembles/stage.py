"""What the acts of the lesson share: colours, tiles that tell right from wrong, and planes."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots
from scenes.kit.lesson import Lesson
from scenes.kit.noun import OnPlane
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart
from scenes.maths.ensembles.voting import Floats

ENSEMBLE: Final = ink.first
"""Of what answers together."""
SINGLE: Final = ink.second
"""Of one learner."""
WRONG: Final = ink.error
RIGHT_TILE: Final = ink.quiet
SIDES: Final = (ink.third, ink.fourth)
"""Of the two classes of points."""
AREA: Final = 0.105
"""Radius of a point of mean weight."""

maths: Final = words.Formulas({"hat(f)": ENSEMBLE, "alpha": ink.focus, "epsilon": WRONG, "rho": WRONG})
"""A formula in the colours of this lesson."""


class Marks(OnPlane, VGroup):
    """Rows of tiles (rows, cases) in ``place``, grey or ``color`` where right and red where wrong."""

    def __init__(
        self, place: shot.Region, wrong: npt.ArrayLike, color: ManimColor = RIGHT_TILE, tight: float = 0.86
    ) -> None:
        super().__init__()
        errs = np.asarray(wrong, dtype=float)
        rows, cases = errs.shape
        self.plane = shot.bare()
        pitch = min(place.width / cases, place.height / rows)
        across = place.left + (np.arange(cases) + 0.5) * place.width / cases
        up = place.top - (np.arange(rows) + 0.5) * place.height / rows
        self.points = np.zeros((0, 3))
        self.middles: Floats = np.array([(x, y) for y in up for x in across])
        self.half = tight * pitch / 2
        fill = 0.4 if color is RIGHT_TILE else 0.9
        self.good = UnitChart(self.plane, self.middles, self.half, color, fill)
        self.bad = UnitChart(self.plane, self.middles, 0.0, WRONG, 0.95)
        self.add(self.good, self.bad)
        self.redraw(errs)

    def redraw(self, wrong: npt.ArrayLike) -> Self:
        """Show ``wrong`` (rows, cases): 0 for right, 1 for wrong; on its way a tile turns."""
        share = np.asarray(wrong, dtype=float).ravel()
        self.good.redraw(self.middles, self.half * np.clip(1 - 2 * share, 0, 1))
        self.bad.redraw(self.middles, self.half * np.clip(2 * share - 1, 0, 1))
        return self


def radii(weights: Floats, mean: float = AREA) -> Floats:
    """(n,): of discs whose areas are as ``weights``; ``mean`` is that of an average weight."""
    return np.asarray(mean * np.sqrt(weights * len(weights)))


def moon_plane() -> Plane:
    """Two moons to the edges of the frame, without numbers."""
    plane = shot.EDGES.plane((-2.35, 3.45), (-1.3, 1.8), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def moon_dots(plane: Plane, points: Floats, labels: npt.ArrayLike, weights: Floats) -> Dots:
    """Points of two classes by colour and shape, their areas as their weights."""
    return plane.classes(points, labels, radii(weights), SIDES)


class EnsemblesStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Three rows of ten tiles, and the vote below them."""
        whole = shot.safe(titled=False)
        _, middle, _ = whole.columns(1.7, 9.6, 1.9, gap=0.1)
        above, below = middle.rows(3, 1.15, gap=0.35)
        self.models = Marks(above, np.zeros((3, 10)))
        self.vote = Marks(below, np.zeros((1, 10)), ENSEMBLE)
        self.sides = (middle.left, middle.right)
        ground = shot.bare()
        self.names = VGroup(
            *(
                ground.label(
                    middle.left, self.models.middles[10 * row, 1], f"model {row + 1}", LEFT, size=ink.AXIS
                )
                for row in range(3)
            )
        )
        self.voted = ground.label(
            middle.left, self.vote.middles[0, 1], "vote", LEFT, ENSEMBLE, size=ink.POINT
        )

    def counts(self, right: int) -> words.Words:
        """How many of ten the vote has right, at the end of its row."""
        return shot.bare().label(
            self.sides[1], self.vote.middles[0, 1], f"{right} of 10", RIGHT, ENSEMBLE, size=ink.POINT
        )
