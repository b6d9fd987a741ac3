"""A picture drawn unit by unit, so that it is known what each text is drawn on and what is drawn over it.

The frame is drawn once.  Its part around each unit of interest is copied before and after that unit is drawn, which
gives three pictures of every text: its ground, the text on its ground, and what is seen in the end.  Which of its
pixels are ink is found from the outlines of its glyphs alone, so that dark ink on a dark ground counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import cairo
import numpy as np
from manim import Mobject, Scene, VMobject
from numpy.typing import NDArray

from render.draw.camera import Camera, fill
from render.review.stage import HEIGHT, WIDTH, Box, Picture, Unit, apart, display_layers, frame_of, units_of
from scenes.kit import ink
from scenes.kit.frame import WHOLE, is_pinned
from scenes.kit.frame import Sight as FrameSight
from scenes.kit.spotlight import Dimming

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
    """The pictures of one look at the stage."""

    units: list[Unit]
    picture: Picture
    """The whole frame, height × width × 3."""
    crops: dict[int, Crop] = field(default_factory=dict)
    """By identity of the unit."""

    def crop(self, unit: Unit) -> Crop | None:
        """The pictures of a unit; none when it is off the canvas or was not asked for."""
        return self.crops.get(id(unit))

    def final(self, crop: Crop) -> Picture:
        """The part of the finished picture that lies in the place of a crop."""
        return crop.box.of(self.picture)


class Eye:
    """Draws scenes for :class:`Sight`; the ink of texts that do not change is kept from one look to the next."""

    def __init__(self) -> None:
        self._camera = Camera(background_color=ink.ground)
        self._inks: dict[tuple[int, ...], Mask] = {}
        self._ground: Picture | None = None

    def look(self, scene: Scene, wanted: Callable[[Unit], bool], units: list[Unit] | None = None) -> Sight:
        """Draw the scene as it stands and keep the crops of what is lit of the units that are ``wanted``.

        ``units`` are those of the scene as it stands, where they are known.
        """
        units = units_of(scene) if units is None else units
        boxes = {id(unit): unit.box().clipped(PAD) for unit in units if unit.lit and wanted(unit)}
        owners = {id(leaf): unit for unit in units for leaf in unit.lit}
        left = {id(unit): len(unit.lit) for unit in units}
        sight = Sight(units, np.empty(0, np.uint8))
        canvas = self._begin(scene)
        batch: list[Mobject] = []
        for layer, veil in display_layers(scene):
            for leaf in layer:
                unit = owners.get(id(leaf))
                box = boxes.get(id(unit))
                if unit is None or box is None or box.is_empty:
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
            self._camera.lay_veil(veil)
        sight.picture = canvas.copy()[:, :, :3]  # copying all four is a hundred times quicker
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
        """The units drawn before (or ``after``) ``unit`` that change pixels of ``region``; draws the scene again.

        What is dimmed counts where it would be seen if it were bright.
        """
        box = sight.crops[id(unit)].box
        owners = {id(leaf): other for other in sight.units for leaf in other.leaves}
        own = set(map(id, unit.lit))
        changed: dict[int, Region] = {}
        passed = False
        here = box.of(self._begin(scene))
        for layer, veil in display_layers(scene):
            for leaf in layer:
                other = owners[id(leaf)]
                if id(leaf) in own:
                    passed = True
                    if after:
                        self._draw([leaf])
                    continue
                if passed and not after:
                    break
                watched = passed == after and other is not unit and other.box().meets(box)
                before = here[:, :, :3].copy() if watched else None
                self._draw([leaf])
                if before is not None:
                    changes = apart(here[:, :, :3], before, SEEN) & region
                    mask = changed.setdefault(id(other), np.zeros_like(region))
                    mask |= changes
            self._camera.lay_veil(veil)
        by_id = {id(other): other for other in sight.units}
        found = [(by_id[which], mask) for which, mask in changed.items() if mask.any()]
        return sorted(found, key=lambda pair: -int(pair[1].sum()))

    def ink(self, unit: Unit, box: Box) -> Mask:
        """How much of each pixel of ``box`` the outlines of what is lit of a text cover, whatever their colour."""
        leaves = [leaf for leaf in unit.lit if isinstance(leaf, VMobject) and leaf.fill_rgbas[:, 3].max() > 0]
        corners = box.left, box.top, box.right, box.bottom
        key = (id(unit.mobject), *corners, len(leaves), _digest(leaves), hash(unit.frame))
        if key not in self._inks:
            if len(self._inks) > 600:
                self._inks.clear()
            self._inks[key] = _draw_ink(leaves, box, unit.frame)
        return self._inks[key]

    def solo(self, scene: Scene, units: Sequence[Unit]) -> Region:
        """Pixels of the canvas where ``units``, drawn alone on the ground, are to be seen."""
        return unlike(self.alone(scene, units), self.alone(scene, []))

    def alone(self, scene: Scene, units: Sequence[Unit]) -> Picture:
        """The picture of ``units`` on the ground, all bright, as they are now and where the scene's frame is now.

        Height × width × 4, opaque.
        """
        if not units:
            if self._ground is None:
                self._ground = self._begin(scene).copy()
            return self._ground
        canvas = self._begin(scene)
        self._draw([leaf for unit in units for leaf in unit.leaves if len(leaf.points) >= 4])
        return canvas.copy()

    def without(self, scene: Scene, units: Sequence[Unit]) -> Picture:
        """The picture of the scene as it would be without ``units``; height × width × 4, opaque."""
        gone = {id(leaf) for unit in units for leaf in unit.leaves}
        canvas = self._begin(scene)
        for layer, veil in display_layers(scene):
            self._draw([leaf for leaf in layer if id(leaf) not in gone])
            self._camera.lay_veil(veil)
        return canvas.copy()

    def _begin(self, scene: Scene) -> Picture:
        """An empty canvas on which the scene is drawn as its frame shows it; veils are laid by who draws."""
        self._camera.look(frame_of(scene), Dimming())
        self._camera.reset()
        return self._camera.pixel_array  # type: ignore[return-value]  # manim's type says 64 bits

    def _draw(self, batch: list[Mobject]) -> None:
        if batch:
            self._camera.capture_mobjects(batch, include_submobjects=False)
            batch.clear()


SEEN: Final = 40
"""Difference of a channel (0 to 255) from which two pixels look different."""


def unlike(one: Picture, other: Picture) -> Region:
    """The pixels in which two pictures differ, if only a little: by half of :data:`SEEN`."""
    return apart(one, other, SEEN // 2)


def _digest(leaves: Sequence[VMobject]) -> int:
    return hash(tuple(leaf.points.tobytes() for leaf in leaves))


def _draw_ink(leaves: Sequence[VMobject], box: Box, frame: FrameSight) -> Mask:
    width, height = box.right - box.left, box.bottom - box.top
    stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, width)
    data: NDArray[Any] = np.zeros((height, stride), np.uint8)
    surface = cairo.ImageSurface.create_for_data(data.data, cairo.FORMAT_A8, width, height, stride)
    ctx = cairo.Context(surface)
    per = WIDTH / ink.FRAME_WIDTH
    ctx.translate(WIDTH / 2 - box.left, HEIGHT / 2 - box.top)
    ctx.scale(per, -per)
    for leaf in leaves:
        sight = WHOLE if is_pinned(leaf) else frame
        ctx.save()
        ctx.scale(sight.zoom, sight.zoom)
        ctx.translate(-sight.x, -sight.y)
        fill(ctx, leaf)
        ctx.restore()
    surface.flush()
    return data[:, :width].copy()
