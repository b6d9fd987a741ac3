"""Cards: a few pictures on plates that tell their class by shape and colour, dealt, laid and sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import Group, ImageMobject, ManimColor, VMobject
from PIL.Image import Resampling

from scenes.kit import ink
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.noun import LINE, slowly
from scenes.kit.path import Floats

_PLATE: Final = 0.2
"""How much of its class's colour a card's ground has."""
_INNER: Final = 0.7
"""Side of the picture as a share of the card's."""


class Card(Group):
    """One picture on its plate."""

    def __init__(self, picture: Floats, round_: bool) -> None:
        super().__init__()
        self.tint = ink.first if round_ else ink.second
        self.outline = _outline(round_)
        self.plate = VMobject(
            fill_color=blend(ink.ground, self.tint, _PLATE),
            fill_opacity=1.0,
            stroke_color=self.tint,
            stroke_width=LINE,
        )
        rgb = np.array(ink.chalk.to_int_rgb(), dtype=np.uint8)
        pixels = np.zeros((*picture.shape, 4), dtype=np.uint8)
        pixels[..., :3] = rgb
        pixels[..., 3] = np.rint(255 * picture)
        self.image = ImageMobject(pixels, resampling_algorithm=Resampling.NEAREST)
        self.add(self.plate, self.image)

    def put(self, centre: Floats, size: float) -> Self:
        """Lie around ``centre`` (3,), ``size`` scene units wide."""
        self.plate.points = centre + size / 2 * self.outline
        half = _INNER * size / 2
        self.image.points = centre + half * np.array([[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]])
        return self


class Cards(Group):
    """``pictures`` (n, rows, columns) from 0 to 1 as cards; grey is clear where it is black.

    Those of the class that is looked for, ``positive`` (n,), are round, in ``ink.first``; all others are square, in
    ``ink.second``.  They lie where :meth:`put` puts them.
    """

    def __init__(self, pictures: npt.ArrayLike, positive: npt.ArrayLike) -> None:
        super().__init__()
        rows = zip(np.asarray(pictures), np.asarray(positive), strict=True)
        self.cards = [Card(picture, bool(is_so)) for picture, is_so in rows]
        self.centres: Floats = np.zeros((len(self.cards), 3))
        self.sizes: Floats = np.ones(len(self.cards))
        self.add(*self.cards)

    def put(self, centres: npt.ArrayLike, size: float | npt.ArrayLike) -> Self:
        """Lie around ``centres`` (n, 3), scene points, ``size`` scene units wide, one or (n,)."""
        self.centres = np.asarray(centres, dtype=float)
        self.sizes = np.broadcast_to(np.asarray(size, dtype=float), (len(self.cards),)).copy()
        for card, centre, wide in zip(self.cards, self.centres, self.sizes, strict=True):
            card.put(centre, float(wide))
        return self

    @slowly(put)
    def _put_slowly(
        self, centres: npt.ArrayLike, size: float | npt.ArrayLike, anim_args: Mapping[str, Any] | None = None
    ) -> Drive:
        return self.to(centres, size, **(anim_args or {}))

    def to(self, centres: npt.ArrayLike, size: float | npt.ArrayLike | None = None, **timing: Any) -> Drive:
        """The animation to other ``centres`` and, if given, another ``size``."""
        wide = np.broadcast_to(
            self.sizes if size is None else np.asarray(size, dtype=float), self.sizes.shape
        )
        begin = (self.centres.copy(), self.sizes.copy())
        end = (np.asarray(centres, dtype=float), wide.copy())
        return glide(self.put, begin, end, self, **timing)

    def subset(self, which: Sequence[int] | npt.NDArray[np.int_]) -> Group:
        """The chosen cards, to be pointed at together."""
        return Group(*(self.cards[int(number)] for number in which))

    def rim(self, which: Sequence[int] | npt.NDArray[np.int_], color: ManimColor | None) -> Self:
        """Give the chosen cards a rim of ``color``; their class's without one."""
        for number in which:
            card = self.cards[int(number)]
            card.plate.set_stroke(color or card.tint, LINE * (1.0 if color is None else 1.7))
        return self


def _outline(round_: bool, corner: float = 0.3, samples: int = 12) -> Floats:
    """A circle, or a square of rounded corners, of half width 1, as Bézier points."""
    radius = 1.0 if round_ else corner
    centre = 1.0 - radius
    points = []
    for quarter, (x, y) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        turn = np.pi / 2 * (quarter + np.linspace(0, 1, samples))
        points.append(
            np.column_stack([centre * x + radius * np.cos(turn), centre * y + radius * np.sin(turn)])
        )
    rim = np.concatenate(points)
    closed = np.concatenate([rim, rim[:1]])
    starts, ends = closed[:-1], closed[1:]
    thirds = np.array([0, 1 / 3, 2 / 3, 1])[:, None]
    flat = (starts[:, None] + thirds * (ends - starts)[:, None]).reshape(-1, 2)
    return np.column_stack([flat, np.zeros(len(flat))])
