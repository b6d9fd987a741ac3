"""The lesson gradient-boosting: what computes its figures, and what holds its claims."""

from __future__ import annotations

from scenes.maths.shared.flower import Measure, irises
from tests.scenes.harness.table import Claims, Figures, Waivers

FIGURES: Figures = {
    "walk_to_the_middle": {
        "hundred and fifty": lambda: len(irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points),
    },
}

CLAIMS: Claims = {
    "walk_to_the_middle": {
        "Every step goes downhill": "test_the_way_falls_and_ends_at_the_mean",
    },
}

WAIVERS: Waivers = {}
