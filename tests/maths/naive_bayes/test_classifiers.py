"""The four classifiers, TF-IDF and χ² against scikit-learn, by hand, by brute force and in a world that is known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import norm
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.feature_selection import chi2
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB

from scenes.maths.naive_bayes import classifiers as models
from scenes.maths.naive_bayes.mails import Counts, split

SMALL = np.array([[2, 1, 0, 0], [1, 1, 1, 0], [0, 2, 0, 3], [0, 1, 1, 2], [0, 0, 0, 4]], dtype=float)
KINDS = np.array([0, 0, 1, 1, 1])


def sparse(table: np.ndarray) -> Counts:
    rows, columns = np.nonzero(table)
    return Counts(rows, columns, table[rows, columns], table.shape)


def theirs(counts: Counts) -> csr_matrix:
    return csr_matrix((counts.values, (counts.rows, counts.columns)), counts.shape)


@pytest.mark.parametrize("alpha", [0.1, 1.0])
@pytest.mark.parametrize("three", [False, True])
def test_all_variants_are_those_of_scikit_learn(alpha: float, three: bool) -> None:
    part = split(10, three)
    train, test, y = part.train, part.test, part.train_y
    for ours, known in (
        (models.multinomial(train, y, alpha), MultinomialNB(alpha=alpha)),
        (models.complement(train, y, alpha), ComplementNB(alpha=alpha)),
        (models.bernoulli(train, y, alpha), BernoulliNB(alpha=alpha)),
    ):
        known.fit(theirs(train), y)
        given = test.present() if isinstance(known, BernoulliNB) else test
        assert (ours.classes(given) == known.predict(theirs(test))).all()
        if not isinstance(known, ComplementNB):
            scores = ours.scores(given)
            level = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
            assert level == pytest.approx(known.predict_log_proba(theirs(test)), rel=1e-9, abs=1e-6)


def test_complement_of_two_classes_has_the_weights_of_multinomial() -> None:
    part = split()
    one, other = (make(part.train, part.train_y) for make in (models.multinomial, models.complement))
    assert one.word_weights == pytest.approx(other.word_weights)
    assert not other.prior.any()


def test_tf_idf_and_chi_squared_are_those_of_scikit_learn() -> None:
    part = split()
    known = TfidfTransformer(sublinear_tf=True).fit(theirs(part.train))
    ours = models.weighed(part.train, part.test)
    for made, counts in zip(ours, (part.train, part.test), strict=True):
        assert abs(theirs(made) - known.transform(theirs(counts))).max() < 1e-12
    assert models.chi_squared(ours[0], part.train_y) == pytest.approx(chi2(theirs(ours[0]), part.train_y)[0])


def test_gaussian_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(90, 3)) * [1, 5, 0.2] + [0, 3, 1]
    y = rng.integers(0, 3, 90)
    known = GaussianNB().fit(X, y)
    ours = models.gaussian(X, y).scores(X)
    assert ours - np.logaddexp.reduce(ours, axis=1, keepdims=True) == pytest.approx(
        known.predict_log_proba(X)
    )


def test_bells_cross_where_both_classes_are_equally_probable() -> None:
    model = models.Gaussian(np.array([0.3, 0.7]), np.array([[4.0], [1.0]]), np.array([[2.0], [0.5]]))
    places = model.crossings()
    assert len(places) == 2
    for x in places:
        each = model.prior * norm.pdf(x, model.means[:, 0], np.sqrt(model.variances[:, 0]))
        assert each[0] == pytest.approx(each[1])
        assert model.prior * [model.density(k, x) for k in (0, 1)] == pytest.approx(each)
    straight = models.Gaussian(np.array([0.5, 0.5]), np.array([[0.0], [4.0]]), np.array([[1.0], [1.0]]))
    assert straight.crossings() == pytest.approx([2.0])


def test_smoothing_by_hand() -> None:
    assert models.smoothed([3, 2, 1, 0], 0.0).tolist() == [
        0.5,
        pytest.approx(1 / 3),
        pytest.approx(1 / 6),
        0.0,
    ]
    assert models.smoothed([3, 2, 1, 0], 1.0) == pytest.approx([0.4, 0.3, 0.2, 0.1])


def test_the_counted_share_makes_the_data_most_probable() -> None:
    counts = np.array([3.0, 2.0, 1.0])
    best = counts @ np.log(models.smoothed(counts, 0.0))
    others = np.random.default_rng(0).dirichlet(np.ones(3), 2000)
    assert best >= (np.log(others) @ counts).max()


def test_bernoulli_by_brute_force() -> None:
    model = models.bernoulli(sparse(SMALL), KINDS, 1.0)
    groups = SMALL[:2], SMALL[2:]
    p = np.array([((group > 0).sum(axis=0) + 1) / (len(group) + 2) for group in groups])
    total = 0.0
    for mail in itertools.product((0, 1), repeat=4):
        probability = np.bincount(KINDS) / 5 * np.prod(np.where(mail, p, 1 - p), axis=1)
        assert np.exp(model.scores(sparse(np.array([mail], dtype=float)))[0]) == pytest.approx(probability)
        total += probability.sum()
    assert total == pytest.approx(1)


def test_a_word_that_does_not_occur_counts_for_bernoulli_alone() -> None:
    one = models.bernoulli(sparse(SMALL), KINDS, 1.0)
    longer = np.column_stack([SMALL, np.zeros(5)])
    longer[KINDS == 1, 4] = 1
    with_one = models.bernoulli(sparse(longer), KINDS, 1.0)
    mail = np.array([[1.0, 1, 0, 0]])
    apart = with_one.log_odds(sparse(np.column_stack([mail, [0]]))) - one.log_odds(sparse(mail))
    assert apart == pytest.approx(np.log((1 - 4 / 5) / (1 - 1 / 4)))


def test_where_independence_holds_naive_bayes_is_exact() -> None:
    """A world of three words that are independent within each class: the posterior is that of the joint table."""
    prior, p = np.array([0.3, 0.7]), np.array([[0.8, 0.5, 0.1], [0.2, 0.4, 0.6]])
    for mail in itertools.product((0, 1), repeat=3):
        joint = prior * np.prod(np.where(mail, p, 1 - p), axis=1)
        model = models.Linear(np.log(prior) + np.log1p(-p).sum(axis=1), np.log(p) - np.log1p(-p))
        z = model.log_odds(sparse(np.array([mail], dtype=float)))
        assert 1 / (1 + np.exp(-z)) == pytest.approx(joint[1] / joint.sum())


def test_complement_prefers_the_class_that_others_are_unlike() -> None:
    table = np.array([[8.0, 2], [1, 9], [2, 2]])
    model = models.complement(sparse(table), np.array([0, 1, 2]), 1.0)
    rest = table.sum(axis=0) - table
    wanted = -np.log((rest + 1) / (rest + 1).sum(axis=1, keepdims=True))
    assert model.weights == pytest.approx(wanted)


def test_idf_by_hand() -> None:
    assert models.idf(np.array([3, 1]), 3) == pytest.approx([1.0, 1 + np.log(2)])
