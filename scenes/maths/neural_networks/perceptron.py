"""One perceptron: a weighted sum, a step, and Rosenblatt's rule for its weights.

Sources: F. Rosenblatt, The perceptron (Psychological Review 65, 1958); M. Minsky and S. Papert, Perceptrons
(MIT Press 1969), on what one of them cannot do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

CORNERS: Final[Floats] = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""Points (4, 2): every pair of two yes-or-no inputs."""
AND: Final[Ints] = np.array([0, 0, 0, 1])
XOR: Final[Ints] = np.array([0, 1, 1, 0])


@dataclass(frozen=True, slots=True)
class Ruler:
    """The line ``w``·x + ``b`` = 0, with ``w`` (2,); above 0 the answer is 1."""

    w: Floats
    b: float

    def answers(self, points: Floats) -> Ints:
        """0 or 1 for ``points`` (..., 2)."""
        return np.asarray(points @ self.w + self.b > 0, dtype=np.intp)

    def right(self, labels: Ints) -> int:
        """How many of the four corners get their label of ``labels`` (4,)."""
        return int((self.answers(CORNERS) == labels).sum())


def turned(angle: float, offset: float) -> Ruler:
    """The ruler whose unit normal w points along ``angle`` (radians), with w·x + b = ``offset`` at (½, ½)."""
    w = np.array([np.cos(angle), np.sin(angle)])
    return Ruler(w, float(offset - w @ [0.5, 0.5]))


def best_count(labels: Ints, angles: int = 721, offsets: int = 401) -> int:
    """The most corners that any of ``angles`` × ``offsets`` rulers gets right.

    Every way to part the corners has a margin of some hundredths at least, so that this net misses none.
    """
    turn = np.linspace(0, 2 * np.pi, angles)
    sums = (CORNERS - 0.5) @ np.stack([np.cos(turn), np.sin(turn)])
    answers = sums[:, :, None] + np.linspace(-1, 1, offsets) > 0
    return int((answers == (labels == 1)[:, None, None]).sum(axis=0).max())


@dataclass(frozen=True, slots=True)
class Walk:
    """What Rosenblatt's rule did, correction by correction.

    ``weights`` (m + 1, 3): w₁, w₂ and b before the first of m corrections and after each; ``corner`` (m,): the
    corner that was wrong; ``turn`` (m,): in which round, from 0; ``errors``: corrections in each round;
    ``loop``: the first two corrections between which the weights, at the end of a round, are the same again
    (both counted as rows of ``weights``), or none when the last round needed no correction.
    """

    weights: Floats
    corner: Ints
    turn: Ints
    errors: tuple[int, ...]
    loop: tuple[int, int] | None


def correct(labels: Ints, rounds: int = 30, start: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Walk:
    """Rosenblatt's rule from ``start`` (w₁, w₂ and b), on the corners in their order.

    A corner labelled 1 that is answered 0 adds its inputs to the weights; one labelled 0 that is answered 1 takes
    them off.

    Ends when a round is clean, or when the weights at the end of a round have been there at the end of another.
    Raises ``ValueError`` when neither happens within ``rounds``.
    """
    seen = np.column_stack([CORNERS, np.ones(4)])
    weights = [np.array(start, dtype=float)]
    corners: list[int] = []
    turns: list[int] = []
    errors: list[int] = []
    ends: dict[tuple[float, ...], int] = {}
    loop: tuple[int, int] | None = None
    while loop is None and (not errors or errors[-1]):
        if len(errors) == rounds:
            raise ValueError(f"neither clean nor back where it was after {rounds} rounds")
        before = len(corners)
        for row in range(4):
            miss = int(labels[row]) - int(weights[-1] @ seen[row] > 0)
            if miss:
                weights.append(weights[-1] + miss * seen[row])
                corners.append(row)
                turns.append(len(errors))
        errors.append(len(corners) - before)
        state = tuple(weights[-1].tolist())
        if errors[-1] and state in ends:
            loop = (ends[state], len(corners))
        ends.setdefault(state, len(corners))
    return Walk(np.array(weights), np.array(corners), np.array(turns), tuple(errors), loop)
