"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import DOWN, LEFT, UP, Animation, linear, smooth

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson
from scenes.kit.line import Segments
from scenes.kit.parameter_sweep import Changed
from scenes.kit.partition import Cut, Partition
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tree import Layout, Tree
from scenes.maths.decision_trees import tree

NAMES = ("flavanoids", "proline")
X, Y = (0.2, 5.3), (230.0, 1730.0)
"""What the map shows of both columns; the table gives them without units."""
SPRAY = 200
"""Samples of the cellar, and trees that vote on it."""
MIDDLE = 3.0
"""Where the tree beside the map has its middle."""


def cellar(width: float = 5.0, height: float = 4.2) -> Plane:
    """The map of the wines, at the left."""
    plane = Plane(X, Y, width, height, x_label=NAMES[0], y_label=NAMES[1], y_ticks=(500, 1000, 1500))
    plane.move_to((place.LEFT_EDGE, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN + LEFT)
    return plane


def diary(grown: tree.Tree, width: float = 6.2, height: float = 4.6, top: float = 2.55) -> Tree:
    """``grown`` as a tree of bars at the right, nothing of it open yet."""
    drawn = Tree(
        {number: (grown.nodes[number].below, grown.nodes[number].above) for number in grown.questions},
        [node.counts for node in grown.nodes],
        width,
        height,
        questions={number: question(grown.nodes[number]) for number in grown.questions},
        values={number: f"{sum(grown.nodes[number].counts)}" for number in grown.leaves},
    )
    return drawn.move_to((MIDDLE, top, 0.0), aligned_edge=UP)


def bare_tree(grown: tree.Tree, height: float, width: float = 6.2, top: float = 2.55) -> Tree:
    """``grown`` as a tree of bars without words."""
    drawn = Tree(
        {number: (grown.nodes[number].below, grown.nodes[number].above) for number in grown.questions},
        [node.counts for node in grown.nodes],
        width,
        height,
    )
    return drawn.move_to((MIDDLE, top, 0.0), aligned_edge=UP)


def question(node: tree.Node) -> str:
    """What the node asks, as it is written at the tree."""
    return f"{NAMES[node.column]} ≤ {node.threshold:.4g}"


def rooms(plane: Plane, grown: tree.Tree, opacity: float = 0.27) -> Partition:
    """The same tree as cuts of the map; each room has the colour of its majority."""
    return Partition(
        plane,
        {
            number: Cut(node.column, node.threshold, node.below, node.above)
            for number, node in ((number, grown.nodes[number]) for number in grown.questions)
        },
        {node.number: (ink.CLASSES[node.verdict], opacity) for node in grown.nodes if node.number},
    )


class DecisionTreesStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    edition = 1

    def stage(self) -> None:
        """The wines on their map."""
        self.points, self.labels = tree.bottles()
        self.counts = tree.tally(self.labels, 3)
        self.plane = cellar()
        self.wines = self.plane.classes(self.points, self.labels)

    def knife(self, plane: Plane, column: int, level: float) -> Segments:
        """A stroke across the whole map."""
        return plane.segment(*across(column, level), color=ink.focus, width=5)

    def plant(self, grown: tree.Tree, height: float, opening: Iterable[int]) -> None:
        """The map and the tree of ``grown``, open as far as the nodes ``opening``, without words."""
        self.grown = grown
        self.map = rooms(self.plane, grown)
        self.tree = bare_tree(grown, height)
        shares = dict.fromkeys(opening, 1.0)
        self.map.open_each(shares)
        self.tree.open_each(shares).settle(self.tree.layout_of(shares))

    def open_up(self, order: Sequence[int], full: Layout, lag: float = 3.0) -> Animation:
        """The questions in ``order`` are asked, one shortly after the other, while the tree spreads out."""
        start = self.tree.layout

        def path(share: float) -> Changed:
            now = share * (len(order) - 1 + lag)
            shares = {each: smooth(float(np.clip((now - row) / lag, 0, 1))) for row, each in enumerate(order)}
            self.tree.settle(start.toward(full, smooth(share))).open_each(shares)
            return (self.tree, self.map.open_each(shares))

        return drive(path, rate_func=linear)


def across(column: int, level: float) -> tuple[Floats, Floats]:
    """Both ends of the stroke that cuts the whole map at ``level``."""
    ends = np.array([[X[0], Y[0]], [X[1], Y[1]]])
    ends[:, column] = level
    return ends[0], ends[1]


def stack(
    rows: Sequence[Gauge | words.Words], top: float = 0.2, left: float = 1.15, gap: float = 0.3
) -> None:
    """``rows`` under the first tree, left edges in line."""
    for row in rows:
        row.move_to((left, top, 0.0), aligned_edge=UP + LEFT)
        top = float(row.get_bottom()[1]) - gap
