"""What the acts of the lesson share: what is coloured how, formulas, the field of mails, and the balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import UP, ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.axis import Range
from scenes.kit.evidence_balance import EvidenceBalance
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.kit.token import Tokens
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import studies
from scenes.maths.naive_bayes.mails import corpus

SPAM: Final = ink.second
"""Spam, and the right side; in the chapters on tumours malignant."""
HAM: Final = ink.first
"""Ham, and the left side; benign."""
WORD: Final = ink.focus
"""What is being weighed or counted now."""
WRONG: Final = ink.error
"""What fails: a zero, a claim that is off."""
FACT: Final = ink.truth
"""What was really seen, beside what is claimed."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {"w": WORD, "z": ink.chalk, "alpha": WORD}
"""Colours of symbols; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""

BIG: Final = 1.25 * ink.POINT
"""Pixels of the capitals of formulas that are the point."""
ROOM: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom + 0.12, shot.SAFE.right, shot.SAFE.top)
"""What has to be read lies here."""
HANG: Final = 2.75
"""Height at which cards hang above the balance."""


def cards() -> Tokens:
    """The four words of the mail of the opening question, above the balance."""
    made = Tokens(studies.FOUR, width=3.1, height=1.0, gap=0.24, color=WORD, size=ink.POINT)
    return ROOM.inset(0.0, ROOM.top - HANG - 0.5).put(made, UP)


def balance(
    names: Sequence[str], values: npt.ArrayLike, hang: npt.ArrayLike, unit: float = 0.42
) -> EvidenceBalance:
    """A balance between ham and spam; see :class:`scenes.kit.evidence_balance.EvidenceBalance`."""
    return EvidenceBalance(names, values, hang, sides=("ham", "spam"), unit=unit)


def hung(words_: Sequence[str]) -> EvidenceBalance:
    """A level balance for prior and ``words_``, by the trained model; none of them is seen before it falls."""
    values = [studies.prior_log_odds(), *(studies.weight(word) for word in words_)]
    hang = np.tile([0.0, HANG], (len(values), 1))
    return balance(["prior", *words_], values, hang).redraw(np.zeros(len(values)), np.zeros(len(values)))


def box(place: shot.Region, x: Range, y: Range) -> Plane:
    """A plane of these limits in ``place`` whose axes are not seen."""
    plane = place.plane(x, y, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class Field:
    """All mails of the corpus as squares, to the edges of the frame: spam and ham, mixed."""

    def __init__(self, plane: Plane, region: shot.Region = shot.EDGES) -> None:
        spam = corpus().spam
        waffle = Waffle(region, len(spam))
        places = waffle.places(np.random.default_rng(3).permutation(len(spam)))
        self.charts = tuple(
            UnitChart(plane, places[spam == kind], waffle.half, color, 0.8)
            for kind, color in ((1, SPAM), (0, HAM))
        )


class NaiveBayesStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """A plane in scene units; each chapter builds what else it needs."""
        self.ground = shot.bare()
