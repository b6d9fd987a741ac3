"""The matrix of the whole lesson, and the arrows that it turns."""

from __future__ import annotations

from scenes.maths.linear_algebra import linear


def figure() -> dict[str, object]:
    """``matrix`` (2, 2) and its factors ``sideways`` and ``upward``, applied in this order; ``ring`` (24, 2) unit
    arrows: even steps around the circle, and both ways of the two lines that the matrix keeps."""
    return {
        "matrix": linear.PUSH,
        "sideways": linear.SIDEWAYS,
        "upward": linear.UPWARD,
        "ring": linear.ring(),
    }
