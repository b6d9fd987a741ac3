"""Complexity trades bias for variance; and two more levers."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.parts import WIDE
from scenes.bias_variance.stage import (
    FIFTY,
    FITTED,
    HELPS,
    NOISY,
    OFF,
    SEEN,
    TALL,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    brick_plane,
    brick_values,
    bricks_of,
    maths,
    span,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.maths.bias_variance import curves

COUNTS: Final = (20, 40, 320)
"""Readings of a sample, of which the clouds are drawn."""
DOUBLED: Final = (20, 40, 80, 160, 320)
PRICES: Final = (0.0, 0.1, 1.0, 10.0, 100.0)
"""Penalties that are tried at degree 10."""
ALL: Final = np.arange(curves.LAST + 1)
COLORS: Final = (OFF, FITTED, NOISY)


class Valley(BiasVarianceStage):
    """From the three stacks to the whole axis of complexity."""

    @chapter("Complexity trades one for the other", "model complexity curve", goes_on=True)
    def complexity(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = brick_plane()
        full = bricks_of(ALL)
        some = np.where(np.isin(ALL, curves.DEGREES)[:, None], full, 1e-6 * full)
        bricks = Bricks(plane, ALL, some, COLORS, thick=WIDE)
        values = brick_values(plane, curves.DEGREES, bricks_of(curves.DEGREES))
        self.add(plane, bricks, values)
        axis = plane.label(
            8.6, 0.46, "model complexity\n(flexibility, capacity) →", LEFT, SEEN, size=ink.POINT
        )
        with self.beat("Three stacks. Let the other degrees rise between them, from zero to twelve.") as beat:
            beat.at("Let", FadeOut(values), run_time=pace.QUICK)
            beat.over(glide(bricks.redraw, (some, WIDE), (full, 0.86)), least=pace.LONG)
        with self.beat(
            "To the right grows model complexity, or capacity: how many shapes the model can take."
        ) as beat:
            beat.over("complexity", FadeIn(axis, shift=place.NUDGE * RIGHT), until="how", least=pace.CALM)
            beat.over(*(words.light(each, ink.chalk) for each in plane.numbers[:13]), least=pace.CALM)
        bias = plane.label(1.7, 0.3, "bias² falls", RIGHT, OFF, size=ink.POINT)
        variance = plane.label(9.5, 0.26, "variance climbs", LEFT, FITTED, size=ink.POINT)
        traded = plane.label(4.6, 0.46, "bias-variance tradeoff", UP, SEEN, size=ink.POINT)
        red, blue, gray = bricks
        with self.beat("Bias falls, variance climbs: the bias-variance tradeoff.") as beat:
            self.play(FadeOut(axis), gray.animate.set_opacity(0.35), FadeIn(bias), run_time=pace.BRISK)
            beat.over("variance", FadeIn(variance), until="tradeoff", least=pace.BRISK)
            beat.over(FadeIn(traded), least=pace.BRISK)
        with self.beat("A stiff model cannot bend to the truth.") as beat:
            self.play(FadeOut(traded, variance), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*span(plane, (-0.9, 5.6), (-0.07, 0.37))), until="truth", least=pace.SLOW
            )
            beat.over(words.light(red, ink.chalk), least=pace.BRISK)
        with self.beat("A flexible one bends to each accident of its sample.") as beat:
            self.play(FadeOut(bias), run_time=pace.QUICK)
            beat.over(self.frame.back(), until="accident", least=pace.SLOW)
            beat.over(words.light(blue, ink.chalk), least=pace.BRISK)
        total = plane.curve(ALL, full.sum(axis=1), UNSEEN, 2 * LINE)
        named = plane.label(5.0, 0.3, "expected test error", UP, UNSEEN, size=ink.POINT)
        with self.beat("Add the same noise to each, and the sum is a U.") as beat:
            self.play(gray.animate.set_opacity(1), run_time=pace.CALM)
            beat.over(Create(total), FadeIn(named), least=pace.LONG)
        training = np.array([curves.training_error(int(degree)) for degree in ALL])
        fall = plane.curve(ALL, training, SEEN, 2 * LINE)
        seen = plane.label(2.6, 0.27, "training error", RIGHT, SEEN, size=ink.POINT)
        with self.beat(
            "A usual mistake: low training error means overfitting. "
            "But it falls with each degree, also where the model truly improves."
        ) as beat:
            self.play(
                *(each.animate.set_opacity(0.35) for each in bricks), FadeOut(named), run_time=pace.BRISK
            )
            beat.over(Create(fall), until="But", least=pace.SLOW)
            self.play(FadeIn(seen), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (-0.9, 7.2), (-0.07, 0.40))), least=pace.LONG)
        readings = self.drawn.readings
        errors = np.clip(curves.validation_errors(readings[[curves.SHOWN, *range(FIFTY)]]), 0, 10).T
        bundle = Bundle(plane, ALL, errors, UNSEEN, middle="median", band=(25, 75)).reveal(0)
        checked = plane.label(
            12.7, 0.6, "validation error in five folds", LEFT, UNSEEN, gap=0.0, size=ink.POINT
        )
        with self.beat(
            "So it cannot find the valley. Validation error can: hold out a fifth of the readings, in turn."
        ) as beat:
            self.play(self.frame.back(), FadeOut(seen, fall), run_time=pace.CALM)
            self.add(bundle)
            beat.over(glide(bundle.reveal, 0.0, 1.0), FadeIn(checked), least=pace.LONG)
        with self.beat("Of one sample it is a ragged curve, and each sample has its own.") as beat:
            beat.over(glide(bundle.reveal, 1.0, float(len(errors))), least=pace.LONG)
        self.chosen()

    def chosen(self) -> None:
        """How often each degree is chosen by validation error."""
        shares = 100 * curves.choices(self.drawn.readings)
        plane = shot.chart(
            shot.SAFE, (-0.7, 12.7), (0, 45), x_ticks=range(0, 13), y_ticks=[0, 10, 20, 30, 40],
            x_label="degree with the lowest validation error", y_label="% of 2,000 samples",
        )  # fmt: skip
        near = np.isin(ALL, (4, 5, 6))
        bars = [
            plane.bars(ALL[which], 0 * shares[which], color, thick=0.86)
            for which, color in ((~near, NOISY), (near, HELPS))
        ]
        told = plane.label(
            7.2, 33, f"{shares[near].sum():.0f} %:\ndegree 4, 5 or 6", RIGHT, HELPS, size=ink.POINT
        )
        with self.beat(
            "Over many samples it chooses degree four, five or six in about ninety percent."
        ) as beat:
            self.exchange(plane, *bars, run_time=pace.BRISK)
            beat.over(
                *(
                    glide(each.redraw, 0 * shares[which], shares[which])
                    for each, which in zip(bars, (~near, near), strict=True)
                ),
                until="about",
                least=pace.SLOW,
            )
            beat.over(FadeIn(told), least=pace.BRISK)
        with self.beat(
            "So choose complexity by validation error: it leads to the valley, or close to it."
        ) as beat:
            beat.over(self.frame.to_region(*span(plane, (1.5, 9.5), (0, 43))), until="leads", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)

    # --- two levers

    @chapter("Two levers beside complexity")
    def two_levers(self) -> None:
        self.untitled()
        sides = shot.EDGES.inset(0.15, 0.1).columns(1, 1, gap=0.3)
        self.shot(shot.wide())
        planes = [side.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[], numbers=False) for side in sides]
        swarms, truths, names = [], VGroup(), VGroup()
        many = {(degree, count): self.many(degree, count) for degree in (1, 10) for count in COUNTS}
        for plane, degree in zip(planes, (1, 10), strict=True):
            plane.frame.set_stroke(opacity=0)
            swarms.append(Swarm(plane, many[degree, 20]))
            truths.add(plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 1.5 * LINE, dashed=True))
            names.add(plane.label(0.95, 1.5, f"degree {degree}", LEFT, FITTED, size=ink.POINT))
        counts = [
            planes[0].label(0.95, 1.05, f"n = {count}", LEFT, SEEN, size=ink.HEADLINE) for count in COUNTS
        ]
        with self.beat("Choosing a degree is one lever. A second is more data.") as beat:
            self.play(FadeIn(*swarms, truths), run_time=pace.QUICK)
            beat.over(FadeIn(names), until="second", least=pace.BRISK)
            beat.over(FadeIn(counts[0], scale=1.4), least=pace.CALM)
        with self.beat(
            "From twenty readings to forty, to three hundred and twenty: the flexible cloud calms."
        ) as beat:
            for old, word in ((0, "forty"), (1, "hundred")):
                beat.until(word)
                self.play(
                    *(
                        glide(swarm.redraw, many[degree, COUNTS[old]], many[degree, COUNTS[old + 1]])
                        for swarm, degree in zip(swarms, (1, 10), strict=True)
                    ),
                    FadeOut(counts[old]),
                    FadeIn(counts[old + 1]),
                    run_time=pace.SLOW,
                )
            beat.over(words.light(swarms[1].mean, ink.chalk), least=pace.BRISK)
        with self.beat(
            "The stiff one stays as wrong as before: more data lowers variance, while bias hardly moves."
        ) as beat:
            beat.over(
                self.frame.to(truths[0], swarms[0].mean, share=0.9),
                FadeOut(swarms[1], truths[1], names[1]),
                until="more",
                least=pace.SLOW,
            )
            beat.over(
                words.light(swarms[0].mean, ink.chalk), words.light(truths[0], ink.chalk), least=pace.CALM
            )
        with self.beat("For noise averages out over many readings, and a wrong shape stays wrong.") as beat:
            beat.over(
                self.frame.back(), FadeIn(swarms[1], truths[1], names[1]), until="wrong", least=pace.LONG
            )
            beat.rest()
        self.richer()
        self.price()

    def richer(self) -> None:
        """The U for samples of five sizes, and how its valley moves."""
        plane = shot.chart(
            shot.SAFE, (0, 12.4), (0.06, 0.3), x_ticks=range(0, 13), y_ticks=[0.1, 0.15, 0.2, 0.25, 0.3],
            x_label="degree of the polynomial", y_label="expected squared error",
        )  # fmt: skip
        errors = {
            count: np.array([curves.parts(int(degree), count).total for degree in ALL]) for count in DOUBLED
        }
        lines = [plane.curve(ALL, errors[count], UNSEEN, 1.5 * LINE) for count in DOUBLED]
        bests = [curves.best_degree(count) for count in DOUBLED]
        rings = [
            plane.dots([(best, errors[count][best])], HELPS, "ring", radius=0.22)
            for count, best in zip(DOUBLED, bests, strict=True)
        ]
        few = plane.label(9.0, 0.185, f"n = {DOUBLED[0]}", LEFT, UNSEEN, size=ink.POINT)
        lot = plane.label(10.6, 0.088, f"n = {DOUBLED[-1]}", DOWN, UNSEEN, size=ink.POINT)
        with self.beat(
            "So with more readings the valley sinks, and moves right: from degree five to degree seven."
        ) as beat:
            self.exchange(plane, lines[0], rings[0], few, run_time=pace.BRISK)
            for number, word in enumerate(("readings", "valley", "moves", "from"), start=1):
                beat.until(word)
                self.play(Create(lines[number]), FadeIn(rings[number]), run_time=pace.CALM)
            self.play(FadeIn(lot), run_time=pace.QUICK)
            beat.rest()

    def price(self) -> None:
        """Ridge at degree 10: coefficients shrink, the band narrows, then the mean leaves the truth."""
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        bars_room = shot.Region(room.left, room.bottom, room.right, room.top - 1.6)
        plane = shot.chart(
            bars_room, (0.3, 10.7), (0, 0.45), x_ticks=range(1, 11), y_ticks=[0, 0.1, 0.2, 0.3, 0.4],
            x_label="coefficient of the polynomial", y_label="size, median of 50 samples",
        )  # fmt: skip
        sizes = {
            price: np.median(
                np.abs(self.drawn.readings[:FIFTY] @ curves.solver(10, penalty=price).T), axis=0
            )[1:]
            for price in (0.0, 1.0)
        }
        columns = np.arange(1, 11)
        before = plane.bars(columns, sizes[0.0], NOISY, thick=0.8, fill=0.45)
        bars = plane.bars(columns, 0 * columns, FITTED, thick=0.8)
        named = VGroup(
            plane.label(7.2, 0.36, "without a price", RIGHT, NOISY, size=ink.POINT),
            plane.label(7.2, 0.3, "with λ = 1", RIGHT, FITTED, size=ink.POINT),
        )
        rule = maths(
            '"ridge:" #h(0.3em) min #h(0.2em) sum (y - hat(f))^2 + {{ lambda sum c_j^2 : price }}',
            1.1 * ink.POINT,
            {"price": HELPS},
        )
        shot.Region(room.left, room.top - 0.9, room.right, room.top).put(rule, RIGHT)
        with self.beat(
            "The third lever is regularisation. Ridge adds a price, lambda, on the squares of the coefficients."
        ) as beat:
            self.exchange(plane, bars, run_time=pace.BRISK)
            beat.over(glide(bars.redraw, 0.0 * sizes[0.0], sizes[0.0]), until="Ridge", least=pace.CALM)
            beat.over(words.write(rule), until="squares", least=pace.CALM)
            beat.over(words.light(rule.part("price")), least=pace.BRISK)
        with self.beat("Wild swings need large coefficients. A price keeps them small.") as beat:
            beat.over(words.light(bars, ink.chalk), until="price", least=pace.CALM)
            self.play(FadeIn(before), run_time=pace.QUICK)
            self.add(before, bars)
            beat.over(glide(bars.redraw, sizes[0.0], sizes[1.0]), FadeIn(named), least=pace.SLOW)
        self.path()

    def path(self) -> None:
        """The cloud of degree 10 beside its bricks, price by price."""
        left, right = shot.SAFE.columns(1.0, 1.0, gap=0.4)
        self.shot(shot.split(titled=False))
        ground = shot.Region(shot.EDGES.left, left.bottom, left.right, shot.EDGES.top).plane(
            (-0.03, 1.03), TALL, x_ticks=[], y_ticks=[], numbers=False
        )
        ground.frame.set_stroke(opacity=0)
        clouds = [self.many(10, penalty=each) for each in PRICES]
        swarm = Swarm(ground, clouds[0])
        true = ground.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 1.5 * LINE, dashed=True)
        chart = shot.chart(
            right, (-0.6, 4.6), (0, 0.34), x_ticks=range(5), x_names={n: f"{p:g}" for n, p in enumerate(PRICES)},
            y_ticks=[0, 0.1, 0.2, 0.3], x_label="price λ, at degree 10", y_label="expected squared error",
        )  # fmt: skip
        full = np.array([bricks_of([10], penalty=price)[0] for price in PRICES])
        states = [
            np.where((np.arange(len(PRICES)) <= shown)[:, None], full, 1e-6 * full)
            for shown in range(len(PRICES))
        ]
        bricks = Bricks(chart, np.arange(len(PRICES)), states[0], COLORS, thick=0.8)
        tops = [
            chart.label(number, sum(row), f"{sum(row):.2f}", UP, UNSEEN, size=ink.AXIS)
            for number, row in enumerate(full)
        ]
        names = [
            ground.label(0.985, 1.6, f"λ = {price:g}", LEFT, HELPS, size=ink.HEADLINE) for price in PRICES
        ]
        names[0].align_to(names[1], RIGHT)

        def step(number: int) -> None:
            self.play(
                glide(swarm.redraw, clouds[number - 1], clouds[number]),
                glide(bricks.redraw, states[number - 1], states[number]),
                FadeOut(names[number - 1]),
                FadeIn(names[number]),
                run_time=pace.SLOW,
            )
            self.play(FadeIn(tops[number]), run_time=pace.QUICK)

        with self.beat("A fair price calms the cloud: much less variance, for a little bias.") as beat:
            self.exchange(swarm, true, chart, bricks, names[0], tops[0], run_time=pace.BRISK)
            step(1)
            step(2)
            beat.rest()
        with self.beat("Too high a price, and the mean leaves the truth: it underfits.") as beat:
            step(3)
            step(4)
            beat.rest()
        plain = curves.parts(curves.best_degree()).total
        level = chart.segment((-0.6, plain), (4.6, plain), UNSEEN, LINE, dashed=True)
        named = chart.label(
            2.0, 0.25, f"degree {curves.best_degree()},\nno price: {plain:.2f}", ORIGIN, UNSEEN, size=ink.AXIS
        )
        with self.beat("Along lambda, too, the sum is a U. It comes close to plain degree five.") as beat:
            for top in tops:
                self.play(words.light(top), run_time=pace.QUICK)
            beat.over("It", Create(level), FadeIn(named), least=pace.CALM)
        with self.beat("So choose the price by validation error.") as beat:
            low = int(full.sum(axis=1).argmin())
            high = float(full[low].sum())
            chosen = chart.polygon(
                [(low - 0.45, 0), (low + 0.45, 0), (low + 0.45, high), (low - 0.45, high)],
                HELPS,
                width=2 * LINE,
            )
            beat.over(Create(chosen), words.light(tops[low], HELPS), least=pace.CALM)
