"""Parts of a picture, line by line: where it was drawn on, where it may have changed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Spans = NDArray[np.int32]
"""Shape (height, 2): of each line of pixels the first column that belongs to the part, and the one behind the last."""

_NOTHING: Final = (np.iinfo(np.int32).max, 0)
"""The span of a line that has no part in it, which widens no other."""


def everywhere(height: int, width: int) -> Spans:
    """All of a picture."""
    spans = np.empty((height, 2), np.int32)
    spans[:] = 0, width
    return spans


def nowhere(height: int) -> Spans:
    """Nothing of a picture."""
    spans = np.empty((height, 2), np.int32)
    spans[:] = _NOTHING
    return spans


def widen(spans: Spans, by: Spans) -> None:
    """Make ``spans`` hold ``by`` too."""
    np.minimum(spans[:, 0], by[:, 0], out=spans[:, 0])
    np.maximum(spans[:, 1], by[:, 1], out=spans[:, 1])
