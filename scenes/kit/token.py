"""Tokens: the words of a text in boxes, side by side on their seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, ManimColor, RoundedRectangle, VGroup

from scenes.kit import ink, words
from scenes.kit.dot import MUTED, Which, numbers_of
from scenes.kit.noun import THIN
from scenes.kit.path import Floats
from scenes.kit.review_hints import backdrop, belongs

_INSIDE: Final = 0.13
"""Opacity of a box's inside."""
_PADDING: Final = 0.16


class Tokens(VGroup):
    """The words ``names``, each in a box of its own on a seat of its own, from left to right.

    Boxes are as wide as the widest word needs, or ``width``, with ``gap`` between them (scene units).  ``color`` is
    one for all or one for each; ``pills`` rounds the ends of all boxes or of those it marks, so that two kinds of
    words differ in shape.  Raises ``ValueError`` for no names, and for a word wider than its box.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        width: float | None = None,
        height: float = 0.58,
        gap: float = 0.14,
        color: ManimColor | Sequence[ManimColor] = ink.chalk,
        pills: bool | Sequence[bool] = False,
        size: float = ink.LABEL,
    ) -> None:
        super().__init__()
        if not names:
            raise ValueError("there are no tokens in an empty text")
        written = [words.label(name, size=size) for name in names]
        needed = max(float(each.width) for each in written) + 2 * _PADDING
        if width is not None and width < needed - _PADDING:
            raise ValueError(f"boxes of {width:.2f} are too narrow: the widest word needs {needed:.2f}")
        self.step = (width or needed) + gap
        self.names = list(names)
        colors = [color] * len(names) if isinstance(color, ManimColor) else list(color)
        rounded = np.broadcast_to(np.asarray(pills), (len(names),))
        self.boxes = [_box(self.step - gap, height, bool(r)) for r in rounded]
        self.words = written
        for seat, (box, word) in enumerate(zip(self.boxes, written, strict=True)):
            middle = np.array([(seat - (len(names) - 1) / 2) * self.step, 0.0, 0.0])
            box.move_to(middle)
            word.move_to(middle)
            self.add(VGroup(belongs(box, word), word))
        # Words with and without a tail stand on one line.
        floor = min(words.baseline(word) for word in written)
        for word in written:
            word.shift((0, floor - words.baseline(word), 0))
        self.seats: Floats = np.arange(len(names), dtype=float)
        self.tint(colors)

    def at(self, token: int, side: npt.ArrayLike = ORIGIN) -> Floats:
        """Scene point (3,) of the middle of a token's box now, or of its ``side`` (``UP``, ``DOWN`` ...)."""
        return np.asarray(self.boxes[token].get_critical_point(np.asarray(side, dtype=float)))

    def tops(self, gap: float = 0.0) -> Floats:
        """Scene points (n, 3) ``gap`` above the middle of each box's upper side."""
        return np.array([box.get_top() + np.array([0.0, gap, 0.0]) for box in self.boxes])

    def sit(self, seats: npt.ArrayLike) -> Self:
        """Token number i moves to seat ``seats[i]`` (n,), counted from 0; between whole ones it is under way."""
        wanted = np.broadcast_to(np.asarray(seats, dtype=float), self.seats.shape)
        for token, way in zip(self.submobjects, wanted - self.seats, strict=True):
            token.shift((way * self.step, 0, 0))
        self.seats = wanted.copy()
        return self

    def tint(self, color: ManimColor | Sequence[ManimColor], which: Which | None = None) -> Self:
        """The chosen tokens (all, if none is named) take ``color``, one or one for each of them."""
        chosen = numbers_of(which, len(self.boxes))
        colors = [color] * len(chosen) if isinstance(color, ManimColor) else color
        for token, shade in zip(chosen, colors, strict=True):
            self.boxes[token].set_stroke(shade).set_fill(shade, self.boxes[token].get_fill_opacity())
            self.words[token].set_fill(shade)
        return self

    def shade(self, opacity: float | npt.ArrayLike) -> Self:
        """Take on ``opacity``, one or (n,), a share of full strength; words fade less than boxes, to stay readable."""
        shares = np.broadcast_to(np.asarray(opacity, dtype=float), (len(self.boxes),))
        for box, word, share in zip(self.boxes, self.words, shares, strict=True):
            backdrop(box, stands_back=share < 0.6)
            box.set_stroke(opacity=float(share)).set_fill(opacity=_INSIDE * float(share))
            word.set_fill(opacity=float(share) ** 0.5)
        return self

    def only(self, which: Which, opacity: float = 2 * MUTED) -> Self:
        """Bring the chosen tokens to full strength, and fade all others to ``opacity``."""
        shares = np.full(len(self.boxes), opacity)
        shares[numbers_of(which, len(self.boxes))] = 1.0
        return self.shade(shares)

    def subset(self, which: Which) -> VGroup:
        """The chosen tokens, to be animated together; they stay tokens of this row."""
        return VGroup(*(self.submobjects[i] for i in numbers_of(which, len(self.boxes))))


def _box(width: float, height: float, pill: bool) -> RoundedRectangle:
    radius = height / 2 - 1e-3 if pill else 0.08
    return RoundedRectangle(
        corner_radius=radius, width=width, height=height, stroke_width=THIN, fill_opacity=_INSIDE
    )
