"""The confusion matrix as four places of the frame: truth in rows, decision in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, ManimColor, VGroup

from scenes.kit import ink, words
from scenes.kit.contact_sheet import ContactSheet
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import Region, bare
from scenes.maths.model_evaluation.metrics import Counts
from scenes.model_evaluation.stage import NEGATIVE, POSITIVE, THRESHOLD, WRONG

HEADS: Final = 0.75
"""Scene units above the cells for the names of columns."""
SIDE: Final = 2.35
"""Scene units left of the cells for the names of rows."""
PAD: Final = 0.22
DROP: Final = 0.12
"""Scene units by which names stand lower than numbers, so that both are centred alike."""
FOOT: Final = 1.2
"""Scene units of a cell that its name takes."""
STEP: Final = 1.0
"""Scene units between cards side by side."""
NAME: Final = 44.0
"""Pixels of capitals of names and heads."""
ALIASES: Final = ("hit", "false alarm, type I error", "miss, type II error")
UNEVEN: Final = (1.5, 1.7)
"""The split for all pictures, most of which are true negatives."""
NAMES: Final = ("true positive", "false positive", "false negative", "true negative")
COLORS: Final = (POSITIVE, WRONG, WRONG, NEGATIVE)


@dataclass(frozen=True)
class Cells:
    """The four ``places`` in the order TP, FP, FN, TN, and what is written around and in them."""

    places: tuple[Region, Region, Region, Region]
    columns: VGroup
    rows: VGroup
    upright: Segments
    level: Segments
    names: list[words.Words]
    numbers: list[words.Words]
    aliases: list[words.Words]
    """Other names of the first three outcomes."""
    term: words.Words
    """What it is called, in its corner."""
    across: int
    """Cards side by side in a cell."""
    step: float
    """Scene units from card to card."""

    def homes(self, positive: npt.ArrayLike, called: npt.ArrayLike) -> Floats:
        """Scene points (n, 3) of cards in their cells, side by side in their order."""
        truth, said = np.asarray(positive, dtype=bool), np.asarray(called, dtype=bool)
        found = np.zeros((len(truth), 3))
        for place, group in zip(
            self.places, (truth & said, ~truth & said, truth & ~said, ~truth & ~said), strict=True
        ):
            rows = np.flatnonzero(group)
            start = place.left + PAD + self.step / 2
            up, right = np.divmod(np.arange(len(rows)), self.across)
            found[rows, 0] = start + self.step * right
            found[rows, 1] = place.bottom + PAD + self.step * (0.5 + up)
        return found

    def gathered(self, called: npt.ArrayLike) -> Floats:
        """Scene points (n, 3) of cards in the column of their decision, on the line between the rows."""
        said = np.asarray(called, dtype=bool)
        return self._lined(said, np.full(len(said), self.places[0].bottom))

    def parted(self, called: npt.ArrayLike, positive: npt.ArrayLike) -> Floats:
        """Scene points (n, 3) of cards in the column of their decision, in the row of what they are."""
        said, truth = np.asarray(called, dtype=bool), np.asarray(positive, dtype=bool)
        upper, lower = self.places[0], self.places[1]
        heights = np.where(truth, upper.bottom + STEP, lower.top - STEP)
        return self._lined(said, heights)

    def _lined(self, said: npt.NDArray[np.bool_], heights: Floats) -> Floats:
        found = np.zeros((len(said), 3))
        for place, group in ((self.places[0], said), (self.places[2], ~said)):
            rows = np.flatnonzero(group)
            step = 0.9
            found[rows, 0] = place.middle[0] + step * (np.arange(len(rows)) - (len(rows) - 1) / 2)
        found[:, 1] = heights
        return found

    def wall(self, place: Region, pictures: Floats, pitch: float, color: ManimColor) -> ContactSheet:
        """``pictures`` of one outcome in their cell, as many places of side ``pitch`` as there are."""
        wide, high = place.width - 2 * PAD, place.height - FOOT
        across = min(int(wide / pitch), max(int(np.ceil(np.sqrt(len(pictures) * wide / high))), 1))
        down = -(-len(pictures) // across)
        middle = (place.left + PAD + across * pitch / 2, place.bottom + PAD + down * pitch / 2)
        return ContactSheet(pictures, across, pitch, middle, color)

    def counted(self, counts: Counts) -> VGroup:
        """The four numbers of ``counts``, where the numbers of the ten cards stand."""
        made = [
            words.headline(f"{value:,}", color, ink.HEADLINE)
            for value, color in zip((counts.tp, counts.fp, counts.fn, counts.tn), COLORS, strict=True)
        ]
        for number, place in zip(made, self.places, strict=True):
            place.inset(PAD, PAD).put(number, UP + RIGHT)
        return VGroup(*made)


def cells(
    region: Region,
    counts: Counts,
    names: Sequence[str] = NAMES,
    across: int = 5,
    step: float = STEP,
    side: float = SIDE,
    split: tuple[float, float] = (1.0, 1.0),
) -> Cells:
    """The matrix in a ``region``, with ``counts`` and ``names`` written in it.

    ``across`` cards stand side by side, ``step`` units apart; names of rows take ``side`` units.
    ``split`` says how much wider the second column is than the first, and how much higher the second row.
    """
    inner = Region(region.left + side, region.bottom, region.right, region.top - HEADS)
    upper, lower = inner.rows(1, split[1], gap=0.0)
    tp, fn = upper.columns(1, split[0], gap=0.0)
    fp, tn = lower.columns(1, split[0], gap=0.0)
    plane = bare()
    middle = np.array([fn.left, fp.top])
    columns = VGroup(words.label("called eight", THRESHOLD, NAME), words.label("not called", ink.quiet, NAME))
    for head, place in zip(columns, (tp, fn), strict=True):
        Region(place.left, place.top, place.right, place.top + HEADS).put(head)
    rows = VGroup(words.label("is eight", POSITIVE, NAME), words.label("is another", NEGATIVE, NAME))
    for head, place in zip(rows, (tp, fp), strict=True):
        head.move_to((region.left, place.middle[1], 0.0), aligned_edge=LEFT)
    places = (tp, fp, fn, tn)
    written, numbers = [], []
    for name, value, color, place in zip(
        names, (counts.tp, counts.fp, counts.fn, counts.tn), COLORS, places, strict=True
    ):
        inside = place.inset(PAD, PAD)
        written.append(place.inset(PAD, PAD + DROP).put(words.label(name, color, NAME), UP + LEFT))
        numbers.append(inside.put(words.headline(str(value), color, ink.HEADLINE), UP + RIGHT))
    aliases = [
        words.label(text, color).next_to(name, DOWN, buff=0.2, aligned_edge=LEFT)
        for text, color, name in zip(ALIASES, COLORS, written, strict=False)
    ]
    return Cells(
        places,
        columns,
        rows,
        plane.segment((middle[0], inner.bottom), (middle[0], region.top), ink.faint, LINE),
        plane.segment((region.left, middle[1]), (inner.right, middle[1]), ink.faint, LINE),
        written,
        numbers,
        aliases,
        Region(region.left, region.top - HEADS, region.left + side, region.top).put(
            words.label("confusion\nmatrix", ink.chalk, ink.LABEL), LEFT
        ),
        across,
        step,
    )
