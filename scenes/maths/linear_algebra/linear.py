"""Linear maps of the plane: what a 2 × 2 matrix does to arrows and areas, and its parts.

Vectors are rows of an array (n, 2) and columns on paper: the map of ``points`` is ``points @ matrix.T``.

Sources: Strang, Introduction to Linear Algebra, 5th ed. (2016), chapters 5 to 7; Trefethen & Bau, Numerical Linear
Algebra (1997), lectures 4, 5 and 27; Blinn, Consider the lowly 2 × 2 matrix (IEEE CG&A 16, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]

SIDEWAYS: Final[Array] = np.array([[1.0, 1.0], [0.0, 1.0]])
"""A shear: each point goes to the right by its height."""
UPWARD: Final[Array] = np.array([[1.0, 0.0], [0.5, 1.0]])
"""A shear: each point goes up by half of its distance to the right."""
PUSH: Final[Array] = UPWARD @ SIDEWAYS
"""The lesson's matrix, [[1, 1], [0.5, 1.5]]: sideways first, then upward."""

# --- Arrows and areas ---------------------------------------------------------------------------------------


def rotation(degrees: float) -> Array:
    """(2, 2): the turn by so many degrees, counter-clockwise."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]])


def arrow(degrees: ArrayLike) -> Array:
    """(..., 2) unit vectors that point so many degrees from the x axis."""
    angle = np.radians(np.asarray(degrees, dtype=float))
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def degrees_of(vectors: ArrayLike) -> Array:
    """(...,) degrees from the x axis, above -180 and up to 180, of vectors (..., 2)."""
    v = np.asarray(vectors, dtype=float)
    return np.asarray(np.degrees(np.arctan2(v[..., 1], v[..., 0])))


def swing(matrix: ArrayLike, vectors: ArrayLike) -> Array:
    """(n,) degrees between the line of each vector (n, 2) and the line of its image, 0 to 90."""
    v = np.asarray(vectors, dtype=float)
    turned = degrees_of(v @ np.asarray(matrix, dtype=float).T) - degrees_of(v)
    return np.asarray(np.abs((turned + 90.0) % 180.0 - 90.0))


def shadow(a: ArrayLike, b: ArrayLike) -> float:
    """Signed length of the shadow of ``a`` (2,) on the line of ``b`` (2,), in the direction of b: a·b / |b|."""
    one, other = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return float(one @ other / np.linalg.norm(other))


def signed_area(matrix: ArrayLike) -> float:
    """Area of the image of the unit square, negative where the map turns the plane over: ad - bc."""
    (a, b), (c, d) = np.asarray(matrix, dtype=float)
    return float(a * d - b * c)


# --- Eigenvectors -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Eigen:
    """``values`` (2,), the larger size first; ``vectors`` (2, 2), a unit row for each, x not negative."""

    values: Array
    vectors: Array


def eigen(matrix: ArrayLike) -> Eigen:
    """The two lines that a 2 × 2 matrix keeps, from λ² - trace λ + det = 0.

    Raises ``ValueError`` where there are not two: for a turn, which keeps none, for a shear, which keeps one, and
    for a multiple of the identity, which keeps all.
    """
    m = np.asarray(matrix, dtype=float)
    half, root = m.trace() / 2, (m.trace() / 2) ** 2 - signed_area(m)
    if not root > 1e-12:
        raise ValueError(f"{m.tolist()} does not keep just two lines")
    values = np.array(sorted((half - np.sqrt(root), half + np.sqrt(root)), key=lambda value: -abs(value)))
    vectors = np.array([_kept(m, float(value)) for value in values])
    return Eigen(values, vectors)


def _kept(matrix: Array, value: float) -> Array:
    """The unit vector of the line that ``matrix - value`` sends to zero: at right angles to its rows."""
    rows = matrix - value * np.eye(2)
    longest = rows[np.argmax(np.linalg.norm(rows, axis=1))]
    vector = np.array([-longest[1], longest[0]]) / np.linalg.norm(longest)
    return np.asarray(vector if vector[0] > 0 or (vector[0] == 0 and vector[1] > 0) else -vector)


def through_eigenbasis(matrix: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Four (2, 2): at rest, X⁻¹, ΛX⁻¹ and XΛX⁻¹ = ``matrix``; the eigenvectors are the columns of X.

    One of them is turned around where X would turn the plane over, so that a blend of two of the four never falls flat.
    Raises ``ValueError`` as :func:`eigen` does.
    """
    kept = eigen(matrix)
    basis = kept.vectors.T
    basis = basis * [1.0, np.sign(signed_area(basis))]
    onto = np.linalg.inv(basis)
    stretched = np.diag(kept.values) @ onto
    return np.eye(2), onto, stretched, basis @ stretched


def push_again(matrix: ArrayLike, start: ArrayLike, times: int) -> Array:
    """(times + 1, 2) unit vectors: ``start`` (2,), and where it points after each push (power iteration)."""
    m, v = np.asarray(matrix, dtype=float), np.asarray(start, dtype=float)
    way = [v / np.linalg.norm(v)]
    for _ in range(times):
        v = m @ way[-1]
        way.append(v / np.linalg.norm(v))
    return np.array(way)


# --- Turn, stretch, turn ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Steps:
    """A 2 × 2 matrix as a turn, a stretch along the axes, and a turn: its singular value decomposition.

    ``first`` and ``last`` in degrees, counter-clockwise; ``stretch`` (2,): the singular values, the larger first.
    The second is given a minus sign where the matrix turns the plane over, so that both turns are turns.
    """

    first: float
    stretch: Array
    last: float

    def reach(self, step: float) -> Array:
        """(2, 2): the matrix after ``step`` of the three steps, 0 (nothing yet) to 3 (all).

        Turns go by their angle and the stretch by its factors; a blend of entries would shrink a turning sheet.
        """
        turned, stretched, back = (float(np.clip(step - before, 0.0, 1.0)) for before in range(3))
        middle = np.diag(1.0 + stretched * (self.stretch - 1.0))
        return np.asarray(rotation(back * self.last) @ middle @ rotation(turned * self.first))

    @property
    def longest(self) -> Array:
        """(2,): the unit vector that the matrix lengthens most, the first right singular vector."""
        return arrow(-self.first)


def take_apart(matrix: ArrayLike) -> Steps:
    """The turn, the stretch and the turn that make a 2 × 2 matrix.

    In closed form (Blinn 1996): half sums and differences of the entries are two plane vectors, whose lengths add
    up to the larger singular value and whose angles are sum and difference of both turns.  Of the two ways to
    write the same matrix this is the one whose ``longest`` points right, or straight up.
    """
    (a, b), (c, d) = np.asarray(matrix, dtype=float)
    plain, mirrored = np.array([a + d, c - b]) / 2, np.array([a - d, c + b]) / 2
    one, other = float(np.linalg.norm(plain)), float(np.linalg.norm(mirrored))
    both, apart = float(degrees_of(plain)), float(degrees_of(mirrored))
    first, last = (both - apart) / 2, (both + apart) / 2
    if not -90.0 <= first < 90.0:
        first, last = first + 180.0, last + 180.0
    first, last = ((angle + 180.0) % 360.0 - 180.0 for angle in (first, last))
    return Steps(first, np.array([one + other, one - other]), last)


# --- What the lesson draws ----------------------------------------------------------------------------------


def ring(matrix: ArrayLike = PUSH, steps: int = 20) -> Array:
    """(steps + 4, 2) unit vectors: even steps around the circle, and both ways of the lines that are kept.

    In the order of their angle.  A kept line that lies on one of the steps is not drawn twice.
    """
    even = np.arange(steps) * 360.0 / steps
    kept = degrees_of(eigen(matrix).vectors)
    extra = [float(angle % 360) for angle in (*kept, *(kept + 180.0))]
    added = [angle for angle in extra if np.abs((even - angle + 180) % 360 - 180).min() > 1e-9]
    return arrow(np.sort(np.concatenate([even, added])))


def circle(samples: int = 120) -> Array:
    """(samples, 2) points around the unit circle."""
    return arrow(np.arange(samples) * 360.0 / samples)
