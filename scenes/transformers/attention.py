"""What becomes of attention without places."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, words
from scenes.kit.gauge import Gauge
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.transformers import attention, cafe, waiter
from scenes.transformers.stage import MIDDLE, PAD, TransformersStage, bench


class Attention(TransformersStage):
    """What becomes of attention without places."""

    # --- places

    @chapter("Without places, words are a bag", "positional encoding")
    def places(self) -> None:
        self.shuffle_the_bag()
        self.set_the_clocks()
        self.compare_the_seats()

    def shuffle_the_bag(self) -> None:
        """Attention without places and without a mask: shuffle the words, and the answers are shuffled alike."""
        seats = bench(PAD[:8], -2.35, 0.0, 1.1, 0.14)
        weights = self.waiter.weights
        embed = weights["embed"][cafe.tokens_of(" ".join(PAD[:8]))]
        order = np.array([5, 2, 7, 0, 3, 6, 1, 4])

        def see(rows: Floats) -> Floats:
            q, k, v = (rows @ weights[f"{name}.0"][:, :16] for name in ("query", "key", "value"))
            return attention.attend(q, k, v).mixed

        answers = see(embed)
        shuffled = see(embed[np.argsort(order)])[order]
        columns = [Matrix(answer[:, None], cell=(0.6, 0.19), largest=1.0) for answer in answers]
        for seat, column in enumerate(columns):
            column.next_to(seats.at(seat, UP), UP, buff=0.3)
        at = [column.get_center() for column in columns]
        with self.beat(
            "Each word takes home a mix of all. But attention only compares; nothing in it knows who sits where."
        ) as beat:
            self.play(FadeIn(seats), run_time=0.5)
            coming = LaggedStart(*(FadeIn(column, shift=0.2 * UP) for column in columns), lag_ratio=0.1)
            beat.at("mix", coming, run_time=pace.SLOW)

        def sit(now: Floats) -> Changed:
            seats.sit(now)
            for seat, column in enumerate(columns):
                column.move_to(at[seat] + ((now[seat] - seat) * seats.step, 0, 0))
            return (seats, *columns)

        self.allow(seats, seats, "words pass one another while they change their seats")
        with self.beat(
            "Shuffle the words, compute again, and out come the very same answers, shuffled. The text was a bag."
        ) as beat:
            beat.over(glide(sit, np.arange(8), order), until="compute")
            for column, answer in zip(columns, shuffled, strict=True):
                column.redraw(answer[:, None])
            beat.at("same", *(Create(column.frame()) for column in columns), run_time=pace.CALM)
        self.clear_stage(run_time=0.5)

    def set_the_clocks(self) -> None:
        """Every seat has clocks whose hands turn at different speeds; some steps along is always the same turn."""
        seats = bench(PAD, -2.45)
        hands = [0, 4, 6, 8]
        speeds = attention.turning_speeds(32)[hands]
        rows = np.array([-1.55, -0.55, 0.45, 1.45])
        xs = np.array([seats.at(seat)[0] for seat in range(9)])
        centres = np.array([(x, y) for y in rows for x in xs])
        angles = np.array([speed * seat for speed in speeds for seat in range(9)])
        faces = VGroup(*(self.sky.circle(centre, 0.36, ink.faint) for centre in centres))
        pointers = self.sky.segment(centres, centres, color=ink.chalk, width=4)

        def point(middles: Floats, turned: Floats) -> Floats:
            return np.asarray(middles + 0.3 * np.column_stack([np.sin(turned), np.cos(turned)]))

        def show(turned: Floats) -> Changed:
            return (pointers.redraw(centres, point(centres, turned)),)

        with self.beat(
            "So every seat gets clocks, and their sines and cosines are added to its word. "
            "Four of the 16 hands are shown."
        ) as beat:
            self.play(FadeIn(seats), run_time=0.5)
            beat.at("clocks", FadeIn(faces))
            self.add(*show(0 * angles))
            self.play(FadeIn(pointers), run_time=0.3)
            self.play(glide(show, 0 * angles, angles), run_time=2.6)

        starts = (0, 5)
        moving = np.array([(xs[start], y) for start in starts for y in rows])
        begin = np.array([speed * start for start in starts for speed in speeds])
        travellers = [self.sky.circle(place_, 0.36, ink.focus, width=5) for place_ in moving]
        arms = self.sky.segment(moving, point(moving, begin), color=ink.focus, width=6)

        def travel(here: Floats, turned: Floats) -> Changed:
            rims = [rim.redraw(at, 0.36) for rim, at in zip(travellers, here, strict=True)]
            return (*rims, arms.redraw(here, point(here, turned)))

        with self.beat(
            "Go three seats along, from here or from there: each hand makes the same turn. "
            "Distance can be read off, wherever you sit."
        ) as beat:
            self.play(FadeIn(*travellers, arms), run_time=0.5)
            end = moving + np.array([3 * seats.step, 0.0]), begin + 3 * np.tile(speeds, 2)
            beat.at("along", glide(travel, (moving, begin), end), run_time=pace.LONG)
        self.leave(faces, pointers, *travellers, arms, seats)

    def compare_the_seats(self) -> None:
        """How alike the clocks of two seats are depends on their distance alone."""
        clocks = attention.clocks(20, 32)
        likeness = clocks @ clocks.T
        table = Matrix(likeness, cell=0.25, heat=ink.truth, largest=16.0).move_to((MIDDLE - 0.6, -0.2, 0))
        side = words.caption(table, "seat", LEFT, ink.quiet, gap=0.25)
        top = words.caption(table, "seat", UP, ink.quiet, gap=0.15)
        offset = Value()
        gauge = Gauge("seats apart", offset, 0)
        alike = Gauge("clocks' product", offset.of(lambda apart: likeness[0, int(apart)]), 1, color=ink.truth)
        place.aside(gauge, alike)

        def along(apart: int) -> Floats:
            return np.where(np.eye(20, k=apart, dtype=bool), 1.0, 0.3)

        with self.beat(
            "Multiply the clocks of any two seats. The product is the same along each diagonal: "
            "16, then 15.3, then 13.7."
        ) as beat:
            self.play(FadeIn(table, side, top), run_time=0.7)
            beat.at("diagonal", FadeIn(gauge, alike), run_time=pace.QUICK)
            for apart, word in enumerate(("16", "15.3", "13.7")):
                beat.until(word)
                offset.set(apart)
                before = along(apart - 1) if apart else np.ones((20, 20))
                self.play(glide(table.shade, before, along(apart)), run_time=0.5)
        with self.beat(
            "To be honest, who may only look left can count how much it sees. "
            "Ours learns without clocks too, but takes 500 steps, not 240."
        ) as beat:
            self.clear_stage(run_time=0.5)
            chart, growing, named = self.learning_curves()
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(*growing, until="steps")
            self.play(FadeIn(*named), run_time=pace.QUICK)

    def learning_curves(self) -> tuple[Plane, list[Animation], list[Words]]:
        """Accuracy by step, with and without clocks."""
        blind = waiter.train_waiter(places=0.0)
        chart = place.picture(
            Plane(
                (0, 800),
                (0, 100),
                8.0,
                3.9,
                x_label="training step",
                y_label="right after a repeated name (%)",
            )
        )
        growing: list[Animation] = []
        for model, color in ((self.waiter, ink.focus), (blind, ink.fourth)):
            curve = chart.curve(model.step, 100 * model.watched, color, share=0.0)
            growing.append(glide(curve.reveal, 0.0, 800 / float(model.step[-1]), rate_func=linear))
        named = [
            chart.label(110, 92, "with clocks", ORIGIN, ink.focus),
            chart.label(520, 80, "without", RIGHT, ink.fourth, gap=0.25),
        ]
        return chart, growing, named
