"""A value: one number that gauges, labels and pictures read; who sets it or moves it moves them all.

    gamma = Value(1.0, log=True)
    gamma.draws(lambda g: bump.redraw(xs, bell(xs, g)))
    self.add(plane, bump, Gauge("gamma", gamma), Gauge("error", gamma.of(error_at)))
    beat.over("narrow", gamma.to(10.0), until="too")

Nothing is asked again and again whether it has changed: setting a value redraws those that read it, once and in the
order in which they began to, and a picture that stands between two plays shows what was set before it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic, Protocol, Self, SupportsFloat, TypeVar

import numpy as np
from manim import Animation, FadeIn, Mobject, Scene, smooth

from scenes.kit.drive import Appear, Drive, mobjects_in, note_redrawn

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S")


class Reader(Protocol):
    """What shows a number."""

    def reread(self) -> tuple[Mobject, ...]:
        """Show the number as it is now; returns the mobjects that show it."""


class Source(Generic[T_co]):
    """Something that can be read: a :class:`Value`, or a :class:`Reading` of values."""

    def __init__(self, roots: tuple[Value, ...]) -> None:
        self.roots: Final = roots
        """The values that it depends on."""

    @property
    def value(self) -> T_co:
        """What is read now."""
        raise NotImplementedError

    def afresh(self) -> T_co:
        """What is read now, computed anew: it differs from :attr:`value` where more has changed than its roots."""
        return self.value

    def of(self, compute: Callable[[T_co], S]) -> Reading[S]:
        """What ``compute`` makes of it: a number for a gauge, or anything for a picture."""
        return Reading(compute, self)

    def draws(self, redraw: Callable[[T_co], object], *changed: Mobject) -> tuple[Mobject, ...]:
        """Call ``redraw`` with what is read: now, and whenever it changes; returns the mobjects that it changes.

        ``redraw`` may depend on nothing else that changes.  ``changed`` are the mobjects that it changes; without
        them they are what it returns.  Raises ``TypeError`` when no mobject is named or returned.
        """
        picture = _Picture(self, redraw, changed)
        for root in self.roots:
            root._readers.append(lambda: picture)
        return picture.reread()

    def read_by(self, reader: Reader) -> None:
        """Let ``reader`` know when it changes, as long as somebody else keeps ``reader``."""
        for root in self.roots:
            root._readers.append(weakref.ref(reader))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # the copy of a gauge reads the same number


class Reading(Source[T]):
    """What a function makes of one or several sources, computed once for all numbers that they have."""

    def __init__(self, compute: Callable[..., T], *sources: Source[Any]) -> None:
        """``compute`` is called with the value of each of ``sources``, and may depend on nothing else that changes."""
        super().__init__(tuple(dict.fromkeys(root for source in sources for root in source.roots)))
        self._compute, self._sources = compute, sources
        self._seen: tuple[float, ...] | None = None
        self._made: T

    @property
    def value(self) -> T:
        """What is made of the sources as they are now."""
        seen = tuple(root.value for root in self.roots)
        if seen != self._seen:
            self._made = self._compute(*(source.value for source in self._sources))
            self._seen = seen
        return self._made

    def afresh(self) -> T:
        """What is made of the sources now, whatever was made of them before."""
        return self._compute(*(source.afresh() for source in self._sources))


class Mixture(Reading[T]):
    """What is mixed of two states that were computed: a picture, and no number that a viewer could take for a third."""


class Value(Source[float]):
    """A number; ``log`` moves it evenly by factors instead of by differences.

    Raises ``ValueError`` for a number that is not positive where it moves by factors.
    """

    def __init__(self, number: SupportsFloat = 0.0, *, log: bool = False) -> None:
        super().__init__((self,))
        self.log = log
        self._number = float(number)
        self._readers: list[Callable[[], Reader | None]] = []
        self._along(self._number)

    @property
    def value(self) -> float:
        """The number as it is now."""
        return self._number

    def set(self, number: SupportsFloat) -> tuple[Mobject, ...]:
        """Become ``number``; who reads it shows it at once.  Returns the mobjects that do, as a path does."""
        self._number = float(number)
        redrawn = self._reread()
        note_redrawn(redrawn)
        return redrawn

    def to(
        self, number: SupportsFloat, *, run_time: float = 1.0, rate_func: Callable[[float], float] = smooth
    ) -> Drive:
        """An animation from the number that there is when it begins to ``number``, evenly on the value's scale."""
        return _Motion(self, float(number), run_time=run_time, rate_func=rate_func)

    def between(self, start: float, end: float, share: float) -> float:
        """The number after ``share`` (0 to 1) of the way from ``start`` to ``end``, on the value's scale."""
        if share in (0, 1):
            return (start, end)[int(share)]
        begin, stop = self._along(start), self._along(end)
        here = begin + share * (stop - begin)
        return float(np.exp(here)) if self.log else here

    def _along(self, number: float) -> float:
        """Where a number stands on the scale on which the value moves evenly."""
        if self.log and number <= 0:
            raise ValueError(f"a value that moves by factors is above 0, not {number}")
        return float(np.log(number)) if self.log else number

    def _reread(self) -> tuple[Mobject, ...]:
        """All that read it do so again."""
        readers = [(known, known()) for known in self._readers]
        self._readers = [known for known, reader in readers if reader is not None]
        return tuple(
            dict.fromkeys(each for _, reader in readers if reader is not None for each in reader.reread())
        )


class _Picture:
    """Mobjects that a function redraws by what is read."""

    def __init__(
        self, source: Source[Any], redraw: Callable[[Any], object], changed: tuple[Mobject, ...]
    ) -> None:
        self._source, self._redraw, self._named = source, redraw, changed
        self._changed = changed
        self._seen: tuple[float, ...] | None = None

    def reread(self) -> tuple[Mobject, ...]:
        """Redraw them, unless nothing has changed since the last time."""
        seen = tuple(root.value for root in self._source.roots)
        if seen != self._seen:
            returned = self._redraw(self._source.value)
            self._changed = self._named or tuple(mobjects_in(returned, "draws"))
            self._seen = seen
        return self._changed


class _Motion(Drive):
    """The animation made by :meth:`Value.to`: it moves what reads the value, and brings nothing to the stage."""

    def __init__(self, value: Value, end: float, **timing: Any) -> None:
        self._value, self._end = value, end
        self._start: float | None = None
        value._along(end)
        super().__init__(self._move, *value._reread(), brings=False, **timing)

    def _setup_scene(self, scene: Scene) -> None:
        """Begin where the value is now."""
        self._start = self._value.value

    def _move(self, share: float) -> tuple[Mobject, ...]:
        start = self._value.value if self._start is None else self._start
        return self._value.set(self._value.between(start, self._end, share))


def overwritten(animations: Iterable[Animation]) -> tuple[Animation, object] | None:
    """The first of ``animations`` that shows something as it was, over what a value's motion redraws; and that thing.

    What fades in, or is created, is a copy of what stood there when the play began: the values that are reached would
    be seen only when somebody redraws it later.  A live number knows that, and is right in the end.
    """
    parts = list(_single(animations))
    moved: set[object] = {
        member
        for one in parts
        if isinstance(one, _Motion)
        for changed in one.changed
        if not hasattr(type(changed), "due")
        for member in changed.get_family()
        if len(member.points)
    }
    for one in parts:
        if isinstance(one, (Drive, Appear)) or not (isinstance(one, FadeIn) or one.is_introducer()):
            continue
        for member in one.mobject.get_family():
            if member in moved:
                return one, member
    return None


def _single(animations: Iterable[Animation]) -> Iterator[Animation]:
    for one in animations:
        parts = getattr(one, "animations", ())
        if parts:
            yield from _single(parts)
        elif isinstance(one, Animation):
            yield one
