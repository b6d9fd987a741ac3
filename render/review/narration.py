"""The review of words: what an ear would stumble over, found in the timeline before anybody listens.

Pace, long sentences, pictures that go on when all is said, silences, and numbers that voice and screen tell
differently.  Each finding names the file and the line that say it.  A silence that is meant says so where it is made::

    with self.beat("Look at it."):  # silence: time to count the flowers
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from render.core.profile import TICKS_PER_SECOND
from render.core.spoken_number import read_numbers
from render.core.syllable import spoken
from render.core.timeline import Beat, Chapter, Timeline
from render.draw.shown import BARE

Kind = Literal["pace", "sentence", "overrun", "silence", "contradiction", "unshown"]

PACE: Final = (130.0, 175.0)
"""Words a minute as they are said (1.397 is five), pauses included."""
SILENT_PACE: Final = (100.0, 195.0)
"""The same for the silent pace, which only guesses how long words take."""
LONGEST_SENTENCE: Final = 22
"""Words."""
LONGEST_OVERRUN: Final = 2.0
"""Seconds that pictures of a beat may go on when all is said."""
LONGEST_SILENCE: Final = 2.5
"""Seconds between two sounds."""

_FEW: Final = 25
"""Words under which a chapter has no pace to speak of."""
_SENTENCE_END: Final = re.compile(r"(?<=[.?!…])[\"'”’)\]]*\s+")
_REASON: Final = re.compile(r"#\s*silence:\s*\S")


@dataclass(frozen=True, slots=True)
class NarrationFinding:
    """Something to say, draw or time differently."""

    kind: Kind
    topic: str
    chapter: str
    """Its method."""
    beat: str
    """What the beat says; empty when a whole chapter is meant."""
    where: str
    """``scenes/svm/margin.py:197``."""
    message: str
    figure: float
    bound: float
    """What ``figure`` had to be: a limit, or for a number the one on screen."""

    def __str__(self) -> str:
        said = f"  [{self.beat}]" if self.beat else ""
        return f"{self.where}: {self.kind}: {self.message}{said}"


def review_words(
    timeline: Timeline, root: Path, shown: Sequence[Sequence[str]] = ()
) -> list[NarrationFinding]:
    """All findings of a lesson, chapter by chapter in the order of their lines.

    ``root`` is the project's folder, where the files of the lesson are.  ``shown`` has what :func:`shown_words` gave
    after each beat, in order; without it numbers are not compared.  :class:`ValueError` when it has another length
    than the lesson has beats.
    """
    beats = [(start, chapter, beat) for start, chapter, beat in timeline.beats()]
    files = {beat.file for _, _, beat in beats}
    review = _Review(timeline.slug, {file: meant_silences(root / file) for file in files})
    bounds = SILENT_PACE if timeline.is_silent else PACE
    found = [finding for chapter in timeline.chapters for finding in review.pace(chapter, bounds)]
    for _, chapter, beat in beats:
        found += [*review.sentences(chapter, beat), *review.overrun(chapter, beat)]
    for (begin, chapter, beat), (following, _, _) in pairwise(beats):
        found += review.silence(chapter, beat, following - begin - _pause_after(beat, chapter))
    if shown:
        seen: list[Number] = []
        for (_, chapter, beat), texts in zip(beats, shown, strict=True):
            here = [number for text in texts for number in shown_numbers(text)]
            seen += here
            found += review.numbers(chapter, beat, here, seen)
    order = {chapter.name: number for number, chapter in enumerate(timeline.chapters)}

    def place(finding: NarrationFinding) -> tuple[int, int]:
        return order[finding.chapter], int(finding.where.rpartition(":")[2])

    return sorted(found, key=place)


def sentences(text: str) -> list[str]:
    """The sentences of what a beat says."""
    return _SENTENCE_END.split(text)


@dataclass(frozen=True, slots=True)
class _Review:
    topic: str
    reasons: Mapping[str, frozenset[int]]
    """Of each file the lines on which a beat stands whose silence is meant."""

    def _finding(
        self, kind: Kind, chapter: Chapter, beat: Beat | None, message: str, figure: float, bound: float
    ) -> NarrationFinding:
        where, text = (beat.where, beat.text) if beat else (chapter.where, "")
        return NarrationFinding(kind, self.topic, chapter.name, text, where, message, figure, bound)

    def _is_meant(self, beat: Beat) -> bool:
        return beat.line in self.reasons[beat.file]

    def pace(self, chapter: Chapter, bounds: tuple[float, float]) -> Iterator[NarrationFinding]:
        words = sum(len(spoken(token)) for beat in chapter.beats for token in beat.text.split())
        if words < _FEW:
            return
        pace, (low, high) = 60 * words / chapter.seconds, bounds
        if not low <= pace <= high:
            message = f"{pace:.0f} words a minute in {chapter.name}; expected {low:g} to {high:g}"
            yield self._finding("pace", chapter, None, message, pace, low if pace < low else high)

    def sentences(self, chapter: Chapter, beat: Beat) -> Iterator[NarrationFinding]:
        for sentence in sentences(beat.text):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                message = f"a sentence of {words} words; expected {LONGEST_SENTENCE} at most"
                yield self._finding("sentence", chapter, beat, message, words, LONGEST_SENTENCE)

    def overrun(self, chapter: Chapter, beat: Beat) -> Iterator[NarrationFinding]:
        over = beat.ticks / TICKS_PER_SECOND - beat.speech
        if over > LONGEST_OVERRUN and not self._is_meant(beat):
            message = f"the picture goes on {over:.2f} s after the last word; expected {LONGEST_OVERRUN:g} s at most"
            yield self._finding("overrun", chapter, beat, message, over, LONGEST_OVERRUN)

    def silence(self, chapter: Chapter, beat: Beat, seconds: float) -> Iterator[NarrationFinding]:
        """``seconds`` lie between the starts of this beat and the next, without what the viewer is given to think."""
        still = seconds - beat.speech
        if still > LONGEST_SILENCE and not self._is_meant(beat):
            message = (
                f"{still:.1f} s of silence after this beat; expected {LONGEST_SILENCE:g} s at most, "
                "or a comment beside it: # silence: why"
            )
            yield self._finding("silence", chapter, beat, message, still, LONGEST_SILENCE)

    def numbers(
        self, chapter: Chapter, beat: Beat, here: Sequence[Number], seen: Sequence[Number]
    ) -> Iterator[NarrationFinding]:
        """``here`` stands on screen when the beat ends, ``seen`` stood there at some time up to then."""
        said = said_numbers(beat.text)
        free = [one for one in here if not one.scale and not any(_equal(one, other) for other in said)]
        for number in said:
            if any(_equal(number, one) for one in seen) or number.loose:
                continue
            rival = next((one for one in free if _rivals(number, one)), None)
            if rival:
                message = f"the voice says {number}, the screen {rival}; expected the same digits"
                figures = float(number.value), float(rival.value)
                yield self._finding("contradiction", chapter, beat, message, *figures)
            elif number.exact:
                message = f"the voice says {number}, and no screen up to here shows it"
                yield self._finding("unshown", chapter, beat, message, float(number.value), float("nan"))


def _pause_after(beat: Beat, chapter: Chapter) -> float:
    """Seconds of marked pauses between this beat of ``chapter`` and the next."""
    later = [other.start for other in chapter.beats if other.start >= beat.end]
    until = min(later, default=chapter.ticks)
    ticks = sum(end - start for start, end in chapter.pauses if beat.end <= start < until)
    return ticks / TICKS_PER_SECOND


def meant_silences(path: Path) -> frozenset[int]:
    """Lines of the calls of beats whose comment, on the line above or in the head of the block, tells why."""
    source = path.read_text(encoding="utf-8")
    told = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and _REASON.match(token.string)
    }
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)) if told else ():
        if isinstance(node, ast.With) and told & set(range(node.lineno - 1, node.body[0].lineno)):
            lines |= set(range(node.lineno, node.body[0].lineno))
    return frozenset(lines)


# Numbers.


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is said or shown."""

    value: Decimal
    """With the digits that were written: 0.70 has two decimals."""
    percent: bool = False
    loose: bool = False
    """Said with "about", "more than" and the like: it need not be the figure itself."""
    exact: bool = False
    """Written with digits and with decimals or as a percentage: a measured figure, not a count."""
    scale: bool = False
    """One of a row of bare numbers, which may be an axis: it confirms, and contradicts nothing."""

    @property
    def decimals(self) -> int:
        """Digits after the point."""
        return max(0, -int(self.value.as_tuple().exponent))

    @property
    def digits(self) -> str:
        """All digits that count: 0.070 has 70."""
        return "".join(map(str, self.value.as_tuple().digits)).lstrip("0")

    def __str__(self) -> str:
        return f"{self.value}{' percent' if self.percent else ''}"


_WRITTEN: Final = r"(?<![\w.])[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)"
_PERCENT: Final = r"\s*(?:%|percent\b|per cent\b)"
_SPACING: Final = re.compile(r"#\w+\([^()]*\)|\b[\d.]+(?:em|pt|cm|fr)\b(?=\))")
"""What a formula's source says about space."""

_ONLY: Final = re.compile(r"\bonly\s+$", re.IGNORECASE)
"""A comparison that holds without the figure itself, as "about" does."""
_COUNTED: Final = 10
"""A count in words is a figure from here on."""


def said_numbers(text: str) -> list[Number]:
    """The numbers in what is said, in digits or in words; of those in words only counts from ten on."""
    numbers = []
    for one in read_numbers(text):
        loose = bool(one.hedge or _ONLY.search(text[: one.start]))
        if one.form == "digits":
            value = Decimal(int(one.figure * 10**one.decimals)).scaleb(-one.decimals)
            numbers.append(Number(value, one.percent, loose, one.percent or one.decimals > 0))
        elif one.form == "cardinal" and one.figure >= _COUNTED:
            numbers.append(Number(Decimal(int(one.figure)), one.percent, loose, one.percent))
    return numbers


def shown_numbers(text: str) -> list[Number]:
    """The numbers in a text on screen; a row of three bare ones or more is a scale."""
    plain = _SPACING.sub(" ", text)
    found = list(re.finditer(rf"({_WRITTEN})({_PERCENT})?", plain))
    scale = len(found) >= 3 and all(BARE.fullmatch(token) for token in plain.split())
    return [Number(_decimal(one[1]), bool(one[2]), scale=scale) for one in found]


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "").replace("−", "-"))


def _equal(one: Number, other: Number) -> bool:
    """Whether two numbers are the same figure: 96 percent is 96 % and 0.96, and a 96 under "accuracy (%)"."""
    hundredth = Decimal(100)
    return (
        one.value == other.value
        or (one.percent and one.value == hundredth * other.value)
        or (other.percent and other.value == hundredth * one.value)
    )


def _rivals(said: Number, shown: Number) -> bool:
    """Whether two figures that differ are so alike that they must mean the same quantity.

    Either one is the other rounded, to no fewer than two digits that count (1.40 and 1.397); or they have as many
    decimals and differ in the last digit alone or in the order of digits (1.397 and 1.379), three digits at the
    least; or they are counts from ten on, one apart or turned about.
    """
    if said.percent != shown.percent:
        return False
    short, long = sorted((said, shown), key=lambda number: number.decimals)
    if short.decimals < long.decimals:
        return len(short.digits) >= 2 and round(long.value, short.decimals) == short.value
    one, other = said.digits, shown.digits
    if len(one) != len(other) or (said.value < 0) != (shown.value < 0):
        return False
    alike = one[:-1] == other[:-1] or sorted(one) == sorted(other)
    if said.decimals:
        return len(one) >= 3 and alike
    return len(one) >= 2 and (abs(said.value - shown.value) == 1 or sorted(one) == sorted(other))
