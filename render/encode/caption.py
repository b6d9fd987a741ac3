"""What is said, as text that follows the picture: captions, chapter marks and the transcript.

Pure functions of a timeline.  Captions keep the customs of television: a cue is two short lines and
never runs over the end of a sentence or a beat; it is broken where a speaker would breathe.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Timeline, Word

LINE = 42
"""Most characters on a line; a single longer word stands on a line of its own."""
WANTED, LIMIT = 17.0, 20.0
"""Characters a second, spaces included, that a viewer reads at ease, and at most."""
SHORTEST, LONGEST = 1.0, 7.0
"""Seconds that a cue stands at least and at most."""
GAP = 0.08
"""Seconds between cues, so that a change is seen."""
LINGER = 0.5
"""A pause shorter than this many seconds is filled by the cue before it, so that the screen does not flicker."""
SHIFT = 0.4
"""Seconds by which a cue may start before or after its first word, to give a neighbour its time."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: ``start`` and ``end`` in seconds of the joined video, whole milliseconds."""

    start: float
    end: float
    lines: tuple[str, ...]


def cues(timeline: Timeline) -> list[Cue]:
    """The captions of a lesson, in order.

    Every word is there once, in order.  Always kept: two lines of ``LINE`` characters, ``LONGEST``, ``GAP``,
    no cue across a sentence or a beat.  ``LIMIT`` and ``SHORTEST`` are kept wherever some way of breaking the
    sentence keeps them: a speaker who is faster than that is not slowed down.
    """
    shown: list[Cue] = []
    for start, _, beat in timeline.beats():
        if not beat.words:
            continue
        words = [Word(word.text, start + word.start, start + word.end) for word in beat.words]
        end = start + beat.ticks / TICKS_PER_SECOND
        sentences = list(_sentences(words))
        limits = [sentence[0].start for sentence in sentences[1:]] + [end]
        parts = [
            part
            for sentence, limit in zip(sentences, limits, strict=True)
            for part in _parts(sentence, limit)
        ]
        shown += _timed(parts, end, shown[-1].end + GAP if shown else 0.0)
    return shown


def to_vtt(shown: Sequence[Cue]) -> str:
    """``shown`` as WebVTT, for the site."""
    blocks = [
        f"{number}\n{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{_escape(cue)}\n"
        for number, cue in enumerate(shown, 1)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def to_srt(shown: Sequence[Cue]) -> str:
    """``shown`` as SubRip, for YouTube.  The format has no escapes: an arrow ``-->`` becomes →."""
    return "\n".join(
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n"
        + "\n".join(cue.lines).replace("-->", "→")
        + "\n"
        for number, cue in enumerate(shown, 1)
    )


def chapters_vtt(timeline: Timeline) -> str:
    """The chapters as a WebVTT track of kind ``chapters``."""
    return to_vtt(
        [
            Cue(
                round(tick / TICKS_PER_SECOND, 3),
                round((tick + chapter.ticks) / TICKS_PER_SECOND, 3),
                (_plain(chapter.title),),
            )
            for tick, chapter in timeline.starts()
        ]
    )


def chapters_ffmetadata(timeline: Timeline) -> str:
    """Title and chapters in FFmpeg's metadata format, for the file itself."""
    lines = [";FFMETADATA1", f"title={_guard(_plain(timeline.title))}"]
    for tick, chapter in timeline.starts():
        lines += [
            "",
            "[CHAPTER]",
            f"TIMEBASE=1/{TICKS_PER_SECOND}",
            f"START={tick}",
            f"END={tick + chapter.ticks}",
            f"title={_guard(_plain(chapter.title))}",
        ]
    return "\n".join(lines) + "\n"


def transcript(timeline: Timeline) -> str:
    """All that is said, to be read: a stamped heading and a wrapped paragraph for each chapter."""
    sections = [_plain(timeline.title)]
    for tick, chapter in timeline.starts():
        sections.append(f"[{_clock(tick // TICKS_PER_SECOND)}] {_plain(chapter.title)}")
        said = " ".join(_plain(beat.text) for beat in chapter.beats)
        if said.strip():
            sections.append(textwrap.fill(said, 80, break_long_words=False, break_on_hyphens=False))
    return "\n\n".join(sections) + "\n"


# Sentences.

_CLOSING = "\"'”’»)]}"
_ABBREVIATION = re.compile(
    r"\W*(?:(?:\w\.){2,}|vs\.|cf\.|approx\.|Dr\.|Mr\.|Mrs\.|Ms\.|Prof\.|St\.|Fig\.|Eq\.)$"
)


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for index, word in enumerate(words):
        sentence.append(word)
        after = words[index + 1].text if index + 1 < len(words) else ""
        if not after or _ends_sentence(word.text, after):
            yield sentence
            sentence = []


def _ends_sentence(text: str, after: str) -> bool:
    """Whether a sentence ends at ``text``, which ``after`` follows (“Why?” you ask. is one sentence)."""
    bare = text.rstrip(_CLOSING)
    if not bare.endswith((".", "?", "!", "…")) or _ABBREVIATION.match(bare):
        return False
    quoted = bare != text
    return not (quoted and after[:1].islower())


# Parts: a sentence cut into what one cue shows, by the least total cost.

_BAD = 1e4
"""Cost of breaking a limit: more than all other costs of a cue together."""
_CUE = 10.0
_CLINGING = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those my your his her its our their each every no some any and or but "
        "nor if as at by for from in into of off on onto over per than to under up upon with without is "
        "are was were be been has have had will would can could may might must shall should do does did "
        "not very more most less so one two three four five six seven eight nine ten ",
    )
)
"""Words that belong to the next one."""
_OPENING = frozenset(
    re.findall(
        r"\w+",
        "and or but nor because so that which who whose whom when where while if unless until since "
        "though although before after then than ",
    )
)
"""Words with which a clause opens."""
_LEADING = frozenset(
    re.findall(
        r"\w+",
        "about above across against along among around as at below beneath beside between beyond by "
        "during for from in inside into like near off on onto out outside over through to toward "
        "towards under up upon with within without ",
    )
)
"""Words with which a phrase opens."""


def _parts(sentence: Sequence[Word], limit: float) -> list[list[Word]]:
    """``sentence`` cut into cues; what follows it starts at ``limit`` seconds."""
    count = len(sentence)
    best: list[tuple[float, int]] = [(0.0, 0)] * (count + 1)
    for stop in range(1, count + 1):
        choices = []
        for start in range(stop - 1, -1, -1):
            layout = _layout([word.text for word in sentence[start:stop]])
            if layout is None:
                break
            until = sentence[stop].start if stop < count else limit
            cost = best[start][0] + layout[0] + _haste(sentence[start:stop], until)
            choices.append((cost + (2 * _seam(sentence, stop) if stop < count else 0.0), start))
        best[stop] = min(choices)
    cuts = [count]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return [list(sentence[start:stop]) for start, stop in pairwise(reversed(cuts))]


def _haste(part: Sequence[Word], until: float) -> float:
    """Cost of a cue with the words ``part`` that has to be gone for the one that starts at ``until``."""
    length = _length(part)
    room = min(until - GAP - part[0].start, LONGEST)
    lacking = (
        max(SHORTEST, length / LIMIT) - room,
        part[-1].end - part[0].start - LONGEST,
    )
    missed = sum(_BAD * (1 + lack) for lack in lacking if lack > 1e-9)
    return _CUE + missed + 15 * max(0.0, length / WANTED - room)


def _layout(texts: Sequence[str]) -> tuple[float, tuple[str, ...]] | None:
    """The lines of a cue with their cost; None if ``texts`` do not fit."""
    whole = " ".join(texts)
    if len(whole) <= LINE or len(texts) == 1:
        return 0.0, (whole,)
    if len(whole) > 2 * LINE + 1:
        return None
    choices = []
    for cut in range(1, len(texts)):
        upper, lower = " ".join(texts[:cut]), " ".join(texts[cut:])
        if max(len(upper), len(lower)) <= LINE:
            cost = _clutch(texts[cut - 1], texts[cut]) + abs(len(upper) - len(lower)) / 4
            choices.append((cost, (upper, lower)))
    return min(choices, default=None)


def _seam(sentence: Sequence[Word], cut: int) -> float:
    return _clutch(sentence[cut - 1].text, sentence[cut].text)


def _clutch(before: str, after: str) -> float:
    """Cost of a break between two neighbouring words: 0 after a semicolon, 12 within `the street`."""
    mark = before.rstrip(_CLOSING)[-1:]
    if after[:1] in ("—", "–") or mark == ".":  # within a sentence only an abbreviation ends so
        return 12.0
    if mark in (";", ":", "—", "–", "?", "!", "…"):
        return 0.0
    if mark == "," or before.endswith(")") or after.startswith("("):
        return 1.0
    word, following = before.strip(_CLOSING).casefold(), after.strip("\"'“‘([{,.;:?!").casefold()
    if word in _CLINGING or (before[-1:].isdigit() and after[:1].isalpha() and len(following) < 4):
        return 12.0
    if following in _OPENING:
        return 3.0
    if following == "of":
        return 9.0
    return 4.0 if following in _LEADING else 6.0


# Times.


def _timed(parts: Sequence[Sequence[Word]], end: float, earliest: float) -> list[Cue]:
    """Cues of one beat that ends at ``end`` seconds, none before ``earliest``."""
    edges = [round(max(parts[0][0].start, earliest), 3)]
    for start in (*(part[0].start for part in parts[1:]), end):
        # Words without length, as a broken voice might send, must not turn the clock back.
        edges.append(round(max(start, edges[-1] + 1.5 * GAP), 3))
    _share(edges, [max(SHORTEST, _length(part) / LIMIT) + GAP for part in parts])
    shown = []
    for part, (start, following) in zip(parts, pairwise(edges), strict=True):
        last = min(following - GAP, start + LONGEST)
        stop = min(last, max(part[-1].end, start + max(SHORTEST, _length(part) / WANTED)))
        layout = _layout([word.text for word in part])
        assert layout is not None
        shown.append(Cue(start, round(last if last - stop < LINGER else stop, 3), layout[1]))
    return shown


def _share(edges: list[float], needs: Sequence[float]) -> None:
    """Move inner ``edges`` so that stretches shorter than their needs get time that neighbours can spare."""
    rooms = [stop - start for start, stop in pairwise(edges)]
    steps = [(index, index + 1, index + 1, 1) for index in range(len(needs) - 1)]
    steps += [(index, index - 1, index, -1) for index in range(len(needs) - 1, 0, -1)]
    for poor, rich, edge, sign in steps:
        move = round(min(needs[poor] - rooms[poor], rooms[rich] - needs[rich], SHIFT), 3)
        if move > 0:
            edges[edge] = round(edges[edge] + sign * move, 3)
            rooms[poor] += move
            rooms[rich] -= move


def _length(part: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in part) - 1


# Text.


def _plain(text: str) -> str:
    return " ".join(text.split())


def _escape(cue: Cue) -> str:
    """The lines of ``cue`` for WebVTT, in which an arrow cannot appear."""
    return "\n".join(cue.lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _guard(text: str) -> str:
    """A value of FFmpeg's metadata format."""
    # FFmpeg joins lines at a final backslash even when that is escaped: a space keeps the next line.
    return re.sub(r"([=;#\\])", r"\\\1", text) + (" " if text.endswith("\\") else "")


def _stamp(seconds: float, mark: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d}{mark}{milliseconds:03d}"


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"
