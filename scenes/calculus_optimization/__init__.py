"""Calculus & Optimization.

Feel your way downhill in fog with nothing but the slope underfoot, and see what step size, momentum and Adam
change about the walk.
"""

from __future__ import annotations

from manim import DEGREES, RIGHT, UP

from scenes.calculus_optimization.arrow import Arrow
from scenes.calculus_optimization.balls import Balls
from scenes.calculus_optimization.correct import Correct
from scenes.calculus_optimization.fog import Fog
from scenes.calculus_optimization.heavy import Heavy
from scenes.calculus_optimization.limit import Limit
from scenes.calculus_optimization.links import Links
from scenes.calculus_optimization.moments import Moments
from scenes.calculus_optimization.noise import Noise
from scenes.calculus_optimization.shrink import Shrink
from scenes.calculus_optimization.stage import TURN
from scenes.calculus_optimization.zoom import Zoom
from scenes.kit import ink, shot, words
from scenes.kit.tag import Tag
from scenes.maths.calculus_optimization import landscape, optimiser

POSTER_TRAIL = 9.0
"""Width of the trails on the poster."""


class CalculusOptimization(Zoom, Arrow, Links, Fog, Limit, Heavy, Noise, Moments, Correct, Balls, Shrink):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``zoom``: the question, and the derivative.
    - ``arrow``: partial derivatives and the gradient.
    - ``links``: the chain rule and backpropagation.
    - ``fog``: the question, and the step against the gradient.
    - ``limit``: the limit of the learning rate.
    - ``heavy``: momentum.
    - ``noise``: mini-batches, and stochastic gradient descent.
    - ``moments``: Adam.
    - ``correct``: its bias correction.
    - ``balls``: minima, saddle point and convexity, and three optimisers from many starts.
    - ``shrink``: schedules and the end.

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
        mountain.look(tilt=38 * DEGREES, turn=TURN, lift=1.0, zoom=0.98)
        gradient, start, steps = landscape.toy_gradient, landscape.TOY_START, 70
        walks = (
            optimiser.descend(gradient, start, 0.05, steps),
            optimiser.adam(gradient, start, 0.1, steps).walk,
            optimiser.roll(gradient, start, 0.05, 0.9, steps),
        )
        self.add(self.toy_ground(mountain, radius=8.0))
        for walk, color in zip(walks, (ink.first, ink.fourth, ink.third), strict=True):
            ball = self.ball_on(mountain, walk, color).step(steps)
            ball.trail.set_stroke(width=POSTER_TRAIL)
            self.add(ball)
        self.add(self.ball_on(mountain, [start, start]))
        text = words.headline("Which way\nis down?", size=1.15 * ink.POSTER)
        shot.SAFE.put(text, RIGHT + UP)
        self.add(Tag(text))
