"""Model Evaluation & Metrics.

Slide one threshold through a real classifier's scores and watch precision, recall and the ROC curve follow,
then split data without leaks.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.model_evaluation.descent import Descent


class ModelEvaluation(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Confusion matrix.

    What they have to teach, in the words of the catalog:

    - confusion matrix
    - accuracy and its trap under imbalance
    - precision and recall
    - F1
    - the threshold that walks the ROC curve
    - ROC-AUC as a ranking probability
    - PR curve and why it differs
    - k-fold cross-validation
    - StratifiedKFold
    - TimeSeriesSplit
    - leakage between folds
    - choosing the right metric for a task
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Model\nEvaluation &\nMetrics", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
