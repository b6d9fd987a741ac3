"""The contest of neighbours and support vector machines, against scikit-learn's own pipeline of the same folds."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from scenes.maths.svm import contest

COLUMNS = (0, 4, 16, 64)


def by_hand(make, extra: int, seeds: int = contest.SEEDS) -> float:
    table, kind = load_iris(return_X_y=True)
    table = StandardScaler().fit_transform(table)
    right = []
    for seed in range(seeds):
        noise = np.random.default_rng(seed).normal(size=(len(table), extra))
        whole = np.hstack([table, noise])
        for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(whole, kind):
            right.append((make().fit(whole[train], kind[train]).predict(whole[test]) == kind[test]).mean())
    return float(np.mean(right))


@pytest.mark.parametrize("at", [0, 3])
def test_all_three_are_scored_on_the_same_folds_of_the_same_noise(at):
    found = contest.run(COLUMNS)
    assert found.nearest[at] == pytest.approx(by_hand(KNeighborsClassifier, COLUMNS[at]))
    assert found.rbf[at] == pytest.approx(by_hand(SVC, COLUMNS[at]))
    assert found.linear[at] == pytest.approx(by_hand(lambda: SVC(kernel="linear"), COLUMNS[at]))


def test_without_noise_they_tie_and_with_much_the_linear_machine_leads_and_neighbours_fall_behind():
    found = contest.run(COLUMNS)
    clean = [found.nearest[0], found.rbf[0], found.linear[0]]
    assert np.ptp(clean) < 0.02
    assert found.nearest[-1] + 0.1 < found.rbf[-1] < found.linear[-1] < found.rbf[-1] + 0.03


def test_another_choice_of_k_or_of_the_price_tells_the_same():
    neighbours = [by_hand(lambda k=k: KNeighborsClassifier(k), 64) for k in (1, 15, 31)]
    lines = [by_hand(lambda price=price: SVC(kernel="linear", C=price), 64) for price in (0.1, 10.0)]
    assert max(neighbours) + 0.05 < min(lines)


def test_neighbours_are_shown_at_the_best_k_that_was_tried():
    found = contest.run((64,), (5, 31))
    each = [by_hand(lambda k=k: KNeighborsClassifier(k), 64) for k in (5, 31)]
    assert found.nearest[0] == pytest.approx(max(each))
    assert found.k[0] == (5, 31)[int(np.argmax(each))]
