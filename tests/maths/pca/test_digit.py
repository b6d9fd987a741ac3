"""Digits with fewer numbers, held to scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from scenes.maths.pca import digit, maps, stripes


def test_components_keep_what_scikit_learn_says() -> None:
    theirs = PCA(svd_solver="full").fit(digit.values()).explained_variance_ratio_.cumsum()
    assert np.allclose(digit.fit().cumulative, theirs)
    assert [digit.fit().enough(share) for share in (0.8, 0.9, 0.95, 0.99)] == [13, 21, 29, 41]
    assert digit.lost(digit.FEW) == pytest.approx(1 - theirs[digit.FEW - 1])


def test_three_pixels_never_change() -> None:
    assert int((digit.values().var(axis=0) > 0).sum()) == 61
    assert int((digit.fit().variances > 1e-9).sum()) == 61


def test_pixels_are_regressed_as_scikit_learn_does() -> None:
    table = digit.values()
    chosen = digit.widest(table, digit.FEW)
    guess = LinearRegression().fit(table[:, chosen], table).predict(table[:, chosen])
    kept = 1 - ((table - guess) ** 2).sum() / ((table - table.mean(axis=0)) ** 2).sum()
    assert digit.kept_by_pixels(regress=True) == pytest.approx(kept)
    alone = table.var(axis=0)[chosen].sum() / table.var(axis=0).sum()
    assert digit.kept_by_pixels(regress=False) == pytest.approx(alone)


def test_frozen_pixels_are_the_mean() -> None:
    frozen = digit.pixels_alone()
    chosen = digit.widest(digit.values(), digit.FEW)
    others = np.setdiff1d(np.arange(64), chosen)
    assert np.array_equal(frozen[:, chosen], digit.values()[:, chosen])
    assert np.allclose(frozen[:, others], digit.values().mean(axis=0)[others])


def test_random_directions_keep_their_share_of_the_dimensions() -> None:
    shares = digit.kept_by_chance()
    error = shares.std(ddof=1) / np.sqrt(len(shares))
    assert abs(shares.mean() - digit.FEW / 64) < 4 * error
    assert shares.max() < digit.kept_by_pixels(regress=False)


@pytest.mark.parametrize("kept", [2, 20])
def test_accuracy_is_that_of_a_pipeline(kept: int) -> None:
    model = make_pipeline(PCA(kept, svd_solver="full"), KNeighborsClassifier(digit.NEIGHBOURS))
    folds = StratifiedKFold(digit.FOLDS, shuffle=True, random_state=0)
    theirs = cross_val_score(model, digit.values(), digit.kinds(), cv=folds)
    sizes = [len(test) for _, test in folds.split(digit.values(), digit.kinds())]
    assert digit.accuracy(kept)[0] == pytest.approx(np.average(theirs, weights=sizes))


def test_twenty_components_are_nearly_as_good_as_all_and_pixels_worse() -> None:
    assert 0 <= digit.accuracy(64).mean() - digit.accuracy(20).mean() < 0.002
    assert digit.accuracy(digit.FEW, pixels=True).max() < digit.accuracy(digit.FEW).min() - 0.05
    assert digit.guessing() == pytest.approx(np.unique(digit.kinds(), return_counts=True)[1].max() / 1797)


def test_the_fewest_that_are_nearly_as_good() -> None:
    tried = (2, 10, 15, 20, 64)
    right = {kept: digit.accuracy(kept).mean() for kept in tried}
    assert digit.nearly_as_good(tried) == min(kept for kept in tried if right[kept] >= right[64] - 0.002)
    assert digit.nearly_as_good(tried, 0.5) == 2
    with pytest.raises(ValueError, match="within"):
        digit.nearly_as_good((1, 2))


def test_stripes_hide_the_label_in_the_thin_direction_of_each_draw() -> None:
    for found in stripes.over_seeds():
        assert 0.95 < found.share < 0.99
        assert 0.35 < found.first < 0.65
        assert found.second > 0.98


# --- maps


def test_stored_maps_keep_neighbours_and_the_flat_one_fewer() -> None:
    assert min(maps.truth(name) for name in ("tsne", "low", "umap")) > 0.985
    assert maps.truth("pca") < 0.85


def test_a_shadow_is_never_longer_than_what_throws_it() -> None:
    assert maps.ratios("pca").max() <= 1.0
    assert maps.ratios("tsne").min() < 0.8 < 2.0 < maps.ratios("tsne").max()


def test_neighbours_by_hand() -> None:
    shares = maps.neighbour_shares(maps.HAND)
    weights = np.exp([-0.5, -0.5, -4.5])
    assert np.allclose(shares, weights / weights.sum())
    assert maps.perplexity(np.full(8, 1 / 8)) == pytest.approx(8.0)


def test_ten_nearest_by_brute_force() -> None:
    points = maps.placed("tsne")[:200]
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    ours = np.take_along_axis(gaps, maps.nearest(points), axis=1)
    assert np.allclose(ours, np.sort(gaps, axis=1)[:, : maps.NEAREST])


def test_the_roll_is_walked_evenly() -> None:
    points, share = maps.roll()
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert steps.max() / steps.min() < 1.01
    assert (share[0], share[-1]) == (0.0, 1.0)


def test_nines_fall_apart_with_a_small_perplexity() -> None:
    narrow, usual = (maps.widths(maps.placed(name)) for name in ("low", "tsne"))
    assert narrow.argmax() == 9
    assert narrow[9] > 2 * np.delete(narrow, 9).max() > 0
    assert usual[9] < 1.2 * usual.max()
