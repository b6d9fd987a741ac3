"""Bagged trees and a forest, against scikit-learn's own ensembles."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.ensembles import forest


def test_votes_are_as_right_as_scikit_learns() -> None:
    table, kinds = forest.digits()
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    bagged = BaggingClassifier(DecisionTreeClassifier(), 50, random_state=0)
    wood = RandomForestClassifier(50, random_state=0)
    for kind, model in (("bagged", bagged), ("forest", wood)):
        theirs = cross_val_score(model, table, kinds, cv=folds).mean()
        assert (forest.vote("bagged") if kind == "bagged" else forest.vote("forest")).vote == pytest.approx(
            theirs, abs=0.012
        )


def test_worse_trees_make_a_better_vote() -> None:
    bagged, wood = forest.vote("bagged"), forest.vote("forest")
    assert wood.one < bagged.one and wood.vote > bagged.vote
    assert wood.correlation < bagged.correlation


def test_out_of_bag_is_near_the_folds() -> None:
    for found in (forest.vote("bagged"), forest.vote("forest")):
        assert found.out_of_bag == pytest.approx(found.vote, abs=0.01)
        assert np.corrcoef(found.marks.astype(float))[0, 1] > 0
