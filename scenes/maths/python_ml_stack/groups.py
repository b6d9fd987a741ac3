"""Split, apply, combine: what pandas' ``groupby``, ``pivot_table`` and ``melt`` make of the birds' masses.

Wickham (2011), The split-apply-combine strategy for data analysis, J. Stat. Softw. 40(1); Wickham (2014), Tidy data,
J. Stat. Softw. 59(10).
"""

from __future__ import annotations

import pandas as pd

from scenes.maths.python_ml_stack import data


def hand() -> pd.DataFrame:
    """Four birds to be grouped in the head: ``species`` A or G, ``mass`` in kg."""
    return pd.DataFrame({"species": list("AGAG"), "mass": [3.0, 5.0, 4.0, 6.0]})


def hand_means() -> pd.Series[float]:
    """Mean mass in kg of each species of :func:`hand`, indexed by species."""
    return hand().groupby("species")["mass"].mean()


def measured() -> pd.DataFrame:
    """The 342 birds of which all four measures are known, with the row numbers that they have among the 344."""
    return data.penguins().dropna(subset=list(data.MEASURES))


def mean_mass() -> pd.DataFrame:
    """``count`` and ``mean`` of the body mass in g, indexed by species; birds that were not weighed do not count."""
    return data.penguins().groupby("species")["body_mass_g"].agg(["count", "mean"])


def sexed() -> pd.DataFrame:
    """The 333 birds whose mass and sex are both known."""
    return data.penguins().dropna(subset=["body_mass_g", "sex"])


def wide() -> pd.DataFrame:
    """Mean body mass in g: a row for each species, a column for each sex (3, 2).  The wide form."""
    return data.penguins().pivot_table(index="species", columns="sex", values="body_mass_g")


def tidy() -> pd.DataFrame:
    """The same six means as rows (6, 3): ``species``, ``sex``, ``mass`` in g, species by species.  The long form."""
    long = wide().reset_index().melt(id_vars="species", var_name="sex", value_name="mass")
    return long.sort_values(["species", "sex"], ignore_index=True)
