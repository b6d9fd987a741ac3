"""Five scores of the same 257 dots, and how brightly each dot is drawn."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

import numpy as np

from scenes.maths.anomaly_detection import fences, frontier, isolation, neighbours
from scenes.maths.anomaly_detection.fences import Floats

Detector = Literal["z-score", "fences", "isolation", "LOF", "One-Class SVM"]
DETECTORS: Final[tuple[Detector, ...]] = ("z-score", "fences", "isolation", "LOF", "One-Class SVM")


@cache
def scored(detector: Detector) -> Floats:
    """(257,): the anomaly scores of the dots, the higher the odder."""
    points = isolation.cloud()
    if detector == "z-score":
        return np.asarray(np.max([np.abs(fences.z_scores(column)) for column in points.T], axis=0))
    if detector == "fences":
        over = []
        for column in points.T:
            low, high = fences.tukey(column)
            over.append(np.maximum(low - column, column - high) / (high - low))
        return np.asarray(np.max(over, axis=0))
    if detector == "isolation":
        return isolation.forest_scores()
    if detector == "LOF":
        return neighbours.cloud_factors()
    found = frontier.around_cloud()
    return np.asarray(found.rho - found.heights(points))


def brightness(scores: Floats) -> Floats:
    """(n,): 0 for scores up to the median, 1 for the highest, and evenly between."""
    low, high = float(np.median(scores)), float(scores.max())
    return np.clip((scores - low) / (high - low), 0.0, 1.0)
