"""Huffman's code: the prefix code of the shortest expected length."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scenes.maths.information_theory import texts


@dataclass(frozen=True, slots=True)
class Join:
    """Nodes ``left`` and ``right``, the two least probable ones, become one of their ``share`` together."""

    left: int
    right: int
    share: float


@dataclass(frozen=True)
class Code:
    """A binary tree over symbols: leaves are numbered first, in the order of ``symbols``, joins after them."""

    symbols: tuple[str, ...]
    weights: tuple[float, ...]
    """Probabilities of the symbols, or their counts."""
    joins: tuple[Join, ...]
    """In the order in which they were made; the last one is the root."""

    @cached_property
    def codewords(self) -> dict[str, str]:
        """The way down from the root to each symbol: 0 for left, 1 for right."""
        ways = {len(self.symbols) + len(self.joins) - 1: ""}
        for number in range(len(self.joins) - 1, -1, -1):
            way, join = ways[len(self.symbols) + number], self.joins[number]
            ways[join.left], ways[join.right] = way + "0", way + "1"
        return {symbol: ways[number] for number, symbol in enumerate(self.symbols)}

    @property
    def expected_length(self) -> float:
        """Bits a symbol on average: each codeword's length, weighted by its probability."""
        return self.total / sum(self.weights)

    @property
    def total(self) -> float:
        """The sum of weights times lengths: bits of a text, where weights are counts."""
        return sum(
            weight * len(self.codewords[symbol])
            for symbol, weight in zip(self.symbols, self.weights, strict=True)
        )

    def encode(self, text: str) -> str:
        """The codewords of ``text``, end to end.  ``KeyError`` for a symbol without a codeword."""
        return "".join(self.codewords[symbol] for symbol in text)

    def decode(self, stream: str) -> str:
        """The symbols whose codewords ``stream`` strings together; no commas are needed.

        Raises ``ValueError`` for a stream that ends within a codeword.
        """
        symbols = {word: symbol for symbol, word in self.codewords.items()}
        found, word = [], ""
        for bit in stream:
            word += bit
            if word in symbols:
                found.append(symbols[word])
                word = ""
        if word:
            raise ValueError(f"the stream ends within a codeword: {word}")
        return "".join(found)


def huffman(weights: Mapping[str, float]) -> Code:
    """The code of ``weights``, probabilities or counts of at least two symbols.

    Again and again the two least probable nodes are joined; of equal ones, that which was there first is taken first.
    The more probable of the two goes left.  Source: D. A. Huffman, A method for the construction of
    minimum-redundancy codes (1952).  Raises ``ValueError`` for fewer symbols, or a weight that is not positive.
    """
    if len(weights) < 2 or min(weights.values()) <= 0:
        raise ValueError("a code needs two symbols at least, each of a positive weight")
    total = sum(weights.values())
    heap = [(float(weight), number) for number, weight in enumerate(weights.values())]
    heapq.heapify(heap)
    joins: list[Join] = []
    while len(heap) > 1:
        (light, first), (heavy, second) = heapq.heappop(heap), heapq.heappop(heap)
        joins.append(Join(second, first, (light + heavy) / total))
        if light == heavy and first < second:
            joins[-1] = Join(first, second, (light + heavy) / total)
        heapq.heappush(heap, (light + heavy, len(weights) + len(joins) - 1))
    return Code(tuple(weights), tuple(map(float, weights.values())), tuple(joins))


def poem_code() -> Code:
    """The code of the poem's signs."""
    return huffman(texts.counts(texts.poem()))
