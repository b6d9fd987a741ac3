"""Wild numbers have a shape: the source pile, its mean and its spread."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.balance_beam import BalanceBeam
from scenes.kit.drive import appear
from scenes.kit.frame import WHOLE, Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Polygon
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.value import Value
from scenes.maths.probability_statistics import averages, processes, visits
from scenes.probability_statistics.pile import Gather, Pile, stairs
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MOST_VISITS,
    SPREAD,
    ProbabilityStatisticsStage,
    chart,
    maths,
)

ALL: Final = 78
"""Visits up to which the first chart goes, so that the longest tail is in it."""
SAMPLE: Final = 30
"""People whose visits are averaged."""
AVERAGES: Final = (-0.6, 7.6)
"""Averages over which a shape is guessed, and shown at the end."""
TAIL: Final = ((2.6, 7.1), (-3.75, -1.2))
"""Scene units, across and up, in which the longest tail is seen."""
RARE: Final = 70
"""Visits from which on a person-year is pointed at."""
CLOSE: Final = 20.0
"""Pixels of the capitals of words that are seen from near."""
BEAM: Final = ((-0.9, -1.75), (8.1, 3.3))
"""Corners of what is seen of the beam at first, in its units."""
ROOT: Final = (8.6, 0.85)
"""Lower left corner of the mean square, in units of the beam."""
NAME: Final = 46.0
"""Pixels of the capitals of names in the picture."""
_FAR: Final = 4.0
"""Where the support stands at first."""


def drawn(rng: np.random.Generator) -> Floats:
    """Three samples (3, n) of the visits, drawn at random."""
    return np.asarray(rng.choice(visits.visits(), (3, SAMPLE)))


class Wild(ProbabilityStatisticsStage):
    """The opening question, and what sums a distribution up."""

    @chapter("Wild numbers have a shape")
    def wild_numbers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.ask_for_a_shape()
        self.name_what_falls()
        self.balance_by_hand()
        self.square_by_hand()
        self.measure_the_pile()

    def ask_for_a_shape(self) -> None:
        """The hook: a pile, and three averages that fall on an empty axis."""
        frame = shot.safe(titled=False)
        self.plane = chart(
            frame,
            (-0.5, ALL + 0.5),
            (0, 0.34),
            x_label="visits to a doctor in a year",
            x_ticks=range(0, ALL, 10),
        )
        self.pile = self.source(self.plane)
        self.add(self.plane)
        with self.beat(
            "In most of these person-years, few visits to a doctor. In some, more than seventy."
        ) as beat:
            beat.over(
                appear(self.pile),
                glide(self.pile.redraw, 0.0, 1.0, rate_func=linear),
                until="In some",
                least=pace.LONG,
            )
            tail = [each for each in np.flatnonzero(visits.tally()) if each >= RARE]
            rings = VGroup(*(self.plane.dots([(float(at), 0.004)], ink.chalk, radius=0.11) for at in tail))
            few, everybody = int(visits.tally()[RARE:].sum()), int(visits.tally().sum())
            told = self.plane.label(66, 0.022, f"{few} of {everybody:,}\nperson-years", UP, size=CLOSE)
            beat.over(
                "In some",
                self.frame.to_region(*TAIL),
                self.plane.names.animate.set_opacity(0),
                until="seventy",
            )
            self.play(FadeIn(rings, scale=3), FadeIn(told), run_time=pace.BRISK)
        upper = shot.Region(-4.6, -1.95, frame.right, frame.top)
        glass = chart(upper, AVERAGES, (0, 0.56), x_label="average of thirty", x_ticks=range(8))
        samples = drawn(self.rng)
        gathers = [
            Gather(
                self.plane, glass, row, 0.3 * self.rng.random(SAMPLE) * self.share_of_bar(row), rank=int(rank)
            )
            for row, rank in zip(samples, _ranks(samples.mean(axis=1)), strict=True)
        ]
        for gather in gathers:
            self.allow(gather, glass.numbers, "drops rise past the number")
        with self.beat("Draw thirty at random, and average them. And again, and again.") as beat:
            self.play(FadeOut(told), run_time=pace.QUICK)
            names = self.plane.names.animate.set_opacity(1)
            self.play(self.frame.back(), names, FadeOut(rings), FadeIn(glass), run_time=pace.SLOW)
            beat.over(glide(gathers[0].redraw, 0.0, 1.0, rate_func=linear), until="And again")
            for gather, until in zip(gathers[1:], ("and again", None), strict=True):
                beat.over(glide(gather.redraw, 0.0, 1.0, rate_func=linear), until=until, least=pace.SLOW)
        again, bell = guesses(glass)
        guessed = [
            glass.label(1.55, 0.2, "the pile again?", RIGHT, size=44.0),
            glass.label(3.75, 0.36, "a bell?", RIGHT, size=44.0),
        ]
        guessed[0].next_to(glass.at(-0.4, 0.36), UP, buff=0.1).align_to(glass.at(-0.3, 0.0), LEFT)
        with self.beat("What shape will the averages make? The pile again? A bell?") as beat:
            self.play(
                FadeOut(self.plane, self.pile),
                self.frame.to(glass, share=0.98),
                run_time=pace.SLOW,
            )
            beat.over("The pile", Create(again), FadeIn(guessed[0]), until="A bell")
            beat.over("A bell", Create(bell), FadeIn(guessed[1]))
        self.think()
        self.asked = VGroup(glass, again, bell, *guessed, *gathers)

    def share_of_bar(self, values: np.ndarray) -> np.ndarray:
        """Shares of the bars in which values lie, so that they rise out of what is there."""
        return np.asarray(visits.tally()[values.astype(int)] / visits.tally().max())

    def name_what_falls(self) -> None:
        """A random variable, and its distribution."""
        plane, pile = near(self)
        pile.redraw(1.0)
        shares = visits.tally() / visits.tally().sum()
        letter = maths("X", 2.2 * ink.HEADLINE)
        nexts = self.rng.choice(self.visits[self.visits < 12], 6)
        term = words.headline("random variable", size=1.2 * ink.HEADLINE).move_to(plane.at(24, 0.24))
        letter.next_to(term, DOWN, buff=0.5)
        high = 0.33
        drop = plane.dots([(nexts[0], high)], ink.chalk, radius=0.2)
        with self.beat(
            "A random variable, X, is a number that chance decides: here, how many visits the next one has."
        ) as beat:
            self.leave(self.asked)
            self.frame.look(WHOLE)
            self.play(FadeIn(plane, pile), FadeIn(drop), run_time=pace.BRISK)
            for number, each in enumerate(nexts):
                start, end = (each, high), (each, 0.02 * high + shares[int(each)])
                named = [] if number else [FadeIn(term), FadeIn(letter, scale=1.5)]
                self.play(glide(drop.redraw, [start], [end], rate_func=linear), *named, run_time=pace.BRISK)
        outline = pile.outline(pile.heights(), ink.chalk, 5)
        bars = plane.bars(np.arange(2), shares[:2], ink.chalk, thick=0.94)
        name = words.headline("distribution", size=1.2 * ink.HEADLINE).move_to(term)
        told = plane.label(0.85, 0.3, f"{100 * shares[0]:.0f} % are 0", RIGHT, size=ink.POINT)
        next_ = plane.label(1.85, 0.185, f"{100 * shares[1]:.0f} % are 1", RIGHT, size=ink.POINT)
        with self.beat(
            "Its distribution says how probable each value is, and the bars add up to one. Thirty-one percent are zero."
        ) as beat:
            beat.at("distribution", FadeOut(term, letter, drop), FadeIn(name))
            beat.over("how probable", Create(outline), until="Thirty-one")
            self.play(FadeIn(bars), FadeIn(told), run_time=pace.BRISK)
            self.play(FadeIn(next_, shift=place.NUDGE * RIGHT), run_time=pace.BRISK)
        self.leave(bars, told, next_, name, outline, plane, pile)

    def balance_by_hand(self) -> None:
        """Five people by hand: the mean is where the beam is level."""
        frame = shot.safe(titled=False)
        self.hand = Plane(
            (-0.7, 12.5),
            (-1.0, 5.35),
            frame.width,
            frame.height,
            equal=True,
            x_ticks=[],
            y_ticks=[],
            numbers=False,
        )
        frame.put(self.hand)
        self.hand.frame.set_opacity(0)
        hand, values = self.hand, visits.BY_HAND
        beam = BalanceBeam(hand, values, (-0.4, 7.4))
        numbers = VGroup(*(hand.label(at, -0.78, f"{at}", ORIGIN, ink.quiet, size=NAME) for at in range(8)))
        self.beam, self.numbers = beam, numbers
        where = Value(_FAR)
        where.draws(beam.redraw)
        shares = {each: list(values).count(each) / len(values) for each in dict.fromkeys(values)}
        total = " + ".join(f"{share:.1f} · {each:.0f}" for each, share in shares.items())
        self.sum = words.headline(f"{total} = {visits.summary(values).mean:.0f}", size=48.0)
        self.sum.move_to(hand.at(3.5, 1.6))
        (left, low, _), (right, high, _) = (hand.at(*corner) for corner in BEAM)
        zoom = shot.EDGES.width / (right - left)
        self.frame.look(Sight(0.5 * (left + right), 0.5 * (low + high), zoom))
        with self.beat("By hand: five people with zero, zero, one, two and seven visits.") as beat:
            self.clear_stage()
            beam.redraw(_FAR, 5.0)
            self.play(FadeIn(beam), FadeIn(numbers))
            beat.over(glide(lambda lifted: beam.redraw(_FAR, lifted), 5.0, 0.0, beam, rate_func=linear))
        mean = visits.summary(values).mean
        name = words.label("[$mu$:focus] $= E[X] = sum x thin P(x)$", size=ink.POINT)
        told = words.headline(f"mean {mean:.0f}", MEAN)
        self.mean_words = VGroup(told, name).arrange(RIGHT, buff=0.7).scale(0.88)
        self.mean_words.move_to(hand.at(3.5, 2.6))
        with self.beat(
            "The mean, or expectation, mu, weighs each value by its probability. It is the balance point: here, two."
        ) as beat:
            beat.over("mean", where.to(mean), until="balance", least=pace.LONG)
            beat.at("balance", FadeIn(self.mean_words))
            beat.at("here", words.write(self.sum))

    def square_by_hand(self) -> None:
        """Squares on the distances become one mean square: the variance, whose side is the standard deviation."""
        hand, values = self.hand, visits.BY_HAND
        found = visits.summary(values)
        # Two squares of the zeros, that of the one on top of them, and that of the seven.
        corners = [(0.0, 0.0, 2.0), (0.0, 2.0, 2.0), (1.0, 4.0, 1.0), (2.0, 0.0, 5.0)]
        squares = VGroup(*(_square(hand, *each) for each in corners))
        areas = VGroup(
            *(
                hand.label(x + side / 2, y + side / 2, f"{side**2:.0f}", ORIGIN, size=1.3 * NAME)
                for x, y, side in corners
            )
        )
        with self.beat(
            "How far are they from the mean? Square each distance: far values count most."
        ) as beat:
            self.play(FadeOut(self.sum, self.mean_words), run_time=pace.QUICK)
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(Create(squares, lag_ratio=pace.LAG), until="Square", least=pace.LONG)
            self.play(FadeIn(areas, lag_ratio=pace.LAG), run_time=pace.SLOW)
        side, (x, y) = found.deviation, ROOT
        mean = _square(hand, x, y, side)
        area = hand.label(x + side / 2, y + side / 2, f"{found.variance:.1f}", ORIGIN, size=ink.HEADLINE)
        name = words.caption(mean, "variance", UP, SPREAD, size=NAME)
        edge = hand.segment((x, y), (x + side, y), SPREAD, width=12)
        sigma = words.label(f"standard deviation\n$sigma = {side:.1f}$", SPREAD, NAME)
        sigma.next_to(edge, DOWN, buff=0.25)
        # Edges alone: areas that lie upon each other would add up.
        copies = VGroup(*(each.copy().set_fill(opacity=0.0) for each in squares))
        self.allow(copies, areas, "the squares leave over their numbers")
        self.allow(copies, "pop", "they lie on the edges of the squares that they leave")
        rule = maths("sigma^2 = E[{{ (X - mu) : away }}^2]", ink.POINT)
        rule.move_to(hand.at(x + side / 2, 5.0))
        squared = " + ".join(f"{(each - found.mean) ** 2:.0f}" for each in values)
        summed = words.label(f"({squared}) / {len(values)} = {found.variance:.1f}", SPREAD, 38.0)
        summed.move_to(rule)
        with self.beat("The variance is the mean squared distance from the mean: 6.8.") as beat:
            beat.over(
                "mean",
                *(each.animate.become(mean.copy().set_fill(opacity=0.0)) for each in copies),
                until="6.8",
                least=pace.SLOW,
            )
            self.play(FadeOut(copies), FadeIn(mean, area, name, summed), run_time=pace.BRISK)
        with self.beat("Its root, the side of that square, is the standard deviation, sigma.") as beat:
            beat.over("side", Create(edge), words.light(mean, ink.chalk), until="standard")
            beat.over("standard", FadeIn(sigma))
        with self.beat(
            "In letters: sigma squared is the expectation, E, of the distance from X to mu, squared."
        ) as beat:
            self.play(FadeOut(summed), run_time=pace.QUICK)
            beat.over(words.write(rule), until="distance")
            beat.over("distance", words.light(rule.part("away")), until="squared")
            beat.over(words.light(mean, ink.chalk), *(words.light(each, ink.chalk) for each in squares))

    def measure_the_pile(self) -> None:
        """Mean, median and standard deviation of the visits."""
        plane, pile = near(self)
        middle, median, stem, mean, reach, sigma = summed_up(plane)
        told = words.label(f"{len(self.visits):,} person-years", ink.quiet, NAME)
        shot.safe(titled=False).put(told, UP + RIGHT)
        with self.beat(
            "The real pile: its mean is nearly three, though the median, the middle value, is one."
        ) as beat:
            self.clear_stage()
            self.play(FadeIn(plane, told), run_time=pace.QUICK)
            beat.over(
                appear(pile),
                glide(pile.redraw, 0.0, 1.0, rate_func=linear),
                until="mean",
                least=pace.LONG,
            )
            self.play(Create(stem), FadeIn(mean), run_time=pace.BRISK)
            beat.at("median", Create(middle), FadeIn(median))
        with self.beat(
            "Skewed to the right: the long tail pulls the mean up, "
            "and stretches the standard deviation to four and a half."
        ) as beat:
            lone = pile.lone.copy().set_stroke(MEAN, width=2 * pile.lone.get_stroke_width())
            beat.over("tail", FadeIn(lone), until="stretches")
            self.play(FadeOut(lone), run_time=pace.QUICK)
            beat.at("standard", Create(reach), FadeIn(sigma))
        with self.beat("So look at the whole pile before you quote its mean.") as beat:
            beat.over("look", Create(pile.outline(pile.heights(), DATA, 7)), until="quote")
            beat.over(words.light(mean))


def guesses(plane: Plane) -> tuple[Curve, Curve]:
    """What averages of thirty might make, dashed on a chart of densities: the pile again, or a bell."""
    shares = visits.tally() / visits.tally().sum()
    edges = np.arange(-0.5, np.floor(AVERAGES[1]) + 1)
    xs = np.linspace(*AVERAGES, 200)
    mean = visits.summary(visits.visits()).mean
    return (
        plane.curve(*stairs(edges, shares[: len(edges) - 1]), ink.chalk, width=5, dashed=True),
        plane.curve(
            xs,
            processes.normal(xs, mean, averages.standard_error(SAMPLE)),
            ink.chalk,
            width=5,
            dashed=True,
        ),
    )


def near(lesson: ProbabilityStatisticsStage) -> tuple[Plane, Pile]:
    """The chart of all but the longest tail, and the pile of all visits on it, of which nothing has fallen."""
    plane = chart(
        shot.safe(titled=False),
        (-0.5, MOST_VISITS + 0.5),
        (0, 0.34),
        x_label="visits to a doctor in a year",
    )
    return plane, lesson.source(plane)


def summed_up(plane: Plane) -> VGroup:
    """Median, mean and standard deviation of the visits, each a mark on ``plane`` and its name."""
    found = visits.summary(visits.visits())
    middle = plane.segment((found.median, 0), (found.median, 0.265), ink.chalk, width=6)
    median = words.caption(
        plane.at(found.median + 0.15, 0.262), f"median {found.median:.0f}", RIGHT, size=NAME
    )
    stem = plane.segment((found.mean, 0), (found.mean, 0.21), MEAN, width=8)
    mean = words.caption(plane.at(found.mean + 0.15, 0.205), f"mean {found.mean:.2f}", RIGHT, MEAN, size=NAME)
    far = found.mean + found.deviation
    reach = plane.vector((found.mean, 0.13), (far, 0.13), SPREAD, width=7)
    sigma = words.caption(
        plane.at(far, 0.13), f"standard deviation {found.deviation:.2f}", RIGHT, SPREAD, size=NAME
    )
    return VGroup(middle, median, stem, mean, reach, sigma)


def as_it_ends(lesson: ProbabilityStatisticsStage) -> VGroup:
    """The picture in which the chapter ends."""
    plane, pile = near(lesson)
    pile.redraw(1.0)
    return VGroup(plane, pile, pile.outline(pile.heights(), DATA, 7), summed_up(plane))


def _ranks(means: Floats) -> npt.NDArray[np.int_]:
    """How many of the means before each (n,) lie so near that it has to lie upon them."""
    return np.array([np.sum(np.abs(means[:i] - each) < 0.25) for i, each in enumerate(means)])


def _square(plane: Plane, x: float, y: float, side: float) -> Polygon:
    """A square of the spread whose lower left corner is (x, y)."""
    return plane.polygon(
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)], SPREAD, width=4, fill=0.3
    )
