"""Twenty layers before training: how wide activations spread going forward, how gradients fade going back.

Sources: X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks (AISTATS
2010), section 4.2; K. He and others, Delving deep into rectifiers (ICCV 2015), section 2.2.  Data: 8 × 8 pictures of
handwritten digits (Alpaydin and Kaynak 1998), as shipped with scikit-learn.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from scenes.maths.neural_networks.network import BENDS, Layer, Layers, blame, forward, train
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

DEPTH: Final = 20
WIDTH: Final = 100
CLASSES: Final = 10

STARTS: Final[dict[str, Callable[[int, int], float]]] = {
    "zero": lambda n_in, n_out: 0.0,
    "small": lambda n_in, n_out: 0.01,
    "large": lambda n_in, n_out: 1.0,
    "Xavier": lambda n_in, n_out: float(np.sqrt(2 / (n_in + n_out))),
    "He": lambda n_in, n_out: float(np.sqrt(2 / n_in)),
}
"""Standard deviation of the initial weights, a function of the numbers of wires into a unit and out of it."""


@dataclass(frozen=True, slots=True)
class Digits:
    """``pictures`` (n, 8, 8) from 0 to 16; ``x`` (n, 64): each pixel with mean 0 and spread 1 over all 1797 pictures;
    ``truth`` (n, 10) of zeros and ones."""

    pictures: Floats
    x: Floats
    truth: Floats


@cache
def digits(count: int = 512) -> Digits:
    """``count`` pictures in a seeded order."""
    pixels, kind = load_digits(return_X_y=True)
    scaled = (pixels - pixels.mean(axis=0)) / (pixels.std(axis=0) + 1e-8)
    rows = np.random.default_rng(0).permutation(len(pixels))[:count]
    return Digits(pixels[rows].reshape(-1, 8, 8), scaled[rows], np.eye(CLASSES)[kind[rows]])


def stack(start: str, seed: int = 0) -> Layers:
    """64 inputs, 20 layers of 100, 10 outputs; normal weights with the standard deviation of ``start`` in STARTS."""
    return _random_stack(STARTS[start], seed)


def _random_stack(spread: Callable[[int, int], float], seed: int) -> Layers:
    rng = np.random.default_rng(seed)
    sizes = [64, *[WIDTH] * DEPTH, CLASSES]
    return tuple(
        Layer(rng.normal(0, spread(n_in, n_out), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in itertools.pairwise(sizes)
    )


@dataclass(frozen=True, slots=True)
class Profile:
    """A stack before its first step, layer by layer from 1 to 20.

    ``spread`` (20,): standard deviation of all activations of the layer, over units and pictures; ``signal`` (20,):
    δ = ∂L/∂z of the layer, its length averaged over pictures (L is the batch's mean log loss); ``activations`` (20, n).
    """

    spread: Floats
    signal: Floats
    activations: Floats

    @property
    def across(self) -> Floats:
        """How much each layer's answers (20,) differ from picture to picture: their spread, averaged over units."""
        return np.array([row.reshape(-1, WIDTH).std(axis=0).mean() for row in self.activations])

    @property
    def kept(self) -> float:
        """Share of the signal that one layer to the left keeps, the geometric mean over the stack.

        Raises ``ValueError`` where no signal arrives at all.
        """
        if not self.signal.all():
            raise ValueError("a signal of 0 has no share to keep")
        return float((self.signal[0] / self.signal[-1]) ** (1 / (len(self.signal) - 1)))

    @property
    def left(self) -> Floats:
        """What is left of δ at each layer (20,), as a share of δ at the last."""
        return np.asarray(self.signal / self.signal[-1])

    def histograms(self, edges: Floats) -> Floats:
        """Share (20, len(edges) − 1) of each layer's activations between ``edges``; what lies beyond is not shown."""
        return np.stack([np.histogram(row, edges)[0] / len(row) for row in self.activations])


@remembered
def profile(bend: str, start: str, seed: int = 0) -> Profile:
    """One forward and one backward pass of the 512 digits, with ``bend`` of BENDS and ``start`` of STARTS."""
    layers, data = stack(start, seed), digits()
    passed = forward(layers, data.x, BENDS[bend])
    slopes = blame(layers, data.x, data.truth, BENDS[bend])
    inside = passed.activations[1:]
    return Profile(
        spread=np.array([each.std() for each in inside]),
        signal=np.array([np.linalg.norm(each, axis=1).mean() for each in slopes.sums[:-1]]),
        activations=np.stack([each.ravel() for each in inside]),
    )


@dataclass(frozen=True, slots=True)
class Factors:
    """By how much δ grows from one layer to the one on its left, the geometric mean over the stack, in its two parts.

    ``weights`` (m,): length of Wᵀδ over that of δ; ``slopes`` (m,): length of Wᵀδ ⊙ φ′(z) over that of Wᵀδ.
    """

    weights: Floats
    slopes: Floats

    @property
    def product(self) -> Floats:
        """The factor a layer, (m,)."""
        return np.asarray(self.weights * self.slopes)


GAINS: Final = tuple(float(each) for each in np.geomspace(1.0, 10.0, 25))
"""Sizes of weights that are tried: their spread is so many times 1/√n."""


@remembered
def factors(bend: str, gains: tuple[float, ...] = GAINS, seed: int = 0) -> Factors:
    """Both parts for stacks with ``bend`` of BENDS whose weights have the spread ``gains`` (m,) over √n_in."""
    data, parts = digits(), []
    for gain in gains:
        layers = _random_stack(lambda n_in, n_out, gain=gain: gain / float(np.sqrt(n_in)), seed)  # type: ignore[misc]
        slopes = blame(layers, data.x, data.truth, BENDS[bend])
        delta = np.array([np.linalg.norm(each, axis=1).mean() for each in slopes.sums[:-1]])
        carried = np.array([np.linalg.norm(each, axis=1).mean() for each in slopes.activations[1:]])[:-1]
        ways = carried / delta[1:], delta[:-1] / carried
        parts.append([np.exp(np.log(each).mean()) for each in ways])
    return Factors(*np.array(parts).T)


@remembered
def spreads(bend: str, start: str, starts: int = 20) -> Floats:
    """Spread of each layer's activations (starts, 20), as a :class:`Profile` has it, for as many seeds."""
    runs = (forward(stack(start, seed), digits().x, BENDS[bend]).activations[1:] for seed in range(starts))
    return np.array([[each.std() for each in run] for run in runs])


@remembered
def differences(bend: str, start: str, starts: int = 20) -> Floats:
    """How much each layer's answers (starts, 20) differ from picture to picture, as :attr:`Profile.across` has it."""
    runs = (forward(stack(start, seed), digits().x, BENDS[bend]).activations[1:] for seed in range(starts))
    return np.array([[each.std(axis=0).mean() for each in run] for run in runs])


def last_losses(bend: str, start: str, starts: int = 3) -> Floats:
    """The loss (starts,) after the last step of :func:`learn`, for as many seeds."""
    return np.array([learn(bend, start, seed=seed)[-1] for seed in range(starts)])


@remembered
def learn(bend: str, start: str, steps: int = 150, seed: int = 0) -> Floats:
    """Mean log loss (steps + 1,) in nats of the stack, trained on the 512 digits with rate 0.1.

    With sigmoid or tanh: twenty layers of ReLU wander so wildly at such a rate that their losses, after some fifty
    steps, hang on the last bits of the machine's sums.  Raises ``ValueError`` for them.
    """
    if bend == "ReLU":
        raise ValueError("the losses of a deep ReLU stack at this rate are not reproducible")
    data = digits()
    return train(stack(start, seed), data.x, data.truth, BENDS[bend], rate=0.1, steps=steps).loss


@remembered
def blame_at_zero() -> tuple[bool, bool]:
    """With all weights 0: whether any weight has a gradient other than 0, and whether any last bias has one."""
    data = digits()
    slopes = blame(stack("zero"), data.x, data.truth, BENDS["tanh"])
    return any(bool(each.any()) for each in slopes.weights), bool(slopes.bias[-1].any())
