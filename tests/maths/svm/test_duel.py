"""The four methods in noise: against scikit-learn's own tools, and that none sees more than another."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scenes.maths.svm import duel


def test_fewer_columns_are_the_first_of_the_same_noise() -> None:
    few, many = duel.draw(3, 4), duel.draw(3, 64)
    for one, other in ((few[0], many[0]), (few[2], many[2])):
        np.testing.assert_array_equal(one, other[:, : one.shape[1]])
    assert few[0].shape == (duel.SEEN, 6) and many[2].shape == (duel.UNSEEN, 66)
    assert few[1].mean() == few[3].mean() == 0.5


def test_noise_is_noise() -> None:
    points, labels, *_ = duel.draw(0, 64)
    noise = points[:, 2:]
    assert abs(noise.mean()) < 0.05 and noise.std() == pytest.approx(1, abs=0.05)
    assert np.abs([np.corrcoef(column, labels)[0, 1] for column in noise.T]).mean() < 0.1


def test_folds_of_the_seen_part_choose_k() -> None:
    points, labels, fresh, truth = duel.draw(1, 4)
    found = duel.tuned("k-NN").fit(points, labels)
    ks = duel.METHODS["k-NN"][1]["n_neighbors"]
    models = [make_pipeline(StandardScaler(), KNeighborsClassifier(k)) for k in ks]
    scores = [cross_val_score(model, points, labels, cv=found.cv).mean() for model in models]
    best = models[int(np.argmax(scores))].fit(points, labels)
    assert found.best_score_ == pytest.approx(max(scores))
    assert found.score(fresh, truth) == pytest.approx(best.score(fresh, truth))


def test_a_small_duel_has_a_score_for_each_method_column_and_draw() -> None:
    told = duel.duel((0,), 1)
    assert told.score.shape == (len(duel.METHODS), 1, 1)
    assert (told.score > 0.8).all()
