"""Trees on a noisy wave: one moves with its data, and an average of bootstrap copies moves less."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.ensembles.stage import ENSEMBLE, SINGLE, EnsemblesStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.box import Box
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart
from scenes.maths.ensembles import bagging

SHOWN: Final = 3
"""The data set that is drawn."""
OTHERS: Final = (4, 5)
"""Data sets drawn after it."""
BAGS: Final = 20
"""Bootstrap samples whose rows are shown."""


def wave_plane() -> Plane:
    """The wave to the edges of the frame, without numbers."""
    plane = shot.EDGES.plane((-0.04, 1.04), (-1.95, 2.35), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class Threads(EnsemblesStage):
    """Variance, and bagging."""

    @chapter("One tree changes its mind")
    def one_tree(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = wave_plane()
        sets = [np.column_stack(bagging.draw(seed)) for seed in (SHOWN, *OTHERS)]
        fits = bagging.single()
        dots = plane.dots(sets[0], ink.chalk, radius=0.09)
        tree = plane.curve(bagging.FINE, fits[SHOWN], SINGLE, 2 * LINE)
        with self.beat("How can models of one kind disagree? Give them other data.") as beat:
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.LONG)
        with self.beat("These are points around a wave. A full-grown tree follows each of them.") as beat:
            beat.over("tree", Create(tree), least=pace.LONG)
        with self.beat("Draw the points again from the same wave, and the tree jumps. And again.") as beat:
            beat.over(
                glide(dots.redraw, sets[0], sets[1], dots),
                glide(tree.redraw, (bagging.FINE, fits[SHOWN]), (bagging.FINE, fits[OTHERS[0]]), tree),
                until="And",
                least=pace.LONG,
            )
            beat.over(
                glide(dots.redraw, sets[1], sets[2], dots),
                glide(tree.redraw, (bagging.FINE, fits[OTHERS[0]]), (bagging.FINE, fits[OTHERS[1]]), tree),
                least=pace.SLOW,
            )
        bundle = Bundle(plane, bagging.FINE, fits, SINGLE, middle_color=ink.focus)
        bundle.reveal(0).summarise(0.0, 0.0)
        with self.beat("A hundred data sets, a hundred trees.") as beat:
            self.add(bundle)
            self.play(FadeOut(dots, tree), run_time=pace.QUICK)
            beat.over(glide(bundle.reveal, 0.0, 100.0, bundle), least=pace.LONG)
        variance = plane.label(1.0, 1.85, "variance: the spread", LEFT, SINGLE, size=ink.POINT)
        bias = plane.label(1.0, 1.85, "bias: mean to truth", LEFT, ink.truth, size=ink.POINT)
        with self.beat(
            "How far the answer moves when the training data are drawn again: that is variance."
        ) as beat:
            beat.over(
                glide(bundle.summarise, (0.0, 0.0), (0.0, 1.0), bundle), until="variance", least=pace.SLOW
            )
            beat.over(FadeIn(variance))
        true = plane.curve(bagging.FINE, bagging.wave(bagging.FINE), ink.truth, 2.5 * LINE, dashed=True)
        with self.beat(
            "How far the average answer is from the truth: that is bias. Here they nearly coincide."
        ) as beat:
            beat.over(
                glide(bundle.summarise, (0.0, 1.0), (1.0, 0.3), bundle),
                Create(true),
                until="that",
                least=pace.SLOW,
            )
            self.play(FadeOut(variance), FadeIn(bias), run_time=pace.BRISK)
            near = plane.dots([(0.2, 0.6), (0.5, 1.4)], ink.ground).set_opacity(0)
            beat.over(self.frame.to(near, share=0.6), FadeOut(bias), least=pace.SLOW)
        found = bagging.spread()
        law = maths(
            'bb(E) (hat(f) - f)^2 = {{ "bias"^2 : bias }} + {{ "variance" : variance }}',
            ink.POINT,
            {"bias": ink.truth, "variance": SINGLE, "f": ink.truth, "hat(f)": SINGLE},
        )
        law.move_to(plane.at(0.7, 1.8))
        numbers = VGroup(
            words.caption(law.part("bias"), f"{found.bias:.3f}", DOWN, ink.truth, size=ink.POINT),
            words.caption(law.part("variance"), f"{found.variance:.3f}", DOWN, SINGLE, size=ink.POINT),
        )
        with self.beat(
            "The mean squared error to the truth is their sum: bias squared, plus variance.",
            pause=pace.SLOW + pace.BRISK,
        ) as beat:
            self.play(self.frame.back(), run_time=pace.SLOW)
            beat.over(words.write(law), until="variance", least=pace.SLOW)
            self.play(
                FadeIn(numbers), glide(bundle.summarise, (1.0, 0.3), (1.0, 0.8), bundle), run_time=pace.SLOW
            )
        with self.beat("A full-grown tree is right on average, and far off on a single data set.") as beat:
            beat.over(words.light(law.part("bias")), until="far", least=pace.CALM)
            beat.over(words.light(law.part("variance")), least=pace.CALM)
        with self.beat(
            "An average of many trees would be calm. But where do you get so many data sets?"
        ) as beat:
            beat.over(glide(bundle.summarise, (1.0, 0.8), (0.0, 0.0), bundle), until="But", least=pace.SLOW)
            beat.over(glide(bundle.reveal, 100.0, 1.0, bundle), least=pace.SLOW)

    @chapter("Draw the data again, with replacement", "bagging cuts variance")
    def bagged(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = wave_plane()
        data = np.column_stack(bagging.draw(SHOWN))
        dots = plane.dots(data, ink.chalk, radius=0.09)
        tree = plane.curve(bagging.FINE, bagging.single()[SHOWN], SINGLE, 2 * LINE)
        with self.beat("In life, there is one data set, and one tree. So make others out of it.") as beat:
            beat.over(FadeIn(dots), Create(tree), least=pace.LONG)
        self.by_hand()
        trees = bagging.copies(SHOWN)
        bundle = Bundle(plane, bagging.FINE, trees, SINGLE, middle_color=ENSEMBLE)
        bundle.reveal(0).summarise(0.0, 0.0)
        name = plane.label(1.0, 1.85, "bagging = bootstrap aggregating", LEFT, ENSEMBLE, size=ink.POINT)
        with self.beat(
            "Train one model per bootstrap sample, and average: bagging, for bootstrap aggregating."
        ) as beat:
            self.exchange(dots, run_time=pace.BRISK)
            self.add(bundle)
            beat.over(glide(bundle.reveal, 0.0, float(len(trees)), bundle), until="average", least=pace.LONG)
            self.play(glide(bundle.summarise, (0.0, 0.0), (1.0, 0.0), bundle), run_time=pace.SLOW)
            beat.over(FadeIn(name))
        law = maths("hat(f)(x) = {{ 1/B sum_(b=1)^B : mean }} hat(f)_b^* (x)", ink.HEADLINE)
        law.move_to(plane.at(0.74, 1.5))
        with self.beat(
            "B trees, one for each bootstrap sample b; their mean is the answer.",
            pause=pace.SLOW + pace.BRISK,
        ) as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(words.write(law), until="mean", least=pace.SLOW)
            beat.over(words.light(law.part("mean")), least=pace.SLOW)
        self.variances()
        self.free_test()
        again = Bundle(plane, bagging.FINE, trees, SINGLE, middle_color=ENSEMBLE).summarise(0.0, 0.0)
        with self.beat("Bagging suits learners of low bias and high variance: deep trees.") as beat:
            self.exchange(again, dots, run_time=pace.BRISK)
            beat.over(glide(again.summarise, (0.0, 0.0), (1.0, 0.0), again), until="deep", least=pace.SLOW)
            beat.over(self.frame.to(*dots[:12], share=1.0), least=pace.SLOW)

    def by_hand(self) -> None:
        """Five rows, and five draws with replacement."""
        whole = shot.safe(titled=False)
        upper, lower = whole.rows(1, 1, gap=0.5)
        cells, slots = upper.inset(0.2, 0.55).columns(*[1] * 5), lower.inset(0.2, 0.55).columns(*[1] * 5)
        boxes = VGroup(
            *(
                cell.put(
                    Box(
                        words.label(f"row {number + 1}", size=ink.POINT), width=cell.width, height=cell.height
                    )
                )
                for number, cell in enumerate(cells)
            )
        )
        drawn = VGroup(
            *(
                slot.put(
                    Box(
                        words.label(f"row {row}", SINGLE, size=ink.POINT), SINGLE,
                        width=slot.width, height=slot.height,
                    )
                )
                for row, slot in zip(bagging.by_hand(), slots, strict=True)
            )
        )  # fmt: skip
        ground = shot.bare()
        ways = VGroup(
            *(
                ground.vector(
                    (cells[row - 1].middle[0], cells[row - 1].bottom),
                    (slot.middle[0], slot.top),
                    SINGLE,
                    LINE,
                )
                for row, slot in zip(bagging.by_hand(), slots, strict=True)
            )
        )
        heads = VGroup(
            whole.put(words.label("the data: n rows", size=ink.POINT), UP),
            whole.put(words.label("bootstrap sample: n draws with replacement", SINGLE, ink.POINT), DOWN),
        )
        with self.beat("Five rows, to do it by hand.") as beat:
            self.exchange(heads[0], run_time=pace.BRISK)
            beat.over(FadeIn(*boxes, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("Draw n of n rows with replacement: a bootstrap sample.") as beat:
            for way, box in zip(ways, drawn, strict=True):
                self.play(Create(way), FadeIn(box, shift=place.NUDGE * DOWN), run_time=pace.BRISK)
            beat.over(FadeIn(heads[1]))
        with self.beat("Row two is there twice. Row three is left out.") as beat:
            beat.over(
                self.spotlight(boxes[1], drawn[0], drawn[2], ways[0], ways[2]), until="Row", least=pace.BRISK
            )
            beat.over(self.spotlight(boxes[2]), least=pace.BRISK)
        self.play(self.lights_on(), run_time=pace.QUICK)

    def variances(self) -> None:
        """Variance of the average by the number of its trees."""
        found = bagging.spread()
        room = shot.safe(titled=False)
        names = [f"{count} tree{'s' * (count > 1)}" for count in bagging.SIZES]
        values = np.array(found.variances)
        chart = BarChart(
            names, 0 * values, (0, 0.18), room.width, room.height, decimals=3,
            colors=[SINGLE, *[ENSEMBLE] * (len(names) - 1)], label=f"variance over {bagging.SETS} data sets",
        )  # fmt: skip
        room.put(chart)
        with self.beat(
            "Do that for a hundred data sets. With fifty trees, the variance is about half."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values), least=pace.LONG)
        with self.beat("Bias is hardly touched, so the error falls with the variance.") as beat:
            beat.over(
                glide(chart.shade, np.ones(5), np.array([1, 0.62, 0.62, 0.62, 1.0]), chart), least=pace.SLOW
            )
        with self.beat("The trees do not need one another, so train them in parallel.") as beat:
            beat.over(
                glide(chart.shade, np.array([1, 0.62, 0.62, 0.62, 1.0]), np.ones(5), chart), least=pace.SLOW
            )

    def free_test(self) -> None:
        """Which rows each bootstrap sample left out."""
        room = shot.safe(titled=False)
        above, head = room.rows(7, 1, gap=0.2)
        rows = bagging.resampled(SHOWN, BAGS)
        outside = np.array([~np.isin(np.arange(bagging.POINTS), sample) for sample in rows])
        ground = shot.bare()
        across = above.left + (np.arange(bagging.POINTS) + 0.5) * above.width / bagging.POINTS
        up = above.top - (np.arange(BAGS) + 0.5) * above.height / BAGS
        spots = np.array([(x, y) for y in up for x in across])
        half = 0.42 * min(above.width / bagging.POINTS, above.height / BAGS)
        inside = UnitChart(ground, spots, half * ~outside.ravel(), ink.quiet, 0.45)
        out = UnitChart(ground, spots, 0.0, ink.focus, 0.95)
        expected = 100 * bagging.left_out(10**6)
        text = f"each line a tree; left out: {100 * outside.mean():.0f} %, expected {expected:.0f} %"
        told = head.put(words.label(text, ink.focus, ink.AXIS))
        named = head.put(
            words.label("out-of-bag error: each row tested by trees without it", ink.focus, ink.AXIS)
        )
        with self.beat("Each tree leaves out about thirty-seven percent of the rows.") as beat:
            self.exchange(inside, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                glide(out.redraw, (spots, 0 * outside.ravel()), (spots, half * outside.ravel()), out),
                FadeIn(told),
                least=pace.SLOW,
            )
        with self.beat(
            "Rows that a tree did not draw test it: the out-of-bag error. It is a free test."
        ) as beat:
            self.play(FadeOut(told), FadeIn(named), run_time=pace.BRISK)
            beat.over(
                glide(
                    inside.redraw,
                    (spots, half * ~outside.ravel()),
                    (spots, 0.4 * half * ~outside.ravel()),
                    inside,
                ),
                until="free",
                least=pace.SLOW,
            )
            beat.over(words.light(named), least=pace.CALM)
