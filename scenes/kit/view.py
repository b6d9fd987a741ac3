"""How a lifted plane is looked at: where its points are seen, and in which order things are drawn.

It knows nothing of what stands in the space: each thing draws itself as seen now, and tells in front of how many
sheets and how near each of its paths lies.  :class:`scenes.kit.space.Space` makes the things.
"""

from __future__ import annotations

from typing import Any, Final, Protocol, Self

import numpy as np
import numpy.typing as npt
from manim import Mobject

from scenes.kit.axis import Range
from scenes.kit.coordinates import Coordinates
from scenes.kit.path import Floats

PERSPECTIVE: Final = 0.03
"""Growth of what is one scene unit nearer, seen from the side; none from above."""
FOG: Final = 0.06
"""Share of a dot's opacity that one scene unit takes, seen from the side; none from above."""

Ranks = list[tuple[float, float, Mobject]]
"""Of each path: in front of how many sheets it lies, how near it is, and the path."""


class Solid(Protocol):
    """What stands in the space: it can be drawn as seen now, and be put in order."""

    def project(self) -> None:
        """Draw as seen now."""

    def ranks(self) -> Ranks:
        """Of each path, in front of how many sheets it lies, how near it is in scene units, and the mobject."""


class Flat(Protocol):
    """A flat sheet z = a + b·x + c·y: what is behind it is drawn before it."""

    heights: tuple[float, float, float]

    def above(self, points: Floats) -> Floats:
        """How far (in z) ``points`` (..., 3) in data units lie above the sheet."""


class Bent(Protocol):
    """A surface, which has to be cut where sheets pass through it."""

    def cut(self) -> None:
        """Cut it along the sheets as they lie now, and draw it."""


class View:
    """Heights over a plane, and the way they are looked at.

    ``z`` are the limits of the heights in data units; ``height`` is how far apart they are in scene units at
    full lift.  ``tilt`` and ``turn`` are angles in radians, ``lift`` the share of the heights that is shown,
    ``zoom`` scales the picture.

    Raises ``ValueError`` for an empty range of heights.
    """

    def __init__(self, plane: Coordinates, z: Range, height: float = 3.0) -> None:
        if not z[0] < z[1]:
            raise ValueError(f"heights cannot run from {z[0]} to {z[1]}")
        self.plane = plane
        self.z = z
        self.height = height
        self.tilt, self.turn, self.lift, self.zoom = 0.0, 0.0, 0.0, 1.0
        self.centre: Floats = plane.box.mean(0)
        self.reach = float(np.linalg.norm(plane.box[2] - plane.box[0])) / 2
        self.sheets: list[Flat] = []
        self.surfaces: list[Bent] = []
        self._things: list[Solid] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """No copy: a copied thing stands in the same space as the thing itself."""
        return self

    def look(
        self,
        tilt: float | None = None,
        turn: float | None = None,
        lift: float | None = None,
        zoom: float | None = None,
    ) -> Self:
        """Take on a new view at once; what is not named stays.  Everything in the space is drawn anew."""
        self.tilt = self.tilt if tilt is None else tilt
        self.turn = self.turn if turn is None else turn
        self.lift = self.lift if lift is None else lift
        self.zoom = self.zoom if zoom is None else zoom
        for thing in self._things:
            thing.project()
        self.arrange()
        return self

    def at(self, points: npt.ArrayLike) -> Floats:
        """Scene points (n, 3), as seen now, of ``points`` (n, 3) in data units."""
        return self.seen(self.solid(np.asarray(points, dtype=float)))[0]

    def solid(self, points: Floats) -> Floats:
        """Points (n, 3) in scene units around the floor's middle, of ``points`` (n, 3) in data units."""
        flat = self.plane.at(points[:, :2]) - self.centre
        flat[:, 2] = (points[:, 2] - self.z[0]) / (self.z[1] - self.z[0]) * self.height * self.lift
        return flat

    def laid(self, flat: Floats) -> Floats:
        """As :meth:`solid`, of scene points ``flat`` (n, 3) of the plane's picture, which lie on the floor then."""
        return (flat - self.centre) * [1.0, 1.0, 0.0]

    def seen(self, solid: Floats) -> tuple[Floats, Floats]:
        """Scene points (n, 3) and nearness (n,) in scene units, of ``solid`` points (n, 3)."""
        across, back = np.array(
            [[np.cos(self.turn), -np.sin(self.turn)], [np.sin(self.turn), np.cos(self.turn)]]
        )
        # Turned about the middle of the box, so that the picture stays in its place while it rises.
        rise = solid[:, 2] - self.height * self.lift / 2
        away = solid[:, :2] @ back
        depth = rise * np.cos(self.tilt) - away * np.sin(self.tilt)
        points = np.zeros_like(solid)
        points[:, 0] = solid[:, :2] @ across
        points[:, 1] = away * np.cos(self.tilt) + rise * np.sin(self.tilt)
        return self.centre + points * (self.zoom * self.growth(depth))[:, None], depth

    def growth(self, depth: Floats) -> Floats:
        """Factor (n,) by which perspective enlarges what is ``depth`` (n,) scene units nearer than the middle."""
        return np.asarray(1.0 / (1.0 - PERSPECTIVE * np.sin(self.tilt) * depth))

    def clearness(self, depth: Floats) -> Floats:
        """Opacity (n,), from 0.3 to 1, of dots that are ``depth`` (n,) scene units nearer than the middle."""
        return np.asarray(np.clip(1.0 + FOG * np.sin(self.tilt) * (depth - self.reach), 0.3, 1.0))

    def slabs(self, solid: Floats, sheets: list[Flat] | None = None) -> Floats:
        """In front of how many sheets each of the ``solid`` points (n, 3) lies, as the viewer sees it."""
        count = np.zeros(len(solid))
        sine, cosine = np.sin(self.tilt), np.cos(self.tilt)
        toward = np.array([-np.sin(self.turn) * sine, -np.cos(self.turn) * sine, cosine])
        middle = np.array([0.0, 0.0, self.height * self.lift / 2])
        for sheet in self.sheets if sheets is None else sheets:
            base, normal = self._sheet_normal(sheet)
            # The side on which the viewer stands, at a distance of 1 / (perspective · sine) from the middle.
            side = np.sign(normal @ toward + PERSPECTIVE * sine * (normal @ (middle - base)))
            count += (solid - base) @ normal * side >= -1e-9
        return count

    def arrange(self) -> None:
        """Set the drawing order of everything: what is behind is drawn first."""
        ranks = [rank for thing in self._things for rank in thing.ranks()]
        ranks.sort(key=lambda rank: rank[:2])
        for place, (_, _, path) in enumerate(ranks):
            path.z_index = (place + 1) / (len(ranks) + 1) - 1.0

    def refresh_surfaces(self) -> None:
        """Cut the surfaces anew, after a sheet has moved."""
        for surface in self.surfaces:
            surface.cut()

    def _sheet_normal(self, sheet: Flat) -> tuple[Floats, Floats]:
        """A point of the sheet, and the way up from it, in scene units."""
        a, b, c = sheet.heights
        base, east, north = self.solid(
            np.array([[x, y, a + b * x + c * y] for x, y in self.plane.corners[[0, 1, 3]]])
        )
        slopes = (east - base)[2] / (east - base)[0], (north - base)[2] / (north - base)[1]
        return base, np.array([-slopes[0], -slopes[1], 1.0])
