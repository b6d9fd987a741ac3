"""Ridge and lasso."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Fence(RegressionStage):
    """Ridge and lasso."""

    @chapter("A fence around the weights", "L1 as diamond and L2 as circle", goes_on=True)
    def a_fence_around_the_weights(self) -> None:
        """A stub."""
        with self.beat("A fence around the weights."):
            pass
