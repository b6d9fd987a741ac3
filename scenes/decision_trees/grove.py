"""A forest that is seen: some trees, each on a bootstrap sample of its own, and how they vote on one bottle."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, FadeIn, LaggedStart, VGroup

from scenes.decision_trees.vineyard import NAMES, drawn_tree, opened
from scenes.kit import ink, pace, shot, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.glide import glide
from scenes.kit.path import EMPTY, Floats
from scenes.kit.tree import Tree, Way
from scenes.maths.decision_trees import tree, wine_forest

ROWS: Final = 2
COLUMNS: Final = 3
BOTTLE: Final = 96
"""The bottle that the trees vote on: picked because those that have seen it and the others disagree."""
THIN: Final = 1.0
"""Times as high as the kit's are the bars of a small tree."""
BALLOT: Final = 0.5
"""Scene units under a small tree for its vote."""
VOTE: Final = 0.22
"""Radius of a vote."""
FOOT: Final = 0.95
"""Scene units under the forest for what it says."""
LIFT: Final = 0.12
"""Scene units from the captions to that: letters reach below their line."""
LETTERS: Final = 44.0
"""Pixels of the capitals of that."""


@cache
def planted() -> wine_forest.Grove:
    """The trees that are drawn."""
    return wine_forest.plant(*tree.bottles(), ROWS * COLUMNS)


class Path(Way):
    """The way through a small tree by its links alone: outlines of its bars would hide them."""

    def _frame_of(self, node: int) -> Floats:
        return EMPTY


class Forest(VGroup):
    """The trees of :func:`planted` in rows; the way of the bottle in each, and its vote, are told by verbs."""

    def __init__(self) -> None:
        super().__init__()
        points, _ = tree.bottles()
        grove = planted()
        self.point = points[BOTTLE]
        self.said = grove.votes(self.point)
        self.fresh = grove.missed(BOTTLE)
        whole = shot.safe(titled=False)
        self.foot = shot.Region(whole.left, whole.bottom + LIFT, whole.right, whole.bottom + FOOT)
        rows = shot.Region(whole.left, self.foot.top, whole.right, whole.top)
        self.trees: list[Tree] = []
        self.ways: list[Way] = []
        spots = []
        for grown, cell in zip(grove.trees, rows.cells(ROWS, COLUMNS, gap=0.5), strict=True):
            drawn = drawn_tree(grown, cell, foot=BALLOT, bulk=THIN).open_each(opened(grown.questions))
            drawn.links.set_stroke(ink.quiet)
            self.trees.append(drawn)
            self.ways.append(Path(drawn, grown.way(self.point), ink.focus))
            spots.append((cell.middle[0], cell.bottom + BALLOT / 2))
        flat = Coordinates(
            (shot.EDGES.left, shot.EDGES.right),
            (shot.EDGES.bottom, shot.EDGES.top),
            shot.EDGES.width,
            shot.EDGES.height,
        ).shift(np.array([shot.EDGES.left, shot.EDGES.bottom, 0.0]))
        self.votes = Dots(
            flat,
            spots,
            [ink.CLASSES[kind] for kind in self.said],
            [SHAPES[kind] for kind in self.said],
            VOTE,
        )
        asked = " and ".join(f"{name} {value:g}" for name, value in zip(NAMES, self.point, strict=True))
        self.bottle = words.note(f"one bottle, picked: {asked}", ink.quiet, size=LETTERS)
        self.foot.put(self.bottle, LEFT + DOWN)
        self.add(*self.trees)

    def walk(self) -> Animation:
        """The bottle goes down each tree."""
        return LaggedStart(*(glide(way.reveal, 0.0, 1.0) for way in self.ways), lag_ratio=pace.LAG)

    def vote(self, which: np.ndarray | None = None) -> Animation:
        """The trees ``which`` (all, if none are named) say a grape each."""
        chosen = np.ones(len(self.said), dtype=bool) if which is None else which
        cast = [vote for vote, said in zip(self.votes, chosen, strict=True) if said]
        return LaggedStart(*(FadeIn(vote, scale=2) for vote in cast), lag_ratio=pace.LAG)

    def count(self, which: np.ndarray | None = None) -> words.Words:
        """How many of the trees ``which`` say each grape, and what that makes."""
        chosen = self.said if which is None else self.said[which]
        counts = tree.tally(chosen, 3)
        parts = ", ".join(
            f"{counts[kind]} for grape {kind + 1}" for kind in np.argsort(-counts) if counts[kind]
        )
        text = words.note(f"[{parts}:focus]", size=LETTERS)
        return self.foot.put(text, RIGHT + DOWN)

    def standing(self) -> VGroup:
        """The forest after its vote, without words: trees, ways, votes."""
        for way in self.ways:
            way.reveal(1.0)
        return VGroup(self, *self.ways, self.votes)
