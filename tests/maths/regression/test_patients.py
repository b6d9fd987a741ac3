"""Weights that wobble: against scikit-learn, statsmodels and what follows by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge
from statsmodels.stats.outliers_influence import variance_inflation_factor

from scenes.maths.regression import patients

SEEDS = range(5)


def test_weights_are_those_of_scikit_learn() -> None:
    table = patients.patients()
    reference = LinearRegression().fit(table.features, table.target)
    found = patients.weights(table.features, table.target)
    np.testing.assert_allclose(found, [reference.intercept_, *reference.coef_])
    assert patients.explained(table.features, table.target) == pytest.approx(
        reference.score(table.features, table.target)
    )


def test_residuals_are_orthogonal_to_each_feature() -> None:
    table = patients.patients()
    found = patients.weights(table.features, table.target)
    left = table.target - found[0] - table.features @ found[1:]
    assert np.abs(patients.patients().features.T @ left).max() < 1e-8
    assert abs(left.sum()) < 1e-8


def test_inflation_is_that_of_statsmodels_and_of_the_inverse_correlations() -> None:
    features = patients.patients().features
    design = np.column_stack([np.ones(len(features)), features])
    reference = [variance_inflation_factor(design, j + 1) for j in range(features.shape[1])]
    np.testing.assert_allclose(patients.inflation(features), reference)
    np.testing.assert_allclose(reference, np.diag(np.linalg.inv(np.corrcoef(features.T))))


def test_a_refit_is_a_fit_of_drawn_rows() -> None:
    table, rng = patients.patients(), np.random.default_rng(0)
    rows = rng.integers(0, len(table.target), len(table.target))
    plain = LinearRegression().fit(table.features[rows], table.target[rows])
    np.testing.assert_allclose(np.asarray(patients.refits(0))[0], [plain.intercept_, *plain.coef_])
    ridge = Ridge(alpha=20.0).fit(table.features[rows], table.target[rows])
    np.testing.assert_allclose(patients.refits(0, 20.0)[0, 1:], ridge.coef_)


def test_the_first_twin_reaches_zero_or_above_and_wobbles_most() -> None:
    """What is said of the wobble holds for five seeds."""
    for seed in SEEDS:
        pair = patients.twin_weights(seed)
        low, high = patients.central(pair[:, 0])
        assert -80 < low < -68 and -6 < high < 8 and (pair[:, 0] > 0).any()
        assert float(np.asarray(np.corrcoef(pair.T))[0, 1]) < -0.95
        assert pair.sum(axis=1).std() < pair[:, 0].std() / 2.5
        assert 7.5 < patients.prediction_wobble(seed) < 8.3
        assert patients.twin_weights(seed, 20.0)[:, 0].std() < pair[:, 0].std() / 4


@pytest.mark.parametrize("fit", [(2.0, 0.0), (1.0, 1.0), (5.0, -3.0)])
def test_copies_predict_alike_where_their_weights_have_one_sum(fit: tuple[float, float]) -> None:
    x = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(patients.copied(*fit, x), 2 * x)
    assert not np.allclose(patients.copied(fit[0] + 1, fit[1], x), 2 * x)


def test_nine_tenths_rebuilt_inflate_tenfold() -> None:
    assert patients.inflated(0.9) == pytest.approx(10)


def test_predictions_and_the_sum_of_the_twins_wobble_less_than_one_weight() -> None:
    """Over the same refits, in the same units, for five seeds."""
    for seed in SEEDS:
        pair = patients.twin_weights(seed)
        told = patients.typical_predictions(seed)
        assert told.std() == pytest.approx(patients.prediction_wobble(seed), rel=0.02)
        assert told.std() < pair[:, 0].std() / 2 and pair.sum(axis=1).std() < pair[:, 0].std() / 2.5


def test_the_band_narrows_and_its_middle_drifts_to_zero() -> None:
    penalties = (1.0, 10.0, 100.0, 1000.0)
    bands = patients.band(penalties)
    np.testing.assert_allclose(bands[1], patients.central(patients.twin_weights(0, 10.0)[:, 0]))
    widths = np.diff(bands, axis=1)[:, 0]
    assert (np.diff(widths) < 0).all()
    assert (np.diff(bands.mean(axis=1)[:3]) > 0).all()
