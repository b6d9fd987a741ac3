"""The means of the birds as a wide table, and beside it as a long one."""

from __future__ import annotations

from typing import Final, cast

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.glide import glide
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.table import Table
from scenes.maths.python_ml_stack import data, groups, snippets
from scenes.python_ml_stack.flock import raised, spot
from scenes.python_ml_stack.stage import SPECIES_COLORS

LARGE: Final = 44.0
"""Pixels of capitals of what stands in small tables."""


def corners(cell: shot.Region) -> Floats:
    """Corners (4, 2) of a place, in scene units."""
    return np.array(
        [(cell.left, cell.bottom), (cell.right, cell.bottom), (cell.right, cell.top), (cell.left, cell.top)]
    )


class Sheet(VGroup):
    """The wide table: a cell for each species and sex, their names, and the means."""

    def __init__(
        self, region: shot.Region, *, size: float, head: float, indent: float, gap: float = 0.22
    ) -> None:
        super().__init__()
        means = groups.wide()
        body = shot.Region(region.left + indent, region.bottom, region.right, region.top - head)
        self.places = body.cells(3, 2, gap=gap)
        ground = bare()
        colors = [SPECIES_COLORS[name] for name in np.repeat(data.SPECIES, 2)]
        self.sexes = VGroup(
            *(
                words.label(str(sex), size=size).move_to(spot(cell.middle[0], region.top - head / 2))
                for sex, cell in zip(means.columns, self.places, strict=False)
            )
        )
        self.unit = words.label("mean (g)", ink.quiet, max(0.82 * size, ink.LABEL)).move_to(
            spot(region.left, region.top - head / 2), aligned_edge=LEFT
        )
        self.species = VGroup(
            *(
                words.label(name, SPECIES_COLORS[name], max(0.82 * size, ink.LABEL)).move_to(
                    spot(region.left, cell.middle[1]), aligned_edge=LEFT
                )
                for name, cell in zip(data.SPECIES, self.places[::2], strict=True)
            )
        )
        self.cells = VGroup(
            *(
                ground.polygon(corners(cell), color, 2.5, 0.1)
                for cell, color in zip(self.places, colors, strict=True)
            )
        )
        self.figures = VGroup(
            *(
                words.headline(f"{mass:.0f}", size=size).move_to(cell.middle)
                for mass, cell in zip(means.to_numpy(float).ravel(), self.places, strict=True)
            )
        )

    def becoming(self, other: Sheet) -> list[Animation]:
        """The animations in which it takes the places of ``other``, its figures aside."""
        pairs = [
            *zip(self.sexes, other.sexes, strict=True),
            *zip(self.species, other.species, strict=True),
            (self.unit, other.unit),
        ]
        return [
            *(
                glide(cell.redraw, (corners(here),), (corners(there),))
                for cell, here, there in zip(self.cells, self.places, other.places, strict=True)
            ),
            *(
                cast(Animation, one.animate.scale(float(two.height / one.height)).move_to(two))
                for one, two in pairs
            ),
        ]


class Folded:
    """The means twice: the wide table on the left, its rows folded into the long one on the right."""

    def __init__(self) -> None:
        room = raised(shot.safe(titled=False))
        left, right = room.columns(1, 1, gap=0.6)
        long = self.long = groups.tidy()
        tall = (right.height - 1.3) / 7
        self.table = Table(
            {
                "species": list(long["species"]),
                "sex": list(long["sex"]),
                "mass (g)": long["mass"].round().to_numpy(),
            },
            width=right.width,
            row_height=tall,
            size=LARGE * 0.9,
        )
        right.put(self.table, DOWN)
        for row, name in enumerate(long["species"]):
            self.table.cell(row, "species").content.set_fill(SPECIES_COLORS[str(name)])
        self.code = words.code(snippets.MELT, size=ink.LABEL)
        room.put(self.code, UP + LEFT)
        self.tidy = words.label("tidy data:\nlong form", ink.focus, size=LARGE)
        self.tidy.move_to(spot(right.right, room.top), aligned_edge=UP + RIGHT)
        half = shot.Region(left.left, left.bottom, left.right, left.bottom + float(self.table.height))
        self.sheet = Sheet(half, size=LARGE * 0.9, head=tall, indent=2.05, gap=0.14)

    def all(self) -> VGroup:
        """What stands there as the chapter ends."""
        sheet = self.sheet
        drawn = sheet.unit, sheet.sexes, sheet.species, sheet.cells, sheet.figures
        return VGroup(*drawn, self.table, self.code, self.tidy)
