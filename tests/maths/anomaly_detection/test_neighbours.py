"""The Local Outlier Factor: by hand, by its definition, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import LocalOutlierFactor

from scenes.maths.anomaly_detection import isolation, neighbours
from scenes.maths.anomaly_detection.fences import Floats


def test_by_hand() -> None:
    found = neighbours.lof(neighbours.LINE, neighbours.K_LINE)
    odd = neighbours.ODD
    assert sorted(found.reach[odd]) == [3, 4]
    assert 1 / found.densities[odd] == pytest.approx(3.5)
    assert 1 / found.densities[found.neighbours[odd]] == pytest.approx([1.5, 1.5])
    assert found.factors[odd] == pytest.approx(3.5 / 1.5)
    assert np.delete(found.factors, odd) == pytest.approx(np.ones(8))


@pytest.mark.parametrize("k", [5, 20, 60])
@pytest.mark.parametrize("points", [isolation.cloud(), neighbours.crowds(), neighbours.joined()])
def test_factors_are_scikit_learns(points: Floats, k: int) -> None:
    library = -LocalOutlierFactor(n_neighbors=k).fit(points).negative_outlier_factor_
    assert neighbours.lof(points, k).factors == pytest.approx(library, rel=1e-6)


def test_a_plain_distance_misses_the_dot_beside_the_tight_crowd() -> None:
    found = neighbours.ranks()
    assert found[:, 0].min() > 15
    assert found[:, 1].max() <= 4
    assert np.median(found, axis=0).tolist() == [31.5, 1]


def test_the_lone_dot_has_the_highest_factor() -> None:
    assert neighbours.cloud_factors().argmax() == isolation.LONE


def test_thirty_twins_hide_one_another() -> None:
    few = neighbours.lof(neighbours.joined(), neighbours.K).factors[isolation.CROWD :]
    many = neighbours.lof(neighbours.joined(), 60).factors[isolation.CROWD :]
    assert np.median(few) < 1.2 < 2 < many.min() + 0.02
