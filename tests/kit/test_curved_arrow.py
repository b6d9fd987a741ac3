"""Curved arrows: they start and end where they are told, and bow to the side that is told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink
from scenes.kit.curved_arrow import CurvedArrow
from tests.golden import assert_golden


def test_it_runs_from_point_to_point() -> None:
    arrow = CurvedArrow((-2, 0, 0), (2, 1, 0), 0.5)
    np.testing.assert_allclose(arrow.points[0], (-2, 0, 0))
    assert np.min(np.linalg.norm(arrow.points - (2, 1, 0), axis=1)) == pytest.approx(0)


@pytest.mark.parametrize("bow", [0.0, 0.4, -0.7])
def test_its_middle_lies_a_bow_to_the_left(bow: float) -> None:
    ys = CurvedArrow((-3, 0, 0), (3, 0, 0), bow).points[:, 1]
    assert np.max(np.abs(ys)) == pytest.approx(max(abs(bow), 0.45 * 0.24), abs=0.02)
    if bow:
        assert np.sign(ys[np.argmax(np.abs(ys))]) == np.sign(bow)


def test_a_redrawn_arrow_is_a_new_one() -> None:
    arrow = CurvedArrow((0, 0, 0), (1, 0, 0)).redraw((2, 2, 0), (3, 5, 0), 0.2)
    np.testing.assert_allclose(arrow.points, CurvedArrow((2, 2, 0), (3, 5, 0), 0.2).points)


def test_an_arrow_needs_a_direction() -> None:
    with pytest.raises(ValueError, match="direction"):
        CurvedArrow((1, 1, 0), (1, 1, 0))


def test_golden_arrows() -> None:
    assert_golden(
        "curved-arrow",
        CurvedArrow((-5, 1, 0), (-1, 1, 0), 0.8),
        CurvedArrow((-5, -1, 0), (-1, -1, 0), -0.4, ink.truth),
        CurvedArrow((1, -2, 0), (5, 2, 0), 0.0, ink.quiet),
    )
