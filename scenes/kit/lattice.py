"""A lattice: the grid of a rubber sheet that lies on a plane, and everything that is drawn on the sheet.

The plane stays; the sheet moves over it.  A map of the plane says where each point of the sheet lies now, and
whatever was pinned to the sheet goes along::

    sheet = Lattice(plane)
    arrows, tile = sheet.arrows(np.eye(2), ink.focus), sheet.polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    self.add(sheet, tile, arrows)
    self.play(sheet.drive(lambda t: sheet.redraw((1 - t) * np.eye(2) + t * A)), run_time=2)
    self.play(sheet.drive(lambda t: sheet.warp(lambda x: np.tanh(x @ W + b), t)), run_time=2)

Its lines are clipped to the plane's box; what is pinned to it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Self, TypeVar

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor, Mobject, VGroup, smooth

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.dot import RADIUS, Dots, Shape
from scenes.kit.drive import Drive
from scenes.kit.line import Arrows, Polygon, Segments
from scenes.kit.noun import HAIR, LINE, THIN, Mark, OnPlane
from scenes.kit.path import Floats, clip_pieces, pieces
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop

Move = Callable[[Floats], npt.ArrayLike]
"""A map of the plane: points (n, 2) of the sheet at rest to points (n, 2) where they lie, in data units."""
Noun = TypeVar("Noun", bound=Mobject)

_BEYOND: Final = 2.5
"""How far the sheet reaches past the plane's box, in boxes, so that its edges stay out of sight."""
_FINE: Final = 8
"""Pieces of a line from one crossing to the next where the map may bend it."""


class Lattice(OnPlane, VGroup):
    """Lines of a sheet at whole multiples of ``step``, those through the origin apart as ``axes``.

    ``x`` and ``y`` say how far the sheet reaches in data units; without them it reaches far beyond the plane's
    box.  ``color``, ``width`` and ``opacity`` are those of its lines; axes are brighter.

    Raises ``ValueError`` for a step that is not positive and for a sheet on a logarithmic plane.
    """

    plane: Plane

    def __init__(
        self,
        plane: Plane,
        step: float = 1.0,
        x: Range | None = None,
        y: Range | None = None,
        color: ManimColor = ink.faint,
        width: float = HAIR,
        opacity: float = 0.55,
    ) -> None:
        super().__init__()
        if not step > 0:
            raise ValueError(f"lines of a lattice cannot lie {step} apart")
        if any(plane.logarithmic):
            raise ValueError("a lattice needs even axes, not logarithmic ones")
        self.plane = plane
        self.minor = Mark(plane, color=color, width=width, opacity=opacity)
        self.axes = Mark(plane, color=color, width=1.6 * width, opacity=min(1.0, 1.7 * opacity))
        for mark in (self.minor, self.axes):
            mark.joint_type = LineJointType.ROUND
            backdrop(mark)
        self.add(self.minor, self.axes)
        far = _BEYOND * float(np.abs(plane.limits).max())
        self._lines = _crossed(x or (-far, far), y or (-far, far), step)
        self._pins: list[tuple[Mobject, Callable[[], object]]] = []
        self.redraw(np.eye(2))

    # Where the sheet lies

    def at(self, points: npt.ArrayLike) -> Floats:
        """Where ``points`` (..., 2) of the sheet at rest lie now, in data units."""
        rest = np.asarray(points, dtype=float)
        return np.asarray(self._move(rest.reshape(-1, 2)), dtype=float).reshape(rest.shape)

    def redraw(self, matrix: npt.ArrayLike, shift: npt.ArrayLike = (0.0, 0.0)) -> Self:
        """Lie where ``matrix`` (2, 2) and ``shift`` (2,), in data units, take it: x goes to matrix · x + shift."""
        linear, moved = np.asarray(matrix, dtype=float), np.asarray(shift, dtype=float)
        return self._lie(lambda points: np.asarray(points @ linear.T + moved), straight=True)

    def warp(self, move: Move, share: float = 1.0, start: Move | None = None) -> Self:
        """Lie where ``move`` takes it, or a ``share`` (0 to 1) of the straight way there.

        ``move`` is any map of points (n, 2) to points (n, 2), such as a layer ``lambda x: np.tanh(x @ W + b)``.
        The way begins at rest, or where the map ``start`` takes the sheet.
        """

        def way(points: Floats) -> Floats:
            begin = points if start is None else np.asarray(start(points), dtype=float)
            return np.asarray(begin + share * (np.asarray(move(points), dtype=float) - begin))

        return self._lie(way, straight=False)

    def drive(
        self,
        path: Callable[[float], object],
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """As :func:`scenes.kit.drive.drive`: ``path(share)`` redraws or warps the sheet on each frame.

        What is pinned to the sheet, and is on the stage, goes along.
        """
        return Drive(path, self, *self.pinned, brings=False, run_time=run_time, rate_func=rate_func)

    # What is drawn on it

    def pin(self, noun: Noun, draw: Callable[[], object]) -> Noun:
        """Call ``draw`` whenever the sheet has moved, to redraw ``noun``; returns the noun.

        circle = plane.polygon(rim)
        sheet.pin(circle, lambda: circle.redraw(sheet.at(rim)))
        """
        self._pins.append((noun, draw))
        draw()
        return noun

    def free(self, *nouns: Mobject) -> Self:
        """Pin these nouns no longer: they stay where they are."""
        self._pins = [pin for pin in self._pins if pin[0] not in nouns]
        return self

    @property
    def pinned(self) -> list[Mobject]:
        """The nouns that are pinned to the sheet."""
        return [noun for noun, _ in self._pins]

    def arrows(
        self,
        tips: npt.ArrayLike,
        color: ManimColor = ink.focus,
        width: float = LINE,
        tail: npt.ArrayLike = 0.0,
    ) -> Arrows:
        """Arrows from ``tail`` (one point, or (n, 2); the origin) to ``tips`` (n, 2) or (2,) of the sheet."""
        heads = np.atleast_2d(np.asarray(tips, dtype=float))
        tails = np.broadcast_to(np.asarray(tail, dtype=float), heads.shape)
        noun = self.plane.vector(tails, heads, color, width)
        return self.pin(noun, lambda: noun.redraw(self.at(tails), self.at(heads)))

    def dots(
        self,
        points: npt.ArrayLike,
        color: ManimColor | Sequence[ManimColor] = ink.chalk,
        shape: Shape | Sequence[Shape] = "disc",
        radius: float = RADIUS,
    ) -> Dots:
        """Dots at ``points`` (n, 2) of the sheet; they keep their size."""
        noun = Dots(self.plane, points, color, shape, radius)
        return self.pin(noun, lambda: noun.redraw(self.at(points)))

    def segments(
        self, starts: npt.ArrayLike, ends: npt.ArrayLike, color: ManimColor = ink.chalk, width: float = THIN
    ) -> Segments:
        """Segments between points of the sheet, each (n, 2) or (2,): they stay straight under any map."""
        noun = self.plane.segment(starts, ends, color, width)
        return self.pin(noun, lambda: noun.redraw(self.at(starts), self.at(ends)))

    def polygon(
        self, points: npt.ArrayLike, color: ManimColor = ink.focus, width: float = THIN, fill: float = 0.3
    ) -> Polygon:
        """The outline through ``points`` (n, 2) of the sheet; its sides bend with it."""
        corners = np.asarray(points, dtype=float)
        share = np.arange(_FINE)[:, None] / _FINE
        ways = np.roll(corners, -1, axis=0) - corners
        rim = (corners[:, None] + share * ways[:, None]).reshape(-1, 2)
        noun = self.plane.polygon(rim, color, width, fill)
        return self.pin(noun, lambda: noun.redraw(self.at(rim)))

    # How it is drawn

    def _lie(self, move: Move, *, straight: bool) -> Self:
        self._move = move
        for mark, through_origin in ((self.axes, True), (self.minor, False)):
            lines = [line for line, main in self._lines if main == through_origin]
            mark.draw(self._drawn([line[[0, -1]] if straight else line for line in lines]))
        for _, draw in self._pins:
            draw()
        return self

    def _drawn(self, lines: list[Floats]) -> Floats:
        begin = np.concatenate([np.zeros((0, 2)), *(line[:-1] for line in lines)])
        stop = np.concatenate([np.zeros((0, 2)), *(line[1:] for line in lines)])
        starts, ends, _ = clip_pieces(self.at(begin), self.at(stop), *self.plane.limits)
        return pieces(self.plane.at(starts), self.plane.at(ends))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy has nothing pinned to it: two sheets cannot move one arrow."""
        pins, self._pins = self._pins, []
        try:
            return super().__deepcopy__(memo)
        finally:
            self._pins = pins


def _crossed(x: Range, y: Range, step: float) -> list[tuple[Floats, bool]]:
    """Sampled lines (n, 2) of both families, each with whether it runs through the origin."""
    lines = []
    for axis, (across, along) in enumerate(((x, y), (y, x))):
        samples = max(2, 1 + round(_FINE * (along[1] - along[0]) / step))
        way = np.linspace(*along, samples)
        for number in range(
            int(np.ceil(across[0] / step - 1e-9)), int(np.floor(across[1] / step + 1e-9)) + 1
        ):
            line = np.empty((samples, 2))
            line[:, axis], line[:, 1 - axis] = number * step, way
            lines.append((line, number == 0))
    return lines
