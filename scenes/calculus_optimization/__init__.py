"""Calculus & Optimization.

Feel your way downhill in fog with nothing but the slope underfoot, and see what step size, momentum and Adam
change about the walk.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.calculus_optimization.arrow import Arrow
from scenes.calculus_optimization.balls import Balls
from scenes.calculus_optimization.fog import Fog
from scenes.calculus_optimization.heavy import Heavy
from scenes.calculus_optimization.limit import Limit
from scenes.calculus_optimization.moments import Moments
from scenes.calculus_optimization.zoom import Zoom
from scenes.kit import ink, words


class CalculusOptimization(Zoom, Arrow, Fog, Limit, Heavy, Moments, Balls):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``zoom``: the question, and the derivative.
    - ``arrow``: partial derivatives and the gradient.
    - ``fog``: the question, and the step against the gradient.
    - ``limit``: the limit of the learning rate.
    - ``heavy``: momentum.
    - ``moments``: Adam and its bias correction.
    - ``balls``: minima, saddle point and convexity, and three optimisers from many starts.

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
        mountain = self.toy_mountain()
        self.add(self.toy_ground(mountain, radius=8.0))
        text = words.headline("Which way\nis down?", size=ink.POSTER)
        text.to_edge(RIGHT).to_edge(UP)
        self.add(text)
