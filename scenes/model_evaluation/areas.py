"""All pictures as dots in the order of their scores: eights above, others below, parted by the threshold."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
from manim import VGroup

from scenes.kit.line import Polygon, Segments
from scenes.kit.noun import THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import Region, bare
from scenes.maths.model_evaluation.digits import Scored
from scenes.model_evaluation.stage import NEGATIVE, POSITIVE, THICK, THRESHOLD, WRONG

RADIUS: Final = 0.05
"""Of a dot, in scene units."""
GAP: Final = 0.16
"""Scene units between both classes."""
FILL: Final = 0.22


class Areas(VGroup):
    """``data`` in a ``region``: each picture has the same area, the highest score stands at the left of its class.

    :meth:`cut` parts both classes at a threshold; wrong decisions lie on red ground.  :attr:`goals` are the places
    (n, 2) of the dots, in the order of the pictures.
    """

    def __init__(self, data: Scored, region: Region) -> None:
        super().__init__()
        self.data = data
        share = float(data.positive.mean())
        high = (region.height - GAP) * share
        self.upper = Region(region.left, region.top - high, region.right, region.top)
        self.lower = Region(region.left, region.bottom, region.right, region.top - high - GAP)
        self.plane: Plane = bare()
        pitch = np.sqrt(region.width * (region.height - GAP) / len(data))
        self.goals: Floats = np.zeros((len(data), 2))
        for group, place in ((data.positive, self.upper), (~data.positive, self.lower)):
            rows = np.flatnonzero(group)
            order = rows[np.argsort(-data.scores[rows])]
            down = max(round(place.height / pitch), 1)
            columns = -(-len(rows) // down)
            column, row = np.divmod(np.arange(len(rows)), down)
            self.goals[order, 0] = place.left + (column + 0.5) * place.width / columns
            self.goals[order, 1] = place.top - (row + 0.5) * place.height / down
        self.clouds = [
            self.plane.cloud(self.goals[group], color, RADIUS, 1.0)
            for group, color in ((data.positive, POSITIVE), (~data.positive, NEGATIVE))
        ]
        self.missed, self.alarmed = (
            Polygon(self.plane, color=WRONG, width=THIN, fill=FILL) for _ in range(2)
        )
        self.line = Segments(self.plane, THRESHOLD, THICK)
        self.add(self.missed, self.alarmed, *self.clouds, self.line)
        self.ends = (0.0, 0.0)

    def move(self, places: Floats, radius: float = RADIUS) -> Self:
        """Put the dots, of this ``radius``, on ``places`` (n, 2), in the order of the pictures."""
        for cloud, group in zip(self.clouds, (self.data.positive, ~self.data.positive), strict=True):
            cloud.redraw(places[group]).set_stroke(width=200 * radius)
        return self

    def cut(self, threshold: float) -> Self:
        """Part both classes where scores reach the ``threshold``."""
        truth, called = self.data.positive, self.data.scores >= threshold
        ends = []
        for group, place in ((truth, self.upper), (~truth, self.lower)):
            ends.append(place.left + place.width * float(called[group].mean()))
        self.missed.redraw(_box(ends[0], self.upper.bottom, self.upper.right, self.upper.top))
        self.alarmed.redraw(_box(self.lower.left, self.lower.bottom, ends[1], self.lower.top))
        self.line.redraw(
            [(ends[0], self.upper.bottom), (ends[1], self.lower.bottom)],
            [(ends[0], self.upper.top), (ends[1], self.lower.top)],
        )
        self.ends = (ends[0], ends[1])
        return self


def _box(left: float, bottom: float, right: float, top: float) -> Floats:
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
