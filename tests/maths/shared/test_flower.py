"""Fisher's table, as the lessons cut it."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.shared.flower import Measure, Species, irises


def test_irises_keep_the_order_of_columns_and_rows():
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
    assert flowers.points[0].tolist() == [1.4, 3.5]
    assert flowers.points[50].tolist() == [4.7, 3.2]
    assert flowers.species.tolist() == [0] * 50 + [1] * 50
    assert flowers.sides.tolist() == [-1.0] * 50 + [1.0] * 50


def test_irises_are_150_flowers_of_three_species_in_millimetres():
    flowers = irises()
    assert flowers.points.shape == (150, 4)
    assert np.bincount(flowers.species).tolist() == [50, 50, 50]
    np.testing.assert_allclose(flowers.points * 10, np.round(flowers.points * 10), atol=1e-9)


def test_three_species_have_no_two_sides():
    with pytest.raises(ValueError, match="3"):
        _ = irises().sides
