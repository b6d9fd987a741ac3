"""AdaBoost and SAMME, against scikit-learn's and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.ensembles import boosting
from scenes.maths.shared.flower import Measure, irises


def test_the_first_round_by_hand() -> None:
    first, second = boosting.by_hand()
    assert first.stump.cut == 2.5 and first.error == pytest.approx(0.2)
    assert np.exp(first.alpha) == pytest.approx(4)
    assert first.weights == pytest.approx([0.125] * 4 + [0.5])
    assert second.stump.cut == 4.5 and second.error == pytest.approx(0.25)
    assert second.weights[0] > first.weights[0]


def test_the_last_learner_is_a_guess_under_the_new_weights() -> None:
    points, labels = boosting.moons()
    boosted = boosting.shown()
    for number, tree in enumerate(boosted.trees):
        wrong = tree.predict(points) != labels
        assert boosted.weights[number + 1] @ wrong == pytest.approx(0.5)
        assert boosted.weights[number + 1].sum() == pytest.approx(1)
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    three = boosting.sepals()
    for number, tree in enumerate(three.trees):
        wrong = tree.predict(flowers.points) != flowers.species
        assert three.weights[number + 1] @ wrong == pytest.approx(2 / 3)


@pytest.mark.parametrize("depth", [1, 2])
def test_samme_is_scikit_learns(depth: int) -> None:
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    ours = boosting.boost(flowers.points, flowers.species, 10, depth)
    base = DecisionTreeClassifier(max_depth=depth, random_state=0)
    theirs = AdaBoostClassifier(base, n_estimators=10, random_state=0).fit(flowers.points, flowers.species)
    assert ours.errors[:3] == pytest.approx(theirs.estimator_errors_[:3])
    assert ours.alphas[:3] == pytest.approx(theirs.estimator_weights_[:3])
    said = ours.votes(flowers.points).argmax(axis=1)
    assert (said == theirs.predict(flowers.points)).mean() > 0.95


def test_the_exponential_loss_falls_by_its_closed_form() -> None:
    points, labels = boosting.moons()
    boosted = boosting.shown()
    told = boosting.exponential_loss(boosted, points, labels)
    factors = 2 * np.sqrt(boosted.errors * (1 - boosted.errors))
    assert told[1:] == pytest.approx(np.cumprod(factors))
    lean = boosting.landscapes(boosted, points[None])[-1, 0]
    assert lean == pytest.approx(boosted.lean(points) / 2)


def test_a_learner_without_error_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        boosting.say(0.0)
    assert boosting.say(0.5) == pytest.approx(0) and boosting.say(2 / 3, 3) == pytest.approx(0)
    assert boosting.say(0.6) < 0 < boosting.say(0.6, 3)


def test_bias_and_variance_of_the_five() -> None:
    clean = boosting.compared().clean
    assert clean["boosted"].bias < 0.5 * clean["stump"].bias
    assert abs(clean["bagged stumps"].bias - clean["stump"].bias) < 0.01
    assert clean["bagged trees"].variance < 0.75 * clean["tree"].variance
    assert clean["boosted"].error == pytest.approx(clean["bagged trees"].error, abs=0.005)


def test_the_same_errors_by_scikit_learn() -> None:
    table, true = boosting.unseen()
    wrong = []
    for seed in list(boosting.SEEDS)[:10]:
        points, labels = boosting.moons(seed)
        model = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=60, random_state=0)
        wrong.append((model.fit(points, labels).predict(table) != true).mean())
    assert np.mean(wrong) == pytest.approx(boosting.compared().clean["boosted"].error, abs=0.01)


def test_wrong_labels_take_weight() -> None:
    shares = boosting.compared().shares
    assert shares[:, 0] == pytest.approx(0.1)
    assert (shares[:, 20] > 0.15).all()
    labels = boosting.moons()[1]
    noisy, which = boosting.flipped(labels, 0)
    assert set(np.flatnonzero(noisy != labels)) == set(which.tolist()) and len(which) == 20
    told = boosting.shown_flipped()
    assert told.weights[20][which].sum() > 0.15
