"""Clustering: K-Means & DBSCAN.

Follow centroids as they walk, crowds as they flood and merges as they stack up, and see that each rule finds
the groups it was built to find.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.clustering.failures import Failures
from scenes.clustering.falling import Falling
from scenes.clustering.how_many import HowMany
from scenes.clustering.reach import Reach
from scenes.clustering.rounds import Rounds
from scenes.clustering.tree import Merging
from scenes.kit import ink, words


class Clustering(Rounds, Falling, HowMany, Failures, Reach, Merging):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        _, flowers = self.petal_field()
        text = words.headline("Clustering:\nK-Means &\nDBSCAN", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
