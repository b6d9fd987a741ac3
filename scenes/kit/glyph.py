"""Letters as manim draws them: glyphs, the words they make, and parts of words."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, Self

import numpy as np
from manim import ManimColor, VGroup, VMobject
from numpy.typing import NDArray

from scenes.kit import ink
from scenes.kit.markup import Run, Script, maths_script, words_script
from scenes.kit.review_hints import belongs
from scenes.kit.typeset import CAPITAL, CODE, WORDS, Outline, WordsError, set_type

Kind = Literal["title", "note", "label", "tick", "headline", "formula", "code", "readout"]

_ATOMS: Final = (int, float, str, bool, frozenset, type(None), ManimColor)


class Glyph(VMobject):
    """One letter, sign or rule, filled, with no stroke.

    ``shape`` is equal for glyphs that differ in size, place and colour only.  ``labels`` are the parts of a
    formula that it lies in.  ``at`` is its character in the plain text (-1 in maths).  ``rise`` is how far
    the baseline lies above its bottom, in heights of the glyph.
    """

    shape: str
    labels: frozenset[str]
    at: int
    rise: float

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        twin = type(self).__new__(type(self))
        memo[id(self)] = twin
        state = twin.__dict__
        for name, value in self.__dict__.items():
            if isinstance(value, np.ndarray):
                state[name] = value.copy()
            elif isinstance(value, _ATOMS):
                state[name] = value
            else:
                state[name] = copy.deepcopy(value, memo)
        state["original_id"] = str(id(self))
        return twin


class Part(VGroup):
    """Some ``glyphs`` of words.  ``owner`` is the words that they belong to; a copy belongs to none."""

    def __init__(self, owner: Words, glyphs: Sequence[Glyph]) -> None:
        super().__init__(*glyphs)
        self.owner = owner
        self.glyphs = list(glyphs)

    def __deepcopy__(self, memo: dict[int, Any]) -> VGroup:  # type: ignore[override]
        return VGroup(*copy.deepcopy(self.glyphs, memo))


class Words(VGroup):
    """Words, a formula or program text; its submobjects are its glyphs in reading order.

    ``source_text`` is what a reader would type.  ``kind`` says what made it.
    """

    is_words: Final = True

    def __init__(self, glyphs: Sequence[Glyph], source_text: str, kind: Kind) -> None:
        super().__init__()
        self.submobjects = list(glyphs)
        self.source_text = source_text
        self.kind: Kind = kind
        self._capital = 0.0
        self._ruler = (0, 1.0)

    @property
    def capital(self) -> float:
        """Height of a capital letter as the words stand now, in pixels of a 1080-line picture."""
        index, extent = self._ruler
        return self._capital * _extent(self.glyphs[index]) / extent / ink.UNITS_PER_PIXEL

    def _measure(self, capital: float) -> None:
        """Keep what :attr:`capital` is measured against: ``capital`` in scene units, and the largest glyph."""
        extents = [_extent(glyph) for glyph in self.glyphs]
        self._capital = capital
        self._ruler = int(np.argmax(extents)), max(extents)

    def copy(self) -> Self:
        """The same words again; the review of pictures lets them lie on these, as they do while they move away."""
        return belongs(super().copy(), self)

    @property
    def glyphs(self) -> list[Glyph]:
        """The glyphs in reading order."""
        return [member for member in self.get_family() if isinstance(member, Glyph)]

    @property
    def labels(self) -> list[str]:
        """Names of the parts that were marked, in reading order."""
        return list(dict.fromkeys(label for glyph in self.glyphs for label in sorted(glyph.labels)))

    def part(self, name: str, nth: int = 0) -> Part:
        """The glyphs under the label ``name``; without such a label, those where the text reads ``name``.

        Of several places where the text reads so, the ``nth`` (from 0) is meant.  Where it does not read so, every
        place where the symbol ``name`` stands in the maths.  Raises :class:`WordsError`, which lists the labels,
        when there is none of these.
        """
        found = (
            [glyph for glyph in self.glyphs if name in glyph.labels]
            or self._reading(name, nth)
            or _standing(name, self.glyphs)
        )
        if not found:
            labels = ", ".join(self.labels) or "there are none"
            raise WordsError(f"no part {name!r}; labels: {labels}", self.source_text)
        return Part(self, found)

    def line(self, number: int) -> Part:
        """The glyphs of line ``number`` as it was written, counted from 1."""
        return self.lines(number, number)

    def lines(self, first: int, last: int) -> Part:
        """The glyphs of the lines ``first`` to ``last`` as they were written, from 1, both included."""
        rows = self.source_text.split("\n")
        if not 1 <= first <= last <= len(rows):
            raise WordsError(f"lines {first} to {last} of {len(rows)}", self.source_text)
        start = sum(len(row) + 1 for row in rows[: first - 1])
        stop = start + sum(len(row) + 1 for row in rows[first - 1 : last])
        return Part(self, self._between(start, stop))

    def _reading(self, text: str, nth: int) -> list[Glyph]:
        """Whole words first: ``is`` means the word before it means the end of ``this``."""
        wanted = re.escape(text)
        whole, any_place = rf"(?<!\w){wanted}(?!\w)", wanted
        spans = list(
            dict.fromkeys(
                found.span() for look in (whole, any_place) for found in re.finditer(look, self.source_text)
            )
        )
        return self._between(*spans[nth]) if text and nth < len(spans) else []

    def _between(self, start: int, stop: int) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if start <= glyph.at < stop]


def baseline(words: Words) -> float:
    """y of the baseline of the first line, in scene units."""
    tallest = max(words.glyphs, key=lambda glyph: float(glyph.height))
    bottom = float(tallest.get_bottom()[1])
    return bottom + tallest.rise * float(tallest.height)


def build(
    script: Script,
    kind: Kind,
    em: float,
    color: ManimColor,
    colors: Mapping[str, ManimColor],
    symbols: Mapping[str, ManimColor],
) -> Words:
    """The words of ``script`` with ``em`` scene units an em, centred on the origin.

    ``colors`` names parts, as :meth:`Words.part` does; ``symbols`` are coloured wherever they stand in maths.
    Raises :class:`WordsError` for a part that is not there and for letters that no font has.
    """
    outlines = set_type(script.markup)
    places = _places(script, outlines)
    runs = [script.runs[outline.tag] for outline in outlines]
    roles = ink.CODE if kind == "code" else ink.ROLES
    glyphs = [
        _glyph(outline, em, roles[run.role] if run.role else color, run, place)
        for outline, run, place in zip(outlines, runs, places, strict=True)
    ]
    if not glyphs:
        raise WordsError("there is nothing to see in these words", script.markup.source)
    maths = [glyph for glyph, run in zip(glyphs, runs, strict=True) if glyph.at < 0 and not run.role]
    for symbol, tint in symbols.items() if maths else ():
        for glyph in _standing(symbol, maths):
            _dye(glyph, tint)
    words = Words(glyphs, script.plain, kind)
    for name, tint in colors.items():
        for member in words.part(name).glyphs:
            _dye(member, tint)
    low = np.min([glyph.points.min(axis=0) for glyph in glyphs], axis=0)
    high = np.max([glyph.points.max(axis=0) for glyph in glyphs], axis=0)
    for glyph in glyphs:
        glyph.points -= (low + high) / 2
    words._measure(em * CAPITAL[CODE if kind == "code" else WORDS])
    return words


def _extent(glyph: Glyph) -> float:
    """Largest distance between two of a glyph's points, about: it stays when the glyph turns."""
    return float(np.linalg.norm(glyph.points - glyph.points.mean(axis=0), axis=1).max())


# -- glyphs, built and copied without manim's constructor, which costs more than drawing them


@lru_cache(maxsize=1)
def _blank() -> Glyph:
    return Glyph(fill_opacity=1.0, stroke_width=0.0, stroke_opacity=0.0, background_stroke_width=0.0)


def _glyph(outline: Outline, em: float, color: ManimColor, run: Run, place: int) -> Glyph:
    points = np.zeros((len(outline.curves), 3))
    points[:, :2] = outline.curves * em
    low, high = points[:, 1].min(), points[:, 1].max()
    return new_glyph(points, color, outline.shape, run.labels, place, -low / (high - low))


def new_glyph(
    points: NDArray[np.float64],
    color: ManimColor,
    shape: str,
    labels: frozenset[str] = frozenset(),
    at: int = -1,
    rise: float = 0.0,
) -> Glyph:
    """A glyph of ``points``, which it keeps: (4 × number of curves, 3) in scene units."""
    glyph: Glyph = copy.deepcopy(_blank())
    glyph.points = points
    glyph.shape, glyph.labels, glyph.at, glyph.rise = shape, labels, at, rise
    _dye(glyph, color)
    return glyph


def _dye(glyph: Glyph, color: ManimColor) -> None:
    glyph.fill_rgbas[0, :3] = glyph.stroke_rgbas[0, :3] = color.to_rgb()


# -- which outline is which character, and which symbol


def _places(script: Script, outlines: Sequence[Outline]) -> list[int]:
    """The character in the plain text that each outline shows."""
    of_run: dict[int, list[int]] = {}
    for index, outline in enumerate(outlines):
        of_run.setdefault(outline.tag, []).append(index)
    places = [-1] * len(outlines)
    for tag, run in enumerate(script.runs):
        shown = of_run.get(tag, [])
        spots = [spot for spot, letter in enumerate(run.letters) if not letter.isspace()]
        for order, index in enumerate(shown if run.letters else []):
            exact = len(shown) == len(spots)
            places[index] = run.start + (spots[order] if exact else 0)
            if outlines[index].shape in _missing():
                what = repr(run.letters[spots[order]]) if exact else f"a character of {run.letters!r}"
                raise WordsError(f"the fonts have no letter for {what}", script.markup.source)
    return places


@lru_cache(maxsize=1)
def _missing() -> frozenset[str]:
    """Shapes that stand for a letter that no font has: what is drawn for U+FFFFF, which never is one."""
    markup = words_script("x").markup
    body = markup.body.replace('"x"', '"\U000fffff"')
    tofu = set_type(type(markup)(body, markup.source, (0,) * len(body)))
    return frozenset(outline.shape for outline in tofu)


def _standing(symbol: str, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of maths that show ``symbol`` (Typst maths), wherever it stands."""
    maths = [glyph for glyph in glyphs if glyph.at < 0]
    found: list[Glyph] = []
    for shapes in _shapes(symbol) if maths else ():
        index = 0
        while index <= len(maths) - len(shapes):
            here = maths[index : index + len(shapes)]
            stands = all(glyph.shape == shape for glyph, shape in zip(here, shapes, strict=True))
            found += here if stands else []
            index += len(shapes) if stands else 1
    return list(dict.fromkeys(found))


@lru_cache(maxsize=512)
def _shapes(symbol: str) -> tuple[tuple[str, ...], ...]:
    """The shapes of a symbol on the line and, where the font draws it otherwise, as an index."""
    try:
        sizes = [set_type(maths_script(source).markup) for source in (symbol, f'""_({symbol})')]
    except WordsError:
        return ()
    shapes = [tuple(outline.shape for outline in outlines) for outlines in sizes]
    return tuple(dict.fromkeys(each for each in shapes if each))
