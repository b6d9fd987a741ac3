"""The One-Class SVM: hills by hand, scikit-learn's own decisions, and the bounds by nu."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from scipy.optimize import minimize
from sklearn.svm import OneClassSVM

from scenes.maths.anomaly_detection import frontier, isolation, neighbours


def test_hills_by_hand() -> None:
    heights = frontier.hills([0.0, 1.0, 4.0], [0.0, 1.0, 4.0]).sum(axis=1)
    by_hand = [1 + np.exp(-0.5) + np.exp(-8), 1 + np.exp(-0.5) + np.exp(-4.5), 1 + np.exp(-8) + np.exp(-4.5)]
    assert heights == pytest.approx(by_hand)


def test_inner_dots_have_no_hill() -> None:
    """The weights are those of the dual: the least of half of a'Ka for weights that sum to 1, none above 1/(ν·n)."""
    feet, machine = frontier.HAND[:, None], frontier.by_hand()
    most = 1 / (frontier.NU_HAND * len(feet))
    kernel = frontier.hills(feet, feet, machine.gamma)
    found = minimize(
        lambda a: 0.5 * a @ kernel @ a,
        np.full(len(feet), 1 / len(feet)),
        jac=lambda a: kernel @ a,
        bounds=[(0, most)] * len(feet),
        constraints={"type": "eq", "fun": lambda a: a.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    ours = np.zeros(len(feet))
    ours[list(machine.rows)] = machine.weights
    assert ours == pytest.approx(found.x, abs=2e-3)
    assert ours[2:7] == pytest.approx(0.0, abs=1e-6)
    assert ours[[0, -2, -1]] == pytest.approx(most)
    assert np.flatnonzero(machine.outside(feet)).tolist() == [0, 8, 9]
    assert machine.heights(feet).argmin() == 9


@pytest.mark.parametrize(
    ("found", "points"),
    [(frontier.around_crowds(), neighbours.crowds()), (frontier.around_cloud(), isolation.cloud())],
)
def test_the_frontiers_that_are_shown_have_no_hole(found: frontier.Frontier, points: np.ndarray) -> None:
    low, high = points.min(axis=0) - 3, points.max(axis=0) + 3
    heights = found.over(*np.meshgrid(np.linspace(low[0], high[0], 240), np.linspace(low[1], high[1], 240)))
    assert ndimage.label(heights < found.rho)[1] == 1


def test_a_large_gamma_shatters_the_frontier() -> None:
    found, points = frontier.around_crowds(frontier.GAMMAS[-1]), neighbours.crowds()
    low, high = points.min(axis=0) - 3, points.max(axis=0) + 3
    heights = found.over(*np.meshgrid(np.linspace(low[0], high[0], 240), np.linspace(low[1], high[1], 240)))
    assert ndimage.label(heights > found.rho)[1] > 15
    assert not found.outside(points).any()


def test_heights_less_the_water_are_scikit_learns_decisions() -> None:
    points = neighbours.crowds()
    machine = OneClassSVM(nu=frontier.NU, gamma=frontier.GAMMA, tol=1e-10).fit(points)
    own = frontier.around_crowds()
    total = machine.dual_coef_.sum()
    assert (own.heights(points) - own.rho) * total == pytest.approx(
        machine.decision_function(points), abs=1e-8
    )
    assert own.weights.sum() == pytest.approx(1)
    assert np.array_equal(own.outside(points), machine.decision_function(points) < -1e-6)


@pytest.mark.parametrize("gamma", [0.1, *frontier.GAMMAS])
@pytest.mark.parametrize("nu", [0.05, 0.1, 0.3])
def test_nu_lies_between_the_share_outside_and_that_of_support_vectors(nu: float, gamma: float) -> None:
    for seed in range(4):
        points = neighbours.crowds(seed)
        found = frontier.train(points, nu, gamma)
        assert found.outside(points).mean() <= nu <= len(found.rows) / len(points)


def test_a_larger_gamma_makes_more_support_vectors() -> None:
    counts = [len(frontier.around_crowds(gamma).rows) for gamma in frontier.GAMMAS]
    assert counts == sorted(counts)


def test_the_lone_dot_is_lowest_and_outside() -> None:
    found = frontier.around_cloud()
    heights = found.heights(isolation.cloud())
    assert heights.argmin() == isolation.LONE
    assert found.outside(isolation.cloud())[isolation.LONE]
