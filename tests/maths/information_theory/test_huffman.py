"""Huffman's code is a prefix code, and no other one is shorter: tried out for small alphabets."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.maths.information_theory import bits, huffman, texts


def shortest(weights: np.ndarray) -> float:
    """The least expected length of any prefix code, among all lengths that Kraft's inequality allows."""
    lengths = np.array(list(itertools.product(range(1, len(weights)), repeat=len(weights))))
    allowed = lengths[(2.0**-lengths).sum(axis=1) <= 1]
    return float((allowed @ weights).min())


@pytest.mark.parametrize("seed", range(12))
def test_no_prefix_code_is_shorter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(3 + seed % 4))
    code = huffman.huffman(dict(zip("abcdef", weights.tolist(), strict=False)))
    assert code.expected_length == pytest.approx(shortest(weights))
    assert bits.entropy(weights) <= code.expected_length < bits.entropy(weights) + 1


def test_no_codeword_begins_another() -> None:
    for code in (huffman.poem_code(), huffman.huffman(dict(zip("abcd", bits.P, strict=True)))):
        for one, other in itertools.permutations(code.codewords.values(), 2):
            assert not other.startswith(one)


def test_the_poem_comes_back() -> None:
    code = huffman.poem_code()
    stream = code.encode(texts.poem())
    assert code.decode(stream) == texts.poem()
    assert len(stream) == code.total == 3367


def test_each_join_takes_the_two_least() -> None:
    code = huffman.poem_code()
    shares = [*np.array(code.weights) / sum(code.weights), *(join.share for join in code.joins)]
    left = set(range(len(code.symbols)))
    for number, join in enumerate(code.joins, len(code.symbols)):
        rest = left - {join.left, join.right}
        least = max(shares[join.left], shares[join.right])
        assert all(shares[other] >= least - 1e-12 for other in rest)
        left = rest | {number}


def test_the_four_letters_reach_the_entropy() -> None:
    code = huffman.huffman(dict(zip("abcd", bits.P, strict=True)))
    assert code.codewords == {"a": "0", "b": "10", "c": "110", "d": "111"}
    assert code.expected_length == bits.entropy(bits.P)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_entropy_is_reached_exactly_by_powers_of_one_half(count: int) -> None:
    for weights in itertools.product(range(1, 9 if count < 5 else 5), repeat=count):
        shares = np.array(weights) / sum(weights)
        code = huffman.huffman(dict(zip("abcde", shares.tolist(), strict=False)))
        powers = bool(np.all(np.log2(shares) % 1 == 0))
        assert (abs(code.expected_length - bits.entropy(shares)) < 1e-9) == powers


def test_a_code_needs_two_symbols_and_a_stream_ends_with_a_codeword() -> None:
    with pytest.raises(ValueError, match="two symbols"):
        huffman.huffman({"a": 1.0})
    with pytest.raises(ValueError, match="within a codeword"):
        huffman.poem_code().decode("1")
