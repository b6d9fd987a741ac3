"""The data of the lesson, against those who publish them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from palmerpenguins import load_penguins, load_penguins_raw
from sklearn.datasets import load_sample_image

from scenes.maths.python_ml_stack import data


def test_the_table_is_that_of_the_package() -> None:
    pd.testing.assert_frame_equal(data.penguins(), load_penguins())


def test_the_raw_table_is_that_of_the_package() -> None:
    pd.testing.assert_frame_equal(data.penguins_raw(), load_penguins_raw())


def test_both_tables_have_the_same_birds_in_the_same_order() -> None:
    birds, raw = data.penguins(), data.penguins_raw()
    assert birds["bill_length_mm"].equals(raw["Culmen Length (mm)"])
    assert [*birds["island"]] == [*raw["Island"]]


def test_the_photograph_is_that_of_scikit_learn_row_by_row() -> None:
    photo = data.photograph()
    assert np.array_equal(photo, load_sample_image("china.jpg"))
    assert photo.shape == (427, 640, 3) and photo.dtype == np.uint8 and photo.flags["C_CONTIGUOUS"]


def test_species_are_those_of_the_table_in_order() -> None:
    assert tuple(sorted(data.penguins()["species"].unique())) == data.SPECIES
