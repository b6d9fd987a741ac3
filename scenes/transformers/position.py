"""Attention sees a bag of words, until each token is told where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Curve, Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.token import Tokens
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers import attention, evidence, toy
from scenes.transformers.mask import whole_formula
from scenes.transformers.stage import PAD, POSITION, QUERY, VALUE, TransformersStage

SENTENCE: Final = ("dog", "bites", "man")
WEIGHTS: Final = np.array([0.6, 0.1, 0.3])
"""Made up: how much "bites" attends to each of the three."""
VALUES: Final = np.array([5.0, 0.0, 10.0])
"""Made up: what each hands over."""
SHUFFLED: Final = np.array([5, 2, 4, 0, 3, 1])
"""Seats to which the six tokens go."""
CLOCKS: Final = (0, 4, 7)
"""Of the sixteen, those that are drawn, from the fastest."""
STEP: Final = 3
"""Seats by which the two travellers move."""
RADIUS: Final = 0.47
"""Of a clock, in scene units."""
LARGE: Final = 46.0
"""Pixels of the capitals in large tiles, and of sums."""
ENCODING: Final = (
    '& {{ "PE"_(t, 2 i) : sine }} = sin(t \\/ 10000^(2 i \\/ d)) \\ '
    '& {{ "PE"_(t, 2 i + 1) : cosine }} = cos(t \\/ 10000^(2 i \\/ d))'
)
BELOW: Final = 0.6
"""Scene units from a tile to the middle of the strip of its output."""
LAST_STEP: Final = 500
"""Steps that the chart of the trainings shows: by then all have learnt."""


def learning_curves(
    places: float, share: float = 1.0
) -> tuple[Plane, Segments, list[list[Curve]], list[words.Words]]:
    """Share right by training step, with positions of the factor ``places`` and without: chart, curves, names."""
    runs = (
        (
            evidence.progress(places, evidence.SEEDS),
            f"{len(evidence.SEEDS)} with positions",
            POSITION,
            30,
        ),
        (
            evidence.progress(0.0, evidence.FEWER),
            f"{len(evidence.FEWER)} without",
            ink.quiet,
            14,
        ),
    )
    chart = shot.safe(titled=False).plane(
        (0, LAST_STEP),
        (0, 100),
        x_label="training step",
        y_label="right after a repeated name (%), causal mask on",
        x_ticks=range(0, LAST_STEP + 1, 100),
        y_ticks=(0, 50, 90, 100),
    )
    level = chart.segment((0, 90), (LAST_STEP, 90), ink.faint, dashed=True)
    curves, names = [], []
    for made, text, color, height in runs:
        within = made.step <= LAST_STEP
        curves.append(
            [chart.curve(made.step[within], 100 * right[within], color, share=share) for right in made.right]
        )
        reached = made.learnt_by(evidence.LEARNT)
        name = f"{text}: {100 * evidence.LEARNT:.0f} % after {reached.min():.0f} to {reached.max():.0f} steps"
        names.append(chart.label(LAST_STEP, height, name, LEFT, color, size=38.0))
    return chart, level, curves, names


def open_on(lesson: Lesson, *pictures: Mobject) -> list[Animation]:
    """Open on what the chapter before ended with; the animations in which it leaves, as the first new thing comes."""
    lesson.untitled()
    lesson.add(*pictures)
    return [FadeOut(each) for each in pictures]


class Position(TransformersStage):
    """Attention sees a bag of words, until each token is told where it stands."""

    @chapter("Does attention know the order?", "positional encoding", goes_on=True)
    def does_attention_know_the_order(self) -> None:
        self.shot(shot.split(titled=False))
        last = whole_formula()
        for each in last:
            self.allow(each, "unread", "it is read as the chapter before ends")
        self.ask_who_bites(open_on(self, *last))
        self.shuffle_a_text()
        self.set_clocks()
        self.compare_trainings()

    def ask_who_bites(self, leaving: list[Animation]) -> None:
        """Two sentences of the same words, and the same sum for the word in their middle."""
        upper, lower = shot.safe(titled=False).rows(1, 1, gap=0.5)
        order = np.array([2, 1, 0])
        rows = [self.sentence(region, which) for region, which in ((upper, np.arange(3)), (lower, order))]
        with self.beat("Dog bites man. Man bites dog. Could attention tell them apart?") as beat:
            beat.at("Dog", *leaving, FadeIn(rows[0][0]))
            beat.at("Man", FadeIn(rows[1][0]))
        with self.beat(
            "Take bites. Without a mask it meets the same three keys, and adds the same three values."
        ) as beat:
            beat.at("bites", *(words.light(tiles.words[1], QUERY) for tiles, *_ in rows))
            for _, arcs, *_ in rows:
                arcs.redraw(0.0)
            self.add(*(arcs for _, arcs, *_ in rows))
            beat.over(
                "meets",
                glide(rows[0][1].redraw, 0.0, WEIGHTS[None]),
                glide(rows[1][1].redraw, 0.0, WEIGHTS[order][None]),
                until="adds",
            )
            beat.over("adds", *(FadeIn(terms) for *_, terms, _ in rows))
        with self.beat("Added up, both outputs are alike: order makes no difference.") as beat:
            beat.at("outputs", *(FadeIn(total) for *_, total in rows))
            beat.over(
                "order",
                *(
                    words.light(part, VALUE, run_time=pace.LONG)
                    for *_, terms, total in rows
                    for part in (*terms, total)
                ),
            )
        self.clear_stage()

    def sentence(self, region: shot.Region, order: np.ndarray) -> tuple[Tokens, Arcs, VGroup, words.Words]:
        """Three tiles in their order, arcs from the middle one, the three terms of its output, and their sum."""
        _, row, under = region.rows(1, 1, 1, gap=0.1)
        tiles = Tokens([SENTENCE[each] for each in order], width=3.2, height=1.2, gap=0.35, size=60.0)
        row.put(tiles, LEFT)
        arcs = Arcs(tiles.tops(0.08)[1:2], tiles.tops(0.08), bow=0.2)
        terms = VGroup()
        for seat, each in enumerate(order):
            term = words.label(f"{WEIGHTS[each]:.1f} · {VALUES[each]:.0f}", VALUE, LARGE)
            terms.add(under.put(term).set_x(float(tiles.at(seat)[0])))
        for left, right in ((0, 1), (1, 2)):
            plus = words.label("+", VALUE, LARGE)
            terms.add(plus.move_to((terms[left].get_center() + terms[right].get_center()) / 2))
        total = words.label(f"= {WEIGHTS @ VALUES:.1f}", VALUE, size=ink.HEADLINE)
        total.next_to(tiles, RIGHT, buff=0.5).set_y(float(terms[0].get_center()[1]))
        return tiles, arcs, terms, total

    def shuffle_a_text(self) -> None:
        """A text and the same text shuffled, one below the other: their outputs are shuffled alike."""
        text = PAD[:6]
        names = [word in toy.NAMES for word in text]
        region = shot.safe(titled=False)
        rows = [Tokens(text, width=1.9, height=0.8, gap=0.22, pills=names, size=40.0) for _ in range(2)]
        for tiles, side in zip(rows, (UP, DOWN), strict=True):
            region.inset(0.0, 0.05 if side is UP else 1.3).put(tiles, side)
        weights = self.model.weights
        embed = weights["embed"][toy.tokens_of(" ".join(text))]

        def see(stream: Floats) -> Floats:
            q, k, v = (stream @ weights[f"{name}.0"][:, :16] for name in ("query", "key", "value"))
            return attention.attend(q, k, v).mixed

        before = see(embed)
        after = see(embed[np.argsort(SHUFFLED)])[SHUFFLED]
        tallest = float(np.abs(before).max())
        below = np.array([0.0, -BELOW, 0.0])
        prints = [
            [
                VectorBars(
                    each,
                    tiles.at(seat, DOWN) + below,
                    1.85,
                    0.46,
                    VALUE,
                    largest=tallest,
                )
                for seat, each in enumerate(made)
            ]
            for made, tiles in zip((before, after), rows, strict=True)
        ]
        links = self.sky.segment(np.zeros((6, 2)), np.zeros((6, 2)), ink.quiet, THIN)
        tops = np.array([tile + 2 * below for tile in (rows[0].at(seat, DOWN) for seat in range(len(text)))])
        self.allow(rows[1], rows[1], "tokens pass one another while they change their seats")

        def move(seats: Floats) -> Changed:
            rows[1].sit(seats)
            links.redraw(tops[:, :2], rows[1].tops(0.1)[:, :2])
            return rows[1], links

        move(np.arange(6.0))
        with self.beat("Now shuffle a whole text, and compute all its outputs again.") as beat:
            self.shot(shot.wide())
            self.play(FadeIn(rows[0]), run_time=pace.QUICK)
            self.play(
                LaggedStart(*(FadeIn(each) for each in prints[0]), lag_ratio=pace.LAG), run_time=pace.CALM
            )
            self.play(FadeIn(rows[1], links), run_time=pace.QUICK)
            beat.over(glide(move, np.arange(6.0), SHUFFLED.astype(float)), least=pace.LONG)
        for seat, each in enumerate(prints[1]):
            each.put(rows[1].at(seat, DOWN) + below)
        with self.beat(
            "They are the same ones, shuffled alike. To bare attention, a text is a bag of words."
        ) as beat:
            beat.over(
                LaggedStart(*(FadeIn(each) for each in prints[1]), lag_ratio=pace.LAG), until="shuffled"
            )
            pairs = [
                AnimationGroup(*(words.light(made[seat], ink.chalk, run_time=pace.SLOW) for made in prints))
                for seat in range(len(text))
            ]
            beat.over("shuffled", LaggedStart(*pairs, lag_ratio=pace.LAG))
        self.clear_stage()

    # --- the cure

    def set_clocks(self) -> None:
        """Every seat has clocks whose hands turn at different speeds; three seats on is the same turn."""
        self.shot(shot.wide())
        region = shot.safe(titled=False)
        names = [word in toy.NAMES for word in PAD]
        seats = Tokens(PAD, width=1.22, height=0.72, gap=0.1, pills=names)
        region.put(seats, DOWN + RIGHT)
        numbers = VGroup(
            *(
                words.label(str(seat), POSITION).next_to(seats.at(seat, UP), UP, buff=0.12)
                for seat in range(len(PAD))
            )
        )
        speeds: Floats = attention.turning_speeds(self.model.shape.width)[list(CLOCKS)]
        xs: Floats = np.array([seats.at(seat)[0] for seat in range(len(PAD))])
        lowest = float(numbers.get_top()[1]) + 0.25 + RADIUS
        ys = np.asarray(lowest + (2 * RADIUS + 0.14) * np.arange(len(CLOCKS)), dtype=np.float64)
        centres = np.array([(x, y) for y in ys for x in xs])
        angles = np.array([speed * seat for speed in speeds for seat in range(len(PAD))])
        faces = VGroup(*(self.sky.circle(centre, RADIUS, ink.faint) for centre in centres))
        hands = self.sky.segment(centres, centres, POSITION, 1.5 * LINE)

        def point(middles: Floats, turned: Floats) -> Floats:
            return np.asarray(middles + 0.85 * RADIUS * np.column_stack([np.sin(turned), np.cos(turned)]))

        def show(turned: Floats) -> Changed:
            return (hands.redraw(centres, point(centres, turned)),)

        show(0 * angles)
        paces = VGroup(
            *(
                words.label(text, POSITION).next_to(face, LEFT, buff=0.25)
                for text, face in zip(("fast", "slow", "slower"), faces[:: len(PAD)], strict=True)
            )
        )
        name = words.note("[positional encoding:fourth]: added to the embedding", size=44.0)
        region.put(name, UP + LEFT)
        with self.beat(
            "So add to each embedding a vector that says where it stands: a positional encoding."
        ) as beat:
            beat.over(FadeIn(seats), until="vector")
            beat.over("vector", FadeIn(numbers, faces), FadeIn(hands), until="positional")
            beat.at("positional", words.write(name))
        with self.beat(
            "This one is made of clocks, fast ones and slow ones. Each gives a sine and a cosine.",
            pause=pace.SLOW,
        ) as beat:
            beat.over("clocks", glide(show, 0 * angles, angles), FadeIn(paces), until="Each", least=pace.SLOW)
            formula = words.formula(ENCODING, colors={"sine": POSITION, "cosine": POSITION}, size=ink.POINT)
            region.put(formula, UP + LEFT)
            symbols = words.note(f"$t$: seat\n$i$: clock, {len(speeds)} of 16 shown\n$d$: width", ink.quiet)
            region.put(symbols, UP + RIGHT)
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.at("sine", words.write(formula))
        self.travel(xs, ys, speeds, point, symbols)
        self.leave_the_trained(seats, numbers, symbols, partial(glide, show), angles, speeds)
        self.clear_stage()

    def travel(
        self,
        xs: Floats,
        ys: Floats,
        speeds: Floats,
        point: Callable[[Floats, Floats], Floats],
        symbols: words.Words,
    ) -> None:
        """Two go three seats on, from different seats: their hands make the same turn."""
        starts = (0, 5)
        begin = np.array([(xs[start], y) for start in starts for y in ys])
        end = np.array([(xs[start + STEP], y) for start in starts for y in ys])
        turned = np.array([speed * start for start in starts for speed in speeds])
        rims = [self.sky.circle(each, RADIUS, ink.chalk, width=LINE) for each in begin]
        arms = self.sky.segment(begin, point(begin, turned), ink.chalk, 2 * LINE)

        def go(here: Floats, now: Floats) -> Changed:
            return (
                *(rim.redraw(at, RADIUS) for rim, at in zip(rims, here, strict=True)),
                arms.redraw(here, point(here, now)),
            )

        turn = STEP * np.tile(speeds, len(starts))
        with self.beat(
            "A few seats on, each hand has made the same turn, wherever you start. So distance can be learnt."
        ) as beat:
            self.play(FadeIn(*rims, arms), FadeIn(symbols), run_time=pace.QUICK)
            beat.over(glide(go, (begin, turned), (end, turned + turn)), until="So", least=pace.LONG)
            beat.rest()
        self.leave(*rims, arms)

    def leave_the_trained(
        self,
        seats: Tokens,
        numbers: VGroup,
        symbols: words.Words,
        turn: Callable[[Floats, Floats], Animation],
        angles: Floats,
        speeds: Floats,
    ) -> None:
        """Seats that no training text had."""
        last = toy.LENGTH - 2
        shown = np.arange(last - 4, last + 5)
        further = VGroup(
            *(
                words.label(str(seat), POSITION if seat <= last else ink.error).move_to(number)
                for seat, number in zip(shown, numbers, strict=True)
            )
        )
        unknown = VGroup(
            *(
                words.label("?", ink.error, LARGE).move_to(seats.at(place_))
                for place_, seat in enumerate(shown)
                if seat > last
            )
        )
        ahead = np.array([speed * seat for speed in speeds for seat in shown])
        with self.beat(
            "BERT and the first GPT learn a vector for each place: a table. It ends with the longest text of training."
        ) as beat:
            others = words.note("[BERT:fourth], [GPT:fourth]:\nlearnt vectors", size=LARGE)
            shot.safe(titled=False).put(others, UP + RIGHT)
            self.play(FadeOut(symbols), FadeIn(others), run_time=pace.BRISK)
            beat.until("ends")
            self.play(FadeOut(numbers, *seats.words), run_time=pace.QUICK)
            beat.over(turn(angles, ahead), FadeIn(further), until="training")
            beat.at("training", FadeIn(unknown))

    def compare_trainings(self) -> None:
        """How trainings with and without positions learn to look back, both with the causal mask."""
        chart, level, curves, names = learning_curves(self.model.shape.places, share=0.0)
        with self.beat(
            "Behind a causal mask, some order leaks. So ours learns without positions too, but mostly later."
        ) as beat:
            self.shot(shot.wide())
            self.play(FadeIn(chart, level), run_time=pace.QUICK)
            self.add(*(curve for group in curves for curve in group))
            beat.over(
                *(glide(curve.reveal, 0.0, 1.0, rate_func=linear) for group in curves for curve in group),
                until="later",
                least=pace.LONG,
            )
            beat.over("later", *(FadeIn(name) for name in names))
        with self.beat("So give positions, even behind a mask.") as beat:
            beat.over(*(words.light(name) for name in names))
