"""Charts with few and large numbers at their axes: what a phone shows of them can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, VGroup

from scenes.kit import ink, shot
from scenes.kit.axis import Range
from scenes.kit.plane import Plane

LARGE: Final = 44.0
"""Pixels of the capitals of numbers at axes."""
_FOOT: Final = 0.85
"""Scene units that the numbers under a chart take."""
_ASIDE: Final = 1.45
"""Scene units that those left of it take."""


def ruled(
    place: shot.Region,
    x: Range,
    y: Range,
    across: Mapping[float, str],
    up: Mapping[float, str],
    **options: Any,
) -> tuple[Plane, VGroup]:
    """A plane in ``place``, and the large names of its ticks ``across`` and ``up``."""
    room = shot.Region(place.left + _ASIDE, place.bottom + _FOOT, place.right, place.top)
    plane = room.plane(x, y, x_ticks=list(across), y_ticks=list(up), numbers=False, **options)
    (left, low), _ = plane.limits
    names = VGroup(
        *(plane.label(at, low, text, DOWN, ink.quiet, gap=0.2, size=LARGE) for at, text in across.items()),
        *(plane.label(left, at, text, LEFT, ink.quiet, gap=0.2, size=LARGE) for at, text in up.items()),
    )
    right = place.right - float(np.max([name.get_right()[0] for name in names]))
    if right < 0:
        names[len(across) - 1].shift((right, 0.0, 0.0))
    return plane, names


def raised(exponent: int) -> str:
    """A power of ten, for words."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def power(value: float) -> str:
    """A number as a digit and a power of ten, for words."""
    exponent = int(np.floor(np.log10(value)))
    if exponent == 0:
        return f"{value:.0f}"
    return f"{value / 10.0**exponent:.0f} · {raised(exponent)}"
