"""Regions of a picture, kept as one span of columns for each line: where it was drawn on, where it may have changed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Spans = NDArray[np.int32]
"""Shape (height, 2): for each line of pixels the first column of the region, and the first column behind it."""

_NOTHING: Final = (np.iinfo(np.int32).max, 0)
"""The empty span of a line: the union with another span is that other span."""


def everywhere(height: int, width: int) -> Spans:
    """The region that is a whole picture of ``height`` × ``width`` pixels."""
    spans = np.empty((height, 2), np.int32)
    spans[:] = 0, width
    return spans


def nowhere(height: int) -> Spans:
    """The empty region of a picture of ``height`` lines."""
    spans = np.empty((height, 2), np.int32)
    spans[:] = _NOTHING
    return spans


def widen(spans: Spans, by: Spans) -> None:
    """Enlarge ``spans`` in place so that it contains ``by``."""
    np.minimum(spans[:, 0], by[:, 0], out=spans[:, 0])
    np.maximum(spans[:, 1], by[:, 1], out=spans[:, 1])
