"""Coordinates: a box on the screen whose two axes count data units.

It knows where a data point is on the screen, also after it was shifted or scaled, and draws nothing.
:class:`scenes.kit.plane.Plane` draws its axes; whatever lies on a plane needs no more of it than is here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.kit.axis import Range
from scenes.kit.path import Floats, chain


class Coordinates(VGroup):
    """A box of ``width`` × ``height`` scene units, in which x and y run from lower to upper limit.

    ``equal`` gives both axes the same units, so that right angles look right; the box then shrinks in one
    direction to fit.  ``log_x`` and ``log_y`` space an axis by powers of ten.  The box's lower left corner is
    the scene's origin at first.  ``limits`` are the lower and the upper limits, both (2,) in data units;
    ``logarithmic`` says of x and y whether they run by powers of ten.

    Raises ``ValueError`` for an empty range, or one that is not positive on a logarithmic axis.
    """

    def __init__(
        self,
        x: Range,
        y: Range,
        width: float,
        height: float,
        *,
        equal: bool = False,
        log_x: bool = False,
        log_y: bool = False,
    ) -> None:
        super().__init__()
        self.logarithmic = (log_x, log_y)
        self.limits: tuple[Floats, Floats] = (np.array([x[0], y[0]], float), np.array([x[1], y[1]], float))
        for (low, high), log, name in ((x, log_x, "x"), (y, log_y, "y")):
            if not low < high or (log and low <= 0):
                raise ValueError(
                    f"the {name} axis cannot run from {low} to {high}{' by powers of ten' * log}"
                )
        self._low, self._high = self._along(self.limits[0]), self._along(self.limits[1])
        if equal:
            unit = min(np.array([width, height]) / (self._high - self._low))
            width, height = (float(side) for side in unit * (self._high - self._low))
        # Never drawn: its points are the box, and follow whatever moves the plane.
        self._anchor = VMobject(stroke_width=0, stroke_opacity=0)
        self._anchor.points = chain(np.array([[0, height, 0], [0, 0, 0], [width, 0, 0]], float))
        self.add(self._anchor)

    def at(self, x: npt.ArrayLike, y: npt.ArrayLike | None = None) -> Floats:
        """Scene point (3,) of the data point (``x``, ``y``), or scene points (n, 3) of ``x`` (n, 2).

        Two arrays ``x`` and ``y`` of one shape give points of that shape.
        """
        values = np.asarray(x, dtype=float)
        if y is not None:
            values = np.stack(np.broadcast_arrays(values, np.asarray(y, dtype=float)), axis=-1)
        origin, across, up = self._sides()
        share = (self._along(values) - self._low) / (self._high - self._low)
        return origin + share[..., :1] * across + share[..., 1:2] * up

    def inverse(self, points: npt.ArrayLike) -> Floats:
        """Data units (..., 2) of scene points (..., 3)."""
        origin, across, up = self._sides()
        basis = np.linalg.pinv(np.stack([across, up], axis=1))
        share = (np.asarray(points, dtype=float) - origin) @ basis.T
        values = self._low + share * (self._high - self._low)
        return np.stack(
            [10 ** values[..., i] if self.logarithmic[i] else values[..., i] for i in range(2)], axis=-1
        )

    def mesh(self, nx: int = 96, ny: int = 64) -> Floats:
        """Points (ny, nx, 2) in data units over the whole box, edges included; rows go upwards.

        Values of a function there are what fields, contours and :meth:`Street.wind` take.
        """
        axes = [np.linspace(self._low[i], self._high[i], n) for i, n in enumerate((nx, ny))]
        x, y = (10**axis if log else axis for axis, log in zip(axes, self.logarithmic, strict=True))
        return np.stack(np.meshgrid(x, y), axis=-1)

    def on_grid(self, path: Floats, shape: tuple[int, ...]) -> Floats:
        """Scene points (n, 3) of ``path`` (n, 2), columns and rows (fractions too) of a mesh of ``shape`` (ny, nx)."""
        origin, across, up = self._sides()
        return origin + path[:, :1] / (shape[1] - 1) * across + path[:, 1:] / (shape[0] - 1) * up

    @property
    def box(self) -> Floats:
        """The box's corners (4, 3) on the scene, counter-clockwise from the lower left."""
        origin, across, up = self._sides()
        return np.array([origin, origin + across, origin + across + up, origin + up])

    @property
    def corners(self) -> Floats:
        """The box's corners (4, 2) in data units, counter-clockwise from the lower left."""
        (x0, y0), (x1, y1) = self.limits
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])

    def crossing(self, w: npt.ArrayLike, b: float, level: float = 0.0) -> Floats:
        """Both ends, (2, 2) in data units, of the line w·x + b = level within the box; (0, 2) if it misses.

        Raises ``ValueError`` for w = 0 and on logarithmic axes, where no such line is straight.
        """
        normal = np.asarray(w, dtype=float)
        if any(self.logarithmic):
            raise ValueError("a line w·x + b is not straight on a logarithmic axis; draw it as a curve")
        if not normal.any():
            raise ValueError("w = 0 names no line")
        low, high = self.limits
        foot = (low + high) / 2
        foot = foot + (level - b - normal @ foot) / (normal @ normal) * normal
        along = np.array([-normal[1], normal[0]])
        with np.errstate(divide="ignore", invalid="ignore"):
            first, last = np.sort([(low - foot) / along, (high - foot) / along], axis=0)
        flat = along == 0
        if np.any(flat & ((foot < low) | (foot > high))):
            return np.zeros((0, 2))
        begin, end = np.max(first[~flat]), np.min(last[~flat])
        return foot + np.array([[begin], [end]]) * along if begin < end else np.zeros((0, 2))

    def _sides(self) -> tuple[Floats, Floats, Floats]:
        """The box's lower left corner, and from there its lower and its left side, on the scene."""
        points = self._anchor.points
        return points[3], points[7] - points[3], points[0] - points[3]

    def _along(self, values: Floats) -> Floats:
        """Values (..., 2) as they run along the axes: powers of ten evenly on a logarithmic one."""
        if not any(self.logarithmic):
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.stack(
                [np.log10(values[..., i]) if self.logarithmic[i] else values[..., i] for i in range(2)],
                axis=-1,
            )
