"""Importances against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance

from scenes.maths.decision_trees import coin


def test_the_coin_tells_the_class_and_the_noise_does_not() -> None:
    told, noise = [], []
    for seed in range(coin.RUNS):
        columns, kind = coin.planted(seed)
        told.append((columns[:, 0] == kind).mean())
        noise.append(np.corrcoef(columns[:, 1], kind)[0, 1])
    assert np.mean(told) == pytest.approx(coin.RIGHT, abs=0.02)
    assert abs(np.mean(noise)) < 0.05


def test_thresholds_lie_between_different_values() -> None:
    assert coin.thresholds().tolist() == [1, 199]


def test_impurity_importance_is_the_weighted_decrease() -> None:
    columns, kind = coin.planted(3)
    model = RandomForestClassifier(coin.TREES, random_state=3).fit(columns[:200], kind[:200])
    shares = []
    for each in model.estimators_:
        grown, gained = each.tree_, np.zeros(2)
        for node in np.flatnonzero(grown.children_left >= 0):
            children = grown.children_left[node], grown.children_right[node]
            left = sum(grown.impurity[child] * grown.weighted_n_node_samples[child] for child in children)
            gained[grown.feature[node]] += grown.impurity[node] * grown.weighted_n_node_samples[node] - left
        shares.append(gained / gained.sum())
    assert coin.plant().impurity[3] == pytest.approx(np.mean(shares, axis=0))


def test_permutation_importance_is_the_accuracy_lost() -> None:
    columns, kind = coin.planted(2)
    model = RandomForestClassifier(coin.TREES, random_state=2).fit(columns[:200], kind[:200])
    rng, lost = np.random.default_rng(0), []
    for _ in range(200):
        shuffled = columns[200:].copy()
        shuffled[:, 0] = rng.permutation(shuffled[:, 0])
        lost.append(model.score(columns[200:], kind[200:]) - model.score(shuffled, kind[200:]))
    found = coin.plant().permutation[2, 0]
    assert abs(found - np.mean(lost)) < 4 * np.std(lost) / np.sqrt(10)


def test_twins_lose_what_the_librarys_permutation_loses() -> None:
    seed = 1
    columns, kind = coin.planted(seed)
    columns = columns[:, [0, 0, 1]]
    model = RandomForestClassifier(coin.TREES, min_samples_leaf=10, random_state=seed)
    model.fit(columns[:200], kind[:200])
    fresh, truth = columns[200:], kind[200:]
    alone = permutation_importance(model, fresh, truth, n_repeats=100, random_state=0).importances_mean[:2]
    rng = np.random.default_rng(5)
    both = []
    for _ in range(100):
        rows = fresh.copy()
        rows[:, :2] = fresh[rng.permutation(len(fresh)), :2]
        both.append(model.score(fresh, truth) - model.score(rows, truth))
    found = coin.twins(10)
    spread = float(np.std(both)) / np.sqrt(10)
    assert found.shape == (coin.RUNS, 2)
    assert found[seed] == pytest.approx([alone.mean(), np.mean(both)], abs=4 * spread)
    assert found.mean(axis=0)[0] < 0.6 * found.mean(axis=0)[1]


def test_stopped_forests_trust_the_coin_and_score_as_it_does() -> None:
    full, stopped = coin.plant(), coin.plant(10)
    assert (stopped.impurity[:, 0] > stopped.impurity[:, 1]).all()
    assert stopped.impurity.sum(axis=1) == pytest.approx(np.ones(coin.RUNS))
    assert full.right.mean() + 0.1 < stopped.right.mean() <= stopped.alone.mean()
    assert stopped.right.mean() == pytest.approx(stopped.alone.mean(), abs=0.01)
