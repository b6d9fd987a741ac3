"""SVM, SVR & KNN: the widest margin, bent by a kernel, turned into a tube; and neighbours, who keep all the data."""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.kit import ink, words
from scenes.kit.plane import Plane
from scenes.svm.dual import Dual
from scenes.svm.far import Far
from scenes.svm.kernel import Kernel
from scenes.svm.margin import Margin
from scenes.svm.neighbours import Neighbours
from scenes.svm.reach import Reach
from scenes.svm.soft import Soft
from scenes.svm.stage import BOUNDARY, HELD
from scenes.svm.support import Support
from scenes.svm.tube import Tube


class Svm(Margin, Support, Dual, Soft, Kernel, Reach, Tube, Neighbours, Far):
    """From the widest street to the curse of dimensionality.

    - ``margin``: Which line would you trust?; Grow the line into a street.
    - ``support``: Three of a hundred hold it.
    - ``dual``: The same optimum from the other side.
    - ``soft``: Trespassing has a price.
    - ``kernel``: Lift the points, then cut flat; Nobody has to build the lift.
    - ``reach``: Gamma says how far a point reaches.
    - ``tube``: C and gamma are chosen together; Inside the tube, errors are free.
    - ``neighbours``: Or let the nearest vote.
    - ``far``: Far away, all are equally far; the end.
    """

    def poster(self) -> None:
        """The wide street from edge to edge, on its three flowers."""
        width, height = ink.FRAME_WIDTH + 0.2, ink.FRAME_HEIGHT + 0.2
        unit = 2.5
        x, y = (0.75, 0.75 + width / unit), (1.7, 1.7 + height / unit)
        plane = Plane(x, y, width, height, x_ticks=[], y_ticks=[])
        held = self.fit.support_vectors
        flowers = plane.classes(self.points, (self.sides > 0).astype(int), radius=0.14).only(held, 0.35)
        street = plane.band(self.fit.street.w, self.fit.street.b, color=BOUNDARY, fill=0.18)
        street.set_stroke(width=8)
        rings = [
            flowers.ring(held, HELD, radius=0.3 + 0.09 * k).set_stroke(width=10, opacity=0.9 / (k + 1) ** 1.6)
            for k in range(3)
        ]
        text = words.headline("Only\n[three:focus]\nmatter", size=1.3 * ink.POSTER)
        text.to_edge(RIGHT, buff=0.6).to_edge(UP, buff=0.6)
        self.add(street, flowers, *rings, text)
