"""The plane of the lesson, from edge to edge: its grid that moves, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy.typing as npt
from manim import Animation, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.glide import blend
from scenes.kit.lattice import Lattice
from scenes.kit.line import Arrows, Segments
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.linear_algebra.stage import REST
from scenes.maths.linear_algebra import linear

BOLD: Final = 1.6 * LINE
"""Width of an arrow that is spoken of."""
GRID: Final = 1.5 * HAIR
"""Width of a line of the grid."""
SEEN: Final = 0.75
"""Opacity of a line of the grid."""
SPOKE: Final = 2.5
"""Units of a line on which an arrow of the ring lay."""
CROWDED: Final = 0.4
"""Area of a tile below which the lines of the grid lie too near each other to be told apart."""


class Sheet(Lattice):
    """A grid that moves; its lines step back as it falls flat, where they would lie upon each other."""

    _room = 1.0

    def redraw(self, matrix: npt.ArrayLike, shift: npt.ArrayLike = (0.0, 0.0)) -> Self:
        super().redraw(matrix, shift)
        room = min(1.0, abs(linear.signed_area(matrix)) / CROWDED)
        if room != self._room:
            self._room = room
            self.minor.set_stroke(opacity=room * SEEN)
        return self


def wide_plane(middle: tuple[float, float], unit: float) -> Plane:
    """A plane from edge to edge with ``middle`` in the frame's middle, ``unit`` scene units to one of its own."""
    across, up = shot.EDGES.width / 2 / unit, shot.EDGES.height / 2 / unit
    return shot.EDGES.plane(
        (middle[0] - across, middle[0] + across),
        (middle[1] - up, middle[1] + up),
        x_ticks=[],
        y_ticks=[],
        numbers=False,
    )


def grid(plane: Plane) -> Sheet:
    """The grid that moves; it is the picture, so its axes are to be seen well."""
    made = Sheet(plane, width=GRID, opacity=SEEN)
    backdrop(made.axes, stands_back=False)
    return made


def ghost(plane: Plane, matrix: Floats | Sequence[Sequence[float]] = REST) -> Lattice:
    """The grid as it lies under ``matrix``, stepped back."""
    return Lattice(plane, width=HAIR, opacity=0.3).redraw(matrix)


def quiet_grid(plane: Plane) -> VGroup:
    """A grid that stays and stands back, with axes that are seen well."""
    axes = [plane.line(normal, 0.0, color=ink.quiet, width=GRID) for normal in REST]
    return VGroup(ghost(plane), *axes)


def move(sheet: Lattice, start: Floats, end: Floats) -> Animation:
    """``sheet`` and what is pinned to it go the straight way from one matrix to another."""
    return sheet.drive(lambda share: sheet.redraw(blend(start, end, share)))


def basis(sheet: Lattice) -> list[Arrows]:
    """The two arrows of the basis on ``sheet``: blue across, orange up."""
    return [
        sheet.arrows([tip], color, BOLD) for tip, color in zip(REST, (ink.first, ink.second), strict=True)
    ]


def ring(sheet: Lattice, radius: float = 1.5, color: ManimColor = ink.chalk) -> list[Arrows]:
    """The ring of arrows of the question, a mobject each, pinned to ``sheet``."""
    return [sheet.arrows(radius * tip, color, THIN) for tip in linear.ring()]


def spokes(plane: Plane) -> Segments:
    """The lines on which the arrows of the ring lie at first: by them one sees which of these have swung."""
    rays = linear.ring()
    made = plane.segment(0 * rays, SPOKE * rays, ink.quiet, THIN)
    return made.set_stroke(opacity=0.6)


def column(entries: Sequence[str], color: ManimColor, size: ink.Size | float = ink.POINT) -> Words:
    """A vector as a column of numbers, as Typst writes them, in the colour of its arrow."""
    return words.formula(f'{{{{ vec(delim: "[", {", ".join(entries)}) : all }}}}', color=color, size=size)


def letter(name: str, color: ManimColor, size: ink.Size | float = ink.POINT) -> Tag:
    """The name of an arrow, on a plate that the grid does not cross."""
    return Tag(words.formula(name, color=color, symbols={}, size=size))
