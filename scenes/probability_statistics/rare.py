"""Many rare chances: the Poisson, what it fits and what it does not."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Polygon, Segments
from scenes.kit.noun import HAIR
from scenes.kit.plane import Plane
from scenes.maths.probability_statistics import processes, visits
from scenes.probability_statistics import counts
from scenes.probability_statistics.pile import Pile
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    SPREAD,
    WRONG,
    ProbabilityStatisticsStage,
    chart,
    maths,
)

NAME: Final = 46.0
"""Pixels of the capitals of names in the picture."""
RAINING: Final = 2 * pace.LONG
"""Seconds at least in which many drops fall."""
STRIPS: Final = 5
"""Years that are drawn as strips."""
SEED: Final = 11
"""Of the years that are drawn: none has two events in a tenth of it."""
MOST: Final = 12
"""Visits up to which the misfit is looked at."""
BARS: Final = 4.2
"""Where the bars of mean and variance begin, in visits."""
SCALE: Final = 0.2
"""Length of a bar, in visits, for each visit (or square visit) that it stands for."""
HIGH: Final = (0.315, 0.27)
"""Heights of these bars, in shares."""
_HALF: Final = 0.36
"""Half the height of a strip, in strips."""


def rate() -> float:
    """Deaths a year of a corps: the mean of the horse kicks."""
    return visits.summary(processes.kicks()).mean


class Rare(ProbabilityStatisticsStage):
    """Events in an interval of many small chances."""

    @chapter("Many rare chances: the Poisson", "the Poisson and the process that makes it", goes_on=True)
    def many_rare_chances(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.cut_ever_finer()
        self.formula_of_events()
        self.horses()
        self.doctors()

    def cut_ever_finer(self) -> None:
        """Years as strips of cells: ten, a hundred, a thousand, at one mean."""
        frame = shot.safe(titled=False)
        upper = shot.Region(frame.left, frame.bottom + 1.5, frame.right - 1.6, frame.top)
        self.strips = upper.plane((0, 1), (-0.5, STRIPS - 0.5), x_ticks=[], y_ticks=[], numbers=False)
        plane = self.strips
        plane.frame.set_opacity(0)
        rims = VGroup(
            *(
                plane.polygon(
                    [(0, y - _HALF), (1, y - _HALF), (1, y + _HALF), (0, y + _HALF)], ink.quiet, width=2
                )
                for y in range(STRIPS)
            )
        )
        events = processes.years(STRIPS, rate(), seed=SEED)
        # Each event stands in the middle of its cell, of ten at first and then of a hundred.
        where = [
            np.array(
                [((np.floor(at * count) + 0.5) / count, y) for y, row in enumerate(events) for at in row]
            )
            for count in processes.CELLS[:2]
        ]
        hits = plane.dots(where[0], DATA, radius=0.2)
        tallies = VGroup(
            *(
                plane.label(1.0, y, f"{len(row)}", RIGHT, DATA, gap=0.6, size=ink.HEADLINE)
                for y, row in enumerate(events)
            )
        )
        cells = [self.fences(plane, count) for count in processes.CELLS[:2]]
        foot = shot.Region(frame.left, frame.bottom, frame.right, frame.bottom + 1.0)
        before = counts.as_it_ends()
        self.add(before)
        with self.beat(
            "Now let trials be many and successes rare. Each strip is a year, cut into ten cells."
        ) as beat:
            self.play(FadeOut(before), run_time=pace.QUICK)
            beat.over(Create(rims, lag_ratio=pace.LAG), until="cut", least=pace.SLOW)
            beat.over(Create(cells[0]), least=pace.SLOW)
        with self.beat(
            "In each cell an event may happen, with a small chance. Count the events of each year."
        ) as beat:
            beat.over("event", FadeIn(hits, scale=1.5, lag_ratio=pace.LAG), until="Count", least=pace.SLOW)
            self.play(FadeIn(tallies, lag_ratio=pace.LAG), run_time=pace.SLOW)
        name = words.label(f"$n p =$ [$lambda = {rate():.2f}$:fourth]", size=1.2 * ink.POINT)
        foot.put(name, LEFT)
        self.allow(name, "caption", "it passes there as the frame comes back")
        with self.beat("Keep the mean, n p, at a rate lambda, and cut ever finer.") as beat:
            beat.at("mean", FadeIn(name))
            (x, y, _), half = plane.at(*where[1][0]), np.array([2.6, 1.4])
            beat.over(
                "finer",
                FadeOut(cells[0]),
                FadeIn(cells[1]),
                glide(hits.redraw, where[0], where[1], hits),
                self.frame.to_region((x - 0.4 * half[0], x + 1.6 * half[0]), (y - half[1], y + half[1])),
                least=pace.SLOW,
            )
            self.play(self.frame.back(), run_time=pace.CALM)
        self.clear_stage()
        self.settle()

    def settle(self) -> None:
        """The chances of few events, with ten cells, a hundred, and a thousand."""
        frame = shot.safe(titled=False)
        plane = chart(frame, (-0.6, 4.6), (0, 0.62), x_label="events in a year", x_ticks=range(5))
        heights = [processes.binomial(count, rate() / count)[:5] for count in processes.CELLS]
        bars = plane.bars(np.arange(5), heights[0], MODEL, thick=0.9)
        rows = [
            words.label(f"{count:,} cells: P(0) = {share[0]:.3f}", MODEL, 60.0)
            for count, share in zip(processes.CELLS, heights, strict=True)
        ]
        VGroup(*rows).arrange(DOWN, buff=0.4, aligned_edge=RIGHT)
        frame.put(VGroup(*rows), UP + RIGHT)
        with self.beat("Finer, and finer still: the probabilities settle.") as beat:
            self.play(FadeIn(plane, bars, rows[0]), run_time=pace.BRISK)
            for number, until in ((1, "still"), (2, "settle")):
                beat.over(
                    glide(bars.redraw, heights[number - 1], heights[number], bars),
                    FadeIn(rows[number], shift=place.NUDGE * UP),
                    until=until,
                )
            beat.over(words.light(rows[2], ink.chalk))
        self.leave(plane, bars, *rows)

    def fences(self, plane: Plane, count: int) -> Segments:
        """The walls between the cells of all strips."""
        at = np.arange(1, count) / count
        spots = np.array([(x, y) for y in range(STRIPS) for x in at])
        step = np.array([0.0, _HALF])
        # Under the events, whenever it comes.
        drawn = Segments(plane, ink.faint, {10: 4.0}.get(count, HAIR)).redraw(spots - step, spots + step)
        return drawn.set_z_index(-1)

    def formula_of_events(self) -> None:
        """The formula of the limit, out of the binomial's."""
        upper, middle, lower = shot.safe(titled=False).rows(1, 1, 1.15, gap=0.2)
        self.shot(shot.formula(titled=False))
        given = maths(
            "P(X = k) = {{ binom(n, k) p^k : ways }} thin {{ (1 - p)^(n - k) : rest }}", 1.7 * ink.POINT
        )
        upper.put(given)
        many = maths(
            "binom(n, k) p^k approx frac(n^k, k!) (lambda / n)^k",
            1.45 * ink.POINT,
        )
        left = maths("= {{ lambda^k / k! : ways }}", 1.45 * ink.POINT)
        none = maths("(1 - p)^(n - k) approx (1 - lambda / n)^n", 1.45 * ink.POINT)
        last = maths("arrow {{ e^(-lambda) : rest }}", 1.45 * ink.POINT)
        middle.put(VGroup(many, left).arrange(RIGHT, buff=0.25))
        lower.put(VGroup(none, last).arrange(RIGHT, buff=0.25))
        rule = maths("P(X = k) = {{ lambda^k / k! : ways }} thin {{ e^(-lambda) : rest }}", 2.1 * ink.POINT)
        middle.put(rule)
        with self.beat(
            "The formula comes from the binomial's. For large n, n choose k is nearly n to the k over k factorial.",
            pause=pace.BRISK,
        ) as beat:
            self.play(words.write(given), run_time=pace.CALM)
            beat.over("n choose", words.light(given.part("ways")), until="nearly")
            beat.over(words.write(many))
        with self.beat("With p as lambda over n, n to the k cancels.", pause=pace.BRISK) as beat:
            beat.over(FadeIn(left), until="cancels")
            beat.over(words.light(left.part("ways")))
        with self.beat(
            "The rest is nearly n factors of one minus lambda over n. "
            "As n grows, they go to e to the minus lambda: the probability of no event."
        ) as beat:
            beat.over(words.light(given.part("rest")), until="one minus")
            beat.over(words.write(none), until="e to")
            beat.over(FadeIn(last), until="the probability")
            beat.over(words.light(last.part("rest")))
        term = words.headline("Poisson distribution", MODEL)
        both = words.label(
            "$E[X] =$ [$lambda$:fourth], $quad$ [$sigma^2$:third] $= n p thin (1 - p) arrow$ [$lambda$:fourth]",
            size=1.2 * ink.POINT,
        )
        with self.beat(
            "That limit is the Poisson distribution: independent events, of many chances, each small."
        ) as beat:
            self.play(FadeOut(many, left, none, last), words.rewrite(given, rule), run_time=pace.SLOW)
            upper.put(term)
            lower.put(both)
            beat.over(FadeIn(term), words.light(rule))
        with self.beat("Only the rate lambda is left. It is the mean, and the variance too.") as beat:
            beat.over("lambda", words.light(rule.part("lambda")), until="mean")
            beat.over(words.write(both))
        self.clear_stage()

    def horses(self) -> None:
        """Two hundred years of horse kicks, and the outline of the model."""
        self.shot(shot.wide())
        frame = shot.safe(titled=False)
        kicks = processes.kicks()
        model = len(kicks) * processes.poisson(rate(), len(processes.KICKS) - 1)
        plane = chart(
            frame, (-0.6, 4.6), (0, 125), x_label="deaths by horse kick in a corps-year", x_ticks=range(5)
        )
        pile = Pile(plane, kicks, np.arange(-0.5, 5), DATA, counts=True, radius=0.11, fill=1.0)
        outline = pile.outline(model, MODEL, 7)
        seen = VGroup(
            *(
                plane.label(
                    k,
                    count / 2 if count > 15 else count,
                    f"{count}",
                    ORIGIN if count > 15 else UP,
                    ink.ground if count > 15 else ink.chalk,
                    size=60.0,
                )
                for k, count in enumerate(processes.KICKS)
            )
        )
        expected = VGroup(
            *(
                plane.label(
                    k,
                    max(each, processes.KICKS[k]),
                    f"{each:.1f}",
                    UP,
                    MODEL,
                    gap=0.2 if each > 15 else 0.8,
                    size=60.0,
                )
                for k, each in enumerate(model)
            )
        )
        with self.beat(
            "Two hundred corps-years of the Prussian army, some corps left out: deaths by the kick of a horse."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.BRISK)
            beat.over(appear(pile), glide(pile.redraw, 0.0, 1.0, rate_func=linear), least=RAINING)
        found = visits.summary(kicks)
        facts = words.label(
            f"[mean {found.mean:.2f}:focus]\n[variance {found.variance:.2f}:third]", size=60.0
        )
        frame.put(facts, UP + RIGHT)
        legend = words.label("inside: [seen:first]\nabove: [Poisson:fourth]", ink.quiet, NAME)
        legend.next_to(facts, DOWN, buff=0.5, aligned_edge=RIGHT)
        every = visits.summary(np.repeat(np.arange(len(processes.ALL_KICKS)), processes.ALL_KICKS))
        chosen = words.label(
            f"10 of 14 corps (Fisher, 1925)\nall 14: {every.mean:.2f} and {every.variance:.2f}",
            ink.quiet,
            40.0,
        )
        chosen.next_to(legend, DOWN, buff=0.5, aligned_edge=RIGHT)
        with self.beat(
            "Their mean and variance nearly agree; with the others, less so. The Poisson with that mean lies close."
        ) as beat:
            beat.over("mean", FadeIn(facts), FadeIn(seen, lag_ratio=pace.LAG), until="Poisson")
            beat.over("Poisson", Create(outline), until="close")
            self.play(FadeIn(legend, chosen), FadeIn(expected, lag_ratio=pace.LAG), run_time=pace.CALM)
        self.clear_stage()

    def doctors(self) -> None:
        """The visits try theirs: a gap at zero."""
        found = visits.summary(visits.visits())
        plane, pile, outline, gap, bars = misfit(self)
        model = processes.poisson(found.mean, 0)
        told = VGroup(
            words.label(f"zeros: {100 * found.zeros:.0f} % seen", DATA, 60.0),
            words.label(f"{100 * model[0]:.0f} % expected", MODEL, 60.0),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        told.move_to(plane.at(4.2, 0.3), aligned_edge=UP + LEFT)
        with self.beat("Now the doctor visits, and their Poisson.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            self.play(appear(pile), glide(pile.redraw, 0.0, 1.0, rate_func=linear, run_time=pace.LONG))
            beat.over(Create(outline))
        with self.beat("It expects six percent zeros; there are thirty-one.") as beat:
            beat.over("expects", FadeIn(told[1]), words.light(outline, ink.chalk), until="there")
            beat.at("there", FadeIn(gap), FadeIn(told[0]))
        with self.beat(
            "Here the variance is seven times the mean, so these are no independent events at one rate."
        ) as beat:
            self.play(FadeOut(told), run_time=pace.QUICK)
            names = [
                plane.label(BARS + SCALE * value, y, text, RIGHT, color, size=60.0)
                for value, y, text, color in (
                    (found.mean, HIGH[0], f"mean {found.mean:.1f}", MEAN),
                    (found.variance, HIGH[1], f"variance {found.variance:.1f}", SPREAD),
                )
            ]
            beat.over(Create(bars), until="times", least=pace.CALM)
            self.play(FadeIn(*names), run_time=pace.BRISK)
            beat.over(words.light(names[1], ink.chalk), until="independent")
            beat.over(words.light(gap, ink.chalk), words.light(outline, ink.chalk))


def misfit(lesson: ProbabilityStatisticsStage) -> tuple[Plane, Pile, Curve, Polygon, VGroup]:
    """The visits under the Poisson with their mean: chart, pile, outline, the gap at zero, and mean and variance."""
    found = visits.summary(visits.visits())
    plane = chart(
        shot.safe(titled=False),
        (-0.6, MOST + 0.6),
        (0, 0.34),
        x_label="visits to a doctor in a year",
        x_ticks=range(0, MOST + 1, 2),
    )
    pile = lesson.source(plane)
    model = processes.poisson(found.mean, MOST)
    outline = pile.outline(model[: len(pile.edges) - 1], MODEL, 7)
    gap = plane.polygon(
        [(-0.5, model[0]), (0.5, model[0]), (0.5, found.zeros), (-0.5, found.zeros)],
        WRONG,
        width=6,
        fill=0.75,
    )
    bars = VGroup(
        *(
            plane.segment((BARS, y), (BARS + SCALE * value, y), color, width=40)
            for value, y, color in (
                (found.mean, HIGH[0], MEAN),
                (found.variance, HIGH[1], SPREAD),
            )
        )
    )
    return plane, pile, outline, gap, bars


def as_it_ends(lesson: ProbabilityStatisticsStage) -> VGroup:
    """The picture in which the chapter ends."""
    plane, pile, outline, gap, bars = misfit(lesson)
    return VGroup(plane, pile.redraw(1.0), outline, gap, bars)
