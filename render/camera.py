"""Manim's camera with the detours taken out: the same pictures, drawn with less Python.

Plain shapes (one fill, one stroke) go to Cairo straight from one list of numbers, or as the path that Cairo has of
them already where they stand still; what would leave no mark is not drawn; upright images are composited where they
lie instead of over the whole frame.  Everything else is left to manim.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, Self

import cairo
import numpy as np
from manim import Camera as ManimCamera
from manim import Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from PIL import Image

_NEAR: Final = 1e-5
"""Relative distance at which manim takes the end of a curve and the start of the next for one point."""
_KEPT: Final = 4096
"""Outlines that are kept at the most: some 20 MB."""


class Camera(ManimCamera):
    """Draws what manim's camera draws."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._outlines: dict[int, _Outline] = {}
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
        width = vmobject.get_stroke_width()
        red, green, blue, alpha = fills[0].tolist()
        stroke_red, stroke_green, stroke_blue, stroke_alpha = strokes[0].tolist()
        filled, stroked = alpha > 0, width > 0 and stroke_alpha > 0
        if not filled and not stroked:
            return self
        if not self._lay_out(vmobject, ctx):
            super().display_vectorized(vmobject, ctx)
            return self
        if filled:
            ctx.set_source_rgba(blue, green, red, alpha)  # the surface's bytes run the other way
            if stroked:
                ctx.fill_preserve()
            else:
                ctx.fill()
        if stroked:
            ctx.set_source_rgba(stroke_blue, stroke_green, stroke_red, stroke_alpha)
            ctx.set_line_width(width * self.cairo_line_width_multiple)
            ctx.set_line_join(LINE_JOIN_MAP[vmobject.joint_type])
            ctx.set_line_cap(CAP_STYLE_MAP[vmobject.cap_style])
            ctx.stroke()
        return self

    def _lay_out(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> bool:
        """Make the shape's outline the context's path; whether it could be, which takes finite points.

        In most plays most shapes stand still.  An outline that is seen for the second time is kept as Cairo's own.
        """
        points, tolerance = vmobject.points.tobytes(), vmobject.tolerance_for_point_equality
        known = self._outlines.get(id(vmobject))
        if known is None or known.points != points or known.tolerance != tolerance:
            if len(self._outlines) >= _KEPT:
                self._outlines.clear()
            self._outlines[id(vmobject)] = _Outline(points, tolerance)
            return trace(ctx, vmobject)
        if known.path is None:
            if not trace(ctx, vmobject):
                return False
            known.path = ctx.copy_path()
        else:
            ctx.new_path()
            ctx.append_path(known.path)
        return True

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


@dataclass(slots=True)
class _Outline:
    """What a shape looked like when it was drawn last."""

    points: bytes
    tolerance: float
    path: cairo.Path | None = None


def _gather(mobject: Mobject, found: list[Mobject]) -> None:
    """Append the members of a family that have points."""
    if len(mobject.points):
        found.append(mobject)
    for member in mobject.submobjects:
        _gather(member, found)


def trace(ctx: cairo.Context[Any], vmobject: VMobject) -> bool:
    """Make the shape's outline the context's path; an empty one, and False, unless all its points are finite."""
    ctx.new_path()
    points = vmobject.points
    numbers: list[float] = points[: len(points) // 4 * 4].ravel().tolist()
    if not math.isfinite(sum(numbers)):
        return False
    tolerance = vmobject.tolerance_for_point_equality

    def differ(number: float, other: float) -> bool:
        return abs(number - other) > tolerance + _NEAR * abs(other)

    begin_x = begin_y = x = y = math.inf  # nowhere: the first curve begins a line
    curve_to: Any = ctx.curve_to
    for at in range(0, len(numbers), 12):
        x0, y0, _, x1, y1, _, x2, y2, _, x3, y3, _ = numbers[at : at + 12]
        if (x0 != x or y0 != y) and (differ(x, x0) or differ(y, y0)):
            if at and not (differ(begin_x, x) or differ(begin_y, y)):
                ctx.close_path()
            ctx.new_sub_path()
            ctx.move_to(x0, y0)
            begin_x, begin_y = x0, y0
        curve_to(x1, y1, x2, y2, x3, y3)
        x, y = x3, y3
    if numbers and not (differ(begin_x, x) or differ(begin_y, y)):
        ctx.close_path()
    return True
