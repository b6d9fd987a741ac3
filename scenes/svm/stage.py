"""What the acts of the lesson share."""

from __future__ import annotations

from scenes.kit.lesson import Lesson
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import svm


class SvmStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Fisher's irises, setosa against versicolor, and the widest margin between them."""
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        self.points, self.sides = flowers.points, flowers.sides
        self.fit = svm.widest_street(self.points, self.sides)
