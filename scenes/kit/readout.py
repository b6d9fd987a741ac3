"""A live number: digits change while everything around them stands still."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Self, SupportsFloat

import numpy as np
from manim import ManimColor, Mobject, ValueTracker, VMobject
from numpy.typing import NDArray

from scenes.kit import ink
from scenes.kit.glyph import Glyph, Part, Words, baseline, build, new_glyph
from scenes.kit.markup import words_script
from scenes.kit.typeset import CAPITAL, WORDS, WORDS_START, Curves, Markup, Outline, WordsError, set_type
from scenes.kit.value import Mixture, Source

_CHARACTERS: Final = "0123456789−+."
_GAP: Final = 0.3
"""Space between the number and its label or unit, in em."""
_SPARE: Final = 2
"""Places before the point beyond those that room is kept for."""

Shown = Source[Any] | ValueTracker | Callable[[], SupportsFloat] | SupportsFloat
"""What a live number can show: a :class:`Value` or what is read of one, or else a function, or a number that stays."""


class Readout(Words):
    """``label`` number ``unit``, following ``value``: a :class:`scenes.kit.value.Value` or what is read of one.

    A plain number stays what it is.  A function or a ``ValueTracker`` is asked in every picture of a play, and its
    readout, and all that lies above it, is drawn anew in each: prefer a ``Value``, which tells when it changes.

    The number has ``decimals`` places, is rounded as Python's ``format`` rounds, has a true minus sign (and a
    plus with ``sign``) and never shows minus zero.  Every digit is as wide as every other, and point,
    decimals and unit keep their place.  Room is kept for ``digits`` characters before the point, the sign
    among them, by default as many as the first value has; a longer value makes the label give way.
    ``label`` and ``unit`` may have marks.

    An update copies points into arrays that are there: nothing is set, parsed or allocated for the picture.
    Raises :class:`WordsError` for a value that is not finite, and for one whose whole part is more than two
    characters longer than the room kept; ``TypeError`` for a number that is mixed of two that were computed.
    """

    def __init__(
        self,
        value: Shown,
        decimals: int = 2,
        unit: str = "",
        label: str = "",
        color: ManimColor = ink.chalk,
        size: float = ink.NOTE,
        sign: bool = False,
        digits: int | None = None,
    ) -> None:
        if isinstance(value, Mixture):
            raise TypeError(
                "a live number shows nothing that is mixed of two computed states: take sweep.score(numbers) for a "
                "metric, or compute it of the mixed state, sweep.mixed(states).of(measure)"
            )
        self.source: Source[Any] | None = value if isinstance(value, Source) else None
        self.value = _asked(value)
        self.decimals, self.sign = decimals, sign
        self.shown, self._kept = "", 0
        sort, em = _sort(), size * ink.UNITS_PER_PIXEL / CAPITAL[WORDS]
        first = self._text()
        self._room = max(digits or 0, len(first.partition(".")[0]))
        self._label, self._before = _side(label, em, color, end=1)
        self._unit, self._behind = _side(unit, em, color, end=0)
        self._places = [-(place + 1) * sort.advance for place in range(self._room + _SPARE)]
        if decimals:
            self._places += [0.0, *(sort.point + place * sort.advance for place in range(decimals))]
        self._slots = [new_glyph(np.zeros((sort.size, 3)), color, "") for _ in self._places]
        self._frame = _frame(em, sort.advance)
        before, after = ([glyph for glyph, _ in side] for side in (self._label, self._unit))
        super().__init__([*before, *self._slots, *after], "", "readout")
        self.submobjects.append(self._frame)
        gap = _GAP / 3 if unit[:1] in {"%", "°"} else _GAP
        for glyph, curves in self._unit:
            glyph.at = -1  # where it stands in the text changes with the number
            self._put(glyph, curves, gap + (sort.point + decimals * sort.advance if decimals else 0.0))
        self._show(first)
        self.center()
        if self.source is not None:
            self.source.read_by(self)
        elif isinstance(value, ValueTracker) or callable(value):
            self.add_updater(_follow)

    @property
    def due(self) -> str:
        """The number as it would have to be shown now: :attr:`shown`, unless the readout lags behind what it reads.

        A frozen one is due what it shows.
        """
        if self.source is not None:
            return self._text_of(self.source.afresh())
        return self._text() if _follow in self.updaters else self.shown

    @property
    def number(self) -> Part:
        """The digits, sign and point."""
        return Part(self, self._slots)

    @property
    def unit(self) -> Part:
        """What stands behind the number."""
        return Part(self, [glyph for glyph, _ in self._unit])

    @property
    def capital(self) -> float:
        """Height of a capital letter as the number stands now, in pixels of a 1080-line picture."""
        corner, up = self._frame.points[-1], self._frame.points[-3]
        return float(np.linalg.norm(up - corner)) / ink.UNITS_PER_PIXEL

    def freeze(self) -> Self:
        """Stop following: the number stays what it is now."""
        self.clear_updaters()
        self.source = None
        return self

    def refresh(self) -> Self:
        """Show the value as it is now."""
        text = self._text()
        if text != self.shown:
            self._show(text)
        return self

    def reread(self) -> tuple[Mobject, ...]:
        """Show what is read as it is now.

        While an animation moves the number it keeps its digits, and shows the new ones when that has ended: what
        an animation interpolates would be overwritten.
        """
        if self.source is not None and not self.updating_suspended:
            self.refresh()
        return (self,)

    def resume_updating(self, recursive: bool = True) -> Self:
        """As manim's: an animation has ended, and the number may have changed meanwhile."""
        super().resume_updating(recursive)
        self.reread()
        return self

    def _text(self) -> str:
        return self._text_of(self.value())

    def _text_of(self, number: SupportsFloat) -> str:
        value = float(number)
        if not math.isfinite(value):
            raise WordsError(f"a readout shows finite numbers, not {value}", getattr(self, "source_text", ""))
        return f"{value:{'+' if self.sign else ''}z.{self.decimals}f}".replace("-", "−")

    def _show(self, text: str) -> None:
        sort = _sort()
        whole, _, decimals = text.partition(".")
        spare = self._room + _SPARE - len(whole)
        if spare < 0:
            raise WordsError(f"{text} needs digits={len(whole)}", self.source_text)
        characters = whole[::-1] + " " * spare + ("." + decimals if decimals else "")
        for slot, place, character in zip(self._slots, self._places, characters, strict=True):
            if character == " ":
                slot.points[:] = self._frame.points[0]
                slot.shape = ""
            else:
                self._put(slot, sort.curves[character], place)
                slot.shape, slot.rise = sort.shapes[character], sort.rises[character]
        room = max(self._room, len(whole))
        if room != self._kept:
            for glyph, curves in self._label:
                self._put(glyph, curves, -room * sort.advance - _GAP)
            self._kept = room
        self.shown = text
        self.source_text = " ".join(filter(None, (self._before, text, self._behind)))

    def _put(self, glyph: Glyph, curves: Curves, x: float) -> None:
        """Write ``curves`` (em) at ``x`` em, wherever the number has been moved to, turned and scaled."""
        cross = self._frame.points
        origin = cross[0]
        right, up = (origin - cross[3]) / _sort().advance, (cross[11] - origin) / CAPITAL[WORDS]
        np.matmul(curves, np.array((right, up)), out=glyph.points)
        glyph.points += origin + x * right

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        memo[id(self.value)] = self.value  # a copy follows the same value
        twin = super().__deepcopy__(memo)
        if twin.source is not None:
            twin.source.read_by(twin)
        return twin


def numeral(text: str, size: float = ink.LABEL) -> NDArray[np.float64]:
    """Path of a number that is part of a picture and not words: Bézier points (4n, 3) around the origin.

    ``text`` is made of digits, true signs and a point; ``size`` is the capitals' height in pixels.  Raises
    ``KeyError`` for any other character.
    """
    sort, em = _sort(), size * ink.UNITS_PER_PIXEL / CAPITAL[WORDS]
    across, curves = 0.0, []
    for character in text:
        curves.append(sort.curves[character] + (across, 0.0))
        across += sort.point if character == "." else sort.advance
    path = np.zeros((sum(map(len, curves)), 3))
    path[:, :2] = em * (np.concatenate(curves) - (across / 2, CAPITAL[WORDS] / 2))
    return path


def _asked(value: Shown) -> Callable[[], SupportsFloat]:
    """A function that tells what ``value`` is now."""
    if isinstance(value, Source):
        return lambda: value.value
    if isinstance(value, ValueTracker):
        return value.get_value
    return value if callable(value) else lambda: value


def _follow(mobject: Mobject) -> None:
    if isinstance(mobject, Readout):
        mobject.refresh()


def _frame(em: float, advance: float) -> VMobject:
    """An invisible cross: from the number's origin one digit to the left and one capital up, there and back.

    It lies inside the number, moves, turns and scales with it, and encloses no area, so nothing shows it.
    """
    frame = VMobject(stroke_width=0.0, stroke_opacity=0.0)
    origin = np.zeros(3)
    left, up = np.array([-advance * em, 0.0, 0.0]), np.array([0.0, CAPITAL[WORDS] * em, 0.0])
    frame.points = np.repeat([origin, left, left, origin, origin, up, up, origin], 2, axis=0)
    return frame


def _side(text: str, em: float, color: ManimColor, end: int) -> tuple[list[tuple[Glyph, Curves]], str]:
    """Glyphs of a label (``end`` 1) or a unit (0), with their curves in em, and its plain text.

    x = 0 is the right end of a label, the left end of a unit; y = 0 is its baseline.
    """
    if not text.strip():
        return [], ""
    words = build(words_script(text, _STYLE), "label", em, color, {}, ink.SYMBOLS)
    edge = float((words.get_left(), words.get_right())[end][0])
    foot = np.array([edge, baseline(words)])
    return [(glyph, (glyph.points[:, :2] - foot) / em) for glyph in words.glyphs], words.source_text


_STYLE: Final = "#set text(weight: 500, features: (calt: 0, tnum: 1), kerning: false)"


@dataclass(frozen=True, slots=True)
class _Sort:
    """Digits, signs and the point in em, all with the same number of points.

    ``curves`` have their origin on the baseline at the left of the character's room; ``advance`` is the room
    of a digit or sign, ``point`` that of the point; ``size`` is the number of points of each.
    """

    curves: Mapping[str, Curves]
    shapes: Mapping[str, str]
    rises: Mapping[str, float]
    advance: float
    point: float
    size: int


@lru_cache(maxsize=1)
def _sort() -> _Sort:
    advance = _left(_specimen("00")[1]) - _left(_specimen("00")[0])
    between = {character: _specimen(f"0{character}0") for character in _CHARACTERS}
    size = max(len(outlines[1].curves) for outlines in between.values())
    curves, shapes, rises = {}, {}, {}
    for character, (_, outline, _) in between.items():
        placed = outline.curves - (advance, 0.0)
        curves[character] = np.concatenate([placed, np.repeat(placed[-1:], size - len(placed), axis=0)])
        shapes[character] = outline.shape
        rises[character] = float(-placed[:, 1].min() / np.ptp(placed[:, 1]))
    first, _, last = between["."]
    return _Sort(curves, shapes, rises, advance, _left(last) - _left(first) - advance, size)


def _specimen(text: str) -> tuple[Outline, ...]:
    body = f'{WORDS_START}"{text}"'.replace('"', '#"', 1)
    return set_type(Markup(body, text, (0,) * len(body), _STYLE))


def _left(outline: Outline) -> float:
    return float(outline.curves[:, 0].min())
