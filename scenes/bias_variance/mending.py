"""Mend, and slice again: what is repaired, what is broken; and the lesson's end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.cloud import FIFTY
from scenes.bias_variance.stage import (
    DIM,
    FITTED,
    HELPS,
    MEAN,
    MISS,
    NOISY,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    maths,
    reading_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.bias_variance import curves, faults

HELD: Final = pace.LONG + pace.BRISK
"""How long the last picture stands."""
DOORS: Final = (
    ("high bias", MISS, "richer model\nbetter features"),
    ("high variance", FITTED, "more data\nregularisation"),
    ("one slice fails", ink.chalk, "its own features,\ndata, labels"),
    ("noise", NOISY, "better\nmeasurement"),
)


class Mending(BiasVarianceStage):
    """From the slice that fails to a model that is chosen and tested."""

    @chapter("Mend, then slice again", "deciding what to do about it")
    def mend(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        place = shot.safe(titled=False)
        table, kinds = faults.digits()
        own, _ = faults.halves()
        mean = faults.prototypes(table[own], kinds[own], {})[0][1]
        two = faults.prototypes(table[own], kinds[own], faults.ONES)[0][1:3].clip(0, 1).reshape(-1, 8, 8)
        picture = shot.Region(place.left, place.bottom + 1.0, place.right, place.top)
        pair = ImageGrid(
            np.repeat(mean[None], 2, axis=0).reshape(-1, 8, 8), width=picture.width, height=picture.height
        )
        picture.put(pair)
        name = words.caption(pair, "two prototypes for the one (k-means)", DOWN, MEAN, size=ink.POINT)
        with self.beat(
            "One mean for two ways to write a one: that is bias. So give the ones a richer model."
        ) as beat:
            pair.shade([1.0, 0.0])
            self.play(FadeIn(pair), run_time=pace.QUICK)
            beat.over(self.frame.to(pair.image(0), share=0.97), least=pace.LONG)
        with self.beat("Two prototypes, each the mean of a cluster of ones.") as beat:
            self.play(
                glide(pair.shade, np.array([1.0, 0.0]), np.ones(2)), self.frame.back(), run_time=pace.SLOW
            )
            beat.over(
                pair.animate.redraw(images=two),
                until="cluster",
                least=pace.SLOW,
            )
            beat.over(FadeIn(name))
        before, after = faults.mistakes(), faults.mistakes(faults.ONES)
        self.again(place, before, after)
        self.whole_model(place)
        self.doors()
        self.end()

    def again(self, place: shot.Region, before: faults.Mistakes, after: faults.Mistakes) -> None:
        """Mistakes by digit, before and after the ones have two prototypes; the nines that it breaks."""
        digits = [str(digit) for digit in range(10)]
        chart = BarChart(
            digits, before.slices, (0, 23), place.width, place.height, upright=True, decimals=0,
            colors=[MISS if digit == "1" else NOISY for digit in digits],
            label=f"mistakes of each digit ({before.of.min()} to {before.of.max()} of each)",
        )  # fmt: skip
        place.put(chart)
        lit, dark = np.full(10, DIM), np.full(10, DIM)
        lit[1] = dark[9] = 1.0
        were = [
            words.caption(
                chart.spot(float(after.slices[digit]) + 1.8, digit),
                f"was {before.slices[digit]}",
                UP,
                color,
                size=ink.AXIS,
            )
            for digit, color in ((1, HELPS), (9, MISS))
        ]
        with self.beat("Slice again. The ones: twenty mistakes become eight.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            self.play(glide(chart.shade, np.ones(10), lit), run_time=pace.QUICK)
            beat.over("become", chart.change(after.slices), least=pace.SLOW)
            self.play(FadeIn(were[0]), run_time=pace.QUICK)
        with self.beat("But the nines: nine become fourteen.") as beat:
            self.play(glide(chart.shade, lit, dark), FadeOut(were[0]), run_time=pace.QUICK)
            beat.over("become", FadeIn(were[1]), least=pace.BRISK)
        table, _ = faults.digits()
        taken = after.rows[(after.kinds == 9) & (after.said == 1) & ~np.isin(after.rows, before.rows)]
        left, right = place.columns(2.1, 1)
        nines = ImageGrid(table[taken].reshape(-1, 8, 8), width=left.width, height=left.height)
        left.put(nines)
        caption = words.label("nines,\ntaken\nfor ones", MISS, ink.HEADLINE)
        every = faults.splits()
        worse = (every.ones[:, 9] > every.slices[:, 9]).sum()
        again = words.label(f"more in {worse}\nof {len(every.ones)} splits", MISS, ink.POINT)
        above, below = right.rows(1, 1)
        above.put(caption)
        below.put(again)
        with self.beat(
            "These nines are now taken for ones: a prototype of the ones has moved near them."
        ) as beat:
            nines.shade(0.0)
            self.exchange(caption, run_time=pace.BRISK)
            self.add(nines)
            for number in range(len(taken)):
                seen = (np.arange(len(taken)) < number).astype(float)
                now = (np.arange(len(taken)) <= number).astype(float)
                self.play(glide(nines.shade, seen, now), run_time=pace.CALM)
            beat.rest()
        with self.beat("It is no accident of one split: such nines grew in all twenty.") as beat:
            beat.over(FadeIn(again), until="such", least=pace.BRISK)
            beat.over(self.frame.to(nines, again, share=0.95), least=pace.SLOW)

    def whole_model(self, place: shot.Region) -> None:
        """All digits two prototypes, then three; chosen on development data, tested once."""
        plans = [{}, faults.ONES, dict.fromkeys(range(10), 2), faults.ALL]
        wrong = np.array([len(faults.mistakes(plan).rows) for plan in plans])
        names = ["one mean a digit", "two for the ones", "two for each digit", "three for each"]
        chart = BarChart(
            names, 0 * wrong, (0, 99), place.width, place.height, decimals=0,
            colors=[NOISY, NOISY, NOISY, HELPS],
            label=f"mistakes on the development set, of {faults.mistakes().of.sum()}",
        )  # fmt: skip
        place.put(chart)
        with self.beat(
            "So give each digit two prototypes, then three, and count the mistakes again."
        ) as beat:
            self.exchange(chart, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(chart.change(wrong), least=pace.LONG)
        with self.beat("These data are the development set: on it we look, choose and mend.") as beat:
            strengths = [np.where(np.arange(4) < dimmed, DIM, 1.0) for dimmed in range(4)]
            for before, after, word in zip(
                strengths[:-1], strengths[1:], ("on", "look", "choose"), strict=True
            ):
                beat.at(word, glide(chart.shade, before, after), run_time=pace.CALM)
            beat.over(self.frame.to(chart, share=0.98), least=pace.CALM)
        test = faults.opened()
        field = Waffle(shot.Region(place.left, place.bottom + 0.9, place.right, place.top), len(test.before))
        ground = shot.bare()
        order = np.argsort(~test.before, kind="stable")
        rank = np.argsort(order)
        right = UnitChart(
            ground, field.places(rank[~test.before & ~test.after]), field.half, NOISY, fill=0.45
        )
        still = UnitChart(ground, field.places(rank[test.before & test.after]), field.half, MISS)
        mended = UnitChart(ground, field.places(rank[test.before & ~test.after]), field.half, MISS)
        broken = UnitChart(
            ground, field.places(rank[~test.before & test.after]), field.half, NOISY, fill=0.45
        )
        head = words.label(f"test set: {test.before.sum()} mistakes of {len(test.before)}", MISS, ink.POINT)
        place.put(head, DOWN)
        with self.beat("Then open the test set, once. In red: the mistakes of the old model.") as beat:
            self.exchange(right, broken, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("red", FadeIn(head, still, mended), least=pace.CALM)
        tail = words.label(
            f"{test.after.sum()} mistakes: {test.repaired} [repaired:third], {test.broken} broken",
            MISS,
            ink.POINT,
        )
        place.put(tail, DOWN)
        with self.beat(
            "A mended model is a new model, so count both: seventy-two repaired, and eleven broken."
        ) as beat:
            beat.over(mended.animate.set_color(HELPS), until="eleven", least=pace.LONG)
            beat.over(
                broken.animate.set_color(MISS).set_opacity(0.9), FadeOut(head), FadeIn(tail), least=pace.SLOW
            )

    def doors(self) -> None:
        """What to do, by what rules the error."""
        cells = self.shot(shot.gallery(2, 2, titled=False, gap=0.4))
        made = []
        for cell, (name, color, remedy) in zip([each.inset(0.07) for each in cells], DOORS, strict=True):
            frame = shot.bare().polygon(
                [
                    (cell.left, cell.bottom),
                    (cell.right, cell.bottom),
                    (cell.right, cell.top),
                    (cell.left, cell.top),
                ],
                color,
                width=LINE,
                fill=0.10,
            )
            head = words.label(name, color, ink.HEADLINE)
            inner = cell.inset(0.35, 0.3)
            inner.put(head, UP)
            told = words.label(remedy, ink.chalk, ink.POINT)
            inner.put(told, DOWN)
            made.append((frame, head, told))
        with self.beat("What to do, then? High bias: a richer model, or better features.") as beat:
            self.exchange(*(part for door in made for part in door[:2]), run_time=pace.BRISK)
            self.play(words.light(made[0][1]), run_time=pace.CALM)
            beat.over("richer", FadeIn(made[0][2]), until="or", least=pace.BRISK)
            beat.over(words.light(made[0][2]), least=pace.CALM)
        with self.beat("High variance: more data, or regularisation.") as beat:
            self.play(words.light(made[1][1]), run_time=pace.CALM)
            beat.over(FadeIn(made[1][2]), until="or", least=pace.BRISK)
            beat.over(words.light(made[1][2]), least=pace.CALM)
        with self.beat(
            "One slice that fails: its own features, data or labels. Much noise: better measurement."
        ) as beat:
            self.play(words.light(made[2][1]), run_time=pace.CALM)
            beat.over(FadeIn(made[2][2]), until="Much", least=pace.BRISK)
            self.play(words.light(made[3][1]), run_time=pace.CALM)
            beat.over(FadeIn(made[3][2]), least=pace.BRISK)

    def end(self) -> None:
        """The cloud, its parts by name, bricks and formula."""
        self.shot(shot.wide())
        plane = reading_plane()
        bundle = Bundle(plane, curves.GRID, self.fitted(5, slice(0, FIFTY)), FITTED, middle_color=MEAN)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        dots = plane.dots(self.sample, ink.chalk)
        formula = maths(
            'bb(E) [ (y - hat(f))^2 ] = {{ "bias"^2 : bias }} + {{ "variance" : variance }} + {{ sigma^2 : noise }}',
            ink.POINT,
            {"bias": MISS, "variance": FITTED, "noise": NOISY},
        )
        formula.move_to(plane.at(0.28, 1.56), aligned_edge=LEFT)
        chosen = plane.label(
            0.305,
            1.1,
            f"degree {curves.best_degree()}: lowest validation error",
            RIGHT,
            UNSEEN,
            size=ink.POINT,
        )
        parts = VGroup(
            plane.label(0.31, -0.66, "little bias", LEFT, MISS, size=ink.POINT),
            plane.label(0.86, 0.62, "variance", UP, FITTED, size=ink.POINT),
            plane.label(0.20, 0.32, "noise", LEFT, NOISY, size=ink.POINT),
        )
        with self.beat(
            "Which curve for tomorrow? The one whose bias squared plus variance is smallest."
        ) as beat:
            self.exchange(bundle, dots, run_time=pace.BRISK)
            beat.over(
                glide(bundle.summarise, (0.0, 0.0), (1.0, 1.0)),
                Create(true),
                FadeIn(formula, parts),
                least=pace.LONG,
            )
        with self.beat("Validation error finds it. Then ask whom its average hides.", pause=HELD) as beat:
            beat.over(FadeIn(chosen), until="Then", least=pace.BRISK)
            beat.over(
                words.light(formula.part("bias")), words.light(formula.part("variance")), least=pace.SLOW
            )
