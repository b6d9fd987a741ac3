"""Kept tables: made again in part, and what is claimed of them."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from scenes.maths.feature_importance import selected, twenty
from scenes.maths.feature_importance.patients import BLOOD, COIN, MASS, SPLITS, TICKET, table


def test_the_table_is_the_one_that_was_made() -> None:
    assert hashlib.sha256(twenty.KEPT.read_bytes()).hexdigest()[:16] == "efadc372a50d6637"
    assert hashlib.sha256(selected.KEPT.read_bytes()).hexdigest()[:16] == "9bd8008881594a10"


def test_a_split_made_again_is_the_one_that_is_kept() -> None:
    made, kept = twenty.row(4), twenty.kept()
    assert set(made) == set(kept)
    for name, value in made.items():
        assert value == pytest.approx(kept[name][4], rel=1e-4, abs=1e-6), name
    assert all(len(each) == SPLITS for each in kept.values())


def test_a_fold_made_again_is_the_one_that_is_kept() -> None:
    np.testing.assert_allclose(selected.fold(3), selected.folds()[3], rtol=1e-4)
    assert selected.folds().shape == (selected.FOLDS, len(selected.SIZES))


def test_body_mass_and_s5_lead_by_every_rule() -> None:
    for rule in twenty.RULES:
        ranks = np.argsort(-twenty.paid(rule).mean(axis=0))
        assert set(ranks[:2]) == {MASS, BLOOD}, rule


def test_impurity_pays_a_ticket_and_permutation_does_not() -> None:
    paid = twenty.paid("impurity")
    assert (paid[:, TICKET] > paid[:, COIN]).all()
    assert (twenty.below_ticket("impurity") >= 2).all()
    shuffled = twenty.paid("permutation")[:, TICKET]
    assert abs(shuffled.mean()) < shuffled.std()
    assert (twenty.kept()["permutation seen ticket"] > shuffled).all()


def test_twins_share_or_lose() -> None:
    alone = {rule: twenty.paid(rule)[:, MASS].mean() for rule in twenty.RULES}
    for rule in ("impurity", "shap"):
        one, other = twenty.twin(rule).mean(axis=0)
        assert one + other == pytest.approx(alone[rule], rel=0.1)
        assert 0.35 < one / (one + other) < 0.65
    for rule in ("permutation", "drop"):
        assert (twenty.twin(rule).mean(axis=0) < 0.3 * alone[rule]).all()
        both = twenty.kept()[f"twin {rule} both"].mean()
        assert both == pytest.approx(alone[rule], rel=0.1)
    scores = twenty.kept()
    assert (scores["twin score"] - scores["score"]).mean() == pytest.approx(0, abs=0.003)


def test_five_columns_do_as_well_as_thirty() -> None:
    scores = selected.folds()
    apart = scores[:, selected.SIZES.index(5)] - scores[:, -1]
    assert abs(apart.mean()) < 2 * apart.std() / np.sqrt(len(apart)) + 0.01
    columns, progress = selected.noisy()
    assert columns.shape == (442, 30)
    np.testing.assert_array_equal(columns[:, :10], table()[0])
    assert len(progress) == 442


def test_choosing_first_pretends_and_choosing_inside_does_not() -> None:
    outside, inside = selected.leak().T
    assert outside.mean() > 0.85
    assert (outside > inside).all()
    assert inside.mean() == pytest.approx(0.5, abs=0.05)
