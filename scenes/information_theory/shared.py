"""Mutual information: eight cards by hand, then a pixel of a digit and its class."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.information_theory.bells import both_answers
from scenes.information_theory.carpet import Page
from scenes.information_theory.stage import LARGE, InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box import Box
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.spine_plot import SpinePlot
from scenes.kit.tile import Tiles
from scenes.kit.unit_chart import UnitChart
from scenes.maths.information_theory import bits, mutual, pairs, texts, vae

CARDS: Final = mutual.CARDS.shape[1]
NAME: Final = 44.0
"""Pixels of the capitals of names under maps."""
WHOLE: Final = shot.safe(titled=False)
SHADES: Final = ("black: 0–3", "4–7", "8–11", "white: 12–16")
"""Of the pixel, from no ink to full ink: digits are drawn white on black."""
DIMMED: Final = 0.3
"""Opacity of the true scores while shuffled ones are looked at."""
GAIN: Final = ink.third
"""Mutual information, wherever it is drawn."""


class Shared(InformationTheoryStage):
    """Mutual information: eight cards by hand, then a pixel of a digit and its class."""

    @chapter("What one variable tells about another", "mutual information", goes_on=True)
    def what_one_variable_tells(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = bare(WHOLE)
        self.deal_eight_cards()
        self.name_the_parts()
        self.ask_for_a_digit()
        self.cut_by_one_pixel()
        self.score_all_pixels()
        self.answer_for_the_poem()

    most: float
    """Bits that fill the strip at the top."""

    def bar(self, start: float, end: float, region: shot.Region, color: ManimColor) -> Polygon:
        """A bar in ``region`` from ``start`` to ``end`` bits, of the ``most`` that it has room for."""
        return self.plane.polygon(self.ends(start, end, region), color, width=0.0, fill=1.0)

    def ends(self, start: float, end: float, region: shot.Region) -> Floats:
        """Corners (4, 2) of a bar from ``start`` to ``end`` bits."""
        unit = region.width / self.most
        x0, x1 = region.left + unit * start, region.left + unit * end
        return np.array([(x0, region.bottom), (x1, region.bottom), (x1, region.top), (x0, region.top)])

    def square(self, middle: Floats, side: float, width: float = LINE) -> Polygon:
        """The outline of a square around a scene point (3,)."""
        corners = side / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        return self.plane.polygon(middle[:2] + corners, ink.focus, width)

    def deal_eight_cards(self) -> None:
        """Three bits, and two once the shape is known."""
        low = WHOLE.rows(3.9, 2.8, gap=0.15)[1]
        self.head = WHOLE.rows(1.0, 5.75, gap=0.15)[0]
        cards = []
        for number, cell in enumerate(low.columns(*[1] * CARDS, gap=0.3)):
            half, middle = cell.width / 4, [cell.middle[:2]]
            kind = (
                self.plane.dots(middle, ink.truth, radius=half)
                if mutual.CARDS[0, number]
                else UnitChart(self.plane, middle, 0.9 * half, ink.truth, 1.0)
            )
            name = words.label(str(number + 1), size=LARGE)
            cell.inset(0.1, 0.3).put(name, DOWN)
            cards.append(
                Box(VGroup(kind, name), ink.quiet, width=cell.width, height=cell.height, stroke=THIN)
            )
        self.cards = cards
        self.most = each = bits.entropy(mutual.CARDS.sum(axis=0))
        blocks = [self.bar(bit + 0.01, bit + 0.99, self.head, ink.first) for bit in range(round(each))]
        ones = [words.label("1 bit", ink.ground, size=ink.POINT).move_to(block) for block in blocks]
        bells = both_answers()
        self.add(bells)
        page = Page(WHOLE)
        poem = page.written()
        before, after = Page.after(poem, page.text, "t")
        for line in poem:
            self.allow(line, "hurry", "nobody is to read the poem: its pairs of letters are shown")
            self.allow(line, "unread", "nobody is to read the poem: its pairs of letters are shown")
        with self.beat("Back to the poem. Does one letter, such as t, tell about the next?") as beat:
            self.play(FadeOut(bells), run_time=pace.QUICK)
            beat.over(FadeIn(*poem), until="t,", least=pace.BRISK)
            beat.over(before.animate.set_fill(ink.focus), until="next")
            beat.over(after.animate.set_fill(ink.truth))
        with self.beat("First eight cards, equally likely. Naming one takes three bits.") as beat:
            self.play(FadeOut(*poem), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(card, shift=place.NUDGE * UP) for card in cards), lag_ratio=pace.LAG),
                until="Naming",
            )
            beat.over(
                LaggedStart(
                    *(FadeIn(block, one) for block, one in zip(blocks, ones, strict=True)), lag_ratio=pace.LAG
                )
            )
        rest = VGroup(*cards[CARDS // 2 :])
        self.allow(rest, "faint", "these cards are ruled out")
        for card in rest:
            self.allow(card, "contrast", "these cards are ruled out")
        with self.beat(
            "Now somebody tells you the shape: round. Four cards are left, and so are two bits."
        ) as beat:
            beat.over("round", rest.animate.set_opacity(0.15), until="Four")
            beat.over(
                LaggedStart(*(words.light(card.inside) for card in cards[: CARDS // 2]), lag_ratio=pace.LAG),
                until="two",
            )
            beat.over(words.tint(blocks[2], GAIN))
        self.blocks, self.ones = blocks, ones

    def name_the_parts(self) -> None:
        """H(Y | X), I(X; Y), and the sum that they come from."""
        unit = self.head.width / self.most
        under = shot.Region(self.head.left, self.head.bottom - 1.75, self.head.right, self.head.bottom - 0.1)
        left = shot.Region(under.left, under.bottom, under.left + 2 * unit, under.top)
        right = shot.Region(left.right, under.bottom, left.right + unit, under.top)
        kept, gone = (
            ground.put(
                VGroup(maths(source, ink.HEADLINE, color=color), words.label(name, color, size=NAME)).arrange(
                    DOWN, buff=0.25
                )
            )
            for ground, source, name, color in (
                (left, "H(Y | X)", "conditional entropy", ink.chalk),
                (right, "I(X ; Y)", "mutual information", GAIN),
            )
        )
        law_place = shot.Region(WHOLE.left, under.bottom - 1.2, WHOLE.right, under.bottom)
        law = law_place.put(
            maths(
                "{{ I(X ; Y) : gain }} = {{ H(Y) : before }} - {{ H(Y | X) : after }}", 64.0, {"gain": GAIN}
            )
        )
        with self.beat(
            "X is the shape, Y the card. The entropy of Y that is left once X is known, on average, "
            "is the conditional entropy."
        ) as beat:
            beat.over(*(words.light(card.inside) for card in self.cards[:4]), until="entropy")
            beat.over(*(words.light(block, ink.chalk) for block in self.blocks[:2]), until="conditional")
            beat.over(FadeIn(kept, shift=place.NUDGE * DOWN))
        with self.beat(
            "The bit that went is the mutual information: what one variable tells about the other."
        ) as beat:
            beat.over(words.light(self.blocks[2], ink.chalk), until="mutual")
            beat.over(FadeIn(gone, shift=place.NUDGE * DOWN), until="what")
            beat.over(words.write(law), least=pace.CALM)
        self.law, self.named = law, VGroup(kept, gone)

    def ask_for_a_digit(self) -> None:
        """Ten classes, and one pixel of each image."""
        firsts = [int(np.flatnonzero(mutual.kinds() == kind)[0]) for kind in range(10)]
        low = shot.Region(WHOLE.left, WHOLE.bottom, WHOLE.right, self.head.bottom - 0.35)
        digits = ImageGrid(vae.images()[firsts].reshape(-1, 8, 8), width=low.width, height=low.height)
        digits.redraw(digits.grid(columns=5))
        low.put(digits)
        self.most = float(np.log2(len(digits.images)))
        whole = self.bar(0.0, bits.entropy(mutual.table().sum(axis=0)), self.head, ink.first)
        told = words.label("$H(Y) = 3.32$ bits", ink.ground, size=ink.POINT)
        self.head.put(told)
        with self.beat("Now real images. Which digit is it? The answer carries 3.32 bits.") as beat:
            self.play(FadeOut(self.law, self.named, *self.cards), run_time=pace.BRISK)
            beat.over(
                LaggedStart(*(FadeIn(each) for each in digits.images), lag_ratio=pace.LAG), until="answer"
            )
            beat.over(FadeOut(*self.blocks, *self.ones), FadeIn(whole), FadeIn(told))
        row, column = divmod(mutual.best(), mutual.SIDE)
        rings = VGroup()
        for image in digits.images:
            corner, side = image.image.get_corner(UP + LEFT), float(image.image.width) / mutual.SIDE
            rings.add(self.square(corner + side * ((column + 0.5) * RIGHT + (row + 0.5) * DOWN), side))
        with self.beat("You may look at one pixel of it, in four shades from black to white.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(ring, scale=2) for ring in rings), lag_ratio=pace.LAG), until="four"
            )
            beat.over(
                self.frame.to(*(digits.images[at] for at in (1, 2, 3, 6, 7, 8)), share=0.95),
                least=pace.SLOW,
            )
        self.digits, self.rings, self.whole, self.answer = digits, rings, whole, told

    def cut_by_one_pixel(self) -> None:
        """The joint table: what it would be, what it is, and what that is worth."""
        table = mutual.table()
        ground = shot.Region(WHOLE.left, WHOLE.bottom + 0.75, WHOLE.right, self.head.bottom - 0.95)
        names = tuple(str(kind) for kind in range(10))
        strata = SpinePlot(table, names, ground.width, ground.height, ink.faint)
        followed(strata)
        ground.put(strata)
        self.allow(strata, "faint", "its parts are told apart by the lines between them")
        feet = VGroup(
            *(words.label(name).next_to(strata.foot(at), DOWN, buff=0.18) for at, name in enumerate(SHADES))
        )
        law_place = shot.Region(WHOLE.left, ground.top, WHOLE.right, self.head.bottom)
        named = law_place.put(words.label("joint distribution $p(x, y)$", size=ink.POINT))
        with self.beat(
            "The joint distribution has a probability for each pair of shade and digit, here an area."
        ) as beat:
            beat.over(
                self.frame.back(),
                FadeOut(self.rings),
                FadeOut(self.digits),
                FadeIn(strata),
                least=pace.SLOW,
                until="probability",
            )
            beat.over(
                words.write(named),
                LaggedStart(*(FadeIn(foot, shift=place.NUDGE * UP) for foot in feet), lag_ratio=pace.LAG),
            )
        with self.beat("If they were independent, each column would be cut alike. They are not.") as beat:
            level = float(mutual.independent(table).sum(axis=0)[:5].sum())
            start, end = (strata.square.at(x, level)[:2] for x in (0, 1))
            cut = self.plane.segment(start, end, ink.focus, 8.0)
            beat.over(glide(strata.redraw, table, mutual.independent(table)), until="cut", least=pace.CALM)
            beat.over(Create(cut), until="They are")
            self.play(FadeOut(cut), run_time=pace.QUICK)
            beat.over(glide(strata.redraw, mutual.independent(table), table), least=pace.SLOW)
        law = law_place.put(
            maths(
                '{{ I(X ; Y) : gain }} = {{ D_"KL" (p(x, y) ∥ p(x) thin p(y)) : excess }}',
                ink.POINT,
                {"gain": GAIN},
            )
        )
        with self.beat(
            "Average the log of true area over independent area: that KL is the mutual information again."
        ) as beat:
            beat.over(glide(strata.redraw, table, mutual.independent(table)), until="mutual", least=pace.SLOW)
            beat.over(
                glide(strata.redraw, mutual.independent(table), table),
                FadeOut(named),
                words.write(law),
                least=pace.SLOW,
            )
        left = mutual.conditional(table)
        rest = self.bar(0.0, left, self.head, ink.first)
        gain = self.bar(left, bits.entropy(table.sum(axis=0)), self.head, GAIN)
        unit = self.head.width / self.most
        kept = shot.Region(self.head.left, self.head.bottom, self.head.left + left * unit, self.head.top).put(
            words.label("$H(Y | X) = 2.76$ bits", ink.ground, size=ink.POINT)
        )
        gone = shot.Region(
            self.head.left + left * unit, self.head.bottom, self.head.right, self.head.top
        ).put(words.label("0.56", ink.ground, size=ink.POINT))
        used = law_place.put(words.label("information gain", GAIN, size=ink.POINT), RIGHT)
        with self.beat(
            "So the pixel tells 0.56 bits of the digit; some decision trees call that the information gain."
        ) as beat:
            beat.over(
                FadeOut(self.answer), FadeOut(self.whole), FadeIn(rest, gain), FadeIn(gone), until="some"
            )
            self.play(FadeOut(law), FadeIn(kept), run_time=pace.QUICK)
            beat.over(FadeIn(used))
        self.strata, self.feet = strata, feet
        self.kl_law, self.parted = used, VGroup(rest, gain, kept, gone)

    def score_all_pixels(self) -> None:
        """All pixels, and all again with shuffled classes."""
        scores = PixelScores()
        plane, tall = scores.plane, scores.plane.limits[1][1]
        self.allow(scores.ring, "faint", "it lies around the brightest pixel")
        upper, lower = (
            np.array([*plane.at(len(scores.true), tall * share)[:2], 0.0]) for share in (0.93, 0.78)
        )
        names, laws = (
            [
                words.label(text, color, size=ink.POINT).move_to(spot, aligned_edge=RIGHT)
                for text, color, spot in zip(lines, (GAIN, ink.chalk), (upper, lower), strict=True)
            ]
            for lines in (
                (
                    f"true labels: {scores.true.max():.2f} bits",
                    f"shuffled: {scores.noise.max():.2f} bits",
                ),
                ("$I(X ; Y) = I(Y ; X)$", "independent: $I = 0$"),
            )
        )
        with self.beat("Do this for all 64 pixels. With these cuts, this one is the best.") as beat:
            self.play(FadeOut(self.strata, self.feet, self.kl_law, self.parted), run_time=pace.BRISK)
            beat.over(
                FadeIn(scores.tiles, plane),
                glide(scores.bars.redraw, 0.0, scores.true),
                until="With",
                least=pace.SLOW,
            )
            beat.over(FadeIn(scores.ring, scale=2), FadeIn(scores.best), FadeIn(names[0]))
        with self.beat("Shuffle the labels, and the best has 0.02 bits left: the noise of counting.") as beat:
            beat.over(
                scores.bars.animate.set_fill(opacity=DIMMED),
                FadeOut(scores.best),
                glide(scores.mixed.redraw, 0.0, scores.noise),
                until="best",
                least=pace.CALM,
            )
            beat.over(FadeIn(names[1]), until="noise")
            beat.over(words.light(scores.mixed), words.light(names[1]))
        with self.beat("Mutual information is symmetric, and zero only if both are independent.") as beat:
            beat.over(FadeOut(names[0]), FadeIn(laws[0]), until="zero")
            beat.over(FadeOut(names[1], scores.mixed), FadeIn(laws[1]))
        self.map = VGroup(plane, scores.tiles, scores.ring, scores.bars, *laws)

    def answer_for_the_poem(self) -> None:
        """What a letter of the poem tells of the next, and what shuffled letters seem to tell."""
        found = LetterBefore()
        with self.beat("And the poem? The letter before tells 1.17 bits of the next.") as beat:
            self.play(FadeOut(self.map), run_time=pace.QUICK)
            beat.over(FadeIn(found.whole), until="letter before")
            beat.over(FadeOut(found.whole), FadeIn(found.real), least=pace.CALM)
        with self.beat(
            "But shuffled letters seem to tell 0.44: with few pairs, counting makes up that much."
        ) as beat:
            beat.over(FadeIn(found.mixed), until="with", least=pace.CALM)
            beat.over(words.light(found.by_chance, ink.chalk))


class LetterBefore(VGroup):
    """Entropy of the poem's letters as a bar, cut by what the letter before tells, or one by chance."""

    def __init__(self) -> None:
        board, regions = bare(WHOLE), WHOLE.rows(0.85, 2.1, 0.3, 0.85, 2.1, gap=0.12)
        whole, true = pairs.whole(), pairs.told(texts.poem())
        chance = float(pairs.shuffled().mean())

        self.slabs: list[Polygon] = []

        def slab(region: shot.Region, start: float, end: float, color: ManimColor, text: str) -> VGroup:
            part = shot.Region(
                region.left + start / whole * region.width,
                region.bottom,
                region.left + end / whole * region.width,
                region.top,
            )
            corners = [
                (part.left, part.bottom), (part.right, part.bottom), (part.right, part.top), (part.left, part.top)
            ]  # fmt: skip
            self.slabs.append(board.polygon(corners, color, 0.0, 1.0))
            return VGroup(
                self.slabs[-1],
                part.put(words.label(text, ink.ground, size=ink.POINT)),
            )

        self.whole, self.real, self.mixed = (
            VGroup(head.put(words.label(text, size=ink.POINT), LEFT), *(slab(body, *each) for each in parts))
            for head, body, text, parts in (
                (
                    regions[0],
                    regions[1],
                    "the next letter",
                    ((0.0, whole, ink.first, f"$H(Y) = {whole:.2f}$ bits"),),
                ),
                (
                    regions[0],
                    regions[1],
                    "given the letter before it",
                    (
                        (0.0, whole - true, ink.first, f"$H(Y | X) = {whole - true:.2f}$ bits"),
                        (whole - true, whole, GAIN, f"$I = {true:.2f}$"),
                    ),
                ),
                (
                    regions[3],
                    regions[4],
                    f"the same letters, shuffled: mean of {pairs.SHUFFLES}",
                    (
                        (0.0, whole - chance, ink.first, f"{whole - chance:.2f} bits"),
                        (whole - chance, whole, GAIN, f"{chance:.2f}"),
                    ),
                ),
            )
        )
        self.by_chance = self.slabs[-1]
        super().__init__(self.real, self.mixed)


def followed(strata: SpinePlot) -> None:
    """Two digits in colour, to be followed from column to column: mostly black here, mostly white there."""
    for digit, color in ((3, ink.truth), (6, ink.fourth)):
        for column, named in zip(strata.parts, strata.names, strict=True):
            column[digit].set_fill(color)
            named[digit].set_color(ink.ground)


class PixelScores(VGroup):
    """What each pixel tells of the class, as a map of pixels and as bars from the best pixel down.

    ``tiles`` and ``bars`` are the true scores, ``mixed`` those of shuffled classes; ``ring``, ``best`` mark the best.
    """

    def __init__(self) -> None:
        left, right = WHOLE.columns(6.2, 6.7, gap=0.5)
        values = mutual.by_pixel()
        order = np.argsort(-values, axis=None)
        self.true: Floats = values.ravel()[order]
        self.noise: Floats = mutual.shuffled()[0].ravel()[order]
        cell = min(left.width, left.height) / mutual.SIDE
        self.tiles = left.put(Tiles(values, cell, heat=GAIN, largest=float(values.max())), LEFT)
        at = self.tiles.submobjects[mutual.best()].get_center()[:2]
        corners = cell / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        self.ring = bare(WHOLE).polygon(at + corners, ink.focus, 2 * LINE)
        self.plane = right.plane(
            (-1, len(order)),
            (0, 0.6),
            x_label="pixels, the best first",
            y_label="bits",
            x_ticks=[],
            y_ticks=[0, 0.2, 0.4, 0.6],
            tick_size=NAME,
            name_size=NAME,
        )
        ranks = np.arange(len(order))
        self.bars = self.plane.bars(ranks, self.true, GAIN, thick=0.8)
        self.best = self.plane.bars(ranks[:1], self.true[:1], ink.focus, thick=0.8)
        self.mixed = self.plane.bars(ranks, self.noise, ink.chalk, thick=0.8)
        super().__init__(self.tiles, self.ring, self.plane, self.bars, self.mixed)
