"""What may be said of such a curve, and the end."""

from __future__ import annotations

import numpy as np
from manim import LEFT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.box import Box
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import prices
from scenes.maths.partial_dependence.diamonds import WIDTH
from scenes.partial_dependence.fan import OPEN, fan_plane
from scenes.partial_dependence.stage import (
    KEPT,
    LEVELS,
    LOCAL,
    MEAN,
    NOWHERE,
    ROWS,
    STONE,
    WEIGHTS,
    PartialDependenceStage,
    bundle_of,
    groups_of,
    maths,
    over,
    told,
)
from scenes.partial_dependence.support import HIGH_MAP, WIDE, band_on


class Verdict(PartialDependenceStage):
    """The model's opinion, and the end."""

    @chapter("It is the model's opinion")
    def models_opinion(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.opinion()
        self.causal()
        self.end()

    def opinion(self) -> None:
        """The mean over its fan and its data."""
        said = self.said
        plane = self.plane = fan_plane()
        bundle = bundle_of(plane, said.fan)
        middle = plane.curve(LEVELS, said.fan.mean(axis=0), MEAN, 2.5 * LINE)
        middle.set_z_index(2)
        share = said.counts / said.counts.max()
        rug = plane.stems(LEVELS, OPEN[0], OPEN[0] + 3.6 * share, KEPT, 12 * LINE)
        with self.beat("What may you say of such a curve? Say: the model's price rises, on average.") as beat:
            self.play(FadeIn(plane, bundle), run_time=pace.BRISK)
            beat.over(glide(middle.reveal, 0.0, 1.0), least=pace.SLOW)
        own = prices.like_the_mean(said)
        near = bundle_of(plane, said.fan[own])
        few = told(plane, 1.05, -3.2, f"within $500 of the mean at VVS1: {100 * own.mean():.0f} %", MEAN)
        with self.beat(
            "Where the fan is wide, say that the mean speaks for few rows: here for 12 percent."
        ) as beat:
            beat.over(words.light(bundle), until="say", least=pace.CALM)
            self.play(FadeOut(bundle), FadeIn(near), run_time=pace.CALM)
            beat.over(FadeIn(few), least=pace.CALM)
        with self.beat("And show how many real rows stand behind each value.") as beat:
            beat.over(
                glide(rug.redraw, (LEVELS, OPEN[0], OPEN[0]), (LEVELS, OPEN[0], OPEN[0] + 3.6 * share)),
                FadeOut(few, near),
                FadeIn(bundle),
                least=pace.SLOW,
            )

    def causal(self) -> None:
        """What a model cannot know."""
        place = shot.SAFE
        names = ("clarity", "price", "what was left out")
        low, top = place.bottom + 0.8, place.top - 0.7
        spots = ((place.left + 1.7, low), (place.right - 1.7, low), (0.0, top))
        boxes = VGroup(
            *(
                Box(words.headline(name, color), color, room=(0.5, 0.4)).move_to((*spot, 0.0))
                for name, spot, color in zip(names, spots, (ROWS, MEAN, KEPT), strict=True)
            )
        )
        bare = shot.bare()
        arrow = bare.vector(boxes[0].get_right()[:2], boxes[1].get_left()[:2], MEAN, 2 * LINE)
        secret = bare.vector(
            np.array([boxes[2].get_bottom()[:2]] * 2),
            np.array([boxes[0].get_top()[:2], boxes[1].get_top()[:2]]), KEPT, 2 * LINE,
        )  # fmt: skip
        term = words.headline("causal effect", MEAN).next_to(arrow, UP, buff=0.2)
        with self.beat(
            "A causal effect is what a real change would do. This is what the model says."
        ) as beat:
            self.exchange(boxes[0], boxes[1], run_time=pace.BRISK)
            self.play(Create(arrow), run_time=pace.CALM)
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(
                "This", self.frame.to(boxes[0], boxes[1], share=0.95), words.light(term), least=pace.CALM
            )
        with self.beat(
            "To read it as causal, you need a right model, and no confounder that was left out."
        ) as beat:
            beat.over(words.light(arrow), words.light(boxes[1]), until="and no", least=pace.CALM)
            self.play(self.frame.back(), FadeIn(boxes[2]), run_time=pace.CALM)
            beat.over(Create(secret), least=pace.CALM)
        with self.beat("So report the curve, its fan, and its data, and call it the model's.") as beat:
            beat.over(words.light(boxes[0]), words.light(arrow), until="and call", least=pace.SLOW)
            beat.over(words.light(boxes[1]), least=pace.CALM)

    def end(self) -> None:
        """One frame with all concepts."""
        said, plane = self.said, fan_plane()
        groups = groups_of(plane, said, said.fan)
        middle = plane.curve(LEVELS, said.fan.mean(axis=0), MEAN, 2.5 * LINE)
        gold = plane.curve(LEVELS, said.fan[self.gold], STONE, 2 * LINE)
        middle.set_z_index(2)
        gold.set_z_index(2)
        rule = maths(
            '"PD"({{ x_S : s }}) = 1/n sum_(i=1)^n hat(f)({{ x_S : s }}, {{ x_C^((i)) : c }})',
            0.8 * ink.POINT,
        )
        tag = over(Tag(rule, 0.9))
        tag.move_to(plane.at(-0.3, OPEN[1] - 0.1), aligned_edge=UP + LEFT)
        low, high = plane.at(np.array([(1.6, -6.3), (4.4, -0.7)]))
        first = shot.Region(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        low, high = plane.at(np.array([(4.75, -6.3), (7.35, -0.7)]))
        second = shot.Region(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        left = inset(first, WIDE, HIGH_MAP)
        band = band_on(left, 0.02)
        stones = prices.quarrel().stones[::6]
        forced = left.dots(
            np.column_stack([np.full(len(stones), 2.0), stones[:, WIDTH]]), NOWHERE, "ring", radius=0.06
        )
        effects = prices.quarrel().effects[0]
        right = inset(second, (0.15, 1.75), (-3.6, 6.0))
        stair = right.curve(effects.edges, effects.values, LOCAL, 1.5 * LINE)
        names = VGroup(
            over(Tag(words.label("extrapolation", NOWHERE, ink.LABEL).move_to(left.at(0.9, 8.2)))),
            over(Tag(words.label("ALE", LOCAL, ink.LABEL).move_to(right.at(0.5, 4.4)))),
        )
        marks = VGroup(
            told(plane, 6.1, 3.9, "PDP", MEAN, ink.AXIS),
            over(Tag(words.label("ICE, centred", WEIGHTS[3], ink.AXIS).move_to(plane.at(4.1, 9.2)))),
            over(Tag(words.label("interaction", WEIGHTS[3], ink.AXIS).move_to(plane.at(5.5, 10.9)))),
        )
        with self.beat("What is clarity worth? To this model, 2.3 thousand dollars on average.") as beat:
            self.exchange(plane, *groups, run_time=pace.BRISK)
            self.play(glide(gold.reveal, 0.0, 1.0), FadeIn(marks[1]), run_time=pace.CALM)
            beat.over(glide(middle.reveal, 0.0, 1.0), FadeIn(marks[0]), least=pace.SLOW)
        with self.beat("But 0.4 to a small stone, and about five to a heavy one.") as beat:
            beat.over(groups[0].animate.summarise(middle=1.0), FadeIn(tag), until="and", least=pace.CALM)
            beat.over(
                groups[2].animate.summarise(middle=1.0),
                groups[3].animate.summarise(middle=1.0),
                FadeIn(marks[2]),
                least=pace.CALM,
            )
        with self.beat("Look at the curves, and at where the stones are.", pause=pace.SLOW) as beat:
            beat.over(FadeIn(left, band), FadeIn(forced), FadeIn(names[0]), until="and at", least=pace.CALM)
            beat.over(FadeIn(right), glide(stair.reveal, 0.0, 1.0), FadeIn(names[1]), least=pace.CALM)


def inset(place: shot.Region, x: tuple[float, float], y: tuple[float, float]) -> Plane:
    """A small plane without numbers."""
    return place.plane(x, y, x_ticks=[], y_ticks=[], numbers=False)
