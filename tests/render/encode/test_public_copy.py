"""Copies for the public: what is drawn is what is shown, frame by frame, and what stands costs nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from render.core.copy_form import CopyForm
from render.core.fault import JobFault
from render.core.profile import Profile
from render.encode.ffmpeg import parameter_sets, read_copy
from render.encode.public_copy import HELD_KEY_SECONDS, MOVING_KEY_SECONDS, STANDS, CopySink, CopyWriter
from render.encode.reordered import Reordered
from render.encode.skip_slices import IDR_SLICE, nal_units, unit_type
from tests.render.film import FORM, SMALL, Part, copy_film, decode, luma, picture

FILMS: list[list[Part]] = [
    [(20, 0)],
    [(1, 1)],
    [(0, 2)],
    [(0, STANDS)],
    [(20, 0), (7, STANDS - 1), (5, 40), (2, 3), (11, 1), (30, 8)],
    [(3, 5), (1, 6), (1, 7), (1, 4), (2, 90)],
]


@pytest.mark.parametrize("parts", FILMS)
def test_every_frame_shows_what_was_drawn(tmp_path: Path, parts: list[Part]) -> None:
    """Decoded by the ffmpeg command, which says nothing of it."""
    copy, shown = copy_film(tmp_path / "copy.h264", parts)
    frames = decode(copy)
    assert len(frames) == len(shown)
    for number, frame in zip(shown, frames, strict=True):
        assert np.abs(frame[:180] - luma(picture(number))).mean() < 1, number


def test_what_stands_is_the_very_picture_and_costs_hardly_a_byte(tmp_path: Path) -> None:
    copy, shown = copy_film(tmp_path / "copy.h264", [(9, 100), (6, 30)])
    frames = decode(copy)
    stands = [k for k in range(1, len(shown)) if shown[k] == shown[k - 1]]
    assert len(stands) == 99 + 29
    assert all(np.array_equal(frames[k], frames[k - 1]) for k in stands)
    slices, at = read_copy(copy)
    size = dict(zip(at, map(len, slices), strict=True))
    assert max(size[k] for k in stands) < 40


def test_the_encoder_uses_b_frames_and_their_times_are_kept(tmp_path: Path) -> None:
    copy, _ = copy_film(tmp_path / "copy.h264", [(40, 20), (10, 0)])
    slices, at = read_copy(copy)
    assert at != sorted(at), "pictures are decoded in another order than they are shown in"
    referred = [unit[0] >> 5 > 0 for unit in slices]
    assert sum(referred) < 40, "most moving pictures are such that no other refers to"


def test_an_idr_picture_comes_when_it_is_due(tmp_path: Path) -> None:
    parts = [(3 * MOVING_KEY_SECONDS * SMALL.fps, 0), (1, 3 * HELD_KEY_SECONDS * SMALL.fps)]
    copy, shown = copy_film(tmp_path / "copy.h264", parts)
    slices, at = read_copy(copy)
    keys = [frame for unit, frame in zip(slices, at, strict=True) if unit_type(unit) == IDR_SLICE]
    apart = [after - before for before, after in itertools.pairwise([*keys, len(shown)])]
    assert len(keys) >= 5
    assert max(apart) <= (MOVING_KEY_SECONDS + HELD_KEY_SECONDS) * SMALL.fps
    assert keys[0] == 0


def test_a_copy_never_ends_with_an_idr_picture(tmp_path: Path) -> None:
    """The next chapter opens with one, and two in a row would need different numbers."""
    due = MOVING_KEY_SECONDS * SMALL.fps
    for further in range(3):
        copy, _ = copy_film(tmp_path / "copy.h264", [(due + further, 0)])
        assert unit_type(read_copy(copy)[0][-1]) != IDR_SLICE


def test_all_chapters_have_the_same_parameter_sets(tmp_path: Path) -> None:
    copies = [copy_film(tmp_path / f"{k}.h264", parts)[0] for k, parts in enumerate(FILMS)]
    assert len({parameter_sets(copy) for copy in copies}) == 1


def test_two_sizes_are_made_of_one_drawing(tmp_path: Path) -> None:
    small = replace(FORM, width=160, height=90)
    writers = [CopyWriter(tmp_path / f"{form.width}.h264", form, 15) for form in (FORM, small)]
    with CopySink(writers, 320, 180) as sink:
        for number in range(12):
            sink.show(picture(number), 1 + 9 * (number == 5))
        sink.show(picture(11), 4)  # the same once more: it stands
        sink.close()
    assert [writer.frames for writer in writers] == [25, 25]
    assert sink.distinct_frames == 12
    shown = [*range(5), *[5] * 10, *range(6, 11), *[11] * 5]
    frames = decode(tmp_path / "160.h264", Profile("few", 160, 90, 15, 26))
    for number, frame in zip(shown, frames, strict=True):
        expected = luma(picture(number)).reshape(90, 2, 160, 2).mean(axis=(1, 3))
        assert np.abs(frame[:90] - expected).mean() < 2, number


def test_the_same_pictures_make_the_same_bytes(tmp_path: Path) -> None:
    one, other = (copy_film(tmp_path / name, FILMS[4])[0].read_bytes() for name in ("one", "other"))
    assert one == other
    assert b"x264" not in one, "the version of the encoder is not part of it"


def test_a_chapter_of_a_single_frame_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobFault, match="a chapter of 1 frames; expected two at least"):
        copy_film(tmp_path / "copy.h264", [(1, 0)])


def test_a_stream_of_other_settings_is_refused(tmp_path: Path) -> None:
    copy, _ = copy_film(tmp_path / "copy.h264", [(9, 0)])
    sps, pps, *_ = nal_units(copy.read_bytes())
    with pytest.raises(JobFault, match="a profile other than High"):
        Reordered(sps[:1] + b"\x4d" + sps[2:], pps)


def test_a_coarser_form_has_fewer_bytes(tmp_path: Path) -> None:
    sizes = [
        copy_film(tmp_path / f"{crf}", [(60, 0)], CopyForm("public", 320, 180, crf))[0].stat().st_size
        for crf in (15, 25, 35)
    ]
    assert sizes == sorted(sizes, reverse=True)
