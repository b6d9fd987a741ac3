"""What XGBoost, LightGBM, Optuna and CatBoost compute for the lesson on gradient boosting, run once and kept.

usage: python scripts/boosting_runs.py OUT.json

needs these beside numpy and scikit-learn, and nothing else here does::

    pip install numpy==2.4.6 scikit-learn==1.9.1 xgboost==3.2.0 lightgbm==4.7.0 optuna==5.0.0 catboost==1.2.10

Written are ``versions``; of XGBoost's first tree on one column of the tumours its ``cut``, ``gain`` and ``leaves``; of
a study of 60 trials of LightGBM on the diabetes data the ``trials`` (settings, running error after each fold, and
whether it was pruned) and the error of LightGBM as it comes (``default``); of CatBoost on the same data its ``plain``
and ``ordered`` boosting, the least error of each shuffle.  All errors are root mean squared errors on unseen folds.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.model_selection import KFold

PACKAGES: Final = ("numpy", "scikit-learn", "xgboost", "lightgbm", "optuna", "catboost")
TRIALS: Final = 60
SHUFFLES: Final = 3
TREES: Final = 600


def first_tree() -> dict[str, object]:
    """XGBoost's first stump on worst concave points, λ = 1."""
    import xgboost

    table, benign = load_breast_cancer(return_X_y=True)
    settings = {
        "objective": "binary:logistic", "max_depth": 1, "eta": 1.0, "reg_lambda": 1.0, "tree_method": "exact",
        "base_score": 0.5, "nthread": 1,
    }  # fmt: skip
    tree = xgboost.train(settings, xgboost.DMatrix(table[:, [27]], 1 - benign), 1).trees_to_dataframe()
    leaf = tree["Feature"] == "Leaf"
    return {
        "cut": float(tree.loc[~leaf, "Split"].iloc[0]),
        "gain": float(tree.loc[~leaf, "Gain"].iloc[0]),
        "leaves": [float(each) for each in tree.loc[leaf, "Gain"]],
    }


def study() -> dict[str, object]:
    """Optuna's search: TPE proposes, the median pruner stops."""
    import lightgbm
    import optuna

    table, target = load_diabetes(return_X_y=True)
    folds = list(KFold(5, shuffle=True, random_state=0).split(table))

    def error(fold: tuple[np.ndarray, np.ndarray], **settings: Any) -> float:
        train, rest = fold
        fit = lightgbm.LGBMRegressor(verbose=-1, n_jobs=1, random_state=0, **settings)
        fit.fit(table[train], target[train])
        return float(((target[rest] - fit.predict(table[rest])) ** 2).mean())

    def objective(trial: Any) -> float:
        settings = {
            "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.5, log=True),
            "num_leaves": trial.suggest_int("num_leaves", 2, 31),
            "min_child_samples": trial.suggest_int("min_child_samples", 5, 60),
            "n_estimators": trial.suggest_int("n_estimators", 20, 300, log=True),
        }
        found: list[float] = []
        for number, fold in enumerate(folds):
            found.append(error(fold, **settings))
            trial.report(float(np.sqrt(np.mean(found))), number)
            if trial.should_prune():
                raise optuna.TrialPruned
        return float(np.sqrt(np.mean(found)))

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    search = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=0),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=8, n_warmup_steps=1),
    )
    search.optimize(objective, n_trials=TRIALS)
    trials = [
        {
            "settings": {name: round(value, 6) for name, value in trial.params.items()},
            "errors": [
                round(trial.intermediate_values[fold], 4) for fold in sorted(trial.intermediate_values)
            ],
            "pruned": trial.state.name == "PRUNED",
        }
        for trial in search.trials
    ]
    return {
        "trials": trials,
        "default": round(float(np.sqrt(np.mean([error(fold) for fold in folds]))), 4),
    }


def residuals_in_order() -> dict[str, object]:
    """CatBoost on the diabetes data, plain and ordered, the least error within 600 trees."""
    import catboost

    table, target = load_diabetes(return_X_y=True)
    told: dict[str, object] = {}
    for kind in ("Plain", "Ordered"):
        least = []
        for seed in range(SHUFFLES):
            errors = []
            for train, rest in KFold(5, shuffle=True, random_state=seed).split(table):
                fit = catboost.CatBoostRegressor(
                    iterations=TREES, learning_rate=0.1, depth=2, boosting_type=kind, random_seed=0,
                    thread_count=1, verbose=False, allow_writing_files=False,
                )  # fmt: skip
                fit.fit(table[train], target[train])
                errors.append(
                    [((target[rest] - guess) ** 2).mean() for guess in fit.staged_predict(table[rest])]
                )
            least.append(round(float(np.sqrt(np.mean(errors, axis=0)).min()), 4))
        told[kind.lower()] = least
    return told


def main() -> None:
    """Run all and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    runs = {
        "versions": {package: version(package) for package in PACKAGES},
        "xgboost": first_tree(),
        "study": study(),
        "catboost": residuals_in_order(),
    }
    out.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
