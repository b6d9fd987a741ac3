"""Hyperparameter Tuning.

Search an accuracy landscape that you only see where you pay for a look, by grid, chance, Gaussian process and
halving, and score it honestly.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.hyperparameter_tuning.descent import Descent
from scenes.kit import ink, words


class HyperparameterTuning(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Grid search.

    What they have to teach, in the words of the catalog:

    - grid search
    - random search
    - why random search wins when few parameters matter
    - Bayesian optimisation with a Gaussian process
    - acquisition function
    - TPE's two densities
    - Successive Halving
    - Optuna with pruning
    - nested cross-validation as the honest score
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Hyperparameter\nTuning", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
