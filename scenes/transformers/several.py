"""Several looks side by side: why one mixture is not enough, and what a head is."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.token import Tokens
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers.transformer import Pass
from scenes.transformers.position import learning_curves, open_on
from scenes.transformers.stage import (
    ASKER,
    GIVEN_TEXT,
    HAT,
    KEY,
    QUERY,
    VALUE,
    TransformersStage,
)

SECOND: Final = ink.truth
"""What the second head attends to."""
PAIR: Final = ("Ben", "hat")
GIVEN: Final = np.array([[1.0, 0.0], [0.0, 1.0]])
"""Made up: the values of the two tokens, a row each."""
LOOKS: Final = (np.array([[0.5, 0.5]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
"""Made up: the weights of one look, and of two."""
ZOOMED: Final = (0.0, 0.2)
"""Where the camera brings the one look."""
AROUND: Final = 0.45
"""Scene units by which a value goes around the other."""
LARGE: Final = 46.0
"""Pixels of the capitals in large tiles and cells."""


class Looks:
    """Two tokens with their values, and what one or two looks at them bring; ``swap`` exchanges the values."""

    def __init__(self, region: shot.Region, looks: Floats, title: str) -> None:
        self.looks = looks
        head, below = region.inset(0.0, words.GAP).rows(1, 5, gap=0.2)
        self.title = head.put(words.label(title, size=LARGE))
        self.tiles = Tokens(PAIR, width=2.3, height=0.8, gap=1.1, pills=(True, False), size=LARGE)
        below.put(self.tiles, DOWN)
        self.values = [self.numbers(row, VALUE) for row in GIVEN]
        for seat, value in enumerate(self.values):
            value.next_to(self.tiles.at(seat, UP), UP, buff=0.2)
        self.home = [value.get_center() for value in self.values]
        brought = looks @ GIVEN
        self.brought = [self.numbers(row, VALUE) for row in brought]
        wide = below.inset(0.2).columns(*[1] * len(looks))
        for made, place in zip(self.brought, wide, strict=True):
            place.put(made, UP)
        self.arcs = [
            Arcs(
                made.get_bottom() + words.GAP * DOWN,
                np.array([value.get_top() + words.GAP * UP for value in self.values]),
                color=color,
                widest=16,
            )
            for made, color in zip(self.brought, (QUERY, SECOND), strict=False)
        ]

    def numbers(self, row: Floats, color: ManimColor) -> Matrix:
        """Two numbers in orange cells."""
        return Matrix(row[None], cell=(1.0, 0.75), heat=color, decimals=1, size=LARGE, largest=1.6)

    def follow(self) -> list[Drive]:
        """What is brought changes to what swapped values make of it."""
        rows = self.looks @ GIVEN[::-1]
        return [made.change(row[None]) for made, row in zip(self.brought, rows, strict=True)]

    def swap(self, share: float) -> Changed:
        """The values are ``share`` of their way to the other token."""
        for seat, value in enumerate(self.values):
            start, end = self.home[seat], self.home[1 - seat]
            lift = (AROUND if seat else -AROUND) * np.sin(np.pi * share) * UP
            value.move_to(blend(start, end, share) + lift)
        return tuple(self.values)


def table_places() -> tuple[shot.Region, ...]:
    """The place of the formula, and that of the tables under it."""
    return shot.safe(titled=False).rows(1, 3.1, gap=0.2)


def head_tables(done: Pass) -> list[Matrix]:
    """What both heads of layer 1 attend to in the text before the last Ben, who has nothing to find there yet."""
    tables = []
    places = table_places()[1].columns(1, 1, gap=0.4)
    for spot, head, color in zip(places, range(2), (QUERY, SECOND), strict=True):
        weights = done.looked[0].weights[0, head, :ASKER, :ASKER]
        table = Matrix(weights, cell=(0.62, 0.53), heat=color, rows=GIVEN_TEXT)
        tables.append(spot.inset(0.0, words.GAP).put(table, DOWN))
    return tables


class Several(TransformersStage):
    """Several looks side by side."""

    @chapter("Two needs, one mixture", "multi-head attention", goes_on=True)
    def two_needs_one_mixture(self) -> None:
        chart, level, curves, _ = learning_curves(self.model.shape.places)
        self.swap_the_values(open_on(self, chart, level, *(curve for group in curves for curve in group)))
        self.part_into_heads()

    def swap_the_values(self, leaving: list[Animation]) -> None:
        """One look cannot tell who gave what; two looks can."""
        left, right = self.shot(shot.split(titled=False, gap=1.2))
        one, two = Looks(left, LOOKS[0], "one look"), Looks(right, LOOKS[1], "two looks")
        with self.beat(
            "One softmax makes one mixture. But what if a token needs two things, from two places?"
        ) as beat:
            self.play(*leaving, run_time=pace.QUICK)
            self.frame.look(self.frame.to(one.title, one.tiles, *one.brought, share=0.78, at=ZOOMED).aim())
            self.play(*map(FadeIn, (one.title, one.tiles, *one.values)), run_time=pace.BRISK)
            for arcs in (*one.arcs, *two.arcs):
                arcs.redraw(0.0)
            self.add(*one.arcs)
            beat.over("softmax", glide(one.arcs[0].redraw, 0.0, LOOKS[0]), until="mixture")
            beat.at("mixture", *map(FadeIn, one.brought))
            beat.at("two", *(words.light(word) for word in one.tiles.words))
        with self.beat("Swap the two values: an even mixture stays the same. Who gave what is lost.") as beat:
            beat.over(glide(one.swap, 0.0, 1.0), until="stays", least=pace.SLOW)
            frame = one.brought[0].frame(color=ink.error)
            beat.at("lost", FadeIn(frame))
        with self.beat("Look twice, each time at one token: now the swap shows.") as beat:
            self.play(
                self.frame.back(), *map(FadeIn, (two.title, two.tiles, *two.values)), run_time=pace.BRISK
            )
            self.add(*two.arcs)
            self.play(
                *(glide(arcs.redraw, 0.0, look[None]) for arcs, look in zip(two.arcs, LOOKS[1], strict=True)),
                *map(FadeIn, two.brought),
                run_time=pace.BRISK,
            )
            beat.over(glide(two.swap, 0.0, 1.0), until="shows", least=pace.SLOW)
            self.play(*two.follow(), run_time=pace.CALM)
        self.clear_stage()

    def part_into_heads(self) -> None:
        """Every head reads all 32 numbers; two tables for one text; outputs joined and mixed."""
        looked, heads = self.done.looked[0], range(self.model.shape.heads)
        region = shot.safe(titled=False)
        top, below = region.rows(1, 2.6, gap=0.7)
        whole = VectorBars(looked.normed.out[0, HAT], top.middle, region.width, top.height / 3, largest=2.5)
        named = words.label("hat: all 32 numbers").next_to(whole, UP, buff=words.GAP)
        places = below.columns(1, 1, gap=0.7)
        made = [self.own_numbers(place, head) for place, head in zip(places, heads, strict=True)]
        names = [
            words.label(f"[attention head:{role}] {head + 1}", size=LARGE)
            for head, role in zip(heads, ("focus", "truth"), strict=True)
        ]
        for name, place in zip(names, places, strict=True):
            place.put(name, UP)
        ways = [
            self.sky.vector(
                (place.middle[0], whole.get_bottom()[1] - words.GAP),
                name.get_top()[:2] + np.array([0.0, words.GAP]),
                color,
            )
            for place, name, color in zip(places, names, (QUERY, SECOND), strict=True)
        ]
        with self.beat(
            "Such a look is an attention head. Each head reads all 32 numbers, "
            "and makes its own query, key and value: 16 numbers each."
        ) as beat:
            self.shot(shot.wide())
            beat.over(*map(FadeIn, names), until="attention")
            beat.over("all", FadeIn(whole, named), until="makes")
            beat.at("makes", *(FadeIn(way) for way in ways))
            for part, word in enumerate(("query", "key", "value")):
                beat.at(word, *(FadeIn(rows[part]) for rows in made))
        self.play(FadeOut(whole, named, *ways, *made), run_time=pace.QUICK)
        self.compare_tables(names)

    def own_numbers(self, place: shot.Region, head: int) -> VGroup:
        """What a head makes of the token: query, key and value of 16 numbers."""
        looked = self.done.looked[0]
        made = VGroup()
        beneath = shot.Region(place.left, place.bottom, place.right, place.top - 0.75)
        for row, (name, color) in zip(
            beneath.rows(1, 1, 1, gap=0.1), (("query", QUERY), ("key", KEY), ("value", VALUE)), strict=True
        ):
            title, strip = row.columns(1, 3.4, gap=0.2)
            numbers = getattr(looked, name)[0, head, HAT]
            bars = VectorBars(numbers, strip.middle, strip.width, 0.42 * strip.height, color, largest=3.0)
            made.add(VGroup(title.put(words.label(name, color), RIGHT), bars))
        return made

    def compare_tables(self, names: list[words.Words]) -> None:
        """What both heads of layer 1 attend to in the lesson's text; their outputs are joined and mixed."""
        upper, _ = table_places()
        self.shot(shot.split(titled=False))
        tables = head_tables(self.done)
        moved = [
            name.animate.next_to(table.cells, UP, buff=words.GAP)
            for name, table in zip(names, tables, strict=True)
        ]
        with self.beat(
            "Several heads side by side are multi-head attention. "
            "Here, from each thing, one looks mostly at its owner, the other at itself."
        ) as beat:
            term = words.headline("multi-head attention")
            upper.put(term, UP)
            beat.over(*moved, *(FadeIn(table) for table in tables), until="multi-head")
            beat.at("multi-head", words.write(term))
            own, itself = (
                [table.frame(thing, thing - back, color=ink.chalk) for thing in range(1, ASKER, 2)]
                for table, back in zip(tables, (1, 0), strict=True)
            )
            beat.at("owner", *(Create(each) for each in own))
            beat.at("itself", *(Create(each) for each in itself))
        source = (
            '& "head"_h = "Attention"(X W_Q^h, X W_K^h, X W_V^h) \\ '
            '& "MultiHead" = {{ ["head"_1, dots, "head"_H] : joined }} {{ W_O : mixer }}'
        )
        formula = words.formula(source, colors={"mixer": ink.chalk}, size=44.0)
        upper.put(formula)
        with self.beat(
            "Their outputs are joined, and one more matrix, W O, mixes them.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(term, *own, *itself), run_time=pace.QUICK)
            beat.over(words.write(formula), until="joined")
            beat.at("joined", words.light(formula.part("joined")))
            beat.at("mixes", words.light(formula.part("mixer")))
        width = words.label("$d_k = d \\/ H = 32 \\/ 2 = 16$", size=ink.POINT)
        with self.beat(
            "Usually each head is d over H wide. So more heads cost no more: take several."
        ) as beat:
            self.play(FadeOut(formula), run_time=pace.QUICK)
            upper.put(width)
            beat.at("wide", words.write(width))
            beat.over("take", *(words.light(name) for name in names))
