"""What the lesson on transformers tells of: a model that looks back and a reader that looks both ways.

Both are trained in :mod:`scenes.maths.transformers.trained`.  The circuit that the model learns is the one of Olsson
et al., In-context learning and induction heads (Transformer Circuits, 2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.transformers import toy, transformer
from scenes.maths.transformers.attention import softmax
from scenes.maths.transformers.trained import ASKED, right_after_names, right_in_holes
from scenes.maths.transformers.transformer import Pass, Tokens, Trained

Array: TypeAlias = NDArray[np.float64]

PAD: Final = "Ada tea Ben hat Cleo jam Dan box Ben"
"""The round on the notepad.  Ben's habit is pie."""


# --- What the model does -----------------------------------------------------------------------------------


def fresh_rounds(count: int = 1000) -> Tokens:
    """Rounds that no training has seen."""
    return toy.rounds(count, np.random.default_rng(123))


def read(model: Trained, text: str) -> Pass:
    """The model's pass over one text of the language, as a batch of one."""
    return transformer.run(model.weights, model.shape, toy.tokens_of(text)[None])


def next_chances(model: Trained, text: str) -> Array:
    """Probabilities (vocabulary,) of the word after ``text``."""
    return np.asarray(read(model, text).chances[0, -1])


def thing_logits(model: Trained, text: str) -> Array:
    """Logits (things,) of the things after ``text``."""
    logits: Array = read(model, text).logits[0, -1, toy.FIRST_THING : toy.BLANK]
    return logits


def accuracy(model: Trained, cut: tuple[int, int] | None = None) -> float:
    """Share of the repeated names of 1000 fresh rounds after which the model is right, a head ``cut`` if given."""
    return right_after_names(model.weights, model.shape, fresh_rounds(), cut)


def surprise_of_habits(model: Trained) -> Array:
    """Kullback-Leibler divergence (names,) in nats, D(habit ‖ model), of the things after a lone name."""
    told = np.array([softmax(thing_logits(model, name)) for name in toy.NAMES])
    return np.asarray((toy.habits() * np.log(toy.habits() / told)).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Reach:
    """Mean attention over fresh rounds, by layer and head (2, 2).

    ``own_name``: from a first thing to the name before it; ``answers``: from a repeated name to the things after its
    earlier mentions; ``same_name``: from a repeated name to these mentions. ``even`` is what ``answers`` would be if
    all places were attended to alike.
    """

    own_name: Array
    answers: Array
    same_name: Array
    even: float


def measure_reach(model: Trained) -> Reach:
    """Where the heads look in 1000 fresh rounds."""
    text = fresh_rounds()[:, :-1]
    weights = np.stack(
        [looked.weights for looked in transformer.run(model.weights, model.shape, text).looked]
    )
    firsts = np.arange(1, 2 * toy.GUESTS, 2)
    alike = (text[:, :, None] == text[:, None, :]) & np.tri(text.shape[1], k=-1, dtype=bool)
    alike = alike[:, ASKED]
    after = np.zeros_like(alike)
    after[:, :, 1:] = alike[:, :, :-1]
    asked = weights[:, :, :, ASKED]
    return Reach(
        own_name=weights[:, :, :, firsts, firsts - 1].mean(axis=(1, 3)),
        answers=(asked * after[None, :, None]).sum(axis=-1).mean(axis=(1, 3)),
        same_name=(asked * alike[None, :, None]).sum(axis=-1).mean(axis=(1, 3)),
        even=float((after.sum(axis=2) / (ASKED + 1)).mean()),
    )


def exam_rounds() -> Tokens:
    """A thousand rounds on which readers are examined."""
    return toy.rounds(1000, np.random.default_rng(7))


def guess_first_mentions(model: Trained) -> float:
    """Share of the exam's rounds in which the model guesses a blanked thing that only later words determine."""
    return right_in_holes(model.weights, model.shape, exam_rounds())


def fill_hole(model: Trained, text: Tokens, hole: int) -> Array:
    """Probabilities (things,) for the thing at ``hole`` of a round (places,) once it is blanked."""
    hidden = text.copy()
    hidden[hole] = toy.BLANK
    chances = transformer.run(model.weights, model.shape, hidden[None]).chances[0, hole]
    return np.asarray(chances[toy.FIRST_THING : toy.BLANK])


@dataclass(frozen=True, slots=True)
class ParameterCount:
    """Learnt numbers by the part that they belong to."""

    attention: int
    feed_forward: int
    words: int
    norms: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.attention + self.feed_forward + self.words + self.norms


def count_numbers(model: Trained) -> ParameterCount:
    """How many numbers each part of the model has learnt."""
    parts = {"query": 0, "key": 0, "value": 0, "out": 0, "up": 1, "bias": 1, "down": 1, "embed": 2, "read": 2}
    counts = [0, 0, 0, 0]
    for name, weight in model.weights.items():
        counts[parts.get(name.partition(".")[0], 3)] += weight.size
    return ParameterCount(*counts)
