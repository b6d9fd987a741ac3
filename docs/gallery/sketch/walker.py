"""Walkers in motion: gradient descent bounces between the walls of a ravine, and momentum runs along its floor."""

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn

from scenes.kit import ink, shot
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.noun import HAIR
from scenes.kit.plane import Plane
from scenes.kit.walker import Walker

CURVATURES = np.array([1.0, 25.0])
START = np.array([-5.2, 1.0])


def descend(rate: float, beta: float, steps: int = 30) -> np.ndarray:
    """Gradient descent with momentum on half of x² + 25 y²: (steps + 1, 2)."""
    walk, velocity = [START], np.zeros(2)
    for _ in range(steps):
        velocity = beta * velocity + CURVATURES * walk[-1]
        walk.append(walk[-1] - rate * velocity)
    return np.array(walk)


class Ravine(Lesson):
    """As *dl-optimization*, chapter 2, has it: the wall caps the rate, and along the floor SGD crawls."""

    @chapter("Momentum adds what agrees", "momentum")
    def momentum_adds_what_agrees(self) -> None:
        self.shot(shot.wide())
        room = shot.safe()
        plane: Plane = room.plane((-6, 2), (-1.8, 1.8), numbers=False, x_ticks=[], y_ticks=[])
        grid = plane.mesh(200, 100)
        contours = plane.contour(0.5 * grid**2 @ CURVATURES, 0.3 * np.arange(1, 12) ** 2, ink.faint, HAIR)
        sgd = Walker(plane, descend(0.072, 0.0), ink.first, name="SGD", side=UP + RIGHT, arrows=True)
        momentum = Walker(plane, descend(0.04, 0.7), ink.second, name="momentum", side=DOWN + RIGHT)
        lowest = plane.dots([(0, 0)], ink.truth, "cross", 0.14)

        self.add(plane, contours, lowest, sgd)
        wall = plane.polygon([(-5.8, -1.3), (-5.8, 1.3), (-2.0, 1.3), (-2.0, -1.3)])
        self.frame.look(self.frame.to(wall, share=0.85, at=(-2.0, -0.5)).aim())
        with self.beat("The slope points at the other wall, and there it turns round.") as beat:
            beat.over(sgd.animate.step(1.35), until="there")
            beat.over(sgd.animate.step(2.35))
        with self.beat("Across, every step undoes the last one; along the floor it crawls.") as beat:
            beat.over(self.frame.back(), sgd.animate.step(6), until="along")
            beat.over(sgd.animate.step(14))
        with self.beat("Momentum remembers old slopes: across they cancel, and along they add up.") as beat:
            beat.over(FadeIn(momentum), until="remembers")
            beat.over(self.spotlight(momentum, contours, lowest), momentum.animate.step(14), until="add")
            beat.over(momentum.animate.step(18))
        with self.beat("The same number of steps, and it is there first.") as beat:
            beat.over(self.lights_on(), sgd.animate.step(18))
