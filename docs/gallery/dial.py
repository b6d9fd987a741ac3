"""A named scale with a knob, for one number."""

from manim import Mobject

from scenes.kit.dial import Dial


def gamma() -> Mobject:
    """A scale with marks, logarithmic here, and a knob that points at a value."""
    return Dial("gamma", [0.01, 0.1, 1, 10], log=True).redraw(0.6)
