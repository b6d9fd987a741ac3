"""Rows of data with typed cells, which are sorted, parted, dropped and taken back."""

from manim import RIGHT, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.table import Columns, Table

AGES = [22, None, 35, 4, 58, 27]
FARES = [7.25, 71.28, 8.05, 16.7, 26.55, 11.13]
PASSENGERS: Columns = {
    "name": ["Ada", "Ben", "Cleo", "Dev", "Eve", "Finn"],
    "age": AGES,
    "fare": FARES,
    "class": ["third", "first", "third", None, "first", "second"],
    "survived": [False, True, True, True, False, True],
}


def typed() -> Mobject:
    """Numbers stand with their points in line, truths are ticks, a hole is what is missing."""
    table = Table(PASSENGERS, index=["1", "2", "3", "4", "5", "6"], width=11.6)
    return table.light(column="fare").light(row=2, color=ink.first)


def parted() -> Mobject:
    """Every third row has gone to a table of its own."""
    few = {name: PASSENGERS[name] for name in ("name", "age", "survived")}
    return Table(few).part([1, 4])


def gathered() -> Mobject:
    """Dots of a scatter plot that became rows; sorted by age since, and the row without an age was dropped."""
    plane = Plane((0, 70), (0, 80), 6.0, 4.2, x_label="age", y_label="fare")
    table = Table({name: PASSENGERS[name] for name in ("name", "age", "fare")}, bullets=True)
    VGroup(plane, table).arrange(RIGHT, buff=0.8)
    known = [(age or 0, fare) for age, fare in zip(AGES, FARES, strict=True)]
    marks, dots = (plane.dots(known, ink.first, radius=0.12) for _ in range(2))
    table.adopt(dots.put(table.spots(), 0.12)).sit([1, 5, 3, 0, 4, 2]).keep([0, 2, 3, 4, 5])
    return VGroup(plane, marks.subset([0, 2, 3, 4, 5]), table)
