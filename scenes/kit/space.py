"""A plane lifted into the third dimension and turned, drawn in an ordinary flat scene.

Seen from straight above (``tilt`` 0, ``turn`` 0, ``zoom`` 1) the space is the very picture of its plane,
whatever the heights: the lift starts from the flat picture, and the tilt reveals it.  What is farther away is
drawn earlier, dots smaller and fainter too; translucent sheets lie over what is behind them.

    space = Space(plane, z=(0, 2), height=3.0)
    space.carry(plane)
    bowl, lifted = space.surface(lambda x, y: x**2 + y**2), space.dots(points, ink.first)
    self.add(plane, bowl, lifted)
    self.play(space.turning(tilt=65 * DEGREES, turn=30 * DEGREES, lift=1.0), run_time=3)
    self.play(space.orbit(90 * DEGREES))
    self.play(space.dolly(1.5))
    sheet = space.sheet(0.0)
    self.add(sheet)
    self.play(space.drive(lambda t: sheet.redraw(0.5 * t)))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Mobject, smooth

from scenes.kit import ink, pace
from scenes.kit.dot import RADIUS, Dots, Shape, Which, numbers_of
from scenes.kit.drive import Drive
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.solid import (
    FLOOR,
    STEMS,
    Billboard,
    Heights,
    Laid,
    Sheet,
    SolidCurve,
    SolidDots,
    SolidRing,
    SolidSegments,
    Surface,
)
from scenes.kit.view import Solid, View

Noun = TypeVar("Noun", bound=Solid)


class Space(View):
    """The third dimension over a plane, and the way it is looked at.

    ``z`` are the limits of the heights in data units; ``height`` is how far apart they are in scene units at
    full lift.  ``tilt`` and ``turn`` are angles in radians, ``lift`` the share of the heights that is shown,
    ``zoom`` scales the picture.  Everything is drawn under words and other things of the scene.

    Raises ``ValueError`` for an empty range of heights.
    """

    # How it is looked at

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

    def orbit(
        self, by: float, *, run_time: float = pace.SLOW, rate_func: Callable[[float], float] = smooth
    ) -> Turning:
        """The animation that goes ``by`` radians around what stands in the space, from the view as it is now."""
        return self.turning(turn=self.turn + by, run_time=run_time, rate_func=rate_func)

    def dolly(
        self, nearer: float, *, run_time: float = pace.SLOW, rate_func: Callable[[float], float] = smooth
    ) -> Turning:
        """The animation that goes ``nearer`` (2: everything twice as large), or back (below 1), from the view now.

        Raises ``ValueError`` for a factor that is not positive.
        """
        if not nearer > 0:
            raise ValueError(f"the view cannot come {nearer} times as near; expected a factor above 0")
        return self.turning(zoom=self.zoom * nearer, run_time=run_time, rate_func=rate_func)

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

    # What stands in it

    def carry(self, mobject: Mobject) -> Mobject:
        """Let the plane, or what was drawn on it, tilt and turn with the floor; words keep upright.

        It must be redrawn only while the space is seen from above.
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

    def floor(self, lines: int = 8, color: ManimColor = ink.faint, width: float = HAIR) -> SolidSegments:
        """A grid of ``lines`` cells each way on the floor, with its edge."""
        (x0, y0), (x1, y1) = self.plane.limits
        xs, ys = np.linspace(x0, x1, lines + 1), np.linspace(y0, y1, lines + 1)
        ground = self.z[0]
        ends = [
            np.stack(np.broadcast_arrays(*sides), axis=-1)
            for sides in ((xs, y0, ground), (x0, ys, ground), (xs, y1, ground), (x1, ys, ground))
        ]
        grid = backdrop(self._keep(SolidSegments(self, color, width, rank=FLOOR)))
        return grid.redraw(np.concatenate(ends[:2]), np.concatenate(ends[2:]))

    def dots(
        self,
        points: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        shape: Shape = "disc",
        radius: float | npt.ArrayLike = RADIUS,
    ) -> SolidDots:
        """Data points (n, 3): x, y and height.  Seen from above they are the dots of the plane."""
        dots = self._keep(SolidDots(self, points, color, shape, radius))
        return dots.redraw()

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
        surface = self._keep(Surface(self, color, fill, wires))
        self.surfaces.append(surface)
        return surface.redraw(heights, shape)

    def sheet(
        self, a: float, b: float = 0.0, c: float = 0.0, color: ManimColor = ink.focus, fill: float = 0.22
    ) -> Sheet:
        """The flat set z = ``a`` + ``b``·x + ``c``·y within the box."""
        sheet = Sheet(self, color, fill)
        self.sheets.append(sheet)
        return self._keep(sheet).redraw(a, b, c)

    def curve(self, points: npt.ArrayLike, color: ManimColor = ink.chalk, width: float = LINE) -> SolidCurve:
        """The curve through ``points`` (n, 3) in data units."""
        return self._keep(SolidCurve(self, color, width)).redraw(points)

    def drop(
        self, points: npt.ArrayLike, color: ManimColor = ink.faint, width: float = THIN / 2
    ) -> SolidSegments:
        """Stems from the floor up to ``points`` (n, 3) or (3,)."""
        tops = np.atleast_2d(np.asarray(points, dtype=float))
        feet = np.column_stack([tops[:, :2], np.full(len(tops), self.z[0])])
        return self._keep(SolidSegments(self, color, width, rank=STEMS)).redraw(feet, tops)

    def _keep(self, thing: Noun) -> Noun:
        self._things.append(thing)
        return thing


class Turning(Drive):
    """The animation made by :meth:`Space.turning`."""

    def __init__(self, space: Space, view: dict[str, float], changed: list[Mobject], **timing: Any) -> None:
        self.space = space
        self.view = view
        self.start: dict[str, float] = {}
        super().__init__(self._look, *changed, brings=False, **timing)

    @property
    def moves_camera(self) -> bool:
        """Whether the space is looked at from elsewhere then, and not only lifted."""
        return bool(self.view.keys() - {"lift"})

    def begin(self) -> None:
        """Start from the view at the moment when the play begins."""
        self.start = {name: float(getattr(self.space, name)) for name in self.view}
        super().begin()

    def _look(self, share: float) -> None:
        self.space.look(
            **{name: start + share * (self.view[name] - start) for name, start in self.start.items()}
        )
