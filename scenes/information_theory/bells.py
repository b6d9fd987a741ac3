"""Forward and reverse KL: one bell, fitted to two humps in either direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.information_theory.excess import LEAST, data_and_model
from scenes.information_theory.stage import InformationTheoryStage, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar import Bars
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.kit.value import Reading, Value
from scenes.maths.information_theory import bits, fits
from scenes.maths.information_theory.fits import Bell, Direction

XS: Final = np.linspace(-7.2, 7.2, 481)
ENDS: Final = (float(XS[0]), float(XS[-1]))
TALL: Final = 0.66
"""Density at the top of the upper picture."""
COSTS: Final = (-0.45, 1.25)
"""Limits of the lower picture, in bits per unit of x."""
NAME: Final = 46.0
"""Pixels of the capitals of names and formulas."""
LAW: Final = 52.0
"""Pixels of the capitals of the formula between both pictures."""
BINS: Final = (18, 36, 72)
"""Bars of p that become its curve."""
SHOWN: Final = 150
"""Bells of a descent that are drawn."""
FORWARD: Final = '{{ D_"KL" (p ∥ q) : name }} = integral {{ p : weight }} log_2 {{ p / q : ratio }} space d x'
REVERSE: Final = '{{ D_"KL" (q ∥ p) : name }} = integral {{ q : weight }} log_2 {{ q / p : ratio }} space d x'
UPPER: Final = shot.Region(shot.EDGES.left, 0.45, shot.EDGES.right, 3.8)
"""Where the bells stand while formulas are below them."""
BEGIN: Final = Bell(-1.5, 1.6)
"""Where the descent begins: near the left hump, and too narrow for both."""
OTHER: Final = Bell(2.5, 0.7)
"""On the other hump."""
WIDE: Final = Bell(0.0, 2.2)
"""Where the bell goes while it is introduced."""


def binned(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Middles and heights of ``count`` bars of the target between the ends of the picture."""
    edges = np.linspace(*ENDS, count + 1)
    fine = np.linspace(edges[:-1], edges[1:], 41)
    return (edges[:-1] + edges[1:]) / 2, fits.target(fine.ravel()).reshape(fine.shape).mean(axis=0)


class Bells(InformationTheoryStage):
    """Forward and reverse KL: one bell, fitted to two humps in either direction."""

    @chapter("One bell, two answers", goes_on=True)
    def one_bell_two_answers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lay_the_ground()
        self.make_bars_a_curve()
        self.bring_the_bell()
        self.cover_both_humps()
        self.swap_the_two()
        self.settle_on_one_hump()
        self.set_both_side_by_side()

    def lay_the_ground(self) -> None:
        """Two planes over each other, and all that is read of the bell."""
        self.upper = UPPER
        lower = shot.Region(shot.EDGES.left, -3.45, shot.EDGES.right, -1.2)
        whole = shot.Region(shot.EDGES.left, -3.0, shot.EDGES.right, 6.2)
        self.hills = bare_plane(whole, (0.0, TALL))
        self.pit = bare_plane(lower, COSTS)
        self.side = Value(0)  # 0 is forward, 1 is reverse
        self.axis_line = self.hills.segment((ENDS[0], 0), (ENDS[1], 0), ink.faint)
        self.zero = self.pit.segment((ENDS[0], 0), (ENDS[1], 0), ink.faint)
        self.mu, self.sigma = Value(BEGIN.mu), Value(BEGIN.sigma, log=True)
        self.fitted = Reading(Bell, self.mu, self.sigma)
        self.q_area = self.hills.area(XS, 0, 0 * XS, ink.second, 0.25)
        self.q_line = self.hills.curve(XS, 0 * XS, ink.second, width=6.0)
        self.fitted.draws(lambda bell: self.q_area.redraw(XS, 0, bell.density(XS)), self.q_area)
        self.fitted.draws(lambda bell: self.q_line.redraw(XS, bell.density(XS)), self.q_line)

    @property
    def direction(self) -> Direction:
        """Which divergence is shown."""
        return "reverse" if self.side.value else "forward"

    def cost(self) -> VGroup:
        """The integrand under the hills, red above the line and pale below, and its integral as a live number."""
        above = self.pit.area(XS, 0, 0 * XS, ink.error, 0.75)
        below = self.pit.area(XS, 0, 0 * XS, ink.error, 0.3)

        bell_and_side = Reading(lambda bell, _: bell, self.fitted, self.side)

        def redraw(bell: Bell) -> tuple[object, ...]:
            found = fits.cost_at(XS, bell, self.direction)
            return above.redraw(XS, 0, np.maximum(found, 0)), below.redraw(XS, np.minimum(found, 0), 0)

        bell_and_side.draws(redraw, above, below)
        total = words.Readout(
            bell_and_side.of(lambda bell: fits.divergence(bell, self.direction)),
            2,
            "bits",
            color=ink.error,
            size=NAME,
            digits=2,
        )
        total.move_to((shot.SAFE.right, float(self.pit.at(0, 0.8)[1]), 0.0), aligned_edge=RIGHT)
        return VGroup(above, below, total)

    def walk(self, way: Sequence[Bell]) -> Animation:
        """The bell goes the whole ``way``."""

        return drive(lambda share: self.put_bell(way[round(share * (len(way) - 1))]), rate_func=linear)

    def put_bell(self, bell: Bell) -> tuple[Mobject, ...]:
        """The bell becomes ``bell``; returns what shows it."""
        return *self.mu.set(bell.mu), *self.sigma.set(bell.sigma)

    def make_bars_a_curve(self) -> None:
        """The bars of the last chapter, ever narrower."""
        bars: list[Bars] = []
        for count in BINS:
            xs, heights = binned(count)
            thick = (ENDS[1] - ENDS[0]) / count
            bars.append(self.hills.bars(xs, heights, ink.truth, thick=thick, fill=0.8))
        self.p_line = self.hills.curve(XS, fits.target(XS), ink.truth, width=6.0)
        self.p_area = self.hills.area(XS, 0, fits.target(XS), ink.truth, 0.35)
        named = self.hills.label(-5.35, 0.13, "the world, $p$", UP, ink.truth, size=NAME)
        self.p_name = named
        left = data_and_model(bits.entropy(bits.P) + LEAST)
        self.add(left)
        with self.beat(
            "What if no q can be p? Make the bars of p ever narrower: here, a smooth curve with two humps."
        ) as beat:
            self.play(FadeOut(left), FadeIn(self.axis_line), run_time=pace.QUICK)
            beat.over(glide(bars[0].redraw, 0.0, binned(BINS[0])[1]), until="narrower")
            for before, after, word in zip(bars, bars[1:], ("bars", "here"), strict=False):
                start = np.repeat(before_heights(before), 2)
                beat.over(
                    FadeOut(before),
                    glide(after.redraw, start, binned(len(after.xs))[1]),
                    until=word,
                    least=pace.CALM,
                )
            beat.over(
                "smooth",
                FadeOut(bars[-1]),
                FadeIn(self.p_area),
                Create(self.p_line),
                FadeIn(named),
                least=pace.CALM,
            )

    def bring_the_bell(self) -> None:
        """A model that cannot be p, whatever it does."""
        named = self.hills.label(5.35, 0.13, "the model, $q$", UP, ink.second, size=NAME)
        self.q_name = named
        with self.beat(
            "The model q is one bell, with a centre and a width. Which one comes nearest?"
        ) as beat:
            beat.over(FadeIn(self.q_area, self.q_line), FadeIn(named), until="centre")
            beat.over(self.mu.to(WIDE.mu), until="width", least=pace.CALM)
            beat.over(self.sigma.to(WIDE.sigma), until="Which", least=pace.CALM)
            self.play(glide(self.put_bell, WIDE, OTHER), run_time=pace.CALM)
            beat.over(glide(self.put_bell, OTHER, BEGIN))

    def cover_both_humps(self) -> None:
        """Forward: the weight is p."""
        self.formula_strip = shot.Region(shot.SAFE.left, -1.15, shot.SAFE.right, 0.4)
        self.formula = self.formula_strip.put(maths(FORWARD, LAW))
        self.term_place = shot.Region(shot.SAFE.left, -2.6, shot.SAFE.right, -1.4)
        picture = VGroup(self.hills, self.axis_line, self.p_area, self.p_line, self.q_area, self.q_line)
        share = self.upper.height / float(self.hills.box[2][1] - self.hills.box[0][1])
        name_y = 1.4
        with self.beat(
            "With p first, KL is an average under p: the excess counts wherever p has mass."
        ) as beat:
            self.play(
                picture.animate.stretch(share, 1).move_to(self.upper.middle),
                *(name.animate.set_y(name_y) for name in (self.p_name, self.q_name)),
                run_time=pace.CALM,
            )
            beat.over(words.write(self.formula), until="average", least=pace.CALM)
            beat.over(words.light(self.formula.part("weight")), until="excess")
            costs = self.cost()
            self.play(FadeIn(self.zero, costs), run_time=pace.BRISK)
            beat.over(words.light(self.p_name))
        with self.beat("On the right hump p has mass, and q has little. There the cost is highest.") as beat:
            beat.over(
                "right", self.frame.to_region((-3.0, 7.11), (-3.6, 2.1)), until="There", least=pace.SLOW
            )
            beat.over(words.light(costs[0]), until="highest")
            beat.over(self.frame.back(), least=pace.SLOW)
        term = self.term_place.put(words.label("forward KL,\nmode-covering", ink.focus, size=40.0), LEFT)
        with self.beat(
            "Now move q downhill. It stretches until it covers both humps, the modes: forward KL, mode-covering."
        ) as beat:
            beat.over(
                self.walk(fits.even(fits.descend(BEGIN, "forward"), SHOWN)),
                until="forward",
                least=pace.LONG,
            )
            beat.over(words.write(term))
        with self.beat("The best bell has the mean and the standard deviation of p itself.") as beat:
            mean = fits.moments().mu
            centre = self.hills.segment((mean, 0.0), (mean, TALL * 0.55), ink.focus, width=6.0)
            reach = self.hills.segment(
                (mean - fits.moments().sigma, 0.19),
                (mean + fits.moments().sigma, 0.19),
                ink.focus,
                width=6.0,
            )
            beat.over("mean", Create(centre), until="standard")
            beat.over(Create(reach))
            self.marks = VGroup(centre, reach)
        self.costs, self.term = costs, term

    def swap_the_two(self) -> None:
        """Reverse: the weight is q, and a wide bell pays between the humps."""
        swapped = self.formula_strip.put(maths(REVERSE, LAW))
        costs = self.costs
        with self.beat(
            "Now swap the two. The average is under q: the excess counts wherever q has mass."
        ) as beat:
            beat.over(
                words.rewrite(self.formula, swapped),
                FadeOut(self.marks, self.term),
                until="average",
                least=pace.SLOW,
            )
            self.play(FadeOut(costs), run_time=pace.QUICK)
            self.side.set(1)
            beat.over(FadeIn(costs), until="excess")
            beat.over(words.light(swapped.part("weight")))
        with self.beat("Between the humps p is nearly zero, and a wide bell pays heavily for it.") as beat:
            beat.over(words.light(costs[0]), until="wide")
            beat.over(words.light(self.q_line, ink.chalk), words.light(costs[2]))
        self.formula = swapped

    def settle_on_one_hump(self) -> None:
        """From two sides into two humps."""
        term = self.term_place.put(words.label("reverse KL,\nmode-seeking", ink.focus, size=40.0), LEFT)
        wide = Bell(self.mu.value, self.sigma.value)
        left = fits.even(fits.descend(fits.LEFT, "reverse"), SHOWN)
        with self.beat(
            "Start with a narrow bell, left of the middle. It settles on one hump: reverse KL, mode-seeking."
        ) as beat:
            beat.over(
                glide(self.put_bell, wide, left[0]),
                until="It",
                least=pace.SLOW,
            )
            beat.over(self.walk(left), until="reverse", least=pace.LONG)
            beat.over(words.write(term))
        self.term = term

    def set_both_side_by_side(self) -> None:
        """Two panels: the forward fit, and a reverse one."""
        left, right = (Answer(side) for side in (0, 1))
        with self.beat(
            "Maximum likelihood is the forward kind, weighted by the data: one bell covers both, and blurs. "
            "Reverse KL keeps one mode."
        ) as beat:
            self.play(
                FadeOut(
                    self.costs, self.zero, self.term, self.formula, self.p_name, self.q_name,
                    self.p_area, self.p_line, self.q_area, self.q_line, self.axis_line,
                ),
                FadeIn(left.world),
                run_time=pace.BRISK,
            )  # fmt: skip
            beat.over(FadeIn(left.bell), words.write(left.title), until="one", least=pace.CALM)
            beat.over(FadeIn(left.effect), until="Reverse")
            beat.over(FadeIn(right.world, right.bell), words.write(right.title), until="one mode")
            beat.over(FadeIn(right.effect))


class Answer(VGroup):
    """A panel of the two that the chapter ends on: the world, a best bell, and what it does; 0 is forward."""

    def __init__(self, side: int) -> None:
        ground = shot.safe(titled=False).columns(1, 1, gap=0.6)[side]
        region, row, below = ground.rows(4.6, 0.95, 0.9, gap=0.1)
        hills = bare_plane(region, (0.0, TALL))
        bell = (fits.moments(), fits.descend(fits.LEFT, "reverse")[-1])[side]
        self.world = VGroup(
            hills.segment((ENDS[0], 0), (ENDS[1], 0), ink.faint),
            hills.area(XS, 0, fits.target(XS), ink.truth, 0.35),
            hills.curve(XS, fits.target(XS), ink.truth, width=6.0),
        )
        self.bell = VGroup(
            hills.area(XS, 0, bell.density(XS), ink.second, 0.25),
            hills.curve(XS, bell.density(XS), ink.second, width=6.0),
        )
        self.title = row.put(words.label(("forward KL", "reverse KL")[side], ink.focus, size=ink.HEADLINE))
        self.effect = below.put(
            words.label(
                ("mode-covering: blurred", "mode-seeking: one hump")[side], ink.second, size=ink.POINT
            )
        )
        super().__init__(self.world, self.bell, self.title, self.effect)


def both_answers() -> VGroup:
    """What the chapter ends on."""
    return VGroup(Answer(0), Answer(1))


def bare_plane(region: shot.Region, heights: tuple[float, float]) -> Plane:
    """A plane that fills ``region`` and shows nothing itself."""
    plane = Plane(ENDS, heights, region.width, region.height, x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return region.put(plane)


def before_heights(bars: Bars) -> np.ndarray:
    """Heights of the bars that are drawn, in data units."""
    return binned(len(bars.xs))[1]
