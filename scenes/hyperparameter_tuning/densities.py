"""Two densities instead of a score: the tree-structured Parzen estimator."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.hyperparameter_tuning.stage import (
    GRID,
    LAND,
    MODEL,
    PARZEN,
    RANDOM,
    HyperparameterTuningStage,
    come,
    glow,
    maths,
    raised,
    span,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import chances, search
from scenes.maths.hyperparameter_tuning.landscape import GAMMAS, landscape

TRIED: Final = (-5.5, -4.9, -4.0, -3.2, -2.9, -2.4, -1.8, -1.3)
"""Powers of ten of gamma of the eight trials by hand: picked."""
SIDES: Final = (float(GAMMAS[0]), float(GAMMAS[-1]))
THIRD: Final = (SIDES[1] - SIDES[0]) / 3
TALL: Final = 1.0
"""Density at the upper edge of the picture."""
REST: Final = ink.quiet
"""Trials that are not good."""
TICKS: Final = {-6: "$10^(-6)$", -4: "$10^(-4)$", -2: "$10^(-2)$"}


def eight() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gammas (8,) and scores (8,) of the trials by hand, and numbers of the good ones and of the rest."""
    rows = search.nearest(TRIED)
    found = landscape().scores[rows, search.SLICE]
    return (GAMMAS[rows], found, *search.good_and_rest(found))


def sizes(good: np.ndarray) -> np.ndarray:
    """Radii (8,) of trials, of which the good ones are larger."""
    return np.where(np.isin(np.arange(len(TRIED)), good), 0.34, 0.2)


def inside(gammas: np.ndarray) -> int:
    """How many of them lie in the middle third of the side."""
    return int(((gammas > SIDES[0] + THIRD) & (gammas < SIDES[1] - THIRD)).sum())


class Densities(HyperparameterTuningStage):
    """TPE, along gamma."""

    @chapter("Where do good trials live?", "TPE's two densities")
    def two_densities(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.fall()
        self.count()
        self.hills()
        self.verdict()

    def fall(self) -> None:
        """Eight trials, which fall to the axis."""
        gammas, found, good, _ = eight()
        chart = self.chart = shot.chart(
            shot.SAFE, SIDES, (-0.06, 1.12), x_names=TICKS, y_ticks=[], x_label="gamma, at C = 10", y_label="accuracy",
        )  # fmt: skip
        colors = [PARZEN if each in good else REST for each in range(len(gammas))]
        plain = chart.dots(np.column_stack([gammas, found]), REST, radius=0.24)
        self.balls = Dots(chart, np.column_stack([gammas, found]), colors, radius=0.24)
        curve = chart.curve(GAMMAS, landscape().scores[:, search.SLICE], LAND, THIN, dashed=True)
        with self.beat(
            "A Gaussian process slows down: its cost grows with the cube of the trials. "
            "There is another way to use the past."
        ) as beat:
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(FadeIn(curve), FadeIn(plain, lag_ratio=pace.LAG), until="There", least=pace.SLOW)
            beat.over(FadeOut(curve), least=pace.CALM)
        term = told("tree-structured Parzen estimator (TPE)", UP, PARZEN, 1.1 * ink.POINT)
        term.move_to(chart.at(-3.5, 0.5))
        with self.beat(
            "TPE, the tree-structured Parzen estimator, models where good and bad trials lie, instead of the score."
        ) as beat:
            ghosts = chart.dots(np.column_stack([gammas, found]), REST, radius=0.16).mute(None, 0.3)
            falls = chart.stems(gammas, 0.0, found, ink.faint, THIN, dashed=True)
            self.play(FadeOut(chart.names[1:]), FadeIn(term), FadeIn(ghosts, falls), run_time=pace.CALM)
            beat.over(
                glide(plain.redraw, (np.column_stack([gammas, found]),), (np.column_stack([gammas, 0 * found]),)),
                until="instead", least=pace.SLOW,
            )  # fmt: skip
            beat.over(glow(plain), least=pace.CALM)
        self.balls.redraw(np.column_stack([gammas, 0 * found]))
        with self.beat("Of eight trials, the best quarter is good: two.") as beat:
            beat.over(FadeIn(self.balls), FadeOut(plain), until="quarter", least=pace.CALM)
            beat.over(
                glide(self.balls.redraw, {"radius": np.full(8, 0.24)}, {"radius": sizes(good)}, self.balls),
                least=pace.CALM,
            )  # fmt: skip
        self.leave(term, ghosts, falls, run_time=pace.QUICK)

    def count(self) -> None:
        """Shares of the middle third."""
        chart = self.chart
        low, high = SIDES[0] + THIRD, SIDES[1] - THIRD
        walls = chart.segment(
            [(low, -0.06), (high, -0.06)], [(low, 1.1), (high, 1.1)], ink.faint, THIN, dashed=True
        )
        veil = chart.area([low, high], -0.06, 1.1, ink.chalk, 0.08)
        gammas, _, good, rest = eight()
        lines = VGroup(
            words.headline(f"good: {inside(gammas[good])} of {len(good)}", PARZEN),
            words.headline(f"rest: {inside(gammas[rest])} of {len(rest)}", REST),
            words.headline("ratio 1 : 1/6 = 6", ink.focus),
        )
        for line, y in zip(lines, (0.88, 0.6, 0.32), strict=True):
            line.move_to(chart.at(-3.5, y))
        with self.beat("Look at the middle third. Both good ones lie there: a share of one.") as beat:
            beat.over(FadeIn(veil, walls), until="Both", least=pace.CALM)
            beat.over(FadeIn(lines[0]), least=pace.CALM)
        with self.beat(
            "Of the other six, one lies there: a sixth. So good trials are six times as dense."
        ) as beat:
            beat.over(FadeIn(lines[1]), until="So", least=pace.CALM)
            beat.over(FadeIn(lines[2]), least=pace.SLOW)
        self.leave(veil, walls, lines, run_time=pace.QUICK)

    def hills(self) -> None:
        """Counts become densities, and candidates are drawn from l."""
        gammas, _, good, rest = eight()
        at = np.linspace(*SIDES, 401)
        above, below = (search.density(at, gammas[own], search.WIDTHS[0], SIDES) for own in (good, rest))
        chart = shot.chart(
            shot.SAFE, SIDES, (-0.06, TALL), x_names=TICKS, y_ticks=[], x_label="gamma, at C = 10",
        )  # fmt: skip
        balls = Dots(
            chart,
            np.column_stack([gammas, 0 * gammas]),
            [PARZEN if each in good else REST for each in range(len(gammas))],
            radius=sizes(good),
        )
        hills = [chart.area(at, 0.0, 0 * at, color, fill) for color, fill in ((REST, 0.4), (PARZEN, 0.45))]
        names = [
            chart.label(-3.5, 0.78, "l: good trials, density", RIGHT, PARZEN, -3.0, ink.POINT),
            chart.label(-5.95, 0.42, "g: the rest, density", RIGHT, REST, 0.0, ink.POINT),
        ]
        names[0].move_to(chart.at(-4.6, 0.82))
        with self.beat(
            "Smooth the counts into hills of area one. l is the density of the good trials, g that of the rest."
        ) as beat:
            self.exchange(chart, balls, run_time=pace.BRISK)
            beat.over(
                glide(hills[1].redraw, (at, 0.0, 0 * at), (at, 0.0, above)), FadeIn(names[0]), until="g that",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(
                glide(hills[0].redraw, (at, 0.0, 0 * at), (at, 0.0, below)), FadeIn(names[1]), least=pace.SLOW
            )
        chance = above / above.sum()
        drawn = np.sort(np.random.default_rng(0).choice(at, search.CANDIDATES, p=chance))
        ratio = np.interp(drawn, at, above / below)
        best = int(ratio.argmax())
        stems = chart.stems(drawn, 0.0, 0.7 * ratio / ratio.max(), ink.focus, LINE)
        winner = chart.stems([drawn[best]], 0.0, 0.7, ink.focus, 3.5 * LINE)
        rule = maths(
            'lambda_"next" = op("arg max", limits: #true)_lambda {{ l(lambda) / g(lambda) : ratio }}',
            0.8 * ink.HEADLINE,
        )
        plate = raised(shot.SAFE.put(Tag(rule, 0.9), UP + LEFT))
        tag = chart.label(drawn[best], 0.7, "largest l / g", RIGHT, ink.focus, 1.3, ink.POINT)
        with self.beat(
            "Candidates are drawn from l. Where l over g is largest, the next trial goes.", pause=pace.CALM
        ) as beat:
            beat.over(
                FadeIn(stems), self.frame.to_region(*span(chart, (-4.9, -1.6), (-0.1, 0.95))), FadeOut(names[0]),
                until="Where",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(Create(winner), until="the next", least=pace.CALM)
            beat.over(FadeIn(tag), self.frame.back(), least=pace.SLOW)
            self.play(FadeIn(plate), run_time=pace.BRISK)
        with self.beat(
            "Where that ratio is large, expected improvement is large: the same aim, without a model of the score."
        ) as beat:
            beat.over(glow(rule.part("ratio")), until="expected", least=pace.CALM)
            beat.over(glow(winner), glow(tag), least=pace.SLOW)

    def verdict(self) -> None:
        """Four searches of nine trials."""
        values = 100 * np.array(
            [chances.grid_hits(), chances.random_hits(), search.hits("gaussian"), search.hits("parzen")]
        )
        (room,) = shot.headline().places
        bars = BarChart(
            ["grid", "random", "Gaussian process", "TPE"], values, (0, 100), room.width,
            room.height, decimals=0, colors=[GRID, RANDOM, MODEL, PARZEN],
            label="percent within 0.005 of the best; nine trials; models ± 3",
        )  # fmt: skip
        room.put(bars)
        bars.shade([0.75, 0.75, 0.75, 0.0])
        with self.beat(
            "Here TPE comes near the best in 76 percent, about as often as the Gaussian process. "
            "When it misses, it misses by more."
        ) as beat:
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(
                come(bars, [0.75, 0.75, 0.75, 0], [0.75, 0.75, 0.75, 1]), until="about", least=pace.SLOW
            )
            beat.over(come(bars, [0.75, 0.75, 0.75, 1], [0.75, 0.75, 1, 1]), until="When", least=pace.CALM)
            beat.over(come(bars, [0.75, 0.75, 1, 1], [0.6, 0.6, 0.8, 1]), least=pace.CALM)
        with self.beat(
            "It is the default of Optuna. It takes integers, categories and nested settings: the tree in its name."
        ) as beat:
            beat.over(
                come(bars, [0.6, 0.6, 0.8, 1], [0.75, 0.75, 0.75, 1]), self.frame.to(bars.row(3), share=0.9),
                until="nested", least=pace.SLOW,
            )  # fmt: skip
            beat.over(self.frame.back(), least=pace.SLOW)
