"""The whole block, the mask, and how the next word is chosen."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, FadeIn, FadeOut

from scenes.kit import ink, place, words
from scenes.kit.arc import Arcs
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.probability_bars import ProbabilityBars
from scenes.kit.residual_stack import ResidualStack
from scenes.kit.token import Tokens
from scenes.maths.transformers import attention, cafe, sampling, transformer, transformers, waiter
from scenes.transformers.stage import ASKER, HAT, MIDDLE, OWNER, PAD, TransformersStage, bench

EXAM: Final = 34
"""Number of the exam's round that is shown: the only evidence for its hole comes later."""


class Decoder(TransformersStage):
    """The whole block, the mask, and how the next word is chosen."""

    # --- the road

    @chapter("Attend, then think, keep the road", "feed-forward sublayer", "residual and norm")
    def keep_the_road(self) -> None:
        stack = ResidualStack(
            ["attention", "feed-forward"], [ink.focus, ink.third], through="norm", step=1.75
        )
        stack.move_to((place.LEFT_EDGE, 0.1, 0), aligned_edge=LEFT)
        streams = self.done.streams()[:, 0, HAT]
        parts = np.diff(streams, axis=0, prepend=0)
        names = ["hat, seat 4", "attention 1", "feed-forward 1", "attention 2", "feed-forward 2"]
        ledger = Matrix(np.full(parts.shape, np.nan), cell=(0.14, 0.46), largest=2.0, rows=names)
        ledger.move_to((place.RIGHT_EDGE, 0.85, 0), aligned_edge=RIGHT)
        road = Matrix(0 * parts[:1], cell=(0.14, 0.55), largest=3.0)
        road.move_to((ledger.at(0, 15.5)[0], -1.55, 0))
        total = words.label("the road").next_to(road, LEFT, buff=0.2)

        def add_up(row: int) -> list[Animation]:
            known = np.where(np.arange(5)[:, None] <= row, parts, np.nan)
            return [ledger.change(known), road.change(streams[row][None])]

        def climb(start: float, end: float) -> Animation:
            return drive(lambda t: stack.drive_to(start + t * (end - start)), stack.marker)

        with self.beat(
            "A word's 32 numbers travel up a straight road. Nothing on it is ever overwritten."
        ) as beat:
            self.play(FadeIn(stack.road, stack.marker), run_time=0.6)
            self.play(FadeIn(ledger, road, total), run_time=0.6)
            self.play(*add_up(0), run_time=0.8)
        with self.beat(
            "Attention reads the road through a norm, which centres the numbers and evens their size. "
            "What it fetched is added."
        ) as beat:
            self.play(FadeIn(stack.part(0)), run_time=0.6)
            beat.at("norm", stack.light_gate(0), run_time=0.8)
            beat.until("fetched")
            self.play(climb(0, 1), *add_up(1), run_time=1.0)
        self.think_alone(stack)
        with self.beat("Its answer is added too. A second layer does the same once more.") as beat:
            self.play(climb(1, 2), *add_up(2), run_time=1.0)
            beat.at("second", FadeOut(stack.marker), run_time=0.3)
            self.play(FadeIn(stack.drive_to(0).marker), run_time=0.3)
            self.play(climb(0, 1), *add_up(3), run_time=0.9)
            self.play(climb(1, 2), *add_up(4), run_time=0.9)
        with self.beat(
            "The road is their running sum. And along it, the gradient comes straight back down."
        ) as beat:
            beat.at("sum", FadeIn(road.frame(color=ink.chalk)), run_time=0.5)
            beat.until("gradient")
            self.play(climb(2, 0), run_time=1.4)
        self.count_numbers(road)

    def think_alone(self, stack: ResidualStack) -> None:
        """The feed-forward block: 32 numbers, 64 with the negative ones silenced, and 32 again."""
        thought = self.done.thought[0]
        before = thought.normed.out[0, HAT] @ self.waiter.weights["up.0"] + self.waiter.weights["bias.0"]
        wide = Matrix(before[None], cell=(0.1, 0.42), largest=2.5)
        wide.move_to((place.RIGHT_EDGE, -2.55, 0), aligned_edge=RIGHT)
        with self.beat(
            "Then feed-forward works on each word alone. It makes 64 numbers, silences the negative ones, "
            "and makes 32 again."
        ) as beat:
            self.play(FadeIn(stack.part(1)), run_time=0.6)
            beat.at("64", FadeIn(wide), run_time=0.5)
            beat.until("silences")
            self.play(wide.change(thought.active[0, HAT][None]), run_time=1.0)
            beat.at("32", FadeOut(wide), run_time=0.6)

    def count_numbers(self, road: Matrix) -> None:
        """Which share of the learnt numbers is in which block."""
        ledger = transformers.count_numbers(self.waiter)
        shares = [
            Gauge(
                name, partial(float, 100 * count / ledger.total), 0, "% of what is learnt", color, width=6.4
            )
            for name, count, color in (
                ("attention", ledger.attention, ink.focus),
                ("feed-forward", ledger.feed_forward, ink.third),
            )
        ]
        for gauge, y in zip(shares, (-2.3, -2.8), strict=True):
            gauge.move_to((road.get_right()[0], y, 0), aligned_edge=RIGHT)
        with self.beat(
            "Attention moves things between words; feed-forward thinks about each. "
            "They hold 46 and 47 percent of all that is learnt."
        ) as beat:
            beat.at("46", FadeIn(shares[0]))
            beat.at("47", FadeIn(shares[1]))

    # --- the mask

    @chapter("No peeking: GPT and BERT", "causal mask", "BERT's encoder against GPT's decoder")
    def no_peeking(self) -> None:
        self.close_the_future()
        self.fill_the_hole()

    def close_the_future(self) -> None:
        """The table with and without the mask, and what a changed last word stirs."""
        looked = self.done.looked[0]
        scores = looked.query[0, 0] @ looked.key[0, 0].T / np.sqrt(self.waiter.shape.head_width)
        free = attention.softmax(scores)
        closed = np.where(np.tri(9, dtype=bool), attention.softmax(scores + attention.no_peeking(9)), np.nan)
        table = Matrix(free, cell=(0.66, 0.44), heat=ink.focus, decimals=2, rows=PAD, columns=PAD)
        table.move_to((MIDDLE, -0.2, 0))
        with self.beat(
            "GPT writes from left to right. If a word could see the next one, there would be nothing to learn."
        ) as beat:
            self.play(FadeIn(table), run_time=0.8)
            frame = table.frame(0, 1, color=ink.error)
            beat.at("next", FadeIn(frame), run_time=0.4)
            self.play(drive(lambda t: frame.redraw(7 * t, 1 + 7 * t), frame), run_time=beat.fill())
        with self.beat(
            "So before the softmax, every score above the diagonal becomes minus infinity. "
            "Each row shares its unit among the words so far."
        ) as beat:
            self.play(FadeOut(frame), run_time=0.3)
            beat.until("above")
            self.play(table.change(closed), run_time=beat.fill("Each"))
        self.stir(table, free, closed)
        self.leave(table)

    def stir(self, table: Matrix, free: Floats, closed: Floats) -> None:
        """How much each place's scores for the next word change when the last word does."""
        text = cafe.tokens_of(transformers.PAD)[None]
        other = text.copy()
        other[0, -1] = cafe.NAMES.index("Eve")
        stirs = []
        for causal in (True, False):
            shape = transformer.Shape(len(cafe.VOCABULARY), causal=causal)
            one, two = (transformer.run(self.waiter.weights, shape, each).logits[0] for each in (text, other))
            stirs.append(np.abs(one - two).max(axis=1)[:, None])
        moved = Matrix(stirs[0], cell=(0.9, 0.44), heat=ink.error, largest=8.0, decimals=1)
        moved.move_to((place.ASIDE + 0.7, table.at(4, 0)[1], 0))
        name = words.note("how far the scores of each place move", ink.quiet, width=2.2)
        name.next_to(moved, RIGHT, buff=0.3)
        with self.beat(
            "Change the last word, and no earlier place stirs. So one pass gives a lesson at every place."
        ) as beat:
            frame = table.frame(ASKER, color=ink.error)
            self.play(FadeIn(frame), run_time=0.4)
            beat.at("earlier", FadeIn(moved, name), run_time=0.6)
        with self.beat("Lift the mask, and they all stir.") as beat:
            self.play(table.change(free), moved.change(stirs[1]), run_time=1.0)
        self.leave(frame, moved, name)

    def fill_the_hole(self) -> None:
        """A hole whose only evidence comes later: who reads both ways, and who may only look left."""
        round_ = transformers.exam_rounds()[EXAM]
        hole = int(cafe.first_mentions(round_[None])[0])
        told = [cafe.VOCABULARY[token] for token in round_]
        rows = [bench(told[:10], 1.95, 0.0, 1.05, 0.16), bench(told[10:], 0.95, 0.0, 1.05, 0.16)]
        word, box = rows[0].words[hole], rows[0].boxes[hole]
        question = words.label("?", ink.error, ink.NOTE).move_to(box)
        rows[0].tint(ink.error, [hole])
        word.set_opacity(0.0)
        with self.beat(
            "BERT keeps the mask off. It reads a text with holes in it, and fills them from both sides."
        ) as beat:
            self.play(FadeIn(*rows), run_time=0.8)
            beat.at("holes", FadeIn(question), run_time=0.5)
        pairs = [spot for spot in range(8, 20, 2) if told[spot] == told[hole - 1]]
        marks = [rows[spot // 10].boxes[spot % 10] for pair in pairs for spot in (pair, pair + 1)]
        with self.beat(f"What did {told[hole - 1]} order here? The only evidence comes later.") as beat:
            beat.at("later", *(mark.animate.set_stroke(ink.focus) for mark in marks), run_time=0.8)
        self.examine_readers(round_, hole)

    def examine_readers(self, round_: transformer.Tokens, hole: int) -> None:
        """The odds that both readers give for the hole, and how often each is right."""
        models = [waiter.train_reader(causal=causal) for causal in (False, True)]
        made = []
        for model, name, color, x in zip(
            models, ("looks both ways", "looks left only"), (ink.focus, ink.fourth), (-3.5, 3.3), strict=True
        ):
            chances = transformers.fill_hole(model, round_, hole)
            best = np.argsort(-chances)[:3]
            odds = ProbabilityBars(
                [cafe.DISHES[dish] for dish in best], chances[best], row=0.42, unit=3.2, color=color
            )
            odds.move_to((x, -1.05, 0))
            right = 100 * transformers.guess_first_mentions(model)
            gauge = Gauge(name, partial(float, right), 0, "% right", color, width=5.2)
            made.append((odds, gauge.move_to((x, -2.5, 0))))
        with self.beat(
            "A small reader, trained on such holes, looks ahead. With the mask on, it can only guess by habit."
        ) as beat:
            beat.at("ahead", FadeIn(made[0][0]), run_time=0.6)
            beat.at("habit", FadeIn(made[1][0]), run_time=0.6)
        with self.beat(
            "Of a thousand such holes, the one fills 84 percent rightly, and the other 29."
        ) as beat:
            beat.at("84", FadeIn(made[0][1]))
            beat.at("29", FadeIn(made[1][1]))
        with self.beat(
            "An encoder reads, a decoder writes. The first transformer had both, "
            "and its decoder sent queries to the encoder's keys."
        ) as beat:
            beat.at("encoder", made[0][1].light())
            beat.at("decoder", made[1][1].light())

    # --- sampling

    @chapter("Choose the next word", "temperature sampling", "top-k sampling", "top-p sampling")
    def choose_the_next_word(self) -> None:
        self.logits = transformers.dish_logits(self.waiter, "Ada")
        self.chances = sampling.warm(self.logits, 1.0)
        self.odds = ProbabilityBars(cafe.DISHES, self.chances, row=0.46, unit=7.2)
        self.odds.move_to((MIDDLE, 0.0, 0))
        self.turn_up_the_heat()
        self.keep_the_best()
        self.be_sure()
        self.remember()

    def turn_up_the_heat(self) -> None:
        """Temperature divides the scores."""
        reel = ParameterSweep(np.geomspace(0.25, 2, 61), log=True, value=1.0)
        dial = Dial("temperature", (0.25, 0.5, 1, 2), log=True, value=1.0)
        bits = Gauge("surprise", lambda: sampling.bits(sampling.warm(self.logits, reel.value)), 2, "bits")
        place.aside(dial, bits)

        def show() -> Changed:
            return (self.odds.redraw(sampling.warm(self.logits, reel.value)), dial.redraw(reel.value))

        with self.beat(
            "A model ends in scores, and softmax makes them odds: here after Ada alone, first order of the day."
        ) as beat:
            self.play(FadeIn(self.odds), run_time=0.8)
            beat.at("odds", words.light(self.odds.names[0]), run_time=0.8)
        with self.beat(
            "Divide the scores by a temperature. Cold, at a quarter, the favourite takes 0.75. "
            "Hot, at two, it has 0.21, and all come closer."
        ) as beat:
            beat.at("temperature", FadeIn(dial, bits), run_time=0.5)
            beat.until("Cold")
            self.play(reel.run(0.25, show), run_time=beat.fill("takes"))
            beat.until("Hot")
            self.play(reel.run(2.0, show), run_time=beat.fill("0.21"))
        with self.beat("Only a temperature of one leaves the odds as they were learnt.") as beat:
            self.play(reel.run(1.0, show), run_time=1.2)
        self.leave(dial, bits)

    def share_out(self, kept: sampling.Mask) -> Animation:
        """What is kept shares the unit anew."""
        start = self.odds.chances
        end = sampling.share_again(start, kept)
        both = np.where(kept, end, start)
        return drive(
            lambda t: self.odds.redraw((1 - t) * start + t * np.where(kept, both, 0.0), kept), self.odds
        )

    def keep_the_best(self) -> None:
        """Top-k and top-p."""
        head = words.headline("top-k", ink.focus)
        rule = words.note("the $k$ likeliest")
        place.aside(head, rule)
        chances = self.chances
        with self.beat(
            "Top-k keeps the k likeliest words, here three. Their odds are shared out anew: 0.46, 0.32, 0.22."
        ) as beat:
            self.play(FadeIn(head, rule), run_time=0.5)
            beat.until("three")
            self.cut_off(sampling.keep_top_k(chances, 3))
            beat.until("shared")
            self.play(self.share_out(sampling.keep_top_k(chances, 3)), run_time=1.0)
        self.play(self.back_to(chances), FadeOut(head, rule), run_time=0.7)
        head = words.headline("top-p", ink.focus)
        rule = words.note("the fewest that hold $p$")
        place.aside(head, rule)
        end = self.odds.on_strip(0.8)
        mark = self.sky.segment(
            end[:2] - (0.0, 0.32), end[:2] + np.array([0.0, 0.32]), color=ink.focus, width=5
        )
        name = words.label("0.8", ink.focus).next_to(mark, UP, buff=0.12)
        with self.beat(
            "Top-p keeps the fewest words that together hold p. Laid end to end, 0.8 takes five of them."
        ) as beat:
            self.play(FadeIn(head, rule), run_time=0.5)
            beat.until("Laid")
            self.play(drive(lambda t: self.odds.line_up(t), self.odds), run_time=1.0)
            beat.at("0.8", FadeIn(mark, name), run_time=0.4)
            self.cut_off(sampling.keep_top_p(chances, 0.8))
            beat.rest()
            self.play(drive(lambda t: self.odds.line_up(1 - t), self.odds), FadeOut(mark, name), run_time=0.9)
        self.leave(head, rule)

    def cut_off(self, kept: sampling.Mask) -> None:
        """The others become hollow."""
        chances = self.odds.chances
        self.play(
            drive(lambda t: self.odds.redraw(chances, np.where(kept, 1.0, 1 - t)), self.odds), run_time=0.4
        )

    def back_to(self, chances: Floats) -> Animation:
        """The odds go from what they are to ``chances``, all kept."""
        start = self.odds.chances
        return drive(lambda t: self.odds.redraw((1 - t) * start + t * chances), self.odds)

    def be_sure(self) -> None:
        """Where the model is sure, top-k lets strangers in and top-p does not; then a thousand draws."""
        sure = sampling.warm(transformers.dish_logits(self.waiter, transformers.PAD), 1.0)
        kept = [int(sampling.keep_top_k(sure, 3).sum()), int(sampling.keep_top_p(sure, 0.8).sum())]
        rows = [
            Gauge("top-k keeps", lambda: kept[0], 0, color=ink.focus),
            Gauge("top-p keeps", lambda: kept[1], 0, color=ink.focus),
        ]
        place.aside(*rows)
        with self.beat(
            "After the whole notepad it is sure of hat. Top-k still keeps three words; top-p keeps one. "
            "One counts words, the other chance."
        ) as beat:
            self.play(self.back_to(sure), run_time=1.0)
            best = np.argsort(-sure)[:3]
            beat.at("three", FadeIn(rows[0]), *(words.light(self.odds.names[dish]) for dish in best))
            beat.at("one", FadeIn(rows[1]))
        drawn = sampling.draw(self.chances, 1000)
        counts = np.array([np.bincount(drawn[:many], minlength=8) for many in range(1001)])
        many = [0]
        gauge = Gauge("words drawn", lambda: many[0], 0, digits=4)

        def rain(share: float) -> Changed:
            many[0] = round(1000 * share)
            return (self.odds.tally(counts[many[0]], 1000),)

        with self.beat("Then one word is drawn. A thousand draws after Ada come out like her odds.") as beat:
            self.play(FadeOut(*rows), self.back_to(self.chances), run_time=0.8)
            place.aside(gauge)
            self.play(FadeIn(gauge), run_time=0.4)
            self.play(drive(rain, rate_func=lambda t: t**2), run_time=2.4)
        self.leave(self.odds, gauge)

    def remember(self) -> None:
        """The picture to keep: all words ask at once, and the two learnt looks are the brightest."""
        seats, arcs, links = self.circuit()
        plain, bright = arcs.weights.copy(), links.weights.copy()
        arcs.redraw(0.0)
        links.redraw(0.0)
        with self.beat("Each word asks, and every earlier word answers.") as beat:
            self.play(FadeIn(seats), run_time=0.6)
            self.add(arcs)
            self.play(drive(lambda t: arcs.redraw(0.35 * t * plain), arcs), run_time=beat.fill())
        with self.beat(
            "Softmax shares one unit of attention, and what matches best is carried over."
        ) as beat:
            self.add(links)
            self.play(drive(lambda t: links.redraw(t * bright), links), run_time=beat.fill("carried"))
        with self.beat("Two looks, one on the other, and the order is found."):
            self.play(seats.boxes[HAT].animate.set_stroke(ink.focus), run_time=0.8)
        with self.beat("Next: how such models learn to follow instructions.") as beat:
            self.play(drive(lambda t: arcs.redraw((0.35 - 0.2 * t) * plain), arcs), run_time=beat.fill())

    def circuit(self) -> tuple[Tokens, Arcs, Arcs]:
        """The notepad across the frame, all looks of both layers, and the two of the circuit."""
        seats = bench(PAD, -2.2, 0.0, 1.2, 0.18)
        tops = seats.tops(0.08)
        every = np.mean([self.map_of(layer, head) for layer in (0, 1) for head in (0, 1)], axis=0)
        arcs = Arcs(tops, tops, every * ~np.eye(9, dtype=bool), ink.first, bow=0.42)
        pair = np.zeros((9, 9))
        pair[HAT, OWNER], pair[ASKER, HAT] = self.map_of(0, 0)[HAT, OWNER], self.map_of(1, 1)[ASKER, HAT]
        return seats, arcs, Arcs(tops, tops, pair, ink.focus, bow=0.42)
