"""Two ways to be wrong, power, and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.curved_arrow import CurvedArrow
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, Mark
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.maths.probability_statistics import averages, fit, power, visits
from scenes.maths.probability_statistics.power import CoinTest, at_level
from scenes.maths.probability_statistics.processes import geometric
from scenes.probability_statistics import shuffling, wild
from scenes.probability_statistics.pile import Pile, boxes, stairs
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    WRONG,
    ProbabilityStatisticsStage,
    chart,
    maths,
    rim,
)

OTHER: Final = ink.second
"""The alternative, and what is missed of it."""
N: Final = power.SIZES[0]
WALK: Final = (13, 17)
"""Cuts, in heads, between which the line moves."""
TALL: Final = 0.3
"""Probabilities that are drawn."""
LINE_TOP: Final = 0.203
"""Where the line ends, in their units."""
FAINT: Final = 0.32
"""Opacity of what is judged rightly."""
THICK: Final = 1.5 * LINE
HIGH: Final = 1.02
"""Densities that the last picture shows, per visit."""
NEAR: Final = 0.56
"""Densities that it shows at first, as the opening does."""
ENDS: Final = (-0.5, 15.5)
"""Visits that the last picture shows."""
SHARES: Final = (0.0, 0.46)
"""Shares that it shows."""
BEST: Final = 3.0
"""Mean of the process nearest to the visits, of those that might be."""
CANDIDATES: Final = (1.5, BEST, 7.0)
"""Means of these processes."""
BIN: Final = 0.2
"""Averages a bin: a whole multiple of the steps of both."""


class TwoPiles:
    """Heads of a fair coin and of another on one chart, parted by a line: what lies on its wrong side is lit."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.marks = {
            (pile, wrong): Mark(plane, color=color, fill=0.9 if wrong else FAINT)
            for pile, color in ((0, WRONG), (1, OTHER))
            for wrong in (False, True)
        }
        self.marks[0, False].set_fill(MODEL)
        self.line = Curve(plane, ink.chalk, THICK)

    def show(self, test: CoinTest, line: float | None = None) -> Changed:
        """The two piles of a test, by shares of heads, as high as those of ``N`` tosses; the line at its cut."""
        n = test.n
        edges = (np.arange(n + 2) - 0.5) / n
        heads = np.arange(n + 1)
        for (pile, wrong), mark in self.marks.items():
            beyond = heads >= test.cut
            chosen = beyond if wrong == (pile == 0) else ~beyond
            mark.draw(boxes(self.plane, edges, test.piles()[pile] * np.sqrt(n / N), chosen))
        return *self.marks.values(), *self.put_line((test.cut - 0.5) / n if line is None else line)

    def put_line(self, at: float) -> Changed:
        """The line stands at a share of heads."""
        return (self.line.redraw([at, at], [0.0, LINE_TOP]),)

    def pile(self, number: int) -> VGroup:
        """All of one pile."""
        return VGroup(self.marks[number, False], self.marks[number, True])


class Wrong(ProbabilityStatisticsStage):
    """The two kinds of error, power, and what to remember."""

    @chapter("Two ways to be wrong", "power and the two kinds of error", goes_on=True)
    def be_wrong_in_two_ways(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.draw_the_line()
        self.miss_the_effect()
        self.move_the_line()
        self.toss_more()
        self.remember()

    def chart_of_shares(self) -> Plane:
        """Shares of heads across the whole frame."""
        return chart(
            shot.safe(titled=False),
            (0.18, 1.0),
            (0, TALL),
            x_label=f"heads of {N} tosses",
            x_ticks=[heads / N for heads in (5, 10, 15, 20)],
            x_names={heads / N: f"{heads}" for heads in (5, 10, 15, 20)},
        )

    def draw_the_line(self) -> None:
        """The pile of a fair coin, and the line from which it is rejected."""
        plane = self.plane = self.chart_of_shares()
        piles = self.piles = TwoPiles(plane)
        test = self.test = at_level(N)
        piles.show(CoinTest(N, N + 1), 1.0)
        name = self.name = plane.label(0.4, 0.18, "$H_0$: fair coin", UP, MODEL, 0.15, ink.POINT)
        side = words.headline("$H_1$: favours heads\n(one-sided)", OTHER, ink.POINT)
        side.move_to(plane.at(0.985, 0.26), aligned_edge=RIGHT)
        before = shuffling.as_it_ends()
        self.add(before)
        with self.beat(
            "When is p small enough? Here are the heads of a fair coin. "
            "The alternative, chosen beforehand, favours heads: one side counts."
        ) as beat:
            self.play(FadeOut(before), FadeIn(plane), run_time=pace.BRISK)
            beat.over(FadeIn(piles.pile(0)), until="fair", least=pace.CALM)
            beat.over(FadeIn(name), until="The alternative")
            beat.over(FadeIn(side), until="one side")
            beat.over(words.light(side, ink.chalk))
        level = words.headline(
            f"[significance level $alpha = {power.ALPHA}$:error]:\nreject if p-value $<= alpha$",
            size=ink.POINT,
        )
        level.move_to(plane.at(0.985, 0.274), aligned_edge=RIGHT)

        ends = VGroup(
            *(
                words.headline(f"$P(#[{cut} or more]) = {CoinTest(N, cut).false_positive:.3f}$", color, 39.0)
                for cut, color in ((test.cut - 1, ink.quiet), (test.cut, WRONG))
            )
        ).arrange(DOWN, buff=0.25, aligned_edge=RIGHT)
        ends.move_to(plane.at(0.998, 0.19), aligned_edge=RIGHT)

        def part(at: float) -> Changed:
            cut = int(np.ceil(at * N - 1e-9))
            return piles.show(CoinTest(N, min(cut, N + 1)), at)

        self.part = part
        with self.beat(
            "Reject the null hypothesis when the p-value is at most alpha, the significance level, here five percent. "
            "Fourteen heads or more are likelier than that, so fifteen is the line."
        ) as beat:
            self.play(FadeOut(side), run_time=pace.QUICK)
            beat.over(appear(piles.line), FadeIn(level), until="significance")
            beat.over(words.light(level, ink.chalk), until="Fourteen")
            beat.over(
                glide(part, 1.0, (test.cut - 0.5) / N, *piles.pile(0), piles.line),
                FadeIn(ends[0]),
                until="so",
                least=pace.SLOW,
            )
            beat.over(FadeIn(ends[1]))
        first = plane.label(0.86, 0.028, "type I error:\nfalse positive", UP, WRONG, 0.1, ink.POINT)
        with self.beat(
            "A fair coin can land there too. Rejecting a true null hypothesis is a type one error, a false positive."
        ) as beat:
            low, high = plane.at(0.62, -0.025), plane.at(0.99, 0.128)
            beat.over(
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                plane.names.animate.set_opacity(0),
                rim(piles.marks[0, True]),
                until="Rejecting",
            )
            beat.over(FadeIn(first), until="false")
            beat.over(words.light(first, ink.chalk))
        law = maths(f'P("reject" mid(|) H_0) = {test.false_positive:.3f} <= alpha', ink.POINT)
        law.move_to(plane.at(0.985, 0.225), aligned_edge=RIGHT)
        with self.beat("Alpha bounds the rate of these errors.") as beat:
            self.play(
                FadeOut(ends), self.frame.back(), plane.names.animate.set_opacity(1), run_time=pace.CALM
            )
            beat.over(words.write(law))
        self.level, self.first, self.law = level, first, law

    def miss_the_effect(self) -> None:
        """A second pile, and the part of it that is missed."""
        plane, piles = self.plane, self.piles
        other = plane.label(0.76, 0.225, "$H_1$: heads 0.7", RIGHT, OTHER, 0.1, ink.POINT)
        beta = plane.label(0.185, 0.185, "type II error,\nmissed: $beta$", RIGHT, OTHER, 0.1, ink.POINT)
        with self.beat("Now suppose there is an effect: this coin favours heads.") as beat:
            self.play(FadeOut(self.level, self.law, self.first), run_time=pace.QUICK)
            beat.over(FadeIn(piles.pile(1)), FadeIn(other), least=pace.CALM)
            self.bring_to_front(piles.line)
        with self.beat(
            "What lies left of the line misses that effect: a type two error, at a rate called beta."
        ) as beat:
            beat.over(rim(piles.marks[1, True]), until="type two")
            beat.over(FadeOut(self.name), FadeIn(beta), least=pace.BRISK)
        law = maths('"power" = 1 - beta = P("reject" mid(|) H_1)', ink.POINT, {"beta": OTHER})
        law.move_to(plane.at(0.985, 0.275), aligned_edge=RIGHT)
        with self.beat(
            "Power is one minus beta: the probability of finding the effect when it is there."
        ) as beat:
            beat.over(words.write(law), until="probability")
            # What is found is bright now, and what is missed steps back.
            beat.over(*self.lit(found=True))
        self.power_law, self.beta, self.other = law, beta, other

    def lit(self, *, found: bool) -> tuple[Animation, Animation]:
        """Animations: of the other coin's pile what is found is bright, or what is missed."""
        marks = self.piles.marks
        return (
            marks[1, False].animate.set_fill(opacity=0.9 if found else FAINT).build(),
            marks[1, True].animate.set_fill(opacity=FAINT if found else 0.9).build(),
        )

    def move_the_line(self) -> None:
        """One error grows as the other shrinks."""
        piles, test = self.piles, self.test
        cuts = np.arange(WALK[0], WALK[-1] + 1)
        tests = [CoinTest(N, int(cut)) for cut in cuts]
        at = ParameterSweep((cuts - 0.5) / N, value=(test.cut - 0.5) / N)
        read = VGroup(
            Readout(
                at.score([each.false_positive for each in tests]), 3, "", "type I", WRONG, ink.POINT, digits=1
            ),
            Readout(at.score([each.miss for each in tests]), 2, "", "type II", OTHER, ink.POINT, digits=1),
            Readout(at.score([each.power for each in tests]), 2, "", "power", ink.chalk, ink.POINT, digits=1),
        ).arrange(RIGHT, buff=0.8)
        read.move_to(self.plane.at(0.59, 0.275))
        with self.beat(
            "A larger alpha moves the line left, a smaller one right: one error shrinks, the other grows."
        ) as beat:
            self.play(FadeOut(self.power_law), FadeIn(read), *self.lit(found=False), run_time=pace.BRISK)
            # As the readouts do, the picture changes where a cut is reached: it has no other states.
            at.score(np.arange(len(tests))).draws(
                lambda row: piles.show(tests[int(row)]), *piles.marks.values(), piles.line
            )
            beat.over(at.to((WALK[0] - 0.5) / N), until="smaller", least=pace.LONG)
            beat.over(at.to((WALK[-1] - 0.5) / N), least=pace.LONG)
        with self.beat("At our line the power is 0.42: you miss this coin more often than not.") as beat:
            beat.over(at.to((test.cut - 0.5) / N), until="power", least=pace.CALM)
            beat.over(words.light(read[2]), until="miss")
            beat.over(rim(piles.marks[1, True]))
        with self.beat("So not significant is not no effect.") as beat:
            beat.over(words.light(self.beta, ink.chalk))
        self.read = read

    def toss_more(self) -> None:
        """More tosses, and the piles part."""
        piles = self.piles
        sizes = np.arange(power.SIZES[0], power.SIZES[-1] + 1)
        tests = [at_level(int(n)) for n in sizes]
        n = ParameterSweep(sizes)
        read = VGroup(
            Readout(n.score(sizes), 0, "", "tosses", ink.chalk, ink.POINT, digits=3),
            Readout(
                n.score([each.false_positive for each in tests]), 3, "", "type I", WRONG, ink.POINT, digits=1
            ),
            Readout(n.score([each.power for each in tests]), 2, "", "power", ink.chalk, ink.POINT, digits=1),
        ).arrange(RIGHT, buff=0.8)
        read.move_to(self.plane.at(0.59, 0.275))
        names = VGroup(*self.plane.numbers, *self.plane.names)
        share = words.label("share of heads", ink.quiet, size=40.0).move_to(self.plane.names[0])
        half = [
            words.tick(text, size=40.0).move_to(
                (float(self.plane.at(x, 0)[0]), float(self.plane.numbers[0].get_center()[1]), 0.0)
            )
            for x, text in ((0.5, "0.5"), (0.7, "0.7"))
        ]
        with self.beat(
            "A larger effect, less noise, or more data give power. Toss more often, and the piles part."
        ) as beat:
            self.play(
                FadeOut(self.read, self.beta, self.other, names),
                FadeIn(read, share, *half),
                run_time=pace.BRISK,
            )
            n.score(np.arange(len(tests))).draws(
                lambda row: piles.show(tests[int(row)]), *piles.marks.values(), piles.line
            )
            beat.over(n.to(100), least=pace.LONG + pace.CALM)
            self.play(words.light(read[2]), *(rim(each) for each in piles.pile(1)), run_time=pace.CALM)
        with self.beat("So fix alpha, and the number of data, before you look.") as beat:
            beat.over(words.light(read[1], ink.chalk), until="number")
            beat.over(words.light(read[0]), rim(piles.marks[0, False]))
        self.leave(self.plane.grid, self.plane.frame, *piles.marks.values(), piles.line, read, share, *half)

    # --- the end

    def remember(self) -> None:
        """The question's picture: averages rise under the guesses; then the loop from a process to data and back."""
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        glass = chart(room, wild.AVERAGES, (0, HIGH), x_label="averages of visits", x_ticks=range(8))
        edges = np.arange(wild.AVERAGES[0], wild.AVERAGES[1] + 0.01, BIN)
        found = {n: averages.averages(n) for n in (30, 100)}
        piles = {
            n: np.asarray(np.histogram(each, edges - 0.5 / n, density=True)[0], dtype=float)
            for n, each in found.items()
        }
        bars = Mark(glass, color=MEAN, fill=0.55)

        def stand(heights: Floats) -> Changed:
            # The guesses are drawn nearer, as at the beginning: all heights are scaled alike.
            bars.draw(boxes(glass, edges, heights, heights > 0))
            return (bars,)

        flat = np.full_like(piles[30], 1e-9)
        stand(flat)
        near = chart(room, wild.AVERAGES, (0, NEAR), x_label="averages of visits", x_ticks=range(8))
        again, bell = wild.guesses(near)
        closer = HIGH / NEAR
        mean = visits.summary(visits.visits()).mean
        spread = averages.standard_error(100)
        xs = np.linspace(*wild.AVERAGES, 241)
        model = glass.curve(xs, fit.normal(xs, mean, spread), MODEL, THICK)
        law = maths("overline(X) tilde.dot N(mu, sigma^2 / n)", 1.3 * ink.POINT)
        law.move_to(glass.at(5.85, 0.79 * HIGH))
        count = [words.headline(f"n = {n}", MEAN) for n in (30, 100)]
        for each in count:
            each.move_to(glass.at(5.75, 0.48 * HIGH))
        with self.beat("What shape do averages of thirty make? A hump, still skewed to the right.") as beat:
            self.play(FadeIn(glass), run_time=pace.QUICK)
            self.play(Create(again), Create(bell), run_time=pace.CALM)
            beat.over(glide(stand, flat, closer * piles[30], bars), FadeIn(count[0]), until="still")
            beat.over(rim(bars, 3.0))
        with self.beat("Of a hundred: nearly a bell, if the variance is finite.") as beat:
            self.play(
                FadeOut(again, bell), glide(stand, closer * piles[30], piles[30], bars), run_time=pace.BRISK
            )
            beat.over(
                glide(stand, piles[30], piles[100], bars), FadeOut(count[0]), FadeIn(count[1]), until="if"
            )
            beat.over(Create(model), until="the variance")
            beat.over(words.write(law))
        with self.beat(
            "A process makes data: probability says how. From data back to the process leads inference: "
            "likelihood, intervals, tests.",
            pause=pace.BRISK,
        ) as beat:
            self.play(FadeOut(glass, bars, model, law, count[1]), run_time=pace.BRISK)
            self.close_the_loop(beat)

    def close_the_loop(self, beat: BeatClock) -> None:
        """On the left processes that might be, on the right the visits, and both ways between them."""
        head, middle, foot = shot.safe(titled=False).rows(1.2, 3.9, 1.35, gap=0.05)
        places = middle.columns(1, 1, gap=1.2)
        left, right = (each.plane(ENDS, SHARES, x_ticks=[], y_ticks=[], numbers=False) for each in places)
        bins = np.arange(ENDS[0], ENDS[1] + 0.01)
        models = [
            left.curve(*stairs(bins, geometric(mean, len(bins) - 1)), MODEL, THICK if mean == BEST else LINE)
            for mean in CANDIDATES
        ]
        data = Pile(right, self.visits, bins, DATA)
        names = [
            words.headline(text, color, 1.2 * ink.POINT).move_to(plane.at(ENDS[1], 0.9 * SHARES[1]), RIGHT)
            for text, color, plane in (("which process?", MODEL, left), ("visits", DATA, right))
        ]
        there, back = (
            CurvedArrow((one, y, 0), (other, y, 0), 0.45, ink.chalk, THICK)
            for one, other, y in (
                (places[0].middle[0], places[1].middle[0], head.bottom + 0.1),
                (places[1].middle[0], places[0].middle[0], foot.top - 0.1),
            )
        )
        ways = [
            words.headline("probability", size=ink.POINT),
            words.headline("inference: [likelihood, intervals, tests:fourth]", size=ink.POINT),
        ]
        head.put(ways[0], UP)
        foot.put(ways[1], DOWN)
        self.allow(data, "outside", "drops enter from above")
        self.play(FadeIn(left, names[0]), Create(models[1]), run_time=pace.BRISK)
        beat.over(
            FadeIn(right, names[1]),
            appear(data),
            glide(data.redraw, 0.0, 1.0, rate_func=linear),
            Create(there),
            FadeIn(ways[0]),
            until="From",
            least=pace.LONG,
        )
        beat.over(
            "From", Create(back), FadeIn(ways[1]), Create(models[0]), Create(models[2]), until="likelihood"
        )
        beat.over(words.light(ways[1], ink.chalk), *(rim(each, 12.0) for each in models), least=pace.SLOW)
        self.play(rim(data.bars, 3.0), words.light(names[0], ink.chalk), run_time=pace.CALM)
