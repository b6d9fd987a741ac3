"""Feature Engineering & Pipelines.

Fill the gaps, encode the categories and scale the columns without peeking over the fold wall, and see what a
leak does to an honest score.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.feature_engineering.descent import Descent
from scenes.kit import ink, words


class FeatureEngineering(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Simple imputation.

    What they have to teach, in the words of the catalog:

    - simple imputation
    - MICE as rounds of regression
    - one-hot and ordinal encoding
    - target encoding out of fold
    - how target encoding leaks
    - standard, min-max and robust scaling under an outlier
    - polynomial and interaction features
    - log features
    - leakage shown as a wrong score
    - a scikit-learn Pipeline
    - ColumnTransformer
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Feature\nEngineering &\nPipelines", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
