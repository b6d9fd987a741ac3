"""What a figure of the model is to be held against: guesses without a look back, other trainings, cut heads.

All shares are of the repeated names of the same fresh rounds, so that they can be compared.

Sources: Olsson et al., In-context learning and induction heads (2022), for ablations of heads; Jain & Wallace,
Attention is not explanation (NAACL 2019), for why a map needs one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.shared.memo import remembered
from scenes.maths.transformers import toy, trained, transformer, transformers
from scenes.maths.transformers.transformer import Tokens, Trained

Array: TypeAlias = NDArray[np.float64]

SHORT: Final = 800
"""Steps of the trainings that are repeated."""
SEEDS: Final = (0, 1, 2, 3, 4, 5)
"""Of the models whose heads are cut."""
FEWER: Final = SEEDS[:5]
"""Of the models of one layer, and of those without positions."""
LEARNT: Final = 0.9
"""Share right from which a model has learnt to look back."""


# --- Guesses without a look back ----------------------------------------------------------------------------


def habit_alone(text: Tokens) -> float:
    """Share of the repeated names of rounds ``text`` (count, LENGTH) whose thing is the name's favourite."""
    return float((_favourites()[text[:, trained.ASKED]] == text[:, trained.ASKED + 1]).mean())


def habit_among_named(text: Tokens) -> float:
    """The same for the favourite among the four things that the text has named, whoever has them."""
    things = text[:, 1 : 2 * toy.GUESTS : 2]
    names = text[:, trained.ASKED]
    likely = toy.habits()[names[:, :, None], things[:, None, :] - toy.FIRST_THING]
    guesses = np.take_along_axis(things, likely.argmax(axis=2), axis=1)
    return float((guesses == text[:, trained.ASKED + 1]).mean())


def favourite_in_blanks(text: Tokens) -> float:
    """Share of :func:`toy.first_mentions` in ``text`` (count, LENGTH) that are the favourite of their name."""
    rows, places = np.arange(len(text)), toy.first_mentions(text)
    return float((_favourites()[text[rows, places - 1]] == text[rows, places]).mean())


def _favourites() -> Tokens:
    """The likeliest thing (names,) of each name, as numbers of words."""
    likeliest: Tokens = toy.FIRST_THING + toy.habits().argmax(axis=1)
    return likeliest


# --- Several trainings --------------------------------------------------------------------------------------


@remembered
def cut_each_head(seeds: tuple[int, ...] = SEEDS, steps: int = SHORT) -> Array:
    """Share right (seeds, 1 + layers · heads) of trainings of two layers: whole, then with each head cut."""
    found = []
    for seed in seeds:
        model = trained.train_model(seed=seed, steps=steps)
        cuts = [
            None,
            *((layer, head) for layer in range(model.shape.layers) for head in range(model.shape.heads)),
        ]
        found.append([transformers.accuracy(model, cut) for cut in cuts])
    return np.array(found)


def searchers(cuts: Array) -> Array:
    """Share right (seeds, 2) when a head of layer 2 is cut, the one that is needed more first."""
    return np.sort(cuts[:, 3:], axis=1)


@remembered
def one_layer(seeds: tuple[int, ...] = FEWER) -> Array:
    """Share right (seeds,) of models of one layer, trained as long as the main one."""
    return np.array([transformers.accuracy(trained.train_model(layers=1, seed=seed)) for seed in seeds])


@dataclass(frozen=True, slots=True)
class Progress:
    """Share right (seeds, m) after each of ``step`` (m,) steps."""

    step: Array
    right: Array

    def learnt_by(self, level: float = LEARNT) -> Array:
        """Steps (seeds,) after which a training is first seen at ``level``; infinite where it never is."""
        reached = self.right >= level
        return np.where(reached.any(axis=1), self.step[reached.argmax(axis=1)], np.inf)


def progress(places: float, seeds: tuple[int, ...], steps: int = SHORT) -> Progress:
    """How trainings come along with positions of the factor ``places``, 0 for none."""
    models = [trained.train_model(places=places, seed=seed, steps=steps) for seed in seeds]
    return Progress(models[0].step, np.array([model.watched for model in models]))


# --- Who was never there ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """What a model says after a name that the text has not: ``named`` (n,) whether it is a thing of the text, and
    the probability ``sure`` (n,) that it gives it."""

    named: NDArray[np.bool_]
    sure: Array


def ask_absent_names(model: Trained, count: int = 10_000, seed: int = 5) -> Absent:
    """Four names with their things, and then a name that is none of them, in ``count`` texts."""
    rng = np.random.default_rng(seed)
    told = toy.rounds(count, rng)[:, : 2 * toy.GUESTS]
    here = (told[:, ::2, None] == np.arange(len(toy.NAMES))).any(axis=1)
    strangers = np.where(here, -1.0, rng.random(here.shape)).argmax(axis=1)
    text = np.column_stack([told, strangers])
    chances = transformer.run(model.weights, model.shape, text).chances[:, -1]
    told_next = chances.argmax(axis=1)
    return Absent((told[:, 1::2] == told_next[:, None]).any(axis=1), chances.max(axis=1))


# --- Large models -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks as large models have them: ``layers`` of width ``width``, the feed-forward network ``wider`` times as
    wide inside."""

    layers: int
    width: int
    vocabulary: int
    context: int
    wider: int = 4

    @property
    def attention(self) -> int:
        """Weights of the four matrices of attention in a block, whatever the number of heads."""
        return 4 * self.width**2

    @property
    def feed_forward(self) -> int:
        """Weights of the two matrices of the feed-forward network in a block."""
        return 2 * self.wider * self.width**2

    @property
    def total(self) -> int:
        """Weights of all blocks, and the embeddings of tokens and positions; biases and norms add little."""
        return (
            self.layers * (self.attention + self.feed_forward) + (self.vocabulary + self.context) * self.width
        )


GPT3: Final = Stack(layers=96, width=12288, vocabulary=50257, context=2048)
"""Brown et al., Language models are few-shot learners (NeurIPS 2020), table 2.1 and section 2.1."""
