"""The ruler in motion."""

import numpy as np
from manim import ORIGIN, FadeIn
from statsmodels.datasets import ccard

from scenes.kit import ink, pace, shot
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.ruler import Ruler


def upper_fence(values: np.ndarray) -> float:
    first, third = np.percentile(values, [25, 75])
    return float(third + 1.5 * (third - first))


class Fence(Lesson):
    """As *anomaly-detection*, chapter 3, has it: four of 72 people's card bills lie beyond the fence, until logs are
    taken."""

    @chapter("The fence assumes a shape")
    def fence(self) -> None:
        self.shot(shot.wide())
        spent = np.asarray(ccard.load_pandas().data["AVGEXP"])
        straight, bent = upper_fence(spent), float(10 ** upper_fence(np.log10(spent)))
        beyond = spent > straight
        colors = [ink.error if each else ink.first for each in beyond]
        ruler = Ruler(
            (0, 2000),
            spent,
            12.4,
            colors=colors,
            levels=[2000],
            label="dollars a month",
            warp=np.log10,
            warp_limits=(5, 5000),
            warped_ticks=[5, 10, 50, 100, 500, 1000, 5000],
            radius=0.14,
            jitter=3.9,
        )
        shot.safe().put(ruler, ORIGIN)

        with self.beat("Seventy-two people's card bills.") as beat:
            beat.over(FadeIn(ruler, lag_ratio=0.02))
        with self.beat("Slide the fence to where the quartiles put it: four lie beyond.") as beat:
            beat.over(
                "Slide", glide(ruler.redraw, {"levels": [2000.0]}, {"levels": [straight]}), until="four"
            )
            beat.over("four", self.spotlight(ruler.dots.subset(beyond), ruler.levels))
        with self.beat("Most crowd at the left: the shape is skewed.") as beat:
            crowd = ruler.dots.subset(spent < np.median(spent))
            self.play(self.title_leaves(pace.QUICK))
            beat.over("crowd", self.lights_on(), self.frame.to(crowd), least=pace.SLOW)
        with self.beat(
            "Bend the ruler, so that equal ratios are equal steps. Nobody lies beyond the new fence."
        ) as beat:
            beat.over(self.frame.back(), until="equal")
            beat.over(glide(ruler.redraw, {"warped": 0.0}, {"warped": 1.0}), until="Nobody", least=pace.LONG)
            beat.over(glide(ruler.redraw, {"levels": [straight]}, {"levels": [bent]}))
