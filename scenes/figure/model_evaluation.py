"""Scores of all pictures, on log-odds, through which visitors move a threshold."""

from __future__ import annotations

import numpy as np

from scenes.maths.model_evaluation import bill, digits, humps

SHOWN = (-9.2, 5.2)
"""Log-odds that are shown."""
STEPS = 121


def figure() -> dict[str, object]:
    """Log-odds of the scores, falling: ``eights`` (174,) and ``others`` (1623,); ``grid`` (121,) log-odds and on it
    ``humps`` (2, 121), the densities of both; ``miss``, the price of a miss where the lesson sets one."""
    whole = digits.everything()
    odds = humps.log_odds(whole.scores)
    grid = np.linspace(*SHOWN, STEPS)
    groups = (whole.positive, ~whole.positive)
    eights, others = (np.sort(odds[group])[::-1].round(5) for group in groups)
    return {
        "eights": eights,
        "others": others,
        "grid": grid.round(3),
        "humps": np.array([humps.density(whole.scores[group], grid) for group in groups]).round(4),
        "miss": bill.MISS,
    }
