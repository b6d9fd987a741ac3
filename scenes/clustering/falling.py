"""Inertia, and why it falls."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.clustering.rounds import walked
from scenes.clustering.stage import (
    BALL,
    BIG,
    CENTROID,
    CLUSTERS,
    MARK,
    UNKNOWN,
    ClusteringStage,
    Floats,
    dye,
    glow,
    in_row,
    maths,
    petal_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE, THIN
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data

BOWL: Final = 9.6 / 173
"""Units of the plane of squares for one unit of inertia."""
BELOW: Final = -0.6
"""How far below the points the centroids stand in the plane of squares."""
NEAR_PLACE: Final = (2.4, 0.3)
"""Where the bars stand when the frame is near, so that they hardly wander on the way there."""


def poses() -> list[tuple[Floats, npt.NDArray[np.intp]]]:
    """Centroids (2,) and labels (5,) after each half-step by hand, until nothing changes."""
    rounds = kmeans.by_hand()
    found = []
    for number, now in enumerate(rounds[:-1]):
        found += [(now.centroids[:, 0], now.labels), (rounds[number + 1].centroids[:, 0], now.labels)]
    return found


def corners(centroids: Floats, labels: npt.NDArray[np.intp]) -> Floats:
    """Corners (5, 4, 2) of the square that stands on each of the five points' way to its centroid."""
    x, to = data.FIVE[:, 0], centroids[labels]
    left, right = np.minimum(x, to), np.maximum(x, to)
    size = right - left
    zero = np.zeros_like(size)
    return np.stack(
        [np.column_stack(pair) for pair in ((left, zero), (right, zero), (right, size), (left, size))], axis=1
    )


class Wells(VGroup):
    """The five points with a true square on each way to the centroid, and a bar of inertia for each half-step."""

    def __init__(self) -> None:
        super().__init__()
        left, right = shot.safe(titled=False).columns(1.12, 1, gap=0.5)
        self.plane = left.plane(
            (-0.7, 11.9),
            (-1.2, 10.1),
            equal=True,
            x_ticks=data.FIVE[:, 0].tolist(),
            y_ticks=[],
            tick_size=1.2 * ink.AXIS,
        )
        self.plane.frame.set_stroke(opacity=0)
        (x0, y0), (x1, _) = self.plane.limits
        self.plane.add(self.plane.segment((x0, y0), (x1, y0), ink.faint, THIN))
        self.squares = VGroup(*(Polygon(self.plane, color=UNKNOWN, width=THIN, fill=0.25) for _ in data.FIVE))
        self.dots = self.plane.dots(in_row(data.FIVE, 0), radius=BALL)
        self.marks = self.plane.dots(in_row(data.FIVE[:2], BELOW), CENTROID, "diamond", radius=MARK)
        self.chart = chart(right, (0.4, 6.6), (-8, 190), x_ticks=[], y_ticks=[])
        self.chart.frame.set_stroke(opacity=0)
        (a, _), (b, _) = self.chart.limits
        self.chart.add(self.chart.segment((a, 0), (b, 0), ink.faint, THIN))
        self.falls = kmeans.half_steps(data.FIVE, kmeans.by_hand())[: len(poses())]
        self.bars = VGroup(
            *(
                self.chart.bars([number + 1], [fall], CENTROID if number % 2 else ink.quiet, 0.72)
                for number, fall in enumerate(self.falls)
            )
        )
        self.numbers = VGroup(
            *(
                words.headline(f"{fall:.3g}", size=ink.LABEL).next_to(
                    self.chart.at(number + 1, fall), UP, buff=0.12
                )
                for number, fall in enumerate(self.falls)
            )
        )
        self.names = VGroup(
            words.headline("after assign", ink.quiet, ink.AXIS).next_to(
                self.chart.at(1.5, self.falls[0] - 8), RIGHT, buff=0.15
            ),
            words.headline("after update", CENTROID, ink.AXIS).next_to(
                self.chart.at(2.5, self.falls[1] + 9), RIGHT, buff=0.15
            ),
        )
        self.pose(*poses()[0])

    def pose(self, centroids: Floats, labels: npt.NDArray[np.intp]) -> list[Mobject]:
        """Squares and colours for ``centroids`` (2,) and ``labels`` (5,)."""
        self.lie(corners(centroids, labels))
        for square, label in zip(self.squares, labels, strict=True):
            square.set_stroke(CLUSTERS[label]).set_fill(CLUSTERS[label])
        dye(self.dots, labels)
        self.marks.redraw(in_row(centroids, BELOW))
        return [self.squares, self.dots, self.marks]

    def lie(self, shapes: Floats) -> VGroup:
        """The squares have these corners (5, 4, 2)."""
        for square, rim in zip(self.squares, shapes, strict=True):
            square.redraw(rim)
        return self.squares

    @property
    def parts(self) -> list[Mobject]:
        """All parts, from behind."""
        return [
            self.plane,
            self.squares,
            self.dots,
            self.marks,
            self.chart,
            self.bars,
            self.numbers,
            self.names,
        ]


class Falling(ClusteringStage):
    """Inertia, and why it falls."""

    # --- inertia

    @chapter("Inertia can only go down", "inertia going down", goes_on=True)
    def inertia_goes_down(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.measure_the_threads()
        self.see_the_squares()
        self.slide_to_the_mean()
        self.fall_on()

    def measure_the_threads(self) -> None:
        """From each iris a thread to its centroid, and the sum of their squares."""
        plane = petal_plane()
        run = walked(plane)
        self.add(plane, run)
        spokes = VGroup(*run.spokes())
        formula = Tag(
            maths("{{ J : all }} = sum_i {{ norm(x_i - mu_(c_i))^2 : one }}", BIG).move_to(
                plane.at(2.35, 2.25)
            )
        )
        name = Tag(words.headline("inertia", size=ink.HEADLINE).move_to(plane.at(2.35, 1.45)))
        with self.beat(
            "Is this a good grouping? Take each flower's distance to its centroid, and square it."
        ) as beat:
            self.remove(run.dots, run.marks)
            self.add(run.cells, spokes, run.dots, run.marks)
            beat.over(
                "distance",
                LaggedStart(*(Create(each) for each in spokes), lag_ratio=pace.LAG),
                until="square",
            )
            beat.over(*(words.light(each, ink.chalk) for each in spokes))
        with self.beat(
            "Add up the squares, and you have the inertia, J, also called the within-cluster sum of squares.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(formula), until="inertia")
            beat.over(FadeIn(name), words.light(formula.text.part("all"), ink.focus), until="also")
            beat.over(words.light(formula.text.part("one"), ink.chalk))

    def see_the_squares(self) -> None:
        """By hand the squares are drawn."""
        self.wells = wells = Wells()
        flat = corners(*poses()[0])
        flat[:, 2:, 1] = 0
        with self.beat(
            "By hand you can see each square. Five points, and the two centroids where they began."
        ) as beat:
            beat.until("Five")
            wells.lie(flat)
            self.exchange(wells.plane, wells.squares, wells.dots, wells.marks)
            self.shot(shot.split(titled=False))
            beat.over(glide(wells.lie, flat, corners(*poses()[0]), wells.squares))
        with self.beat("Together they are 173.") as beat:
            beat.over(
                FadeIn(wells.chart, wells.names[0]),
                glide(wells.bars[0].redraw, [0.0], [wells.falls[0]]),
                FadeIn(wells.numbers[0]),
            )

    def slide_to_the_mean(self) -> None:
        """The centroid slides along, and the sum of squares draws a bowl."""
        wells, plane = self.wells, self.wells.plane
        labels = poses()[0][1]
        own = self.five[labels == 1]
        places = np.linspace(0.7, 11.6, 90)
        heights = ((places[:, None] - own) ** 2).sum(axis=1) * BOWL
        curve = plane.curve(places, heights, ink.chalk, LINE)
        ball = plane.dots([(1.0, 0.0)], CENTROID, radius=0.16)
        end = poses()[1][0][1]

        def slide(place: float) -> list[Mobject]:
            wells.pose(np.array([0.0, place]), labels)
            ball.redraw([(place, float(((place - own) ** 2).sum()) * BOWL)])
            return [wells.squares, wells.dots, wells.marks, ball]

        name = Tag(words.headline("sum of these squares", size=ink.AXIS).move_to(plane.at(6.2, 9.5)))
        floor = Tag(
            words.headline("the mean", CENTROID, ink.AXIS).move_to(plane.at(6.25, 62.75 * BOWL + 2.6))
        )
        with self.beat("Now slide one centroid along. The sum of its squares draws a bowl.") as beat:
            slide(1.0)
            beat.over(FadeIn(ball), until="sum")
            beat.over(
                glide(slide, 1.0, 11.0, wells.squares, wells.dots, wells.marks, ball),
                Create(curve),
                FadeIn(name),
                least=pace.LONG,
            )
        with self.beat("Its floor is the mean. So the update step goes to the floor.") as beat:
            beat.over(
                glide(slide, 11.0, end, wells.squares, wells.dots, wells.marks, ball),
                least=pace.SLOW,
            )
            beat.over(
                FadeIn(floor),
                glide(wells.bars[1].redraw, [0.0], [wells.falls[1]]),
                FadeIn(wells.numbers[1], wells.names[1]),
            )
        with self.beat(
            "That is why distances are squared: without squares, the floor would be the median."
        ) as beat:
            beat.over(glow(*wells.squares), until="without")
            beat.over(words.light(curve, CENTROID), words.light(floor.text, ink.chalk))
        self.leave(curve, ball, name, floor, run_time=pace.QUICK)

    def step(self, number: int) -> list[Animation]:
        """The animations of one half-step: squares, centroids, and the next bar."""
        wells = self.wells
        (c0, l0), (c1, l1) = poses()[number - 1], poses()[number]
        before, after = corners(c0, l0), corners(c1, l1)

        def go(centroids: Floats, shapes: Floats) -> list[Mobject]:
            wells.pose(centroids, l1)
            wells.lie(shapes)
            return [wells.squares, wells.dots, wells.marks]

        return [
            glide(go, (c0, before), (c1, after), wells.squares, wells.dots, wells.marks),
            glide(wells.bars[number].redraw, [0.0], [wells.falls[number]]),
            FadeIn(wells.numbers[number]),
        ]

    def fall_on(self) -> None:
        """The remaining half-steps."""
        with self.beat("Assign: the point one takes a nearer centroid, so its square shrinks.") as beat:
            beat.over("nearer", *self.step(2))
        with self.beat("Neither step raises inertia. Round after round it falls, or stays.") as beat:
            beat.over(*self.step(3), until="Round", least=pace.CALM)
            beat.over(*self.step(4), until="falls", least=pace.CALM)
            beat.over(*self.step(5), least=pace.CALM)
        wells = self.wells
        with self.beat(
            "A round that changes the groups lowers inertia, so no grouping returns. There are finitely many: it must"
            " stop."
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in wells.dots), until="so no")
            beat.over(*(words.light(number) for number in wells.numbers), until="finitely")
            beat.over(glow(*wells.squares))
        with self.beat("It has converged: neither step lowers inertia any more.") as beat:
            beat.over(
                self.frame.to(*wells.bars[1:], *wells.numbers[1:], share=0.55, at=NEAR_PLACE),
                FadeOut(wells.names),
                until="neither",
                least=pace.LONG,
            )
            beat.over(words.light(wells.numbers[5], CENTROID))
        with self.beat(
            "Here this is the lowest there is. Elsewhere another grouping may be lower: converged does not mean best."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(wells.names), until="converged", least=pace.SLOW)
            beat.over(*(words.light(square, ink.chalk) for square in wells.squares))
