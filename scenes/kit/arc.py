"""Arcs between places, whose width and brightness are weights: who attends to whom, and how much."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.path import Floats
from scenes.kit.review_hints import backdrop

WIDEST: Final = 13.0
"""Stroke of an arc of weight 1 (hundredths of a scene unit)."""
_SLIGHT: Final = 0.4
"""Weights below this are faint on purpose: brightness is size."""
_LEVEL: Final = 0.05
"""Points whose heights differ by less (scene units) are on one level."""
_LEAST: Final = 0.004
"""Weights below this are not drawn: their arcs would be a third of a pixel wide."""


class Arcs(VGroup):
    """An arc from each of m ``answers`` (m, 3) to each of n ``askers`` (n, 3), scene points.

    ``weights`` (n, m), from 0 to 1, are the width and the brightness of the arcs; ``widest`` is the stroke width of
    weight 1, in hundredths of a scene unit.  Between points of one height an arc bows upwards, the higher the
    farther they are apart; otherwise it leaves the lower point upwards and enters the upper one from below.
    ``bow`` is the height of an arc as a share of its span, downwards if negative.
    """

    def __init__(
        self,
        askers: npt.ArrayLike,
        answers: npt.ArrayLike,
        weights: npt.ArrayLike = 0.0,
        color: ManimColor = ink.focus,
        *,
        bow: float = 0.42,
        widest: float = WIDEST,
    ) -> None:
        super().__init__()
        self.bow, self.widest = bow, widest
        count = len(np.atleast_2d(np.asarray(askers))), len(np.atleast_2d(np.asarray(answers)))
        self.weights: Floats = np.zeros(count)
        for _ in range(self.weights.size):
            arc = VMobject(stroke_color=color, stroke_width=0.0, stroke_opacity=0.0)
            self.add(arc.set_cap_style(CapStyleType.ROUND))
        self.follow(askers, answers)
        self.redraw(weights)

    def redraw(self, weights: npt.ArrayLike) -> Self:
        """Take on ``weights`` (n, m) from 0 to 1, a row for each asker; one row or one number serves for all."""
        self.weights = np.broadcast_to(np.asarray(weights, dtype=float), self.weights.shape).copy()
        for arc, weight in zip(self.submobjects, self.weights.ravel(), strict=True):
            seen = float(np.clip(weight, 0, 1)) if weight >= _LEAST else 0.0
            backdrop(arc, stands_back=seen < _SLIGHT)
            arc.set_stroke(width=self.widest * seen + 1.2 * (seen > 0), opacity=seen**0.6)
        return self

    def follow(self, askers: npt.ArrayLike, answers: npt.ArrayLike) -> Self:
        """Move the ends to ``askers`` (n, 3) and ``answers`` (m, 3), scene points; the weights stay."""
        ends = np.atleast_2d(np.asarray(askers, dtype=float))
        starts = np.atleast_2d(np.asarray(answers, dtype=float))
        for row, end in enumerate(ends):
            for column, start in enumerate(starts):
                self.arc(row, column).points = _bow(start, end, self.bow)
        return self

    def arc(self, asker: int, answer: int) -> VMobject:
        """The arc between an asker and an answer, both counted from 0."""
        found: VMobject = self.submobjects[asker * self.weights.shape[1] + answer]
        return found

    def along(self, asker: int, answer: int, share: float) -> Floats:
        """Scene point (3,) on an arc, ``share`` (0 to 1) of the way from the answer to the asker."""
        a, b, c, d = self.arc(asker, answer).points
        back = 1 - share
        return np.asarray(back**3 * a + 3 * back**2 * share * b + 3 * back * share**2 * c + share**3 * d)


def _bow(start: Floats, end: Floats, bow: float) -> Floats:
    """One Bézier curve (4, 3)."""
    way = end - start
    across, rise = abs(float(way[0])), float(way[1])
    if abs(rise) < _LEVEL:
        if across < 1e-6:  # a place that looks at itself makes a small loop
            lift, wing = np.array([0.0, np.copysign(0.55, bow), 0.0]), np.array([0.32, 0.0, 0.0])
            return np.array([start, start + lift - wing, end + lift + wing, end])
        lift = np.array([0.0, bow * across / 0.75, 0.0])  # the curve rises to three quarters of its handles
        return np.array([start, start + lift, end + lift, end])
    up = np.array([0.0, 0.5 * rise, 0.0])
    return np.array([start, start + up, end - up, end])
