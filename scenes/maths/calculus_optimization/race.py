"""Three optimisers on a landscape with two hollows, from hundreds of starts.

The landscape and the first start were made up for this purpose, and the settings are those told: no ranking.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from scenes.maths.calculus_optimization import landscape, optimiser
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Kind = Literal["gradient descent", "momentum", "Adam"]

KINDS: Final[tuple[Kind, ...]] = ("gradient descent", "momentum", "Adam")
RATES: Final[dict[Kind, float]] = {"gradient descent": 0.05, "momentum": 0.05, "Adam": 0.1}
BETA: Final = 0.9
STEPS: Final = 300
COUNT: Final = 300
"""Starts at once."""
SEEDS: Final = 20
SIDE: Final = ((-2.2, -1.3), (-1.0, 1.0))
"""Limits along x and y of starts on the shallow side."""
MAP: Final = ((-2.2, 2.2, 44), (-1.2, 1.0, 22))
"""Limits along x and y of starts on the whole map, and how many lie along each."""
TRIED: Final = (0.01, 0.02, 0.05, 0.1)
"""Rates with which the race is run again."""
SHALLOW: Final = (-1.03, -0.5)
DEEP: Final = (1.15, 0.49)
PASS: Final = (-0.13, -0.09)
"""Near the two hollows and the pass between them; found exactly by :func:`hollow` and :func:`saddle`."""


def run(
    kind: Kind, starts: ArrayLike, rate: float | None = None, beta: float = BETA, steps: int = STEPS
) -> Floats:
    """Walks (steps + 1, ..., 2) over the toy landscape from ``starts`` (..., 2), at the told rate unless given."""
    rate = RATES[kind] if rate is None else rate
    if kind == "Adam":
        return optimiser.adam(landscape.toy_gradient, starts, rate, steps).walk
    return optimiser.roll(landscape.toy_gradient, starts, rate, beta if kind == "momentum" else 0.0, steps)


def starts(seed: int, count: int = COUNT) -> Floats:
    """Starts (count, 2) spread evenly over the shallow side."""
    draw = np.random.default_rng(seed)
    return np.column_stack([draw.uniform(*limits, count) for limits in SIDE])


def crossed(walks: ArrayLike) -> NDArray[np.bool_]:
    """Which walks (steps + 1, n, 2) end in the deep hollow: on the right of the pass."""
    return np.asarray(np.asarray(walks)[-1, :, 0] > saddle()[0])


@remembered
def shares(kind: Kind, rate: float | None = None, beta: float = BETA) -> Floats:
    """For each of :data:`SEEDS` seeds the share (SEEDS,) of starts on the shallow side that cross."""
    return np.array([crossed(run(kind, starts(seed), rate, beta)).mean() for seed in range(SEEDS)])


def chance(share: float, count: int = COUNT) -> float:
    """Standard deviation of the share that cross among ``count`` starts drawn alone, if ``share`` do: binomial."""
    return float(np.sqrt(share * (1 - share) / count))


def everywhere() -> Floats:
    """Starts (968, 2) on an even grid over the whole map: no chance is in them."""
    return np.stack(np.meshgrid(*(np.linspace(*limits) for limits in MAP)), axis=-1).reshape(-1, 2)


@remembered
def reached(kind: Kind, rate: float | None = None) -> float:
    """Share of the starts on the whole map from which ``kind`` ends in the deep hollow."""
    return float(crossed(run(kind, everywhere(), rate)).mean())


def hollow(near: ArrayLike) -> Floats:
    """The local minimum (2,) that lies downhill from ``near``."""
    return np.asarray(minimize(landscape.toy, np.asarray(near), jac=landscape.toy_gradient, tol=1e-10).x)


def saddle() -> Floats:
    """The pass (2,) between the hollows: the middle one of the places on the ravine's floor without a slope.

    There x³ − 1.2 x − 0.15 = 0 and y = ½ sin 1.5 x.
    """
    x = np.sort(np.roots([1.0, 0.0, -1.2, -0.15]).real)[1]
    return np.array([x, 0.5 * np.sin(1.5 * x)])
