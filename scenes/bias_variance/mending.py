"""Mend, and slice again: what is repaired, what is broken; and the lesson's end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.bias_variance.cloud import DOT
from scenes.bias_variance.stage import (
    FITTED,
    HELPS,
    MEAN,
    NOISY,
    OFF,
    SEEN,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    maths,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.bias_variance import curves, faults

HELD: Final = pace.LONG
"""How long the last picture stands."""
FEW: Final = 12
"""Fits that a small picture of a cloud shows."""
DOORS: Final = (
    ("high bias", OFF, "richer model,\nbetter features"),
    ("high variance", FITTED, "more data,\nregularisation"),
    ("one slice fails", UNSEEN, "own features,\ndata or labels"),
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
        picture = shot.Region(place.left, place.bottom + 1.0, place.right, place.top)
        pair = ImageGrid(
            np.repeat(mean[None], 2, axis=0).reshape(-1, 8, 8), width=picture.width, height=picture.height
        )
        picture.put(pair)
        name = words.caption(pair, "two prototypes for the one (k-means)", DOWN, MEAN, size=ink.POINT)
        with self.beat(
            "One mean for several ways to write a one: that is bias. So give the ones a richer model."
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
                FadeIn(name),
                least=pace.SLOW,
            )
        before, after = faults.mistakes(), faults.mistakes(faults.ONES)
        self.again(before, after)
        self.broken(place, before, after, two)
        self.folded_anew()
        self.more_prototypes()
        self.open_the_test(place)
        self.doors()
        self.end()

    def again(self, before: faults.Mistakes, after: faults.Mistakes) -> None:
        """Mistakes by digit, before and after the ones have two prototypes."""
        self.shot(shot.wide())
        plane = shot.chart(
            shot.SAFE, (-0.6, 9.6), (0, 23), x_ticks=range(10), y_ticks=[0, 5, 10, 15, 20],
            x_label="digit", y_label="mistakes in the development set",
        )  # fmt: skip
        digits = np.arange(10)
        bars = plane.bars(digits, before.slices, UNSEEN, thick=0.7)
        old, new = (
            plane.label(1, count + 0.2, f"{count}", UP, color, size=ink.HEADLINE)
            for count, color in ((before.slices[1], UNSEEN), (after.slices[1], HELPS))
        )
        with self.beat("Slice again. The ones: nineteen mistakes become four.") as beat:
            self.exchange(plane, bars, run_time=pace.BRISK)
            self.play(FadeIn(old), run_time=pace.QUICK)
            beat.at("become", FadeOut(old), run_time=pace.QUICK)
            beat.over(glide(bars.redraw, before.slices, after.slices), least=pace.SLOW)
            self.play(FadeIn(new), run_time=pace.QUICK)

    def broken(
        self, place: shot.Region, before: faults.Mistakes, after: faults.Mistakes, two: curves.Floats
    ) -> None:
        """Digits that were right before, what they are taken for now, and the two prototypes."""
        self.shot(shot.gallery(2, 5, titled=False))
        table, _ = faults.digits()
        fresh = ~np.isin(after.rows, before.rows)
        order = np.argsort(after.said[fresh] != 1, kind="stable")
        rows, kinds, said = (each[fresh][order] for each in (after.rows, after.kinds, after.said))
        head = words.label("right before, wrong now", UNSEEN, ink.HEADLINE)
        place.put(head, UP)
        lower = shot.Region(place.left, place.bottom, place.right, place.top - 0.85)
        above, below = lower.rows(1.0, 0.9, gap=0.75)
        images = ImageGrid(table[rows].reshape(-1, 8, 8), width=above.width, height=above.height)
        above.put(images)
        images.redraw(images.grid(columns=len(rows)))
        told = VGroup(
            *(
                words.label(f"{kind} → {answer}", UNSEEN, ink.POINT).next_to(
                    images.image(number), DOWN, buff=0.15
                )
                for number, (kind, answer) in enumerate(zip(kinds, said, strict=True))
            )
        )
        left, right = below.columns(1.0, 1.35, gap=0.4)
        pair = ImageGrid(two, width=left.width, height=left.height - 0.35)
        shot.Region(left.left, left.bottom, left.right, left.top - 0.35).put(pair)
        name = words.label("the two prototypes\nof the one", MEAN, ink.POINT)
        right.put(name)
        with self.beat(
            "But some digits that were right are wrong now, and most of those are called ones."
        ) as beat:
            images.shade(0.0)
            pair.shade(0.0)
            self.exchange(head, name, run_time=pace.BRISK)
            self.add(images, pair)
            self.play(glide(pair.shade, 0.0, 1.0), run_time=pace.QUICK)
            for number in range(len(rows)):
                shown = (np.arange(len(rows)) < number).astype(float)
                then = (np.arange(len(rows)) <= number).astype(float)
                self.play(glide(images.shade, shown, then), FadeIn(told[number]), run_time=pace.CALM)
            beat.rest()
        with self.beat("Two prototypes reach farther than their mean did, and catch neighbours.") as beat:
            beat.over(pair.animate.frame([0, 1], MEAN), words.light(name), until="catch", least=pace.CALM)
            beat.over(*(words.light(each, ink.chalk) for each in told[:4]), least=pace.BRISK)

    def folded_anew(self) -> None:
        """What the mend repairs and breaks, in twenty foldings of the development set."""
        self.shot(shot.wide())
        found = faults.foldings()
        number = 1 + np.arange(len(found.repair))
        plane = shot.chart(
            shot.SAFE, (0.3, len(number) + 0.7), (-16, 26), x_ticks=[1, 5, 10, 15, 20],
            y_ticks=[-10, 0, 10, 20], y_names={-10: "10", 0: "0", 10: "10", 20: "20"},
            x_label="folding of the development set", y_label="answers",
        )  # fmt: skip
        up = plane.bars(number, 0.0 * number, HELPS, thick=0.7)
        down = plane.bars(number, 0.0 * number, UNSEEN, thick=0.7)
        names = VGroup(
            plane.label(10.5, 24.2, "repaired", UP, HELPS, size=ink.POINT),
            plane.label(8.5, -9.0, "broken", DOWN, UNSEEN, size=ink.POINT),
        )
        with self.beat(
            "Fold the data anew, twenty times: each time the mend repairs more than it breaks, and it breaks some."
        ) as beat:
            self.exchange(plane, up, down, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                glide(up.redraw, 0.0 * number, found.repair),
                FadeIn(names[0]),
                until="breaks",
                least=pace.SLOW,
            )
            beat.over(
                glide(down.redraw, 0.0 * number, -1.0 * found.breaks), FadeIn(names[1]), least=pace.SLOW
            )

    def more_prototypes(self) -> None:
        """Mistakes by the number of prototypes of each digit, in twenty foldings."""
        counts = np.array(faults.EACH, dtype=float)
        found = faults.foldings().all
        mean = found.mean(axis=0)
        plane = shot.chart(
            shot.SAFE, (0.85, 9.6), (0, 99), log_x=True, x_ticks=list(faults.EACH),
            x_names={count: f"{count}" for count in faults.EACH}, y_ticks=[0, 20, 40, 60, 80],
            x_label="prototypes of each digit", y_label="mistakes in the development set",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        each = np.array(
            [
                (count * np.exp(rng.uniform(-0.05, 0.05)), wrong)
                for row in found
                for count, wrong in zip(counts, row, strict=True)
            ]
        )
        dots = plane.dots(each, UNSEEN, radius=0.07)
        dots.set_opacity(0.7)
        line = plane.curve(counts, mean, UNSEEN, 2 * LINE)
        said = plane.label(2.6, 66, "mean of 20 foldings", RIGHT, UNSEEN, size=ink.POINT)
        with self.beat(
            "So give each digit more prototypes, up to eight. Mistakes fall at each step."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            groups = [VGroup(*dots[part :: len(counts)]) for part in range(len(counts))]
            beat.over(FadeIn(*groups, lag_ratio=pace.LAG), until="Mistakes", least=pace.SLOW)
            beat.over(Create(line), FadeIn(said), least=pace.SLOW)
        ring = plane.dots([(counts[-1], mean[-1])], HELPS, "ring", radius=0.3)
        last = plane.label(
            8.9, mean[-1] + 19, f"{faults.best()} each: {mean[-1]:.0f}", LEFT, HELPS, size=ink.POINT
        )
        with self.beat("They are still falling at eight, so more may do better. We stop here.") as beat:
            beat.over(self.frame.to_region(*span(plane, (2.7, 9.9), (-9.4, 66))), FadeOut(said), until="more")
            beat.over(FadeIn(ring, last), least=pace.BRISK)

    def open_the_test(self, place: shot.Region) -> None:
        """The test set: each of its digits a square, before and after."""
        self.shot(shot.gallery(1, 1, titled=False))
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
        with self.beat("Then open the test set, once. Here are the mistakes of the first model.") as beat:
            self.exchange(right, broken, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("mistakes", FadeIn(head, still, mended), least=pace.CALM)
        tail = words.label(
            f"{test.after.sum()} mistakes: {test.repaired} [repaired:third], {test.broken} broken",
            UNSEEN,
            ink.POINT,
        )
        place.put(tail, DOWN)
        with self.beat(
            "With eight prototypes fewer than a quarter are left: many are repaired, and a few are broken."
        ) as beat:
            beat.over(mended.animate.set_color(HELPS), FadeOut(head), until="broken", least=pace.LONG)
            beat.over(broken.animate.set_color(UNSEEN).set_opacity(0.9), FadeIn(tail), least=pace.SLOW)
        with self.beat("So count both, what a mend repairs and what it breaks, and slice again.") as beat:
            beat.over("repairs", words.light(mended, ink.chalk), until="breaks", least=pace.CALM)
            beat.over(words.light(broken, ink.chalk), until="slice", least=pace.BRISK)
            beat.over(words.light(tail), least=pace.BRISK)

    def small(self, which: int, room: shot.Region) -> tuple[Plane, VGroup]:
        """The picture that stands for one of the four: stiff fits, wild fits, a tall bar, scattered dots."""
        x, true = curves.GRID, curves.truth(curves.GRID)
        if which == 2:
            plane = room.plane((-0.7, 9.7), (0, 20), x_ticks=[], y_ticks=[], numbers=False)
            digits, found = np.arange(10), faults.mistakes().slices
            other = digits != 1
            drawn = VGroup(
                plane.bars(digits[other], found[other], NOISY, thick=0.7),
                plane.bars(digits[~other], found[~other], UNSEEN, thick=0.7),
            )
        else:
            plane = room.plane((-0.02, 1.02), (-0.95, 1.75), x_ticks=[], y_ticks=[], numbers=False)
            law = plane.curve(x, true, TRUE, LINE, dashed=True)
            if which == 3:
                where, heard = self.drawn.where[0, :40], self.drawn.fresh[0, :40]
                heard = np.clip(heard, -0.9, 1.7)
                feet = np.column_stack([where, curves.truth(where)])
                ends = np.column_stack([where, heard])
                drawn = VGroup(
                    plane.segment(feet, ends, NOISY, THIN),
                    plane.dots(ends, UNSEEN, "diamond", radius=0.07),
                    law,
                )
            else:
                fits = self.fitted((1, 10)[which], slice(0, FEW))
                drawn = VGroup(
                    *(plane.curve(x, np.clip(each, -0.95, 1.75), FITTED, THIN) for each in fits), law
                )
        plane.frame.set_stroke(opacity=0)
        return plane, drawn

    def doors(self) -> None:
        """What to do, by what rules the error."""
        cells = [each.inset(0.08) for each in self.shot(shot.gallery(2, 2, titled=False, gap=0.3))]
        frames, heads, pictures, remedies = VGroup(), VGroup(), VGroup(), VGroup()
        for number, (cell, (name, color, remedy)) in enumerate(zip(cells, DOORS, strict=True)):
            frames.add(self.pane(cell, color))
            inner = cell.inset(0.25, 0.2)
            below = shot.Region(inner.left, inner.bottom, inner.right, inner.top - 0.75)
            left, right = below.columns(0.85, 1.4, gap=0.2)
            heads.add(inner.put(words.label(name, color, ink.HEADLINE), UP))
            pictures.add(self.small(number, left)[1])
            remedies.add(right.put(words.label(remedy, ink.chalk, ink.POINT)))
        with self.beat("What to do, then? High bias: a richer model, or better features.") as beat:
            self.exchange(frames, heads, pictures, run_time=pace.BRISK)
            self.play(words.light(heads[0]), run_time=pace.CALM)
            beat.over("richer", FadeIn(remedies[0]), until="or", least=pace.BRISK)
            beat.over(words.light(remedies[0]), least=pace.CALM)
        with self.beat("High variance: more data, or regularisation.") as beat:
            self.play(words.light(heads[1]), run_time=pace.CALM)
            beat.over("more", FadeIn(remedies[1]), until="or", least=pace.BRISK)
            beat.over(words.light(remedies[1]), least=pace.CALM)
        with self.beat(
            "One slice that fails: its own features, data or labels. Much noise: better measurement."
        ) as beat:
            self.play(words.light(heads[2]), run_time=pace.CALM)
            beat.over("features", FadeIn(remedies[2]), until="Much", least=pace.BRISK)
            self.play(words.light(heads[3]), run_time=pace.CALM)
            beat.over(FadeIn(remedies[3]), least=pace.BRISK)

    @staticmethod
    def pane(cell: shot.Region, color: ManimColor) -> VGroup:
        """The frame of one of the four."""
        return VGroup(
            shot.bare().polygon(
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
        )

    def end(self) -> None:
        """The three curves of the opening, then the one to trust, with its parts by name and the formula."""
        self.shot(shot.wide())
        plane = reading_plane()
        dots = plane.dots(self.sample, SEEN, radius=DOT)
        stiff, calm, nervous = (
            plane.curve(curves.GRID, self.fitted(degree)[0], FITTED, 2 * LINE) for degree in curves.DEGREES
        )
        many = self.many(curves.best_degree())
        swarm = Swarm(plane, many)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        formula = maths(
            'bb(E) [ (y - hat(f))^2 ] = {{ "bias"^2 : bias }} + {{ "variance" : variance }} + {{ sigma^2 : noise }}',
            1.15 * ink.POINT,
            {"bias": OFF, "variance": FITTED, "noise": NOISY},
        )
        formula.move_to(plane.at(0.985, 1.62), aligned_edge=RIGHT)
        chosen = plane.label(
            0.985,
            1.2,
            f"degree {curves.best_degree()}: lowest expected test error",
            LEFT,
            UNSEEN,
            size=ink.POINT,
        )
        top = float(many.mean[172] + many.spread[172])
        noisy = int(np.abs(self.sample[:, 1] - curves.truth(self.sample[:, 0]))[8:14].argmax()) + 8
        x, y = self.sample[noisy]
        foot = (float(x), float(curves.truth(np.array([x]))[0]))
        parts = VGroup(
            plane.segment(foot, (x, y), NOISY, 2 * LINE),
            plane.label(x, y + 0.06, "noise", UP, NOISY, size=ink.POINT),
            plane.segment((0.86, top), (0.86, top + 0.4), FITTED, LINE),
            plane.label(0.86, top + 0.4, "variance", UP, FITTED, size=ink.POINT),
            plane.segment((0.5, float(many.mean[100]) - 0.06), (0.5, -0.72), OFF, LINE),
            plane.label(0.51, -0.72, "little bias", RIGHT, OFF, size=ink.POINT),
        )
        with self.beat("Which of the three would you trust tomorrow?") as beat:
            self.exchange(dots, stiff, calm, nervous, run_time=pace.BRISK)
            beat.over(*(words.light(each, ink.chalk) for each in (stiff, calm, nervous)), least=pace.BRISK)
        with self.beat("The one whose bias squared plus variance is smallest.") as beat:
            self.play(FadeOut(stiff, nervous, calm), FadeIn(swarm), run_time=pace.CALM)
            beat.over(Create(true), FadeIn(formula), until="smallest", least=pace.CALM)
            beat.over(FadeIn(parts), least=pace.CALM)
        with self.beat(
            "Validation error finds it, or one close to it. Then ask whom its average hides.", pause=HELD
        ) as beat:
            beat.over(FadeIn(chosen), until="Then", least=pace.BRISK)
            beat.over(
                words.light(formula.part("bias")), words.light(formula.part("variance")), least=pace.SLOW
            )
