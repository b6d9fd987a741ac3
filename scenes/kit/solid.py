"""What can be drawn in a lifted plane: dots, floor, surface, sheet, curve, stems.

Each noun keeps its points in data units (x, y, z), draws itself as seen now (``project``), and tells in front
of how many sheets and how near each of its paths lies (``ranks``), from which the space orders the drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor, Mobject, VGroup

from scenes.kit.dot import Dots, Ring, Shape
from scenes.kit.noun import HAIR, LINE, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, clip_below, loop, loops, pieces
from scenes.kit.review_hints import backdrop
from scenes.kit.view import Ranks, View

FLOOR: Final = -2.0
"""Rank of what lies on the floor: under everything."""
STEMS: Final = -1.0
"""Rank of stems: over the floor, under what stands in the space."""
BANDS: Final = 8
"""Slices by depth into which a surface is cut, each one path."""

Heights = Callable[[Floats, Floats], npt.ArrayLike]


class Billboard:
    """A mobject that keeps facing the viewer while its place on the floor moves: a dot, a number, a name.

    What stands outside the box keeps its distance from the box's edge, however flat that is seen.
    """

    def __init__(self, view: View, mobject: Mobject) -> None:
        self.view = view
        self.mobject = mobject
        place = mobject.get_center()
        edge = np.clip(place, view.plane.box[0], view.plane.box[2])
        self.place: Floats = np.array([edge, place])
        self.offset = float(np.linalg.norm(place - edge))

    def project(self) -> None:
        """Move to where the place on the floor is seen now."""
        edge, place = self.view.seen(self.view.laid(self.place))[0]
        way = place - edge
        length = float(np.linalg.norm(way))
        self.mobject.move_to(edge + way * (self.offset / length) if length > 0 else edge)

    def ranks(self) -> Ranks:
        """All its paths, at the rank of the floor."""
        return [(FLOOR, 0.0, leaf) for leaf in self.mobject.family_members_with_points()]


class Laid:
    """A path or picture drawn flat on the plane, which now lies on the floor."""

    def __init__(self, view: View, leaf: Mobject) -> None:
        self.view = view
        self.leaf = leaf
        self.flat: Floats = leaf.points.copy()

    def project(self) -> None:
        """Draw the flat points as seen now."""
        self.leaf.points = self.view.seen(self.view.laid(self.flat))[0]

    def ranks(self) -> Ranks:
        """All its paths, at the rank of the floor."""
        return [(FLOOR, 0.0, self.leaf)]


class SolidDots(Dots):
    """Data points (n, 3): x, y and height.  Nearer ones are larger and brighter; a sheet covers those behind it."""

    def __init__(
        self,
        view: View,
        points: npt.ArrayLike,
        color: ManimColor,
        shape: Shape,
        radius: float | npt.ArrayLike,
    ) -> None:
        self.view = view
        self.spots: Floats = np.asarray(points, dtype=float)
        self.sizes: Floats = np.broadcast_to(np.asarray(radius, dtype=float), (len(self.spots),))
        self._fog: Floats = np.ones(len(self.spots))
        super().__init__(view.plane, self.spots, color, shape, radius)

    def redraw(
        self, points: npt.ArrayLike | None = None, radius: float | npt.ArrayLike | None = None
    ) -> Self:
        """Move to ``points`` (n, 3) in data units, take on ``radius`` (scene units, from above), or both."""
        if points is not None:
            self.spots = np.asarray(points, dtype=float)
        if radius is not None:
            self.sizes = np.broadcast_to(np.asarray(radius, dtype=float), (len(self.spots),))
        self.project()
        self.view.arrange()
        return self

    def project(self) -> None:
        """Draw the dots as seen now."""
        centres, depth = self.view.seen(self.view.solid(self.spots))
        self.put(centres, self.sizes * self.view.growth(depth))
        fog = self.view.clearness(depth)
        # What a scene did to the opacity (muted, half faded) stays: only the change of the fog is applied.
        for dot, change in zip(self.submobjects, fog / self._fog, strict=True):
            dot.fill_rgbas[:, 3] *= change
            dot.stroke_rgbas[:, 3] *= change
        self._fog = fog

    def ranks(self) -> Ranks:
        """A rank for each dot, by where it is."""
        solid = self.view.solid(self.spots)
        slabs, depth = self.view.slabs(solid), self.view.seen(solid)[1]
        return list(zip(slabs.tolist(), depth.tolist(), self.submobjects, strict=True))


class SolidRing(Ring):
    """Rings around some dots, following them as the space turns."""

    def __init__(self, dots: SolidDots, which: list[int], color: ManimColor, radius: float | None) -> None:
        super().__init__(dots, which, color, radius)
        self.view = dots.view
        self.dots = [dots]

    def project(self) -> None:
        """Lie around the dots where they are seen now."""
        self.follow(self.dots[0])

    def ranks(self) -> Ranks:
        """One path, in front of as many sheets as the foremost of its dots."""
        slabs = self.view.slabs(self.view.solid(self.dots[0].spots[self.which]))
        return [(float(slabs.max(initial=0.0)), np.inf, self)]


class _Lines(Mark):
    """Straight pieces in space, one path for all.  Without a ``rank`` of its own it lies on top of its slab."""

    def __init__(self, view: View, color: ManimColor, width: float, rank: float | None = None) -> None:
        super().__init__(view.plane, color=color, width=width)
        self.joint_type = LineJointType.ROUND
        self.view = view
        self.rank = rank
        self.starts: Floats = EMPTY
        self.ends: Floats = EMPTY

    def _run(self, starts: Floats, ends: Floats) -> Self:
        """Run from ``starts`` to ``ends``, each (n, 3) in data units."""
        self.starts, self.ends = starts, ends
        self.project()
        self.view.arrange()
        return self

    def project(self) -> None:
        """Draw the pieces as seen now."""
        self.draw(pieces(self.view.at(self.starts), self.view.at(self.ends)))

    def ranks(self) -> Ranks:
        """As one path, in front of as many sheets as most of it is."""
        if self.rank is not None:
            return [(self.rank, 0.0, self)]
        slabs = self.view.slabs(self.view.solid((self.starts + self.ends) / 2))
        return [(float(np.median(slabs)) if len(slabs) else 0.0, np.inf, self)]


class SolidSegments(_Lines):
    """Any number of straight segments in space: the grid of a floor, stems."""

    def redraw(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Self:
        """Run from ``starts`` to ``ends``, each (n, 3) in data units; n may change."""
        return self._run(np.asarray(starts, dtype=float), np.asarray(ends, dtype=float))


class SolidCurve(_Lines):
    """A curve in space."""

    def redraw(self, points: npt.ArrayLike) -> Self:
        """Run through ``points`` (n, 3) in data units; a point that is not finite interrupts."""
        way = np.asarray(points, dtype=float)
        whole = np.isfinite(way[:-1]).all(1) & np.isfinite(way[1:]).all(1)
        return self._run(way[:-1][whole], way[1:][whole])


class Sheet(OnPlane, VGroup):
    """The flat set z = a + b·x + c·y as far as it lies in the box, translucent."""

    def __init__(self, view: View, color: ManimColor, fill: float) -> None:
        super().__init__()
        self.plane = view.plane
        self.view = view
        self.body = Mark(view.plane, color=color, width=LINE / 2, fill=fill)
        self.body.joint_type = LineJointType.ROUND
        self.add(self.body)
        self.heights: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def redraw(self, a: float, b: float = 0.0, c: float = 0.0) -> Self:
        """Lie at z = ``a`` + ``b``·x + ``c``·y, all in data units."""
        self.heights = (a, b, c)
        self.project()
        self.view.refresh_surfaces()
        self.view.arrange()
        return self

    def above(self, points: Floats) -> Floats:
        """How far (in z) ``points`` (..., 3) in data units lie above the sheet."""
        a, b, c = self.heights
        return np.asarray(points[..., 2] - a - b * points[..., 0] - c * points[..., 1])

    def outline(self) -> Floats:
        """Corners (n, 3) in data units of the part within the box."""
        a, b, c = self.heights
        base = self.plane.corners
        corners = np.column_stack([base, a + base @ [b, c]])
        low, high = self.view.z
        corners, _ = clip_below(corners, corners[:, 2], high)
        corners, _ = clip_below(corners, -corners[:, 2], -low)
        return corners

    def project(self) -> None:
        """Draw the sheet as seen now."""
        self.body.draw(loop(self.view.at(self.outline())))

    def ranks(self) -> Ranks:
        """One path, half a rank in front of what lies behind the sheet."""
        others = [sheet for sheet in self.view.sheets if sheet is not self]
        middle = self.outline().mean(0) if len(self.outline()) else np.zeros(3)
        return [(float(self.view.slabs(self.view.solid(middle[None]), others)[0]) + 0.5, 0.0, self.body)]


class Surface(OnPlane, VGroup):
    """A height over each point of the plane: translucent skin and wires, cut level at the box's top.

    Skin and wires are cut where a sheet passes through, and drawn in slices by depth: few paths, right order.
    """

    def __init__(self, view: View, color: ManimColor, fill: float, wires: int) -> None:
        super().__init__()
        self.plane = view.plane
        self.view = view
        self.every = wires
        self.grid: Floats = np.zeros((1, 1, 3))
        self.skin = _Slices(view, Mark(view.plane, color=color, fill=fill))
        self.wires = _Slices(view, Mark(view.plane, color=color, width=HAIR, opacity=0.55))
        self.add(self.skin, backdrop(self.wires))

    def redraw(self, heights: Heights | npt.ArrayLike, shape: tuple[int, int] = (32, 32)) -> Self:
        """Stand at ``heights``: values (ny, nx) sampled as the plane's mesh, or a function of x and y.

        ``shape`` (ny, nx) is how finely a function is sampled.
        """
        values = None if callable(heights) else np.asarray(heights, dtype=float)
        ny, nx = shape if values is None else values.shape
        mesh = self.plane.mesh(nx, ny)
        if callable(heights):
            values = np.asarray(heights(mesh[..., 0], mesh[..., 1]), dtype=float)
        self.grid = np.dstack([mesh, np.broadcast_to(np.asarray(values), (ny, nx))])
        self.cut()
        self.view.arrange()
        return self

    def cut(self) -> None:
        """Cut skin and wires along the box's top and the sheets, and draw them."""
        grid, top = self.grid, self.view.z[1]
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2).reshape(
            -1, 4, 3
        )
        tiles = _Tiles(quads, []).split(lambda points: np.asarray(points[..., 2] - top))[0]
        lines = [
            (grid[:: self.every, :-1], grid[:: self.every, 1:]),
            (grid[:-1, :: self.every], grid[1:, :: self.every]),
        ]
        wires = np.concatenate([np.stack([p, q], axis=2).reshape(-1, 2, 3) for p, q in lines])
        wires = _split_wires(wires, lambda points: np.asarray(points[..., 2] - top))
        wires = wires[wires.mean(1)[:, 2] <= top]
        for sheet in self.view.sheets:
            below, above = tiles.split(sheet.above)
            tiles = _Tiles(np.concatenate([below.quads, above.quads]), below.parts + above.parts)
            wires = _split_wires(wires, sheet.above)
        sizes = {len(part) for part in tiles.parts}
        alike = [np.array([part for part in tiles.parts if len(part) == size]) for size in sorted(sizes)]
        self.skin.hold([tiles.quads, *alike])
        self.wires.hold([wires])
        self.project()

    def project(self) -> None:
        """Draw skin and wires as seen now."""
        self.skin.project()
        self.wires.project()

    def ranks(self) -> Ranks:
        """A rank for each slice of skin and wires."""
        return self.skin.ranks + self.wires.ranks


class _Slices(OnPlane, VGroup):
    """Shapes of one style, drawn as one path for each slice by depth and each slab between sheets."""

    is_one: Final = True

    def __init__(self, view: View, style: Mark) -> None:
        super().__init__()
        self.plane = view.plane
        self.view = view
        self.style = style
        self.shapes: list[Floats] = []
        self.ranks: Ranks = []

    def hold(self, shapes: list[Floats]) -> None:
        """Keep ``shapes``, each (m, k, 3) in data units: m polygons of k corners, or pieces where k is 2."""
        self.shapes = [shape for shape in shapes if len(shape)]
        # All paths that can be needed, so that none is added while an animation runs.
        while len(self.submobjects) < BANDS * (len(self.view.sheets) + 1):
            self.add(self.style.copy())

    def project(self) -> None:
        """Sort the shapes into slices as seen now, and draw each slice as a path of this group."""
        view, slices = self.view, dict[tuple[int, int], list[Floats]]()
        for shape in self.shapes:
            count, corners = shape.shape[:2]
            solid = view.solid(shape.reshape(-1, 3))
            points, depth = view.seen(solid)
            middle = solid.reshape(count, corners, 3).mean(1)
            band = np.clip((depth.reshape(count, corners).mean(1) / view.reach + 1) / 2 * BANDS, 0, BANDS - 1)
            keys = BANDS * view.slabs(middle).astype(int) + band.astype(int)
            outlines = points.reshape(count, corners, 3)
            for key in np.unique(keys).tolist():
                chosen = outlines[keys == key]
                drawn = loops(chosen) if corners > 2 else pieces(chosen[:, 0], chosen[:, 1])
                slices.setdefault(divmod(key, BANDS), []).append(drawn)
        self.ranks = []
        for path, ((slab, band), parts) in zip(self.submobjects, slices.items(), strict=False):
            path.points = np.concatenate(parts)
            self.ranks.append((slab, ((band + 0.5) / BANDS * 2 - 1) * view.reach, path))
        for path in self.submobjects[len(slices) :]:
            path.points = EMPTY


@dataclass(frozen=True, slots=True)
class _Tiles:
    """A skin in pieces: whole quads (m, 4, 3), and polygons (k, 3) that a cut has left."""

    quads: Floats
    parts: list[Floats]

    def split(self, height: Callable[[Floats], Floats]) -> tuple[_Tiles, _Tiles]:
        """What lies below and above ``height`` 0, a function that is linear on each piece."""
        heights = height(self.quads)
        under, over = (heights <= 0).all(1), (heights > 0).all(1)
        crossed = self.quads[~under & ~over & np.isfinite(heights).all(1)]
        below, above = list[Floats](), list[Floats]()
        for part in [*crossed, *self.parts]:
            below.append(clip_below(part, height(part), 0.0)[0])
            above.append(clip_below(part, -height(part), 0.0)[0])
        return (
            _Tiles(self.quads[under], [part for part in below if len(part) > 2]),
            _Tiles(self.quads[over], [part for part in above if len(part) > 2]),
        )


def _split_wires(wires: Floats, height: Callable[[Floats], Floats]) -> Floats:
    """Wires (n, 2, 3), cut in two where they cross ``height`` 0; those with a gap are left out."""
    wires = wires[np.isfinite(wires).all((1, 2))]
    heights = height(wires)
    crossed = heights[:, 0] * heights[:, 1] < 0
    begin, end = heights[crossed].T
    cut = wires[crossed, 0] + (begin / (begin - end))[:, None] * (wires[crossed, 1] - wires[crossed, 0])
    halves = [np.stack([wires[crossed, 0], cut], axis=1), np.stack([cut, wires[crossed, 1]], axis=1)]
    return np.concatenate([wires[~crossed], *halves])
