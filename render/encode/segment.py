"""Pictures of one chapter written as a raw H.264 stream, each distinct picture converted and encoded once.

A segment is an Annex B byte stream that opens with its parameter sets and an IDR picture.  Segments of one
profile share their parameter sets, so :func:`render.encode.ffmpeg.join` puts them behind each other as they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import mlhub_native
import numpy as np
from av.video.frame import PictureType
from av.video.plane import VideoPlane
from numpy.typing import NDArray

from render.core.fault import JobFault
from render.core.profile import Profile
from render.draw.dirty_rows import Spans, everywhere
from render.encode.skip_slices import IDR_SLICE, PPS, SLICE, SPS, START_CODE, Syntax, nal_units, unit_type
from render.encode.x264 import open_x264

Picture = NDArray[np.uint8]
"""Height × width × 4, red green blue alpha; alpha is dropped."""

FINER: Final = 4
"""Steps of the quantiser by which a held picture, and every other IDR picture, is coded finer."""
REFRESH_SECONDS: Final = 0.25
"""A picture that stands this long is coded once more, and finer."""
MOVING_KEY_SECONDS: Final = 2
"""Seconds between IDR pictures while something moves."""
HELD_KEY_SECONDS: Final = 4
"""Seconds between IDR pictures of a hold: what a player decodes at most when someone seeks into it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A chapter's pictures on disk."""

    path: Path
    frames: int
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    distinct_frames: int
    """Frames that differ from the frame before: those that were encoded."""


class Canvas:
    """The last picture, as it was drawn (RGBA) and as it is encoded (BT.709 4:2:0, limited range).

    Even where a lesson moves most of the picture stands still, so only the parts that changed are converted.  A sample
    depends on its own pixels alone, so a picture has the same samples whatever was shown before it.
    """

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        """The picture as the encoder takes it, overwritten by :meth:`take`."""
        self._rgba: Picture = np.zeros((height, width, 4), np.uint8)
        self._luma, self._blue, self._red = map(_samples, self.frame.planes)
        self._blank = True

    def first_change(self, rgba: Picture, within: Spans) -> int | None:
        """The first line in which ``rgba`` differs, if any; :class:`ValueError` for another shape or type."""
        if rgba.shape != self._rgba.shape or rgba.dtype != np.uint8:
            raise ValueError(f"a picture of {rgba.shape} {rgba.dtype}; expected {self._rgba.shape} uint8")
        if self._blank:
            return 0
        line = mlhub_native.differ(np.ascontiguousarray(rgba), self._rgba, within)
        return None if line < 0 else line

    def take(self, rgba: Picture, first: int, within: Spans) -> None:
        """Convert what changed of ``rgba``, from the line ``first`` on, which :meth:`first_change` gave."""
        rgba = np.ascontiguousarray(rgba)
        if self._blank:
            np.invert(rgba, out=self._rgba)  # nothing is known yet: every piece has changed
            self._blank = False
            within = everywhere(*rgba.shape[:2])
        mlhub_native.convert(rgba, self._rgba, self._luma, self._blue, self._red, first, within)


def _samples(plane: VideoPlane) -> NDArray[np.uint8]:
    """The samples of a plane, shape (height, width), without the padding of its lines; shares memory."""
    lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return lines[: plane.height, : plane.width]


class SegmentWriter:
    """Writes the pictures of a chapter, in order, to the raw H.264 stream ``path``.

    Pictures are coded with a constant quantiser, ``profile.qp``, as BT.709 4:2:0 in limited range.  A picture
    that equals the one before is a hold, however it was announced.  Used as a context, it closes the file
    whatever happens; only :meth:`close` makes a segment of it.
    """

    def __init__(self, path: Path, profile: Profile) -> None:
        self._path = path
        self._profile = profile
        self._canvas = Canvas(profile.width, profile.height)
        self._everywhere = everywhere(profile.height, profile.width)
        self._repeats = 0
        self._encoder = _open_encoder(profile)
        self._syntax: Syntax | None = None
        self._held_payload = b""
        self._refresh = max(2, round(REFRESH_SECONDS * profile.fps))
        self._frames = 0
        self._distinct = 0
        self._since_key = 0
        self._frame_number = 0
        self._idr_pic_id = 0
        self._digest = hashlib.sha256()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def show(self, rgba: Picture, repeat: int = 1, changed: Spans | None = None) -> None:
        """Take a picture of shape (height, width, 4) that stands for ``repeat`` frames.

        Outside of ``changed`` it has to be what was shown last.  The array may be overwritten after the call.
        :class:`ValueError` for another shape or type, or for a ``repeat`` below 1.
        """
        if repeat < 1:
            raise ValueError(f"a picture that stands for {repeat} frames; expected 1 or more")
        within = self._everywhere if changed is None else changed
        first = self._canvas.first_change(rgba, within)
        if first is not None:
            self._write_pending()
            self._canvas.take(rgba, first, within)
        self._repeats += repeat

    def close(self) -> Segment:
        """Write the last picture and return the finished segment; :class:`JobFault` if it has no picture."""
        self._write_pending()
        self._file.close()
        if not self._frames:
            raise JobFault(f"{self._path}: a chapter without a single picture")
        return Segment(self._path, self._frames, self._digest.hexdigest(), self._distinct)

    def _write_pending(self) -> None:
        """Write the picture taken last, now that it is known how long it stands."""
        if not self._repeats:
            return
        fps = self._profile.fps
        key = (
            not self._frames or self._repeats >= self._refresh or self._since_key >= MOVING_KEY_SECONDS * fps
        )
        unit = self._encode(key=key)
        self._distinct += 1
        self._write(unit, key=key)
        for _ in range(self._repeats - 1):
            # An IDR picture of the very same bytes decodes to the very same picture: nothing pulses.
            if key and self._since_key >= HELD_KEY_SECONDS * fps:
                self._write(unit, key=True)
            else:
                self._write(None, key=False)
        self._repeats = 0

    def _encode(self, *, key: bool) -> bytes:
        """The slice of the pending picture, numbered as the encoder counts."""
        frame = self._canvas.frame
        frame.pts = self._distinct
        frame.time_base = Fraction(1, self._profile.fps)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        units = [unit for packet in self._encoder.encode(frame) for unit in nal_units(bytes(packet))]
        if self._syntax is None:
            sps, pps = (next(unit for unit in units if unit_type(unit) == kind) for kind in (SPS, PPS))
            self._syntax = Syntax.of(sps, pps)
            self._held_payload = self._syntax.held_payload()
            self._put(self._syntax.parameter_sets)
        slices = [unit for unit in units if unit_type(unit) in (SLICE, IDR_SLICE)]
        if [unit_type(unit) for unit in slices] != [IDR_SLICE if key else SLICE]:
            raise JobFault(
                f"x264 answered a picture with {[unit_type(unit) for unit in units]}, not one slice"
            )
        return slices[0]

    def _write(self, unit: bytes | None, *, key: bool) -> None:
        """One frame: the slice ``unit`` with its number, or the frame before once more."""
        assert self._syntax is not None  # the first frame is an encoded one
        if key:
            # The opening picture alone has 0: a segment put behind this one opens with another IDR picture,
            # and two that follow each other must differ (clause 7.4.3).
            self._idr_pic_id = 0 if not self._frames else 1 + self._idr_pic_id % 2
            self._frame_number = self._since_key = 0
        else:
            self._frame_number += 1
        if unit is None:
            written = self._syntax.held(self._frame_number, self._held_payload)
        else:
            written = self._syntax.renumber(unit, self._frame_number, self._idr_pic_id)
        self._put(START_CODE + written)
        self._frames += 1
        self._since_key += 1

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)


def _open_encoder(profile: Profile) -> av.VideoCodecContext:
    """An x264 encoder for flat pictures; its settings were measured better and five times cheaper than the default.

    No B-frames and no look-ahead, so that each picture comes back as one slice at once; no rate control, so
    that the same picture has the same bytes.  IDR pictures come only where they are asked for.
    """
    settings = {
        "qp": profile.qp,
        "ipratio": round(2 ** (FINER / 6), 6),  # six steps of the quantiser double its size
        "cabac": 1,
        "8x8dct": 1,
        "me": "hex",
        "chroma-qp-offset": -3,  # a flat colour decodes to within ±2 even while it moves
        "bframes": 0,
        "scenecut": 0,
        "force-cfr": 1,
    }
    options = {"preset": "ultrafast", "tune": "zerolatency"}
    return open_x264(profile.width, profile.height, profile.fps, settings, options)
