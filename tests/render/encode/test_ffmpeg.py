"""Joining by copy, and the pictures and clips made beside it."""

from __future__ import annotations

import base64
import itertools
import math
import re
import shutil
import subprocess
import sys
import wave
from collections import Counter
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from scipy.io import wavfile

from render.core.copy_form import CopyForm
from render.core.fault import EnvironmentFault, JobFault
from render.core.profile import Profile
from render.encode import ffmpeg
from render.encode.loudness import Loudness
from render.encode.segment import SegmentWriter
from render.encode.skip_slices import IDR_SLICE, Syntax, nal_units, unit_type
from render.encode.verify import atoms
from scripts.chaos import Unable, unshare
from tests.render.film import SMALL, Part, copy_film, decode, marks, packets, picture, shoot, timeline

SRT = "1\n00:00:00,500 --> 00:00:01,500\nLook here.\n\n2\n00:00:02,000 --> 00:00:03,000\nAnd there.\n\n"
LESSON = timeline(("One", 60), ("Two = #2; \\ three", 30))


def _segments(folder: Path, *films: list[Part], profile: Profile = SMALL) -> list[Path]:
    return [shoot(folder / f"{k}.h264", parts, profile)[0].path for k, parts in enumerate(films)]


def _join(segments: list[Path], out: Path, **more: object) -> Path:
    given = {"title": "A: b = c", "chapters_ffmetadata": marks(LESSON), "captions_srt": SRT} | more
    ffmpeg.join(segments, out, SMALL, **given)  # type: ignore[arg-type]
    return out


def test_segments_are_joined_frame_for_frame(tmp_path: Path) -> None:
    segments = _segments(tmp_path, [(10, 30), (5, 0)], [(0, 20)], [(1, 0)], [(30, 90)])
    video = _join(segments, tmp_path / "film.mp4")
    apart = np.concatenate([decode(path) for path in segments])
    assert np.array_equal(decode(video), apart)


def test_times_are_exact_and_start_at_nought(tmp_path: Path) -> None:
    profile = Profile("half", 160, 90, 30, 26)  # ffmpeg's own guesses go astray at 30 frames a second
    video = tmp_path / "film.mp4"
    segments = _segments(tmp_path, [(10, 300)], [(50, 40)], profile=profile)
    ffmpeg.join(segments, video, profile, title="", chapters_ffmetadata=marks(LESSON))
    with av.open(video) as container:
        stream = container.streams.video[0]
        coded = [packet for packet in container.demux(stream) if packet.size]
        assert [(packet.pts or 0) * packet.time_base * 30 for packet in coded] == list(range(400))
        assert {(packet.duration or 0) * packet.time_base for packet in coded} == {Fraction(1, 30)}
        assert stream.average_rate == 30
        assert stream.duration is not None
        assert stream.time_base is not None
        assert stream.duration * stream.time_base * 30 == 400


def test_the_index_comes_first_and_there_is_no_edit_list(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(10, 80)]), tmp_path / "film.mp4")
    names = [name for name, _ in atoms(video)]
    assert names.index("moov") < names.index("mdat")
    assert "elst" not in names


def test_title_chapters_and_captions_read_back(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(10, 80)]), tmp_path / "film.mp4")
    with av.open(video) as container:
        assert container.metadata["title"] == "A: b = c"
        chapters = container.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["One", "Two = #2; \\ three"]
        assert [float(chapter["start"] * (chapter["time_base"] or 0)) for chapter in chapters] == [0, 4]
        (captions,) = container.streams.subtitles
        assert captions.language == "eng"
    command = ["ffmpeg", "-v", "error", "-i", str(video), "-map", "0:s", "-f", "srt", "-"]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == SRT


def test_a_lesson_that_says_nothing_has_no_caption_track(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(10, 80)]), tmp_path / "film.mp4", captions_srt=None)
    with av.open(video) as container:
        assert not container.streams.subtitles
        assert len(container.chapters()) == 2


def test_the_same_segments_make_the_same_bytes(tmp_path: Path) -> None:
    segments = _segments(tmp_path, [(10, 80)], [(20, 3)])
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        _join(segments, folder / "film.mp4")
    data = (one / "film.mp4").read_bytes()
    assert data == (other / "film.mp4").read_bytes()
    assert b"Lavf" not in data, "the version of the program is not part of the video"
    assert [path.name for path in one.iterdir()] == ["film.mp4"], "nothing else is left behind"


def test_sound_is_heard_when_it_was_mixed(tmp_path: Path) -> None:
    mixed = np.zeros(48_000 * 6, np.int16)
    click = (20_000 * np.sin(np.arange(240) / 3)).astype(np.int16)
    for second in (1, 4):
        mixed[second * 48_000 :][:240] = click
    with wave.open(str(tmp_path / "voice.wav"), "wb") as sound:
        sound.setparams((1, 2, 48_000, len(mixed), "NONE", ""))
        sound.writeframes(mixed.tobytes())
    video = _join(_segments(tmp_path, [(10, 80)]), tmp_path / "film.mp4", audio=tmp_path / "voice.wav")
    command = ["ffmpeg", "-v", "error", "-i", str(video), "-map", "0:a", "-f", "s16le", "-ac", "1", "-"]
    heard = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16)
    for second in (1, 4):
        around = heard[second * 48_000 - 3000 :][:6000].astype(float)
        assert np.correlate(around, click.astype(float)).argmax() == 3000
    assert "elst" not in [name for name, _ in atoms(video)]
    with av.open(video) as container:
        assert container.streams.video[0].start_time == 0
        assert container.streams.audio[0].codec_context.name == "aac"


@pytest.mark.parametrize(("fps", "kbps", "ticks"), [(15, 96, 61), (30, 128, 67), (60, 384, 67)])
def test_sound_and_pictures_begin_and_end_together(tmp_path: Path, fps: int, kbps: int, ticks: int) -> None:
    profile = Profile("small", 160, 90, fps, 26, kbps)
    samples = ticks * 3200
    track = (0.1 * np.sin(np.arange(samples) / 20)).astype(np.float32)
    track[47_700:48_300] = 0
    track[48_000] = 1
    wavfile.write(tmp_path / "voice.wav", 48_000, track)
    segments = _segments(tmp_path, [(4, ticks * fps // 15 - 4)], profile=profile)
    video = tmp_path / "film.mp4"
    ffmpeg.join(
        segments, video, profile, title="", chapters_ffmetadata=marks(LESSON), audio=tmp_path / "voice.wav"
    )
    with av.open(video) as container:
        stream = container.streams.audio[0]
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(stream)], axis=1)
        codec = stream.codec_context
        assert (codec.profile, codec.sample_rate, codec.layout.name) == ("LC", 48_000, "stereo")
        assert (stream.start_time, stream.language) == (0, "eng")
        assert stream.duration is not None
        assert abs(stream.duration - samples) <= 512
        assert abs(heard.shape[1] - samples) <= 512
    assert (heard[0] - heard[1]).std() < 0.01 * heard[0].std()
    assert abs(int(np.abs(heard[0, 40_000:56_000]).argmax()) - 8000) <= 1


def test_sound_has_the_bits_of_its_profile(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal(6 * 48_000)
    wavfile.write(tmp_path / "voice.wav", 48_000, (0.05 * noise).astype(np.float32))
    rates = []
    for kbps in (64, 128):
        profile = Profile("small", 320, 180, 15, 26, kbps)
        segments, video = _segments(tmp_path, [(10, 80)]), tmp_path / "film.mp4"
        ffmpeg.join(
            segments,
            video,
            profile,
            title="",
            chapters_ffmetadata=marks(LESSON),
            audio=tmp_path / "voice.wav",
        )
        with av.open(video) as container:
            rates.append(sum(packet.size for packet in container.demux(audio=0)) * 8 / 6000)
    assert rates == pytest.approx([64, 128], rel=0.1)


def _public(folder: Path, *films: list[Part], **more: object) -> tuple[Path, Path, list[Path]]:
    """The copy of a lesson for the public, the drawn one from which it has all but the pictures, and its chapters."""
    video = _join(_segments(folder, *films), folder / "drawn.mp4", **more)
    copies = [copy_film(folder / f"{k}.copy.h264", parts)[0] for k, parts in enumerate(films)]
    ffmpeg.join_copies(copies, video, folder / "copy.mp4", SMALL.fps)
    return folder / "copy.mp4", video, copies


def test_copies_with_b_frames_are_joined_with_exact_times(tmp_path: Path) -> None:
    copy, _, copies = _public(tmp_path, [(23, 30)], [(1, 20), (16, 0)])
    apart = np.concatenate([decode(path) for path in copies])
    assert np.array_equal(decode(copy), apart)
    with av.open(copy) as container:
        stream = container.streams.video[0]
        coded = [packet for packet in container.demux(stream) if packet.size]
        times = [(packet.pts or 0) * packet.time_base * SMALL.fps for packet in coded]
        assert times != sorted(times)
        assert sorted(times) == list(range(90)), "no two frames at one time, and none in between"
        assert [packet.dts for packet in coded] == sorted(packet.dts or 0 for packet in coded)
        assert stream.start_time == 0
        assert stream.average_rate == SMALL.fps
        assert stream.duration is not None
        assert stream.time_base is not None
        assert stream.duration * stream.time_base == 6
    with av.open(copy) as container:
        assert [frame.time for frame in container.decode(video=0)] == [k / SMALL.fps for k in range(90)]


def test_a_copy_has_its_index_first_and_no_edit_list(tmp_path: Path) -> None:
    copy, _, _ = _public(tmp_path, [(23, 67)])
    names = [name for name, _ in atoms(copy)]
    assert names.index("moov") < names.index("mdat")
    assert not {"edts", "elst"} & set(names)
    assert b"Lavf" not in copy.read_bytes()


def test_a_copy_sounds_and_reads_as_the_drawn_video(tmp_path: Path) -> None:
    track = (0.1 * np.sin(np.arange(6 * 48_000) / 20)).astype(np.float32)
    track[48_000] = 1
    wavfile.write(tmp_path / "voice.wav", 48_000, track)
    copy, video, _ = _public(tmp_path, [(23, 37)], [(30, 0)], audio=tmp_path / "voice.wav")

    def said(path: Path) -> list[object]:
        with av.open(path) as container:
            told: list[object] = [container.metadata["title"], container.chapters()]
            told += [(stream.type, stream.language) for stream in container.streams]
            heard = container.demux(audio=0)
            told += [(packet.pts, bytes(packet)) for packet in heard if packet.size]
            container.seek(0)
            # an empty one of two bytes ends a caption
            read = container.demux(subtitles=0)
            return told + [(packet.pts, bytes(packet)) for packet in read if packet.size > 2]

    assert said(copy) == said(video)
    with av.open(copy) as container:
        stream = container.streams.audio[0]
        assert (stream.start_time, container.streams.video[0].start_time) == (0, 0)
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(stream)], axis=1)
    assert abs(int(np.abs(heard[0]).argmax()) - 48_000) <= 1


def test_copies_of_different_settings_are_not_joined(tmp_path: Path) -> None:
    one = copy_film(tmp_path / "one.h264", [(3, 0)])[0]
    other = copy_film(tmp_path / "other.h264", [(3, 0)], CopyForm("public", 160, 90, 20))[0]
    video = _join(_segments(tmp_path, [(10, 80)]), tmp_path / "drawn.mp4")
    with pytest.raises(JobFault, match=r"other\.h264 and .*one\.h264 were encoded with different settings"):
        ffmpeg.join_copies([one, other], video, tmp_path / "copy.mp4", 15)
    with pytest.raises(JobFault, match="no copy to join"):
        ffmpeg.join_copies([], video, tmp_path / "copy.mp4", 15)


def test_loudness_by_ffmpegs_meter(tmp_path: Path) -> None:
    tone = 0.1 * np.sin(2 * np.pi * 997 / 48_000 * np.arange(3 * 48_000))
    wavfile.write(tmp_path / "two.wav", 48_000, np.stack([tone, tone], 1).astype(np.float32))
    assert ffmpeg.loudness(tmp_path / "two.wav") == Loudness(-20.0, -20.0)
    wavfile.write(tmp_path / "none.wav", 48_000, np.zeros((48_000, 2), np.float32))
    found = ffmpeg.loudness(tmp_path / "none.wav")
    assert found.integrated <= -70
    assert found.peak == -math.inf


def test_what_has_no_sound_has_no_loudness(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(10, 20)]), tmp_path / "film.mp4")
    with pytest.raises(JobFault, match=r"film\.mp4 has no sound"):
        ffmpeg.loudness(video)
    (tmp_path / "x.wav").write_text("no sound at all")
    with pytest.raises(JobFault, match=r"x\.wav cannot be read"):
        ffmpeg.loudness(tmp_path / "x.wav")


def test_chapters_of_a_single_frame_keep_their_idr_numbers_apart(tmp_path: Path) -> None:
    """Two IDR pictures in a row with one number are one picture to a decoder (H.264, 7.4.3)."""
    segments = _segments(tmp_path, [(1, 0)], [(1, 0)], [(1, 0)], [(1, 20)], [(3, 0)])
    joined = tmp_path / "joined.h264"
    ffmpeg._concatenate(segments, joined)
    sps, pps, *slices = nal_units(joined.read_bytes())
    syntax = Syntax.of(sps, pps)
    assert {unit_type(unit) for unit in slices} == {1, IDR_SLICE}, "the parameter sets come once"
    numbers = [syntax.idr_pic_id(unit) for unit in slices]
    assert all(one is None or one != other for one, other in itertools.pairwise(numbers))
    assert len(decode(joined)) == 27


def test_segments_of_different_settings_are_not_joined(tmp_path: Path) -> None:
    one = shoot(tmp_path / "one.h264", [(3, 0)])[0].path
    other = shoot(tmp_path / "other.h264", [(3, 0)], Profile("small", 320, 180, 15, 27))[0].path
    with pytest.raises(JobFault, match=r"other\.h264 and .*one\.h264 were encoded with different settings"):
        _join([one, other], tmp_path / "film.mp4")


def test_what_is_no_segment_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.h264").write_bytes(b"\0\0\0\1\x09hello")
    with pytest.raises(JobFault, match=r"x\.h264 is not a segment"):
        _join([tmp_path / "x.h264"], tmp_path / "film.mp4")
    with pytest.raises(JobFault, match="no segment"):
        _join([], tmp_path / "film.mp4")


def test_a_missing_ffmpeg_is_named_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segments = _segments(tmp_path, [(3, 0)])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="apt-get install ffmpeg"):
        _join(segments, tmp_path / "film.mp4")


@pytest.mark.parametrize(
    ("said", "fault", "match"),
    [
        (
            "av_interleaved_write_frame(): No space left on device",
            EnvironmentFault,
            r"The disk is full.* MB ",
        ),
        ("first\nlast words", JobFault, "could not write .*film.mp4:\nfirst\nlast words"),
    ],
)
def test_what_ffmpeg_complains_of_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, fault: type[Exception], match: str
) -> None:
    segments = _segments(tmp_path, [(3, 0)])
    fake = tmp_path / "ffmpeg"
    fake.write_text(f"#!/bin/sh\nprintf '%s\\n' '{said}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(fault, match=match):
        _join(segments, tmp_path / "film.mp4")


def test_a_full_disk_is_an_environment_fault(tmp_path: Path) -> None:
    full = tmp_path / "poster.png"
    full.symlink_to("/dev/full")
    Image.fromarray(picture(0)).save(tmp_path / "drawn.png")
    with pytest.raises(EnvironmentFault, match="The disk is full"):
        ffmpeg.poster(tmp_path / "drawn.png", full, tmp_path / "poster.webp", tmp_path / "small.webp")


ROOMS = """
import subprocess
import sys
from pathlib import Path

from render.core.fault import EnvironmentFault
from render.encode import ffmpeg
from tests.render.film import SMALL

segment, whole, disk = map(Path, sys.argv[1:])
video = whole.read_bytes()
needed = (segment.stat().st_size + len(video)) // 4096
for room in range(needed - 9, needed + 6):
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room * 4096}", "tmpfs", disk], check=True)
    try:
        ffmpeg.join([segment], disk / "film.mp4", SMALL, title="", chapters_ffmetadata=";FFMETADATA1\\n")
        print("same" if (disk / "film.mp4").read_bytes() == video else f"room for {room}: another film")
    except EnvironmentFault as fault:
        print(fault)
    finally:
        subprocess.run(["umount", disk], check=True)
"""


def test_a_disk_with_too_little_room_for_a_film_is_told_wherever_it_is_full(tmp_path: Path) -> None:
    try:
        apart = unshare("--mount")
    except Unable as unable:
        pytest.skip(str(unable))
    (segment,) = _segments(tmp_path, [(number, 3) for number in range(12)])
    whole, disk = tmp_path / "whole.mp4", tmp_path / "disk"
    ffmpeg.join([segment], whole, SMALL, title="", chapters_ffmetadata=";FFMETADATA1\n")
    disk.mkdir()
    command = [*apart, sys.executable, "-c", ROOMS, str(segment), str(whole), str(disk)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = Counter(line.partition(":")[0] for line in done.stdout.splitlines())
    assert told.keys() == {"The disk is full", "same"}, done.stdout
    assert told["The disk is full"] >= 5, told


def test_the_poster_keeps_its_pixels(tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.png"
    Image.fromarray(picture(3)).save(drawn, compress_level=0)
    png, webp, small = (tmp_path / name for name in ("poster.png", "poster.webp", "small.webp"))
    ffmpeg.poster(drawn, png, webp, small)
    with Image.open(png) as image:
        assert np.array_equal(np.asarray(image), picture(3)[..., :3])
    with Image.open(webp) as image:
        assert image.size == (320, 180)
        large = np.asarray(image.convert("RGB"), float)
    assert np.abs(large[150, 10] - np.array((15, 20, 32))).max() <= 3
    with Image.open(small) as image:
        assert image.size == (160, 90)
        halved = large.reshape(90, 2, 160, 2, 3).mean((1, 3))
        assert np.abs(np.asarray(image.convert("RGB")) - halved).mean() < 2
    assert png.stat().st_size < drawn.stat().st_size / 10


def test_the_preview_is_a_short_silent_clip_of_where_most_moves(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(2, 100), (45, 100)]), tmp_path / "film.mp4")
    assert ffmpeg.busiest_start(video) == pytest.approx(102 / 15)
    ffmpeg.preview(video, tmp_path / "preview.mp4")
    with av.open(tmp_path / "preview.mp4") as clip:
        assert len(clip.streams) == 1
        stream = clip.streams.video[0]
        assert (stream.codec_context.width, stream.codec_context.height) == (854, 480)
        assert clip.duration == pytest.approx(3 * av.time_base, abs=70_000)
    assert (tmp_path / "preview.mp4").stat().st_size < 80_000
    assert "elst" not in [name for name, _ in atoms(tmp_path / "preview.mp4")]
    first = _center(tmp_path / "preview.mp4")
    ffmpeg.preview(video, tmp_path / "other.mp4", start=0.0)
    assert np.abs(first - _center(tmp_path / "other.mp4")).max() > 20


def _center(clip: Path) -> np.ndarray:
    with av.open(clip) as container:
        return next(container.decode(video=0)).to_ndarray(format="gray").astype(int)


def test_pictures_that_stand_are_not_busy(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [*[(0, 5)] * 18, (50, 20)]), tmp_path / "film.mp4")
    assert ffmpeg.busiest_start(video) == pytest.approx(90 / 15, abs=0.4)


def test_the_busiest_part_of_a_short_video_is_its_start(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(20, 0)]), tmp_path / "film.mp4")
    assert ffmpeg.busiest_start(video) == 0


def _flat(path: Path, colors: list[tuple[int, int, int]], frames: int) -> Path:
    with SegmentWriter(path, SMALL) as writer:
        for color in colors:
            writer.show(np.full((180, 320, 4), (*color, 255), np.uint8), frames)
        return writer.close().path


COLORS = [(90, 169, 230), (245, 166, 91), (123, 211, 137), (239, 111, 108)]


def test_a_storyboard_shows_what_is_seen_at_each_time(tmp_path: Path) -> None:
    video = _join([_flat(tmp_path / "flat.h264", COLORS, 90)], tmp_path / "film.mp4")
    webp, vtt = tmp_path / "storyboard.webp", tmp_path / "storyboard.vtt"
    ffmpeg.storyboard(video, webp, vtt)
    cues = re.findall(r"(\S+) --> (\S+)\nstoryboard\.webp#xywh=(\d+),(\d+),(\d+),(\d+)\n", vtt.read_text())
    assert vtt.read_text().startswith("WEBVTT\n\n")
    assert len(cues) == 12  # 24 s, 2 s a tile
    assert [cue[0] for cue in cues] == ["00:00:00.000", *(cue[1] for cue in cues[:-1])]
    assert cues[-1][1] == "00:00:24.000"
    with Image.open(webp) as image:
        assert image.size == (1600, 180)
        sheet = np.asarray(image.convert("RGB")).astype(int)
    for k, (_, _, x, y, width, height) in enumerate(cues):
        tile = sheet[int(y) : int(y) + int(height), int(x) : int(x) + int(width)]
        assert tile.shape == (90, 160, 3)
        assert np.abs(tile[45, 80] - COLORS[k // 3]).max() <= 8


def test_a_long_video_has_a_hundred_tiles_at_most(tmp_path: Path) -> None:
    video = _join([_flat(tmp_path / "flat.h264", COLORS, 1000)], tmp_path / "film.mp4")
    ffmpeg.storyboard(video, tmp_path / "s.webp", tmp_path / "s.vtt")
    text = (tmp_path / "s.vtt").read_text()
    assert text.count("-->") == 89  # 266.7 s, 3 s a tile
    assert text.rstrip().splitlines()[-2] == "00:04:24.000 --> 00:04:26.667"


SEEK = """async ([data, moments]) => {
  const video = document.createElement('video');
  video.muted = true;
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  video.src = URL.createObjectURL(new Blob([bytes], {type: 'video/mp4'}));
  await new Promise((done, fail) => {
    video.onloadeddata = done;
    video.onerror = () => fail(new Error(video.error.message));
  });
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const seen = [];
  for (const moment of moments) {
    const shown = new Promise(done => video.requestVideoFrameCallback((_, frame) => done(frame.mediaTime)));
    video.currentTime = moment;
    const time = await shown;
    pen.drawImage(video, 0, 0);
    seen.push([time, ...pen.getImageData(160, 90, 1, 1).data.slice(0, 3)]);
  }
  return seen;
}"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on the path")
def test_a_browser_seeks_into_holds(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "flat.h264"
    with SegmentWriter(path, SMALL) as writer:
        for color in COLORS:
            flat = np.full((180, 320, 4), (*color, 255), np.uint8)
            for k in range(10):
                flat[150:170, 8 * k : 8 * k + 20, :3] = 255
                writer.show(flat)
            writer.show(flat, 140)
        writer.close()
    video = _join([path], tmp_path / "film.mp4")
    frames = [150 * k + at for k in (3, 0, 2, 1) for at in (11, 65, 75, 149)]
    data = base64.b64encode(video.read_bytes()).decode()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        seen = browser.new_page().evaluate(SEEK, [data, [(frame + 0.5) / 15 for frame in frames]])
        browser.close()
    for frame, (time, *color) in zip(frames, seen, strict=True):
        assert time == pytest.approx(frame / 15, abs=0.001)
        red, green, blue = (abs(a - b) for a, b in zip(color, COLORS[frame // 150], strict=True))
        # Chromium's software path (libyuv) holds one factor of blue in seven bits: 2.0 where BT.709 has 2.11.
        assert (red <= 3, green <= 3, blue <= 7) == (True, True, True)


def test_key_pictures_of_all_segments_are_marked_for_seeking(tmp_path: Path) -> None:
    video = _join(_segments(tmp_path, [(10, 80)], [(0, 70)]), tmp_path / "film.mp4")
    assert [k for k, (key, _) in enumerate(packets(video)) if key] == [0, 10, 70, 90, 150]
