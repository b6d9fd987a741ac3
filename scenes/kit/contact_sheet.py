"""A contact sheet: hundreds of small pictures, edge to edge, as one picture; each has its tint, and can be stamped.

A few pictures that move, sort and group are an :class:`scenes.kit.image_grid.ImageGrid`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject, ManimColor, VMobject
from PIL.Image import Resampling

from scenes.kit import ink, words
from scenes.kit.noun import LINE
from scenes.kit.path import EMPTY, Floats, loops, pieces
from scenes.kit.review_hints import backdrop

Mark = Literal["tick", "cross", "dash"]

_BORDER: Final = 1
"""Pixels of ground around each picture."""
_STROKES: Final[dict[Mark, list[tuple[tuple[float, float], tuple[float, float]]]]] = {
    "tick": [((-0.32, 0.02), (-0.08, -0.26)), ((-0.08, -0.26), (0.36, 0.30))],
    "cross": [((-0.30, -0.30), (0.30, 0.30)), ((-0.30, 0.30), (0.30, -0.30))],
    "dash": [((-0.30, 0.0), (0.30, 0.0))],
}
"""Strokes of stamps, as shares of a picture's place."""


class ContactSheet(ImageMobject):
    """``pictures`` (n, rows, columns), grey from 0 to 1, in ``columns`` columns of places of side ``pitch``.

    ``middle`` is the scene point (2,) in the middle.  ``colors`` are one for all or one a picture; ``strength`` too.
    Black is clear, so that the stage shows through.  Raises ``ValueError`` for pictures of another shape.
    """

    def __init__(
        self,
        pictures: npt.ArrayLike,
        columns: int,
        pitch: float,
        middle: npt.ArrayLike = (0.0, 0.0),
        colors: ManimColor | Sequence[ManimColor] = ink.chalk,
        strength: float | npt.ArrayLike = 1.0,
    ) -> None:
        self.pictures: Final[Floats] = np.asarray(pictures, dtype=float)
        if self.pictures.ndim != 3:
            raise ValueError(f"a contact sheet has pictures (n, rows, columns), not {self.pictures.shape}")
        self.columns, self.pitch = columns, pitch
        self.middle: Floats = np.append(np.asarray(middle, dtype=float)[:2], 0.0)
        count = len(self.pictures)
        self.down: Final = -(-count // columns)
        super().__init__(self._pixels(colors, strength), resampling_algorithm=Resampling.NEAREST)
        half = np.array([pitch * columns, pitch * self.down, 0.0]) / 2
        self.points = self.middle + half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    def redraw(
        self, colors: ManimColor | Sequence[ManimColor], strength: float | npt.ArrayLike = 1.0
    ) -> Self:
        """Take on other ``colors`` and ``strength``, each one for all or one a picture."""
        self.pixel_array[:] = self._pixels(colors, strength)
        return self

    def spots(self, which: npt.ArrayLike | None = None) -> Floats:
        """Scene points (m, 3) in the middle of the places of the chosen pictures, all if none is named."""
        numbers = np.arange(len(self.pictures)) if which is None else np.atleast_1d(np.asarray(which))
        row, column = np.divmod(numbers, self.columns)
        x = (column - (self.columns - 1) / 2) * self.pitch
        y = ((self.down - 1) / 2 - row) * self.pitch
        return np.asarray(self.middle + np.column_stack([x, y, np.zeros(len(numbers))]))

    def place(self, number: int, color: ManimColor = ink.focus, room: float = 1.0) -> VMobject:
        """A frame around the place of a picture, ``room`` times as wide; also for the camera to go to."""
        half = self.pitch * room / 2 * np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
        return _drawn(loops((self.spots(number)[0] + half)[None]), color, LINE)

    def _pixels(
        self, colors: ManimColor | Sequence[ManimColor], strength: float | npt.ArrayLike
    ) -> npt.NDArray[np.uint8]:
        count, high, across = self.pictures.shape
        each = [colors] * count if isinstance(colors, ManimColor) else list(colors)
        shade = np.broadcast_to(np.asarray(strength, dtype=float), (count,))
        tall, wide = high + 2 * _BORDER, across + 2 * _BORDER
        pixels = np.zeros((self.down, self.columns, tall, wide, 4), dtype=np.uint8)
        rgb = np.array([color.to_int_rgb() for color in each], dtype=np.uint8)
        row, column = np.divmod(np.arange(count), self.columns)
        inside = (slice(None), slice(_BORDER, -_BORDER), slice(_BORDER, -_BORDER))
        full = np.zeros((count, tall, wide, 4), dtype=np.uint8)
        full[..., :3] = rgb[:, None, None, :]
        full[(*inside, 3)] = np.rint(255 * self.pictures * shade[:, None, None])
        pixels[row, column] = full
        return pixels.swapaxes(1, 2).reshape(self.down * tall, self.columns * wide, 4)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        copy = super().__deepcopy__(memo)
        copy.pixel_array = self.pixel_array.copy()
        return copy


class Stamps(VMobject):
    """Marks of one ``kind`` on the places of a ``sheet``, as one path; :meth:`reveal` shows those of the first ones."""

    def __init__(
        self,
        sheet: ContactSheet,
        which: npt.ArrayLike,
        kind: Mark,
        color: ManimColor,
        width: float = LINE,
        share: float = 1.0,
    ) -> None:
        """``which`` are numbers, rising; ``share`` is the size as a share of a place."""
        super().__init__(stroke_color=color, stroke_width=width)
        backdrop(self)
        self.numbers = np.asarray(which, dtype=int)
        strokes = share * sheet.pitch * np.array(_STROKES[kind])
        ends = sheet.spots(self.numbers)[:, None, None, :2] + strokes[None]
        flat = np.concatenate([ends, np.zeros((*ends.shape[:3], 1))], axis=3)
        self.each = 4 * len(strokes)
        self.whole = pieces(flat[:, :, 0].reshape(-1, 3), flat[:, :, 1].reshape(-1, 3))
        self.points = self.whole

    def reveal(self, first: float) -> Self:
        """Show the stamps of pictures with a number below ``first``."""
        kept = int(np.searchsorted(self.numbers, first)) * self.each
        self.points = self.whole[:kept] if kept else EMPTY
        return self


def _drawn(points: Floats, color: ManimColor, width: float) -> VMobject:
    """A path through Bézier ``points``, without an inside."""
    path = VMobject(stroke_color=color, stroke_width=width)
    path.points = points
    return path


class Signs(VMobject):
    """The same short ``text`` on the places of a ``sheet``, as one filled path; ``share`` is its width."""

    def __init__(
        self, sheet: ContactSheet, which: npt.ArrayLike, text: str, color: ManimColor, share: float = 0.8
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0)
        backdrop(self)
        sample = words.label(text)
        path = np.concatenate([glyph.points for glyph in sample.glyphs])
        path = (path - sample.get_center()) * share * sheet.pitch / float(sample.width)
        self.points = (sheet.spots(which)[:, None] + path[None]).reshape(-1, 3)
