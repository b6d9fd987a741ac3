"""The points of the lesson: five on a line, irises, wines, and crowds and moons that are drawn by a seed."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_blobs, make_moons

from scenes.maths.shared.flower import Measure, irises
from scenes.maths.shared.wine import wines

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

FIVE: Final[Floats] = np.array([[0.0], [1.0], [4.0], [9.0], [11.0]])
"""Five points (5, 1) on a line, the example by hand."""
CENTRES: Final = ((-4.0, 2.6), (-0.6, 3.2), (3.6, 2.2), (-2.6, -2.2), (2.4, -2.6))
"""Middles of the five crowds."""
CROWD: Final = 80
"""Points of each of the five crowds."""
SHOWN_CROWDS: Final = 3
"""Seed of the crowds that are drawn."""
MOON_DOTS: Final = 300
"""Points of both moons."""
STRAYS: Final = 24
"""Points strewn evenly over the moons' frame."""
SHOWN_MOONS: Final = 10
"""Seed of the moons that are drawn."""
TIGHT: Final = 150
"""Points of each of the three crowds of two densities."""
ASIDE: Final = 0.055
"""How far beside its place (cm) an iris is drawn at most, where others have the same petals."""
PLANK: Final = 0.05
"""How far apart the dots of a bridge between the moons are at most."""
BIG_CROWD, SMALL_CROWD = 300, 40
"""Points of the wide crowd, and of each of the two small ones."""


@cache
def petals() -> Floats:
    """Length and width (150, 2) of the irises' petals, in cm."""
    return irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points


@cache
def species() -> Labels:
    """(150,): the botanist's three species, 0 to 2."""
    return irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).species


@cache
def bottles() -> tuple[Floats, Labels]:
    """All 13 measures (178, 13) of the wines in their own units, and the grape varieties (178,)."""
    table = wines()
    return np.asarray(table.measures, dtype=float), table.cultivar


@cache
def spread_out() -> Floats:
    """Where the irises are drawn (150, 2): flowers of the same petals stand around their place, not on each other.

    They have 102 places; nothing is computed from where they are drawn.
    """
    shown = petals().copy()
    for place in np.unique(shown, axis=0):
        rows = np.flatnonzero((petals() == place).all(axis=1))
        if len(rows) > 1:
            turn = np.arange(len(rows)) * np.pi * (3 - np.sqrt(5))
            away = (
                ASIDE * np.sqrt((np.arange(len(rows)) + 0.5) / len(rows)) * min(1.0, np.sqrt(len(rows) / 4))
            )
            shown[rows] += np.column_stack([np.cos(turn), np.sin(turn)]) * away[:, None]
    return shown


@cache
def strewn(seed: int) -> Floats:
    """As many points as there are irises (150, 2), strewn evenly over the box of the petals: no groups at all."""
    points = petals()
    low, high = points.min(axis=0), points.max(axis=0)
    return np.random.default_rng(seed).uniform(low, high, points.shape)


@cache
def bridge() -> Floats:
    """A line of dots (n, 2) over the narrowest place between the moons that are drawn, less than a plank apart."""
    points, known = moons()
    one, other = points[known == 0], points[known == 1]
    gaps = np.linalg.norm(one[:, None] - other[None], axis=-1)
    a, b = np.unravel_index(gaps.argmin(), gaps.shape)
    steps = int(np.ceil(gaps.min() / PLANK)) + 1
    return np.linspace(one[a], other[b], steps)[1:-1]


def standardised(points: Floats) -> Floats:
    """``points`` (n, d), each column with mean 0 and standard deviation 1."""
    return np.asarray((points - points.mean(axis=0)) / points.std(axis=0))


@cache
def crowds(seed: int = SHOWN_CROWDS) -> tuple[Floats, Labels]:
    """Five round crowds (400, 2) of one spread, and which each point was drawn from (400,)."""
    points, labels = make_blobs([CROWD] * 5, centers=np.array(CENTRES), cluster_std=0.65, random_state=seed)[
        :2
    ]
    return np.asarray(points), np.asarray(labels, dtype=np.intp)


@cache
def noise() -> Floats:
    """Points (400, 2) strewn evenly over the frame of the crowds: no groups at all."""
    return np.random.default_rng(0).uniform((-6.0, -4.2), (6.0, 4.8), (5 * CROWD, 2))


@cache
def moons(seed: int = SHOWN_MOONS) -> tuple[Floats, Labels]:
    """Two moons and strays (324, 2), and (324,): 0 or 1 for the moon, −1 for a stray.  The strays come last."""
    points, labels = make_moons(MOON_DOTS, noise=0.07, random_state=seed)
    strays = np.random.default_rng(seed).uniform([-1.6, -1.1], [2.6, 1.6], (STRAYS, 2))
    return np.vstack([points, strays]), np.append(labels, np.full(STRAYS, -1)).astype(np.intp)


@cache
def unequal(seed: int = 0) -> tuple[Floats, Labels]:
    """A wide crowd and two small tight ones (380, 2), and which each point was drawn from (380,)."""
    rng = np.random.default_rng(seed)
    parts = [
        rng.normal((0.0, 0.0), 1.5, (BIG_CROWD, 2)),
        rng.normal((4.5, 0.0), 0.3, (SMALL_CROWD, 2)),
        rng.normal((4.5, 3.0), 0.3, (SMALL_CROWD, 2)),
    ]
    return np.vstack(parts), np.repeat(np.arange(3), [BIG_CROWD, SMALL_CROWD, SMALL_CROWD])


@cache
def two_densities(seed: int = 0) -> tuple[Floats, Labels]:
    """Two tight crowds beside each other and a thin one (450, 2), and which each point was drawn from (450,)."""
    rng = np.random.default_rng(100 + seed)
    parts = [
        rng.normal((0.0, 0.0), 0.12, (TIGHT, 2)),
        rng.normal((0.7, 0.0), 0.12, (TIGHT, 2)),
        rng.normal((6.0, 0.0), 1.5, (TIGHT, 2)),
    ]
    return np.vstack(parts), np.repeat(np.arange(3), TIGHT)
