"""Decision trees and random forest: split where impurity falls most, prune what memorises, average what differs."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import VGroup

from scenes.decision_trees.average import Average
from scenes.decision_trees.bits import Bits
from scenes.decision_trees.credit import Credit
from scenes.decision_trees.greedy import Greedy
from scenes.decision_trees.growing import LEVELS, Growing
from scenes.decision_trees.judges import Judges
from scenes.decision_trees.overfit import Overfit
from scenes.decision_trees.question import Question
from scenes.decision_trees.shaken import Shaken
from scenes.decision_trees.steps import Steps
from scenes.decision_trees.vineyard import Vineyard, drawn_tree, opened, rooms
from scenes.decision_trees.weakest import Weakest
from scenes.kit import ink, shot, words
from scenes.kit.line import Segments
from scenes.kit.path import pieces
from scenes.maths.decision_trees import tree

MAP: Final = np.array([[shot.EDGES.left, shot.EDGES.bottom - 0.1], [0.2, shot.EDGES.top + 0.1]])
"""Lower left and upper right corner of the poster's map."""


class DecisionTrees(
    Question, Bits, Growing, Greedy, Overfit, Weakest, Steps, Shaken, Average, Judges, Credit
):
    """From the first question about a wine to what a forest of trees relies on.

    - ``question``: Which question first?; Gini: how often two draws differ.
    - ``bits``: Entropy: how many questions are left.
    - ``growing``: One split, one branch.
    - ``greedy``: Greedy: it never looks two splits ahead.
    - ``overfit``: The tree without a mistake.
    - ``weakest``: Every branch must earn its leaves.
    - ``steps``: A leaf can hold a number.
    - ``shaken``: Shake the data and the tree changes.
    - ``average``: Averaging removes only what trees do not share.
    - ``judges``: Every tree has rows it never saw.
    - ``credit``: Which features did the work?; the end.
    """

    def poster(self) -> None:
        """The map in four rooms and its tree, and one glowing stroke across both."""
        grown = tree.grow(self.points, self.labels, depth=LEVELS)
        yard = Vineyard(self.points, self.labels, MAP)
        parts = rooms(yard.plane, grown, opacity=0.5).open_each(opened(grown.questions))
        parts.strokes.set_stroke(width=8)
        yard.wines.redraw(radius=0.14)
        upper, lower = shot.Region(1.0, shot.EDGES.bottom, shot.SAFE.right, shot.SAFE.top).rows(1, 1.1)
        drawn = drawn_tree(grown, lower.inset(0.0, 0.5)).open_each(opened(grown.questions))
        drawn.links.set_stroke(ink.chalk, width=6)
        root = yard.plane.at(parts.stroke(0))
        drawn.shift(np.array([0.0, root[0, 1] - drawn.bar(0).mean(axis=0)[1], 0.0]))
        low, high = drawn.bar(0)
        end = np.array([low[0], (low + high)[1] / 2, 0.0])
        glow = VGroup(
            *(
                Segments(yard.plane, ink.focus, width)
                .draw(pieces(root[:1], end[None]))
                .set_stroke(opacity=opacity)
                for width, opacity in ((44, 0.12), (26, 0.25), (14, 1.0))
            )
        )
        text = words.headline("Split. Then\n[split again:focus]", size=ink.POSTER)
        upper.put(text)
        self.add(parts, glow, yard.wines, drawn, text)
