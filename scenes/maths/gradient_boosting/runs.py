"""What the libraries themselves computed: kept in ``runs.json``, made by ``scripts/boosting_runs.py``.

Sources: T. Akiba et al., Optuna: a next-generation hyperparameter optimization framework, KDD 2019; L. Prokhorenkova
et al., CatBoost: unbiased boosting with categorical features, NeurIPS 2018.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from scenes.maths.gradient_boosting.stairs import Floats

RUNS: Final = Path(__file__).parent / "runs.json"
STARTUP: Final = 8
"""Trials of the study that no pruner may stop."""
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial's ``settings``, its running ``errors`` after each fold that was fitted, and whether it was ``pruned``."""

    settings: Mapping[str, float]
    errors: Floats
    pruned: bool


@dataclass(frozen=True, slots=True)
class Study:
    """60 ``trials``, and the error of LightGBM with its own settings, ``default``."""

    trials: tuple[Trial, ...]
    default: float

    @property
    def best(self) -> int:
        """Number of the trial with the least error over all folds."""
        ends = [np.inf if trial.pruned else trial.errors[-1] for trial in self.trials]
        return int(np.argmin(ends))

    @property
    def pruned(self) -> int:
        """How many were stopped."""
        return sum(trial.pruned for trial in self.trials)

    @property
    def fitted(self) -> int:
        """Folds that were fitted in all."""
        return sum(len(trial.errors) for trial in self.trials)

    def middle(self, number: int, fold: int) -> float:
        """Median of the running errors after ``fold`` (from 0) of the trials before ``number`` that were not pruned.

        That is what the median pruner asks: it looks at trials that were completed.
        """
        before = [trial.errors[fold] for trial in self.trials[:number] if not trial.pruned]
        return float(np.median(before))


@dataclass(frozen=True, slots=True)
class FirstTree:
    """XGBoost's first stump of the tumours: ``cut``, ``gain`` as it prints it, and ``leaves`` (2,)."""

    cut: float
    gain: float
    leaves: Floats


@cache
def kept() -> Mapping[str, Any]:
    """All that the file holds."""
    found: Mapping[str, Any] = json.loads(RUNS.read_text(encoding="utf-8"))
    return found


def first_tree() -> FirstTree:
    """XGBoost's."""
    told = kept()["xgboost"]
    return FirstTree(told["cut"], told["gain"], np.array(told["leaves"]))


def study() -> Study:
    """Optuna's, of LightGBM on the patients."""
    told = kept()["study"]
    trials = tuple(
        Trial(each["settings"], np.array(each["errors"]), each["pruned"]) for each in told["trials"]
    )
    return Study(trials, told["default"])


def plain_and_ordered() -> tuple[Floats, Floats]:
    """(3,) each: CatBoost's least error on the patients, plain and ordered, for each of three shuffles."""
    told = kept()["catboost"]
    return np.array(told["plain"]), np.array(told["ordered"])
