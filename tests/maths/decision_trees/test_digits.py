"""The pruned tree and the forest on the digits against the library's own."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import digits


def test_halves_share_no_row() -> None:
    pixels, _ = load_digits(return_X_y=True)
    (seen, _), (unseen, _) = digits.halves(4)
    assert abs(len(seen) - len(unseen)) <= 1 and len(seen) + len(unseen) == len(pixels)
    assert np.sort(np.concatenate([seen, unseen]).sum(axis=1)) == pytest.approx(np.sort(pixels.sum(axis=1)))


def test_the_lowest_price_leaves_the_full_tree() -> None:
    seen, _ = digits.halves(1)
    leaves = [
        DecisionTreeClassifier(ccp_alpha=price, random_state=0).fit(*seen).get_n_leaves()
        for price in (0.0, *digits.prices(*seen))
    ]
    assert leaves[0] == leaves[1] and leaves == sorted(leaves, reverse=True)


def test_rivals_score_as_the_librarys_on_the_same_half() -> None:
    seen, unseen = digits.halves(2)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    models = [DecisionTreeClassifier(ccp_alpha=price, random_state=0) for price in digits.prices(*seen)]
    best = max(models, key=lambda model: cross_val_score(model, *seen, cv=folds).mean())
    forest = RandomForestClassifier(200, random_state=2)
    by_hand = [best.fit(*seen).score(*unseen), forest.fit(*seen).score(*unseen)]
    assert digits.rivals()[2] == pytest.approx(by_hand)


def test_guessing_has_nearly_one_digit_in_ten_right() -> None:
    assert digits.guessing() == pytest.approx(0.1, abs=0.015)
