"""The histogram in motion."""

import numpy as np
from manim import LEFT, RIGHT, UP, FadeIn, VGroup, linear
from scipy import optimize, stats
from sklearn.datasets import load_breast_cancer

from scenes.kit import ink, pace, shot
from scenes.kit.glide import glide
from scenes.kit.histogram import Histogram
from scenes.kit.lesson import Lesson, chapter

COLORS = (ink.second, ink.first)


class Bells(Lesson):
    """As *naive-bayes*, chapter 7, has it: a bell for each class of tumours, and the boundary where they cross."""

    def stage(self) -> None:
        tumours = load_breast_cancer()
        order = self.rng.permutation(len(tumours.target))
        radius, kinds = tumours.data[order, 0], tumours.target[order]
        self.plane = shot.safe().plane((5, 30), (0, 100), x_label="radius (mm)", y_label="tumours")
        self.histogram = Histogram(self.plane, radius, np.arange(6.0, 30.0), kinds, COLORS)
        bells = [stats.norm(*stats.norm.fit(radius[kinds == kind])) for kind in (0, 1)]
        self.bells = [self.histogram.fit(bell.pdf, kind) for kind, bell in enumerate(bells)]
        self.names = VGroup(
            self.bells[0].label("malignant", 20.0, UP + RIGHT, COLORS[0]),
            self.bells[1].label("benign", 10.5, UP + LEFT, COLORS[1]),
        )
        malignant, benign = (sum(kinds == kind) * 1.0 for kind in (0, 1))
        self.boundary = optimize.brentq(
            lambda x: malignant * bells[0].pdf(x) - benign * bells[1].pdf(x), 12, 20
        )

    @chapter("A bell for each measured feature")
    def bells_cross(self) -> None:
        self.shot(shot.wide())
        piles = self.histogram
        self.add(self.plane, piles)

        with self.beat("Drop every tumour's radius into its bin.") as beat:
            beat.over(glide(piles.redraw, 0.0, 1.0, rate_func=linear), least=2 * pace.LONG)
        with self.beat("Benign and malignant tumours part, and each class gets a bell.") as beat:
            beat.over(
                "Benign",
                glide(piles.redraw, {"solid": 0.0}, {"solid": 1.0}),
                FadeIn(self.names),
                until="part",
            )
            beat.over(
                "part", glide(piles.redraw, {"parted": 0.0}, {"parted": 1.0}), until="bell", least=pace.LONG
            )
            beat.over(*(glide(bell.reveal, 0.0, 1.0) for bell in self.bells), least=pace.SLOW)
        with self.beat("Where the bells cross lies the decision boundary.") as beat:
            beat.over(glide(piles.cut, 28.0, self.boundary), least=pace.LONG)
        with self.beat("The benign ones beyond it will be called malignant.") as beat:
            self.play(self.title_leaves(pace.QUICK))
            beat.over(self.frame.to(VGroup(piles.line, self.names), share=0.88))
