"""What the acts of the lesson share: the bottles."""

from __future__ import annotations

from scenes.kit.lesson import Lesson
from scenes.maths.decision_trees import tree


class DecisionTreesStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """178 wines of three grapes, by their flavanoids and their proline."""
        self.points, self.labels = tree.bottles()
        self.counts = tree.tally(self.labels, 3)
