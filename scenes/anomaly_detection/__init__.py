"""Anomaly & Outlier Detection.

Measure oddness five ways, from simple fences to random cuts and local crowding, and set an alarm when hardly
anything is labelled.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.anomaly_detection.descent import Descent
from scenes.kit import ink, words


class AnomalyDetection(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Z-score fence and when it lies.

    What they have to teach, in the words of the catalog:

    - Z-score fence and when it lies
    - IQR fence and when it lies
    - Isolation Forest and its short paths
    - Local Outlier Factor and local density
    - One-Class SVM as a frontier
    - choosing a threshold with hardly any labels
    - fraud as a worked case
    - manufacturing defects as a worked case
    - network intrusion as a worked case
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Anomaly &\nOutlier\nDetection", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
