"""Faults of marks (lines, dots, areas): too faint to be seen, or alike for viewers who are colour-blind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from manim import DashedVMobject, VMobject
from numpy.typing import NDArray

from render.review.observation import Observation
from render.review.sight import Crop, Sight
from render.review.stage import Unit, apart
from render.review.text import contrast
from scenes.kit.dot import Dots
from scenes.kit.review_hints import is_backdrop

FAINT: Final = 3.0
"""Least contrast of a stroke, or a dot, and what it is drawn on (WCAG 2.2, 1.4.11)."""
ALIKE: Final = 0.06
"""Distance in OKLab under which two colours are taken for one at a glance."""
APART: Final = 0.12
"""Distance above which viewers with full colour vision tell two colours apart."""

_LEAST_INK: Final = 24
"""Pixels from which a mark can be judged."""
_BOLD: Final = 0.5
"""Opacity from which the colour of a mark has to be recognised."""

_CLASSES: Final = 6
"""Most colours of one form that a viewer is asked to tell apart; with more they are a scale."""
_PLAIN: Final = 20
"""Points up to which an outline is compared itself: discs, squares, triangles."""

Color = tuple[float, float, float]


def is_meant(unit: Unit) -> bool:
    """Whether a unit is a mark that has to be seen: a line or a dot that nobody called a backdrop."""
    mark = unit.mobject
    if unit.is_text or not isinstance(mark, VMobject) or any(map(is_backdrop, (mark, *unit.above))):
        return False
    return _is_stroked(mark) or _is_dot(unit)


def examine_marks(sight: Sight) -> Iterator[Observation]:
    """All faults of the marks in a picture that stands still."""
    meant = [unit for unit in sight.units if is_meant(unit) and unit.alpha > 0.05 and not unit.is_dimmed]
    dots: dict[tuple[int, Color], list[tuple[float, Unit]]] = {}
    for unit in meant:
        crop = sight.crop(unit)
        ratio = _standing_out(unit, crop) if crop else None
        if ratio is None:
            continue
        if _is_dot(unit):
            dots.setdefault((id(unit.above[-1]), _color(unit)), []).append((ratio, unit))
        elif ratio < FAINT - 0.05:
            yield _faint(unit, ratio)
    for group in dots.values():  # some lie on others: it is enough that most are seen
        ratio, unit = sorted(group, key=lambda pair: pair[0])[len(group) // 2]
        if ratio < FAINT - 0.05:
            yield _faint(unit, ratio)
    yield from _alike(
        [
            unit
            for unit in sight.units
            if unit.alpha >= _BOLD and not unit.is_dimmed and (is_meant(unit) or _is_filled(unit))
        ]
    )


def _faint(unit: Unit, ratio: float) -> Observation:
    message = f"{{what}} has a contrast of {ratio:.1f} with what it is drawn on; expected {FAINT:g}"
    return Observation("faint", unit, None, ratio, FAINT, message)


def _standing_out(unit: Unit, crop: Crop) -> float | None:
    """Contrast of a mark's colour, as its opacity leaves it, with what it is drawn on; None where it is not to be told.

    Of the colour itself and not of its pixels: lines thinner than a pixel of this canvas are wider in the video.
    """
    mark = unit.mobject
    assert isinstance(mark, VMobject)
    drawn = apart(crop.after, crop.before, 5)
    if drawn.sum() < _LEAST_INK and not _is_dot(unit) and unit.alpha > _BOLD:
        drawn = np.ones_like(drawn)  # nothing of it is to be seen
    if not drawn.any():
        return None
    ground = crop.before[drawn] / 255
    # A disc may have a rim in the colour of the ground: the better seen of inside and stroke counts, and a dot is
    # seen as well by its rim.
    inside, rim = mark.fill_rgbas[0], mark.stroke_rgbas[0]
    paints = [inside] if _is_dot(unit) else [inside, rim][: 1 + _is_stroked(mark)]
    ratios = [
        float(np.median(contrast(ground + paint[3] * (paint[:3] - ground), ground))) for paint in paints
    ]
    if _is_dot(unit) and _is_stroked(mark) and unit.alpha > _BOLD:
        ratios.append(float(contrast(inside[:3], rim[:3])))
    return max(ratios)


def _alike(told: list[Unit]) -> Iterator[Observation]:
    """Marks and areas of one form and different colours; many colours of one form are a scale and no classes."""
    forms: dict[object, dict[Color, Unit]] = {}
    for unit in told:
        forms.setdefault(_form(unit), {}).setdefault(_color(unit), unit)
    for colored in forms.values():
        if len(colored) > _CLASSES:
            continue
        for (color, unit), (rival, other) in combinations(colored.items(), 2):
            if distance(color, rival) < APART:
                continue
            seen = {kind: distance(see(color, kind), see(rival, kind)) for kind in SIGHTS}
            kind = min(seen, key=lambda name: seen[name])
            if seen[kind] < ALIKE:
                message = (
                    f"{{what}} and {{against}} have one form, and colours that {kind} viewers see "
                    f"{seen[kind]:.3f} apart (OKLab); expected {ALIKE}, or another shape, dash or width"
                )
                yield Observation("alike", unit, other, seen[kind], ALIKE, message)


def _is_stroked(mark: VMobject) -> bool:
    return mark.stroke_width > 0 and mark.stroke_rgbas[:, 3].max(initial=0.0) > 0.02


def _is_bold(mark: VMobject) -> bool:
    """Whether a mark is filled so opaquely that its colour is that of its fill."""
    return bool(mark.fill_rgbas[:, 3].max(initial=0.0) >= _BOLD)


def _is_filled(unit: Unit) -> bool:
    """Whether a unit is an area that nobody called a backdrop."""
    mark = unit.mobject
    called = any(map(is_backdrop, (mark, *unit.above)))
    return not unit.is_text and isinstance(mark, VMobject) and _is_bold(mark) and not called


def _is_dot(unit: Unit) -> bool:
    return any(isinstance(one, Dots) for one in unit.above)


def _form(unit: Unit) -> object:
    """Equal for marks that only their colour tells apart: kind, outline, width and dashes."""
    mark = unit.mobject
    assert isinstance(mark, VMobject)
    dashed = any(isinstance(one, DashedVMobject) for one in unit.above) or _subpaths(mark) > 3
    kind = next(
        (type(one).__name__ for one in reversed(unit.above) if isinstance(one, Dots)), type(mark).__name__
    )
    if not _is_bold(mark) and not _is_dot(unit):
        return kind, dashed, round(float(mark.stroke_width)), mark.fill_rgbas[:, 3].max(initial=0.0) > 0.1
    return kind, len(mark.points), _outline(mark) if len(mark.points) <= _PLAIN else b""


def _outline(mark: VMobject) -> bytes:
    """Equal for outlines that differ in place and size alone."""
    flat = mark.points[:, :2]
    size = np.ptp(flat, axis=0)
    return bytes(np.round((flat - flat.min(axis=0)) / np.where(size > 0, size, 1), 1))


def _subpaths(mark: VMobject) -> int:
    starts, ends = mark.points[4::4], mark.points[3:-1:4]
    return 1 + int((np.abs(starts - ends).max(axis=1) > 1e-4).sum()) if len(starts) else 1


def _color(unit: Unit) -> Color:
    mark = unit.mobject
    assert isinstance(mark, VMobject)
    rgbas = mark.fill_rgbas if _is_bold(mark) or _is_dot(unit) else mark.stroke_rgbas
    red, green, blue = (round(float(value), 2) for value in rgbas[0, :3])
    return red, green, blue


# -- colours as they are seen

SIGHTS: Final[dict[str, NDArray[np.float64]]] = {
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Linear RGB as a viewer without one kind of cone sees it.

Machado, Oliveira & Fernandes, A physiologically-based model for simulation of color vision deficiency, IEEE
Transactions on Visualization and Computer Graphics 15 (2009), table 1, severity 1.0.
"""


def see(color: Color, kind: str) -> Color:
    """An sRGB ``color`` in 0 to 1 as viewers of ``kind`` (a key of :data:`SIGHTS`) see it."""
    seen = np.clip(SIGHTS[kind] @ _linear(color), 0, 1)
    red, green, blue = np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055).tolist()
    return red, green, blue


def distance(one: Color, other: Color) -> float:
    """Distance of two sRGB colours in OKLab (B. Ottosson, A perceptual color space, 2020); black to white is 1."""
    return float(np.linalg.norm(_oklab(one) - _oklab(other)))


def _oklab(color: Color) -> NDArray[np.float64]:
    cones = np.array(
        [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
         [0.0883024619, 0.2817188376, 0.6299787005]]
    )  # fmt: skip
    lab = np.array(
        [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
         [0.0259040371, 0.7827717662, -0.8086757660]]
    )  # fmt: skip
    return np.asarray(lab @ np.cbrt(cones @ _linear(color)))


def _linear(color: Color) -> NDArray[np.float64]:
    values = np.array(color)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
