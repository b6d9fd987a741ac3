"""Each fault that a video can have is found, and a sound one has none."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from scipy.io import wavfile

from render.core.fault import JobFault
from render.core.profile import Profile
from render.core.timeline import Timeline
from render.encode import ffmpeg
from render.encode.mix import Clip, mix
from render.encode.skip_slices import START_CODE, Syntax, nal_units
from render.encode.verify import Facts, atoms, verify_copies, verify_copy, verify_segment, verify_video
from tests.render.film import SMALL, copy_film, marks, shoot, timeline

LESSON = timeline(("One", 60), ("Two", 30))
SRT = "1\n00:00:00,500 --> 00:00:01,500\nLook here.\n\n"


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """A sound video of :data:`LESSON`."""
    out = tmp_path / "film.mp4"
    segments = [
        shoot(tmp_path / f"{k}.h264", parts)[0].path for k, parts in enumerate([[(20, 40)], [(10, 20)]])
    ]
    ffmpeg.join(segments, out, SMALL, title="T", chapters_ffmetadata=marks(LESSON), captions_srt=SRT)
    return out


@pytest.fixture
def segments(video: Path) -> list[Path]:
    """What :func:`video` was joined from."""
    return [video.with_name(f"{k}.h264") for k in range(2)]


def _copy(video: Path, *options: str) -> Path:
    """The video remuxed or encoded again by the ffmpeg command."""
    out = video.with_name("changed.mp4")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(video), *options, str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def _faults(video: Path, lesson: Timeline = LESSON, profile: Profile = SMALL) -> list[str]:
    with pytest.raises(JobFault) as caught:
        verify_video(video, lesson, profile)
    headline, *faults = str(caught.value).splitlines()
    assert headline == f"{video} is not what was promised:"
    return [fault.strip() for fault in faults]


def test_a_sound_video_has_no_fault(video: Path) -> None:
    facts = verify_video(video, LESSON, SMALL)
    assert facts.seconds == pytest.approx(6.0, abs=0.002)
    assert facts == Facts(
        frames=90,
        seconds=facts.seconds,
        width=320,
        height=180,
        fps=15,
        chapters=2,
        captions=True,
        audio=False,
        bytes=video.stat().st_size,
    )


def test_a_sound_video_of_its_segments_has_no_fault(video: Path, segments: list[Path]) -> None:
    assert verify_video(video, LESSON, SMALL, segments) == verify_video(video, LESSON, SMALL)


def test_single_frames_that_follow_each_other_are_the_ones_that_were_drawn(tmp_path: Path) -> None:
    """Joining renumbers their pictures."""
    short = timeline(("One", 1), ("Two", 1), ("Three", 1))
    segments = [shoot(tmp_path / f"{k}.h264", [(1, 0)])[0].path for k in range(3)]
    film = tmp_path / "film.mp4"
    ffmpeg.join(segments, film, SMALL, title="T", chapters_ffmetadata=marks(short), captions_srt=SRT)
    assert verify_video(film, short, SMALL, segments).frames == 3


def test_frames_that_are_not_those_of_the_segments(video: Path, segments: list[Path], tmp_path: Path) -> None:
    other, _ = shoot(tmp_path / "other.h264", [(11, 19)])
    with pytest.raises(JobFault) as caught:
        verify_video(video, LESSON, SMALL, [segments[0], other.path])
    assert "frame 70 is not the one that was drawn" in str(caught.value)
    with pytest.raises(JobFault, match="frame 60 is not the one that was drawn"):
        verify_video(video, LESSON, SMALL, segments[:1])


def test_parameter_sets_that_do_not_fit_the_pictures(video: Path, segments: list[Path]) -> None:
    """A quantiser other than the one that they were encoded with: the container finds nothing wrong with it."""
    data, pps = video.read_bytes(), nal_units(ffmpeg.parameter_sets(segments[0]))[1]
    assert data.count(pps) == 1
    video.write_bytes(data.replace(pps, pps[:2] + bytes([pps[2] ^ 1]) + pps[3:]))
    with pytest.raises(JobFault) as caught:
        verify_video(video, LESSON, SMALL, segments)
    assert "parameter sets: not those that the pictures were encoded with" in str(caught.value)


def test_a_lesson_of_another_length(video: Path) -> None:
    faults = _faults(video, timeline(("One", 60), ("Two", 32)))
    assert faults == [
        "frames: 90 coded, 90 decoded; expected 92",
        "length: 6.000 s; expected 6.133 s",
    ]


def test_another_rate_and_size(video: Path) -> None:
    faults = _faults(video, profile=Profile("other", 640, 360, 30, 26))
    assert faults == [
        "size: 320×180; expected 640×360",
        "frame rate: 15; expected 30",
        "time of frame 1: 1/15 s; expected 1/30 s",
        "frames: 90 coded, 90 decoded; expected 180",
    ]


def test_chapters_of_other_titles_or_times(video: Path) -> None:
    assert _faults(video, timeline(("One", 45), ("Too", 45))) == [
        "chapter: 'Two' at 4.000 s; expected 'Too' at 3.000 s"
    ]
    assert "chapters: 2; expected 3" in _faults(video, timeline(("One", 60), ("Two", 15), ("Three", 15)))


def test_captions_there_are_when_something_is_said(video: Path) -> None:
    keep = ["-c", "copy", "-use_editlist", "0", "-movflags", "+faststart", "-map", "0:v"]
    assert _faults(_copy(video, *keep)) == ["captions: none; expected a track"]
    silent = timeline(("One", 60), ("Two", 30), said="")
    assert _faults(video, silent) == ["captions: a track; expected none"]


def test_an_edit_list_is_a_fault(video: Path) -> None:
    keep = ["-c", "copy", "-movflags", "+faststart", "-map", "0:v", "-map", "0:s"]
    assert [fault.split(":")[0] for fault in _faults(_copy(video, *keep))] == ["edit list"]


def test_an_index_behind_the_pictures_is_a_fault(video: Path) -> None:
    keep = ["-c", "copy", "-use_editlist", "0", "-map", "0:v", "-map", "0:s"]
    assert [fault.split(":")[0] for fault in _faults(_copy(video, *keep))] == ["index"]


def test_missing_colour_tags_are_faults(video: Path) -> None:
    tags = "h264_metadata=colour_primaries=2:transfer_characteristics=2:matrix_coefficients=2"
    keep = ["-c", "copy", "-use_editlist", "0", "-movflags", "+faststart", "-map", "0:v", "-map", "0:s"]
    untagged = _copy(
        video, *keep, "-bsf:v", tags, "-color_primaries", "2", "-color_trc", "2", "-colorspace", "2"
    )
    assert {fault.split(":")[0] for fault in _faults(untagged)} == {
        "colour primaries",
        "colour transfer",
        "colour matrix",
    }


def test_another_profile_and_range_are_faults(video: Path) -> None:
    options = "-c:v libx264 -profile:v main -pix_fmt yuv420p -bf 0 -color_range pc -c:s copy -use_editlist 0"
    faults = _faults(_copy(video, *options.split(), "-movflags", "+faststart", "-map", "0:v", "-map", "0:s"))
    assert "profile: Main; expected High" in faults
    assert "colour range: 2; expected 1" in faults


def test_times_that_are_not_regular_are_a_fault(video: Path) -> None:
    keep = ["-c", "copy", "-use_editlist", "0", "-movflags", "+faststart", "-map", "0:v", "-map", "0:s"]
    shaken = _copy(video, *keep, "-bsf:v", "setts=ts=TS+if(eq(N\\,40)\\,100\\,0)")
    (fault,) = [fault for fault in _faults(shaken) if "time" in fault]
    assert fault.startswith("time of frame 40: ")


def test_damage_anywhere_in_the_pictures_is_found(video: Path) -> None:
    with av.open(video) as container:
        starts = [packet.pos or 0 for packet in container.demux(video=0) if packet.size]
    sound = video.read_bytes()
    data = bytearray(sound)
    data[starts[0] + 1000 : starts[0] + 1200] = b"\xff" * 200
    video.write_bytes(data)
    assert _faults(video) == ["decoding: frame 0 is damaged"]
    data = bytearray(sound)
    data[starts[50] + 2 : starts[50] + 4] = b"\xff" * 2  # the length of a held picture
    video.write_bytes(data)
    assert _faults(video)[0].startswith("decoding: stopped after 50 frames")


def test_metadata_that_is_no_text_is_a_fault(video: Path) -> None:
    data = video.read_bytes()
    video.write_bytes(data.replace(b"\0\3Two", b"\0\3T\xffo"))
    assert _faults(video) == ["chapter: 'T\ufffdo' at 4.000 s; expected 'Two' at 4.000 s"]


def test_a_file_cut_short_is_found(video: Path) -> None:
    video.write_bytes(video.read_bytes()[:-500])
    with pytest.raises(JobFault, match=r"bytes, but \d+ are left"):
        verify_video(video, LESSON, SMALL)


def test_what_is_no_video_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08moov")
    assert _faults(path)[:2] == [
        "atoms: ftyp, moov; expected moov and mdat",
        "video tracks: 0; expected 1",
    ]
    path.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0")
    with pytest.raises(JobFault, match="cannot be read"):
        verify_video(path, LESSON, SMALL)
    path.write_text("hello, this is no film")
    with pytest.raises(JobFault, match="the atom at byte 0"):
        verify_video(path, LESSON, SMALL)


TALK = timeline(("One", 60), ("Two", 30), voice="somebody/1")


@pytest.fixture
def talking(tmp_path: Path) -> Path:
    """A sound video of :data:`TALK`: noise in bursts, as loud as a lesson."""
    rng = np.random.default_rng(4)
    burst = 0.1 * rng.standard_normal(24_000) * np.hanning(24_000)
    wavfile.write(tmp_path / "burst.wav", 24_000, burst.astype(np.float32))
    mix([Clip(tmp_path / "burst.wav", 1.4 * k) for k in range(4)], 6.0, tmp_path / "voice.wav")
    segments = [shoot(tmp_path / "talk.h264", [(40, 50)])[0].path]
    out, voice = tmp_path / "talk.mp4", tmp_path / "voice.wav"
    ffmpeg.join(
        segments, out, SMALL, title="T", chapters_ffmetadata=marks(TALK), captions_srt=SRT, audio=voice
    )
    return out


def _resound(video: Path, *options: str) -> list[str]:
    """Faults of its sound when the video's sound is encoded again."""
    kept = ["-map", "0:v", "-map", "0:a", "-map", "0:s", "-c:v", "copy", "-c:s", "copy"]
    kept += ["-use_editlist", "0", "-movflags", "+faststart", "-c:a", "aac"]
    faults = _faults(_copy(video, *kept, *options), TALK)
    return [fault for fault in faults if fault.startswith(("sound", "loudness", "true peak"))]


def test_a_sound_video_that_speaks_has_no_fault(talking: Path) -> None:
    facts = verify_video(talking, TALK, SMALL)
    assert facts.audio
    assert facts.loudness is not None
    assert facts.loudness.integrated == pytest.approx(-14, abs=0.2)
    assert facts.loudness.peak <= -1


def test_a_lesson_has_sound_when_somebody_speaks(video: Path, talking: Path) -> None:
    assert _faults(video, TALK) == ["sound tracks: 0; expected 1, as the voice is somebody/1"]
    assert _faults(talking, LESSON) == ["sound tracks: 1; expected 0, as the voice is silent/1"]
    assert "sound tracks: 2; expected 1, as the voice is somebody/1" in _resound(talking, "-map", "0:a")


def test_sound_of_another_kind_is_a_fault(talking: Path) -> None:
    faults = _resound(talking, "-ar", "44100", "-ac", "1", "-metadata:s:a:0", "language=fra")
    assert [fault for fault in faults if fault.startswith("sound")] == [
        "sound rate: 44100; expected 48000",
        "sound channels: mono; expected stereo",
        "sound language: fra; expected eng",
    ]
    assert "sound codec: mp3float None; expected aac LC" in _resound(talking, "-c:a", "libmp3lame")


def test_sound_that_ends_early_is_a_fault(talking: Path) -> None:
    faults = _resound(talking, "-af", "atrim=end=5.9")
    (fault,) = (fault for fault in faults if fault.startswith("sound length"))
    assert re.fullmatch(r"sound length: 5\.9\d\d s; expected 6\.000 s to the frame", fault)


def test_sound_too_loud_or_too_quiet_is_a_fault(talking: Path) -> None:
    (quiet,) = _resound(talking, "-af", "volume=-2dB", "-b:a", "300k")
    assert re.fullmatch(r"loudness: -16\.\d LUFS; expected -14\.0 ± 0\.5 LUFS", quiet)
    loud = _resound(talking, "-af", "volume=4dB", "-b:a", "300k")
    assert [fault.split(":")[0] for fault in loud] == ["loudness", "true peak"]


def test_all_faults_are_named_at_once(video: Path) -> None:
    lesson = timeline(("A", 60), ("B", 32))
    assert len(_faults(_copy(video, "-c", "copy", "-map", "0:v"), lesson)) == 7


def test_atoms_of_every_size_field(tmp_path: Path) -> None:
    def atom(name: bytes, body: bytes) -> bytes:
        return (8 + len(body)).to_bytes(4, "big") + name + body

    wide = (1).to_bytes(4, "big") + b"moov" + (16 + 8 + 8 + 9).to_bytes(8, "big")
    path = tmp_path / "a.mp4"
    track = atom(b"trak", atom(b"edts", b"") + b"") + atom(b"free", b"x")
    assert len(track) == 8 + 8 + 9
    path.write_bytes(atom(b"ftyp", b"isom") + wide + track + b"\0\0\0\0mdat" + b"z" * 30)
    assert list(atoms(path)) == [
        ("ftyp", 0),
        ("moov", 12),
        ("trak", 28),
        ("edts", 36),
        ("free", 44),
        ("mdat", 53),
    ]
    path.write_bytes(atom(b"ftyp", b"isom") + b"\0\0\0\x03free")
    with pytest.raises(JobFault, match="byte 12 has 3 bytes, but 8 are left"):
        list(atoms(path))


def test_a_whole_segment_is_sound(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(5, 40), (5, 0)])
    verify_segment(segment.path, 50)
    with pytest.raises(JobFault, match="frames: 50 coded, 50 decoded; expected 49"):
        verify_segment(segment.path, 49)
    data = bytearray(segment.path.read_bytes())
    data[1500:1700] = b"\xff" * 200
    segment.path.write_bytes(data)
    with pytest.raises(JobFault, match="frame 0 is damaged"):
        verify_segment(segment.path, 50)
    segment.path.write_bytes(b"")
    with pytest.raises(JobFault, match="frames: 0 coded, 0 decoded; expected 50"):
        verify_segment(segment.path, 50)


def _slices(path: Path) -> tuple[Syntax, list[bytes]]:
    sps, pps, *slices = nal_units(path.read_bytes())
    return Syntax.of(sps, pps), slices


def _rewrite(path: Path, syntax: Syntax, slices: list[bytes]) -> None:
    path.write_bytes(syntax.parameter_sets + b"".join(START_CODE + unit for unit in slices))


def test_every_frame_of_a_hold_has_its_bytes_and_its_number(tmp_path: Path) -> None:
    """Only the first is decoded; what is wrong with the twentieth is found all the same."""
    segment, _ = shoot(tmp_path / "a.h264", [(3, 40), (5, 0)])
    syntax, slices = _slices(segment.path)
    _rewrite(segment.path, syntax, slices)
    verify_segment(segment.path, 48)
    twice = [*slices[:22], slices[21], *slices[23:]]  # a number that is not due
    other = bytearray(slices[22])
    other[-4] ^= 16
    for wrong in (twice, [*slices[:22], bytes(other), *slices[23:]], [*slices[:22], *slices[23:]]):
        _rewrite(segment.path, syntax, wrong)
        with pytest.raises(JobFault, match=r"another number|is damaged"):
            verify_segment(segment.path, len(wrong))


def test_a_stream_that_lost_its_opening_is_no_segment(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(3, 0)])
    _, slices = _slices(segment.path)
    segment.path.write_bytes(START_CODE + slices[0])
    with pytest.raises(JobFault, match="is not a segment"):
        verify_segment(segment.path, 1)


def test_a_moving_frame_has_the_number_that_is_due(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(9, 0)])
    syntax, slices = _slices(segment.path)
    _rewrite(segment.path, syntax, [*slices[:4], syntax.renumber(slices[4], 5), *slices[5:]])
    with pytest.raises(JobFault, match="another number than the one that is due"):
        verify_segment(segment.path, 9)


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    """The chapters of :data:`LESSON` as the public gets them."""
    films = ([(20, 40)], [(10, 20)])
    return [copy_film(tmp_path / f"{k}.copy.h264", parts)[0] for k, parts in enumerate(films)]


@pytest.fixture
def copy(video: Path, copies: list[Path]) -> Path:
    """A sound copy of :func:`video`."""
    ffmpeg.join_copies(copies, video, video.with_name("copy.mp4"), SMALL.fps)
    return video.with_name("copy.mp4")


def test_a_sound_copy_has_no_fault(copy: Path, copies: list[Path]) -> None:
    verify_copies(copy, LESSON, SMALL, copies)
    assert verify_video(copy, LESSON, SMALL).frames == 90


def test_a_copy_of_other_chapters(copy: Path, copies: list[Path], tmp_path: Path) -> None:
    other, _ = copy_film(tmp_path / "other.h264", [(11, 19)])
    with pytest.raises(JobFault, match=r"frame \d+ is not the one that was drawn"):
        verify_copies(copy, LESSON, SMALL, [copies[0], other])
    with pytest.raises(JobFault, match="frame 60 is not the one that was drawn"):
        verify_copies(copy, LESSON, SMALL, copies[:1])


def test_a_copy_whose_pictures_have_the_times_of_others(
    video: Path, copies: list[Path], tmp_path: Path
) -> None:
    """Every picture and every time is there; only which belongs to which is wrong."""
    late = tmp_path / "late.mp4"
    with av.open(copies[0]) as like, av.open(late, "w", options={"use_editlist": "0"}) as container:
        stream = container.add_stream_from_template(like.streams.video[0])
        for number, (unit, _) in enumerate(ffmpeg.timed_pictures(copies)):
            packet = av.Packet(START_CODE + unit)
            packet.stream, packet.pts, packet.dts, packet.time_base = stream, number, number, Fraction(1, 15)
            container.mux(packet)
    with pytest.raises(JobFault) as caught:
        verify_copies(late, LESSON, SMALL, copies)
    assert re.search(r"time of frame \d+: \S+ s; expected \d+/15 s", str(caught.value))


def test_a_copy_of_a_chapter_is_whole(copies: list[Path]) -> None:
    verify_copy(copies[0], 60)
    with pytest.raises(JobFault, match="60 coded, 60 decoded; expected 61"):
        verify_copy(copies[0], 61)
    whole = copies[0].read_bytes()
    copies[0].write_bytes(whole[: whole.rindex(START_CODE)])
    with pytest.raises(JobFault, match="expected 60"):
        verify_copy(copies[0], 60)
    spoilt = bytearray(whole)
    spoilt[len(whole) // 3] ^= 255
    copies[0].write_bytes(spoilt)
    with pytest.raises(JobFault, match="decoding"):
        verify_copy(copies[0], 60)
    copies[0].write_bytes(b"no stream")
    with pytest.raises(JobFault, match="is not a segment"):
        verify_copy(copies[0], 60)
