"""Arcs whose width and brightness are weights: who attends to whom, and how much."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit.arc import Arcs
from scenes.kit.token import Tokens


def attention() -> Mobject:
    """Each word attends to itself and to those before it."""
    tokens = Tokens(["Ada", "drinks", "her", "cold", "tea"])
    weights = np.tri(5) * [1.0, 0.4, 0.2, 0.6, 0.1]
    tops = tokens.tops(0.05)
    return VGroup(tokens, Arcs(tops, tops, weights / weights.sum(axis=1, keepdims=True), bow=0.3))
