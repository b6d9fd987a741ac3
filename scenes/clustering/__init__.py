"""Clustering: K-Means & DBSCAN.

Follow centroids as they walk, crowds as they flood and merges as they stack up, and see that each rule finds
the groups it was built to find.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.clustering.descent import Descent
from scenes.kit import ink, words


class Clustering(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Lloyd's algorithm step by step.

    What they have to teach, in the words of the catalog:

    - Lloyd's algorithm step by step
    - inertia going down
    - choosing K by the elbow
    - choosing K by the silhouette
    - bad starts
    - k-means++
    - ε-neighbourhoods of DBSCAN
    - core, border and noise points
    - clusters of arbitrary shape
    - hierarchical clustering
    - dendrogram
    - where each method fails
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Clustering:\nK-Means &\nDBSCAN", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
