"""The thumbnail: dots, one bright line, glowing squares, and a tray that holds them."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, UP, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.regression import engel, least_squares
from scenes.regression.stage import DATA, ERROR, MODEL, lay
from scenes.regression.tray import ErrorSquares, Tray

ACROSS: Final = (4.4, 16.6)
UP_TO: Final = (3.3, 10.5)
GLOW: Final = ((44, 0.10), (28, 0.16), (12, 1.0))
"""Widths and opacities of the line's strokes."""


def thumbnail() -> VGroup:
    """The whole picture."""
    twelve = engel.twelve()
    best = least_squares.fit(twelve.income, twelve.food)
    plane = shot.EDGES.plane(ACROSS, UP_TO, equal=True, x_ticks=[], y_ticks=[], numbers=False)
    squares = ErrorSquares(plane, twelve.income, twelve.food, best, fill=0.55)
    squares.tiles.set_stroke(ERROR, 3 * LINE)
    line = VGroup(
        *(
            lay(plane.segment((0, 0), (0, 0), MODEL, width), best, ACROSS).set_stroke(opacity=opacity)
            for width, opacity in GLOW
        )
    )
    dots = plane.dots(twelve.points, DATA, radius=0.24)
    tray = Tray(plane, 11.3, 16.3, 3.9, 6.4, np.sort(squares.areas())[::-1])
    tray.slabs.set_fill(opacity=0.6)
    tray.walls.set_stroke(width=4 * LINE)
    text = words.headline("The [least:focus]\nsquares", size=1.35 * ink.POSTER)
    shot.SAFE.put(text, UP + LEFT)

    return VGroup(squares, line, dots, tray, Tag(text, 0.0))
