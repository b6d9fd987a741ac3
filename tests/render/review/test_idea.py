"""New ideas: how terms and formulas are known, and where they come first."""

from __future__ import annotations

import pytest

from render.core.timeline import Beat, Chapter, Word
from render.review.idea import find, is_formula, new_formulas, new_ideas, tokens


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("support vectors", "a Support-Vector"),
        ("mini-batch", "minibatches"),
        ("time step", "of two time-steps"),
        ("matrix", "matrices"),
        ("Lloyd's algorithm", "Lloyd’s algorithms"),
        ("Bellman equation", "Bellman's equation"),
        ("γ", "gamma of the kernel"),
        ("gamma", "k = e^(-gamma norm(x))"),
        ("ε-tube", "an ε-tube"),
        ("R²", "R^2 = 1 - frac(a, b)"),
        ("H(p, q)", "H(p, q) = - sum p log q"),
        ("C", "C is the price"),
        ("CNN", "two CNNs"),
        ("k-means++", "Start with k-means++."),
        ("Fréchet inception distance", "the Frechet inception distance"),
        ("loss", "losses"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str) -> None:
    assert find(term, tokens(text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("margin", "the marginal chart"),
        ("C", "c is the price"),
        ("I", "I say"),
        ("AR", "they ar"),
        ("bias", "biased"),
        ("query", "queried"),
        ("test error", "error of the test"),
    ],
)
def test_what_is_another_word_is_not_the_term(term: str, text: str) -> None:
    assert not find(term, tokens(text))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("bold(w) dot bold(x) + b = plus.minus 1", True),
        ("z = x_1^2 + x_2^2", True),
        ("sum alpha - 1/2 sum sum alpha alpha' s s'", True),
        ('"accuracy" = "right" / "all"', True),
        ("A bold(v) = lambda bold(v)", True),
        ("bold(w)", False),
        ("w_1", False),
        ("y = 0", False),
        ("gamma = 0.9", False),
        ("(1, 2)", False),
        ("= 9 + 12 + 4 = 25", False),
        ('"width"', False),
    ],
)
def test_a_formula_says_something_of_symbols(source: str, says: bool) -> None:
    assert is_formula(source) == says


def test_a_formula_that_grows_is_one_idea() -> None:
    steps = ("z = x^2", "z = x^2 + y^2", "z = x^2 + y^2 = 1.5")
    told = list(new_formulas({"one": steps, "other": ("k = e^(-gamma)", "z = x^2")}))
    assert [(idea.chapter, idea.what) for idea in told] == [("one", "z = x^2"), ("other", "k = e^(-gamma)")]


def saying(name: str, text: str) -> Chapter:
    words = tuple(Word(word, at / 2, at / 2 + 0.4) for at, word in enumerate(text.split()))
    return Chapter(name, name, (), 300, (Beat(text, 0, 150, 9.0, words, "f.py", 1),), "f.py", 1)


def test_an_idea_counts_in_the_chapter_that_brings_it() -> None:
    chapters = [
        saying("one", "This street is the margin."),
        saying("other", "Wide margins have hinge loss zero."),
    ]
    terms = (("margin",), ("hinge loss", "loss"), ("kernel",))
    found = new_ideas(chapters, terms, {"one": (), "other": ("max(0, 1 - y f)", "w")})
    assert found == {"one": ("margin",), "other": ("hinge loss", "max(0, 1 - y f)")}
