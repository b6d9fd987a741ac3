"""The maps of the digits that the lesson on PCA shows, computed once: they take minutes, and differ between machines.

usage: python scripts/digit_maps.py OUT.npz

needs umap-learn beside the project's packages (``pip install umap-learn==0.5.12``), which nothing else here does.
Written are, as arrays of float32: ``tsne`` (1797, 2), t-SNE with perplexity 30 from the first two scores; ``steps``
(s, 1797, 2), the same on its way, and ``at`` (s,), after how many iterations; ``low`` (1797, 2), the same with
perplexity 5; ``umap`` (1797, 2), UMAP with 15 neighbours.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE, _t_sne

EVERY: Final = 25
"""Iterations between two steps that are kept."""
LAST: Final = 500
"""Iterations after which no step is kept."""


def watched(table: np.ndarray, perplexity: float) -> tuple[np.ndarray, np.ndarray]:
    """The map (n, 2) of ``table`` (n, d), and where its points are at each iteration (iterations, n, 2)."""
    seen: list[np.ndarray] = []
    real: Callable[..., Any] = _t_sne._kl_divergence_bh

    def watch(params: np.ndarray, *rest: Any, **named: Any) -> Any:
        seen.append(params.reshape(-1, 2).copy())
        return real(params, *rest, **named)

    _t_sne._kl_divergence_bh = watch
    try:
        placed = TSNE(2, perplexity=perplexity, init="pca", random_state=0).fit_transform(table)
    finally:
        _t_sne._kl_divergence_bh = real
    return placed, np.array(seen)


def main() -> None:
    """Compute all maps and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    from umap import UMAP

    table = load_digits().data
    placed, way = watched(table, 30.0)
    at = np.arange(0, min(LAST, len(way) - 1) + 1, EVERY)
    maps = {
        "tsne": placed,
        "steps": way[at],
        "low": watched(table, 5.0)[0],
        "umap": UMAP(n_neighbors=15, random_state=0).fit_transform(table),
    }
    np.savez_compressed(out, at=at, **{name: each.astype(np.float32) for name, each in maps.items()})


if __name__ == "__main__":
    main()
