"""Powers and products of columns: a flat cut that is a curve."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.feature_engineering.stage import (
    BIG,
    FIT,
    LEAK,
    SOUND,
    FeatureEngineeringStage,
    maths,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.heat_map import HeatMap
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import Region
from scenes.kit.solid import SolidDots
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.feature_engineering import bends
from scenes.maths.feature_engineering.bends import Ints

REACH: Final = (-1.35, 1.35)
KINDS: Final = (ink.third, ink.fourth)
FAR: Final = (-4.2, 3.4)


class Lifting(FeatureEngineeringStage):
    """Polynomial and interaction features."""

    @chapter("Bend the columns, the model stays straight", "polynomial and interaction features")
    def bend_the_columns(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lift_the_ring()
        self.multiply_two()
        self.count_the_columns()

    def lift_the_ring(self) -> None:
        """Ring and core, parted by a flat plane once they are lifted."""
        points, label = bends.rings()
        safe = shot.safe(titled=False)
        plane = safe.plane(REACH, REACH, x_ticks=[], y_ticks=[], equal=True)
        plane.frame.set_stroke(opacity=0)
        space = Space(plane, (0.0, 1.6), height=3.6)
        floor = space.floor(6)
        solid = np.column_stack([points, np.zeros(len(points))])
        high = np.column_stack([points, (points**2).sum(axis=1)])
        ring = space.dots(solid[label == 0], KINDS[0], radius=0.11)
        core = space.dots(solid[label == 1], KINDS[1], "square", radius=0.11)
        line = plane.line((1.0, 0.0), 0.0, color=LEAK, width=2 * LINE)

        def sweep(share: float) -> object:
            turn = 2.2 * np.pi * share
            return line.redraw((np.cos(turn), np.sin(turn)), 0.25 * np.sin(3 * turn))

        straight, bent = bends.ring_scores().mean(axis=0)
        tell = Tag(words.headline(f"line:\n{percent(straight)}", LEAK))
        tell.move_to(site(safe.left, safe.top), aligned_edge=LEFT + UP)
        guess = Tag(words.label("held out,\nmean of 20;\nguessing 50 %", ink.quiet))
        guess.move_to(site(safe.left, safe.bottom), aligned_edge=LEFT + DOWN)
        with self.beat(
            "Some patterns no straight line can part, such as a small ring inside a large one."
        ) as beat:
            self.play(FadeIn(floor, ring, core), run_time=pace.QUICK)
            self.play(FadeIn(guess), run_time=pace.QUICK)
            beat.over(drive(sweep, line, rate_func=linear), least=pace.LONG)
            self.play(FadeIn(tell), run_time=pace.BRISK)
        after = maths(
            "x_1, x_2, {{ x_1^2, x_2^2 : squares }}, {{ x_1 x_2 : product }}",
            2.4 * ink.POINT,
            {"squares": FIT, "product": SOUND},
        )
        one, two = bends.HAND
        hand = words.headline(f"{one:g},  {two:g}", ink.chalk, size=1.6 * ink.HEADLINE)
        squares = f"{one:g},  {two:g},  [{one**2:g},  {two**2:g}:focus],  [{one * two:g}:truth]"
        numbers = words.headline(squares, ink.chalk, size=1.6 * ink.HEADLINE)
        VGroup(after, numbers).arrange(DOWN, buff=0.9).move_to(safe.middle)
        hand.move_to(numbers)
        with self.beat(
            "So bend the columns. Polynomial features are powers and products: "
            "two and three also give their squares, four and nine, and their product, six."
        ) as beat:
            self.exchange(hand)
            self.shot(shot.formula(titled=False))
            term = words.headline("polynomial features", FIT, size=1.2 * ink.HEADLINE)
            term.move_to(site(0, safe.top - 0.6))
            beat.over("powers", FadeIn(after, term), until="two", least=pace.BRISK)
            beat.at("squares", FadeOut(hand), FadeIn(numbers))
            beat.at("four", words.light(numbers.part(f"{one**2:g},  {two**2:g}"), ink.chalk))
            beat.at("six", words.light(after.part("product"), ink.chalk))
        level, _ = bends.lifted_plane()
        sheet = space.sheet(level, color=SOUND, fill=0.25)
        with self.beat(
            "Let the sum of the squares be a height. The inner ring stays low, the outer one rises, "
            "and a flat plane parts them."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(floor, ring, core)
            beat.over(
                space.turning(tilt=68 * DEGREES, turn=25 * DEGREES, lift=1.0, zoom=1.05),
                until="The inner",
                least=pace.SLOW,
            )
            beat.over(
                space.drive(partial(rise, ring, core, solid, high, label)),
                until="a flat",
                least=pace.SLOW,
            )
            self.play(FadeIn(sheet), run_time=pace.QUICK)
            beat.over(space.orbit(50 * DEGREES), least=pace.LONG)
        told = Tag(words.headline(f"plane:\n{100 * bent:.1f} %", SOUND))
        told.move_to(site(safe.left, safe.top), aligned_edge=LEFT + UP)
        turn = np.linspace(0, 2 * np.pi, 90)
        radius = np.sqrt(level)
        cut = space.curve(
            np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.full(90, level)]),
            SOUND,
            2 * LINE,
        )
        with self.beat("The model is still linear. Seen from above, its cut is a circle.") as beat:
            self.play(FadeIn(told, guess, cut), run_time=pace.QUICK)
            beat.over(space.turning(tilt=0.0, turn=0.0, zoom=1.0), least=pace.LONG)

    def multiply_two(self) -> None:
        """Four quadrants, whose label is the sign of a product."""
        points, label = bends.quadrants()
        safe = shot.safe(titled=False)
        plane = shot.chart(
            safe, FAR, FAR, x_ticks=(0,), y_ticks=(0,), x_label="first column", y_label="second column"
        )
        mesh = plane.mesh()
        values = bends.quadrant_lean(mesh)
        field = plane.field(0 * values, (KINDS[0], KINDS[1]), 1.0, 0.35)
        dots = plane.classes(points, label, 0.1, KINDS, ("disc", "square"))
        without, product, guess = bends.quadrant_scores().mean(axis=0)
        corner = plane.box[2] + way(LEFT + DOWN, 0.2)
        before = Tag(words.headline(f"two columns: {percent(without)}", LEAK, size=BIG)).move_to(
            corner, aligned_edge=RIGHT + UP
        )
        after = Tag(words.headline(f"and their product: {percent(product)}", SOUND, size=BIG), 1.0).move_to(
            corner, aligned_edge=RIGHT + UP
        )
        base = Tag(words.label(f"guessing {percent(guess)}", ink.quiet))
        base.move_to(site(safe.right, safe.bottom), aligned_edge=RIGHT + DOWN)
        signs = [
            Tag(words.headline("+" if right * up > 0 else "−", ink.chalk, size=1.6 * ink.HEADLINE)).move_to(
                plane.at(2.2 * right, -1.7 if up < 0 else 1.5)
            )
            for up in (1, -1)
            for right in (-1, 1)
        ]
        with self.beat(
            "A product alone can be the key. Here the effect of one column depends on the other: an interaction."
        ) as beat:
            self.exchange(plane, field, dots)
            beat.over(
                LaggedStart(*(FadeIn(sign, scale=1.5) for sign in signs), lag_ratio=pace.LAG), until="Here"
            )
            beat.at("depends", FadeIn(before, base))
            term = Tag(words.headline("interaction", FIT)).move_to(
                plane.box[3] + way(RIGHT, 0.3) + way(DOWN, 0.2), aligned_edge=LEFT + UP
            )
            beat.at("interaction", FadeIn(term))
        with self.beat("With the product as a column, the linear model sees the four corners.") as beat:
            self.play(FadeOut(before), run_time=pace.QUICK)
            beat.over(glide(field.redraw, (0 * values,), (values,)), until="sees", least=pace.CALM)
            self.play(FadeIn(after), run_time=pace.BRISK)

    def count_the_columns(self) -> None:
        """Ten columns become 65, and some fit by chance."""
        shades = bends.diabetes_shades()
        few = bends.measures()
        many = bends.count(few)
        safe, edges = shot.safe(titled=False), shot.EDGES
        wall = HeatMap(shades, Region(edges.left, safe.bottom, edges.right, safe.top))
        few_first = np.where(np.arange(many) < few, 1.0, 0.0)[None, :]
        wall.redraw(strength=few_first).dyes([LEAK] * len(shades))
        plain, all_, ridge = bends.diabetes_scores().mean(axis=0)
        count = Tag(words.headline(f"{few} columns", ink.chalk, size=1.6 * ink.HEADLINE), 1.0).move_to(
            wall.area.middle + way(UP, 1.3)
        )
        more = Tag(words.headline(f"{many} columns", LEAK, size=1.6 * ink.HEADLINE), 1.0).move_to(count)
        fall = Tag(
            words.headline(f"held-out R²  {plain:.2f} → {all_:.2f}", LEAK, size=1.3 * ink.HEADLINE), 1.0
        )
        mended = Tag(words.headline(f"with a penalty {ridge:.2f}", SOUND, size=1.3 * ink.HEADLINE), 1.0)
        fall.move_to(wall.area.middle + way(DOWN, 0.2))
        mended.next_to(fall, DOWN, buff=0.25)
        with self.beat(
            "But ten measures of diabetes patients become sixty-five: a wall again, "
            "of which some columns match by chance."
        ) as beat:
            self.exchange(wall, count)
            beat.over(
                "become",
                drive(partial(spread, wall, few), wall),
                until="of which",
                least=pace.LONG,
            )
            self.play(FadeOut(count), FadeIn(more), run_time=pace.QUICK)
            few_lucky = np.broadcast_to(0.9 * bends.lucky(), shades.shape)
            beat.over(
                glide(wall.redraw, {"dye": np.zeros(shades.shape)}, {"dye": few_lucky}), least=pace.CALM
            )
        with self.beat(
            "Held-out R squared falls from 0.47 to 0.38. So add few, for a reason, and with a penalty."
        ) as beat:
            beat.at("falls", FadeIn(fall))
            beat.over("add", glide(wall.redraw, {"strength": 1.0}, {"strength": 0.4}), until="and with")
            self.play(FadeIn(mended), run_time=pace.BRISK)


def rise(
    ring: SolidDots, core: SolidDots, low: Floats, high: Floats, label: Ints, share: float
) -> list[SolidDots]:
    """Both rings between the heights ``low`` (n, 3) and ``high`` (n, 3)."""
    now = blend(low, high, share)
    return [ring.redraw(now[label == 0]), core.redraw(now[label == 1])]


def spread(wall: HeatMap, few: int, share: float) -> HeatMap:
    """Beside the first ``few`` columns of the wall the others appear, from the left, by a ``share``."""
    many = wall.values.shape[1]
    there = np.clip(blend(few, 1.1 * many, share) - np.arange(many), 0, 1)
    return wall.redraw(strength=there[None, :])
