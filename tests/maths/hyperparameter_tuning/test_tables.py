"""The tables that are kept: their digests, and cells that are computed anew."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from scenes.maths.hyperparameter_tuning import forest, halving, honest, landscape, studies

DIGESTS = {
    "forest": "50aa6536de49ccc789886bec1e7b66655495ba04bc7d4364cacb363d03cc6ac6",
    "landscape": "e7453e51a5ec582d3423e1e499cd879c6d779a081bbb77e06fdf70944901510c",
    "race": "2f0ff4a31aa0397b9ea339d955e23d8383b6cf86a80238de693337d5c6373bc3",
    "shuffled": "b48d948bdf44431731a9bb1d7303f6e988cda350fa6aef2e7478cff01e2d2bcd",
    "studies": "8f8a6d91dc11fe30d1ea85d9f46bdb2c561e338260cdd68a6712014955a65109",
    "unseen": "69e1134f1889d06d56dc9e784edd24f89d3778d4bc88ab5867d40124ab4adc14",
}


@pytest.mark.parametrize("name", DIGESTS)
def test_tables_are_those_that_were_computed(name: str) -> None:
    with np.load(landscape.DATA / f"{name}.npz") as kept:
        found = hashlib.sha256()
        for key in sorted(kept.files):
            found.update(f"{key}{kept[key].dtype}{kept[key].shape}".encode() + kept[key].tobytes())
    assert found.hexdigest() == DIGESTS[name]


@pytest.mark.parametrize(("row", "column"), [(0, 5), (48, 4), (60, 2), (80, 8)])
def test_cells_of_the_landscape_are_computed_anew(row: int, column: int) -> None:
    found = landscape.measure(landscape.GAMMAS[row], landscape.COSTS[column])
    assert np.abs(found - landscape.landscape().right[row, column]).max() <= 1


def test_folds_hold_as_many_digits_each() -> None:
    assert landscape.landscape().held * landscape.FOLDS == landscape.ROWS
    assert landscape.landscape().right.max() <= landscape.landscape().held


@pytest.mark.parametrize(("rung", "setting"), [(0, 0), (1, 25), (2, 8), (3, 14)])
def test_scores_of_the_race_are_computed_anew(rung: int, setting: int) -> None:
    found = halving.measure(halving.drawn(0)[setting], halving.BUDGETS[rung]) / halving.VALIDATION
    assert found == pytest.approx(halving.race()[0, rung, setting], abs=0.0021)


def test_a_search_on_shuffled_labels_is_run_anew() -> None:
    images, labels, settings = honest.nothing(3)
    assert labels.sum() == honest.FEW // 2
    assert honest.inner(images, labels, settings, 3) == pytest.approx(honest.shuffled().tried[3], abs=0.02)
    assert honest.nested(images, labels, settings, 3) == pytest.approx(honest.shuffled().outer[3], abs=0.09)


def test_a_winner_meets_unseen_digits_anew() -> None:
    table = honest.unseen()
    assert honest.tuned(4) == pytest.approx((table.chosen[4], table.tuned[4], table.default[4]), abs=0.002)


def test_a_row_of_the_figure_is_computed_anew() -> None:
    right, unseen = forest.measure(3)
    assert np.abs(right - forest.forest().right[:, 2]).max() <= 4
    assert np.abs(unseen - forest.forest().unseen[2]).max() <= 8


def test_trials_stop_where_the_median_rule_has_them_stop() -> None:
    for right in studies.studies().pruned:
        scores = np.where(right > 0, right / studies.HELD, np.nan)
        assert (studies.stops(scores) == (right > 0).sum(axis=1)).all()
    assert studies.studies().versions[1] == "optuna 5.0.0"
