"""Which plan when, labels that do not exclude each other, and the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, UP, Create, FadeIn, FadeOut, Group, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import digits, flowers, logits, regions, schemes
from scenes.multiclass.pairs import NEW
from scenes.multiclass.stage import CURTAINS, KINDS, MulticlassStage, line_of, maths, panes, raised, scatter

PANE: Final = 0.5
HALF: Final = 0.5
"""The threshold of each label."""


class Choice(MulticlassStage):
    """Three plans side by side."""

    @chapter("Which one when", "softmax instead and when")
    def which_one_when(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.three_maps()
        self.two_labels()
        self.end()

    def thirds(self) -> tuple[list[Plane], list[Group], list[VGroup]]:
        """Three maps of the irises, from edge to edge: planes, what lies on them, and what of it is pointed at."""
        planes, pictures = [], []
        for place in shot.EDGES.columns(1, 1, 1, gap=0.08):
            plane = place.plane((0.4, 7.2), (-0.3, 3.9), x_ticks=[], y_ticks=[], numbers=False)
            plane.frame.set_stroke(opacity=0)
            planes.append(plane)
        rest, pairs, soft = flowers.rest(), flowers.one_vs_one(), flowers.softmax()
        tops = regions.largest(rest.weights, rest.offsets, planes[0].corners)
        curtains = panes(planes[0], [(corners, KINDS[each], PANE) for each, corners in enumerate(tops)])
        edges = VGroup(
            *(planes[0].line(*line_of(rest, each), color=KINDS[each], width=1.5 * LINE) for each in (0, 2))
        )
        window = panes(
            planes[1],
            [
                (cell.corners, KINDS[int(counts.argmax())], PANE)
                for cell, counts in schemes.votes(pairs, 3, planes[1].corners)
            ],
        )
        fences = VGroup(*(planes[1].line(*line_of(pairs, each), width=1.5 * LINE) for each in range(3)))
        field = planes[2].field(logits.softmax(soft.scores(planes[2].mesh(60, 100))), KINDS[:3], opacity=0.6)
        dots = [scatter(plane, self.petals, self.species) for plane in planes]
        for spots, parts in zip(dots, ((curtains, edges), (window, fences), (field,)), strict=True):
            pictures.append(Group(*parts, spots))
        return planes, pictures, [edges, fences, dots[2]]

    def three_maps(self) -> None:
        """Curtains, fences, softmax; and when to take which."""
        planes, pictures, lit = self.thirds()
        heads = [
            raised(Tag(words.headline(name, size=ink.POINT)).move_to(plane.at(3.8, 3.55)))
            for name, plane in zip(("one-vs-rest", "one-vs-one", "softmax"), planes, strict=True)
        ]
        whens = [
            raised(Tag(words.label(text, size=ink.LABEL)).move_to(plane.at(4.2, 0.42)))
            for text, plane in zip(
                ("cheap linear\nlearner, very\nmany classes", "two-class\nlearner, kernel,\nmany rows",
                 "probabilities\nof exclusive\nclasses"),
                planes, strict=True,
            )
        ]  # fmt: skip
        given = logits.softmax(flowers.softmax().scores(np.array([NEW])))[0]
        ring = planes[2].dots([NEW], ink.focus, "ring", radius=0.3)
        shares = raised(Tag(words.label(" · ".join(f"{share:.2f}" for share in given))))
        shares.move_to(planes[2].at(4.4, 2.9))
        with self.beat("Three plans, one map of irises: curtains, fences, softmax. Which one when?") as beat:
            self.play(FadeIn(pictures[0], heads[0]), run_time=pace.BRISK)
            beat.at("fences", FadeIn(pictures[1], heads[1]), run_time=pace.BRISK)
            beat.at("softmax", FadeIn(pictures[2], heads[2]), run_time=pace.BRISK)
        with self.beat("A learner that knows two classes, a kernel, many rows: one-vs-one.") as beat:
            self.play(self.spotlight(pictures[1], heads[1]), run_time=pace.BRISK)
            self.play(FadeIn(whens[1]), run_time=pace.BRISK)
            beat.over(words.light(lit[1]), least=pace.SLOW)
        with self.beat("A cheap linear learner, or very many classes: one-vs-rest.") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            self.play(self.spotlight(pictures[0], heads[0]), run_time=pace.QUICK)
            self.play(FadeIn(whens[0]), run_time=pace.BRISK)
            beat.over(words.light(lit[0]), least=pace.SLOW)
        with self.beat("Probabilities of classes that exclude each other: softmax.") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            self.play(self.spotlight(pictures[2], heads[2]), run_time=pace.QUICK)
            self.play(FadeIn(whens[2]), run_time=pace.BRISK)
            beat.over(FadeIn(ring, shares), least=pace.BRISK)
        chart = shot.chart(
            shot.SAFE, (-6, 6), (0, 1.04), x_ticks=[-5, 0, 5], y_ticks=[0, 0.5, 1],
            y_names={0: "0", 0.5: "0.5", 1: "1"}, x_label="difference of the two logits", y_label="probability",
        )  # fmt: skip
        across = np.linspace(-6, 6, 200)
        curve = chart.curve(across, logits.sigmoid(across), ink.focus, 2 * LINE)
        rule = maths("p_1 = sigma(z_1 - z_2), quad sigma(t) = 1 / (1 + e^(-t))", 0.85 * ink.POINT)
        rule.move_to(chart.at(2.7, 0.2))
        term = words.headline("sigmoid", ink.focus).move_to(chart.at(2.7, 0.42))
        with self.beat(
            "With two classes, softmax is the sigmoid of the difference.", pause=pace.SLOW
        ) as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            self.shot(shot.wide())
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(Create(curve), until="sigmoid", least=pace.SLOW)
            beat.over(FadeIn(term), words.write(rule), least=pace.CALM)

    def two_labels(self) -> None:
        """A picture of two digits: softmax has to share, two sigmoids need not."""
        left, right = self.shot(shot.split(titled=False))
        images, labels = digits.digits()
        both = np.hstack(
            [images[int(np.flatnonzero(labels == digit)[0])].reshape(8, 8) for digit in digits.PAIR]
        )
        photo = left.fit(Photo(both, 1.0, smooth=False))
        names = [f"{digit}" for digit in digits.PAIR]
        shared = BarChart(
            names, logits.softmax(logits.BOTH), (0, 1), right.width, right.height - 0.2, upright=True, decimals=1,
            colors=[ink.focus] * 2, label="softmax (an example)",
        )  # fmt: skip
        apart = BarChart(
            names, logits.softmax(logits.BOTH), (0, 1), right.width, right.height - 0.2, upright=True, decimals=1,
            colors=[CURTAINS] * 2, label="a sigmoid each (an example)",
        )  # fmt: skip
        right.put(shared)
        right.put(apart)
        with self.beat(
            "But this picture shows a three and an eight. Softmax must share: its probabilities sum to one."
        ) as beat:
            self.exchange(photo, run_time=pace.BRISK)
            beat.over("Softmax", FadeIn(shared), least=pace.CALM)
            beat.over(words.light(shared.bars[0]), words.light(shared.bars[1]), least=pace.CALM)
        term = words.headline("multi-label classification", ink.chalk, ink.POINT)
        shot.SAFE.put(term, UP + LEFT)
        with self.beat("Several labels may be true at once: multi-label classification.") as beat:
            self.play(FadeOut(shared), run_time=pace.QUICK)
            beat.over(self.frame.to(photo, share=0.9), until="multi-label", least=pace.SLOW)
            beat.over(FadeIn(term), self.frame.back(), least=pace.CALM)
        level = apart.box
        line = shot.bare().segment(
            (level[0] + HALF * (level[3] - level[0]))[:2], (level[1] + HALF * (level[2] - level[1]))[:2],
            ink.chalk, THIN, dashed=True,
        )  # fmt: skip
        with self.beat(
            "Then: one-vs-rest, with a sigmoid and a threshold for each class. Both say yes."
        ) as beat:
            self.play(FadeIn(apart), run_time=pace.QUICK)
            beat.over(apart.change(logits.sigmoid(logits.BOTH)), until="threshold", least=pace.SLOW)
            beat.over(Create(line), least=pace.CALM)

    def end(self) -> None:
        """The three maps, their names and rules, and the line of the beginning."""
        self.shot(shot.wide())
        planes, pictures, _ = self.thirds()
        formula = (
            'hat(y) = "argmax"_k f_k (bold(x))',
            '(K (K - 1)) / 2 quad "models"',
            "{{ p_k : share }} = {{ e^(z_k) : power }} / {{ sum_j e^(z_j) : sum }}",
        )
        heads = [
            raised(Tag(words.headline(name, size=ink.POINT)).move_to(plane.at(3.8, 3.55)))
            for name, plane in zip(("one-vs-rest", "one-vs-one", "softmax"), planes, strict=True)
        ]
        rules = [
            raised(Tag(maths(source, 0.75 * ink.POINT), 1.0).move_to(plane.at(3.8, 2.95)))
            for source, plane in zip(formula, planes, strict=True)
        ]
        whole = shot.bare()
        chalk = whole.line((0.3, 1.0), 6.0, color=ink.chalk, width=2.5 * LINE)
        chalk.set_z_index(3)

        def swing(share: float) -> object:
            return chalk.redraw((0.45 - 0.9 * share, 1.0), 0.6 * np.cos(np.pi * share))

        swing(0.0)
        with self.beat(
            "One line answers yes or no. For many classes, ask K times, or once for each pair, "
            "or train all scores together.",
            pause=pace.SLOW,
        ) as beat:
            self.exchange(*pictures, run_time=pace.BRISK)
            beat.over(Create(chalk), until="For", least=pace.BRISK)
            beat.over(FadeIn(heads[0], rules[0]), drive(swing, chalk), until="or once", least=pace.SLOW)
            beat.over(FadeIn(heads[1], rules[1]), until="or train", least=pace.BRISK)
            beat.over(FadeIn(heads[2], rules[2]), FadeOut(chalk), least=pace.BRISK)
