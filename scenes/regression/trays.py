"""R squared as a share of areas."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Trays(RegressionStage):
    """R squared as a share of areas."""

    @chapter("R² is the area that vanished", "R²", goes_on=True)
    def r_squared_is_the_area_that_vanished(self) -> None:
        """A stub."""
        with self.beat("R² is the area that vanished."):
            pass
