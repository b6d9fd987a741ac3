"""Huffman's code beside its bound: a tree for four letters, one for the poem, and the carpet rewritten."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.information_theory.carpet import FIXED
from scenes.information_theory.prices import PriceChart
from scenes.information_theory.stage import LARGE, LETTERS, InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.information_theory import bits, huffman, texts

STREAM: Final = "abcda"
"""Letters that are read from zeros and ones."""
BOUND: Final = "{{H(p) : low}} <= {{L : mine}} < {{H(p) + 1 : high}}"
SUM: Final = 46.0
"""Pixels of the capitals of the sum beside the tree."""
ROOM: Final = 3.2
"""Scene units up of the strip of what a stream can begin with."""
NODE: Final = 0.13
"""Radius of a join, in scene units."""


class Rewritten:
    """The carpet of the poem by Huffman's code, as it lies when the chapter ends: its squares, and those over H."""

    def __init__(self, floor: Plane) -> None:
        _, rest = shot.safe(titled=False).rows(1, 8, gap=0.3)
        poem, code = texts.poem(), huffman.poem_code()
        self.weave: Final = Waffle(rest, FIXED * len(poem))
        self.length: Final = sum(len(code.codewords[sign]) for sign in poem)
        bound = bits.entropy(texts.shares(texts.counts(poem)))
        self.least: Final = int(np.ceil(bound * len(poem)))
        self.carpet: Final = UnitChart(floor, self.weave.places(np.arange(self.length)), self.weave.half)
        above = self.weave.places(np.arange(self.least, self.length))
        self.excess: Final = UnitChart(floor, above, self.weave.half, ink.error)


class CodeTree:
    """A code as a tree that hangs in ``frame``: a row down for each bit, leaves side by side."""

    def __init__(self, plane: Plane, code: huffman.Code, frame: shot.Region) -> None:
        self.code: Final = code
        self.count: Final = len(code.symbols)
        depth = max(map(len, code.codewords.values()))
        ways = self._ways()
        order = {
            leaf: rank for rank, leaf in enumerate(sorted(range(self.count), key=lambda leaf: ways[leaf]))
        }
        spots = np.zeros((len(ways), 2))
        for node in range(len(ways)):
            join = None if node < self.count else code.joins[node - self.count]
            x = order[node] if join is None else (spots[join.left, 0] + spots[join.right, 0]) / 2
            spots[node] = x, len(ways[node])
        across, down = frame.width / (self.count - 1), frame.height / depth
        self.spots: Final[Floats] = np.column_stack(
            [frame.left + spots[:, 0] * across, frame.top - spots[:, 1] * down]
        )
        self.down: Final = down
        self.edges: Final = [self._edges(plane, number) for number in range(len(code.joins))]
        self.nodes: Final = plane.dots(self.spots[self.count :], ink.chalk, radius=NODE)

    def _ways(self) -> list[str]:
        """The way down to each node, leaves first."""
        ways = {self.count + len(self.code.joins) - 1: ""}
        for number in range(len(self.code.joins) - 1, -1, -1):
            join, way = self.code.joins[number], ways[self.count + number]
            ways[join.left], ways[join.right] = way + "0", way + "1"
        return [ways[node] for node in range(len(ways))]

    def _edges(self, plane: Plane, number: int) -> Segments:
        join, top = self.code.joins[number], self.spots[self.count + number]
        ends = self.spots[[join.left, join.right]]
        return plane.segment(ends, np.array([top, top]), ink.quiet, width=LINE)

    def point(self, node: int) -> Floats:
        """Scene point (3,) of a node; leaves are counted first."""
        return np.append(self.spots[node], 0.0)

    def grow(self, number: int) -> list[Animation]:
        """What comes with the join of that number."""
        return [Create(self.edges[number]), FadeIn(self.nodes[number], scale=2)]


class Coding(InformationTheoryStage):
    """Entropy as the limit of codes."""

    @chapter("No letter code gets below it", "entropy as code length", goes_on=True)
    def no_letter_code_gets_below_it(self) -> None:
        self.untitled()
        self.join_four_letters()
        self.read_without_commas()
        self.weigh_the_lengths()
        self.join_the_poem()
        self.rewrite_the_carpet()
        self.name_the_bound()

    def join_four_letters(self) -> None:
        """Huffman's joins, and the codewords that they make."""
        self.shot(shot.wide())
        safe = shot.safe(titled=False)
        self.floor = bare(shot.EDGES)
        chart = PriceChart()
        average = bits.entropy(bits.P)
        line, name = chart.level(average), chart.level_name(f"entropy: {average:g} bits", average)
        self.add(chart, line, name)
        code = huffman.huffman(dict(zip(LETTERS, bits.P, strict=True)))
        self.tree = tree = CodeTree(
            self.floor,
            code,
            shot.Region(safe.left + 1.0, safe.bottom + 1.5, safe.right - 1.0, safe.top - 0.8),
        )
        tags = [
            safe.put(words.label(text, ink.focus, ink.POINT), DOWN + LEFT)
            for text in ("codeword", "Huffman code", "prefix code", "expected code length")
        ]
        fixed = []
        for leaf, foot in enumerate(chart.feet):
            below = foot.copy().scale(ink.POINT / LARGE).next_to(tree.point(leaf), DOWN, buff=words.GAP)
            text = words.code(f"{leaf:02b}", "text", ink.HEADLINE)
            for glyph in text.glyphs:
                glyph.set_fill(ink.first)
            fixed.append(text.next_to(below, DOWN, buff=2 * words.GAP))
        with self.beat(
            "Can a code come down to this average? Write each letter in zeros and ones: a codeword."
        ) as beat:
            beat.over(words.light(name, ink.chalk), until="Write")
            self.play(FadeOut(chart.plane, chart.bars, chart.seams, line, name), run_time=pace.QUICK)
            beat.over(
                *(
                    foot.animate.scale(ink.POINT / LARGE).next_to(tree.point(leaf), DOWN, buff=words.GAP)
                    for leaf, foot in enumerate(chart.feet)
                ),
                until="zeros",
                least=pace.CALM,
            )
            beat.over(LaggedStart(*(FadeIn(each) for each in fixed), lag_ratio=pace.LAG), FadeIn(tags[0]))
        sums = [
            words.label(text, ink.truth, LARGE).next_to(
                tree.point(4 + number), UP + RIGHT, buff=2 * words.GAP
            )
            for number, text in enumerate(("1/4", "1/2", "1"))
        ]
        with self.beat("Huffman's code joins the two least probable symbols, again and again.") as beat:
            self.play(FadeOut(tags[0], *fixed), FadeIn(tags[1]), run_time=pace.QUICK)
            for number, word in enumerate(("joins", "symbols", "again and")):
                beat.at(word, *tree.grow(number), FadeIn(sums[number]), run_time=pace.CALM)
        digits, codewords = [], []
        for number, join in enumerate(code.joins):
            for child, digit in ((join.left, "0"), (join.right, "1")):
                middle = (tree.point(child) + tree.point(4 + number)) / 2
                side = UP + LEFT if digit == "0" else UP + RIGHT
                digits.append(words.label(digit, ink.first, ink.POINT).next_to(middle, side, buff=0.02))
        for leaf, foot in enumerate(chart.feet):
            text = words.code(code.codewords[LETTERS[leaf]], "text", ink.HEADLINE)
            for glyph in text.glyphs:
                glyph.set_fill(ink.first)
            codewords.append(text.next_to(foot, DOWN, buff=2 * words.GAP))
        with self.beat(
            "From the top, left is zero and right is one. Each way down spells a codeword."
        ) as beat:
            self.play(FadeOut(*sums), run_time=pace.QUICK)
            beat.over(
                "left",
                LaggedStart(*(FadeIn(each) for each in reversed(digits)), lag_ratio=pace.LAG),
                until="Each",
            )
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * DOWN) for each in codewords), lag_ratio=pace.LAG
                )
            )
        self.feet, self.zeros_and_ones, self.codewords, self.terms_told = (
            chart.feet,
            VGroup(*digits),
            codewords,
            tags,
        )

    def read_without_commas(self) -> None:
        """A stream of zeros and ones falls apart into letters."""
        code, safe = self.tree.code, shot.safe(titled=False)
        stream = words.code(code.encode(STREAM), "text", ink.HEADLINE)
        safe.put(stream, UP + RIGHT)
        letters, start = [], 0
        for letter in STREAM:
            end = start + len(code.codewords[letter])
            under = VGroup(*stream.glyphs[start:end])
            letters.append(
                (under, words.label(letter, ink.truth, ink.HEADLINE).next_to(under, DOWN, buff=3 * words.GAP))
            )
            start = end
        for _, named in letters:
            words.align_baseline(named, letters[0][1])
        old, name = self.terms_told[1:3]
        with self.beat(
            "In a prefix code no codeword begins another. Read from the left, and no commas are needed."
        ) as beat:
            self.play(FadeOut(old), FadeIn(name), run_time=pace.QUICK)
            beat.over(words.write(stream), until="Read")
            steps: list[Any] = [
                step
                for number, (under, letter) in enumerate(letters)
                for step in (under.animate.set_fill(ink.first if number % 2 else ink.focus), FadeIn(letter))
            ]
            beat.over(LaggedStart(*steps, lag_ratio=pace.LAG))
        self.stream = VGroup(stream, *(letter for _, letter in letters))

    def weigh_the_lengths(self) -> None:
        """The expected code length of the four letters is their entropy."""
        total = words.label("1/2 · 1 + 1/4 · 2 + 1/8 · 3 + 1/8 · 3 = [1.75:first]", size=SUM)
        shot.safe(titled=False).put(total, UP + RIGHT)
        with self.beat(
            "The expected code length weighs each codeword's length by its probability. "
            "It is 1.75 bits: the entropy itself."
        ) as beat:
            self.play(
                FadeOut(self.stream, self.terms_told[2]), FadeIn(self.terms_told[3]), run_time=pace.QUICK
            )
            beat.over(words.write(total), *(words.light(each) for each in self.codewords), until="It")
            beat.over("1.75", words.light(total.part("1.75"), ink.chalk))
        with self.beat(
            "Frequent letters get short codewords: here each length is its letter's information content."
        ) as beat:
            beat.over(
                *(words.light(each) for each in self.codewords),
                *(words.light(each) for each in self.feet),
                until="information",
            )
            beat.over(words.light(total))
        blocks, full = self.budget()
        with self.beat(
            "Why not shorter? Half of random streams begin with zero: as much room does that word take. "
            "These four fill it. Shorten one, and another must grow."
        ) as beat:
            self.play(
                FadeOut(
                    total,
                    self.zeros_and_ones,
                    *self.codewords,
                    *self.tree.edges,
                    self.tree.nodes,
                    self.terms_told[3],
                ),
                *(
                    foot.animate.next_to(block, DOWN, buff=3 * words.GAP)
                    for foot, block in zip(self.feet, blocks, strict=True)
                ),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(blocks[0], shift=place.NUDGE * DOWN), until="These", least=pace.BRISK)
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * DOWN) for each in blocks[1:]), lag_ratio=pace.LAG
                ),
                FadeIn(full),
                until="Shorten",
            )
            beat.over(words.light(blocks[0][0], ink.focus), until="another")
            beat.over(*(words.light(each[0], ink.focus) for each in blocks[1:]))
        self.total = VGroup(*blocks, full)

    def budget(self) -> tuple[list[VGroup], words.Words]:
        """A block for each codeword, as wide as the share of streams that begin with it, and the sum of these."""
        safe, codewords = shot.safe(titled=False), self.tree.code.codewords
        left, wide, top = safe.left, safe.width, safe.top - 0.3
        blocks, start = [], left
        for letter in LETTERS:
            share = wide * 2.0 ** -len(codewords[letter])
            low, high = top - ROOM, top
            corners = [(start, low), (start + share, low), (start + share, high), (start, high)]
            block = self.floor.polygon(corners, ink.ground, LINE, 1.0)
            block.set_fill(ink.first, 0.9)
            name = words.code(codewords[letter], "text", ink.HEADLINE).move_to(block)
            for glyph in name.glyphs:
                glyph.set_fill(ink.ground)
            blocks.append(VGroup(block, name))
            start += share
        full = words.label("1/2 + 1/4 + 1/8 + 1/8 = 1: the room is full", ink.first, ink.POINT)
        safe.put(full, DOWN + LEFT)
        return blocks, full

    def join_the_poem(self) -> None:
        """The tree of 25 signs through the whole frame; the camera climbs it from the rarest sign."""
        safe = shot.safe(titled=False)
        code = huffman.poem_code()
        tree = CodeTree(
            self.floor,
            code,
            shot.Region(safe.left + 0.95, safe.bottom + 0.75, safe.right - 0.2, safe.top - 0.1),
        )
        leaves = [
            words.label("space" if sign == " " else sign, size=LARGE).next_to(
                tree.point(leaf), DOWN, buff=words.GAP
            )
            for leaf, sign in enumerate(code.symbols)
        ]
        rare = VGroup(*(leaves[code.symbols.index(sign)] for sign in "zkwgb"))
        old = VGroup(*self.feet, self.total)
        with self.beat("Now the whole poem. Its letters join two by two, the rarest first.") as beat:
            self.play(FadeOut(old), run_time=pace.QUICK)
            self.play(*(FadeIn(each) for each in leaves), self.frame.to(rare, share=0.7), run_time=pace.CALM)
            grown = LaggedStart(
                *(LaggedStart(*tree.grow(number), lag_ratio=0.0) for number in range(len(code.joins))),
                lag_ratio=pace.LAG,
            )
            beat.over(grown, self.frame.back(), least=pace.LONG, beyond=pace.SLOW)
        self.forest = VGroup(*leaves, *tree.edges, tree.nodes)

    def rewrite_the_carpet(self) -> None:
        """Five squares a sign become as many as its codeword has."""
        self.shot(shot.wide())
        safe = shot.safe(titled=False)
        head, _ = safe.rows(1, 8, gap=0.3)
        poem, code = texts.poem(), huffman.poem_code()
        self.rewritten = Rewritten(self.floor)
        lengths = np.array([len(code.codewords[sign]) for sign in poem])
        weave = self.rewritten.weave
        most = np.maximum(lengths, FIXED)
        sign = np.repeat(np.arange(len(poem)), most)
        within = np.arange(most.sum()) - np.repeat(np.cumsum(most) - most, most)
        states = []
        for long in (np.full(len(poem), FIXED), lengths):
            first = np.cumsum(long) - long
            number = first[sign] + np.minimum(within, long[sign] - 1)
            states.append((weave.places(number), np.where(within < long[sign], weave.half, 0.0)))
        carpet = UnitChart(self.floor, *states[0])
        before = head.put(words.label(f"fixed length: {FIXED * len(poem):,}", ink.quiet, ink.POINT), LEFT)
        after = head.put(words.label(f"Huffman: {lengths.sum():,}", ink.first, ink.POINT), RIGHT)
        with self.beat("Rewrite the poem letter by letter: it shrinks to 3,367 squares.") as beat:
            self.play(FadeOut(self.forest), FadeIn(carpet, before), run_time=pace.BRISK)
            beat.over(
                glide(carpet.redraw, states[0], states[1], rate_func=linear), until="3,367", least=pace.LONG
            )
            beat.over(FadeIn(after))
        each = words.label(f"{code.expected_length:.2f} bits a letter", ink.focus, ink.POINT)
        foot = float(weave.places([lengths.sum() - 1])[0, 1]) - weave.pitch
        lower = shot.Region(safe.left, safe.bottom, safe.right, foot)
        lower.put(each, RIGHT)
        with self.beat(
            "Letter by letter, 4.10 bits are enough, not counting the table of codewords."
        ) as beat:
            beat.over("4.10", words.write(each), until="not")
            beat.over(words.light(each, ink.chalk))
        self.lower, self.each = lower, each

    def name_the_bound(self) -> None:
        """The entropy stays unreached: the last squares of the carpet lie above it."""
        poem = texts.poem()
        bound = bits.entropy(texts.shares(texts.counts(poem)))
        excess = self.rewritten.excess
        limit = words.label(f"entropy: {bound:.2f}", ink.first, ink.POINT)
        name = words.label("source coding theorem", ink.focus, ink.POINT)
        for each in (limit, name):
            self.lower.put(each, LEFT)
        with self.beat(
            "Shannon's source coding theorem: letter by letter, no uniquely decodable code averages less "
            "than the entropy. Here that is 4.06.",
            pause=pace.CALM,
        ) as beat:
            beat.over("source", FadeIn(name), until="theorem", least=pace.BRISK)
            beat.over(FadeIn(excess), self.frame.to(excess, share=0.5), until="averages", least=pace.SLOW)
            beat.over(self.frame.back(), until="Here")
            beat.over(FadeOut(name), FadeIn(limit))
        rule = maths(BOUND, ink.HEADLINE)
        self.lower.put(rule)
        with self.beat(
            "Huffman's code is the best prefix code: its expected length, L, stays within one bit above.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(limit, self.each), run_time=pace.QUICK)
            beat.over(words.write(rule), until="stays")
            beat.over(words.light(rule.part("high")))
        long = words.label("blocks of $n$ letters: within $1 \\/ n$ bit a letter", ink.first, ink.POINT)
        words.align_baseline(self.lower.put(long), rule)
        with self.beat("Give long blocks one codeword, and their letters share that bit.") as beat:
            beat.over(FadeOut(rule), until="one", least=pace.QUICK)
            beat.over(words.write(long))
