"""Words, formulas, program text and live numbers, and how they come, change and are pointed at.

Sizes are capital heights in pixels of a 1080-line picture (``ink.TITLE``, ``ink.NOTE`` ...).  The notation is
told in :mod:`scenes.kit.markup`.  Mistakes raise :class:`WordsError` with their place.

Everything here is a :class:`Words`: ``part("name")`` finds a labelled part, a stretch of the text or a
symbol; ``line(3)`` and ``lines(2, 4)`` find lines; ``source_text`` is what a reader would type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from manim import DOWN, Animation, ManimColor, Mobject, RoundedRectangle, Scene, VGroup, VMobject, smooth

from scenes.kit import ink
from scenes.kit.glyph import Glyph, Kind, Part, Words, baseline, build
from scenes.kit.markup import code_script, escape, maths_script, words_script
from scenes.kit.readout import Readout
from scenes.kit.review_hints import belongs, owners_of
from scenes.kit.typeset import CAPITAL, CODE, WORDS, WordsError

__all__ = [
    "Formulas",
    "Part",
    "Readout",
    "Words",
    "WordsError",
    "align_baseline",
    "baseline",
    "caption",
    "code",
    "escape",
    "formula",
    "headline",
    "label",
    "light",
    "mark",
    "note",
    "rewrite",
    "tick",
    "tint",
    "title",
    "write",
]

Align = Literal["left", "center", "right"]

GAP: Final = 0.12
"""Scene units between a name and the thing that it names."""

_SETUP: Final[Mapping[Kind, str]] = {
    "title": "#set text(weight: 500, tracking: -0.008em)",
    "label": "#set text(weight: 500)",
    "tick": "#set text(weight: 500)",
    "headline": "#set text(weight: 600, tracking: -0.018em)\n#set par(leading: 0.42em)",
}
"""How kinds of words differ: the larger, the closer stand the letters of Inter's text cut, and the lines."""


# -- setting


def title(text: str, color: ManimColor = ink.chalk) -> Words:
    """The claim of a chapter, on its place at the top left; titles of every chapter share one baseline."""
    made = _words(text, "title", color, ink.TITLE)
    top = ink.FRAME_HEIGHT / 2 - ink.MARGIN
    made.shift((-ink.FRAME_WIDTH / 2 + ink.MARGIN - float(made.get_left()[0])) * np.array([1.0, 0, 0]))
    return _set_baseline(made, top - ink.TITLE * ink.UNITS_PER_PIXEL)


def note(
    text: str,
    color: ManimColor = ink.chalk,
    size: float = ink.NOTE,
    width: float | None = None,
    align: Align = "left",
    colors: Mapping[str, ManimColor] | None = None,
) -> Words:
    """Words beside the picture, broken into lines of ``width`` scene units; ``colors`` dyes parts by name."""
    return _words(text, "note", color, size, width=width, align=align, colors=colors)


def label(text: str, color: ManimColor = ink.chalk, size: float = ink.LABEL) -> Words:
    """The name of a thing in the picture, in one line unless it has line breaks."""
    return _words(text, "label", color, size, align="center")


def tick(text: str, color: ManimColor = ink.quiet, size: float = ink.SMALL) -> Words:
    """A number at an axis, or what stands in its place: need not be read as other words need."""
    return _words(text, "tick", color, size, align="center")


def caption(
    noun: Mobject | npt.NDArray[np.float64],
    text: str,
    side: npt.ArrayLike = DOWN,
    color: ManimColor = ink.chalk,
    gap: float = GAP,
    size: float = ink.LABEL,
) -> Words:
    """The name of a thing, set beside it: ``gap`` scene units away on its ``side`` (``UP``, ``DOWN + LEFT`` ...).

    ``noun`` is the thing, a part of it, or the scene point (3,) that is named.  It stands where the thing is now.
    """
    return label(text, color, size).next_to(noun, np.asarray(side, dtype=float), buff=gap)


def headline(text: str, color: ManimColor = ink.chalk, size: float = ink.HEADLINE) -> Words:
    """A word or a number that is the picture; ``size=ink.POSTER`` for thumbnails."""
    return _words(text, "headline", color, size, align="center")


def formula(
    source: str,
    colors: Mapping[str, ManimColor] | None = None,
    size: float = ink.NOTE,
    color: ManimColor = ink.chalk,
    symbols: Mapping[str, ManimColor] = ink.SYMBOLS,
) -> Words:
    """Maths in Typst's notation with ``{{ body : label }}`` for parts.

    ``colors`` dyes parts: labels, or symbols such as ``w`` and ``hat(y)``.  Symbols of the hub's table keep
    their colour unless ``symbols`` says otherwise.
    """
    return build(maths_script(source), "formula", _em(size), color, colors or {}, symbols)


@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas in the colours of one lesson: its own ``symbols`` in the place of the hub's table, all others chalk.

    A lesson makes one, and calls it for each formula::

        maths = words.Formulas({"p": ink.truth, "hat(y)": ink.second})
        rule = maths("p = 1 - q", ink.HEADLINE)
    """

    symbols: Mapping[str, ManimColor]

    def __call__(
        self,
        source: str,
        size: ink.Size = ink.POINT,
        colors: Mapping[str, ManimColor] | None = None,
        color: ManimColor = ink.chalk,
    ) -> Words:
        """As :func:`formula`, with these symbols: ``size`` in pixels, ``colors`` of parts by their names."""
        return formula(source, colors, size, color, self.symbols)


def code(source: str, language: str = "python", size: float = ink.LABEL) -> Words:
    """Program text with the indent and line breaks it has; ``line(3)`` and ``lines(2, 4)`` find its lines."""
    script = code_script(source, language)
    return build(script, "code", size * ink.UNITS_PER_PIXEL / CAPITAL[CODE], ink.CODE["plain"], {}, {})


def _words(
    text: str,
    kind: Kind,
    color: ManimColor,
    size: float,
    *,
    width: float | None = None,
    align: Align = "left",
    colors: Mapping[str, ManimColor] | None = None,
) -> Words:
    setup = f"{_SETUP.get(kind, '')}\n#set align({align})"
    if width is not None:
        setup += f"\n#set page(width: {width / _em(size):.4f}em)"
    return build(words_script(text, setup), kind, _em(size), color, colors or {}, ink.SYMBOLS)


def _em(size: float) -> float:
    """Scene units an em of words whose capitals are ``size`` pixels high."""
    return size * ink.UNITS_PER_PIXEL / CAPITAL[WORDS]


# -- standing on a line


def align_baseline(words: Words, other: Words) -> Words:
    """Move ``words`` up or down so that it stands on the line that ``other`` stands on."""
    return _set_baseline(words, baseline(other))


def _set_baseline(words: Words, y: float) -> Words:
    words.shift(np.array([0.0, y - baseline(words), 0.0]))
    return words


# -- pointing


def mark(
    part: VMobject, kind: Literal["underline", "box"] = "underline", color: ManimColor = ink.focus
) -> VMobject:
    """A line under ``part`` or a box around it."""
    left, right = part.get_left()[0], part.get_right()[0]
    if kind == "box":
        width, height = float(part.width) + 0.28, float(part.height) + 0.28
        box = RoundedRectangle(corner_radius=0.08, width=width, height=height, stroke_width=2.5, color=color)
        return belongs(box.move_to(part), *(part.glyphs if isinstance(part, Part) else [part]))
    y = float(part.get_bottom()[1])
    if isinstance(part, Part):
        y = min(y, baseline(part.owner))  # under what stands on the line, not under a raised index
    line = VMobject(stroke_color=color, stroke_width=3.5)
    line.set_points_as_corners(np.array([[left, y - 0.07, 0.0], [right, y - 0.07, 0.0]]))
    return belongs(line, *(part.glyphs if isinstance(part, Part) else [part]))


class _Dye(Animation):
    """Glyphs take another colour, for good or for a while; their words stay one thing on the stage.

    How clear they are and, where they come or go meanwhile, where they are is left to what moves them.
    """

    def __init__(self, part: VMobject, color: ManimColor, *, returns: bool, **options: Any) -> None:
        self.part = part
        self.aim = np.array(color.to_rgb())
        self.returns = returns
        super().__init__(part.owner if isinstance(part, Part) else part, **options)

    def begin(self) -> None:
        self.from_ = [
            (each, each.get_fill_rgbas().copy(), each.get_stroke_rgbas().copy())
            for each in self.part.family_members_with_points()
        ]
        self.middle = self.part.get_center()
        self.rest = [each.points.copy() for each, *_ in self.from_]
        self.drawn = list(self.rest)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        if self.returns:
            share = smooth(min(1.0, 3.2 * alpha, 3.2 * (1 - alpha)))
        for number, (each, fill, stroke) in enumerate(self.from_):
            for rgbas, rest in ((each.get_fill_rgbas(), fill), (each.get_stroke_rgbas(), stroke)):
                rgbas[:, :3] = rest[:, :3] + share * (self.aim - rest[:, :3])
            if self.returns:
                if not np.array_equal(each.points, self.drawn[number]):  # something else moves it
                    self.rest[number] = each.points.copy()
                at = self.rest[number]
                each.points[:] = self.middle + (at - self.middle) * (1 + 0.06 * share)
                self.drawn[number] = each.points.copy()


def light(part: VMobject, color: ManimColor = ink.focus, run_time: float = 1.0) -> Animation:
    """An animation: ``part`` takes ``color`` and grows a little, and returns to what it was."""
    return _Dye(part, color, returns=True, run_time=run_time)


def tint(part: VMobject, color: ManimColor, run_time: float = 0.5) -> Animation:
    """An animation: ``part`` takes ``color`` and keeps it."""
    return _Dye(part, color, returns=False, run_time=run_time)


# -- coming


class _Write(Animation):
    """Glyphs fade in one after the other."""

    def __init__(self, words: Words, **options: Any) -> None:
        self.words = words
        super().__init__(words, introducer=True, **options)

    def begin(self) -> None:
        glyphs = self.words.glyphs
        if self.words.kind == "formula":
            glyphs = sorted(glyphs, key=lambda glyph: float(glyph.get_left()[0]))
        step = 0.6 / max(len(glyphs) - 1, 1)
        self.order = [
            (glyph, index * step, glyph.fill_rgbas[:, 3].copy()) for index, glyph in enumerate(glyphs)
        ]
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        for glyph, start, opacity in self.order:
            glyph.fill_rgbas[:, 3] = opacity * smooth(min(max((alpha - start) / 0.4, 0.0), 1.0))


def write(words: Words, run_time: float | None = None) -> Animation:
    """An animation: glyphs fade in one after the other, words in reading order, a formula from left to right.

    It lasts ``run_time`` seconds, by default 0.5 to 1.4 by the number of glyphs.
    """
    seconds = min(0.5 + 0.02 * len(words.glyphs), 1.4) if run_time is None else run_time
    return _Write(words, run_time=seconds)


# -- changing


def rewrite(old: Words, new: Words, run_time: float = 1.0) -> Animation:
    """An animation: ``old`` becomes ``new``; what is the same moves, what is gone fades out, what is new fades in.

    Parts of one label belong together; all other glyphs match by shape, one to one and in reading order.
    ``new`` stands on the stage afterwards, and ``old`` is as it was before.
    """
    return _Rewrite(old, new, run_time=run_time)


Pair = tuple[Glyph, Glyph]


def match(old: Words, new: Words) -> tuple[list[Pair], list[Glyph], list[Glyph]]:
    """Pairs of glyphs that stay, glyphs of ``old`` that go, glyphs of ``new`` that come, in reading order."""
    going, coming = old.glyphs, new.glyphs
    pairs: list[Pair] = []
    for name in [label for label in old.labels if label in new.labels]:
        ours = [glyph for glyph in going if name in glyph.labels]
        theirs = [glyph for glyph in coming if name in glyph.labels]
        found = _alike(ours, theirs)
        going, coming = _without(going, coming, found)
        rest = _without(ours, theirs, found)
        if len(ours) == len(theirs):
            changed = list(zip(*rest, strict=True))
            going, coming = _without(going, coming, changed)
            found += changed
        pairs += found
    found = _alike(going, coming)
    return pairs + found, *_without(going, coming, found)


def _alike(ours: list[Glyph], theirs: list[Glyph]) -> list[Pair]:
    """Pairs of equal shape: long runs that read the same first, then the first free one of each shape."""
    shapes = [glyph.shape for glyph in ours], [glyph.shape for glyph in theirs]
    runs = SequenceMatcher(None, *shapes, autojunk=False).get_matching_blocks()
    pairs = [(ours[run.a + step], theirs[run.b + step]) for run in runs for step in range(run.size)]
    ours, theirs = _without(ours, theirs, pairs)
    for glyph in ours:
        twin = next((other for other in theirs if other.shape == glyph.shape), None)
        if twin is not None:
            theirs = [other for other in theirs if other is not twin]
            pairs.append((glyph, twin))
    return pairs


def _without(ours: list[Glyph], theirs: list[Glyph], pairs: list[Pair]) -> tuple[list[Glyph], list[Glyph]]:
    gone = {id(glyph) for pair in pairs for glyph in pair}
    return [each for each in ours if id(each) not in gone], [each for each in theirs if id(each) not in gone]


@dataclass(frozen=True, slots=True)
class _Move:
    """``mover`` goes from how ``start`` is to how ``end`` is, ``lift`` scene units over the straight way."""

    mover: Glyph
    start: Glyph
    end: Glyph
    lift: float


class _Rewrite(Animation):
    """Draws copies of its own while it lasts; ``old`` leaves the stage first and ``new`` enters it last."""

    def __init__(self, old: Words, new: Words, **options: Any) -> None:
        self.old, self.new, self.copies = old, new, VGroup()
        super().__init__(self.copies, introducer=True, **options)

    def begin(self) -> None:
        pairs, going, coming = match(self.old, self.new)
        lift = 0.9 * max(float(self.old.height), float(self.new.height))
        self.moves: list[_Move] = []
        for pair, lane in zip(pairs, _lanes(pairs), strict=True):
            start, end = (glyph.copy() for glyph in pair)
            if len(start.points) != len(end.points):
                start.align_points(end)
            self.moves.append(_Move(start.copy(), start, end, lane * lift))
        self.leaving = [(glyph.copy(), glyph) for glyph in going]
        self.entering = [(glyph.copy(), glyph) for glyph in coming]
        fading = [copy for copy, _ in self.leaving + self.entering]
        belongs(self.copies, self.old, self.new, *owners_of(self.old))
        self.copies.submobjects = [*(move.mover for move in self.moves), *fading]
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        for move in self.moves:
            start, end = move.start, move.end
            move.mover.points[:] = start.points + share * (end.points - start.points)
            move.mover.points[:, 1] += move.lift * np.sin(np.pi * share)
            move.mover.fill_rgbas[:] = start.fill_rgbas + share * (end.fill_rgbas - start.fill_rgbas)
        for mover, glyph in self.leaving:
            mover.fill_rgbas[:, 3] = glyph.fill_rgbas[:, 3] * (1 - smooth(min(alpha / 0.45, 1.0)))
        for mover, glyph in self.entering:
            mover.fill_rgbas[:, 3] = glyph.fill_rgbas[:, 3] * smooth(max((alpha - 0.55) / 0.45, 0.0))

    def _setup_scene(self, scene: Scene) -> None:
        scene.remove(self.old)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        super().clean_up_from_scene(scene)
        scene.remove(self.copies)
        scene.add(self.new)


_LANES: Final = (0.0, 1.0, -1.0, 0.5, -0.5)
"""How far over or under the straight way each lane goes; who meets nobody goes straight."""


def _lanes(pairs: list[Pair]) -> list[float]:
    """A lane for each pair, so that glyphs that change sides pass over or under each other."""
    left = sorted(range(len(pairs)), key=lambda index: float(pairs[index][0].get_x()))
    aims = [float(new.get_x()) for _, new in pairs]
    lanes = [_LANES[-1]] * len(pairs)
    for lane in _LANES:
        keeping = _longest_rising(left, aims)
        for index in keeping:
            lanes[index] = lane
        left = [index for index in left if index not in keeping]
    return lanes


def _longest_rising(order: list[int], aims: list[float]) -> list[int]:
    """The most of ``order`` that can be kept so that ``aims`` never fall."""
    runs: list[list[int]] = [[]]
    for index in order:
        fitting = [run for run in runs if not run or aims[run[-1]] <= aims[index]]
        runs.append([*max(fitting, key=lambda run: len(run)), index])
    return max(runs, key=lambda run: len(run))
