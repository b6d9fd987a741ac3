"""Dots: data points as discs, squares and other shapes, one by one or as a cloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import LINE, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loop
from scenes.kit.review_hints import backdrop

Shape = Literal["disc", "square", "triangle", "diamond", "ring", "cross"]
SHAPES: Final[tuple[Shape, ...]] = ("disc", "square", "triangle", "diamond")
"""Shapes of the classes of a data set, in the order of their colours in ``ink.CLASSES``."""
Which = int | Sequence[int] | npt.NDArray[np.int_] | npt.NDArray[np.bool_]
"""One dot, several by number, or a mask of all."""

RADIUS: Final = 0.075
"""Of a dot, in scene units: 10 px at 1080 lines."""
MUTED: Final = 0.16
"""Opacity of a dot that others are to be seen before."""
_RIM: Final = 1.2


def _circle(radius: float = 1.0) -> Floats:
    k = 4 / 3 * (np.sqrt(2) - 1)
    quarter = np.array([[1, 0], [1, k], [k, 1], [0, 1]])
    turns = [quarter @ np.linalg.matrix_power(np.array([[0.0, 1.0], [-1.0, 0.0]]), n) for n in range(4)]
    return np.column_stack([radius * np.concatenate(turns), np.zeros(16)])


def _corners(*angles: float, radius: float) -> Floats:
    turns = np.radians(angles)
    return loop(radius * np.column_stack([np.cos(turns), np.sin(turns), np.zeros(len(turns))]))


def _cross(arm: float = 1.15, half: float = 0.28) -> Floats:
    upright = [(-half, half), (-half, arm), (half, arm)]
    turns = [(c, s) for c, s in ((1, 0), (0, -1), (-1, 0), (0, 1))]
    outline = [(x * c - y * s, x * s + y * c, 0.0) for c, s in turns for x, y in upright]
    tilt = np.sqrt(0.5) * np.array([[1, 1, 0], [-1, 1, 0], [0, 0, 0]])
    return loop(np.array(outline) @ tilt)


# All of about the same weight to the eye, and all with the mean of their points at the centre.
_SHAPES: Final[dict[str, Floats]] = {
    "disc": _circle(),
    "square": _corners(45, 135, 225, 315, radius=1.25),
    "triangle": _corners(90, 210, 330, radius=1.4),
    "diamond": _corners(0, 90, 180, 270, radius=1.35),
    "ring": np.concatenate([_circle(1.1), _circle(0.62)[::-1]]),
    "cross": _cross(),
}


class Dots(OnPlane, VGroup):
    """Data points (n, 2), each a mobject of its own, so that it can move, be ringed or fade alone.

    Dots are counted by their rows in ``points``, from 0, whatever classes they belong to.
    """

    def __init__(
        self,
        plane: Coordinates,
        points: npt.ArrayLike,
        color: ManimColor | Sequence[ManimColor] = ink.chalk,
        shape: Shape | Sequence[Shape] = "disc",
        radius: float | npt.ArrayLike = RADIUS,
    ) -> None:
        """``points`` in data units; ``color`` and ``shape`` for all or one for each; ``radius`` in scene units."""
        super().__init__()
        self.plane = plane
        spots = np.asarray(points, dtype=float)
        colors = [color] * len(spots) if isinstance(color, ManimColor) else color
        shapes = [shape] * len(spots) if isinstance(shape, str) else shape
        self.outlines: list[Floats] = [_SHAPES[each] for each in shapes]
        self.add(*(_blank(each) for each in colors))
        self.redraw(spots, radius)

    def redraw(
        self, points: npt.ArrayLike | None = None, radius: float | npt.ArrayLike | None = None
    ) -> Self:
        """Move to ``points`` (n, 2) in data units, take on ``radius`` (scene units, one or (n,)), or both.

        Raises ``ValueError`` for another number of points.
        """
        centres = self.centres if points is None else self.plane.at(np.asarray(points, dtype=float))
        return self.put(centres, self.radii if radius is None else radius)

    def put(self, centres: Floats, radius: float | npt.ArrayLike) -> Self:
        """As :meth:`redraw`, but ``centres`` (n, 3) are scene points."""
        if len(centres) != len(self.submobjects):
            raise ValueError(f"{len(self.submobjects)} dots cannot be placed on {len(centres)} points")
        sizes = np.broadcast_to(np.asarray(radius, dtype=float), (len(centres),))
        for dot, centre, size, outline in zip(self.submobjects, centres, sizes, self.outlines, strict=True):
            dot.points = centre + size * outline
        return self

    @property
    def centres(self) -> Floats:
        """Scene points (n, 3) where the dots are now, also in the middle of an animation."""
        outlines = [dot.points for dot in self.submobjects]
        if len({len(points) for points in outlines}) == 1:  # as a rule, and then in one sum
            return np.asarray(np.array(outlines).mean(axis=1))
        return np.array([points.mean(axis=0) for points in outlines]).reshape(-1, 3)

    @property
    def radii(self) -> Floats:
        """Radius (n,) of each dot now, in scene units."""
        corners = np.array([dot.points[0] for dot in self.submobjects]).reshape(-1, 3)
        firsts = np.array([outline[0] for outline in self.outlines]).reshape(-1, 3)
        return np.asarray(np.linalg.norm(corners - self.centres, axis=1) / np.linalg.norm(firsts, axis=1))

    @property
    def values(self) -> Floats:
        """Data units (n, 2) where the dots are now."""
        return self.plane.inverse(self.centres)

    def subset(self, which: Which) -> VGroup:
        """The chosen dots, to be animated together; they stay dots of this group."""
        return VGroup(*(self.submobjects[i] for i in numbers_of(which, len(self.submobjects))))

    def mute(self, which: Which | None = None, opacity: float = MUTED) -> Self:
        """Fade the chosen dots (all, if none is named) to ``opacity``; the others are left as they are."""
        for i in numbers_of(which, len(self.submobjects)):
            backdrop(self.submobjects[i].set_opacity(opacity), opacity < 1)
        return self

    def only(self, which: Which, opacity: float = MUTED) -> Self:
        """Bring the chosen dots to full strength, and fade all others to ``opacity``."""
        return self.mute(None, opacity).mute(which, 1.0)

    def shade(self, opacity: float | npt.ArrayLike) -> Self:
        """Take on ``opacity``, one or (n,): the share of full strength."""
        for dot, share in zip(
            self.submobjects, np.broadcast_to(opacity, (len(self.submobjects),)), strict=True
        ):
            # Most dots keep their strength from one picture to the next, and setting it is slow.
            if dot.fill_rgbas[0, 3] != share or dot.stroke_rgbas[0, 3] != share:
                backdrop(dot.set_opacity(float(share)), float(share) < 1)
        return self

    def light(self) -> Self:
        """Bring all dots back to full strength."""
        return self.mute(None, 1.0)

    def ring(self, which: Which, color: ManimColor = ink.focus, radius: float | None = None) -> Ring:
        """A ring around each of the chosen dots."""
        return Ring(self, numbers_of(which, len(self.submobjects)), color, radius)


class Ring(Mark):
    """Rings around the dots numbered ``which``, one path for all; :meth:`follow` them after they moved.

    ``radius`` is in scene units; unless given, a ring is 1.9 times as wide as its dot.
    """

    def __init__(self, dots: Dots, which: list[int], color: ManimColor, radius: float | None) -> None:
        super().__init__(dots.plane, color=color, width=LINE)
        self.which = which
        self.gap = radius
        self.follow(dots)

    def follow(self, dots: Dots, which: Which | None = None) -> Self:
        """Lie around the same of the ``dots`` where they are now, or from now on around ``which``."""
        if which is not None:
            self.which = numbers_of(which, len(dots))
        centres = dots.centres[self.which]
        sizes = dots.radii[self.which] * 1.9 if self.gap is None else np.full(len(centres), self.gap)
        return self.draw((centres[:, None] + sizes[:, None, None] * _circle()).reshape(-1, 3))


class Cloud(Mark):
    """Very many points (n, 2) in data units as one mobject: cheap to draw and to move, but of one style.

    ``radius`` is in scene units.
    """

    def __init__(
        self,
        plane: Coordinates,
        points: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        radius: float = 0.03,
        opacity: float = 0.8,
    ) -> None:
        super().__init__(plane, color=color, width=200 * radius, opacity=opacity)
        # A piece without length and with round caps is a disc: a quarter of the work of drawn circles.
        self.set_cap_style(CapStyleType.ROUND)
        self.redraw(points)

    def redraw(self, points: npt.ArrayLike) -> Self:
        """Move to ``points`` (n, 2) in data units; n may change, and what is not finite is left out."""
        spots = np.asarray(points, dtype=float)
        centres = self.plane.at(spots[np.isfinite(spots).all(1)])
        return self.draw(np.repeat(centres, 4, axis=0) if len(centres) else EMPTY)


def _blank(color: ManimColor) -> VMobject:
    # The thin rim in the ground's colour keeps touching dots apart.
    return VMobject(fill_color=color, fill_opacity=1.0, stroke_color=ink.ground, stroke_width=_RIM)


def numbers_of(which: Which | None, count: int) -> list[int]:
    """Numbers, from 0, of the chosen ones among ``count``; all, if none is named."""
    if which is None:
        return list(range(count))
    chosen = np.atleast_1d(np.asarray(which))
    if chosen.dtype == bool:
        chosen = np.flatnonzero(chosen)
    return [int(i) for i in chosen]
