"""Whether a file is what the timeline promised: nothing is published that was not looked at here.

Everything that is wrong is said at once, each with what was found and what was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.video.reformatter import ColorPrimaries, ColorRange, ColorTrc

from render import encode
from render.encode import coded_pictures, parameter_sets
from render.fault import JobFault
from render.held import IDR_SLICE, SLICE, START_CODE, Syntax, nal_units, unit_type
from render.loudness import LOUDNESS, PEAK, TOLERANCE, Loudness
from render.profile import TICKS_PER_SECOND, Profile
from render.timeline import Timeline

_BT709_MATRIX: Final = 1
"""matrix_coefficients of BT.709 (Rec. ITU-T H.273, table 4)."""
_LENGTH: Final = 4
"""Bytes that tell the length of a NAL unit in an MP4 file, as ffmpeg writes them (ISO/IEC 14496-15, 5.3.3)."""
_CONTAINERS: Final = (b"moov", b"trak", b"edts")
"""Atoms that are looked into."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a joined video is, as read back from its file."""

    frames: int
    """Every one decoded, or found to have the bytes of one that has been."""
    seconds: float
    width: int
    height: int
    fps: float
    chapters: int
    captions: bool
    audio: bool
    bytes: int
    loudness: Loudness | None = None
    """Of the sound, by ffmpeg's meter; none where there is no sound."""


def verify_video(
    path: Path, timeline: Timeline, profile: Profile, segments: Sequence[Path] | None = None
) -> Facts:
    """Read back the MP4 file ``path`` and decode every frame of it; a :class:`JobFault` lists what is wrong.

    Decoding costs about 1 ms a frame of a mostly held 1080p video on one core.  With the ``segments`` that it was
    joined from, each of which :func:`verify_segment` has decoded, every frame's bytes are held against theirs
    instead, and so are the parameter sets.
    """
    wrong: list[str] = [*_atom_faults(path)]
    with _readable(path), av.open(path, metadata_errors="replace") as container:
        wrong += _stream_faults(container, profile)
        wrong += _chapter_faults(container, timeline)
        said = any(beat.text for _, _, beat in timeline.beats())
        captions = bool(container.streams.subtitles)
        if captions != said:
            wrong.append(
                _unlike("captions", "a track" if captions else "none", "a track" if said else "none")
            )
        reading = _decode(container) if segments is None else _compare(container, segments)
        wrong += [*reading.damage, *_time_faults(reading.times, profile)]
        wrong += _count_faults(reading, timeline.ticks * profile.frames_per_tick)
        seconds = float((container.duration or 0) / av.time_base)
        if abs(seconds - timeline.seconds) >= 1 / TICKS_PER_SECOND:
            # the pictures' times are exact; sound and captions may end with the tick
            wrong.append(_unlike("length", f"{seconds:.3f} s", f"{timeline.seconds:.3f} s"))
        audio = bool(container.streams.audio)
        wrong += _sound_faults(container, timeline, profile)
        count = len(container.chapters())
    loudness = encode.loudness(path) if audio else None
    wrong += _loudness_faults(loudness) if loudness else ()
    _refuse(path, wrong)
    size = path.stat().st_size
    width, height, fps = profile.width, profile.height, profile.fps
    return Facts(reading.frames, seconds, width, height, fps, count, captions, audio, size, loudness)


def verify_segment(path: Path, frames: int, each: Callable[[av.VideoFrame, int], None] | None = None) -> None:
    """Decode the raw stream ``path``; :class:`JobFault` unless it is whole and has ``frames`` frames.

    Every picture is decoded, and the first frame of those held behind it.  The others of a hold differ from that one
    by their number: they need its bytes, and the number that is due.  ``each`` is given what was decoded, which the
    next one may overwrite, and for how many frames it stands.
    """
    reading = _decode_pictures(path, each)
    _refuse(path, [*reading.damage, *_count_faults(reading, frames)])


def atoms(path: Path) -> Iterator[tuple[str, int]]:
    """Name and offset of the atoms of an MP4 file, outer before inner, tracks and edit lists looked into.

    :class:`JobFault` where an atom does not fit its surroundings.
    """
    with path.open("rb") as file:
        spans = [(0, path.stat().st_size)]
        while spans:
            begin, end = spans.pop()
            if begin == end:
                continue
            file.seek(begin)
            size, name, large = _atom_head(file.read(16))
            if size == 0:  # the last atom may reach to the end of the file (ISO/IEC 14496-12, 4.2)
                size = end - begin
            if size < 8 or begin + size > end:
                raise JobFault(
                    f"{path}: the atom at byte {begin} has {size} bytes, but {end - begin} are left"
                )
            yield name.decode("latin-1"), begin
            spans.append((begin + size, end))
            if name in _CONTAINERS:
                spans.append((begin + (16 if large else 8), begin + size))


def _atom_head(head: bytes) -> tuple[int, bytes, bool]:
    """Size, name, and whether the size is the 64-bit one."""
    size, name = int.from_bytes(head[:4], "big"), head[4:8]
    return (int.from_bytes(head[8:16], "big"), name, True) if size == 1 else (size, name, False)


def _atom_faults(path: Path) -> Iterator[str]:
    names = [name for name, _ in atoms(path)]
    if "elst" in names:
        yield _unlike("edit list", "one", "none: players and YouTube disagree on what it means")
    if "moov" not in names or "mdat" not in names:
        yield _unlike("atoms", ", ".join(names), "moov and mdat")
    elif names.index("moov") > names.index("mdat"):
        yield _unlike("index", "behind the pictures", "before them, so that playing starts at once")


def _stream_faults(container: av.container.InputContainer, profile: Profile) -> Iterator[str]:
    if len(container.streams.video) != 1:
        yield _unlike("video tracks", len(container.streams.video), 1)
        return
    stream = container.streams.video[0]
    codec = stream.codec_context
    for what, found, expected in (
        ("codec", codec.name, "h264"),
        ("profile", codec.profile, "High"),
        ("size", f"{codec.width}×{codec.height}", f"{profile.width}×{profile.height}"),
        ("pixel format", codec.pix_fmt, "yuv420p"),
        ("frame rate", stream.average_rate, Fraction(profile.fps)),
        ("colour primaries", codec.color_primaries, int(ColorPrimaries.BT709)),
        ("colour transfer", codec.color_trc, int(ColorTrc.BT709)),
        ("colour matrix", codec.colorspace, _BT709_MATRIX),
        ("colour range", codec.color_range, int(ColorRange.MPEG)),
    ):
        if found != expected:
            yield _unlike(what, found, expected)


def _sound_faults(
    container: av.container.InputContainer, timeline: Timeline, profile: Profile
) -> Iterator[str]:
    found, expected = len(container.streams.audio), 0 if timeline.is_silent else 1
    if found != expected:
        yield _unlike("sound tracks", found, f"{expected}, as the voice is {timeline.voice}")
        return
    for stream in container.streams.audio:
        codec = stream.codec_context
        for what, is_so, should_be in (
            ("sound codec", f"{codec.name} {codec.profile}", "aac LC"),
            ("sound rate", codec.sample_rate, 48_000),
            ("sound channels", codec.layout.name, "stereo"),
            ("sound language", stream.language, "eng"),
            ("sound start", stream.start_time, 0),
        ):
            if is_so != should_be:
                yield _unlike(what, is_so, should_be)
        seconds = float((stream.duration or 0) * (stream.time_base or 0))
        if abs(seconds - timeline.seconds) > 1 / profile.fps:
            yield _unlike("sound length", f"{seconds:.3f} s", f"{timeline.seconds:.3f} s to the frame")


def _loudness_faults(found: Loudness) -> Iterator[str]:
    if abs(found.integrated - LOUDNESS) > TOLERANCE:
        yield _unlike("loudness", f"{found.integrated:.1f} LUFS", f"{LOUDNESS:.1f} ± {TOLERANCE:g} LUFS")
    if found.peak > PEAK:
        yield _unlike("true peak", f"{found.peak:.1f} dBTP", f"{PEAK:.1f} dBTP at most")


def _chapter_faults(container: av.container.InputContainer, timeline: Timeline) -> Iterator[str]:
    found = [
        (str(chapter["metadata"].get("title", "")), float(chapter["start"] * (chapter["time_base"] or 0)))
        for chapter in container.chapters()
    ]
    expected = [(chapter.title, tick / TICKS_PER_SECOND) for tick, chapter in timeline.starts()]
    if len(found) != len(expected):
        yield _unlike("chapters", len(found), len(expected))
    for (title, start), (wanted, tick_start) in zip(found, expected, strict=False):
        if title != wanted or abs(start - tick_start) > 0.001:
            yield _unlike("chapter", f"{title!r} at {start:.3f} s", f"{wanted!r} at {tick_start:.3f} s")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What decoding a file from end to end gave."""

    times: list[Fraction | None]
    """Seconds of each coded picture; none where the container has no times."""
    frames: int
    damage: list[str]


def _decode(container: av.container.InputContainer) -> _Reading:
    """Decode the video track, if there is one."""
    times: list[Fraction | None] = []
    frames, damage = 0, list[str]()
    if not container.streams.video:
        return _Reading(times, frames, damage)
    stream = container.streams.video[0]
    stream.thread_type = "NONE"  # one job, one core; and slice threads would not tell of damage
    try:
        for packet in container.demux(stream):
            if packet.size:
                times.append(None if packet.pts is None else packet.pts * packet.time_base)
            for frame in packet.decode():
                if frame.is_corrupt and not damage:
                    damage.append(f"decoding: frame {frames} is damaged")
                frames += 1
    except av.FFmpegError as error:
        damage.append(f"decoding: stopped after {frames} frames ({error})")
    return _Reading(times, frames, damage)


def _decode_pictures(path: Path, each: Callable[[av.VideoFrame, int], None] | None = None) -> _Reading:
    """Decode the pictures of a raw stream, and one frame of each hold."""
    frames, damage = 0, list[str]()
    data = path.read_bytes()
    slices = [unit for unit in nal_units(data) if unit_type(unit) in (SLICE, IDR_SLICE)]
    if slices:
        decoder = av.CodecContext.create("h264", "r")
        decoder.thread_type = "NONE"  # one job, one core; and slice threads would not tell of damage
        try:
            syntax = encode.syntax_of(data, path)
            decoder.extradata = syntax.parameter_sets
            for unit, stands in _without_long_holds(slices, syntax):
                for frame in decoder.decode(av.Packet(START_CODE + unit)):
                    if frame.is_corrupt and not damage:
                        damage.append(f"decoding: frame {frames} is damaged")
                    if each is not None:
                        each(frame, stands)
                    frames += stands
        except (av.FFmpegError, JobFault) as error:
            damage.append(f"decoding: stopped after {frames} frames ({error})")
    return _Reading([None] * len(slices), frames, damage)


def _without_long_holds(slices: Sequence[bytes], syntax: Syntax) -> Iterator[tuple[bytes, int]]:
    """The slices with one frame of each hold, numbered as if there had been no others; for how many each stands.

    :class:`JobFault` for a slice that has another number than the one due (clause 7.4.3 of Rec. ITU-T H.264).
    """
    payload = syntax.held_payload()
    due = number = 0
    held = list[bytes]()
    for unit in slices:
        is_key = unit_type(unit) == IDR_SLICE
        if is_key:
            due = 0
        if unit == syntax.held(due, payload):
            held.append(unit)
        else:
            if held:
                yield syntax.held(number, payload), len(held)
                held.clear()
                number += 1
            if is_key:
                number = 0
            idr_pic_id = syntax.idr_pic_id(unit) or 0
            moved = syntax.renumber(unit, number, idr_pic_id)
            if syntax.renumber(moved, due, idr_pic_id) != unit:
                raise JobFault("a frame has another number than the one that is due")
            yield moved, 1
            number += 1
        due += 1
    if held:
        yield syntax.held(number, payload), len(held)


def _compare(container: av.container.InputContainer, segments: Sequence[Path]) -> _Reading:
    """Hold the coded pictures of the video track, if there is one, against those of ``segments``."""
    times: list[Fraction | None] = []
    frames, damage = 0, list[str]()
    if not container.streams.video:
        return _Reading(times, frames, damage)
    stream, expected = container.streams.video[0], coded_pictures(segments)
    sets = nal_units(parameter_sets(segments[0]))
    if not all(unit in (stream.codec_context.extradata or b"") for unit in sets):
        damage.append("parameter sets: not those that the pictures were encoded with")
    for packet in container.demux(stream):
        if not packet.size:
            continue
        times.append(None if packet.pts is None else packet.pts * packet.time_base)
        unit = next(expected, b"")
        if bytes(packet) == len(unit).to_bytes(_LENGTH, "big") + unit:
            frames += 1
        elif frames == len(times) - 1:  # the first that differs
            damage.append(f"frame {len(times) - 1} is not the one that was drawn")
    return _Reading(times, frames, damage)


def _time_faults(times: Sequence[Fraction | None], profile: Profile) -> Iterator[str]:
    """The first picture that is not shown at its time."""
    for number, time in enumerate(times):
        if time != Fraction(number, profile.fps):
            yield _unlike(f"time of frame {number}", f"{time} s", f"{number}/{profile.fps} s")
            return


def _count_faults(reading: _Reading, expected: int) -> Iterator[str]:
    if not len(reading.times) == reading.frames == expected:
        yield _unlike("frames", f"{len(reading.times)} coded, {reading.frames} decoded", expected)


def _refuse(path: Path, wrong: Sequence[str]) -> None:
    if wrong:
        raise JobFault(f"{path} is not what was promised:\n" + "\n".join(f"  {line}" for line in wrong))


def _unlike(what: str, found: object, expected: object) -> str:
    return f"{what}: {found}; expected {expected}"


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except av.FFmpegError as error:
        raise JobFault(f"{path} cannot be read: {error}") from None
