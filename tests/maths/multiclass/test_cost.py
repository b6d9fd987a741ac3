"""What schemes cost: counted again on models that were trained."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.svm import LinearSVC

from scenes.maths.multiclass import cost


@pytest.mark.parametrize("classes", [3, 4, 5, 10])
def test_models_and_rows_are_those_that_are_trained(classes: int) -> None:
    labels = np.repeat(np.arange(classes), 20)
    points = np.random.default_rng(0).normal(size=(len(labels), 3)) + 8 * np.eye(classes, 3)[labels]
    asked: dict[str, list[int]] = {"rest": [], "pairs": []}

    class Counting(LinearSVC):  # type: ignore[misc]
        """Notes how many rows it is given."""

        def fit(self, points: np.ndarray, labels: np.ndarray) -> Counting:
            asked[now].append(len(points))
            super().fit(points, labels)
            return self

    for now, scheme, bill in (
        ("rest", OneVsRestClassifier, cost.rest(classes, 20)),
        ("pairs", OneVsOneClassifier, cost.pairs(classes, 20)),
    ):
        scheme(Counting()).fit(points, labels)
        assert asked[now] == [bill.rows] * bill.models
        assert sum(asked[now]) == bill.total


def test_work_by_the_square() -> None:
    for classes in (3, 5, 10, 40):
        one, other = cost.rest(classes, 100), cost.pairs(classes, 100)
        assert other.total / one.total == pytest.approx((classes - 1) / classes)
        assert one.work(2) / other.work(2) == pytest.approx(classes**2 / (2 * (classes - 1)))


def test_the_kept_times_are_a_full_table() -> None:
    times = cost.measured()
    np.testing.assert_array_equal(times.rows, [900, 1800, 3600, 7200])
    assert (np.diff(times.ratio) > 0).all()
    images, labels = cost.shifted()
    assert images.shape == (8985, 64)
    assert len(np.unique(labels[:900])) == 10
