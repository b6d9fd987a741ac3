"""Feature engineering: what is computed holds against scikit-learn, statsmodels, closed forms and sums by hand."""

from __future__ import annotations

from statistics import quantiles

import numpy as np
import pandas as pd
import pytest
from scipy.stats import linregress, pointbiserialr
from sklearn.datasets import load_diabetes
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401  the imputer is imported with its leave
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold, LeaveOneGroupOut, cross_val_predict
from sklearn.preprocessing import (
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)

from scenes.maths.feature_engineering import bends, categories, holes, noise, pipe, scales, target

# -- noise


def test_the_selection_keeps_the_columns_that_go_best_with_the_label() -> None:
    x, y = noise.table(), noise.labels()
    support = SelectKBest(f_classif, k=noise.KEPT).fit(x, y).get_support(indices=True)
    assert set(noise.chosen(x, y)) == set(support)
    strength = [abs(pointbiserialr(y, column).statistic) for column in x.T[:200]]
    assert noise.chosen(x[:, :200], y, 1)[0] == int(np.argmax(strength))


def test_selection_inside_the_folds_scores_as_a_loop_by_hand_does() -> None:
    x, y = noise.table(), noise.labels()
    right = []
    for train, held in noise.splitter(0).split(x, y):
        kept = noise.chosen(x[train], y[train])
        right.append(LogisticRegression().fit(x[train][:, kept], y[train]).score(x[held][:, kept], y[held]))
    assert noise.scores()[0, 1] == pytest.approx(np.mean(right))


def test_more_columns_to_choose_from_lift_the_leaking_score_alone() -> None:
    outside, inside = noise.by_width().mean(axis=1).T
    assert np.all(np.diff(outside) > 0)
    assert np.all(np.abs(inside - 0.5) < 0.03)


def test_with_as_many_columns_as_are_kept_both_ways_agree() -> None:
    np.testing.assert_allclose(*noise.scores(noise.KEPT).T)


def test_the_drawn_seed_is_an_ordinary_one() -> None:
    outside, inside = noise.scores().T
    assert 5 <= (outside < outside[0]).sum() <= 14
    assert 5 <= (inside < inside[0]).sum() <= 14


def test_of_sixteen_patterns_one_is_the_label_and_two_fit_three_rows() -> None:
    coins = noise.coins()
    assert len({tuple(column) for column in coins.T}) == 16
    assert len(noise.fitting(4)) == 1
    two = coins[:, noise.fitting(3)]
    assert two.shape[1] == 2
    assert sorted(two[3] == noise.HAND_LABELS[3]) == [False, True]


# -- holes


def test_rounds_by_hand_reach_four_for_eight() -> None:
    last = holes.hand_turns(60)[-1]
    np.testing.assert_allclose(last[:, 1], 2 * last[:, 0], atol=1e-4)
    assert last[3, 1] == pytest.approx(8, abs=1e-3)
    assert last[4, 0] == pytest.approx(5, abs=1e-3)


def test_rounds_are_those_of_scikit_learn() -> None:
    x, gone = holes.tumours(), holes.mask(3)
    imputer = IterativeImputer(
        LinearRegression(), max_iter=3, tol=0.0, imputation_order="roman", initial_strategy="mean"
    )
    with pytest.warns(ConvergenceWarning):
        reference = imputer.fit_transform(np.where(gone, np.nan, x))
    np.testing.assert_allclose(holes.turns(x, gone, 3)[-1], reference, atol=1e-8)


def test_a_mean_fill_keeps_the_mean_and_shrinks_spread_and_correlation() -> None:
    x, gone = holes.tumours(), holes.mask()
    filled = holes.mean_filled(x, gone)
    known = np.ma.array(x, mask=gone)
    np.testing.assert_allclose(filled.mean(axis=0), known.mean(axis=0))
    assert np.all(filled.std(axis=0) < np.asarray(known.std(axis=0)))
    _, likeness = holes.curves()
    assert likeness[:, 0].max() < 0.79 < holes.correlation(x)


def test_the_rounds_more_than_halve_the_error_and_then_settle() -> None:
    errors, _ = holes.curves()
    mean = errors.mean(axis=0)
    assert mean[0] == pytest.approx(1, abs=0.01)
    assert mean[1] < 0.5 * mean[0]
    assert np.all(np.abs(np.diff(mean[2:])) < 0.01)


def test_draws_of_one_hole_differ_and_known_cells_do_not() -> None:
    drawn = holes.draws()
    gone = holes.mask()
    assert np.all(drawn.std(axis=0)[gone] > 0)
    np.testing.assert_allclose(
        drawn[:, ~gone], np.broadcast_to(holes.tumours()[~gone], (len(drawn), (~gone).sum()))
    )


# -- categories


def test_codes_are_those_of_scikit_learn() -> None:
    names = np.array([name.upper() for name in categories.MONTHS])[:, None]
    np.testing.assert_array_equal(categories.alphabet(), OrdinalEncoder().fit_transform(names).ravel())
    hot = OneHotEncoder(sparse_output=False).fit_transform(np.arange(12)[:, None])
    np.testing.assert_array_equal(categories.one_hot(np.arange(12), 12), hot)


def test_one_hot_corners_are_equally_far_and_ordinal_codes_are_not() -> None:
    apart = categories.distances(categories.one_hot(np.arange(3), 3))
    np.testing.assert_allclose(apart[~np.eye(3, dtype=bool)], np.sqrt(2))
    ordinal = categories.distances(np.arange(3.0)[:, None])
    assert ordinal[0, 2] == 2 * ordinal[0, 1]


def test_neighbouring_months_are_equally_far_on_the_circle() -> None:
    apart = categories.distances(categories.cyclic(np.arange(12), 12))
    steps = [apart[month, (month + 1) % 12] for month in range(12)]
    np.testing.assert_allclose(steps, steps[0])


@pytest.mark.parametrize("coding", categories.CODINGS)
def test_each_year_is_held_out_in_turn(coding: str) -> None:
    sea = categories.sea()
    x = categories.coded(coding, sea.month)
    guess = cross_val_predict(LinearRegression(), x, sea.degrees, groups=sea.year, cv=LeaveOneGroupOut())
    share = 1 - ((sea.degrees - guess) ** 2).sum() / ((sea.degrees - sea.degrees.mean()) ** 2).sum()
    assert categories.r_squared(coding) == pytest.approx(share)


def test_an_unknown_coding_is_refused() -> None:
    with pytest.raises(ValueError, match="none of"):
        categories.coded("roman", np.arange(12))


# -- target encoding


def test_the_code_out_of_fold_does_not_see_its_own_label() -> None:
    shop, label, fold = target.hand()
    before = target.out_of_fold(shop, label, fold)
    for row in range(len(shop)):
        other = label.copy()
        other[row] = 1 - other[row]
        assert target.out_of_fold(shop, other, fold)[row] == before[row]


def test_codes_by_hand() -> None:
    shop, label, fold = target.hand()
    code, count = target.means(shop, label, 2)
    np.testing.assert_allclose(code, [0.75, 1.0])
    np.testing.assert_array_equal(count, [4, 1])
    np.testing.assert_allclose(target.out_of_fold(shop, label, fold)[:4], [1, 1, 0.5, 0.5])
    assert target.smoothed(1, 1.0, 1, target.HAND_OVERALL) == 0.75


def test_useless_codes_hurt_new_rows_in_all_twenty_simulations() -> None:
    runs = target.runs()
    assert np.all(runs.naive_new < runs.honest)
    assert np.all(runs.naive_train > runs.folded_train)
    assert abs(runs.folded_new.mean() - runs.honest.mean()) < 0.01


def test_one_encoded_column_does_about_as_well_as_forty() -> None:
    without, encoded, hot, guess = target.useful_runs().mean(axis=0)
    assert 0.5 <= guess < without
    assert encoded > without + 0.05
    assert abs(hot - encoded) < 0.02


# -- scales


@pytest.mark.parametrize(
    ("rule", "scaler"),
    [("standard", StandardScaler()), ("min-max", MinMaxScaler()), ("robust", RobustScaler())],
)
def test_scales_are_those_of_scikit_learn(rule: str, scaler: StandardScaler) -> None:
    values = np.array(scales.HAND)
    np.testing.assert_allclose(scales.scaled(values, rule), scaler.fit_transform(values[:, None]).ravel())


def test_robust_scaling_does_not_feel_how_far_the_outlier_is() -> None:
    near, far = (scales.scaled(scales.with_outlier(last), "robust")[:4] for last in (10.0, 1000.0))
    np.testing.assert_allclose(near, far)
    for rule in ("standard", "min-max"):
        wide, narrow = (np.ptp(scales.scaled(scales.with_outlier(last), rule)[:4]) for last in (10.0, 1000.0))
        assert narrow < wide / 10


def test_quartiles_are_those_of_the_standard_library() -> None:
    low, middle, high = quantiles(scales.HAND, n=4, method="inclusive")
    assert scales.centre_and_width(np.array(scales.HAND), "robust") == (middle, high - low)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="none of"):
        scales.centre_and_width(np.arange(3.0), "unit")


def test_logarithms_even_the_fan() -> None:
    assert scales.spread_ratio(logged=False) > 2
    assert scales.spread_ratio(logged=True) < 1.2
    raw, logged = scales.skews()
    assert raw > 2 and abs(logged) < 0.5


def test_wines_are_measured_on_scales_that_differ_a_thousandfold() -> None:
    raw, inside, outside = scales.wine_scores().mean(axis=0)
    assert inside > raw + 0.2
    assert abs(outside - inside) < 0.005


# -- bends


def test_powers_and_products_are_those_of_scikit_learn() -> None:
    row = np.array(bends.HAND)
    reference = PolynomialFeatures(2, include_bias=False).fit_transform(row[None])[0]
    np.testing.assert_allclose(bends.expanded(row), reference)
    wide = PolynomialFeatures(2, include_bias=False).fit(np.zeros((1, 10)))
    assert bends.count(10) == wide.n_output_features_ == 65


def test_a_level_plane_parts_ring_and_core() -> None:
    level, right = bends.lifted_plane()
    points, label = bends.rings()
    height = (points**2).sum(axis=1)
    assert right == 1.0
    assert height[label == 1].max() < level < height[label == 0].min()


def test_all_sixty_five_columns_hurt_and_a_penalty_mends_most() -> None:
    plain, many, ridge = bends.diabetes_scores().mean(axis=0)
    assert many < ridge < plain
    assert np.all(bends.diabetes_scores()[:, 1] < bends.diabetes_scores()[:, 0])


def test_lucky_columns_match_in_the_shown_patients_alone() -> None:
    data = load_diabetes()
    wide = PolynomialFeatures(2, include_bias=False).fit_transform(StandardScaler().fit_transform(data.data))
    found = np.flatnonzero(bends.lucky())
    assert len(found) > 0 and found.min() >= 10
    for column in found:
        assert linregress(wide[:60, column], data.target[:60]).pvalue < 0.05
        assert linregress(wide[60:, column], data.target[60:]).pvalue > 0.05


def test_the_corners_lean_as_a_logistic_regression_with_the_product_does() -> None:
    points, label = bends.quadrants()
    lean = bends.quadrant_lean(points)
    assert np.all(np.abs(lean) <= 1)
    assert ((lean > 0) == label).mean() > 0.95
    assert bends.quadrant_lean(points.reshape(30, 10, 2)).shape == (30, 10)


# -- the pipeline


def by_hand(train: pd.DataFrame, held: pd.DataFrame) -> float:
    """Mean absolute error on ``held`` of the pipeline's steps, one after the other, fitted on ``train``."""
    numbers, names = list(pipe.NUMBERS), list(pipe.WORDS)
    centre, width = train[numbers].mean(), train[numbers].std(ddof=0)
    frequent = train[names].mode().iloc[0]
    sides = []
    for rows in (train, held):
        filled = rows[names].fillna(frequent)
        hot = [filled[name] == level for name in names for level in sorted(train[name].dropna().unique())]
        sides.append(np.column_stack([(rows[numbers] - centre) / width, *hot]))
    model = LinearRegression().fit(sides[0], train.body_mass_g)
    return float(np.abs(model.predict(sides[1]) - held.body_mass_g).mean())


def test_the_pipeline_is_its_steps_by_hand_in_each_fold() -> None:
    table = pipe.birds()
    parts = KFold(pipe.FOLDS, shuffle=True, random_state=0).split(table)
    for fitted, (train, held) in zip(pipe.by_fold(), parts, strict=True):
        assert fitted.error == pytest.approx(by_hand(table.iloc[train], table.iloc[held]))
        assert fitted.mean == pytest.approx(table.flipper_length_mm.iloc[train].mean())
        assert fitted.median == pytest.approx(table.flipper_length_mm.iloc[train].median())


def test_the_pipeline_makes_eleven_columns_of_six() -> None:
    table = pipe.birds()
    assert pipe.columns() == 3 + sum(table[name].dropna().nunique() for name in pipe.WORDS) == 11


def test_numbers_and_words_together_err_least() -> None:
    ours, alone, mean = pipe.errors().T
    assert np.all(ours < alone) and np.all(alone < mean)
