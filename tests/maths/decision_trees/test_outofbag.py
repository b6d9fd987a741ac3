"""Out-of-bag error as trees are added, against the library's."""

from __future__ import annotations

import pytest
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier

from scenes.maths.decision_trees import outofbag


def test_the_error_of_all_trees_is_near_the_librarys() -> None:
    found = outofbag.curves((20, 60), 1)
    pixels, digit = load_digits(return_X_y=True)
    model = RandomForestClassifier(60, oob_score=True, random_state=0).fit(pixels, digit)
    assert found[0, 1] == pytest.approx(
        1 - model.oob_score_, abs=0.01
    )  # the library averages shares of votes
    assert found[0, 1] < found[0, 0]
