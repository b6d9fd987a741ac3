"""Averages gather into a bell: the Central Limit Theorem, from the visits."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import Mark
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.maths.probability_statistics import averages, processes, visits
from scenes.probability_statistics import bell
from scenes.probability_statistics.pile import Gather, Pile, boxes
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
SHOWN: Final = (-1.5, 10.0)
"""Visits between which the glasses show."""
ADDED: Final = 4
"""Draws whose variances are added, square by square."""
BINS: Final = {5: 0.4, 30: 1 / 6, 100: 0.1}
"""Widths of bins: whole multiples of the steps of the averages."""
FINE: Final = 0.045
"""Radius of a drop that falls into a glass."""
FEW: Final = 70
"""Drops that are drawn in the air of a glass: more would flash where the frame is near."""
SOURCE: Final = Sight(-3.3, 1.72, 2.0)
"""What is seen of the glasses at first: the source."""
LIMIT: Final = (0.6, 7.6)
"""Means between which the theorem is shown."""
SHOWN_INTERVALS: Final = 40
"""Confidence intervals that are drawn."""
LEVEL: Final = 100
"""Draws in each of their samples."""


def edges(n: int) -> Floats:
    """Edges of bins for averages of ``n`` draws, half a step off their values."""
    if n == 1:
        return np.arange(-0.5, SHOWN[1] + 1)
    return np.asarray(np.arange(-0.5 / n, SHOWN[1], BINS[n]))


class Glass:
    """A chart into which averages of ``n`` draws rain, and what is done with their pile."""

    def __init__(self, cell: shot.Region, n: int, scale: float = 1.0) -> None:
        self.n, self.cell = n, cell
        values = visits.shuffled() if n == 1 else averages.averages(n)
        counted, _ = np.histogram(values, edges(n))
        self.density: Floats = counted / len(values) / np.diff(edges(n))
        self.top = 1.12 * float(self.density.max())
        self.plane = chart(cell, SHOWN, (0, self.top), x_ticks=range(0, 9, 2))
        color = DATA if n == 1 else MEAN
        self.pile = Pile(self.plane, values, edges(n), color, density=True, radius=FINE * scale, most=FEW)
        self.name = words.label(f"n = {n}" if n > 1 else "the source", color, 58.0)
        cell.inset(0.3, 0.12).put(self.name, UP + RIGHT)

    @property
    def error(self) -> float:
        """The standard error, in visits."""
        return averages.standard_error(self.n)


class Intervals:
    """Confidence intervals of many samples, one above the other, and the mean that they are to contain."""

    def __init__(self, frame: shot.Region) -> None:
        self.truth = float(visits.visits().mean())
        self.plane = chart(frame, (0.0, 8.4), (-1, SHOWN_INTERVALS), x_label="mean visits", x_ticks=range(9))
        plane = self.plane
        self.spots = plane.cloud(np.zeros((0, 2)), ink.chalk, 0.06, 1.0)
        self.good, self.bad = plane.segment((0, 0), (0, 0), DATA, 6), plane.segment((0, 0), (0, 0), WRONG, 8)
        self.stem = plane.segment((self.truth, -1), (self.truth, SHOWN_INTERVALS), MEAN, width=7)

    def show(self, count: float, middles: Floats, reaches: Floats) -> tuple[Mark, ...]:
        """The first ``count`` of the intervals with these middles and half widths."""
        rows = np.arange(SHOWN_INTERVALS)
        shown, caught = rows < count, np.abs(middles - self.truth) <= reaches
        for bars, which in ((self.good, caught & shown), (self.bad, ~caught & shown)):
            low, high = (middles - reaches)[which], (middles + reaches)[which]
            bars.redraw(np.column_stack([low, rows[which]]), np.column_stack([high, rows[which]]))
        self.spots.redraw(np.column_stack([middles, rows])[shown])
        return self.good, self.bad, self.spots


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    net = Intervals(shot.safe(titled=False))
    net.show(SHOWN_INTERVALS, *averages.intervals(LEVEL, SHOWN_INTERVALS))
    return VGroup(net.plane, net.stem, net.good, net.bad, net.spots)


class Bells(ProbabilityStatisticsStage):
    """The Central Limit Theorem."""

    @chapter(
        "Averages gather into a bell", "Central Limit Theorem from a very non-normal source", goes_on=True
    )
    def averages_gather(self) -> None:
        self.untitled()
        self.shot(shot.gallery(2, 2, titled=False))
        self.glasses = [
            Glass(cell, n)
            for cell, n in zip(shot.gallery(2, 2, titled=False).places, averages.SIZES, strict=True)
        ]
        self.draw_from_the_source()
        self.rain_averages()
        self.standard_errors()
        self.stay_at_the_source()
        self.add_variances()
        self.central_limit()
        self.confidence()

    def draw_from_the_source(self) -> None:
        """Draws that are i.i.d. gather into one average."""
        source, other = self.glasses[0], self.glasses[1]
        samples = self.rng.choice(self.visits[self.visits < SHOWN[1]], (3, 5))
        gathers = [
            Gather(
                source.plane,
                other.plane,
                row,
                0.6 * source.density[row.astype(int)] * self.rng.random(len(row)),
                radius=0.1,
                rank=rank,
            )
            for rank, row in enumerate(samples)
        ]
        term = words.headline("independent and identically distributed", MEAN, 58.0)
        short = words.headline("i.i.d.", MEAN, 110.0)
        VGroup(term, short).arrange(DOWN, buff=0.4)
        shot.safe(titled=False).rows(1, 1)[1].put(VGroup(term, short))
        before = bell.as_it_ends(self)
        self.add(before)
        with self.beat("Back to the question, and to its pile.") as beat:
            self.play(FadeOut(before), run_time=pace.QUICK)
            self.frame.look(SOURCE)
            self.play(FadeIn(source.plane, source.name), run_time=pace.QUICK)
            beat.over(
                appear(source.pile), glide(source.pile.redraw, 0.0, 1.0, rate_func=linear), least=pace.LONG
            )
        with self.beat(
            "Draw five from this one distribution, with replacement: "
            "independent and identically distributed, i.i.d."
        ) as beat:
            self.play(self.frame.back(), FadeIn(other.plane), run_time=pace.SLOW)
            beat.over(
                glide(gathers[0].redraw, 0.0, 1.0, rate_func=linear), until="independent", least=pace.LONG
            )
            self.play(
                words.write(term), glide(gathers[1].redraw, 0.0, 1.0, rate_func=linear), run_time=pace.LONG
            )
            beat.at("i.i.d.", FadeIn(short))
        self.leave(*gathers[:2], term, short)

    def rain_averages(self) -> None:
        """The sampling distributions of averages of five, thirty and a hundred."""
        _, five, thirty, hundred = self.glasses
        term = words.label("sampling distribution\nof the mean", MEAN, 32.0)
        term.move_to(five.plane.at(6.75, 0.64 * five.top))
        for each in (self.glasses[0].name, five.name, thirty.name, term):
            self.allow(each, "outside", "the frame has gone to another glass, and comes back")
        with self.beat(
            "Again and again. The averages pile up: the sampling distribution of the mean."
        ) as beat:
            self.play(self.frame.to(five.plane, share=0.95), FadeIn(five.name))
            beat.over(
                appear(five.pile),
                glide(five.pile.redraw, 0.0, 1.0, rate_func=linear),
                until="sampling",
                least=pace.LONG,
            )
            beat.over(FadeIn(term))
        told = (
            ("Averages of thirty: a hump, still skewed to the right.", thirty, five),
            ("Of a hundred: nearly a bell.", hundred, thirty),
        )
        for text, glass, _ in told:
            with self.beat(text) as beat:
                self.play(FadeIn(glass.plane), self.frame.to(glass.plane, share=0.95))
                beat.over(
                    appear(glass.pile, glass.name),
                    glide(glass.pile.redraw, 0.0, 1.0, rate_func=linear),
                    least=pace.LONG,
                )
        self.term = term

    def standard_errors(self) -> None:
        """The spread of each: σ over root n."""
        mean = float(visits.visits().mean())
        arrows, texts = VGroup(), VGroup()
        for glass in self.glasses:
            high = 0.5 * glass.top
            wide = visits.summary(visits.visits()).deviation if glass.n == 1 else glass.error
            arrows.add(glass.plane.vector((mean, high), (mean + wide, high), SPREAD, width=8))
            root = "σ" if glass.n == 1 else f"σ / √{glass.n}"
            text = words.label(f"{root} = {wide:.2f}", SPREAD, 44.0)
            texts.add(text.next_to(glass.name, DOWN, buff=0.3, aligned_edge=RIGHT))
        name = words.label("standard error", SPREAD, 40.0)
        name.next_to(texts[-1], DOWN, buff=0.3, aligned_edge=RIGHT)
        with self.beat(
            "The spread of the mean is its standard error: sigma over root n. A mean's z-score divides by it."
        ) as beat:
            self.play(FadeOut(self.term), self.frame.back(), run_time=pace.SLOW)
            beat.over(
                "standard",
                Create(arrows, lag_ratio=pace.LAG),
                FadeIn(texts, lag_ratio=pace.LAG),
                FadeIn(name),
                until="root",
            )
            beat.over(*(words.light(text, ink.chalk) for text in texts))

    def stay_at_the_source(self) -> None:
        """The source is as it was."""
        with self.beat(
            "The source has not moved. The data came no nearer to normal; the distribution of their mean did."
        ) as beat:
            beat.over(
                self.spotlight(self.glasses[0].pile, self.glasses[0].plane, self.glasses[0].name),
                until="The data",
            )
            beat.at("distribution", self.lights_on())
        self.clear_stage()

    def add_variances(self) -> None:
        """Why the root: the variances of four draws, as squares, make one whose side is twice σ."""
        self.shot(shot.wide())
        frame = shot.safe(titled=False)
        plane = bare(frame)
        side, gap = 0.5 * (frame.height - 1.15), 0.55
        low = frame.bottom + 1.15
        row = np.array(
            [[(number - 0.5 * ADDED) * (side + gap) + 0.5 * gap, low + 0.5 * side] for number in range(ADDED)]
        )
        left = frame.left + 0.25
        block = np.array([[left + number % 2 * side, low + number // 2 * side] for number in range(ADDED)])
        squares = [plane.polygon([(0, 0), (1, 0), (1, 1)], SPREAD, width=5, fill=0.3) for _ in row]
        corners = side * np.array([[0, 0], [1, 0], [1, 1], [0, 1]])

        def stand(places: Floats) -> tuple[Mark, ...]:
            return tuple(square.redraw(spot + corners) for square, spot in zip(squares, places, strict=True))

        stand(row)
        areas = [
            words.label("$sigma^2$", SPREAD, 1.3 * ink.HEADLINE).move_to(plane.at(*(spot + 0.5 * side)))
            for spot in row
        ]
        edge = plane.segment((left, low), (left + 2 * side, low), SPREAD, width=14)
        twice = words.label("$2 sigma = sqrt(4) thin sigma$", SPREAD, ink.POINT)
        twice.next_to(edge, DOWN, buff=0.2)
        total = words.label("variance of the sum:\n$4 sigma^2$", size=58.0)
        right = left + 2 * side + 0.95
        total.move_to(plane.at(right, low + 2 * side), aligned_edge=LEFT + UP)
        half = plane.segment(
            (right, low + 0.75 * side), (right + 0.5 * side, low + 0.75 * side), SPREAD, width=14
        )
        shared = words.label(r"spread of the mean:" "\n" r"$2 sigma \/ 4 = sigma \/ 2$", size=58.0)
        shared.next_to(half, UP, buff=0.4).align_to(total, LEFT)
        rule = words.label(r"for $n$ draws: $sigma \/ sqrt(n)$", SPREAD, 1.1 * ink.POINT)
        rule.move_to(plane.at(right, low + 0.45), aligned_edge=LEFT)
        self.allow(VGroup(*squares), VGroup(*areas), "the squares leave their names")
        with self.beat(
            "Why the root? Variances of independent draws add up. Four squares make one with side two sigma."
        ) as beat:
            self.play(FadeIn(*squares), run_time=pace.BRISK)
            beat.over(FadeIn(*areas, lag_ratio=pace.LAG), until="add")
            self.play(FadeOut(*areas), run_time=pace.QUICK)
            beat.over(glide(stand, row, block, *squares), until="side", least=pace.SLOW)
            beat.over(Create(edge), FadeIn(twice), FadeIn(total))
        copy = edge.copy()
        with self.beat(
            "Their mean is that sum over four: sigma over two. "
            "For n draws, sigma over root n: four times the data halve the error."
        ) as beat:
            beat.over(copy.animate.become(half), FadeIn(shared), until="For", least=pace.SLOW)
            beat.over(FadeIn(rule, shift=place.NUDGE * UP), until="four times")
            beat.over(words.light(shared), words.light(rule, ink.chalk))
        self.clear_stage()

    def central_limit(self) -> None:
        """The theorem in words and letters, beside averages of a hundred; then those of thirty, which still lean."""
        hundred, thirty = self.glasses[3], self.glasses[2]
        frame = shot.safe(titled=False)
        plane = chart(
            frame, LIMIT, (0, 1.06 * hundred.top), x_label="means of $n$ visits", x_ticks=range(1, 8)
        )
        mean = float(visits.visits().mean())
        xs = np.linspace(*LIMIT, 240)

        def stand(glass: Glass) -> Mark:
            inside = (edges(glass.n)[:-1] > LIMIT[0]) & (edges(glass.n)[1:] < LIMIT[1])
            return Mark(plane, color=MEAN, fill=0.4).draw(boxes(plane, edges(glass.n), glass.density, inside))

        bars, leaning = stand(hundred), stand(thirty)
        bells = [
            plane.curve(xs, processes.normal(xs, mean, glass.error), MODEL, width=8)
            for glass in (hundred, thirty)
        ]
        counts = [words.headline(f"n = {glass.n}", MEAN, 64.0) for glass in (hundred, thirty)]
        for each in counts:
            each.move_to(plane.at(5.5, 0.2 * hundred.top))
        wide = plane.segment(
            (mean, 0.55 * hundred.top), (mean + hundred.error, 0.55 * hundred.top), SPREAD, 9
        )
        term = frame.put(words.headline("Central Limit Theorem", MEAN), UP + RIGHT)
        rule = maths("{{ overline(X) : mean }} tilde.dot N(mu, {{ sigma^2 / n : spread }})", 1.7 * ink.POINT)
        rule.next_to(term, DOWN, buff=0.7).set_x(float(plane.at(5.5, 0)[0]))
        with self.beat(
            "The Central Limit Theorem: means of many i.i.d. draws with finite variance become approximately normal."
        ) as beat:
            self.play(FadeIn(plane, bars, counts[0]), run_time=pace.BRISK)
            beat.at("Central", FadeIn(term))
            beat.over("means", words.write(rule), until="finite", least=pace.SLOW)
            beat.over(words.light(rule.part("spread"), ink.chalk), Create(wide), until="become")
            beat.over(Create(bells[0]))
        with self.beat("There is no magic number: a more skewed source takes longer.") as beat:
            self.play(FadeOut(bells[0], wide, counts[0]), FadeIn(counts[1]), run_time=pace.QUICK)
            self.play(FadeOut(bars), FadeIn(leaning), run_time=pace.CALM)
            beat.over(Create(bells[1]), until="skewed")
            beat.over(words.light(counts[1], WRONG))
        self.clear_stage()

    def confidence(self) -> None:
        """Mean plus or minus two standard errors, forty times."""
        self.shot(shot.wide())
        frame = shot.safe(titled=False)
        means, halves = averages.intervals(LEVEL, SHOWN_INTERVALS)
        net = Intervals(frame)
        plane, good, bad, spots, stem, show = net.plane, net.good, net.bad, net.spots, net.stem, net.show
        truth = net.truth

        def reveal(count: float) -> tuple[Mark, ...]:
            return show(count, means, halves)

        self.allow(bad, "pop", "an interval comes as a whole")
        name = words.label(f"μ = {truth:.2f}", MEAN, 56.0).move_to(plane.at(0.75, 33))
        count = words.label(f"n = {LEVEL}", DATA, 56.0).next_to(name, DOWN, buff=0.3)
        rule = words.label("$overline(X) plus.minus 2 thin s \\/ sqrt(n)$", MEAN, 70.0)
        share = 100 * averages.coverage(LEVEL)
        told = words.label(f"{share:.0f} % of\n20,000 intervals\ncontain μ", MEAN, 56.0)
        term = words.label("confidence interval", MEAN, 52.0)
        frame.put(term, UP + RIGHT)
        rule.next_to(term, DOWN, buff=0.45, aligned_edge=RIGHT)
        told.next_to(rule, DOWN, buff=0.45, aligned_edge=RIGHT)
        low = words.label(f"{100 * averages.low_misses(LEVEL):.0f} % of misses\nlie below μ", WRONG, 46.0)
        low.next_to(told, DOWN, buff=0.3, aligned_edge=RIGHT)
        deviation = words.label("s: as σ, but divide\nby n − 1, not by n", SPREAD, ink.POINT)
        frame.put(deviation, UP + RIGHT)
        with self.beat(
            "You have one sample, so estimate sigma by its own deviation, s, which divides by n minus one."
        ) as beat:
            self.play(FadeIn(plane), FadeIn(stem), FadeIn(name, count), run_time=pace.BRISK)
            beat.over(FadeIn(deviation), glide(reveal, 0.0, 4.0, good, bad, spots, rate_func=linear))
        with self.beat(
            "Mean plus or minus two standard errors: an approximate ninety-five percent confidence interval."
        ) as beat:
            self.play(FadeOut(deviation), FadeIn(rule, term), run_time=pace.BRISK)
            beat.over(
                glide(reveal, 4.0, 0.5 * SHOWN_INTERVALS, good, bad, spots, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "Another sample, another interval; mu does not move. The percentage counts those that hit."
        ) as beat:
            beat.over(
                glide(
                    reveal, 0.5 * SHOWN_INTERVALS, float(SHOWN_INTERVALS), good, bad, spots, rate_func=linear
                ),
                until="The percentage",
                least=pace.LONG,
            )
            self.play(bad.animate.set_stroke(width=14), run_time=pace.QUICK)
            self.play(bad.animate.set_stroke(width=8), run_time=pace.QUICK)
        with self.beat(
            "Here about ninety-three percent do. Most misses lie low: "
            "without its tail a sample has a small mean, and a small s."
        ) as beat:
            beat.over("about", FadeIn(told), until="Most")
            beat.over(FadeIn(low), bad.animate.set_stroke(width=14), until="small")
            beat.over(bad.animate.set_stroke(width=8))
        with self.beat("So give an average with its interval: a model's accuracy on test data, too.") as beat:
            beat.over(words.light(term, ink.chalk), words.light(rule, ink.chalk))
