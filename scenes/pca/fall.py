"""The cloud turns until its long axis lies level, falls onto a plane, and then onto a line."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.pca import axes
from scenes.pca.stage import KEPT, LOST, PcaStage, maths

REACH: Final = 4.2
"""Centimetres from the mean that the floor shows, along the longest direction."""
SIDE: Final = 2.6
"""Centimetres from the mean that the floor shows across."""
HEIGHT: Final = 1.6
"""Centimetres above and below the mean."""
DOT: Final = 0.085
ORBIT: Final = 55 * DEGREES
NAMES: Final = ("PC1", "PC2", "PC3")


def turned(rows: Floats, frame: Floats, share: float) -> Floats:
    """(n, 3): the rows, turned ``share`` of the way to where the columns of ``frame``, a rotation, are the axes.

    The turn goes around one axis (Rodrigues), so that no distance changes on the way.
    """
    goal = frame.T
    angle = float(np.arccos(np.clip((np.trace(goal) - 1) / 2, -1.0, 1.0)))
    if angle < 1e-9:
        return rows
    spin = (goal - goal.T) / (2 * np.sin(angle))
    part = share * angle
    return np.asarray(rows @ (np.eye(3) + np.sin(part) * spin + (1 - np.cos(part)) * spin @ spin).T)


class Fall(PcaStage):
    """Three measures a flower become two scores, and one."""

    @chapter("Turn the cloud, then let it fall")
    def turn_then_fall(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        rows = axes.centred(self.flowers[:, [1, 0, 2]])
        known = axes.components(rows)
        frame = known.axes * [1.0, 1.0, np.sign(np.linalg.det(known.axes))]
        plane = Plane((-REACH, REACH), (-SIDE, SIDE), 12.6, 12.6 * SIDE / REACH, x_ticks=[], y_ticks=[])
        plane.frame.set_stroke(opacity=0)
        space = Space(plane, z=(-HEIGHT, HEIGHT), height=12.6 * HEIGHT / REACH)
        space.look(tilt=68 * DEGREES, turn=-25 * DEGREES, lift=1.0, zoom=1.45)
        floor = space.floor()
        cloud = space.dots(rows, ink.chalk, radius=DOT)
        with self.beat(
            "Petal width comes in as well, and rises out of the plane: three numbers a flower."
        ) as beat:
            flat = rows * [1.0, 1.0, 0.0]
            self.play(FadeIn(floor), FadeIn(cloud), run_time=pace.QUICK)
            beat.over(glide(cloud.redraw, flat, rows, *space.nouns), least=pace.SLOW)
        with self.beat("From which side would you take its photo?") as beat:
            beat.over(space.orbit(ORBIT), least=pace.LONG)
        self.think()
        first = words.label("first principal component: most variance", size=ink.POINT)
        shot.SAFE.put(first, UP + LEFT)
        with self.beat(
            "Turn the cloud, not the axes. The first principal component has the greatest variance; "
            "it goes across."
        ) as beat:
            beat.over(
                space.drive(lambda t: cloud.redraw(turned(rows, frame, t))),
                space.orbit(-ORBIT + 25 * DEGREES),
                FadeIn(first),
                least=pace.LONG,
            )
        scores = turned(rows, frame, 1.0)
        second = words.label("second: the most at right angles to it", size=ink.POINT)
        second.next_to(first, DOWN, buff=0.25, aligned_edge=LEFT)
        with self.beat(
            "Each next one has the greatest among directions at right angles to those before."
        ) as beat:
            beat.over(FadeIn(second), space.orbit(20 * DEGREES), least=pace.SLOW)
        plate = words.headline("99 %", KEPT)
        shot.SAFE.put(plate, UP + RIGHT)
        fallen = scores * [1.0, 1.0, 0.0]
        self.play(FadeOut(first, second), run_time=pace.QUICK)
        with self.beat(
            "Let it fall on a plane: two scores keep ninety-nine percent of the variance."
        ) as beat:
            beat.over(
                glide(cloud.redraw, scores, fallen, *space.nouns),
                until="two",
                least=pace.LONG,
            )
            beat.over(FadeIn(plate), least=pace.QUICK)
        lined = scores * [1.0, 0.0, 0.0]
        less = words.headline("96 %", KEPT)
        less.move_to(plate)
        with self.beat("And on a line: one score keeps ninety-six.") as beat:
            beat.over(
                glide(cloud.redraw, fallen, lined, *space.nouns),
                FadeOut(plate),
                FadeIn(less),
                least=pace.LONG,
            )
        with self.beat(
            "The scores of different components are uncorrelated: one is no linear guess of another."
        ) as beat:
            beat.over(
                glide(cloud.redraw, lined, scores, *space.nouns), space.orbit(-20 * DEGREES), least=pace.LONG
            )
        self.clear_stage()
        self.count_them(known)

    def count_them(self, known: axes.Components) -> None:
        """Three eigenvalues, their shares, and what the first axis is made of."""
        (room,) = self.shot(shot.headline())
        ratios = 100 * known.ratios
        bars = BarChart(
            NAMES, ratios, (0, 100), room.width, room.height, decimals=1, label="explained variance ratio (%)",
            colors=[KEPT, KEPT, LOST],
        )  # fmt: skip
        room.put(bars)
        law = maths("lambda_j / (lambda_1 + lambda_2 + lambda_3)", 1.2 * ink.HEADLINE)
        room.inset(0.8, 0.9).put(law, DOWN + RIGHT)
        with self.beat(
            "Lambda over the sum of the lambdas is the explained variance ratio: how much of "
            "the whole each component holds."
        ) as beat:
            beat.over(glide(bars.redraw, 0.0 * ratios, ratios), until="explained", least=pace.CALM)
            beat.over(words.write(law), least=pace.CALM)
        self.play(FadeOut(bars, law), run_time=pace.QUICK)
        loads = BarChart(
            ("petal length", "sepal length", "petal width"), known.axes[:, 0], (0, 1), 12.4, 5.6, decimals=2,
            label="loadings of the first component",
        )  # fmt: skip
        room.put(loads)
        with self.beat(
            "The entries of an eigenvector, the loadings, say how much each feature counts. "
            "Here petal length counts most."
        ) as beat:
            beat.over(glide(loads.redraw, 0.0 * known.axes[:, 0], known.axes[:, 0]), least=pace.SLOW)
        sentence = VGroup(
            words.headline("fit the axes once,", ink.chalk), words.headline("apply them to new flowers", KEPT)
        ).arrange(DOWN, buff=0.4)
        room.put(sentence)
        with self.beat(
            "The axes are fitted once, then applied to new flowers. Their signs are arbitrary."
        ) as beat:
            beat.over(FadeOut(loads), FadeIn(sentence), least=pace.CALM)
