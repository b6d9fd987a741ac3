"""PCA & Dimensionality Reduction.

Turn a cloud until its long axis lies flat, keep the first few directions, and know exactly how much was
thrown away with the rest.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, shot, words
from scenes.pca.adding import Adding
from scenes.pca.fall import Fall
from scenes.pca.inputs import Inputs
from scenes.pca.islands import Islands
from scenes.pca.pixels import Pixels
from scenes.pca.shadow import Shadow
from scenes.pca.table import Table
from scenes.pca.turned import Turned


class Pca(Pixels, Table, Turned, Shadow, Fall, Adding, Inputs, Islands):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``table``: Five points, one table.
    """

    def poster(self) -> None:
        """The thumbnail."""
        text = words.headline("Turn.\nThen drop.", size=ink.POSTER)
        shot.safe(titled=False).put(text, RIGHT + UP)
        self.add(text)
