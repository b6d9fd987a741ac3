"""What the acts of the lesson share."""

from __future__ import annotations

from typing import Final

from scenes.kit import ink
from scenes.kit.lesson import Lesson
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import svm

BOUNDARY: Final = ink.truth
"""The decision boundary and its margin, and whatever measures them."""
HELD: Final = ink.chalk
"""What holds them: rings around support vectors, and their multipliers."""


class SvmStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Fisher's irises, setosa against versicolor, and the widest margin between them."""
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        self.points, self.sides = flowers.points, flowers.sides
        self.fit = svm.widest_street(self.points, self.sides)
