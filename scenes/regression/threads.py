"""Coefficient paths."""

from __future__ import annotations

from scenes.kit.lesson import chapter
from scenes.regression.stage import RegressionStage


class Threads(RegressionStage):
    """Coefficient paths."""

    @chapter("Tighten it, and features leave", "coefficient paths", goes_on=True)
    def tighten_it_and_features_leave(self) -> None:
        """A stub."""
        with self.beat("Tighten it, and features leave."):
            pass
