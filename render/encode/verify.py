"""Checks that a video is what its timeline promises; nothing is published that has not passed here.

Everything that is wrong is said at once, each with what was found and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.video.reformatter import ColorPrimaries, ColorRange, ColorTrc

from render.core.fault import JobFault
from render.core.profile import TICKS_PER_SECOND, Profile
from render.core.timeline import Timeline
from render.encode import ffmpeg
from render.encode.ffmpeg import coded_pictures, parameter_sets, timed_pictures
from render.encode.loudness import LOUDNESS, PEAK, TOLERANCE, Loudness
from render.encode.skip_slices import IDR_SLICE, SLICE, START_CODE, Syntax, nal_units, unit_type

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
    """Each of them was decoded, or has the bytes of one that was."""
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
    facts, wrong = _examine(path, timeline, profile, None if segments is None else _drawn(segments))
    if facts.audio:
        facts = replace(facts, loudness=ffmpeg.loudness(path))
    wrong += _loudness_faults(facts.loudness) if facts.loudness else ()
    _refuse(path, wrong)
    return facts


def verify_copies(path: Path, timeline: Timeline, profile: Profile, copies: Sequence[Path]) -> None:
    """Read back the MP4 file ``path`` that was joined from ``copies``; a :class:`JobFault` lists what is wrong.

    :func:`verify_copy` has decoded each of them, so every frame's bytes and time are held against theirs.  Loudness
    is not measured: the sound is that of a video which :func:`verify_video` has passed.
    """
    _, wrong = _examine(path, timeline, profile, _Coded(parameter_sets(copies[0]), timed_pictures(copies)))
    _refuse(path, wrong)


@dataclass(frozen=True, slots=True)
class _Coded:
    """What a video has to be made of."""

    sets: bytes
    pictures: Iterable[tuple[bytes, int]]
    """The NAL unit of each frame in the order of decoding, and as which frame it is shown."""


def _drawn(segments: Sequence[Path]) -> _Coded:
    numbered = ((unit, number) for number, unit in enumerate(coded_pictures(segments)))
    return _Coded(parameter_sets(segments[0]), numbered)


def _examine(
    path: Path, timeline: Timeline, profile: Profile, coded: _Coded | None
) -> tuple[Facts, list[str]]:
    """What the MP4 file ``path`` is, without its loudness, and what is wrong with it; decoded without ``coded``."""
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
        reading = _decode(container) if coded is None else _compare(container, coded)
        wrong += [*reading.damage, *_time_faults(reading.times, profile)]
        wrong += _count_faults(reading, timeline.ticks * profile.frames_per_tick)
        seconds = float((container.duration or 0) / av.time_base)
        if abs(seconds - timeline.seconds) >= 1 / TICKS_PER_SECOND:
            # the pictures' times are exact; sound and captions may end with the tick
            wrong.append(_unlike("length", f"{seconds:.3f} s", f"{timeline.seconds:.3f} s"))
        audio = bool(container.streams.audio)
        wrong += _sound_faults(container, timeline, profile)
        count = len(container.chapters())
    size = path.stat().st_size
    width, height, fps = profile.width, profile.height, profile.fps
    return Facts(reading.frames, seconds, width, height, fps, count, captions, audio, size), wrong


def verify_segment(path: Path, frames: int) -> None:
    """Decode the raw stream ``path``; :class:`JobFault` unless it is whole and has ``frames`` frames.

    Every picture is decoded, and the first frame of those held behind it.  The others of a hold differ from that one
    by their number: they need its bytes, and the number that is due.
    """
    reading = _decode_pictures(path)
    _refuse(path, [*reading.damage, *_count_faults(reading, frames)])


def verify_copy(path: Path, frames: int) -> None:
    """Decode the copy of a chapter; :class:`JobFault` unless it is whole and has ``frames`` frames.

    Its GOPs are closed: all that is decoded between two IDR pictures is shown between them.
    """
    try:
        slices, _ = ffmpeg.read_copy(path)
        reading = _decode_slices(parameter_sets(path), slices)
    except JobFault as fault:
        reading = _Reading([], 0, [str(fault)])
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
    """Seconds at which each frame is shown, in the order of the frames; none where the container has no times."""
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
    if None not in times:
        times.sort()  # B-frames come later than they are shown
    return _Reading(times, frames, damage)


def _decode_pictures(path: Path) -> _Reading:
    """Decode the pictures of a raw stream, and one frame of each hold."""
    frames, damage = 0, list[str]()
    data = path.read_bytes()
    slices = [unit for unit in nal_units(data) if unit_type(unit) in (SLICE, IDR_SLICE)]
    if slices:
        decoder = av.CodecContext.create("h264", "r")
        decoder.thread_type = "NONE"  # one job, one core; and slice threads would not tell of damage
        try:
            syntax = ffmpeg.syntax_of(data, path)
            decoder.extradata = syntax.parameter_sets
            for unit, stands in _without_long_holds(slices, syntax):
                for frame in decoder.decode(av.Packet(START_CODE + unit)):
                    if frame.is_corrupt and not damage:
                        damage.append(f"decoding: frame {frames} is damaged")
                    frames += stands
        except (av.FFmpegError, JobFault) as error:
            damage.append(f"decoding: stopped after {frames} frames ({error})")
    return _Reading([None] * len(slices), frames, damage)


def _decode_slices(sets: bytes, slices: Sequence[bytes]) -> _Reading:
    """Decode all of a raw stream, whose pictures come in another order than they are shown in."""
    frames, damage = 0, list[str]()
    decoder = av.CodecContext.create("h264", "r")
    decoder.thread_type = "NONE"
    decoder.extradata = sets
    try:
        for packet in (*(av.Packet(START_CODE + unit) for unit in slices), None):
            for frame in decoder.decode(packet):
                if frame.is_corrupt and not damage:
                    damage.append(f"decoding: frame {frames} is damaged")
                frames += 1
    except av.FFmpegError as error:
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


def _compare(container: av.container.InputContainer, coded: _Coded) -> _Reading:
    """Hold the coded pictures of the video track, if there is one, and their times against ``coded``.

    The times of the reading are those of the frames in the order in which they are shown.
    """
    times: list[Fraction | None] = []
    frames, damage = 0, list[str]()
    if not container.streams.video:
        return _Reading(times, frames, damage)
    stream, expected = container.streams.video[0], iter(coded.pictures)
    sets = nal_units(coded.sets)
    if not all(unit in (stream.codec_context.extradata or b"") for unit in sets):
        damage.append("parameter sets: not those that the pictures were encoded with")
    shown: list[int] = []
    for packet in container.demux(stream):
        if not packet.size:
            continue
        times.append(None if packet.pts is None else packet.pts * packet.time_base)
        unit, frame = next(expected, (b"", len(shown)))
        shown.append(frame)
        if bytes(packet) == len(unit).to_bytes(_LENGTH, "big") + unit:
            frames += 1
        elif frames == len(times) - 1:  # the first that differs
            damage.append(f"frame {len(times) - 1} is not the one that was drawn")
    in_order = [time for _, time in sorted(zip(shown, times, strict=True), key=lambda pair: pair[0])]
    return _Reading(in_order, frames, damage)


def _time_faults(times: Sequence[Fraction | None], profile: Profile) -> Iterator[str]:
    """Tells the first picture that is not shown at its time, if there is one."""
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
