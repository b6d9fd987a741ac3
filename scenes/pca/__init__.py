"""PCA & Dimensionality Reduction.

Turn a cloud until its long axis lies flat, keep the first few directions, and know exactly how much was
thrown away with the rest.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.pca.descent import Descent


class Pca(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Covariance matrix and its ellipse.

    What they have to teach, in the words of the catalog:

    - covariance matrix and its ellipse
    - eigen-decomposition of the covariance
    - projection
    - reconstruction error
    - variance explained and choosing k
    - whitening
    - contrast with t-SNE
    - contrast with UMAP
    - what distances in such a map mean and what they do not
    - PCA for visualisation
    - PCA for preprocessing
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("PCA &\nDimensionality\nReduction", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
