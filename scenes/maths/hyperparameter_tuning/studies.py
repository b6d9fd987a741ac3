"""Studies in which trials report each epoch, and a median pruner stops those that lag.

Source: T. Akiba et al., Optuna, KDD 2019.  The studies (``data/studies.npz``) were run once by
``scripts/tuning_studies.py``; :func:`stops` is the pruner's rule, by which they can be checked without Optuna.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from scenes.maths.hyperparameter_tuning.landscape import DATA, Floats, Ints

STUDIES: Final = 20
TRIALS: Final = 30
EPOCHS: Final = 20
HELD: Final = 540
"""Validation images."""
STARTUP: Final = 5
"""Trials that run before any is pruned."""
WARMUP: Final = 2
"""Epochs that each trial runs before it may be pruned."""


@dataclass(frozen=True, slots=True)
class Studies:
    """``pruned`` and ``full`` (20, 30, 20): right answers of 540 by study, trial and epoch, 0 after a stop;
    ``settings`` (20, 30, 2), powers of ten of learning rate and alpha of the pruned trials; ``versions`` of what ran.
    """

    pruned: Ints
    full: Ints
    settings: Floats
    versions: tuple[str, ...]

    @property
    def epochs(self) -> Ints:
        """Epochs that each pruned study used, (20,)."""
        return np.asarray((self.pruned > 0).sum(axis=(1, 2)))

    @property
    def cut(self) -> Ints:
        """Trials that were pruned, (20,)."""
        return np.asarray((self.pruned[:, :, -1] == 0).sum(axis=1))

    @property
    def best(self) -> Ints:
        """Right answers of the best finished trial of each pruned study, (20,)."""
        return np.asarray(self.pruned[:, :, -1].max(axis=1))

    @property
    def best_full(self) -> Ints:
        """The same of the studies without pruning, (20,)."""
        return np.asarray(self.full[:, :, -1].max(axis=1))

    @property
    def best_fewer(self) -> Ints:
        """The best of as many full trials as the epochs of the pruned study pay for, (20,)."""
        counts = np.rint(self.epochs / EPOCHS).astype(int)
        return np.array([row[:count, -1].max() for row, count in zip(self.full, counts, strict=True)])


def stops(scores: Floats) -> Ints:
    """After how many epochs a median pruner stops each trial (n,), from ``scores`` (n, epochs), NaN where none came.

    A trial is stopped at an epoch after the warm-up at which the best of its scores so far is below the median of the
    scores that earlier trials reported there; the first trials are let be.  Only trials that finished set the median.
    """
    epochs = scores.shape[1]
    found: list[int] = []
    for number, row in enumerate(scores):
        done = [scores[each] for each in range(number) if found[each] == epochs]
        stop = epochs
        if len(done) >= STARTUP:
            for epoch in range(WARMUP, epochs):
                if np.isnan(row[epoch]):
                    break
                if np.max(row[: epoch + 1]) < np.median([each[epoch] for each in done]):
                    stop = epoch + 1
                    break
        found.append(stop)
    return np.array(found)


@cache
def studies() -> Studies:
    """The studies that are kept."""
    with np.load(DATA / "studies.npz") as kept:
        return Studies(
            kept["pruned"].astype(np.int64),
            kept["full"].astype(np.int64),
            kept["settings"],
            tuple(str(each) for each in kept["versions"]),
        )
