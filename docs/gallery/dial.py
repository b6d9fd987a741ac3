"""One number that a lesson turns while the picture answers."""

from manim import Mobject

from scenes.kit.dial import Dial


def gamma() -> Mobject:
    """A scale with marks, by logarithms here, and a knob that turns to a value."""
    return Dial("gamma", [0.01, 0.1, 1, 10], log=True).turn(0.6)
