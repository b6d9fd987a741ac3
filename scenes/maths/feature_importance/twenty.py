"""What each rule pays each column on twenty splits: kept, since it takes minutes; and how such a table is made.

Made by ``scripts/importance_table.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from scenes.maths.feature_importance import permuted, shapley
from scenes.maths.feature_importance.patients import (
    COIN,
    MASS,
    NAMES,
    SPLITS,
    TICKET,
    Floats,
    Split,
    explained,
    grown,
    split,
    twinned,
)

KEPT: Final = Path(__file__).parent / "twenty.csv"
RULES: Final = ("impurity", "permutation", "drop", "shap")
TWIN: Final = len(NAMES)
"""Number of the twin's column."""


def row(seed: int) -> dict[str, float]:
    """All figures of one split, by name: the score, what each rule pays each column, and the same with a twin.

    ``permutation seen …`` is on the rows that the forest was fitted to.  A forest's MDI is scikit-learn's
    ``feature_importances_``.
    """
    parts = split(seed)
    forest, rng = grown(parts), np.random.default_rng(seed)
    score = explained(parts.held_y, forest.predict(parts.held))
    told = {"score": score}
    told |= {f"impurity {n}": float(v) for n, v in zip(NAMES, forest.feature_importances_, strict=True)}

    def loss(rows: Floats, truth: Floats, columns: tuple[int, ...], repeats: int) -> float:
        return float(permuted.losses(forest.predict, rows, truth, columns, repeats, rng).mean())

    for number, name in enumerate(NAMES):
        told[f"permutation {name}"] = loss(parts.held, parts.held_y, (number,), permuted.REPEATS)
    for number in (TICKET, COIN):
        told[f"permutation seen {NAMES[number]}"] = loss(
            parts.seen, parts.seen_y, (number,), permuted.SEEN_REPEATS
        )
    for number, name in enumerate(NAMES):
        told[f"drop {name}"] = permuted.dropped(parts, (number,), score)
    means = shapley.of_split(seed).mean_absolute
    told |= {f"shap {n}": float(v) for n, v in zip(NAMES, means, strict=True)}
    return told | _twins(twinned(parts), rng, seed)


def _twins(parts: Split, rng: np.random.Generator, seed: int) -> dict[str, float]:
    forest = grown(parts)
    score = explained(parts.held_y, forest.predict(parts.held))
    told = {"twin score": score}
    for name, columns in (("one", (MASS,)), ("other", (TWIN,)), ("both", (MASS, TWIN))):
        told[f"twin impurity {name}"] = float(forest.feature_importances_[list(columns)].sum())
        told[f"twin permutation {name}"] = float(
            permuted.losses(forest.predict, parts.held, parts.held_y, columns, permuted.REPEATS, rng).mean()
        )
        told[f"twin drop {name}"] = permuted.dropped(parts, columns, score)
    means = shapley.of_split(seed, twin=True).mean_absolute
    told["twin shap one"], told["twin shap other"] = float(means[MASS]), float(means[TWIN])
    return told


def rows() -> Iterator[dict[str, float]]:
    """One of :func:`row` a split."""
    for seed in range(SPLITS):
        yield row(seed)


@cache
def kept() -> dict[str, Floats]:
    """The kept figures, (20,) each, by name."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    return {name: np.array([float(each[name]) for each in read]) for name in read[0]}


def paid(rule: str) -> Floats:
    """(20, 12): what a rule of :data:`RULES` pays each column on each split.  ``KeyError`` for another rule."""
    return np.column_stack([kept()[f"{rule} {name}"] for name in NAMES])


def twin(rule: str) -> Floats:
    """(20, 2): what it pays body mass and its twin where both are there."""
    return np.column_stack([kept()[f"twin {rule} {name}"] for name in ("one", "other")])


def below_ticket(rule: str) -> Floats:
    """(20,): how many of the ten measured columns are paid less than the ticket."""
    table = paid(rule)
    return np.asarray((table[:, :TICKET] < table[:, [TICKET]]).sum(axis=1), dtype=float)
