"""The question: which of twelve numbers earned the prediction?"""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.feature_importance.stage import MEASURED, FeatureImportanceStage, Wires, plate, tagged
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.maths.feature_importance import twenty
from scenes.maths.feature_importance.patients import COIN, TICKET, Floats


class Question(FeatureImportanceStage):
    """Twelve columns and one prediction."""

    @chapter("Twelve columns, one prediction")
    def twelve_columns(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        wires = Wires()
        with self.beat("Twelve numbers of one patient go into a model. One comes out.") as beat:
            self.play(FadeIn(wires.names), FadeIn(wires.trees), run_time=pace.CALM)
            beat.over(Create(wires.wires, lag_ratio=pace.LAG), until="One", least=pace.CALM)
            beat.over(Create(wires.arrow), FadeIn(wires.out, wires.unit, shift=place.NUDGE * RIGHT))
        with self.beat("Which of them earned it?") as beat:
            beat.over(*map(words.light, wires.names), least=pace.CALM)
        self.think()
        with self.beat(
            "The model is a random forest. It predicts how far the diabetes has gone a year later."
        ) as beat:
            beat.over(self.spotlight(wires.trees), until="random")
            beat.over(words.light(wires.trees), until="It", least=pace.CALM)
            beat.over(self.lights_on(), until="how", least=pace.CALM)
            beat.over(words.light(wires.out), words.light(wires.unit), least=pace.CALM)
        real, made = wires.wires[:TICKET], wires.wires[TICKET:]
        two = VGroup(wires.names[TICKET], wires.names[COIN])
        with self.beat(
            "Ten columns are measured. Two we made up: a raffle ticket number and a coin toss."
        ) as beat:
            beat.over(
                *map(words.light, wires.names[:TICKET]), words.light(real), until="Two", least=pace.CALM
            )
            beat.over(self.spotlight(two, made), until="a raffle", least=pace.QUICK)
            beat.over(self.frame.to(two, share=0.34), until="and", least=pace.SLOW)
            beat.over(words.light(two[1]), least=pace.BRISK)
        with self.beat("Both are pure chance, so a fair rule pays them zero.") as beat:
            beat.over(words.light(two), until="so", least=pace.CALM)
            beat.over(self.frame.back(), FadeOut(made), least=pace.SLOW)
        term = plate("feature\nimportance", UP + RIGHT)
        with self.beat(
            "Feature importance is credit for the model's predictions, shared out among its features."
        ) as beat:
            self.play(FadeIn(term), self.lights_on(), run_time=pace.BRISK)
            beat.over(words.light(wires.out), words.light(wires.arrow), until="shared", least=pace.CALM)
            beat.over(FadeIn(made), words.light(real), until="among", least=pace.CALM)
            beat.over(*map(words.light, wires.names), least=pace.CALM)
        plane, name, dots, mean = self.explained(twenty.kept()["score"])
        with self.beat(
            "On patients it has not seen, it explains 0.42 of the variance, on average of random splits."
        ) as beat:
            self.exchange(plane, name, run_time=pace.BRISK)
            beat.over(FadeIn(dots), until="on average", least=pace.SLOW)
            beat.over(words.light(dots), least=pace.CALM)
        base = tagged(plane, 0.42, 0.12, f"baseline score {twenty.kept()['score'].mean():.2f}")
        with self.beat(
            "This is the baseline score, before anything is taken away. Predicting the mean scores zero."
        ) as beat:
            beat.over(FadeIn(base), until="before", least=pace.CALM)
            beat.over(words.light(base.text), until="Predicting", least=pace.CALM)
            beat.over(FadeIn(mean), least=pace.BRISK)
        with self.beat("So mind this first: a poor model's importances explain a poor model.") as beat:
            beat.over(words.light(dots), until="poor", least=pace.CALM)
            beat.over(words.light(mean), words.light(base.text), least=pace.CALM)

    def explained(self, score: Floats) -> tuple[Plane, words.Words, Dots, VGroup]:
        """R² of twenty splits on a line from the mean's 0 to 1."""
        plane = shot.chart(
            shot.SAFE, (0, 1), (0, 1), x_ticks=[0, 0.25, 0.5, 0.75, 1], y_ticks=[],
            x_label="share of variance explained on held-out patients, R²",
        )  # fmt: skip
        order = np.argsort(score)
        up = np.empty(len(score))
        up[order] = np.linspace(0.3, 0.9, len(score))
        dots = plane.dots(np.column_stack([score, up]), MEASURED, radius=0.19)
        name = plane.label(0.56, 0.62, "twenty random splits,\nmean 0.42", RIGHT, size=ink.POINT)
        nothing = plane.segment((0.0, 0.0), (0.0, 1.0), ink.quiet, 2 * LINE)
        mean = plane.label(0.01, 0.93, "predicting the mean: 0", RIGHT, ink.quiet, size=ink.POINT)
        return plane, name, dots, VGroup(nothing, mean)
