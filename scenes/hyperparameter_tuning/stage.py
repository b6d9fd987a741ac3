"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from scenes.kit import ink, place
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.maths.shared.flower import Measure, irises


class HyperparameterTuningStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Fisher's irises.  What chapters share is built here, anew for each of them."""
        self.points = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
        self.plane = place.picture(
            Plane((0.5, 7.5), (0, 2.8), x_label="petal length (cm)", y_label="petal width (cm)")
        )
        self.flowers = self.plane.dots(self.points, ink.first)
