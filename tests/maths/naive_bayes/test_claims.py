"""Bayes' theorem, losses, bins and the two curves that mend claims, against scikit-learn, scipy and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.calibration import CalibratedClassifierCV
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from statsmodels.stats.proportion import proportion_confint

from scenes.maths.naive_bayes import bayes, calibration, hand, studies, tumours
from scenes.maths.naive_bayes.mails import Counts, folds, split

RNG = np.random.default_rng(4)
P = RNG.uniform(0.02, 0.98, 300)
Y = (RNG.random(300) < P**2).astype(int)


def theirs(counts: Counts) -> csr_matrix:
    return csr_matrix((counts.values, (counts.rows, counts.columns)), counts.shape)


def test_nine_mails_by_counting() -> None:
    spam, ham = hand.MAILS
    for one, other in hand.HAVE.values():
        assert bayes.posterior(spam / 9, one / spam, other / ham) == pytest.approx(one / (one + other))
    assert hand.posterior_odds("free") == pytest.approx(2)
    assert hand.posterior_odds("free", "offer") == pytest.approx(4)
    assert bayes.share(4) == pytest.approx(0.8)


def test_the_prior_that_leaves_a_word_at_one_half() -> None:
    pair = studies.seen("free")
    prior = bayes.prior_for(0.5, *pair.shares)
    assert pair.posterior(prior) == pytest.approx(0.5)


def test_log_odds_add_what_odds_multiply() -> None:
    pair = studies.seen("free")
    ratio = pair.shares[0] / pair.shares[1]
    z = bayes.log_odds(pair.prior) + np.log(ratio)
    assert bayes.sigmoid(z) == pytest.approx(pair.posterior())


def test_losses_are_those_of_scikit_learn() -> None:
    z = bayes.log_odds(P)
    assert bayes.log_loss(Y, z) == pytest.approx(log_loss(Y, P))
    assert bayes.log_loss_of(Y, P) == pytest.approx(log_loss(Y, P))
    assert bayes.brier(Y, P) == pytest.approx(brier_score_loss(Y, P))
    assert bayes.losses([1], [-800.0])[0] == pytest.approx(800)
    assert np.isinf(bayes.log_loss_of([1, 0], [0.0, 0.2]))


def test_the_balance_is_the_model() -> None:
    """Prior and weights add up to the very log-odds of scikit-learn's classifier."""
    part = split()
    known = MultinomialNB(alpha=0.1).fit(theirs(part.train), part.train_y)
    mail = np.zeros((1, part.vocabulary))
    mail[0, [part.words[word] for word in studies.FOUR]] = 1
    one, other = known.predict_log_proba(mail)[0]
    assert studies.tipped(*studies.FOUR) == pytest.approx(other - one)
    known_log = known.predict_log_proba(theirs(part.test))
    assert bayes.log_loss(part.test_y, studies.claims()) == pytest.approx(
        -known_log[np.arange(len(part.test_y)), part.test_y].mean()
    )


def test_wilson_is_that_of_statsmodels() -> None:
    ours = calibration.wilson([12, 8, 0], [1217, 26, 5])
    for number, (hits, n) in enumerate([(12, 1217), (8, 26), (0, 5)]):
        known = proportion_confint(hits, n, method="wilson")
        assert (ours[0][number], ours[1][number]) == pytest.approx(known, abs=1e-9)


def test_bins_count_every_case_once() -> None:
    made = calibration.bins(Y, P, np.linspace(0, 1, 6))
    assert made.n.sum() == len(Y)
    assert made.hits.sum() == Y.sum()
    first = P < 0.2
    assert made.observed[0] == pytest.approx(Y[first].mean())
    assert made.claimed[0] == pytest.approx(P[first].mean())


def test_pooling_is_isotonic_regression() -> None:
    for z in (P, np.round(P, 1)):
        known = IsotonicRegression(out_of_bounds="clip").fit(z, Y)
        at = np.linspace(-0.1, 1.1, 200)
        assert calibration.isotonic(z, Y).p(at) == pytest.approx(known.predict(at))


def test_the_s_curve_is_that_of_scikit_learn() -> None:
    assert studies.mended()[1] == pytest.approx(known("sigmoid"), abs=1e-4)


def test_the_steps_are_those_of_scikit_learn() -> None:
    """Up to scores that lie nearer than 1e-15, which scikit-learn pools before it begins."""
    part = split()
    p = bayes.sigmoid(calibration.out_of_fold(part.train, part.train_y))
    ranks = np.unique(p, return_inverse=True)[1].astype(float)
    fitted = IsotonicRegression().fit_transform(ranks, part.train_y)
    assert studies.curves()[1].p(p) == pytest.approx(fitted, abs=1e-9)
    scores, wanted = studies.scores()[2], known("isotonic")
    assert scores[0] == pytest.approx(log_loss(part.test_y, wanted), abs=0.003)
    assert scores[1] == pytest.approx(brier_score_loss(part.test_y, wanted), abs=0.0005)
    assert scores[2] == pytest.approx(np.mean((wanted > 0.5) == part.test_y), abs=0.001)


def known(method: str) -> np.ndarray:
    """Claims that scikit-learn has mended."""
    part = split()
    model = CalibratedClassifierCV(MultinomialNB(alpha=0.1), method=method, cv=5, ensemble=False)
    return np.asarray(model.fit(theirs(part.train), part.train_y).predict_proba(theirs(part.test))[:, 1])


def test_both_curves_rise_so_that_the_order_stays() -> None:
    order = np.argsort(studies.mended()[0], kind="stable")
    for curve in studies.mended()[1:]:
        assert (np.diff(curve[order]) >= 0).all()
    sigmoid, steps = studies.curves()
    assert sigmoid.slope > 0
    assert (np.diff(steps.values) >= 0).all()


def test_no_mended_claim_is_zero_or_one() -> None:
    for curve in studies.mended()[1:]:
        assert 0 < curve.min() < curve.max() < 1


def test_underflow_of_products_and_not_of_sums() -> None:
    part = split()
    assert np.prod(np.full(400, 0.1)) == 0
    assert np.isfinite(studies.model().scores(part.test)).all()


def test_copies_move_the_claim_and_hardly_the_side() -> None:
    table = tumours.copied()
    accuracy, loss = table[:, :, 0].mean(axis=1), table[:, :, 1].mean(axis=1)
    assert np.ptp(accuracy) < 0.01
    assert (np.diff(loss) > 0).all()
    assert loss[-1] > tumours.guess()[1]
    X, y = tumours.tumours()
    out = folds(y, tumours.PARTS, 0) == 0
    known = GaussianNB().fit(np.tile(X[~out][:, :1], 10), y[~out])
    wanted = known.predict_log_proba(np.tile(X[out][:, :1], 10))
    assert tumours.held_out(10, 0)[out] == pytest.approx(wanted[:, 1] - wanted[:, 0], rel=1e-6)


def test_each_copy_multiplies_the_odds_by_hand() -> None:
    assert [hand.again(times) for times in (1, 2, 3)] == pytest.approx([4 / 5, 16 / 17, 64 / 65])


def test_what_twenty_splits_say() -> None:
    accuracy, losses, shares = studies.twenty()
    assert (accuracy[:, 1] > accuracy[:, 0]).all()
    assert (accuracy[:, 2] > accuracy[:, 1]).sum() == 15
    assert (losses[:, 1] > studies.guess()[1]).sum() == 18
    assert 0.006 < shares[:, 0].min() < shares[:, 0].max() < 0.013
    assert np.argsort(np.argsort(losses[:, 1]))[10] in range(8, 12)


def test_complement_finds_more_newsletters_only_without_tuning() -> None:
    found = studies.found()[:, :, studies.NEWSLETTER].mean(axis=1)
    assert found[1] > 3 * found[0]
    assert found[3] < found[2]


def test_mended_claims_are_cheaper_than_guessing_on_each_of_six_splits() -> None:
    losses = studies.mended_splits()[:, :, 0]
    assert (losses[:, 1] < 0.12).all()
    assert (losses[:, 2] < 0.1).all()
    assert (losses[:, 1:] < studies.guess()[1]).all()
    assert (losses[:, 2] < losses[:, 1]).all()
