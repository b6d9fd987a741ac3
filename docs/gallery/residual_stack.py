"""Blocks beside a road, the residual stream: each reads the road and adds its output to it."""

from manim import Mobject

from scenes.kit import ink
from scenes.kit.residual_stack import ResidualStack


def block() -> Mobject:
    """A block of a transformer; the marker has passed its first half."""
    stack = ResidualStack(["attention", "feed-forward"], [ink.focus, ink.third], through="norm")
    return stack.drive_to(1.2)
