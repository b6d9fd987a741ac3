"""Folds: a tree that memorises, its accuracy on pictures that it has not seen, and folds that miss a class.

Sources: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning (2nd ed. 2009), section 7.10;
R. Kohavi, A study of cross-validation and bootstrap (IJCAI 1995).
"""

from __future__ import annotations

from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.model_evaluation.digits import SEEDS, pictures
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]

FOLDS: Final = 5
SEED: Final = 5
"""The shuffle whose five folds are shown: of twenty one whose mean accuracy is in the middle."""


def assigned(count: int, folds: int = FOLDS) -> Ints:
    """The fold (count,) of each row, from 0, where neighbours are kept together."""
    which = np.empty(count, dtype=int)
    for number, (_, held) in enumerate(KFold(folds).split(np.zeros(count))):
        which[held] = number
    return which


def stratified(labels: Ints, folds: int = FOLDS) -> Ints:
    """The fold (n,) of each row, so that each fold has the shares of ``labels`` (n,) as nearly as can be."""
    which = np.empty(len(labels), dtype=int)
    for number, (_, held) in enumerate(StratifiedKFold(folds).split(np.zeros(len(labels)), labels)):
        which[held] = number
    return which


@remembered
def training_accuracy() -> float:
    """Accuracy of a decision tree, grown in full on all ten digits, on the very pictures that it was grown on."""
    images, digit = pictures()
    flat = images.reshape(len(digit), -1)
    return float(DecisionTreeClassifier(random_state=0).fit(flat, digit).score(flat, digit))


@remembered
def tree_accuracies() -> Floats:
    """Accuracies (20, 5) of such trees on held-out folds: five of each of twenty shuffles."""
    images, digit = pictures()
    flat = images.reshape(len(digit), -1)
    return np.array(
        [
            cross_val_score(
                DecisionTreeClassifier(random_state=0),
                flat,
                digit,
                cv=StratifiedKFold(FOLDS, shuffle=True, random_state=seed),
            )
            for seed in SEEDS
        ]
    )


@remembered
def held_out(seed: int = SEED) -> tuple[Ints, NDArray[np.bool_]]:
    """The fold (1797,) of each picture in one shuffle, and whether the tree that had not seen it is right (1797,)."""
    images, digit = pictures()
    flat = images.reshape(len(digit), -1)
    which, right = np.zeros(len(digit), dtype=int), np.zeros(len(digit), dtype=bool)
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(flat, digit)
    for number, (learnt, held) in enumerate(split):
        tree = DecisionTreeClassifier(random_state=0).fit(flat[learnt], digit[learnt])
        which[held], right[held] = number, tree.predict(flat[held]) == digit[held]
    return which, right


@remembered
def sorted_file(stratify: bool) -> Floats:
    """Accuracies (5,) of logistic regression on a file sorted by digit: folds one after the other, or stratified."""
    images, digit = pictures()
    order = np.argsort(digit, kind="stable")
    return np.asarray(
        cross_val_score(
            LogisticRegression(C=0.01, max_iter=500),
            images.reshape(len(digit), -1)[order],
            digit[order],
            cv=StratifiedKFold(FOLDS) if stratify else KFold(FOLDS),
        )
    )


@remembered
def shuffled_file() -> Floats:
    """Accuracies (5,) of the same logistic regression where the file is shuffled before it is cut."""
    images, digit = pictures()
    return np.asarray(
        cross_val_score(
            LogisticRegression(C=0.01, max_iter=500),
            images.reshape(len(digit), -1),
            digit,
            cv=KFold(FOLDS, shuffle=True, random_state=0),
        )
    )


def chance_of_an_empty_fold(positives: int = 10, rows: int = 1000, folds: int = FOLDS) -> float:
    """The chance that a shuffle leaves one fold or more without any of the ``positives``.

    By inclusion and exclusion over the folds that are empty; all folds have ``rows / folds`` rows.
    """
    each = rows // folds
    total = comb(rows, positives)
    return sum(
        (-1.0) ** (empty + 1) * comb(folds, empty) * comb(rows - empty * each, positives) / total
        for empty in range(1, folds)
    )


def an_empty_shuffle(positives: int = 10, rows: int = 1000, folds: int = FOLDS) -> Ints:
    """How many positives (folds,) each fold has in the first shuffle, by seed, that leaves one of them without any."""
    for seed in range(100):
        order = np.random.default_rng(seed).permutation(rows)
        found = np.bincount(assigned(rows, folds)[np.argsort(order)[:positives]], minlength=folds)
        if not found.min():
            return found
    raise ValueError("no shuffle of a hundred has a fold without positives")
