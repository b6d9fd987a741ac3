"""What the acts of the lesson share: the plain of settings with its lights and its landscape, and plates of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self, cast

import numpy as np
import numpy.typing as npt
from manim import DEGREES, DOWN, LEFT, UP, Animation, ManimColor, Mobject, VGroup, interpolate_color

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson
from scenes.kit.noun import HAIR, THIN, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loops, pieces
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.solid import SolidDots
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.view import Ranks
from scenes.maths.hyperparameter_tuning.landscape import COSTS, GAMMAS, landscape

GRID: Final = ink.first
"""Grid search, from first to last frame."""
RANDOM: Final = ink.second
"""Random search."""
MODEL: Final = ink.fourth
"""The Gaussian process, and the search that it leads."""
PARZEN: Final = ink.third
"""TPE, and good trials."""
LAND: Final = ink.truth
"""The score as it really is."""
LOSER: Final = ink.error
"""What is stopped, and what flatters."""

POSE: Final = (58 * DEGREES, 10 * DEGREES)
"""Tilt and turn from which the plain is seen."""
RAISED: Final = 0.6
"""Scene units that the plain's middle lies above the frame's."""
LOWER_PLAIN: Final = 1.3
"""The same on the poster, whose words stand below it."""
HIGH: Final = 3.3
"""Scene units of a score of 1."""
LEVELS: Final = (0.12, 0.3, 0.5, 0.7, 0.85, 0.93, 0.955, 0.968, 0.978)
"""Scores at which the landscape changes its shade."""

maths: Final = words.Formulas(
    {"f": LAND, "mu": MODEL, "sigma": MODEL, "rho": MODEL, "lambda": ink.focus, "lambda^*": ink.focus}
)
"""A formula in the colours of this lesson."""


def told(text: str, side: Floats, color: ManimColor = ink.chalk, size: float = ink.POINT) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    return raised(shot.SAFE.put(Tag(words.label(text, color, size)), side))


def raised(tag: Tag) -> Tag:
    """The same tag, over all that is drawn."""
    tag.set_z_index(3)
    return tag


def settings(cells: npt.ArrayLike) -> Floats:
    """Settings (n, 2), powers of ten of gamma and C, of ``cells`` (n, 2): rows and columns of the landscape."""
    rows = np.asarray(cells, dtype=int)
    return np.column_stack([GAMMAS[rows[:, 0]], COSTS[rows[:, 1]]])


def scores(cells: npt.ArrayLike) -> Floats:
    """Scores (n,) of ``cells`` (n, 2)."""
    rows = np.asarray(cells, dtype=int)
    return np.asarray(landscape().scores[rows[:, 0], rows[:, 1]])


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


class Plain(Space):
    """The search space as a plain: gamma across, C into the depth, both by powers of ten, the score as height.

    Without perspective, so that what stands in one line along C is one line when the eye looks along C.
    """

    def growth(self, depth: Floats) -> Floats:
        """Nothing grows as it comes nearer."""
        return np.ones_like(depth)

    def clearness(self, depth: Floats) -> Floats:
        """Nothing pales as it goes away."""
        return np.ones_like(depth)

    def terrain(self, shares: Floats | None = None) -> Terrain:
        """The landscape."""
        return self._keep(Terrain(self, landscape().scores if shares is None else shares))

    def lights(self, cells: npt.ArrayLike, color: ManimColor, radius: float = 0.15) -> Lights:
        """A light for each trial."""
        return Lights(self, settings(cells), scores(cells), color, radius)


class Lights(VGroup):
    """Trials on a plain: a stem as high as the score, with a light on top; ``rise`` by shares of their height."""

    def __init__(
        self, plain: Plain, places: Floats, heights: Floats, color: ManimColor, radius: float
    ) -> None:
        super().__init__()
        self.places, self.heights = places, heights
        tops = np.column_stack([places, heights])
        self.stems = plain.drop(tops, color, 1.4 * THIN)
        self.glow = plain.dots(tops, color, radius=2.3 * radius)
        self.glow.mute(None, 0.22)
        self.dots = plain.dots(tops, color, radius=radius)
        self.add(self.stems, self.glow, self.dots)

    def rise(self, shares: npt.ArrayLike) -> Self:
        """Stand at ``shares`` of the heights, one or (n,), 0 to 1."""
        tops = np.column_stack([self.places, self.heights * np.asarray(shares, dtype=float)])
        feet = np.column_stack([self.places, np.zeros(len(tops))])
        self.stems.redraw(feet, tops)
        self.glow.redraw(tops)
        self.dots.redraw(tops)
        return self


class Terrain(OnPlane, VGroup):
    """A table of heights over a plain as land: strips along gamma, the brighter the higher, the nearer ones last."""

    is_one: Final = True

    def __init__(self, plain: Plain, table: Floats) -> None:
        super().__init__()
        self.plane = plain.plane
        self.view = plain
        self.table = table
        self.share = 1.0
        self.strips = table.shape[1] - 1
        count = len(LEVELS) + 1
        shades = [
            interpolate_color(ink.ground, LAND, 0.14 + 0.72 * step / (count - 1)) for step in range(count)
        ]
        shades[-1] = interpolate_color(LAND, ink.chalk, 0.45)
        self.skins = [
            [Mark(plain.plane, color=shade, width=HAIR, fill=1.0) for shade in shades]
            for _ in range(self.strips)
        ]
        self.ribs = [
            Mark(plain.plane, color=ink.ground, width=HAIR, opacity=0.8) for _ in range(self.strips + 1)
        ]
        for strip, rib in zip(reversed(range(self.strips)), reversed(self.ribs), strict=False):
            self.add(rib, *self.skins[strip])
        self.add(self.ribs[0])
        self.redraw(1.0)

    def redraw(self, share: float) -> Self:
        """Rise to ``share`` of the heights, 0 to 1."""
        self.share = share
        self.project()
        self.view.arrange()
        return self

    def project(self) -> None:
        """Draw it as seen now."""
        rows, columns = self.table.shape
        gammas = np.linspace(GAMMAS[0], GAMMAS[-1], rows)
        costs = np.linspace(COSTS[0], COSTS[-1], columns)
        flat = np.stack(np.meshgrid(gammas, costs, indexing="ij"), axis=-1)
        solid = np.concatenate([flat, (self.share * self.table)[..., None]], axis=-1)
        seen = self.view.at(solid.reshape(-1, 3)).reshape(rows, columns, 3)
        middle = (self.table[:-1, :-1] + self.table[1:, :-1] + self.table[1:, 1:] + self.table[:-1, 1:]) / 4
        kinds = np.searchsorted(LEVELS, middle)
        for strip in range(self.strips):
            near, far = seen[:, strip], seen[:, strip + 1]
            quads = np.stack([near[:-1], near[1:], far[1:], far[:-1]], axis=1)
            for level, mark in enumerate(self.skins[strip]):
                own = quads[kinds[:, strip] == level]
                mark.draw(loops(own) if len(own) else EMPTY)
        for column, rib in enumerate(self.ribs):
            rib.draw(pieces(seen[:-1, column], seen[1:, column]))

    def ranks(self) -> Ranks:
        """Strip by strip from the back, under all lights."""
        found: Ranks = []
        for strip in range(self.strips):
            found += [(-0.5, -float(strip), mark) for mark in self.skins[strip]]
        return found + [(-0.5, -float(column) + 0.5, rib) for column, rib in enumerate(self.ribs)]


def plain_of(
    wide: float = 10.6, deep: float = 5.0, high: float = HIGH, reach: float = 1.0, raised_by: float = RAISED
) -> Plain:
    """A plain in the middle of the frame, seen from above at first; scores from 0 to ``reach`` are ``high``."""
    room = shot.Region(-wide / 2, raised_by - deep / 2, wide / 2, raised_by + deep / 2)
    plane = room.plane(
        (float(GAMMAS[0]), float(GAMMAS[-1])), (float(COSTS[0]), float(COSTS[-1])), x_ticks=[], y_ticks=[],
        numbers=False,
    )  # fmt: skip
    plane.frame.set_stroke(opacity=0)
    return Plain(plane, (0.0, reach), high)


def axis_names(plain: Plain, size: float = ink.POINT) -> VGroup:
    """Names and ends of both sides of the plain, which go with it as it turns: those of gamma, then those of C."""
    plane = plain.plane
    assert isinstance(plane, Plane)
    across = VGroup(
        plane.label(-3.5, -1, "gamma", DOWN, gap=0.25, size=size),
        plane.label(-5.85, -1, "$10^(-6)$", DOWN, ink.quiet, size=ink.AXIS),
        plane.label(-1.15, -1, "$10^(-1)$", DOWN, ink.quiet, size=ink.AXIS),
    )
    deep = VGroup(
        plane.label(-6, 1, "C", LEFT, size=size),
        plane.label(-6, -0.75, "$10^(-1)$", LEFT, ink.quiet, size=ink.AXIS),
        plane.label(-6, 2.85, "$10^3$", LEFT, ink.quiet, size=ink.AXIS),
    )
    for word in (*across, *deep):
        plain.carry(word)
    return VGroup(across, deep)


def glow(part: Mobject, color: ManimColor = ink.focus) -> Animation:
    """The animation in which a part of the picture lights up, and returns to what it was.

    Nothing leaves its place: dots swell, lines thicken, areas brighten, words take the ``color`` for a while.
    """
    if isinstance(part, Dots):
        sizes = part.sizes if isinstance(part, SolidDots) else part.radii
        return drive(lambda share: part.redraw(radius=sizes * (1 + 0.35 * swell(share))), part)
    if isinstance(part, Mark) and part.get_stroke_width() > 0:
        width = float(part.get_stroke_width())
        return drive(lambda share: part.set_stroke(width=width * (1 + 0.9 * swell(share))), part)
    if isinstance(part, Mark):
        fill = float(part.get_fill_opacity())
        return drive(lambda share: part.set_fill(opacity=min(1.0, fill * (1 + 0.7 * swell(share)))), part)
    return words.light(cast("VGroup", part), color)


def swell(share: float) -> float:
    """From 0 to 1 and back, twice."""
    return float(np.sin(2 * np.pi * share) ** 2)


def come(bars: BarChart, old: npt.ArrayLike, new: npt.ArrayLike) -> Drive:
    """The animation in which some bars of a chart come, with their names and numbers: strengths before and after."""
    return glide(bars.shade, np.array(old, dtype=float), np.array(new, dtype=float), bars)


class Folds(VGroup):
    """Rows of blocks, each row the data once more; ``held`` are the blocks that are held out, one a row."""

    def __init__(
        self,
        place: shot.Region,
        rows: int,
        columns: int,
        color: ManimColor = ink.quiet,
        held: ManimColor = LAND,
    ) -> None:
        super().__init__()
        bare = shot.bare()
        self.rows: list[VGroup] = []
        self.held = VGroup()
        for row, cells in enumerate(place.rows(*[1] * rows, gap=0.2)):
            blocks = VGroup()
            for column, cell in enumerate(cells.columns(*[1] * columns, gap=0.08)):
                out = column == row
                corners = [
                    (cell.left, cell.bottom), (cell.right, cell.bottom), (cell.right, cell.top), (cell.left, cell.top),
                ]  # fmt: skip
                block = bare.polygon(corners, held if out else color, width=0, fill=0.95 if out else 0.4)
                blocks.add(block)
                if out:
                    self.held.add(block)
            self.rows.append(blocks)
            self.add(blocks)


def label_at(plain: Plain, place: Sequence[float], text: str, color: ManimColor, side: Floats = UP) -> Tag:
    """A number beside a point (3,) of the plain as it is seen now."""
    tag = Tag(words.headline(text, color, ink.POINT), 0.8)
    tag.next_to(plain.at(np.array([place], dtype=float))[0], side, buff=0.2)
    return raised(tag)


class HyperparameterTuningStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The plain of settings, its floor and the names of its sides."""
        self.land = landscape()
        self.plain = plain_of()
        self.floor = backdrop(self.plain.floor(), stands_back=False)
        self.names = axis_names(self.plain)
        self.plain.look(tilt=POSE[0], turn=POSE[1], lift=1.0)

    def whole(self) -> None:
        """Go back to the whole stage, so that what leaves next does not pass the captions."""
        self.play(self.frame.back(), run_time=pace.BRISK)
