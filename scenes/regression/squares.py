"""The question, squares on residuals, and the bowl of their sum."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Squares(RegressionStage):
    """The question, squares on residuals, and the bowl of their sum."""

    @chapter("Each miss carries a square", "OLS as least squares of areas")
    def each_miss_carries_a_square(self) -> None:
        """A stub."""
        with self.beat("Each miss carries a square."):
            pass

    @chapter("The sum has one lowest place", goes_on=True)
    def the_sum_has_one_lowest_place(self) -> None:
        """A stub."""
        with self.beat("The sum has one lowest place."):
            pass
