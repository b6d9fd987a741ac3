"""A model that predicts the next word and a reader that fills holes, both trained on the toy language.

They are :mod:`scenes.maths.transformers.transformer` models.  The reader learns as BERT does (Devlin et al., NAACL
2019): words are blanked, and guessed from both sides.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.shared.memo import remembered
from scenes.maths.transformers import toy, transformer
from scenes.maths.transformers.transformer import Examples, Shape, Tokens, Trained, Weights

Array: TypeAlias = NDArray[np.float64]

STEPS: Final = 1500
BATCH: Final = 32
HIDDEN_SHARE: Final = 0.4
"""Share of the things that are blanked where a reader learns."""
ASKED: Final = np.arange(2 * toy.GUESTS, toy.LENGTH - 1, 2)
"""Places of the repeated names: what follows them is certain."""


def next_words(rng: np.random.Generator) -> Examples:
    """A batch of rounds, every next word of which is to be predicted."""
    text = toy.rounds(BATCH, rng)
    return Examples(text[:, :-1], text[:, 1:], np.ones((BATCH, toy.LENGTH - 1), dtype=bool))


def blanked_things(rng: np.random.Generator) -> Examples:
    """A batch of rounds in which some things are blanked and are to be guessed."""
    text = toy.rounds(BATCH, rng)
    hidden = np.zeros(text.shape, dtype=bool)
    hidden[:, 1::2] = rng.random((BATCH, toy.PAIRS)) < HIDDEN_SHARE
    return Examples(np.where(hidden, toy.BLANK, text), text, hidden)


@remembered
def train_model(layers: int = 2, places: float = 0.5, seed: int = 0, steps: int = STEPS) -> Trained:
    """A decoder of next words; watched is the share of repeated names after which it is right."""
    shape = Shape(len(toy.VOCABULARY), layers=layers, places=places)
    exam = toy.rounds(500, np.random.default_rng(999))
    return transformer.train(
        shape, next_words, lambda weights: right_after_names(weights, shape, exam), steps, seed=seed
    )


@remembered
def train_reader(causal: bool = False, seed: int = 0, steps: int = 3000) -> Trained:
    """A model of blanked things, an encoder unless ``causal``; watched is :func:`right_in_holes`."""
    shape = Shape(len(toy.VOCABULARY), causal=causal, places=1.0)
    return transformer.train(
        shape,
        blanked_things,
        lambda weights: right_in_holes(weights, shape, toy.rounds(200, np.random.default_rng(999))),
        steps,
        seed=seed,
        every=100,
    )


def right_after_names(
    weights: Weights, shape: Shape, exam: Tokens, cut: tuple[int, int] | None = None
) -> float:
    """Share of the repeated names after which the likeliest word is the true one."""
    logits = transformer.run(weights, shape, exam[:, :-1], cut).logits[:, ASKED]
    return float((logits.argmax(axis=2) == exam[:, ASKED + 1]).mean())


def right_in_holes(weights: Weights, shape: Shape, text: Tokens) -> float:
    """Share of rounds (count, LENGTH) whose :func:`toy.first_mentions`, blanked, the model tells."""
    rows, places = np.arange(len(text)), toy.first_mentions(text)
    hidden = text.copy()
    hidden[rows, places] = toy.BLANK
    logits = transformer.run(weights, shape, hidden).logits[rows, places]
    return float((logits.argmax(axis=1) == text[rows, places]).mean())
