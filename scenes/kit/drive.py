"""Motion by numbers: call a function each frame, and tell manim what it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from manim import Animation, Group, Mobject, Scene, ValueTracker, smooth

Path = Callable[[float], object]
Noun = TypeVar("Noun", bound=Mobject)


class Drive(Animation):
    """The animation made by :func:`drive`."""

    def __init__(self, path: Path, *changed: Mobject, brings: bool = True, **timing: Any) -> None:
        """``brings``: mobjects that are not on the stage yet are put there when the play begins."""
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
            scene.add(*(mobject for mobject in self.changed if mobject not in on_stage))

    def begin(self) -> None:
        """Start at the path's own beginning; nothing is copied, since nothing is interpolated."""
        self.interpolate(0.0)

    def finish(self) -> None:
        """Leave what the path changes at the path's end."""
        self.interpolate(1.0)

    def interpolate_mobject(self, alpha: float) -> None:
        """Call the path with the share of the way, after the rate function."""
        self.path(self.rate_func(alpha))

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
