"""Motion by numbers: call a function each frame, and tell manim what it changes."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np
from manim import Animation, Group, Mobject, Scene, VMobject, smooth
from numpy.typing import NDArray

from scenes.kit import pace

Path = Callable[[float], object]

Opacities = NDArray[np.float64]

_OPAQUE: Final = ("fill_rgbas", "stroke_rgbas")

ENTRY: Final = pace.QUICK
"""Seconds in which mobjects that a motion puts on the stage fade in."""

_asking: list[list[Mobject]] = []
"""Motions that are beginning, the innermost last: what each has redrawn so far by way of numbers that it set."""


def note_redrawn(mobjects: Iterable[Mobject]) -> None:
    """Tell the motion that is beginning, if any is, that it redraws ``mobjects`` by setting a number."""
    if _asking:
        _asking[-1].extend(mobjects)


class _Veil:
    """Shows mobjects at a share of their opacity, also of an opacity that others set meanwhile.

    A mobject is under one veil: a later one takes it over from the one before, which leaves it alone from then on.
    Two would take each other's shade for an opacity that somebody has set, and fade it to nothing.
    """

    def __init__(self, mobjects: Sequence[Mobject]) -> None:
        self._parts: dict[VMobject, list[_Layer]] = {}
        for one in dict.fromkeys(each for mobject in mobjects for each in mobject.get_family()):
            if isinstance(one, VMobject):
                before = _veils.get(one)
                self._parts[one] = (
                    before._parts.pop(one) if before else [_Layer(one, name) for name in _OPAQUE]
                )
                _veils[one] = self

    def lift(self, share: float) -> None:
        """Show ``share`` (0 to 1) of the opacity that each mobject has been given by now."""
        for one, layers in self._parts.items():
            for layer in layers:
                layer.lay(share)
            if share == 1:
                _veils.pop(one, None)
        if share == 1:
            self._parts = {}


class _Layer:
    """Opacities of one kind that a mobject has of its own, and those that a veil has laid in their place."""

    def __init__(self, one: VMobject, name: str) -> None:
        self._one, self._name = one, name
        self._own: Opacities = getattr(one, name)[:, 3].copy()
        self._laid = self._own.copy()

    def lay(self, share: float) -> None:
        opacity = getattr(self._one, self._name)[:, 3]
        if not np.array_equal(opacity, self._laid):
            self._own = opacity.copy()  # somebody has set it since
        opacity[:] = self._laid = self._own * share


_veils: Final[weakref.WeakKeyDictionary[VMobject, _Veil]] = weakref.WeakKeyDictionary()
"""The veil that a mobject is under."""


class Drive(Animation):
    """The animation made by :func:`drive`."""

    def __init__(self, path: Path, *changed: Mobject, brings: bool = True, **timing: Any) -> None:
        """``brings``: mobjects that are not on the stage yet are put there when the play begins, and fade in.

        What only shows a number that the path sets is not among them, unless it is named: the copies that another
        animation has made of a live number read the same value.
        """
        self.veil: _Veil | None = None
        self.path = path
        self.changed = list(changed)
        self.brings = brings
        # An introducer, or manim would put the group itself on the stage.
        self.group = Group(*changed)
        super().__init__(self.group, introducer=True, **timing)

    def _setup_scene(self, scene: Scene) -> None:
        readers: list[Mobject] = []
        if not self.changed:
            _asking.append(readers)
            try:
                self.changed = mobjects_in(self.path(self.rate_func(0.0)))
            finally:
                _asking.pop()
            self.group.add(*self.changed)
        if self.brings:
            on_stage = {*scene.get_mobject_family_members(), *readers}
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
