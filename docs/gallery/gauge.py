"""A name and its live number on one line."""

from manim import DOWN, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.gauge import Gauge
from scenes.kit.value import Value


def column() -> Mobject:
    """Gauges read a value, what is made of it, or a plain number; their numbers stand flush right."""
    width = Value(1.397)
    return VGroup(
        Gauge("width", width, 3, "cm", ink.focus),
        Gauge("$w_1$", width.of(lambda now: -0.82 * now / 1.397), 2),
        Gauge("flowers", 100, 0),
    ).arrange(DOWN, buff=0.4)
