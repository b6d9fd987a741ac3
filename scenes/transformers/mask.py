"""All tokens ask at once, and none may look ahead."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers import toy, worked
from scenes.transformers.predict import GIANT, LARGE
from scenes.transformers.scale import scaled_lines
from scenes.transformers.stage import (
    GIVEN_TEXT,
    KEY,
    OWNER,
    QUERY,
    VALUE,
    TransformersStage,
    at,
    gridded,
)

MATRICES: Final = (
    '"softmax"(frac({{ Q : q }} {{ K^top : k }}, sqrt(d_k))) {{ V : v }}',
    '"softmax"(frac({{ Q : q }} {{ K^top : k }}, sqrt(d_k)) {{+ M : mask}}) {{ V : v }}',
)
"""Attention of all tokens at once, without and with the causal mask."""
WHOLE: Final = f'"Attention"({{{{ Q : q }}}}, {{{{ K : k }}}}, {{{{ V : v }}}}) = {MATRICES[True]}'
"""The same as it is written in full."""
PARTS: Final = {"q": QUERY, "k": KEY, "v": VALUE}
COUNT: Final = len(GIVEN_TEXT)
"""Tokens of the text that is shown."""
CELL: Final = (0.94, 0.56)
"""Of the table of scores, in scene units."""
CHANGED: Final = "cup"
"""What the last token is changed to."""
TEXTS: Final = (1000, 2000)
"""Tokens of the texts whose scores are counted."""


def attention_formula(masked: bool, size: float) -> words.Words:
    """Attention in matrices."""
    return words.formula(MATRICES[masked], PARTS, size=size, symbols={})


def whole_formula() -> tuple[words.Words, words.Words, words.Words]:
    """The formula as it stands when the chapter ends: its title, itself, and what the mask is."""
    room = shot.safe(titled=False)
    return (
        room.put(words.headline("causal mask $M$"), UP),
        room.put(words.formula(WHOLE, PARTS, size=57.0, symbols={})),
        room.put(words.label("$-infinity$ for later tokens, else $0$", size=60.0), DOWN),
    )


class Mask(TransformersStage):
    """All tokens ask at once, and none may look ahead."""

    @chapter("All at once, never ahead", "causal mask", goes_on=True)
    def all_at_once(self) -> None:
        self.untitled()
        self.shot(shot.formula())
        tokens = toy.tokens_of(" ".join(GIVEN_TEXT))
        changed = np.append(tokens[:-1], toy.VOCABULARY.index(CHANGED))
        self.heads = {
            (word, causal): worked.first_head(self.model, text, causal)
            for word, text in (("told", tokens), ("changed", changed))
            for causal in (True, False)
        }
        self.stack_rows()
        self.lay_the_mask()
        self.change_the_last()
        self.count_the_price()

    def stack_rows(self) -> None:
        """Queries, keys and values of all tokens become the rows of three matrices."""
        names, formula = scaled_lines()
        self.add(names, formula)
        for each in (*names, formula):
            self.allow(each, "unread", "it is read as the chapter before ends")
        looked = self.done.looked[0]
        room = shot.safe(titled=False)
        ys = gridded(COUNT, 0.7)[::-1] - 0.55
        said = VGroup(
            *(
                words.label(word).move_to(at(room.left + 0.45, y))
                for word, y in zip(GIVEN_TEXT, ys, strict=True)
            )
        )
        stacks, heads = [], []
        for x, (name, letter, color) in zip(
            (-3.3, 0.8, 4.75), (("query", "Q", QUERY), ("key", "K", KEY), ("value", "V", VALUE)), strict=True
        ):
            middles = np.array([(x, y, 0.0) for y in ys])
            stacks.append(
                VectorBars(getattr(looked, name)[0, 0, :COUNT], middles, 3.7, 0.33, color, largest=3.0)
            )
            heads.append(words.headline(f"${letter}$", color, GIANT).move_to(at(x, room.top - 0.4)))
        with self.beat(
            "Each token asks, in one step: queries are the rows of a matrix Q, keys of K, values of V."
        ) as beat:
            self.play(FadeOut(names, formula), run_time=pace.QUICK)
            beat.over(FadeIn(said), until="queries", least=pace.QUICK)
            for word, stack, head, until in zip(
                ("queries", "keys", "values"), stacks, heads, ("keys", "values", None), strict=True
            ):
                coming = (FadeIn(row, shift=place.NUDGE * RIGHT) for row in stack)
                beat.over(word, FadeIn(head), LaggedStart(*coming, lag_ratio=pace.LAG), until=until)
        free = self.heads["told", False]
        table = Matrix(np.zeros((COUNT, COUNT)), cell=CELL, heat=QUERY, rows=GIVEN_TEXT, columns=GIVEN_TEXT)
        table.move_to(at(room.left + float(table.width) / 2, 0.0)).align_to((0.0, room.top, 0.0), UP)
        plain = attention_formula(False, 48.0)
        plain.next_to(table.box()[2:].mean(axis=0), DOWN, buff=0.25)
        column = shot.Region(
            float(table.get_right()[0]) + 0.35, room.bottom, room.right, float(table.box()[0, 1])
        )
        axes = words.note(
            "*a row* for each\ntoken that asks,\na column for\neach answer.\nBright: high score.",
            size=40.0,
        )
        column.put(axes, UP + LEFT)
        high = free.scores - free.scores.min()
        with self.beat(
            "Q times K transposed holds a score for each pair: a row for each token that asks, "
            "a column for each answer."
        ) as beat:
            self.shot(shot.picture_and_column(titled=False))
            self.play(FadeOut(said, *stacks, *heads), run_time=pace.QUICK)
            beat.over(FadeIn(table), words.write(plain), until="row")
            beat.over("row", table.change(high / high.max()), FadeIn(axes), least=pace.SLOW)
        self.grid, self.column, self.plain, self.axes, self.high = (
            table,
            column,
            plain,
            axes,
            high / high.max(),
        )

    def lay_the_mask(self) -> None:
        """What lies ahead is the answer; its score becomes minus infinity."""
        table, column = self.grid, self.column
        row = table.frame(OWNER, color=ink.chalk)
        answer = Tag(words.label("its answer", size=LARGE), opacity=1.0)
        answer.next_to(table.at(OWNER, OWNER + 1.6), RIGHT, buff=0.1)
        spot = VGroup(
            self.sky.polygon(table.box(OWNER, OWNER + 1)[:, :2], ink.chalk, width=2.5 * LINE),
        )
        with self.beat(
            "But each token is trained to predict the next. The first Ben must not look at hat: that is its answer."
        ) as beat:
            beat.over("first", Create(row), until="hat")
            beat.at("hat", Create(spot))
            beat.at("answer", FadeIn(answer))
        blocked = VGroup(
            *(
                words.tick("−∞", ink.quiet).move_to(table.at(asks, answers))
                for asks in range(COUNT)
                for answers in range(asks + 1, COUNT)
            )
        )
        zeros = VGroup(*(words.tick("0", ink.quiet).move_to(each) for each in blocked))
        masked = attention_formula(True, 48.0)
        masked.move_to(self.plain)
        name = words.note("*causal mask* $M$:\n$-infinity$ for later\ntokens, else $0$", size=40.0)
        column.put(name, UP + LEFT)
        with self.beat(
            "So add minus infinity to the scores of later tokens, before the softmax: the causal mask."
        ) as beat:
            beat.over(
                FadeOut(answer, spot, row, self.axes), words.rewrite(self.plain, masked), until="scores"
            )
            seen = np.where(np.tri(COUNT, dtype=bool), self.high, 0.0)
            beat.over("scores", table.change(seen), until="later", least=pace.BRISK)
            beat.over("later", LaggedStart(*map(FadeIn, blocked), lag_ratio=pace.LAG), until="causal")
            beat.over("causal", words.write(name), words.light(masked.part("mask")))
        hidden = np.where(np.arange(3) < 2, worked.AHEAD, -np.inf)
        steps = [
            [f"{score:g}" for score in worked.AHEAD],
            [f"{score:g}" if np.isfinite(score) else "$-infinity$" for score in hidden],
            [f"{weight:.2f}" for weight in worked.masked_weights(worked.AHEAD, 2)],
        ]
        lines = VGroup()
        for texts, title in zip(steps, ("scores", "masked", "weights"), strict=True):
            cells = [words.label(text, size=LARGE) for text in texts]
            for rank, each in enumerate(cells):
                each.move_to(at(1.35 * rank, -0.6))
            lines.add(
                VGroup(words.label(title, ink.quiet).move_to(at(0.0, 0.0)).align_to(cells[0], LEFT), *cells)
            )
        lines.arrange(DOWN, buff=0.42, aligned_edge=LEFT)
        column.put(lines, DOWN + LEFT).shift(place.NUDGE * UP)
        with self.beat(
            "By hand: scores two, one, five, and the third lies ahead. "
            "Its weight becomes zero; the others still add up to one."
        ) as beat:
            beat.at("scores", FadeIn(lines[0]))
            beat.at("ahead", FadeIn(lines[1]))
            beat.at(
                "weight",
                FadeIn(lines[2]),
                table.change(self.heads["told", True].weights),
                FadeOut(blocked),
                FadeIn(zeros),
            )
            beat.over("still", words.light(lines[2]))
        self.gone, self.masked = VGroup(name, lines), masked
        self.zeros = zeros

    def change_the_last(self) -> None:
        """Outputs beside their rows: with the mask none but the last stirs when the last token changes."""
        table, column = self.grid, self.column
        told, changed = self.heads["told", True], self.heads["changed", True]
        free, freed = self.heads["told", False], self.heads["changed", False]
        width = column.width - 0.3
        middles = np.array(
            [(column.left + width / 2 + 0.1, table.at(row, 0)[1], 0.0) for row in range(COUNT)]
        )
        outputs = VectorBars(told.outputs, middles, width, 0.27, VALUE, largest=2.2)
        head = words.label("outputs", VALUE).move_to(at(middles[0, 0], table.column_names.get_y()))
        old = table.row_names[-1], table.column_names[-1]
        new = [
            words.align_baseline(
                words.label(CHANGED).move_to(each), words.label(GIVEN_TEXT[-1]).move_to(each)
            )
            for each in old
        ]
        frames = [table.frame(row, color=ink.chalk) for row in range(COUNT)]
        marks = [
            VGroup(frames[row], self.sky.polygon(box_of(middles[row], width), ink.chalk, width=LINE))
            for row in range(COUNT)
        ]
        stirs = worked.stirred(told.outputs, changed.outputs)
        all_stir = worked.stirred(free.outputs, freed.outputs)
        counted = [
            words.label(f"outputs that stir:\n{int(np.sum(each))} of {COUNT}", VALUE, LARGE).move_to(
                at(middles[0, 0], self.masked.get_y())
            )
            for each in (stirs, all_stir)
        ]
        with self.beat("Test it: change the last token. With the mask, no earlier output stirs.") as beat:
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            beat.over(FadeIn(outputs, head), until="change", least=pace.QUICK)
            beat.over(
                "change", *(each.animate.set_fill(opacity=0) for each in old), *map(FadeIn, new), until="With"
            )
            beat.over(
                "With",
                table.change(changed.weights),
                glide(outputs.redraw, told.outputs, changed.outputs),
                *(Create(marks[row]) for row in np.flatnonzero(stirs)),
                least=pace.SLOW,
            )
            self.play(FadeIn(counted[0]), run_time=pace.QUICK)
        with self.beat("Lift the mask, and they all do.") as beat:
            outputs.redraw(free.outputs)
            self.play(
                FadeOut(self.zeros, counted[0], *(marks[row] for row in np.flatnonzero(stirs))),
                table.change(free.weights),
                *map(FadeOut, new),
                words.tint(self.masked.part("mask"), ink.faint),
                *(each.animate.set_fill(opacity=1) for each in old),
                run_time=pace.CALM,
            )
            self.play(
                *(each.animate.set_fill(opacity=0) for each in old),
                *map(FadeIn, new),
                table.change(freed.weights),
                glide(outputs.redraw, free.outputs, freed.outputs),
                *(Create(marks[row]) for row in np.flatnonzero(all_stir)),
                FadeIn(counted[1]),
                run_time=pace.LONG,
            )
        with self.beat("So, with it, one pass trains all positions, and none sees its answer.") as beat:
            beat.over(
                FadeOut(counted[1], *(marks[row] for row in np.flatnonzero(all_stir)), *new),
                *(each.animate.set_fill(opacity=1) for each in old),
                FadeIn(self.zeros),
                words.tint(self.masked.part("mask"), ink.chalk),
                table.change(told.weights),
                glide(outputs.redraw, freed.outputs, told.outputs),
                until="one",
                least=pace.CALM,
            )
            beat.over("one", *(words.light(name) for name in table.row_names))
        self.gone = VGroup(outputs, head)

    def count_the_price(self) -> None:
        """Twice as many tokens, four times as many scores."""
        room = shot.safe(titled=False)
        side = room.height - 1.0
        corner = np.array([room.left + 1.2, room.bottom + 0.1])
        small = self.sky.polygon(square(corner, side / 2), QUERY, width=LINE, fill=0.3)
        big = [
            self.sky.polygon(
                square(corner + np.array(step) * side / 2, side / 2), QUERY, width=LINE, fill=0.3
            )
            for step in ((1, 0), (0, 1), (1, 1))
        ]
        counts = [
            words.label(f"{tokens:,} tokens:\n{int(worked.score_counts([tokens])[0]):,} scores", size=60.0)
            for tokens in TEXTS
        ]
        column = shot.Region(corner[0] + side + 0.6, room.bottom, room.right, room.top)
        column.put(VGroup(*counts).arrange(DOWN, buff=1.2))
        with self.beat(
            "The price: a thousand tokens make a million scores; twice the tokens, four times as many."
        ) as beat:
            self.shot(shot.split(titled=False))
            self.play(FadeOut(self.grid, self.gone, self.zeros, self.masked), run_time=pace.BRISK)
            beat.over("thousand", FadeIn(small, counts[0]), until="twice")
            beat.over("twice", LaggedStart(*map(FadeIn, big), lag_ratio=pace.LAG), FadeIn(counts[1]))
        title, masked, below = whole_formula()
        with self.beat(
            "And without the mask, next-token training would be cheating.", pause=pace.SLOW
        ) as beat:
            self.shot(shot.formula())
            beat.over(FadeOut(small, *big, *counts), FadeIn(masked), until="mask")
            beat.over("mask", words.light(masked.part("mask")), FadeIn(title, below))


def square(corner: Floats, side: float) -> Floats:
    """Corners (4, 2) of a square from its lower left one."""
    return np.asarray(corner + side * np.array([(0, 0), (1, 0), (1, 1), (0, 1)]))


def box_of(middle: Floats, width: float) -> Floats:
    """Corners (4, 2) of the frame around a strip."""
    half = 0.5 * np.array([width, CELL[1]])
    return np.asarray(middle[:2] + half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]))
