"""A flow in motion: one picture takes two ways through a residual block, and both meet again."""

import numpy as np
from manim import FadeOut
from scipy.signal import convolve2d
from sklearn.datasets import load_digits

from scenes.kit import ink, pace, shot, words
from scenes.kit.flow import Flow
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.photo import Photo

DIGIT = load_digits().images[12] / 16
EDGES = convolve2d(DIGIT, [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], mode="same") / 4
RELU = np.maximum(EDGES, 0)
CORRECTION = convolve2d(RELU, np.full((3, 3), 1 / 9), mode="same")
SIDE, SMALL = 2.3, 0.72


class Skip(Lesson):
    """As *cnn*, chapter 8, has it: the layers learn what is to be added to the picture that the skip hands on."""

    @chapter("The skip", "ResNet's skip")
    def the_skip(self) -> None:
        self.shot(shot.wide())
        upper, lower = shot.safe().rows(7, 3)
        flow = Flow(
            [
                ("x", "conv 1"),
                ("conv 1", "ReLU"),
                ("ReLU", "conv 2"),
                ("conv 2", "+"),
                ("x", "+"),
                ("+", "y"),
            ],
            places={"x": (SIDE, SIDE), "y": (SIDE, SIDE)},
            colors={"conv 1": ink.fourth, "conv 2": ink.fourth},
            groups={"F(x)": ["conv 1", "ReLU", "conv 2"]},
            width=upper.width,
        )
        upper.put(flow)
        picture = Photo(DIGIT, SIDE, smooth=False).move_to(flow.block("x"))
        through, across, result = (
            Photo(each, SMALL, smooth=False) for each in (DIGIT, DIGIT, DIGIT + CORRECTION)
        )
        maps = {"conv 1": EDGES, "ReLU": RELU, "conv 2": CORRECTION}
        formula = lower.put(words.formula("y = x + {{F(x) : F}}", size=ink.HEADLINE))
        self.add(flow, picture)

        with self.beat(
            "The picture goes through the layers, and, unchanged, along the skip connection."
        ) as beat:
            beat.over(
                flow.travel(
                    through,
                    *("x", "conv 1", "ReLU", "conv 2", "+"),
                    becomes={name: Photo(values, SMALL, smooth=False) for name, values in maps.items()},
                ),
                flow.travel(across, "x", "+"),
            )
        with self.beat("At the plus they are added: y is x plus F of x.") as beat:
            beat.over(words.write(formula), until="added")
            beat.over(flow.travel(result, "+", "y"), until="plus F")
            beat.over(result.animate.scale(SIDE / SMALL))
        with self.beat("So the layers learn only a correction; doing nothing is the easy case.") as beat:
            beat.over(self.spotlight(flow.group("F(x)"), formula.part("F")), FadeOut(result), until="doing")
            skip = [flow.arrow("x", "+"), flow.block("+"), flow.arrow("+", "y")]
            beat.over(
                self.spotlight(picture, across, *skip), flow.travel(across, "x", "+", "y"), until="easy"
            )
            beat.over(across.animate.scale(SIDE / SMALL), least=pace.CALM)
