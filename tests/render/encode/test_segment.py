"""Segments: every frame there, held frames equal to the bit, colours as drawn."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorPrimaries, ColorRange, ColorTrc

from render.core.fault import JobFault
from render.core.profile import PROFILES, Profile
from render.draw.dirty_rows import everywhere, nowhere
from render.encode.segment import Canvas, SegmentWriter
from render.encode.skip_slices import IDR_SLICE, BitReader, Syntax, nal_units, unit_type
from scenes.kit import ink
from tests.render.film import GROUND, SMALL, Part, decode, luma, packets, picture, rgb, shoot

HOLDS: list[list[Part]] = [
    [(6, 1), (6, 3), (6, 4), (6, 5), (6, 0)],
    [(7, 100), (5, 600), (20, 0)],  # frame numbers wrap many times, IDR pictures repeat
    [(0, 50), (9, 0)],  # starts with a hold
    [(0, 70)],  # only a hold
    [(0, 1)],  # a single frame
    [(3, 90), (0, 90), (0, 4), (0, 3), (80, 0)],  # holds behind each other, ends with motion
]


@pytest.mark.parametrize("parts", HOLDS, ids=str)
def test_every_frame_decodes_and_held_ones_are_equal_to_the_bit(tmp_path: Path, parts: list[Part]) -> None:
    segment, shown = shoot(tmp_path / "a.h264", parts)
    frames = decode(segment.path)
    assert len(frames) == segment.frames == len(shown)
    assert segment.distinct_frames == shown[-1] + 1
    for k, (before, now) in enumerate(itertools.pairwise(shown)):
        assert np.array_equal(frames[k], frames[k + 1]) == (before == now), f"frame {k + 1}"


@pytest.mark.parametrize("parts", HOLDS, ids=str)
def test_what_follows_a_hold_does_not_drift(tmp_path: Path, parts: list[Part]) -> None:
    """Pictures behind a hold are predicted from it: a reference off by one frame would show at once."""
    segment, shown = shoot(tmp_path / "a.h264", parts)
    for frame, number in zip(decode(segment.path), shown, strict=True):
        error = frame[: SMALL.height] - luma(picture(number))
        assert np.sqrt(np.mean(error**2)) < 3


@pytest.mark.parametrize("profile", [Profile("odd", 854, 480, 15, 28), Profile("web", 1920, 1080, 30, 26)])
def test_sizes_that_end_inside_a_macroblock(tmp_path: Path, profile: Profile) -> None:
    segment, shown = shoot(tmp_path / "a.h264", [(3, 12), (3, 0)], profile)
    frames = decode(segment.path, profile)
    assert len(frames) == len(shown)
    assert all(np.array_equal(frames[k], frames[3]) for k in range(4, 15))
    assert not np.array_equal(frames[14], frames[15])
    error = frames[-1][: profile.height] - luma(picture(shown[-1], profile))
    assert np.sqrt(np.mean(error**2)) < 3


@pytest.mark.parametrize("quantiser", [1, 10, 24, 40, 51])
def test_holds_at_any_quantiser(tmp_path: Path, quantiser: int) -> None:
    profile = Profile("q", 320, 180, 15, quantiser)
    segment, _ = shoot(tmp_path / "a.h264", [(3, 20), (2, 3)], profile)
    frames = decode(segment.path, profile)
    assert all(np.array_equal(frame, frames[3]) for frame in frames[4:23])
    assert np.array_equal(frames[25], frames[27])


def test_an_unannounced_hold_is_a_hold(tmp_path: Path) -> None:
    announced, _ = shoot(tmp_path / "a.h264", [(4, 30), (4, 0)])
    with SegmentWriter(tmp_path / "b.h264", SMALL) as writer:
        for number in [0, 1, 2, 3] + [4] * 30 + [5, 6, 7, 8]:
            writer.show(picture(number))
        plain = writer.close()
    assert plain.path.read_bytes() == announced.path.read_bytes()
    assert (plain.frames, plain.distinct_frames) == (38, 9)


def test_the_same_pictures_make_the_same_bytes(tmp_path: Path) -> None:
    one, _ = shoot(tmp_path / "a.h264", [(20, 80), (20, 0)])
    other, _ = shoot(tmp_path / "b.h264", [(20, 80), (20, 0)])
    data = one.path.read_bytes()
    assert data == other.path.read_bytes()
    assert one.sha256 == other.sha256 == hashlib.sha256(data).hexdigest()


def test_a_picture_may_be_overwritten_after_it_was_shown(tmp_path: Path) -> None:
    kept, _ = shoot(tmp_path / "a.h264", [(12, 0)])
    canvas = np.empty_like(picture(0))
    with SegmentWriter(tmp_path / "b.h264", SMALL) as writer:
        for number in range(12):
            canvas[...] = picture(number)
            writer.show(canvas)
            canvas[...] = 77
        assert writer.close().sha256 == kept.sha256


def test_arrays_that_are_views_are_taken(tmp_path: Path) -> None:
    kept, _ = shoot(tmp_path / "a.h264", [(5, 0)])
    with SegmentWriter(tmp_path / "b.h264", SMALL) as writer:
        for number in range(5):
            wide = np.repeat(picture(number), 2, axis=1)
            writer.show(wide[:, ::2])
        assert writer.close().sha256 == kept.sha256


def _idr_numbers(path: Path) -> list[int | None]:
    sps, pps, *slices = nal_units(path.read_bytes())
    syntax = Syntax.of(sps, pps)
    assert [unit_type(unit) == IDR_SLICE for unit in slices] == [
        syntax.idr_pic_id(unit) is not None for unit in slices
    ]
    return [syntax.idr_pic_id(unit) for unit in slices]


def test_idr_pictures_that_follow_each_other_differ_in_number(tmp_path: Path) -> None:
    parts = [(1, 20), (0, 20), (0, 300), (1, 20)]
    numbers = _idr_numbers(shoot(tmp_path / "a.h264", parts)[0].path)
    keys = [number for number in numbers if number is not None]
    assert len(keys) == 10
    assert all(one != other for one, other in itertools.pairwise(keys))
    assert keys[0] == 0, "a segment opens with the number that none ends with"
    assert 0 not in keys[1:]


def test_frame_numbers_rise_by_one_from_each_key_picture(tmp_path: Path) -> None:
    """Decoders conceal a gap so well that the pictures do not show it."""
    segment, _ = shoot(tmp_path / "a.h264", [(40, 300), (40, 3), (5, 0)])
    sps, pps, *slices = nal_units(segment.path.read_bytes())
    syntax = Syntax.of(sps, pps)
    expected = 0
    for unit in slices:
        bits = BitReader(unit[1:])
        for _ in range(3):  # first_mb_in_slice, slice_type, pic_parameter_set_id
            bits.ue()
        expected = 0 if unit_type(unit) == IDR_SLICE else expected + 1
        assert bits.u(syntax.frame_number_bits) == expected % (1 << syntax.frame_number_bits)


def test_key_pictures_come_often_enough_to_seek(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(100, 0), (0, 200)])
    keys = [k for k, (key, _) in enumerate(packets(segment.path)) if key]
    assert keys == [0, 30, 60, 90, 100, 160, 220, 280]


def test_a_short_hold_is_not_coded_anew(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(5, 3), (5, 4), (2, 0)])
    assert [k for k, (key, _) in enumerate(packets(segment.path)) if key] == [0, 13]


def test_a_held_frame_costs_less_than_a_hundred_bytes(tmp_path: Path) -> None:
    profile = PROFILES["web"]
    with SegmentWriter(tmp_path / "a.h264", profile) as writer:
        writer.show(picture(0, profile), 100)
        segment = writer.close()
    assert all(size < 100 for _, size in packets(segment.path)[1:])


def test_a_held_picture_is_coded_finer(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    noisy = [rng.integers(0, 120, (180, 320, 4), np.uint8) for _ in range(3)]

    def error(repeat: int) -> float:
        with SegmentWriter(tmp_path / "a.h264", SMALL) as writer:
            for rgba in noisy:
                writer.show(rgba, repeat if rgba is noisy[-1] else 1)
            path = writer.close().path
        return float(np.mean((decode(path)[2][: SMALL.height] - luma(noisy[-1])) ** 2))

    assert error(5) < 0.6 * error(1)  # four steps are a factor of 1.6 in step size


def take(canvas: Canvas, rgba: np.ndarray) -> None:
    first = canvas.first_change(rgba, everywhere(*rgba.shape[:2]))
    assert first is not None
    canvas.take(rgba, first, everywhere(*rgba.shape[:2]))


def test_a_picture_has_the_same_samples_whatever_was_shown_before() -> None:
    rng = np.random.default_rng(3)
    pictures = [rng.integers(0, 256, (300, 64, 4), np.uint8) for _ in range(2)]
    mixed = pictures[0].copy()
    mixed[70:90] = pictures[1][70:90]
    mixed[290:] = pictures[1][290:]
    warm, fresh = Canvas(64, 300), Canvas(64, 300)
    for rgba in pictures[0], pictures[1], pictures[0], mixed:
        take(warm, rgba)
    assert warm.first_change(mixed, everywhere(300, 64)) is None
    assert warm.first_change(pictures[0], everywhere(300, 64)) == 70
    take(fresh, mixed)
    assert np.array_equal(warm.frame.to_ndarray(), fresh.frame.to_ndarray())
    error = warm.frame.to_ndarray()[:300] - luma(mixed)
    assert np.abs(error).max() < 2


def test_only_where_it_may_have_changed_is_a_picture_looked_at(tmp_path: Path) -> None:
    """The same bytes, told where or not; and what changed elsewhere, against what was told, is not seen."""
    rng = np.random.default_rng(4)
    rgba = rng.integers(0, 256, (180, 320, 4), np.uint8)
    with (
        SegmentWriter(tmp_path / "told.h264", SMALL) as told,
        SegmentWriter(tmp_path / "not.h264", SMALL) as plain,
    ):
        for number in range(8):
            top, left = 20 * number, 31 * number
            rgba[top : top + 9, left : left + 50] = number
            changed = nowhere(180)
            changed[top : top + 9] = left, left + 50
            told.show(rgba, 1, None if number == 3 else changed)
            plain.show(rgba)
        assert told.close().sha256 == plain.close().sha256
    with SegmentWriter(tmp_path / "a.h264", SMALL) as writer:
        for number in range(3):
            writer.show(np.full_like(rgba, number), 1, nowhere(180))
        assert writer.close().distinct_frames == 1


def test_a_first_picture_of_zeros_is_a_picture(tmp_path: Path) -> None:
    with SegmentWriter(tmp_path / "a.h264", SMALL) as writer:
        writer.show(np.zeros_like(picture(0)), 3)
        segment = writer.close()
    frames = decode(segment.path)
    assert len(frames) == 3
    assert np.all(frames[:, : SMALL.height] == 16)
    assert np.all(frames[:, SMALL.height :] == 128)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_every_ink_decodes_to_within_two_steps(tmp_path: Path, profile: Profile) -> None:
    small = Profile(profile.name, 640, 360, profile.fps, profile.qp)
    colors = [role.to_int_rgb() for role in (*ink.WORDS, ink.faint, ink.ground)]

    def swatches(shift: int) -> np.ndarray:
        rgba = np.full((360, 640, 4), GROUND, np.uint8)
        for k, color in enumerate(colors):
            left = 10 + 55 * k + shift
            rgba[40:120, left : left + 46, :3] = color
        return rgba

    with SegmentWriter(tmp_path / "a.h264", small) as writer:
        for shift in range(12):
            writer.show(swatches(shift))
        writer.show(swatches(12), 40)
        segment = writer.close()
    frames = decode(segment.path, small)
    for frame, shift in ((3, 3), (11, 11), (12, 12), (50, 12)):
        seen = rgb(frames[frame])
        for k, color in enumerate(colors):
            center = seen[40, (10 + 55 * k + shift + 23) // 2]
            assert np.abs(center - color).max() <= 2, (frame, color, center)


def test_the_stream_says_how_it_is_to_be_shown(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "a.h264", [(3, 0)])
    with av.open(segment.path, format="h264") as container:
        codec = container.streams.video[0].codec_context
        assert (codec.profile, codec.pix_fmt, codec.width, codec.height) == ("High", "yuv420p", 320, 180)
        assert codec.color_primaries == ColorPrimaries.BT709
        assert codec.color_trc == ColorTrc.BT709
        assert codec.colorspace == 1  # the BT.709 matrix, Rec. ITU-T H.273
        assert codec.color_range == ColorRange.MPEG
        assert codec.framerate == SMALL.fps
        assert not codec.has_b_frames


@pytest.mark.parametrize("wrong", [np.zeros((180, 320, 3), np.uint8), np.zeros((180, 320, 4), np.float32)])
def test_another_shape_or_type_is_refused(tmp_path: Path, wrong: np.ndarray) -> None:
    with SegmentWriter(tmp_path / "a.h264", SMALL) as writer, pytest.raises(ValueError, match="expected"):
        writer.show(wrong)


def test_a_picture_stands_for_one_frame_at_least(tmp_path: Path) -> None:
    with SegmentWriter(tmp_path / "a.h264", SMALL) as writer, pytest.raises(ValueError, match="0 frames"):
        writer.show(picture(0), 0)


def test_a_segment_without_pictures_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(JobFault, match="without a single picture"):
        SegmentWriter(tmp_path / "a.h264", SMALL).close()
