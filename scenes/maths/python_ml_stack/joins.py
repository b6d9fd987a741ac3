"""Joins: which rows of two tables meet, by which key.  McKinney (2022), Python for data analysis, chapter 8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenes.maths.python_ml_stack import data

How: TypeAlias = Literal["inner", "left", "outer"]
Pairs: TypeAlias = NDArray[np.intp]

KEY: Final = ("Species", "Sample Number")
"""Together they name one bird."""
PART: Final = ("Sample Number",)
"""Alone it names up to three: each species is counted from one."""
ISOTOPES: Final = ("Delta 15 N (o/oo)", "Delta 13 C (o/oo)")


def hand_left() -> pd.DataFrame:
    """Three birds to be joined in the head: ``id`` and ``mass`` in kg."""
    return pd.DataFrame({"id": [1, 2, 3], "mass": [3.7, 3.8, 3.2]})


def hand_right() -> pd.DataFrame:
    """Three blood samples: ``id`` and ``d15N``, δ¹⁵N in parts per thousand."""
    return pd.DataFrame({"id": [1, 3, 4], "d15N": [8.9, 8.7, 9.1]})


def hand_joined(how: How) -> pd.DataFrame:
    """Both by hand, joined on ``id``."""
    return hand_left().merge(hand_right(), on="id", how=how)


def hand_twice() -> pd.DataFrame:
    """Three blood samples, two of them of bird 1."""
    return pd.DataFrame({"id": [1, 1, 3], "d15N": [8.9, 9.0, 8.7]})


def repeated() -> pd.DataFrame:
    """The birds by hand, left-joined with samples among which one id repeats."""
    return hand_left().merge(hand_twice(), on="id", how="left")


def body() -> pd.DataFrame:
    """344 birds: the key, and the body mass in g."""
    return data.penguins_raw()[[*KEY, "Body Mass (g)"]]


def blood() -> pd.DataFrame:
    """330 blood samples: the key and both isotopes, of the birds for which both are known."""
    return data.penguins_raw()[[*KEY, *ISOTOPES]].dropna().reset_index(drop=True)


def pairs(key: Sequence[str]) -> Pairs:
    """(m, 2) the rows of :func:`body` and of :func:`blood` that an inner join on ``key`` pairs."""
    left = body().assign(left=lambda table: np.arange(len(table)))
    right = blood().assign(right=lambda table: np.arange(len(table)))
    met = left.merge(right, on=list(key))
    return np.asarray(met[["left", "right"]], dtype=np.intp)


def joined(key: Sequence[str], how: How) -> pd.DataFrame:
    """:func:`body` and :func:`blood`, joined on ``key``."""
    return body().merge(blood(), on=list(key), how=how)


def homes() -> NDArray[np.intp]:
    """(330,) the bird (a row of :func:`body`) whose blood each sample is."""
    met = pairs(KEY)
    return np.asarray(met[np.argsort(met[:, 1]), 0])
