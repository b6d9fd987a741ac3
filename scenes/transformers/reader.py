"""Who may look ahead: encoders, decoders, and both together."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, VMobject

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.token import Tokens
from scenes.maths.transformers import evidence, toy, trained, transformers
from scenes.transformers.block import BlockBars
from scenes.transformers.position import open_on
from scenes.transformers.stage import KEY, PAD, QUERY, VALUE, TransformersStage

EXAM: Final = 34
"""Number of the exam's text that is shown: what fills its blank comes later."""
ACROSS: Final = 5
"""Tokens in each of the rows in which a text of the exam stands."""
MAY: Final = ink.quiet
"""Cells of the tables: who may look at whom."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
ASIDE: Final = 0.4
"""Scene units from the middle of the table to where an arc ends."""
WRITTEN: Final = 4
"""Tokens that the decoder appends."""
SOURCE: Final = ("ich", "mag", "Tee")
TARGET: Final = ("I", "like", "tea")
"""A sentence and its translation."""


class Exam:
    """A text of the exam in rows of tiles on the left, and beside it who may look at whom."""

    def __init__(self, told: list[str], hole: int, left: shot.Region, right: shot.Region) -> None:
        self.rows = []
        starts = range(0, len(told), ACROSS)
        for spot, start in zip(left.rows(*[1] * len(starts), gap=0.3), starts, strict=True):
            part = ["?" if at == hole else told[at] for at in range(start, start + ACROSS)]
            names = [told[at] in toy.NAMES for at in range(start, start + ACROSS)]
            row = Tokens(part, width=1.14, height=0.95, gap=0.12, pills=names, size=38.0)
            self.rows.append(spot.put(row))
        self.hole = hole
        self.tile(hole).set_stroke(ink.error, width=2 * LINE)
        self.word = self.rows[hole // ACROSS].words[hole % ACROSS].set_fill(ink.error)
        self.dim = [np.where(np.arange(start, start + ACROSS) <= hole, 1.0, 0.25) for start in self.starts]
        head, below = right.inset(0.0, words.GAP).rows(1, 9, gap=0.1)
        self.head = head
        self.closed = np.where(np.tri(len(told), dtype=bool), 1.0, np.nan)
        size = below.height / len(told)
        cell = (below.width / len(told), size)
        self.table = below.put(Matrix(self.closed, cell=cell, heat=MAY, largest=3.2))
        self.frame = self.table.frame(hole)

    @property
    def starts(self) -> range:
        """Numbers of the first tokens of the rows."""
        return range(0, ACROSS * len(self.rows), ACROSS)

    def tile(self, token: int) -> VMobject:
        """The box of a token."""
        box: VMobject = self.rows[token // ACROSS].boxes[token % ACROSS]
        return box

    def shade(self, share: float) -> tuple[Mobject, ...]:
        """What stands behind the blank is hidden, for ``share`` of 1, or seen, for 0."""
        for row, dim in zip(self.rows, self.dim, strict=True):
            row.shade(blend(np.ones(ACROSS), dim, share))
        return tuple(self.rows)


class ThreeTables:
    """Who may look at whom in encoder, cross-attention and decoder, with their names, and arcs between them."""

    def __init__(self) -> None:
        count = len(SOURCE)
        full, causal = np.ones((count, count)), np.where(np.tri(count, dtype=bool), 1.0, np.nan)
        pairs = (
            ("encoder", full, SOURCE, SOURCE, "search, classify"),
            ("cross-attention", full, TARGET, SOURCE, "translate: all three"),
            ("decoder", causal, TARGET, TARGET, "write"),
        )
        self.tables: list[Matrix] = []
        self.heads: list[words.Words] = []
        self.feet: list[VGroup] = []
        self.uses: list[words.Words] = []
        places = shot.safe(titled=False).columns(1, 1, 1, gap=0.5)
        for spot, (title, values, rows, columns, use) in zip(places, pairs, strict=True):
            table = Matrix(values, cell=0.98, heat=MAY, largest=3.2, rows=rows)
            spot.inset(0.0, 1.7).put(table, UP + RIGHT)
            named = [
                words.label(word, ink.quiet).next_to(
                    table.box(count - 1, at)[2:].mean(axis=0), DOWN, buff=0.12
                )
                for at, word in enumerate(columns)
            ]
            foot = spot.put(words.label(use, size=LARGE), DOWN)
            self.tables.append(table)
            self.heads.append(words.label(f"[{title}:focus]", size=LARGE).next_to(table.cells, UP, buff=0.2))
            self.feet.append(VGroup(*(words.align_baseline(word, named[0]) for word in named)))
            self.uses.append(foot.set_x(float(table.cells.get_center()[0])))
        tops = [head.get_top() + words.GAP * UP for head in self.heads]
        self.ways = [
            Arcs([tops[1] + side * ASIDE * RIGHT], [tops[at]], 0.3, color, bow=0.12)
            for at, side, color in ((0, -1, KEY), (2, 1, QUERY))
        ]
        self.asking = self.tables[1].frame(0, color=QUERY)
        self.own = self.tables[2].frame(0, color=QUERY)

    def at_the_end(self) -> list[Mobject]:
        """What stands as the chapter ends, but for words."""
        last = len(SOURCE) - 1
        return [*self.tables, *self.ways, self.asking.redraw(last), self.own.redraw(last)]


class Reader(TransformersStage):
    """Who may look ahead."""

    @chapter("When the evidence lies ahead", "BERT's encoder against GPT's decoder", goes_on=True)
    def when_the_evidence_lies_ahead(self) -> None:
        stack = BlockBars(self.sky)
        open_on(self, stack.stand(stack.thin, float(evidence.GPT3.layers)))
        self.leave_a_blank()
        self.drop_the_mask()
        self.compare_twins()
        self.write_on()
        self.join_both()

    def leave_a_blank(self) -> None:
        """A blank that only a later mention can fill."""
        text = transformers.exam_rounds()[EXAM]
        hole = int(toy.first_mentions(text[None])[0])
        told = [toy.VOCABULARY[token] for token in text]
        left, right = self.shot(shot.split())
        exam = self.exam = Exam(told, hole, left, right)
        later = [spot for spot in range(2 * toy.GUESTS, toy.LENGTH, 2) if told[spot] == told[hole - 1]]
        self.evidence_at = [spot + 1 for spot in later]
        marks = [exam.tile(spot) for start in later for spot in (start, start + 1)]
        self.sight_name = exam.head.put(words.label("with a causal mask", size=LARGE))
        with self.beat(
            "What belongs in the blank? The only evidence comes later, and a causal mask hides it."
        ) as beat:
            self.play(FadeIn(*exam.rows), run_time=pace.BRISK)
            beat.over("blank", words.light(exam.word, ink.chalk), until="evidence")
            beat.at("later", *(mark.animate.set_stroke(QUERY, width=2 * LINE) for mark in marks))
            beat.at("causal", FadeIn(exam.table, self.sight_name, exam.frame))
            beat.over("mask", glide(exam.shade, 0.0, 1.0))

    def drop_the_mask(self) -> None:
        """The table without a causal mask; BERT's blank is a token."""
        exam = self.exam
        opened = exam.head.put(words.label("[encoder:focus]: both ways", size=LARGE))
        cells = [exam.table.frame(exam.hole, at) for at in self.evidence_at]
        with self.beat(
            "So leave out the causal mask: each token reads both ways. Such a transformer is an encoder."
        ) as beat:
            beat.over(
                "leave",
                exam.table.change(np.ones_like(exam.closed)),
                glide(exam.shade, 1.0, 0.0),
                FadeOut(self.sight_name),
                until="both",
            )
            beat.at("both", *(Create(cell) for cell in cells))
            last = len(exam.closed) - 1.0
            beat.over(glide(exam.frame.redraw, float(exam.hole), last), until="encoder")
            beat.over(
                "encoder", FadeIn(opened), glide(exam.frame.redraw, last, float(exam.hole)), least=pace.CALM
            )
        masked = words.label("mask", ink.error).move_to(exam.tile(exam.hole))
        modelling = exam.head.put(words.label("[masked language modelling:focus]", size=40.0))
        with self.beat(
            "BERT is one. A mask token stands for a word, and training fills the blank: masked language modelling. "
            "It hides a single word, not what lies ahead."
        ) as beat:
            beat.at("mask", FadeOut(exam.word), FadeIn(masked))
            beat.over(words.light(masked, ink.chalk), until="masked language")
            beat.at("masked language", FadeOut(opened), FadeIn(modelling))
            beat.over("hides", words.light(masked, ink.chalk), until="not")
            beat.over("not", *(words.light(each) for row in exam.rows[1:] for each in row.words))
        self.masked = masked
        self.sight = (exam.table, exam.frame, *cells, modelling)

    def compare_twins(self) -> None:
        """How often an encoder and its twin with a causal mask fill blanks whose evidence lies ahead."""
        models = [trained.train_reader(causal=causal) for causal in (False, True)]
        right = [100 * transformers.guess_first_mentions(model) for model in models]
        right.append(100 * evidence.favourite_in_blanks(transformers.exam_rounds()))
        place = shot.split().places[1]
        chart = BarChart(
            ("encoder", "causal\ntwin", "favourite\nthing"),
            np.zeros(3),
            (0, 100),
            place.width,
            place.height - 0.7,
            upright=True,
            colors=ink.quiet,
            decimals=0,
        )
        place.put(chart, DOWN)
        title = words.label("blanks filled rightly (%)", ink.quiet)
        place.put(title, UP)

        def grow(count: int) -> Drive:
            shown = np.where(np.arange(3) < count, right, 0.0)
            return chart.change(shown)

        with self.beat(
            "We trained one so, and a twin of the same size with a causal mask. "
            "On unseen texts, the encoder fills 84 percent rightly. The twin 29: no more than guessing the favourite."
        ) as beat:
            self.play(FadeOut(*self.sight), run_time=pace.QUICK)
            beat.at("twin", FadeIn(chart, title))
            beat.over("fills", grow(1), until="percent")
            beat.over("twin 29", grow(2), until="no")
            beat.over("guessing", grow(3))
        self.leave(chart, title, *self.exam.rows, self.masked)

    def write_on(self) -> None:
        """A decoder appends its own tokens, one after the other."""
        text = list(PAD)
        for _ in range(WRITTEN):
            chances = transformers.next_chances(self.model, " ".join(text))
            text.append(toy.VOCABULARY[int(chances.argmax())])
        region = shot.safe(titled=False)
        names = [word in toy.NAMES for word in text]
        tiles = Tokens(text, width=0.98, height=0.62, gap=0.045, pills=names, size=35.0)
        region.put(tiles, DOWN)
        count = len(text)
        room = region.height - 1.75
        table = Matrix(
            np.full((count, count), np.nan), cell=(tiles.step, room / count), heat=MAY, largest=3.2
        )
        table.next_to(tiles, UP, buff=0.25)
        closed = np.where(np.tri(count, dtype=bool), 1.0, np.nan)
        name = words.headline("[decoder:focus]: causal mask, [autoregressive:focus]", size=56.0)
        region.put(name, UP + LEFT)
        begun = np.where(np.arange(count)[:, None] < len(PAD), closed, np.nan)
        table.redraw(begun)
        with self.beat(
            "GPT keeps the causal mask: a decoder. It is autoregressive: it appends its own token, and goes on. "
            "Each new token adds a row, and looks back."
        ) as beat:
            self.play(self.title_leaves(), run_time=pace.QUICK)
            self.shot(shot.wide())
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
        three = ThreeTables()
        tables, heads, feet, uses, ways = three.tables, three.heads, three.feet, three.uses, three.ways
        asking, own, last = three.asking, three.own, len(SOURCE) - 1.0
        gives = VGroup(words.label("keys", KEY, LARGE), words.label("values", VALUE, LARGE))
        gives.arrange(RIGHT, buff=0.3).next_to(ways[0].along(0, 0, 0.5), UP, buff=0.15)
        asks = words.label("queries", QUERY, LARGE).next_to(ways[1].along(0, 0, 0.5), UP, buff=0.15)
        with self.beat(
            "The first transformer translated, with both. Cross-attention takes the queries from the decoder, "
            "the keys and values from the encoder. While it writes, the decoder keeps its causal mask."
        ) as beat:
            beat.over(*(FadeIn(tables[at], heads[at], feet[at]) for at in (0, 2)), until="Cross-attention")
            beat.at("Cross-attention", FadeIn(tables[1], heads[1], feet[1]))
            beat.at("queries", FadeIn(ways[1], asks), FadeIn(asking))
            beat.over(glide(asking.redraw, 0.0, last), until="keys")
            beat.at("keys", FadeIn(ways[0], gives))
            beat.over("While", words.light(heads[2]), until="causal")
            beat.over("causal", Create(own))
            self.play(glide(own.redraw, 0.0, last), run_time=pace.SLOW)
        with self.beat(
            "Encoders and decoders are both pre-trained on plain text, and often fine-tuned afterwards. "
            "To search or classify, take an encoder; to write, a decoder; to translate, both."
        ) as beat:
            beat.over(*(words.light(heads[at]) for at in (0, 2)), until="search")
            for word, aim in (("search", uses[0]), ("write", uses[2]), ("translate", uses[1])):
                beat.at(word, FadeIn(aim))
