"""Motion by numbers: call a function each frame, and tell manim what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np
from manim import Animation, Group, Mobject, Scene, VMobject, smooth

from scenes.kit import pace

Path = Callable[[float], object]

ENTRY: Final = pace.QUICK
"""Seconds in which mobjects that a motion puts on the stage fade in."""

_asking: list[list[Mobject]] = []
"""Motions that are beginning, the innermost last: what each has redrawn so far by way of numbers that it set."""


def note_redrawn(mobjects: Iterable[Mobject]) -> None:
    """Tell the motion that is beginning, if any is, that it redraws ``mobjects`` by setting a number."""
    if _asking:
        _asking[-1].extend(mobjects)


class _Veil:
    """Shows mobjects at a share of their opacity, also of an opacity that others set meanwhile."""

    def __init__(self, mobjects: Sequence[Mobject]) -> None:
        self._parts = [
            (one, name)
            for mobject in mobjects
            for one in mobject.get_family()
            if isinstance(one, VMobject)
            for name in ("fill_rgbas", "stroke_rgbas")
        ]
        self._own = [getattr(one, name)[:, 3].copy() for one, name in self._parts]
        self._laid = [own.copy() for own in self._own]

    def lift(self, share: float) -> None:
        """Show ``share`` (0 to 1) of the opacity that each mobject has been given by now."""
        for index, (one, name) in enumerate(self._parts):
            opacity = getattr(one, name)[:, 3]
            if not np.array_equal(opacity, self._laid[index]):
                self._own[index] = opacity.copy()  # somebody has set it since
            opacity[:] = self._laid[index] = self._own[index] * share


class Drive(Animation):
    """The animation made by :func:`drive`."""

    def __init__(self, path: Path, *changed: Mobject, brings: bool = True, **timing: Any) -> None:
        """``brings``: mobjects that are not on the stage yet are put there when the play begins, and fade in."""
        self.veil: _Veil | None = None
        self.path = path
        self.changed = list(changed)
        self.brings = brings
        # An introducer, or manim would put the group itself on the stage.
        self.group = Group(*changed)
        super().__init__(self.group, introducer=True, **timing)

    def _setup_scene(self, scene: Scene) -> None:
        if not self.changed:
            self.changed = mobjects_in(self.path(self.rate_func(0.0)))
            self.group.add(*self.changed)
        if self.brings:
            on_stage = set(scene.get_mobject_family_members())
            fresh = [mobject for mobject in self.changed if mobject not in on_stage]
            scene.add(*fresh)
            unseen = [mobject for mobject in fresh if not on_stage.intersection(mobject.get_family())]
            self.veil = _Veil(unseen) if unseen else None

    def begin(self) -> None:
        """Start at the path's own beginning; nothing is copied, since nothing is interpolated.

        What shows a number that the path sets counts as changed from here on, though nobody names it.
        """
        _asking.append([])
        try:
            self.interpolate(0.0)
        finally:
            redrawn = dict.fromkeys(_asking.pop())
        self.group.add(*(each for each in redrawn if each not in self.group.submobjects))

    def finish(self) -> None:
        """Call the path with its last share."""
        self.interpolate(1.0)

    def interpolate_mobject(self, alpha: float) -> None:
        """Call the path with the share of the way, after the rate function."""
        self.path(self.rate_func(alpha))
        if self.veil is not None:
            self.veil.lift(min(alpha * self.get_run_time() / ENTRY, 1.0) if alpha < 1 else 1.0)

    def get_all_mobjects(self) -> tuple[Mobject, ...]:
        """The group of the driven mobjects; manim would add a copy to start from, which there is not."""
        return (self.group,)


def drive(
    path: Path, *changed: Mobject, run_time: float = 1.0, rate_func: Callable[[float], float] = smooth
) -> Drive:
    """An animation that calls ``path(share)`` on each frame, ``share`` going from 0 to 1.

    ``path`` must depend on ``share`` alone, since frames may be skipped.  ``changed`` are the mobjects that
    it changes; without them they are what it returns (a mobject, or several), asked when the play begins.
    Name them where the animation stands in a ``Succession``, whose later parts manim does not ask in time.

        self.play(drive(lambda t: street.redraw(*line_at(t))), run_time=3)

    Raises ``TypeError`` at the play when no mobject is named or returned.
    """
    return Drive(path, *changed, run_time=run_time, rate_func=rate_func)


class Appear(Animation):
    """The animation made by :func:`appear`."""

    def __init__(self, *mobjects: Mobject, **timing: Any) -> None:
        self.mobjects = mobjects
        super().__init__(Group(*mobjects), introducer=True, **timing)

    def _setup_scene(self, scene: Scene) -> None:
        on_stage = set(scene.get_mobject_family_members())
        scene.add(*(mobject for mobject in self.mobjects if mobject not in on_stage))

    def begin(self) -> None:
        """Hide the mobjects; none is copied."""
        self.veil = _Veil(self.mobjects)
        self.interpolate(0.0)

    def finish(self) -> None:
        """Show all mobjects at their own opacity."""
        self.interpolate(1.0)

    def interpolate_mobject(self, alpha: float) -> None:
        self.veil.lift(self.rate_func(alpha))


def appear(*mobjects: Mobject, run_time: float = ENTRY) -> Appear:
    """An animation: ``mobjects`` fade in, while other animations of the same play may move or reshape them.

    (``FadeIn`` would draw them as they were when it began.)  Name it last in the play.  What is on the stage already
    keeps its place in the drawing order, so that a street can come under the dots::

        self.add(street, dots)
        self.play(drive(lambda t: street.redraw(w, b, t)), appear(street))
    """
    return Appear(*mobjects, run_time=run_time)


def mobjects_in(returned: object, asker: str = "drive") -> list[Mobject]:
    """The mobjects that a function says it has changed: what it ``returned``, one or several.

    Raises ``TypeError`` when that is none, or anything else; ``asker`` is who called the function.
    """
    parts: list[object] = list(returned) if isinstance(returned, (tuple, list)) else [returned]
    found = [part for part in parts if isinstance(part, Mobject)]
    if not found or len(found) < len(parts):
        raise TypeError(
            f"{asker}() does not know what its path changes: it returned {returned!r}. "
            f"Return the mobjects, or name them: {asker}(path, street, dots)"
        )
    return found
