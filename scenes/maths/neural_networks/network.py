"""Networks of layers: the forward pass, back-propagation of gradients ("blame"), and training with both.

Rows of a batch are examples, so a layer computes a = f(x W + b), with W (n_in, n_out).  Every array may have leading
axes: many networks of one shape are trained at once.

Sources: D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors (Nature 323,
1986); I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (MIT Press 2016), section 6.5.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logsumexp, softmax

from scenes.maths.neural_networks.perceptron import CORNERS, XOR
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]


# --- bends


@dataclass(frozen=True, slots=True)
class Bend:
    """An activation function: ``of`` maps sums z to activations, ``slope`` is its derivative at z."""

    name: str
    of: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0.0)


def _relu_slope(z: Floats) -> Floats:
    return np.where(z > 0, 1.0, 0.0)


def _sigmoid(z: Floats) -> Floats:
    return np.asarray(expit(z))


def _sigmoid_slope(z: Floats) -> Floats:
    return np.asarray(expit(z) * expit(-z))


def _tanh_slope(z: Floats) -> Floats:
    return np.asarray(1 - np.tanh(z) ** 2)


def _straight(z: Floats) -> Floats:
    return z


RELU: Final = Bend("ReLU", _relu, _relu_slope)
SIGMOID: Final = Bend("sigmoid", _sigmoid, _sigmoid_slope)
TANH: Final = Bend("tanh", np.tanh, _tanh_slope)
STRAIGHT: Final = Bend("none", _straight, np.ones_like)
"""The identity: layers with it are no more than one linear layer."""
BENDS: Final = {bend.name: bend for bend in (RELU, SIGMOID, TANH)}


# --- right and left


@dataclass(frozen=True, slots=True)
class Layer:
    """``weights`` (..., n_in, n_out), a column for each unit, and ``bias`` (..., n_out)."""

    weights: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """The sums z (..., n, n_out) of ``x`` (..., n, n_in)."""
        return np.asarray(x @ self.weights + self.bias[..., None, :])


Layers = tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Pass:
    """The results of a forward pass through L layers.

    ``activations``: L arrays (..., n, n_in), what entered each layer, the inputs first; ``sums``: L arrays
    (..., n, n_out), before the bend.  The last sums are the outputs (logits): nothing bends them here.
    """

    activations: tuple[Floats, ...]
    sums: tuple[Floats, ...]

    @property
    def outputs(self) -> Floats:
        """The logits (..., n, k)."""
        return self.sums[-1]


@dataclass(frozen=True, slots=True)
class Blame:
    """Gradients of the loss after a backward pass through L layers.

    Those by ``weights`` and ``bias`` have the shapes of the layers; those by ``sums`` (δ, L arrays) and by
    ``activations`` (L arrays) have the shapes of the :class:`Pass`.
    """

    weights: tuple[Floats, ...]
    bias: tuple[Floats, ...]
    sums: tuple[Floats, ...]
    activations: tuple[Floats, ...]


def forward(layers: Layers, x: Floats, bend: Bend) -> Pass:
    """The forward pass of ``x`` (..., n, n_in): multiply and add at each layer, bend at each but the last."""
    activations: list[Floats] = [x]
    sums: list[Floats] = []
    for layer in layers:
        if sums:
            activations.append(bend.of(sums[-1]))
        sums.append(layer(activations[-1]))
    return Pass(tuple(activations), tuple(sums))


def backward(layers: Layers, passed: Pass, slope: Floats, bend: Bend) -> Blame:
    """The backward pass of ``slope`` (..., n, k), the gradient of the loss by the outputs.

    ∂L/∂W = aᵀ δ,  ∂L/∂a = δ Wᵀ,  and δ of the layer before is ∂L/∂a ⊙ f′(z).
    """
    weights: list[Floats] = []
    bias: list[Floats] = []
    deltas: list[Floats] = []
    signals: list[Floats] = []
    delta = slope
    for k in range(len(layers) - 1, -1, -1):
        deltas.append(delta)
        weights.append(passed.activations[k].swapaxes(-1, -2) @ delta)
        bias.append(delta.sum(axis=-2))
        signals.append(delta @ layers[k].weights.swapaxes(-1, -2))
        if k:
            delta = signals[-1] * bend.slope(passed.sums[k - 1])
    return Blame(tuple(weights[::-1]), tuple(bias[::-1]), tuple(deltas[::-1]), tuple(signals[::-1]))


def guess(outputs: Floats) -> Floats:
    """Probabilities of logits (..., n, k): of class 1 for one column (sigmoid), of each class for more (softmax)."""
    return np.asarray(expit(outputs) if outputs.shape[-1] == 1 else softmax(outputs, axis=-1))


def log_loss(outputs: Floats, truth: Floats) -> Floats:
    """Mean log loss (...) in nats of logits (..., n, k) against ``truth`` (n, k) of zeros and ones."""
    if outputs.shape[-1] == 1:
        each = np.logaddexp(0, outputs) - truth * outputs
    else:
        each = logsumexp(outputs, axis=-1, keepdims=True) - (truth * outputs).sum(axis=-1, keepdims=True)
    return np.asarray(each.mean(axis=(-1, -2)))


def blame(layers: Layers, x: Floats, truth: Floats, bend: Bend) -> Blame:
    """Gradients of the mean log loss of ``x`` (..., n, n_in) against ``truth`` (n, k).

    At the outputs they are (p − t)/n, which holds for log loss with sigmoid or softmax only.
    """
    passed = forward(layers, x, bend)
    return backward(layers, passed, (guess(passed.outputs) - truth) / x.shape[-2], bend)


def step(layers: Layers, slopes: Blame, rate: float) -> Layers:
    """One step of gradient descent: all weights and biases less ``rate`` times their gradients."""
    return tuple(
        Layer(layer.weights - rate * by_weight, layer.bias - rate * by_bias)
        for layer, by_weight, by_bias in zip(layers, slopes.weights, slopes.bias, strict=True)
    )


def count_multiplications(sizes: Sequence[int]) -> tuple[int, int]:
    """Multiplications in one example's forward pass, and in its backward pass, for layers of ``sizes``.

    The backward pass ends at the first weights: the gradient by the inputs is not computed.
    """
    pairs = [one * other for one, other in itertools.pairwise(sizes)]
    return sum(pairs), 2 * sum(pairs) - pairs[0]


# --- training


@dataclass(frozen=True, slots=True)
class Training:
    """A training with full batches.

    ``kept``: the steps whose ``layers`` were kept; ``loss`` and ``right`` (steps + 1, ...): mean log loss and share
    of examples judged right, before the first step and after each.
    """

    kept: tuple[int, ...]
    layers: tuple[Layers, ...]
    loss: Floats
    right: Floats


def train(
    layers: Layers,
    x: Floats,
    truth: Floats,
    bend: Bend,
    *,
    rate: float,
    steps: int,
    momentum: float = 0.0,
    keep: Collection[int] = (),
) -> Training:
    """Gradient descent on all of ``x`` (n, n_in) and ``truth`` (n, k), with momentum after Polyak (1964)."""
    wanted = {*keep, steps}
    speed = tuple(Layer(np.zeros_like(layer.weights), np.zeros_like(layer.bias)) for layer in layers)
    kept: list[int] = []
    states: list[Layers] = []
    loss, right = [], []
    for done in range(steps + 1):
        passed = forward(layers, x, bend)
        loss.append(log_loss(passed.outputs, truth))
        right.append(_judged_right(passed.outputs, truth).mean(axis=-1))
        if done in wanted:
            kept.append(done)
            states.append(layers)
        if done == steps:
            break
        slopes = backward(layers, passed, (guess(passed.outputs) - truth) / len(x), bend)
        speed = tuple(
            Layer(momentum * v.weights - rate * by_weight, momentum * v.bias - rate * by_bias)
            for v, by_weight, by_bias in zip(speed, slopes.weights, slopes.bias, strict=True)
        )
        layers = tuple(
            Layer(layer.weights + v.weights, layer.bias + v.bias)
            for layer, v in zip(layers, speed, strict=True)
        )
    return Training(tuple(kept), tuple(states), np.array(loss), np.array(right))


def _judged_right(outputs: Floats, truth: Floats) -> NDArray[np.bool_]:
    """(..., n): a guess above one half for one column, the largest for more."""
    if outputs.shape[-1] == 1:
        return np.asarray((outputs[..., 0] > 0) == (truth[:, 0] > 0.5))
    return np.asarray(outputs.argmax(axis=-1) == truth.argmax(axis=-1))


# --- the worked example


@dataclass(frozen=True, slots=True)
class Example:
    """One example ``x`` (1, n_in) with its ``truth`` (1, 1), going through ``layers`` with ReLU."""

    layers: Layers
    x: Floats
    truth: Floats

    @property
    def passed(self) -> Pass:
        """Its forward pass."""
        return forward(self.layers, self.x, RELU)

    @property
    def blame(self) -> Blame:
        """Its backward pass."""
        return blame(self.layers, self.x, self.truth, RELU)

    @property
    def guess(self) -> float:
        """Probability of class 1."""
        return float(guess(self.passed.outputs)[0, 0])

    @property
    def loss(self) -> float:
        """Log loss in nats."""
        return float(log_loss(self.passed.outputs, self.truth))

    def nudged(self, layer: int, row: int, column: int, by: float = 1e-6) -> float:
        """Derivative of the loss by one weight, measured by moving it ``by`` up and down."""
        losses = []
        for way in (by, -by):
            moved = [Layer(each.weights.copy(), each.bias) for each in self.layers]
            moved[layer].weights[row, column] += way
            losses.append(Example(tuple(moved), self.x, self.truth).loss)
        return (losses[0] - losses[1]) / (2 * by)

    def after(self, rate: float) -> Example:
        """The same example with the layers after one step of gradient descent."""
        return Example(step(self.layers, self.blame, rate), self.x, self.truth)


def worked_example() -> Example:
    """Two inputs, two units, one output, with numbers that can be followed by eye.

    No input, activation, weight or bias is that of another, and none is 1: a delta, the slope of a weight and
    that of a bias can be told apart.
    """
    first = Layer(np.array([[0.7, -1.2], [1.1, 0.8]]), np.array([-0.3, 0.2]))
    last = Layer(np.array([[-0.6], [0.5]]), np.array([0.9]))
    return Example((first, last), np.array([[3.0, 2.0]]), np.array([[1.0]]))


def melt(layers: Layers) -> Layer:
    """The one layer that computes the same as ``layers`` without any bend between them."""
    weights, bias = layers[0].weights, layers[0].bias
    for layer in layers[1:]:
        weights, bias = weights @ layer.weights, bias @ layer.weights + layer.bias
    return Layer(weights, bias)


# --- XOR, folded


def random_layers(sizes: Sequence[int], seeds: Sequence[int]) -> Layers:
    """Layers of standard normal weights and zero biases for each of ``seeds``, drawn layer after layer."""
    rngs = [np.random.default_rng(seed) for seed in seeds]
    return tuple(
        Layer(np.stack([rng.normal(0, 1, (n_in, n_out)) for rng in rngs]), np.zeros((len(seeds), n_out)))
        for n_in, n_out in itertools.pairwise(sizes)
    )


def train_on_xor(layers: Layers, keep: Collection[int] = (), steps: int = 3000) -> Training:
    """Training of ``layers`` of tanh units on the four corners of XOR, at rate 0.5."""
    truth = XOR[:, None].astype(float)
    return train(layers, CORNERS, truth, TANH, rate=0.5, steps=steps, keep=keep)


FOLDING_SEED: Final = 4
"""A start from which two units solve XOR."""


def fold(keep: Collection[int] = (), seed: int = FOLDING_SEED) -> Training:
    """Training of two tanh units on XOR, from the start of ``seed``; ``keep`` names steps to keep."""
    start = tuple(Layer(each.weights[0], each.bias[0]) for each in random_layers((2, 2, 1), [seed]))
    return train_on_xor(start, keep)


OPEN_SEED: Final = 20
OPEN_STEP: Final = 134
"""A start and a step at which two units have all four corners right, while the sheet of inputs still has an area."""


def open_fold() -> Layers:
    """The two layers of that step."""
    return fold((OPEN_STEP,), OPEN_SEED).layers[0]


@remembered
def solved_at(starts: int = 50) -> NDArray[np.intp]:
    """The first step (m,) at which each start of two tanh units that solves XOR has all four corners right.

    In the order of the seeds of those that :func:`solved` names.
    """
    right = train_on_xor(random_layers((2, 2, 1), range(starts))).right == 1
    return np.asarray(right[:, right[-1]].argmax(axis=0), dtype=np.intp)


def middle_seed(starts: int = 50) -> int:
    """Of the starts that solve XOR, the one in the middle of their order by :func:`solved_at`."""
    seeds, steps = np.flatnonzero(solved(2, starts)), solved_at(starts)
    return int(seeds[np.argsort(steps, kind="stable")[len(steps) // 2]])


def unfold(layer: Layer, activations: Floats) -> Floats:
    """The inputs (n, d) that a square ``layer`` of tanh units answers with ``activations`` (n, d) within ±1."""
    return np.asarray(np.linalg.solve(layer.weights.T, (np.arctanh(activations) - layer.bias).T).T)


@remembered
def solved(hidden: int, starts: int = 50) -> NDArray[np.bool_]:
    """Whether each of ``starts`` networks with ``hidden`` tanh units gets all four corners right in 3000 steps."""
    training = train_on_xor(random_layers((2, hidden, 1), range(starts)))
    return np.asarray(training.right[-1] == 1)


def count_solved(hidden: int, starts: int = 50) -> int:
    """How many of them do."""
    return int(solved(hidden, starts).sum())


@dataclass(frozen=True, slots=True)
class Triplets:
    """Three units that begin alike: ``weights`` (m, 2, 3) into and ``out`` (m, 3, 1) of them, at ``steps`` (m,)."""

    steps: NDArray[np.intp]
    weights: Floats
    out: Floats


def triplets(steps: int = 3000, samples: int = 40) -> Triplets:
    """XOR by three tanh units whose weights all start at one half."""
    start = (Layer(np.full((2, 3), 0.5), np.zeros(3)), Layer(np.full((3, 1), 0.5), np.zeros(1)))
    kept = np.unique(np.concatenate([[0], np.geomspace(1, steps, samples).round()])).astype(np.intp)
    training = train_on_xor(start, kept.tolist(), steps)
    return Triplets(
        kept,
        np.stack([layers[0].weights for layers in training.layers]),
        np.stack([layers[1].weights for layers in training.layers]),
    )


def count_numbers(sizes: Sequence[int]) -> int:
    """Weights and biases of a network of such layers."""
    return sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(sizes))
