"""Principal components, held to scikit-learn, numpy and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from scenes.maths.pca import axes
from scenes.maths.shared.flower import irises

FLOWERS = irises().points


def test_the_covariance_is_numpys() -> None:
    assert np.allclose(axes.covariance(FLOWERS), np.cov(FLOWERS.T))
    assert np.allclose(axes.covariance(axes.FIVE), [[2.5, 2.0], [2.0, 2.5]])


@pytest.mark.parametrize("table", [axes.FIVE, FLOWERS, load_wine().data], ids=["hand", "iris", "wine"])
def test_components_are_scikit_learns_but_for_the_sign(table: np.ndarray) -> None:
    ours, theirs = axes.components(table), PCA(svd_solver="full").fit(table)
    assert np.allclose(ours.variances, theirs.explained_variance_)
    assert np.allclose(ours.ratios, theirs.explained_variance_ratio_)
    assert np.allclose(np.abs((ours.axes * theirs.components_.T).sum(axis=0)), 1.0)
    assert np.allclose(np.abs(ours.scores(table)), np.abs(theirs.transform(table)), atol=1e-8)
    kept = PCA(2, svd_solver="full").fit(table)
    assert np.allclose(ours.rebuilt(table, 2), kept.inverse_transform(kept.transform(table)))


def test_the_largest_entry_of_each_axis_is_positive() -> None:
    found = axes.components(FLOWERS).axes
    assert (found[np.abs(found).argmax(axis=0), range(found.shape[1])] > 0).all()


def test_singular_values_give_the_same_variances() -> None:
    values = np.linalg.svd(axes.centred(FLOWERS), compute_uv=False)
    assert np.allclose(values**2 / (len(FLOWERS) - 1), axes.components(FLOWERS).variances)


def test_no_direction_has_more_variance_than_the_first_axis() -> None:
    table = FLOWERS[:, [2, 0]]
    known = axes.components(table)
    tried = [axes.variance_along(table, axes.direction(angle)) for angle in np.linspace(0, 180, 1801)]
    assert max(tried) <= known.variances[0] + 1e-12
    assert max(tried) == pytest.approx(known.variances[0], rel=1e-5)
    assert axes.variance_along(table, known.axes[:, 0]) == pytest.approx(known.variances[0])


@pytest.mark.parametrize("angle", [0.0, 23.0, 45.0, 113.0])
def test_kept_and_lost_add_up_to_the_squared_distances(angle: float) -> None:
    table = FLOWERS[:, [2, 0]]
    parts = axes.split(table, axes.direction(angle))
    assert parts.total == pytest.approx(((table - table.mean(axis=0)) ** 2).sum())
    drops = table - axes.shadows(table, axes.direction(angle))
    assert parts.lost == pytest.approx((drops**2).sum())
    assert np.allclose(drops @ axes.direction(angle), 0.0)


def test_the_five_points_by_hand() -> None:
    parts = axes.split(axes.FIVE, axes.direction(45.0))
    assert parts.kept == pytest.approx(18.0)
    assert parts.lost == pytest.approx(2.0)


def test_the_error_is_the_sum_of_the_dropped_variances() -> None:
    known = axes.components(FLOWERS)
    for kept in range(5):
        error = ((FLOWERS - known.rebuilt(FLOWERS, kept)) ** 2).sum() / (len(FLOWERS) - 1)
        assert error == pytest.approx(known.variances[kept:].sum())


def test_a_fraction_of_a_component_lies_between() -> None:
    known = axes.components(FLOWERS)
    half = known.rebuilt(FLOWERS, 1.5)
    assert np.allclose(half, (known.rebuilt(FLOWERS, 1) + known.rebuilt(FLOWERS, 2)) / 2)


def test_whitened_scores_have_variance_one_and_no_covariance() -> None:
    known = axes.components(FLOWERS)
    assert np.allclose(np.cov(known.whitened(FLOWERS).T), np.eye(4))
    theirs = PCA(whiten=True, svd_solver="full").fit_transform(FLOWERS)
    assert np.allclose(np.abs(known.whitened(FLOWERS)), np.abs(theirs))


def test_the_ellipse_lies_one_deviation_from_the_mean() -> None:
    table = FLOWERS[:, [2, 0]]
    rim = axes.ellipse(table) - table.mean(axis=0)
    assert np.allclose(np.einsum("ij,jk,ik->i", rim, np.linalg.inv(np.cov(table.T)), rim), 1.0)


def test_standardised_columns_are_scikit_learns_but_for_the_divisor() -> None:
    n = len(FLOWERS)
    assert np.allclose(
        axes.standardised(FLOWERS), StandardScaler().fit_transform(FLOWERS) * np.sqrt((n - 1) / n)
    )


def test_how_many_are_enough() -> None:
    known = axes.Components(np.zeros(3), np.array([6.0, 3.0, 1.0]), np.eye(3))
    assert [known.enough(share) for share in (0.5, 0.6, 0.61, 0.9, 0.95, 1.0)] == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("angle", [0.0, 67.0, 90.0, 179.0])
def test_the_angle_of_a_line_is_read_back(angle: float) -> None:
    assert axes.angle(axes.direction(angle)) == pytest.approx(angle)
    assert axes.angle(-axes.direction(angle)) == pytest.approx(angle)
