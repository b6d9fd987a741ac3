"""Logistic regression: against statsmodels, scikit-learn and finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import approx_fprime
from scipy.special import expit, logit
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import confusion_matrix, log_loss
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scenes.maths.regression import tumours

TABLE = tumours.tumours()


def mean_loss(b: np.ndarray) -> float:
    p = tumours.sigmoid(b[0] + b[1] * TABLE.radius)
    return float(tumours.losses(TABLE.malignant, p).mean())


def test_sigmoid_and_log_odds_undo_each_other() -> None:
    z = np.linspace(-8, 8, 33)
    np.testing.assert_allclose(tumours.sigmoid(z), expit(z))
    np.testing.assert_allclose(tumours.log_odds(expit(z)), logit(expit(z)))
    np.testing.assert_allclose(tumours.chance([1, 3, 9]), [0.5, 0.75, 0.9])
    np.testing.assert_allclose(np.diff(tumours.log_odds([0.5, 0.75, 0.9])), np.log(3))


@pytest.mark.parametrize("columns", [TABLE.radius, TABLE.both])
def test_fit_is_that_of_statsmodels(columns: np.ndarray) -> None:
    reference = sm.Logit(TABLE.malignant, sm.add_constant(columns)).fit(disp=0, method="newton", maxiter=200)
    np.testing.assert_allclose(tumours.fit(columns, TABLE.malignant), reference.params, rtol=1e-5)


def test_fit_without_penalty_is_that_of_scikit_learn() -> None:
    reference = LogisticRegression(C=np.inf, max_iter=10_000, tol=1e-10).fit(
        TABLE.radius[:, None], TABLE.malignant
    )
    np.testing.assert_allclose(tumours.by_radius()[1], reference.coef_[0, 0], rtol=1e-4)
    assert mean_loss(tumours.by_radius()) == pytest.approx(
        log_loss(TABLE.malignant, tumours.probability(TABLE.radius))
    )


def test_classes_that_can_be_parted_send_weights_to_infinity() -> None:
    x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="do not settle"):
        tumours.fit(x, y)
    assert np.isfinite(tumours.fit(x, y, penalty=1.0)).all()


def test_line_is_least_squares() -> None:
    reference = LinearRegression().fit(TABLE.radius[:, None], TABLE.malignant)
    np.testing.assert_allclose(
        tumours.line(TABLE.radius, TABLE.malignant), [reference.intercept_, *reference.coef_]
    )


def test_descent_ends_at_the_fit_and_steps_against_the_gradient() -> None:
    way = tumours.descend(4000)
    np.testing.assert_allclose(way[-1], tumours.by_radius(), rtol=1e-3)
    assert (np.diff([mean_loss(b) for b in way[:60]]) < 0).all()
    p = tumours.sigmoid(tumours.design(TABLE.radius) @ way[5])
    slope = tumours.design(TABLE.radius).T @ (p - TABLE.malignant) / len(p)
    np.testing.assert_allclose(slope, approx_fprime(way[5], mean_loss), atol=1e-4)


def test_log_loss_is_convex_and_the_squared_error_is_not() -> None:
    """Second differences along many lines of weights: never negative for the log loss, somewhere for the square."""
    rng, square = np.random.default_rng(0), []
    z = (TABLE.radius - TABLE.radius.mean()) / TABLE.radius.std()
    for _ in range(40):
        start, way = rng.normal(0, 4, 2), rng.normal(0, 1, 2)
        ps = [tumours.sigmoid(tumours.design(z) @ (start + t * way)) for t in np.linspace(-3, 3, 61)]
        ps = [np.clip(p, 1e-300, 1 - 1e-16) for p in ps]
        assert np.diff([tumours.losses(TABLE.malignant, p).mean() for p in ps], 2).min() > -1e-9
        square.append(np.diff([((p - TABLE.malignant) ** 2).mean() for p in ps], 2).min())
    assert min(square) < -1e-4


def test_unseen_scores_are_those_of_scikit_learn() -> None:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=np.inf, max_iter=2000, tol=1e-8))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    p = cross_val_predict(model, TABLE.both, TABLE.malignant, cv=folds, method="predict_proba")[:, 1]
    found = tumours.unseen("both", shuffles=1)[0]
    np.testing.assert_allclose(
        found, [np.mean((p >= 0.5) == TABLE.malignant), log_loss(TABLE.malignant, p)], rtol=1e-3
    )


def test_counts_are_those_of_a_confusion_matrix_and_trade() -> None:
    p = tumours.sigmoid(tumours.design(TABLE.both) @ tumours.by_both())
    for threshold in (0.1, 0.3, 0.5, 0.9):
        table = confusion_matrix(TABLE.malignant, p >= threshold)
        assert tumours.counts(threshold) == (table[1, 0], table[0, 1])
    missed = [tumours.counts(t)[0] for t in (0.1, 0.3, 0.5, 0.9)]
    alarms = [tumours.counts(t)[1] for t in (0.1, 0.3, 0.5, 0.9)]
    assert missed == sorted(missed) and alarms == sorted(alarms, reverse=True)


def test_the_costliest_is_a_malignant_one_with_a_small_radius() -> None:
    number = tumours.costliest()
    assert TABLE.malignant[number] == 1 and TABLE.radius[number] < np.median(TABLE.radius)


def test_contours_of_p_are_parallel_lines() -> None:
    """The radius at which p takes a value runs straight with the concave points, with one slope for all values."""
    b = tumours.by_both()
    concave = np.linspace(0, 0.2, 9)
    for p in (0.1, 0.3, 0.5, 0.9):
        radius = (tumours.log_odds(p) - b[0] - b[2] * concave) / b[1]
        np.testing.assert_allclose(tumours.sigmoid(tumours.design(np.column_stack([radius, concave])) @ b), p)
        np.testing.assert_allclose(np.diff(radius) / np.diff(concave), -b[2] / b[1])


def test_p_stays_between_zero_and_one() -> None:
    p = tumours.probability(np.linspace(0, 40, 401))
    assert (p > 0).all() and (p < 1).all()


def test_along_the_radius_log_loss_is_convex_and_squared_error_is_not() -> None:
    log, squared = tumours.slid(np.linspace(-10, 10, 201))
    assert (np.diff(log, 2) > 0).all()
    bends = np.diff(squared, 2)
    assert bends.max() > 0 > bends[:20].max() and bends[-20:].max() < 0


def test_where_a_cut_parts_the_classes_a_penalty_keeps_the_weights_finite() -> None:
    table, left = tumours.tumours(), tumours.parted(1.5)
    with pytest.raises(ValueError, match="do not settle"):
        tumours.fit(table.radius[left], table.malignant[left])
    assert 0 < tumours.penalised(1.5)[1] < 5
