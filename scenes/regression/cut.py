"""The decision boundary, the threshold, and the end of the lesson."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Cut(RegressionStage):
    """The decision boundary, the threshold, and the end of the lesson."""

    @chapter("The boundary is a straight cut", "decision boundary of logistic regression", goes_on=True)
    def the_boundary_is_a_straight_cut(self) -> None:
        """A stub."""
        with self.beat("The boundary is a straight cut."):
            pass
