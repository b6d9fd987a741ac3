"""Who may look ahead: encoders, decoders, and both together."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.token import Tokens
from scenes.maths.transformers import cafe, evidence, transformers, waiter
from scenes.transformers.stage import KEY, PAD, QUERY, VALUE, TransformersStage

EXAM: Final = 34
"""Number of the exam's text that is shown: what fills its blank comes later."""
HALF: Final = cafe.LENGTH // 2
"""Tokens in each of the two rows in which a text of the exam stands."""
MAY: Final = ink.quiet
"""Cells of the tables: who may look at whom."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
WRITTEN: Final = 4
"""Tokens that the decoder appends."""
SOURCE: Final = ("ich", "trage", "einen", "Hut")
TARGET: Final = ("I", "wear", "a", "hat")
"""A sentence and its translation."""


def two_rows(told: list[str], region: shot.Region) -> list[Tokens]:
    """A text of the exam in two rows, at the head of ``region``."""
    rows = []
    for part in (told[:HALF], told[HALF:]):
        names = [word in cafe.NAMES for word in part]
        rows.append(Tokens(part, width=1.2, height=0.8, gap=0.12, pills=names, size=38.0))
    region.put(rows[0], UP)
    rows[1].next_to(rows[0], DOWN, buff=0.2)
    return rows


class Reader(TransformersStage):
    """Who may look ahead."""

    @chapter("When the evidence lies ahead", "BERT's encoder against GPT's decoder")
    def when_the_evidence_lies_ahead(self) -> None:
        self.leave_a_blank()
        self.drop_the_mask()
        self.compare_twins()
        self.write_on()
        self.join_both()

    def leave_a_blank(self) -> None:
        """A blank that only a later mention can fill."""
        self.text = transformers.exam_rounds()[EXAM]
        self.hole = int(cafe.first_mentions(self.text[None])[0])
        told = [cafe.VOCABULARY[token] for token in self.text]
        self.shot(shot.wide())
        self.rows = two_rows(told, shot.safe())
        word, box = self.rows[0].words[self.hole], self.rows[0].boxes[self.hole]
        word.set_opacity(0.0)
        box.set_stroke(ink.error, width=1.5 * LINE)
        self.blank = words.label("?", ink.error, LARGE).move_to(box)
        later = [spot for spot in range(2 * cafe.GUESTS, cafe.LENGTH, 2) if told[spot] == told[self.hole - 1]]
        self.evidence_at = [spot + 1 for spot in later]
        pairs = [spot for start in later for spot in (start, start + 1)]
        marks = [self.rows[spot // HALF].boxes[spot % HALF] for spot in pairs]
        hidden = np.arange(HALF) <= self.hole
        with self.beat(
            "What belongs in the blank? The only evidence comes later, and a causal mask hides it."
        ) as beat:
            self.play(FadeIn(*self.rows, self.blank), run_time=pace.BRISK)
            beat.at("later", *(mark.animate.set_stroke(QUERY, width=1.5 * LINE) for mark in marks))
            first, second = self.rows
            dim = np.where(hidden, 1.0, 0.25)
            beat.over(
                "mask",
                glide(first.shade, np.ones(HALF), dim, first),
                glide(second.shade, 1.0, 0.25, second),
                until="hides",
            )
            beat.rest()
        self.dim = dim

    def drop_the_mask(self) -> None:
        """The table with and without a causal mask; BERT's blank is a token."""
        whole = shot.safe()
        below = shot.Region(whole.left, whole.bottom, whole.right, float(self.rows[1].get_bottom()[1]) - 0.85)
        size = below.height / cafe.LENGTH
        closed = np.tri(cafe.LENGTH)
        table = Matrix(closed, cell=(2.0 * size, size), heat=MAY, largest=2.2)
        below.put(table)
        name = words.label("who may look at whom: causal mask", size=LARGE).next_to(table, UP, buff=0.12)
        opened = words.label("[encoder:focus]: no causal mask", size=LARGE).move_to(name)
        frame = table.frame(self.hole)
        cells = [table.frame(self.hole, at) for at in self.evidence_at]
        first, second = self.rows
        with self.beat(
            "So leave out the causal mask: each token reads both ways. Such a transformer is an encoder."
        ) as beat:
            self.play(FadeIn(table, name, frame), run_time=pace.QUICK)
            beat.over(
                "leave",
                table.change(np.ones_like(closed)),
                glide(first.shade, self.dim, np.ones(HALF), first),
                glide(second.shade, 0.25, 1.0, second),
                until="both",
            )
            beat.at("both", *(Create(cell) for cell in cells))
            beat.at("encoder", FadeOut(name), FadeIn(opened))
        masked = words.label("[MASK]".replace("[", "\\[").replace("]", "\\]"), ink.error, 30.0)
        masked.move_to(self.blank)
        modelling = words.label("BERT: [masked language modelling:focus]", size=LARGE).move_to(opened)
        with self.beat(
            "BERT is one. A mask token stands for a word, and training fills the blank: masked language modelling."
        ) as beat:
            beat.at("mask", FadeOut(self.blank), FadeIn(masked))
            beat.over(words.light(masked, ink.chalk), until="masked language")
            beat.at("masked language", FadeOut(opened), FadeIn(modelling))
        self.blank = masked
        self.under = VGroup(name, modelling)
        self.table = (table, frame, *cells, modelling)

    def compare_twins(self) -> None:
        """How often an encoder and its twin with a causal mask fill blanks whose evidence lies ahead."""
        models = [waiter.train_reader(causal=causal) for causal in (False, True)]
        right = [100 * transformers.guess_first_mentions(model) for model in models]
        favourite = 100 * evidence.favourite_in_blanks(transformers.exam_rounds())
        whole = shot.safe()
        below = shot.Region(whole.left, whole.bottom, whole.right, float(self.rows[1].get_bottom()[1]) - 0.3)
        names = ("encoder", "with causal mask", "favourite thing")
        chart = BarChart(
            names,
            np.zeros(3),
            (0, 100),
            below.width,
            below.height,
            colors=ink.quiet,
            decimals=0,
            label="blanks filled rightly (%), of 1,000 unseen texts",
        )
        below.put(chart)
        values = np.zeros(3)

        def grow(which: int, end: float) -> object:
            before, after = values.copy(), values.copy()
            after[which] = end
            values[:] = after
            return glide(chart.redraw, before, after)

        with self.beat(
            "We trained one so, and a twin with a causal mask. The encoder fills 84 percent rightly. "
            "The twin 29: no more than guessing the favourite."
        ) as beat:
            self.play(FadeOut(*self.table), run_time=pace.QUICK)
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over("fills", grow(0, right[0]), until="percent")
            beat.over("twin 29", grow(1, right[1]), until="no")
            beat.over("guessing", grow(2, favourite))
        self.leave(chart, *self.rows, self.blank)

    def write_on(self) -> None:
        """A decoder appends its own tokens, one after the other."""
        text = list(PAD)
        for _ in range(WRITTEN):
            chances = transformers.next_chances(self.waiter, " ".join(text))
            text.append(cafe.VOCABULARY[int(chances.argmax())])
        region = shot.safe(titled=False)
        names = [word in cafe.NAMES for word in text]
        tiles = Tokens(text, width=0.98, height=0.62, gap=0.045, pills=names, size=35.0)
        region.put(tiles, DOWN)
        count = len(text)
        room = region.height - 1.75
        table = Matrix(
            np.full((count, count), np.nan), cell=(tiles.step, room / count), heat=MAY, largest=2.2
        )
        table.next_to(tiles, UP, buff=0.25)
        closed = np.where(np.tri(count, dtype=bool), 1.0, np.nan)
        name = words.headline("[decoder:focus]: causal mask, [autoregressive:focus]", size=56.0)
        region.put(name, UP + LEFT)
        begun = np.where(np.arange(count)[:, None] < len(PAD), closed, np.nan)
        table.redraw(begun)
        with self.beat(
            "GPT keeps the causal mask: a decoder. It is autoregressive: it appends its own token, and goes on."
        ) as beat:
            if self.title_words is not None:
                self.play(self.title_leaves(), run_time=pace.QUICK)
            self.play(FadeIn(table, *(tiles[seat] for seat in range(len(PAD)))), run_time=pace.QUICK)
            beat.at("decoder", words.write(name))
            beat.until("appends")
            for seat in range(len(PAD), count):
                shown = np.where(np.arange(count)[:, None] <= seat, closed, np.nan)
                tiles.tint(QUERY, [seat])
                self.play(FadeIn(tiles[seat], shift=place.NUDGE * DOWN), run_time=pace.QUICK)
                self.play(table.change(shown), run_time=pace.QUICK)
        self.leave(table, name, *(tiles[seat] for seat in range(count)))

    def join_both(self) -> None:
        """Encoder, cross-attention, decoder: three tables, and what each kind of transformer is for."""
        self.shot(shot.gallery(1, 3, titled=False))
        region = shot.safe(titled=False)
        places = region.columns(1, 1, 1, gap=0.6)
        full, causal = np.ones((4, 4)), np.where(np.tri(4, dtype=bool), 1.0, np.nan)
        tables = [
            Matrix(values, cell=0.72, heat=MAY, largest=2.2, rows=rows)
            for values, rows in ((full, SOURCE), (full, TARGET), (causal, TARGET))
        ]
        columns = (SOURCE, SOURCE, TARGET)
        titles = ("encoder", "cross-attention", "decoder")
        uses = ("search, classify", "translate: all three", "write")
        made = []
        for spot, table, heads, title, use in zip(places, tables, columns, titles, uses, strict=True):
            spot.inset(0.0, 1.75).put(table, UP)
            table.align_to(np.array([spot.right, 0.0, 0.0]), RIGHT)
            under = VGroup(
                *(
                    words.label(word, ink.quiet, 30.0).next_to(
                        table.box(3, column)[2:].mean(axis=0), DOWN, 0.1
                    )
                    for column, word in enumerate(heads)
                )
            )
            top = words.label(f"[{title}:focus]", size=LARGE).next_to(table.cells, UP, buff=0.2)
            foot = words.label(use, size=LARGE)
            spot.put(foot, DOWN).set_x(float(table.cells.get_center()[0]))
            made.append((table, under, top, foot))
        middle = made[1][0]
        asks = words.label("queries", QUERY, LARGE)
        gives = VGroup(words.label("keys", KEY, LARGE), words.label("values", VALUE, LARGE))
        gives.arrange(RIGHT, buff=0.35).next_to(made[1][1], DOWN, buff=0.25)
        asks.next_to(made[1][2], UP, buff=0.2)
        ways = VGroup(
            self.sky.vector(made[2][0].cells.get_left()[:2], asks.get_right()[:2], QUERY),
        )
        with self.beat(
            "Translation needs both. Cross-attention takes the queries from the decoder, "
            "the keys and values from the encoder."
        ) as beat:
            beat.over(FadeIn(*made[0][:3], *made[2][:3]), until="Cross-attention")
            beat.at("Cross-attention", FadeIn(*made[1][:3]))
            beat.at("queries", FadeIn(asks), words.light(made[2][2]))
            beat.over("keys", FadeIn(gives), words.light(made[0][2]))
        with self.beat(
            "All are pre-trained on plain text, then fine-tuned. "
            "To search or classify, take an encoder; to write, a decoder; to translate, both."
        ) as beat:
            beat.over(*(words.light(each[2]) for each in made), until="search")
            beat.at("search", FadeIn(made[0][3]))
            beat.at("write", FadeIn(made[2][3]))
            beat.at("translate", FadeIn(made[1][3]))
        del middle, ways
