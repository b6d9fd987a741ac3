"""Blobs of three to six classes, and the boundaries of every plan, with which visitors start."""

from __future__ import annotations

import numpy as np

from scenes.maths.multiclass import schemes
from scenes.maths.multiclass.schemes import Lines

PRICES = ("0.01", "1", "100")
"""Values of C, as an address says them."""


def rows(lines: Lines) -> object:
    """(m, 3): weights and offset of each line."""
    return np.column_stack([lines.weights, lines.offsets]).round(4)


def figure() -> dict[str, object]:
    """``maps`` by the number of classes: ``points`` (60·K, 2) in the order of their classes, and (m, 3) boundaries by C
    of ``rest``, ``pairs`` and ``softmax``."""
    maps = {}
    for classes in sorted(schemes.SEEDS):
        points, labels = schemes.blobs(classes)
        maps[str(classes)] = {
            "points": points[np.argsort(labels, kind="stable")].round(2),
            "rest": {price: rows(schemes.one_vs_rest(points, labels, float(price))) for price in PRICES},
            "pairs": {price: rows(schemes.one_vs_one(points, labels, float(price))) for price in PRICES},
            "softmax": {price: rows(schemes.softmax(points, labels, float(price))) for price in PRICES},
        }
    return {"maps": maps}
