"""What the acts of the lesson share: two maps, their classes, curtains and panes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from manim import LEFT, UP, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.dot import SHAPES, Dots, Shape
from scenes.kit.lesson import Lesson
from scenes.kit.noun import LINE, OnPlane
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import flowers, regions, schemes
from scenes.maths.multiclass.schemes import Labels, Lines
from scenes.maths.shared.flower import Species

KINDS: Final = (*ink.CLASSES, ink.error)
"""Colours of the classes, from first to last frame."""
FORMS: Final[tuple[Shape, ...]] = (*SHAPES, "cross")
"""Their shapes."""
LETTERS: Final = "QRSTV"
"""Names of simulated classes: no letter that a formula has, or the parameter C."""
IRISES: Final = tuple(kind.name.lower() for kind in Species)
"""Names of the kinds of iris."""
CURTAINS: Final = ink.truth
"""The colour of one-vs-rest where classes have none."""
FENCES: Final = ink.chalk
"""Of one-vs-one."""
SOFTMAX: Final = ink.focus
"""Of softmax."""
REST: Final = ink.faint
"""The colour of all that is not the class that is asked for."""
DOT: Final = 0.1
BESIDE: Final = {
    3: ((6.6, 0.2), (-4.6, 4.1), (-4.6, -3.9)),
    5: ((6.4, 0.3), (4.1, 4.1), (-5.4, 3.7), (-6.3, -2.3), (3.7, -3.9)),
}
"""Where the names of blobs stand, by the number of classes."""
DIM: Final = 0.62
"""Strength of bars that have stepped back, with names that can still be read."""
GLASS: Final = 0.24
"""Opacity of a curtain, and of a pane."""

maths: Final = words.Formulas({"hat(y)": ink.focus, "f_k": ink.focus, "K": ink.chalk})
"""A formula in the colours of this lesson."""


def iris_plane(place: shot.Region = shot.SAFE) -> Plane:
    """Petal length and width, as large as fits."""
    return shot.chart(
        place, (0.4, 7.2), (-0.1, 2.7), x_ticks=[2, 4, 6], y_ticks=[1, 2],
        x_label="petal length (cm)", y_label="petal width (cm)",
    )  # fmt: skip


def blob_plane(place: shot.Region = shot.EDGES) -> Plane:
    """The map of the blobs, to the edges of the frame, without numbers."""
    (left, low), (right, high) = regions.MAP[0], regions.MAP[2]
    plane = place.plane((left, right), (low, high), x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return plane


def scatter(plane: Plane, points: Floats, labels: Labels, radius: float = DOT) -> Dots:
    """Points of several classes in their colours and shapes."""
    dots = plane.classes(points, labels, radius, KINDS, FORMS)
    dots.set_z_index(1)  # over curtains and panes, whenever these come
    return dots


def dyed(dots: Dots, labels: Labels, lit: Sequence[int]) -> Dots:
    """A copy of ``dots`` in which classes that are not ``lit`` are grey."""
    copy: Dots = dots.copy()
    for dot, label in zip(copy, labels, strict=True):
        dot.set_fill(KINDS[label] if label in lit else REST)
    return copy


def line_of(lines: Lines, number: int) -> tuple[Floats, float]:
    """One of several lines, with weights of length 1: what a curtain is redrawn with."""
    size = float(np.linalg.norm(lines.weights[number]))
    return lines.weights[number] / size, float(lines.offsets[number]) / size


def letters(plane: Plane, classes: int) -> VGroup:
    """The names of blobs, outside of each."""
    return VGroup(
        *(
            raised(Tag(words.headline(LETTERS[number], KINDS[number], 1.2 * ink.HEADLINE))).move_to(
                plane.at(*spot)
            )
            for number, spot in enumerate(BESIDE[classes])
        )
    )


def iris_names(plane: Plane) -> VGroup:
    """The names of the three kinds, beside their flowers."""
    spots = ((1.45, 0.68, UP), (3.35, 1.42, LEFT), (4.65, 2.35, LEFT))
    return VGroup(
        *(
            plane.label(x, y, name, side, KINDS[number], size=ink.POINT)
            for number, (name, (x, y, side)) in enumerate(zip(IRISES, spots, strict=True))
        )
    )


def told(text: str, side: Floats, color: ManimColor = ink.chalk, size: float = ink.POINT) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    return raised(shot.SAFE.put(Tag(words.label(text, color, size)), side))


def raised(tag: Tag) -> Tag:
    """The same tag, over all dots."""
    tag.set_z_index(2)
    return tag


def said(
    plane: Plane, text: str, color: ManimColor = ink.chalk, size: float = ink.HEADLINE, line: int = 0
) -> Tag:
    """Words on the calm part of the map of irises."""
    tag = Tag(words.label(text, color, size))
    tag.move_to(plane.at(2.75, 0.62 - 0.42 * line), aligned_edge=LEFT)
    return raised(tag)


class Curtain(OnPlane, VGroup):
    """A boundary ``line`` and the translucent ``veil`` on its yes side."""

    def __init__(
        self, plane: Plane, line: tuple[Floats, float], color: ManimColor, fill: float = GLASS
    ) -> None:
        super().__init__()
        self.plane = plane
        self.veil = plane.polygon(np.zeros((0, 2)), color, width=0, fill=fill)
        self.edge = plane.line(*line, color=color, width=1.5 * LINE)
        self.add(self.veil, self.edge)
        self.redraw(*line)

    def redraw(self, weights: Floats, offset: float, level: float = 0.0) -> Self:
        """Stand at w·x + b = 0; the veil has fallen as far as w·x + b = ``level``."""
        self.edge.redraw(weights, offset)
        self.veil.redraw(regions.part(self.plane.corners, weights, offset, level))
        return self

    def folded(self, line: tuple[Floats, float]) -> tuple[Floats, float, float]:
        """What it is redrawn with to be a line whose veil has not fallen yet."""
        weights, offset = line
        return weights, offset, float((self.plane.corners @ weights + offset).max())


def panes(plane: Plane, parts: Sequence[tuple[Floats, ManimColor, float]]) -> VGroup:
    """Pieces of a map: corners, colour, opacity of each."""
    return VGroup(*(plane.polygon(corners, color, width=0, fill=fill) for corners, color, fill in parts))


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


class MulticlassStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The irises by their petals, and simulated blobs of three and five classes."""
        self.petals, self.species = flowers.petals()
        self.threes, self.three_labels = schemes.blobs(3)
        self.fives, self.five_labels = schemes.blobs(5)
