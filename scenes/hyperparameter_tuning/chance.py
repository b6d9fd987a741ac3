"""Why a grid repeats itself, and what random draws do instead."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup

from scenes.hyperparameter_tuning.stage import (
    GRID,
    LAND,
    POSE,
    RANDOM,
    HyperparameterTuningStage,
    Plain,
    come,
    glow,
    maths,
    raised,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.space import Turning
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import chances
from scenes.maths.hyperparameter_tuning.landscape import Floats

PLACED: Final = 80
"""Which of the 81 grids is shown: one of those that miss the ridge."""
SEED: Final = 0
"""Of the random trials that are shown."""
BAND: Final = 0.1
"""Share of gamma's range that is good, by hand."""


def sink(plain: Plain) -> Turning:
    """The animation in which the eye goes down to the ground and looks along C."""
    return plain.turning(tilt=89 * DEGREES, turn=0.0, lift=1.0, zoom=1.16)


class Chance(HyperparameterTuningStage):
    """Random search against the grid."""

    @chapter(
        "Nine trials, three values of gamma",
        "random search",
        "why random search wins when few parameters matter",
    )
    def three_values(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.landscape_rises()
        self.along_the_ground()
        self.draws()
        self.band()
        self.scoreboard()

    def landscape_rises(self) -> None:
        """Nine lights of a grid, and then all 729 settings."""
        plain = self.plain
        self.grid = plain.lights(chances.placements()[PLACED].cells, GRID, 0.17)
        self.terrain = plain.terrain()
        self.terrain.redraw(0.0)
        with self.beat(
            "Here are nine trials of a grid. Did they see much? We cannot know from nine lights."
        ) as beat:
            self.play(FadeIn(self.floor, self.names), run_time=pace.QUICK)
            beat.over(glide(self.grid.rise, np.zeros(9), np.ones(9), self.grid), until="Did", least=pace.SLOW)
            beat.over(plain.turning(turn=14 * DEGREES), least=pace.SLOW)
        with self.beat(
            "So let us pay for the whole table: the landscape rises, setting by setting, from plain to ridge."
        ) as beat:
            self.play(FadeOut(self.floor), FadeIn(self.terrain), run_time=pace.QUICK)
            beat.over(
                plain.drive(lambda share: self.terrain.redraw(share)), plain.turning(turn=12 * DEGREES),
                least=pace.LONG,
            )  # fmt: skip
        ridge = told("ridge 0.98\nplain 0.12", UP + RIGHT, LAND)
        with self.beat(
            "Along gamma it rises and falls steeply. Along C the top, beyond small values, is nearly level."
        ) as beat:
            beat.over(
                FadeIn(ridge), plain.turning(turn=14 * DEGREES), until="Along C",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(plain.turning(turn=7 * DEGREES), until="beyond", least=pace.CALM)
            beat.over(glow(self.names[1][0]), least=pace.CALM)
        self.leave(ridge, self.names[1], run_time=pace.QUICK)

    def along_the_ground(self) -> None:
        """The eye sinks and looks along C: nine lights stand in three lines."""
        plain = self.plain
        with self.beat("Now sink to the ground, as far as the eye can go, and look along C.") as beat:
            beat.over(sink(plain), least=pace.LONG)
        count = told("9 trials, 3 values of gamma", DOWN, GRID, ink.HEADLINE)
        with self.beat(
            "The nine lights stand in three lines: three values of gamma. Six trials nearly repeat an answer.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(self.terrain), glow(self.grid.stems), until="three values", least=pace.SLOW)
            beat.over(FadeIn(count), plain.dolly(1.03), until="Six", least=pace.CALM)
            beat.over(glow(self.grid.dots), plain.dolly(1 / 1.03), least=pace.SLOW)
        term = told("low effective dimensionality", DOWN, ink.focus, ink.HEADLINE)
        with self.beat(
            "Often few hyperparameters matter: the score has a low effective dimensionality.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(count), run_time=pace.QUICK)
            beat.over(FadeIn(self.terrain), until="score", least=pace.SLOW)
            beat.over(FadeIn(term), glow(self.names[0][0]), least=pace.CALM)
        self.leave(term, run_time=pace.QUICK)

    def draws(self) -> None:
        """Nine random trials: seen along C they are still nine."""
        plain = self.plain
        drawn = plain.lights(chances.random_cells(SEED), RANDOM, 0.17)
        drawn.rise(0.0)
        term = told("random search", UP + LEFT, RANDOM, ink.HEADLINE)
        with self.beat(
            "Random search draws each trial from the search space independently of the others."
        ) as beat:
            self.play(FadeOut(self.terrain, self.grid), FadeIn(self.floor), run_time=pace.BRISK)
            beat.over(
                plain.turning(tilt=POSE[0], turn=14 * DEGREES, lift=0.82, zoom=1.0),
                FadeIn(term),
                until="draws",
                least=pace.SLOW,
            )
            beat.over(
                drive(lambda share: drawn.rise(np.clip(9 * share - np.arange(9), 0.0, 1.0)), drawn),
                least=pace.LONG,
            )
        log = told("log-uniform", UP + RIGHT, RANDOM, ink.HEADLINE)
        with self.beat(
            "Draw them log-uniform: each decade of C, and of gamma, is as likely as the next."
        ) as beat:
            beat.over(
                plain.turning(tilt=52 * DEGREES, turn=3 * DEGREES),
                FadeIn(log),
                until="each",
                least=pace.SLOW,
            )
            beat.over(glow(drawn.dots), least=pace.SLOW)
        count = told("9 trials, 9 values of gamma", DOWN, RANDOM, ink.HEADLINE)
        with self.beat(
            "Sink again and look along C: nine trials, nine values of gamma.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(log, term), run_time=pace.QUICK)
            beat.over(sink(plain), until="nine trials", least=pace.LONG)
            beat.over(FadeIn(count), glow(drawn.stems), least=pace.CALM)

    def lines(self, plane: Plane, spots: Floats, low: float, high: float) -> VGroup:
        """Upright lines at values of gamma."""
        return VGroup(*(plane.segment((x, low), (x, high), ink.faint, 3.5 * LINE) for x in spots))

    def band(self) -> None:
        """A good band slides along: how often does a grid meet it, how often nine draws?"""
        safe = shot.SAFE
        plane = safe.plane((0, 1), (0, 2), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        grid, drawn = (np.arange(3) + 0.5) / 3, np.sort(np.random.default_rng(2).uniform(size=9))
        colors = {"grid": GRID, "drawn": RANDOM}
        rows = {"grid": (grid, 1.08, 1.62), "drawn": (drawn, 0.08, 0.62)}
        marks = {name: self.lines(plane, *row) for name, row in rows.items()}
        heads = VGroup(
            plane.label(0, 1.82, "grid: three values of gamma", RIGHT, GRID, 0.0, ink.POINT),
            plane.label(0, 0.82, "random: nine values", RIGHT, RANDOM, 0.0, ink.POINT),
        )
        veils = [plane.area([0, BAND], low - 0.06, high + 0.06, LAND, 0.4) for _, low, high in rows.values()]

        def slide(low: float) -> list[Mobject]:
            for veil, (_, foot, head) in zip(veils, rows.values(), strict=True):
                veil.redraw([low, low + BAND], foot - 0.06, head + 0.06)
            for name, (spots, *_) in rows.items():
                for spot, mark in zip(spots, marks[name], strict=True):
                    mark.set_stroke(colors[name] if low <= spot <= low + BAND else ink.faint)
            return [*veils, *marks.values()]

        slide(0.02)
        with self.beat(
            "By hand: let a tenth of gamma's range be good. We do not know where it lies."
        ) as beat:
            self.exchange(*marks.values(), heads, run_time=pace.BRISK)
            beat.over(FadeIn(*veils), until="We", least=pace.CALM)
            beat.over(glide(slide, 0.02, 0.28, *veils, *marks.values()), least=pace.SLOW)
        chance = [
            raised(Tag(words.headline(text, color, ink.HEADLINE)))
            for text, color in (("3 × 10 % = 30 %", GRID), ("$1 - 0.9^9$ = 61 %", RANDOM))
        ]
        for tag, y in zip(chance, (1.82, 0.82), strict=True):
            tag.next_to(plane.at(1, y), LEFT, buff=0.0)
        with self.beat("Three even values meet it with 30 percent, three times its share.") as beat:
            beat.over(glide(slide, 0.28, 0.62, *veils, *marks.values()), until="30", least=pace.SLOW)
            beat.over(FadeIn(chance[0]), glide(slide, 0.62, 0.88, *veils, *marks.values()), least=pace.SLOW)
        with self.beat(
            "Nine draws lie anywhere. That all miss is less likely: they hit with 61 percent."
        ) as beat:
            beat.over(glide(slide, 0.88, 0.4, *veils, *marks.values()), until="That", least=pace.SLOW)
            beat.over(FadeIn(chance[1]), glide(slide, 0.4, 0.15, *veils, *marks.values()), least=pace.SLOW)
        self.curves()

    def curves(self) -> None:
        """Chance to hit by the width of the band: a grid and nine draws."""
        widths = np.linspace(0, 0.5, 201)
        chart = shot.chart(
            shot.SAFE, (0, 0.5), (0, 1.16), x_ticks=[0.1, 1 / 3, 0.5], y_ticks=[0.5, 1],
            x_names={0.1: "1/10", 1 / 3: "1/3", 0.5: "1/2"}, y_names={0.5: "50 %", 1: "100 %"},
            x_label="width w of the good band, as a share of its side", y_label="chance of a hit",
        )  # fmt: skip
        own = [
            chart.curve(widths, np.vectorize(chances.by_random)(widths), RANDOM, 1.8 * LINE),
            chart.curve(widths, np.vectorize(chances.by_grid)(widths), GRID, 1.8 * LINE),
        ]
        rules = VGroup(
            maths("{{ 1 - (1 - w)^n : random }}", 1.1 * ink.HEADLINE, {"random": RANDOM}).move_to(
                chart.at(0.37, 0.62)
            ),
            maths("{{ min(1, k w) : grid }}", 1.1 * ink.HEADLINE, {"grid": GRID}).move_to(
                chart.at(0.37, 0.4)
            ),
        )
        names = VGroup(
            words.label("$n = 9$ draws", RANDOM, ink.POINT).move_to(chart.at(0.37, 0.78)),
            words.label("$k = 3$ values", GRID, ink.POINT).move_to(chart.at(0.37, 0.24)),
        )
        spots = [
            Dots(chart, [(x, chances.by_random(x)), (x, chances.by_grid(x))], [RANDOM, GRID], radius=0.2)
            for x in (BAND, 1 / 3)
        ]
        shares = VGroup(
            chart.label(
                1 / 3, 1, f"even grid {100 * chances.by_grid(1 / 3):.0f} %", UP, GRID, 0.25, ink.LABEL
            ),
            chart.label(
                1 / 3,
                chances.by_random(1 / 3),
                f"nine draws {100 * chances.by_random(1 / 3):.0f} %",
                DOWN + RIGHT,
                RANDOM,
                0.25,
                ink.LABEL,
            ),
        )
        with self.beat(
            "One minus the chance that all n miss. Against it k even values: k times w, at most one."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(Create(own[0]), FadeIn(rules[0], names[0]), until="Against", least=pace.CALM)
            beat.over(Create(own[1]), FadeIn(rules[1], names[1]), least=pace.CALM)
        with self.beat(
            "Does random search always win? No. A wide band an even grid cannot miss; nine draws may."
        ) as beat:
            beat.over(FadeIn(spots[0]), until="No", least=pace.CALM)
            self.play(FadeOut(rules, names), run_time=pace.QUICK)
            beat.over(
                FadeIn(spots[1], shares), self.frame.to(shares, share=0.75),
                least=pace.SLOW,
            )  # fmt: skip

    def scoreboard(self) -> None:
        """What happens on the landscape."""
        names = ["grid, within 0.005", "random, within 0.005", "grid, within 0.02", "random, within 0.02"]
        values = 100 * np.array(
            [
                chances.grid_hits(0.005),
                chances.random_hits(0.005),
                chances.grid_hits(0.02),
                chances.random_hits(0.02),
            ]
        )
        (room,) = shot.headline().places
        bars = BarChart(
            names, values, (0, 100), room.width, room.height, decimals=0, colors=[GRID, RANDOM, GRID, RANDOM],
            label="percent of nine-trial searches that come near the best",
        )  # fmt: skip
        room.put(bars)
        first = np.arange(4)
        bars.shade(first < 1)
        with self.beat("On our landscape, within 0.005 of the best: the grid 41 percent, random 55.") as beat:
            self.whole()
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(glow(bars.bars[0], GRID), until="random", least=pace.SLOW)
            beat.over(come(bars, first < 1, first < 2), least=pace.CALM)
        with self.beat(
            "Ask for less, and both mostly succeed. So with three hyperparameters or more, draw at random."
        ) as beat:
            beat.over(come(bars, first < 2, first < 4), until="So", least=pace.SLOW)
            beat.over(
                come(bars, np.ones(4), [0.75, 1, 0.75, 1]),
                least=pace.SLOW,
            )  # fmt: skip
