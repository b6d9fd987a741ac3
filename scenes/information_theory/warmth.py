"""The softmax and its temperature, the root of d in attention, and the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.information_theory.bound import Trade
from scenes.information_theory.carpet import Page
from scenes.information_theory.excess import SUM
from scenes.information_theory.logits import ThreeLogits
from scenes.information_theory.stage import InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.tile import Tiles
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.kit.value import Value
from scenes.maths.information_theory import bits, huffman, temperature, texts, vae

BARS: Final = (-0.7, 15.7)
"""Limits of sixteen bars."""
NAME: Final = 44.0
"""Pixels of the capitals of names."""
LIGHT: Final = 2.5
"""Entry of a vector that is drawn as light as can be; its negative is as dark."""
WHOLE: Final = shot.safe(titled=False)
CLASSES: Final = 10
COLD: Final = 0.6
WARM: Final = 3.0
"""Temperatures of the worked example, beside 1."""
VARIED: Final = 1.6
"""Temperature at which the chapter on it ends."""
EDGES: Final = np.linspace(-44, 44, 89)
"""Of the bins in which scores are counted."""
ATTENTION: Final = (
    '{{ a_i : share }} = "softmax"_i ( {{ "query" dot "key"_i : score }} / {{ sqrt(d) : root }} )'
)
LARGEST: Final = temperature.DIMENSIONS[-1]
"""Entries of the vectors whose softmax saturates."""


def shares_of(scores: Floats) -> Floats:
    """Share (88,) of ``scores`` (n,) in each bin between EDGES."""
    counted, _ = np.histogram(scores, EDGES)
    return np.asarray(counted / scores.size)


class Warmth(InformationTheoryStage):
    """The softmax and its temperature, the root of d in attention, and the end."""

    @chapter("Temperature dials the entropy", "softmax temperature", goes_on=True)
    def temperature_dials_the_entropy(self) -> None:
        self.shot(shot.wide())
        self.untitled()
        self.turn_the_heat_by_hand()
        self.read_a_doubtful_digit()

    @chapter("Root d keeps attention warm", "temperature in attention", goes_on=True)
    def root_d_keeps_attention_warm(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lay_out_doubt()
        self.doubt_heat.set(VARIED)
        self.doubt_plane.numbers[8].set_color(ink.truth)
        self.add(self.doubt_plane, self.chances, self.doubtful, self.full_strip, self.filled, self.readouts)
        self.compare_query_and_keys()
        self.let_scores_spread()
        self.saturate()
        self.divide_by_the_root()
        self.answer_the_question()

    # Temperature

    def turn_the_heat_by_hand(self) -> None:
        """The three logits again: divide by T first."""
        table, unused = ThreeLogits(), Trade(vae.WEIGHTS[-1])
        self.add(unused)
        with self.beat("Back to the logits. First divide each one by a temperature, T.") as beat:
            self.play(FadeOut(unused), run_time=pace.QUICK)
            beat.over(FadeIn(table, table.formula, *table.names), until="First", least=pace.BRISK)
            beat.over(
                words.rewrite(table.formula, table.heated),
                *(FadeOut(name) for name in table.names),
                *(FadeIn(name) for name in table.heated_names),
                FadeIn(table.dial),
                least=pace.CALM,
            )
        table.follow()
        with self.beat("A low one widens the gaps, and the softmax sharpens.") as beat:
            beat.over(table.heat.to(COLD), least=pace.SLOW)
        with self.beat("A high one narrows them, and flattens it. The order stays.") as beat:
            beat.over(table.heat.to(WARM), until="order", least=pace.SLOW)
            beat.over(LaggedStart(*(words.light(each) for each in table.shares), lag_ratio=pace.LAG))
        self.gone = Group(table, table.heated, *table.heated_names, table.dial)

    def lay_out_doubt(self) -> None:
        """A doubtful digit with its ten chances, and under the dial the entropy as a strip."""
        doubt = temperature.most_doubtful()
        head, low = WHOLE.rows(2.3, 4.3, gap=0.2)
        self.doubt_plane = low.plane(
            (-0.5, 9.5),
            (0, 1),
            x_names={k: str(k) for k in range(CLASSES)},
            y_ticks=[0, 0.5, 1],
            tick_size=NAME,
        )
        self.doubt_heat = heat = Value(1.0, log=True)
        self.chances = self.doubt_plane.bars(np.arange(CLASSES), doubt.chances(), ink.second, thick=0.8)
        self.doubtful = ImageGrid(doubt.image[None], width=head.height, height=head.height)
        head.put(self.doubtful, LEFT)
        strip = shot.Region(head.left + head.height + 0.4, head.bottom, head.right, head.top)
        upper, lower = strip.rows(1, 1, gap=0.1)
        dial = upper.put(words.Readout(heat, 2, label="$T$ =", color=ink.focus, size=ink.HEADLINE), LEFT)
        entropy = upper.put(
            words.Readout(
                heat.of(doubt.entropy),
                2,
                f"of {np.log2(CLASSES):.2f} bits",
                "$H$ =",
                color=ink.first,
                size=ink.HEADLINE,
            ),
            RIGHT,
        )
        self.readouts = VGroup(dial, entropy)
        ground, self.unit, self.strip_at = bare(WHOLE), lower.width / np.log2(CLASSES), lower
        self.full_strip = ground.polygon(corners(lower, lower.width), ink.faint, width=0.0, fill=0.35)
        self.filled = ground.polygon(corners(lower, self.unit * doubt.entropy()), ink.first, 0.0, 1.0)
        heat.draws(lambda now: self.chances.redraw(doubt.chances(now)), self.chances)
        heat.draws(
            lambda now: self.filled.redraw(corners(lower, self.unit * doubt.entropy(now))), self.filled
        )

    def read_a_doubtful_digit(self) -> None:
        """The digit of which a classifier is least sure, from a spike to flat."""
        self.lay_out_doubt()
        doubt, heat, image, plane = (
            temperature.most_doubtful(),
            self.doubt_heat,
            self.doubtful,
            self.doubt_plane,
        )
        with self.beat(
            "This digit is picked: of all the unseen ones, the classifier is least sure of it. It is an eight."
        ) as beat:
            self.play(FadeOut(self.gone), run_time=pace.BRISK)
            self.play(FadeIn(image), self.frame.to(image, share=0.75), run_time=pace.CALM)
            beat.until("of all")
            beat.over(self.frame.back(), until="least")
            beat.over(
                FadeIn(plane),
                glide(self.chances.redraw, np.zeros(CLASSES), doubt.chances()),
                until="eight",
                least=pace.SLOW,
            )
            beat.over(words.tint(plane.numbers[8], ink.truth))
        low_t, _, high_t = temperature.TEMPERATURES
        with self.beat(
            "It is unsure: at T of one, the entropy is 2.78 bits. Lower the temperature, and it falls to 0.73."
        ) as beat:
            beat.over(
                FadeIn(self.full_strip, self.readouts),
                glide(
                    self.filled.redraw,
                    corners(self.strip_at, 0.01),
                    corners(self.strip_at, self.unit * doubt.entropy()),
                ),
                until="Lower",
            )
            beat.over(heat.to(low_t), until="0.73", least=pace.SLOW)
            beat.over(words.light(self.readouts[1]))
        with self.beat("Near zero the winner takes it all, here a wrong class.") as beat:
            beat.over(heat.to(0.06), least=pace.SLOW)
        with self.beat(
            "Raise it well above one, and the entropy climbs to 3.28 bits: nearly uniform."
        ) as beat:
            beat.over(heat.to(high_t), until="bits", least=pace.LONG)
            beat.over(words.light(self.readouts[1]))
        with self.beat(
            "When a model samples text, T below one is more predictable, T above one more varied."
        ) as beat:
            beat.over(heat.to(0.6), until="predictable", least=pace.CALM)
            beat.over(heat.to(VARIED), least=pace.CALM)

    # Attention

    def compare_query_and_keys(self) -> None:
        """A query, its sixteen keys under their scores, and the softmax of these."""
        d = temperature.DIMENSIONS[0]
        chosen = temperature.typical(d, scaled=False)
        queries, keys = (each[chosen] for each in temperature.vectors(d, 0))
        score = temperature.scores(d, 0)[chosen]
        top, low = WHOLE.rows(3.2, 3.2, gap=0.25)
        aside = 1.1
        top = shot.Region(top.left + aside, top.bottom, top.right, top.top)
        upper = top.plane(BARS, (-6.5, 6.5), x_ticks=[], y_ticks=[-4, 0, 4], tick_size=ink.LABEL)
        box = upper.box
        under = shot.Region(float(box[0, 0]), low.bottom + 0.2, float(box[1, 0]), low.top)
        lower = Plane(
            BARS, (0, 0.62), under.width, under.height, x_ticks=[], y_ticks=[0, 0.5], tick_size=ink.LABEL
        )
        lower.shift(np.array([under.left, under.bottom, 0.0]) - lower.box[0])
        bars = upper.bars(np.arange(16), np.zeros(16), ink.fourth, thick=0.72)
        shares = lower.bars(np.arange(16), np.zeros(16), ink.second, thick=0.72)
        zero = upper.segment((BARS[0], 0), (BARS[1], 0), ink.faint)
        cell = 0.62
        columns = [cells_of(key, cell) for key in keys]
        y = low.bottom + d * cell / 2
        for at, column in enumerate(columns):
            column.move_to((float(upper.at(at, 0)[0]), y, 0.0))
        query = cells_of(queries, cell)
        query.move_to((WHOLE.left + cell / 2, y, 0.0))
        names = [
            words.label("query", size=NAME).next_to(query, UP, buff=0.2).align_to(query, LEFT),
            words.label("scores: query · key", ink.fourth, size=NAME),
            words.label("attention weights", ink.second, size=NAME),
        ]
        key_name = (
            words.label("keys", size=NAME).next_to(columns[-1], UP, buff=0.2).align_to(columns[-1], RIGHT)
        )
        words.align_baseline(key_name, names[0])
        names[1].next_to(upper.at(15.6, 5.8), LEFT + DOWN, buff=0)
        names[2].next_to(lower.at(15.6, 0.6), LEFT + DOWN, buff=0)
        with self.beat(
            "Attention compares a query vector with keys, here sixteen. Each dot product is a score."
        ) as beat:
            self.play(
                FadeOut(
                    self.doubt_plane, self.chances, self.doubtful, self.full_strip, self.filled, self.readouts
                ),
                FadeIn(query, names[0]),
                run_time=pace.CALM,
            )
            beat.over(words.light(names[0]), until="keys")
            beat.over(
                FadeIn(key_name),
                LaggedStart(*(FadeIn(each, shift=place.NUDGE * UP) for each in columns), lag_ratio=pace.LAG),
                until="Each",
            )
            self.play(FadeIn(upper, zero), run_time=pace.QUICK)
            beat.over(glide(bars.redraw, 0.0, score), FadeIn(names[1]), least=pace.SLOW)
        with self.beat("The softmax of the scores gives the attention weights.") as beat:
            beat.over(FadeOut(query, names[0], key_name, *columns), until="scores", least=pace.QUICK)
            beat.over(FadeIn(lower), glide(shares.redraw, 0.0, temperature.softmax(score)), until="attention")
            beat.over(words.write(names[2]))
        self.first = Group(upper, lower, bars, shares, zero, *names[1:])

    def let_scores_spread(self) -> None:
        """The variance of a sum of d products is d."""
        low = WHOLE.rows(1.3, 5.2, gap=0.15)
        plane = low[1].plane(
            (-44, 44),
            (0, 0.21),
            x_label="score",
            x_ticks=[-32, -16, 0, 16, 32],
            y_ticks=[],
            tick_size=NAME,
            name_size=NAME,
        )
        spread = {d: shares_of(temperature.scores(d, 0).ravel()) for d in temperature.DIMENSIONS}
        middles = (EDGES[:-1] + EDGES[1:]) / 2
        counted = plane.bars(middles, 0 * middles, ink.fourth, thick=0.9)
        labels = {d: low[0].put(maths(f"d = {d}", ink.HEADLINE), LEFT) for d in temperature.DIMENSIONS}
        law = low[0].put(words.label("variance $d$, standard deviation $sqrt(d)$", size=ink.POINT), RIGHT)
        now = temperature.DIMENSIONS[0]
        with self.beat(
            "A score sums d products. For independent entries of mean zero and variance one, "
            "its variance is d."
        ) as beat:
            self.play(FadeOut(self.first), run_time=pace.BRISK)
            beat.over(
                FadeIn(plane, labels[now]),
                glide(counted.redraw, 0.0, spread[now]),
                until="variance is",
                least=pace.SLOW,
            )
            self.play(words.write(law), run_time=pace.BRISK)
            for after in temperature.DIMENSIONS[1:]:
                self.play(
                    glide(counted.redraw, spread[now], spread[after]),
                    FadeOut(labels[now]),
                    FadeIn(labels[after]),
                    run_time=pace.CALM,
                )
                now = after
        self.second = Group(plane, counted, labels[now], law)

    def saturate(self) -> None:
        """A typical query's sixteen weights for long vectors, and their entropy as a strip."""
        head, strip, low = WHOLE.rows(1.25, 1.0, 4.4, gap=0.15)
        name_at, strip, end_at = strip.columns(4.3, 7.6, 1.2, gap=0.1)
        self.head = head
        self.root = root = Value(1.0, log=True)
        score = temperature.scores(LARGEST, 0)[temperature.fair(LARGEST)]
        plane = low.plane(BARS, (0, 1), x_ticks=[], y_ticks=[0, 0.5, 1], tick_size=NAME)
        bars = plane.bars(np.arange(score.size), np.zeros(score.size), ink.second, thick=0.8)
        unit = strip.width / np.log2(score.size)

        def warmth(now: float) -> float:
            return bits.entropy(temperature.softmax(score, now))

        full = bare(WHOLE).polygon(corners(strip, strip.width), ink.faint, width=0.0, fill=0.35)
        filled = bare(WHOLE).polygon(corners(strip, unit * warmth(1.0)), ink.first, 0.0, 1.0)
        most = end_at.put(words.label("of 4", ink.first, size=NAME), RIGHT)
        told = name_at.put(
            words.Readout(root.of(warmth), 1, "bits", "$H$ =", color=ink.first, size=ink.HEADLINE), LEFT
        )
        steep = words.label(
            f"slope $a(1 - a)$ of the top key:\nmedian {temperature.median_slope(LARGEST):.3f}, 2,500 queries",
            ink.second,
            size=40.0,
        )
        long = words.label(f"d = {LARGEST}", ink.second, size=NAME)
        VGroup(long, steep).arrange(DOWN, buff=0.3, aligned_edge=RIGHT).move_to(
            plane.at(BARS[1], 1.0), aligned_edge=UP + RIGHT
        )
        law = head.put(words.label("softmax of the plain scores", size=ink.POINT), RIGHT)
        with self.beat(
            "Then the softmax saturates: one key takes most of the weight. "
            "There it is flat: for most queries, its slope is nearly zero."
        ) as beat:
            self.play(FadeOut(self.second), FadeIn(law, plane, long), run_time=pace.BRISK)
            beat.over(
                glide(bars.redraw, 0.0, temperature.weights(LARGEST, scaled=False)),
                until="There",
                least=pace.CALM,
            )
            beat.over(FadeIn(full, filled, most, told), self.frame.to(bars, share=0.9), until="most")
            self.play(FadeIn(steep), self.frame.back(), run_time=pace.BRISK)
            beat.over(words.light(steep))
        root.draws(lambda now: bars.redraw(temperature.softmax(score, now)), bars)
        root.draws(lambda now: filled.redraw(corners(strip, unit * warmth(now))), filled)
        self.law, self.third, self.steep = law, Group(plane, bars, full, filled, most, told, long), steep

    def divide_by_the_root(self) -> None:
        """The same scores over the root of d."""
        formula = self.head.put(maths(ATTENTION, ink.POINT), RIGHT)
        scaled = self.head.put(words.label("scaled dot product", ink.focus, size=NAME), LEFT)
        first, *_, last = temperature.DIMENSIONS
        low = min(temperature.mean_warmth(d, scaled=True).mean() for d in temperature.DIMENSIONS)
        asked = temperature.SEEDS * temperature.QUERIES
        mean = self.head.put(
            words.label(
                f"mean of {asked:,} queries:\n{low:.1f} bits, for d = {first} to {last}", ink.first, size=40.0
            ),
            LEFT,
        )
        with self.beat("Divide each score by the root of d first: the scaled dot product.") as beat:
            self.play(FadeOut(self.law, self.steep), run_time=pace.QUICK)
            beat.over(words.write(formula), until="first", least=pace.CALM)
            beat.over(words.write(scaled), words.light(formula.part("root")))
        with self.beat(
            "It acts as a temperature of root d: the weights spread again, however long the vectors."
        ) as beat:
            beat.over(self.root.to(float(np.sqrt(LARGEST))), until="however", least=pace.LONG)
            beat.over(FadeOut(scaled), FadeIn(mean))
        self.third.add(formula, mean)

    # The end

    def answer_the_question(self) -> None:
        """The poem and its answers once more: of them the entropy, and what another text's prices add."""
        head, low, line, last = WHOLE.rows(0.75, 3.5, 1.1, 1.1, gap=0.1)
        floor, page = bare(shot.EDGES), Page(WHOLE)
        poem, carpet = page.written(), page.answers(floor)
        weave = Waffle(low, len(carpet.halves))
        shares, letters = texts.poem_shares(), len(page.text)
        least = round(letters * bits.entropy(shares))
        most = round(letters * bits.cross_entropy(shares, texts.other_shares()))
        spots = weave.places(np.arange(len(carpet.halves)))
        coded = round(huffman.poem_code().total)
        needed, spared, above, extra = (
            UnitChart(floor, spots[at], weave.half, color)
            for at, color in (
                (slice(coded), ink.first),
                (slice(coded, None), ink.faint),
                (slice(least, coded), ink.error),
                (slice(coded, most), ink.error),
            )
        )
        ask = head.put(words.label("How few would do?", ink.focus, ink.POINT), LEFT)
        answer, other = (
            words.align_baseline(head.put(words.label(text, ink.first, ink.POINT), RIGHT), ask)
            for text in ("Huffman: 4.10 bits a letter, not 5", "another text's prices: 4.17")
        )
        own = line.put(words.label("entropy $H(p)$: 4.06", ink.first, ink.POINT), LEFT)
        law = line.put(maths(SUM, 76.0))
        named = []
        for text, color, part in (
            ("the loss", ink.chalk, "wrong"),
            ("the data's", ink.first, "own"),
            ("what training lowers", ink.error, "whole"),
        ):
            each = words.label(text, color, size=NAME)
            each.move_to((float(law.part(part).get_center()[0]), last.top, 0.0), aligned_edge=UP)
            named.append(each)
        for written in poem:
            self.allow(written, "unread", "nobody is to read the poem: it is known from the first picture")
        with self.beat(
            "Back to the poem: how few would do? Letter by letter 4.10 bits; given the letters before, fewer."
        ) as beat:
            self.play(FadeOut(self.third), run_time=pace.QUICK)
            beat.over(FadeIn(*poem), FadeIn(carpet), until="how", least=pace.BRISK)
            self.play(FadeOut(*poem), run_time=pace.QUICK)
            beat.over(
                glide(carpet.redraw, carpet.state, (spots, weave.half)), until="Letter", least=pace.SLOW
            )
            beat.over(FadeIn(ask, answer), until="given")
            beat.over(FadeOut(carpet), FadeIn(needed, spared), least=pace.CALM)
        with self.beat(
            "What Huffman's code pays above the entropy is a KL; another text's prices pay more. "
            "The sum is the cross-entropy."
        ) as beat:
            beat.over(FadeIn(above, own), self.frame.to(above, share=0.5), until="another", least=pace.CALM)
            beat.over(self.frame.back(), FadeIn(extra), FadeOut(answer), FadeIn(other), until="sum")
            self.play(FadeOut(own), run_time=pace.QUICK)
            beat.over(words.write(law))
        with self.beat(
            "Cross-entropy is the loss: the data set the entropy, and training lowers the KL."
        ) as beat:
            for each, word, part in zip(
                named, ("loss", "data", "training"), ("wrong", "own", "whole"), strict=True
            ):
                beat.at(word, FadeIn(each, shift=place.NUDGE * UP), words.light(law.part(part)))


def cells_of(vector: Floats, cell: float) -> Tiles:
    """Entries of ``vector`` (d,) as a column of cells, dark below zero and light above: colours have meanings here."""
    return Tiles(vector[:, None] + LIGHT, cell, heat=ink.chalk, largest=2 * LIGHT)


def corners(region: shot.Region, width: float) -> Floats:
    """Corners (4, 2) of the left ``width`` scene units of a region."""
    right = region.left + width
    return np.array(
        [(region.left, region.bottom), (right, region.bottom), (right, region.top), (region.left, region.top)]
    )
