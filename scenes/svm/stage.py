"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from scenes.kit import place
from scenes.kit.axis import Range
from scenes.kit.lesson import Lesson
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import svm


def garden(x: Range, y: Range, x_label: str) -> Plane:
    """The plane of irises: one measure across, sepal width up, a centimetre as long both ways."""
    return place.picture(Plane(x, y, x_label=x_label, y_label="sepal width (cm)", equal=True))


class SvmStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    edition = 1

    def stage(self) -> None:
        """Fisher's irises, setosa against versicolor, and the street between them."""
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        self.points, self.sides = flowers.points, flowers.sides
        self.fit = svm.widest_street(self.points, self.sides)
        self.now = self.fit.street
        self.plane = garden((0.6, 5.6), (1.8, 4.6), "petal length (cm)")
        self.flowers = self.plane.classes(self.points, flowers.species)
        self.street = self.plane.band(self.now.w, self.now.b)

    def lay(self, street: svm.Street) -> Changed:
        """The street on the stage takes the place of ``street``."""
        self.now = street
        return (self.street.redraw(street.w, street.b),)

    def between(self, one: svm.Street, other: svm.Street, share: float) -> Changed:
        """The street on the stage, on its way from ``one`` to ``other``."""
        mixed = svm.Street((1 - share) * one.w + share * other.w, (1 - share) * one.b + share * other.b)
        return self.lay(mixed)
