"""The inner loops of rendering (native.c): shapes to Cairo, pictures to 4:2:0."""

from collections.abc import Iterable
from typing import Any

import cairo
import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

Spans = NDArray[np.int32]
"""Part of a picture, shape (height, 2) and contiguous: of each line the first column, and the one behind the last;
columns beside the picture count for nothing, and a line that ends before it begins has no part in it."""

class Patches:
    """What small shapes looked like when they were last drawn, and their pixels."""

def patches(limit: int) -> Patches:
    """An empty memory that takes ``limit`` bytes for pixels at most."""

def paint(
    context: cairo.Context[Any],
    mobjects: list[VMobject],
    first: int,
    multiple: float,
    joins: tuple[object, ...],
    caps: tuple[object, ...],
    patches: Patches,
    touched: Spans,
) -> int:
    """Draw shapes, each its inside and then its stroke, from number ``first`` on as far as they are plain ones.

    Plain is a shape with one fill and one stroke, no background stroke or image, and finite points.  Four points make
    a cubic curve, in user units; points behind the last whole curve are left out, as the third coordinate is.  A
    curve that does not begin where the one before ends (within the shape's tolerance and a relative 1e-5, as manim has
    it) begins a new line; a line that ends where it began is closed.  Strokes are ``multiple`` times the shape's
    width, in user units.  ``joins`` and ``caps`` are a shape's joint_type or cap_style and Cairo's number for it, by
    turns.  ``touched`` is widened to all that was drawn on.

    A small shape that looks as it did when it was last drawn, on pixels that are as they were then, is not drawn again:
    its pixels are those that ``patches`` kept.  That takes for granted what nobody changes between calls: the clip, the
    operator, and how Cairo smooths edges.

    Returns the number of the first shape that is not plain, or how many there are.  :class:`TypeError` and
    :class:`ValueError` for other arguments than these, or a context that does not draw on an ARGB32 image;
    :class:`cairo.Error` for what Cairo refuses.
    """

def fill(context: cairo.Context[Any], points: NDArray[np.float64], tolerance: float) -> bool:
    """Fill one outline, ``points`` (n, 3), with the context's own source; False, and nothing filled, if a point is not
    finite.  :class:`TypeError` and :class:`ValueError` for arrays of another type or shape."""

def gather(mobjects: Iterable[Mobject]) -> list[Mobject]:
    """Those of families that have points, a mobject before its submobjects; what occurs twice is there twice."""

def is_updated(mobject: Mobject) -> bool:
    """Whether the mobject or somebody in its family has an updater."""

def begin(picture: NDArray[np.uint8], ground: NDArray[np.uint8], part: Spans) -> None:
    """Copy ``part`` of ``ground`` to ``picture``, both of shape (height, width, 4) and contiguous."""

def differ(picture: NDArray[np.uint8], kept: NDArray[np.uint8], part: Spans) -> int:
    """The first line in which ``part`` of two pictures, shape (height, width, 4) and contiguous, differs, or -1."""

def convert(
    picture: NDArray[np.uint8],
    kept: NDArray[np.uint8],
    luma: NDArray[np.uint8],
    blue: NDArray[np.uint8],
    red: NDArray[np.uint8],
    first: int,
    part: Spans,
) -> int:
    """Bring ``kept`` and its 4:2:0 planes up to date with ``picture`` from line ``first`` on, in ``part`` alone.

    Pictures have shape (height, width, 4), red green blue and one byte that is not looked at, contiguous, with an
    even number of lines and columns; ``luma`` has shape (height, width), ``blue`` and ``red`` half of both, each
    with its columns next to each other and its lines as far apart as they like.  Samples are BT.709 in limited
    range (Rec. ITU-T BT.709-6, section 3), rounded to the nearest; a chroma sample is of the mean of its four
    pixels.  Only pieces of 64 × 2 pixels that have a pixel in ``part`` and differ from ``kept`` are converted.

    Returns how many pieces that was.  :class:`ValueError` for arrays that do not fit each other.
    """
