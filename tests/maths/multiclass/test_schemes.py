"""One-vs-rest and one-vs-one: held against scikit-learn's own combinations."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.svm import SVC

from scenes.maths.multiclass import regions, schemes
from tests.maths.multiclass.test_regions import grid


@pytest.mark.parametrize("classes", [3, 5])
def test_one_vs_rest_is_that_of_scikit_learn(classes: int) -> None:
    points, labels = schemes.blobs(classes)
    theirs = OneVsRestClassifier(SVC(kernel="linear")).fit(points, labels)
    ours = schemes.one_vs_rest(points, labels)
    assert len(theirs.estimators_) == len(ours.offsets) == classes
    spots = grid()[::7]
    np.testing.assert_allclose(ours.scores(spots), theirs.decision_function(spots), atol=1e-9)
    np.testing.assert_array_equal(ours.scores(spots).argmax(1), theirs.predict(spots))


@pytest.mark.parametrize("classes", [3, 5])
def test_votes_are_those_of_scikit_learn(classes: int) -> None:
    points, labels = schemes.blobs(classes)
    theirs = OneVsOneClassifier(SVC(kernel="linear")).fit(points, labels)
    ours = schemes.one_vs_one(points, labels)
    assert len(theirs.estimators_) == len(ours.offsets) == classes * (classes - 1) // 2
    spots = grid()[::7]
    votes = schemes.tally(ours.scores(spots) > 0, classes)
    # scikit-learn adds to the votes less than a half, by which ties are broken; its yes is the other class, so that the
    # solver stops a hair elsewhere.
    same = (votes == np.rint(theirs.decision_function(spots))).all(axis=1)
    assert same.mean() > 0.998
    assert (votes.sum(axis=1) == classes * (classes - 1) // 2).all()
    clear = same & ~np.array([schemes.is_tie(each) for each in votes])
    np.testing.assert_array_equal(votes.argmax(1)[clear], theirs.predict(spots)[clear])


def test_fences_of_two_classes_know_no_other() -> None:
    points, labels = schemes.blobs(5)
    moved = np.where((labels == 4)[:, None], points + 50, points)
    ours, theirs = schemes.one_vs_one(points, labels), schemes.one_vs_one(moved, labels)
    old = [number for number, pair in enumerate(schemes.pairs(5)) if 4 not in pair]
    np.testing.assert_array_equal(ours.weights[old], theirs.weights[old])


@pytest.mark.parametrize("classes", [3, 5])
def test_shares_are_those_of_a_fine_grid(classes: int) -> None:
    found = schemes.shares(classes)
    spots = grid()
    for seed in (0, 7):
        points, labels = schemes.blobs(classes, seed)
        theirs = OneVsRestClassifier(SVC(kernel="linear")).fit(points, labels)
        claims = np.column_stack([each.predict(spots) for each in theirs.estimators_]).sum(axis=1)
        shares = [np.mean(claims == 0), np.mean(claims == 1), np.mean(claims > 1)]
        np.testing.assert_allclose(found[seed, :3], shares, atol=2e-3)
        votes = schemes.tally(schemes.one_vs_one(points, labels).scores(spots) > 0, classes)
        ties = np.mean([schemes.is_tie(each) for each in votes])
        assert found[seed, 3] == pytest.approx(ties, abs=5e-4)


def test_points_have_one_name_more_often_than_places() -> None:
    for classes in (3, 5):
        assert (schemes.point_shares(classes)[:, 1] > schemes.shares(classes)[:, 1]).all()
        np.testing.assert_allclose(schemes.point_shares(classes).sum(axis=1), 1.0)
        assert schemes.point_shares(classes)[:, 1].std() < 0.03


def test_a_foot_lies_on_a_boundary_and_none_is_nearer() -> None:
    lines = schemes.one_vs_one(*schemes.blobs(3))
    spots = np.random.default_rng(0).uniform(-5, 5, (20, 2))
    feet = schemes.feet(lines, spots)
    assert np.abs(lines.scores(feet)).min(axis=1) == pytest.approx(0.0, abs=1e-9)
    many = np.linspace(-12, 12, 4001)[:, None]
    for spot, foot in zip(spots, feet, strict=True):
        for weights, offset in zip(lines.weights, lines.offsets, strict=True):
            along = np.array([-weights[1], weights[0]]) / np.linalg.norm(weights)
            line = -offset * weights / (weights @ weights) + many * along
            assert np.linalg.norm(spot - foot) <= np.linalg.norm(line - spot, axis=1).min() + 1e-9


def test_ties_are_far_smaller_than_ambiguous_claims_in_all_draws() -> None:
    for classes in (3, 5):
        found = schemes.shares(classes)
        assert (found[:, 3] < 0.004).all()
        assert (found[:, 0] + found[:, 2] > 50 * found[:, 3]).all()
        np.testing.assert_allclose(found[:, :3].sum(axis=1), 1.0)
        assert found[:, :3].std(axis=0).max() < 0.02


def test_softmax_is_that_of_scikit_learn() -> None:
    points, labels = schemes.blobs(3)
    fit = LogisticRegression(C=10.0, max_iter=5000, tol=1e-8).fit(points, labels)
    spots = grid()[::31]
    parts = regions.largest(*_of(schemes.softmax(points, labels)))
    assert len(parts) == 3
    np.testing.assert_array_equal(schemes.softmax(points, labels).scores(spots).argmax(1), fit.predict(spots))


def _of(lines: schemes.Lines) -> tuple[np.ndarray, np.ndarray]:
    return lines.weights, lines.offsets


def test_the_middle_is_claimed_by_no_class_and_is_nearest_to_the_third() -> None:
    points, labels = schemes.blobs(3)
    theirs = OneVsRestClassifier(SVC(kernel="linear")).fit(points, labels)
    middle, border = theirs.decision_function([[0.0, 0.0], [2.0, 4.0]])
    assert (middle < 0).all()
    assert middle.argmax() == 2
    assert (border > 0).tolist() == [True, True, False]
    assert border.argmax() == 1


def test_sums_are_those_that_scikit_learn_breaks_ties_by() -> None:
    cell = schemes.tie()
    middle = cell.corners.mean(axis=0)[None]
    points, labels = schemes.blobs(3)
    theirs = OneVsOneClassifier(SVC(kernel="linear")).fit(points, labels)
    sums = schemes.sums(schemes.one_vs_one(points, labels), middle, 3)
    assert sums.sum() == pytest.approx(0.0)
    assert theirs.predict(middle)[0] == sums.argmax() == 0
