"""The lesson feature-engineering: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.maths.feature_engineering import bends, categories, holes, noise, pipe, scales, target
from scenes.maths.shared.wine import wines
from tests.scenes.harness.table import Claims, Figures, Waivers

HAND_SHOP, HAND_LABEL, HAND_FOLD = target.hand()
ERRORS = holes.curves()[0].mean(axis=0)


def score(inside: int) -> float:
    """Mean accuracy in percent of twenty seeds, chosen on all rows or inside the folds."""
    return float(100 * noise.scores().mean(axis=0)[inside])


def codes() -> list[float]:
    """Codes out of fold by hand."""
    return [float(each) for each in target.out_of_fold(HAND_SHOP, HAND_LABEL, HAND_FOLD)]


def middle() -> float:
    """Share of the values of a column between its quartiles."""
    column = holes.tumours()[:, 0]
    low, high = np.percentile(column, [25, 75])
    return float(np.round(((column >= low) & (column <= high)).mean(), 2))


FIGURES: Figures = {
    "noise_scores": {
        "five thousand": lambda: noise.table().shape[1],
        "ninety-three": lambda: score(0),
        "four": lambda: noise.splitter(0).get_n_splits() - 1,
        "fifth": lambda: noise.splitter(0).get_n_splits(),
        "half": lambda: noise.labels().mean(),
        "twenty": lambda: len(noise.chosen(noise.table(), noise.labels())),
    },
    "the_answers_leaked": {
        "four": lambda: noise.coins().shape[0],
        "sixteen": lambda: noise.coins().shape[1],
        "three": lambda: noise.coins().shape[0] - 1,
        "twenty": lambda: len(noise.scores()),
        "ninety-three": lambda: score(0),
        "fifty": lambda: score(1),
    },
    "fit_and_transform": {
        "four": lambda: len(holes.training()),
        "35": lambda: holes.training().mean(),
        "47": lambda: holes.training(leaked=True).mean(),
    },
    "a_filled_hole_is_a_guess": {
        "100": lambda: holes.beside().max(),
        "50": lambda: holes.beside().mean(),
        "four": lambda: holes.tumours().shape[1],
        "a quarter": lambda: np.round(holes.mask().mean(), 2),
        "0.72": lambda: holes.correlation(holes.rounds_of()[0]),
    },
    "the_columns_fill_each_other": {
        "three whole": lambda: (np.ptp(holes.hand_turns(), axis=0) == 0).all(axis=1).sum(),
        "all five": lambda: len(holes.hand_turns()[0]),
        "8": lambda: holes.hand_turns(60)[-1][3, 1],
        "and 5": lambda: holes.hand_turns(60)[-1][4, 0],
        "four columns": lambda: holes.tumours().shape[1],
        "other three": lambda: holes.tumours().shape[1] - 1,
        "less than half": lambda: ERRORS[1] / ERRORS[0],
        "0.41": lambda: ERRORS[2],
    },
    "words_are_not_numbers": {
        "twice": lambda: np.divide(*categories.distances(np.arange(3.0)[:, None])[0, [2, 1]]),
        "nine": lambda: 100 * categories.r_squared("alphabetical"),
        "47": lambda: 100 * categories.r_squared("calendar"),
        "74": lambda: 100 * categories.r_squared("one-hot"),
        "73": lambda: 100 * categories.r_squared("cyclic"),
    },
    "the_mean_that_knows": {
        "Three categories": lambda: pipe.birds().species.nunique(),
        "three columns": lambda: pipe.birds().species.nunique(),
        "hundred and fifty": lambda: target.useless().shop.max() + 1,
        "three of": lambda: HAND_LABEL[HAND_SHOP == 0].sum(),
        "of four": lambda: (HAND_SHOP == 0).sum(),
        "three quarters": lambda: target.means(HAND_SHOP, HAND_LABEL, 2)[0][0],
        "80": lambda: 100 * target.runs().naive_train.mean(),
        "59": lambda: 100 * target.runs().naive_new.mean(),
    },
    "count_from_the_other_folds": {
        "one half": lambda: codes()[2],
        "65": lambda: 100 * target.useful_runs().mean(axis=0)[0],
        "72": lambda: 100 * target.useful_runs().mean(axis=0)[1],
    },
    "one_outlier_three_rulers": {
        "three growers": lambda: len(np.unique(wines().cultivar)),
        "Five nearest": lambda: scales.neighbours().n_neighbors,
        "70": lambda: 100 * scales.wine_scores().mean(axis=0)[0],
        "96": lambda: 100 * scales.wine_scores().mean(axis=0)[1],
        "three usual": lambda: len(
            {scales.centre_and_width(scales.by_hand(), rule) for rule in scales.RULES}
        ),
        "middle half": middle,
        "five values": lambda: len(scales.with_outlier(100.0)),
        "100": lambda: scales.by_hand()[-1],
        "other four": lambda: len(scales.with_outlier(100.0)) - 1,
        "the four": lambda: len(scales.with_outlier(100.0)) - 1,
    },
    "ratios_are_steps": {
        "ten times": lambda: scales.decades()[1] / scales.decades()[0],
        "two, three": lambda: np.log10(scales.decades())[3],
        "0.86": scales.elasticity,
    },
    "bend_the_columns": {
        "three": lambda: bends.expanded(np.array(bends.HAND))[1],
        "four and": lambda: bends.expanded(np.array(bends.HAND))[2],
        "nine": lambda: bends.expanded(np.array(bends.HAND))[4],
        "six.": lambda: bends.expanded(np.array(bends.HAND))[3],
        "four corners": lambda: len(np.unique(np.sign(bends.quadrants()[0]), axis=0)),
        "ten": bends.measures,
        "sixty-five": lambda: bends.diabetes_shades().shape[1],
        "0.47": lambda: bends.diabetes_scores().mean(axis=0)[0],
        "0.38": lambda: bends.diabetes_scores().mean(axis=0)[1],
    },
    "build_the_wall_in": {
        "238": lambda: pipe.errors().mean(axis=0)[0],
        "315": lambda: pipe.errors().mean(axis=0)[1],
        "fifty": lambda: score(1),
        "ninety-three": lambda: score(0),
    },
}

CLAIMS: Claims = {
    "noise_scores": {
        "kept the twenty": "test_the_selection_keeps_the_columns_that_go_best_with_the_label",
    },
    "the_answers_leaked": {
        "Chosen on all rows": "ninety-three",
        "Chosen on the training folds only": "fifty",
    },
    "the_columns_fill_each_other": {
        "settle where all five agree": "test_rounds_by_hand_reach_four_for_eight",
    },
    "count_from_the_other_folds": {
        "counted on the other folds only": "test_the_code_out_of_fold_does_not_see_its_own_label",
    },
}

WAIVERS: Waivers = {
    "the_columns_fill_each_other": {"depends only on values": "this is what missing at random means"},
}
