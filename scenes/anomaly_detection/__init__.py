"""Anomaly & Outlier Detection.

Measure oddness five ways, from simple fences to random cuts and local crowding, and set an alarm when hardly
anything is labelled.
"""

from __future__ import annotations

from scenes.anomaly_detection.budget import Budget
from scenes.anomaly_detection.context import Context
from scenes.anomaly_detection.crowding import Crowding
from scenes.anomaly_detection.cuts import Cuts
from scenes.anomaly_detection.fences import Fences
from scenes.anomaly_detection.last import Last
from scenes.anomaly_detection.opening import Opening
from scenes.anomaly_detection.scratches import Scratches
from scenes.anomaly_detection.shapes import Shapes
from scenes.anomaly_detection.shore import Shore
from scenes.anomaly_detection.swarm import Swarm


class AnomalyDetection(
    Opening, Fences, Shapes, Cuts, Crowding, Shore, Swarm, Budget, Context, Scratches, Last
):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """A lone dot in a wide cell."""
        self.add(self.title_words)
