"""A bundle in motion: fifty fits, their mean, and what becomes of both when the model is stiff or flexible."""

import numpy as np
from manim import FadeIn, FadeOut
from numpy.polynomial.chebyshev import chebvander

from scenes.kit import ink, shot
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane

X, XS = (np.arange(20) + 0.5) / 20, np.linspace(0, 1, 101)
READINGS = np.random.default_rng(0).normal(scale=0.3, size=(50, 20))


def truth(x: np.ndarray) -> np.ndarray:
    """A vibration that dies away."""
    return np.asarray(2 * np.exp(-3 * x) * np.sin(9 * x))


def fits(degree: int) -> np.ndarray:
    """Least-squares polynomials of fifty samples, at XS: (50, 101)."""
    hat = chebvander(2 * XS - 1, degree) @ np.linalg.pinv(chebvander(2 * X - 1, degree))
    return np.asarray((truth(X) + READINGS) @ hat.T)


class FiftyCurves(Lesson):
    """As *bias-variance*, chapter 2, has it: fifty samples, and a curve through each."""

    @chapter("Fifty samples, fifty curves", "variance")
    def fifty_samples_fifty_curves(self) -> None:
        self.shot(shot.wide())
        room = shot.safe()
        plane: Plane = room.plane((0, 1), (-1.2, 2), x_label="time", y_ticks=[-1, 0, 1, 2])
        bundle = Bundle(plane, XS, fits(5), middle_color=ink.focus).reveal(0)
        law = plane.curve(XS, truth(XS), ink.truth, dashed=True)
        dots = plane.dots(np.column_stack([X, truth(X) + READINGS[0]]))
        mean = bundle.reveal(50).middle.label("mean", 0.21, [0.6, 1, 0], gap=0.25)
        true = law.label("truth", 0.44, [0.4, -1, 0], gap=0.4)
        self.add(plane, bundle.reveal(0), dots)

        with self.beat("Another day, another training sample, another curve.") as beat:
            beat.over(glide(bundle.reveal, 0.0, 1.0), until="another training")
            beat.over(FadeOut(dots), glide(bundle.reveal, 1.0, 50.0))
        with self.beat("Their average is the mean prediction, and close to the truth.") as beat:
            beat.over(bundle.animate.summarise(middle=1.0, band=1.0), FadeIn(mean), until="close")
            beat.over(FadeIn(law, true))
        with self.beat("Stiff curves agree with one another, and are wrong together.") as beat:
            beat.over(FadeOut(mean, true), bundle.animate.redraw(fits(1)), until="and are")
            beat.over(self.spotlight(bundle.middle, law))
        with self.beat("Flexible ones are right on average, and never twice the same.") as beat:
            beat.over(self.lights_on(), bundle.animate.redraw(fits(10)), until="never")
            (left, _, _), (right, top, _) = plane.at([[0.6, 0.0], [1.0, 2.0]])
            beat.over(self.frame.to_region((left, right), (plane.get_bottom()[1], top)))
