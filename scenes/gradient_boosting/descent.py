"""An act that runs, to be replaced: an act is two to four chapters that share a picture, named in the field's words."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, linear

from scenes.gradient_boosting.stage import GradientBoostingStage
from scenes.kit import ink, pace, place
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.maths.gradient_boosting import gradient_boosting


class Descent(GradientBoostingStage):
    """From a guess downhill to the mean."""

    @chapter("Boosting on residuals", "boosting on residuals")
    def walk_to_the_middle(self) -> None:
        """An example that runs: change the words, then the picture, then what is computed."""
        path = gradient_boosting.descend(self.points, gradient_boosting.START)
        step = ParameterSweep(np.arange(len(path)))
        here = step.mixed(path)
        self.guess = self.plane.dots([gradient_boosting.START], ink.focus, radius=0.14)
        here.draws(lambda now: self.guess.redraw([now]))
        cost = Gauge("cost", here.of(lambda now: gradient_boosting.cost(self.points, now)), 2, "cm²")
        place.aside(cost)
        self.add(self.plane)

        with self.beat("Where is the middle of a hundred and fifty flowers?"):
            self.play(FadeIn(self.flowers), run_time=pace.CALM)

        with self.beat(
            "Begin with any guess. Its cost is the mean squared distance from there to the flowers."
        ) as beat:
            beat.at("guess", FadeIn(self.guess, scale=2))
            beat.at("cost", FadeIn(cost))

        with self.beat("Every step goes downhill, and the walk comes to rest on the mean.") as beat:
            beat.over(step.to(len(path) - 1, rate_func=linear), until="mean")
            self.play(cost.light())
