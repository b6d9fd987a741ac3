"""Softmax: the scores of all classes trained together."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.maths.multiclass import flowers, logits, schemes
from scenes.multiclass.planes import Planes, Pose
from scenes.multiclass.stage import (
    CURTAINS,
    DIM,
    FENCES,
    KINDS,
    LETTERS,
    REST,
    SOFTMAX,
    MulticlassStage,
    blob_plane,
    maths,
    scatter,
    span,
    told,
)

SIDE: Final[Pose] = (60 * DEGREES, 16 * DEGREES, 1.0, 0.9, 0.6)
OPEN: Final[Pose] = (*SIDE[:4], 0.0)
"""From the side, each plane as glass."""
ABOVE: Final[Pose] = (0.0, 0.0, 1.0, 1.0, 1.0)
STOPS: Final = (0, 1, 3, 8, 25, logits.STEPS)
"""Steps of the descent that are shown."""
PLACE: Final = (2.4, 2.2)
"""Where the needle stands."""
ADDED: Final = float(np.log(2))
"""What is added to all three logits."""
TRUE: Final = 0
"""The true class of the example by hand."""


class Together(MulticlassStage):
    """Logits, softmax, cross-entropy."""

    @chapter("Train all scores together")
    def train_together(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.one_model()
        self.by_hand()
        self.cost_of_it()
        self.tilt()
        self.compared()

    def one_model(self) -> None:
        """Three planes at once, and what a needle reads."""
        states = logits.trained()
        plane = blob_plane()
        planes = Planes(plane, states[-1], KINDS[:3], scatter(plane, self.threes, self.three_labels), 0.22)
        planes.look(*SIDE)
        turned = (SIDE[0], -10 * DEGREES, *SIDE[2:])
        with self.beat(
            "Curtains and fences are fitted one by one. Why not train all scores together?"
        ) as beat:
            self.play(FadeIn(planes), run_time=pace.QUICK)
            beat.over(glide(planes.look, SIDE, turned, planes), least=pace.LONG)
        with self.beat("One model, K scores. For each class there is a plane, as before.") as beat:
            beat.over(glide(planes.stab, (*PLACE, 0.0), (*PLACE, 1.0), planes), until="For", least=pace.CALM)
            beat.over(glide(planes.look, turned, SIDE, planes), least=pace.SLOW)
        term = told("logits z", UP + LEFT, size=ink.HEADLINE)
        with self.beat(
            "The K scores before they become probabilities are the logits, z.", pause=pace.CALM
        ) as beat:
            beat.over(
                glide(planes.stab, (*PLACE, 1.0), (-2.0, 2.6, 1.0), planes), until="logits", least=pace.SLOW
            )
            beat.over(FadeIn(term))

    def by_hand(self) -> None:
        """Three logits, their exponentials, their shares."""
        columns = shot.safe(titled=False).columns(1, 1, 1, gap=0.5)
        later = logits.HAND + ADDED
        charts = []
        for column, values, limits, decimals, label in (
            (columns[0], logits.HAND, (0, 2.8), 2, "logits z"),
            (columns[1], np.exp(logits.HAND), (0, 13), 0, "exponentials"),
            (columns[2], logits.softmax(logits.HAND), (0, 0.7), 1, "softmax p"),
        ):
            chart = BarChart(
                list(LETTERS[:3]), values, limits, column.width, column.height, upright=True,
                decimals=decimals, colors=list(KINDS[:3]), label=label,
            )  # fmt: skip
            charts.append(column.put(chart))
        with self.beat(
            "By hand: three logits. Exponentiate each, so that it is positive: six, three and one."
        ) as beat:
            self.exchange(charts[0], run_time=pace.BRISK)
            beat.over("Exponentiate", FadeIn(charts[1], shift=place.NUDGE * RIGHT), least=pace.CALM)
        with self.beat("Divide by the sum, ten: these are probabilities, and this is softmax.") as beat:
            beat.over(FadeIn(charts[2], shift=place.NUDGE * RIGHT), until="softmax", least=pace.CALM)
            beat.over(words.light(charts[2].bars[0]), least=pace.CALM)
        share = maths(
            "{{ p_k : share }} = {{ e^(z_k) : power }} / {{ sum_j e^(z_j) : sum }}", 1.8 * ink.HEADLINE,
            {"share": ink.focus},
        )  # fmt: skip
        linear = maths(
            "{{ p_k : share }} = {{ e^(z_k) : power }} / {{ sum_j e^(z_j) : sum }}, quad "
            "{{ z_k = bold(w)_k^top bold(x) + b_k : linear }}",
            1.3 * ink.HEADLINE, {"share": ink.focus},
        )  # fmt: skip
        shot.SAFE.put(share)
        shot.SAFE.put(linear)
        with self.beat("Softmax: exponentiate each logit, divide by the sum.", pause=pace.CALM) as beat:
            self.exchange(share, run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(words.light(share.part("power")), until="divide", least=pace.CALM)
            beat.over(words.light(share.part("sum")), least=pace.CALM)
        with self.beat("And each logit is linear: weights of its class times x, plus a constant b.") as beat:
            beat.over(words.rewrite(share, linear), until="weights", least=pace.CALM)
            beat.over(words.light(linear.part("linear")), least=pace.SLOW)
        with self.beat("Add the same number to all three logits: the probabilities stay.") as beat:
            self.exchange(*charts, run_time=pace.BRISK)
            self.shot(shot.gallery(1, 3, titled=False))
            beat.over(
                charts[0].change(later),
                charts[1].change(np.exp(later)),
                until="probabilities",
                least=pace.SLOW,
            )
            beat.over(words.light(charts[2].bars[0]), words.light(charts[2].bars[1]), least=pace.CALM)

    def cost_of_it(self) -> None:
        """Cross-entropy and its gradient."""
        self.shot(shot.wide())
        shares = np.linspace(0.02, 1.0, 200)
        chart = shot.chart(
            shot.SAFE, (0, 1.02), (0, 4), x_ticks=[0, 0.6, 1], x_names={0: "0", 0.6: "0.6", 1: "1"}, y_ticks=[1, 2, 3],
            x_label="probability of the true class", y_label="loss",
        )  # fmt: skip
        curve = chart.curve(shares, -np.log(shares), ink.focus, 2 * LINE)
        own = logits.softmax(logits.HAND)[TRUE]
        cost = logits.loss(logits.HAND, TRUE)
        dot = chart.dots([(own, cost)], KINDS[TRUE], radius=0.2)
        value = chart.label(own, cost, f"{cost:.2f}", UP + RIGHT, KINDS[TRUE], size=ink.HEADLINE)
        sure = float(shares[0])
        wrong = chart.dots([(sure, -np.log(sure))], ink.error, radius=0.2)
        much = chart.label(
            sure, -np.log(sure), f"{-np.log(sure):.1f}", RIGHT, ink.error, size=ink.HEADLINE, gap=0.4
        )
        term = words.headline("cross-entropy", ink.focus)
        term.move_to(chart.at(0.62, 3.4))
        with self.beat(
            "The loss is minus the natural log of the true class's probability: cross-entropy."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(Create(curve), until="cross-entropy", least=pace.SLOW)
            beat.over(FadeIn(term))
        with self.beat(
            "Sure and wrong costs much. Here the true class has 0.6, and the loss is 0.51."
        ) as beat:
            beat.over(FadeIn(wrong, scale=2), FadeIn(much), FadeOut(term), until="Here", least=pace.CALM)
            beat.over(FadeIn(dot, value), least=pace.CALM)
        (above, below) = self.shot(shot.formula(titled=False))
        loss = maths("cal(L) = {{ -ln p_y : loss }}", 1.3 * ink.HEADLINE)
        slope = maths(
            "cal(L) = {{ -ln p_y : loss }}, quad "
            "(partial cal(L)) / (partial z_k) = {{ p_k : share }} - {{ [k = y] : true }}",
            ink.HEADLINE,
        )
        above.put(loss)
        above.put(slope)
        push = -logits.gradient(logits.HAND, TRUE)
        bars = BarChart(
            list(LETTERS[:3]), 0 * push, (-0.5, 0.5), below.width, below.height + 0.6, decimals=1, sign=True,
            colors=list(KINDS[:3]), label="minus the gradient: which way each logit is pushed; Q is true",
        )  # fmt: skip
        below.put(bars, DOWN)
        bracket = words.label("$[k = y]$ is 1 for the true class, and 0 for the others", size=ink.POINT)
        below.put(bracket, UP)
        with self.beat(
            "Its gradient for each logit: p minus one for the true class, p for the others.", pause=pace.CALM
        ) as beat:
            self.exchange(loss, run_time=pace.BRISK)
            beat.until("each")
            beat.over(words.rewrite(loss, slope), until="p minus", least=pace.CALM)
            beat.over(words.light(slope.part("share")), FadeIn(bracket), until="p for", least=pace.CALM)
            beat.over(words.light(slope.part("true")), least=pace.CALM)
        with self.beat("So the true logit is pushed up, and the others down, by as much in sum.") as beat:
            self.play(FadeOut(bracket), FadeIn(bars), run_time=pace.QUICK)
            beat.over(bars.change(push), least=pace.SLOW)

    def tilt(self) -> None:
        """The descent, and its map from above."""
        self.shot(shot.wide())
        states = logits.trained()
        plane = blob_plane()
        planes = Planes(plane, states[0], KINDS[:3], scatter(plane, self.threes, self.three_labels), 0.22)
        planes.look(*OPEN)
        counts = [told(f"step {number}", UP + LEFT, size=ink.HEADLINE) for number in STOPS]
        with self.beat("Begin with flat planes. Step by step, the pushes of the points tilt them.") as beat:
            self.exchange(planes, counts[0], run_time=pace.BRISK)
            beat.until("Step")
            for count, (old, new) in enumerate(itertools.pairwise(STOPS)):
                self.play(
                    FadeOut(counts[count]),
                    FadeIn(counts[count + 1]),
                    glide(
                        planes.redraw,
                        (states[old].weights, states[old].offsets),
                        (states[new].weights, states[new].offsets),
                    ),
                    run_time=pace.BRISK,
                )
        with self.beat(
            "From above, the largest logit wins, as before. New is the common scale: one loss has trained all three."
        ) as beat:
            self.play(FadeOut(counts[-1]), run_time=pace.QUICK)
            beat.over(glide(planes.look, OPEN, ABOVE, planes), least=pace.LONG)
        dots = scatter(plane, self.threes, self.three_labels)
        fitted = schemes.softmax(self.threes, self.three_labels)
        field = plane.field(logits.softmax(fitted.scores(plane.mesh(128, 72))), KINDS[:3], opacity=0.6)
        term = told("multinomial logistic regression", UP + LEFT, size=ink.HEADLINE)
        with self.beat(
            "Linear logits trained together through softmax: multinomial logistic regression. "
            "Where colours blend, it is unsure."
        ) as beat:
            beat.over(FadeIn(field, dots), FadeOut(planes), until="multinomial", least=pace.CALM)
            beat.over(FadeIn(term), until="Where", least=pace.BRISK)
            beat.over(
                self.frame.to_region(*span(plane, (-2.9, 2.9), (-1.6, 1.6))), FadeOut(term), least=pace.SLOW
            )

    def compared(self) -> None:
        """The irises once more."""
        (room,) = shot.headline().places
        rows = [
            ("guessing", 1 / 3, REST), ("one-vs-rest + squares", flowers.unseen("squares")[0], CURTAINS),
            ("one-vs-one", flowers.unseen("pairs")[0], FENCES), ("softmax", flowers.unseen("softmax")[0], SOFTMAX),
        ]  # fmt: skip
        values = np.array([value for _, value, _ in rows])
        bars = BarChart(
            [name for name, *_ in rows], 0 * values, (0, 1), room.width, room.height, decimals=2,
            colors=[color for *_, color in rows], label="irises: accuracy on unseen flowers, mean of ten shuffles",
        )  # fmt: skip
        room.put(bars)
        with self.beat(
            "On the irises it is right 96 times in a hundred, as pairs are, and one-vs-rest with squares."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.QUICK)
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(bars.change(values), least=pace.SLOW)
        with self.beat(
            "So take softmax where you want probabilities from one model, and check their calibration."
        ) as beat:
            beat.over(
                glide(bars.shade, np.ones(4), np.array([DIM, DIM, DIM, 1.0])), until="where", least=pace.CALM
            )
            beat.over(words.light(bars.row(3), ink.chalk), least=pace.SLOW)
