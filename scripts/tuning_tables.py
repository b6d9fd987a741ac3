"""Compute anew the tables of the lesson on hyperparameter tuning: ``python -m scripts.tuning_tables [NAME ...]``.

Names are landscape, race, shuffled, unseen and forest; all by default.  One thread; some 25 minutes in all.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.maths.hyperparameter_tuning import forest, halving, honest, landscape

Tables = dict[str, npt.NDArray[np.generic]]


def of_landscape() -> Tables:
    """Right answers by gamma, C and fold."""
    right = [[landscape.measure(gamma, cost) for cost in landscape.COSTS] for gamma in landscape.GAMMAS]
    return {"right": np.array(right, dtype=np.uint8)}


def of_race() -> Tables:
    """Right answers by draw, budget and setting."""
    right = [
        [[halving.measure(each, budget) for each in halving.drawn(seed)] for budget in halving.BUDGETS]
        for seed in range(halving.DRAWS)
    ]
    return {"right": np.array(right, dtype=np.uint16)}


def of_shuffled() -> Tables:
    """Scores of searches whose labels mean nothing."""
    tried, outer = [], []
    for seed in range(honest.REPEATS):
        images, labels, settings = honest.nothing(seed)
        tried.append(honest.inner(images, labels, settings, seed))
        outer.append(honest.nested(images, labels, settings, seed))
    return {"tried": np.array(tried), "outer": np.array(outer)}


def of_unseen() -> Tables:
    """Scores of winners on digits that no search saw."""
    chosen, tuned, default = np.array([honest.tuned(seed) for seed in range(honest.SPLITS)]).T
    return {"chosen": chosen, "tuned": tuned, "default": default}


def of_forest() -> Tables:
    """Right answers of the figure's models, by share of rows, depth and C."""
    found = [forest.measure(int(depth)) for depth in forest.DEPTHS]
    return {
        "right": np.stack([right for right, _ in found], axis=1).astype(np.uint16),
        "unseen": np.array([away for _, away in found], dtype=np.uint16),
    }


TABLES: Final[Mapping[str, Callable[[], Tables]]] = {
    "landscape": of_landscape,
    "race": of_race,
    "shuffled": of_shuffled,
    "unseen": of_unseen,
    "forest": of_forest,
}


def main() -> None:
    """Compute what is asked for, and write it beside the mathematics that reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TABLES, []], default=[])
    names: list[str] = parser.parse_args().names or list(TABLES)
    for name in names:
        tables: dict[str, Any] = TABLES[name]()
        np.savez_compressed(landscape.DATA / f"{name}.npz", **tables)


if __name__ == "__main__":
    main()
