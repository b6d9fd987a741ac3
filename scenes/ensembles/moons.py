"""Boosted stumps on two moons, round by round; bias and variance of five models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.ensembles.stage import (
    ENSEMBLE,
    SIDES,
    SINGLE,
    WRONG,
    EnsemblesStage,
    maths,
    moon_dots,
    moon_plane,
    radii,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.solid import Surface
from scenes.kit.space import Space
from scenes.maths.ensembles import boosting

EARLY: Final = 4
"""Rounds that are followed one by one."""
STOPS: Final = (1, 2, 3, 4, 6, 10, 20, 60)
"""Rounds whose landscape is drawn."""
MODELS: Final = (
    ("stump", "stump", SINGLE, UP),
    ("bagged stumps", "30 bagged stumps", ENSEMBLE, DOWN),
    ("boosted", "60 boosted", ENSEMBLE, DOWN + RIGHT),
    ("tree", "full tree", SINGLE, UP),
    ("bagged trees", "30 bagged trees", ENSEMBLE, RIGHT),
)
"""Kinds of models, their names, their colours, and the sides of their names."""


def cut_ends(
    plane: Plane, boosted: boosting.Boosted, number: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both ends of the cut of that round."""
    feature, level = boosting.cut_of(boosted.trees[number])
    (x0, y0), (x1, y1) = plane.limits
    return ((level, y0), (level, y1)) if feature == 0 else ((x0, level), (x1, level))


def score_plane() -> Plane:
    """Bias upwards, variance across, both in percent of unseen points."""
    return shot.chart(
        shot.safe(titled=False), (1.7, 9.0), (0, 24), x_ticks=[4, 6, 8], y_ticks=[0, 5, 10, 15, 20],
        x_label="variance: disagreement with the majority, %", y_label="bias: majority of 40 models wrong, %",
    )  # fmt: skip


def score_spots() -> dict[str, tuple[float, float]]:
    """Variance and bias of each kind of model, in percent."""
    found = boosting.compared().clean
    return {kind: (100 * score.variance, 100 * score.bias) for kind, score in found.items()}


class Moons(EnsemblesStage):
    """From stump to boundary."""

    @chapter("Sixty stumps bend the boundary", "boosting cuts bias")
    def sixty_stumps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = moon_plane()
        points, labels = boosting.moons()
        boosted = boosting.shown()
        dots = moon_dots(plane, points, labels, boosted.weights[0])
        with self.beat("Many points, two classes like moons. A single cut will not part them.") as beat:
            beat.over(FadeIn(dots), least=pace.LONG)
        name = words.label("boosting", ink.focus, ink.HEADLINE)
        shot.SAFE.put(name, UP + LEFT)
        cut = plane.segment(*cut_ends(plane, boosted, 0), ink.focus, 2.5 * LINE)
        with self.beat(
            "Train weak learners in sequence, each on what the last ones got wrong: boosting."
        ) as beat:
            beat.over(Create(cut), until="each", least=pace.BRISK)
            beat.over(self.swells(dots, points, boosted, 0), until="boosting", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        ada = words.label("AdaBoost", ink.focus, ink.HEADLINE)
        shot.SAFE.put(ada, UP + LEFT)
        with self.beat("Reweight the mistakes, add a learner, repeat: AdaBoost.") as beat:
            for number in range(1, EARLY):
                self.play(
                    glide(
                        cut.redraw,
                        cut_ends(plane, boosted, number - 1),
                        cut_ends(plane, boosted, number),
                        cut,
                    ),
                    run_time=pace.CALM,
                )
                self.play(self.swells(dots, points, boosted, number), run_time=pace.CALM)
            beat.over(FadeOut(name), FadeIn(ada), least=pace.BRISK)
        heavy = int(np.argmax(boosted.weights[EARLY]))
        times = len(points) * boosted.weights[EARLY, heavy]
        much = words.caption(dots[heavy], f"× {times:.1f}", LEFT, ink.focus, size=ink.AXIS)
        with self.beat("After four rounds, the heaviest point weighs many times the mean.") as beat:
            self.play(FadeOut(cut, ada), run_time=pace.QUICK)
            beat.over(self.frame.to(dots[heavy], share=0.16), FadeIn(much), until="mean", least=pace.SLOW)
            beat.over(self.frame.back(), FadeOut(much), least=pace.SLOW)
        self.landscape(plane)
        self.compare()

    @staticmethod
    def swells(dots: Dots, points: Floats, boosted: boosting.Boosted, number: int) -> Drive:
        """From the weights before that round to those after it."""
        return glide(
            dots.redraw,
            (points, radii(boosted.weights[number])),
            (points, radii(boosted.weights[number + 1])),
            dots,
        )

    def landscape(self, plane: Plane) -> None:
        """The sum of the stumps over the plane, and its zero line."""
        points, labels = boosting.moons()
        boosted = boosting.shown()
        ground = moon_plane()
        space = Space(ground, (-2.2, 2.2), height=3.4)
        coarse = boosting.landscapes(boosted, ground.mesh(49, 33))
        surface = space.surface(coarse[1], ENSEMBLE, fill=0.28, wires=2)
        sheet = space.floor(8)
        space.look(tilt=62 * DEGREES, turn=18 * DEGREES, lift=1.0, zoom=0.74)
        law = maths("F(x) = 1/2 sum_m alpha_m h_m (x)", ink.POINT)
        shot.SAFE.put(law, UP + LEFT)
        with self.beat(
            "Each stump says plus or minus one, times its alpha. That adds a terrace to a landscape."
        ) as beat:
            self.exchange(sheet, surface, run_time=pace.BRISK)
            before = coarse[1]
            for stop in STOPS[1:4]:
                self.play(space.drive(self.rise(surface, before, coarse[stop])), run_time=pace.SLOW)
                before = coarse[stop]
            beat.rest()
        with self.beat("Sixty stumps later, the sign of the sum is the ensemble's answer.") as beat:
            self.play(FadeIn(law), run_time=pace.BRISK)
            for stop in STOPS[4:]:
                self.play(space.drive(self.rise(surface, before, coarse[stop])), run_time=pace.CALM)
                before = coarse[stop]
            beat.over(space.orbit(12 * DEGREES), least=pace.SLOW)
        fine = boosting.landscapes(boosted, plane.mesh(193, 129))
        field = plane.field(fine[-1], (SIDES[0], SIDES[1]), largest=1.0, opacity=0.35)
        contour = plane.contour(fine[-1], 0.0, ENSEMBLE, 2.5 * LINE)
        flat = moon_dots(plane, points, labels, boosted.weights[0])
        with self.beat("From above, its zero line is the boundary, and it bends around the moons.") as beat:
            self.play(space.turning(tilt=0.0, turn=0.0, lift=0.0, zoom=1.0), FadeOut(law), run_time=pace.SLOW)
            self.exchange(field, flat, run_time=pace.BRISK)
            beat.over(Create(contour), least=pace.SLOW)
        self.loss(boosted)

    def loss(self, boosted: boosting.Boosted) -> None:
        """The exponential loss on the training set, round by round."""
        plane = shot.chart(
            shot.safe(titled=False), (0, 61), (0, 1.05), x_ticks=[0, 20, 40, 60], y_ticks=[0, 0.5, 1],
            x_label="rounds", y_label="exponential loss on the training points",
        )  # fmt: skip
        values = boosting.exponential_loss(boosted, *boosting.moons())
        steps = plane.curve(np.arange(len(values)), values, WRONG, 2 * LINE)
        law = maths('"loss" = 1/n sum_i e^(-y_i F(x_i))', ink.HEADLINE)
        law.move_to(plane.at(38, 0.8))
        with self.beat(
            "Why these weights? Each round is a greedy step down the exponential loss.", pause=pace.SLOW
        ) as beat:
            self.exchange(plane, law, run_time=pace.BRISK)
            beat.over(glide(steps.reveal, 0.0, 1.0, steps), least=pace.LONG)

    @staticmethod
    def rise(surface: Surface, start: Floats, end: Floats) -> Callable[[float], object]:
        """A path from one landscape to the next."""
        return lambda share: surface.redraw(blend(start, end, share))

    def compare(self) -> None:
        """Bias and variance of the five."""
        plane = score_plane()
        spots = score_spots()
        dots = {kind: plane.dots([spots[kind]], color, radius=0.2) for kind, _, color, _ in MODELS}
        names = {
            kind: plane.label(*spot, name, side, color, gap=0.25, size=ink.AXIS)
            for kind, name, color, side, spot in self.named(spots)
        }
        error = {kind: 100 * score.error for kind, score in boosting.compared().clean.items()}
        with self.beat(
            "Now repeat it on other training sets. One stump errs in the same places: bias, nineteen percent."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over("stump", FadeIn(dots["stump"], names["stump"], scale=1.2), least=pace.BRISK)
            beat.over(words.light(names["stump"]), least=pace.CALM)
        bagged = plane.vector(spots["stump"], spots["bagged stumps"], ENSEMBLE, 1.5 * LINE)
        boost = plane.vector(spots["stump"], spots["boosted"], ENSEMBLE, 2 * LINE)
        deep = plane.vector(spots["tree"], spots["bagged trees"], ENSEMBLE, 2 * LINE)
        with self.beat("Bagging stumps leaves it there. Boosting cuts it to six percent.") as beat:
            beat.over(
                Create(bagged),
                FadeIn(dots["bagged stumps"], names["bagged stumps"]),
                until="Boosting",
                least=pace.SLOW,
            )
            beat.over(Create(boost), FadeIn(dots["boosted"], names["boosted"]), least=pace.SLOW)
        with self.beat("A full tree has little bias, and much variance. Bagging cuts that.") as beat:
            beat.over(FadeIn(dots["tree"], names["tree"]), until="Bagging", least=pace.BRISK)
            beat.over(Create(deep), FadeIn(dots["bagged trees"], names["bagged trees"]), least=pace.SLOW)
        ends = VGroup(
            *(
                plane.label(
                    *spot,
                    f"{name.split(':')[0]}: {error[kind]:.0f} % wrong",
                    side,
                    color,
                    gap=0.25,
                    size=ink.AXIS,
                )
                for kind, name, color, side, spot in self.named(spots)
                if kind in ("boosted", "bagged trees")
            )
        )
        with self.beat(
            "Stumps boosted, deep trees bagged: from opposite sides, the same eight percent error."
        ) as beat:
            beat.over(FadeOut(names["boosted"]), FadeIn(ends[0]), until="deep", least=pace.BRISK)
            beat.over(FadeOut(names["bagged trees"]), FadeIn(ends[1]), until="same", least=pace.BRISK)
            beat.over(words.light(ends[0]), words.light(ends[1]), least=pace.CALM)
        with self.beat("High variance: bag. High bias: boost.") as beat:
            beat.over(
                self.spotlight(dots["tree"], names["tree"], deep, dots["bagged trees"], ends[1]),
                until="High bias",
                least=pace.BRISK,
            )
            beat.over(
                self.spotlight(dots["stump"], names["stump"], boost, dots["boosted"], ends[0]),
                least=pace.BRISK,
            )

    @staticmethod
    def named(
        spots: dict[str, tuple[float, float]],
    ) -> list[tuple[str, str, ManimColor, npt.ArrayLike, tuple[float, float]]]:
        """Kind, name, colour, side and place of the name of each model."""
        places = {"bagged trees": (1.75, 9.0)}
        bias = {kind: f": bias {spots[kind][1]:.0f} %" for kind in ("stump", "boosted")}
        return [
            (kind, name + bias.get(kind, ""), color, side, places.get(kind, spots[kind]))
            for kind, name, color, side in MODELS
        ]
