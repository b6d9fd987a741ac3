"""Successive Halving: many settings on few rows, the best third goes on with three times as many.

Sources: K. Jamieson and A. Talwalkar, AISTATS 2016; L. Li et al., JMLR 18 (2018).  The scores (``data/race.npz``)
were computed once by ``scripts/tuning_tables.py``, all settings at all budgets, so that losers can be followed too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Final

import numpy as np
from scipy.stats import rankdata
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from scenes.maths.hyperparameter_tuning.landscape import COSTS, DATA, EPSILON, GAMMAS, Floats, Ints, machine

SETTINGS: Final = 27
ETA: Final = 3
"""By how much the field shrinks and the budget grows at each rung."""
LEAST: Final = 48
"""Rows of the first rung."""
VALIDATION: Final = 500
DRAWS: Final = 20


@dataclass(frozen=True, slots=True)
class Rung:
    """``settings`` that start on it and the ``budget`` of each, in rows."""

    settings: int
    budget: int

    @property
    def cost(self) -> int:
        """Rows of all settings together."""
        return self.settings * self.budget


def rungs(settings: int = SETTINGS, least: int = LEAST, eta: int = ETA) -> tuple[Rung, ...]:
    """The ladder from ``settings`` down to one: n / ηʳ settings with b ηʳ rows each.

    Raises ``ValueError`` unless ``settings`` is a power of ``eta``.
    """
    found, left, budget = [], settings, least
    while left > 1:
        if left % eta:
            raise ValueError(f"{settings} settings cannot be cut to a {eta}th at each rung")
        found.append(Rung(left, budget))
        left, budget = left // eta, budget * eta
    return (*found, Rung(left, budget))


BUDGETS: Final = tuple(rung.budget for rung in rungs())


def brackets(
    settings: int = SETTINGS, most: int = BUDGETS[-1], eta: int = ETA
) -> tuple[tuple[Rung, ...], ...]:
    """Hyperband: from many settings that start on few rows to few that start on all.

    Of s cuts, from as many as ``settings`` allow down to none, each bracket starts ⌈(s_max + 1) / (s + 1) · ηˢ⌉
    settings.  Source: L. Li et al., Hyperband (2018), algorithm 1.
    """
    cuts = round(np.log(settings) / np.log(eta))
    found = []
    for left in range(cuts, -1, -1):
        start = -(-(cuts + 1) * eta**left // (left + 1))
        found.append(tuple(Rung(start // eta**cut, most // eta ** (left - cut)) for cut in range(left + 1)))
    return tuple(found)


def drawn(seed: int, count: int = SETTINGS) -> Floats:
    """Settings (count, 2) drawn log-uniformly, powers of ten of gamma and C."""
    random = np.random.default_rng(seed)
    pairs = [
        (random.uniform(COSTS[0], COSTS[-1]), random.uniform(GAMMAS[0], GAMMAS[-1])) for _ in range(count)
    ]
    return np.array(pairs)[:, ::-1]


def split() -> tuple[Floats, Floats, Ints, Ints]:
    """Pictures of 1,297 digits to learn from and of 500 others, then the names of both."""
    images, labels = load_digits(return_X_y=True)
    return tuple(train_test_split(images, labels, test_size=VALIDATION, random_state=0, stratify=labels))


def first_digits(count: int = LEAST) -> Floats:
    """Pictures (count, 64), 0 to 16, of the digits that all settings of the first rung learn from."""
    return split()[0][:count]


def measure(setting: Floats, budget: int) -> int:
    """How many of 500 unseen digits a machine with this ``setting`` (2,) reads after ``budget`` rows."""
    seen, held, own, asked = split()
    fit = machine(float(setting[0]), float(setting[1])).fit(seen[:budget], own[:budget])
    return int((fit.predict(held) == asked).sum())


@cache
def race() -> Floats:
    """Accuracy (20, 4, 27) on validation digits, by draw, budget and setting."""
    with np.load(DATA / "race.npz") as kept:
        return np.asarray(kept["right"] / VALIDATION)


def survivors(scores: Floats, eta: int = ETA) -> tuple[Ints, ...]:
    """Which settings start on each rung, best first, for ``scores`` (rungs, settings); of equals the first goes on."""
    alive = np.arange(scores.shape[1])
    found = [alive]
    for row in scores[:-1]:
        order = np.argsort(-row[alive], kind="stable")
        alive = alive[order[: len(alive) // eta]]
        found.append(alive)
    return tuple(found)


def winner(scores: Floats) -> int:
    """The one setting on the last rung."""
    return int(survivors(scores)[-1][0])


def ranks(scores: Floats) -> tuple[Ints, Ints]:
    """Places (n,), from 1, after the first and after the last budget, of ``scores`` (rungs, n); of equals the first."""
    early, late = (rankdata(-row, "ordinal").astype(int) for row in (scores[0], scores[-1]))
    return early, late


def rank(scores: Floats) -> int:
    """Place of the winner, from 1, among all settings with the full budget."""
    full = scores[-1]
    return int((full > full[winner(scores)] + EPSILON).sum()) + 1


def best_of(full: Floats, count: int) -> float:
    """Mean of the best of ``count`` settings that are drawn from ``full`` (n,) without replacement; exact."""
    ordered = np.sort(full)
    ways = [comb(place, count - 1) for place in range(len(full))]
    return float(np.dot(ordered, ways) / comb(len(full), count))
