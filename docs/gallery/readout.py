"""Live numbers."""

from manim import DOWN, RIGHT, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.value import Value
from scenes.kit.words import Readout


def numbers() -> Mobject:
    """A number that follows a value; digits change, and nothing around them moves."""
    loss = Value(0.6931)
    following = Readout(loss, 4, label="$cal(L) =$", color=ink.error)
    share = Readout(97.2, 1, "%", label="accuracy")
    return VGroup(following, share).arrange(DOWN, buff=0.4, aligned_edge=RIGHT)
