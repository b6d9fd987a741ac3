"""Mutual information, against scikit-learn and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import mutual_info_score

from scenes.maths.information_theory import bits, mutual


def test_every_pixel_is_as_scikit_learn_has_it() -> None:
    others = [mutual_info_score(column, mutual.kinds()) / np.log(2) for column in mutual.pixels().T]
    assert mutual.by_pixel().ravel() == pytest.approx(others, abs=1e-12)


def test_the_best_of_sixty_four_is_the_best() -> None:
    assert mutual.best() == 4 * 8 + 2
    assert mutual.by_pixel().ravel()[mutual.best()] == mutual.by_pixel().max()
    assert np.sum(mutual.by_pixel() >= mutual.by_pixel().max() - 1e-9) == 1


def test_what_is_left_is_the_conditional_entropy() -> None:
    table = mutual.table()
    left = stats.entropy(table.ravel(), base=2) - stats.entropy(table.sum(axis=1), base=2)  # H(X, Y) − H(X)
    assert mutual.conditional(table) == pytest.approx(left)


def test_the_fall_of_entropy_is_the_divergence_from_the_independent_table_and_symmetric() -> None:
    table = mutual.table()
    assert mutual.information(table) == pytest.approx(mutual.divergence(table))
    assert mutual.information(table) == pytest.approx(mutual.information(table.T))
    assert mutual.information(mutual.independent(table)) == pytest.approx(0, abs=1e-12)


def test_zero_only_where_independent() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        table = rng.dirichlet(np.ones(12)).reshape(3, 4)
        assert mutual.information(table) > 0
        free = mutual.independent(table)
        assert mutual.information(free) == pytest.approx(0, abs=1e-12)


def test_cards() -> None:
    assert mutual.conditional(mutual.CARDS) == pytest.approx(2)
    assert mutual.information(mutual.CARDS) == pytest.approx(1)


def test_shuffled_classes_tell_what_counting_makes_up() -> None:
    found = mutual.shuffled()
    varied = [column for column in mutual.pixels().T if len(np.unique(column)) == mutual.SHADES]
    bias = (mutual.SHADES - 1) * 9 / (2 * len(mutual.kinds()) * np.log(2))
    rows = [column.std() > 0 and len(np.unique(column)) == mutual.SHADES for column in mutual.pixels().T]
    assert found.reshape(mutual.SHUFFLES, -1)[:, rows].mean() == pytest.approx(bias, rel=0.1)
    assert len(varied) > 40
    assert found.max(axis=(1, 2)).max() < 0.05 * mutual.by_pixel().max()


def test_a_bent_dependence_has_no_correlation_but_information() -> None:
    xs = np.arange(-2, 3)
    ys = xs**2
    table = np.array([[float(y == value) for value in np.unique(ys)] for y in ys]) / len(xs)
    assert np.corrcoef(xs, ys)[0, 1] == pytest.approx(0)
    assert mutual.information(table) == pytest.approx(bits.entropy(table.sum(axis=0)))
    assert mutual.information(table) == pytest.approx(1.52, abs=0.005)
