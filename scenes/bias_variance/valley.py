"""Complexity trades bias for variance; and two more levers."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.cloud import FIFTY
from scenes.bias_variance.stage import (
    FITTED,
    HELPS,
    MEAN,
    MISS,
    NOISY,
    SEEN,
    TALL,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    brick_names,
    brick_plane,
    bricks_of,
    maths,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.bias_variance import curves

COUNTS: Final = (20, 40, 320)
"""Readings of a sample, of which the clouds are drawn."""
DOUBLED: Final = (20, 40, 80, 160, 320)
PRICES: Final = (0.0, 1.0, 100.0)
"""Penalties that are tried at degree 10."""
ALL: Final = np.arange(curves.LAST + 1)
RICH: Final = ALL[:11]
"""Degrees of the surface."""
COLORS: Final = (MISS, FITTED, NOISY)


class Valley(BiasVarianceStage):
    """From the three stacks to the whole axis of complexity."""

    @chapter("Complexity trades one for the other", "model complexity curve", goes_on=True)
    def complexity(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = brick_plane()
        full = bricks_of(ALL)
        some = np.where(np.isin(ALL, curves.DEGREES)[:, None], full, 1e-6 * full)
        bricks = Bricks(plane, ALL, some, COLORS, thick=0.86)
        names = brick_names(plane)
        self.add(plane, bricks, names)
        axis = plane.label(
            11.3, 0.39, "model complexity\n(flexibility, capacity) →", LEFT, ink.chalk, size=ink.POINT
        )
        with self.beat("Three stacks. Let the other degrees rise between them, from zero to twelve.") as beat:
            beat.at("Let", FadeOut(names), run_time=pace.QUICK)
            beat.over(glide(bricks.redraw, some, full), least=pace.LONG)
        with self.beat(
            "To the right grows model complexity, or capacity: how many shapes the model can take."
        ) as beat:
            beat.over("complexity", FadeIn(axis, shift=place.NUDGE * RIGHT), least=pace.CALM)
            beat.rest()
        _, blue, gray = bricks
        bias = plane.label(2.7, 0.27, "bias² falls", RIGHT, MISS, size=ink.POINT)
        variance = plane.label(9.4, 0.205, "variance climbs", LEFT, FITTED, size=ink.POINT)
        traded = words.label("bias-variance tradeoff", ink.chalk, ink.POINT)
        traded.move_to(plane.at(6.3, 0.37))
        with self.beat("Bias falls, variance climbs: the bias-variance tradeoff.") as beat:
            self.play(
                FadeOut(axis),
                *(each.animate.set_opacity(0.25) for each in (blue, gray)),
                FadeIn(bias),
                run_time=pace.BRISK,
            )
            beat.over("variance", blue.animate.set_opacity(1), FadeIn(variance), until="tradeoff")
            beat.over(FadeIn(traded))
        beyond = plane.label(12, 0.42, f"{full[-1].sum():.2f}", UP, UNSEEN)
        with self.beat(
            "Why? A stiff model cannot bend to the truth. A flexible one bends to each dot."
        ) as beat:
            beat.over(words.light(bias), until="flexible", least=pace.SLOW)
            beat.over(words.light(variance), least=pace.SLOW)
        total = plane.curve(ALL, full.sum(axis=1), UNSEEN, 2 * LINE)
        with self.beat("Add the same noise to each, and the sum is a U.") as beat:
            self.play(gray.animate.set_opacity(1), FadeOut(bias, variance, traded), run_time=pace.BRISK)
            beat.over(Create(total), FadeIn(beyond), least=pace.LONG)
        training = np.array([curves.training_error(int(degree)) for degree in ALL])
        fall = plane.curve(ALL, training, SEEN, 2 * LINE)
        seen = plane.label(2.4, 0.30, "training error", RIGHT, SEEN, size=ink.POINT)
        with self.beat("A usual mistake: low training error means overfitting.") as beat:
            self.play(*(each.animate.set_opacity(0.3) for each in bricks), run_time=pace.BRISK)
            beat.over(Create(fall), FadeIn(seen), least=pace.SLOW)
        with self.beat("But it falls with each degree, also where the model truly improves.") as beat:
            beat.over(self.frame.to_region(*span(plane, (-0.7, 5.6), (0.0, 0.36))), least=pace.LONG)
        checked = plane.label(5.6, 0.27, "validation error", RIGHT, UNSEEN, size=ink.POINT)
        found = curves.best_degree()
        lowest = plane.dots([(found, full[found].sum())], HELPS, "ring", radius=0.26)
        with self.beat("So it cannot find the valley. Validation error, on held-out readings, can.") as beat:
            beat.over(self.frame.back(), FadeOut(seen), until="Validation", least=pace.CALM)
            beat.over(FadeIn(checked), least=pace.BRISK)
        best = plane.label(found, 0.165, f"degree {found}", UP, HELPS, size=ink.POINT)
        with self.beat("Choose the complexity where it is lowest: here degree five.") as beat:
            beat.over("lowest", FadeIn(lowest, scale=2), until="five", least=pace.BRISK)
            beat.over(FadeIn(best))

    # --- two levers

    def refits(self, degree: int, count: int, penalty: float = 0.0) -> Floats:
        """(50, 201): fits to fifty samples of so many readings."""
        readings = curves.draw(FIFTY, count).readings
        return np.asarray(readings @ curves.fitter(degree, count, penalty).T)

    @chapter("Two levers beside complexity")
    def two_levers(self) -> None:
        self.untitled()
        sides = shot.EDGES.inset(0.25, 0.35).columns(1, 1)
        self.shot(shot.wide())
        planes = [side.plane((-0.03, 1.03), TALL, x_ticks=[], y_ticks=[], numbers=False) for side in sides]
        bundles, truths, names = [], VGroup(), VGroup()
        for plane, degree in zip(planes, (1, 10), strict=True):
            plane.frame.set_stroke(opacity=0)
            bundles.append(
                Bundle(plane, curves.GRID, self.refits(degree, 20), FITTED, middle_color=MEAN).summarise(
                    1.0, 1.0
                )
            )
            truths.add(plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 1.5 * LINE, dashed=True))
            names.add(plane.label(0.38, 1.45, f"degree {degree}", RIGHT, FITTED, size=ink.POINT))
        counts = [words.headline(f"n = {count}", ink.chalk) for count in COUNTS]
        for each in counts:
            each.move_to(planes[0].at(0.68, 0.85))
        with self.beat("Is complexity the one lever? No. A second is more data.") as beat:
            self.play(FadeIn(*bundles, truths), run_time=pace.QUICK)
            beat.over(FadeIn(names, counts[0]), least=pace.CALM)
        with self.beat(
            "From twenty readings to forty, to three hundred and twenty: the flexible cloud calms."
        ) as beat:
            for old, word in ((0, "forty"), (1, "hundred")):
                beat.until(word)
                self.play(
                    *(
                        glide(
                            bundle.redraw,
                            self.refits(degree, COUNTS[old]),
                            self.refits(degree, COUNTS[old + 1]),
                        )
                        for bundle, degree in zip(bundles, (1, 10), strict=True)
                    ),
                    FadeOut(counts[old]),
                    FadeIn(counts[old + 1]),
                    run_time=pace.SLOW,
                )
            beat.rest()
        with self.beat(
            "The stiff one stays as wrong as before: more data lowers variance, bias hardly moves."
        ) as beat:
            self.play(FadeOut(counts[-1]), run_time=pace.QUICK)
            beat.over(
                self.frame.to(truths[0], bundles[0].middle, share=0.92),
                until="more",
                least=pace.SLOW,
            )
            beat.rest()
        with self.beat("For in a large sample the noise averages out. A wrong shape stays wrong.") as beat:
            beat.over(self.frame.back(), FadeIn(counts[-1]), least=pace.LONG)
        self.price()
        self.richer()

    def price(self) -> None:
        """Ridge at degree 10: the band narrows, then the mean leaves the truth."""
        self.shot(shot.wide())
        plane = reading_plane()
        clouds = [self.refits(10, 20, each) for each in PRICES]
        bundle = Bundle(plane, curves.GRID, clouds[0], FITTED, middle_color=MEAN).summarise(1.0, 1.0)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        rule = maths(
            '"ridge:" #h(0.3em) min #h(0.2em) sum (y - hat(f))^2 + {{ lambda sum c_j^2 : price }}',
            0.95 * ink.POINT,
            {"price": HELPS},
        )
        rule.move_to(plane.at(0.32, 1.5), aligned_edge=LEFT)
        said = [
            words.label(
                f"λ = {price:g}: expected error {curves.parts(10, penalty=price).total:.2f}", HELPS, ink.POINT
            )
            for price in PRICES
        ]
        for each in said:
            each.move_to(plane.at(0.32, 1.02), aligned_edge=LEFT)
        with self.beat(
            "The third lever is regularisation. Ridge puts a price, lambda, on large coefficients."
        ) as beat:
            self.exchange(bundle, true, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("Ridge", words.write(rule), until="coefficients", least=pace.CALM)
            beat.over(FadeIn(said[0]))
        with self.beat("Why coefficients? Wild swings need large ones. A price keeps them small.") as beat:
            beat.over(
                words.light(rule.part("price")),
                self.frame.to_region(*span(plane, (0.47, 1.0), (-1.0, 0.62))),
                least=pace.LONG,
            )
        self.play(self.frame.back(), run_time=pace.BRISK)
        with self.beat("A fair price calms the cloud: much less variance, for a little bias.") as beat:
            beat.over(
                glide(bundle.redraw, clouds[0], clouds[1]), FadeOut(said[0]), FadeIn(said[1]), least=pace.LONG
            )
        with self.beat("Too high a price, and the mean leaves the truth: it underfits.") as beat:
            beat.over(
                glide(bundle.redraw, clouds[1], clouds[2]), FadeOut(said[1]), FadeIn(said[2]), least=pace.LONG
            )

    def richer(self) -> None:
        """The error over degree and number of readings, and its valley."""
        bests = [curves.best_degree(count) for count in DOUBLED]
        plane = Plane(
            (0, RICH[-1]), (0, len(DOUBLED) - 1), 11.5, 7.0,
            x_ticks=[bests[0], bests[-1]], x_names={bests[0]: f"degree {bests[0]}", bests[-1]: f"{bests[-1]}"},
            y_ticks=[0, 2, 4], y_names={row: f"n = {DOUBLED[row]}" for row in (0, 2, 4)}, tick_size=ink.POINT,
        )  # fmt: skip
        heights = np.array([[curves.parts(int(degree), count).total for degree in RICH] for count in DOUBLED])
        shot.SAFE.rows(10, 1)[0].put(plane)
        space = Space(plane, (0.08, 0.42), height=3.6)
        space.carry(plane)
        surface = space.surface(heights, FITTED, fill=0.30, wires=1)
        valley = np.array([(best, row, heights[row, best] + 0.003) for row, best in enumerate(bests)])
        path = space.curve(valley[:1].repeat(2, axis=0), HELPS, 2.5 * LINE)
        space.look(tilt=58 * DEGREES, turn=16 * DEGREES, lift=1.0, zoom=0.7)
        name = words.label("height: expected test error", UNSEEN, ink.POINT)
        shot.SAFE.put(name, UP + RIGHT)
        with self.beat("With more data, the valley lies at a richer model.") as beat:
            self.exchange(plane, surface, path, name, run_time=pace.BRISK)
            beat.over(space.drive(lambda share: path.redraw(along(valley, share))), least=pace.LONG)
        ends = words.label(
            f"best degree: {bests[0]} at n = {DOUBLED[0]}, {bests[-1]} at n = {DOUBLED[-1]}", HELPS, ink.POINT
        )
        shot.SAFE.put(ends, UP + RIGHT)
        with self.beat("Here it moves from degree five to degree seven.") as beat:
            beat.over(FadeOut(name), FadeIn(ends), space.orbit(14 * DEGREES), least=pace.LONG)


def along(points: Floats, share: float) -> Floats:
    """The first ``share`` of the way through ``points`` (n, 3), evenly by number; two points at the least."""
    reach = max(share, 1e-3) * (len(points) - 1)
    last = np.array([np.interp(reach, np.arange(len(points)), column) for column in points.T])
    return np.vstack([points[: int(np.ceil(reach))], last])
