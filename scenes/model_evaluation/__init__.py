"""Model Evaluation & Metrics.

Slide one threshold through a real classifier's scores and watch precision, recall and the ROC curve follow,
then split data without leaks.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.model_evaluation.choose import Choose
from scenes.model_evaluation.leak import Leak
from scenes.model_evaluation.one_number import OneNumber
from scenes.model_evaluation.outcome import Outcome
from scenes.model_evaluation.shares import Shares
from scenes.model_evaluation.turns import Turns
from scenes.model_evaluation.walk import Walk


class ModelEvaluation(Outcome, Shares, OneNumber, Walk, Turns, Leak, Choose):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        text = words.headline("Model\nEvaluation &\nMetrics", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(self.wall(), text)
