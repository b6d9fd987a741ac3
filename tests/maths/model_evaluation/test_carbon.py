"""CO₂: the data, both models and both ways to split, against scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error
from sklearn.neighbors import KNeighborsRegressor

from scenes.maths.model_evaluation import carbon

TABLE = carbon.weeks()


def test_the_weeks_are_those_of_the_package() -> None:
    frame = sm.datasets.co2.load_pandas().data.dropna()
    np.testing.assert_allclose(TABLE.ppm, frame["co2"])
    days = (frame.index - frame.index[0]).days.to_numpy()
    np.testing.assert_allclose((TABLE.years - TABLE.years[0]) * 365.25, days, atol=1e-6)
    assert len(TABLE) == 2225


@pytest.mark.parametrize("ordered", [False, True])
def test_both_models_are_those_of_scikit_learn(ordered: bool) -> None:
    table = TABLE.years[:, None]
    t = TABLE.years - 1958
    turn = 2 * np.pi * t
    waves = np.column_stack([t, t**2, np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn)])
    found: dict[str, list[float]] = {"copy": [], "year": [], "fit": []}
    for learnt, held in carbon.in_time() if ordered else carbon.shuffled():
        near = KNeighborsRegressor(1).fit(table[learnt], TABLE.ppm[learnt]).predict(table[held])
        past = KNeighborsRegressor(1).fit(table[learnt], TABLE.ppm[learnt]).predict(table[held] - 1)
        found["year"].append(mean_absolute_error(TABLE.ppm[held], past))
        line = LinearRegression().fit(waves[learnt], TABLE.ppm[learnt]).predict(waves[held])
        found["copy"].append(mean_absolute_error(TABLE.ppm[held], near))
        found["fit"].append(mean_absolute_error(TABLE.ppm[held], line))
    for name in carbon.MODELS:
        np.testing.assert_allclose(carbon.errors(name, ordered), found[name], atol=0.015)  # ties differ


def test_the_ranking_turns_over() -> None:
    assert carbon.errors("copy", False).mean() < carbon.errors("fit", False).mean()
    assert (carbon.errors("copy", False) < carbon.errors("fit", False)).all()
    assert carbon.errors("fit", True).mean() < carbon.errors("copy", True).mean()
    assert (carbon.errors("fit", True) < carbon.errors("copy", True)).sum() == 18


def test_the_baseline_of_last_year_lies_between() -> None:
    copied, before, fitted = (carbon.errors(name, True) for name in carbon.MODELS)
    assert fitted.mean() < before.mean() < copied.mean()
    assert before.mean() == pytest.approx(1.55, abs=0.01)
    assert (fitted < before).sum() == 16


def test_a_week_ahead_copying_wins_without_a_leak() -> None:
    copied, fitted = carbon.a_week_ahead()
    assert copied < 0.5 * fitted
    first = int(carbon.in_time()[0][1][0])
    found: dict[str, list[float]] = {"copy": [], "fit": []}
    for row in range(first, len(TABLE), 40):
        known = carbon.Weeks(TABLE.years[:row], TABLE.ppm[:row])
        for name, model in (("copy", carbon.copy), ("fit", carbon.fit)):
            found[name].append(
                float(np.abs(model(known, TABLE.years[row : row + 1]) - TABLE.ppm[row]).mean())
            )
    assert np.mean(found["copy"]) == pytest.approx(copied, rel=0.35)
    assert np.mean(found["fit"]) == pytest.approx(fitted, rel=0.35)


def test_training_lies_before_the_test() -> None:
    for learnt, held in carbon.in_time():
        assert learnt.max() < held.min()
        assert len(held) == carbon.WEEKS
    held = np.concatenate([held for _, held in carbon.shuffled()])
    np.testing.assert_array_equal(np.sort(held), np.arange(len(TABLE)))


def test_shuffled_test_weeks_have_neighbours_in_training() -> None:
    """Four in five test weeks have a training week within eight days."""
    learnt, held = carbon.shuffled()[0]
    gap = np.abs(TABLE.years[held][:, None] - TABLE.years[learnt][None]).min(axis=1) * 365.25
    assert np.median(gap) <= 8
