"""Five points become one table: deviations, variances, a covariance, the covariance matrix."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, UP, FadeIn, FadeOut, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.pca import axes
from scenes.pca.stage import KEPT, LOST, PcaStage, maths

LIMITS: Final = (-3.4, 5.6)
"""Data units that the plane by hand shows, both ways."""
REACH: Final = 3.3
"""Data units above and below the origin that are seen from near."""
RADIUS: Final = 0.17
"""Scene units of a dot by hand."""
FLAT: Final = np.array([1.0, 0.0])
"""Part of a point across."""


def hand_plane() -> Plane:
    """The plane of the five points: equal units, and room at its right."""
    picture, _ = shot.picture_and_column(6.2, titled=False).places
    return picture.plane(
        LIMITS,
        LIMITS,
        equal=True,
        x_ticks=(-2, 2, 4),
        y_ticks=(-2, 2, 4),
        tick_size=ink.AXIS,
    )


def near_plane() -> Plane:
    """The plane around the origin, in the left half of the frame, without numbers."""
    safe = shot.safe(titled=False)
    half = shot.Region(safe.left, safe.bottom, safe.left + safe.height, safe.top)
    plane = half.plane((-REACH, REACH), (-REACH, REACH), equal=True, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def cross(plane: Plane, low: float, high: float) -> VGroup:
    """The two lines through the origin."""
    return VGroup(
        plane.segment((low, 0), (high, 0), ink.faint, LINE),
        plane.segment((0, low), (0, high), ink.faint, LINE),
    )


def standing(point: Floats, side: int) -> Floats:
    """(4, 2): the square on a point's deviation across, above (``side`` 1) or below (-1) it."""
    x, y = point
    high = y + side * abs(x)
    return np.array([(0.0, y), (x, y), (x, high), (0.0, high)])


def spanned(point: Floats) -> Floats:
    """(4, 2): the rectangle between the origin and a point."""
    x, y = point
    return np.array([(0.0, 0.0), (x, 0.0), (x, y), (0.0, y)])


class Table(PcaStage):
    """Mean-centring, variance, covariance, and the table that holds them."""

    @chapter("Five points, one table", "covariance matrix and its ellipse")
    def five_points_one_table(self) -> None:
        self.untitled()
        _, self.column = self.shot(shot.picture_and_column(6.2, titled=False))
        self.centre_them()
        self.square_the_deviations()
        self.multiply_the_deviations()
        self.lock_them_into_a_table()

    def centre_them(self) -> None:
        """The cloud slides until its mean is the origin."""
        plane = self.plane = hand_plane()
        points, rows = axes.FIVE, axes.centred(axes.FIVE)
        dots = self.dots = plane.dots(points, ink.chalk, radius=RADIUS)
        mean = plane.dots([points.mean(axis=0)], ink.focus, "cross", radius=0.24)
        lines = cross(plane, *LIMITS)
        with self.beat("Sixty-four features are many. Take two of them, and five points.") as beat:
            self.play(FadeIn(plane, lines), run_time=pace.BRISK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), until="five", least=pace.CALM)
        name = self.column.put(words.headline("mean-centring", ink.focus), UP + LEFT)
        with self.beat(
            "Mean-centring: subtract each feature's mean, so that the cloud's middle is the origin."
        ) as beat:
            beat.over(FadeIn(mean, name), until="subtract")
            beat.over(
                "subtract",
                glide(dots.redraw, points, rows),
                glide(mean.redraw, points.mean(axis=0)[None], np.zeros((1, 2))),
                least=pace.LONG,
            )
        self.come_nearer(plane, dots, mean, name, lines)

    def come_nearer(self, plane: Plane, dots: Dots, *gone: Mobject) -> None:
        """The centred points again, on a larger plane around the origin, into which they move."""
        near = self.plane = near_plane()
        rows = axes.centred(axes.FIVE)
        seen = near.inverse(plane.at(rows))[:, :2]
        self.dots = near.dots(seen, ink.chalk, radius=RADIUS)
        self.cross = cross(near, -REACH, REACH)
        self.remove(*dots)
        self.add(*self.dots)
        self.play(
            FadeOut(plane, *gone), FadeIn(self.cross), glide(self.dots.redraw, seen, rows), run_time=pace.CALM
        )

    def square_the_deviations(self) -> None:
        """A square on each deviation across: their areas are added and averaged."""
        rows = axes.centred(axes.FIVE)
        plane = self.plane
        sides = np.where(rows[:, 0] == 2, -1, 1)
        sides[1] = -1
        squares = [
            plane.polygon(standing(row, int(side)), KEPT, LINE, 0.35)
            for row, side in zip(rows, sides, strict=True)
        ]
        thin = [standing(np.array([1e-6, row[1]]), 1) for row in rows]
        total = float((rows[:, 0] ** 2).sum())
        name = words.headline("variance", KEPT)
        terms = "+".join(f"{value:.0f}" for value in rows[:, 0] ** 2)
        adds = words.label(f"${terms} = {total:.0f}$", size=ink.POINT)
        share = words.label(
            f"$display(frac({total:.0f}, n - 1) = frac({total:.0f}, 4) = {total / 4:.1f})$",
            size=1.3 * ink.POINT,
        )
        self.column.stack(name, adds, share, gap=0.6)
        with self.beat(
            "Variance: square the deviations from the mean, so that plus and minus do not cancel, and add them up."
        ) as beat:
            beat.over(FadeIn(name), until="square")
            beat.over(
                "square",
                *(
                    glide(square.redraw, start, standing(row, int(side)))
                    for square, start, row, side in zip(squares, thin, rows, sides, strict=True)
                ),
                until="add",
                least=pace.SLOW,
            )
            beat.over("add", words.write(adds))
        with self.beat(
            "Divide by n minus one, because five deviations from their own mean leave four free. "
            "Two and a half."
        ) as beat:
            beat.over(words.write(share), until="because")
            beat.over(*(FadeOut(square) for square in squares[:-1]), until="Two", least=pace.BRISK)
            beat.over(words.light(share))
        self.play(FadeOut(squares[-1], name, adds, share), run_time=pace.QUICK)

    def multiply_the_deviations(self) -> None:
        """A rectangle from the origin to each point: blue where both deviations have one sign."""
        rows = axes.centred(axes.FIVE)
        plane, dots = self.plane, self.dots
        boxes = [plane.polygon(spanned(1e-3 * row), KEPT, LINE, 0.35) for row in rows]
        products = rows[:, 0] * rows[:, 1]
        total = float(products.sum())
        name = words.headline("covariance", KEPT)
        adds = maths("+".join(f"{value:.0f}" for value in products) + f" = {total:.0f}", ink.POINT)
        share = maths(f"{total:.0f} / 4 = {total / 4:.0f}", 1.3 * ink.POINT)
        self.column.stack(name, adds, share, gap=0.6)
        with self.beat(
            "Covariance: multiply the two deviations of each point. The products add up to eight; over four: two."
        ) as beat:
            beat.over(FadeIn(name), until="multiply")
            beat.over(
                "multiply",
                *(
                    glide(box.redraw, spanned(1e-3 * row), spanned(row))
                    for box, row in zip(boxes, rows, strict=True)
                ),
                until="add",
                least=pace.SLOW,
            )
            beat.over("add", words.write(adds), until="over")
            beat.over("over", words.write(share))
        turned = rows * [-1.0, 1.0]
        against = maths(f"(-{total:.0f}) / 4 = -{total / 4:.0f}", 1.3 * ink.POINT)
        against.move_to(share, aligned_edge=LEFT)
        with self.beat(
            "It is positive: the two rise together. Mirror the cloud, and it is negative: one rises as the other falls."
        ) as beat:
            beat.over(words.light(share), until="Mirror")
            beat.over(
                "Mirror",
                glide(dots.redraw, rows, turned),
                *(self.mirror(box, row) for box, row in zip(boxes, rows, strict=True)),
                FadeOut(share, adds),
                FadeIn(against),
                until="one rises",
                least=pace.LONG,
            )
            beat.over(words.light(against))
        self.play(
            glide(dots.redraw, turned, rows),
            FadeOut(*boxes, name, against),
            run_time=pace.CALM,
        )

    def mirror(self, box: Polygon, row: Floats) -> Drive:
        """An animation: the rectangle of a point goes to the other side, and takes the colour of a negative product."""

        def state(share: float) -> Polygon:
            across = 1 - 2 * share
            box.redraw(spanned(row * [across, 1.0]))
            color = LOST if across < 0 else KEPT
            box.set_stroke(color)
            box.set_fill(color)
            return box

        return glide(state, 0.0, 1.0, box)

    def lock_them_into_a_table(self) -> None:
        """The covariance matrix, and its formula."""
        table = axes.covariance(axes.FIVE)
        (a, b), (_, d) = table
        matrix = words.label(
            f'$C = mat(delim: "[", column-gap: #0.9em, row-gap: #0.5em, {a:.1f}, {b:.0f}; {b:.0f}, {d:.1f})$',
            size=1.25 * ink.HEADLINE,
        )
        name = words.headline("covariance matrix", size=ink.HEADLINE)
        law = maths('C = 1 / (n - 1) thin X_"c"^top X_"c"', 1.1 * ink.POINT)
        self.column.stack(name, matrix, law, gap=0.7)
        with self.beat(
            "Variances and covariances in one symmetric table: that is the covariance matrix, C. "
            "The variances stand on its diagonal."
        ) as beat:
            beat.over(FadeIn(name), words.write(matrix), until="The variances", least=pace.CALM)
            beat.over(words.light(matrix), least=pace.QUICK)
        with self.beat(
            "With the centred rows in X, it is X transposed times X, over n minus one. "
            "So centre first, or its long axis may point at the mean instead."
        ) as beat:
            beat.over(words.write(law), until="So")
            beat.over("So", words.light(law), least=pace.BRISK)
        ends = np.array([FLAT, table @ FLAT])
        arrow = self.plane.vector((0, 0), FLAT, ink.focus, 2 * LINE)
        with self.beat(
            "Each entry says how two features vary together. What follows needs this table and the means."
        ) as beat:
            beat.over(words.light(matrix), least=pace.SLOW)
        with self.beat("And what does such a table do to an arrow?") as beat:
            beat.over(FadeOut(name, law), FadeIn(arrow), until="do")
            beat.over(
                glide(arrow.redraw, ((0, 0), ends[0]), ((0, 0), ends[1])),
                self.frame.to(arrow, matrix, share=0.95),
                least=pace.SLOW,
            )
