"""The map of the wines and the tree that is grown on it, side by side: a stroke on the one is a node of the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Self

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, VGroup, linear, smooth

from scenes.decision_trees.vineyard import HALF, TREE, Vineyard, drawn_tree, question, rooms
from scenes.kit import ink, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend
from scenes.kit.line import Polygon
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.tree import Layout
from scenes.maths.decision_trees import tree
from scenes.maths.decision_trees.tree import Rows

HEAD: Final = 0.75
"""Scene units over the tree that the root's question takes."""
FOOT: Final = 1.9
"""Scene units under the tree for what its leaves answer, and for a line of words."""

DEEP_FOOT: Final = 1.2
"""Scene units under a tree of many levels for one line."""
THICK: Final = 2.6
"""Times as high as the kit's are the bars of a tree of few levels."""
SLIM: Final = 1.25
"""Times as high as the kit's are the bars of a tree of many levels."""
COUNTED: Final = 44.0
"""Pixels of capitals of the counts under a bar."""
SPOKEN: Final = 41.0
"""Pixels of capitals of questions and answers at a tree."""
FIRST: Final = 3
"""Questions of the first two levels."""


class Pair(VGroup):
    """The map with the splits of ``grown`` and the tree of them; nothing is open at first.

    ``worded`` has room for words at the tree.
    """

    def __init__(
        self,
        points: Floats,
        labels: Rows,
        grown: tree.Tree,
        corners: Floats = HALF,
        worded: bool = True,
        foot: float = FOOT,
        bulk: float = THICK,
    ) -> None:
        super().__init__()
        self.grown = grown
        self.yard = Vineyard(points, labels, corners)
        self.rooms = rooms(self.yard.plane, grown)
        self.yard.carry(self.rooms)
        self.tree = drawn_tree(grown, TREE, foot=foot, head=HEAD * worded, bulk=bulk)
        self.add(self.rooms, self.yard, self.tree)

    def open_each(self, shares: dict[int, float]) -> Self:
        """Open rooms and nodes, number to share (0 to 1)."""
        self.rooms.open_each(shares)
        self.tree.open_each(shares)
        return self

    def open_all(self, numbers: Collection[int] | None = None) -> Self:
        """Let ``numbers`` (all, if none are named) be open, and the tree be spread out."""
        opening = self.grown.questions if numbers is None else list(numbers)
        self.tree.settle(self.tree.layout_of(opening))
        return self.open_each(dict.fromkeys(opening, 1.0))

    def opening(self, numbers: list[int], full: Layout | None = None, stagger: float = 3.0) -> Animation:
        """The animation in which ``numbers`` open, one shortly after the other, while the tree spreads to ``full``."""
        start = self.tree.layout
        end = start if full is None else full

        def path(share: float) -> Changed:
            now = share * (len(numbers) - 1 + stagger)
            shares = {
                each: smooth(float(np.clip((now - row) / stagger, 0, 1))) for row, each in enumerate(numbers)
            }
            self.tree.settle(blend(start, end, smooth(share)))
            self.open_each(shares)
            return (self.tree, self.rooms)

        return drive(path, self.tree, self.rooms, rate_func=linear)

    def asks(self, number: int) -> Tag:
        """The node's question over its bar; the root's in one line."""
        low, high = self.tree.bar(number)
        text = words.label(question(self.grown.nodes[number], broken=number > 0), size=SPOKEN)
        middle = np.array([(low[0] + high[0]) / 2, high[1], 0.0])
        return Tag(text.next_to(middle, UP, buff=2 * words.GAP), opacity=1.0)

    def answers(self, number: int) -> words.Words:
        """The leaf's majority under its bar."""
        low, high = self.tree.bar(number)
        kind = self.grown.nodes[number].verdict
        text = words.label(f"grape\n{kind + 1}", ink.CLASSES[kind], SPOKEN)
        return text.next_to(((low[0] + high[0]) / 2, low[1], 0.0), DOWN, buff=2 * words.GAP)

    def amounts(self, number: int) -> VGroup:
        """How many bottles of each grape reach the node, under its bar."""
        low, high = self.tree.bar(number)
        counts = VGroup(
            *(
                words.label(f"{count}", color, COUNTED)
                for count, color in zip(self.grown.nodes[number].counts, ink.CLASSES, strict=False)
            )
        ).arrange(RIGHT, buff=3 * words.GAP)
        return counts.next_to(((low[0] + high[0]) / 2, low[1], 0.0), DOWN, buff=2 * words.GAP)

    def corners(self, number: int) -> Floats:
        """The outline (4, 2) of the node's room, in the units of the map."""
        (x0, y0), (x1, y1) = self.rooms.room(number)
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])

    def outline(self, number: int, width: float = 6.0) -> Polygon:
        """A bright line around the node's room."""
        return Polygon(self.yard.plane, color=ink.focus, width=width).redraw(self.corners(number))


def on_to_the_end(points: Floats, labels: Rows) -> tuple[Pair, list[int]]:
    """The full tree beside its map, with its first two levels open; the numbers of its questions, level by level."""
    grown = tree.grow(points, labels)
    pair = Pair(points, labels, grown, HALF, worded=False, foot=DEEP_FOOT, bulk=SLIM)
    order = sorted(grown.questions, key=lambda number: (grown.nodes[number].depth, number))
    return pair.open_all(order[:FIRST]), order


def in_words(pair: Pair) -> VGroup:
    """All questions and answers of the small tree."""
    questions = [pair.asks(number) for number in pair.grown.questions]
    return VGroup(*questions, *(pair.answers(number) for number in pair.grown.leaves))
