"""OvA vs OvO Multi-class Classification.

Build a many-way classifier from yes-or-no ones, by curtains or by fences, count what each costs, and see when
softmax is the better way.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.multiclass.descent import Descent


class Multiclass(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: One-vs-all as a set of binary boundaries.

    What they have to teach, in the words of the catalog:

    - one-vs-all as a set of binary boundaries
    - one-vs-one as a set of binary boundaries
    - voting
    - ambiguous regions
    - K models against K(K−1)/2
    - cost and data per model as classes grow
    - one-vs-all and one-vs-one with SVMs
    - softmax instead and when
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("OvA vs OvO\nMulti-class\nClassification", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
