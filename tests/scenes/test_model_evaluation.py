"""The lesson model-evaluation: what computes its figures, and what holds its claims."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from scenes.maths.model_evaluation import bill, carbon, digits, folds, humps, intervals, metrics
from scenes.model_evaluation import leak, rare, stage, turns
from tests.scenes.harness.table import Claims, Figures, Waivers

TEN = digits.ten()
WHOLE = digits.everything()
HAND = metrics.counts(TEN.positive, TEN.scores, stage.AT)
FULL = metrics.counts(WHOLE.positive, WHOLE.scores, stage.AT)
HIGH = metrics.counts(WHOLE.positive, WHOLE.scores, stage.HIGH)
NEVER = metrics.counts(WHOLE.positive, WHOLE.scores, 1.01)
ROC = metrics.roc(WHOLE.positive, WHOLE.scores)


def eight() -> float:
    """The digit that is looked for."""
    return float(digits.pictures()[1][WHOLE.positive].mean())


def outcomes() -> float:
    """How many outcomes a decision can have."""
    return len(fields(FULL))


def within(name: intervals.Name) -> float:
    """Share of the redraws in the interval of a metric."""
    low, high = intervals.interval(name)
    column = intervals.draws()[:, intervals.NAMES.index(name)]
    return float(((column >= low) & (column <= high)).mean())


def copied() -> float:
    """How many pictures there are with the copies."""
    positives, negatives = int(WHOLE.positive.sum()), int((~WHOLE.positive).sum())
    return positives + humps.copies(positives, negatives, rare.RARE) * negatives


FIGURES: Figures = {
    "a_score_needs_a_threshold": {
        "nine times": lambda: 10 * NEVER.accuracy,
        "in ten": lambda: 10 * NEVER.total / len(WHOLE),
        "Take ten": lambda: len(TEN),
        "Three of": lambda: HAND.positives,
        "an eight": eight,
        "0.95": lambda: TEN.scores[0],
        "Four cards": lambda: HAND.called,
        "six do not": lambda: HAND.total - HAND.called,
    },
    "four_outcomes_and_no_fifth": {
        "four": outcomes,
        "eight": eight,
        "five": lambda: HAND.tn,
        "1,797": lambda: len(WHOLE),
        "Eighty-eight": lambda: FULL.fn,
        "0.001": lambda: WHOLE.scores[digits.LIKE_A_ONE],
    },
    "accuracy_and_its_baseline": {
        "Four": outcomes,
        "eight": eight,
        "93.5": lambda: 100 * FULL.accuracy,
        "90.3": lambda: 100 * NEVER.accuracy,
        "nine pictures": lambda: 10 * (~WHOLE.positive).mean(),
        "in ten": lambda: 10 * NEVER.total / len(WHOLE),
        "three": lambda: 100 * (FULL.accuracy - NEVER.accuracy),
    },
    "two_questions_about_eights": {
        "eight": eight,
        "of four": lambda: HAND.called,
        "of three": lambda: HAND.positives,
        "0.75": lambda: FULL.precision,
        "0.49": lambda: FULL.recall,
        "95": lambda: 100 * within("recall"),
        "thousand": lambda: len(intervals.draws()),
    },
    "one_number_that_needs_both": {
        "Twice": lambda: HAND.f1 / (HAND.precision * HAND.recall / (HAND.precision + HAND.recall)),
        "0.53": lambda: (HIGH.precision + HIGH.recall) / 2,
        "0.19": lambda: HIGH.f1,
        "0.60": lambda: FULL.f1,
        "0.9": lambda: WHOLE.scores[WHOLE.scores >= stage.HIGH].min(),
    },
    "the_threshold_walks_the_roc_curve": {
        "an eight": eight,
        "a third": lambda: 1 / HAND.positives,
        "a seventh": lambda: 1 / HAND.negatives,
        "0.49": lambda: FULL.recall,
        "0.02": lambda: FULL.false_positive_rate,
    },
    "the_area_counts_won_pairs": {
        "eight": eight,
        "seventeen": lambda: (metrics.duels(TEN.positive, TEN.scores) > 0).sum(),
        "three pairs": lambda: (metrics.duels(TEN.positive, TEN.scores)[2] < 0).sum(),
        "twenty-one": lambda: metrics.duels(TEN.positive, TEN.scores).size,
        "0.92": lambda: metrics.auc(WHOLE.positive, WHOLE.scores),
        "half": lambda: metrics.auc([True, False], [0.5, 0.5]),
    },
    "when_positives_are_rare": {
        "eight": eight,
        "0.67": lambda: ROC.average_precision(float(WHOLE.positive.mean())),
        "hundred": lambda: copied() / int(WHOLE.positive.sum()),
        "0.28": lambda: ROC.average_precision(rare.RARE),
        "0.75": lambda: FULL.precision,
        "0.22": lambda: ROC.precision_at(stage.AT, rare.RARE),
    },
    "judge_on_unseen_data": {
        "hundred": lambda: folds.tree_accuracies().size,
        "0.81": lambda: folds.tree_accuracies().min(),
        "0.89": lambda: folds.tree_accuracies().max(),
        "five": lambda: folds.assigned(len(TEN)).max() + 1,
        "other four": lambda: folds.assigned(len(TEN)).max(),
        "0.85": lambda: folds.tree_accuracies()[folds.SEED].mean(),
        "five accuracies": lambda: folds.tree_accuracies().shape[1],
    },
    "each_fold_a_small_copy": {
        "five": lambda: folds.assigned(len(TEN)).max() + 1,
        "ten": lambda: folds.an_empty_shuffle(turns.RARE, turns.ROWS).sum(),
        "thousand": lambda: len(folds.assigned(turns.ROWS)),
    },
    "a_leak_chooses_the_wrong_model": {
        "0.40": lambda: carbon.errors("copy", False).mean(),
        "0.65": lambda: carbon.errors("fit", False).mean(),
        "twice": lambda: carbon.errors("copy", True).mean() / carbon.errors("fit", True).mean(),
        "18": lambda: (carbon.errors("fit", True) < carbon.errors("copy", True)).sum(),
        "20": lambda: len(carbon.errors("fit", True)),
    },
    "the_task_picks_the_metric": {
        "costs ten": lambda: metrics.Counts(0, 0, 1, 0).bill(bill.MISS),
        "three false": lambda: metrics.counts(TEN.positive, TEN.scores, stage.LOW).fp,
        "is three": lambda: metrics.counts(TEN.positive, TEN.scores, stage.LOW).bill(bill.MISS),
        "274": lambda: bill.halvings().mean(axis=0)[0],
        "451": lambda: bill.halvings().mean(axis=0)[1],
        "0.3": lambda: np.mean(bill.calibrated()),
        "thirty": lambda: 100 * np.mean(bill.calibrated()),
        "nine times": lambda: 10 * NEVER.accuracy,
        "in ten": lambda: 10 * NEVER.total / len(WHOLE),
        "eight": eight,
    },
}

CLAIMS: Claims = {
    "accuracy_and_its_baseline": {
        "until nothing is called": "test_a_detector_that_never_says_eight_has_the_accuracy_of_the_majority",
        "never says eight": "test_a_detector_that_never_says_eight_has_the_accuracy_of_the_majority",
        "always says the common": "test_a_detector_that_never_says_eight_has_the_accuracy_of_the_majority",
    },
    "two_questions_about_eights": {"recall never falls": "test_recall_never_falls_as_the_threshold_does"},
    "the_threshold_walks_the_roc_curve": {
        "at every threshold": "test_the_walk_is_the_roc_curve_of_scikit_learn",
        "perfect ranking": "test_a_ranking_without_mistakes_goes_up_first_and_then_right",
    },
    "when_positives_are_rare": {
        "at every threshold": "test_average_precision_is_that_of_scikit_learn_at_each_prevalence",
    },
    "judge_on_unseen_data": {"never saw it": "test_what_is_held_out_has_the_accuracies_of_cross_validation"},
    "each_fold_a_small_copy": {
        "training never saw": "test_a_sorted_file_hides_classes_from_training",
        "with none": "test_chance_of_a_fold_without_positives",
    },
    "a_leak_chooses_the_wrong_model": {"only the past": "test_training_lies_before_the_test"},
    "the_task_picks_the_metric": {
        "at every threshold": "test_bills_are_counted_at_each_threshold",
        "never says eight": "test_a_detector_that_never_says_eight_has_the_accuracy_of_the_majority",
    },
}

WAIVERS: Waivers = {}


def test_its_few_calls_are_nearly_all_right() -> None:
    """At the high threshold one call in nineteen is wrong, and most eights are missed."""
    assert (HIGH.called, HIGH.fp) == (19, 1)
    assert HIGH.recall < 0.11


def test_other_shuffles_round_to_the_same_area() -> None:
    areas = [metrics.auc(WHOLE.positive, digits.out_of_fold(seed)) for seed in digits.SEEDS]
    assert {f"{area:.2f}" for area in areas} == {"0.92"}


def test_the_year_that_is_looked_at_is_a_middling_one() -> None:
    gains = carbon.errors("copy", True) - carbon.errors("fit", True)
    rank = int(np.argsort(np.argsort(gains))[leak.SHOWN])
    assert rank in (9, 10)
