"""The photograph made darker and brighter again: what a loop and a vectorised operation both do to it."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.maths.python_ml_stack.data import Bytes
from scenes.maths.python_ml_stack.timing import FACTOR

DARK: Final = 0.65
"""By which the photograph is multiplied before, so that it has room to become brighter."""


def darkened(photo: Bytes) -> Bytes:
    """The photograph times :data:`DARK`, rounded."""
    return np.asarray(np.rint(photo * DARK), dtype=np.uint8)


def brightened(photo: Bytes) -> Bytes:
    """Each number times the factor, cut at 255 before it goes back into a byte."""
    return np.asarray(np.rint(np.clip(photo * FACTOR, 0, 255)), dtype=np.uint8)


def halfway(photo: Bytes, rows: slice, middle: int, share: float, gain: float) -> Bytes:
    """The photograph while its left part, up to the column ``middle``, is brightened pixel by pixel, row by row.

    ``share`` is how far that loop has come through ``rows``; the right part is ``gain`` times as fast.
    """
    bright = brightened(photo)
    now = photo.copy()
    now[rows, middle:] = np.where(share * gain >= 1.0, bright[rows, middle:], now[rows, middle:])
    left, target = now[rows, :middle], bright[rows, :middle]
    done = round(share * left.shape[0] * left.shape[1])
    full, rest = divmod(done, left.shape[1])
    left[:full] = target[:full]
    if rest:
        left[full, :rest] = target[full, :rest]
    return now


def between(dark: Bytes, bright: Bytes, share: float) -> Bytes:
    """``dark`` on its way to ``bright``, by ``share`` of it."""
    return np.asarray(np.rint(dark + share * (bright.astype(float) - dark)), dtype=np.uint8)
