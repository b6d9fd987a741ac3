"""The Optuna studies that the lesson on tuning shows, computed once: ``python -m scripts.tuning_studies``.

Needs optuna beside the project's packages (``pip install optuna==5.0.0``), which nothing else here does.  Written is
``studies.npz`` beside the mathematics that reads it: ``pruned`` and ``full`` (20, 30, 20), right answers of 540 by
study, trial and epoch, 0 after a trial was stopped; ``settings`` (20, 30, 2), powers of ten of learning rate and alpha
of the trials that may be pruned; and ``versions``, what computed them.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import platform
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split

from scenes.maths.hyperparameter_tuning import studies
from scenes.maths.hyperparameter_tuning.landscape import DATA


def study(seed: int, prunes: bool) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Right answers (30, 20) by trial and epoch, and settings (30, 2)."""
    import optuna  # type: ignore[import-not-found, unused-ignore]

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    images, labels = load_digits(return_X_y=True)
    seen, held, own, asked = train_test_split(
        images / 16, labels, test_size=studies.HELD, random_state=0, stratify=labels
    )
    right = np.zeros((studies.TRIALS, studies.EPOCHS), dtype=np.int64)
    settings = np.zeros((studies.TRIALS, 2))

    def objective(trial: Any) -> float:
        rate = trial.suggest_float("eta0", 1e-5, 1, log=True)
        alpha = trial.suggest_float("alpha", 1e-6, 1e-1, log=True)
        settings[trial.number] = np.log10([rate, alpha])
        model = SGDClassifier(
            loss="log_loss", learning_rate="constant", eta0=rate, alpha=alpha, random_state=0
        )
        for epoch in range(studies.EPOCHS):
            model.partial_fit(seen, own, classes=np.arange(10))
            right[trial.number, epoch] = (model.predict(held) == asked).sum()
            trial.report(right[trial.number, epoch] / len(asked), epoch)
            if prunes and trial.should_prune():
                raise optuna.TrialPruned
        return float(right[trial.number, -1] / len(asked))

    pruner = (
        optuna.pruners.MedianPruner(n_startup_trials=studies.STARTUP, n_warmup_steps=studies.WARMUP)
        if prunes
        else optuna.pruners.NopPruner()
    )
    optuna.create_study(
        direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed), pruner=pruner
    ).optimize(objective, n_trials=studies.TRIALS)
    return right, settings


def main() -> None:
    """Run all studies and write them."""
    pruned = [study(seed, True) for seed in range(studies.STUDIES)]
    full = [study(seed, False)[0] for seed in range(studies.STUDIES)]
    names = ("optuna", "scikit-learn", "numpy", "scipy")
    np.savez_compressed(
        DATA / "studies.npz",
        pruned=np.array([right for right, _ in pruned], dtype=np.uint16),
        full=np.array(full, dtype=np.uint16),
        settings=np.array([settings for _, settings in pruned]),
        versions=np.array(
            [f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)]
        ),
    )


if __name__ == "__main__":
    main()
