"""The review of words: what an ear would stumble over, found in the timeline before anybody listens.

Pace, long sentences, pictures that go on when all is said, silences, and numbers that voice and screen tell
differently.  Each finding names the line of the scene file.  A silence that is meant says so where it is made::

    with self.beat("Look at it."):  # silence: time to count the flowers
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from render.profile import TICKS_PER_SECOND
from render.timeline import Beat, Chapter, Timeline
from render.voice import spoken

if TYPE_CHECKING:
    from manim import Mobject

    from scenes.kit.glyph import Words
    from scenes.kit.lesson import Lesson

Kind = Literal["pace", "sentence", "overrun", "silence", "contradiction", "unshown"]

PACE: Final = (130.0, 175.0)
"""Words a minute as they are said (1.397 is five), pauses included."""
SILENT_PACE: Final = (100.0, 195.0)
"""The same for the silent pace, which only guesses how long words take."""
LONGEST_SENTENCE: Final = 25
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
class Finding:
    """Something to say, draw or time differently."""

    kind: Kind
    topic: str
    chapter: str
    """Its method."""
    beat: str
    """What the beat says; empty when a whole chapter is meant."""
    where: str
    """``scenes/svm.py:197``."""
    message: str
    figure: float
    bound: float
    """What ``figure`` had to be: a limit, or for a number the one on screen."""

    def __str__(self) -> str:
        said = f"  [{self.beat}]" if self.beat else ""
        return f"{self.where}: {self.kind}: {self.message}{said}"


def review_words(timeline: Timeline, path: Path, shown: Sequence[Sequence[str]] = ()) -> list[Finding]:
    """All findings of a lesson, in its order.

    ``path`` is the scene's file.  ``shown`` has what :func:`shown_words` gave after each beat, in order; without
    it numbers are not compared.  :class:`ValueError` when it has another length than the lesson has beats.
    """
    review = _Review(timeline.slug, f"{path.parent.name}/{path.name}", meant_silences(path))
    beats = [(start, chapter, beat) for start, chapter, beat in timeline.beats()]
    bounds = SILENT_PACE if timeline.is_silent else PACE
    found = [finding for chapter in timeline.chapters for finding in review.pace(chapter, bounds)]
    for _, chapter, beat in beats:
        found += [*review.sentences(chapter, beat), *review.overrun(chapter, beat)]
    for (begin, chapter, beat), (following, _, _) in pairwise(beats):
        found += review.silence(chapter, beat, following - begin)
    if shown:
        seen: list[Number] = []
        for (_, chapter, beat), texts in zip(beats, shown, strict=True):
            here = [number for text in texts for number in shown_numbers(text)]
            seen += here
            found += review.numbers(chapter, beat, here, seen)
    return sorted(found, key=lambda finding: int(finding.where.rpartition(":")[2]))


def shown_words(lesson: Lesson) -> tuple[str, ...]:
    """What stands on the stage to be read, a text each; bare numbers side by side (a scale) are one text.

    Typst's source where it is a formula.  What is transparent is not there.  Nouns that draw their numbers as paths
    tell them by ``shown_texts``; those of one noun are one text, as a scale is.
    """
    return tuple(text for mobject in lesson.mobjects for text in _texts([mobject]))


def _texts(siblings: Sequence[Mobject]) -> Iterator[str]:
    scale: list[str] = []
    for mobject in siblings:
        if written := getattr(mobject, "shown_texts", ()):  # a noun that draws its numbers as one path
            yield " ".join(written)
        if not getattr(mobject, "is_words", False):
            yield from _texts(mobject.submobjects)
            continue
        words = cast("Words", mobject)
        if any(glyph.get_fill_opacity() > 0.05 for glyph in words.glyphs):
            text = " ".join(words.source_text.split())
            if _BARE.fullmatch(text):
                scale.append(text)
            else:
                yield text
    if scale:
        yield " ".join(scale)


@dataclass(frozen=True, slots=True)
class _Review:
    topic: str
    file: str
    reasons: frozenset[int]
    """Lines on which a beat stands whose silence is meant."""

    def _finding(
        self, kind: Kind, chapter: Chapter, beat: Beat | None, message: str, figure: float, bound: float
    ) -> Finding:
        line, text = (beat.line, beat.text) if beat else (chapter.line, "")
        return Finding(kind, self.topic, chapter.name, text, f"{self.file}:{line}", message, figure, bound)

    def pace(self, chapter: Chapter, bounds: tuple[float, float]) -> Iterator[Finding]:
        words = sum(len(spoken(token)) for beat in chapter.beats for token in beat.text.split())
        if words < _FEW:
            return
        pace, (low, high) = 60 * words / chapter.seconds, bounds
        if not low <= pace <= high:
            message = f"{pace:.0f} words a minute in {chapter.name}; expected {low:g} to {high:g}"
            yield self._finding("pace", chapter, None, message, pace, low if pace < low else high)

    def sentences(self, chapter: Chapter, beat: Beat) -> Iterator[Finding]:
        for sentence in _SENTENCE_END.split(beat.text):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                message = f"a sentence of {words} words; expected {LONGEST_SENTENCE} at most"
                yield self._finding("sentence", chapter, beat, message, words, LONGEST_SENTENCE)

    def overrun(self, chapter: Chapter, beat: Beat) -> Iterator[Finding]:
        over = beat.ticks / TICKS_PER_SECOND - beat.speech
        if over > LONGEST_OVERRUN and beat.line not in self.reasons:
            message = f"the picture goes on {over:.2f} s after the last word; expected {LONGEST_OVERRUN:g} s at most"
            yield self._finding("overrun", chapter, beat, message, over, LONGEST_OVERRUN)

    def silence(self, chapter: Chapter, beat: Beat, seconds: float) -> Iterator[Finding]:
        """``seconds`` lie between the starts of this beat and the next."""
        still = seconds - beat.speech
        if still > LONGEST_SILENCE and beat.line not in self.reasons:
            message = (
                f"{still:.1f} s of silence after this beat; expected {LONGEST_SILENCE:g} s at most, "
                "or a comment beside it: # silence: why"
            )
            yield self._finding("silence", chapter, beat, message, still, LONGEST_SILENCE)

    def numbers(
        self, chapter: Chapter, beat: Beat, here: Sequence[Number], seen: Sequence[Number]
    ) -> Iterator[Finding]:
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
_BARE: Final = re.compile(r"[-−+]?\d+(?:[.,]\d+)*")
_PERCENT: Final = r"\s*(?:%|percent\b|per cent\b)"
_SPACING: Final = re.compile(r"#\w+\([^()]*\)|\b[\d.]+(?:em|pt|cm|fr)\b(?=\))")
"""What a formula's source says about space."""

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Final = dict(zip((*_ONES, *_TENS), (*range(20), *range(20, 100, 10)), strict=True))
_LARGE: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_NUMERAL: Final = rf"(?:{'|'.join([*_SMALL, *_LARGE])})"
_IN_WORDS: Final = (
    rf"\b(?:a\s+(?=(?:{'|'.join(_LARGE)})\b))?{_NUMERAL}\b(?:(?:[\s-]+|\s+and\s+){_NUMERAL}\b)*"
)
_SAID: Final = re.compile(
    rf"(?P<written>{_WRITTEN})(?P<p>{_PERCENT})?|(?P<words>{_IN_WORDS})(?P<q>{_PERCENT})?"
)
_LOOSE: Final = re.compile(
    r"\b(?:about|almost|nearly|roughly|around|some|over|under|above|below|(?:more|less|fewer|better|worse) than"
    r"|at (?:least|most|only)|up to|only(?= \d+$)|hardly|close to)\s+$"
)


def said_numbers(text: str) -> list[Number]:
    """The numbers in what is said, in digits or in words; of those in words only counts from ten on."""
    lowered = text.lower()
    numbers = []
    for found in _SAID.finditer(lowered):
        loose = bool(_LOOSE.search(lowered[: found.start()]))
        if found["written"]:
            value, percent = _decimal(found["written"]), bool(found["p"])
            exact = percent or "." in found["written"]
            numbers.append(Number(value, percent, loose, exact))
        elif (count := _counted(found["words"])) >= 10:
            numbers.append(Number(Decimal(count), bool(found["q"]), loose, bool(found["q"])))
    return numbers


def shown_numbers(text: str) -> list[Number]:
    """The numbers in a text on screen; a row of three bare ones or more is a scale."""
    plain = _SPACING.sub(" ", text)
    found = list(re.finditer(rf"({_WRITTEN})({_PERCENT})?", plain))
    scale = len(found) >= 3 and all(_BARE.fullmatch(token) for token in plain.split())
    return [Number(_decimal(one[1]), bool(one[2]), scale=scale) for one in found]


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "").replace("−", "-"))


def _counted(words: str) -> int:
    """one hundred and twenty -> 120."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _LARGE:
            total, group = total + max(group, 1) * _LARGE[word], 0
    return total + group


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
