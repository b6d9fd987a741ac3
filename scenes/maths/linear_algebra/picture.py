"""Pictures as lists and tables of numbers: digits as vectors, a photograph as a sum of rank-one pieces, a layer's rows.

Sources: the digits are E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), the
photograph is flower.jpg by vultilion (flickr.com, CC BY 2.0), both as shipped with scikit-learn.  Low rank: Eckart &
Young (Psychometrika 1, 1936) and Mirsky (1960); Trefethen & Bau, Numerical Linear Algebra (1997), lecture 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits, load_sample_image
from sklearn.linear_model import LogisticRegression

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]

SIDE: Final = 8
"""Cells along a side of a digit."""
WHITE: Final = 16.0
"""The brightest value of a digit's cell; 0 is no ink."""
_LUMA: Final = np.array([0.299, 0.587, 0.114])
"""Weights of red, green and blue in the grey that the eye sees (ITU-R BT.601)."""

# --- Digits as vectors --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Digits:
    """``values`` (n, 64), 0 to 16, read row by row; ``kinds`` (n,), the digit that was written."""

    values: Array
    kinds: NDArray[np.intp]


def digits() -> Digits:
    """The 1,797 handwritten digits, in the order of the file."""
    values, kinds = load_digits(return_X_y=True)
    return Digits(np.asarray(values, dtype=float), kinds.astype(np.intp))


def cosine(one: Array, others: Array) -> Array:
    """(n,): the dot products of ``one`` (d,) with each of ``others`` (n, d), divided by both lengths."""
    return np.asarray(others @ one / (np.linalg.norm(others, axis=1) * np.linalg.norm(one)))


def named_by_nearest(data: Digits) -> float:
    """Share of pictures whose nearest other picture, by cosine, is of the same kind (leave one out)."""
    unit = data.values / np.linalg.norm(data.values, axis=1, keepdims=True)
    alike = unit @ unit.T
    np.fill_diagonal(alike, -np.inf)
    return float((data.kinds[alike.argmax(axis=1)] == data.kinds).mean())


# --- A matrix as a sum of rank-one pieces --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pieces:
    """A matrix (rows, columns) as a sum of rank-one pieces, the largest first: column · value · row.

    ``columns`` (rows, r) and ``rows`` (r, columns) have unit length; ``values`` (r,), the singular values, fall.
    A column's sign and its row's are free together: here each column adds up to 0 or more.
    """

    columns: Array
    values: Array
    rows: Array

    def keep(self, count: float) -> Array:
        """The sum of the ``count`` largest: no matrix of that rank or less is closer in the Frobenius norm.

        With a fraction, the last piece is added at that part of its size.
        """
        strength = self.values * np.clip(count - np.arange(len(self.values)), 0.0, 1.0)
        used = int(np.ceil(count))
        return np.asarray((self.columns[:, :used] * strength[:used]) @ self.rows[:used])

    @property
    def error(self) -> Array:
        """(r + 1,): error of keeping 0, 1, … r of them, as a share of the matrix's own Frobenius norm."""
        left = np.cumsum(self.values[::-1] ** 2)[::-1]
        return np.asarray(np.sqrt(np.append(left, 0.0) / left[0]))

    def piece(self, number: int) -> Array:
        """(rows, columns): the piece of that number, counted from 0, alone."""
        return np.asarray(self.values[number] * np.outer(self.columns[:, number], self.rows[number]))

    @property
    def squares(self) -> Array:
        """(r,): the squared singular values; their sum is the squared Frobenius norm of the matrix."""
        return np.asarray(self.values**2)

    def stored(self, count: int) -> int:
        """Numbers to be stored for ``count`` of them: a column, a row and a value each."""
        return count * (len(self.columns) + len(self.rows[0]) + 1)


def photograph() -> Array:
    """(427, 640): the flower in grey, 0 black to 1 white, its first row on top."""
    return np.asarray(load_sample_image("flower.jpg") @ _LUMA / 255.0)


def left_by_grey(matrix: Array) -> float:
    """Share of the Frobenius norm of ``matrix`` that is left out where each entry is replaced by their mean."""
    return float(np.linalg.norm(matrix - matrix.mean()) / np.linalg.norm(matrix))


def shuffled(matrix: Array) -> Array:
    """The same numbers (rows, columns) in another order, one of chance."""
    return np.asarray(np.random.default_rng(0).permutation(matrix.ravel()).reshape(matrix.shape))


def take_to_pieces(matrix: Array) -> Pieces:
    """The pieces whose sum is ``matrix`` (rows, columns): its singular value decomposition."""
    columns, values, rows = np.linalg.svd(matrix, full_matrices=False)
    sign = np.where(columns.sum(axis=0) < 0, -1.0, 1.0)
    return Pieces(columns * sign, values, rows * sign[:, None])


# --- A layer's rows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layer:
    """``weights`` (10, 64), a row for each kind; ``bias`` (10,).  Cells of the pictures are counted 0 to 1."""

    weights: Array
    bias: Array

    def scores(self, picture: Array) -> Array:
        """(10,): W x + b for one picture (64,) with cells of 0 to 16."""
        return np.asarray(self.weights @ (picture / WHITE) + self.bias)


HALF: Final = 898
"""The layer has seen the digits from this row on; those before it, the lesson's three among them, are unseen."""


@remembered
def fit_layer(price: float = 0.1) -> Layer:
    """One linear layer fitted to the second half of the digits: logistic regression of ten outputs, C = ``price``."""
    data = digits()
    model = LogisticRegression(C=price, max_iter=20_000, tol=1e-8)
    model.fit(data.values[HALF:] / WHITE, data.kinds[HALF:])
    return Layer(model.coef_, model.intercept_)


def unseen_accuracy(layer: Layer) -> float:
    """Share of the digits before :data:`HALF` whose highest score is that of their kind."""
    data = digits()
    scores = data.values[:HALF] / WHITE @ layer.weights.T + layer.bias
    return float((scores.argmax(axis=1) == data.kinds[:HALF]).mean())
