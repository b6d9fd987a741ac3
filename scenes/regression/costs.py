"""Log loss."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Costs(RegressionStage):
    """Log loss."""

    @chapter("Sure and wrong costs most", "log loss", goes_on=True)
    def sure_and_wrong_costs_most(self) -> None:
        """A stub."""
        with self.beat("Sure and wrong costs most."):
            pass
