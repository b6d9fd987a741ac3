"""The margin: it runs along its plane's axis, and grows as far as it is told."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT

from scenes.kit import ink
from scenes.kit.marginal_chart import MarginalChart
from scenes.kit.plane import Plane
from tests.golden import assert_golden

LEVELS = np.linspace(1, 9, 33)


def margins() -> tuple[Plane, MarginalChart, MarginalChart]:
    plane = Plane((0, 10), (0, 8), 7.0, 4.0, numbers=False).shift(RIGHT)
    over = MarginalChart(plane, 0, LEVELS, np.sin(LEVELS / 3) ** 2, 1.0)
    beside = MarginalChart(plane, 1, LEVELS * 0.8, np.cos(LEVELS / 4) ** 2, 1.0, ink.fourth)
    return plane, over, beside


def test_over_and_beside() -> None:
    plane, over, beside = margins()
    assert_golden("margin", plane, over.reach(6.0), beside.reach(9.0), beside.dot(0.8))


def test_it_runs_along_the_axis_of_its_plane() -> None:
    plane, over, beside = margins()
    for level in (1.0, 4.3, 7.2):
        assert over.chart.at(level, 0)[0] == pytest.approx(plane.at(level, 0)[0])
        assert beside.chart.at(0, level)[1] == pytest.approx(plane.at(0, level)[1])
    assert over.chart.box[0, 1] > plane.box[3, 1] and beside.chart.box[0, 0] > plane.box[1, 0]


def test_it_is_drawn_as_far_as_it_has_come() -> None:
    _, over, beside = margins()
    for margin, level in ((over, 4.1), (beside, 3.3)):
        margin.reach(level)
        drawn = margin.chart.inverse(margin.curve.points)[:, margin.axis]
        assert drawn.max() == pytest.approx(level)
        body = margin.chart.inverse(margin.body.points)
        assert body[:, margin.axis].max() == pytest.approx(level)
        assert body[:, 1 - margin.axis].min() == pytest.approx(0, abs=1e-9)


def test_levels_must_rise() -> None:
    with pytest.raises(ValueError, match="rise"):
        MarginalChart(margins()[0], 0, [1, 3, 2], [0, 0, 0], 1.0)
