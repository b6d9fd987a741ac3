"""Twenty years of sea temperature, on which visitors boost small trees."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.maths.gradient_boosting import stairs

EVERY: Final = 4
"""One year in so many is kept out of the fit, if the visitor wants that."""
MOST: Final = 60
"""Trees that can be added."""


def figure() -> dict[str, object]:
    """``warmth`` (20, 12) of years and months in °C; ``held`` (20,), 1 for a year that can be kept out of the fit;
    ``most``, the largest number of trees."""
    data = stairs.sea()
    years = len(np.unique(data.year))
    held = (np.arange(years) % EVERY == EVERY - 1).astype(int)
    return {"warmth": data.warmth.reshape(years, 12), "held": held, "most": MOST}
