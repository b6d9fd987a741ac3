"""The words of a text in boxes."""

from manim import Mobject

from scenes.kit import ink
from scenes.kit.token import Tokens


def text() -> Mobject:
    """Two kinds of words differ in colour and shape; some step back."""
    tokens = Tokens(["Ada", "drinks", "tea", "with", "Ben"], pills=[True, False, False, False, True])
    return tokens.tint(ink.first, [0, 4]).only([0, 2, 4])
