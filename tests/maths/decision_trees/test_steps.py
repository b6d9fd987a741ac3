"""Regression trees against brute force and the library."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeRegressor
from statsmodels.datasets import co2

from scenes.maths.decision_trees import steps


def test_four_numbers_by_hand() -> None:
    assert steps.squared_error(steps.NUMBERS) == 53
    assert steps.best_division(steps.NUMBERS) == 2
    parted = steps.divide(steps.NUMBERS, 2)
    assert parted.means.tolist() == [3, 10] and parted.error == 4


def test_the_best_division_is_that_of_a_stump() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        numbers = np.round(rng.normal(size=12).cumsum(), 3)
        stump = DecisionTreeRegressor(max_depth=1).fit(np.arange(12.0)[:, None], numbers)
        at = steps.best_division(numbers)
        assert stump.tree_.threshold[0] == at - 0.5
        assert steps.divide(numbers, at).error == pytest.approx(
            12 * np.mean((stump.predict(np.arange(12.0)[:, None]) - numbers) ** 2)
        )


def test_the_record_is_of_yearly_means() -> None:
    data = steps.record()
    assert data.year[[0, -1]].tolist() == [1959, 2001] and (np.diff(data.year) == 1).all()
    weeks = co2.load_pandas().data.co2
    assert weeks[weeks.index.year == 2001].notna().all()
    assert data.level[-1] == pytest.approx(weeks[weeks.index.year == 2001].mean())
    assert data.learnt.sum() == 32
    # As NOAA has the yearly means, of months whose gaps are filled: 318.99 in 1963 and 319.62 in 1964.
    assert data.level[data.year == 1963] == pytest.approx(318.99, abs=0.3)
    assert data.level[data.year == 1964] == pytest.approx(319.62, abs=0.3)
    assert (np.diff(data.level) > 0).all()


def test_a_staircase_answers_as_the_library() -> None:
    data = steps.record()
    year, level = data.year[data.learnt], data.level[data.learnt]
    for leaves in (2, 5, 8):
        stair = steps.staircase(year, level, leaves)
        model = DecisionTreeRegressor(max_leaf_nodes=leaves, random_state=0).fit(year[:, None], level)
        assert len(stair.means) == leaves == len(stair.edges) + 1
        assert stair.answer(data.year) == pytest.approx(model.predict(data.year[:, None]))
        for number, mean in enumerate(stair.means):
            inside = np.searchsorted(stair.edges, year) == number
            assert mean == pytest.approx(level[inside].mean())


def test_no_answer_lies_beyond_what_was_learnt() -> None:
    data = steps.record()
    said = steps.look_ahead(data)
    assert max(said.tree.max(), said.forest.max()) <= data.level[data.learnt].max()
    assert said.forest.min() >= data.level[data.learnt].min()
    line = LinearRegression().fit(data.year[data.learnt][:, None], data.level[data.learnt])
    assert said.line == pytest.approx(line.predict(data.year[:, None]))
