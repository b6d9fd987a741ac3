"""The end: the pictures of the lesson in one frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.viewport import Viewport
from scenes.maths.python_ml_stack import broadcast, data, groups, looks, snippets_numpy
from scenes.python_ml_stack.flock import groups_of, spot
from scenes.python_ml_stack.pairs import limits
from scenes.python_ml_stack.stage import SPECIES_COLORS

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
BILLS: Final = ((31.0, 61.0), (12.6, 22.2))
"""Limits of bill length and bill depth, in mm."""


def named(texts: Sequence[str], places: Sequence[shot.Region]) -> list[words.Words]:
    """A name at the foot of each of ``places``, all on one line."""
    names = [
        words.label(text, ink.focus, ink.LABEL).move_to(spot(each.middle[0], each.bottom + 0.2))
        for text, each in zip(texts, places, strict=True)
    ]
    for name in names[1:]:
        words.align_baseline(name, names[0])
    return names


class End:
    """The pictures of the lesson in one frame, with the terms that they carry."""

    def __init__(
        self, pixels: npt.NDArray[np.uint8], upper: shot.Region, middle: shot.Region, lower: shot.Region
    ) -> None:
        low = 0.5
        tops = upper.columns(1, 1, 1, gap=0.3)
        feet = lower.columns(1, 1, 1, gap=0.3)
        small = [shot.Region(each.left, each.bottom + low, each.right, each.top) for each in (*tops, *feet)]
        above = named(("array", "dtype, shape, stride", "boolean mask"), tops)
        below = named(("DataFrame: index, NaN", "groupby", "Figure, Axes"), feet)
        word = words.headline("broadcasting", ink.focus, ink.POINT)
        middle.put(word, RIGHT)
        self.names = VGroup(*above, word, *below)
        self.code = words.code(snippets_numpy.BRIGHTEN, size=ink.POINT)
        middle.put(self.code, LEFT)
        self.photo = Viewport(pixels, small[0])
        self.small = self.photo.points.copy()
        factor = shot.EDGES.width / small[0].width
        high = shot.EDGES.top - factor * small[0].height / 2
        self.large = (self.small - small[0].middle) * factor + spot(0.0, high)
        tape = pixels[0, 0]
        wide = small[1].width / len(tape)
        self.tape = ArrayCells(tape, wide, 0.95, ink.first, size=LARGE)
        self.tape.put(self.tape.grid(1, small[1].middle))
        painted = pixels.copy()
        painted[pixels[..., 2] <= 200] //= 4
        self.mask = Viewport(painted, small[2])
        self.grid = ArrayCells(broadcast.total().ravel(), 1.15, 0.72, ink.focus, size=LARGE)
        self.ends = self.grid.grid(3, middle.middle)
        self.starts = self.ends.copy()
        self.starts[:, :] = self.ends[4 * (np.arange(12) // 4)]
        self.table = self.drawn_table(small[3])
        self.crowds, self.figure = self.drawn_crowds(small[4]), self.drawn_figure(small[5])

    def place(self, points: Floats) -> Viewport:
        """The photograph lies between other corners."""
        self.photo.points = points
        return self.photo

    def lie(self, centres: Floats, strength: float) -> ArrayCells:
        """The cells of the grid lie around ``centres`` (12, 3), shown at ``strength``."""
        return self.grid.put(centres).shade(strength)

    def drawn_table(self, region: shot.Region) -> VGroup:
        """Three rows with a hole."""
        rows = data.penguins().iloc[[0, 3, 4]]
        texts = VGroup()
        for (label, row), line in zip(rows.iterrows(), region.rows(1, 1, 1, gap=0.05), strict=True):
            mass = row["body_mass_g"]
            shown = (str(label), str(row["species"]), "NaN" if np.isnan(mass) else f"{mass:.0f}")
            for text, cell in zip(shown, line.columns(0.4, 1.3, 1, gap=0.1), strict=True):
                color = ink.error if text == "NaN" else SPECIES_COLORS.get(text, ink.chalk)
                texts.add(words.label(text, color, ink.LABEL).move_to(spot(cell.left, cell.middle[1]), LEFT))
        return texts

    def drawn_crowds(self, region: shot.Region) -> VGroup:
        """Three crowds with their means."""
        birds = groups.measured()
        mass = birds["body_mass_g"].to_numpy(float)
        plane = Plane(
            (0, 3), limits(mass), region.width, region.height, x_ticks=[], y_ticks=[], numbers=False
        )
        plane.move_to(region.middle)
        plane.frame.set_stroke(opacity=0)
        rng, drawn = np.random.default_rng(6), VGroup()
        for number, (name, members) in enumerate(zip(data.SPECIES, groups_of(birds), strict=True)):
            x = number + 0.5 + rng.uniform(-0.3, 0.3, len(members))
            drawn.add(plane.cloud(np.column_stack([x, mass[members]]), SPECIES_COLORS[name], 0.03))
            mean = float(mass[members].mean())
            drawn.add(plane.segment((number + 0.1, mean), (number + 0.9, mean), SPECIES_COLORS[name], 6.0))
        return drawn

    def drawn_figure(self, region: shot.Region) -> VGroup:
        """Three clouds and three rising lines."""
        plane = Plane(*BILLS, region.width, region.height, x_ticks=[], y_ticks=[], numbers=False)
        plane.move_to(region.middle)
        drawn = VGroup(plane)
        for name in data.SPECIES:
            x, y = looks.bills(name)
            slope, start = looks.line(x, y)
            ends = np.array([x.min(), x.max()])
            drawn.add(plane.cloud(np.column_stack([x, y]), SPECIES_COLORS[name], 0.03))
            points = np.column_stack([ends, start + slope * ends])
            drawn.add(plane.segment(points[0], points[1], SPECIES_COLORS[name], 6.0))
        return drawn
