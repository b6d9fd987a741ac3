"""The lift of degree 2 by hand: six columns, and two points in them whose products add up to a square."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup

from scenes.kit import ink, shot, words
from scenes.maths.svm import kernel

LIFTED = (1.0, 2.0)
OTHER = (2.0, 2.0)
"""Two points that can be followed in the head."""
ROOTED = (False, True, True, False, True, False)
"""Which columns of degree 2 have the factor √2, so that their products add up to a square."""


def columns_of(point: tuple[float, float]) -> list[float]:
    """What stands in the six columns of degree 2 for a point, but for the factor √2 of those in ``ROOTED``."""
    x, y = point
    return [1.0, x, y, x * x, x * y, y * y]


def columns_by_hand(room: shot.Region) -> tuple[list[VGroup], words.Words]:
    """Rows of the lift of degree 2: its six columns, the two points in them, their products; and the square."""
    grid = room.rows(1, 1, 1, 1, 1, gap=0.1)
    heads = ["1", "x_1", "x_2", "x_1^2", "x_1 x_2", "x_2^2"]
    texts = [[f"sqrt(2) {head}" if root else head for head, root in zip(heads, ROOTED, strict=True)]]
    texts += [
        [
            f"{value:g} sqrt(2)".removeprefix("1 ") if root else f"{value:g}"
            for value, root in zip(columns_of(point), ROOTED, strict=True)
        ]
        for point in (LIFTED, OTHER)
    ]
    parts = kernel.square_products(np.array(LIFTED), np.array(OTHER))
    texts.append([f"{each:g}" for each in parts])
    names = [words.note("column", ink.quiet)]
    names += [
        words.note(f"$bold({letter}) = ({x:g}, {y:g})$", colors={f"bold({letter})": ink.chalk})
        for letter, (x, y) in (("x", LIFTED), ("z", OTHER))
    ]
    names.append(words.note("product", ink.focus))
    rows = []
    for region, name, cells in zip(grid, names, texts, strict=False):
        side, *spots = region.columns(2.0, *[1.0] * len(cells), gap=0.1)
        row = VGroup(side.put(name, LEFT))
        color = ink.focus if name is names[-1] else ink.chalk
        for spot, text in zip(spots, cells, strict=True):
            row.add(spot.put(words.note(f"${text}$", size=ink.POINT).set_color(color)))
        rows.append(row)
    total = words.formula(
        f"{' + '.join(f'{each:g}' for each in parts)} = {sum(parts):g} = ({np.dot(LIFTED, OTHER):g} + 1)^2",
        size=ink.POINT,
    )
    return rows, grid[-1].put(total)
