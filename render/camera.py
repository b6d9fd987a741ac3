"""Manim's camera with the detours taken out: the same pictures, drawn with less Python.

Plain shapes (one fill, one stroke) go from their points to Cairo in one native call; what would leave no mark is not
drawn; upright images are composited where they lie instead of over the whole frame.  Everything else is left to manim.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final, Self

import cairo
import mlhub_native
import numpy as np
from manim import Camera as ManimCamera
from manim import Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from PIL import Image

_FULL: Final = np.ones((1, 4))
_NOTHING: Final = np.zeros((1, 4))


class Camera(ManimCamera):
    """Draws what manim's camera draws."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kinds: dict[type[Mobject], type[Mobject]] = {}

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        """Everything with points, in the order of drawing: what occurs twice is drawn where it occurs last."""
        if excluded_mobjects or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found: list[Mobject] = []
        for mobject in mobjects:
            _gather(mobject, found)
        found.reverse()
        ordered = list(dict.fromkeys(found))
        ordered.reverse()
        if self.use_z_index:
            ordered.sort(key=attrgetter("z_index"))
        return ordered

    def type_or_raise(self, mobject: Mobject) -> Any:
        """Which of manim's ways to draw is that of the mobject; looked up once for each type."""
        kind = type(mobject)
        if kind not in self._kinds:
            self._kinds[kind] = super().type_or_raise(mobject)
        return self._kinds[kind]

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Draw one shape: its background stroke, its inside, its stroke."""
        fills, strokes = vmobject.get_fill_rgbas(), vmobject.get_stroke_rgbas()
        if len(fills) != 1 or len(strokes) != 1 or vmobject.get_stroke_width(background=True):
            super().display_vectorized(vmobject, ctx)
            return self
        drawn = mlhub_native.paint(
            ctx,
            np.ascontiguousarray(vmobject.points, np.float64),
            vmobject.tolerance_for_point_equality,
            fills,
            strokes,
            vmobject.get_stroke_width() * self.cairo_line_width_multiple,
            LINE_JOIN_MAP[vmobject.joint_type],
            CAP_STYLE_MAP[vmobject.cap_style],
        )
        if not drawn:
            super().display_vectorized(vmobject, ctx)
        return self

    def display_image_mobject(self, image_mobject: AbstractImageMobject, pixel_array: PixelArray) -> None:
        """Composite an image into the part of the frame that it covers."""
        corners = self.points_to_subpixel_coords(image_mobject, image_mobject.points)
        (left, top), (right, top_too), (left_too, bottom) = corners[:3].tolist()
        if abs(top - top_too) > 0.01 or abs(left - left_too) > 0.01 or right <= left or bottom <= top:
            super().display_image_mobject(image_mobject, pixel_array)
            return
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


def _gather(mobject: Mobject, found: list[Mobject]) -> None:
    """Append the members of a family that have points."""
    if len(mobject.points):
        found.append(mobject)
    for member in mobject.submobjects:
        _gather(member, found)


def fill(ctx: cairo.Context[Any], vmobject: VMobject) -> None:
    """Fill the shape's outline with full strength; nothing where one of its points is not finite."""
    points = np.ascontiguousarray(vmobject.points, np.float64)
    mlhub_native.paint(ctx, points, vmobject.tolerance_for_point_equality, _FULL, _NOTHING, 0.0, 0, 0)
