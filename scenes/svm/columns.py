"""The columns that a lift to all products of two features has, a dot for each."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN

from scenes.kit import ink, shot, words
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel
from scenes.svm.margin import LARGE

FEATURES: Final = 100
"""Of which all products of two are taken."""


def products() -> tuple[Plane, Floats]:
    """A plane to the edges, and a spot on it for each product of two features, (5050, 2)."""
    count = kernel.product_columns(FEATURES)
    wide, high = FEATURES + 1, count // (FEATURES + 1)
    plane = shot.EDGES.inset(ink.MARGIN / 2).plane((0, wide), (0, high), equal=True, x_ticks=[], y_ticks=[])
    at = np.arange(count)
    return plane, np.column_stack([at % wide + 0.5, high - at // wide - 0.5])


def columns_told() -> tuple[Tag, Tag]:
    """How many columns there are, and of what."""
    count = Tag(words.headline(f"{kernel.product_columns(FEATURES):,} columns", ink.focus), opacity=1.0)
    small = Tag(
        words.note(f"all products of two of {FEATURES} features, squares included", size=LARGE), opacity=1.0
    )
    shot.safe(titled=False).put(count)
    return count, small.next_to(count, DOWN, buff=words.GAP)
