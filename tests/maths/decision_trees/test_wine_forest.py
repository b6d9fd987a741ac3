"""The forests on the wines against the library's own, and against the identities that their figures stand for."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import forest, tree, wine_forest
from scenes.maths.shared.wine import wines

POINTS, LABELS = tree.bottles()


@pytest.fixture(scope="module")
def bagged() -> forest.Crowd:
    return wine_forest.crowd(13)


def test_the_trees_of_the_grove_vote_as_the_librarys_trees() -> None:
    grove = wine_forest.plant(POINTS, LABELS, 6)
    models = [
        DecisionTreeClassifier(random_state=0).fit(POINTS[rows], LABELS[rows]).predict(POINTS)
        for rows in grove.rows
    ]
    for bottle in range(0, len(POINTS), 7):
        assert grove.votes(POINTS[bottle]).tolist() == [said[bottle] for said in models]


def test_a_tree_has_missed_a_row_that_was_not_drawn() -> None:
    grove = wine_forest.plant(POINTS, LABELS, 6)
    for bottle in (0, 60, 149):
        assert grove.missed(bottle).tolist() == [bottle not in set(rows.tolist()) for rows in grove.rows]


def test_asked_bottles_are_in_no_training_set() -> None:
    asked, rest = wine_forest.asked_rows()
    assert not set(asked.tolist()) & set(rest.tolist())
    assert len(asked) + len(rest) == len(wines().cultivar)


def test_a_crowd_votes_as_the_librarys_forest(bagged: forest.Crowd) -> None:
    table = wines()
    asked, rest = wine_forest.asked_rows()
    half, _ = train_test_split(rest, train_size=0.5, stratify=table.cultivar[rest], random_state=3)
    model = RandomForestClassifier(wine_forest.TREES, max_features=13, random_state=3)
    shares = model.fit(table.measures[half], table.cultivar[half]).predict_proba(table.measures[asked])
    np.testing.assert_allclose(bagged.said[3].mean(axis=0), shares.ravel())
    np.testing.assert_array_equal(bagged.truth.reshape(-1, 3).argmax(axis=1), table.cultivar[asked])


def test_the_formula_predicts_what_it_was_not_fitted_to(bagged: forest.Crowd) -> None:
    # At B = 1 and at B = all it is an identity; between them it is a prediction.
    for count, within in ((1, 1e-6), (5, 0.02), (10, 0.03), (wine_forest.TREES, 1e-6)):
        assert bagged.measured(count) == pytest.approx(float(bagged.predicted(count)), rel=within)


def test_loss_is_bias_and_variance(bagged: forest.Crowd) -> None:
    assert bagged.loss == pytest.approx(bagged.bias + bagged.measured(wine_forest.TREES))


def test_votes_on_its_grape_are_those_that_count_for_the_right_one(bagged: forest.Crowd) -> None:
    asked, _ = wine_forest.asked_rows()
    own = wine_forest.for_its_grape(bagged)
    assert own.said.shape == (wine_forest.SETS, wine_forest.TREES, len(asked)) and (own.truth == 1).all()
    for bottle in (0, 12, 59):
        kind = int(wines().cultivar[asked[bottle]])
        by_hand = bagged.said.reshape(wine_forest.SETS, wine_forest.TREES, -1, 3)[:, :, bottle, kind]
        np.testing.assert_array_equal(own.said[:, :, bottle], by_hand)


def test_importances_are_the_librarys() -> None:
    table, seed = wines(), 4
    seen, fresh, kinds, truth = train_test_split(
        table.measures, table.cultivar, test_size=0.5, stratify=table.cultivar, random_state=seed
    )
    model = RandomForestClassifier(100, random_state=seed).fit(seen, kinds)
    found = wine_forest.importances()
    gains = np.mean(
        [one.tree_.compute_feature_importances(normalize=True) for one in model.estimators_], axis=0
    )
    np.testing.assert_allclose(found.impurity[seed], gains / gains.sum(), rtol=1e-6)
    lost = permutation_importance(model, fresh, truth, n_repeats=60, random_state=9)
    assert found.permutation[seed] == pytest.approx(lost.importances_mean, abs=0.03)


def test_halves_are_judged_as_the_library_judges() -> None:
    pixels, digit = load_digits(return_X_y=True)
    half = len(digit) // 2
    model = RandomForestClassifier(300, oob_score=True, random_state=1).fit(pixels[:half], digit[:half])
    errors = 1 - model.oob_score_, 1 - model.score(pixels[half:], digit[half:])
    assert wine_forest.paired_halves(True)[1] == pytest.approx(errors)
