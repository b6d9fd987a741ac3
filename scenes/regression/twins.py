"""Multicollinearity, the bootstrap and the VIF."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Twins(RegressionStage):
    """Multicollinearity, the bootstrap and the VIF."""

    @chapter("Twins make weights wobble", "multicollinearity and wobbling coefficients", "variance inflation factor", goes_on=True)
    def twins_make_weights_wobble(self) -> None:
        """A stub."""
        with self.beat("Twins make weights wobble."):
            pass
