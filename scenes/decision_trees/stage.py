"""What the acts of the lesson share: the bottles."""

from __future__ import annotations

from manim import FadeIn, FadeOut, Mobject

from scenes.kit import pace
from scenes.kit.lesson import Lesson
from scenes.maths.decision_trees import tree


class DecisionTreesStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """178 wines of three grapes, by their flavanoids and their proline."""
        self.points, self.labels = tree.bottles()
        self.counts = tree.tally(self.labels, 3)

    def exchange(self, *coming: Mobject, run_time: float = pace.BRISK) -> None:
        """Let all that is there leave while ``coming`` comes: no frame between two pictures is empty."""
        self.play(*map(FadeOut, list(self.mobjects)), FadeIn(*coming), run_time=run_time)
