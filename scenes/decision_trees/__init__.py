"""Decision trees and random forest: cut with the question that cleans most, fold back what does not pay, then vote."""

from __future__ import annotations

import numpy as np
from manim import LEFT

from scenes.decision_trees.average import Average
from scenes.decision_trees.bits import Bits
from scenes.decision_trees.credit import Credit
from scenes.decision_trees.greedy import Greedy
from scenes.decision_trees.growing import Growing
from scenes.decision_trees.judges import Judges
from scenes.decision_trees.overfit import Overfit
from scenes.decision_trees.question import Question
from scenes.decision_trees.shaken import Shaken
from scenes.decision_trees.stage import X, Y, bare_tree, rooms
from scenes.decision_trees.steps import Steps
from scenes.decision_trees.weakest import Weakest
from scenes.kit import ink, words
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import tree


class DecisionTrees(Question, Bits, Growing, Greedy, Overfit, Weakest, Steps, Shaken, Average, Judges, Credit):
    """From the first question about a wine to the vote of three hundred trees.

    - ``impurity``: Ask the question that cleans most; Two rulers, two first questions.
    - ``pruning``: Every stroke grows a branch; A tree without a stop memorises; Each branch must earn its
      leaves.
    - ``bagging``: Shake the cellar, and the tree changes its mind; Crowds help only if they differ.
    - ``forest``: Every tree has rows it never saw; Credit for every clean cut.
    """

    def poster(self) -> None:
        """The map in four rooms, and the same three strokes as a tree."""
        grown = tree.grow(self.points, self.labels, depth=2)
        shares = dict.fromkeys(grown.questions, 1.0)
        plane = Plane(X, Y, 7.2, ink.FRAME_HEIGHT + 0.2, x_ticks=[], y_ticks=[])
        plane.move_to((-ink.FRAME_WIDTH / 2, 0.0, 0.0), aligned_edge=LEFT)
        parts = rooms(plane, grown, opacity=0.5).open_each(shares)
        parts.strokes.set_stroke(width=8)
        wines = plane.classes(self.points, self.labels, radius=0.12)
        drawn = bare_tree(grown, 2.1, width=4.9).open_each(shares).scale(1.2)
        drawn.links.set_stroke(ink.chalk, width=6)
        root = parts.stroke(0)[0]
        drawn.shift(plane.at(root) - drawn.bar(0).mean(axis=0))
        drawn.set_x(0.5 * ink.FRAME_WIDTH / 2 + 0.1)
        low, high = drawn.bar(0)
        glow = plane.segment(
            root, plane.inverse(np.array([low[0], (low + high)[1] / 2, 0.0])), ink.focus, width=14
        )
        text = words.headline("Cut. Then\n[cut again:focus]", size=ink.POSTER)
        text.move_to((3.65, 1.7, 0.0))
        self.add(parts, glow, wines, drawn, text)
