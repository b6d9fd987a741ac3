"""Target encoding: a category's mean label, with and without the row's own label in it.

Micci-Barreca (2001), SIGKDD Explorations 3(1), 27; the folds as scikit-learn's ``TargetEncoder``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.preprocessing import OneHotEncoder, TargetEncoder

from scenes.maths.shared.memo import remembered

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]

ROWS: Final = 600
SHOPS: Final = 150
USEFUL: Final = 40
"""Shops that do shift the label, in the other simulation."""
FOLDS: Final = 5
SEEDS: Final = 20
HAND_SHOPS: Final = ("A", "A", "A", "A", "B")
HAND_LABELS: Final = (1, 0, 1, 1, 1)
HAND_FOLDS: Final = (0, 0, 1, 1, 0)
HAND_OVERALL: Final = 0.5
"""The overall mean by which a lone row is smoothed, by hand."""


@dataclass(frozen=True, slots=True)
class Shops:
    """``shop`` (n,) numbers, ``honest`` (n,) a column that matters, ``label`` (n,) 0 or 1, and rows of either part."""

    shop: Ints
    honest: Floats
    label: Ints
    train: Ints
    test: Ints


@cache
def useless(seed: int = 0) -> Shops:
    """600 rows in 150 shops that have nothing to do with the label; 360 rows train, 240 are new."""
    rng = np.random.default_rng(seed)
    shop = rng.integers(SHOPS, size=ROWS)
    honest = rng.normal(size=ROWS)
    label = (honest + rng.normal(scale=1.5, size=ROWS) > 0).astype(np.intp)
    train, test = train_test_split(np.arange(ROWS), test_size=0.4, random_state=seed, stratify=label)
    return Shops(shop.astype(np.intp), honest, label, train, test)


def useful(seed: int, shops: int = USEFUL) -> Shops:
    """600 rows in 40 shops whose own numbers do shift the label."""
    rng = np.random.default_rng(seed)
    shop = rng.integers(shops, size=ROWS)
    shift = rng.normal(size=shops) * 1.2
    honest = rng.normal(size=ROWS)
    label = (honest + shift[shop] + rng.normal(scale=1.5, size=ROWS) > 0).astype(np.intp)
    train, test = train_test_split(np.arange(ROWS), test_size=0.4, random_state=seed, stratify=label)
    return Shops(shop.astype(np.intp), honest, label, train, test)


def means(shop: Ints, label: Ints, size: int) -> tuple[Floats, Ints]:
    """Mean label (size,) and number of rows (size,) of each shop; a shop without rows has the overall mean."""
    count = np.bincount(shop, minlength=size)
    total = np.bincount(shop, label, minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), label.mean()), count


def smoothed(n: float, mean: float, m: float, overall: float) -> float:
    """(n·mean + m·overall) / (n + m): the mean of n rows, pulled as if m more rows had the overall mean."""
    return (n * mean + m * overall) / (n + m)


def out_of_fold(shop: Ints, label: Ints, fold: Ints) -> Floats:
    """(n,): for each row the mean label of its shop in the other folds; their overall mean where there is none."""
    code = np.empty(len(shop))
    for row in range(len(shop)):
        other = fold != fold[row]
        same = other & (shop == shop[row])
        code[row] = label[same].mean() if same.any() else label[other].mean()
    return code


def hand() -> tuple[Ints, Ints, Ints]:
    """Shop (5,), label (5,) and fold (5,) of the example by hand."""
    shops = np.array([sorted(set(HAND_SHOPS)).index(name) for name in HAND_SHOPS])
    return shops.astype(np.intp), np.array(HAND_LABELS, np.intp), np.array(HAND_FOLDS, np.intp)


@cache
def own_share(seed: int = 0) -> float:
    """The share of a row's own label in its code, the mean of all training rows."""
    data = useless(seed)
    shop = data.shop[data.train]
    count = np.bincount(shop, minlength=SHOPS)
    return float((1 / count[shop]).mean())


@dataclass(frozen=True, slots=True)
class Runs:
    """Accuracies (20,) by seed: trained and new rows with codes of all training rows (``naive``), and out of fold."""

    naive_train: Floats
    naive_new: Floats
    folded_train: Floats
    folded_new: Floats
    honest: Floats
    """On new rows, of the column that matters alone."""
    guess: Floats
    leaky_cv: Floats
    """Cross-validated, the codes made of all 600 rows before."""
    own: Floats


def _encoder(seed: int) -> TargetEncoder:
    """Codes of five folds, a shop's mean smoothed with a weight of one row."""
    return TargetEncoder(smooth=1, cv=StratifiedKFold(FOLDS, shuffle=True, random_state=seed))


def _columns(code: Floats, honest: Floats) -> Floats:
    return np.column_stack([code, honest])


@cache
def codes(seed: int = 0) -> tuple[Floats, Floats, Floats, Floats]:
    """Codes of the training rows (360,) and the new rows (240,): naive both, then out of fold both."""
    data = useless(seed)
    shop, label = data.shop[data.train], data.label[data.train]
    code, _ = means(shop, label, SHOPS)
    encoder = _encoder(seed)
    folded = encoder.fit_transform(shop[:, None], label).ravel()
    later = encoder.transform(data.shop[data.test][:, None]).ravel()
    return code[shop], code[data.shop[data.test]], folded, later


@remembered
def runs() -> Runs:
    """Logistic regressions on the code and the honest column, of twenty simulations."""
    rows = []
    for seed in range(SEEDS):
        data = useless(seed)
        train, new = data.train, data.test
        y, later = data.label[train], data.label[new]
        naive, naive_new, folded, folded_new = codes(seed)
        one = LogisticRegression(C=1e3).fit(_columns(naive, data.honest[train]), y)
        two = LogisticRegression(C=1e3).fit(_columns(folded, data.honest[train]), y)
        alone = LogisticRegression(C=1e3).fit(data.honest[train][:, None], y)
        everywhere, _ = means(data.shop, data.label, SHOPS)
        leaky = cross_val_score(
            LogisticRegression(C=1e3), _columns(everywhere[data.shop], data.honest), data.label, cv=FOLDS
        ).mean()
        rows.append(
            (
                one.score(_columns(naive, data.honest[train]), y),
                one.score(_columns(naive_new, data.honest[new]), later),
                two.score(_columns(folded, data.honest[train]), y),
                two.score(_columns(folded_new, data.honest[new]), later),
                alone.score(data.honest[new][:, None], later),
                max(later.mean(), 1 - later.mean()),
                leaky,
                own_share(seed),
            )
        )
    return Runs(*np.array(rows).T)


@remembered
def useful_runs() -> Floats:
    """(20, 4): accuracy on new rows without the 40 shops that matter, with one encoded column, with 40 one-hot, of
    guessing."""
    rows = []
    for seed in range(SEEDS):
        data = useful(seed)
        train, new = data.train, data.test
        y, later = data.label[train], data.label[new]

        def score(fitting: Floats, asked: Floats, y: Ints = y, later: Ints = later) -> float:
            return float(LogisticRegression(C=1e3, max_iter=1000).fit(fitting, y).score(asked, later))

        encoder = _encoder(seed)
        folded = encoder.fit_transform(data.shop[train][:, None], y).ravel()
        folded_new = encoder.transform(data.shop[new][:, None]).ravel()
        hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(data.shop[train][:, None])
        rows.append(
            (
                score(data.honest[train][:, None], data.honest[new][:, None]),
                score(_columns(folded, data.honest[train]), _columns(folded_new, data.honest[new])),
                score(
                    np.column_stack([hot.transform(data.shop[train][:, None]), data.honest[train]]),
                    np.column_stack([hot.transform(data.shop[new][:, None]), data.honest[new]]),
                ),
                max(later.mean(), 1 - later.mean()),
            )
        )
    return np.array(rows)
