"""Two texts as counts of letters: a poem, and the description whose letters price it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from scenes.maths.information_theory.bits import Floats

SIGNS: Final = " abcdefghijklmnopqrstuvwxyz"
"""The signs that are counted."""
_DATA: Final = Path(__file__).parent / "data"


@cache
def poem() -> str:
    """The Zen of Python: letters in lower case and spaces, a line's end as a space."""
    raw = (_DATA / "zen.txt").read_text(encoding="utf-8").rstrip("\n").lower().replace("\n", " ")
    return "".join(sign for sign in raw if sign in SIGNS)


def counts(text: str) -> dict[str, int]:
    """How often each sign occurs, the most frequent first, equal ones by the alphabet; only signs that occur."""
    found = Counter(text)
    return {sign: found[sign] for sign in sorted(found, key=lambda each: (-found[each], each))}


def shares(counted: dict[str, int]) -> Floats:
    """Probabilities (n,) of the signs, in the order of ``counted``."""
    table = np.array([*counted.values()], dtype=float)
    return np.asarray(table / table.sum())


def poem_shares() -> Floats:
    """Probabilities (27,) of the poem's signs in the order of :data:`SIGNS`, 0 for those that it has not."""
    found = counts(poem())
    return np.array([found.get(sign, 0) for sign in SIGNS], dtype=float) / len(poem())


def other_shares() -> Floats:
    """Probabilities (27,) of the description's signs in the order of :data:`SIGNS`.

    One is added to each count (Laplace), so that none is 0 for lack of data.
    """
    found: dict[str, int] = json.loads((_DATA / "description.json").read_text(encoding="utf-8"))
    table = np.array([found[sign] + 1 for sign in SIGNS], dtype=float)
    return np.asarray(table / table.sum())
