"""The map of the wines, which may lie anywhere: across the whole frame, or beside the tree that is grown on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.glide import blend, glide
from scenes.kit.line import Segments
from scenes.kit.noun import HAIR
from scenes.kit.partition import Cut, Partition
from scenes.kit.path import Floats, pieces
from scenes.kit.review_hints import backdrop
from scenes.kit.tree import Tree
from scenes.maths.decision_trees import tree
from scenes.maths.decision_trees.tree import Rows

X: Final = (0.0, 5.4)
"""Flavanoids on the map; the table gives them without units."""
Y: Final = (200.0, 1800.0)
"""Proline on the map, without units too."""
NAMES: Final = ("flavanoids", "proline")
TICKS: Final = ((1, 3, 5), (500, 1000, 1500))
WIDE: Final = np.array([[-5.7, -2.95], [shot.EDGES.right, shot.EDGES.top]])
"""Lower left and upper right corner of the map that runs to the edges."""
HALF: Final = np.array([[-5.75, -2.9], [-0.1, 3.5]])
"""The map beside its tree."""
TREE: Final = shot.Region(0.55, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top)
"""Where the tree beside the map stands."""
ROOM: Final = 0.3
"""Opacity of a room, in the colour of its majority."""
RADII: Final = (0.115, 0.085)
"""Of a wine on the wide map and on the half one."""
BULK: Final = 1.9
"""Times as high as the kit's are the bars of the tree."""
APART: Final = 0.66
"""Scene units between two leaves, at the most."""
PAST: Final = 0.5
"""Opacity of the bar of a node that asks."""
NAMED: Final = 42.0
"""Pixels of capitals of the names of the axes, where the map is not small."""
SMALL: Final = 5.0
"""Scene units across of a small map."""
TICKED: Final = 32.0
"""Pixels of capitals of the numbers at the axes."""
_TICK: Final = 0.09


class Land(Coordinates):
    """Coordinates whose box may be laid elsewhere, and whose y axis may be stretched to logarithms."""

    def __init__(self) -> None:
        super().__init__(X, Y, 1.0, 1.0)
        self.logarithmed = 0.0

    def lie(self, corners: Floats) -> Self:
        """Lie between the lower left and the upper right of ``corners`` (2, 2), in scene units."""
        (x0, y0), (x1, y1) = corners
        box = Coordinates(X, Y, x1 - x0, y1 - y0).shift(np.array([x0, y0, 0.0]))
        self._anchor.points = box._anchor.points
        return self

    def _along(self, values: Floats) -> Floats:
        share = getattr(self, "logarithmed", 0.0)
        if not share:
            return values
        low, high = np.log(Y)
        even = Y[0] + (np.log(values[..., 1]) - low) / (high - low) * (Y[1] - Y[0])
        return np.stack([values[..., 0], blend(values[..., 1], even, share)], axis=-1)


class Vineyard(VGroup):
    """The wines with their axes; rooms and strokes lie on its :attr:`plane`, and are told by :meth:`carry`."""

    def __init__(self, points: Floats, labels: Rows, corners: Floats = WIDE) -> None:
        super().__init__()
        self.plane = Land().lie(corners)
        self.points_now = np.asarray(points, dtype=float)
        self.lines = Segments(self.plane, ink.faint, HAIR)
        self.numbers = VGroup(*(words.tick(f"{spot}", size=TICKED) for ticks in TICKS for spot in ticks))
        size = ink.LABEL if np.ptp(corners[:, 0]) < SMALL else NAMED
        self.across, self.up = (words.label(name, size=size) for name in NAMES)
        self.wines = Dots(
            self.plane,
            points,
            [ink.CLASSES[kind] for kind in labels],
            [SHAPES[kind] for kind in labels],
            RADII[0],
        )
        self.axes = VGroup(backdrop(self.lines), self.numbers, backdrop(self.across), backdrop(self.up))
        self.add(self.axes, self.wines)
        self._riders: list[tuple[Partition | None, Segments | None, int, float]] = []
        self.lie(corners)

    def carry(self, *rooms: Partition) -> Self:
        """Take ``rooms`` along from now on."""
        self._riders += [(each, None, 0, 0.0) for each in rooms]
        return self

    def carry_stroke(self, stroke: Segments, column: int, level: float) -> Self:
        """Take the ``stroke`` at ``level`` of ``column`` along from now on."""
        self._riders.append((None, stroke, column, level))
        return self

    def lie(self, corners: Floats, stretch: float = 0.0) -> Self:
        """Lie between ``corners`` (2, 2), with ``stretch`` (0 to 1) of the way to a logarithmic proline axis."""
        self.corners_now = np.asarray(corners, dtype=float)
        self.plane.lie(self.corners_now)
        self.plane.logarithmed = stretch
        widths = [0.0, np.ptp(HALF[:, 0]), np.ptp(WIDE[:, 0])]
        radius = np.interp(np.ptp(self.corners_now[:, 0]), widths, [0.0, RADII[1], RADII[0]])
        self.wines.redraw(self.points_now, float(radius))
        self._draw_axes()
        for rooms, stroke, column, level in self._riders:
            if rooms is not None:
                rooms.open_each({})
            if stroke is not None:
                stroke.redraw(*across(column, level))
        return self

    def glide_to(self, corners: Floats) -> Animation:
        """The animation that lays it elsewhere, with all that it carries."""
        riders = [each for rider in self._riders for each in rider[:2] if each is not None]
        return glide(self.lie, (self.corners_now,), (corners,), self, *riders)

    def stroke(
        self, column: int, level: float, color: ManimColor = ink.focus, width: float = 6.0
    ) -> Segments:
        """A stroke across the whole map where ``column`` is ``level``."""
        return Segments(self.plane, color, width, dashed=False).redraw(*across(column, level))

    def label(
        self,
        x: float,
        y: float,
        text: str,
        side: Floats = UP,
        color: ManimColor = ink.chalk,
        **options: float,
    ) -> words.Words:
        """``text`` beside the place of ``x`` flavanoids and ``y`` proline."""
        return words.caption(self.plane.at(x, y), text, side, color, **options)

    def _draw_axes(self) -> None:
        origin = np.array([X[0], Y[0]])
        spots = [(x, Y[0]) for x in TICKS[0]] + [(X[0], y) for y in TICKS[1]]
        ways = [DOWN] * len(TICKS[0]) + [LEFT] * len(TICKS[1])
        at = self.plane.at(np.array(spots))
        ends = self.plane.at(np.array([origin, origin, (X[1], Y[0]), (X[0], Y[1])]))
        starts = np.concatenate([ends[:2], at])
        stops = np.concatenate([ends[2:], at + _TICK * np.array(ways)])
        self.lines.draw(pieces(starts, stops))
        for number, spot, way in zip(self.numbers, at, ways, strict=True):
            number.next_to(spot, way, buff=1.6 * _TICK)
        top = min(float(ends[3][1]), shot.SAFE.top)
        right = min(float(ends[2][0]), shot.SAFE.right)
        self.across.next_to((right, ends[2][1], 0.0), UP + LEFT, buff=1.5 * _TICK)
        self.up.next_to((ends[3][0], top, 0.0), DOWN + RIGHT, buff=1.5 * _TICK)


def across(column: int, level: float) -> tuple[Floats, Floats]:
    """Both ends of the stroke that cuts the whole map at ``level`` of ``column``."""
    ends = np.array([[X[0], Y[0]], [X[1], Y[1]]])
    ends[:, column] = level
    return ends[0], ends[1]


def rooms(
    plane: Coordinates, grown: tree.Tree, opacity: float = ROOM, color: ManimColor = ink.chalk
) -> Partition:
    """The splits of ``grown`` as strokes on the map; each room has the colour of its majority."""
    return Partition(
        plane,
        {
            number: Cut(node.column, node.threshold, node.below, node.above)
            for number, node in ((number, grown.nodes[number]) for number in grown.questions)
        },
        {node.number: (ink.CLASSES[node.verdict], opacity) for node in grown.nodes if node.number},
        color,
    )


def drawn_tree(
    grown: tree.Tree, region: shot.Region = TREE, foot: float = 0.0, head: float = 0.0, bulk: float = BULK
) -> Tree:
    """``grown`` as a tree of bars without words, nothing of it open; room for words ``head`` above, ``foot`` below."""
    room = shot.Region(region.left, region.bottom + foot, region.right, region.top - head)
    drawn = Tree(
        {number: (grown.nodes[number].below, grown.nodes[number].above) for number in grown.questions},
        [node.counts for node in grown.nodes],
        room.width / bulk,
        room.height / bulk,
        gap=min(0.35, APART / bulk),
    )
    for each in drawn.past:
        each.set_fill(opacity=PAST)
    return room.put(drawn.scale(bulk))


def question(node: tree.Node, broken: bool = False) -> str:
    """What the node asks, in one line or in two."""
    return f"{NAMES[node.column]}{chr(10) if broken else ' '}≤ {node.threshold:.4g}"


def opened(numbers: Sequence[int]) -> dict[int, float]:
    """All of ``numbers`` open."""
    return dict.fromkeys(numbers, 1.0)
