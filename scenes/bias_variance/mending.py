"""Mend, and slice again: what is repaired, what is broken; and the lesson's end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.stage import (
    FITTED,
    HELPS,
    MEAN,
    NOISY,
    OFF,
    SEEN,
    TALL,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    maths,
    reading_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.bias_variance import curves, faults

HELD: Final = pace.LONG + pace.BRISK
"""How long the last picture stands."""
DOORS: Final = (
    ("high bias", OFF, "richer model,\nbetter features"),
    ("high variance", FITTED, "more data,\nregularisation"),
    ("one failing slice", UNSEEN, "its own features,\ndata, labels"),
    ("much noise", NOISY, "better\nmeasurement"),
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
        picture = shot.Region(place.left, place.bottom + 0.9, place.right, place.top)
        pair = ImageGrid(
            np.repeat(mean[None], 2, axis=0).reshape(-1, 8, 8), width=picture.width, height=picture.height
        )
        picture.put(pair)
        name = words.caption(pair, "two prototypes for the one (k-means)", DOWN, MEAN, size=ink.POINT)
        with self.beat(
            "One mean for several ways to write a one is bias. So give the ones a richer model."
        ) as beat:
            pair.shade([1.0, 0.0])
            self.play(FadeIn(pair), run_time=pace.QUICK)
            beat.over(self.frame.to(pair.image(0), share=0.97), until="So", least=pace.LONG)
            self.play(
                glide(pair.shade, np.array([1.0, 0.0]), np.ones(2)), self.frame.back(), run_time=pace.SLOW
            )
        with self.beat("Two prototypes: each is the mean of a cluster of ones, found by k-means.") as beat:
            beat.over(pair.animate.redraw(images=two), until="found", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        before, after = faults.mistakes(), faults.mistakes(faults.ONES)
        self.again(before, after)
        self.new_mistakes(place, before, after, two[:1])
        self.whole_model()
        self.open_once(place)
        self.doors()
        self.end()

    def again(self, before: faults.Mistakes, after: faults.Mistakes) -> None:
        """Mistakes by digit, before and after the ones have two prototypes."""
        self.shot(shot.wide())
        plane = shot.chart(
            shot.SAFE, (-0.6, 9.6), (0, 23), x_ticks=range(10), y_ticks=[0, 5, 10, 15, 20],
            x_label="digit", y_label=f"mistakes ({before.of.min()} to {before.of.max()} of each digit)",
        )  # fmt: skip
        digits = np.arange(10)
        bars = plane.bars(digits, before.slices, UNSEEN, thick=0.7)
        ghost = plane.stems(digits, 0 * digits, before.slices, SEEN, THIN)
        told = plane.label(
            1.45, 21.3, f"{before.slices[1]} → {after.slices[1]}", RIGHT, HELPS, size=ink.HEADLINE
        )
        other = VGroup(
            *(
                plane.label(
                    digit, after.slices[digit] + 0.3, f"+{after.slices[digit] - before.slices[digit]}", UP, SEEN,
                    size=ink.POINT,
                )
                for digit in digits
                if after.slices[digit] > before.slices[digit]
            )
        )  # fmt: skip
        with self.beat("Slice again. The ones: nineteen mistakes become four.") as beat:
            self.exchange(plane, bars, run_time=pace.BRISK)
            beat.over(
                "nineteen",
                glide(bars.redraw, before.slices, after.slices),
                FadeIn(ghost),
                until="four",
                least=pace.SLOW,
            )
            self.play(FadeIn(told), run_time=pace.QUICK)
            beat.rest()
        fixed = len(np.setdiff1d(before.rows, after.rows))
        new = len(np.setdiff1d(after.rows, before.rows))
        count = plane.label(9.5, 21.3, f"{fixed} [repaired:third], {new} new", LEFT, SEEN, size=ink.POINT)
        with self.beat("But look at all slices: eighteen mistakes are repaired, and five are new.") as beat:
            beat.over(*(words.light(bars, ink.chalk),), until="eighteen", least=pace.CALM)
            beat.over(FadeIn(count), until="five", least=pace.BRISK)
            beat.over(FadeIn(other), least=pace.BRISK)

    def new_mistakes(
        self, place: shot.Region, before: faults.Mistakes, after: faults.Mistakes, near: np.ndarray
    ) -> None:
        """The digits that were right before, beside the prototype that has come near them."""
        self.shot(shot.split(titled=False))
        table, _ = faults.digits()
        fresh = np.flatnonzero(~np.isin(after.rows, before.rows) & (after.said == 1))
        left, right = place.columns(1, 1, gap=0.8)
        tall = left.height - 0.9
        shown = ImageGrid(table[after.rows[fresh]].reshape(-1, 8, 8), width=left.width, height=tall)
        model = ImageGrid(near, width=right.width, height=tall)
        for half, grid in ((left, shown), (right, model)):
            shot.Region(half.left, half.bottom + 0.9, half.right, half.top).put(grid)
        kinds = ", ".join(str(kind) for kind in np.sort(after.kinds[fresh]))
        told = words.label(f"{kinds}: now taken for ones", UNSEEN, ink.POINT)
        left.put(told, DOWN)
        name = words.label("a prototype of the ones", MEAN, ink.POINT)
        right.put(name, DOWN)
        with self.beat(
            "Four of the five are now taken for ones: a prototype of the ones has come near them."
        ) as beat:
            shown.shade(0.0)
            self.exchange(told, run_time=pace.BRISK)
            self.add(shown)
            late = np.arange(len(fresh)) / 2
            beat.over(
                drive(lambda share: shown.shade(np.clip(3 * share - late, 0, 1)), shown),
                until="prototype",
                least=pace.CALM,
            )
            beat.over(FadeIn(model, name), least=pace.BRISK)
        found = faults.foldings()
        worse = words.label(
            f"{found.breaks.min()} to {found.breaks.max()} new mistakes\nin each of {len(found.breaks)} foldings",
            SEEN,
            ink.POINT,
        )
        right.put(worse)
        with self.beat("That is no accident: each of twenty other foldings breaks some too.") as beat:
            self.play(FadeOut(model, name), FadeIn(worse), run_time=pace.BRISK)
            beat.over(self.frame.to(shown, worse, share=0.98), until="breaks", least=pace.SLOW)
            beat.over(words.light(worse), least=pace.BRISK)

    def whole_model(self) -> None:
        """More prototypes for all digits, chosen on development data."""
        self.shot(shot.wide())
        found = faults.foldings().all
        mean, low, high = found.mean(axis=0), found.min(axis=0), found.max(axis=0)
        at = np.arange(len(faults.EACH))
        plane = shot.chart(
            shot.SAFE, (-0.6, len(at) - 0.4), (0, 105), x_ticks=at,
            x_names={n: str(k) for n, k in enumerate(faults.EACH)}, y_ticks=[0, 20, 40, 60, 80, 100],
            x_label="prototypes for each digit",
            y_label=f"mistakes of {faults.mistakes().of.sum()}: mean and range of {faults.FOLDINGS} foldings",
        )  # fmt: skip
        bars = plane.bars(at, 0 * mean, UNSEEN, thick=0.66)
        whiskers = plane.stems(at, low, high, SEEN, 1.5 * LINE)
        told = VGroup(
            *(
                plane.label(number + 0.04, high[number] + 0.5, f"{value:.0f}", UP, SEEN, size=ink.POINT)
                for number, value in enumerate(mean)
            )
        )
        with self.beat(
            "So give each digit more prototypes, and count the mistakes in twenty foldings."
        ) as beat:
            self.exchange(plane, bars, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(glide(bars.redraw, 0 * mean, mean), until="twenty", least=pace.LONG)
            beat.over(FadeIn(whiskers, told), least=pace.BRISK)
        best = at[[faults.EACH.index(faults.best())]]
        chosen = plane.bars(best, mean[best], HELPS, thick=0.66)
        with self.beat(
            "Of those tried, eight make the fewest. Choose them here, on the development set."
        ) as beat:
            beat.over(FadeIn(chosen), until="Choose", least=pace.BRISK)
            beat.over(self.frame.to(chosen, bars, share=0.98), until="development", least=pace.SLOW)
            beat.over(words.light(told[-1], HELPS), least=pace.BRISK)

    def open_once(self, place: shot.Region) -> None:
        """The test set: what the chosen model repairs, and what it breaks."""
        self.shot(shot.wide())
        test = faults.opened()
        field = Waffle(shot.Region(place.left, place.bottom + 0.9, place.right, place.top), len(test.before))
        ground = shot.bare()
        order = np.argsort(~test.before, kind="stable")
        rank = np.argsort(order)
        right = UnitChart(
            ground, field.places(rank[~test.before & ~test.after]), field.half, NOISY, fill=0.45
        )
        still = UnitChart(ground, field.places(rank[test.before & test.after]), field.half, UNSEEN)
        mended = UnitChart(ground, field.places(rank[test.before & ~test.after]), field.half, UNSEEN)
        broken = UnitChart(
            ground, field.places(rank[~test.before & test.after]), field.half, NOISY, fill=0.45
        )
        head = words.label(f"test set: {test.before.sum()} mistakes of {len(test.before)}", UNSEEN, ink.POINT)
        place.put(head, DOWN)
        with self.beat("And now, once, open the test set. In orange: the mistakes of the old model.") as beat:
            self.exchange(right, broken, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("orange", FadeIn(head, still, mended), least=pace.CALM)
        tail = words.label(
            f"{test.after.sum()} mistakes: {test.repaired} [repaired:third], {test.broken} new",
            UNSEEN,
            ink.POINT,
        )
        place.put(tail, DOWN)
        with self.beat(
            "A mended model is a new model, so count both: eighty-one repaired, and six broken."
        ) as beat:
            beat.over(mended.animate.set_color(HELPS), until="six", least=pace.LONG)
            beat.over(
                broken.animate.set_color(UNSEEN).set_opacity(1.0),
                FadeOut(head),
                FadeIn(tail),
                least=pace.CALM,
            )

    def doors(self) -> None:
        """What to do, by what rules the error: each with its picture."""
        cells = self.shot(shot.gallery(2, 2, titled=False, gap=0.3))
        ground = shot.bare()
        made = []
        for cell, (name, color, remedy), paint in zip(
            cells, DOORS, (self.stiff, self.wild, self.failing, self.scattered), strict=True
        ):
            frame = ground.polygon(
                [
                    (cell.left, cell.bottom),
                    (cell.right, cell.bottom),
                    (cell.right, cell.top),
                    (cell.left, cell.top),
                ],
                color,
                width=LINE,
                fill=0.06,
            )
            picture, told = cell.inset(0.2, 0.15).columns(1, 1.15, gap=0.2)
            head = words.label(name, color, ink.POINT)
            told.put(head, UP)
            what = words.label(remedy, ink.chalk, ink.AXIS)
            told.rows(1, 2)[1].put(what)
            made.append((frame, paint(picture), head, what))

        with self.beat("What to do, then? High bias: a richer model, or better features.") as beat:
            self.exchange(*(door[0] for door in made), run_time=pace.BRISK)
            beat.over(FadeIn(*made[0][1:3]), until="richer", least=pace.BRISK)
            beat.over(FadeIn(made[0][3]), least=pace.BRISK)
        with self.beat("High variance: more data, or regularisation.") as beat:
            beat.over(FadeIn(*made[1][1:3]), until="more", least=pace.BRISK)
            beat.over(FadeIn(made[1][3]), least=pace.BRISK)
        with self.beat(
            "One slice that fails: its own features, data or labels. Much noise: better measurement."
        ) as beat:
            beat.over(FadeIn(*made[2][1:3]), until="its", least=pace.BRISK)
            beat.over(FadeIn(made[2][3]), until="Much", least=pace.BRISK)
            beat.over(FadeIn(*made[3][1:3]), until="better", least=pace.BRISK)
            beat.over(FadeIn(made[3][3]), least=pace.BRISK)

    def small(self, cell: shot.Region, degree: int) -> VGroup:
        """A small cloud of fits, and the truth."""
        plane = cell.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, LINE, dashed=True)
        return VGroup(Swarm(plane, self.many(degree), 1.0, 0.0), true)

    def stiff(self, cell: shot.Region) -> VGroup:
        """The cloud of degree 1."""
        return self.small(cell, 1)

    def wild(self, cell: shot.Region) -> VGroup:
        """The cloud of degree 10."""
        return self.small(cell, 10)

    @staticmethod
    def failing(cell: shot.Region) -> VGroup:
        """Error rates by digit."""
        rates = faults.mistakes().rates
        plane = cell.plane((-0.6, 9.6), (0, 0.24), x_ticks=[], y_ticks=[], numbers=False)
        return VGroup(plane, plane.bars(np.arange(10), rates, UNSEEN, thick=0.75))

    def scattered(self, cell: shot.Region) -> VGroup:
        """Readings round the truth."""
        plane = cell.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, LINE, dashed=True)
        where, fresh = self.drawn.where[0, :60], self.drawn.fresh[0, :60]
        feet = np.column_stack([where, curves.truth(where)])
        ends = np.column_stack([where, fresh])
        return VGroup(
            plane.segment(feet, ends, NOISY, THIN), plane.dots(ends, NOISY, "diamond", radius=0.07), true
        )

    def end(self) -> None:
        """The three curves of the question, then the chosen one with its cloud, its bricks and the formula."""
        self.shot(shot.wide())
        plane = reading_plane()
        fits = {
            degree: plane.curve(curves.GRID, self.fitted(degree)[0], FITTED, 2 * LINE)
            for degree in curves.DEGREES
        }
        dots = plane.dots(self.sample, SEEN)
        swarm = Swarm(plane, self.many(5))
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        formula = maths(
            'bb(E) [ (y - hat(f))^2 ] = {{ "bias"^2 : bias }} + {{ "variance" : variance }} + {{ sigma^2 : noise }}',
            ink.POINT,
            {"bias": OFF, "variance": FITTED, "noise": NOISY},
        )
        formula.move_to(plane.at(0.985, 1.62), aligned_edge=RIGHT)
        best = curves.best_degree()
        room = shot.Region(shot.SAFE.right - 5.2, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.bottom + 1.0)
        lying = room.plane((0, curves.parts(best).total), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
        lying.frame.set_stroke(opacity=0)
        with self.beat("Which curve for tomorrow? Of our three, the one of degree five.") as beat:
            self.exchange(dots, *fits.values(), run_time=pace.BRISK)
            beat.over(*(fits[degree].animate.set_stroke(opacity=0.12) for degree in (1, 10)), least=pace.SLOW)
        parts = curves.parts(best)
        bias = parts.bias
        slabs, left = VGroup(), 0.0
        for wide, color in ((bias, OFF), (parts.variance, FITTED), (parts.noise, NOISY)):
            slabs.add(
                lying.polygon(
                    [(left, 0), (left + wide, 0), (left + wide, 1), (left, 1)], color, width=0, fill=1.0
                )
            )
            left += wide
        names = VGroup(
            plane.label(
                0.985,
                1.2,
                f"degree {best}: bias² + variance = {bias + parts.variance:.2f}",
                LEFT,
                SEEN,
                size=ink.AXIS,
            ),
        )
        with self.beat(
            "Its bias squared plus variance is the smallest. Validation error leads there, or near it."
        ) as beat:
            self.play(FadeOut(*fits.values()), FadeIn(swarm), run_time=pace.BRISK)
            beat.over(Create(true), FadeIn(formula), until="smallest", least=pace.CALM)
            beat.over(FadeIn(names), until="Validation", least=pace.BRISK)
            beat.over(
                words.light(formula.part("bias")), words.light(formula.part("variance")), least=pace.CALM
            )
        with self.beat("Then ask whom the average hides.", pause=HELD) as beat:
            beat.over(*(words.light(each, UNSEEN) for each in dots), least=pace.SLOW)
