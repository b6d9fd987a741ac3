"""Probability & Statistics.

Let samples rain from known processes, slide curves under them, and learn what a p-value says, what it does
not, and why means make a bell.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.probability_statistics.descent import Descent


class ProbabilityStatistics(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: The Normal and the process that makes it.

    What they have to teach, in the words of the catalog:

    - the Normal and the process that makes it
    - the Binomial and the process that makes it
    - the Poisson and the process that makes it
    - MLE as sliding a curve under the data
    - Bayes' theorem as areas
    - hypothesis test
    - p-value
    - power and the two kinds of error
    - Central Limit Theorem from a very non-normal source
    - losses as negative log-likelihoods
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Probability &\nStatistics", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
