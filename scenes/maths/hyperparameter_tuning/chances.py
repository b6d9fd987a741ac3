"""How likely a grid and a random search are to meet what they look for: by formula, and on the landscape, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np

from scenes.maths.hyperparameter_tuning.landscape import NEAR, Ints, Landscape, landscape

SIDE: Final = 3
"""Values of each hyperparameter in the grid."""
TRIALS: Final = SIDE * SIDE


@dataclass(frozen=True, slots=True)
class Grid:
    """What an even grid tries: ``gammas`` (3,) and ``costs`` (3,), rows and columns of the landscape."""

    gammas: Ints
    costs: Ints

    @property
    def cells(self) -> Ints:
        """All combinations, (9, 2)."""
        return np.array([(gamma, cost) for gamma in self.gammas for cost in self.costs])


def trainings(values: int, knobs: int, folds: int) -> int:
    """Models that a grid trains: values to the power of hyperparameters, times the folds."""
    return int(values**knobs * folds)


def by_random(share: float, trials: int = TRIALS) -> float:
    """Chance that one of ``trials`` independent draws meets a good ``share`` of the space: 1 − (1 − w)ⁿ."""
    return float(1 - (1 - share) ** trials)


def by_grid(share: float, values: int = SIDE) -> float:
    """Chance that one of ``values`` even values, placed at random, meets a good band of this ``share``: min(1, k w)."""
    return float(min(1.0, values * share))


def placements() -> list[Grid]:
    """All even 3 × 3 grids on the cells of the landscape: a third of each side apart, (81)."""
    rows, columns = landscape().scores.shape
    steps = np.arange(SIDE)
    return [
        Grid(row + rows // SIDE * steps, column + columns // SIDE * steps)
        for row in range(rows // SIDE)
        for column in range(columns // SIDE)
    ]


def grid_hits(within: float = NEAR, land: Landscape | None = None) -> float:
    """Share of all placements of the grid of which one trial is this near to the best; exact."""
    near = (land or landscape()).near(within)
    return float(np.mean([near[np.ix_(each.gammas, each.costs)].any() for each in placements()]))


def random_hits(within: float = NEAR, trials: int = TRIALS, land: Landscape | None = None) -> float:
    """Chance that one of ``trials`` cells, drawn without replacement, is this near to the best; exact."""
    near = (land or landscape()).near(within)
    count, good = near.size, int(near.sum())
    return 1 - comb(count - good, trials) / comb(count, trials)


def random_cells(seed: int, trials: int = TRIALS) -> Ints:
    """Cells (trials, 2) of the landscape, drawn without replacement."""
    shape = landscape().scores.shape
    drawn = np.random.default_rng(seed).choice(shape[0] * shape[1], trials, replace=False)
    return np.column_stack(np.unravel_index(drawn, shape))
