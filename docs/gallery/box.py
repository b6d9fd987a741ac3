"""Parts of a model in boxes."""

from manim import DOWN, RIGHT, Mobject, VGroup

from scenes.kit import ink, words
from scenes.kit.box import Box


def parts() -> Mobject:
    """Boxes around words and formulas, as wide as is asked for, and an outline around both."""
    project = Box(words.formula("W_Q"), ink.first, width=1.6, height=1.2)
    attend = Box(words.label("attention", ink.focus), ink.focus, height=1.2)
    both = VGroup(project, attend).arrange(RIGHT, buff=0.6)
    name = words.label("one head").next_to(both, DOWN, buff=0.4)
    return VGroup(both, name, Box(VGroup(both, name), room=(0.4, 0.3)).outline.set_fill(opacity=0))
