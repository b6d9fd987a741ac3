"""Regions of a map that straight lines part: convex polygons, exactly cut, and their areas.

A line is w·x + b = 0 with ``weights`` (2,) and ``offset`` b; its yes side is where w·x + b is positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MAP: Final[Floats] = np.array([[-9.6, -5.4], [9.6, -5.4], [9.6, 5.4], [-9.6, 5.4]])
"""The map of the blobs, 16 to 9, counter-clockwise from the lower left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the map between lines: its ``corners`` (n, 2), and on which lines' yes side it lies, (m,)."""

    corners: Floats
    yes: Bools


def part(corners: Floats, weights: Floats, offset: float, level: float = 0.0) -> Floats:
    """The part of a convex polygon ``corners`` (n, 2) where w·x + b is at least ``level``; (0, 2) if there is none.

    Source: I. Sutherland and G. Hodgman, Reentrant polygon clipping, Communications of the ACM 17 (1974).
    """
    if not len(corners):
        return corners
    heights = corners @ weights + offset - level
    kept: list[Floats] = []
    for number, (here, now) in enumerate(zip(corners, heights, strict=True)):
        before, then = corners[number - 1], heights[number - 1]
        if (then < 0) != (now < 0):
            kept.append(before + then / (then - now) * (here - before))
        if now >= 0:
            kept.append(here)
    return np.array(kept).reshape(-1, 2)


def area(corners: Floats) -> float:
    """Area of a polygon (n, 2) by the shoelace formula, in squared units of its corners."""
    x, y = corners.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def cells(weights: Floats, offsets: Floats, whole: Floats = MAP) -> list[Cell]:
    """Every piece into which lines, ``weights`` (m, 2) and ``offsets`` (m,), cut the polygon ``whole``."""
    pieces: list[tuple[Floats, tuple[bool, ...]]] = [(whole, ())]
    for weight, offset in zip(weights, offsets, strict=True):
        halves = [
            (part(corners, sign * weight, sign * offset), (*yes, sign > 0))
            for corners, yes in pieces
            for sign in (1, -1)
        ]
        pieces = [half for half in halves if len(half[0]) > 2 and area(half[0]) > 1e-9]
    return [Cell(corners, np.array(yes, dtype=bool)) for corners, yes in pieces]


def largest(weights: Floats, offsets: Floats, whole: Floats = MAP) -> list[Floats]:
    """For each of k linear scores, ``weights`` (k, 2) and ``offsets`` (k,), the polygon where it is the largest."""
    found = []
    for own in range(len(weights)):
        corners = whole
        for other in range(len(weights)):
            if other != own:
                corners = part(corners, weights[own] - weights[other], float(offsets[own] - offsets[other]))
        found.append(corners)
    return found


def hatch(corners: Floats, gap: float) -> tuple[Floats, Floats]:
    """Starts and ends, each (n, 2), of lines at 45° that fill a convex polygon, ``gap`` apart, on one common grid."""
    normal = np.array([1.0, -1.0]) / np.sqrt(2)
    along = np.array([1.0, 1.0]) / np.sqrt(2)
    heights = corners @ normal
    starts, ends = [], []
    for level in gap * np.arange(np.ceil(heights.min() / gap), np.floor(heights.max() / gap) + 1):
        crossed = []
        for number, now in enumerate(heights):
            then = heights[number - 1]
            if (then < level) != (now < level):
                crossed.append(
                    corners[number - 1]
                    + (level - then) / (now - then) * (corners[number] - corners[number - 1])
                )
        if len(crossed) == 2:
            first, last = sorted(crossed, key=lambda spot: float(spot @ along))
            starts.append(first)
            ends.append(last)
    return np.array(starts).reshape(-1, 2), np.array(ends).reshape(-1, 2)
