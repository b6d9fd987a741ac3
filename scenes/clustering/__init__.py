"""Clustering: K-Means & DBSCAN.

Follow centroids as they walk, crowds as they flood and merges as they stack up, and see that each rule finds
the groups it was built to find.
"""

from __future__ import annotations

import numpy as np

from scenes.clustering.failures import Failures
from scenes.clustering.falling import Falling
from scenes.clustering.how_many import HowMany
from scenes.clustering.linkage import Linkage
from scenes.clustering.reach import Reach
from scenes.clustering.rounds import Rounds
from scenes.clustering.stage import CENTROID, Run, dye
from scenes.clustering.starts import BadStarts
from scenes.clustering.tree import Merging
from scenes.kit import ink, shot, words
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data, density


class Clustering(Rounds, Falling, BadStarts, HowMany, Failures, Reach, Merging, Linkage):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """The thumbnail: moons cut by centroids, and moons flooded."""
        left, right = shot.EDGES.inset(0.3).columns(1, 1, gap=0.3)
        points = data.moons()[0]
        planes = [
            room.plane((-1.75, 2.65), (-1.85, 2.75), equal=True, x_ticks=[], y_ticks=[])
            for room in (left, right)
        ]
        for plane in planes:
            plane.frame.set_stroke(opacity=0)
        middles = kmeans.restarts(points, 2, 10).centroids
        run = Run(planes[0], points, middles[np.argsort(middles[:, 0])], radius=0.08, mark=0.34)
        flood = planes[1].dots(points, radius=0.08)
        dye(flood, density.flooded().labels)
        question = [
            words.headline(text, color, size=ink.POSTER)
            for text, color in (("Centroids", CENTROID), ("or density?", ink.chalk))
        ]
        self.add(planes[0], planes[1], run, flood)
        for text, plane in zip(question, planes, strict=True):
            text.move_to(plane.at(-0.2, 2.2))
            self.add(text)
