"""Naïve Bayes Classifiers.

Word by word the evidence tips a balance of log-odds, in four variants, with the zero that kills and the over-
confidence that has to be mended.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.naive_bayes.descent import Descent


class NaiveBayes(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Bayes' theorem for classes.

    What they have to teach, in the words of the catalog:

    - Bayes' theorem for classes
    - the conditional-independence assumption and what it buys
    - Gaussian Naïve Bayes
    - Multinomial Naïve Bayes
    - Complement Naïve Bayes
    - Bernoulli Naïve Bayes
    - Laplace smoothing and the zero that kills
    - text classification with TF-IDF
    - reliability diagram and over-confidence
    - probability calibration
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Naïve Bayes\nClassifiers", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
