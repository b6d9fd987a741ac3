"""A beam is level on the mean of its weights, and tilts to the heavier side beside it."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VGroup

from scenes.kit.balance_beam import BalanceBeam
from scenes.kit.plane import Plane
from tests.golden import assert_golden

VALUES = (0.0, 0.0, 1.0, 2.0, 7.0)


@pytest.fixture
def beam() -> BalanceBeam:
    return BalanceBeam(Plane((-1, 8), (-1, 2), equal=True, numbers=False), VALUES, (-0.5, 7.5))


def ends(beam: BalanceBeam) -> np.ndarray:
    """The two ends of the plank, in data units, from left to right."""
    found = beam.plane.inverse(beam.plank.points)
    return found[np.argsort(found[:, 0])][[0, -1]]


def test_it_is_level_on_the_mean(beam: BalanceBeam) -> None:
    np.testing.assert_allclose(ends(beam)[:, 1], 0.0, atol=1e-9)
    np.testing.assert_allclose(beam.redraw(2.0).values.mean(), 2.0)


@pytest.mark.parametrize(("support", "lower"), [(4.0, 0), (1.0, 1)])
def test_it_tilts_to_the_side_on_which_the_mean_lies(beam: BalanceBeam, support: float, lower: int) -> None:
    heights = ends(beam.redraw(support))[:, 1]
    assert heights.argmin() == lower


def test_equal_weights_are_stacked(beam: BalanceBeam) -> None:
    spots = beam.plane.inverse(beam.weights.points)
    assert np.isclose(spots[:, 0], 0.0, atol=1e-6).sum() == 2 * len(beam.weights.points) // len(VALUES)


def test_what_cannot_stand_is_refused() -> None:
    plane = Plane((0, 1), (0, 1))
    with pytest.raises(ValueError, match="a weight"):
        BalanceBeam(plane, (), (0, 1))
    with pytest.raises(ValueError, match="rise"):
        BalanceBeam(plane, (0.5,), (1, 0))


def test_beams_look_as_they_did(beam: BalanceBeam) -> None:
    other = BalanceBeam(beam.plane, VALUES, (-0.5, 7.5)).redraw(4.0)
    assert_golden("balance-beam", VGroup(beam.plane, beam, other))
