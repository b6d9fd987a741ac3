"""A plane lifted into the third dimension and turned, drawn in an ordinary flat scene.

Seen from straight above (``tilt`` 0, ``turn`` 0, ``zoom`` 1) the space is the very picture of its plane,
whatever the heights: the lift starts from the flat picture, and the tilt reveals it.  What is farther away is
drawn earlier, dots smaller and fainter too; translucent sheets lie over what is behind them.

    space = Space(plane, z=(0, 2), height=3.0)
    space.carry(plane)
    bowl, lifted = space.surface(lambda x, y: x**2 + y**2), space.dots(points, ink.first)
    self.add(plane, bowl, lifted)
    self.play(space.turning(tilt=65 * DEGREES, turn=30 * DEGREES, lift=1.0), run_time=3)
    sheet = space.sheet(0.0)
    self.add(sheet)
    self.play(space.drive(lambda t: sheet.lay(0.5 * t)))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Mobject, smooth

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.dot import RADIUS, Dots, Shape, Which, numbers_of
from scenes.kit.drive import Drive
from scenes.kit.intent import backdrop
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.solid import (
    FLOOR,
    STEMS,
    Billboard,
    Heights,
    Laid,
    Ranks,
    Sheet,
    SolidDots,
    SolidLines,
    SolidRing,
    Surface,
)

PERSPECTIVE: Final = 0.03
"""Growth of what is one scene unit nearer, seen from the side; none from above."""
FOG: Final = 0.06
"""Share of a dot's opacity that one scene unit takes, seen from the side; none from above."""


class Solid(Protocol):
    """What a space keeps: it can be drawn as seen now, and be put in order."""

    def redraw(self) -> None:
        """Draw as seen now."""

    def ranks(self) -> Ranks:
        """Slab, nearness and mobject of each path."""


Noun = TypeVar("Noun", bound=Solid)


class Space:
    """The third dimension over a plane, and the way it is looked at.

    ``z`` are the limits of the heights in data units; ``height`` is how far apart they are in scene units at
    full lift.  ``tilt`` and ``turn`` are angles in radians, ``lift`` the share of the heights that is shown,
    ``zoom`` scales the picture.  Everything is drawn under words and other things of the scene.

    Raises ``ValueError`` for an empty range of heights.
    """

    def __init__(self, plane: Plane, z: Range, height: float = 3.0) -> None:
        if not z[0] < z[1]:
            raise ValueError(f"heights cannot run from {z[0]} to {z[1]}")
        self.plane = plane
        self.z = z
        self.height = height
        self.tilt, self.turn, self.lift, self.zoom = 0.0, 0.0, 0.0, 1.0
        self.centre: Floats = plane.box.mean(0)
        self.reach = float(np.linalg.norm(plane.box[2] - plane.box[0])) / 2
        self.sheets: list[Sheet] = []
        self._things: list[Solid] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """There is one space: copies of what stands in it stand in the same."""
        return self

    # How it is looked at

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
            thing.redraw()
        self.arrange()
        return self

    def turning(
        self,
        tilt: float | None = None,
        turn: float | None = None,
        lift: float | None = None,
        zoom: float | None = None,
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Turning:
        """The animation from the view at its beginning to the named one."""
        named = {"tilt": tilt, "turn": turn, "lift": lift, "zoom": zoom}
        view = {name: value for name, value in named.items() if value is not None}
        return Turning(self, view, self.nouns, run_time=run_time, rate_func=rate_func)

    def drive(
        self,
        path: Callable[[float], object],
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """As :func:`scenes.kit.drive.drive`, for what stands in the space: a sheet that rises, dots that climb.

        Whatever ``path`` moves may change what hides what, so all of the space that is on stage is drawn anew.
        """
        return Drive(path, *self.nouns, brings=False, run_time=run_time, rate_func=rate_func)

    @property
    def nouns(self) -> list[Mobject]:
        """Every mobject that changes when the view does."""
        return [path for thing in self._things for _, _, path in thing.ranks()] + [
            thing for thing in self._things if isinstance(thing, Mobject)
        ]

    # Where things are

    def at(self, points: npt.ArrayLike) -> Floats:
        """Scene points (n, 3), as seen now, of ``points`` (n, 3) in data units."""
        return self.seen(self.solid(np.asarray(points, dtype=float)))[0]

    def solid(self, points: Floats) -> Floats:
        """Points (n, 3) in scene units around the floor's middle, of ``points`` (n, 3) in data units."""
        flat = self.plane.at(points[:, :2]) - self.centre
        flat[:, 2] = (points[:, 2] - self.z[0]) / (self.z[1] - self.z[0]) * self.height * self.lift
        return flat

    def laid(self, flat: Floats) -> Floats:
        """As :meth:`solid`, of scene points (n, 3) of the flat picture: they lie on the floor."""
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
        """Size (n,) of what is ``depth`` (n,) nearer than the middle."""
        return np.asarray(1.0 / (1.0 - PERSPECTIVE * np.sin(self.tilt) * depth))

    def clearness(self, depth: Floats) -> Floats:
        """Opacity (n,) of a dot that is ``depth`` (n,) nearer than the middle: 1 for the nearest."""
        return np.asarray(np.clip(1.0 + FOG * np.sin(self.tilt) * (depth - self.reach), 0.3, 1.0))

    def slabs(self, solid: Floats, sheets: list[Sheet] | None = None) -> Floats:
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
        """Order everything by painter's rule: what is behind is drawn first."""
        ranks = [rank for thing in self._things for rank in thing.ranks()]
        ranks.sort(key=lambda rank: rank[:2])
        for place, (_, _, path) in enumerate(ranks):
            path.z_index = (place + 1) / (len(ranks) + 1) - 1.0

    def refresh_surfaces(self) -> None:
        """Cut the surfaces anew, after a sheet has moved."""
        for thing in self._things:
            if isinstance(thing, Surface):
                thing.cut()

    # What stands in it

    def carry(self, mobject: Mobject) -> Mobject:
        """Let the plane, or what was drawn on it, tilt and turn with the floor; words keep upright.

        It must be drawn anew (``lay``, ``trace``) only while the space is seen from above.
        """
        if isinstance(mobject, Plane):
            self.carry(mobject.grid)
            self.carry(mobject.frame)
            for word in [*mobject.numbers, *mobject.names]:
                self._keep(Billboard(self, word))
        elif isinstance(mobject, Dots) or getattr(mobject, "is_words", False):
            for part in mobject if isinstance(mobject, Dots) else [mobject]:
                self._keep(Billboard(self, part))
        else:
            for leaf in mobject.family_members_with_points():
                self._keep(Laid(self, leaf))
        return mobject

    def floor(self, lines: int = 8, color: ManimColor = ink.faint, width: float = HAIR) -> SolidLines:
        """A grid of ``lines`` cells each way on the floor, with its edge."""
        (x0, y0), (x1, y1) = self.plane.limits
        xs, ys = np.linspace(x0, x1, lines + 1), np.linspace(y0, y1, lines + 1)
        ground = self.z[0]
        ends = [
            np.stack(np.broadcast_arrays(*sides), axis=-1)
            for sides in ((xs, y0, ground), (x0, ys, ground), (xs, y1, ground), (x1, ys, ground))
        ]
        grid = backdrop(self._keep(SolidLines(self, color, width, rank=FLOOR)))
        return grid.lay(np.concatenate(ends[:2]), np.concatenate(ends[2:]))

    def dots(
        self,
        points: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        shape: Shape = "disc",
        radius: float | npt.ArrayLike = RADIUS,
    ) -> SolidDots:
        """Data points (n, 3): x, y and height.  Seen from above they are the dots of the plane."""
        dots = self._keep(SolidDots(self, points, color, shape, radius))
        return dots.place()

    def ring(self, dots: SolidDots, which: Which, color: ManimColor = ink.focus) -> SolidRing:
        """A ring around each of the chosen dots, which follows them."""
        ring = self._keep(SolidRing(dots, numbers_of(which, len(dots)), color, None))
        self.arrange()
        return ring

    def surface(
        self,
        heights: Heights | npt.ArrayLike,
        color: ManimColor = ink.quiet,
        fill: float = 0.10,
        wires: int = 2,
        shape: tuple[int, int] = (25, 25),
    ) -> Surface:
        """The surface z = ``heights``: a function of x and y, or values (ny, nx) sampled as the plane's mesh.

        Every ``wires``-th line of the samples is drawn; a function is sampled on ``shape`` (ny, nx).
        """
        return self._keep(Surface(self, color, fill, wires)).lift(heights, shape)

    def sheet(
        self, a: float, b: float = 0.0, c: float = 0.0, color: ManimColor = ink.focus, fill: float = 0.22
    ) -> Sheet:
        """The flat set z = ``a`` + ``b``·x + ``c``·y within the box."""
        sheet = Sheet(self, color, fill)
        self.sheets.append(sheet)
        return self._keep(sheet).lay(a, b, c)

    def curve(self, points: npt.ArrayLike, color: ManimColor = ink.chalk, width: float = LINE) -> SolidLines:
        """The curve through ``points`` (n, 3) in data units."""
        return self._keep(SolidLines(self, color, width)).trace(points)

    def drop(
        self, points: npt.ArrayLike, color: ManimColor = ink.faint, width: float = THIN / 2
    ) -> SolidLines:
        """Stems from the floor up to ``points`` (n, 3) or (3,)."""
        tops = np.atleast_2d(np.asarray(points, dtype=float))
        feet = np.column_stack([tops[:, :2], np.full(len(tops), self.z[0])])
        return self._keep(SolidLines(self, color, width, rank=STEMS)).lay(feet, tops)

    def _keep(self, thing: Noun) -> Noun:
        self._things.append(thing)
        return thing

    def _sheet_normal(self, sheet: Sheet) -> tuple[Floats, Floats]:
        """A point of the sheet, and the way up from it, in scene units."""
        a, b, c = sheet.heights
        base, east, north = self.solid(
            np.array([[x, y, a + b * x + c * y] for x, y in self.plane.corners[[0, 1, 3]]])
        )
        slopes = (east - base)[2] / (east - base)[0], (north - base)[2] / (north - base)[1]
        return base, np.array([-slopes[0], -slopes[1], 1.0])


class Turning(Drive):
    """The animation made by :meth:`Space.turning`."""

    def __init__(self, space: Space, view: dict[str, float], changed: list[Mobject], **timing: Any) -> None:
        self.space = space
        self.view = view
        self.start: dict[str, float] = {}
        super().__init__(self._look, *changed, brings=False, **timing)

    def begin(self) -> None:
        """Start from the view that there is by then."""
        self.start = {name: float(getattr(self.space, name)) for name in self.view}
        super().begin()

    def _look(self, share: float) -> None:
        self.space.look(
            **{name: start + share * (self.view[name] - start) for name, start in self.start.items()}
        )
