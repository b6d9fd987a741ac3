"""What the acts of the lesson share."""

from __future__ import annotations

from typing import Final

from scenes.kit import ink, words
from scenes.kit.lesson import Lesson
from scenes.maths.shared.flower import Measure, irises

KEPT: Final = ink.first
"""The colour of what is kept: shadows, scores, explained variance."""
LOST: Final = ink.error
"""The colour of what is dropped."""
AXIS: Final = ink.focus
"""The colour of a principal axis."""

SYMBOLS: Final = {
    "C": ink.chalk,
    "v": AXIS,
    "l": AXIS,
    "z": KEPT,
}
maths: Final = words.Formulas(SYMBOLS)


class PcaStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Two and three measures of Fisher's irises, in centimetres."""
        self.leaves = irises((Measure.PETAL_LENGTH, Measure.SEPAL_LENGTH)).points
        self.flowers = irises((Measure.SEPAL_LENGTH, Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
