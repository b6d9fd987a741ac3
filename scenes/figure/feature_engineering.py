"""Five values under three scalings, and what noise scores, its columns chosen with or without the held-out labels."""

from __future__ import annotations

import numpy as np

from scenes.maths.feature_engineering import noise, scales


def figure() -> dict[str, object]:
    """``values`` (4,), the values beside the outlier; of the noise ``widths`` (5,), numbers of columns to choose from,
    ``kept``, columns that are chosen, and ``outside`` and ``inside`` (5, 20), accuracies by width and shuffle, the
    columns chosen on all rows and on the training folds."""
    scores = noise.by_width().round(4)
    return {
        "values": np.array(scales.HAND[:-1]),
        "widths": np.array(noise.WIDTHS),
        "kept": noise.KEPT,
        "outside": scores[:, :, 0],
        "inside": scores[:, :, 1],
    }
