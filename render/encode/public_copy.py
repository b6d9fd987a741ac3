"""A chapter's pictures as the public gets them: a better encoder's work, a third of the bytes, made once.

x264 at its slow preset takes what is drawn, before any loss; coding the drawn segment again would cost more bytes for
a worse picture, because its noise is new to the encoder.  Only pictures that differ are encoded.  What stands is coded
as a P picture to which x264 gives the bits of its whole time (frames are told with the times at which they are shown),
and its repetitions are slices of skipped macroblocks (:mod:`render.encode.reordered`).

A copy of a chapter is a raw H.264 stream in the order of decoding.  It opens with parameter sets and an IDR picture,
refers to nothing outside, and has the parameter sets of all copies of its format and frame rate, so that copies are
joined as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
from av.video.frame import PictureType
from av.video.reformatter import Interpolation, VideoReformatter

from render.core.copy_form import CopyForm
from render.core.fault import JobFault
from render.draw.dirty_rows import Spans, everywhere
from render.encode.reordered import Reordered, widened
from render.encode.segment import Canvas, Picture
from render.encode.skip_slices import IDR_SLICE, PPS, SLICE, SPS, START_CODE, nal_units, unit_type
from render.encode.x264 import open_x264

STANDS: Final = 4
"""Frames from which on a picture that stands is encoded once; below that, its repetitions are the encoder's to skip."""
MOVING_KEY_SECONDS: Final = 8
"""Seconds after which the next picture is an IDR picture."""
HELD_KEY_SECONDS: Final = 10
"""Seconds that a picture stands for at the most; then it is encoded once more."""


class CopyWriter:
    """Writes the pictures of a chapter, in the order in which they are shown, to the raw H.264 stream ``path``."""

    def __init__(self, path: Path, form: CopyForm, fps: int) -> None:
        self.path = path
        self.frames = 0
        """Frames that were taken."""
        self._fps = fps
        self._encoder = _open_encoder(form, fps)
        self._size = form.width, form.height
        self._scaler = VideoReformatter()
        self._syntax: Reordered | None = None
        self._payload = b""
        self._asked = 0
        """The frame for which an IDR picture was asked last."""
        self._stands: dict[int, int] = {}
        """For how many frames the pictures stand that the encoder was given once, by their first frame."""
        self._key = self._latest = 0
        """The IDR picture that the encoder gave last, and the picture shown latest of all that it gave."""
        self._hold: list[bytes] = []
        """The repetitions of that latest picture."""
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def take(self, frame: av.VideoFrame, frames: int, *, is_last: bool = False) -> None:
        """Take a picture in 4:2:0, of any size, that stands for ``frames`` frames; it may be overwritten afterwards."""
        if (frame.width, frame.height) != self._size:
            frame = self._scaler.reformat(frame, *self._size, interpolation=Interpolation.AREA, threads=1)
        most = HELD_KEY_SECONDS * self._fps
        for begin in range(0, frames, most):
            stands = min(most, frames - begin)
            self._feed(frame, stands, is_last=is_last and begin + stands == frames)

    def close(self) -> None:
        """Write what the encoder still has; :class:`JobFault` for a chapter of less than two frames.

        Copies end with another picture than an IDR one, so that no two of them follow each other where copies are
        joined: they would need different numbers (idr_pic_id, clause 7.4.3).
        """
        for packet in self._encoder.encode(None):
            self._put(packet)
        self._end_hold()
        self._file.close()
        if self.frames < 2:
            raise JobFault(f"{self.path}: a chapter of {self.frames} frames; expected two at least")

    def _feed(self, frame: av.VideoFrame, stands: int, *, is_last: bool) -> None:
        """Give the encoder a picture: once where it stands, else as often as it is shown."""
        given = 1 if stands >= STANDS else stands
        ends = is_last and stands == 1 and self.frames > 0
        for _ in range(given):
            frame.pts, frame.time_base = self.frames, Fraction(1, self._fps)
            due = not self.frames or self.frames - self._asked >= MOVING_KEY_SECONDS * self._fps
            if due and not ends:
                self._asked = self.frames
                frame.pict_type = PictureType.I
            else:
                # Only a reference can be repeated, and the encoder would make most pictures B-frames.
                frame.pict_type = PictureType.P if given < stands or ends else PictureType.NONE
            if given < stands:
                self._stands[self.frames] = stands
            for packet in self._encoder.encode(frame):
                self._put(packet)
            self.frames += 1
        self.frames += stands - given

    def _put(self, packet: av.Packet[av.VideoStream]) -> None:
        """Write a picture from the encoder, which gives each one before those that refer to it."""
        units = nal_units(bytes(packet))
        if self._syntax is None:
            sps, pps = (next(unit for unit in units if unit_type(unit) == kind) for kind in (SPS, PPS))
            self._syntax = Reordered(widened(sps), pps)
            self._payload = self._syntax.held_payload()
            self._file.write(self._syntax.parameter_sets)
        slices = [unit for unit in units if unit_type(unit) in (SLICE, IDR_SLICE)]
        if len(slices) != 1 or packet.pts is None:
            raise JobFault(f"x264 answered with {[unit_type(unit) for unit in units]}, not one picture")
        if packet.pts > self._latest:
            self._end_hold()
            self._latest = packet.pts
        if unit_type(slices[0]) == IDR_SLICE:
            self._key = packet.pts
        written = self._syntax.placed(slices[0], packet.pts - self._key)
        self._file.write(START_CODE + written)
        number = self._syntax.order(written).frame_number + 1
        self._hold += [
            self._syntax.held(number, packet.pts - self._key + further, self._payload)
            for further in range(1, self._stands.pop(packet.pts, 1))
        ]

    def _end_hold(self) -> None:
        """Write the repetitions of the latest picture, behind all that is shown before it."""
        self._file.writelines(START_CODE + unit for unit in self._hold)
        self._hold.clear()


class CopySink:
    """Takes the pictures that a chapter draws, and gives each one that differs to all ``writers``.

    Used as a context, it closes their files whatever happens; only :meth:`close` makes copies of them.
    """

    def __init__(self, writers: Sequence[CopyWriter], width: int, height: int) -> None:
        self._writers = writers
        self._canvas = Canvas(width, height)
        self._everywhere = everywhere(height, width)
        self._repeats = 0
        self.distinct_frames = 0
        """Frames that differ from the frame before."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers:
            writer.__exit__(kind, error, trace)

    def show(self, rgba: Picture, repeat: int = 1, changed: Spans | None = None) -> None:
        """Take a picture as :meth:`render.encode.segment.SegmentWriter.show` does."""
        within = self._everywhere if changed is None else changed
        first = self._canvas.first_change(rgba, within)
        if first is not None:
            self._write(is_last=False)
            self._canvas.take(rgba, first, within)
        self._repeats += repeat

    def close(self) -> None:
        """Finish all copies."""
        self._write(is_last=True)
        for writer in self._writers:
            writer.close()

    def _write(self, *, is_last: bool) -> None:
        if self._repeats:
            for writer in self._writers:
                writer.take(self._canvas.frame, self._repeats, is_last=is_last)
            self.distinct_frames += 1
            self._repeats = 0


def _open_encoder(form: CopyForm, fps: int) -> av.VideoCodecContext:
    """x264 for the public: slow, B-frames, closed GOPs, constant quality."""
    settings = {
        "crf": form.crf,
        # Flat pictures with sharp edges: bits go where they are needed for likeness, and to each picture alike.
        "psy": 0,
        "aq-mode": 0,
        "qcomp": 0.8,
        "bframes": 2,
        "subme": 9,  # a fortieth of the bytes for a fortieth of the time
        "ref": 4,  # as many as level 4 has room for in 1080p, which every phone decodes
        # What depends on the distance of pictures in time would change with the frames that are put between.
        "b-pyramid": "none",
        "direct": "spatial",
        "weightb": 0,
        "open-gop": 0,
        "stitchable": 1,  # the same parameter sets for every chapter
    }
    return open_x264(form.width, form.height, fps, settings, {"preset": "slow", "profile": "high"})
