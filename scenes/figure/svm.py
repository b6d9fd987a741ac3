"""The data sets on which visitors of the site fit streets of their own."""

from __future__ import annotations

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import kernel

PETAL_AND_SEPAL = (Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH)


def figure() -> dict[str, object]:
    """The lesson's four data sets: ``points`` (n, 2), irises in cm; ``kinds`` (n,), the class of each, from 0.

    ``fresh`` are 2000 moons that no street has seen; their two coordinates are kept to 0.01.
    """
    apart = irises(PETAL_AND_SEPAL, (Species.SETOSA, Species.VERSICOLOR))
    mixed = irises(PETAL_AND_SEPAL, (Species.VERSICOLOR, Species.VIRGINICA))
    sepals = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    moons, fresh = kernel.moons(), kernel.moons(2000, 2)
    return {
        "apart": {"points": apart.points, "kinds": apart.species},
        "mixed": {"points": mixed.points, "kinds": (mixed.sides > 0).astype(int)},
        "sepals": {"points": sepals.points, "kinds": sepals.species},
        "moons": {"points": moons.points, "kinds": (moons.sides > 0).astype(int)},
        "fresh": {"points": fresh.points.round(2), "kinds": (fresh.sides > 0).astype(int)},
    }
