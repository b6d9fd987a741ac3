"""The kept runs of the libraries: whole, and of one mind with themselves."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from scenes.maths.gradient_boosting import rates, runs

DIGEST = "67f5fffe5e7618b140a0400798b92ad132fc321cea71fc76b5eadc28d265ff97"


def test_the_kept_runs_are_those_that_were_made() -> None:
    assert hashlib.sha256(runs.RUNS.read_bytes()).hexdigest() == DIGEST
    assert set(runs.kept()["versions"]) == {
        "numpy", "scikit-learn", "xgboost", "lightgbm", "optuna", "catboost",
    }  # fmt: skip


def test_the_pruner_stopped_what_was_above_the_median() -> None:
    study = runs.study()
    for number, trial in enumerate(study.trials):
        if number < runs.STARTUP:
            assert not trial.pruned
            continue
        for fold in range(1, len(trial.errors)):
            worse = trial.errors[: fold + 1].min() > study.middle(number, fold)
            assert worse == (trial.pruned and fold == len(trial.errors) - 1)


def test_numbers_of_the_study() -> None:
    study = runs.study()
    assert (len(study.trials), study.pruned, study.fitted) == (60, 32, 207)
    assert study.trials[study.best].errors[-1] == pytest.approx(56.17, abs=0.01)
    assert study.default == pytest.approx(57.92, abs=0.01)
    assert all(len(trial.errors) == runs.FOLDS for trial in study.trials if not trial.pruned)


def test_ordered_boosting_does_not_help_on_these_patients() -> None:
    plain, ordered = runs.plain_and_ordered()
    assert len(plain) == rates.SHUFFLES
    assert (ordered > plain).all()
    assert np.mean(ordered - plain) < 1.5
