"""Curves tied at one end: who differs, from whom, and what their mean hides."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import curves, hand, known
from scenes.maths.partial_dependence.curves import Floats
from scenes.maths.partial_dependence.diamonds import HIGH, LOW
from scenes.partial_dependence.stage import (
    FAN,
    FORCED,
    LEVELS,
    MEAN,
    NAMES,
    ROWS,
    WEIGHTS,
    PartialDependenceStage,
    bundle_of,
    groups_of,
    maths,
    over,
    plate,
    price_plane,
    told,
)

SLOTS: Final = (0.0, 1.0)
"""Where two forced values stand on the axis."""
OPEN: Final = (-6.6, 11.4)
"""Thousand dollars that the fan takes."""
FACTORS: Final = (-0.66, 1.24)
"""Logarithms that the fan of log price takes."""


def fan_plane() -> Plane:
    """Clarity across, what a stone gains or loses up."""
    return price_plane(OPEN, y_label="change since SI2 (1,000 $)", y_ticks=[-5, 0, 5, 10])


def box_of(plane: Plane, x: tuple[float, float], y: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Scene units of a part of the plane, across and up."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


class Fan(PartialDependenceStage):
    """Centred curves, the interaction that opens them, and a mean that hides them."""

    @chapter("Tie the curves at one end", "centred ICE")
    def tie_the_curves(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.tie_three()
        self.tie_all()

    def tie_three(self) -> None:
        """By hand: three lines, each less its own first value."""
        made = hand.forced()
        plane = shot.chart(
            shot.SAFE, (-0.25, 1.6), (-1.4, 15.4), x_names=dict(zip(SLOTS, ("SI2", "VVS1"), strict=True)),
            x_label="forced clarity", y_label="1,000 $", y_ticks=[0, 5, 10, 15],
        )  # fmt: skip
        own = VGroup(*(plane.curve(SLOTS, each, ROWS, 1.6 * LINE) for each in made))
        middle = plane.curve(SLOTS, made.mean(axis=0), MEAN, 3 * LINE)
        ends = VGroup(
            *(plane.label(1.0, value, f"{value:.0f}", RIGHT, ROWS, size=ink.HEADLINE) for value in made[:, 1])
        )
        with self.beat(
            "Curves that start at different heights are hard to compare: heights hide shapes."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            for line in own:
                self.play(glide(line.reveal, 0.0, 1.0), run_time=pace.BRISK)
            beat.over("heights", FadeIn(ends), glide(middle.reveal, 0.0, 1.0), least=pace.CALM)
        tied = curves.centred(made, 0)
        gains = VGroup(
            *(
                plane.label(1.0, value, f"+{value:.0f}", side, ROWS, size=ink.POINT)
                for value, side in zip(tied[:, 1], (RIGHT + DOWN, RIGHT, RIGHT), strict=True)
            )
        )
        mean = plane.label(1.0, tied[:, 1].mean(), f"+{tied[:, 1].mean():.0f} = 7 − 4", RIGHT, MEAN,
                           size=ink.HEADLINE)  # fmt: skip
        with self.beat("By hand: take from each its own value at SI2. One, two and six are left.") as beat:
            self.play(FadeOut(ends), run_time=pace.QUICK)
            beat.over(
                *(
                    glide(line.redraw, (SLOTS, old), (SLOTS, new))
                    for line, old, new in zip(own, made, tied, strict=True)
                ),
                glide(middle.redraw, (SLOTS, made.mean(axis=0)), (SLOTS, tied.mean(axis=0))),
                until="One",
                least=pace.LONG,
            )
            for gain in gains:
                self.play(FadeIn(gain), run_time=pace.QUICK)
        with self.beat("Their mean is three, which is seven minus four: the PDP is still in it.") as beat:
            self.play(FadeOut(gains), run_time=pace.QUICK)
            self.play(FadeIn(mean), run_time=pace.QUICK)
            beat.over(words.light(middle), least=pace.SLOW)

    def tie_all(self) -> None:
        """Three hundred curves slide down to a knot and open."""
        plane = price_plane(FAN, y_label="1,000 $", y_ticks=[-5, 0, 5, 10, 15])
        bundle = bundle_of(plane, self.said.curves).summarise(middle=1.0).light(self.gold)
        term = plate(words.headline("centred ICE", MEAN), UP + RIGHT)
        anchor = over(Tag(plane.label(LOW, -2.6, "anchor", DOWN, FORCED, size=ink.HEADLINE)))
        post = plane.stems([LOW], FAN[0], FAN[1], FORCED)
        with self.beat("Now the real curves. Tie them at one grid point, the anchor: centred ICE.") as beat:
            self.exchange(plane, bundle, run_time=pace.BRISK)
            self.play(Create(post), FadeIn(anchor), run_time=pace.BRISK)
            beat.over(
                bundle.animate.redraw(self.said.fan), until="centred", least=pace.LONG, beyond=pace.SLOW
            )
            beat.over(FadeIn(term), least=pace.BRISK)
        source = maths(
            "hat(f)({{ x_S : s }}, {{ x_C^((i)) : c }}) - hat(f)(x_*, {{ x_C^((i)) : c }})", ink.POINT
        )
        rule = plate(source, UP)
        with self.beat(
            "From each prediction subtract the one at x star, the anchor, of the same row. What is left is the change.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(term), FadeIn(rule), run_time=pace.BRISK)
            beat.over(words.light(bundle.lit), until="anchor", least=pace.CALM)
            beat.over(words.light(post), words.light(anchor.text), least=pace.CALM)
        gains = self.said.fan[:, HIGH]
        middle, top = float(np.median(gains)), float(np.quantile(gains, 0.95))
        marks = plane.dots([(HIGH, middle), (HIGH, top)], MEAN, "diamond", radius=0.2)
        signs = VGroup(
            *(
                over(Tag(plane.label(HIGH, value, text, LEFT, MEAN, size=ink.HEADLINE, gap=0.4)))
                for value, text in ((middle, f"median  +{middle:.1f}"), (top, f"one in 20: +{top:.1f}"))
            )
        )  # fmt: skip
        signs[0].shift(DOWN * float(signs[0].height) * 1.3)
        with self.beat(
            "At VVS1 the middle stone has gained 1.3 thousand dollars; one in twenty, more than 7.7."
        ) as beat:
            self.play(FadeOut(rule, anchor), FadeIn(marks[0], scale=3), run_time=pace.BRISK)
            beat.over(FadeIn(signs[0]), until="one in", least=pace.BRISK)
            self.play(FadeIn(marks[1], scale=3), run_time=pace.QUICK)
            beat.over(
                FadeIn(signs[1]),
                self.frame.to_region(*box_of(plane, (1.4, 7.6), (-4.5, 10.5))),
                least=pace.SLOW,
            )
        share = self.said.counts / self.said.counts.max()
        bars = plane.stems(LEVELS, FAN[0], FAN[0] + 5.2 * share, ROWS, 14 * LINE)
        rare = told(
            plane,
            1.3,
            16.0,
            f"rows: {self.said.counts[LOW]:,.0f} of SI2, {self.said.counts[0]:.0f} of I1",
            ROWS,
        )
        with self.beat("Anchor at a value that has data: at SI2, not among the rare stones of I1.") as beat:
            self.play(FadeOut(signs, marks), self.frame.back(), run_time=pace.CALM)
            beat.over(glide(bars.redraw, (LEVELS, FAN[0], FAN[0]), (LEVELS, FAN[0], FAN[0] + 5.2 * share)),
                      until="rare", least=pace.SLOW)  # fmt: skip
            beat.over(FadeIn(rare), least=pace.BRISK)

    # --- who differs

    @chapter("The fan is an interaction", "ICE curves and who differs")
    def fan_is_an_interaction(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = fan_plane()
        self.who_gains()
        self.additive()
        self.log_scale()

    def who_gains(self) -> None:
        """Curves take the colour of their weight."""
        plane, said = self.plane, self.said
        plain = bundle_of(plane, said.fan)
        groups = self.groups = groups_of(plane, said, said.fan)
        legend = self.legend = VGroup(
            *(words.label(name, color, ink.POINT) for name, color in zip(NAMES, WEIGHTS, strict=True))
        )
        legend.submobjects.reverse()
        legend.arrange(DOWN, aligned_edge=LEFT, buff=0.22)
        legend.move_to(plane.at(-0.2, OPEN[1] - 0.2), aligned_edge=UP + LEFT)  # no curve comes here
        with self.beat(
            "Who gains more? Colour the curves by weight: the heavier the stone, the paler."
        ) as beat:
            self.play(FadeIn(plane, plain), run_time=pace.BRISK)
            self.play(FadeOut(plain), *(FadeIn(each) for each in groups), run_time=pace.CALM)
            for name, bundle, color in zip(legend, reversed(groups), reversed(WEIGHTS), strict=True):
                self.play(FadeIn(name), words.light(bundle, color, run_time=pace.BRISK), run_time=pace.BRISK)
            beat.rest()
        term = told(plane, 1.9, -3.4, "heterogeneous effects", size=ink.HEADLINE)
        with self.beat("The curves differ from row to row: heterogeneous effects of clarity.") as beat:
            beat.over(*(bundle.animate.reach(0.2) for bundle in groups), until="row to", least=pace.CALM)
            self.play(*(bundle.animate.reach(7.0) for bundle in groups), run_time=pace.SLOW)
            beat.over(FadeIn(term), least=pace.BRISK)
        small = over(
            Tag(
                plane.label(
                    HIGH, said.gains[0], f"+{said.gains[0]:.1f}", DOWN, WEIGHTS[0], size=ink.SMALL, gap=0.17
                )
            )
        )
        with self.beat("The light stones gain 0.4 thousand dollars on average.") as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*box_of(plane, (4.9, 7.4), (-2.0, 4.0))), until="thousand",
                least=pace.SLOW,
            )  # fmt: skip
            self.play(groups[0].animate.summarise(middle=1.0), run_time=pace.CALM)
            beat.over(FadeIn(small), least=pace.BRISK)
        heavy = over(Tag(plane.label(4.1, 8.1, "about +5", UP, WEIGHTS[3], size=ink.POINT)))
        with self.beat("Those above one carat gain about five. One mean line speaks for neither.") as beat:
            beat.over(
                self.frame.to_region(*box_of(plane, (2.6, 7.5), (1.2, 10.4))), FadeOut(small), until="about",
                least=pace.SLOW,
            )  # fmt: skip
            self.play(*(bundle.animate.summarise(middle=1.0) for bundle in groups[2:]), run_time=pace.SLOW)
            beat.over(FadeIn(heavy), least=pace.BRISK)
        self.heavy = heavy

    def additive(self) -> None:
        """The word for it, and what a model without it looks like."""
        plane, said, groups = self.plane, self.said, self.groups
        term = told(plane, 3.2, -3.4, "interaction", size=ink.HEADLINE)
        with self.beat(
            "The effect of clarity depends on weight: the two interact. This fan is an interaction."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(self.heavy), until="the two", least=pace.SLOW)
            self.play(groups[1].animate.summarise(middle=1.0), FadeIn(term), run_time=pace.CALM)
            beat.over(
                *(words.light(each.middle, color) for each, color in zip(groups, WEIGHTS, strict=True)),
                least=pace.CALM,
            )
        flat: list[Floats] = [np.tile(said.fan.mean(axis=0), (len(bundle.curves), 1)) for bundle in groups]
        sums = told(plane, 1.5, -3.4, "made-up additive model", size=ink.HEADLINE)
        with self.beat(
            "An additive model is a sum of functions of one feature each: its centred curves coincide."
        ) as beat:
            self.play(
                FadeOut(term), *(each.animate.summarise(middle=0.0) for each in groups), run_time=pace.BRISK
            )
            beat.over(FadeIn(sums), until="sum", least=pace.BRISK)
            beat.over(
                *(bundle.animate.redraw(each) for bundle, each in zip(groups, flat, strict=True)),
                until="coincide", least=pace.LONG,
            )  # fmt: skip
            beat.over(*(bundle.animate.summarise(middle=1.0) for bundle in groups), least=pace.BRISK)
        with self.beat("But heavy stones cost more. Do they gain more than their share?") as beat:
            self.play(
                FadeOut(sums), *(each.animate.summarise(middle=0.0) for each in groups), run_time=pace.BRISK
            )
            beat.over(
                *(
                    bundle.animate.redraw(said.fan[said.groups == number])
                    for number, bundle in enumerate(groups)
                ),
                least=pace.LONG,
            )

    def log_scale(self) -> None:
        """A model of log price: the fan nearly closes."""
        said = self.said
        factors = (0.6, 1, 1.5, 2, 3)
        plane = price_plane(
            FACTORS, y_label="price, times that at SI2",
            y_names={float(np.log(factor)): f"× {factor:g}" for factor in factors},
            y_ticks=[float(np.log(factor)) for factor in factors],
        )  # fmt: skip
        logs = groups_of(plane, said, said.log_fan)
        for bundle in logs:
            bundle.reach(0.01)
        term = told(plane, 2.2, -0.38, "log price", size=ink.HEADLINE)
        legend = self.legend.copy()
        legend.move_to(plane.at(-0.2, FACTORS[1] - 0.05), aligned_edge=UP + LEFT)
        with self.beat(
            "Now a second model, which learned the log of the price. On this scale, light and heavy stones mix."
        ) as beat:
            self.exchange(plane, legend, *logs, run_time=pace.BRISK)
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(*(bundle.animate.reach(7.0) for bundle in logs), least=pace.LONG)
        sign = told(plane, 2.2, -0.38, "+50 % … +100 %", size=ink.HEADLINE)
        with self.beat(
            "From SI2 to VVS1, the price of each group of weight rises by more than 50 and less than 100 percent."
        ) as beat:
            beat.over(
                FadeOut(term), *(bundle.animate.summarise(middle=1.0) for bundle in logs), until="rises",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(sign), least=pace.BRISK)
        with self.beat(
            "So an interaction belongs to a scale. Where the fan is wide, do not report the mean alone."
        ) as beat:
            beat.over(
                *(bundle.animate.reach(1.0) for bundle in logs), FadeOut(sign), until="Where", least=pace.SLOW
            )
            beat.over(*(bundle.animate.reach(7.0) for bundle in logs), least=pace.SLOW)

    # --- what a mean hides

    @chapter("A flat mean can hide an X")
    def flat_mean(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = shot.chart(
            shot.SAFE, (-1.04, 1.04), (-6.9, 7.7), x_ticks=[-1, 0, 1], y_ticks=[-5, 0, 5],
            x_label="forced value of x₂", y_label="prediction",
        )  # fmt: skip
        case = known.crossing()
        chosen = np.linspace(0, known.ROWS - 1, known.SHOWN).round().astype(int)
        bundle = Bundle(plane, known.ENDS, case.curves[chosen], ROWS, middle_color=MEAN)
        bundle.reveal(0.0)
        flat = plane.curve(known.ENDS, case.mean, MEAN, 3 * LINE)
        flat.set_z_index(2)
        name = told(plane, -0.95, 6.2, "PDP of made-up data", MEAN, ink.HEADLINE)
        with self.beat(
            "Boosted trees learned from made-up data, and this is their partial dependence on x two."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(glide(flat.reveal, 0.0, 1.0), until="this", least=pace.SLOW)
            beat.over(FadeIn(name), words.light(flat), least=pace.BRISK)
        with self.beat("From one end to the other, it is nearly flat. So x two has no effect?") as beat:
            beat.over(words.light(flat), until="So", least=pace.CALM)
            beat.over(words.light(name.text), least=pace.BRISK)
        self.think(3.0)
        ends = (-1.0, 1.0)
        pair = VGroup(*(plane.curve(ends, each, ROWS, 2 * LINE) for each in hand.CROSS))
        middle = plane.curve(ends, hand.CROSS.mean(axis=0), MEAN, 3 * LINE)
        gain = float(hand.CROSS[0, 1] - hand.CROSS[0, 0])
        signs = VGroup(
            plane.label(0.75, 3.2, f"+{gain:.0f}", UP, ROWS, size=ink.HEADLINE),
            plane.label(0.75, -3.2, f"−{gain:.0f}", DOWN, ROWS, size=ink.HEADLINE),
        )
        with self.beat(
            "By hand: one row gains eight, another one loses eight. Their mean gains zero."
        ) as beat:
            self.play(FadeOut(flat, name), run_time=pace.QUICK)
            self.play(glide(pair[0].reveal, 0.0, 1.0), FadeIn(signs[0]), run_time=pace.CALM)
            beat.over(
                "another", glide(pair[1].reveal, 0.0, 1.0), FadeIn(signs[1]), until="Their", least=pace.CALM
            )
            beat.over(glide(middle.reveal, 0.0, 1.0), least=pace.CALM)
        up, down = case.rises[case.above].mean(), case.rises[~case.above].mean()
        halves = [
            over(Tag(plane.label(0.0, 4.9, f"half: +{up:.1f}", ORIGIN, ROWS, size=ink.HEADLINE))),
            over(Tag(plane.label(0.0, -3.7, f"half: −{abs(down):.1f}", ORIGIN, ROWS, size=ink.HEADLINE))),
        ]
        with self.beat(
            "So it is here: half of the curves rise, by 8.6 on average; the others fall, by 8.4."
        ) as beat:
            self.play(FadeOut(pair, middle, signs), FadeIn(flat), run_time=pace.BRISK)
            beat.over(bundle.animate.reveal(float(known.SHOWN)), until="8.6", least=pace.LONG)
            self.play(FadeIn(halves[0]), run_time=pace.QUICK)
            beat.over("fall", FadeIn(halves[1]), least=pace.QUICK)
        with self.beat(
            "Opposite effects cancel in the mean, and a flat line is left. So draw the ICE curves under each PDP."
        ) as beat:
            beat.over(
                self.frame.to_region(*box_of(plane, (-0.75, 0.75), (-5.4, 5.6))), until="So", least=pace.SLOW
            )
            beat.over(self.frame.back(), least=pace.SLOW)
        source = maths("y = 0.2 x_1 - 5 x_2 + 10 x_2 thin [x_3 >= 0] + epsilon", ink.POINT)
        rule = plate(source, UP)
        with self.beat(
            "Then look for the feature that parts them. Here y falls along x two, and where x three is positive, "
            "it rises instead.",
            pause=pace.CALM,
        ) as beat:
            beat.over(*(words.light(each.text) for each in halves), until="Here", least=pace.CALM)
            self.play(FadeIn(rule), run_time=pace.BRISK)
            beat.over(words.light(source), least=pace.CALM)
