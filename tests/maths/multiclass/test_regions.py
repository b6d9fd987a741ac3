"""Pieces of the map: held against a fine grid and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.multiclass import regions
from scenes.maths.multiclass.schemes import Lines

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
RANDOM = np.random.default_rng(1)
LINES = Lines(RANDOM.normal(size=(5, 2)), RANDOM.normal(size=5))


def grid() -> np.ndarray:
    """The middles of many small squares of the map."""
    (left, low), (right, high) = regions.MAP[0], regions.MAP[2]
    x = left + (right - left) * (np.arange(480) + 0.5) / 480
    y = low + (high - low) * (np.arange(270) + 0.5) / 270
    return np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)


def test_half_a_square() -> None:
    below = regions.part(SQUARE, np.array([1.0, -1.0]), 0.0)
    assert regions.area(below) == pytest.approx(0.5)
    assert len(regions.part(SQUARE, np.array([1.0, 0.0]), -2.0)) == 0
    assert len(regions.part(regions.part(SQUARE, np.array([1.0, 0.0]), -2.0), np.array([1.0, 0.0]), 0.0)) == 0


def test_cells_fill_the_map_and_answer_as_their_lines_do() -> None:
    found = regions.cells(LINES.weights, LINES.offsets)
    assert sum(regions.area(cell.corners) for cell in found) == pytest.approx(regions.area(regions.MAP))
    spots = grid()
    answers = LINES.scores(spots) > 0
    for cell in found:
        share = np.mean((answers == cell.yes).all(axis=1))
        assert regions.area(cell.corners) / regions.area(regions.MAP) == pytest.approx(share, abs=2e-3)


def test_the_largest_score_is_the_argmax() -> None:
    spots = grid()
    winner = LINES.scores(spots).argmax(axis=1)
    parts = regions.largest(LINES.weights, LINES.offsets)
    for own, corners in enumerate(parts):
        share = regions.area(corners) / regions.area(regions.MAP) if len(corners) else 0.0
        assert share == pytest.approx(np.mean(winner == own), abs=2e-3)


def test_every_place_has_exactly_one_largest_score() -> None:
    parts = regions.largest(LINES.weights, LINES.offsets)
    total = sum(regions.area(corners) for corners in parts if len(corners))
    assert total == pytest.approx(regions.area(regions.MAP))


def test_hatching_ends_on_the_edge() -> None:
    starts, ends = regions.hatch(SQUARE, 0.1)
    assert len(starts) == pytest.approx(np.sqrt(2) / 0.1, abs=1)
    for spot in np.concatenate([starts, ends]):
        assert min(abs(spot[0]), abs(spot[1]), abs(1 - spot[0]), abs(1 - spot[1])) == pytest.approx(0)
