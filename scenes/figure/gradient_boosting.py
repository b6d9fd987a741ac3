"""The cloud of flowers in which visitors look for the middle."""

from __future__ import annotations

from scenes.maths.gradient_boosting import gradient_boosting
from scenes.maths.shared.flower import Measure, irises


def figure() -> dict[str, object]:
    """``points`` (150, 2), petal length and width of irises in cm; ``start`` (2,), the first guess; ``rate``, the share
    of the slope that a step goes."""
    points = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
    return {"points": points, "start": gradient_boosting.START, "rate": gradient_boosting.RATE}
