"""The lesson information-theory: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.information_theory import carpet, excess
from scenes.maths.information_theory import bits, classifier, huffman, texts
from tests.scenes.harness.table import Claims, Figures, Waivers

POEM, OTHER = texts.poem_shares(), texts.other_shares()
ALPHABET = huffman.huffman(dict(zip("abcd", bits.P, strict=True)))


@cache
def poem_code() -> huffman.Code:
    return huffman.poem_code()


def of_sign(sign: str) -> float:
    """Bits that a sign of the poem carries."""
    return float(bits.surprisal(POEM[texts.SIGNS.index(sign)]))


def left_over(p: tuple[float, ...], q: tuple[float, ...]) -> int:
    """Squares that are left when the red ones have filled the gaps."""
    found = excess.bill(p, q)
    return len(found.extra) - len(found.saved)


def loss_after(step: int) -> float:
    """Mean loss in bits over twenty splits."""
    return float(classifier.losses()[:, classifier.STEPS.index(step)].mean())


def wrong_price(letter: int) -> float:
    return float(bits.surprisal(bits.Q)[letter])


FIGURES: Figures = {
    "rare_news_carries_more_bits": {
        "821": lambda: len(texts.poem()),
        "Five": lambda: carpet.FIXED,
        "4,105": lambda: carpet.FIXED * len(texts.poem()),
        "one of eight": lambda: carpet.DOORS,
        "Three bits find": lambda: bits.surprisal(1 / carpet.DOORS),
        "two bits, three": lambda: bits.surprisal(1 / carpet.DOORS),
        "2.5": lambda: of_sign(" "),
        "9.7": lambda: of_sign("z"),
    },
    "entropy_is_the_average_surprise": {
        "four letters": lambda: len(bits.P),
        "1.75": lambda: bits.entropy(bits.P),
    },
    "no_letter_code_gets_below_it": {
        "1.75": lambda: ALPHABET.expected_length,
        "4,105": lambda: carpet.FIXED * len(texts.poem()),
        "3,367": lambda: poem_code().total,
        "4.10": lambda: poem_code().expected_length,
        "4.06": lambda: bits.entropy(POEM),
    },
    "the_wrong_price_list_costs_more": {
        "four letters": lambda: len(bits.P),
        "three bits": lambda: wrong_price(0),
        "and three": lambda: wrong_price(3),
        "2.375": lambda: bits.cross_entropy(bits.P, bits.Q),
        "4.06": lambda: bits.entropy(POEM),
        "4.17": lambda: bits.cross_entropy(POEM, OTHER),
    },
    "a_label_leaves_one_price": {
        "an eighth": lambda: 2 ** -bits.surprisal(1 / 8),
        "three bits": lambda: bits.cross_entropy([1, 0], [1 / 8, 7 / 8]),
        "3.3": lambda: loss_after(0),
        "a thousand": lambda: classifier.STEPS[-1],
        "0.23": lambda: loss_after(1000),
        "0.69": lambda: np.log(2),
    },
    "the_excess_has_a_direction": {
        "four letters": lambda: len(bits.P),
        "Five": lambda: left_over(bits.P, bits.Q),
        "an eighth": lambda: bits.kl(bits.P, bits.Q) / left_over(bits.P, bits.Q),
        "0.625": lambda: bits.kl(bits.P, bits.Q),
        "four are": lambda: left_over(bits.Q, bits.P),
        "Half": lambda: bits.kl(bits.Q, bits.P),
        "0.105": lambda: bits.kl(POEM, OTHER),
    },
}

CLAIMS: Claims = {
    "entropy_is_the_average_surprise": {
        "Entropy is largest when all are": "test_entropy_lies_between_none_and_the_log_of_the_number",
        "It is zero when one letter is certain": "test_entropy_lies_between_none_and_the_log_of_the_number",
        "summed over all letters": "test_entropy_is_scipys",
    },
    "rare_news_carries_more_bits": {
        "A certain outcome tells nothing": "test_bits_add_where_probabilities_multiply",
    },
    "no_letter_code_gets_below_it": {
        "no codeword begins another": "test_no_codeword_begins_another",
        "no decodable code averages less": "test_no_prefix_code_is_shorter",
        "The best prefix code": "test_no_prefix_code_is_shorter",
    },
    "the_excess_has_a_direction": {
        "Never negative": "test_kl_is_scipys_never_negative_and_zero_for_equals",
        "zero only when q equals p": "test_kl_is_zero_only_for_equals",
        "the poem has none": "test_the_poem_has_no_j_and_the_description_has_each_letter",
    },
    "a_label_leaves_one_price": {
        "At first all classes get the same": "test_it_begins_with_equal_shares_and_learns",
    },
}

WAIVERS: Waivers = {}


@pytest.mark.parametrize(("p", "q"), [(bits.P, bits.Q), (bits.Q, bits.P)])
def test_each_square_is_an_eighth_of_a_bit(p: tuple[float, ...], q: tuple[float, ...]) -> None:
    assert left_over(p, q) / 8 == bits.kl(p, q)


def test_the_page_holds_the_whole_poem() -> None:
    lines = carpet.broken(texts.poem())
    assert "".join(lines) == texts.poem()
    assert max(map(len, lines)) <= carpet.ACROSS
