"""Bits, parameter sets, renumbered slices and skipped pictures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from render.encode import skip_slices
from render.encode.skip_slices import BitReader, BitWriter, Syntax, UnreadableStream
from tests.render.film import decode, shoot


def test_bits_read_back_what_was_written() -> None:
    bits = BitWriter()
    for value in range(300):
        bits.ue(value)
        bits.se(value - 150)
        bits.u(9, value)
    data = bits.aligned(1)
    read = BitReader(data)
    for value in range(300):
        assert (read.ue(), read.se(), read.u(9)) == (value, value - 150, value)
    left = 8 * len(data) - read.position
    assert left < 8
    assert read.u(left) == (1 << left) - 1


def test_exponential_golomb_codes_are_those_of_the_standard() -> None:
    def coded(value: int) -> str:
        bits = BitWriter()
        bits.u(1, 1)  # keeps leading zeros
        bits.ue(value)
        return f"{int.from_bytes(bits.aligned(0), 'big'):b}"[1:].rstrip("0")

    # Table 9-2, less trailing zeros
    assert [coded(value) for value in (0, 1, 2, 3, 4, 7)] == ["1", "01", "011", "001", "00101", "0001"]


def test_a_header_that_ends_early_is_refused() -> None:
    with pytest.raises(UnreadableStream, match="ends before its last field"):
        BitReader(b"\0").ue()


def test_no_start_code_survives_escaping() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        payload = bytes(rng.choice([0, 0, 0, 1, 2, 3, 4], 60).astype(np.uint8)) + b"\x80"
        body = skip_slices.escape(payload)
        assert not any(bad in body for bad in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))
        assert skip_slices.unescape(body) == payload


def test_nal_units_are_cut_at_both_kinds_of_start_code() -> None:
    assert skip_slices.nal_units(b"\0\0\0\1\x67ab\0\0\1\x68c\0\0\0\1\x65\0\0\3d") == [
        b"\x67ab",
        b"\x68c",
        b"\x65\0\0\3d",
    ]


def _film(tmp_path: Path) -> tuple[Syntax, list[bytes]]:
    segment, _ = shoot(tmp_path / "film.h264", [(20, 0)])
    sps, pps, *slices = skip_slices.nal_units(segment.path.read_bytes())
    return Syntax.of(sps, pps), slices


def test_renumbering_to_the_same_numbers_changes_nothing(tmp_path: Path) -> None:
    syntax, slices = _film(tmp_path)
    assert [syntax.renumber(unit, k, 0) for k, unit in enumerate(slices)] == slices


def test_renumbering_an_idr_picture_changes_its_number_only(tmp_path: Path) -> None:
    syntax, slices = _film(tmp_path)
    assert [syntax.idr_pic_id(unit) for unit in slices] == [0] + [None] * 19
    renumbered = syntax.renumber(slices[0], 0, 5)
    assert syntax.idr_pic_id(renumbered) == 5
    assert syntax.renumber(renumbered, 0, 0) == slices[0]
    path = tmp_path / "renumbered.h264"
    path.write_bytes(syntax.parameter_sets + skip_slices.START_CODE + renumbered)
    assert np.array_equal(decode(path)[0], decode(tmp_path / "film.h264")[0])


def test_a_held_slice_says_what_it_must(tmp_path: Path) -> None:
    syntax, _ = _film(tmp_path)
    payload = syntax.held_payload()
    unit = syntax.held(21, payload)
    assert unit[0] == 0x41, "a reference picture that is no IDR picture"
    body = skip_slices.unescape(unit[1:])
    bits = BitReader(body)
    assert [bits.ue() for _ in range(3)] == [0, 5, 0]  # first macroblock, P, parameter set
    assert bits.u(syntax.frame_number_bits) == 21 % (1 << syntax.frame_number_bits)
    assert (bits.u(1), bits.ue()) == (1, 0)  # one reference
    assert (bits.u(1), bits.u(1)) == (0, 0)  # the list as it is, a sliding window
    assert (bits.ue(), bits.se()) == (0, 0)  # cabac_init_idc, slice_qp_delta
    assert bits.ue() == 1  # no deblocking
    left = -bits.position % 8
    assert bits.u(left) == (1 << left) - 1
    assert body[bits.position // 8 :] == payload


def test_every_quantiser_starts_a_context_that_decodes(tmp_path: Path) -> None:
    """The slice quantiser sets the context's first state; a wrong table entry breaks some of these streams."""
    syntax, slices = _film(tmp_path)
    path = tmp_path / "repeat.h264"
    for quantiser in range(52):
        repeat = _repeat(syntax, quantiser)
        stream = [syntax.sps, syntax.pps, slices[0], repeat]
        path.write_bytes(b"".join(skip_slices.START_CODE + unit for unit in stream))
        with av.open(path, format="h264") as container:
            container.streams.video[0].thread_type = "NONE"
            first, second = container.decode(video=0)
        assert not second.is_corrupt, quantiser
        assert np.array_equal(first.to_ndarray(), second.to_ndarray()), quantiser


def _repeat(syntax: Syntax, quantiser: int) -> bytes:
    """A held slice whose quantiser is another than that of the parameter set."""
    bits = BitWriter()
    for value in (0, 5, 0):
        bits.ue(value)
    bits.u(syntax.frame_number_bits, 1)
    bits.u(4, 0b1100)
    bits.ue(0)
    bits.se(quantiser - syntax.quantiser)
    bits.ue(1)
    return b"\x41" + skip_slices.escape(
        bits.aligned(1) + skip_slices.skipped_macroblocks(syntax.macroblocks, quantiser)
    )


def _parameter_sets(**settings: object) -> tuple[bytes, bytes]:
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 64, 48, "yuv420p"
    encoder.time_base = Fraction(1, 15)
    pairs = ":".join(f"{name}={value}" for name, value in settings.items())
    encoder.options = {"tune": "zerolatency", "x264-params": f"ref=1:weightp=0:bframes=0:{pairs}"}
    frame = av.VideoFrame.from_ndarray(np.zeros((72, 64), np.uint8), "yuv420p")
    frame.pts = 0
    coded = [*encoder.encode(frame), *encoder.encode(None)]
    units = skip_slices.nal_units(b"".join(bytes(packet) for packet in coded))
    found = {skip_slices.unit_type(unit): unit for unit in units}
    return found[skip_slices.SPS], found[skip_slices.PPS]


def test_plain_settings_are_read() -> None:
    syntax = Syntax.of(*_parameter_sets(qp=31))
    assert (syntax.macroblocks, syntax.quantiser) == (12, 31)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"bframes": 2}, "not put out in decoding order"),
        ({"ref": 3}, "several reference pictures"),
        ({"cabac": 0}, "no CABAC"),
        ({"weightp": 1}, "weighted prediction"),
        ({"interlaced": 1}, "not put out in decoding order"),
        ({"qp": 0}, "a profile other than Main or High"),
    ],
)
def test_other_syntax_is_refused_by_name(settings: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableStream, match=said):
        Syntax.of(*_parameter_sets(**settings))
