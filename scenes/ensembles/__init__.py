"""Bagging, Boosting & Stacking.

Average learners to calm them, chain weak ones so that each repairs the last, or train a judge on answers that
nobody had peeked at.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.ensembles.descent import Descent
from scenes.kit import ink, words


class Ensembles(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Bagging cuts variance.

    What they have to teach, in the words of the catalog:

    - bagging cuts variance
    - Random Forest as bagging
    - boosting cuts bias
    - AdaBoost with SAMME for classes
    - AdaBoost.R2 for regression
    - weights swelling on the mistakes
    - stacking with out-of-fold predictions
    - the meta-learner
    - diversity and why errors must disagree
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Bagging,\nBoosting &\nStacking", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
