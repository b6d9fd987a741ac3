"""Held pictures: an H.264 slice that says "as before", and the numbers that let it stand among others.

Half the frames of a narrated lesson repeat the frame before.  Such a frame needs no encoder: it is one P
slice whose macroblocks are all skipped, about seventy bytes, whose entropy-coded payload depends on nothing
but the picture's size and quantiser.  Only its frame number changes, so the payload is made once.

Because held frames stand between pictures of an encoder that knows nothing of them, the frame numbers of that
encoder's own slices are rewritten too (:meth:`Syntax.renumber`).  References stay what the encoder meant: it
predicts from the picture before, and a held picture is that very picture.

Clauses and tables are those of Rec. ITU-T H.264 (08/2021).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from render.core.fault import JobFault

START_CODE: Final = b"\0\0\0\1"
"""Opens every NAL unit of a byte stream (Annex B)."""

# nal_unit_type, Table 7-1
SLICE: Final = 1
IDR_SLICE: Final = 5
SPS: Final = 7
PPS: Final = 8

_HEADER_REACH = 64
"""Bytes that hold any slice header we accept, emulation prevention included."""

# rangeTabLPS[pStateIdx][qCodIRangeIdx], Table 9-44
_RANGE_LPS: Final = (
    (128, 176, 208, 240), (128, 167, 197, 227), (128, 158, 187, 216), (123, 150, 178, 205),
    (116, 142, 169, 195), (111, 135, 160, 185), (105, 128, 152, 175), (100, 122, 144, 166),
    (95, 116, 137, 158), (90, 110, 130, 150), (85, 104, 123, 142), (81, 99, 117, 135),
    (77, 94, 111, 128), (73, 89, 105, 122), (69, 85, 100, 116), (66, 80, 95, 110),
    (62, 76, 90, 104), (59, 72, 86, 99), (56, 69, 81, 94), (53, 65, 77, 89),
    (51, 62, 73, 85), (48, 59, 69, 80), (46, 56, 66, 76), (43, 53, 63, 72),
    (41, 50, 59, 69), (39, 48, 56, 65), (37, 45, 54, 62), (35, 43, 51, 59),
    (33, 41, 48, 56), (32, 39, 46, 53), (30, 37, 43, 50), (29, 35, 41, 48),
    (27, 33, 39, 45), (26, 31, 37, 43), (24, 30, 35, 41), (23, 28, 33, 39),
    (22, 27, 32, 37), (21, 26, 30, 35), (20, 24, 29, 33), (19, 23, 27, 31),
    (18, 22, 26, 30), (17, 21, 25, 28), (16, 20, 23, 27), (15, 19, 22, 25),
    (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22), (12, 15, 18, 21),
    (12, 14, 17, 20), (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17),
    (10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14), (8, 10, 12, 14),
    (8, 9, 11, 13), (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11),
    (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9), (2, 2, 2, 2),
)  # fmt: skip

# transIdxLPS, Table 9-45, as far as it is reached: no quantiser starts the skip context above state 30
_NEXT_AFTER_LPS: Final = (
    0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12, 13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22,
    23,
)  # fmt: skip

_SKIP_CONTEXT: Final = (23, 33)
"""(m, n) of ctxIdx 11: mb_skip_flag, P slice, neighbours skipped, cabac_init_idc 0 (Table 9-13)."""


class UnreadableStream(JobFault):
    """The stream uses syntax that this module does not write: another encoder, or other settings of it."""


class BitReader:
    """Reads the syntax elements of a raw byte sequence payload, most significant bit first (clause 7.2)."""

    def __init__(self, payload: bytes) -> None:
        self._value = int.from_bytes(payload, "big")
        self._left = 8 * len(payload)
        self._size = self._left

    @property
    def position(self) -> int:
        """Bits read so far."""
        return self._size - self._left

    def u(self, bits: int) -> int:
        """An unsigned integer of ``bits`` bits."""
        if bits > self._left:
            raise UnreadableStream("a header ends before its last field")
        self._left -= bits
        return (self._value >> self._left) & ((1 << bits) - 1)

    def ue(self) -> int:
        """An unsigned Exp-Golomb code (clause 9.1)."""
        zeros = 0
        while not self.u(1):
            zeros += 1
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        """A signed Exp-Golomb code (clause 9.1.1)."""
        code = self.ue()
        return (code + 1) // 2 if code & 1 else -(code // 2)


class BitWriter:
    """Writes what :class:`BitReader` reads."""

    def __init__(self) -> None:
        self._value = 0
        self._bits = 0

    def u(self, bits: int, value: int) -> None:
        """``value`` in ``bits`` bits."""
        self._value = self._value << bits | value
        self._bits += bits

    def ue(self, value: int) -> None:
        """``value`` as an unsigned Exp-Golomb code."""
        self.u(2 * (value + 1).bit_length() - 1, value + 1)

    def se(self, value: int) -> None:
        """``value`` as a signed Exp-Golomb code."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def aligned(self, bit: int) -> bytes:
        """All that was written, filled up with ``bit`` to a whole number of bytes."""
        while self._bits % 8:
            self.u(1, bit)
        return self._value.to_bytes(self._bits // 8, "big")


def nal_units(stream: bytes) -> list[bytes]:
    """The NAL units of an Annex B byte stream, without start codes and trailing zero bytes (clause B.1)."""
    return [unit for piece in re.split(b"\0\0\1", stream)[1:] if (unit := piece.rstrip(b"\0"))]


def unit_type(unit: bytes) -> int:
    """nal_unit_type of a NAL unit."""
    return unit[0] & 31


def escape(payload: bytes) -> bytes:
    """``payload`` with emulation prevention bytes, so that no start code appears in it (clause 7.4.1)."""
    return re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", payload)


def unescape(body: bytes) -> bytes:
    """``body`` of a NAL unit without its emulation prevention bytes."""
    return body.replace(b"\0\0\3", b"\0\0")


@dataclass(frozen=True, slots=True)
class _SliceHeader:
    """Where the fields that we rewrite lie, in bits from the start of the payload."""

    numbers: int
    """Position of frame_num, which idr_pic_id follows in an IDR picture."""
    rest: int
    """Position behind those numbers."""
    end: int
    """Position behind the header; entropy-coded data begin at the next byte boundary."""
    idr_pic_id: int | None


@dataclass(frozen=True, slots=True)
class Syntax:
    """What the parameter sets of a stream say about its slice headers.

    Only what our encoder settings produce is accepted: progressive 4:2:0, CABAC, one reference picture,
    output in decoding order; :class:`UnreadableStream` names the first thing that is otherwise.
    """

    sps: bytes
    pps: bytes
    frame_number_bits: int
    macroblocks: int
    quantiser: int
    """pic_init_qp: that of a slice whose slice_qp_delta is 0."""
    deblocking_control: bool

    @classmethod
    def of(cls, sps: bytes, pps: bytes) -> Syntax:
        """The syntax that the NAL units ``sps`` (clause 7.3.2.1) and ``pps`` (clause 7.3.2.2) prescribe."""
        frame_number_bits, macroblocks = _read_sps(sps)
        picture = read_pps(pps)
        require(not picture.weighted, "weighted prediction")
        return cls(sps, pps, frame_number_bits, macroblocks, picture.quantiser, picture.deblocking)

    @property
    def parameter_sets(self) -> bytes:
        """Both parameter sets as the opening of a byte stream."""
        return START_CODE + self.sps + START_CODE + self.pps

    def held_payload(self) -> bytes:
        """Entropy-coded data of a P slice that repeats the whole picture before it."""
        return skipped_macroblocks(self.macroblocks, self.quantiser)

    def held(self, frame_number: int, payload: bytes) -> bytes:
        """The NAL unit of a P slice with ``payload`` of :meth:`held_payload`; a reference picture itself.

        It must be one: the next picture predicts from it, and an unreferenced one would leave the sliding
        window one picture short.
        """
        bits = BitWriter()
        bits.ue(0)  # first_mb_in_slice
        bits.ue(5)  # slice_type: P, as all slices of the picture
        bits.ue(0)  # pic_parameter_set_id
        self._write_frame_number(bits, frame_number)
        bits.u(1, 1)  # num_ref_idx_active_override_flag:
        bits.ue(0)  # one reference, the picture before
        bits.u(1, 0)  # ref_pic_list_modification_flag_l0
        bits.u(1, 0)  # adaptive_ref_pic_marking_mode_flag: sliding window
        bits.ue(0)  # cabac_init_idc
        bits.se(0)  # slice_qp_delta
        if self.deblocking_control:
            bits.ue(1)  # disable_deblocking_filter_idc: the picture was filtered when it was new
        # nal_ref_idc 2, nal_unit_type 1; cabac_alignment_one_bit up to the payload (clause 7.3.4)
        return b"\x41" + escape(bits.aligned(1) + payload)

    def renumber(self, unit: bytes, frame_number: int, idr_pic_id: int = 0) -> bytes:
        """The slice ``unit`` with other numbers; ``idr_pic_id`` is used in an IDR picture only."""
        header = self._read_slice_header(unit)
        payload = unescape(unit[1:])
        head = payload[:_HEADER_REACH]
        value, size = int.from_bytes(head, "big"), 8 * len(head)
        bits = BitWriter()
        bits.u(header.numbers, value >> (size - header.numbers))
        self._write_frame_number(bits, frame_number)
        if header.idr_pic_id is not None:
            bits.ue(idr_pic_id)
        kept = header.end - header.rest
        bits.u(kept, value >> (size - header.end) & ((1 << kept) - 1))
        return unit[:1] + escape(bits.aligned(1) + payload[(header.end + 7) // 8 :])

    def idr_pic_id(self, unit: bytes) -> int | None:
        """idr_pic_id of the slice ``unit``; None when it belongs to no IDR picture."""
        return self._read_slice_header(unit).idr_pic_id

    def _write_frame_number(self, bits: BitWriter, frame_number: int) -> None:
        bits.u(self.frame_number_bits, frame_number % (1 << self.frame_number_bits))

    def _read_slice_header(self, unit: bytes) -> _SliceHeader:
        """The header of a slice (clause 7.3.3), or :class:`UnreadableStream`."""
        bits = BitReader(unescape(unit[1:_HEADER_REACH]))
        idr = unit_type(unit) == IDR_SLICE
        require(bits.ue() == 0, "several slices in a picture")
        predicted = bits.ue() % 5 == 0
        require(bits.ue() == 0, "several picture parameter sets")
        numbers = bits.position
        bits.u(self.frame_number_bits)
        idr_pic_id = bits.ue() if idr else None
        rest = bits.position
        if predicted:
            if bits.u(1):  # num_ref_idx_active_override_flag
                require(bits.ue() == 0, "several reference pictures")
            require(bits.u(1) == 0, "modified reference lists")
        if idr:
            bits.u(2)  # no_output_of_prior_pics_flag, long_term_reference_flag
        else:
            require(unit[0] >> 5 > 0, "pictures that no other refers to")
            require(bits.u(1) == 0, "adaptive reference marking")
        if predicted:
            bits.ue()  # cabac_init_idc
        bits.se()  # slice_qp_delta
        if self.deblocking_control and bits.ue() != 1:
            bits.se()  # slice_alpha_c0_offset_div2
            bits.se()  # slice_beta_offset_div2
        return _SliceHeader(numbers, rest, bits.position, idr_pic_id)


def require(holds: bool, otherwise: str) -> None:
    """:class:`UnreadableStream` with what a stream has ``otherwise``, unless the condition ``holds``."""
    if not holds:
        raise UnreadableStream(f"the H.264 stream has {otherwise}, which held pictures are not written for")


def _read_sps(unit: bytes) -> tuple[int, int]:
    """Bits of a frame number and macroblocks of a picture (clause 7.3.2.1.1)."""
    bits = BitReader(unescape(unit[1:]))
    require(bits.u(8) in (77, 100), "a profile other than Main or High")
    high = unit[1] == 100
    bits.u(16)  # constraint flags, level_idc
    bits.ue()  # seq_parameter_set_id
    if high:
        require(bits.ue() == 1, "a chroma format other than 4:2:0")
        require(bits.ue() == 0 and bits.ue() == 0, "more than 8 bits a sample")
        require(bits.u(1) == 0 and bits.u(1) == 0, "a lossless mode or scaling matrices")
    frame_number_bits = bits.ue() + 4
    require(bits.ue() == 2, "pictures that are not put out in decoding order")
    require(bits.ue() == 1, "several reference pictures")
    bits.u(1)  # gaps_in_frame_num_value_allowed_flag
    macroblocks = (bits.ue() + 1) * (bits.ue() + 1)
    require(bits.u(1) == 1, "interlaced pictures")
    return frame_number_bits, macroblocks


@dataclass(frozen=True, slots=True)
class PictureParameters:
    """What a picture parameter set says that slices are written by."""

    weighted: bool
    """Whether P slices carry weights."""
    weighted_b: int
    """The way in which B slices are weighted; 0 for none."""
    quantiser: int
    """The initial one."""
    deblocking: bool
    """Whether slices carry deblocking fields."""


def read_pps(unit: bytes) -> PictureParameters:
    """A picture parameter set (clause 7.3.2.2); :class:`UnreadableStream` for one that x264 does not write here."""
    bits = BitReader(unescape(unit[1:]))
    require(bits.ue() == 0 and bits.ue() == 0, "several parameter sets")
    require(bits.u(1) == 1, "no CABAC")
    require(bits.u(1) == 0 and bits.ue() == 0, "picture order fields or slice groups")
    bits.ue()  # num_ref_idx_l0_default_active_minus1: held slices override it
    bits.ue()  # num_ref_idx_l1_default_active_minus1
    weighted, weighted_b = bool(bits.u(1)), bits.u(2)
    quantiser = 26 + bits.se()
    bits.se()  # pic_init_qs_minus26
    bits.se()  # chroma_qp_index_offset
    deblocking = bool(bits.u(1))
    bits.u(1)  # constrained_intra_pred_flag
    require(bits.u(1) == 0, "redundant pictures")
    return PictureParameters(weighted, weighted_b, quantiser, deblocking)


def skipped_macroblocks(count: int, quantiser: int) -> bytes:
    """slice_data (clause 7.3.4) of a P slice of ``count`` macroblocks, all skipped, trailing bits included.

    ``quantiser`` is SliceQPY, from which the context starts (clause 9.3.1.1).
    """
    m, n = _SKIP_CONTEXT
    start = min(126, max(1, (m * min(51, max(0, quantiser)) >> 4) + n))
    state, likely = (63 - start, 0) if start <= 63 else (start - 64, 1)
    coder = _ArithmeticCoder()
    for _ in range(count - 1):
        state, likely = coder.encode(1, state, likely)  # mb_skip_flag
        coder.encode_terminate(last=False)  # end_of_slice_flag
    coder.encode(1, state, likely)
    coder.encode_terminate(last=True)
    return coder.bits.aligned(0)


class _ArithmeticCoder:
    """The encoding process of CABAC (clause 9.3.4)."""

    def __init__(self) -> None:
        self.bits = BitWriter()
        self._low = 0
        self._range = 510
        self._outstanding = 0
        self._first = True

    def encode(self, value: int, state: int, likely: int) -> tuple[int, int]:
        """Encodes one bin; returns the context's next state and likely value (clause 9.3.4.2)."""
        unlikely_range = _RANGE_LPS[state][self._range >> 6 & 3]
        self._range -= unlikely_range
        if value == likely:
            state = min(62, state + 1)
        else:
            self._low += self._range
            self._range = unlikely_range
            likely = likely if state else 1 - likely
            state = _NEXT_AFTER_LPS[state]
        self._renormalise()
        return state, likely

    def encode_terminate(self, *, last: bool) -> None:
        """Encodes end_of_slice_flag (clause 9.3.4.5); the last one's final bit is rbsp_stop_one_bit."""
        self._range -= 2
        if last:
            self._low += self._range
            self._range = 2
        self._renormalise()
        if last:
            self._put(self._low >> 9 & 1)
            self.bits.u(2, self._low >> 7 & 3 | 1)

    def _renormalise(self) -> None:
        while self._range < 256:
            if self._low < 256:
                self._put(0)
            elif self._low >= 512:
                self._low -= 512
                self._put(1)
            else:
                self._low -= 256
                self._outstanding += 1
            self._range <<= 1
            self._low <<= 1

    def _put(self, bit: int) -> None:
        if self._first:  # the register's tenth bit, which never carries
            self._first = False
        else:
            self.bits.u(1, bit)
        if self._outstanding:
            self.bits.u(self._outstanding, (1 - bit) * ((1 << self._outstanding) - 1))
            self._outstanding = 0
