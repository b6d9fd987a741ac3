"""The lesson clustering: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.clustering import how_many, reach, rounds
from scenes.clustering.failures import mean_agreement
from scenes.maths.clustering import agreement, centroids, data, density, merging
from tests.scenes.harness.table import Claims, Figures, Waivers

HAND = centroids.by_hand()
FALLS = centroids.half_steps(data.FIVE, HAND)
A, B = agreement.near_and_far(data.FIVE, HAND[-1].labels)
S = agreement.silhouettes(data.FIVE, HAND[-1].labels)
PETALS = agreement.mean_silhouettes("petals")
CROWDS = agreement.mean_silhouettes("crowds")


def five(row: int) -> float:
    """One of the five points."""
    return float(data.FIVE[row, 0])


def away(row: int) -> float:
    """How far one of the five points lies from the point 4."""
    return abs(five(row) - five(how_many.POINT))


def inside(row: int) -> int:
    """How many of the five points lie within reach of one of them."""
    return int((agreement.apart(data.FIVE)[row] <= density.HAND_EPS).sum())


def stuck(how: str) -> float:
    """Percentage of runs that got stuck, over ten draws of crowds."""
    return float(100 * centroids.stuck_shares(how).mean())


FIGURES: Figures = {}

CLAIMS: Claims = {}

WAIVERS: Waivers = {}
