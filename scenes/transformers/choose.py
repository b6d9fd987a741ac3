"""From scores to a token: temperature, top-k and top-p, what none of them cures, and the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.probability_bars import ProbabilityBars
from scenes.kit.review_hints import backdrop
from scenes.kit.token import Tokens
from scenes.maths.transformers import evidence, sampling, toy, transformers
from scenes.transformers.position import open_on
from scenes.transformers.predict import giant_tiles
from scenes.transformers.reader import ThreeTables
from scenes.transformers.stage import ASKER, HAT, KEY, OWNER, PAD, QUERY, VALUE, TransformersStage

PROBABILITY: Final = ink.third
"""Bars that a model gives to what may come next."""
BY_HAND: Final = np.array([2.0, 1.0, 0.0])
"""Logits that are followed in the head."""
STOPS: Final = np.array([0.25, 1.0, 2.0])
"""Temperatures at which it stops."""
COLDEST: Final = 0.1
"""The temperature that stands for one near zero."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
HATS: Final = toy.THINGS.index("hat")
ABSENT: Final = "Eve"
"""A name that the text has not."""
SOFTMAX: Final = "p_i = e^(z_i \\/ {{ T : heat }}) / (sum_j e^(z_j \\/ T))"
MASKED: Final = (
    "softmax$({{ Q : query }} {{ K^top : key }} \\/ sqrt(d_k) + {{ M : mask }}) med {{ V : value }}$"
)
DYES: Final = {"query": QUERY, "key": KEY, "value": VALUE}
"""Attention with its mask, and its colours."""
SPARK: Final = 0.16
"""Radius of the light that runs over the text at the end."""
HEAD: Final = 0.8
"""Scene units over bars for what they show."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What top-k and top-p keep."""

    k: int
    p: float


RULES: Final = Rules(k=3, p=0.8)


class Choose(TransformersStage):
    """From scores to a token."""

    @chapter(
        "Which token is written?",
        "temperature sampling",
        "top-k sampling",
        "top-p sampling",
        goes_on=True,
    )
    def which_token_is_written(self) -> None:
        self.score_the_vocabulary(open_on(self, *ThreeTables().at_the_end()))
        self.warm_and_cool()
        self.cut_off()
        self.ask_for_a_stranger()
        self.remember()

    # --- temperature

    def score_the_vocabulary(self, leaving: list[Animation]) -> None:
        """Logits by hand, and what softmax makes of them at two temperatures."""
        self.shot(shot.formula(titled=False))
        region = shot.safe(titled=False)
        upper, lower = region.rows(1, 1.9, gap=0.3)
        formula = upper.put(words.formula(SOFTMAX, colors={"heat": ink.error}, size=64.0, symbols={}))
        left, right = lower.columns(1.1, 1, gap=0.6)
        made = [self.by_hand(place, heat) for place, heat in ((left, 1.0), (right, 0.5))]
        (head, bars), (colder, sharper) = made
        side = words.label("logits", size=LARGE).next_to(VGroup(*bars.names), LEFT, buff=0.3)
        powers = np.exp(BY_HAND)
        sums = words.note(
            f"$e^2 + e^1 + e^0 = {powers.sum():.2f}$\n"
            f"$e^2 \\/ {powers.sum():.2f} = {powers[0] / powers.sum():.3f}$",
            size=LARGE,
        )
        plain = upper.put(words.note("$p_i = e^(z_i) / (sum_j e^(z_j))$", size=64.0))
        right.put(sums, LEFT)
        with self.beat(
            "At the end, one more matrix gives each token of the vocabulary a score: the logits. "
            "Softmax makes them probabilities."
        ) as beat:
            self.play(*leaving, *map(FadeIn, bars.names), run_time=pace.BRISK)
            beat.over(*(words.light(name) for name in bars.names), until="logits")
            beat.at("logits", FadeIn(side))
            beat.at("Softmax", FadeIn(bars.axis, bars.bars, bars.numbers), FadeIn(sums, plain))
        with self.beat(
            "Before softmax, divide the logits by a temperature. Below one sharpens, above one flattens.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(sums, plain), run_time=pace.QUICK)
            beat.over(words.write(formula), FadeIn(head), until="temperature")
            beat.at("temperature", words.light(formula.part("heat")))
            beat.at("Below", FadeIn(colder, sharper))
        self.leave(formula, side, head, bars, colder, sharper)

    def by_hand(self, place: shot.Region, heat: float) -> tuple[words.Words, ProbabilityBars]:
        """Three logits' probabilities at a temperature."""
        bars = ProbabilityBars(
            [f"{logit:.0f}" for logit in BY_HAND],
            sampling.warm(BY_HAND, heat),
            row=0.86,
            unit=3.9,
            decimals=3,
            color=PROBABILITY,
        )
        head = place.put(words.label(f"*temperature* $T = {heat:g}$", size=LARGE), UP)
        shot.Region(place.left, place.bottom, place.right, place.top - HEAD).put(bars, UP + RIGHT)
        return head, bars

    def warm_and_cool(self) -> None:
        """The real logits after a lone name at three temperatures."""
        self.shot(shot.wide())
        logits = transformers.thing_logits(self.model, "Ada")
        self.chances = sampling.warm(logits, 1.0)
        self.asked, self.chart_of_things, self.column = self.text_and_bars(["Ada", "?"], self.chances)
        chart = self.chart_of_things
        reel = ParameterSweep(np.geomspace(COLDEST, STOPS[-1], 61), log=True, value=1.0)
        heat = words.Readout(reel, 2, label="$T =$", size=ink.HEADLINE)
        name = words.label("*temperature*", size=LARGE)
        self.column.stack(name, heat, gap=0.5)
        with self.beat(
            "After Ada alone: at a temperature of a quarter, the favourite takes 0.75; at two, 0.21.",
            pause=pace.QUICK,
        ) as beat:
            self.play(FadeIn(chart, self.asked, name, heat), run_time=pace.QUICK)
            reel.draws(lambda value: chart.redraw(sampling.warm(logits, value)))
            beat.over("quarter", reel.to(STOPS[0]), until="takes")
            beat.over("0.75", words.light(chart.names[0]), until="at two")
            beat.over("at two", reel.to(STOPS[-1]), least=pace.SLOW)
        with self.beat(
            "For one right answer, set it near zero: in the limit, greedy decoding. "
            "For prose, near one: the chances as learnt."
        ) as beat:
            beat.over("near", reel.to(COLDEST), until="greedy", least=pace.SLOW)
            greedy = words.label("near 0: *greedy*", size=LARGE)
            greedy.next_to(heat, DOWN, buff=0.6, aligned_edge=LEFT)
            beat.at("greedy", FadeIn(greedy))
            beat.over("prose", reel.to(1.0), FadeOut(greedy), least=pace.SLOW)
        self.leave(name, heat)

    def text_and_bars(
        self, text: Sequence[str], chances: Floats
    ) -> tuple[Tokens, ProbabilityBars, shot.Region]:
        """A text over the frame, under it the bars of what may come next, alike for all texts, and the place beside."""
        region = shot.safe(titled=False)
        tiles = self.row_of(text)
        low = shot.Region(region.left, region.bottom, region.right, float(tiles.get_bottom()[1]) - 0.35)
        left, right = low.columns(2.1, 1, gap=0.4)
        bars = ProbabilityBars(toy.THINGS, chances, row=0.66, unit=6.5, color=PROBABILITY)
        return tiles, left.put(bars, DOWN + LEFT), right

    def row_of(self, text: Sequence[str]) -> Tokens:
        """A text in the row over the bars."""
        names = [word in toy.NAMES for word in text]
        tiles = Tokens(text, width=1.34, height=0.8, gap=0.13, pills=names, size=40.0)
        return shot.safe(titled=False).put(tiles, UP + LEFT)

    # --- cutting off

    def change(self, chances: Floats, kept: np.ndarray | None = None) -> Drive:
        """The bars go to ``chances``, and what is not ``kept`` becomes hollow."""
        all_kept = np.ones(len(chances)) if kept is None else np.asarray(kept, dtype=float)
        return glide(
            self.chart_of_things.redraw,
            (self.chart_of_things.chances, self.chart_of_things.kept),
            (chances, all_kept),
        )

    def rule(self, head: str, text: str) -> VGroup:
        """A way of cutting off, named in the column."""
        made = VGroup(words.headline(head), words.note(text, size=LARGE))
        self.column.stack(*made, gap=0.4)
        return made

    def cut_off(self) -> None:
        """Top-k counts tokens, top-p counts probability; both share out anew."""
        chances = self.chances
        best, nucleus = sampling.keep_top_k(chances, RULES.k), sampling.keep_top_p(chances, RULES.p)
        rule = self.rule("top-k", f"$k = {RULES.k}$:\nthe $k$ likeliest")
        with self.beat(
            "Top-k keeps the k likeliest, here three, and shares the probability out anew."
        ) as beat:
            beat.at("likeliest", FadeIn(rule))
            beat.over("three", self.change(chances, best), until="shares")
            beat.over("shares", self.change(sampling.share_again(chances, best), best))
        other = self.rule("top-p", f"$p = {RULES.p}$:\nthe fewest that\nreach $p$")
        with self.beat(
            "Top-p, or nucleus sampling, keeps the fewest that together reach p: for 0.8, five. They share anew too."
        ) as beat:
            self.allow(self.chart_of_things, "pop", "the outlines of bars that come back are there at once")
            self.play(self.change(chances), FadeOut(rule), run_time=pace.BRISK)
            beat.at("nucleus", FadeIn(other))
            beat.over("fewest", glide(self.chart_of_things.line_up, 0.0, 1.0), until="reach", least=pace.SLOW)
            spot = self.chart_of_things.on_strip(RULES.p)[:2]
            reach = np.array([0.0, 0.35])
            mark = self.sky.segment(spot - reach, spot + reach, ink.error, LINE)
            name = words.label(f"{RULES.p}", ink.error).next_to(mark, UP, buff=0.12)
            beat.at("0.8", FadeIn(mark, name))
            self.play(FadeOut(mark, name), run_time=pace.QUICK)
            self.play(glide(self.chart_of_things.line_up, 1.0, 0.0), run_time=pace.SLOW)
            self.play(self.change(chances, nucleus), run_time=pace.BRISK)
            beat.over("share", self.change(sampling.share_again(chances, nucleus), nucleus))
        self.be_sure(other)

    def be_sure(self, rule: VGroup) -> None:
        """After the whole text one token has nearly all the probability, and the two rules differ."""
        chart = self.chart_of_things
        sure = sampling.warm(transformers.thing_logits(self.model, transformers.PAD), 1.0)
        masks = sampling.keep_top_k(sure, RULES.k), sampling.keep_top_p(sure, RULES.p)
        self.tiles = self.row_of(PAD)
        rows = [
            words.headline(f"{name} keeps {int(kept.sum())}", size=54.0)
            for name, kept in zip(("top-k", "top-p"), masks, strict=True)
        ]
        self.column.inset(0.0, 0.4).stack(*rows, gap=0.6)
        rings = [
            VGroup(*(words.mark(chart.names[at], "box", ink.chalk) for at in np.flatnonzero(kept)))
            for kept in masks
        ]
        with self.beat("After the whole text the model is sure: top-k still keeps three, top-p one.") as beat:
            self.play(FadeOut(self.asked, rule), FadeIn(self.tiles), run_time=pace.BRISK)
            beat.over(self.change(sure), until="top-k", least=pace.CALM)
            beat.at("top-k", FadeIn(rings[0], rows[0]))
            beat.at("top-p", FadeOut(rings[0]), FadeIn(rings[1], rows[1]))
        self.kept = VGroup(*rows, rings[1])

    # --- hallucination

    def ask_for_a_stranger(self) -> None:
        """A name that the text has not gets a thing of the text all the same."""
        text = [*PAD[:-1], ABSENT]
        chances = transformers.next_chances(self.model, " ".join(text))[toy.FIRST_THING : toy.BLANK]
        absent = evidence.ask_absent_names(self.model)
        tiles, bars = self.row_of(text), self.chart_of_things
        term = words.headline("hallucination", size=64.0)
        told = words.note(
            f"{len(absent.sure):,} such texts:\nmedian probability\nof the answer {np.median(absent.sure):.2f}",
            size=LARGE,
        )
        self.column.inset(0.0, 0.3).put(
            VGroup(term, told).arrange(DOWN, buff=0.5, aligned_edge=LEFT), UP + RIGHT
        )
        with self.beat(
            "But now ask for Eve, who is not in the text. Hat, says the model, nearly sure."
        ) as beat:
            self.play(FadeOut(self.kept, self.tiles[-1]), run_time=pace.QUICK)
            self.remove(*self.tiles)
            self.add(*(tiles[seat] for seat in range(ASKER)))
            beat.at("Eve", FadeIn(tiles[-1]))
            self.play(words.light(tiles.words[-1], ink.error), run_time=pace.BRISK)
            beat.over("Hat", self.change(chances), until="nearly")
        with self.beat(
            "In ten thousand such texts, the median probability of its answer is 0.93. "
            "Fluent, confident, and made up: a hallucination."
        ) as beat:
            beat.at("texts", FadeIn(told))
            beat.at("Fluent", words.light(bars.names[HATS], ink.error))
            beat.at("hallucination", words.write(term))
        with self.beat(
            "It was not taught to say: not here. No setting makes an answer true, so check."
        ) as beat:
            beat.over(words.light(tiles.words[-1], ink.error), until="No")
            beat.over("No", words.light(term, ink.error), least=pace.SLOW)
        self.leave(*tiles, bars, term, told)

    # --- the end

    def remember(self) -> None:
        """The whole model as a stack of plates in depth, its parts named in place."""
        self.shot(shot.wide())
        region = shot.safe(titled=False)
        head, body = region.rows(1, 4.6, gap=0.0)
        names = [word in toy.NAMES for word in PAD]
        tiles = Tokens(PAD, width=1.0, height=0.62, gap=0.07, pills=names, size=35.0)
        region.put(tiles, DOWN + RIGHT)
        floors = np.linspace(float(tiles.get_top()[1]), body.top - 0.4, 4)[1:].tolist()
        xs = tiles.tops()[:, 0]
        nodes = [np.column_stack([xs, np.full(len(xs), y), np.zeros(len(xs))]) for y in floors]
        plates = [self.plate(xs, y) for y in floors[:2]]
        roads = self.sky.segment(tiles.tops(0.05)[:, :2], nodes[2][:, :2], ink.chalk, THIN)
        backdrop(roads).set_stroke(opacity=0.35)
        pair = np.zeros((2, len(PAD), len(PAD)))
        pair[0, HAT, OWNER] = self.map_of(0, 0)[HAT, OWNER]
        pair[1, ASKER, HAT] = self.map_of(1, 1)[ASKER, HAT]
        arcs = [Arcs(nodes[0], tiles.tops(0.05), widest=14), Arcs(nodes[1], nodes[0], widest=16)]
        answer = words.headline("hat", PROBABILITY).next_to(nodes[2][ASKER], UP, buff=0.15)
        formula = head.put(words.note(MASKED, size=60.0, colors=DYES), LEFT)
        heights = [float(tiles.get_center()[1]), (float(tiles.get_top()[1]) + floors[0]) / 2, *floors]
        aside = [
            words.note(text, size=35.0).move_to((region.left, y, 0.0), LEFT)
            for text, y in zip(
                (
                    "tokens, embeddings",
                    "[+ position:fourth]",
                    "layer 1: heads,\nfeed-forward",
                    "layer 2: heads,\nfeed-forward",
                    "logits, softmax",
                ),
                heights,
                strict=True,
            )
        ]
        with self.beat("So how does it look back? Queries meet keys, values move, layer upon layer.") as beat:
            self.play(FadeIn(tiles, roads, *plates), run_time=pace.BRISK)
            self.add(*arcs)
            beat.at("Queries", FadeIn(formula))
            beat.over("values", glide(arcs[0].redraw, 0.0, pair[0]), until="layer")
            beat.over("layer", glide(arcs[1].redraw, 0.0, pair[1]))
        with self.beat(
            "Positions tell the order, and a mask hides what lies ahead. Heads look, feed-forward thinks."
        ) as beat:
            beat.at("Positions", FadeIn(*aside[:2]))
            beat.at("mask", words.light(formula.part("mask")))
            beat.at("heads", FadeIn(*aside[2:4]))
            beat.over(*(words.light(each) for each in aside[2:4]))
        with self.beat("The residual stream carries the sum up, to the next token's probabilities.") as beat:
            beat.over("residual", roads.animate.set_stroke(opacity=1.0), until="next")
            beat.at("next", FadeIn(answer, aside[4]))
        self.return_to_the_text(VGroup(tiles, roads, *plates, *arcs, formula, *aside, answer))

    def return_to_the_text(self, stack: VGroup) -> None:
        """The text of the first picture: a light runs from the last Ben to hat, and brings it to the empty tile."""
        tiles = giant_tiles()
        last = len(tiles.names) - 1
        ways = [
            Arcs(tiles.at(asks, UP), tiles.at(HAT, DOWN), color=color)
            for asks, color in ((ASKER, QUERY), (last, VALUE))
        ]
        light = self.sky.dots([tiles.at(ASKER, UP)[:2]], QUERY, radius=SPARK)
        brought = self.sky.dots([tiles.at(HAT, DOWN)[:2]], VALUE, radius=SPARK)
        said = tiles.words[last].set_fill(PROBABILITY)
        shown = [*(tiles[seat] for seat in range(last)), tiles.boxes[last]]
        with self.beat(
            "So, as you did, it looks back, and brings what it finds: hat.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(stack), *map(FadeIn, (*shown, light)), until="looks", least=pace.BRISK)
            self.add(*ways, light)
            run = drive(lambda t: light.put(np.array([ways[0].along(0, 0, 1 - t)]), SPARK), light)
            beat.over(run, glide(ways[0].redraw, 0.0, 0.8), until="brings", least=pace.CALM)
            self.play(FadeOut(light), FadeIn(brought), run_time=pace.QUICK)
            run = drive(lambda t: brought.put(np.array([ways[1].along(0, 0, t)]), SPARK), brought)
            beat.over(run, glide(ways[1].redraw, 0.0, 0.8), until="hat", least=pace.CALM)
            beat.at("hat", FadeOut(brought), FadeIn(said), words.light(tiles.words[HAT]))
            beat.rest()

    def plate(self, xs: Floats, y: float) -> VGroup:
        """A layer as a plate in depth, at the height ``y``."""
        left, right = xs[0] - 0.6, xs[-1] + 0.25
        back = np.array([0.4, 0.34])
        near = np.array([(left, y - 0.17), (right, y - 0.17)])
        sheet = self.sky.polygon(np.concatenate([near, near[::-1] + back]), ink.quiet, THIN, fill=0.14)
        return VGroup(backdrop(sheet))
