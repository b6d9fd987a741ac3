"""Shapes written one under the other, from the right, as they are compared when arrays are broadcast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from manim import DOWN, LEFT, RIGHT, ManimColor, VGroup

from scenes.kit import ink, words
from scenes.kit.noun import THIN
from scenes.kit.shot import bare

Shape = Sequence[int | None]

_PITCH: Final = 2.1
"""From line to line, in heights of capitals."""


class Shapes(VGroup):
    """``shapes`` of arrays under each other, their last axes in line, and a line under them for the result.

    A size of ``None`` leaves its place empty; ``colors`` are one a shape, and one for the result, the last shape.
    ``names`` are written left of the shapes and come with them.
    """

    def __init__(
        self,
        shapes: Sequence[Shape],
        colors: Sequence[ManimColor],
        *,
        names: Sequence[str] = (),
        pitch: float = 1.2,
        size: float = ink.HEADLINE,
    ) -> None:
        step = _PITCH * ink.pixels(size) * ink.UNITS_PER_PIXEL
        axes = max(len(shape) for shape in shapes)
        self.digits: list[dict[int, words.Words]] = []
        for number, (shape, color) in enumerate(zip(shapes, colors, strict=True)):
            line: dict[int, words.Words] = {}
            for axis, entry in enumerate(reversed(shape)):
                if entry is not None:
                    text = words.label(str(entry), color, size=size)
                    text.move_to(-axis * pitch * RIGHT + number * step * DOWN)
                    line[axis] = text
            self.digits.append(line)
        across = (axes - 1) * pitch
        below = (len(shapes) - 1.5) * step * DOWN
        begin, end = below - (across + pitch / 2) * RIGHT, below + pitch / 2 * RIGHT
        self.names = [
            words.label(name, ink.quiet, size=min(size, ink.POINT)).move_to(
                -(across + pitch / 2) * RIGHT + number * step * DOWN, aligned_edge=RIGHT
            )
            for number, name in enumerate(names)
        ]
        if self.names:
            begin = begin + max(float(name.width) for name in self.names) * LEFT
        self.rule = bare().segment(begin[:2], end[:2], ink.quiet, THIN)
        super().__init__(*(text for line in self.digits for text in line.values()), *self.names, self.rule)

    def line(self, number: int) -> VGroup:
        """The sizes of one shape, and its name."""
        return VGroup(*self.digits[number].values(), *self.names[number : number + 1])

    def sizes(self, number: int) -> VGroup:
        """The sizes of one shape without its name."""
        return VGroup(*self.digits[number].values())

    def digit(self, number: int, axis: int) -> words.Words:
        """The size of a shape along an axis, counted from the right."""
        return self.digits[number][axis]

    def axis(self, axis: int) -> VGroup:
        """The sizes that meet along an axis, counted from the right; not that of the result."""
        return VGroup(*(line[axis] for line in self.digits[:-1] if axis in line))
