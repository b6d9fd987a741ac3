"""Words on a plate, over lines."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink, words
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag


def over_a_curve() -> Mobject:
    """The plate hides the line under the words, so that nothing crosses them."""
    plane = Plane((0, 6), (-1, 1), 6.0, 3.0)
    xs = np.linspace(0, 6, 60)
    tag = Tag(words.label("the truth", color=ink.truth).move_to(plane.at(3, 0.1)))
    return VGroup(plane, plane.curve(xs, np.sin(xs), ink.truth), tag)
