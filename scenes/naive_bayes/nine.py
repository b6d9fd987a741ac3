"""Nine mails to count by hand: three spam and six ham, with the words that they have."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import UP, Animation, FadeOut, VGroup

from scenes.kit import ink, words
from scenes.kit.glide import glide
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart
from scenes.maths.naive_bayes import hand
from scenes.maths.naive_bayes.bayes import Floats
from scenes.naive_bayes.stage import HAM, SPAM

NINE: Final = 0.68
"""Half the side of one of the mails, in scene units."""
_STEP: Final = 1.56
"""From one of them to the next."""
_HIGH: Final = 0.56
"""Height of the middle row."""
_SIDE: Final = 5.2
"""How far the outermost column stands from the middle of the frame."""
_KEPT: Final = 1.45
"""Half the side of a mail that is kept."""


class Nine:
    """Nine mails as squares on ``plane``, with ``word`` on those that have it."""

    def __init__(self, plane: Plane, word: str = "free") -> None:
        rows = _HIGH + _STEP * np.array([1, 0, -1])
        spam = np.array([(_SIDE, y) for y in rows])
        ham = np.array([(-_SIDE + _STEP * column, y) for y in rows for column in (0, 1)])
        self.spots: tuple[Floats, Floats] = (spam, ham)
        self.spam = UnitChart(plane, spam, NINE, SPAM, 0.9)
        self.ham = UnitChart(plane, ham, NINE, HAM, 0.9)
        self.have = hand.HAVE[word]
        self.tags = [
            [words.label(word, ink.ground, ink.POINT).move_to((*spot, 0.0)) for spot in spots[:count]]
            for spots, count in zip(self.spots, self.have, strict=True)
        ]
        self.names = VGroup(
            *(
                words.headline(text, color).next_to(chart, UP, buff=0.14)
                for text, color, chart in (("spam", SPAM, self.spam), ("ham", HAM, self.ham))
            )
        )

    def keeping(self) -> list[Animation]:
        """Those without the word shrink away, and those with it move together."""
        apart = 2 * _KEPT + 0.3
        goals = [np.array([(0.0, 1.2), (apart, 1.2)]), np.array([(-apart, 1.2)])]
        moves: list[Animation] = []
        for chart, spots, goal, count, tags in zip(
            (self.spam, self.ham), self.spots, goals, self.have, self.tags, strict=True
        ):
            places, halves = spots.copy(), np.zeros(len(spots))
            places[:count], halves[:count] = goal, _KEPT
            moves.append(glide(chart.redraw, chart.state, (places, halves)))
            moves += [
                glide(tag.move_to, tag.get_center(), np.append(spot, 0.0))
                for tag, spot in zip(tags, goal, strict=True)
            ]
        return moves


_PAIR: Final = ("free", "offer")


class Both:
    """The same with two words, which some mail has together."""

    def __init__(self, plane: Plane) -> None:
        nine = Nine(plane)
        self.spots, self.spam, self.ham = nine.spots, nine.spam, nine.ham
        self.tags = VGroup()
        self._said = [[[word for word in said if word in _PAIR] for said in rows] for rows in hand.SAY]
        self._both: list[bool] = []
        for spots, rows in zip(self.spots, self._said, strict=True):
            for spot, said in zip(spots, rows, strict=True):
                if said:
                    self.tags.add(words.label("\n".join(said), ink.ground, ink.LABEL).move_to((*spot, 0.0)))
                    self._both.append(len(said) > 1)

    def keeping(self) -> list[Animation]:
        """Those with both words stay, and go to the middle."""
        middle = np.array([0.0, _HIGH])
        moves: list[Animation] = []
        for chart, spots, rows in zip((self.spam, self.ham), self.spots, self._said, strict=True):
            kept = np.array([len(said) > 1 for said in rows])
            goal = np.where(kept[:, None], middle, spots), np.where(kept, _KEPT, 0.0)
            moves.append(glide(chart.redraw, chart.state, goal))
        for tag, both in zip(self.tags, self._both, strict=True):
            moves.append(
                glide(tag.move_to, tag.get_center(), np.append(middle, 0.0)) if both else FadeOut(tag)
            )
        return moves

    def kept(self) -> VGroup:
        """The words of the one that is kept."""
        return VGroup(*(tag for tag, both in zip(self.tags, self._both, strict=True) if both))
