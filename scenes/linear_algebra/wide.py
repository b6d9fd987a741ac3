"""What stands in the picture while the frame moves, and letters that show which side of a tile is seen."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import ORIGIN, Mobject

from scenes.kit.drive import Drive
from scenes.kit.frame import Frame, Sight
from scenes.kit.glide import glide
from scenes.kit.matrix import Matrix
from scenes.kit.review_hints import backdrop

LETTER: Final = np.array(
    [
        (0.3, 0.15),
        (0.42, 0.15),
        (0.42, 0.44),
        (0.66, 0.44),
        (0.66, 0.56),
        (0.42, 0.56),
        (0.42, 0.73),
        (0.74, 0.73),
        (0.74, 0.85),
        (0.3, 0.85),
    ]
)
"""The outline of an F in the unit square: turned over it is another figure."""


def beside(sight: Sight, thing: Mobject) -> Mobject:
    """``thing`` where it stands in a frame at rest, for who looks by ``sight``."""
    return thing.scale(1 / sight.zoom, about_point=ORIGIN).shift((sight.x, sight.y, 0.0))


def looked_at(*tables: Matrix) -> None:
    """Say that the cells of ``tables`` are the picture, and no backdrop."""
    for table in tables:
        backdrop(table.cells, stands_back=False)


def staying(frame: Frame, to: Sight, *things: Mobject) -> Drive:
    """The animation that keeps ``things`` where they are in the picture while the frame goes to the sight ``to``."""
    start = frame.sight
    leaves = [leaf for thing in things for leaf in thing.get_family() if len(leaf.points)]
    seen = [start.seen(leaf.points) for leaf in leaves]

    def follow(now: Sight) -> tuple[Mobject, ...]:
        for leaf, points in zip(leaves, seen, strict=True):
            leaf.points[:] = points / now.zoom + (now.x, now.y, 0.0)
        return things

    return glide(follow, start, to)
