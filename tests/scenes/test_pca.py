"""The lesson on PCA: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.maths.pca import axes, digit, maps, stripes
from scenes.maths.pca.axes import Components
from scenes.maths.shared.flower import Measure, irises
from scenes.maths.shared.wine import wines
from scenes.pca import inputs
from tests.scenes.harness.table import Claims, Figures, Waivers


def hand() -> Components:
    return axes.components(axes.FIVE)


def flowers() -> Components:
    return axes.components(irises((Measure.SEPAL_LENGTH, Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points)


def drawn() -> stripes.Found:
    return stripes.found(0)


FIGURES: Figures = {
    "most_pixels_repeat": {
        "sixty-four": lambda: digit.values().shape[1],
        "ten pixels": lambda: len(digit.widest(digit.values(), digit.FEW)),
    },
    "five_points_one_table": {
        "Sixty-four": lambda: digit.values().shape[1],
        "five points": lambda: len(axes.FIVE),
        "five deviations": lambda: len(axes.FIVE),
        "leave four": lambda: len(axes.FIVE) - 1,
        "Two and a half": lambda: axes.covariance(axes.FIVE)[0, 0],
        "eight": lambda: np.prod(axes.centred(axes.FIVE), axis=1).sum(),
        "over four": lambda: len(axes.FIVE) - 1,
    },
    "two_directions_stay": {
        "five points": lambda: len(axes.FIVE),
        "four and a half": lambda: hand().variances[0],
        "half as long": lambda: hand().variances[1],
        "hundred and fifty": lambda: len(irises((Measure.PETAL_LENGTH,)).points),
    },
    "shadow_and_drop": {
        "five": lambda: float((axes.centred(axes.FIVE)[4] ** 2).sum()),
        "The four": lambda: int((np.abs(axes.centred(axes.FIVE)).sum(axis=1) > 0).sum()),
    },
    "turn_then_fall": {
        "three numbers": lambda: len(flowers().mean),
        "ninety-nine": lambda: 100 * flowers().cumulative[1],
        "ninety-six": lambda: 100 * flowers().cumulative[0],
    },
    "ten_show_it": {
        "Ten numbers": lambda: digit.fit().scores(digit.values(), digit.FEW).shape[1],
        "see a three": lambda: digit.kinds()[digit.THREE],
        "seventy-four": lambda: 100 * digit.fit().cumulative[digit.FEW - 1],
        "fifty-five": lambda: 100 * digit.kept_by_pixels(regress=True),
        "sixteen": lambda: 100 * float(digit.kept_by_chance().mean()),
        "ninety-five": lambda: np.floor(100 * digit.fit().cumulative[digit.fit().enough(0.95) - 1]),
        "twenty-nine": lambda: digit.fit().enough(0.95),
    },
    "smaller_input": {
        "sixty-three": lambda: 100 * float(digit.accuracy(2).mean()),
        "twenty": lambda: digit.nearly_as_good(inputs.TRIED),
        "ninety-seven": lambda: 100 * drawn().share,
    },
    "units_decide": {
        "hundred and seventy-eight": lambda: len(wines().measures),
        "thirteen": lambda: wines().measures.shape[1],
        "eight of them": lambda: sum(name in inputs.SHOWN for name in wines().names),
    },
    "shadows_cannot_unroll": {
        "28.5": lambda: 100 * digit.fit().cumulative[1],
        "three neighbours": lambda: len(maps.HAND),
        "and three": lambda: maps.HAND[2],
        "here, two": lambda: maps.perplexity(maps.neighbour_shares(maps.HAND)),
        "ten nearest": lambda: maps.nearest(maps.placed("pca")).shape[1],
        "a half": lambda: maps.by_chance(),
        "0.83": lambda: maps.truth("pca"),
        "0.99": lambda: maps.truth("tsne"),
    },
    "what_the_map_says": {
        "forty-five": lambda: len(maps.ratios("pca")),
        "Ten show": lambda: digit.fit().scores(digit.values(), digit.FEW).shape[1],
        "five": lambda: maps.settings()[1],
        "twenty-nine": lambda: digit.fit().enough(0.95),
    },
}

CLAIMS: Claims = {}

WAIVERS: Waivers = {}
