"""The question; one feature of one stone is forced, then of all stones: a curve, and the mean of curves."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box import Box
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.table import Table
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import hand, prices
from scenes.maths.partial_dependence.diamonds import (
    CARAT,
    CLARITIES,
    CLARITY,
    COLOUR,
    COLOURS,
    CUT,
    CUTS,
    DEPTH,
    HIGH,
    LOW,
)
from scenes.partial_dependence.stage import (
    FORCED,
    KEPT,
    LEVELS,
    MEAN,
    NEAR,
    ROWS,
    STONE,
    PartialDependenceStage,
    bundle_of,
    maths,
    over,
    plate,
    price_plane,
    sizes,
    stones_on,
    told,
)

TOP: Final = 1.75
"""Scene units that a row of the table takes over the picture."""
MADE: Final[dict[str, list[float | str | bool | None]]] = {
    "carat": [0.4, 0.8, 1.3],
    "colour": ["G", "E", "F"],
    "clarity": ["VS1", "SI1", "VS2"],
}
"""Three made-up stones."""
SLOTS: Final = (0.0, 1.0)
"""Where two forced values stand on the axis."""


class Knob(PartialDependenceStage):
    """A curve of one stone, and the mean of three and of three hundred."""

    @chapter("Turn one knob for one stone")
    def turn_one_knob(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = price_plane((0, 19.8))
        stones = stones_on(plane, self.said)
        dots = VGroup(*stones)
        with self.beat(
            "These are diamonds in eight columns, from impure to pure, each at its price."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.LONG)
        line = plane.curve(LEVELS, self.said.raw, NEAR, 2 * LINE)
        count = plate(words.label("means of 20,000 stones", NEAR, ink.POINT), UP + RIGHT)
        ends = VGroup(
            *(
                over(Tag(plane.label(level, self.said.raw[level], f"{self.said.raw[level]:.1f}", UP, NEAR,
                                     size=ink.HEADLINE, gap=0.5)))
                for level in (LOW, HIGH)
            )
        )  # fmt: skip
        with self.beat(
            "Purer diamonds sell for less: from SI2 to VVS1 the mean price falls from 4.9 to 2.4 thousand dollars."
        ) as beat:
            self.play(stones.animate.shade(0.6), run_time=pace.BRISK)
            line.set_z_index(2)
            beat.over(glide(line.reveal, 0.0, 1.0), FadeIn(count), until="mean", least=pace.SLOW)
            self.play(FadeIn(ends[0]), run_time=pace.QUICK)
            beat.over(FadeIn(ends[1]), least=pace.BRISK)
        with self.beat("So what is clarity worth?") as beat:
            beat.over(words.light(line), least=pace.BRISK)
        self.think(2.0)
        with self.beat(
            "Let each dot be as large as its stone: pure stones are small, and small ones are cheap."
        ) as beat:
            self.play(FadeOut(ends, count), stones.animate.shade(1.0), run_time=pace.BRISK)
            beat.over(glide(stones.redraw, {"radius": 0.075}, {"radius": sizes(self.said)}), least=pace.LONG)
        gold = stones[self.gold]
        gold.set_z_index(3)
        ring = stones.ring(self.gold, STONE, 0.34)
        ring.set_z_index(3)
        card = plate(words.label("0.71 carat, VS2", STONE, ink.HEADLINE), UP + RIGHT)
        self.pin(card)
        with self.beat("So compare a stone with itself. Take this one: 0.71 carat, clarity VS2.") as beat:
            beat.over(FadeOut(line), FadeIn(ring, scale=3), until="Take", least=pace.BRISK)
            beat.over(self.frame.to(ring, share=0.16, at=(-2.5, 0.0)), FadeIn(card), least=pace.SLOW)
        self.one_row()

    def one_row(self) -> None:
        """The row of the stone goes through the model with one cell forced."""
        row, curve = self.said.stones[self.gold], self.said.curves[self.gold]
        above, below = shot.SAFE.rows(TOP, shot.SAFE.height - TOP, gap=0.3)
        table = Table(
            {
                "carat": [float(row[CARAT])], "clarity": [CLARITIES[int(row[CLARITY])]],
                "colour": [COLOURS[int(row[COLOUR])]], "cut": [CUTS[int(row[CUT])]],
                "depth": [float(row[DEPTH])],
            },
            width=8.7, size=ink.AXIS,
        )  # fmt: skip
        above.put(table, LEFT)
        model = Box(words.label("boosted\ntrees", size=ink.AXIS), ink.chalk, width=2.9, height=1.3)
        above.put(model, RIGHT)
        bare = shot.bare()
        arrow = bare.vector(
            (float(table.get_right()[0]) + 0.1, float(model.get_y())),
            (float(model.get_left()[0]) - 0.1, float(model.get_y())), ink.chalk,
        )  # fmt: skip
        plane = price_plane((0, 4.4), below, y_ticks=[1, 2, 3, 4])
        own = plane.dots([(row[CLARITY], curve[int(row[CLARITY])])], STONE, radius=0.17)
        with self.beat("Its row goes into a model of the price, and out comes what the model says.") as beat:
            self.exchange(table, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(
                FadeIn(plane),
                FadeIn(arrow, shift=place.NUDGE * RIGHT),
                FadeIn(model),
                until="out",
                least=pace.BRISK,
            )
            beat.over(FadeIn(own, scale=3), least=pace.BRISK)
        term = told(plane, 4.6, 0.75, "forced value", FORCED, ink.HEADLINE)
        with self.beat(
            "A forced value: overwrite the clarity cell, and leave the other features as they are."
        ) as beat:
            beat.over(
                glide(partial(table.light, row=0, column="clarity", color=FORCED), 0.0, 1.0),
                FadeIn(term), until="leave", least=pace.BRISK,
            )  # fmt: skip
            for name in ("carat", "colour", "cut", "depth"):
                self.play(
                    glide(partial(table.light, row=0, column=name, color=KEPT), 0.0, 0.8), run_time=pace.QUICK
                )
        points = plane.dots(np.column_stack([LEVELS, curve]), STONE, radius=0.17)
        grid = told(plane, 0.0, 4.0, "grid: all forced values", FORCED, ink.HEADLINE)
        stems = plane.stems(LEVELS, 0.0, curve, FORCED)
        with self.beat(
            "And one after another, from I1 to IF. The values that we force, one after another, are the grid."
        ) as beat:
            self.play(FadeOut(term, own), run_time=pace.QUICK)
            for level, name in enumerate(CLARITIES):
                self.play(
                    table.change(0, "clarity", name, run_time=pace.BRISK), FadeIn(points[level], scale=2),
                    run_time=pace.BRISK,
                )  # fmt: skip
            beat.over(FadeIn(grid), Create(stems), least=pace.SLOW)
        thread = plane.curve(LEVELS, curve, STONE, 2 * LINE)
        term = told(plane, 0.0, 4.05, "ICE curve:  individual conditional expectation", STONE)
        with self.beat(
            "One row's predictions over the grid: an ICE curve, individual conditional expectation.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(grid), run_time=pace.QUICK)
            beat.over(glide(thread.reveal, 0.0, 1.0), until="individual", least=pace.SLOW)
            beat.over(FadeIn(term), FadeOut(stems), least=pace.BRISK)
        other = Box(words.label("any\nmodel", size=ink.AXIS), ink.chalk, width=2.9, height=1.3).move_to(model)
        agnostic = told(plane, 3.0, 0.75, "model-agnostic", ink.chalk, ink.HEADLINE)
        with self.beat(
            "Only predictions are asked for, so it works with any model: it is model-agnostic."
        ) as beat:
            beat.over(words.light(points), until="any", least=pace.CALM)
            self.play(FadeOut(model), FadeIn(other), run_time=pace.BRISK)
            beat.over(FadeIn(agnostic), least=pace.BRISK)
        fit = told(plane, 1.6, 0.75, f"unseen stones:  $R^2$ = {self.said.fit:.2f}", ink.chalk, ink.HEADLINE)
        with self.beat(
            "But check the model first: a poor one has curves too. This one has R squared 0.98; the mean price, zero."
        ) as beat:
            self.play(FadeOut(agnostic, other), FadeIn(model), run_time=pace.BRISK)
            beat.over(words.light(thread), until="R squared", least=pace.CALM)
            beat.over(FadeIn(fit), least=pace.CALM)

    # --- the mean of the curves

    @chapter("The mean of the curves is the partial dependence", "PDP as an average over forced values")
    def mean_of_the_curves(self) -> None:
        self.untitled()
        self.by_hand()
        self.symbols()
        self.three_hundred()

    def by_hand(self) -> None:
        """Three stones, a column of theirs forced twice."""
        left, right = self.shot(shot.split(titled=False))
        self.table = Table(
            {**MADE, "price": [0.0, 0.0, 0.0]},
            width=left.width,
            row_height=1.0,
            size=ink.LABEL,
            decimals={"price": 0},
        )
        left.put(self.table, UP)
        for row in range(len(hand.LOW)):
            self.table.cell(row, "price").shade(0.0)
        self.small = shot.chart(
            right, (-0.6, 1.6), (0, 15.5), x_names=dict(zip(SLOTS, ("SI2", "VVS1"), strict=True)),
            x_label="forced clarity", y_label="price (1,000 $)", y_ticks=[0, 5, 10, 15],
        )  # fmt: skip
        plane, table = self.small, self.table
        self.threes = VGroup(*(plane.curve(SLOTS, each, ROWS, 1.5 * LINE) for each in hand.forced()))
        self.mean = plane.curve(SLOTS, hand.forced().mean(axis=0), MEAN, 3 * LINE)
        made = words.label("three made-up stones", KEPT, ink.AXIS).next_to(
            table, DOWN, buff=0.35, aligned_edge=LEFT
        )
        with self.beat(
            "A curve speaks for one stone. Take three made-up ones, and force a whole column."
        ) as beat:
            beat.over(FadeIn(table), until="Take", least=pace.BRISK)
            self.play(FadeIn(plane, made), run_time=pace.BRISK)
            beat.over(glide(partial(table.light, column="clarity", color=FORCED), 0.0, 1.0), least=pace.CALM)
        said = (
            ("SI2", hand.LOW, "Force them to SI2. The model says one, three and eight. Their mean is four.",
             ("one", "three and", "eight")),
            ("VVS1", hand.HIGH, "Force them to VVS1: two, five and fourteen. The mean is seven.",
             ("two", "five", "fourteen")),
        )  # fmt: skip
        self.signs, self.spots = VGroup(), VGroup()
        for slot, (name, values, text, asked) in zip(SLOTS, said, strict=True):
            dots = plane.dots([(slot, value) for value in values], ROWS, radius=0.18)
            middle = plane.dots([(slot, values.mean())], MEAN, "diamond", radius=0.24)
            sign = plane.label(
                slot,
                values.mean(),
                f"{values.mean():.0f}",
                RIGHT if slot else LEFT,
                MEAN,
                size=ink.HEADLINE,
                gap=0.4,
            )
            with self.beat(text) as beat:
                self.play(
                    *(table.change(row, "clarity", name, run_time=pace.BRISK) for row in range(len(values))),
                    run_time=pace.BRISK,
                )
                for row, word in enumerate(asked):
                    beat.until(word)
                    entering = [FadeIn(dots[row], scale=2)]
                    self.play(
                        table.change(row, "price", float(values[row]), run_time=pace.QUICK), *entering,
                        run_time=pace.QUICK,
                    )  # fmt: skip
                    if not slot:
                        table.cell(row, "price").shade(1.0)
                beat.over("mean", FadeIn(middle, scale=3), FadeIn(sign), least=pace.BRISK)
            self.signs.add(sign)
            self.spots.add(dots, middle)
        self.made = made

    def symbols(self) -> None:
        """The formula grows out of the table."""
        table = self.table
        name = words.headline("partial\ndependence\nplot, PDP", MEAN, ink.HEADLINE)
        name.next_to(table, DOWN, buff=0.4, aligned_edge=LEFT)
        with self.beat(
            "The mean of the ICE curves is the partial dependence; drawn, a partial dependence plot, PDP.",
        ) as beat:
            self.play(FadeOut(self.made), run_time=pace.QUICK)
            self.play(*(glide(each.reveal, 0.0, 1.0) for each in self.threes), run_time=pace.CALM)
            beat.over(glide(self.mean.reveal, 0.0, 1.0), until="drawn", least=pace.CALM)
            beat.over(FadeIn(name), least=pace.BRISK)
        inner = maths("hat(f)({{ x_S : s }}, {{ x_C^((i)) : c }})", 1.3 * ink.POINT)
        inner.next_to(table, DOWN, buff=0.75)
        forced = words.label("forced", FORCED, ink.AXIS)
        kept = words.label("complement", KEPT, ink.AXIS)
        VGroup(forced, kept).arrange(RIGHT, buff=0.8).next_to(inner, DOWN, buff=0.3)
        with self.beat(
            "x S is forced. x C, the complement, stands for the other features: they keep their real values."
        ) as beat:
            beat.over(FadeOut(name), FadeIn(inner), until="x C", least=pace.BRISK)
            self.play(FadeIn(forced), words.light(inner.part("s"), FORCED), run_time=pace.BRISK)
            for column in ("carat", "colour"):
                self.play(
                    glide(partial(table.light, column=column, color=KEPT), 0.0, 0.9), run_time=pace.BRISK
                )
            beat.over(FadeIn(kept), words.light(inner.part("c")), least=pace.BRISK)
        whole = maths(
            '"PD"({{ x_S : s }}) = 1/n sum_(i=1)^n hat(f)({{ x_S : s }}, {{ x_C^((i)) : c }})',
            0.92 * ink.POINT,
        )
        whole.move_to(inner).align_to(table, LEFT)
        effect = words.label("marginal effect of clarity", MEAN, ink.AXIS).next_to(whole, DOWN, buff=0.25)
        effect.align_to(table, LEFT)
        with self.beat("Add the predictions of all n rows of the data, and divide by n.") as beat:
            beat.over(FadeOut(forced, kept), words.rewrite(inner, whole), until="rows", least=pace.SLOW)
            for row in range(len(hand.LOW)):
                self.play(words.light(table.cell(row, "price").content), run_time=pace.CALM)
            beat.over(words.light(self.spots[-1], run_time=pace.BRISK), least=pace.BRISK)
        with self.beat(
            "Averaging over the other features gives the marginal effect of clarity on the prediction.",
            pause=pace.LONG,
        ) as beat:
            beat.over(words.light(whole.part("c")), until="marginal", least=pace.CALM)
            self.play(FadeIn(effect), run_time=pace.QUICK)
            beat.over(
                words.light(self.mean),
                words.light(self.spots[1]),
                words.light(self.spots[3]),
                least=pace.CALM,
            )

    def three_hundred(self) -> None:
        """The real stones."""
        self.shot(shot.wide())
        plane = price_plane((0, 19.8))
        bundle = bundle_of(plane, self.said.curves)
        gold = plane.curve(LEVELS, self.said.curves[self.gold], STONE, 1.5 * LINE)
        gold.set_z_index(2)
        bundle.reveal(1.0)
        with self.beat(
            "Now the three hundred real stones: a curve for each. That takes one prediction a row and grid value."
        ) as beat:
            self.exchange(plane, bundle, gold, run_time=pace.BRISK)
            beat.over(bundle.animate.reveal(float(len(self.said.curves))), least=pace.LONG)
        mean, rises = self.said.mean, prices.rises()
        rise, raw_rise, _ = rises.mean(axis=0)
        with self.beat(
            "Their mean is the PDP. From SI2 to VVS1 the model's price rises by 2.3 thousand dollars."
        ) as beat:
            beat.over(bundle.animate.summarise(middle=1.0), until="From", least=pace.SLOW)
            marks = plane.dots([(LOW, mean[LOW]), (HIGH, mean[HIGH])], MEAN, "diamond", radius=0.2)
            sign = plate(words.headline(f"PDP  +{rise:.1f}", MEAN), UP + RIGHT)
            spread = plate(
                words.label(f"± {rises[:, 0].std():.1f} in {len(rises)} samples", KEPT, ink.AXIS), UP + RIGHT
            )
            spread.next_to(sign, DOWN, buff=0.05, aligned_edge=RIGHT)
            self.pin(sign, spread)
            self.play(FadeIn(marks, scale=2), run_time=pace.BRISK)
            beat.over(FadeIn(sign, spread), least=pace.SLOW)
        raw = plane.curve(LEVELS, self.said.raw, NEAR, 2 * LINE)
        raw.set_z_index(2)
        fall = plate(words.headline(f"raw means  −{abs(raw_rise):.1f}", NEAR), UP + RIGHT)
        fall.next_to(spread, DOWN, buff=0.05, aligned_edge=RIGHT)
        self.pin(fall)
        low, high = plane.at(np.array([(0.4, -1.6), (7.3, 9.6)]))
        with self.beat(
            "The raw means had fallen by about 2.5. A PDP compares like with like, inside the model."
        ) as beat:
            beat.over(glide(raw.reveal, 0.0, 1.0), until="fallen", least=pace.SLOW)
            self.play(FadeIn(fall), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                least=pace.LONG,
            )
        with self.beat(
            "Read it as an average over these stones. What any one of them does, it hides."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(fall, sign, spread), until="What", least=pace.SLOW)
            for row in (self.gold + 7, self.gold + 60):
                self.play(bundle.animate.light(row), run_time=pace.CALM)
            beat.over(bundle.animate.light(None), least=pace.CALM)
