"""The projection in three dimensions, and the normal equations."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Shadow(RegressionStage):
    """The projection in three dimensions, and the normal equations."""

    @chapter("The best line's residuals stand at right angles", "normal equations", goes_on=True)
    def residuals_stand_at_right_angles(self) -> None:
        """A stub."""
        with self.beat("The best line's residuals stand at right angles."):
            pass
