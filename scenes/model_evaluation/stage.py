"""What the acts of the lesson share: what is coloured how, the ten cards on their staircase, and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import RIGHT, UP, Animation, ManimColor, VGroup, VMobject

from scenes.kit import ink, shot, words
from scenes.kit.card import Cards
from scenes.kit.contact_sheet import ContactSheet
from scenes.kit.lesson import Lesson
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.value import Value
from scenes.maths.model_evaluation import digits, metrics

POSITIVE: Final = ink.first
"""Eights: the positive class; round."""
NEGATIVE: Final = ink.second
"""All other digits: the negative class; square."""
THRESHOLD: Final = ink.focus
"""The threshold, and what lies at or above it."""
WRONG: Final = ink.error
"""Wrong decisions."""
PRECISION: Final = ink.third
RECALL: Final = ink.fourth
"""Recall, which is the true positive rate."""
HELD: Final = ink.truth
"""What is held out of training."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {}
"""Colours of symbols; all others are chalk, and parts are dyed where they are written."""
formulas: Final = words.Formulas(SYMBOLS)
PARTS: Final = {
    "tp": POSITIVE,
    "tn": NEGATIVE,
    "fp": WRONG,
    "fn": WRONG,
    "P": PRECISION,
    "R": RECALL,
}
"""Colours of the parts of formulas."""
TP, FP, FN, TN = (f'{{{{ "{name}" : {name.lower()} }}}}' for name in ("TP", "FP", "FN", "TN"))
"""The four outcomes as parts of a formula."""


def maths(source: str, size: float = ink.POINT, color: ManimColor = ink.chalk) -> words.Words:
    """A formula in the colours of this lesson: those of :data:`PARTS` for the parts that it labels."""
    named = {name: dye for name, dye in PARTS.items() if f" : {name} }}}}" in source}
    return formulas(source, size, named, color)


def lit(part: VMobject, color: ManimColor | None = None) -> Animation:
    """Light a ``part`` as it is spoken of: colours and greys turn bright for a moment, what is bright turns yellow."""
    if color is None:
        inks = {
            (each.get_fill_color() if each.get_fill_opacity() > 0 else each.get_stroke_color()).to_hex()
            for each in part.family_members_with_points()
        }
        color = THRESHOLD if inks <= {ink.chalk.to_hex()} else ink.chalk
    return words.light(part, color)


BIG: Final = 1.25 * ink.POINT
"""Pixels of the capitals of formulas that are the point."""
THICK: Final = 1.6 * LINE
AT: Final = 0.5
"""The threshold from which things start."""
LOW: Final = 0.25
HIGH: Final = 0.9
"""Thresholds below and above it that are tried on the ten cards."""
COLUMNS: Final = 57
"""Columns of the wall of all pictures, which fills the frame."""
FEET: Final = 0.55
"""Scene units under the staircase for the scores."""
MOVED: Final = 0.26
"""Strength of the wall while the camera moves, away from what it goes to: so it does not flicker."""
CLOSE: Final = 0.55
"""Strength of what the camera goes to."""
UP_TO: Final = (-0.1, 1.1)
"""Scores that the staircase shows."""


@dataclass(frozen=True)
class Stairs:
    """The ten cards, each as high as its score, on a ``plane``; the ``line`` of the ``threshold`` and its ``name``."""

    plane: Plane
    cards: Cards
    spots: Floats
    size: float
    threshold: Value
    line: Segments
    name: VGroup
    scores: VGroup
    """Under the cards, in their order."""

    @property
    def right(self) -> float:
        """Right end of the plane, in its units."""
        return float(self.plane.limits[1][0])


class ModelEvaluationStage(Lesson):
    """The stage of the lesson, and the pictures that several chapters share."""

    def stage(self) -> None:
        """All pictures and the ten cards; each chapter builds what it needs."""
        self.ten = digits.ten()
        self.all = digits.everything()
        self.digit = digits.pictures()[1]
        self.tints = [POSITIVE if is_so else NEGATIVE for is_so in self.all.positive]

    def wall(self, colors: ManimColor | list[ManimColor] = ink.chalk, strength: float = 1.0) -> ContactSheet:
        """All pictures, to the edges of the frame."""
        return ContactSheet(
            self.all.pictures, COLUMNS, ink.FRAME_WIDTH / COLUMNS, (0.0, 0.0), colors, strength
        )

    def around(self, wall: ContactSheet, number: int, reach: tuple[int, int]) -> Floats:
        """Strengths (n,) of a ``wall`` on which the camera moves: those in ``reach`` of a picture are brighter."""
        down, across = np.divmod(np.arange(len(wall.pictures)), wall.columns)
        row, column = divmod(number, wall.columns)
        near = (np.abs(across - column) <= reach[0]) & (np.abs(down - row) <= reach[1])
        return np.where(near, CLOSE, MOVED)

    def new_cards(self) -> Cards:
        """The ten cards."""
        return Cards(self.ten.pictures, self.ten.positive)

    def stairs(self, region: shot.Region, size: float, at: float = AT, room: float = 1.0) -> Stairs:
        """The ten cards on their staircase in a ``region``; ``size`` is a card's width, ``room`` units beyond them."""
        count = len(self.ten)
        plane = shot.chart(
            shot.Region(region.left, region.bottom + FEET, region.right, region.top),
            (0.0, count + room),
            UP_TO,
            x_ticks=[],
            y_ticks=(0, 0.5, 1),
            y_label="score",
        )
        spots = plane.at(np.column_stack([np.arange(count) + 0.5, self.ten.scores]))
        cards = self.new_cards().put(spots, size)
        threshold = Value(at)
        line = plane.segment((0, at), (count + room, at), THRESHOLD, THICK)

        def move(t: float) -> Segments:
            return line.redraw((0, t), (count + room, t))

        threshold.draws(move, line)
        name = VGroup(words.label("yes", THRESHOLD, ink.POINT), words.label("no", ink.quiet, ink.POINT))

        def follow(t: float) -> VGroup:
            end = plane.at(count + room, t)
            name[0].next_to(end, UP, buff=0.14).align_to(end, RIGHT)
            name[1].next_to(end, -UP, buff=0.18).align_to(end, RIGHT)
            return name

        threshold.draws(follow, name)
        below = region.bottom + FEET / 2
        scores = VGroup(
            *(
                words.label(f"{score:.2f}", ink.chalk, ink.AXIS * min(1.0, size / 0.8)).move_to(
                    (float(spot[0]), below, 0.0)
                )
                for spot, score in zip(spots, self.ten.scores, strict=True)
            )
        )
        return Stairs(plane, cards, spots, size, threshold, line, name, scores)

    def called(self, threshold: float) -> metrics.Counts:
        """Outcomes of the ten cards at a ``threshold``."""
        return metrics.counts(self.ten.positive, self.ten.scores, threshold)

    def counted(self, threshold: float) -> metrics.Counts:
        """Outcomes of all pictures at a ``threshold``."""
        return metrics.counts(self.all.positive, self.all.scores, threshold)
