"""Averages gather into a bell: the Central Limit Theorem, from the visits."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import Mark
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.maths.probability_statistics import averages, processes, visits
from scenes.probability_statistics import bell, wild
from scenes.probability_statistics.pile import Gather, Pile, boxes, stairs
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    SPREAD,
    WRONG,
    ProbabilityStatisticsStage,
    chart,
    maths,
    rim,
)

NAME: Final = 46.0
"""Pixels of the capitals of names in the picture."""
NEAR: Final = 0.56
"""Densities that are drawn at first, per visit."""
HIGH: Final = 1.02
"""Densities that are drawn when averages of a hundred have come: all heights shrink alike."""
FINE: Final = 0.045
"""Radius of a drop of the averages."""
SEEN: Final = 70
"""Drops that are drawn in the air: more would flash."""
FEW: Final = averages.SIZES[1]
"""Draws of the first averages."""
SPREADS: Final = (0.17, 0.34, 0.56)
"""Heights at which their standard errors are drawn."""
TOLD: Final = 5.05
"""Visits at which these are told."""
ADDED: Final = 4
"""Draws whose variances are added, square by square."""
RUNS: Final = 6
"""Samples whose running means are drawn."""
HIGHEST_MEAN: Final = 8.5
"""Running means that are drawn."""
BIN: Final = 0.2
"""Averages a bin: a whole multiple of the steps of all of them."""
LIMIT: Final = (0.6, 6.4)
"""Means between which the theorem is shown."""
SHOWN_INTERVALS: Final = 40
"""Confidence intervals that are drawn."""
LEVEL: Final = 100
"""Draws in each of their samples."""


def edges(n: int) -> Floats:
    """Edges of bins for averages of ``n`` draws, half a step off their values."""
    return np.asarray(np.arange(wild.AVERAGES[0], wild.AVERAGES[1] + BIN / 2, BIN) - 0.5 / n)


def density(n: int) -> Floats:
    """Density of averages of ``n`` draws in each of these bins, per visit."""
    found = averages.averages(n)
    counted, _ = np.histogram(found, edges(n))
    return np.asarray(counted / len(found) / BIN)


class OneAxis:
    """The source and its averages on one axis; ``near`` shows heights up to NEAR, and ``far`` up to HIGH."""

    def __init__(self) -> None:
        room = shot.safe(titled=False)
        self.near, self.far = (
            chart(room, wild.AVERAGES, (0, top), x_label="visits, and averages of visits", x_ticks=range(8))
            for top in (NEAR, HIGH)
        )
        self.bars = Mark(self.far, color=MEAN, fill=0.75)
        shares = visits.tally() / visits.tally().sum()
        self.shares = shares[: int(np.floor(wild.AVERAGES[1])) + 1]
        self.steps = np.arange(len(self.shares) + 1) - 0.5
        self.source = self.far.curve([0, 1], [0, 0], DATA, width=7)
        self.bell = self.far.curve([0, 1], [0, 0], MODEL, width=7, dashed=True)
        self.mean = float(visits.visits().mean())

    def show(self, ends: Floats, heights: Floats, closer: float) -> tuple[Mark, ...]:
        """Bars between ``ends`` and the source's outline, both ``closer`` times as high."""
        self.bars.draw(boxes(self.far, ends, closer * heights, heights > 0))
        return self.bars, self.source.redraw(*stairs(self.steps, closer * self.shares))

    def expect(self, spread: float, closer: float) -> tuple[Mark, ...]:
        """The bell around the source's mean."""
        xs = np.linspace(*wild.AVERAGES, 200)
        return (self.bell.redraw(xs, closer * processes.normal(xs, self.mean, spread)),)


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
        self.shot(shot.wide())
        self.axis = OneAxis()
        self.draw_from_the_source()
        self.rain_averages()
        self.means_settle()
        self.standard_errors()
        self.add_variances()
        self.central_limit()
        self.confidence()

    def draw_from_the_source(self) -> None:
        """Draws that are i.i.d. leave the pile, and fall back onto its axis as one average."""
        near = self.axis.near
        pile = self.pile = self.source(near)
        samples = self.rng.choice(self.visits[self.visits < wild.AVERAGES[1]], (3, FEW))
        shares = visits.tally() / visits.tally().sum()
        gathers = [
            Gather(near, near, row, 0.6 * shares[row.astype(int)] * self.rng.random(len(row)), rank=rank)
            for rank, row in enumerate(samples)
        ]
        term = words.headline("independent and\nidentically distributed", DATA, 58.0)
        short = words.headline("i.i.d.", DATA, 100.0)
        shot.safe(titled=False).put(VGroup(term, short).arrange(DOWN, buff=0.35), UP + RIGHT)
        before = bell.as_it_ends(self)
        self.add(before)
        with self.beat("Back to the question, and to its pile.") as beat:
            self.play(FadeOut(before), FadeIn(near), run_time=pace.BRISK)
            beat.over(appear(pile), glide(pile.redraw, 0.0, 1.0, rate_func=linear), least=pace.SLOW)
        with self.beat(
            "Draw five from this one distribution, with replacement: "
            "independent and identically distributed, i.i.d."
        ) as beat:
            beat.over(
                glide(gathers[0].redraw, 0.0, 1.0, rate_func=linear), until="independent", least=pace.LONG
            )
            self.play(
                words.write(term), glide(gathers[1].redraw, 0.0, 1.0, rate_func=linear), run_time=pace.LONG
            )
            beat.at("i.i.d.", FadeIn(short))
        self.leave(*gathers[:2], term, short)

    def rain_averages(self) -> None:
        """Averages of five, thirty and a hundred take each other's place on the axis of their source."""
        axis = self.axis
        closer = HIGH / NEAR
        found = {n: density(n) for n in averages.SIZES[1:]}
        rain = Pile(
            axis.near,
            averages.averages(FEW),
            edges(FEW),
            MEAN,
            density=True,
            fill=0.75,
            radius=FINE,
            most=SEEN,
        )
        axis.show(edges(FEW), found[FEW], closer)
        term = words.label("sampling distribution\nof the mean", MEAN, 60.0)
        counts = [words.headline(f"n = {n}", MEAN) for n in found]
        shot.safe(titled=False).inset(0.2, 0.1).put(
            VGroup(counts[0], term).arrange(DOWN, buff=0.35), UP + RIGHT
        )
        for each in counts[1:]:
            each.move_to(counts[0])
        own = axis.near.label(-0.5, 0.36, "the source", RIGHT, DATA, 0.0, size=ink.POINT)
        self.allow(rain, own, "drops fall past the name")
        for away in (*counts, axis.near.numbers, axis.near.names):
            self.allow(away, "outside", "the frame has gone to the tail, and comes back")
        low, high = axis.near.at(3.4, -0.03), axis.near.at(6.6, 0.24)
        tail = (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))
        with self.beat(
            "Again and again. The averages pile up: the sampling distribution of the mean."
        ) as beat:
            self.play(FadeOut(self.pile), FadeIn(axis.source, own, counts[0]), run_time=pace.BRISK)
            beat.over(
                appear(rain),
                glide(rain.redraw, 0.0, 1.0, rate_func=linear),
                until="sampling",
                least=pace.LONG,
            )
            beat.over(FadeIn(term))
        self.remove(rain)
        self.add(axis.bars)
        axis.expect(averages.standard_error(30), closer)
        with self.beat(
            "Averages of thirty: not the pile again, not quite a bell. A hump, skewed to the right.",
            pause=pace.BRISK,
        ) as beat:
            self.play(
                FadeOut(counts[0], term, own),
                FadeIn(counts[1]),
                glide(
                    axis.show,
                    (edges(FEW), found[FEW], closer),
                    (edges(30), found[30], closer),
                    axis.bars,
                    axis.source,
                ),
                run_time=pace.SLOW,
            )
            beat.over(rim(axis.source), until="not quite")
            beat.over(Create(axis.bell), until="A hump", least=pace.CALM)
            beat.over(self.frame.to_region(*tail), axis.near.names.animate.set_opacity(0), least=pace.SLOW)
        with self.beat("Of a hundred: nearly a bell.", pause=pace.BRISK) as beat:
            names = axis.near.names.animate.set_opacity(1)
            self.play(self.frame.back(), names, FadeOut(counts[1]), run_time=pace.CALM)
            self.play(
                FadeIn(counts[2]),
                glide(
                    axis.show,
                    (edges(30), found[30], closer),
                    (edges(100), found[100], 1.0),
                    axis.bars,
                    axis.source,
                ),
                glide(
                    axis.expect,
                    (averages.standard_error(30), closer),
                    (averages.standard_error(100), 1.0),
                    axis.bell,
                ),
                run_time=pace.LONG,
            )
            beat.over(rim(axis.bars, 3.0))
        with self.beat("The data came no nearer to normal; the distribution of their mean did.") as beat:
            beat.over(
                axis.bars.animate.set_fill(opacity=0.3), rim(axis.source, 7.0), until="the distribution"
            )
            beat.over(axis.bars.animate.set_fill(opacity=0.75), rim(axis.bars, 3.0))
        self.remove(axis.near)
        self.add(axis.far)
        self.leave(axis.bars, axis.bell, axis.source, counts[2], axis.far)

    def means_settle(self) -> None:
        """The mean so far of more and more draws, for some samples: each settles at the mean of the source."""
        draws = np.arange(1, averages.LONG + 1)
        means = averages.running(RUNS)
        plane = chart(
            shot.safe(titled=False),
            (0, averages.LONG),
            (0, HIGHEST_MEAN),
            x_label="draws so far",
            y_label="their mean",
            x_ticks=range(0, averages.LONG + 1, 250),
            y_ticks=(2, 4, 6, 8),
        )
        truth = plane.segment(
            (0, self.axis.mean), (averages.LONG, self.axis.mean), MODEL, width=6, dashed=True
        )
        ways = [plane.curve([1, 1], [each[0], each[0]], MEAN, width=4) for each in means]
        name = words.headline("law of large numbers", MEAN, 72.0)
        shot.safe(titled=False).put(name, UP + RIGHT)
        told = plane.label(averages.LONG, self.axis.mean, "$mu$", UP + LEFT, MEAN, 0.45, ink.HEADLINE)

        def go(share: float) -> tuple[Mark, ...]:
            # Slower at the beginning, where the mean still leaps.
            count = max(2, round(averages.LONG * share**2))
            return tuple(
                way.redraw(draws[:count], each[:count]) for way, each in zip(ways, means, strict=True)
            )

        with self.beat("The law of large numbers: as draws go on, their mean settles at mu.") as beat:
            self.play(FadeIn(plane, name), appear(*ways), run_time=pace.QUICK)
            beat.over(glide(go, 0.0, 1.0, *ways, rate_func=linear), until="mu", least=pace.LONG)
            beat.over(Create(truth), FadeIn(told), least=pace.BRISK)
        self.leave(plane, *ways, truth, name, told)

    def standard_errors(self) -> None:
        """The spread of each: σ over root n."""
        axis = self.axis
        plane = axis.far
        outlines, arrows, texts, leaders = VGroup(), VGroup(), VGroup(), VGroup()
        for n, high in zip(averages.SIZES[1:], SPREADS, strict=True):
            error = averages.standard_error(n)
            outlines.add(plane.curve(*stairs(edges(n), density(n)), MEAN, width=4))
            arrows.add(plane.vector((axis.mean, high), (axis.mean + error, high), SPREAD, width=10))
            texts.add(
                plane.label(TOLD, high, f"$sigma \\/ sqrt({n})$ = {error:.2f}", RIGHT, SPREAD, 0.15, 56.0)
            )
            leaders.add(plane.segment((axis.mean + error + 0.1, high), (TOLD, high), ink.quiet, dashed=True))
        sigma = visits.summary(visits.visits()).deviation
        name = words.headline("[standard error:third] $sigma / sqrt(n)$", size=ink.HEADLINE)
        of = words.label(f"source: $sigma = {sigma:.2f}$", DATA, 56.0)
        shot.safe(titled=False).put(VGroup(name, of).arrange(DOWN, buff=0.3, aligned_edge=RIGHT), UP + RIGHT)
        with self.beat("The spread of the mean is its standard error: sigma over root n.") as beat:
            self.play(FadeIn(plane), Create(outlines), run_time=pace.CALM)
            beat.over(Create(arrows, lag_ratio=pace.LAG), until="standard")
            beat.over(FadeIn(name, of), until="sigma")
            beat.over(FadeIn(leaders), FadeIn(texts, lag_ratio=pace.LAG))
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
            "Why the root? Independent draws partly cancel: what adds up is variances. "
            "Four squares make one with side two sigma."
        ) as beat:
            self.play(FadeIn(*squares), run_time=pace.BRISK)
            beat.over(FadeIn(*areas, lag_ratio=pace.LAG), until="adds")
            self.play(FadeOut(*areas), run_time=pace.QUICK)
            beat.over(glide(stand, row, block, *squares), until="side", least=pace.SLOW)
            beat.over(Create(edge), FadeIn(twice), FadeIn(total))
        copy = edge.copy()
        with self.beat(
            "Their mean is the sum over four, and so is its spread: sigma over two. "
            "For n draws, it is sigma over root n."
        ) as beat:
            beat.over(copy.animate.become(half), FadeIn(shared), until="For", least=pace.SLOW)
            beat.over(FadeIn(rule, shift=place.NUDGE * UP), until="root")
            beat.over(words.light(shared), words.light(rule, ink.chalk))
        self.clear_stage()

    def central_limit(self) -> None:
        """The theorem in words and letters, beside averages of a hundred; then those of thirty, which still lean."""
        frame = shot.safe(titled=False)
        sizes = (averages.SIZES[3], averages.SIZES[2])
        top = 1.12 * float(density(sizes[0]).max())
        plane = chart(frame, LIMIT, (0, 1.06 * top), x_label="means of $n$ visits", x_ticks=range(1, 7))
        mean = self.axis.mean
        errors = [averages.standard_error(n) for n in sizes]
        xs = np.linspace(*LIMIT, 240)

        def stand(n: int) -> Mark:
            inside = (edges(n)[:-1] > LIMIT[0]) & (edges(n)[1:] < LIMIT[1])
            return Mark(plane, color=MEAN, fill=0.4).draw(boxes(plane, edges(n), density(n), inside))

        bars, leaning = (stand(n) for n in sizes)
        bells = [plane.curve(xs, processes.normal(xs, mean, error), MODEL, width=8) for error in errors]
        counts = [words.headline(f"n = {n}", MEAN, 64.0) for n in sizes]
        for each in counts:
            each.move_to(plane.at(5.0, 0.2 * top))
        wide = plane.segment((mean, 0.55 * top), (mean + errors[0], 0.55 * top), SPREAD, 9)
        term = frame.put(words.headline("Central Limit Theorem", MEAN), UP + RIGHT)
        rule = maths("{{ overline(X) : mean }} tilde.dot N(mu, {{ sigma^2 / n : spread }})", 1.6 * ink.POINT)
        rule.next_to(term, DOWN, buff=0.6, aligned_edge=RIGHT)
        with self.beat(
            "The Central Limit Theorem: means of many i.i.d. draws with finite variance become approximately normal."
        ) as beat:
            self.play(FadeIn(plane, bars, counts[0]), run_time=pace.BRISK)
            beat.at("Central", FadeIn(term))
            beat.over("means", words.write(rule), until="finite", least=pace.SLOW)
            beat.over(words.light(rule.part("spread"), ink.chalk), Create(wide), until="become")
            beat.over(Create(bells[0]), words.light(term, ink.chalk))
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
        deviation = maths("s^2 = 1 / (n - 1) sum_i (x_i - overline(x))^2", 1.1 * ink.POINT)
        frame.put(deviation, UP + RIGHT)
        with self.beat(
            "From one sample, estimate sigma by s. Its own mean lies nearer than mu, so divide by n minus one."
        ) as beat:
            self.play(FadeIn(plane), FadeIn(stem), FadeIn(name, count), run_time=pace.BRISK)
            beat.over(glide(reveal, 0.0, 4.0, good, bad, spots, rate_func=linear), until="so divide")
            beat.over(words.write(deviation))
        with self.beat(
            "Mean plus or minus two standard errors: an approximate ninety-five percent confidence interval."
        ) as beat:
            self.play(FadeOut(deviation), FadeIn(rule, term), run_time=pace.BRISK)
            beat.over(
                glide(reveal, 4.0, 0.5 * SHOWN_INTERVALS, good, bad, spots, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat("Another sample, another interval; mu does not move. The red ones miss.") as beat:
            beat.over(
                glide(
                    reveal, 0.5 * SHOWN_INTERVALS, float(SHOWN_INTERVALS), good, bad, spots, rate_func=linear
                ),
                until="The red",
                least=pace.LONG,
            )
            self.play(bad.animate.set_stroke(width=14), run_time=pace.QUICK)
            self.play(bad.animate.set_stroke(width=8), run_time=pace.QUICK)
        with self.beat(
            "Here about ninety-three percent hit, and most misses lie low: the long tail was hardly drawn."
        ) as beat:
            beat.over("about", FadeIn(told), until="most")
            beat.over(bad.animate.set_stroke(width=14), until="long")
            beat.over(bad.animate.set_stroke(width=8), words.light(rule, ink.chalk))
