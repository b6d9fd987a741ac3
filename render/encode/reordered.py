"""Held pictures in a stream with B-frames, and the order in which its pictures are shown.

An encoder with B-frames sends pictures in another order than they are shown in, and numbers them by that order
(pic_order_cnt_lsb).  Between its pictures stand frames that it has not seen, those of holds, so its numbers are
rewritten: each picture gets twice its place since the last IDR picture.  Where a number has too few bits for that,
eight are added to it and to the parameter set that tells its width: all that follows in a slice moves by a whole byte,
and nothing else of the slice has to be understood.

A held frame is a P slice of skipped macroblocks, as in :mod:`render.encode.skip_slices`, that no picture refers to.
It leaves the encoder's references and their numbers as they are.  That holds because the encoder is told to do without
what depends on the distance of pictures in time: temporal direct prediction and implicit weights.

Clauses and tables are those of Rec. ITU-T H.264 (08/2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from render.core.fault import JobFault
from render.encode.skip_slices import (
    IDR_SLICE,
    START_CODE,
    BitReader,
    BitWriter,
    escape,
    read_pps,
    require,
    skipped_macroblocks,
    unescape,
    unit_type,
)

_ADDED: Final = 8
"""Bits that are added to pic_order_cnt_lsb."""
_PER_FRAME: Final = 2
"""By how much the number of a frame is above that of the frame shown before it: each field counts."""
_HEAD: Final = 64
"""Bytes that hold the numbers of any slice, emulation prevention included."""


@dataclass(frozen=True, slots=True)
class _Widths:
    """What a sequence parameter set says, and where it says how wide a picture's order is."""

    frame_number: int
    """Bits of frame_num."""
    order: int
    """Bits of pic_order_cnt_lsb."""
    begin: int
    """First bit of log2_max_pic_order_cnt_lsb_minus4."""
    end: int
    """First bit behind it."""
    macroblocks: int


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of a picture in its slice's header."""

    is_key: bool
    """Whether it is an IDR picture."""
    frame_number: int
    place: int
    """Frames that are shown from the last IDR picture on before this one."""


class Reordered:
    """What the parameter sets of a stream with B-frames say about its slices.

    ``sps`` is the one that :func:`widened` gave; :class:`UnreadableStream` for streams that our encoder does not write.
    """

    def __init__(self, sps: bytes, pps: bytes) -> None:
        self.parameter_sets = START_CODE + sps + START_CODE + pps
        """Both parameter sets as the opening of a byte stream."""
        self._widths = _read_sps(sps)
        picture = read_pps(pps)
        require(picture.weighted_b == 0, "weights that depend on distances in time")
        self._picture = picture

    def placed(self, unit: bytes, place: int) -> bytes:
        """The slice ``unit``, as the encoder gave it, of the picture shown ``place`` frames after the IDR picture."""
        body = unescape(unit[1:])
        head, size = int.from_bytes(body[:_HEAD], "big"), 8 * len(body[:_HEAD])
        begin = self._order(body[:_HEAD], is_key=unit_type(unit) == IDR_SLICE)[1].position
        end = begin + self._widths.order - _ADDED
        bits = BitWriter()
        bits.u(begin, head >> (size - begin))
        bits.u(self._widths.order, _PER_FRAME * place)
        bits.u(size - end, head & ((1 << (size - end)) - 1))
        return unit[:1] + escape(bits.aligned(0) + body[_HEAD:])

    def order(self, unit: bytes) -> Order:
        """The numbers of a slice that :meth:`placed` or :meth:`held` gave."""
        is_key = unit_type(unit) == IDR_SLICE
        frame_number, bits = self._order(unescape(unit[1:_HEAD]), is_key=is_key)
        return Order(is_key, frame_number, bits.u(self._widths.order) // _PER_FRAME)

    def held_payload(self) -> bytes:
        """Entropy-coded data of a P slice that repeats the whole reference picture before it."""
        return skipped_macroblocks(self._widths.macroblocks, self._picture.quantiser)

    def held(self, frame_number: int, place: int, payload: bytes) -> bytes:
        """The slice of a frame that repeats the reference picture with the number before ``frame_number``."""
        bits = BitWriter()
        bits.ue(0)  # first_mb_in_slice
        bits.ue(5)  # slice_type: P, as all slices of the picture
        bits.ue(0)  # pic_parameter_set_id
        bits.u(self._widths.frame_number, frame_number % (1 << self._widths.frame_number))
        bits.u(self._widths.order, _PER_FRAME * place)
        bits.u(1, 1)  # num_ref_idx_active_override_flag:
        bits.ue(0)  # one reference, the latest
        bits.u(1, 0)  # ref_pic_list_modification_flag_l0
        if self._picture.weighted:
            bits.ue(0)  # luma_log2_weight_denom
            bits.ue(0)  # chroma_log2_weight_denom
            bits.u(2, 0)  # luma_weight_l0_flag, chroma_weight_l0_flag: as it is
        bits.ue(0)  # cabac_init_idc
        bits.se(0)  # slice_qp_delta
        if self._picture.deblocking:
            bits.ue(1)  # disable_deblocking_filter_idc: the picture was filtered when it was new
        # nal_ref_idc 0, nal_unit_type 1; cabac_alignment_one_bit up to the payload (clause 7.3.4)
        return b"\x01" + escape(bits.aligned(1) + payload)

    def _order(self, head: bytes, *, is_key: bool) -> tuple[int, BitReader]:
        """frame_num of a slice (clause 7.3.3), and a reader that stands before pic_order_cnt_lsb."""
        bits = BitReader(head)
        require(bits.ue() == 0, "several slices in a picture")
        bits.ue()  # slice_type
        require(bits.ue() == 0, "several picture parameter sets")
        frame_number = bits.u(self._widths.frame_number)
        if is_key:
            bits.ue()  # idr_pic_id
        return frame_number, bits


def widened(sps: bytes) -> bytes:
    """The sequence parameter set ``sps`` with eight bits more for the order of pictures."""
    widths = _read_sps(sps)
    body = unescape(sps[1:])
    value = int.from_bytes(body, "big")
    padding = (value & -value).bit_length()  # rbsp_stop_one_bit and the zeros behind it
    value, size = value >> padding, 8 * len(body) - padding
    bits = BitWriter()
    bits.u(widths.begin, value >> (size - widths.begin))
    bits.ue(widths.order - 4 + _ADDED)
    bits.u(size - widths.end, value & ((1 << (size - widths.end)) - 1))
    bits.u(1, 1)
    return sps[:1] + escape(bits.aligned(0))


def shown_at(orders: Sequence[Order]) -> list[int]:
    """When each picture of a stream is shown: its number, counted from the first frame, in the order of decoding.

    :class:`JobFault` unless every frame is there once, and shown before the next IDR picture.
    """
    keys = [number for number, order in enumerate(orders) if order.is_key]
    if not keys or keys[0] != 0:
        raise JobFault("the stream does not open with an IDR picture")
    shown: list[int] = []
    for begin, end in pairwise([*keys, len(orders)]):
        places = [order.place for order in orders[begin:end]]
        if sorted(places) != list(range(end - begin)):
            raise JobFault(f"frames {begin} to {end - 1} are not shown once each before the next IDR picture")
        shown += [begin + place for place in places]
    return shown


def _read_sps(unit: bytes) -> _Widths:
    """What clause 7.3.2.1.1 puts into a sequence parameter set."""
    bits = BitReader(unescape(unit[1:]))
    require(bits.u(8) == 100, "a profile other than High")
    bits.u(16)  # constraint flags, level_idc
    bits.ue()  # seq_parameter_set_id
    require(bits.ue() == 1, "a chroma format other than 4:2:0")
    require(bits.ue() == 0 and bits.ue() == 0, "more than 8 bits a sample")
    require(bits.u(1) == 0 and bits.u(1) == 0, "a lossless mode or scaling matrices")
    frame_number = bits.ue() + 4
    require(bits.ue() == 0, "pictures without an order of their own")
    begin = bits.position
    order, end = bits.ue() + 4, bits.position
    bits.ue()  # max_num_ref_frames
    bits.u(1)  # gaps_in_frame_num_value_allowed_flag
    macroblocks = (bits.ue() + 1) * (bits.ue() + 1)
    require(bits.u(1) == 1, "interlaced pictures")
    return _Widths(frame_number, order, begin, end, macroblocks)
