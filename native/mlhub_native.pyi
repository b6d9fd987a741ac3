"""The inner loops of rendering (native.c): shapes to Cairo, pictures to 4:2:0."""

from typing import Any

import cairo
import numpy as np
from manim import VMobject
from numpy.typing import NDArray

def paint(
    context: cairo.Context[Any],
    mobjects: list[VMobject],
    first: int,
    multiple: float,
    joins: tuple[object, ...],
    caps: tuple[object, ...],
    rows: NDArray[np.float64],
) -> int:
    """Draw shapes, each its inside and then its stroke, from number ``first`` on as far as they are plain ones.

    Plain is a shape with one fill and one stroke, no background stroke or image, and finite points.  Four points make
    a cubic curve, in user units; points behind the last whole curve are left out, as the third coordinate is.  A
    curve that does not begin where the one before ends (within the shape's tolerance and a relative 1e-5, as manim has
    it) begins a new line; a line that ends where it began is closed.  Strokes are ``multiple`` times the shape's
    width, in user units.  ``joins`` and ``caps`` are a shape's joint_type or cap_style and Cairo's number for it, by
    turns.  ``rows`` (2,), first and last line of pixels, is widened to all that was drawn on.

    Returns the number of the first shape that is not plain, or how many there are.  :class:`TypeError` and
    :class:`ValueError` for other arguments than these, :class:`cairo.Error` for what Cairo refuses.
    """

def fill(context: cairo.Context[Any], points: NDArray[np.float64], tolerance: float) -> bool:
    """Fill one outline, ``points`` (n, 3), with the context's own source; False, and nothing filled, if a point is not
    finite.  :class:`TypeError` and :class:`ValueError` for arrays of another type or shape."""

def differ(picture: NDArray[np.uint8], kept: NDArray[np.uint8]) -> int:
    """The first line in which two pictures, shape (height, width, 4) and contiguous, differ; -1 if they do not."""

def convert(
    picture: NDArray[np.uint8],
    kept: NDArray[np.uint8],
    luma: NDArray[np.uint8],
    blue: NDArray[np.uint8],
    red: NDArray[np.uint8],
    first: int,
) -> int:
    """Bring ``kept`` and its 4:2:0 planes up to date with ``picture`` from line ``first`` on.

    Pictures have shape (height, width, 4), red green blue and one byte that is not looked at, contiguous, with an
    even number of lines and columns; ``luma`` has shape (height, width), ``blue`` and ``red`` half of both, each
    with its columns next to each other and its lines as far apart as they like.  Samples are BT.709 in limited
    range (Rec. ITU-T BT.709-6, section 3), rounded to the nearest; a chroma sample is of the mean of its four
    pixels.  Only pieces of 64 × 2 pixels that differ from ``kept`` are converted.

    Returns how many pieces that was.  :class:`ValueError` for arrays that do not fit each other.
    """
