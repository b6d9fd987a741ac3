"""The end: the table as a model takes it, and the pictures of the lesson side by side."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.nullity_matrix import NullityMatrix
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.viewport import Crop, Viewport
from scenes.maths.python_ml_stack import data, groups, looks, snippets, snippets_numpy
from scenes.python_ml_stack.flock import groups_of, spot
from scenes.python_ml_stack.sheet import corners
from scenes.python_ml_stack.stage import SPECIES_COLORS

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
BILLS: Final = ((31.0, 61.0), (12.6, 22.2))
"""Limits of bill length and bill depth, in mm."""
HEADS: Final = ("bill length", "bill depth", "flipper", "mass")
"""What stands over the columns of the features."""
TOWER: Final = Crop(190.0, 225.0, 330.0)
"""What of the photograph is seen at the end."""


class Ready:
    """The features X of the birds and their targets y, with the lines of code that make them."""

    def __init__(self, room: shot.Region) -> None:
        above, foot = room.rows(3.4, 2.25, gap=0.2)
        left, right = above.columns(4, 1.25, gap=0.5)
        top, body = left.rows(0.5, 3.7, gap=0.15)
        high, tall = right.rows(0.5, 3.7, gap=0.15)
        self.features = features(body)
        self.heads = VGroup(
            *(
                cell.put(words.label(name, size=LARGE))
                for name, cell in zip(HEADS, top.columns(1, 1, 1, 1, gap=0.1), strict=True)
            )
        )
        self.name = high.put(words.label("species", size=LARGE))
        self.targets = targets(tall)
        lines = foot.rows(1, 1, 1, 1, gap=0.05)
        codes = [
            line.put(words.code(text, size=42.0), LEFT)
            for text, line in zip(
                (snippets.FOUR, snippets.BIRDS, snippets.FEATURES, snippets.TARGET), lines, strict=True
            )
        ]
        self.before, self.codes = codes[:2], codes[2:]
        table = groups.measured()[list(data.MEASURES)].to_numpy()
        shapes = [
            words.label(f"{name}.shape is {shape}", ink.focus, LARGE)
            for name, shape in (("X", table.shape), ("y", table.shape[:1]))
        ]
        self.shapes = [line.put(text, RIGHT) for text, line in zip(shapes, lines[2:], strict=True)]


class Panel(VGroup):
    """The features and the targets, small; ``targets`` are the blocks of the species."""

    def __init__(self, region: shot.Region) -> None:
        left, right = region.columns(3, 1, gap=0.25)
        shades = shares()
        self.cells = VGroup()
        for column, cell in enumerate(left.columns(1, 1, 1, 1, gap=0.08)):
            for rows, strip in zip(
                np.array_split(shades[:, column], 12), cell.rows(*[1] * 12, gap=0.04), strict=True
            ):
                strength = float(rows.mean())
                self.cells.add(bare().polygon(corners(strip), ink.first, 0.0, 0.25 + 0.65 * strength))
        self.targets = targets(right, named=False)
        super().__init__(self.cells, self.targets)


class End:
    """Three pictures side by side, each with a name above it and a line of code below."""

    def __init__(self, pixels: npt.NDArray[np.uint8], room: shot.Region) -> None:
        head, body, foot = room.rows(0.55, 4.2, 0.55, gap=0.3)
        photo, table, figure = body.columns(1, 1, 1, gap=0.6)
        self.photo = Viewport(pixels, photo, TOWER)
        self.table = Panel(table)
        self.figure = drawn_figure(figure)
        self.words = [
            VGroup(
                words.headline(name, ink.focus, 46.0).move_to(spot(place.middle[0], head.middle[1])),
                words.code(code, size=36.0 if len(code) > 14 else 44.0).move_to(
                    spot(place.middle[0], foot.middle[1])
                ),
            )
            for name, code, place in zip(
                ("array", "features X, target y", "plot first"),
                (snippets_numpy.BRIGHTEN, snippets.CENTRED, snippets.DOTS),
                (photo, table, figure),
                strict=True,
            )
        ]


def shares() -> npt.NDArray[np.float64]:
    """(342, 4): the four measures of the birds, species by species, each column from 0 to 1."""
    birds = groups.measured()
    order = np.concatenate(groups_of(birds))
    table = birds[list(data.MEASURES)].to_numpy(float)[order]
    low, high = table.min(axis=0), table.max(axis=0)
    return np.asarray((table - low) / (high - low))


def features(region: shot.Region) -> NullityMatrix:
    """The four measures of 342 birds, as lines of colour."""
    return NullityMatrix(shares(), region, [ink.first] * len(data.MEASURES))


def targets(region: shot.Region, *, named: bool = True) -> VGroup:
    """The species of the same birds: a block for each, as high as it has birds."""
    birds = groups.measured()
    counts = [len(each) for each in groups_of(birds)]
    drawn = VGroup()
    for name, cell in zip(data.SPECIES, region.rows(*counts, gap=0.0), strict=True):
        block = bare().polygon(corners(cell), SPECIES_COLORS[name], 2.0, 0.3)
        text = [words.label(name, size=ink.LABEL).move_to(cell.middle)] if named else []
        drawn.add(VGroup(block, *text))
    return drawn


def drawn_figure(region: shot.Region) -> VGroup:
    """Three clouds and three rising lines."""
    plane = Plane(*BILLS, region.width, region.height, x_ticks=[], y_ticks=[], numbers=False)
    plane.move_to(region.middle)
    drawn = VGroup(plane)
    for name in data.SPECIES:
        x, y = looks.bills(name)
        slope, start = looks.line(x, y)
        ends = np.array([x.min(), x.max()])
        drawn.add(plane.cloud(np.column_stack([x, y]), SPECIES_COLORS[name], 0.045))
        points = np.column_stack([ends, start + slope * ends])
        drawn.add(plane.segment(points[0], points[1], SPECIES_COLORS[name], 8.0))
    return drawn
