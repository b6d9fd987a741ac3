"""The lesson hyperparameter-tuning: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.hyperparameter_tuning import belief, budget, chance, densities, judge, question
from scenes.hyperparameter_tuning.stage import scores
from scenes.maths.hyperparameter_tuning import chances, halving, honest, search, studies, surrogate
from scenes.maths.hyperparameter_tuning.landscape import FOLDS, GAMMAS, landscape
from tests.scenes.harness.table import Claims, Figures, Waivers

GRID = chances.placements()[chance.PLACED]
TABLE = landscape().scores


def near() -> float:
    """How far below the best the lowest score lies that counts as near."""
    return float(landscape().best - TABLE[landscape().near()].min())


def grid_values() -> int:
    """Values of gamma in the grid that is shown."""
    return len({row for row, _ in GRID.cells})


def repeats() -> int:
    """Trials of the grid that nearly repeat another with the same gamma."""
    found = scores(GRID.cells).reshape(chances.SIDE, chances.SIDE)
    return int(sum((np.ptp(row) < 0.06) * (len(row) - 1) for row in found))


def random_values() -> int:
    """Values of gamma among the random trials that are shown."""
    return len(set(chances.random_cells(chance.SEED)[:, 0].tolist()))


def hand() -> surrogate.Belief:
    """The surrogate one length scale from the one trial."""
    score = float(TABLE[belief.FIRST, search.SLICE])
    return surrogate.one_trial(np.array([surrogate.LENGTH]), score, belief.PRIOR, surrogate.SPREAD)


def edge() -> float:
    """Score of the trial at the edge of the slice."""
    rows = search.along_slice(belief.RUN)
    return float(TABLE[rows[GAMMAS[rows] == GAMMAS[0]][0], search.SLICE])


def good() -> int:
    """Good trials among the eight by hand."""
    return len(densities.eight()[2])


def rest() -> int:
    """The others."""
    return len(densities.eight()[3])


def inside_rest() -> int:
    """Others in the middle third."""
    gammas, _, _, others = densities.eight()
    return densities.inside(gammas[others])


def dense() -> float:
    """How many times as dense good trials are in the middle third."""
    gammas, _, best, _ = densities.eight()
    return densities.inside(gammas[best]) / good() / (inside_rest() / rest())


def saved() -> float:
    """Share of the epochs that pruning saves, median of all studies."""
    return float(1 - np.median(studies.studies().epochs) / (studies.TRIALS * studies.EPOCHS))


def coins() -> np.ndarray:
    """Heads of each coin."""
    return np.asarray(honest.tossed(judge.TOSS).sum(axis=1))


def fewer() -> float:
    """How much fewer unseen digits the tuned machine misreads than the defaults."""
    _, tuned, default = judge.misread()
    return 1 - tuned / default


FIGURES: Figures = {
    "same_training": {
        "nine in": lambda: 10 * TABLE[question.GOOD],
        "in ten": lambda: 9 / TABLE[question.GOOD],
        "in eight": lambda: 1 / TABLE[question.BAD],
        "Five times": lambda: landscape().right.shape[2],
        "four fifths": lambda: 1 - 1 / landscape().right.shape[2],
        "0.983": lambda: TABLE[question.SHOWN],
        "all five": lambda: landscape().right.shape[2],
        "by five": lambda: landscape().right.shape[2],
    },
    "grid_multiplies": {
        "ten, a": lambda: question.powers()[1] / question.powers()[0],
        "a hundred": lambda: question.powers()[2] / question.powers()[0],
        "Three values": grid_values,
        "nine settings": lambda: len(GRID.cells),
        "five folds": lambda: landscape().right.shape[2],
        "45": lambda: chances.trainings(chances.SIDE, 2, FOLDS),
        "six": lambda: len(question.knobs()),
        "3,645": lambda: chances.trainings(chances.SIDE, question.KNOBS, FOLDS),
    },
    "three_values": {
        "are nine": lambda: len(GRID.cells),
        "from nine": lambda: len(GRID.cells),
        "The nine": lambda: len(GRID.cells),
        "in three": grid_values,
        "three values of": grid_values,
        "Six": repeats,
        "C: nine": lambda: len(chances.random_cells(chance.SEED)),
        "nine values": random_values,
        "a tenth": lambda: chances.by_grid(chance.BAND) / grid_values(),
        "Three even": grid_values,
        "30 percent": lambda: 100 * chances.by_grid(chance.BAND),
        "three times": lambda: chances.by_grid(chance.BAND) / chance.BAND,
        "Nine draws": lambda: len(chances.random_cells(chance.SEED)),
        "61 percent": lambda: 100 * chances.by_random(chance.BAND),
        "0.005": near,
        "41 percent": lambda: 100 * chances.grid_hits(),
        "55": lambda: 100 * chances.random_hits(),
        "with three": grid_values,
    },
    "error_bars": {
        "0.5": lambda: surrogate.one_trial(np.array([99.0]), 0.9, belief.PRIOR, surrogate.SPREAD).mean[0],
        "0.4": lambda: surrogate.one_trial(np.array([99.0]), 0.9, 0.0, surrogate.SPREAD).deviation[0],
        "0.61": lambda: surrogate.correlation(surrogate.LENGTH),
        "0.90": lambda: TABLE[belief.FIRST, search.SLICE],
        "0.74": lambda: hand().mean[0],
        "0.32": lambda: hand().deviation[0],
    },
    "next_trial": {
        "Three trials": lambda: len(search.nearest(search.PICKED)),
        "fourth": lambda: len(search.nearest(search.PICKED)) + 1,
        "0.95": lambda: belief.HAND_BEST + surrogate.by_hand([0.0], belief.HAND_BEST),
        "three outcomes": lambda: len(belief.outcomes()),
        "0.03": lambda: belief.outcomes().max() - belief.HAND_BEST,
        "0.01": lambda: surrogate.by_hand(belief.HAND_A, belief.HAND_BEST),
        "0.37": edge,
        "Nine trials": lambda: search.paths("gaussian", chances.TRIALS).shape[1],
        "78 percent": lambda: 100 * search.hits("gaussian"),
        "0.005": near,
        "55": lambda: 100 * chances.random_hits(),
    },
    "two_densities": {
        "eight": lambda: good() + rest(),
        "other six": rest,
        "a sixth": lambda: inside_rest() / rest(),
        "six times": dense,
        "76 percent": lambda: 100 * search.hits("parzen"),
    },
    "losers_stop": {
        "27": lambda: halving.rungs()[0].settings,
        "48": lambda: halving.rungs()[0].budget,
        "three times": lambda: halving.rungs()[1].budget / halving.rungs()[0].budget,
        "Halving": lambda: (
            halving.rungs(4, 1, 2)[1].settings / halving.rungs(4, 1, 2)[0].settings
        ),  # what its name says
        "15 percent": lambda: (
            100 * sum(rung.cost for rung in halving.rungs()) / (halving.SETTINGS * halving.rungs()[-1].budget)
        ),
        "0.004": lambda: budget.behind()[0],
        "of four": lambda: len(halving.rungs()),
        "0.013": lambda: budget.behind()[1],
    },
    "study_prunes": {
        "20": lambda: len(studies.studies().epochs),
        "a third": saved,
        "three images": lambda: (studies.studies().best - studies.studies().best_fewer).max(),
        "540": lambda: studies.HELD + 0 * len(studies.studies().best),
    },
    "too_good": {
        "twenty": lambda: len(coins()),
        "eight": lambda: coins().max(),
        "five": lambda: honest.tossed(judge.AGAIN).sum(axis=1)[coins().argmax()],
        "0.5": lambda: np.mean(honest.nothing(0)[1]),
        "0.57": lambda: honest.shuffled().flat.mean(),
    },
    "judge_outside": {
        "the five": lambda: honest.shuffled().outer.shape[1],
        "151": lambda: honest.trainings()[0],
        "and five": lambda: honest.shuffled().outer.shape[1],
        "755": lambda: honest.trainings()[1],
        "0.49": lambda: honest.shuffled().nested.mean(),
        "ten splits": lambda: len(honest.unseen().tuned),
        "a quarter": fewer,
    },
}

CLAIMS: Claims = {
    "grid_multiplies": {"every combination": "test_trainings_are_those_of_all_combinations"},
    "three_values": {
        "That all miss": "test_a_band_is_met_as_often_as_simulated",
        "all n miss": "test_a_band_is_met_as_often_as_simulated",
        "of the best: the grid": "41 percent",
    },
    "next_trial": {
        "best so far is": "test_the_wider_place_wins_with_the_lower_mean",
        "a trial beats the best": "test_expected_improvement_is_that_of_monte_carlo",
        "its best lies one digit": "test_the_slice_is_searched_as_the_lesson_tells",
        "0.005 of the best": "78 percent",
    },
    "two_densities": {"best quarter": "test_the_best_quarter_is_good", "near the best": "76 percent"},
    "losers_stop": {
        "for all, keep the best": "test_the_best_third_goes_on",
        "not the best of all": "test_in_the_first_draw_the_best_in_the_end_go_first",
        "behind the best of all": "test_the_race_ends_as_told",
    },
    "study_prunes": {
        "whose best score so far": "test_trials_stop_where_the_median_rule_has_them_stop",
        "the best score would differ": "test_pruned_studies_save_a_third_and_lose_at_most_an_image",
    },
    "too_good": {
        "The best of many noisy scores": "test_the_luckiest_coin_is_that_of_simulation",
        "nothing can be learned": "test_on_shuffled_labels_the_winner_flatters_and_the_outer_loop_does_not",
    },
}

WAIVERS: Waivers = {
    "judge_outside": {"on all rows": "it says what to do: with which rows the shipped model is found"}
}
