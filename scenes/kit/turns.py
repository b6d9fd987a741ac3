"""What comes where something goes waits for it, so that two pictures never lie over each other half faded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
from manim import FadeIn, FadeOut

from scenes.kit.path import Floats

_GONE: Final = 0.55
"""Share of its time in which something leaves that makes room."""
_COMES: Final = 0.45
"""Share of its time after which something comes that had to wait for room."""


def take_turns(animations: Iterable[Any]) -> None:
    """Let each fade-in of ``animations`` wait for the fade-outs of the same play whose boxes touch its own.

    Those that leave do so in the first half of their time, those that come take the second.  Fades elsewhere in the
    frame, and what moves, keep their time.
    """
    leaving, coming = [], []
    for one in animations:
        if isinstance(one, FadeOut):
            leaving.append((one, _box(one.mobject.get_all_points())))
        elif isinstance(one, FadeIn):
            coming.append((one, _box(one.mobject.get_all_points())))
    making_room = [one for one, box in leaving if any(_touch(box, other) for _, other in coming)]
    waiting = [one for one, box in coming if any(_touch(box, other) for _, other in leaving)]
    for fade_out in making_room:
        fade_out.rate_func = _within(0.0, _GONE, fade_out.rate_func)
    for fade_in in waiting:
        fade_in.rate_func = _within(_COMES, 1.0, fade_in.rate_func)


def _within(begin: float, end: float, rate: Callable[[float], float]) -> Callable[[float], float]:
    """``rate`` between two shares of the time, still before and after."""
    return lambda share: rate(min(max((share - begin) / (end - begin), 0.0), 1.0))


def _box(points: Floats) -> Floats | None:
    """Least and greatest coordinates of ``points`` (n, 3) in the plane, (2, 2); None where nothing is drawn."""
    if not len(points):
        return None
    return np.array([points[:, :2].min(axis=0), points[:, :2].max(axis=0)])


def _touch(one: Floats | None, other: Floats | None) -> bool:
    if one is None or other is None:
        return False
    return bool((one[0] <= other[1]).all() and (other[0] <= one[1]).all())
