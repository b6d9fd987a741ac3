"""A faster camera: draws the very pictures that manim's own camera draws, with less work in Python.

Consecutive plain shapes (one fill, one stroke) go to Cairo in one native call; shapes that would not be visible are
skipped; upright images are composited where they lie instead of over the whole frame; before a new picture only those
pixels are reset that were drawn on.  Everything else is left to manim.

Beyond manim's it looks where a lesson's frame is, while what is pinned stays where it is in the picture, and lays a
veil of the ground's colour between what is dimmed and what is lit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Final, cast

import cairo
import mlhub_native
import numpy as np
from manim import Camera as ManimCamera
from manim import Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from PIL import Image

from render.draw.dirty_rows import Spans, everywhere, nowhere, widen
from scenes.kit import ink
from scenes.kit.frame import WHOLE, Sight, is_pinned
from scenes.kit.spotlight import Dimming

_PATCH_BYTES: Final = 64 * 2**20
"""Memory for pixels of shapes that stand still."""
_JOINS: Final = tuple(chain.from_iterable(LINE_JOIN_MAP.items()))
_CAPS: Final = tuple(chain.from_iterable(CAP_STYLE_MAP.items()))


class Camera(ManimCamera):
    """Draws what manim's camera draws."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._kinds: dict[type[Mobject], type[Mobject]] = {}
        self._ground: object = None
        """What the picture was begun with."""
        self._touched = nowhere(0)
        """What was drawn on since."""
        self._changed = nowhere(0)
        """What was written to since :meth:`changed` told."""
        self._patches = mlhub_native.patches(_PATCH_BYTES)
        self._sight = WHOLE
        self._dimming = Dimming()
        super().__init__(*args, **options)
        self._line_width = self.cairo_line_width_multiple

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        """Everything with points, in the order of drawing: what occurs twice is drawn where it occurs last."""
        if excluded_mobjects or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found = mlhub_native.gather(mobjects)
        found.reverse()
        ordered = list(dict.fromkeys(found))
        ordered.reverse()
        if self.use_z_index:
            ordered.sort(key=attrgetter("z_index"))
        return ordered

    def type_or_raise(self, mobject: Mobject) -> Any:
        """The type by which manim chooses how to draw a mobject; looked up once for each class."""
        kind = type(mobject)
        if kind not in self._kinds:
            self._kinds[kind] = super().type_or_raise(mobject)
        return self._kinds[kind]

    def set_pixel_array(
        self, pixel_array: PixelArray | list[Any] | tuple[Any, ...], convert_from_floats: bool = False
    ) -> None:
        """Begin a picture with the background ``pixel_array``; if the last picture had the same, only those pixels are
        reset that were drawn on."""
        if pixel_array is self._ground and not convert_from_floats:
            mlhub_native.begin(cast(Any, self.pixel_array), cast(Any, pixel_array), self._touched)
            widen(self._changed, self._touched)
        else:
            super().set_pixel_array(pixel_array, convert_from_floats)
            self._changed = everywhere(*self.pixel_array.shape[:2])
        self._ground = pixel_array
        self._touched = nowhere(len(self.pixel_array))

    def _touch(self, top: float = -math.inf, bottom: float = math.inf) -> None:
        """Note that the lines of pixels from ``top`` to ``bottom`` are drawn on (all by default)."""
        lines = slice(*(math.floor(min(max(line, 0), self.pixel_height)) for line in (top, bottom + 1)))
        self._touched[lines] = 0, self.pixel_width

    def changed(self) -> Spans:
        """Where the picture may differ from what it was at the last call."""
        widen(self._changed, self._touched)
        told, self._changed = self._changed, nowhere(len(self._changed))
        return told

    def look(self, sight: Sight, dimming: Dimming) -> None:
        """What the next pictures show, and how bright."""
        self._sight = sight
        self._dimming = dimming

    def capture_mobjects(self, mobjects: Iterable[Mobject], **options: Any) -> None:
        """Draw all of ``mobjects`` on the picture: what is dimmed, a veil, and what is lit."""
        leaves = self.get_mobjects_to_display(mobjects, **options)
        if not self._dimming.levels:
            self._draw(leaves)
            return
        for layer, veil in self._dimming.veiled(leaves):
            self._draw(layer)
            self.lay_veil(veil)

    def _draw(self, leaves: list[Mobject]) -> None:
        """Draw on the picture, in this order, what stands on the stage and what is pinned to the frame."""
        if self._sight == WHOLE:
            self._draw_as_seen(leaves, WHOLE)
            return
        for pinned, group in groupby(leaves, is_pinned):
            self._draw_as_seen(list(group), WHOLE if pinned else self._sight)

    def _draw_as_seen(self, leaves: list[Mobject], sight: Sight) -> None:
        self._point(sight)
        for kind, group in groupby(leaves, self.type_or_raise):
            if kind is not VMobject and kind is not AbstractImageMobject:
                self._touch()
            self.display_funcs[kind](list(group), self.pixel_array)

    def _point(self, sight: Sight) -> None:
        """Let scene points lie where they are in ``sight``; lines grow by the root of what the picture grows by."""
        self.frame_center = np.array([sight.x, sight.y, 0.0])
        self.frame_width = ink.FRAME_WIDTH / sight.zoom
        self.frame_height = ink.FRAME_HEIGHT / sight.zoom
        self.cairo_line_width_multiple = self._line_width / math.sqrt(sight.zoom)

    def get_cairo_context(self, pixel_array: PixelArray) -> cairo.Context[Any]:
        """A context that draws on the picture in scene units, as they are seen now."""
        ctx = super().get_cairo_context(pixel_array)
        across, up = self.pixel_width / self.frame_width, self.pixel_height / self.frame_height
        x, y = self.frame_center[:2]
        left, top = self.pixel_width / 2 - x * across, self.pixel_height / 2 + y * up
        ctx.set_matrix(cairo.Matrix(across, 0, 0, -up, left, top))
        return ctx

    def lay_veil(self, opacity: float) -> None:
        """Lay the ground's colour over what was drawn so far; the ground may change by one of 255."""
        rows = np.flatnonzero(self._touched[:, 0] < self._touched[:, 1])
        if not len(rows) or opacity <= 0:
            return
        left, right = int(self._touched[rows, 0].min()), int(self._touched[rows, 1].max())
        ctx = self.get_cairo_context(self.pixel_array)
        red, green, blue = ink.ground.to_rgb()
        ctx.save()
        ctx.identity_matrix()
        ctx.rectangle(left, int(rows[0]), right - left, int(rows[-1]) + 1 - int(rows[0]))
        ctx.set_source_rgba(blue, green, red, opacity)  # the surface's bytes run the other way
        ctx.fill()
        ctx.restore()
        self._touched[rows[0] : rows[-1] + 1] = left, right

    def display_multiple_vectorized_mobjects(
        self, vmobjects: list[VMobject], pixel_array: PixelArray
    ) -> None:
        """Draw shapes: plain ones in runs, natively, and others one by one as manim does."""
        ctx = self.get_cairo_context(pixel_array)
        done, multiple = 0, self.cairo_line_width_multiple
        while done < len(vmobjects):
            done = mlhub_native.paint(
                ctx, vmobjects, done, multiple, _JOINS, _CAPS, self._patches, self._touched
            )
            if done < len(vmobjects):
                self._touch()
                super().display_multiple_vectorized_mobjects([vmobjects[done]], pixel_array)
                done += 1

    def display_image_mobject(self, image_mobject: AbstractImageMobject, pixel_array: PixelArray) -> None:
        """Composite an image into the part of the frame that it covers."""
        corners = self.points_to_subpixel_coords(image_mobject, image_mobject.points)
        (left, top), (right, top_too), (left_too, bottom) = corners[:3].tolist()
        if abs(top - top_too) > 0.01 or abs(left - left_too) > 0.01 or right <= left or bottom <= top:
            self._touch()
            super().display_image_mobject(image_mobject, pixel_array)
            return
        self._touch(top - 1, bottom + 1)
        # Cairo takes colours times their alpha
        image = np.array(Image.fromarray(image_mobject.get_pixel_array()).convert("RGBa"))
        height, width = image.shape[:2]
        surface = cairo.ImageSurface.create_for_data(image.data, cairo.FORMAT_ARGB32, width, height)
        ctx = self.get_cairo_context(pixel_array)
        ctx.save()
        ctx.identity_matrix()
        ctx.rectangle(left, top, right - left, bottom - top)
        ctx.clip()
        ctx.translate(left, top)
        ctx.scale((right - left) / width, (bottom - top) / height)
        ctx.set_source_surface(surface)
        ctx.get_source().set_extend(cairo.EXTEND_PAD)
        nearest = image_mobject.resampling_algorithm == Image.Resampling.NEAREST
        ctx.get_source().set_filter(cairo.FILTER_NEAREST if nearest else cairo.FILTER_BILINEAR)
        ctx.paint()
        ctx.restore()


def fill(ctx: cairo.Context[Any], vmobject: VMobject) -> None:
    """Fill the shape's outline; nothing where one of its points is not finite."""
    points = np.ascontiguousarray(vmobject.points, np.float64)
    mlhub_native.fill(ctx, points, vmobject.tolerance_for_point_equality)
