"""Folds, the tree that memorises, and folds without a class."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom
from sklearn.datasets import load_digits

from scenes.maths.model_evaluation import folds

DIGIT = load_digits().target


def test_folds_are_a_partition() -> None:
    for which in (folds.assigned(1797), folds.stratified(DIGIT)):
        counts = np.bincount(which, minlength=5)
        assert counts.sum() == 1797
        assert counts.max() - counts.min() <= 1


def test_stratified_folds_keep_the_class_shares() -> None:
    which = folds.stratified(DIGIT)
    for digit in range(10):
        held = np.bincount(which[digit == DIGIT], minlength=5)
        assert held.max() - held.min() <= 1
    ten = np.arange(1000) < 10
    assert (np.bincount(folds.stratified(ten.astype(int))[ten]) == 2).all()


def test_the_tree_memorises() -> None:
    assert folds.training_accuracy() == 1.0
    found = folds.tree_accuracies()
    assert found.shape == (20, 5)
    assert found.mean() == pytest.approx(0.85, abs=0.005)
    assert found.min() < 0.82
    assert found.max() > 0.88


def test_a_sorted_file_hides_classes_from_training() -> None:
    order = np.sort(DIGIT)
    which = folds.assigned(len(order))
    for fold in range(5):
        unknown = ~np.isin(order[which == fold], order[which != fold])
        right = folds.sorted_file(stratify=False)[fold]
        assert right <= 1 - unknown.mean()
        assert right < 0.02
    assert folds.sorted_file(stratify=True).min() > 0.85


def test_chance_of_a_fold_without_positives() -> None:
    """Against counting shuffles, and for two folds against the hypergeometric distribution."""
    exact = folds.chance_of_an_empty_fold()
    rng = np.random.default_rng(0)
    drawn = [len(np.unique(rng.permutation(1000)[:10] // 200)) < 5 for _ in range(4000)]
    assert exact == pytest.approx(np.mean(drawn), abs=0.03)
    assert 0.45 < exact < 0.5  # nearly every second one
    two = folds.chance_of_an_empty_fold(4, 20, 2)
    assert two == pytest.approx(2 * hypergeom(20, 4, 10).pmf(0))


def test_a_shuffle_is_shown_that_leaves_a_fold_empty() -> None:
    found = folds.an_empty_shuffle()
    assert found.sum() == 10
    assert found.min() == 0


def test_what_is_held_out_has_the_accuracies_of_cross_validation() -> None:
    which, right = folds.held_out()
    each = [right[which == fold].mean() for fold in range(5)]
    np.testing.assert_allclose(each, folds.tree_accuracies()[folds.SEED])


def test_the_shuffle_that_is_shown_lies_in_the_middle() -> None:
    means = folds.tree_accuracies().mean(axis=1)
    assert np.sum(means < means[folds.SEED]) in (9, 10)


def test_a_shuffled_file_hides_no_class() -> None:
    assert folds.shuffled_file().min() > 0.85
