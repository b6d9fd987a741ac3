"""Model Evaluation & Metrics.

Slide one threshold through a real classifier's scores and watch precision, recall and the ROC curve follow,
then split data without leaks.
"""

from __future__ import annotations

from typing import Final

from manim import LEFT, UP

from scenes.kit import ink, shot, words
from scenes.maths.model_evaluation import metrics
from scenes.model_evaluation.choose import Choose
from scenes.model_evaluation.humps import Humps
from scenes.model_evaluation.leak import Leak
from scenes.model_evaluation.one_number import OneNumber
from scenes.model_evaluation.outcome import Outcome
from scenes.model_evaluation.rare import Rare
from scenes.model_evaluation.shares import Shares
from scenes.model_evaluation.stage import THICK, THRESHOLD
from scenes.model_evaluation.turns import Turns
from scenes.model_evaluation.walk import Walk

CUT: Final = 0.1
"""The threshold of the poster."""


class ModelEvaluation(Outcome, Shares, OneNumber, Walk, Rare, Turns, Leak, Choose):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """Two humps with a line between, the question where to cut, and its point on the rising curve."""
        left, right = shot.safe(titled=False).columns(1, 1, gap=0.4)
        humps = Humps(left).cut(CUT)
        upper, lower = right.rows(1, 1.15, gap=0.3)
        text = upper.put(words.headline("Where to\n[cut?:focus]", size=1.5 * ink.POSTER), LEFT)
        plane = lower.plane((0, 1), (0, 1.02), x_ticks=[], y_ticks=[], numbers=False)
        roc = metrics.roc(self.all.positive, self.all.scores)
        curve = plane.curve(roc.fpr, roc.tpr, ink.chalk, 2.5 * THICK)
        point = plane.dots([roc.at(CUT)], THRESHOLD, radius=0.3)
        topic = plane.label(1, 0.1, "Model Evaluation", UP + LEFT, ink.quiet, 0.2, ink.POINT)
        self.add(humps.below, humps.above, humps.axis, humps.line.set_stroke(width=12), text)
        self.add(plane, curve, point, topic)
