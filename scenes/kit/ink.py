"""Colour and size roles: the one place where a colour value or a font size is written.

A scene says what a thing *is* (``ink.first``, ``ink.focus``), never how it looks.  Pairs that carry
meaning differ in brightness as well as in hue, so that they survive colour-blind viewing and a grey print.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from manim import ManimColor, interpolate_color

ground: Final = ManimColor("#0F1420")
"""The stage."""
chalk: Final = ManimColor("#E8EDF4")
"""Words, axes that matter, whatever has no other role."""
faint: Final = ManimColor("#6B7A90")
"""Grid, ticks, what has stepped back.  Never for words that must be read."""
quiet: Final = ManimColor("#9AA7BA")
"""Words of second rank: tick labels, units, captions of axes (contrast ≥ 4.5 on the ground)."""

first: Final = ManimColor("#4893DB")
second: Final = ManimColor("#EB9A4A")
third: Final = ManimColor("#8EE099")
fourth: Final = ManimColor("#CDB4F8")
focus: Final = ManimColor("#FFD866")
"""Look here now."""
error: Final = ManimColor("#F2696C")
"""Mistakes, losses, residuals, slack."""
truth: Final = ManimColor("#47CABD")
"""What is really so: the data's own law, the target."""

positive: Final = first
negative: Final = error

CLASSES: Final = (first, second, third, fourth)
"""Colours of the classes of a data set, in order."""

WORDS: Final = (chalk, quiet, first, second, third, fourth, focus, error, truth)
"""Every role that may colour words; a test holds each to a contrast of 4.5 on the ground."""

ROLES: Final[Mapping[str, ManimColor]] = MappingProxyType(
    {
        "chalk": chalk,
        "quiet": quiet,
        "first": first,
        "second": second,
        "third": third,
        "fourth": fourth,
        "focus": focus,
        "error": error,
        "truth": truth,
        "positive": positive,
        "negative": negative,
    }
)
"""The names by which words are coloured: ``[the kerb:focus]``."""

SYMBOLS: Final[Mapping[str, ManimColor]] = MappingProxyType(
    {
        "x": first,
        "bold(x)": first,
        "w": fourth,
        "bold(w)": fourth,
        "theta": fourth,
        "y": truth,
        "bold(y)": truth,
        "hat(y)": second,
        "hat(bold(y))": second,
        "cal(L)": error,
        "ell": error,
    }
)
"""Symbols that keep their colour through the whole hub, as Typst writes them: what goes in is ``first``, what
is learned ``fourth``, what is so ``truth``, what is predicted ``second``, what errors cost ``error``."""

CODE: Final[Mapping[str, ManimColor]] = MappingProxyType(
    {
        "plain": chalk,
        "keyword": fourth,
        "name": first,
        "string": third,
        "number": second,
        "comment": quiet,
    }
)
"""Colours of program text."""

# Roles of type: heights of capitals in pixels of a 1080-line picture.
HEADLINE: Final = 72.0
"""A number or a word that is the picture."""
POINT: Final = 52.0
"""A formula that is the point."""
TITLE: Final = 36.0
"""The chapter's claim at the top left."""
NOTE: Final = 35.0
"""Words beside the picture."""
LABEL: Final = 35.0
"""The name of a thing in the picture."""
AXIS: Final = 40.0
"""Numbers at ticks and names of axes that a phone shows too."""
SMALL: Final = 28.0
"""Numbers at ticks: the smallest size that may appear."""
POSTER: Final = 84.0
"""Words of a thumbnail, readable at 320 pixels of width."""

Size = float
"""Height of capitals in pixels of a 1080-line picture."""


def pixels(size: Size) -> float:
    """Height of capitals in pixels of a 1080-line picture."""
    return size


FRAME_WIDTH: Final = 128 / 9
FRAME_HEIGHT: Final = 8.0
MARGIN: Final = 0.5
"""Scene units kept free at every edge."""
CAPTION_BAND: Final = 0.6
"""Scene units at the bottom without words: a line of captions.  More left frames with an empty foot (referees)."""
UNITS_PER_PIXEL: Final = FRAME_HEIGHT / 1080
"""Scene units a pixel at 1080 lines."""


def contrast(one: ManimColor, other: ManimColor = ground) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def signed(value: float, largest: float = 1.0) -> ManimColor:
    """Colour of a signed value: hue is its sign, brightness its size (``largest`` is full brightness)."""
    size = min(abs(value) / largest, 1.0) if largest > 0 else 0.0
    return interpolate_color(ground, positive if value >= 0 else negative, size)


def _luminance(color: ManimColor) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.to_rgb()]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
