"""What the acts of the lesson share: the drawn stones, planes of prices, curves, and words on plates."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import LEFT, ManimColor, interpolate_color

from scenes.kit import ink, shot, words
from scenes.kit.axis import Range
from scenes.kit.bundle import Bundle
from scenes.kit.dot import Dots
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import prices
from scenes.maths.partial_dependence.curves import Floats
from scenes.maths.partial_dependence.diamonds import CARAT, CLARITIES, CLARITY

STONE: Final = ink.focus
"""The one stone that is followed, and its curve."""
ROWS: Final = ink.first
"""Real stones and their curves."""
FORCED: Final = ink.second
"""A forced feature."""
KEPT: Final = ink.quiet
"""What keeps its real value."""
MEAN: Final = ink.chalk
"""The partial dependence."""
NEAR: Final = ink.fourth
"""Means of real rows alone: raw means, the marginal plot."""
LOCAL: Final = ink.third
"""Accumulated local effects."""
NOWHERE: Final = ink.error
"""Where there are no data."""
TRUTH: Final = ink.truth
"""What is known to be so."""
WEIGHTS: Final = tuple(interpolate_color(ink.first, ink.chalk, share) for share in (0.0, 0.3, 0.55, 0.8))
"""Groups of weight, the heaviest palest."""
NAMES: Final = ("under ½ carat", "½ to 1", "1 to 1½", "over 1½ carat")
"""Their names."""
LEVELS: Final = np.arange(len(CLARITIES), dtype=float)
FAN: Final[Range] = (-6.6, 19.8)
"""Thousand dollars on which both prices and their differences are drawn."""

PARTS: Final = {"s": FORCED, "c": KEPT, "sum": MEAN, "near": NEAR, "local": LOCAL, "far": NOWHERE}
"""Colours of labelled parts: the forced feature, the others, means."""
_CHALK: Final = words.Formulas({})


def maths(source: str, size: float = ink.POINT) -> words.Words:
    """A formula in chalk; its labelled parts have the colours of :data:`PARTS`."""
    return _CHALK(source, size, {name: color for name, color in PARTS.items() if f": {name} }}}}" in source})


def price_plane(
    prices_: Range = FAN, place: shot.Region = shot.SAFE, y_label: str = "price (1,000 $)", **options: Any
) -> Plane:
    """Clarity across, thousand dollars up, as large as fits."""
    asked: dict[str, Any] = {
        "x_names": dict(enumerate(CLARITIES)),
        "x_label": "clarity, from impure to pure",
        "y_label": y_label,
    }
    return shot.chart(place, (-0.4, 7.4), prices_, **(asked | options))


def scattered(said: prices.Opinion) -> Floats:
    """Clarity, with some noise so that stones do not hide each other, and price (300, 2) of the drawn stones."""
    noise = np.random.default_rng(0).uniform(-0.32, 0.32, len(said.stones))
    return np.column_stack([said.stones[:, CLARITY] + noise, said.price])


def sizes(said: prices.Opinion) -> Floats:
    """Radii (300,) of stones, areas as their weights."""
    return np.asarray(0.115 * np.sqrt(said.stones[:, CARAT]))


def stones_on(plane: Plane, said: prices.Opinion, radius: float | Floats = 0.075) -> Dots:
    """The drawn stones at their prices, the one that is followed in gold."""
    row = prices.gold(said)
    colors = [STONE if number == row else ROWS for number in range(len(said.stones))]
    return Dots(plane, scattered(said), colors, radius=radius)


def bundle_of(plane: Plane, curves: Floats, color: ManimColor = ROWS) -> Bundle:
    """Curves over the levels of clarity, with their mean."""
    return Bundle(plane, LEVELS, curves, color, middle_color=MEAN, lit_color=STONE)


def groups_of(plane: Plane, said: prices.Opinion, fan: Floats) -> list[Bundle]:
    """Curves of each group of weight in its colour."""
    return [
        Bundle(plane, LEVELS, fan[said.groups == group], color, middle_color=color)
        for group, color in enumerate(WEIGHTS)
    ]


def told(
    plane: Plane, x: float, y: float, text: str, color: ManimColor = ink.chalk, size: float = ink.POINT
) -> Tag:
    """Words on a plate that begin at a data point of a plane."""
    tag = Tag(words.label(text, color, size), 0.85)
    tag.move_to(plane.at(x, y), aligned_edge=LEFT)
    return over(tag)


def over(tag: Tag) -> Tag:
    """The same tag, over curves and dots."""
    tag.set_z_index(3)
    return tag


def plate(words_: words.Words, side: Any) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    return over(shot.SAFE.put(Tag(words_, 0.9), side))


class PartialDependenceStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """What the model says of clarity; 300 unseen stones."""
        self.said = prices.opinion()
        self.gold = prices.gold(self.said)
