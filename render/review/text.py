"""Faults of texts in one picture: covered, crossed, outside the frame, low in contrast, small, too many digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from manim import Scene, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import NDArray
from scipy import ndimage

from render.review.observation import Observation
from render.review.sight import SEEN, Crop, Eye, Sight
from render.review.stage import Box, Picture, Unit, apart, capital_height
from scenes.kit import ink
from scenes.kit.frame import Sight as FrameSight
from scenes.kit.plane import Plane
from scenes.kit.review_hints import is_backdrop

COVERED: Final = 0.03
"""Share of a text's ink that others may hide."""
CROSSED: Final = 0.03
"""Share of the ground around and under its letters that others may draw on."""
CONTRAST: Final = 4.5
"""Least contrast of letters and the ground under them (WCAG 2.2, 1.4.3)."""
DIGITS: Final = 4
"""Digits that a number with decimals may have, leading zeros aside."""

_LEGIBLE: Final = 0.6
"""Opacity from which a text is meant to be read."""
_AROUND: Final = 2
"""Pixels around letters that belong to their ground."""
_FULL: Final = 0.85
"""Ink from which a pixel shows the letter's own colour."""
_PALEST: Final = 15
"""Percentile of a text's pixels whose contrast counts: a bright corner of a picture behind it is enough."""
_GROUND: Final = 0.85
"""Share of a text's surroundings from which a plain shape is the ground it stands on, as a card is."""
_LEAST_INK: Final = 8
"""Pixels of ink from which a text can be judged."""
_OUT: Final = 0.02
"""Scene units by which letters may stick out: their outlines are rounder than their places."""

_NUMBER: Final = re.compile(r"(?<![\w.,])[-−+]?(\d+(?:,\d{3})*)\.(\d+)(?![\w]|\.\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of the units at the time of a look, besides their pixels."""

    fading: Callable[[Unit], bool]
    """Whether the opacity of a unit changes just now."""
    at_rest: bool
    """Whether nothing moves: a wait, or the end of a beat."""
    left_behind: Callable[[Unit], bool]
    """Whether a unit came on the stage while the frame showed the whole of it."""


def examine_texts(
    scene: Scene, eye: Eye, sight: Sight, moment: Moment, seen: dict[int, Any]
) -> Iterator[Observation]:
    """All faults of the texts in a picture.

    ``seen`` keeps the pictures of texts without fault between calls, so that a text that stands is examined once.
    """
    for unit in sight.units:
        if not unit.is_text or unit.alpha < 0.05 or unit.is_dimmed:
            continue
        yield from _placed(unit, moment)
        crop = sight.crop(unit)
        if crop is None:
            continue
        signature = (
            hash(crop.before.tobytes()),
            hash(crop.after.tobytes()),
            hash(sight.final(crop).tobytes()),
            moment.at_rest,
            moment.fading(unit),
        )
        if seen.get(id(unit.mobject)) == signature:
            continue
        found = list(_drawn(scene, eye, sight, unit, crop, moment))
        if not found:
            seen[id(unit.mobject)] = signature
        yield from found


def may_be_cut(unit: Unit) -> bool:
    """Whether the frame may leave a text partly outside when it goes somewhere: a number or a name of axes, a backdrop.

    They belong to a picture that the viewer knows to go on.
    """
    members = (unit.mobject, *unit.above)
    return unit.is_away and (
        getattr(unit.mobject, "kind", "") == "tick"
        or any(isinstance(one, Plane) or is_backdrop(one) for one in members)
    )


def _placed(unit: Unit, moment: Moment) -> Iterator[Observation]:
    """Where it is seen, and how large.

    Of a text that stands on the stage, and not in the picture, it is asked when the frame has come to rest: some is
    left behind, some is gone to, but what the frame shows of it is not cut.
    """
    if may_be_cut(unit) or (unit.is_away and not moment.at_rest):
        return
    left, bottom, right, top = unit.extent()
    half_width, half_height = ink.FRAME_WIDTH / 2, ink.FRAME_HEIGHT / 2
    out = max(-half_width - left, right - half_width, -half_height - bottom, top - half_height)
    unseen = left > half_width or right < -half_width or bottom > half_height or top < -half_height
    if unit.is_away and unseen:
        if not moment.left_behind(unit):
            message = (
                f"{{what}} comes {out:.2f} units out of the frame, which has gone elsewhere: nobody sees it"
            )
            yield Observation("outside", unit, None, out, 0.0, message)
        return
    if out > _OUT:
        message = f"{{what}} sticks {out:.2f} units out of the frame"
        yield Observation("outside", unit, None, out, 0.0, message)
    elif moment.at_rest and (near := out + ink.MARGIN) > _OUT + 0.03 and unit.alpha >= _LEGIBLE:
        message = f"{{what}} stands {ink.MARGIN - near:.2f} units from the edge; expected {ink.MARGIN:g}"
        yield Observation("margin", unit, None, ink.MARGIN - near, ink.MARGIN, message)
    if not moment.at_rest:
        return
    height = capital_height(unit)
    least = ink.SMALL if getattr(unit.mobject, "kind", "") == "tick" else ink.LABEL
    if height is not None and height < least - 0.4:
        message = f"{{what}} has capitals of {height:.1f} px at 1080 lines; expected {least:g}"
        yield Observation("small", unit, None, height, least, message)
    for whole, decimals in _NUMBER.findall(unit.text):
        digits = (whole.replace(",", "") + decimals).lstrip("0")
        if len(digits) > DIGITS:
            message = (
                f"{{what}} shows {whole}.{decimals}: {len(digits)} digits; expected {DIGITS} at most, "
                'or allow(…, "digits", why)'
            )
            yield Observation("digits", unit, None, len(digits), DIGITS, message)


def _drawn(
    scene: Scene, eye: Eye, sight: Sight, unit: Unit, crop: Crop, moment: Moment
) -> Iterator[Observation]:
    """How its letters look where they are."""
    inked = eye.ink(unit, crop.box)
    core = inked > 255 * 0.6
    if core.sum() < _LEAST_INK:
        return
    crossed = np.zeros_like(core)
    if unit.alpha >= _LEGIBLE:
        yield from _covered(scene, eye, sight, unit, crop, core, moment)
        for observation, where in _crossed(scene, eye, sight, unit, crop, core, moment):
            crossed |= where
            yield observation
    if not moment.fading(unit):
        yield from _pale(unit, crop, inked, crossed)


def _covered(
    scene: Scene, eye: Eye, sight: Sight, unit: Unit, crop: Crop, core: NDArray[np.bool_], moment: Moment
) -> Iterator[Observation]:
    hidden = core & _differs(sight.final(crop), crop.after)
    if hidden.sum() <= COVERED * core.sum():
        return
    for other, changed in eye.over(scene, unit, sight, core):
        share = float(changed.sum() / core.sum())
        if share > COVERED and not (moment.fading(unit) and moment.fading(other)):
            message = f"{{against}} covers {share:.0%} of {{what}}; expected {COVERED:.0%} at most"
            yield Observation("covered", unit, other, share, COVERED, message)


def _crossed(
    scene: Scene, eye: Eye, sight: Sight, unit: Unit, crop: Crop, core: NDArray[np.bool_], moment: Moment
) -> Iterator[tuple[Observation, NDArray[np.bool_]]]:
    """The units that run behind a text, each as an observation with the pixels that it changes.

    A ground that is all of one colour, or changes softly, is calm; what is drawn on it is not.
    """
    region = ndimage.binary_dilation(core, np.ones((3, 3)), iterations=_AROUND)
    ground = crop.before[region].astype(int)
    loud = np.abs(ground - np.median(ground, axis=0)).max(axis=1) > SEEN * 1.5
    if loud.mean() <= CROSSED:
        return
    where = np.zeros_like(region)
    where[region] = loud
    for other, changed in eye.under(scene, unit, sight, region):
        share = float((changed & where).sum() / region.sum())
        is_ground = changed.sum() > _GROUND * region.sum() and not isinstance(
            other.mobject, AbstractImageMobject
        )
        if share > CROSSED and not is_ground and not (moment.fading(unit) and moment.fading(other)):
            message = f"{{against}} runs under {share:.0%} of {{what}}; expected {CROSSED:.0%} at most"
            yield Observation("crossed", unit, other, share, CROSSED, message), changed & where


def _pale(
    unit: Unit, crop: Crop, inked: NDArray[np.uint8], crossed: NDArray[np.bool_]
) -> Iterator[Observation]:
    """Contrast of each letter's own colour, as its opacity leaves it, with the ground under it.

    Where it is ``crossed`` that has been told, or allowed, already.
    """
    contrasts = []
    for leaf in unit.lit:
        if not isinstance(leaf, VMobject) or len(leaf.fill_rgbas) != 1 or leaf.fill_rgbas[0, 3] < 0.02:
            continue
        place = _within(leaf, crop.box, unit.frame)
        if place is None:
            continue
        rows, columns = place
        mask = inked[rows, columns] > 255 * _FULL
        if not mask.any():
            mask = inked[rows, columns] > 255 * 0.5
        mask &= ~crossed[rows, columns]
        ground = crop.before[rows, columns][mask] / 255.0
        color, alpha = leaf.fill_rgbas[0, :3], leaf.fill_rgbas[0, 3]
        contrasts.append(contrast(ground + alpha * (color - ground), ground))
    every = np.concatenate(contrasts) if contrasts else np.empty(0)
    if len(every) < _LEAST_INK:
        return
    palest = float(np.percentile(every, _PALEST))
    if palest < CONTRAST - 0.05:
        message = f"{{what}} has a contrast of {palest:.1f} with its ground; expected {CONTRAST}"
        yield Observation("contrast", unit, None, palest, CONTRAST, message)


def _within(leaf: VMobject, box: Box, frame: FrameSight) -> tuple[slice, slice] | None:
    """Rows and columns of a crop in which a glyph lies."""
    place = Unit(leaf, False, (), [leaf], frame=frame).box()
    left, right = max(place.left - box.left, 0), min(place.right, box.right) - box.left
    top, bottom = max(place.top - box.top, 0), min(place.bottom, box.bottom) - box.top
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None


def _differs(one: Picture, other: Picture) -> NDArray[np.bool_]:
    return apart(one, other, SEEN)


def luminance(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB ``colors`` (..., 3) in 0 to 1 (WCAG 2.2)."""
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Contrast ratios, 1 to 21, of sRGB colours (..., 3) in 0 to 1 (WCAG 2.2)."""
    first, second = luminance(one), luminance(other)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)
