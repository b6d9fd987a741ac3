"""Bias-Variance Tradeoff & Error Analysis.

Refit the same model on fifty fresh samples, part its error into bias, variance and noise, then slice real
mistakes to find who is failed.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.bias_variance.descent import Descent
from scenes.kit import ink, words


class BiasVariance(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Underfitting and overfitting.

    What they have to teach, in the words of the catalog:

    - underfitting and overfitting
    - refits on resampled data as a cloud of curves
    - bias², variance and noise adding up to the error
    - learning curves and how to read them
    - model complexity curve
    - double descent
    - slicing errors
    - finding the group that fails
    - deciding what to do about it
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Bias-Variance\nTradeoff &\nError Analysis", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
