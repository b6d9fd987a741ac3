"""Which ensemble, and against what: four classifiers of digits, and the lesson's end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, Create, FadeIn, FadeOut, VGroup

from scenes.ensembles.moons import score_plane, score_spots
from scenes.ensembles.stage import ENSEMBLE, SINGLE, EnsemblesStage, Marks, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.unit_chart import UnitChart
from scenes.maths.ensembles import stacking, voting

WIDE: Final = 30
"""Tiles in a row of a wall of 600."""
HELD: Final = pace.LONG + pace.BRISK
"""How long the last picture stands."""


class Choice(EnsemblesStage):
    """What to take when."""

    @chapter("Which one, and against what")
    def which_one(self) -> None:
        self.untitled()
        cells = self.shot(shot.gallery(2, 2, titled=False, gap=0.3))
        found = stacking.four()
        names = list(stacking.classifiers())
        walls, heads = [], VGroup()
        for cell, name, wrong in zip(cells, names, found.wrong, strict=True):
            head, picture = cell.rows(1, 5.5, gap=0.05)
            walls.append(Marks(picture, wrong.reshape(-1, WIDE)))
            heads.add(head.put(words.label(f"{name}: {wrong.sum()} wrong", size=ink.AXIS)))
        with self.beat(
            "Back to the tiles: six hundred digits, each unseen, and four different models."
        ) as beat:
            self.play(FadeIn(walls[0]), run_time=pace.QUICK)
            beat.over(*(FadeIn(wall) for wall in walls[1:]), least=pace.SLOW)
            self.play(FadeIn(heads), run_time=pace.BRISK)
        lost = found.wrong.all(axis=0)
        rings = VGroup(
            *(UnitChart(shot.bare(), wall.middles[lost], 1.15 * wall.half, ink.focus, 0.95) for wall in walls)
        )
        with self.beat(
            "They err on different digits. Only eleven are wrong for all four, here in yellow."
        ) as beat:
            beat.over("eleven", FadeIn(rings), until="yellow", least=pace.BRISK)
            beat.over(FadeOut(heads), self.frame.to(walls[0], share=0.98), least=pace.SLOW)
        room = shot.safe(titled=False)
        order = sorted(found.accuracies, key=lambda name: found.accuracies[name][0])
        values = np.array([100 * found.accuracies[name][0] for name in order])
        spread = np.array([100 * found.accuracies[name][1] for name in order])
        chart = BarChart(
            order, 0 * values, (0, 111), room.width, room.height, decimals=1, spread=0 * spread,
            colors=[ENSEMBLE if name in ("stack", "soft vote") else SINGLE for name in order],
            label="accuracy on unseen digits, %; chance 10",
        )  # fmt: skip
        room.put(chart)
        soft = np.array([1.0 if name == "soft vote" else 0.62 for name in order])
        best = np.array([1.0 if name in ("stack", "neighbours") else 0.62 for name in order])
        with self.beat("So a vote should help. Soft voting averages the predicted probabilities.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values, spread=spread), until="averages", least=pace.SLOW)
            beat.over(glide(chart.shade, np.ones(6), soft, chart), least=pace.CALM)
        with self.beat("Yet neither this vote nor the stack beats the nearest neighbours alone.") as beat:
            beat.over(glide(chart.shade, soft, best, chart), least=pace.SLOW)
        with self.beat(
            "So compare an ensemble with the best single model, on data that neither has seen."
        ) as beat:
            beat.over(glide(chart.shade, best, np.ones(6), chart), least=pace.SLOW)
        self.end()

    def end(self) -> None:
        """Bias and variance, what cuts which, and the ten tiles."""
        self.shot(shot.wide())
        plane = score_plane()
        spots = score_spots()
        corner = plane.at(np.array([(6.75, 17.0), (8.95, 7.9)]))
        place = shot.Region(
            float(corner[0, 0]), float(corner[1, 1]), float(corner[1, 0]), float(corner[0, 1])
        )
        above, below = place.rows(3, 1.1, gap=0.12)
        tiles = Marks(above, voting.marks(voting.SAME))
        vote = Marks(below, voting.vote_fails(voting.marks(voting.SAME))[None], ENSEMBLE)
        dots = VGroup(
            plane.dots([spots["stump"], spots["tree"]], SINGLE, radius=0.22),
            plane.dots([spots["boosted"], spots["bagged trees"]], ENSEMBLE, radius=0.22),
        )
        boost = plane.vector(spots["stump"], spots["boosted"], ENSEMBLE, 2.5 * LINE)
        bag = plane.vector(spots["tree"], spots["bagged trees"], ENSEMBLE, 2.5 * LINE)
        names = VGroup(
            plane.label(*spots["stump"], "stump", RIGHT, SINGLE, gap=0.3, size=ink.POINT),
            plane.label(*spots["tree"], "full tree", RIGHT, SINGLE, gap=0.3, size=ink.POINT),
        )
        told = VGroup(
            plane.label(5.65, 11.6, "boosting cuts bias", LEFT, ENSEMBLE, size=ink.POINT),
            plane.label(5.75, 5.4, "bagging cuts variance", DOWN, ENSEMBLE, size=ink.POINT),
            plane.label(
                1.8, 17.0, "stacking: learned weights,\nout-of-fold columns", RIGHT, ENSEMBLE, size=ink.AXIS
            ),
        )
        law = maths('"Var" hat(f) = rho sigma^2 + ((1 - rho) sigma^2) / B', ink.POINT)
        law.move_to(plane.at(4.4, 22.3))
        same, apart = (voting.marks(wrong).astype(float) for wrong in (voting.SAME, voting.APART))
        lost, won = (voting.vote_fails(errs.astype(bool))[None].astype(float) for errs in (same, apart))
        with self.beat(
            "High variance: bag deep trees. High bias: boost stumps. Different good models: stack."
        ) as beat:
            self.exchange(plane, dots, names, run_time=pace.BRISK)
            beat.over(Create(bag), FadeIn(told[1]), until="bias", least=pace.CALM)
            beat.over(Create(boost), FadeIn(told[0]), until="Different", least=pace.CALM)
            beat.over(FadeIn(told[2], law), least=pace.BRISK)
        with self.beat(
            "Can the vote be better than each? Yes, when their errors disagree.", pause=pace.SLOW
        ) as beat:
            self.play(FadeIn(tiles, vote), run_time=pace.BRISK)
            beat.over(
                "errors",
                glide(tiles.redraw, same, apart, tiles),
                glide(vote.redraw, lost, won, vote),
                least=pace.SLOW,
            )
        with self.beat(
            "Bagging, boosting and stacking are three ways to make use of it.", pause=HELD
        ) as beat:
            beat.over(words.light(told[1]), until="boosting", least=pace.QUICK)
            beat.over(words.light(told[0]), until="stacking", least=pace.QUICK)
            beat.over(words.light(told[2]), least=pace.SLOW)
