"""A walker: a ball that goes along given steps, over the contours of a plane or down a surface in space.

The steps are computed elsewhere, by gradient descent or any other optimiser; the walker shows where it is after each::

    sgd = Walker(plane, descend(start, rate), ink.first, name="SGD", arrows=True)
    self.play(sgd.animate.step(1.35))       # one step, and the arrow of the next
    self.play(sgd.animate.step(20), adam.animate.step(20))

Over a surface the same walk is a :class:`SolidWalker`; seen from above, both are the same picture::

    ball = SolidWalker(space, descend(start, rate), bowl, ink.first)
    self.play(space.turning(tilt=65 * DEGREES, lift=1.0))
    self.play(ball.animate.step(20))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import UP, CapStyleType, LineJointType, ManimColor, VGroup

from scenes.kit import ink, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE, THIN, Mark, OnPlane, slowly
from scenes.kit.path import EMPTY, Floats, clip_pieces, pieces
from scenes.kit.space import Space

AIM: Final = 0.35
"""Share of a step in which its arrow grows; in the rest the ball runs along it."""
BALL: Final = 0.15
"""Radius of the ball, in scene units."""
MARK: Final = 0.065
"""Radius of the marks where steps ended, in scene units."""
_FINE: Final = 12
"""Pieces of a step on a surface."""


class _Walk(OnPlane, VGroup):
    """Where a walk (n + 1, 2) has come to after a number of steps; kinds of it draw that."""

    def __init__(self, plane: Coordinates, walk: npt.ArrayLike) -> None:
        super().__init__()
        self.plane = plane
        self.walk = _checked(walk)
        self.steps = 0.0
        """Steps that are taken so far."""

    @property
    def position(self) -> Floats:
        """Data units (2,) where the ball is now."""
        return np.asarray(self._trail()[-1])

    def _trail(self) -> Floats:
        """Points (k, 2) from the start to where the ball is."""
        whole = int(self.steps)
        share = self._ran()
        trail = self.walk[: whole + 1]
        if share:
            trail = np.append(trail, [(1 - share) * self.walk[whole] + share * self.walk[whole + 1]], axis=0)
        return trail

    def _ran(self) -> float:
        """Share of the present step that the ball has gone."""
        return self.steps - int(self.steps)

    def _within(self, points: Floats) -> npt.NDArray[np.bool_]:
        """Which of ``points`` (k, 2) lie in the plane's box."""
        low, high = self.plane.limits
        return np.asarray(((points >= low) & (points <= high)).all(axis=-1))

    def _counted(self, steps: float) -> float:
        if not 0 <= steps <= len(self.walk) - 1:
            raise ValueError(f"a walk of {len(self.walk) - 1} steps has no step {steps:g}")
        return float(steps)

    def _same_size(self, walk: npt.ArrayLike) -> Floats:
        given = _checked(walk)
        if given.shape != self.walk.shape:
            raise ValueError(
                f"a walk of {len(self.walk) - 1} steps cannot become one of {len(given) - 1} steps"
            )
        return given


class Walker(_Walk):
    """``walk`` (n + 1, 2) in data units on ``plane``: a start and n steps, of which none is taken at first.

    Its parts: ``trail``, ``marks`` where steps ended, ``arrow``, ``ball``, and ``tag``, its ``name``, which goes along
    on its ``side``.  With ``arrows`` each step begins with an arrow: of the step itself (``True``) or of ``arrows``
    (n, 2), such as gradients, in data units; it grows while the ball rests and goes while the ball runs.  Beyond the
    box nothing is drawn.

    Raises ``ValueError`` for a walk that is not finite or has no step, and for arrows that are not one a step.
    """

    def __init__(
        self,
        plane: Coordinates,
        walk: npt.ArrayLike,
        color: ManimColor = ink.focus,
        *,
        name: str = "",
        side: npt.ArrayLike = UP,
        arrows: bool | npt.ArrayLike = False,
        arrow_color: ManimColor = ink.chalk,
    ) -> None:
        super().__init__(plane, walk)
        self._own = arrows is True
        self._arrows: Floats | None = np.diff(self.walk, axis=0) if self._own else None
        if not isinstance(arrows, bool):
            self._arrows = np.asarray(arrows, dtype=float)
            if self._arrows.shape != (len(self.walk) - 1, 2):
                raise ValueError(
                    f"{len(self.walk) - 1} steps have arrows ({len(self.walk) - 1}, 2), not {self._arrows.shape}"
                )
        self.trail = Mark(plane, color=color, width=LINE)
        self.trail.joint_type = LineJointType.ROUND
        self.marks = Mark(plane, color=color, fill=1.0)
        self.arrow = Arrows(plane, arrow_color, 1.5 * LINE)
        self.ball = Mark(plane, color=color, fill=1.0)
        self.ball.set_stroke(ink.ground, THIN)
        self.tag = words.label(name, color) if name else None
        if self.tag:
            self.tag.set_stroke(ink.ground, 2 * LINE, background=True)  # lines of the plane pass under it
        self._side = np.asarray(side, dtype=float)
        self.add(self.trail, self.marks, self.arrow, self.ball, *([self.tag] if self.tag else []))
        self._draw()

    def step(self, steps: float) -> Self:
        """Stand where ``steps`` steps have led, 0 to n; between two of them lies a way along the segment.

        Raises ``ValueError`` for a step that is not walked.
        """
        self.steps = self._counted(steps)
        return self._draw()

    @slowly(step)
    def _step_slowly(self, steps: float, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.step, self.steps, self._counted(steps), **(anim_args or {}))

    def redraw(self, walk: npt.ArrayLike) -> Self:
        """Go another ``walk`` of as many steps, and stand where as many of them have led.

        Arrows that were given to it stay.  Raises ``ValueError`` for another number of steps.
        """
        self.walk = self._same_size(walk)
        if self._own:
            self._arrows = np.diff(self.walk, axis=0)
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(self, walk: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.redraw, self.walk, self._same_size(walk), **(anim_args or {}))

    def _ran(self) -> float:
        share = super()._ran()
        return share if self._arrows is None else max(share - AIM, 0.0) / (1 - AIM)

    def _draw(self) -> Self:
        trail, whole = self._trail(), int(self.steps)
        starts, ends, _ = clip_pieces(trail[:-1], trail[1:], *self.plane.limits)
        self.trail.points = pieces(self.plane.at(starts), self.plane.at(ends)) if len(starts) else EMPTY
        ended = self.walk[: whole + 1]
        self.marks.points = _discs(self.plane.at(ended[self._within(ended)]), MARK)
        here = self.plane.at(trail[-1:])
        inside = bool(self._within(trail[-1]))
        self.ball.points = _discs(here, BALL) if inside else EMPTY
        if self.tag:
            self.tag.next_to(here[0], self._side, buff=BALL + words.GAP)
            self.tag.set_fill(opacity=float(inside)).set_stroke(opacity=float(inside), background=True)
        aimed = min((self.steps - whole) / AIM, 1.0)
        if self._arrows is None or not aimed or not self._within(self.walk[whole]):
            self.arrow.points = EMPTY
        else:
            self.arrow.redraw(self.walk[whole], self.walk[whole] + aimed * self._arrows[whole])
            self.arrow.set_fill(opacity=1 - self._ran())
        return self


class SolidWalker(_Walk):
    """``walk`` (n + 1, 2) in data units, a start and n steps, on the surface of ``heights`` in ``space``.

    ``heights`` is the function of x and y that the surface is drawn from.  Its parts: ``trail``, ``marks``, ``ball``,
    and ``stem`` from the floor up to the ball.  Beyond the box, at its sides and over its top, nothing is drawn.
    Raises ``ValueError`` for a walk that is not finite or has no step.
    """

    def __init__(
        self,
        space: Space,
        walk: npt.ArrayLike,
        heights: Callable[[Floats, Floats], npt.ArrayLike],
        color: ManimColor = ink.focus,
    ) -> None:
        super().__init__(space.plane, walk)
        self.space = space
        self.heights = heights
        spots = np.column_stack([self.walk, np.full(len(self.walk), space.z[0])])
        self.stem = space.drop(spots[:1], color)
        self.trail = space.curve(spots[:1], color)
        self.marks = space.dots(spots, color, radius=0.0)
        # A piece without length and with round caps: a disc that no fog dims.
        self.ball = space.curve(spots[:1], color, 200 * BALL)
        self.ball.set_cap_style(CapStyleType.ROUND)
        self.add(self.stem, self.trail, self.marks, self.ball)
        self._draw()

    def step(self, steps: float) -> Self:
        """Stand where ``steps`` steps have led, 0 to n; between two of them lies a way over the surface.

        Raises ``ValueError`` for a step that is not walked.
        """
        self.steps = self._counted(steps)
        return self._draw()

    @slowly(step)
    def _step_slowly(self, steps: float, anim_args: Mapping[str, Any] | None = None) -> Drive:
        start, end = self.steps, self._counted(steps)
        return self.space.drive(lambda share: self.step(blend(start, end, share)), **(anim_args or {}))

    def redraw(self, walk: npt.ArrayLike) -> Self:
        """Go another ``walk`` of as many steps, and stand where as many of them have led.

        Raises ``ValueError`` for another number of steps.
        """
        self.walk = self._same_size(walk)
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(self, walk: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        start, end = self.walk, self._same_size(walk)
        return self.space.drive(lambda share: self.redraw(blend(start, end, share)), **(anim_args or {}))

    def _draw(self) -> Self:
        trail = self._trail()
        places = np.linspace(0, len(trail) - 1, _FINE * (len(trail) - 1) + 1)
        fine = np.column_stack([np.interp(places, np.arange(len(trail)), side) for side in trail.T])
        way, ends = self._raised(fine), self._raised(self.walk)
        self.trail.redraw(np.where(self._seen(way)[:, None], way, np.nan))
        ended = np.arange(len(ends)) <= self.steps
        self.marks.redraw(ends, np.where(ended & self._seen(ends), MARK, 0.0))
        here = self._raised(trail[-1:])
        self.ball.redraw(np.repeat(here[self._seen(here)], 2, axis=0))
        feet = np.column_stack([here[:, :2], [self.space.z[0]]])
        self.stem.redraw(feet, np.where(self._seen(here)[:, None], here, feet))
        return self

    def _raised(self, points: Floats) -> Floats:
        """Points (k, 3) of the surface over ``points`` (k, 2)."""
        heights = np.asarray(self.heights(points[:, 0], points[:, 1]), dtype=float)
        return np.column_stack([points, np.broadcast_to(heights, len(points))])

    def _seen(self, points: Floats) -> npt.NDArray[np.bool_]:
        """Which of ``points`` (k, 3) lie in the box."""
        low, high = self.space.z
        return self._within(points[:, :2]) & (points[:, 2] >= low) & (points[:, 2] <= high)


def _discs(centres: Floats, radius: float) -> Floats:
    """The outlines of discs around ``centres`` (k, 3), in scene units."""
    bend = 4 / 3 * (np.sqrt(2) - 1)
    quarter = np.array([[1, 0, 0], [1, bend, 0], [bend, 1, 0], [0, 1, 0]])
    turn = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    disc = np.concatenate([quarter @ np.linalg.matrix_power(turn, number) for number in range(4)])
    return (centres[:, None] + radius * disc).reshape(-1, 3)


def _checked(walk: npt.ArrayLike) -> Floats:
    given = np.asarray(walk, dtype=float)
    if given.ndim != 2 or given.shape[1] != 2 or len(given) < 2:
        raise ValueError(f"a walk is a start and its steps, (n + 1, 2), not {given.shape}")
    if not np.isfinite(given).all():
        raise ValueError("the points of a walk must be finite; leave out the steps after it has diverged")
    return given
