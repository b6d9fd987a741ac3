"""Python ML Stack: NumPy, Pandas & Matplotlib.

Leave the Python loop, stretch small arrays over large ones, and take a raw table through grouping and joining
to a first insight.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.python_ml_stack.descent import Descent


class PythonMlStack(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Vectorised operations against the Python loop.

    What they have to teach, in the words of the catalog:

    - vectorised operations against the Python loop
    - memory layout and strides
    - broadcasting rules
    - boolean masks
    - axis reductions
    - index, dtypes and missing values of a DataFrame
    - groupby as split-apply-combine
    - merge and join
    - pivot and tidy tables
    - anatomy of a Matplotlib figure and its axes
    - histogram, box plot, scatter matrix and correlation heat map
    - from a raw table to a first insight
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Python ML\nStack: NumPy,\nPandas &\nMatplotlib", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
