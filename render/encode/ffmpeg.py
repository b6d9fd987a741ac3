"""From segments to what is published: the joined video, its poster, its hover clip and its storyboard.

The one module that speaks to the ``ffmpeg`` command, through ffmpeg-python.  All of it is reproducible: the
same inputs give the same bytes.
"""

from __future__ import annotations

import errno
import itertools
import math
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import ffmpeg
import numpy as np
from av.video.reformatter import Colorspace, Interpolation
from numpy.typing import NDArray
from PIL import Image

from render.core.fault import EnvironmentFault, JobFault
from render.core.profile import Profile
from render.encode.loudness import Loudness
from render.encode.reordered import Reordered, shown_at
from render.encode.skip_slices import IDR_SLICE, PPS, SLICE, SPS, START_CODE, Syntax, nal_units, unit_type

PREVIEW_SECONDS: Final = 3.0
PREVIEW_HEIGHT: Final = 480
TILE: Final = (160, 90)
"""Width and height of a storyboard's tile, in pixels."""
TILES: Final = 100
"""Tiles of a storyboard at most."""
TILE_SECONDS: Final = 2.0
"""Seconds that a tile stands for at least."""
COLUMNS: Final = 10

_PARAMETER_SETS_REACH = 256
"""Bytes at the start of a segment in which its parameter sets lie."""
_SPARE_IDR_PIC_ID = 3
"""An idr_pic_id that :class:`~render.encode.segment.SegmentWriter` never gives."""
AAC_PACKET: Final = 1024
"""Samples of a packet of AAC-LC."""
_AAC_PRIMING = 1024
"""Samples that ffmpeg's AAC encoder puts before the first."""
_TAIL_LINES = 12
_EXACT_AREA = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


def join(
    segments: Sequence[Path],
    out: Path,
    profile: Profile,
    *,
    title: str,
    chapters_ffmetadata: str,
    captions_srt: str | None = None,
    audio: Path | None = None,
) -> None:
    """Put ``segments`` behind each other into the MP4 file ``out``, without encoding a picture again.

    The file has the H.264 pictures at the exact rate of ``profile`` from time 0, ``audio`` (a WAV file as
    :func:`render.encode.mix.mix` writes it; sample 0 sounds with frame 0) as AAC in stereo, the captions as a text
    track in English, chapter marks, its index first and no edit list.  Sound and pictures end within 11 ms of
    each other when ``audio`` lasts as long as they do.  :class:`JobFault` when segments were encoded with
    different settings or ffmpeg refuses; :class:`EnvironmentFault` when ffmpeg is missing or the disk is full.
    """
    if not segments:
        raise JobFault(f"{out}: there is no segment to join")
    needed = 3 * sum(segment.stat().st_size for segment in segments)
    with _enough_space(out, needed), tempfile.TemporaryDirectory(dir=out.parent, prefix=".join-") as name:
        scratch = Path(name)
        pictures, marks = scratch / "pictures.h264", scratch / "chapters.txt"
        _concatenate(segments, pictures)
        marks.write_text(chapters_ffmetadata, encoding="utf-8")
        streams = [
            ffmpeg.input(f"file:{pictures}", format="h264", framerate=profile.fps).video,
            # ffmpeg takes chapters from the first input that has any.  There is no stream in this one: the
            # optional selector only keeps it among the inputs.
            ffmpeg.input(f"file:{marks}", format="ffmetadata")["s?"],
        ]
        options: dict[str, str | int] = {
            "c:v": "copy",
            # Parameter sets live in the sample entry.  A raw stream knows no times: the N-th frame's is N.
            "bsf:v": f"filter_units=remove_types={SPS}|{PPS},setts=ts=N*DURATION",
            "video_track_timescale": 1000 * profile.fps,
            "metadata:s:v:0": "language=eng",
        }
        if audio is not None:
            streams.append(_heard(audio))
            options |= {"c:a": "aac", "b:a": f"{profile.audio_kbps}k", "metadata:s:a:0": "language=eng"}
            # These three guess at parts of the sound, and single guesses overshoot speech by 4 dB.
            options |= {"aac_tns": 0, "aac_pns": 0, "aac_is": 0}
        if captions_srt:
            captions = scratch / "captions.srt"
            captions.write_text(captions_srt, encoding="utf-8")
            streams.append(ffmpeg.input(f"file:{captions}", format="srt")["s"])
            options |= {"c:s": "mov_text", "metadata:s:s:0": "language=eng"}
        _run(
            ffmpeg.output(*streams, f"file:{out}", metadata=f"title={title}", **options, **_MP4), out, needed
        )


def join_copies(copies: Sequence[Path], video: Path, out: Path, fps: int) -> None:
    """Put the chapters' ``copies`` behind each other into the MP4 file ``out``, with all else as it is in ``video``.

    ``video`` is the file that :func:`join` made of the same lesson: its sound, captions, chapter marks and title are
    taken over, packet by packet.  The file has its index first and no edit list, and its first picture is shown at
    time 0, although B-frames are decoded before.  :class:`JobFault` when the copies were encoded with different
    settings or ffmpeg refuses; :class:`EnvironmentFault` when ffmpeg is missing or the disk is full.
    """
    if not copies:
        raise JobFault(f"{out}: there is no copy to join")
    needed = 3 * (sum(copy.stat().st_size for copy in copies) + video.stat().st_size)
    with _enough_space(out, needed), tempfile.TemporaryDirectory(dir=out.parent, prefix=".join-") as name:
        pictures = Path(name) / "pictures.nut"
        _write_timed(copies, pictures, fps)
        source = ffmpeg.input(f"file:{video}")
        streams = [ffmpeg.input(f"file:{pictures}", format="nut").video, source["a?"], source["s?"]]
        options: dict[str, str | int] = {
            "c": "copy",
            "bsf:v": f"filter_units=remove_types={SPS}|{PPS}",  # parameter sets live in the sample entry
            "video_track_timescale": 1000 * fps,
            "metadata:s:v:0": "language=eng",
            "map_metadata": 1,
            "map_chapters": 1,
            **_MP4,
            # Without an edit list the first time of decoding is 0, and a B-frame is shown before it is decoded.
            "movflags": "+faststart+negative_cts_offsets",
        }
        _run(ffmpeg.output(*streams, f"file:{out}", **options), out, needed)


def timed_pictures(copies: Sequence[Path]) -> Iterator[tuple[bytes, int]]:
    """The NAL unit of every frame of the joined ``copies`` in the order of decoding, and which frame it is shown as."""
    frames = 0
    for copy in copies:
        slices, shown = read_copy(copy)
        yield from zip(slices, (frames + frame for frame in shown), strict=True)
        frames += len(slices)


def _write_timed(copies: Sequence[Path], out: Path, fps: int) -> None:
    """Write the pictures of all ``copies`` into a file that knows when each is decoded and shown."""
    sets = parameter_sets(copies[0])
    for copy in copies:
        if parameter_sets(copy) != sets:
            raise JobFault(
                f"{copy} and {copies[0]} were encoded with different settings and cannot be joined; "
                f"delete {copy} and run the same command again"
            )
    pictures = list(timed_pictures(copies))
    delay = max(number - shown for number, (_, shown) in enumerate(pictures))
    with av.open(copies[0], format="h264") as like, av.open(out, "w", format="nut") as container:
        stream = container.add_stream_from_template(like.streams.video[0])
        for number, (unit, shown) in enumerate(pictures):
            packet = av.Packet((b"" if number else sets) + START_CODE + unit)
            packet.stream, packet.time_base, packet.duration = stream, Fraction(1, fps), 1
            packet.dts, packet.pts = number - delay, shown
            packet.is_keyframe = unit_type(unit) == IDR_SLICE
            container.mux(packet)


def _heard(audio: Path) -> ffmpeg.nodes.FilterableStream:
    """The sound of ``audio`` as the encoder gets it: in stereo, and shortened by the encoder's own delay."""
    with _sound(audio) as stream:
        length = stream.duration or 0
    # Without an edit list nothing tells a player to drop the encoder's priming samples, so the sound gives up as
    # many of its own: what is heard at time t is what was mixed at t.  Nor does anything tell it to drop what fills
    # the last packet, which can be longer than a frame of 60 a second: the nearest whole packet ends it.
    end = round(length / AAC_PACKET) * AAC_PACKET
    trimmed = ffmpeg.input(f"file:{audio}").audio.filter("atrim", start_sample=_AAC_PRIMING, end_sample=end)
    # Two equal channels cost an AAC encoder hardly more than one.  YouTube asks for stereo, and loudness is then
    # what meters say: they count a single channel 3 dB lower than the two speakers that will play it.
    return trimmed.filter("pan", "stereo|c0<c0|c1<c0")


@contextmanager
def _sound(path: Path) -> Iterator[av.AudioStream]:
    """The first sound stream of a file."""
    try:
        with av.open(path) as container:
            if not container.streams.audio:
                raise JobFault(f"{path} has no sound")
            yield container.streams.audio[0]
    except av.FFmpegError as error:
        raise JobFault(f"{path} cannot be read: {error}") from None


def loudness(path: Path) -> Loudness:
    """How loud the sound of a file is, by ffmpeg's meter (EBU R 128); :class:`JobFault` when it has none."""
    with _sound(path):
        meter = ffmpeg.input(f"file:{path}").audio.filter("ebur128", peak="true", framelog="verbose")
    try:
        said = _ask(ffmpeg.output(meter, "-", format="null"), "info")
    except ffmpeg.Error as error:
        raise JobFault(
            f"ffmpeg could not hear {path}:\n{_tail(error.stderr.decode(errors='replace'))}"
        ) from None
    # The summary is all that the meter tells without a filter of its own: "I: -14.0 LUFS ... Peak: -1.5 dBFS".
    figures = dict(re.findall(r"^ +(I|Peak): +(\S+) (?:LUFS|dBFS)$", said, re.M))
    return Loudness(float(figures["I"]), float(figures["Peak"]))


_MP4: Final[dict[str, str | int]] = {
    "format": "mp4",
    "fflags": "+bitexact",
    "flags": "+bitexact",
    "movflags": "+faststart",
    "use_editlist": 0,
}


def poster(picture: Path, png: Path, webp: Path, small: Path) -> None:
    """Write the poster ``picture`` (any image file): lossless ``png``, ``webp``, and ``small`` of half the width."""
    with _enough_space(png, 4 * picture.stat().st_size), Image.open(picture) as image:
        rgb = image.convert("RGB")
        rgb.save(png, optimize=True)
        rgb.save(webp, quality=86, method=6)
        half = rgb.resize((rgb.width // 2, rgb.height // 2), Image.Resampling.LANCZOS)
        half.save(small, format="webp", quality=86, method=6)


def preview(video: Path, out: Path, start: float | None = None) -> None:
    """Write a silent clip of 3 s and 480 lines from ``video``, from second ``start`` or where most moves."""
    if start is None:
        start = busiest_start(video)
    source = ffmpeg.input(f"file:{video}", ss=f"{start:.3f}", t=PREVIEW_SECONDS).video
    scaled = source.filter("scale", -2, PREVIEW_HEIGHT, flags="area").filter("fps", 15)
    with _enough_space(out, 2**20):
        clip = ffmpeg.output(
            scaled,
            f"file:{out}",
            **{"c:v": "libx264", "preset": "slow", "tune": "animation", "crf": 30, "profile:v": "high"},
            pix_fmt="yuv420p",
            threads=1,
            bf=0,  # without B-frames no edit list is missed
            color_primaries="bt709",
            color_trc="bt709",
            colorspace="bt709",
            color_range="tv",
            map_metadata=-1,
            map_chapters=-1,
            **_MP4,
        )
        _run(clip, out, 2**20)


def busiest_start(video: Path, seconds: float = PREVIEW_SECONDS) -> float:
    """Second at which the ``seconds`` that change most begin, judged by the bytes between key frames."""
    with av.open(video) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate or Fraction(1)
        change = [
            0 if packet.is_keyframe else packet.size for packet in container.demux(stream) if packet.size
        ]
    window = max(1, round(seconds * rate))
    if len(change) <= window:
        return 0.0
    total = list(itertools.accumulate(change, initial=0))
    return float(max(range(len(change) - window + 1), key=lambda k: total[k + window] - total[k]) / rate)


def storyboard(video: Path, webp: Path, vtt: Path) -> None:
    """Write small stills of the whole ``video`` into one picture, and where each lies as WebVTT.

    A tile stands for 2 s or more and shows the key picture last seen at its middle, which in a lesson is
    nearly always a picture that is held.
    """
    with av.open(video) as container:
        stream = container.streams.video[0]
        length = float((stream.duration or 0) * (stream.time_base or 0))
        seconds = max(TILE_SECONDS, math.ceil(length / TILES))
        count = max(1, math.ceil(length / seconds))
        stills = list(_stills(container, [(k + 0.5) * seconds for k in range(count)]))
    width, height = TILE
    sheet = Image.new("RGB", (width * min(COLUMNS, count), height * math.ceil(count / COLUMNS)))
    cues = ["WEBVTT\n"]
    for k, still in enumerate(stills):
        x, y = width * (k % COLUMNS), height * (k // COLUMNS)
        sheet.paste(Image.fromarray(still), (x, y))
        begin, end = _clock(k * seconds), _clock(min(length, (k + 1) * seconds))
        cues.append(f"{begin} --> {end}\n{webp.name}#xywh={x},{y},{width},{height}\n")
    with _enough_space(webp, 2**20):
        sheet.save(webp, quality=50, method=6)
        vtt.write_text("\n".join(cues), encoding="utf-8")


def _stills(container: av.container.InputContainer, moments: Iterable[float]) -> Iterator[NDArray[np.uint8]]:
    """For each of the rising ``moments``, in seconds, the last key picture before it in tile size, RGB."""
    stream = container.streams.video[0]
    stream.codec_context.skip_frame = "NONKEY"
    keys = container.decode(stream)
    shown = following = next(keys, None)
    if shown is None:
        raise JobFault(f"{container.name}: not a single key picture could be decoded")
    still: tuple[av.VideoFrame, NDArray[np.uint8]] | None = None
    for moment in moments:
        while following is not None and following.time <= moment:
            shown, following = following, next(keys, None)
        if still is None or still[0] is not shown:
            still = shown, _tile(shown)
        yield still[1]


def _tile(frame: av.VideoFrame) -> NDArray[np.uint8]:
    small = frame.reformat(
        *TILE, format="rgb24", src_colorspace=Colorspace.ITU709, interpolation=_EXACT_AREA, threads=1
    )
    return small.to_ndarray().astype(np.uint8, copy=False)


def _clock(seconds: float) -> str:
    """``seconds`` as WebVTT writes them, HH:MM:SS.mmm."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def parameter_sets(segment: Path) -> bytes:
    """The parameter sets that a segment or a copy of a chapter opens with, as a byte stream."""
    return b"".join(START_CODE + unit for unit in _opening(segment.read_bytes(), segment))


def coded_pictures(segments: Sequence[Path]) -> Iterator[bytes]:
    """The NAL unit of every frame that :func:`join` puts into a file, in order."""
    for data in _stream(segments):
        yield from (unit for unit in nal_units(data) if unit_type(unit) in (SLICE, IDR_SLICE))


def _concatenate(segments: Sequence[Path], out: Path) -> None:
    """Write the byte stream of all ``segments``."""
    with out.open("wb") as file:
        file.writelines(_stream(segments))


def _stream(segments: Sequence[Path]) -> Iterator[bytes]:
    """The byte stream of all ``segments`` in pieces, with the parameter sets once."""
    syntax: Syntax | None = None
    last = -1
    for segment in segments:
        data = segment.read_bytes()
        own = syntax_of(data, segment)
        if syntax is None:
            syntax = own
            yield syntax.parameter_sets
        elif own != syntax:
            raise JobFault(
                f"{segment} and {segments[0]} were encoded with different settings and cannot be joined; "
                f"delete {segment} and run the same command again"
            )
        pictures = _following(data[len(own.parameter_sets) :], syntax, last)
        yield pictures
        last_id = syntax.idr_pic_id(pictures[pictures.rindex(START_CODE) + len(START_CODE) :])
        last = -1 if last_id is None else last_id


def syntax_of(data: bytes, segment: Path) -> Syntax:
    """The parameter sets that a segment opens with."""
    return Syntax.of(*_opening(data, segment))


def _opening(data: bytes, segment: Path) -> tuple[bytes, bytes]:
    """The parameter sets that ``data`` of the file ``segment`` opens with."""
    opening = nal_units(data[:_PARAMETER_SETS_REACH])
    if [unit_type(unit) for unit in opening[:3]] != [SPS, PPS, IDR_SLICE]:
        raise JobFault(f"{segment} is not a segment: it opens with {[unit_type(u) for u in opening[:3]]}")
    return opening[0], opening[1]


def read_copy(copy: Path) -> tuple[list[bytes], list[int]]:
    """The slices of a chapter's copy in the order of decoding, and as which frame of it each is shown.

    :class:`JobFault` unless every frame is there once, and shown before the next IDR picture.
    """
    data = copy.read_bytes()
    syntax = Reordered(*_opening(data, copy))
    slices = [unit for unit in nal_units(data) if unit_type(unit) in (SLICE, IDR_SLICE)]
    return slices, shown_at([syntax.order(unit) for unit in slices])


def _following(pictures: bytes, syntax: Syntax, last_idr_pic_id: int) -> bytes:
    """``pictures``, whose first one may not follow an IDR picture of its own idr_pic_id (clause 7.4.3).

    Only a segment of a single frame ends with an IDR picture of the opening's id, so nearly nothing is
    ever rewritten.
    """
    head = len(START_CODE)
    end = pictures.find(START_CODE, head)
    opening = pictures[head : end if end >= 0 else None]
    if syntax.idr_pic_id(opening) != last_idr_pic_id:
        return pictures
    return START_CODE + syntax.renumber(opening, 0, _SPARE_IDR_PIC_ID) + (pictures[end:] if end >= 0 else b"")


@contextmanager
def _enough_space(out: Path, needed: int) -> Iterator[None]:
    """Raise an :class:`EnvironmentFault` when this block finds the disk full: ``out`` takes about ``needed`` bytes."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _full_disk(out, needed) from error


def _full_disk(out: Path, needed: int) -> EnvironmentFault:
    return EnvironmentFault(
        f"The disk is full: {out} needs about {max(needed // 2**20, 1)} MB beside what is there. "
        "Free some space and run the same command again."
    )


def _run(job: ffmpeg.nodes.OutputStream, out: Path, needed: int) -> None:
    """Run the ffmpeg command that makes ``out``."""
    try:
        said, ended = _ask(job, "error"), True
    except ffmpeg.Error as error:
        said, ended = error.stderr.decode(errors="replace"), False
    # ffmpeg 5 only complains, and ends as if all were well, where the disk is full at the end of the file.
    if "No space left on device" in said:
        raise _full_disk(out, needed)
    if not ended:
        raise JobFault(f"ffmpeg could not write {out}:\n{_tail(said)}")


def _ask(job: ffmpeg.nodes.OutputStream, verbosity: str) -> str:
    """Run an ffmpeg command; returns what it prints on the standard error."""
    try:
        asked = job.global_args("-nostdin", "-nostats", "-hide_banner", "-v", verbosity).overwrite_output()
        _, said = asked.run(capture_stderr=True)
    except FileNotFoundError:
        if shutil.which("ffmpeg"):
            raise
        raise EnvironmentFault(
            "The command ffmpeg is not on the PATH. Install it: sudo apt-get install ffmpeg"
        ) from None
    return bytes(said).decode(errors="replace")


def _tail(said: str) -> str:
    return "\n".join(said.strip().splitlines()[-_TAIL_LINES:])
