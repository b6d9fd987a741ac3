"""The lesson on Naive Bayes: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.naive_bayes import bayes, classifiers, hand, studies, tumours
from scenes.maths.naive_bayes.mails import corpus, split
from scenes.naive_bayes import evidence, pretend
from scenes.naive_bayes.stage import cards
from tests.scenes.harness.table import Claims, Figures, Waivers


def four_words() -> float:
    return float(100 * bayes.sigmoid(studies.tipped(*studies.FOUR)))


def mended(curve: int) -> float:
    return float(100 * studies.curves()[curve].p(bayes.sigmoid(studies.tipped(*studies.FOUR))))


def smoothed_loss(alpha: float) -> float:
    part = split()
    model = classifiers.multinomial(part.train, part.train_y, alpha)
    return bayes.log_loss(part.test_y, model.log_odds(part.test))


def below_a_million() -> np.ndarray:
    return np.asarray(split().test_y[bayes.sigmoid(studies.claims()) < studies.TINY])


def claimed_below_a_million() -> np.ndarray:
    claims = bayes.sigmoid(studies.claims())
    return np.asarray(claims[claims < studies.TINY])


def found(entry: int) -> float:
    return float(100 * studies.found()[entry, :, studies.NEWSLETTER].mean())


def copies(column: int) -> np.ndarray:
    return np.asarray(tumours.copied().mean(axis=1)[:, column])


FIGURES: Figures = {
    "keep_what_fits_and_count_again": {
        "four words": lambda: len(cards().names),
        "5,917": lambda: len(corpus().spam),
        "nine mails": lambda: hand.MAILS.sum(),
        "three are spam": lambda: hand.MAILS[0],
        "six are": lambda: hand.MAILS[1],
        "three of": lambda: hand.MAILS[0],
        "of nine": lambda: hand.MAILS.sum(),
        "of three": lambda: hand.MAILS[0],
        "of six": lambda: hand.MAILS[1],
        "59": lambda: 100 * studies.seen("free").posterior(),
        "31": lambda: 100 * studies.seen("free").prior,
        "five": lambda: 100 * studies.seen("free").joint(evidence.RARE)[1].sum(),
        "fifteen": lambda: 100 * studies.seen("free").posterior(evidence.RARE),
    },
    "odds_multiply_log_odds_add": {
        "Two thirds against": lambda: hand.HAVE["free"][0] / hand.MAILS[0],
        "one sixth": lambda: hand.HAVE["free"][1] / hand.MAILS[1],
        "is four": lambda: hand.ratio("free"),
        "two thirds again": lambda: bayes.share(hand.posterior_odds("free")),
        "0.36": lambda: bayes.log_odds(studies.seen("free").posterior()),
        "59": lambda: 100 * studies.seen("free").posterior(),
    },
    "pretend_that_words_do_not_know_each_other": {
        "nine": lambda: hand.MAILS.sum(),
        "doubles": lambda: np.sum(pretend.doubled(5)[1] > 0) / np.sum(pretend.doubled(4)[1] > 0),
        "Twenty words": lambda: np.log2(pretend.table_rows()),
        "million": lambda: pretend.table_rows(),
        "twenty spam": lambda: studies.expected(*pretend.PAIR),
        "four times": lambda: studies.seen(*pretend.PAIR).have[0] / studies.expected(*pretend.PAIR),
    },
    "one_zero_overrules_everything": {
        "four words": lambda: len(cards().names),
        "26": lambda: 100 * studies.unseen_share(split()),
        "six words": lambda: 1 / hand.shares(0.0)["buy"],
        "three times": lambda: hand.shares(0.0)["free"] / hand.shares(0.0)["buy"],
        "3.18": lambda: smoothed_loss(studies.ALPHAS[0]),
        "0.79": lambda: smoothed_loss(1.0),
        "0.62": lambda: studies.guess()[1],
    },
    "present_or_how_many": {
        "three": lambda: len(hand.counted()),
        "10,890": lambda: split().vocabulary,
        "nine mails": lambda: hand.MAILS.sum(),
        "four words": lambda: len(cards().names),
        "nearly nine": lambda: studies.tipped(*studies.FOUR),
        "99.99": four_words,
    },
    "learn_a_class_from_all_the_others": {
        "250": lambda: np.sum(corpus().kinds == studies.NEWSLETTER),
        "three bags": lambda: len(hand.BAGS),
        "just four": lambda: hand.BAGS.min(),
        "54": lambda: found(1),
        "fifteen": lambda: found(0),
    },
    "a_bell_for_each_measured_feature": {
        "569": lambda: len(tumours.tumours()[1]),
        "at four": lambda: np.sqrt(2 * hand.bell_log_ratio(hand.BELLS[0])),
        "three from": lambda: np.sqrt(2 * hand.bell_log_ratio(hand.AT) + hand.AT**2),
        "half the squared": lambda: (
            -np.log(hand.bell(hand.AT, 0.0) / hand.bell(0.0, 0.0)) / (hand.AT - hand.BELLS[0]) ** 2
        ),
        "nine minus": lambda: 2 * hand.bell_log_ratio(hand.AT) + hand.AT**2,
        "halved": lambda: (
            np.log(hand.bell(hand.AT, 0.0) / hand.bell(hand.AT, 4.0))
            / ((hand.AT - hand.BELLS[1]) ** 2 - (hand.AT - hand.BELLS[0]) ** 2)
        ),
        "ratio of four": lambda: np.log(hand.bell(hand.AT, 0.0) / hand.bell(hand.AT, 4.0)),
        "is a half": lambda: bayes.sigmoid(tumours.bells().log_odds(tumours.bells().crossings()[1:, None]))[
            0
        ],
        "15.1": lambda: tumours.bells().crossings()[1],
    },
    "from_text_to_decision": {
        "92": lambda: np.median(np.bincount(split().test.rows)),
        "three mails": hand.three,
        "the three": lambda: (1 + hand.three()) / np.exp(hand.rarity()["the"] - 1) - 1,
        "1.69": lambda: hand.rarity()["credit"],
        "97": lambda: 100 * studies.twenty()[0].mean(axis=0)[0],
        "98": lambda: 100 * studies.twenty()[0].mean(axis=0)[3],
        "69": lambda: 100 * studies.guess()[0],
    },
    "one_witness_asked_ten_times": {
        "four times": lambda: bayes.odds(hand.again(1)),
        "Four to": lambda: bayes.odds(hand.again(1)),
        "eighty": lambda: 100 * hand.again(1),
        "94": lambda: 100 * hand.again(2),
        "0.30": lambda: copies(1)[0],
        "1.3": lambda: copies(1)[-1],
    },
    "claims_against_facts": {
        "eighty": lambda: 100 * hand.called_spam() / hand.CALLED,
        "million": lambda: 1 / bayes.odds(claimed_below_a_million()).max(),
        "Twelve": lambda: below_a_million().sum(),
        "one percent": lambda: 100 * below_a_million().mean(),
    },
    "relabel_the_ruler_keep_the_order": {
        "0.10": lambda: studies.scores()[1, 0],
        "0.07": lambda: studies.scores()[2, 0],
        "four words": lambda: len(cards().names),
        "99.99": four_words,
        "98.5": lambda: mended(0),
        "96": lambda: mended(1),
    },
}

CLAIMS: Claims = {
    "one_zero_overrules_everything": {"No other word": "test_a_zero_leaves_no_say_to_other_words"},
    "a_bell_for_each_measured_feature": {"never tilt": "test_hills_of_independent_features_never_tilt"},
    "relabel_the_ruler_keep_the_order": {"only rise": "test_both_curves_rise_so_that_the_order_stays"},
}

WAIVERS: Waivers = {}


def test_a_zero_leaves_no_say_to_other_words() -> None:
    """Whatever else a mail says, a word that no spam has shown makes it ham, if nothing is added to counts."""
    shares = hand.shares(0.0)
    assert shares["lunch"] == 0
    for times in range(1, 200, 20):
        product = np.prod([shares[word] ** times for word in ("free", "offer", "buy")]) * shares["lunch"]
        assert product == 0
    part = split()
    with np.errstate(divide="ignore"):
        model = classifiers.multinomial(part.train, part.train_y, 0.0)
    never = np.flatnonzero(part.train.totals(part.train_y == 1) == 0)
    assert np.isneginf(model.weights[1][never]).all()
    assert np.isfinite(model.weights[0][never]).all()


def test_hills_of_independent_features_never_tilt() -> None:
    """The logarithm of a hill has no part in which both features meet: its mixed differences are 0."""
    model = tumours.bells(2)
    low, high = np.array([10.0, 15.0]), np.array([20.0, 30.0])
    corners = np.array([low, (low[0], high[1]), (high[0], low[1]), high])
    scores = model.scores(corners)
    assert scores[0] + scores[3] == pytest.approx(scores[1] + scores[2])


def test_the_side_hardly_changes_and_the_loss_passes_that_of_guessing() -> None:
    accuracy, loss = copies(0), copies(1)
    assert np.ptp(accuracy) < 0.01
    assert loss[-1] > tumours.guess()[1]


def test_before_it_is_mended_the_model_is_dearer_than_guessing_and_after_that_cheaper() -> None:
    losses, guess = studies.scores()[:, 0], studies.guess()[1]
    assert losses[0] > guess > losses[1] > losses[2]


def test_bayes_on_the_balance_of_presence_is_bayes_on_areas() -> None:
    """The balance of the second chapter says 59 percent as the areas of the first one do."""
    pair = studies.seen("free")
    joint = pair.joint(pair.prior)
    areas = joint[1, 0] / joint[:, 0].sum()
    z = bayes.log_odds(pair.prior) + np.log(pair.shares[0] / pair.shares[1])
    assert areas == pytest.approx(float(bayes.sigmoid(z)))
