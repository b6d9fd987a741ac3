"""What the acts of the lesson share: what is coloured how, the irises, and the five points in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Mobject, VGroup, VMobject, linear, there_and_back

from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.lesson import Lesson
from scenes.kit.line import Polygon, Segments
from scenes.kit.noun import LINE, THIN, OnPlane
from scenes.kit.plane import Plane
from scenes.kit.shot import Region, chart
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data

Floats = npt.NDArray[np.float64]

CLUSTERS: Final = (ink.first, ink.second, ink.third, ink.fourth, ink.truth, ink.chalk)
"""Clusters by number."""
UNKNOWN: Final = ink.quiet
"""A point that belongs to no cluster yet."""
CENTROID: Final = ink.focus
NOISE: Final = ink.error

SYMBOLS: Final[Mapping[str, ManimColor]] = {"mu": CENTROID}
"""Colours of symbols; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""

DOT: Final = 0.1
"""Radius of an iris in scene units."""
BALL: Final = 0.22
"""Radius of one of the five points."""
MARK: Final = 0.24
"""Radius of a centroid."""
BIG: Final = 1.25 * ink.POINT
"""Pixels of the capitals of formulas that are the point."""
PETAL_LENGTHS: Final = (0.55, 7.3)
PETAL_WIDTHS: Final = (-0.2, 2.8)
FIVE_ACROSS: Final = (-1.0, 12.2)


def dye(dots: Dots, labels: npt.ArrayLike, colors: Sequence[ManimColor] = CLUSTERS) -> Dots:
    """Give each of ``dots`` the colour of its label (n,); −1 is noise, red and hollow; −2 is unknown."""
    for dot, label in zip(dots, np.asarray(labels), strict=True):
        number = int(label)
        if number == -1:
            dot.set_fill(NOISE, opacity=0.0).set_stroke(NOISE, width=THIN, opacity=1.0)
        else:
            dot.set_fill(UNKNOWN if number < 0 else colors[number % len(colors)], opacity=1.0)
            dot.set_stroke(ink.ground, width=1.2, opacity=1.0)
    return dots


def rim(dots: Dots, which: npt.ArrayLike, colors: Sequence[ManimColor] = CLUSTERS, number: int = 0) -> Dots:
    """Show the dots ``which`` (rows) as border points of cluster ``number``: its colour around a dark middle."""
    for row in np.asarray(which, dtype=int).reshape(-1):
        dots[int(row)].set_fill(ink.ground, opacity=1.0).set_stroke(colors[number], width=LINE, opacity=1.0)
    return dots


def glow(*parts: VMobject, opacity: float = 0.45) -> Drive:
    """An animation: the fill of ``parts`` goes to ``opacity`` and comes back; nothing grows."""
    own = [float(part.get_fill_opacity()) for part in parts]

    def path(share: float) -> None:
        for part, level in zip(parts, own, strict=True):
            part.set_fill(opacity=level + (opacity - level) * there_and_back(share))

    return drive(path, *parts, rate_func=linear)


class Cells(OnPlane, VGroup):
    """Voronoi cells of ``centroids`` (k, 2) within the box of ``plane``: each in the colour of its number."""

    def __init__(self, plane: Plane, centroids: npt.ArrayLike, fill: float = 0.16) -> None:
        super().__init__()
        self.plane = plane
        self.add(
            *(
                Polygon(plane, color=CLUSTERS[number], width=THIN, fill=fill)
                for number in range(len(np.asarray(centroids)))
            )
        )
        self.redraw(centroids)

    def redraw(self, centroids: npt.ArrayLike) -> Cells:
        """Be the cells of other ``centroids`` (k, 2)."""
        for number, part in enumerate(self):
            part.redraw(kmeans.cell(centroids, number, *self.plane.limits))
        return self


class Run(VGroup):
    """Points (n, 2) on a ``plane`` with their centroids: cells, threads, dots, diamonds, from behind.

    :meth:`move` puts the centroids elsewhere; walls swing along, and each dot has the colour of the nearest.
    """

    def __init__(
        self,
        plane: Plane,
        points: Floats,
        centroids: npt.ArrayLike,
        radius: float = DOT,
        mark: float = MARK,
        shown: Floats | None = None,
    ) -> None:
        """``shown`` (n, 2) is where the points are drawn, unless where they are."""
        super().__init__()
        self.plane, self.spots = plane, points
        self.shown = points if shown is None else shown
        self.cells = Cells(plane, centroids)
        self.dots = plane.dots(self.shown, UNKNOWN, radius=radius)
        self.marks = plane.dots(centroids, CENTROID, "diamond", radius=mark)
        for each in self.marks:
            each.set_stroke(ink.ground, width=LINE)
        self.add(self.cells, self.dots, self.marks)
        self.move(centroids)

    def move(self, centroids: npt.ArrayLike) -> list[Mobject]:
        """The centroids stand at ``centroids`` (k, 2)."""
        self.centroids: Floats = np.asarray(centroids, dtype=float)
        self.cells.redraw(self.centroids)
        self.marks.redraw(self.centroids)
        self.labels = kmeans.assign(self.spots, self.centroids)
        dye(self.dots, self.labels)
        return [self.cells, self.dots, self.marks]

    def spokes(self, width: float = THIN) -> list[Segments]:
        """From each point a thread to its centroid, one mobject a cluster."""
        found = []
        for number, middle in enumerate(self.centroids):
            own = self.shown[self.labels == number]
            found.append(self.plane.segment(own, np.broadcast_to(middle, own.shape), CLUSTERS[number], width))
        return found


def petal_plane(place: Region | None = None, numbers: bool = True) -> Plane:
    """Length and width of petals, in one unit."""
    room = place or shot.safe(titled=False)
    if not numbers:
        return chart(room, PETAL_LENGTHS, PETAL_WIDTHS, equal=True, x_ticks=[], y_ticks=[])
    return chart(
        room,
        PETAL_LENGTHS,
        PETAL_WIDTHS,
        equal=True,
        x_label="petal length (cm)",
        y_label="petal width (cm)",
        x_ticks=(1, 2, 3, 4, 5, 6, 7),
        y_ticks=(0, 1, 2),
    )


def five_plane(rows: float, place: Region | None = None, across: tuple[float, float] = FIVE_ACROSS) -> Plane:
    """A plane for the five points in ``rows`` rows of one unit each; its only axis lies below."""
    plane = (place or shot.safe(titled=False)).plane(
        across,
        (0.0, rows),
        x_ticks=data.FIVE[:, 0].tolist(),
        y_ticks=[],
        tick_size=1.2 * ink.AXIS,
    )
    plane.frame.set_stroke(opacity=0)
    (x0, y0), (x1, _) = plane.limits
    plane.add(plane.segment((x0, y0), (x1, y0), ink.faint, THIN))
    return plane


def moon_plane() -> Plane:
    """The moons through the whole frame, without axes."""
    plane = shot.EDGES.inset(0.2).plane((-2.15, 3.15), (-1.25, 1.72), equal=True, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def in_row(values: npt.ArrayLike, height: float) -> Floats:
    """Points (n, 2) with ``values`` (n,) or (n, 1) across, all at one ``height``."""
    across = np.asarray(values, dtype=float).reshape(-1)
    return np.column_stack([across, np.full(len(across), height)])


class ClusteringStage(Lesson):
    """The stage of the lesson: the irises and the five points."""

    def stage(self) -> None:
        """The data that several chapters share."""
        self.petals = data.petals()
        self.places = data.spread_out()
        self.five = data.FIVE[:, 0]

    def petal_field(self) -> tuple[Plane, Dots]:
        """The irises, not grouped, through the whole frame."""
        plane = petal_plane()
        return plane, plane.dots(self.places, UNKNOWN, radius=DOT)
