"""The birds as dots that keep their order, colour and shape through the chapters of the table, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink, shot
from scenes.kit.dot import Dots, Shape
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.maths.python_ml_stack import data
from scenes.python_ml_stack.stage import SPECIES_COLORS

SPECIES_SHAPES: Final[Mapping[str, Shape]] = {"Adelie": "disc", "Chinstrap": "triangle", "Gentoo": "square"}
"""A species has a shape too, for who cannot tell its colour."""
RADIUS: Final = 0.085
"""Of a bird, in scene units."""
FOOT: Final = 0.12
"""Scene units between a line and the captions."""
NUMBERED: Final = 42.0
"""Pixels of capitals of numbers and names at the axes of a wide picture."""


def raised(room: shot.Region, head: float = 0.0) -> shot.Region:
    """The part of ``room`` for what has a line at its foot, which captions are not to touch; ``head`` is left free."""
    return shot.Region(room.left, room.bottom + FOOT, room.right, room.top - head)


def spot(x: float, y: float) -> Floats:
    """The scene point (3,) at ``x`` and ``y``."""
    return np.array([x, y, 0.0])


def species_of(birds: data.Birds) -> list[str]:
    """The species of each bird, by name."""
    return [str(each) for each in birds["species"]]


def flock(
    birds: data.Birds,
    places: Floats,
    radius: float = RADIUS,
    *,
    told: bool = True,
    color: ManimColor = ink.chalk,
) -> Dots:
    """A dot for each of ``birds`` at the scene points ``places`` (n, 3), ``told`` by its species' colour and shape."""
    names = species_of(birds)
    colors = [SPECIES_COLORS[each] for each in names] if told else [color] * len(names)
    shapes: list[Shape] = [SPECIES_SHAPES[each] for each in names] if told else ["disc"] * len(names)
    ground = bare()
    return Dots(ground, ground.inverse(places), colors, shapes, radius)


def groups_of(birds: data.Birds) -> list[npt.NDArray[np.intp]]:
    """For each species, in pandas' order, the numbers of its birds among ``birds``."""
    names = np.array(species_of(birds))
    return [np.flatnonzero(names == each) for each in data.SPECIES]


def packed(count: int, region: shot.Region, step: float) -> Floats:
    """Scene points (count, 3) of a block of dots ``step`` apart in the middle of ``region``, row by row."""
    columns = max(min(int(region.width / step), count), 1)
    rows = -(-count // columns)
    columns = -(-count // rows)
    step = min(step, region.height / rows)
    number = np.arange(count)
    row, column = number // columns, number % columns
    wide = np.where(row == rows - 1, count - (rows - 1) * columns, columns)
    x = region.middle[0] + (column - (wide - 1) / 2) * step
    y = region.middle[1] - (row - (rows - 1) / 2) * step
    return np.column_stack([x, y, np.zeros(count)])
