"""A name and its live number on one line."""

from manim import DOWN, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.gauge import Gauge


def column() -> Mobject:
    """Numbers of gauges one above the other stand flush right."""
    return VGroup(
        Gauge("width", lambda: 1.397, 3, "cm", ink.focus),
        Gauge("$w_1$", lambda: -0.82, 2),
        Gauge("flowers", lambda: 100, 0),
    ).arrange(DOWN, buff=0.4)
