"""Two directions that the covariance matrix does not turn: eigenvectors, eigenvalues, and the covariance ellipse."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.pca import axes
from scenes.pca.stage import AXIS, PcaStage, maths
from scenes.pca.table import RADIUS

UNIT: Final = 1.02
"""Scene units of a data unit in the wide plane."""
IRIS: Final = 1.72
"""Scene units of a centimetre in the plane of the irises."""
ASIDE: Final = 2.5
"""Scene units that the origin stands left of the middle."""
LIFT: Final = 0.25
"""Scene units that it stands above it."""
SPOKES: Final = 24
"""Arrows around the origin."""
CALM: Final = shot.Region(1.9, shot.SAFE.bottom, shot.SAFE.right, 0.4)
"""The calm part of the plane, below the long axis at the right."""
CORNER: Final = shot.Region(shot.SAFE.left, 0.2, -1.6, shot.SAFE.top)
"""The calm part above the long axis at the left."""


def wide_plane() -> Plane:
    """The plane of the centred points to the edges of the frame, its origin left of "
    "the middle, without numbers."""
    half = np.array([ink.FRAME_WIDTH, ink.FRAME_HEIGHT]) / 2
    across = (-(half[0] - ASIDE) / UNIT, (half[0] + ASIDE) / UNIT)
    up = (-(half[1] + LIFT) / UNIT, (half[1] - LIFT) / UNIT)
    plane = shot.EDGES.plane(across, up, x_ticks=[], y_ticks=[], equal=True)
    plane.frame.set_stroke(opacity=0)
    return plane


def iris_plane() -> Plane:
    """The plane of the centred irises to the edges: petal length across, sepal length up."""
    half = np.array([ink.FRAME_WIDTH, ink.FRAME_HEIGHT]) / (2 * IRIS)
    plane = shot.EDGES.plane((-half[0], half[0]), (-half[1], half[1]), x_ticks=[], y_ticks=[], equal=True)
    plane.frame.set_stroke(opacity=0)
    return plane


def iris_axes(plane: Plane) -> VGroup:
    """Lines through the mean of the irises, with the names of the measures and a centimetre."""
    (x0, y0), (x1, y1) = plane.limits
    return VGroup(
        plane.segment((x0, 0), (x1, 0), ink.faint, LINE),
        plane.segment((0, y0), (0, y1), ink.faint, LINE),
        plane.label(x1 - 0.25, 0.0, "petal length", DOWN + LEFT, ink.quiet, 0.15, ink.AXIS),
        plane.label(0.0, y0 + 0.45, "sepal length", UP + RIGHT, ink.quiet, 0.2, ink.AXIS),
    )


def spokes(plane: Plane, matrix: Floats) -> list[Arrows]:
    """Arrows of length 1 all around, as ``matrix`` (2, 2) leaves them."""
    return [
        plane.vector((0, 0), matrix @ axes.direction(angle), ink.quiet, LINE)
        for angle in np.arange(SPOKES) * 360 / SPOKES
    ]


class Turned(PcaStage):
    """Eigenvectors by eye, by hand, and as the axes of an ellipse."""

    @chapter("Two directions that C does not turn", "eigen-decomposition of the covariance")
    def two_directions_stay(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.multiply_arrows()
        self.name_them()
        self.find_by_hand()
        self.draw_the_ellipse()
        self.meet_the_irises()

    def multiply_arrows(self) -> None:
        """Arrows all around, multiplied by C: they swing, but two lines stay."""
        plane = self.plane = wide_plane()
        matrix = self.matrix = axes.covariance(axes.FIVE)
        dots = self.dots = plane.dots(axes.centred(axes.FIVE), ink.chalk, radius=RADIUS)
        arrows = self.arrows = spokes(plane, np.eye(2))
        angles = np.arange(SPOKES) * 360 / SPOKES

        def multiply(by: Floats) -> list[Arrows]:
            for arrow, angle in zip(arrows, angles, strict=True):
                arrow.redraw((0, 0), by @ axes.direction(angle))
            return arrows

        still = np.eye(2)

        self.multiply = multiply
        table = self.table = words.label(
            '$C = mat(delim: "[", column-gap: #0.9em, row-gap: #0.5em, 2.5, 2; 2, 2.5)$',
            size=1.1 * ink.HEADLINE,
        )
        shot.SAFE.put(table, UP + RIGHT)
        self.add(*dots)
        with self.beat("Draw arrows all around, through the middle of the five points.") as beat:
            beat.over(FadeIn(*arrows, lag_ratio=pace.LAG), FadeIn(table), least=pace.CALM)
        with self.beat("Multiplied by C, an arrow swings towards the long side of the cloud.") as beat:
            beat.over("swings", glide(multiply, still, matrix), least=pace.LONG)
        with self.beat("Which of them keep their line?") as beat:
            beat.over(glide(multiply, matrix, still), until="keep", least=pace.CALM)
            beat.over(glide(multiply, still, matrix), least=pace.SLOW)
        self.think()
        known = self.known = axes.components(axes.FIVE)
        lines = [plane.line((-axis[1], axis[0]), 0.0, color=AXIS, width=THIN) for axis in known.axes.T]
        own = [
            arrow
            for arrow, angle in zip(arrows, angles, strict=True)
            if min(abs(known.axes.T @ axes.direction(angle))) < 1e-6
        ]
        others = [arrow for arrow in arrows if arrow not in own]
        with self.beat("Two lines are kept, and they meet at a right angle.") as beat:
            beat.over(
                *(arrow.animate.set_fill(AXIS) for arrow in own),
                *(arrow.animate.set_fill(opacity=0.25) for arrow in others),
                *(Create(line) for line in lines),
                until="meet",
                least=pace.CALM,
            )
            beat.over(self.frame.to(*own, table, share=0.97), least=pace.CALM)
        self.own, self.others = own, others

    def name_them(self) -> None:
        """Eigenvector and eigenvalue."""
        law = maths(
            "C {{ bold(v) : v }} = {{ lambda : l }} {{ bold(v) : v2 }}", 1.4 * ink.HEADLINE, {"v2": AXIS}
        )
        names = words.label("[eigenvector v:focus]\n[eigenvalue λ:focus]", size=ink.POINT)
        CALM.put(Tag(VGroup(law, names).arrange(DOWN, buff=0.5, aligned_edge=LEFT)), DOWN + RIGHT)
        with self.beat("An eigenvector of C is a direction that C stretches but does not turn.") as beat:
            self.play(self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(law, names), least=pace.CALM)
        with self.beat("The stretch is its eigenvalue, lambda: the variance along that direction.") as beat:
            beat.over(glide(self.multiply, self.matrix, np.eye(2)), until="stretch", least=pace.QUICK)
            beat.over(
                "stretch", glide(self.multiply, np.eye(2), self.matrix), until="variance", least=pace.SLOW
            )
            beat.over(words.light(law.part("l")))

    def find_by_hand(self) -> None:
        """Both eigenvalues of the table of the five points."""
        self.clear_stage()
        self.shot(shot.formula(titled=False))
        product = words.label(
            '$mat(delim: "[", 2.5, 2; 2, 2.5) vec(delim: "[", 1, 1) '
            '= vec(delim: "[", 4.5, 4.5) = 4.5 vec(delim: "[", 1, 1)$',
            size=ink.HEADLINE,
        )
        other = words.label(
            '$mat(delim: "[", 2.5, 2; 2, 2.5) vec(delim: "[", 1, -1) '
            '= vec(delim: "[", 0.5, -0.5) = 0.5 vec(delim: "[", 1, -1)$',
            size=ink.HEADLINE,
        )
        root = maths("det(C - lambda I) = (2.5 - lambda)^2 - 2^2 = 0", ink.HEADLINE)
        VGroup(product, other, root).arrange(DOWN, buff=0.7)
        shot.safe(titled=False).put(VGroup(product, other, root))
        with self.beat("By hand: C times one, one is four and a half times one, one.") as beat:
            beat.over(words.write(product), until="four")
            beat.over(words.light(product))
        with self.beat("One, minus one comes out half as long. So these are its two eigenvalues.") as beat:
            beat.over(words.write(other), until="So")
            beat.over(words.light(other))
        with self.beat(
            "In general, lambda makes the determinant of C minus lambda I zero. "
            "Then this matrix sends an arrow to zero: the eigenvector."
        ) as beat:
            beat.over(words.write(root), until="Then")
            beat.over(words.light(root))
        self.clear_stage()

    def draw_the_ellipse(self) -> None:
        """The unit circle under the root of C: one standard deviation in each direction."""
        self.shot(shot.wide())
        plane = self.plane = wide_plane()
        known = self.known
        dots = plane.dots(axes.centred(axes.FIVE), ink.chalk, radius=RADIUS)
        turn = np.radians(np.linspace(0, 360, 121))
        circle = np.column_stack([np.cos(turn), np.sin(turn)])
        round_ = plane.polygon(circle[:-1], AXIS, 2 * LINE, 0.12)
        halves = np.sqrt(known.variances)
        arms = [
            plane.vector((0, 0), half * axis, AXIS, 2 * LINE)
            for half, axis in zip(halves, known.axes.T, strict=True)
        ]
        lengths = [
            plane.label(at * axis[0], at * axis[1], f"$sqrt({value:.1f})$", side, AXIS, size=ink.HEADLINE)
            for at, axis, value, side in (
                (halves[0], known.axes[:, 0], known.variances[0], UP + RIGHT),
                (halves[1], known.axes[:, 1], known.variances[1], DOWN),
            )
        ]
        with self.beat(
            "The root of lambda is the standard deviation that way. Drawn around the mean: "
            "the covariance ellipse."
        ) as beat:
            self.play(FadeIn(*dots), run_time=pace.QUICK)
            beat.over(
                FadeIn(*arms, *lengths),
                self.frame.to(*dots, *lengths, share=0.85, at=(0.9, 0.0)),
                until="Drawn",
                least=pace.CALM,
            )
            beat.over(
                glide(round_.redraw, circle[:-1], circle[:-1] @ axes.root(self.matrix)),
                least=pace.LONG,
            )
        total = shot.SAFE.put(
            Tag(words.label("total variance\n$4.5 + 0.5 = 2.5 + 2.5$", size=ink.POINT)), UP + LEFT
        )
        self.pin(total)
        with self.beat(
            "Its axes are the eigenvectors. Their variances add up to the same sum as the "
            "diagonal: the total variance."
        ) as beat:
            beat.over(words.light(lengths[0]), words.light(lengths[1]), until="add")
            beat.over("add", FadeIn(total))
        self.clear_stage()
        self.play(self.frame.back(), run_time=pace.QUICK)

    def meet_the_irises(self) -> None:
        """The same on real data: 150 irises, two measures."""
        rows = axes.centred(self.leaves)
        plane = iris_plane()
        ground = iris_axes(plane)
        cloud = plane.dots(rows, ink.chalk, radius=0.09)
        hoop = plane.polygon(axes.ellipse(rows)[:-1], AXIS, 2 * LINE, 0.12)
        known = axes.components(rows)
        arms = [
            plane.vector((0, 0), np.sqrt(value) * axis, AXIS, 2 * LINE)
            for value, axis in zip(known.variances, known.axes.T, strict=True)
        ]
        with self.beat(
            "Now real data: a hundred and fifty irises, by the lengths of petal and sepal. "
            "Their ellipse is long and thin."
        ) as beat:
            self.play(FadeIn(ground), run_time=pace.QUICK)
            beat.over(FadeIn(*cloud, lag_ratio=pace.LAG), until="Their", least=pace.CALM)
            beat.over(Create(hoop), FadeIn(*arms), least=pace.CALM)
        with self.beat("Along its long axis the flowers differ most. What is that good for?") as beat:
            self.play(FadeOut(ground), run_time=pace.QUICK)
            beat.over(self.frame.to(arms[0], share=0.55), least=pace.SLOW)
