"""Gradient Boosting: XGBoost, LightGBM, CatBoost.

Fit a small tree to what is left over, again and again, then look inside three libraries to see what each does
differently and why.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.gradient_boosting.descent import Descent
from scenes.kit import ink, words


class GradientBoosting(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Boosting on residuals.

    What they have to teach, in the words of the catalog:

    - boosting on residuals
    - gradient descent in function space
    - shrinkage
    - early stopping
    - XGBoost's gain from gradients and Hessians
    - regularised leaf scores
    - LightGBM's histograms
    - leaf-wise growth
    - CatBoost's ordered target statistics
    - ordered boosting
    - Optuna search space for boosting
    - Optuna pruning for boosting
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Gradient\nBoosting:\nXGBoost,\nLightGBM,\nCatBoost", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
