"""Calculus & Optimization.

Feel your way downhill in fog with nothing but the slope underfoot, and see what step size, momentum and Adam
change about the walk.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.calculus_optimization.descent import Descent
from scenes.kit import ink, words


class CalculusOptimization(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Derivative as slope of a zoomed-in curve.

    What they have to teach, in the words of the catalog:

    - derivative as slope of a zoomed-in curve
    - partial derivatives
    - the gradient on a surface
    - the chain rule
    - backpropagation as the chain rule
    - gradient descent
    - step size too small, right and diverging
    - momentum
    - both moments of Adam
    - bias correction in Adam
    - learning-rate schedules
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Calculus &\nOptimization", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
