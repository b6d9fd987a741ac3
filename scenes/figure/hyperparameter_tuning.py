"""The map of depth and C that visitors search: digits that were read, and others that no search saw."""

from __future__ import annotations

from scenes.maths.hyperparameter_tuning import forest

STARTS = 200
"""Starts over which the searches are compared; a grid has twenty."""


def figure() -> dict[str, object]:
    """``right`` (3, 156): digits of 400 that were read with a ninth, a third and all rows, row by row of ``depths``
    (12,) and ``costs`` (13,), powers of ten of C; ``unseen`` (156,): of 1,397 others; ``hits``: how often each search
    comes near the best."""
    table = forest.forest()
    return {
        "depths": forest.DEPTHS,
        "costs": forest.COSTS,
        "rows": forest.ROWS,
        "others": len(forest.digits()[3]),
        "right": table.right.reshape(len(forest.SHARES), -1),
        "unseen": table.unseen.ravel(),
        "hits": {
            name: round(forest.hits(name, forest.STARTS if name == "grid" else STARTS), 3)
            for name in forest.SEARCHES
        },
    }
