"""KL divergence: what the wrong prices cost on top, counted in squares, and why it has a direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, AnimationGroup, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.information_theory.label import unit_rods
from scenes.information_theory.prices import CELL, EIGHTHS, PriceChart
from scenes.information_theory.stage import DOT, LARGE, InformationTheoryStage, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.unit_chart import UnitChart
from scenes.kit.variable_width_bars import VariableWidthBars
from scenes.maths.information_theory import bits, texts

HALF: Final = 0.46 * CELL
"""Half the side of a red square on its chart."""
SPARE: Final = 0.6
"""Half the side of a square that is left over."""
LOUD: Final = 80.0
"""Pixels of the capitals of a formula that is the picture."""
LESS: Final = '{{D_"KL" (p ∥ q) : whole}} = {{H(p, q) : wrong}} - {{H(p) : own}}'
RATIO: Final = (
    '{{D_"KL" (p ∥ q) : whole}} = scripts(sum)_x {{p(x) : weight}} thin log_2 {{p(x) / q(x) : ratio}}'
)
SUM: Final = '{{H(p, q) : wrong}} = {{H(p) : own}} + {{D_"KL" (p ∥ q) : whole}}'
RULE_OVER_BLOCKS: Final = (1, 1.6)
"""Heights of the last formula and of the blocks below it."""
LEAST: Final = 0.02
"""Bits of KL that are left of the model at the end."""
RATIOS: Final = (0.0, 2.4)
EXCESSES: Final = (-1.7, 2.7)
"""Limits of the plane of ratios q over p, and of minus their logarithms."""
BALL: Final = 0.55
"""Radius of the dot of a letter of probability one, in scene units; areas are probabilities."""
TOP: Final = 13.2
"""Bits up to which the signs of the other text are drawn."""


@dataclass(frozen=True, slots=True)
class Bill:
    """Columns and rows of squares on a chart: what the wrong prices add, and what they save."""

    extra: tuple[tuple[int, int], ...]
    saved: tuple[tuple[int, int], ...]


def bill(p: tuple[float, ...], q: tuple[float, ...]) -> Bill:
    """The squares between p's own prices and those of q, where all are whole: each is an eighth of a bit."""
    own, wrong = bits.surprisal(p).astype(int), bits.surprisal(q).astype(int)
    letters = np.repeat(np.arange(len(p)), (np.array(p) * EIGHTHS).astype(int)).tolist()
    extra = [(c, row) for c, k in enumerate(letters) for row in range(int(own[k]), int(wrong[k]))]
    saved = [(c, row) for c, k in enumerate(letters) for row in range(int(wrong[k]), int(own[k]))]
    return Bill(tuple(extra), tuple(saved))


class Excess(InformationTheoryStage):
    """KL divergence and its asymmetry."""

    @chapter("The excess has a direction", "KL divergence", "asymmetry of KL divergence", goes_on=True)
    def the_excess_has_a_direction(self) -> None:
        self.untitled()
        self.floor = bare(shot.EDGES)
        self.count_the_squares()
        self.name_the_divergence()
        self.see_why_it_is_never_negative()
        self.swap_the_roles()
        self.need_a_letter()
        self.fix_the_data()

    def count_the_squares(self) -> None:
        """Red squares fill the gaps; five are left."""
        self.shot(shot.wide())
        chart = PriceChart(heights=np.zeros(4), beliefs=("q: 1/8", "1/2", "1/4", "1/8"))
        own = bits.surprisal(bits.P)
        caps = chart.prices(bits.surprisal(bits.Q), ink.second)
        rods = unit_rods()
        self.add(rods)
        with self.beat("The four letters again: blue are their own prices, orange those from q.") as beat:
            self.play(FadeOut(rods), run_time=pace.QUICK)
            beat.over(
                FadeIn(chart), glide(chart.bars.redraw, (bits.P, np.zeros(4)), (bits.P, own)), until="orange"
            )
            beat.over(FadeIn(caps, *chart.beliefs))
        found = bill(bits.P, bits.Q)
        extra, gaps = self.squares_of(chart, found)
        with self.beat("For a, you pay extra: red squares. For b and c you save: gaps.") as beat:
            beat.over(
                "extra", LaggedStart(*(FadeIn(each) for each in extra), lag_ratio=pace.LAG), until="For b"
            )
            beat.over(LaggedStart(*(FadeIn(each) for each in gaps), lag_ratio=pace.LAG))
        rest = extra[: len(extra) - len(gaps)]
        over = VGroup(chart, caps, chart.beliefs, *gaps, *extra[len(rest) :])
        with self.beat("Let the red fill the gaps. Five squares are left, each an eighth of a bit.") as beat:
            self.add(*extra)
            beat.over(self.fill_gaps(chart, found, extra), until="Five", least=pace.SLOW)
            paid = [each.animate.set_fill(ink.first) for each in extra[len(rest) :]]
            beat.over(*paid, until="each", least=pace.QUICK)
            beat.over(LaggedStart(*(words.light(each, ink.chalk) for each in rest), lag_ratio=pace.LAG))
        self.five, self.over_them = VGroup(*rest), over

    def squares_of(self, chart: PriceChart, found: Bill) -> tuple[list[UnitChart], list[UnitChart]]:
        """Red squares of what is paid on top, and outlines in the ground's colour of what is saved."""
        extra = [UnitChart(self.floor, chart.cell(*each), HALF, ink.error) for each in found.extra]
        gaps = [UnitChart(self.floor, chart.cell(*each), HALF, ink.ground, 0.8) for each in found.saved]
        return extra, gaps

    @staticmethod
    def fill_gaps(chart: PriceChart, found: Bill, extra: list[UnitChart]) -> AnimationGroup:
        """As many red squares as there are gaps go there."""
        fillers = extra[len(extra) - len(found.saved) :]
        moves = [
            glide(square.redraw, square.state, (chart.cell(*gap), square.halves))
            for square, gap in zip(fillers, found.saved, strict=True)
        ]
        return LaggedStart(*moves, lag_ratio=pace.LAG)

    @staticmethod
    def gather(rest: list[UnitChart], spots: Floats) -> AnimationGroup:
        """What is left over goes to a row."""
        moves = [
            glide(square.redraw, square.state, (spot[None], np.full(1, SPARE)))
            for square, spot in zip(rest, spots, strict=True)
        ]
        return AnimationGroup(*moves)

    @staticmethod
    def spare_places(count: int, y: float) -> Floats:
        """Places (count, 2) of a row of squares from the left at height ``y``."""
        x = shot.SAFE.left + SPARE + 2.25 * SPARE * np.arange(count)
        return np.column_stack([x, np.full(count, y)])

    def name_the_divergence(self) -> None:
        """The name and its formula, and where it is zero."""
        self.shot(shot.formula(titled=False))
        spare, safe = self.five, shot.safe(titled=False)
        spots = self.spare_places(len(spare), 2.2)
        worth = words.headline("0.625 bits", ink.error)
        worth.move_to((safe.right, spots[0][1], 0.0), aligned_edge=RIGHT)
        rule, ratio = maths(LESS, LOUD), maths(RATIO, LOUD)
        figures = words.label("2.375 − 1.75 = 0.625", ink.quiet, ink.POINT)
        for each in (rule, ratio):
            safe.rows(1, 1, 1)[1].put(each, LEFT)
        figures.next_to(rule, DOWN, buff=0.55, aligned_edge=LEFT)
        name = words.headline("KL divergence", ink.focus)
        safe.put(name, DOWN + LEFT)
        with self.beat(
            "The KL divergence is cross-entropy minus entropy: "
            "what the wrong distribution costs on top. Here, 0.625 bits."
        ) as beat:
            # First the chart: on their way the squares would pass over its numbers.
            self.play(FadeOut(self.over_them), run_time=pace.QUICK)
            self.play(self.gather([*spare], spots), run_time=pace.BRISK)
            beat.over(words.write(rule), FadeIn(name), until="what")
            beat.over(
                words.light(rule.part("whole")),
                *(words.light(each, ink.chalk) for each in spare),
                until="Here",
            )
            beat.over(FadeIn(worth, figures))
        with self.beat("As one sum: each probability times the log of p over q.") as beat:
            self.play(FadeOut(figures), run_time=pace.QUICK)
            beat.over(words.rewrite(rule, ratio), until="log", least=pace.BRISK)
            beat.over(words.light(ratio.part("ratio")))
        self.worth, self.ratio, self.name_of_it = worth, ratio, name

    def see_why_it_is_never_negative(self) -> None:
        """Letters on the curve of the excess: their mean lies over one, and the curve over its tangent there."""
        self.shot(shot.wide())
        plane = shot.safe(titled=False).plane(
            RATIOS,
            EXCESSES,
            x_label="ratio $q(x) \\/ p(x)$",
            y_label="excess (bits)",
            x_ticks=(0, 1, 2),
            y_ticks=(-1, 0, 1, 2),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        xs = np.geomspace(2.0 ** -EXCESSES[1], RATIOS[1], 300)
        curve = plane.curve(xs, bits.surprisal(xs), ink.chalk, width=1.6 * LINE)
        zero = plane.segment((RATIOS[0], 0.0), (RATIOS[1], 0.0), ink.faint)
        p, ratios = np.array(bits.P), np.array(bits.Q) / np.array(bits.P)
        balls = [
            plane.dots(
                [(ratio, float(bits.surprisal(ratio)))], ink.truth, radius=BALL * float(np.sqrt(share))
            )
            for ratio, share in ((each, p[ratios == each].sum()) for each in np.unique(ratios))
        ]
        names = [
            plane.label(x, float(bits.surprisal(x)), text, side, ink.truth, gap=0.55, size=LARGE)
            for x, text, side in zip(
                np.unique(ratios),
                ("a: p = 1/2", "d: 1/8", "b, c: 3/8"),
                (RIGHT, DOWN + LEFT, UP),
                strict=True,
            )
        ]
        mean = bits.kl(bits.P, bits.Q)
        upright = plane.segment((1.0, EXCESSES[0]), (1.0, EXCESSES[1]), ink.focus, width=LINE, dashed=True)
        at_one = plane.label(1.0, 2.35, "mean ratio: 1", RIGHT, ink.focus, gap=0.3, size=LARGE)
        flat = plane.segment(
            (0.0, 1 / np.log(2)), (1 - EXCESSES[0] * np.log(2), EXCESSES[0]), ink.fourth, width=LINE
        )
        tangent = plane.label(1.0, -1.35, "tangent: mean 0", RIGHT, ink.fourth, gap=0.3, size=LARGE)
        rise = plane.segment((1.0, 0.0), (1.0, mean), ink.error, width=3.5 * LINE)
        bead = plane.dots([(1.0, mean)], ink.error, radius=DOT)
        kl = plane.label(1.0, mean, f"mean excess: KL = {mean:g} bits", RIGHT, ink.error, gap=0.4, size=LARGE)
        with self.beat("Why not negative? Plot each letter's excess against the ratio, q over p.") as beat:
            self.play(FadeOut(self.five, self.worth, self.ratio, self.name_of_it), run_time=pace.QUICK)
            self.play(FadeIn(plane, zero), run_time=pace.QUICK)
            beat.over(
                LaggedStart(
                    *(FadeIn(ball, name) for ball, name in zip(balls, names, strict=True)), lag_ratio=pace.LAG
                ),
                until="ratio",
                least=pace.SLOW,
            )
            beat.over(Create(curve), least=pace.CALM)
        with self.beat("Weighted by p, the ratios average one: q sums to one over these letters.") as beat:
            beat.over(*(words.light(ball) for ball in balls), until="average")
            beat.over(Create(upright), FadeIn(at_one))
        with self.beat(
            "The curve lies above its tangent. A line averages to its value at the mean ratio: zero. "
            "So KL is never negative, and zero only when q equals p."
        ) as beat:
            beat.over("tangent", Create(flat), FadeIn(tangent), until="So")
            beat.over(Create(rise), FadeIn(bead, kl), until="and zero")
            beat.over(words.light(kl, ink.chalk), words.light(rise, ink.chalk))
        self.proof = VGroup(
            plane, zero, curve, *balls, *names, upright, at_one, flat, tangent, rise, bead, kl
        )

    def swap_the_roles(self) -> None:
        """The same two distributions with their roles swapped: four squares are left."""
        ask = words.headline("swap p and q: the same?", ink.focus)
        shot.SAFE.put(ask, DOWN + LEFT)
        self.shot(shot.formula(titled=False))
        with self.beat("Now swap the two, p and q. Is it the same?") as beat:
            self.play(FadeOut(self.proof), run_time=pace.QUICK)
            self.play(FadeIn(self.five, self.worth, self.ratio), run_time=pace.QUICK)
            beat.over(words.light(self.ratio), until="Is")
            beat.over(words.write(ask))
        self.shot(shot.wide())
        chart = PriceChart(
            bits.Q,
            np.zeros(4),
            ("p: 1/2", "1/4", "1/8", "1/8"),
            ("1/8", "1/2", "1/4", "1/8"),
            ink.second,
            ink.truth,
        )
        caps = chart.prices(bits.surprisal(bits.P), ink.truth)
        found = bill(bits.Q, bits.P)
        extra, gaps = self.squares_of(chart, found)
        old = VGroup(self.worth, self.ratio, ask)
        with self.beat("The widths are q now, and the teal prices come from p.") as beat:
            self.play(FadeOut(old, self.five), run_time=pace.QUICK)
            beat.over(
                FadeIn(chart),
                glide(chart.bars.redraw, (bits.Q, np.zeros(4)), (bits.Q, bits.surprisal(bits.Q))),
                until="teal",
            )
            beat.over(FadeIn(caps, *chart.beliefs))
        rest = extra[: len(extra) - len(gaps)]
        with self.beat("Extra squares, gaps: fill them, and four are left. Half a bit.") as beat:
            beat.over(
                *(FadeIn(each) for each in extra),
                *(FadeIn(each) for each in gaps),
                until="fill",
                least=pace.QUICK,
            )
            self.add(*extra)
            beat.over(self.fill_gaps(chart, found, extra), until="Half", least=pace.SLOW)
            beat.over(*(each.animate.set_fill(ink.first) for each in extra[len(rest) :]))
        four = VGroup(*rest)
        spots = self.spare_places(len(rest), -2.2)
        places = [self.spare_places(len(self.five), 2.2), spots]
        names = [
            maths(f'D_"KL" ({pair}) = {value}', 0.75 * LOUD).next_to(
                np.append(row[-1], 0.0), RIGHT, buff=0.6 + SPARE
            )
            for row, pair, value in zip(places, ("p ∥ q", "q ∥ p"), ("0.625", "0.5"), strict=True)
        ]
        term = words.headline("asymmetric", ink.focus)
        term.move_to((shot.SAFE.left, 0.0, 0.0), aligned_edge=LEFT)
        with self.beat(
            "KL is asymmetric: swapping p and q usually changes it, so it is no distance."
        ) as beat:
            self.play(FadeOut(chart, caps, chart.beliefs, *gaps, *extra[len(rest) :]), run_time=pace.QUICK)
            self.play(self.gather(rest, spots), run_time=pace.BRISK)
            self.play(FadeIn(self.five, names[0]), run_time=pace.QUICK)
            beat.over(FadeIn(names[1], term), until="so", least=pace.QUICK)
            beat.over(*(words.light(each) for each in names))
        self.rows = VGroup(self.five, four, *names, term)

    def need_a_letter(self) -> None:
        """The other text, priced by the poem, which has no j and no q."""
        self.shot(shot.wide())
        p, q = texts.poem_shares(), texts.other_shares()
        shares, own = q, bits.surprisal(q)
        plane = shot.safe(titled=False).plane(
            (0, 1),
            (0, TOP),
            y_label="bits",
            x_label="letters of the other text, by the alphabet",
            x_ticks=[],
            y_ticks=(0, 4, 8, 12),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        bars = VariableWidthBars(plane, shares, own)
        wrong = bits.surprisal(p)
        signs = VGroup(
            *(
                words.label(
                    "space" if texts.SIGNS[at] == " " else texts.SIGNS[at], ink.ground, LARGE
                ).move_to(plane.at(middle, 0.8))
                for at, middle in enumerate(bars.middles)
                if shares[at] > 0.045
            )
        )
        missing = np.flatnonzero(np.isinf(wrong))
        # All but the missing letters, whose prices go beyond any height.
        finite = np.where(np.isinf(wrong), own, wrong)
        feet = np.column_stack([bars.middles[missing], np.zeros(missing.size)])
        tops, highest = (
            np.column_stack([feet[:, 0], tall]) for tall in (own[missing], 0 * missing + bars.ceiling)
        )
        threads = plane.segment(feet, tops, ink.error, width=2.5 * LINE)
        first, second = (
            words.headline(texts.SIGNS[at], ink.error).next_to(plane.at(*top), RIGHT, buff=0.2)
            for at, top in zip(missing, tops, strict=True)
        )
        lost = VGroup(first, words.align_baseline(second, first))
        with self.beat("Price the other text by the poem.") as beat:
            self.play(FadeOut(self.rows), run_time=pace.QUICK)
            beat.over(FadeIn(plane, bars, signs), until="other")
            beat.over(glide(bars.redraw, (shares, own), (shares, finite)), least=pace.SLOW)
        with self.beat(
            "It needs a j and a q, and the poem has neither: probability zero, so the price is infinite."
        ) as beat:
            self.play(FadeIn(threads), run_time=pace.QUICK)
            beat.at("j", FadeIn(lost[0]))
            beat.at("q", FadeIn(lost[1]))
            beat.over(self.frame.to(threads, lost, share=0.75), until="probability", least=pace.SLOW)
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(glide(threads.redraw, (feet, tops), (feet, highest)), least=pace.LONG)
        one = bits.kl(p, q)
        sides = [
            words.label(text, ink.error, LARGE)
            for text in (
                f'$D_"KL" ("poem" ∥ "other")$: {one:.3f}',
                '$D_"KL" ("other" ∥ "poem")$: infinite',
            )
        ]
        high = plane.at(0.02, TOP - 2.5), plane.at(0.02, TOP - 0.8)
        for side, spot in zip(sides, high, strict=True):
            side.move_to(spot, aligned_edge=LEFT)
        with self.beat("So is the KL. The other way round: 0.105 bits.") as beat:
            beat.over(FadeIn(sides[1]), until="other")
            beat.over(FadeIn(sides[0]))
        self.texts_shown = VGroup(plane, bars, signs, threads, lost, *sides)

    def fix_the_data(self) -> None:
        """Training: the entropy is the data's, the rest is the model's."""
        (frame,) = self.shot(shot.headline())
        rule = maths(SUM, 1.25 * ink.HEADLINE)
        frame.rows(*RULE_OVER_BLOCKS, gap=0.4)[0].put(rule)
        low, high = bits.entropy(bits.P), bits.cross_entropy(bits.P, bits.Q)
        data, model = data_and_model(high)
        names = [
            words.headline(text, ink.ground).move_to(part)
            for text, part in (("H(p): the data's", data), ("KL", model))
        ]
        with self.beat("Cross-entropy is entropy plus KL, and the entropy is fixed by the data.") as beat:
            self.play(FadeOut(self.texts_shown), run_time=pace.BRISK)
            beat.over(words.write(rule), FadeIn(data, names[0]), until="and")
            beat.over(FadeIn(model, names[1]), words.light(rule.part("own")))
        with self.beat("So whoever minimises the cross-entropy minimises the KL.") as beat:
            self.play(FadeOut(names[1]), run_time=pace.QUICK)
            beat.over(glide(model.redraw, block(low, high), block(low, low + LEAST)), least=pace.SLOW)


def block(start: float, end: float) -> Floats:
    """Corners (4, 2) of a bar from ``start`` to ``end`` bits; the letters' cross-entropy fills the picture."""
    lower = shot.headline().places[0].rows(*RULE_OVER_BLOCKS, gap=0.4)[1]
    unit = lower.width / bits.cross_entropy(bits.P, bits.Q)
    left, right = lower.left + unit * start, lower.left + unit * end
    y0, y1 = lower.middle[1] - 0.8, lower.middle[1] + 0.8
    return np.array([(left, y0), (right, y0), (right, y1), (left, y1)])


def data_and_model(total: float) -> VGroup:
    """The entropy of the data, and the KL of a model whose cross-entropy is ``total`` bits."""
    board, low = bare(shot.EDGES), bits.entropy(bits.P)
    return VGroup(
        board.polygon(block(0, low), ink.first, 0, 0.9), board.polygon(block(low, total), ink.error, 0, 0.9)
    )
