"""Gradient descent on the bowl."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Walk(RegressionStage):
    """Gradient descent on the bowl."""

    @chapter("Walking down reaches the same line", "gradient descent to the same line", goes_on=True)
    def walking_down_reaches_the_same_line(self) -> None:
        """A stub."""
        with self.beat("Walking down reaches the same line."):
            pass
