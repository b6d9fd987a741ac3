"""Log-odds and the sigmoid."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Bend(RegressionStage):
    """Log-odds and the sigmoid."""

    @chapter("Bend the line into a probability", "sigmoid", goes_on=True)
    def bend_the_line_into_a_probability(self) -> None:
        """A stub."""
        with self.beat("Bend the line into a probability."):
            pass
