"""The units on the stage, in drawing order: whole texts as a reader sees them, and single marks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from manim import (
    Code,
    DecimalNumber,
    MarkupText,
    Mobject,
    Paragraph,
    Scene,
    SingleStringMathTex,
    Text,
    VMobject,
)
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils.family import extract_mobject_family_members
from numpy.typing import NDArray

from scenes.kit import ink
from scenes.kit.frame import WHOLE, Sight, is_pinned
from scenes.kit.glyph import Words
from scenes.kit.lesson import Lesson
from scenes.kit.spotlight import Dimming

WIDTH: Final = 854
HEIGHT: Final = 480
"""Pixels of the canvas that is looked at: a capital of the least size has eleven of them."""

_MANIMS_TEXTS: Final = (Text, MarkupText, Paragraph, Code, SingleStringMathTex, DecimalNumber)

Picture = NDArray[np.uint8]
"""Height × width × 3 or 4: red, green, blue."""


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels from ``left`` and ``top`` up to but without ``right`` and ``bottom``; may lie outside the canvas."""

    left: int
    top: int
    right: int
    bottom: int

    def clipped(self, pad: int = 0) -> Box:
        """The part on the canvas, after growing by ``pad`` on each side."""
        return Box(
            max(self.left - pad, 0),
            max(self.top - pad, 0),
            min(self.right + pad, WIDTH),
            min(self.bottom + pad, HEIGHT),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is no pixel in it."""
        return self.left >= self.right or self.top >= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether they share a pixel."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def of(self, picture: NDArray[Any]) -> NDArray[Any]:
        """The part of ``picture`` in the box, which has to lie on the canvas; a view."""
        return picture[self.top : self.bottom, self.left : self.right]


@dataclass(slots=True, eq=False)
class Unit:
    """What a viewer takes for one thing: a text with all its glyphs, or a single shape, line or image."""

    mobject: Mobject
    is_text: bool
    above: tuple[Mobject, ...]
    """What it is part of, outermost first."""
    leaves: list[Mobject] = field(default_factory=list)
    """Those of its parts that are drawn."""
    lit: list[Mobject] = field(default_factory=list)
    """Those of its leaves that no spotlight has dimmed, not even a little."""
    frame: Sight = WHOLE
    """What the lesson's frame showed when the unit was looked at."""

    @property
    def alpha(self) -> float:
        """Opacity of its most opaque part, 0 to 1."""
        return max(map(alpha_of, self.leaves), default=0.0)

    def opacities(self) -> tuple[float, float]:
        """The greatest and the mean opacity of its parts; the mean changes while they come one after the other."""
        every = [alpha_of(leaf) for leaf in self.leaves]
        return max(every, default=0.0), sum(every) / max(len(every), 1)

    @property
    def text(self) -> str:
        """What a reader would type; empty for a mark."""
        return text_of(self.mobject) if self.is_text else ""

    @property
    def family(self) -> frozenset[int]:
        """Identities of itself, its parts, and what it is part of."""
        return frozenset(map(id, (self.mobject, *self.above, *self.leaves)))

    @property
    def root(self) -> Mobject:
        """The outermost mobject of it, which was added to the scene itself."""
        return self.above[0] if self.above else self.mobject

    @property
    def is_dimmed(self) -> bool:
        """Whether all of it has stepped back: it is still there, and need not be read or told from its ground."""
        return not self.lit

    @property
    def is_pinned(self) -> bool:
        """Whether it stands in the picture, wherever the frame goes."""
        return is_pinned(self.mobject)

    @property
    def is_away(self) -> bool:
        """Whether it is seen from elsewhere than it was laid out for: the frame has gone somewhere, and it has not."""
        return self.frame != WHOLE and not self.is_pinned

    @property
    def zoom(self) -> float:
        """How much larger it is seen than it stands on the stage."""
        return 1.0 if self.is_pinned else self.frame.zoom

    def extent(self, hidden: bool = False) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in the picture of what is drawn, strokes included; ``hidden`` parts too.

        In scene units of a frame at rest.
        """
        lows, highs = [], []
        for leaf in self.leaves:
            if (hidden or alpha_of(leaf) > 0) and len(leaf.points):
                sight = WHOLE if is_pinned(leaf) else self.frame
                # A hundredth of a unit wide, half of it outside; lines grow by the root of what the picture grows by.
                half = _stroke_of(leaf) / 200 * math.sqrt(sight.zoom)
                places = leaf.points[:, :2] if sight == WHOLE else sight.seen(leaf.points[:, :2])
                lows.append(places.min(axis=0) - half)
                highs.append(places.max(axis=0) + half)
        if not lows:
            return 0.0, 0.0, 0.0, 0.0
        (left, bottom), (right, top) = np.min(lows, axis=0), np.max(highs, axis=0)
        return float(left), float(bottom), float(right), float(top)

    def box(self, hidden: bool = False) -> Box:
        """Pixels that it may touch; ``hidden`` parts count as if they were drawn."""
        left, bottom, right, top = self.extent(hidden)
        if right <= left and top <= bottom:
            return Box(0, 0, 0, 0)
        per = WIDTH / ink.FRAME_WIDTH
        x, y = ink.FRAME_WIDTH / 2, ink.FRAME_HEIGHT / 2
        return Box(
            int(np.floor((left + x) * per)) - 1,
            int(np.floor((y - top) * per)) - 1,
            int(np.ceil((right + x) * per)) + 1,
            int(np.ceil((y - bottom) * per)) + 1,
        )


_STRIP: Final = 16
"""Lines that are compared at once: what is made on the way stays in the processor's cache."""


def apart(one: Picture, other: Picture, bound: int) -> NDArray[np.bool_]:
    """Where two pictures of one shape differ by more than ``bound`` in any channel; quickest with four channels."""
    if one.shape[2] != 4:
        far = (np.maximum(one, other) - np.minimum(one, other)) > bound
        return np.asarray(far[:, :, 0] | far[:, :, 1] | far[:, :, 2])
    height, width, _ = one.shape
    found = np.empty((height, width), bool)
    high = np.empty((_STRIP, width, 4), np.uint8)
    low = np.empty_like(high)
    for top in range(0, height, _STRIP):
        lines = slice(top, min(top + _STRIP, height))
        count = lines.stop - top
        np.maximum(one[lines], other[lines], out=high[:count])
        np.minimum(one[lines], other[lines], out=low[:count])
        np.subtract(high[:count], low[:count], out=high[:count])
        np.greater(high[:count], bound, out=low.view(bool)[:count])
        np.not_equal(low[:count].view(np.uint32)[:, :, 0], 0, out=found[lines])  # four bytes at once
    return found


def units_of(scene: Scene) -> list[Unit]:
    """Everything on the stage that has a shape, in the order in which it is first drawn."""
    owners: dict[int, Unit] = {}
    for mobject in (*scene.mobjects, *scene.foreground_mobjects):
        _own(mobject, (), None, owners)
    found: dict[int, Unit] = {}
    frame = frame_of(scene)
    layers = display_layers(scene)
    for number, (layer, _) in enumerate(layers, 1):
        for leaf in layer:
            unit = owners.get(id(leaf))
            if unit is not None:
                unit.leaves.append(leaf)
                unit.frame = frame
                if number == len(layers):
                    unit.lit.append(leaf)
                found.setdefault(id(unit), unit)
    return list(found.values())


def display_order(scene: Scene) -> list[Mobject]:
    """What manim's camera draws, in its order."""
    everything = [*scene.mobjects, *scene.foreground_mobjects]
    return list(extract_mobject_family_members(everything, use_z_index=True, only_those_with_points=True))


def display_layers(scene: Scene) -> list[tuple[list[Mobject], float]]:
    """What is drawn, in its order, layer by layer, each with the opacity of the veil that is laid over it then.

    The last is what is lit, which may be nothing, and has no veil over it.
    """
    dimming = scene.dimming if isinstance(scene, Lesson) else Dimming()
    return dimming.veiled(display_order(scene))


def frame_of(scene: Scene) -> Sight:
    """What the scene's frame shows: the whole stage, unless it is a lesson whose frame has gone elsewhere."""
    return scene.frame.sight if isinstance(scene, Lesson) else WHOLE


def is_text(mobject: Mobject) -> bool:
    """Whether a mobject is read rather than seen."""
    return _says(mobject, "is_words") or isinstance(mobject, _MANIMS_TEXTS)


def _says(mobject: Mobject, what: str) -> bool:
    """Whether a mobject's class has a flag; to ask the mobject for what it has not takes manim long."""
    return getattr(type(mobject), what, False) is True


def text_of(mobject: Mobject) -> str:
    """What a reader would type of a text."""
    for name in ("source_text", "original_text", "text", "tex_string"):
        value = getattr(mobject, name, None)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    if isinstance(mobject, DecimalNumber):
        return str(mobject.get_value())
    return type(mobject).__name__


def capital_height(unit: Unit) -> float | None:
    """Height of a capital letter of a text as it is seen, in pixels of a 1080-line picture; none if unknown."""
    mobject = unit.mobject
    if isinstance(mobject, Words):
        return unit.zoom * mobject.capital
    if isinstance(mobject, Text | MarkupText):
        points = unit.zoom * float(mobject.font_size)
        return _capital_of_point(getattr(mobject, "font", "")) * points / ink.UNITS_PER_PIXEL
    return None


_capitals: dict[str, float] = {}


def _capital_of_point(font: str) -> float:
    """Scene units of a capital in a manim text of one point."""
    if font not in _capitals:
        _capitals[font] = float(Text("H", font=font, font_size=100).height) / 100
    return _capitals[font]


def alpha_of(mobject: Mobject) -> float:
    """Opacity of the most opaque of inside and stroke, 0 to 1."""
    if isinstance(mobject, VMobject):
        fill = _most_opaque(mobject.fill_rgbas)
        return max(fill, _most_opaque(mobject.stroke_rgbas)) if mobject.stroke_width > 0 else fill
    if isinstance(mobject, AbstractImageMobject):
        return float(mobject.get_pixel_array()[::16, ::16, 3].max(initial=0)) / 255
    rgbas = getattr(mobject, "rgbas", None)
    return float(rgbas[:, 3].max(initial=0.0)) if rgbas is not None and len(rgbas) else 1.0


def _most_opaque(rgbas: NDArray[np.float64]) -> float:
    return float(rgbas[0, 3]) if len(rgbas) == 1 else float(rgbas[:, 3].max(initial=0.0))


def _stroke_of(mobject: Mobject) -> float:
    return max(float(mobject.stroke_width), 0.0) if isinstance(mobject, VMobject) else 0.0


def _own(mobject: Mobject, above: tuple[Mobject, ...], whole: Unit | None, owners: dict[int, Unit]) -> None:
    if whole is None and is_text(mobject):
        whole = Unit(mobject, True, above)
    elif whole is None and _says(mobject, "is_one"):
        whole = Unit(mobject, False, above)
    if id(mobject) not in owners and len(mobject.points):
        owners[id(mobject)] = whole or Unit(mobject, False, above)
    inner = (*above, mobject)
    for part in mobject.submobjects:
        _own(part, inner, whole, owners)


# -- naming


def name_of(unit: Unit, lesson: Lesson) -> str:
    """What a person would call a unit: its text in quotes, or its kind with the name it has in the lesson."""
    if unit.is_text:
        text = unit.text
        if getattr(unit.mobject, "kind", "") == "readout":
            text = "".join("#" if sign.isdigit() else sign for sign in text).replace("−", "")
        return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'
    for mobject in (*reversed(unit.above), unit.mobject)[::-1]:
        if name := _called(mobject, lesson):
            kind = type(mobject).__name__
            return f"{kind} {name}"
    return type(unit.mobject if not unit.above else unit.above[0]).__name__


def _called(mobject: Mobject, lesson: Lesson) -> str:
    for name, value in vars(lesson).items():
        if value is mobject and not name.startswith("_"):
            return f"self.{name}"
    for frame, _ in lesson.running():
        for name, value in frame.f_locals.items():
            if value is mobject and name != "self":
                return name
            if isinstance(value, list | tuple) and any(one is mobject for one in value):
                return f"{name}[{[one is mobject for one in value].index(True)}]"
    return ""


def ids_in(mobject: Mobject) -> frozenset[int]:
    """Identities of a mobject and all its parts."""
    return frozenset(map(id, mobject.get_family()))


def joined(boxes: Iterable[Box]) -> Box:
    """The least box that holds all."""
    every = [box for box in boxes if not box.is_empty]
    if not every:
        return Box(0, 0, 0, 0)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )
