"""The forests on the wines against the library's own, and against the identities that their figures stand for."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

from scenes.maths.decision_trees import forest, wine_forest
from scenes.maths.shared.wine import wines


@pytest.fixture(scope="module")
def bagged() -> forest.Crowd:
    return wine_forest.crowd(13)


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


def test_the_spread_of_a_loss_is_that_of_resampled_training_sets(bagged: forest.Crowd) -> None:
    rng, found = np.random.default_rng(0), []
    for _ in range(400):
        drawn = rng.integers(0, len(bagged.said), len(bagged.said))
        found.append(((bagged.said[drawn].mean(axis=1) - bagged.truth) ** 2).mean())
    assert bagged.loss_error == pytest.approx(np.std(found), rel=0.12)


def test_votes_on_its_grape_are_those_that_count_for_the_right_one(bagged: forest.Crowd) -> None:
    asked, _ = wine_forest.asked_rows()
    own = wine_forest.for_its_grape(bagged)
    assert own.said.shape == (wine_forest.SETS, wine_forest.TREES, len(asked)) and (own.truth == 1).all()
    for bottle in (0, 12, 59):
        kind = int(wines().cultivar[asked[bottle]])
        by_hand = bagged.said.reshape(wine_forest.SETS, wine_forest.TREES, -1, 3)[:, :, bottle, kind]
        np.testing.assert_array_equal(own.said[:, :, bottle], by_hand)


def test_halves_are_judged_as_the_library_judges() -> None:
    pixels, digit = load_digits(return_X_y=True)
    half = len(digit) // 2
    model = RandomForestClassifier(300, oob_score=True, random_state=1).fit(pixels[:half], digit[:half])
    errors = 1 - model.oob_score_, 1 - model.score(pixels[half:], digit[half:])
    assert wine_forest.paired_halves(True)[1] == pytest.approx(errors)
