"""Shots: how the picture is laid out while a scene says what it says.

A scene names the shot that it is in and gets the places to fill::

    picture, column = self.shot(shots.picture_and_column())
    plane = picture.plane((0, 5), (0, 3), x_label="petal length (cm)")
    column.stack(words.note("..."), gauge)

    (whole,) = self.shot(shots.wide())
    left, right = self.shot(shots.split())
    cells = self.shot(shots.gallery(5, 6))

A :class:`Region` is a place in scene units.  What has to be read lies above the captions' band and off the edges; only
the picture of a wide shot runs to the edges.  The chapter's title takes the head of every other shot until it leaves:
``titled=False`` gives its room to the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, Mobject

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.plane import Plane

M = TypeVar("M", bound=Mobject)

Kind = Literal["wide", "split", "picture and column", "close-up", "formula", "headline", "gallery"]

HEAD: Final = 0.9
"""Scene units that the chapter's title takes under the upper margin."""
GUTTER: Final = 0.5
"""Scene units between two places side by side."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the stage, in scene units."""

    left: float
    bottom: float
    right: float
    top: float

    def __post_init__(self) -> None:
        """:class:`ValueError` for a place without width or height."""
        if not (self.left < self.right and self.bottom < self.top):
            raise ValueError(f"a region has to have width and height: {self}")

    @property
    def width(self) -> float:
        """Scene units across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Scene units up."""
        return self.top - self.bottom

    @property
    def middle(self) -> npt.NDArray[np.float64]:
        """Scene point (3,)."""
        return np.array([(self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0])

    def inset(self, x: float, y: float | None = None) -> Region:
        """The place without a border of ``x`` at its sides, and ``y`` (as ``x`` by default) below and above."""
        up = x if y is None else y
        return Region(self.left + x, self.bottom + up, self.right - x, self.top - up)

    def columns(self, *shares: float, gap: float = GUTTER) -> tuple[Region, ...]:
        """Places side by side, from the left, as wide as ``shares`` have it: ``columns(2, 1)``."""
        edges = _parts(self.left, self.right, shares, gap)
        return tuple(Region(low, self.bottom, high, self.top) for low, high in edges)

    def rows(self, *shares: float, gap: float = GUTTER) -> tuple[Region, ...]:
        """Places one below the other, from the top, as high as ``shares`` have it."""
        edges = _parts(-self.top, -self.bottom, shares, gap)
        return tuple(Region(self.left, -high, self.right, -low) for low, high in edges)

    def cells(self, rows: int, columns: int, gap: float = 0.25) -> tuple[Region, ...]:
        """``rows`` × ``columns`` equal places, row by row from the upper left."""
        return tuple(
            cell for row in self.rows(*[1] * rows, gap=gap) for cell in row.columns(*[1] * columns, gap=gap)
        )

    def put(self, mobject: M, side: npt.ArrayLike = ORIGIN) -> M:
        """``mobject``, moved to the middle, or to the edge or corner that ``side`` names (``UP``, ``DOWN + LEFT``)."""
        toward = np.sign(np.asarray(side, dtype=float))
        half = np.array([self.width / 2, self.height / 2, 0.0])
        mobject.move_to(self.middle + toward * half, aligned_edge=toward)
        return mobject

    def fit(self, mobject: M, share: float = 1.0) -> M:
        """``mobject``, as large as fits and in the middle.  For pictures: type would change its size."""
        factor = share * min(self.width / float(mobject.width), self.height / float(mobject.height))
        mobject.scale(factor)
        return self.put(mobject)

    def stack(self, *rows: Mobject, gap: float = 0.45) -> None:
        """Put ``rows`` one below the other from the top, left edges in line."""
        top = self.top
        for row in rows:
            row.move_to((self.left, top, 0.0), aligned_edge=np.array([-1.0, 1.0, 0.0]))
            top = float(row.get_bottom()[1]) - gap

    def holds(self, mobject: Mobject, within: float = 1e-6) -> bool:
        """Whether ``mobject`` lies in the place."""
        return bool(
            mobject.get_left()[0] >= self.left - within
            and mobject.get_right()[0] <= self.right + within
            and mobject.get_bottom()[1] >= self.bottom - within
            and mobject.get_top()[1] <= self.top + within
        )

    def plane(self, x: Range, y: Range, **options: Any) -> Plane:
        """A :class:`scenes.kit.plane.Plane` that takes up the place, its numbers and names included.

        With ``equal=True`` it is as large as fits, in the middle.  :class:`ValueError` where they leave no room.
        """
        size = np.array([self.width, self.height])
        plane = Plane(x, y, *size, **options)
        for _ in range(2):  # wider numbers may come with a smaller box
            box = plane.box
            around = np.array([plane.width, plane.height]) - (box[2] - box[0])[:2]
            room = size - around
            if not (room > 0.5).all():
                raise ValueError(
                    f"a plane of {around.round(2)} units of numbers and names has no room in {self}"
                )
            plane = Plane(x, y, *room, **options)
        return self.put(plane)


@dataclass(frozen=True, slots=True)
class Shot:
    """A layout by name, and its places in the order in which they are read."""

    kind: Kind
    places: tuple[Region, ...]


EDGES: Final = Region(-ink.FRAME_WIDTH / 2, -ink.FRAME_HEIGHT / 2, ink.FRAME_WIDTH / 2, ink.FRAME_HEIGHT / 2)
"""The whole frame."""
SAFE: Final = Region(
    EDGES.left + ink.MARGIN, EDGES.bottom + ink.CAPTION_BAND, EDGES.right - ink.MARGIN, EDGES.top - ink.MARGIN
)
"""Where what has to be read may stand."""


def safe(titled: bool = True) -> Region:
    """What captions and margins leave free, and the chapter's title too where it stands."""
    return Region(SAFE.left, SAFE.bottom, SAFE.right, SAFE.top - HEAD * titled)


def wide() -> Shot:
    """One picture through the whole frame, to the edges; words stand on a calm part of it, within :data:`SAFE`."""
    return Shot("wide", (EDGES,))


def split(titled: bool = True, gap: float = 0.7) -> Shot:
    """Two pictures of equal right."""
    return Shot("split", safe(titled).columns(1, 1, gap=gap))


def picture_and_column(
    column: float = 3.9, side: Literal["left", "right"] = "right", titled: bool = True
) -> Shot:
    """A picture and a column of words, ``column`` scene units wide; the picture is the first of the two places."""
    whole = safe(titled)
    rest = whole.width - column - GUTTER
    if side == "right":
        return Shot("picture and column", whole.columns(rest, column))
    words, picture = whole.columns(column, rest)
    return Shot("picture and column", (picture, words))


def close_up() -> Shot:
    """The camera is inside the picture: what is looked at lies within :data:`SAFE`."""
    return Shot("close-up", (safe(titled=False),))


def formula(titled: bool = True) -> Shot:
    """The mathematics is the picture: the formula above, and a place below it for what its letters stand for."""
    return Shot("formula", safe(titled).rows(2, 1))


def headline(titled: bool = False) -> Shot:
    """One number or one sentence."""
    return Shot("headline", (safe(titled),))


def gallery(rows: int, columns: int, titled: bool = True, gap: float = 0.25) -> Shot:
    """Many alike: ``rows`` × ``columns`` places."""
    return Shot("gallery", safe(titled).cells(rows, columns, gap))


def bare(place: Region = EDGES) -> Plane:
    """A plane that takes up ``place`` and is not seen: its data units are scene units, places on it scene points.

    For what a picture draws that has no axes of its own: ``bare().segment(a, b)``.
    """
    plane = place.plane((place.left, place.right), (place.bottom, place.top), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def chart(place: Region, x: Range, y: Range, **options: Any) -> Plane:
    """A plane that takes up ``place``, as :meth:`Region.plane`, whose numbers and names can be read on a phone."""
    sizes: dict[str, Any] = {"tick_size": ink.AXIS, "name_size": ink.AXIS}
    return place.plane(x, y, **(sizes | options))


def _parts(start: float, end: float, shares: Sequence[float], gap: float) -> list[tuple[float, float]]:
    room = end - start - gap * (len(shares) - 1)
    if not shares or room <= 0 or min(shares) <= 0:
        raise ValueError(f"{end - start:.2f} units cannot be parted into {shares} with gaps of {gap}")
    sizes = np.array(shares, dtype=float) / sum(shares) * room
    lows = start + np.concatenate([[0.0], np.cumsum(sizes + gap)[:-1]])
    return [(float(low), float(low + size)) for low, size in zip(lows, sizes, strict=True)]
