"""The histograms that visitors drag, and the scores that they heat."""

from __future__ import annotations

import numpy as np

from scenes.maths.information_theory import bits, temperature

START: tuple[tuple[float, ...], tuple[float, ...]] = (
    (0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02),
    (0.04, 0.1, 0.16, 0.25, 0.2, 0.12, 0.08, 0.05),
)
"""Of both histograms, p and q, when the page opens."""


def figure() -> dict[str, object]:
    """``start`` (2, 8) and ``hand`` (2, 8): p and q as the page opens, and the lesson's four letters.

    ``logits`` (10,), ``image`` (8, 8) from 0 to 1 and ``kind`` of the digit of which the lesson's classifier is least
    sure.
    """
    doubt = temperature.most_doubtful()
    hand = np.array([[*each, 0.0, 0.0, 0.0, 0.0] for each in (bits.P, bits.Q)])
    return {
        "start": np.array(START),
        "hand": hand,
        "logits": doubt.logits.round(4),
        "image": doubt.image,
        "kind": doubt.kind,
    }
