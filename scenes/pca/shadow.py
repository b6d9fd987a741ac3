"""What the shadow keeps, the drop loses: projection, score, reconstruction error, and why the long axis is best."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.value import Value
from scenes.maths.pca import axes
from scenes.pca.stage import AXIS, KEPT, LOST, PcaStage, maths
from scenes.pca.turned import iris_axes, iris_plane, wide_plane

POINT: Final = np.array([2.0, 1.0])
"""The point of which one triangle is shown."""
DIAGONAL: Final = axes.direction(45.0)
"""The long axis of the five points."""


def square(start: Floats, end: Floats, side: int) -> Floats:
    """(4, 2): the square on the segment from ``start`` to ``end``, at its left (1) or right (-1)."""
    along = end - start
    out = side * np.array([-along[1], along[0]])
    return np.array([start, end, end + out, start + out])


def box(room: shot.Region, low: float, high: float) -> Floats:
    """(4, 2): the part of a bar that fills ``room`` from the share ``low`` to ``high`` of its width."""
    left, right = (room.left + share * room.width for share in (low, high))
    return np.array([(left, room.bottom), (right, room.bottom), (right, room.top), (left, room.top)])


class Shadow(PcaStage):
    """Keep one number a point: which line is best?"""

    @chapter("What the shadow keeps, the drop loses", "projection", "reconstruction error")
    def shadow_and_drop(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.drop_one_point()
        self.read_pythagoras()
        self.turn_the_line()

    def drop_one_point(self) -> None:
        """A point, its shadow on the axis, and the drop between them."""
        plane = self.plane = wide_plane()
        rows = axes.centred(axes.FIVE)
        foot = (POINT @ DIAGONAL) * DIAGONAL
        dots = plane.dots(rows, ink.chalk, radius=0.14)
        axis = self.axis = plane.line((-DIAGONAL[1], DIAGONAL[0]), 0.0, color=AXIS, width=THIN)
        v = plane.vector((0, 0), DIAGONAL, AXIS, 2 * LINE)
        drop = plane.segment(POINT, foot, LOST, 2 * LINE)
        shade = plane.dots([foot], KEPT, radius=0.13)
        score = plane.segment((0, 0), foot, KEPT, 2.5 * LINE)
        self.add(*dots)
        names = {
            "v": plane.label(0.5 * DIAGONAL[0], 0.5 * DIAGONAL[1], "v", UP + LEFT, AXIS, 0.1, ink.LABEL),
            "z": plane.label(0.62 * foot[0], 0.62 * foot[1], "z", UP + LEFT, KEPT, 0.12, ink.LABEL),
        }
        projection, score_, error = (
            words.label(text, color, 1.1 * ink.POINT)
            for text, color in (("projection", KEPT), ("score z", KEPT), ("reconstruction error", LOST))
        )
        told = (projection, score_, error)
        for each in told:
            shot.SAFE.put(each, DOWN + RIGHT)
        self.pin(*told)
        with self.beat("Suppose you may keep one number for each point. Which number?") as beat:
            beat.over(Create(axis), until="Which", least=pace.CALM)
            beat.over(
                self.frame.to(plane.dots([(0, 0), (2, 2)]), share=0.98),
                FadeIn(v, names["v"]),
                least=pace.CALM,
            )
        with self.beat("The projection is the point's shadow on the line, dropped at a right angle.") as beat:
            beat.over(Create(drop), FadeIn(projection), until="dropped", least=pace.CALM)
            beat.over(FadeIn(shade))
        with self.beat(
            "Where the shadow lands is one number, the score z: its signed distance from the mean."
        ) as beat:
            beat.over(
                FadeOut(v, names["v"], projection),
                FadeIn(score_),
                Create(score),
                FadeIn(names["z"]),
                least=pace.CALM,
            )
        ghost = plane.dots([POINT], ink.chalk, "ring", radius=0.16)
        with self.beat(
            "Go back from z alone, and you get the shadow, not the point. "
            "The squared distance between them is the reconstruction error."
        ) as beat:
            beat.over(FadeIn(ghost), FadeOut(score_), until="squared")
            beat.over(FadeIn(error), words.light(drop, ink.chalk))
        with self.beat(
            "What the score keeps, and what the drop loses: how do these two add up, for any line?"
        ) as beat:
            beat.over(words.light(score, ink.chalk), least=pace.CALM)
            self.play(FadeOut(error), run_time=pace.QUICK)

    def read_pythagoras(self) -> None:
        """Squares on the three sides: five is four and a half plus one half."""
        plane = self.plane
        origin = np.zeros(2)
        foot = (POINT @ DIAGONAL) * DIAGONAL
        sides = [
            (origin, POINT, -1, ink.chalk),
            (origin, foot, 1, KEPT),
            (foot, POINT, 1, LOST),
        ]
        squares = [plane.polygon(square(a, b, side), color, LINE, 0.3) for a, b, side, color in sides]
        texts = [
            plane.label(
                float(square(a, b, side)[:, 0].mean()),
                float(square(a, b, side)[:, 1].mean()),
                f"{((b - a) ** 2).sum():.3g}",
                np.zeros(3),
                ink.chalk,
                size=ink.LABEL,
            )
            for a, b, side, color in sides
        ]
        far, kept, lost = (((b - a) ** 2).sum() for a, b, _, _ in sides)
        law = maths(
            f"{{{{ {far:.0f} : d }}}} = {{{{ {kept:.1f} : z }}}} + {{{{ {lost:.1f} : e }}}}",
            1.3 * ink.HEADLINE,
            {"z": KEPT, "e": LOST},
        )
        shot.SAFE.put(law, DOWN + RIGHT)
        self.pin(law)
        with self.beat(
            "Pythagoras: the squared distance from the mean, five, is the squared score plus "
            "the squared drop."
        ) as beat:
            self.play(self.frame.to(*squares, share=0.95, at=(-2.4, 0.0)), run_time=pace.CALM)
            beat.over("distance", FadeIn(squares[0], texts[0]), until="score")
            beat.over("score", FadeIn(squares[1], texts[1]), until="drop")
            beat.over("drop", FadeIn(squares[2], texts[2]), words.write(law))
        with self.beat(
            "The four outer points split alike. Over n minus one, their parts add up to the eigenvalues."
        ) as beat:
            beat.over(*(words.light(each) for each in texts[1:]), until="Over")
            beat.over(words.light(law), least=pace.CALM)
        general = maths(
            "norm(bold(x) - mu)^2 = {{ z^2 : z }} + norm(bold(x) - hat(bold(x)))^2",
            1.15 * ink.POINT,
            {"z": KEPT},
        )
        shot.SAFE.put(general, UP + RIGHT)
        self.pin(general)
        with self.beat(
            "The distance is fixed. So the largest squared scores and the smallest errors "
            "are one and the same goal."
        ) as beat:
            beat.over(words.write(general), FadeOut(self.axis), until="largest")
            beat.over(words.light(general))
        self.clear_stage()
        self.play(self.frame.back(), run_time=pace.QUICK)

    def turn_the_line(self) -> None:
        """A line turns through the irises; what it keeps and what it loses are two parts of one bar."""
        self.shot(shot.wide())
        whole = shot.SAFE
        plane = iris_plane()
        lines = iris_axes(plane)
        rows = axes.centred(self.leaves)
        cloud = plane.dots(rows, ink.chalk, radius=0.075)
        angle = Value(90.0)
        line = plane.line((1.0, 0.0), 0.0, color=AXIS, width=LINE)
        drops = plane.segment(rows, rows, LOST, THIN)
        feet = plane.dots(rows, KEPT, radius=0.06)

        def turn(degrees: float) -> Changed:
            along = axes.direction(degrees)
            shadows = axes.shadows(rows, along)
            line.redraw((-along[1], along[0]), 0.0)
            drops.redraw(rows, shadows)
            feet.redraw(shadows)
            return (line, drops, feet)

        angle.draws(turn)
        angle.set(90.0)
        room = shot.Region(whole.left, whole.top - 0.8, whole.left + 5.6, whole.top)
        ground = shot.bare()
        total = axes.split(rows, DIAGONAL).total
        bars = [ground.polygon(box(room, 0.0, 1.0), color, THIN, 0.85) for color in (KEPT, LOST)]

        def fill(degrees: float) -> Changed:
            share = axes.split(rows, axes.direction(degrees)).kept / total
            bars[0].redraw(box(room, 0.0, share))
            bars[1].redraw(box(room, share, 1.0))
            return tuple(bars)

        angle.draws(fill)
        below = shot.Region(room.left, room.bottom - 0.5, room.right, room.bottom - 0.1)
        names = [
            below.put(words.label("kept", KEPT, ink.AXIS), LEFT),
            below.put(words.label("lost", LOST, ink.AXIS), RIGHT),
        ]
        with self.beat("Back to the irises. Turn the line, and drop every flower on it.") as beat:
            self.play(FadeIn(lines, cloud), run_time=pace.QUICK)
            beat.over(FadeIn(line, drops, feet, *bars, *names), FadeOut(lines[2], lines[3]), until="Turn")
            beat.over("Turn", angle.to(60.0), least=pace.SLOW)
        with self.beat(
            "Blue is what the shadows keep, red what the drops lose. Their sum stays the same."
        ) as beat:
            beat.over(angle.to(0.0), least=pace.LONG)
        best = axes.angle(axes.components(rows).axes[:, 0])
        with self.beat(
            "Most is kept, and least is lost, where the line lies on the first eigenvector."
        ) as beat:
            beat.over(angle.to(best), least=pace.LONG)
        law = maths(
            "max_(norm(bold(v)) = 1) bold(v)^top C bold(v) = lambda_1", 1.15 * ink.POINT, {"bold(v)": AXIS}
        )
        shot.SAFE.put(law, DOWN + RIGHT)
        self.pin(*bars, *names, law)
        with self.beat(
            "The variance along v is v transposed C v. Among arrows of length one, the first "
            "eigenvector has most of it."
        ) as beat:
            beat.over(words.write(law), until="first")
            beat.over(self.frame.to(feet, share=1.0), least=pace.CALM)
        with self.beat(
            "So the mean error that is left is known from the fitted points: the eigenvalues you drop."
        ) as beat:
            beat.over(words.light(bars[1]), words.light(names[1]), least=pace.CALM)
