"""Motion by numbers: call a function each frame, and tell manim what it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
from manim import Animation, Group, Mobject, Scene, ValueTracker, VMobject, smooth

Path = Callable[[float], object]
Noun = TypeVar("Noun", bound=Mobject)


ENTRY: Final = 0.4
"""Seconds in which what a motion brings fades in."""


class _Veil:
    """Opacity laid over mobjects while others change them: what anybody gives them counts, times a share."""

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
        """Show ``share`` (0 to 1) of the opacity that everything has by now."""
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
            self.changed = _mobjects_in(self.path(self.rate_func(0.0)))
            self.group.add(*self.changed)
        if self.brings:
            on_stage = set(scene.get_mobject_family_members())
            fresh = [mobject for mobject in self.changed if mobject not in on_stage]
            scene.add(*fresh)
            unseen = [mobject for mobject in fresh if not on_stage.intersection(mobject.get_family())]
            self.veil = _Veil(unseen) if unseen else None

    def begin(self) -> None:
        """Start at the path's own beginning; nothing is copied, since nothing is interpolated."""
        self.interpolate(0.0)

    def finish(self) -> None:
        """Leave what the path changes at the path's end."""
        self.interpolate(1.0)

    def interpolate_mobject(self, alpha: float) -> None:
        """Call the path with the share of the way, after the rate function."""
        self.path(self.rate_func(alpha))
        if self.veil is not None:
            self.veil.lift(min(alpha * self.get_run_time() / ENTRY, 1.0) if alpha < 1 else 1.0)

    def get_all_mobjects(self) -> tuple[Mobject, ...]:
        """What manim may update beside the driven mobjects: nothing."""
        return (self.group,)


def drive(
    path: Path, *changed: Mobject, run_time: float = 1.0, rate_func: Callable[[float], float] = smooth
) -> Drive:
    """An animation that calls ``path(share)`` on each frame, ``share`` going from 0 to 1.

    ``path`` must depend on ``share`` alone, since frames may be skipped.  ``changed`` are the mobjects that
    it changes; without them they are what it returns (a mobject, or several), asked when the play begins.
    Name them where the animation stands in a ``Succession``, whose later parts manim does not ask in time.

        self.play(drive(lambda t: street.lay(*line_at(t))), run_time=3)

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
        """Start from nothing; nothing is copied."""
        self.veil = _Veil(self.mobjects)
        self.interpolate(0.0)

    def finish(self) -> None:
        """Leave everything as opaque as it is meant to be."""
        self.interpolate(1.0)

    def interpolate_mobject(self, alpha: float) -> None:
        self.veil.lift(self.rate_func(alpha))


def appear(*mobjects: Mobject, run_time: float = ENTRY) -> Appear:
    """``mobjects`` fade in where they are, whatever else happens to them meanwhile.

    Other than ``FadeIn`` it may be played beside the motion that shapes them, as the last of the play.  What is on
    the stage keeps its place in the drawing order, so that a street can come under the dots::

        self.add(street, dots)
        self.play(drive(lambda t: street.lay(w, b, t)), appear(street))
    """
    return Appear(*mobjects, run_time=run_time)


def live(noun: Noun, tracker: ValueTracker, path: Callable[[float], object]) -> Noun:
    """Let ``path(tracker's value)`` redraw ``noun`` whenever the value has changed; returns ``noun``.

    For values that several animations share.  A live noun counts as moving in every play, so that all that
    lies above it is drawn anew: prefer :func:`drive` for a single motion, and call ``noun.clear_updaters()``
    when done.
    """
    last = float(tracker.get_value())
    path(last)

    def follow(_: Mobject) -> None:
        nonlocal last
        value = float(tracker.get_value())
        if value != last:
            last = value
            path(value)

    noun.add_updater(follow)
    return noun


def _mobjects_in(returned: object) -> list[Mobject]:
    parts: list[object] = list(returned) if isinstance(returned, (tuple, list)) else [returned]
    found = [part for part in parts if isinstance(part, Mobject)]
    if not found or len(found) < len(parts):
        raise TypeError(
            f"drive() does not know what its path changes: it returned {returned!r}. "
            "Return the mobjects, or name them: drive(path, street, dots)"
        )
    return found
