"""Manim's camera with the detours taken out: the same pictures, drawn with less Python.

Plain shapes (one fill, one stroke) go to Cairo straight from one list of numbers, and what would leave no mark is
not drawn; upright images are composited where they lie instead of over the whole frame.  Everything else is left
to manim.
"""

from __future__ import annotations

import math
from typing import Any, Final, Self

import cairo
import numpy as np
from manim import Camera as ManimCamera
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from PIL import Image

_NEAR: Final = 1e-5
"""Relative distance at which manim takes the end of a curve and the start of the next for one point."""


class Camera(ManimCamera):
    """Draws what manim's camera draws."""

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Draw one shape: its background stroke, its inside, its stroke."""
        fills, strokes = vmobject.get_fill_rgbas(), vmobject.get_stroke_rgbas()
        plain = len(fills) == len(strokes) == 1 and not vmobject.get_stroke_width(background=True)
        if not plain or not math.isfinite(vmobject.points.sum()):
            super().display_vectorized(vmobject, ctx)
            return self
        width = vmobject.get_stroke_width()
        fill, stroke = fills[0], strokes[0]
        filled, stroked = fill[3] > 0, width > 0 and stroke[3] > 0
        if not filled and not stroked:
            return self
        trace(ctx, vmobject)
        if filled:
            red, green, blue, alpha = fill.tolist()
            ctx.set_source_rgba(blue, green, red, alpha)  # the surface's bytes run the other way
            if stroked:
                ctx.fill_preserve()
            else:
                ctx.fill()
        if stroked:
            red, green, blue, alpha = stroke.tolist()
            ctx.set_source_rgba(blue, green, red, alpha)
            ctx.set_line_width(width * self.cairo_line_width_multiple)
            ctx.set_line_join(LINE_JOIN_MAP[vmobject.joint_type])
            ctx.set_line_cap(CAP_STYLE_MAP[vmobject.cap_style])
            ctx.stroke()
        return self

    def display_image_mobject(self, image_mobject: AbstractImageMobject, pixel_array: PixelArray) -> None:
        """Composite an image into the part of the frame that it covers."""
        corners = self.points_to_subpixel_coords(image_mobject, image_mobject.points)
        (left, top), (right, top_too), (left_too, bottom) = corners[:3].tolist()
        if abs(top - top_too) > 0.01 or abs(left - left_too) > 0.01 or right <= left or bottom <= top:
            super().display_image_mobject(image_mobject, pixel_array)
            return
        image = image_mobject.get_pixel_array().astype(np.uint16)
        image[..., :3] = (
            image[..., :3] * image[..., 3:] + 127
        ) // 255  # Cairo takes colours times their alpha
        height, width = image.shape[:2]
        bytes_ = np.ascontiguousarray(image, dtype=np.uint8)
        surface = cairo.ImageSurface.create_for_data(bytes_.data, cairo.FORMAT_ARGB32, width, height)
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


def trace(ctx: cairo.Context[Any], vmobject: VMobject) -> None:
    """Make the shape's outline the context's path."""
    points = vmobject.points
    ends, starts = points[3:-1:4, :2], points[4::4, :2]
    near = vmobject.tolerance_for_point_equality + _NEAR * np.abs(starts)
    breaks = np.flatnonzero((np.abs(ends - starts) > near).any(axis=1)) + 1
    numbers: list[float] = points[: len(points) // 4 * 4, :2].ravel().tolist()
    curve_to: Any = ctx.curve_to
    ctx.new_path()
    begin = 0
    for end in [*breaks.tolist(), len(numbers) // 8]:
        first, last = 8 * begin, 8 * end
        ctx.new_sub_path()
        ctx.move_to(numbers[first], numbers[first + 1])
        for at in range(first, last, 8):
            curve_to(*numbers[at + 2 : at + 8])
        x0, y0, x1, y1 = numbers[first], numbers[first + 1], numbers[last - 2], numbers[last - 1]
        atol = vmobject.tolerance_for_point_equality
        if abs(x0 - x1) <= atol + _NEAR * abs(x1) and abs(y0 - y1) <= atol + _NEAR * abs(y1):
            ctx.close_path()
        begin = end
