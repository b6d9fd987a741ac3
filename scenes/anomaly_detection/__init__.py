"""Anomaly & Outlier Detection.

Measure oddness five ways, from simple fences to random cuts and local crowding, and set an alarm when hardly
anything is labelled.
"""

from __future__ import annotations

from manim import LEFT, UP, VGroup

from scenes.anomaly_detection.budget import Budget
from scenes.anomaly_detection.context import Context
from scenes.anomaly_detection.crowding import Crowding
from scenes.anomaly_detection.cuts import Cuts, cut_line
from scenes.anomaly_detection.fences import Fences
from scenes.anomaly_detection.last import Last
from scenes.anomaly_detection.opening import Opening
from scenes.anomaly_detection.scratches import Scratches
from scenes.anomaly_detection.shapes import Shapes
from scenes.anomaly_detection.shore import Shore
from scenes.anomaly_detection.stage import CUT, DOT, ODD, PLAIN, TRUE, quiet_plane
from scenes.anomaly_detection.swarm import Swarm
from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.maths.anomaly_detection import isolation


class AnomalyDetection(
    Opening, Fences, Shapes, Cuts, Crowding, Shore, Swarm, Budget, Context, Scratches, Last
):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``opening``: One of these dots does not fit.
    - ``fences``: Outliers stretch the ruler that measures them; The middle half holds still.
    - ``shapes``: The fence assumes a shape.
    - ``cuts``: Random cuts isolate the odd one first.
    - ``crowding``: Beside a tight crowd a small gap is large.
    - ``shore``: Hills and a shoreline.
    - ``swarm``: A swarm hides in its own crowd.
    - ``budget``: The score ranks, your budget draws the line.
    - ``context``: Odd for whom?
    - ``scratches``: Learn only the good parts.
    - ``last``: Score each point, then rank.

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
        """A lone dot in the wide cell of three cuts, beside the many cells around a dot of the crowd."""
        plane = quiet_plane((-3.3, 4.9), (-2.5, 5.1))
        dots = plane.dots(self.points, PLAIN, radius=1.3 * DOT)
        lone = plane.dots([self.lone], ODD, radius=0.3)
        lattice, cuts = VGroup(), VGroup()
        for row, drawn, color, width in (
            (isolation.middle(), lattice, ink.faint, LINE),
            (isolation.LONE, cuts, CUT, 3 * LINE),
        ):
            low, high = plane.limits
            for step in isolation.isolate(self.points, row, isolation.SHOWN, low, high):
                drawn.add(cut_line(plane, step, low, high, width).set_stroke(color))
                low, high = step.low, step.high
        text = words.headline("Three [cuts:fourth].\n[Caught.:error]", size=1.35 * ink.POSTER)
        shot.SAFE.put(text, UP + LEFT)
        self.add(lattice, cuts, dots, lone, lone.ring(0, TRUE, 0.55), text)
