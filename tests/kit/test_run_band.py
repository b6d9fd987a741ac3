"""Spreads: threads, band and middle are those of the runs, and grow along x."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.run_band import RunBand
from tests.golden import assert_golden

XS = np.arange(11.0)
RUNS = np.random.default_rng(6).normal(size=(7, 11)).cumsum(axis=1) / 8 + 0.5


def chart() -> Plane:
    return Plane((0, 10), (0, 1), 11, 6, numbers=False)


def test_it_comes_as_far_as_x_and_the_middle_is_the_median():
    plane = chart()
    spread = RunBand(plane, XS, RUNS).reach(4.5)
    np.testing.assert_allclose(
        spread.middle.samples[:5], np.column_stack([XS[:5], np.median(RUNS[:, :5], axis=0)])
    )
    tips = (RUNS[:, 4] + RUNS[:, 5]) / 2
    np.testing.assert_allclose(spread.middle.samples[5], [4.5, np.median(tips)])
    seen = plane.inverse(spread.threads.points)
    assert seen[:, 0].max() == pytest.approx(4.5)
    assert seen[:, 1].min() > -1e-9
    inside = tips[(tips > 0) & (tips < 1)]
    ends = seen[np.isclose(seen[:, 0], 4.5), 1]
    np.testing.assert_allclose(np.unique(ends.round(9)), np.sort(inside).round(9))


def test_every_run_is_a_thread():
    spread = RunBand(chart(), XS, np.clip(RUNS, 0.01, 0.99)).reach(10)
    assert len(spread.threads.points) == 4 * 7 * 11 or len(spread.threads.points) == 4 * 7 * 10


def test_places_must_rise():
    with pytest.raises(ValueError, match="rising"):
        RunBand(chart(), [0, 1, 1], np.zeros((2, 3)))


def test_golden_spread():
    plane = chart()
    assert_golden(
        "spread",
        plane,
        RunBand(plane, XS, RUNS, ink.first, band=True).reach(8.5),
        RunBand(plane, XS, 1 - RUNS**2, ink.second, threads=False, band=True, dashed=True).reach(5),
    )
