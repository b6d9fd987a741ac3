"""A transformer small enough to see through: forward, gradients written out, and its training.

The stream of a token is a row of ``width`` numbers that every block only adds to.  A layer adds what attention
brings from other tokens, then what a two-layer network makes of the token alone; each reads the stream through a
norm (pre-norm, as GPT-2 does).

Sources: Vaswani et al., Attention is all you need (NeurIPS 2017), section 3; Radford et al., Language models are
unsupervised multitask learners (2019), section 2.3, for the order of norm and block; Ba, Kiros & Hinton, Layer
normalization (2016); Kingma & Ba, Adam (ICLR 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scenes.maths.transformers.attention import clocks, no_peeking, softmax

Array: TypeAlias = NDArray[np.float64]
Tokens: TypeAlias = NDArray[np.intp]
Weights: TypeAlias = dict[str, Array]
"""By name: ``embed`` (vocabulary, width), ``read`` (width, vocabulary) and ``norm`` (width,), and for each layer l
``query.l``, ``key.l``, ``value.l``, ``out.l`` (width, width), ``up.l`` (width, hidden), ``bias.l`` (hidden,),
``down.l`` (hidden, width), ``look.l`` and ``think.l`` (width,), the gains of its two norms."""

GRID: Final = 2.0**16
"""Weights are multiples of 1 / GRID, rounded after each step.  Machines differ in a sum's last bits, and training
makes much of little: on a grid such differences vanish at once instead of growing."""
_TINY: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a transformer is.  ``places`` is the factor on the place clocks added to words, 0 for none;
    ``hidden`` the width inside a feed-forward block; ``causal`` whether a place sees only itself and those before."""

    vocabulary: int
    layers: int = 2
    heads: int = 2
    width: int = 32
    hidden: int = 64
    causal: bool = True
    places: float = 0.5

    @property
    def head_width(self) -> int:
        """Numbers in a query, a key and a value."""
        return self.width // self.heads


def begin(shape: Shape, rng: np.random.Generator) -> Weights:
    """Random weights to start from: N(0, 1/4) for words, N(0, 1/width) for attention, He's for the rectifiers."""
    d, f = shape.width, shape.hidden
    weights = {
        "embed": rng.normal(0, 0.5, (shape.vocabulary, d)),
        "read": rng.normal(0, d**-0.5, (d, shape.vocabulary)),
        "norm": np.ones(d),
    }
    for layer in range(shape.layers):
        for name in ("query", "key", "value", "out"):
            weights[f"{name}.{layer}"] = rng.normal(0, d**-0.5, (d, d))
        weights[f"up.{layer}"] = rng.normal(0, (2 / d) ** 0.5, (d, f))
        weights[f"bias.{layer}"] = np.zeros(f)
        weights[f"down.{layer}"] = rng.normal(0, f**-0.5, (f, d))
        weights[f"look.{layer}"], weights[f"think.{layer}"] = np.ones(d), np.ones(d)
    return weights


# --- Forward ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """An attention block: what it read (``normed``), what it ``added`` to the stream, and what its gradient needs.

    ``query``, ``key``, ``value`` and ``mixed`` are (batch, heads, places, head width), ``weights`` (batch, heads,
    places, places), ``added`` (batch, places, width).
    """

    normed: Normed
    query: Array
    key: Array
    value: Array
    weights: Array
    mixed: Array
    added: Array


@dataclass(frozen=True, slots=True)
class Thought:
    """A feed-forward block: ``active`` (batch, places, hidden) after the rectifier, ``added`` to the stream."""

    normed: Normed
    active: Array
    added: Array


@dataclass(frozen=True, slots=True)
class Normed:
    """A norm: ``unit`` (..., width) with mean 0 and variance 1, ``scale`` (..., 1) it was multiplied by to get
    there, and ``out``, the unit times the gain."""

    unit: Array
    scale: Array
    out: Array


@dataclass(frozen=True, slots=True)
class Pass:
    """One forward pass: ``logits`` (batch, places, vocabulary), ``words`` (batch, places, width) that entered the
    stream, a :class:`Looked` and a :class:`Thought` for each layer, and the last norm."""

    logits: Array
    words: Array
    looked: tuple[Looked, ...]
    thought: tuple[Thought, ...]
    last: Normed

    @property
    def chances(self) -> Array:
        """Probabilities (batch, places, vocabulary) of the words."""
        return softmax(self.logits)

    def streams(self) -> Array:
        """The stream (1 + 2 layers, batch, places, width) after the words and after each block's addition."""
        parts = [self.words]
        for looked, thought in zip(self.looked, self.thought, strict=True):
            parts += [looked.added, thought.added]
        return np.cumsum(parts, axis=0)


def run(weights: Weights, shape: Shape, text: Tokens, cut: tuple[int, int] | None = None) -> Pass:
    """The forward pass over ``text`` (batch, places), numbers of words.

    ``cut`` (layer, head) silences a head: what it mixes is replaced by its mean over batch and places, so that it
    still adds as much as it did, and says nothing.
    """
    words = weights["embed"][text] + shape.places * clocks(text.shape[1], shape.width)
    mask = no_peeking(text.shape[1]) if shape.causal else np.zeros(())
    stream, looks, thoughts = words, [], []
    for layer in range(shape.layers):
        head = cut[1] if cut and cut[0] == layer else None
        looks.append(_look(weights, shape, layer, stream, mask, head))
        stream = stream + looks[-1].added
        thoughts.append(_think(weights, layer, stream))
        stream = stream + thoughts[-1].added
    last = _norm(stream, weights["norm"])
    return Pass(last.out @ weights["read"], words, tuple(looks), tuple(thoughts), last)


def _norm(stream: Array, gain: Array) -> Normed:
    centred = stream - stream.mean(axis=-1, keepdims=True)
    scale = 1 / np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + _TINY)
    unit = centred * scale
    return Normed(unit, scale, unit * gain)


def _look(w: Weights, shape: Shape, layer: int, stream: Array, mask: Array, silent: int | None) -> Looked:
    normed = _norm(stream, w[f"look.{layer}"])
    query, key, value = (_part(normed.out @ w[f"{n}.{layer}"], shape) for n in ("query", "key", "value"))
    weights = softmax(query @ key.swapaxes(2, 3) / np.sqrt(shape.head_width) + mask)
    mixed = weights @ value
    if silent is not None:
        mixed[:, silent] = mixed[:, silent].mean(axis=(0, 1))
    return Looked(normed, query, key, value, weights, mixed, _join(mixed) @ w[f"out.{layer}"])


def _think(w: Weights, layer: int, stream: Array) -> Thought:
    normed = _norm(stream, w[f"think.{layer}"])
    active = np.maximum(normed.out @ w[f"up.{layer}"] + w[f"bias.{layer}"], 0)
    return Thought(normed, active, active @ w[f"down.{layer}"])


def _part(rows: Array, shape: Shape) -> Array:
    """(batch, places, width) as (batch, heads, places, head width)."""
    return rows.reshape(*rows.shape[:2], shape.heads, shape.head_width).swapaxes(1, 2)


def _join(parts: Array) -> Array:
    """Heads side by side again: (batch, heads, places, head width) as (batch, places, width)."""
    return parts.swapaxes(1, 2).reshape(parts.shape[0], parts.shape[2], -1)


# --- Loss and gradient --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Examples:
    """What to learn from: ``text`` (batch, places), ``truth`` (batch, places), and which places ``counted`` (batch,
    places) in the loss."""

    text: Tokens
    truth: Tokens
    counted: NDArray[np.bool_]


def loss_and_slope(weights: Weights, shape: Shape, lesson: Examples) -> tuple[float, Weights]:
    """Mean log loss in nats over the counted places, and its derivative by every weight, by back-propagation."""
    done = run(weights, shape, lesson.text)
    slope: Weights = {}
    wrong = done.chances
    picked = np.take_along_axis(wrong, lesson.truth[:, :, None], 2)
    share = lesson.counted[:, :, None] / lesson.counted.sum()
    loss = float(-(np.log(picked) * share).sum())
    np.put_along_axis(wrong, lesson.truth[:, :, None], picked - 1, 2)
    wrong *= share

    slope["read"] = _outer(done.last.out, wrong)
    down, slope["norm"] = _norm_back(done.last, weights["norm"], wrong @ weights["read"].T)
    for layer in reversed(range(shape.layers)):
        down = down + _think_back(weights, layer, done.thought[layer], down, slope)
        down = down + _look_back(weights, shape, layer, done.looked[layer], down, slope)
    one_hot = np.eye(shape.vocabulary)[lesson.text]
    slope["embed"] = _outer(one_hot, down)
    return loss, slope


def _outer(inputs: Array, slopes: Array) -> Array:
    """Derivative by the matrix that took ``inputs`` to where the slopes are."""
    return np.asarray(inputs.reshape(-1, inputs.shape[-1]).T @ slopes.reshape(-1, slopes.shape[-1]))


def _norm_back(normed: Normed, gain: Array, slope: Array) -> tuple[Array, Array]:
    """Slopes by the norm's input and by its gain."""
    unit = normed.unit
    inner = slope * gain
    back = inner - inner.mean(axis=-1, keepdims=True) - unit * (inner * unit).mean(axis=-1, keepdims=True)
    return normed.scale * back, (slope * unit).sum(axis=(0, 1))


def _think_back(w: Weights, layer: int, thought: Thought, slope: Array, into: Weights) -> Array:
    into[f"down.{layer}"] = _outer(thought.active, slope)
    inner = (slope @ w[f"down.{layer}"].T) * (thought.active > 0)
    into[f"bias.{layer}"] = inner.sum(axis=(0, 1))
    into[f"up.{layer}"] = _outer(thought.normed.out, inner)
    back, into[f"think.{layer}"] = _norm_back(thought.normed, w[f"think.{layer}"], inner @ w[f"up.{layer}"].T)
    return back


def _look_back(w: Weights, shape: Shape, layer: int, looked: Looked, slope: Array, into: Weights) -> Array:
    into[f"out.{layer}"] = _outer(_join(looked.mixed), slope)
    mixed = _part(slope @ w[f"out.{layer}"].T, shape)
    weights = mixed @ looked.value.swapaxes(2, 3)
    scores = looked.weights * (weights - (weights * looked.weights).sum(axis=-1, keepdims=True))
    scores /= np.sqrt(shape.head_width)
    parts = {
        "query": scores @ looked.key,
        "key": scores.swapaxes(2, 3) @ looked.query,
        "value": looked.weights.swapaxes(2, 3) @ mixed,
    }
    inner = np.zeros_like(slope)
    for name, part in parts.items():
        into[f"{name}.{layer}"] = _outer(looked.normed.out, _join(part))
        inner += _join(part) @ w[f"{name}.{layer}"].T
    back, into[f"look.{layer}"] = _norm_back(looked.normed, w[f"look.{layer}"], inner)
    return back


# --- Training -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained transformer: its ``shape`` and ``weights``, and what was ``watched`` of it (m,) after ``step`` (m,)
    steps."""

    shape: Shape
    weights: Weights
    step: Array
    watched: Array

    @property
    def size(self) -> int:
        """Numbers that were learnt."""
        return sum(weight.size for weight in self.weights.values())


def train(
    shape: Shape,
    draw: Callable[[np.random.Generator], Examples],
    watch: Callable[[Weights], float],
    steps: int,
    *,
    seed: int = 0,
    rate: float = 5e-3,
    every: int = 20,
) -> Trained:
    """Train by Adam (0.9, 0.99) with 100 steps of warm-up, then a cosine from ``rate`` down to a twentieth.

    ``draw`` gives the examples of a step; ``watch`` is called with the weights at the start, after every ``every``
    steps and at the end, and what it returns is kept.
    """
    # Matrices so small are slower on several threads, and very much so while others use the processor.
    with threadpool_limits(1, "blas"):
        return _train(shape, draw, watch, steps, seed, rate, every)


def _train(
    shape: Shape,
    draw: Callable[[np.random.Generator], Examples],
    watch: Callable[[Weights], float],
    steps: int,
    seed: int,
    rate: float,
    every: int,
) -> Trained:
    rng = np.random.default_rng(seed)
    weights = {name: _to_grid(weight) for name, weight in begin(shape, rng).items()}
    mean = {name: np.zeros_like(weight) for name, weight in weights.items()}
    square = {name: np.zeros_like(weight) for name, weight in weights.items()}
    seen = [(0, watch(weights))]
    for step in range(1, steps + 1):
        _, slope = loss_and_slope(weights, shape, draw(rng))
        pace = rate * min(1, step / 100) * (0.05 + 0.95 * (1 + np.cos(np.pi * step / steps)) / 2)
        for name, rise in slope.items():
            mean[name] = 0.9 * mean[name] + 0.1 * rise
            square[name] = 0.99 * square[name] + 0.01 * rise**2
            move = mean[name] / (1 - 0.9**step) / (np.sqrt(square[name] / (1 - 0.99**step)) + 1e-8)
            weights[name] = _to_grid(weights[name] - pace * move)
        if step % every == 0 or step == steps:
            seen.append((step, watch(weights)))
    at, watched = np.array(seen, dtype=float).T
    return Trained(shape, weights, at, watched)


def _to_grid(weight: Array) -> Array:
    return np.asarray(np.rint(weight * GRID) / GRID)
