"""One careful look: the picture drawn unit by unit, with what each text lies on and what lies on it.

The frame is drawn once.  Before and after each unit of interest its part of the frame is kept, so that three
pictures of every text are at hand: the ground it was drawn on, itself on that ground, and what is seen in the end.
Which of its pixels are ink is asked of the glyphs' outlines alone, so that dark ink on dark ground counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import cairo
import numpy as np
from manim import Mobject, Scene, VMobject
from numpy.typing import NDArray

from render.camera import Camera, fill
from render.review.stage import HEIGHT, WIDTH, Box, Picture, Unit, apart, display_order, units_of
from scenes.kit import ink

PAD: Final = 4
"""Pixels around a unit that belong to its crop."""

Region = NDArray[np.bool_]
"""Height × width: some pixels of a crop."""

Mask = NDArray[np.uint8]
"""Height × width: how much of each pixel is ink, 0 to 255."""


@dataclass(slots=True)
class Crop:
    """The pictures of one unit's place; all of the size of ``box``, red green blue."""

    box: Box
    before: Picture
    after: Picture


@dataclass(slots=True)
class Sight:
    """What one look has seen."""

    units: list[Unit]
    picture: Picture
    """The whole frame, height × width × 3."""
    crops: dict[int, Crop] = field(default_factory=dict)
    """By identity of the unit."""

    def crop(self, unit: Unit) -> Crop | None:
        """The pictures of a unit; none when it is off the canvas or was not asked for."""
        return self.crops.get(id(unit))

    def final(self, crop: Crop) -> Picture:
        """What is seen in the end in the place of a crop."""
        return crop.box.of(self.picture)


class Eye:
    """Looks at scenes; keeps the canvas and the ink of texts that do not change between looks."""

    def __init__(self) -> None:
        self._camera = Camera(background_color=ink.ground)
        self._inks: dict[tuple[int, ...], Mask] = {}

    def look(self, scene: Scene, wanted: Callable[[Unit], bool]) -> Sight:
        """Draw the scene as it stands and keep the crops of the units that are ``wanted``."""
        units = units_of(scene)
        boxes = {id(unit): unit.box().clipped(PAD) for unit in units if unit.leaves and wanted(unit)}
        owners = {id(leaf): unit for unit in units for leaf in unit.leaves}
        left = {id(unit): len(unit.leaves) for unit in units}
        sight = Sight(units, np.empty(0, np.uint8))
        self._camera.reset()
        canvas = self._canvas
        batch: list[Mobject] = []
        for leaf in display_order(scene):
            unit = owners[id(leaf)]
            box = boxes.get(id(unit))
            if box is None or box.is_empty:
                batch.append(leaf)
                continue
            if id(unit) not in sight.crops:
                self._draw(batch)
                before = box.of(canvas)[:, :, :3].copy()
                sight.crops[id(unit)] = Crop(box, before, before)
            batch.append(leaf)
            left[id(unit)] -= 1
            if not left[id(unit)]:
                self._draw(batch)
                sight.crops[id(unit)].after = box.of(canvas)[:, :, :3].copy()
        self._draw(batch)
        sight.picture = canvas[:, :, :3].copy()
        return sight

    def over(self, scene: Scene, unit: Unit, sight: Sight, region: Region) -> list[tuple[Unit, Region]]:
        """The units drawn after ``unit`` that change pixels of ``region`` (of its crop), with those pixels."""
        return self._changing(scene, unit, sight, region, after=True)

    def under(self, scene: Scene, unit: Unit, sight: Sight, region: Region) -> list[tuple[Unit, Region]]:
        """The units drawn before ``unit`` that change pixels of ``region`` (of its crop), with those pixels."""
        return self._changing(scene, unit, sight, region, after=False)

    def _changing(
        self, scene: Scene, unit: Unit, sight: Sight, region: Region, *, after: bool
    ) -> list[tuple[Unit, Region]]:
        """Draw again, watching the crop of ``unit`` while everybody else passes over it."""
        box = sight.crops[id(unit)].box
        owners = {id(leaf): other for other in sight.units for leaf in other.leaves}
        changed: dict[int, Region] = {}
        passed = False
        self._camera.reset()
        here = box.of(self._canvas)
        for leaf in display_order(scene):
            other = owners[id(leaf)]
            if other is unit:
                passed = True
                if after:
                    self._draw([leaf])
                continue
            if passed and not after:
                break
            watched = passed == after and other.box().meets(box)
            before = here[:, :, :3].copy() if watched else None
            self._draw([leaf])
            if before is not None:
                changes = apart(here[:, :, :3], before, SEEN) & region
                mask = changed.setdefault(id(other), np.zeros_like(region))
                mask |= changes
        by_id = {id(other): other for other in sight.units}
        found = [(by_id[which], mask) for which, mask in changed.items() if mask.any()]
        return sorted(found, key=lambda pair: -int(pair[1].sum()))

    def ink(self, unit: Unit, box: Box) -> Mask:
        """How much of each pixel of ``box`` the outlines of a text cover, whatever their colour."""
        leaves = [
            leaf for leaf in unit.leaves if isinstance(leaf, VMobject) and leaf.fill_rgbas[:, 3].max() > 0
        ]
        key = (id(unit.mobject), box.left, box.top, box.right, box.bottom, len(leaves), _digest(leaves))
        if key not in self._inks:
            if len(self._inks) > 600:
                self._inks.clear()
            self._inks[key] = _draw_ink(leaves, box)
        return self._inks[key]

    def solo(self, units: Sequence[Unit]) -> Region:
        """Pixels of the canvas where ``units``, drawn alone on the ground, are to be seen."""
        return unlike(self.alone(units), self.alone([]))

    def alone(self, units: Sequence[Unit]) -> Picture:
        """The picture of ``units`` on the ground, as they are now."""
        self._camera.reset()
        self._draw([leaf for unit in units for leaf in unit.leaves if len(leaf.points) >= 4])
        return self._canvas[:, :, :3].copy()

    @property
    def _canvas(self) -> Picture:
        return self._camera.pixel_array  # type: ignore[return-value]  # manim's type says 64 bits

    def _draw(self, batch: list[Mobject]) -> None:
        if batch:
            self._camera.capture_mobjects(batch, include_submobjects=False)
            batch.clear()


SEEN: Final = 40
"""Difference of a channel (0 to 255) that the eye takes for another thing."""


def unlike(one: Picture, other: Picture) -> Region:
    """Where two pictures differ a little."""
    return apart(one, other, SEEN // 2)


def _digest(leaves: Sequence[VMobject]) -> int:
    return hash(tuple(leaf.points.tobytes() for leaf in leaves))


def _draw_ink(leaves: Sequence[VMobject], box: Box) -> Mask:
    width, height = box.right - box.left, box.bottom - box.top
    stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, width)
    data: NDArray[Any] = np.zeros((height, stride), np.uint8)
    surface = cairo.ImageSurface.create_for_data(data.data, cairo.FORMAT_A8, width, height, stride)
    ctx = cairo.Context(surface)
    per = WIDTH / ink.FRAME_WIDTH
    ctx.translate(WIDTH / 2 - box.left, HEIGHT / 2 - box.top)
    ctx.scale(per, -per)
    for leaf in leaves:
        fill(ctx, leaf)
    surface.flush()
    return data[:, :width].copy()
