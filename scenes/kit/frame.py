"""The frame: which part of the stage is seen, and how it goes to what is named and back.

A lesson's ``frame`` shows the whole stage at first.  It goes somewhere by an animation, so that a beat can start the
move on the word that names its target::

    beat.over("margin", self.frame.to(self.street), until="hold")       # fills the frame with the street
    beat.at("these three", self.frame.to(*rings, share=0.5))            # and more of what is around
    self.play(drive(walk), self.frame.follow(walker))                   # the walker keeps its place in the picture
    self.play(self.frame.back(), run_time=pace.SLOW)                    # the whole stage

What is *pinned* (:meth:`scenes.kit.lesson.Lesson.pin`) stands in the picture as if the frame had never moved: titles,
readouts, legends.  What is enlarged four times has lines twice as wide: nearer, but not coarse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

import numpy as np
from manim import Animation, Mobject, smooth

from scenes.kit import ink, pace
from scenes.kit.path import Floats

M = TypeVar("M", bound=Mobject)

SAFE: Final = (
    (-ink.FRAME_WIDTH / 2, ink.FRAME_WIDTH / 2),
    (-ink.FRAME_HEIGHT / 2 + ink.CAPTION_BAND, ink.FRAME_HEIGHT / 2),
)
"""Left and right, bottom and top of what captions leave free, in scene units: what the frame goes to lies there."""
CLOSEST: Final = 12.0
"""The largest enlargement: a target of a point would need an infinite one."""

_PINNED: Final = "is_pinned"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a frame shows."""

    x: float
    y: float
    """Scene point in the middle of the picture."""
    zoom: float
    """Enlargement: 1 shows the whole stage."""

    def toward(self, other: Sight, share: float) -> Sight:
        """What is seen after ``share`` of the way: one point stays where it is in the picture, sizes grow evenly."""
        if share in (0.0, 1.0):
            return (self, other)[int(share)]
        zoom = self.zoom * (other.zoom / self.zoom) ** share
        if abs(other.zoom - self.zoom) < 1e-9 * self.zoom:
            along = share
        else:
            along = (1 / zoom - 1 / self.zoom) / (1 / other.zoom - 1 / self.zoom)
        return Sight(self.x + along * (other.x - self.x), self.y + along * (other.y - self.y), zoom)

    def seen(self, points: Floats) -> Floats:
        """Places (..., 2 or 3) in the picture, in scene units of a frame at rest, of ``points`` of the stage."""
        placed = np.array(points, dtype=float)
        placed[..., 0] = (placed[..., 0] - self.x) * self.zoom
        placed[..., 1] = (placed[..., 1] - self.y) * self.zoom
        return placed

    def lying(self, x: float, y: float, place: tuple[float, float]) -> Sight:
        """The sight of this enlargement in which the scene point (``x``, ``y``) is seen at ``place``."""
        return Sight(x - place[0] / self.zoom, y - place[1] / self.zoom, self.zoom)


WHOLE: Final = Sight(0.0, 0.0, 1.0)
"""The whole stage."""


class Frame(Mobject):
    """What of the stage is seen.  It has no points: animations change its :attr:`sight`."""

    def __init__(self) -> None:
        super().__init__()
        self.sight = WHOLE

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """No copy: there is one frame."""
        return self

    def to(
        self,
        *targets: Mobject,
        share: float = 0.8,
        at: tuple[float, float] | None = None,
        run_time: float = pace.SLOW,
        rate_func: Callable[[float], float] = smooth,
    ) -> Move:
        """The animation that brings ``targets`` into the middle, ``share`` of the free picture wide or high.

        A target that moves meanwhile is met where it comes to be.  ``at`` is the place in the picture, in scene units
        of a frame at rest, to which their middle is brought instead: for words that stand beside it.
        Raises ``ValueError`` for no target, one without points, and a share that is not positive.
        """
        _check(targets, share)
        return Move(
            self, lambda: _sight_of(_box(targets), share, at), targets, run_time=run_time, rate_func=rate_func
        )

    def to_region(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        run_time: float = pace.SLOW,
        rate_func: Callable[[float], float] = smooth,
    ) -> Move:
        """The animation that fills the free picture with the part of the stage between these limits (scene units)."""
        if not (x[0] < x[1] and y[0] < y[1]):
            raise ValueError(f"a region has to have width and height, not {x} by {y}")
        box = np.array([[x[0], y[0]], [x[1], y[1]]], dtype=float)
        return Move(self, lambda: _sight_of(box, 1.0, None), (), run_time=run_time, rate_func=rate_func)

    def back(self, *, run_time: float = pace.SLOW, rate_func: Callable[[float], float] = smooth) -> Move:
        """The animation back to the whole stage."""
        return Move(self, lambda: WHOLE, (), run_time=run_time, rate_func=rate_func)

    def follow(self, target: Mobject, *, run_time: float = 1.0) -> Move:
        """The animation in which ``target``, moved by others of the same play, keeps its place in the picture."""
        _check((target,), 1.0)
        return Following(self, target, run_time=run_time)

    def look(self, sight: Sight) -> Self:
        """Show it at once: how a chapter begins that opens on a part of the stage."""
        self.sight = sight
        return self


class Move(Animation):
    """The animation of a :class:`Frame` to what ``aim`` says; ``targets`` are what it is about, for the review."""

    def __init__(
        self, frame: Frame, aim: Callable[[], Sight], targets: tuple[Mobject, ...], **timing: Any
    ) -> None:
        self.frame = frame
        self.aim = aim
        self.targets = targets
        self.start = frame.sight
        # An introducer, or manim would put the frame on the stage.
        super().__init__(frame, introducer=True, **timing)

    def _setup_scene(self, scene: Any) -> None:
        """The frame is no part of the stage."""

    def begin(self) -> None:
        """Start from what is seen when the play begins; nothing is copied."""
        self.start = self.frame.sight
        self.interpolate(0.0)

    def finish(self) -> None:
        """Arrive."""
        self.interpolate(1.0)

    def clean_up_from_scene(self, scene: Any) -> None:
        """The frame is no part of the stage."""

    def interpolate_mobject(self, alpha: float) -> None:
        """Show what lies between the start and the aim as that is now."""
        self.frame.sight = self.start.toward(self.aim(), self.rate_func(alpha))

    def get_all_mobjects(self) -> tuple[Mobject, ...]:
        """The frame alone."""
        return (self.frame,)


class Following(Move):
    """The animation made by :meth:`Frame.follow`."""

    def __init__(self, frame: Frame, target: Mobject, **timing: Any) -> None:
        self.place = (0.0, 0.0)
        super().__init__(frame, self._beside, (target,), **timing)

    def begin(self) -> None:
        """Note where in the picture the target is."""
        self.start = self.frame.sight
        middle = self.start.seen(_middle(_box(self.targets)))
        self.place = float(middle[0]), float(middle[1])
        self.interpolate(0.0)

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the target at its place."""
        self.frame.sight = self._beside()

    def _beside(self) -> Sight:
        x, y = _middle(_box(self.targets))
        return self.start.lying(float(x), float(y), self.place)


def pin(*mobjects: Mobject) -> None:
    """Say that ``mobjects`` and all that is in them now stand in the picture and not on the stage."""
    for mobject in mobjects:
        for member in mobject.get_family():
            vars(member)[_PINNED] = True


def is_pinned(mobject: Mobject) -> bool:
    """Whether :func:`pin` was said of it; a copy of what is pinned is pinned."""
    return _PINNED in vars(mobject)


def moves_in(animations: Iterable[object]) -> list[Move]:
    """The moves of the frame among ``animations``, those in groups included."""
    found: list[Move] = []
    for one in animations:
        if isinstance(one, Move):
            found.append(one)
        found += moves_in(getattr(one, "animations", ()))
    return found


def _check(targets: tuple[Mobject, ...], share: float) -> None:
    if not targets or not any(len(member.points) for one in targets for member in one.get_family()):
        raise ValueError("the frame needs something to go to that has a place: a mobject with points")
    if not share > 0:
        raise ValueError(f"a target cannot fill {share} of the picture; expected a share above 0")


def _box(targets: Iterable[Mobject]) -> Floats:
    """Lower left and upper right corner (2, 2) of what is drawn of ``targets``, in scene units."""
    points = [member.points for one in targets for member in one.get_family() if len(member.points)]
    return np.array(
        [
            np.min([p.min(axis=0) for p in points], axis=0)[:2],
            np.max([p.max(axis=0) for p in points], axis=0)[:2],
        ]
    )


def _middle(box: Floats) -> Floats:
    return np.asarray(box.mean(axis=0))


def _sight_of(box: Floats, share: float, at: tuple[float, float] | None) -> Sight:
    """The sight in which ``box`` is ``share`` of what captions leave free, with its middle at ``at``."""
    room = np.array([limits[1] - limits[0] for limits in SAFE])
    middle = tuple(sum(limits) / 2 for limits in SAFE)
    size = np.maximum(box[1] - box[0], 1e-9)
    zoom = float(min(share * (room / size).min(), CLOSEST))
    x, y = _middle(box)
    return Sight(0.0, 0.0, zoom).lying(float(x), float(y), at or (float(middle[0]), float(middle[1])))
