"""The boundaries of a grid search as one picture of twelve tiles, and the folds of one of them."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, Mobject, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.small_multiples import SmallMultiples
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, search
from scenes.svm.margin import LARGE
from scenes.svm.stage import BOUNDARY

ACROSS, UPWARD = (-2.29, 3.49), (-1.4, 1.85)
"""Limits of each tile of the gallery, in units of the moons."""
TICKS, HEAD = 1.0, 0.6
"""Scene units beside the gallery for the values of gamma, and above it for its name."""
FULL = 0.8
"""Share of the largest value of a decision function at which its field is full."""
SHOWN = (1, 2)
"""Row and column of the pair that is looked at, and wins: gamma 1 and C 10."""
DARKEST = 0.82
GRAIN = 0.035
"""Radius of a point of a tile, in scene units."""
FILLING = ink.FRAME_HEIGHT / (ink.FRAME_HEIGHT - ink.CAPTION_BAND)
"""Share of what captions leave free that a tile takes which is as high as the frame."""


def axes_of(plane: Plane, across: int, up: int) -> tuple[Floats, Floats]:
    """Where a function is sampled: the columns (nx,) and rows (ny,) of the plane's mesh."""
    mesh = plane.mesh(across, up)
    return mesh[0, :, 0], mesh[:, 0, 1]


class Gallery:
    """Twelve boundaries in a grid, C to the right and gamma upwards; numbered in reading order."""

    def __init__(self, room: shot.Region) -> None:
        moons = kernel.moons()
        rows, columns = len(search.GAMMAS), len(search.PRICES)
        below = 0.65
        self.panes = SmallMultiples(
            rows,
            columns,
            ACROSS,
            UPWARD,
            room.width - TICKS,
            room.height - HEAD - below,
            gap=0.16,
        )
        self.panes.move_to((room.right, room.bottom + below, 0.0), aligned_edge=RIGHT + DOWN)
        planes = self.panes.planes
        grid = search.search(*axes_of(planes[0], 48, 30))
        self.level = grid.level[::-1].reshape(rows * columns, *grid.level.shape[2:])
        self.score = 100 * grid.score[::-1].ravel()
        self.shown = (rows - 1 - SHOWN[0]) * columns + SHOWN[1]
        self.filling = ink.FRAME_HEIGHT / float(planes[0].box[2, 1] - planes[0].box[0, 1])
        self.fine = axes_of(planes[self.shown], 150, 90)
        self.sharp = search.landscape(*self.pair(self.shown), *self.fine)
        self.tour = search.tour(*self.pair(self.shown), *self.fine)
        self.tied = np.flatnonzero(self.score >= self.score[self.shown] - 100 * self.tour.error).tolist()
        levels = [self.sharp if n == self.shown else each for n, each in enumerate(self.level)]
        # A machine of small C has a flat landscape: each tile is painted up to its own height.
        self.fields = [
            plane.field(each, largest=FULL * float(np.abs(each).max()))
            for plane, each in zip(planes, levels, strict=True)
        ]
        self.clouds = [
            VGroup(
                *(
                    backdrop(plane.cloud(moons.points[moons.sides == side], color, radius=GRAIN))
                    for side, color in ((-1.0, ink.first), (1.0, ink.second))
                )
            )
            for plane in planes
        ]
        self.shores = [
            plane.contour(each, color=BOUNDARY, width=4.0) for plane, each in zip(planes, levels, strict=True)
        ]
        self.veils = [plane.polygon(plane.corners, ink.ground, width=0.0) for plane in planes]
        self.scores = [
            Tag(words.label(f"{score:.1f}", size=LARGE), opacity=1.0).move_to(
                plane.box[1], aligned_edge=RIGHT + DOWN
            )
            for plane, score in zip(planes, self.score, strict=True)
        ]
        top, side = planes[:columns], planes[::columns]
        self.prices = VGroup(
            *(
                words.label(f"{price:g}", size=LARGE).next_to(plane.box[2:].mean(axis=0), UP, buff=0.14)
                for plane, price in zip(top, search.PRICES, strict=True)
            )
        )
        self.gammas = VGroup(
            *(
                words.label(f"{gamma:g}", size=LARGE).next_to(
                    (plane.box[0] + plane.box[3]) / 2, LEFT, buff=0.14
                )
                for plane, gamma in zip(side, search.GAMMAS[::-1], strict=True)
            )
        )
        self.price_name = words.formula("C", size=ink.POINT).next_to(self.prices[0], LEFT, buff=0.4)
        self.gamma_name = (
            words.formula("gamma", size=ink.POINT)
            .next_to(self.gammas, UP, buff=0.2)
            .align_to(self.prices, DOWN)
        )
        self.gamma_name.align_to(self.gammas, RIGHT)

    def pair(self, number: int) -> tuple[float, float]:
        """Gamma and C of a tile."""
        row, column = divmod(number, len(search.PRICES))
        return search.GAMMAS[::-1][row], search.PRICES[column]

    def tile(self, number: int) -> Group:
        """All that is drawn of one pair but its score."""
        return Group(self.fields[number], self.panes[number], self.clouds[number], self.shores[number])

    def darken(self, share: float) -> tuple[Mobject, ...]:
        """Let each tile be as bright as its score by ``share``: the best stays as it is."""
        span = np.ptp(self.score)
        for veil, score in zip(self.veils, self.score, strict=True):
            veil.set_fill(opacity=float(share * DARKEST * (self.score.max() - score) / span))
        return tuple(self.veils)


class HeldFold(VGroup):
    """The points of one fold on a tile, each ringed in its class's colour and shape; a cross on those told wrongly."""

    def __init__(self, plane: Plane, tour: search.Tour, number: int) -> None:
        moons = kernel.moons()
        held = tour.fold == number
        points, kinds = moons.points[held], (moons.sides[held] > 0).astype(int)
        wrong = points[~tour.right[held]]
        dots = plane.classes(points, kinds, radius=1.7 * GRAIN)
        self.points_of, self.crosses = (
            VGroup(dots.ring(range(len(points)), ink.focus, 2.7 * GRAIN).set_stroke(width=1.5), dots),
            plane.dots(wrong, ink.error, "cross", radius=3.2 * GRAIN),
        )
        super().__init__(self.points_of, self.crosses)
