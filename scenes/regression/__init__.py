"""Linear & Logistic Regression.

Hang a square on every miss, turn the line until the squares are smallest in all, then bend the line so that
it speaks of chances.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.regression.descent import Descent


class Regression(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: OLS as least squares of areas.

    What they have to teach, in the words of the catalog:

    - OLS as least squares of areas
    - normal equations
    - gradient descent to the same line
    - residuals and what their plot tells
    - R²
    - multicollinearity and wobbling coefficients
    - variance inflation factor
    - sigmoid
    - log loss
    - L1 as diamond and L2 as circle
    - coefficient paths
    - decision boundary of logistic regression
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Linear &\nLogistic\nRegression", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
