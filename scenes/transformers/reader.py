"""Who may look ahead: encoders, decoders, and both together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Mobject, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.kit.token import Tokens
from scenes.maths.transformers import baselines, evidence, toy, trained, transformers
from scenes.transformers.block import BlockBars
from scenes.transformers.position import open_on
from scenes.transformers.stage import KEY, PAD, QUERY, VALUE, TransformersStage

if TYPE_CHECKING:
    from manim import VMobject

EXAM: Final = 34
"""Number of the exam's text that is shown: what fills its blank comes later."""
ACROSS: Final = 5
"""Tokens in each of the rows in which a text of the exam stands."""
MAY: Final = ink.quiet
"""Cells of the tables: who may look at whom."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
CELL: Final = (0.98, 1.15)
"""Of the tables of a translator, in scene units."""
ASIDE: Final = 0.4
"""Scene units from the middle of the table to where an arc ends."""
NAMED: Final = 60.0
"""The same, of what a whole picture is called."""
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
        self.tile(hole).set_stroke(QUERY, width=2 * LINE)
        self.word = self.rows[hole // ACROSS].words[hole % ACROSS].set_fill(QUERY)
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


def chart_of_blanks() -> tuple[BarChart, words.Words]:
    """Percent of blanks filled rightly by both models and by two guesses, over the whole frame, and its title."""
    text = transformers.exam_rounds()
    models = [
        transformers.guess_first_mentions(trained.train_reader(causal=causal)) for causal in (False, True)
    ]
    guesses = [guess(text) for guess in (evidence.favourite_in_blanks, baselines.named_in_blanks)]
    room = shot.safe(titled=False)
    title = room.put(words.label("blanks rightly filled (%), 1,000 unseen texts", size=LARGE), UP + LEFT)
    chart = BarChart(
        ("encoder", "causal twin", "favourite thing", "best of named things"),
        100 * np.array([*models, *guesses]),
        (0, 100),
        room.width,
        room.height - 0.9,
        colors=[MAY, MAY, ink.error, ink.error],
        decimals=0,
    )
    return room.put(chart, DOWN), title


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
            table = Matrix(values, cell=CELL, heat=MAY, largest=3.2, rows=rows)
            spot.inset(0.0, 1.7).put(table, UP + RIGHT)
            named = [
                words.label(word, ink.quiet).next_to(
                    table.box(count - 1, at)[2:].mean(axis=0), DOWN, buff=0.12
                )
                for at, word in enumerate(columns)
            ]
            foot = spot.put(words.label(use, size=LARGE), DOWN)
            self.tables.append(table)
            self.heads.append(words.label(f"*{title}*", size=LARGE).next_to(table.cells, UP, buff=0.2))
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
        self.leave_a_blank(open_on(self, stack.stand(stack.thin, float(evidence.GPT3.layers))))
        self.drop_the_mask()
        self.compare_twins()
        self.write_on()
        self.join_both()

    # --- the encoder

    def leave_a_blank(self, leaving: list[Animation]) -> None:
        """A blank that only a later mention can fill."""
        text = transformers.exam_rounds()[EXAM]
        hole = int(toy.first_mentions(text[None])[0])
        told = [toy.VOCABULARY[token] for token in text]
        left, right = self.shot(shot.split(titled=False))
        exam = self.exam = Exam(told, hole, left, right)
        later = [spot for spot in range(2 * toy.GUESTS, toy.LENGTH, 2) if told[spot] == told[hole - 1]]
        self.evidence_at = [spot + 1 for spot in later]
        marks = [exam.tile(spot) for start in later for spot in (start, start + 1)]
        self.sight_name = exam.head.put(words.label("with a causal mask", size=LARGE))
        with self.beat(
            "What belongs in the blank? The only evidence comes later, and a causal mask hides it."
        ) as beat:
            self.play(*leaving, run_time=pace.QUICK)
            self.frame.look(self.frame.to(*exam.rows, share=0.92).aim())
            self.play(FadeIn(*exam.rows), run_time=pace.QUICK)
            beat.over("blank", words.light(exam.word, ink.chalk), until="evidence")
            beat.at("later", *(mark.animate.set_stroke(KEY, width=2 * LINE) for mark in marks))
            beat.at("causal", self.frame.back())
            self.play(FadeIn(exam.table, self.sight_name, exam.frame), run_time=pace.QUICK)
            beat.over(glide(exam.shade, 0.0, 1.0), least=pace.SLOW)

    def drop_the_mask(self) -> None:
        """The table without a causal mask; BERT's blank is a token."""
        exam = self.exam
        opened = exam.head.put(words.label("*encoder*: both ways", size=LARGE))
        cells = [exam.table.frame(exam.hole, at, color=KEY) for at in self.evidence_at]
        with self.beat(
            "So leave the causal mask out: each token reads both ways. Such a transformer is an encoder."
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
        masked = words.label("mask", QUERY).move_to(exam.tile(exam.hole))
        modelling = exam.head.put(words.label("*masked language modelling*", size=40.0))
        with self.beat(
            "BERT is one. A mask token stands for a word, and training fills the blank: masked language modelling.",
            pause=pace.QUICK,
        ) as beat:
            beat.at("mask", FadeOut(exam.word), FadeIn(masked))
            beat.over(words.light(masked, ink.chalk), until="masked language")
            beat.at("masked language", FadeOut(opened), FadeIn(modelling))
        with self.beat("Unlike a causal mask, it hides single words, not all that lies ahead.") as beat:
            beat.over("hides", words.light(masked, ink.chalk), until="not")
            beat.over("not", *(words.light(each) for row in exam.rows[1:] for each in row.words))
        self.leaving = [*exam.rows, masked, exam.table, exam.frame, *cells, modelling]

    def compare_twins(self) -> None:
        """How often an encoder and its twin with a causal mask fill blanks whose evidence lies ahead."""
        chart, title = chart_of_blanks()
        chart.shade(0.0)

        def show(count: int) -> Animation:
            """The first ``count`` bars are there, the last of them new."""
            bars = np.arange(len(chart.names))
            return glide(chart.shade, 1.0 * (bars < count - 1), 1.0 * (bars < count), chart)

        with self.beat(
            "We trained one so, and a twin of the same size with a causal mask. "
            "On a thousand unseen texts, the encoder fills 84 percent rightly, the twin 29."
        ) as beat:
            self.shot(shot.wide())
            beat.over(*map(FadeOut, self.leaving), until="twin")
            beat.at("twin", FadeIn(chart, title))
            beat.over("encoder", show(1), until="rightly")
            beat.over("twin 29", show(2))
        with self.beat(
            "Naming the favourite gets 29 as well, the favourite among the named things 57."
        ) as beat:
            beat.over(show(3), until="the favourite among")
            beat.over(show(4))

        self.leaving = [chart, title]

    # --- the decoder, and both

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
        decoder = region.put(words.headline("decoder", size=NAMED), UP + RIGHT)
        term = region.put(words.headline("decoder: autoregressive", size=NAMED), UP + RIGHT)
        hidden = Tag(words.label("hidden by the causal mask", size=LARGE), opacity=1.0)
        hidden.move_to(table.at(2, count - 1), aligned_edge=RIGHT)
        begun = np.where(np.arange(count)[:, None] < len(PAD), closed, np.nan)
        table.redraw(begun)
        with self.beat(
            "And to write? The next token is not there to be read, so GPT keeps the causal mask: a decoder."
        ) as beat:
            self.shot(shot.wide())
            coming = (FadeIn(tiles[seat]) for seat in range(len(PAD)))
            self.play(*map(FadeOut, self.leaving), *coming, run_time=pace.BRISK)
            beat.over("next", words.light(tiles.words[len(PAD) - 1]), until="keeps")
            beat.over("keeps", FadeIn(table), until="causal")
            beat.over("causal", FadeIn(hidden), until="decoder")
            beat.over("decoder", words.write(decoder))
        asking = table.frame(len(PAD) - 1, color=QUERY)
        with self.beat(
            "It is autoregressive: it appends its own token, and goes on. Each new token adds a row, and looks back."
        ) as beat:
            beat.at("autoregressive", FadeOut(decoder), FadeIn(term))
            beat.until("appends")
            self.play(FadeIn(asking), run_time=pace.QUICK)
            for seat in range(len(PAD), count):
                shown = np.where(np.arange(count)[:, None] <= seat, closed, np.nan)
                tiles.tint(ink.third, [seat])
                self.play(FadeIn(tiles[seat], shift=place.NUDGE * DOWN), run_time=pace.CALM)
                self.play(
                    table.change(shown), glide(asking.redraw, seat - 1.0, float(seat)), run_time=pace.CALM
                )
        self.leaving = [table, hidden, term, asking, *(tiles[seat] for seat in range(count))]

    def join_both(self) -> None:
        """Encoder, cross-attention, decoder: three tables, and what each kind of transformer is for."""
        three = ThreeTables()
        tables, heads, feet, uses, ways = three.tables, three.heads, three.feet, three.uses, three.ways
        asking, own, last = three.asking, three.own, len(SOURCE) - 1.0
        reading = tables[0].frame(0, color=QUERY)
        gives = VGroup(words.label("keys", KEY, LARGE), words.label("values", VALUE, LARGE))
        gives.arrange(RIGHT, buff=0.3).next_to(ways[0].along(0, 0, 0.5), UP, buff=0.15)
        asks = words.label("queries", QUERY, LARGE).next_to(ways[1].along(0, 0, 0.5), UP, buff=0.15)
        with self.beat(
            "A translator needs both: an encoder reads the whole sentence, a decoder, still masked, writes."
        ) as beat:
            self.play(*map(FadeOut, self.leaving), FadeIn(tables[0], feet[0]), run_time=pace.BRISK)
            self.shot(shot.gallery(1, 3, titled=False))
            beat.at("encoder", FadeIn(heads[0]))
            beat.over(glide(reading.redraw, 0.0, last), until="decoder")
            beat.at("decoder", FadeOut(reading), FadeIn(tables[2], heads[2], feet[2]), FadeIn(own))
            beat.over(glide(own.redraw, 0.0, last), least=pace.SLOW)
        with self.beat(
            "Cross-attention takes the queries from the decoder, the keys and values from the encoder."
        ) as beat:
            beat.at("Cross-attention", FadeIn(tables[1], heads[1], feet[1]))
            beat.at("queries", FadeIn(ways[1], asks), FadeIn(asking))
            beat.over(glide(asking.redraw, 0.0, last), until="keys")
            beat.at("keys", FadeIn(ways[0], gives))
        with self.beat(
            "Encoders and decoders are both pre-trained on plain text, and often fine-tuned afterwards."
        ) as beat:
            beat.over(*(words.light(heads[at]) for at in (0, 2)), until="pre-trained")
            trained_so = words.label("pre-trained, then fine-tuned", ink.quiet, LARGE)
            shot.safe(titled=False).put(trained_so, DOWN)
            beat.over("pre-trained", FadeIn(trained_so))
        with self.beat(
            "To search or classify, take an encoder; to write, a decoder; to translate, both."
        ) as beat:
            self.play(FadeOut(trained_so), run_time=pace.QUICK)
            beat.at("search", FadeIn(uses[0]))
            beat.at("write", FadeIn(uses[2]))
            beat.at("translate", FadeIn(uses[1]))
