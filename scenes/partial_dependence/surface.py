"""Two features forced at once: a surface, and how far it is from a sum."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import prices
from scenes.maths.partial_dependence.diamonds import CARAT, CLARITIES, HIGH, LOW
from scenes.partial_dependence.stage import (
    FORCED,
    KEPT,
    MEAN,
    ROWS,
    PartialDependenceStage,
    maths,
    over,
    plate,
    scattered,
)

TILT: Final = 64 * DEGREES
TURN: Final = 20 * DEGREES
SMALL: Final = 0.64
"""How near the view is while the formula stands beside the surface."""
TALL: Final = 3.9
"""Scene units of the highest price over the floor."""


class Surfaces(PartialDependenceStage):
    """The partial dependence on two features."""

    @chapter("Two knobs make a surface", "two-way PDP")
    def two_knobs(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lift()
        self.corners()
        self.share()

    def lift(self) -> None:
        """From a map of forced pairs to a surface."""
        self.both = prices.surface()
        low, high = float(prices.SHADES[0]), float(prices.SHADES[-1])
        plane = self.plane = shot.chart(
            shot.SAFE, (0.0, 7.0), (low, high), x_names={LOW: "clarity SI2", HIGH: "clarity VVS1"},
            y_names={prices.LIGHT: "0.4 carat", prices.HEAVY: "1.2 carat"},
        )  # fmt: skip
        space = self.space = Space(plane, (0.0, 17.0), TALL)
        space.carry(plane)
        places = np.stack(np.meshgrid(np.arange(8.0), prices.SHADES), axis=-1).reshape(-1, 2)
        grid = plane.dots(places, FORCED, radius=0.09)
        shown = VGroup(*grid)
        with self.beat(
            "Weight decides who gains. So force two features at once, clarity and weight."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*shown, lag_ratio=pace.LAG), least=pace.LONG)
        heights = self.both.heights.T
        self.skin = space.surface(np.zeros_like(heights), ROWS, 0.32, 1)
        term = plate(words.headline("two-way PDP"), UP + RIGHT)
        with self.beat(
            "For each pair, average the predictions: the partial dependence becomes a surface, a two-way PDP."
        ) as beat:
            self.play(FadeOut(grid), FadeIn(self.skin), run_time=pace.BRISK)
            beat.over(space.turning(tilt=TILT, turn=TURN, zoom=0.72), until="becomes", least=pace.SLOW)
            self.skin.redraw(heights)
            beat.over(space.turning(lift=1.0), FadeIn(term), least=pace.LONG)
        self.term = term

    def corners(self) -> None:
        """Four forced corners, and a flat sheet through three of them."""
        space, said = self.space, self.said.corners
        spots = [
            (level, weight, said[row, column])
            for row, weight in enumerate((prices.LIGHT, prices.HEAVY))
            for column, level in enumerate((LOW, HIGH))
        ]
        dots = space.dots(np.array(spots), MEAN, radius=0.17)
        stems = space.drop(np.array(spots), MEAN)
        signs = [
            over(
                Tag(
                    words.caption(
                        space.at(np.array([spot]))[0], f"{spot[2]:.1f}", side, MEAN, 0.3, ink.HEADLINE
                    )
                )
            )
            for spot, side in zip(spots, (LEFT, UP, LEFT, UP), strict=True)
        ]
        with self.beat("By hand: take four corners, where real stones lie.") as beat:
            self.play(FadeOut(self.term), run_time=pace.QUICK)
            for number in range(3):
                self.play(FadeIn(dots[number], signs[number]), run_time=pace.BRISK)
            beat.over(FadeIn(stems), FadeIn(dots[3]), least=pace.BRISK)
        per_level = (said[0, 1] - said[0, 0]) / (HIGH - LOW)
        per_carat = (said[1, 0] - said[0, 0]) / (prices.HEAVY - prices.LIGHT)
        base = said[0, 0] - per_level * LOW - per_carat * prices.LIGHT
        sheet = space.sheet(base, per_level, per_carat, KEPT, 0.3)
        summed = float(said[0, 1] + said[1, 0] - said[0, 0])
        meets = space.dots(np.array([(HIGH, prices.HEAVY, summed)]), MEAN, radius=0.17)
        sign = over(Tag(words.caption(meets, f"{summed:.1f}", RIGHT, MEAN, 0.3, ink.HEADLINE)))
        with self.beat(
            "If the effects just added up, the fourth corner would be at 5.7, on this sheet through the other three."
        ) as beat:
            beat.over(
                *(words.light(each.text) for each in signs[:3]), until="at",
                least=pace.CALM,
            )  # fmt: skip
            self.play(FadeIn(meets, sign), run_time=pace.QUICK)
            beat.over(FadeIn(sheet), least=pace.SLOW)
        post = space.curve(
            np.array([(HIGH, prices.HEAVY, summed), (HIGH, prices.HEAVY, said[1, 1])]), MEAN, 3 * LINE
        )
        gap = plate(words.headline(f"interaction: {said[1, 1] - summed:.1f}", MEAN), UP + RIGHT)
        with self.beat("The model says 10.8. This gap of 5.1 thousand dollars is the interaction.") as beat:
            self.play(FadeIn(signs[3]), run_time=pace.BRISK)
            self.play(FadeIn(post), run_time=pace.BRISK)
            beat.over(FadeIn(gap), words.light(post), until="is", least=pace.BRISK)
            beat.over(words.light(signs[3].text), words.light(sign.text), least=pace.SLOW)
        self.leave(*signs, sign, gap, post, meets, dots, stems, sheet, run_time=pace.QUICK)

    def share(self) -> None:
        """How much of the surface is no sum."""
        space, made = self.space, self.both
        first, second = (part - made.mean for part in made.alone)
        summed = (made.mean + first[:, None] + second[None, :]).T
        sheet = space.surface(summed, KEPT, 0.3, 1)
        label = plate(words.label("sum of two single curves", KEPT, ink.POINT), UP + LEFT)
        with self.beat("Over the whole map, lay the sum of both single curves beside the surface.") as beat:
            self.play(FadeIn(sheet), FadeIn(label), run_time=pace.BRISK)
            beat.over(space.orbit(7 * DEGREES), least=pace.LONG)
        source = maths(
            'H^2 = (sum {{ ["PD"_12 - "PD"_1 - "PD"_2]^2 : gap }}) / (sum {{ "PD"_12^2 : whole }})',
            0.9 * ink.POINT,
        )
        rule = plate(source, UP + LEFT)
        statistic = over(
            Tag(words.label("Friedman's H statistic, squared\n1: clarity, 2: weight", KEPT, ink.AXIS))
        )
        statistic.next_to(rule, DOWN, buff=0.05, aligned_edge=LEFT)
        with self.beat(
            "Friedman's H statistic, squared, is the share of the surface's variance that the two single curves "
            "cannot explain.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(label), FadeIn(rule, statistic), run_time=pace.BRISK)
            beat.over(
                space.turning(turn=TURN + 2 * DEGREES, zoom=SMALL), words.light(source.part("whole")),
                until="that", least=pace.SLOW,
            )  # fmt: skip
            beat.over(words.light(source.part("gap")), least=pace.SLOW)
        with self.beat(
            "Each PD is measured from its mean, and each gap counts squared, above the sum or below it.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(space.orbit(10 * DEGREES), until="each gap", least=pace.SLOW)
            beat.over(space.orbit(-8 * DEGREES), least=pace.SLOW)
        sign = over(Tag(words.headline(f"= {100 * made.share:.1f} %", MEAN))).next_to(rule, RIGHT, buff=0.1)
        every = 100 * prices.shares()
        spread = over(
            Tag(
                words.label(
                    f"{every.min():.0f} to {every.max():.0f} % in {len(every)} samples", KEPT, ink.AXIS
                )
            )
        )
        spread.next_to(sign, DOWN, buff=0.05)
        with self.beat("Here it is 3.5 percent: small, as weight alone makes most of the surface.") as beat:
            beat.over(FadeIn(sign, spread), until="as", least=pace.BRISK)
            beat.over(space.orbit(8 * DEGREES), least=pace.SLOW)
        stones = scattered(self.said)
        weight = self.said.stones[:, CARAT]
        inside = (weight > prices.SHADES[0]) & (weight < prices.SHADES[-1])
        inside &= (stones[:, 0] > 0) & (stones[:, 0] < len(CLARITIES) - 1)
        real = VGroup(
            *self.plane.dots(
                np.column_stack([stones[:, 0], self.said.stones[:, CARAT]])[inside], ROWS, radius=0.1
            )
        )
        with self.beat("So look at the surface too, and trust it where many real rows lie.") as beat:
            self.play(FadeOut(rule, statistic, sign, spread, sheet), run_time=pace.BRISK)
            self.play(space.turning(lift=0.0, turn=0.5 * TURN, zoom=SMALL), run_time=pace.SLOW)
            self.play(space.turning(tilt=0.0, turn=0.0, zoom=1.0), run_time=pace.SLOW)
            self.play(FadeOut(self.skin), FadeIn(real), run_time=pace.SLOW)
