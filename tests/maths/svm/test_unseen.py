"""Scores on unseen data, held to runs that share no code with them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris, load_wine, make_moons
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.svm import SVC

from scenes.maths.svm import unseen


def test_c_hardly_matters_on_the_two_irises():
    scores = unseen.soft_margin_scores()
    # At large C the solver's tolerance decides over a flower or two, as processors round:
    # 4 of 2,000 answers may differ.
    assert scores == pytest.approx([0.897, 0.922, 0.933, 0.931, 0.926, 0.926], abs=2e-3)
    table, kind = load_iris(return_X_y=True)
    points, labels = table[kind > 0][:, [2, 1]], kind[kind > 0]
    right = []
    for train, test in RepeatedStratifiedKFold(n_splits=10, n_repeats=20, random_state=0).split(
        points, labels
    ):
        model = SVC(kernel="linear", C=1.0).fit(points[train], labels[train])
        right.append(
            np.mean(np.sign(points[test] @ model.coef_[0] + model.intercept_[0]) == 2 * labels[test] - 3)
        )
    assert scores[unseen.PRICES.index(1.0)] == pytest.approx(np.mean(right))


def test_gamma_has_the_printed_scores():
    scores = unseen.gamma_scores()
    rows = [int(np.argmin(np.abs(np.log(np.array(unseen.GAMMAS) / gamma)))) for gamma in (0.1, 1, 10, 100)]
    assert [f"{share:.3f}" for share in scores.unseen.mean(axis=1)[rows]] == [
        "0.854",
        "0.935",
        "0.937",
        "0.895",
    ]
    assert f"{scores.seen.mean(axis=1)[-1]:.3f}" == "0.987"
    assert scores.unseen.std(axis=1).max() < 0.016
    points, labels = make_moons(200, noise=0.25, random_state=unseen.SEEDS[3])
    fresh, truth = make_moons(20_000, noise=0.25, random_state=2)
    model = SVC(kernel="precomputed").fit(rbf_kernel(points, gamma=10.0), labels)
    share = model.score(rbf_kernel(fresh, points, gamma=10.0), truth)
    assert scores.unseen[rows[2], 3] == pytest.approx(share)


def test_degrees_three_and_five_tie_and_beat_the_line():
    means = unseen.degree_scores().unseen.mean(axis=1)
    assert [f"{share:.3f}" for share in means] == ["0.856", "0.935", "0.939"]


def two_wines() -> tuple[np.ndarray, np.ndarray]:
    """Proline and flavanoids of the two cultivars that are drawn."""
    table, labels = load_wine(return_X_y=True)
    return table[labels > 0][:, [12, 6]], labels[labels > 0]


def test_standardising_lifts_the_wines_by_the_two_measures_that_are_drawn():
    score = unseen.wine_scores(("proline", "flavanoids"), (1, 2))
    assert (f"{score.raw:.0%}", f"{score.standardised:.0%}", f"{score.majority:.0%}") == ("66%", "90%", "60%")
    points, labels = two_wines()
    right, raw = [], []
    for train, test in RepeatedStratifiedKFold(n_splits=5, n_repeats=10, random_state=0).split(
        points, labels
    ):
        mean, spread = points[train].mean(axis=0), points[train].std(axis=0)
        model = SVC(C=1.0).fit((points[train] - mean) / spread, labels[train])
        right.append(model.score((points[test] - mean) / spread, labels[test]))
        raw.append(SVC(C=1.0).fit(points[train], labels[train]).score(points[test], labels[test]))
    assert (score.raw, score.standardised) == pytest.approx((np.mean(raw), np.mean(right)))


def test_no_gamma_tried_helps_the_raw_units_much():
    score = unseen.wine_scores(("proline", "flavanoids"), (1, 2))
    points, labels = two_wines()
    folds = RepeatedStratifiedKFold(n_splits=5, n_repeats=10, random_state=0)
    best = max(
        cross_val_score(SVC(gamma=gamma), points, labels, cv=folds).mean() for gamma in unseen.RAW_GAMMAS
    )
    assert score.raw_best == pytest.approx(best)
    assert f"{score.raw_best:.0%}" == "68%"
    assert (f"{score.raw_gamma:.1e}", score.scaled_gamma) == ("5.5e-06", 0.5)


def test_searching_c_and_gamma_does_not_make_up_for_raw_units():
    points, labels = two_wines()
    folds = RepeatedStratifiedKFold(n_splits=5, n_repeats=2, random_state=0)
    best = max(
        cross_val_score(SVC(C=price, gamma=gamma), points, labels, cv=folds).mean()
        for price in (1.0, 100.0, 1000.0)
        for gamma in (1e-5, 1e-4, 1e-3)
    )
    assert best < unseen.wine_scores(("proline", "flavanoids"), (1, 2)).standardised - 0.03
