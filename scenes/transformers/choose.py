"""From scores to a token: temperature, top-k and top-p, what none of them cures, and the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.probability_bars import ProbabilityBars
from scenes.kit.review_hints import backdrop
from scenes.kit.token import Tokens
from scenes.maths.transformers import cafe, evidence, sampling, transformers
from scenes.transformers.stage import ASKER, HAT, KEY, OWNER, PAD, QUERY, VALUE, TransformersStage

PROBABILITY: Final = ink.third
"""Bars that a model gives to what may come next."""
BY_HAND: Final = np.array([2.0, 1.0, 0.0])
"""Logits that are followed in the head."""
STOPS: Final = (0.25, 1.0, 2.0)
"""Temperatures at which it stops."""
K, P = 3, 0.8
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
HATS: Final = cafe.DISHES.index("hat")
ABSENT: Final = "Eve"
"""A name that the text has not."""
SOFTMAX: Final = "p_i = e^({{ z_i : logit }} \\/ {{ T : heat }}) / (sum_j e^(z_j \\/ T))"


class Choose(TransformersStage):
    """From scores to a token."""

    @chapter("Which token is written?", "temperature sampling", "top-k sampling", "top-p sampling")
    def which_token_is_written(self) -> None:
        self.score_the_vocabulary()
        self.warm_and_cool()
        self.cut_off()
        self.ask_for_a_stranger()
        self.remember()

    # --- temperature

    def score_the_vocabulary(self) -> None:
        """Logits by hand, and what softmax makes of them at two temperatures."""
        self.shot(shot.formula())
        region = shot.safe(titled=False)
        upper, lower = region.rows(1, 1.9, gap=0.3)
        formula = words.formula(
            SOFTMAX, colors={"logit": ink.chalk, "heat": ink.error}, size=64.0, symbols={}
        )
        upper.put(formula)
        names = ("2", "1", "0")
        made = []
        for place, heat in zip(lower.columns(1, 1, gap=0.8), (1.0, 0.5), strict=True):
            bars = ProbabilityBars(
                names, sampling.warm(BY_HAND, heat), row=0.86, unit=4.2, decimals=3, color=PROBABILITY
            )
            head = words.label("$T = 1$" if heat == 1 else "$T = 1\\/2$", ink.error, ink.POINT)
            place.put(head, UP)
            shot.Region(place.left, place.bottom, place.right, place.top - 0.7).put(bars, UP)
            made.append((head, bars))
        side = words.label("logits", size=LARGE).next_to(made[0][1].names[0], LEFT, buff=0.25)
        with self.beat(
            "At the end, one more matrix gives each token of the vocabulary a score: the logits. "
            "Softmax makes them probabilities."
        ) as beat:
            beat.over(*(FadeIn(name) for name in made[0][1].names), until="logits")
            beat.at("logits", FadeIn(side))
            self.play(self.title_leaves(), run_time=pace.QUICK)
            beat.at(
                "Softmax", FadeIn(made[0][1].axis, made[0][1].bars, made[0][1].numbers), FadeIn(made[0][0])
            )
        with self.beat(
            "Before it, divide the logits by a temperature. Below one sharpens, above one flattens.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.write(formula), until="temperature")
            beat.at("temperature", words.light(formula.part("heat"), ink.chalk))
            beat.at("Below", FadeIn(made[1][0], made[1][1]))
        self.leave(formula, side, *(part for pair in made for part in pair))

    def warm_and_cool(self) -> None:
        """The real logits after a lone name at three temperatures."""
        picture, self.column = self.shot(shot.picture_and_column(titled=False))
        logits = transformers.dish_logits(self.waiter, "Ada")
        self.chances = sampling.warm(logits, 1.0)
        self.chart_of_things = ProbabilityBars(
            cafe.DISHES, self.chances, row=0.72, unit=7.0, color=PROBABILITY
        )
        picture.put(self.chart_of_things, UP + LEFT)
        reel = ParameterSweep(np.geomspace(STOPS[0], STOPS[-1], 61), log=True, value=1.0)
        told = Tokens(["Ada", "?"], width=1.7, height=0.9, pills=(True, False), size=LARGE)
        heat = words.Readout(reel, 2, label="T =", size=ink.HEADLINE, color=ink.error)
        name = words.label("[temperature:error]", size=LARGE)
        self.column.stack(told, name, heat, gap=0.6)
        self.asked = told
        with self.beat(
            "After Ada alone: at a temperature of a quarter, the favourite takes 0.75; at two, 0.21."
        ) as beat:
            self.play(FadeIn(self.chart_of_things, told, name, heat), run_time=pace.QUICK)
            reel.draws(lambda value: self.chart_of_things.redraw(sampling.warm(logits, value)))
            beat.over("quarter", reel.to(STOPS[0]), until="takes")
            beat.at("0.75", words.light(self.chart_of_things.names[0]))
            beat.over(reel.to(STOPS[-1]), least=pace.SLOW)
        with self.beat("Any value but one changes what was learnt.") as beat:
            beat.over(reel.to(1.0), least=pace.SLOW)
        self.leave(name, heat)

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
        made = VGroup(words.headline(f"[{head}:focus]"), words.note(text, size=LARGE))
        made.arrange(DOWN, buff=0.35, aligned_edge=LEFT).next_to(
            self.asked, DOWN, buff=0.7, aligned_edge=LEFT
        )
        return made

    def cut_off(self) -> None:
        """Top-k counts tokens, top-p counts probability; both share out anew."""
        chances = self.chances
        best, nucleus = sampling.keep_top_k(chances, K), sampling.keep_top_p(chances, P)
        rule = self.rule("top-k", f"$k = {K}$:\nthe $k$ likeliest")
        with self.beat(
            "Top-k keeps the k likeliest, here three, and shares the probability out anew."
        ) as beat:
            beat.at("likeliest", FadeIn(rule))
            beat.over("three", self.change(chances, best), until="shares")
            beat.over("shares", self.change(sampling.share_again(chances, best), best))
        other = self.rule("top-p", f"$p = {P}$:\nthe fewest that\nreach $p$")
        with self.beat(
            "Top-p, or nucleus sampling, keeps the fewest that together reach p: for 0.8, five. They share anew too."
        ) as beat:
            self.play(self.change(chances), FadeOut(rule), run_time=pace.BRISK)
            beat.at("nucleus", FadeIn(other))
            beat.over("fewest", glide(self.chart_of_things.line_up, 0.0, 1.0), until="reach")
            spot = self.chart_of_things.on_strip(P)[:2]
            reach = np.array([0.0, 0.35])
            mark = self.sky.segment(spot - reach, spot + reach, ink.error, LINE)
            name = words.label(f"{P}", ink.error).next_to(mark, RIGHT, buff=0.12)
            beat.at("0.8", FadeIn(mark, name))
            self.play(self.change(chances, nucleus), run_time=pace.BRISK)
            self.play(FadeOut(mark, name), glide(self.chart_of_things.line_up, 1.0, 0.0), run_time=pace.BRISK)
            beat.over("share", self.change(sampling.share_again(chances, nucleus), nucleus))
        sure = sampling.warm(transformers.dish_logits(self.waiter, transformers.PAD), 1.0)
        kept = int(sampling.keep_top_k(sure, K).sum()), int(sampling.keep_top_p(sure, P).sum())
        rows = words.note(f"top-k keeps {kept[0]}\ntop-p keeps {kept[1]}", size=LARGE)
        rows.next_to(self.asked, DOWN, buff=0.7, aligned_edge=LEFT)
        whole = words.label("… Dan key Ben", size=LARGE).move_to(self.asked, LEFT)
        with self.beat("After the whole text the model is sure: top-k still keeps three, top-p one.") as beat:
            beat.over(
                self.change(sure), FadeOut(other, self.asked), FadeIn(whole), until="top-k", least=pace.CALM
            )
            beat.over(
                "top-k", self.change(sure, sampling.keep_top_k(sure, K)), FadeIn(rows.line(1)), until="top-p"
            )
            self.add(rows)
            beat.over("top-p", self.change(sure, sampling.keep_top_p(sure, P)), FadeIn(rows.line(2)))
        with self.beat(
            "One answer wanted: a temperature near zero, in the limit greedy decoding. For prose: near one, with top-p."
        ) as beat:
            beat.over(words.light(self.chart_of_things.names[HATS]), until="prose")
            beat.over("prose", words.light(rows))
        self.column_words = VGroup(rows, whole)

    # --- hallucination

    def ask_for_a_stranger(self) -> None:
        """A name that the text has not gets a thing of the text all the same."""
        text = [*PAD[:-1], ABSENT]
        names = [word in cafe.NAMES for word in text]
        region = shot.safe(titled=False)
        tiles = Tokens(text, width=1.34, height=0.8, gap=0.13, pills=names, size=40.0)
        region.put(tiles, UP)
        chances = transformers.next_chances(self.waiter, " ".join(text))[cafe.FIRST_DISH : cafe.BLANK]
        absent = evidence.ask_absent_names(self.waiter)
        low = shot.Region(region.left, region.bottom, region.right, float(tiles.get_bottom()[1]) - 0.3)
        bars = ProbabilityBars(cafe.DISHES, chances, row=0.6, unit=6.6, color=PROBABILITY)
        low.put(bars, DOWN + LEFT)
        term = words.headline("[hallucination:focus]")
        told = words.note(
            f"{len(absent.sure):,} such texts:\nin {100 * absent.named.mean():.0f} % a thing\nof the text, "
            f"median\nprobability {np.median(absent.sure):.2f}",
            size=40.0,
        )
        beside = VGroup(term, told).arrange(DOWN, buff=0.5, aligned_edge=LEFT)
        low.put(beside, RIGHT)
        with self.beat(
            "But now ask for Eve, who is not in the text. Hat, says the model: 97 percent."
        ) as beat:
            self.play(FadeOut(self.chart_of_things, self.column_words), run_time=pace.QUICK)
            beat.over(FadeIn(tiles), until="Eve")
            beat.at("Eve", words.light(tiles.words[-1], ink.error))
            beat.at("Hat", FadeIn(bars))
        with self.beat(
            "Fluent, confident and false: a hallucination. It was not taught to say: not here. "
            "No setting makes an answer true, so check."
        ) as beat:
            beat.at("hallucination", words.write(term))
            beat.at("taught", FadeIn(told))
            beat.over("check", words.light(told))
        self.leave(tiles, bars, beside)

    # --- the end

    def remember(self) -> None:
        """The whole model as a stack of plates in depth, its parts named in place."""
        self.shot(shot.wide())
        region = shot.safe(titled=False)
        names = [word in cafe.NAMES for word in PAD]
        tiles = Tokens(PAD, width=1.0, height=0.62, gap=0.06, pills=names, size=35.0)
        region.put(tiles, DOWN)
        floors = [row.middle[1] for row in region.rows(1, 1, 1, 0.9)[:3]][::-1]
        xs = tiles.tops()[:, 0]
        nodes = [np.column_stack([xs, np.full(len(xs), y), np.zeros(len(xs))]) for y in floors]
        plates = [self.plate(xs, y) for y in floors]
        roads = self.sky.segment(tiles.tops(0.05)[:, :2], nodes[2][:, :2], ink.chalk, THIN)
        roads.set_stroke(opacity=0.5)
        pair = np.zeros((2, len(PAD), len(PAD)))
        pair[0, HAT, OWNER] = self.map_of(0, 0)[HAT, OWNER]
        pair[1, ASKER, HAT] = self.map_of(1, 1)[ASKER, HAT]
        arcs = [
            Arcs(nodes[0], tiles.tops(0.05), widest=12),
            Arcs(nodes[1], nodes[0], widest=12),
        ]
        answer = words.headline("hat", PROBABILITY).next_to(nodes[2][ASKER], UP, buff=0.15)
        formula = words.note(
            "softmax$({{ Q : query }} {{ K^top : key }} \\/ sqrt(d_k) + M) med {{ V : value }}$",
            size=56.0,
            colors={"query": QUERY, "key": KEY, "value": VALUE},
        )
        region.put(formula, UP + LEFT)
        left = float(xs[0]) - 0.9
        aside = [
            words.label(text, color).next_to((left, y, 0.0), LEFT, buff=0.0)
            for text, color, y in (
                ("embedding\n[+ position:fourth]", ink.chalk, (float(tiles.get_top()[1]) + floors[0]) / 2),
                ("head 1: tag", QUERY, floors[0]),
                ("head 2: search", QUERY, floors[1]),
            )
        ]
        with self.beat("So how does it look back? Queries meet keys, values move, layer upon layer.") as beat:
            self.play(FadeIn(tiles, *plates), FadeIn(roads), run_time=pace.BRISK)
            self.add(*arcs)
            beat.at("Queries", FadeIn(formula))
            beat.over("values", glide(arcs[0].redraw, 0.0, pair[0]), until="layer")
            beat.over("layer", glide(arcs[1].redraw, 0.0, pair[1]))
        with self.beat(
            "Positions tell the order, a mask hides what lies ahead, "
            "and a residual stream carries the sum to the next token: hat."
        ) as beat:
            beat.at("Positions", FadeIn(*aside))
            beat.over("residual", roads.animate.set_stroke(opacity=1.0), until="next")
            beat.at("hat", FadeIn(answer))
            beat.over(words.light(answer), least=pace.SLOW)

    def plate(self, xs: Floats, y: float) -> VGroup:
        """A layer as a plate in depth, at the height ``y``."""
        left, right = xs[0] - 0.7, xs[-1] + 0.4
        back = np.array([0.55, 0.32])
        near = np.array([(left, y), (right, y)])
        sheet = self.sky.polygon(np.concatenate([near, near[::-1] + back]), ink.quiet, THIN, fill=0.14)
        return VGroup(backdrop(sheet))
