"""The voice of the lessons: Kokoro-82M, from the installed packages alone.

What was said once is kept in the store and never said again: the key of a sentence is what the network reads, who
reads it and how fast, so that another wording on the screen, another lesson or another run finds it there.
"""

from __future__ import annotations

import json
import wave
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from render.core.fault import EnvironmentFault
from render.core.speech import Speech
from render.core.timeline import Word
from render.store.digest import digest_text, meaning
from render.store.store import Store, Stored, environment_faults
from render.voice.lexicon import SHARED, Lexicon
from render.voice.model import MODEL, RATE, STYLES, Model, Style, installed_model
from render.voice.phrase import Phrase, phrases
from render.voice.pronounce import Said, pronounce
from render.voice.spoken_text import entries_in

if TYPE_CHECKING:  # who only asks for the identity needs no numpy, and a plan is to start at once
    import numpy as np
    from numpy.typing import NDArray

    from render.voice.model import Sound

    Samples = NDArray[np.int16]

SPEED: Final = 0.85
"""Of the network's own pace: the lessons' narration then runs at about 150 words a minute, pauses included."""
PAUSE: Final = 0.45
"""Seconds between two sentences, about as the network itself leaves them."""

_RENDITION: Final = 1
"""Raise it whenever the same phonemes would be kept in another form."""
_KIND: Final = "speech"
_SILENCE: Final = 10 ** (-50 / 20)
"""Loudness (root mean square of full scale) below which nothing is heard; the network's silence is far below it."""
_WINDOW: Final = RATE // 200
_BEFORE: Final = 3 * _WINDOW
_AFTER: Final = 6 * _WINDOW
"""Samples kept before and after what is heard, for soft beginnings and ends."""

_HOME: Final = Path(__file__).resolve().parent
_ROOT: Final = _HOME.parents[1]


@dataclass(frozen=True, slots=True)
class Kokoro:
    """Speaks in one style and keeps what it said in a store."""

    style: Style
    store: Store
    model: Model
    pronounce: Callable[[str], Sequence[Said]]
    pronunciation: Callable[[Iterable[str]], str]
    """Digest of all that :attr:`pronounce` of some texts depends on."""
    speed: float = SPEED

    def identity(self, texts: Iterable[str]) -> str:
        """Engine, network, style, pace and the pronunciation of ``texts``: a word that they lack changes nothing."""
        return (
            f"kokoro/{_RENDITION} {MODEL[:8]} {self.style.name}/{self.style.sha256[:8]} "
            f"speed {self.speed:g} words {self.pronunciation(texts)[:8]}"
        )

    def speak(self, text: str) -> Speech:
        """The speech of ``text``; zero seconds and no sound if nothing of it sounds.

        :raises UnknownWord: at a word that nobody knows how to say.
        :raises EnvironmentFault: if something of the voice is missing or broken, or the store cannot be written.
        """
        said = self.pronounce(text)
        parts = phrases(said)
        if not parts:
            return Speech(0.0, tuple(Word(word.shown, 0.0, 0.0) for word in said))
        clips = [self._said(part) or self._say(part) for part in parts]
        words: list[Word] = []
        begin = 0
        for part, clip in zip(parts, clips, strict=True):
            start = begin / RATE
            times = part.times(clip.record["units"], clip.record["lead"], clip.record["samples"])
            words += [
                Word(word.shown, round(start + first, 3), round(start + last, 3))
                for word, (first, last) in zip(part.said, times, strict=True)
            ]
            end = begin + clip.record["samples"]
            begin = end + round(PAUSE * RATE)
        sound = clips[0] if len(clips) == 1 else self._joined(parts) or self._join(parts, clips)
        keys = dict.fromkeys(stored.path.stem for stored in (*clips, sound))
        # To whole milliseconds like the words, and never before the last of them.
        return Speech(round(end / RATE, 3), tuple(words), sound.path, tuple(keys))

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` that the network has still to say, or the store to keep, each once, in order."""
        return [text for text in dict.fromkeys(texts) if not self._kept(phrases(self.pronounce(text)))]

    def _kept(self, parts: Sequence[Phrase]) -> bool:
        return all(self._said(part) for part in parts) and (len(parts) < 2 or self._joined(parts) is not None)

    # --- sentences

    def _key(self, phrase: Phrase) -> str:
        return _key(MODEL, self.style.sha256, self.speed, phrase.phonemes)

    def _said(self, phrase: Phrase) -> Stored | None:
        return self.store.find(_KIND, self._key(phrase), ".wav")

    def _say(self, phrase: Phrase) -> Stored:
        import numpy as np

        utterance = self.model.say(phrase.phonemes, self.style, self.speed)
        first, last = _bounds(utterance.sound)
        samples = np.round(np.clip(utterance.sound[first:last], -1, 1) * 32767).astype(np.int16)
        return self._keep(
            self._key(phrase),
            samples,
            {
                "phonemes": phrase.phonemes,
                "units": list(utterance.units),
                "lead": first,
                "samples": len(samples),
            },
        )

    # --- several of them

    def _joint_key(self, parts: Sequence[Phrase]) -> str:
        return _key(PAUSE, *(self._key(part) for part in parts))

    def _joined(self, parts: Sequence[Phrase]) -> Stored | None:
        return self.store.find(_KIND, self._joint_key(parts), ".wav")

    def _join(self, parts: Sequence[Phrase], clips: Sequence[Stored]) -> Stored:
        import numpy as np

        pause: Samples = np.zeros(round(PAUSE * RATE), np.int16)
        pieces = [piece for clip in clips for piece in (read_wav(clip.path), pause)][:-1]
        samples = np.concatenate(pieces)
        return self._keep(self._joint_key(parts), samples, {"samples": len(samples)})

    def _keep(self, key: str, samples: Samples, record: dict[str, object]) -> Stored:
        with environment_faults(self.store.build):
            self.store.open()
            with self.store.scratch() as scratch:
                made = scratch / "speech.wav"
                write_wav(made, samples)
                return self.store.put(_KIND, key, made, record)


def kokoro(style: str, build: Path | None = None, slug: str | None = None) -> Kokoro:
    """Kokoro in the ``style`` of that name, with the words of all lessons and those of the lesson ``slug``.

    :raises EnvironmentFault: if its packages are not installed.
    :raises UsageFault: for a mistake in the lexicon.
    """
    lexicon = Lexicon.load(_ROOT / "scenes" / "lexicon", slug.replace("-", "_") if slug else SHARED)
    return Kokoro(
        STYLES[style],
        Store(build or _ROOT / "build"),
        installed_model(),
        partial(pronounce, lexicon=lexicon),
        partial(_pronunciation, lexicon),
    )


def write_wav(path: Path, samples: Samples) -> None:
    """One channel of 16 bits at :data:`RATE`."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def read_wav(path: Path) -> Samples:
    """The samples that :func:`write_wav` wrote."""
    import numpy as np

    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def _key(*parts: object) -> str:
    return digest_text(json.dumps([_RENDITION, *parts], ensure_ascii=False))


def _bounds(sound: Sound) -> tuple[int, int]:
    """From which to which sample there is something to hear."""
    import numpy as np

    windows = len(sound) // _WINDOW
    loud = np.sqrt(np.mean(sound[: windows * _WINDOW].reshape(windows, _WINDOW) ** 2, axis=1)) > _SILENCE
    if not loud.any():
        return 0, len(sound)
    heard = np.flatnonzero(loud)
    return max(int(heard[0]) * _WINDOW - _BEFORE, 0), min((int(heard[-1]) + 1) * _WINDOW + _AFTER, len(sound))


def _pronunciation(lexicon: Lexicon, texts: Iterable[str]) -> str:
    """Digest of all that has a part in how ``texts`` are said: the entries that are written in them, and the rest."""
    entries = sorted((entry.key, repr(entry.spoken)) for entry in entries_in("\n".join(texts), lexicon))
    return digest_text(json.dumps([_english(), entries]))


@cache
def _english() -> str:
    """Digest of the dictionaries and this package, which have a part in what is said when."""
    try:
        dictionaries = metadata.version("misaki")
    except metadata.PackageNotFoundError:
        raise EnvironmentFault(
            "The voice Kokoro needs the dictionaries of misaki, which are not installed. Run `make setup`."
        ) from None
    sources = [*sorted(_HOME.glob("*.py")), _HOME.parent / "core" / "number.py"]
    return digest_text(
        json.dumps([dictionaries, *(meaning(path.read_text(encoding="utf-8")) for path in sources)])
    )
