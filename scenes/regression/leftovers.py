"""Residual plots and heteroscedasticity."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Leftovers(RegressionStage):
    """Residual plots and heteroscedasticity."""

    @chapter("Leftovers should have no shape", "residuals and what their plot tells", goes_on=True)
    def leftovers_should_have_no_shape(self) -> None:
        """A stub."""
        with self.beat("Leftovers should have no shape."):
            pass
