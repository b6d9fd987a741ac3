"""A pipeline of scikit-learn that predicts the body mass of penguins, and what it fits in each fold.

Horst, Hill & Gorman (2020), palmerpenguins; the table of the lesson python-ml-stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from scenes.maths.python_ml_stack.data import penguins
from scenes.maths.shared.memo import remembered

Floats: TypeAlias = NDArray[np.float64]

NUMBERS: Final = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm")
WORDS: Final = ("species", "island", "sex")
SPECIES: Final = ("Adelie", "Chinstrap", "Gentoo")
FOLDS: Final = 5
SEEDS: Final = 20


@cache
def birds() -> pd.DataFrame:
    """342 penguins that were weighed."""
    table = penguins()
    return table[table.body_mass_g.notna()].reset_index(drop=True)


def pipeline() -> Pipeline:
    """Numbers and words through steps of their own, then a linear regression."""
    steps = ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), list(NUMBERS)),
            (
                "cat",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
                ),
                list(WORDS),
            ),
        ]
    )
    return Pipeline([("prep", steps), ("model", LinearRegression())])


def columns() -> int:
    """Columns that the model reads."""
    table = birds()
    return int(pipeline().fit(table, table.body_mass_g)[:-1].transform(table).shape[1])


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the steps estimated: of flipper lengths their ``median``, ``mean`` and ``deviation`` (mm); ``frequent`` sex;
    ``error``, the mean absolute error in grams on the held-out fold."""

    median: float
    mean: float
    deviation: float
    frequent: str
    error: float


@cache
def by_fold(seed: int = 0) -> tuple[Fitted, ...]:
    """Five fits of the pipeline, each on four folds."""
    table = birds()
    found = []
    for train, held in KFold(FOLDS, shuffle=True, random_state=seed).split(table):
        model = pipeline().fit(table.iloc[train], table.body_mass_g.iloc[train])
        steps: dict[str, Any] = model["prep"].named_transformers_
        fill, scale = (step for _, step in steps["num"].steps)
        words = steps["cat"].steps[0][1]
        rest = model.predict(table.iloc[held]) - table.body_mass_g.iloc[held]
        found.append(
            Fitted(
                float(fill.statistics_[2]),
                float(scale.mean_[2]),
                float(scale.scale_[2]),
                str(words.statistics_[2]),
                float(np.abs(rest).mean()),
            )
        )
    return tuple(found)


@remembered
def errors() -> Floats:
    """(20, 3): mean absolute error in grams, cross-validated, by seed: the pipeline, numbers alone, the mean."""
    table = birds()
    mass = table.body_mass_g
    rows = []
    for seed in range(SEEDS):
        cv = KFold(FOLDS, shuffle=True, random_state=seed)
        alone = make_pipeline(SimpleImputer(), LinearRegression())
        scores = [
            -cross_val_score(model, x, mass, cv=cv, scoring="neg_mean_absolute_error").mean()
            for model, x in ((pipeline(), table), (alone, table[list(NUMBERS)]))
        ]
        mean = np.mean(
            [np.abs(mass.iloc[held] - mass.iloc[train].mean()).mean() for train, held in cv.split(table)]
        )
        rows.append([*scores, mean])
    return np.array(rows)
