"""Blocks beside a road: each reads the road and adds what it made."""

from manim import Mobject

from scenes.kit import ink
from scenes.kit.stack import Stack


def block() -> Mobject:
    """A block of a transformer; the marker has passed its first half."""
    stack = Stack(["attention", "feed-forward"], [ink.focus, ink.third], through="norm")
    return stack.drive_to(1.2)
