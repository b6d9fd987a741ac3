"""Measure anew what one-vs-rest and one-vs-one cost to train: ``python -m scripts.multiclass_times``.

Ten digits, SVM with RBF kernel, one thread, CPU seconds, the best of five.
"""

from __future__ import annotations

import csv
import time

from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.svm import SVC

from scenes.maths.multiclass import cost

ROWS = (900, 1800, 3600, 7200)
TAKES = 5


def main() -> None:
    """Write ``times.csv`` beside the mathematics that reads it."""
    images, labels = cost.shifted()
    with cost.TIMES.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["rows", "one_vs_rest_seconds", "one_vs_one_seconds"])
        for rows in ROWS:
            best = []
            for scheme in (OneVsRestClassifier, OneVsOneClassifier):
                takes = []
                for _ in range(TAKES):
                    begin = time.process_time()
                    scheme(SVC(gamma=cost.GAMMA)).fit(images[:rows], labels[:rows])
                    takes.append(time.process_time() - begin)
                best.append(f"{min(takes):.3f}")
            table.writerow([rows, *best])


if __name__ == "__main__":
    main()
