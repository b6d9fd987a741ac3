"""Gliding: a noun goes from one state to another, and nobody writes down how states are mixed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
from manim import ManimColor, Mobject, smooth

from scenes.kit.drive import Drive, drive

_NUMBERS: Final = "iufc"
"""Kinds of arrays that can be mixed: whole, unsigned, real and complex numbers."""


def glide(
    verb: Callable[..., object],
    start: object,
    end: object,
    *changed: Mobject,
    run_time: float = 1.0,
    rate_func: Callable[[float], float] = smooth,
) -> Drive:
    """An animation that calls a noun's ``verb`` on each frame with what lies between ``start`` and ``end``::

        self.play(glide(line.redraw, (w0, b0), (w1, b1)))
        self.play(glide(bars.redraw, 0.0, heights), glide(partial(tree.open, 3), 0.0, 1.0))

    ``start`` and ``end`` are what the verb is given: a tuple of arguments, a ``dict`` of named ones, or the one
    argument.  Numbers and arrays are mixed, and so is what they are in: tuples, lists, dicts and dataclasses; colours
    too, and what can do it itself by ``start.toward(end, share)``.  All else must be the same in both, and stays.

    ``changed`` are the mobjects that the verb changes; without them it is the noun whose verb it is, or what the
    verb returns.  Raises ``TypeError`` for two states that cannot be mixed, and says where in them.
    """
    start, end = _arguments(start), _arguments(end)
    blend(start, end, 0.5)  # what cannot be mixed is told here, where it is written, and not at the play

    def path(share: float) -> object:
        given: Any = blend(start, end, share)
        return verb(**given) if isinstance(given, dict) else verb(*given)

    called = verb.func if isinstance(verb, partial) else verb
    noun = getattr(called, "__self__", None)
    named = changed or ((noun,) if isinstance(noun, Mobject) else ())
    return drive(path, *named, run_time=run_time, rate_func=rate_func)


def blend(start: Any, end: Any, share: float, where: str = "what glides") -> Any:
    """What lies after ``share`` of the way from ``start`` to ``end``; at 0 and 1 it is just these.

    Raises ``TypeError``, which begins with ``where``, for what cannot be mixed and is not the same in both.
    """
    if _is_numeric(start) and _is_numeric(end):
        return _mixed(start, end, share, where)
    if _same(start, end):
        return start
    if type(start) is not type(end):
        raise TypeError(f"{where}: {_shown(start)} cannot become {_shown(end)}, which is of another type")
    if hasattr(start, "toward"):
        return start.toward(end, share)
    if isinstance(start, ManimColor):
        return start.interpolate(end, share)
    if isinstance(start, (tuple, list)) and len(start) == len(end):
        parts = [
            blend(*pair, share, f"{where}[{at}]") for at, pair in enumerate(zip(start, end, strict=True))
        ]
        return type(start)(*parts) if hasattr(start, "_fields") else type(start)(parts)
    if isinstance(start, dict) and start.keys() == end.keys():
        return {key: blend(start[key], end[key], share, f"{where}[{key!r}]") for key in start}
    if dataclasses.is_dataclass(start) and not isinstance(start, type):
        names = [field.name for field in dataclasses.fields(start) if field.init]
        parts = [blend(getattr(start, n), getattr(end, n), share, f"{where}.{n}") for n in names]
        return dataclasses.replace(start, **dict(zip(names, parts, strict=True)))
    raise TypeError(
        f"{where}: {_shown(start)} and {_shown(end)} cannot be mixed; what is no number must be the same in both"
    )


def _arguments(state: object) -> tuple[object, ...] | dict[str, object]:
    """What a verb is given, as arguments; a named tuple is one of them."""
    return state if isinstance(state, dict) or type(state) is tuple else (state,)


def _is_numeric(value: object) -> bool:
    kinds = (int, float, complex, np.generic, np.ndarray)
    return isinstance(value, kinds) and np.asarray(value).dtype.kind in _NUMBERS


def _mixed(start: Any, end: Any, share: float, where: str) -> Any:
    """Numbers or arrays; one number serves a whole array, and what is the same in both stays to the last digit."""
    if np.shape(start) == np.shape(end) == () and start == end:
        return start  # a count or an index is not to become a fraction
    try:
        begin, stop = np.broadcast_arrays(np.asarray(start), np.asarray(end))
    except ValueError:
        raise TypeError(
            f"{where}: arrays of {np.shape(start)} and {np.shape(end)} do not fit together"
        ) from None
    mixed = np.where(begin == stop, begin, (1 - share) * begin + share * stop)
    if share in (0, 1):  # what is not finite spoils every sum
        mixed = np.array((begin, stop)[int(share)], dtype=mixed.dtype)
    return mixed if mixed.shape else mixed.item()


def _same(start: Any, end: Any) -> bool:
    if start is end:
        return True
    if type(start) is not type(end):
        return False
    if isinstance(start, np.ndarray):
        return np.array_equal(start, end)
    if dataclasses.is_dataclass(start) or isinstance(start, (tuple, list, dict)):
        return False  # looked into, part by part: arrays in them know no plain equality
    return bool(start == end)


def _shown(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of {value.shape} {value.dtype}"
    return f"{type(value).__name__} {value!r:.60}"
