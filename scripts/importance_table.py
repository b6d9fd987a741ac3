"""Compute anew what importance rules pay on twenty splits, and scores of chosen columns (about six minutes).

``python -m scripts.importance_table`` writes both tables beside the mathematics that reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from scenes.maths.feature_importance import selected, twenty


def main() -> None:
    """Write both tables."""
    told = list(twenty.rows())
    write(twenty.KEPT, list(told[0]), ([f"{each[name]:.6g}" for name in told[0]] for each in told))
    scores = (selected.fold(number) for number in range(selected.FOLDS))
    write(
        selected.KEPT,
        [f"{size} kept" for size in selected.SIZES],
        ([f"{v:.6g}" for v in row] for row in scores),
    )


def write(file: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of text with a line of names."""
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(names)
        lines.writerows(rows)


if __name__ == "__main__":
    main()
