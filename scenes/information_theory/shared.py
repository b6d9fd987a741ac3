"""Mutual information: eight cards by hand, then a pixel of a digit and its class."""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    RoundedRectangle,
    Square,
    VGroup,
    VMobject,
    interpolate_color,
)

from scenes.information_theory.stage import InformationTheoryStage, bare, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats, loop
from scenes.kit.tile import Tiles
from scenes.maths.information_theory import bits, mutual, vae

CARDS: Final = mutual.CARDS.shape[1]
NAME: Final = 44.0
"""Pixels of the capitals of names under maps."""
WHOLE: Final = shot.safe(titled=False)
LEAST: Final = 0.4
"""Scene units that a part of the mosaic is high when its digit is written in it."""
SHADES: Final = ("black", "dark", "light", "white")
"""Of the pixel, from no ink to full ink: digits are drawn white on black."""
GAIN: Final = ink.third
"""Mutual information, wherever it is drawn."""


class Strata(VGroup):
    """A joint ``table`` (m, k): columns as wide as they are probable, cut into k parts as high as those are within it.

    So areas are probabilities.  ``names`` (k,) are written in parts that are high enough.  Width and height are the
    square's, in scene units; :meth:`redraw` takes another table of the same shape.
    """

    def __init__(self, table: Floats, names: tuple[str, ...], width: float, height: float) -> None:
        super().__init__()
        self.square = Coordinates((0, 1), (0, 1), width, height)
        tints = [
            interpolate_color(ink.ground, ink.first, 0.35 + 0.3 * (part % 2)) for part in range(len(names))
        ]
        self.parts = [
            [
                VMobject(stroke_color=ink.ground, stroke_width=THIN, fill_color=tint, fill_opacity=1.0)
                for tint in tints
            ]
            for _ in table
        ]
        self.names = [[words.label(name) for name in names] for _ in table]
        self.add(self.square, *(part for column in self.parts for part in column))
        self.add(*(name for column in self.names for name in column))
        self.redraw(table)
        self.center()

    def redraw(self, table: Floats) -> Self:
        """Show ``table`` (m, k), which sums to 1."""
        self.table = table
        wide = table.sum(axis=1)
        for column, (left, width) in enumerate(zip(np.cumsum(wide) - wide, wide, strict=True)):
            tall = table[column] / width
            for part, (low, height) in enumerate(zip(np.cumsum(tall) - tall, tall, strict=True)):
                box = np.array(
                    [(left, low), (left + width, low), (left + width, low + height), (left, low + height)]
                )
                corners = self.square.at(box)
                self.parts[column][part].points = loop(corners)
                name = self.names[column][part].move_to(corners.mean(axis=0))
                room = float(corners[2, 1] - corners[1, 1])
                name.set_fill(opacity=float(np.clip(4 * (room / LEAST - 1), 0, 1)))
        return self

    def foot(self, column: int) -> Floats:
        """Scene point (3,) under the middle of a column."""
        wide = self.table.sum(axis=1)
        return self.square.at(float(np.cumsum(wide)[column] - wide[column] / 2), 0.0)


class Shared(InformationTheoryStage):
    """Mutual information: eight cards by hand, then a pixel of a digit and its class."""

    @chapter("What one variable tells about another", "mutual information")
    def what_one_variable_tells(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = bare(WHOLE)
        self.deal_eight_cards()
        self.name_the_parts()
        self.ask_for_a_digit()
        self.cut_by_one_pixel()
        self.score_all_pixels()

    def bar(self, start: float, end: float, region: shot.Region, color: Any) -> Polygon:
        """A bar in ``region`` from ``start`` to ``end`` bits, of as many as it has room for."""
        return self.plane.polygon(self.ends(start, end, region), color, width=0.0, fill=1.0)

    def ends(self, start: float, end: float, region: shot.Region) -> Floats:
        """Corners (4, 2) of a bar from ``start`` to ``end`` bits; ten equally likely classes fill the region."""
        unit = region.width / np.log2(10)
        x0, x1 = region.left + unit * start, region.left + unit * end
        return np.array([(x0, region.bottom), (x1, region.bottom), (x1, region.top), (x0, region.top)])

    def deal_eight_cards(self) -> None:
        """Three bits, and two once the shape is known."""
        low = WHOLE.rows(3.9, 2.8, gap=0.15)[1]
        self.head = WHOLE.rows(1.0, 5.75, gap=0.15)[0]
        cards = []
        for number, cell in enumerate(low.columns(*[1] * CARDS, gap=0.3)):
            card = RoundedRectangle(
                corner_radius=0.15, width=cell.width, height=cell.height, stroke_color=ink.quiet, stroke_width=LINE,
                fill_color=ink.ground, fill_opacity=1.0,
            )  # fmt: skip
            size = cell.width * 0.5
            kind = Circle(size / 2) if mutual.CARDS[0, number] else Square(size * 0.9)
            kind.set_stroke(width=0).set_fill(ink.truth, 1.0)
            cards.append(VGroup(cell.put(card), cell.put(kind)))
        self.cards = cards
        each = bits.entropy(mutual.CARDS.sum(axis=0))
        blocks = [self.bar(bit + 0.02, bit + 0.98, self.head, ink.first) for bit in range(round(each))]
        ones = [words.label("1 bit", ink.ground, size=ink.POINT).move_to(block) for block in blocks]
        with self.beat("Here are eight cards, equally likely. Naming one takes three bits.") as beat:
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
        with self.beat(
            "Now somebody tells you the shape: round. Four cards are left, and so are two bits."
        ) as beat:
            beat.over("round", rest.animate.set_opacity(0.15), until="Four")
            beat.over(
                LaggedStart(*(words.light(card[1]) for card in cards[: CARDS // 2]), lag_ratio=pace.LAG),
                until="two",
            )
            ones[2].set_z_index(1)
            beat.over(glide(recolor(blocks[2]), ink.first, GAIN, blocks[2]))
        self.blocks, self.ones = blocks, ones

    def name_the_parts(self) -> None:
        """H(Y | X), I(X; Y), and the sum that they come from."""
        unit = self.head.width / np.log2(10)
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
            beat.over(words.light(VGroup(*(card[1] for card in self.cards[:4]))), until="entropy")
            beat.over(*(words.light(one) for one in self.ones[:2]), until="conditional")
            beat.over(FadeIn(kept, shift=place.NUDGE * DOWN))
        with self.beat(
            "The bit that went is the mutual information: what one variable tells about the other."
        ) as beat:
            beat.over(words.light(self.ones[2]), until="mutual")
            beat.over(FadeIn(gone, shift=place.NUDGE * DOWN), until="what")
            beat.over(words.write(law), least=pace.CALM)
        with self.beat("Entropy before, minus entropy after.") as beat:
            beat.over(
                words.light(law.part("before")), *(words.light(one) for one in self.ones), until="minus"
            )
            beat.over(words.light(law.part("after")), *(words.light(one) for one in self.ones[:2]))
        self.law, self.named = law, VGroup(kept, gone)

    def ask_for_a_digit(self) -> None:
        """Ten classes, and one pixel of each image."""
        firsts = [int(np.flatnonzero(mutual.kinds() == kind)[0]) for kind in range(10)]
        low = shot.Region(WHOLE.left, WHOLE.bottom, WHOLE.right, self.head.bottom - 0.35)
        digits = ImageGrid(vae.images()[firsts].reshape(-1, 8, 8), width=low.width, height=low.height)
        digits.redraw(digits.grid(columns=5))
        low.put(digits)
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
            ring = Square(side, stroke_color=ink.focus, stroke_width=LINE)
            ring.move_to(corner + side * ((column + 0.5) * RIGHT + (row + 0.5) * DOWN))
            rings.add(ring)
        with self.beat("You may look at one pixel of it, in four shades from black to white.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(ring, scale=2) for ring in rings), lag_ratio=pace.LAG), until="four"
            )
            beat.over(
                self.frame.to(
                    digits.images[4], digits.images[3], digits.images[8], digits.images[9], share=0.95
                ),
                least=pace.SLOW,
            )
        self.digits, self.rings, self.whole, self.answer = digits, rings, whole, told

    def cut_by_one_pixel(self) -> None:
        """The joint table: what it would be, what it is, and what that is worth."""
        table = mutual.table()
        ground = shot.Region(WHOLE.left, WHOLE.bottom + 0.75, WHOLE.right, self.head.bottom - 0.95)
        names = tuple(str(kind) for kind in range(10))
        strata = Strata(mutual.independent(table), names, ground.width, ground.height)
        ground.put(strata)
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
            beat.over("each", Create(cut), until="They are")
            self.play(FadeOut(cut), run_time=pace.QUICK)
            beat.over(glide(strata.redraw, mutual.independent(table), table), least=pace.LONG)
        bright = [strata.names[3][4], strata.names[3][6]]
        with self.beat("Where this pixel is white, about half of the images are a four or a six.") as beat:
            beat.over(
                self.frame.to(VGroup(*strata.parts[3]), feet[3], share=0.92, at=(2.6, 0.3)),
                until="half",
                least=pace.SLOW,
            )
            beat.over(*(words.light(name) for name in bright))
        law = law_place.put(
            maths(
                '{{ I(X ; Y) : gain }} = {{ D_"KL" (p(x, y) ∥ p(x) thin p(y)) : excess }}',
                ink.POINT,
                {"gain": GAIN},
            )
        )
        with self.beat(
            "How far is this table from the independent one? Its KL divergence is the mutual information again."
        ) as beat:
            beat.over(self.frame.back(), until="Its", least=pace.SLOW)
            beat.over(FadeOut(named), words.write(law), least=pace.CALM)
        left = mutual.conditional(table)
        rest = self.bar(0.0, left, self.head, ink.first)
        gain = self.bar(left, bits.entropy(table.sum(axis=0)), self.head, GAIN)
        unit = self.head.width / np.log2(10)
        kept = shot.Region(self.head.left, self.head.bottom, self.head.left + left * unit, self.head.top).put(
            words.label("$H(Y | X) = 2.76$ bits", ink.ground, size=ink.POINT)
        )
        gone = shot.Region(
            self.head.left + left * unit, self.head.bottom, self.head.right, self.head.top
        ).put(words.label("0.56", ink.ground, size=ink.POINT))
        with self.beat("So the pixel tells 0.56 bits of the digit, and 2.76 are left.") as beat:
            beat.over(
                FadeOut(self.answer), FadeOut(self.whole), FadeIn(rest, gain), FadeIn(gone), until="2.76"
            )
            beat.over(FadeIn(kept))
        self.strata, self.feet = strata, feet
        self.kl_law, self.parted = law, VGroup(rest, gain, kept, gone)

    def score_all_pixels(self) -> None:
        """All pixels, and all again with shuffled classes."""
        left, right = WHOLE.columns(1, 1, gap=0.6)
        maps, names = [], []
        for region, values, text in (
            (left, mutual.by_pixel(), "digits as they are"),
            (right, mutual.shuffled()[0], "labels shuffled"),
        ):
            area, foot = region.rows(6.0, 0.7, gap=0.1)
            cell = min(area.width, area.height) / mutual.SIDE
            tiles = Tiles(values, cell, heat=GAIN, largest=float(mutual.by_pixel().max()))
            maps.append(area.put(tiles))
            names.append(foot.put(words.label(text, size=NAME)))
        best = Square(float(maps[0].side), stroke_color=ink.focus, stroke_width=2 * LINE)
        best.move_to(maps[0].submobjects[mutual.best()])
        value = words.label("0.56", ink.ground, size=30.0).move_to(best)
        with self.beat("Do this for all 64 pixels. This one is the best.") as beat:
            self.play(FadeOut(self.strata, self.feet, self.kl_law, self.parted), run_time=pace.BRISK)
            beat.over(
                LaggedStart(*(FadeIn(tile) for tile in maps[0].submobjects), lag_ratio=pace.LAG),
                FadeIn(names[0]),
                until="This",
            )
            beat.over(FadeIn(best, scale=2), FadeIn(value))
        with self.beat("Shuffle the labels, and the best has 0.02 bits left: the noise of counting.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(tile) for tile in maps[1].submobjects), lag_ratio=pace.LAG),
                FadeIn(names[1]),
                until="best",
            )
            beat.over(self.frame.to(maps[1], share=0.85), until="noise", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)
        feet = [region.rows(6.0, 0.7, gap=0.1)[1] for region in (left, right)]
        laws = [
            foot.put(words.label(f"${source}$", GAIN, size=ink.POINT))
            for foot, source in zip(feet, ("I(X ; Y) = I(Y ; X)", "I(X ; Y) approx 0"), strict=True)
        ]
        with self.beat("Mutual information is symmetric, and zero only if the two are independent.") as beat:
            beat.over(FadeOut(names[0]), FadeIn(laws[0]), until="zero")
            beat.over(FadeOut(names[1]), FadeIn(laws[1]))
        gain = feet[0].put(words.label("information gain", GAIN, size=ink.POINT))
        with self.beat(
            "Decision trees choose their splits by it. There it is called information gain."
        ) as beat:
            beat.over(words.light(best), until="There")
            beat.over(FadeOut(laws[0]), FadeIn(gain))


def recolor(mark: VMobject) -> Any:
    """A verb that gives ``mark`` a colour."""
    return lambda color: mark.set_fill(color).set_stroke(color)
