"""The lesson information-theory: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.information_theory import carpet, codes, excess
from scenes.maths.information_theory import bits, classifier, huffman, mutual, pairs, temperature, texts, vae
from tests.scenes.harness.table import Claims, Figures, Waivers

POEM, OTHER = texts.poem_shares(), texts.other_shares()
ALPHABET = huffman.huffman(dict(zip("abcd", bits.P, strict=True)))


@cache
def poem_code() -> huffman.Code:
    return huffman.poem_code()


def fixed_length() -> float:
    """Answers that tell apart all signs of the poem when each gets as many."""
    return float(np.ceil(np.log2(len(poem_code().symbols))))


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


def collapse() -> float:
    """The first whole weight at which the KL is zero."""
    return 1.0 + int(np.argmin([vae.nats(weight) for weight in range(1, 50)]))


def fairest() -> float:
    """The probability of heads at which the entropy of a coin peaks."""
    return max((percent / 100 for percent in range(101)), key=lambda p: bits.entropy([p, 1 - p]))


def keys() -> int:
    """Keys of a query."""
    return temperature.weights(temperature.DIMENSIONS[0], scaled=False).size


FIGURES: Figures = {
    "rare_news_carries_more_bits": {
        "821": lambda: len(texts.poem()),
        "Five": fixed_length,
        "4,105": lambda: fixed_length() * len(texts.poem()),
        "one of eight": lambda: 2 ** bits.surprisal(1 / carpet.DOORS),
        "Three bits find": lambda: bits.surprisal(1 / carpet.DOORS),
        "two bits, three": lambda: bits.surprisal(1 / carpet.DOORS),
        "2.5": lambda: of_sign(" "),
        "9.7": lambda: of_sign("z"),
    },
    "entropy_is_the_average_surprise": {
        "four letters": lambda: len(bits.terms(bits.P)),
        "1.75": lambda: bits.entropy(bits.P),
        "one bit at": lambda: bits.entropy([0.5, 0.5]),
        "a half": fairest,
    },
    "no_letter_code_gets_below_it": {
        "1.75": lambda: ALPHABET.expected_length,
        "Half": lambda: 2.0 ** -len(ALPHABET.codewords["a"]),
        "These four": lambda: len(ALPHABET.codewords),
        "3,367": lambda: poem_code().total,
        "4.10": lambda: poem_code().expected_length,
        "4.06": lambda: bits.entropy(POEM),
    },
    "the_wrong_price_list_costs_more": {
        "four letters": lambda: len(bits.terms(bits.P)),
        "three bits": lambda: wrong_price(0),
        "and three": lambda: wrong_price(3),
        "2.375": lambda: bits.cross_entropy(bits.P, bits.Q),
        "4.17": lambda: bits.cross_entropy(POEM, OTHER),
        "18": lambda: 2 ** bits.cross_entropy(POEM, OTHER),
    },
    "a_label_leaves_one_price": {
        "an eighth": lambda: 2 ** -bits.surprisal(1 / 8),
        "three bits": lambda: bits.cross_entropy([1, 0], [1 / 8, 7 / 8]),
        "3.3": lambda: loss_after(0),
        "a thousand": lambda: classifier.train(classifier.typical()).steps[-1],
        "0.23": lambda: loss_after(1000),
        "0.69": lambda: float(bits.surprisal(1 / 2)) * np.log(2),
    },
    "the_excess_has_a_direction": {
        "four letters": lambda: len(bits.terms(bits.P)),
        "Five": lambda: left_over(bits.P, bits.Q),
        "an eighth": lambda: bits.kl(bits.P, bits.Q) / left_over(bits.P, bits.Q),
        "0.625": lambda: bits.kl(bits.P, bits.Q),
        "four are": lambda: left_over(bits.Q, bits.P),
        "Half": lambda: bits.kl(bits.Q, bits.P),
        "0.105": lambda: bits.kl(POEM, OTHER),
    },
    "what_one_variable_tells": {
        "eight cards": lambda: mutual.CARDS.shape[1],
        "three bits": lambda: bits.entropy(mutual.CARDS.sum(axis=0)),
        "Four cards": lambda: (mutual.CARDS[0] > 0).sum(),
        "four shades": lambda: mutual.table().shape[0],
        "3.32": lambda: bits.entropy(mutual.table().sum(axis=0)),
        "0.56": lambda: mutual.information(mutual.table()),
        "64": lambda: mutual.by_pixel().size,
        "0.02": lambda: mutual.shuffled()[0].max(),
        "1.17": lambda: pairs.told(texts.poem()),
        "0.44": lambda: pairs.shuffled().mean(),
    },
    "an_encoders_bell_has_a_price": {
        "two nats": lambda: vae.gaussian_kl(2, 1),
    },
    "the_elbo_weighs_copies_against_bits": {
        "thirteen": collapse,
        "2.5": lambda: vae.nats(vae.WEIGHTS[0]),
        "3.5": lambda: vae.errors(vae.WEIGHTS[0]).mean(),
        "4.7": lambda: vae.flat_error(),
        "KL is zero": lambda: vae.nats(vae.WEIGHTS[2]),
    },
    "temperature_dials_the_entropy": {
        "an eight": lambda: temperature.most_doubtful().kind,
        "2.78": lambda: temperature.most_doubtful().entropy(temperature.TEMPERATURES[1]),
        "0.73": lambda: temperature.most_doubtful().entropy(temperature.TEMPERATURES[0]),
        "3.28": lambda: temperature.most_doubtful().entropy(temperature.TEMPERATURES[2]),
    },
    "root_d_keeps_attention_warm": {
        "sixteen": lambda: keys(),
        "4.10": lambda: poem_code().expected_length,
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
        "the best prefix code": "test_no_prefix_code_is_shorter",
    },
    "the_excess_has_a_direction": {
        "never negative": "test_kl_is_scipys_never_negative_and_zero_for_equals",
        "zero only when q equals p": "test_kl_is_zero_only_for_equals",
    },
    "a_label_leaves_one_price": {
        "all classes get the same": "test_it_begins_with_equal_shares_and_learns",
    },
    "one_bell_two_answers": {
        "The best bell has the mean": "test_the_forward_fit_has_the_targets_moments",
    },
    "what_one_variable_tells": {
        "this one is the best": "test_the_best_of_sixty_four_is_the_best",
        "and the best has": "test_shuffled_classes_tell_what_counting_makes_up",
        "zero only if": "test_zero_only_where_independent",
    },
    "the_elbo_weighs_copies_against_bits": {
        "never negative": "test_kl_is_scipys_never_negative_and_zero_for_equals",
        "z says nothing": "test_a_heavier_kl_widens_bells_and_blurs_images_until_nothing_is_left",
    },
    "temperature_dials_the_entropy": {
        "of all the unseen ones": "test_the_most_doubtful_digit",
        "the winner takes it all": "test_the_order_stays_and_the_entropy_rises",
    },
}

WAIVERS: Waivers = {}


@pytest.mark.parametrize(("p", "q"), [(bits.P, bits.Q), (bits.Q, bits.P)])
def test_each_square_is_an_eighth_of_a_bit(p: tuple[float, ...], q: tuple[float, ...]) -> None:
    assert left_over(p, q) / 8 == bits.kl(p, q)


def test_the_mean_excess_lies_above_the_tangent_at_the_mean_ratio() -> None:
    p, q = np.array(bits.P), np.array(bits.Q)
    assert p @ (q / p) == pytest.approx(1)
    ratios = np.geomspace(0.01, 100, 2001)
    assert (bits.surprisal(ratios) >= (1 - ratios) / np.log(2) - 1e-12).all()
    assert p @ bits.surprisal(q / p) == pytest.approx(bits.kl(p, q))


def test_these_codewords_use_up_the_budget() -> None:
    assert sum(2.0 ** -len(word) for word in ALPHABET.codewords.values()) == 1


def test_two_nats_by_hand_and_more_for_a_narrow_bell() -> None:
    by_hand = vae.gaussian_kl(codes.HAND.mu, codes.HAND.sigma)
    assert by_hand == 2 == (4 + 1 - 1 - 0) / 2
    assert vae.gaussian_kl(codes.HAND.mu, codes.HAND.sigma / 2) > by_hand


def test_the_page_holds_the_whole_poem() -> None:
    lines = carpet.broken(texts.poem())
    assert "".join(lines) == texts.poem()
    assert max(map(len, lines)) <= carpet.ACROSS
