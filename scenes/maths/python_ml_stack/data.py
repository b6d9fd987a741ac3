"""What the lesson computes with: a photograph of a temple, and a table of penguins.

Sources and licences are told in ``README.md`` beside this file: the photograph is china.jpg by danielbuechele
(flickr.com, CC BY 2.0), as shipped with scikit-learn; the penguins are Horst, Hill & Gorman (2020), palmerpenguins
(CC0).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.datasets import load_sample_image

Bytes: TypeAlias = NDArray[np.uint8]
Birds: TypeAlias = pd.DataFrame
"""Rows of :func:`penguins`."""

CREDIT: Final = "photo: danielbuechele, CC BY 2.0"
"""What has to stand on screen where the photograph is shown."""
PENGUINS_CREDIT: Final = "palmerpenguins (CC0)"
SPECIES: Final = ("Adelie", "Chinstrap", "Gentoo")
"""In the order in which pandas sorts them."""
MEASURES: Final = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")

_HERE: Final = Path(__file__).parent


def photograph() -> Bytes:
    """(427, 640, 3) bytes: rows from the top, columns, and red, green, blue; one block of memory, row by row."""
    return np.ascontiguousarray(load_sample_image("china.jpg"))


def penguins() -> pd.DataFrame:
    """344 rows, 8 columns: species, island, four measures in mm and g, sex, year.  Holes are NaN."""
    return pd.read_csv(_HERE / "penguins.csv")


def penguins_raw() -> pd.DataFrame:
    """344 rows, 17 columns, the same birds in the same order: sample numbers, isotopes of the blood, comments."""
    return pd.read_csv(_HERE / "penguins_raw.csv")
