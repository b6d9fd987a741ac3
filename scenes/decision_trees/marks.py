"""Planes whose numbers at the axes are as large as words: few of them, and none that nobody reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from manim import DOWN, LEFT

from scenes.kit import ink, shot
from scenes.kit.axis import Range
from scenes.kit.plane import Plane

TICK: Final = 38.0
"""Pixels of the figures at an axis."""
BELOW: Final = 0.6
"""Scene units under the plane for a line of names at the lower axis."""
BESIDE: Final = 0.85
"""Scene units left of the plane for numbers."""
GAP: Final = 0.18
"""Scene units from an axis to what stands at it."""


def marked_plane(
    region: shot.Region,
    x: Range,
    y: Range,
    across: Mapping[float, str],
    up: Mapping[float, str],
    y_label: str = "",
) -> Plane:
    """The region as a plane; ``across`` and ``up`` are what stands at the places of either axis."""
    lines = max((text.count("\n") + 1 for text in across.values()), default=0)
    lot = shot.Region(
        region.left + BESIDE * bool(up), region.bottom + BELOW * lines, region.right, region.top
    )
    plane = lot.plane(x, y, x_ticks=(), y_ticks=(), y_label=y_label)
    for spot, text in across.items():
        plane.add(plane.label(spot, y[0], text, DOWN, ink.quiet, gap=GAP, size=TICK))
    for spot, text in up.items():
        plane.add(plane.label(x[0], spot, text, LEFT, ink.quiet, gap=GAP, size=TICK))
    return plane
