"""The report of a review: a page for people, JSON and SARIF for machines, and a summary for the terminal."""

from __future__ import annotations

import json
import math
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from PIL import Image
from rich.console import Console
from rich.text import Text

from render.core.profile import TICKS_PER_SECOND
from render.core.syllable import spoken
from render.core.template import open_templates
from render.core.timeline import Beat, Chapter
from render.review.direction import FULL, LEAST_BOX, Direction, together
from render.review.finding import RULES, Finding, Rule
from render.review.finding_record import chapter_starts, finding_record, parse_place, picture_path
from render.review.narration import PACE, SILENT_PACE, shown_numbers
from render.review.result import ChapterReview, LessonReview, WrittenReview
from render.review.sarif import sarif_log
from render.store.store import write_json

VERSION: Final = 2
"""Of ``report.json``."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_DIAL: Final = (60.0, 240.0)
"""Words a minute at the two ends of the scale that shows the pace."""


def write_review_report(
    folder: Path, review: LessonReview, pictures: Path, *, shown: Sequence[Sequence[str]] = ()
) -> Path:
    """Write ``report.html``, ``report.json``, ``report.sarif`` and their pictures; returns the page.

    ``pictures`` has the PNGs of the stills and crops as ``<chapter>/<name>``; they are kept in
    ``folder/pictures`` as lossless WebP, which is written anew.  ``shown`` has the texts on the stage after each
    beat of the lesson, in order, as :func:`render.draw.shown.shown_words` gives them; without it, the transcript does
    not tell which words are new.  The same review gives the same bytes.  :class:`ValueError` when ``shown`` has
    another length than the lesson has beats, ``pictures`` are where the report's own go, or findings have no keys
    of their own.
    """
    own = folder / "pictures"
    keys = [finding.key for finding in review.findings]
    if not all(keys) or len(set(keys)) < len(keys):
        raise ValueError(
            f"{review.timeline.slug}: findings without a key of their own; pass them through keyed"
        )
    if pictures.resolve() == own.resolve():
        raise ValueError(f"{pictures}: the report keeps its own pictures there; draw them elsewhere")
    fresh = _fresh_texts(review, shown)
    shutil.rmtree(own, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    album = {name: _keep(pictures, folder, *name) for name in dict.fromkeys(_names(review))}
    page = folder / "report.html"
    page.write_text(_render(review, album, fresh), encoding="utf-8", newline="\n")
    write_json(folder / "report.json", _report_record(review))
    write_json(folder / "report.sarif", sarif_log(review))
    return page


def print_summary(review: WrittenReview, stream: TextIO, *, as_json: bool = False) -> None:
    """Tell the findings a line each, by file and line, as compilers do; then counts and where the report is.

    With ``as_json`` there is one object a finding and nothing else, with paths of pictures as they are reached from
    the working directory.
    """
    starts = chapter_starts(review.timeline)
    records = [finding_record(finding, starts) for finding in review.findings]
    for record in records:
        record["crop"] = _from_here(review.page.parent / record["crop"]) if record["crop"] else ""
    records.sort(key=lambda record: (record["path"], record["line"]))
    if as_json:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n")
        return
    console = Console(file=stream)
    for record in records:
        console.print(_compiler_line(record), soft_wrap=True)
        if record["crop"]:
            console.print(Text(f"    {record['crop']}", style="dim"), soft_wrap=True)
    kinds = Counter(finding.kind for finding in review.findings)
    told = ", ".join(f"{count} {kind}" for kind, count in _in_order(kinds))
    counts = f"{review.slug}: {_counts(review)}" + (f" ({told})" if told else "")
    console.print(Text(counts), soft_wrap=True)
    for line in direction_lines(review.directions):
        console.print(Text(line), soft_wrap=True)
    console.print(Text(_from_here(review.page)), soft_wrap=True)


def direction_lines(directions: Mapping[str, Direction]) -> Iterator[str]:
    """How chapters are directed, as a table: a line each, and one of them all where there are several."""
    rows = {name: _direction_row(one) for name, one in directions.items()}
    if len(rows) > 1:
        rows["all"] = _direction_row(together(list(directions.values())))
    if not rows:
        return
    table = [("direction", *_DIRECTION), *((name, *row) for name, row in rows.items())]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = [cell.rjust(width) for cell, width in zip(rest[:-1], widths[1:-1], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells, rest[-1]])


_DIRECTION: Final = ("box", "cells", "full", "still", "moves", "ideas/min", "numbers/min", "shots")
"""What is told of the direction: medians of the box and of the cells, share of full beats, of still half-seconds."""


def _direction_row(one: Direction) -> tuple[str, ...]:
    shots = ", ".join(dict.fromkeys(one.shots)) or "none named"
    shares = (f"{share:.0%}" for share in (one.box, one.cells, one.full, one.stillness))
    rates = (f"{rate:.1f}" for rate in (one.ideas_a_minute, one.numbers_a_minute))
    return (*shares, str(len(one.moves)), *rates, shots)


def _compiler_line(record: dict[str, Any]) -> Text:
    style = "bold red" if record["severity"] == "error" else "bold yellow"
    return Text.assemble(
        f"{record['where']}: ",
        (f"{record['severity']}: ", style),
        f"{record['kind']}: {record['message']}",
        (f" [{record['key']}]", "dim"),
    )


def _from_here(path: Path) -> str:
    """The path as one would type it here: relative where it is below this folder."""
    whole, here = path.resolve(), Path.cwd().resolve()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def _counts(review: WrittenReview) -> str:
    grave = Counter(finding.severity for finding in review.findings)
    return f"{_number(grave['error'], 'error')}, {_number(grave['warning'], 'warning')}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _in_order(kinds: Counter[str]) -> Iterator[tuple[str, int]]:
    """Kinds that occur with how often they do, as the rules list them: errors first."""
    for severity in ("error", "warning"):
        for kind, rule in RULES.items():
            if rule.severity == severity and kinds[kind]:
                yield kind, kinds[kind]


# The record for machines.


def _report_record(review: LessonReview) -> dict[str, Any]:
    timeline, starts = review.timeline, chapter_starts(review.timeline)
    grave = Counter(finding.severity for finding in review.findings)
    return {
        "version": VERSION,
        "topic": timeline.slug,
        "title": timeline.title,
        "voice": timeline.voice,
        "seconds": round(timeline.seconds, 3),
        "passed": not grave["error"],
        "errors": grave["error"],
        "warnings": grave["warning"],
        "kinds": dict(Counter(finding.kind for finding in review.findings)),
        "chapters": [
            {
                **chapter.to_record(),
                "findings": [finding.key for finding in review.findings if finding.chapter == chapter.name],
                "stills": [
                    {**still, "name": picture_path(chapter.name, still["name"])}
                    for still in chapter.to_record()["stills"]
                ],
                "start": round(starts[chapter.name], 3),
                "words_a_minute": round(_pace(told.beats, told.seconds), 1),
                "direction": _direction_record(chapter.direction),
            }
            for told, chapter in _looked_at(review)
        ],
        "direction": _direction_record(together(list(review.directions.values())))
        if review.chapters
        else None,
        "findings": [finding_record(finding, starts) for finding in review.findings],
    }


def _direction_record(one: Direction) -> dict[str, Any]:
    """The measures, and what is made of them."""
    return {
        **one.to_record(),
        "median_box": round(one.box, 4),
        "median_cells": round(one.cells, 4),
        "full_beats": round(one.full, 4),
        "stillness": round(one.stillness, 4),
        "ideas_a_minute": round(one.ideas_a_minute, 2),
        "numbers_a_minute": round(one.numbers_a_minute, 2),
    }


# Pictures.


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture of the report; width and height are pixels."""

    path: str
    width: int
    height: int


_Album = dict[tuple[str, str], _Picture]
"""Pictures by chapter and name."""


def _names(review: LessonReview) -> Iterator[tuple[str, str]]:
    for chapter in review.chapters:
        yield from ((chapter.name, still.name) for still in chapter.stills)
    yield from ((finding.chapter, finding.crop) for finding in review.findings if finding.crop)


def _keep(pictures: Path, folder: Path, chapter: str, name: str) -> _Picture:
    path = picture_path(chapter, name)
    kept = folder / path
    kept.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(pictures / chapter / name) as picture:
        # Flat drawings are smaller without loss than with it, and quick at this method.
        picture.convert("RGB").save(kept, "WEBP", lossless=True, method=1)
        return _Picture(path, picture.width, picture.height)


# The page.


@dataclass(frozen=True, slots=True)
class _Scale:
    """A figure drawn against its bounds: percentages of the scale's length."""

    figure: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Card:
    """A finding as the page shows it."""

    finding: Finding
    rule: Rule
    seconds: float
    """Of the lesson."""
    at: str
    beats: int
    """Beats of its chapter."""
    picture: _Picture | None
    cropped: bool
    """Whether the picture is the fault's own and not the still of its beat."""
    scale: _Scale | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A beat in the transcript."""

    number: int
    beat: Beat
    at: str
    seconds: float
    pace: float
    still: _Picture | None
    fresh: tuple[str, ...] | None
    """Texts that came on stage in it, scales of axes left out; none where that is not known."""
    cards: tuple[_Card, ...]

    @property
    def severity(self) -> str:
        """The gravest of its findings; empty where it has none."""
        return min((card.rule.severity for card in self.cards), default="")


@dataclass(frozen=True, slots=True)
class _Part:
    """A chapter."""

    number: int
    told: Chapter
    start: float
    review: ChapterReview
    cards: tuple[_Card, ...]
    lines: tuple[_Line, ...]
    pace: float
    scale: _Scale

    @property
    def off_pace(self) -> bool:
        """Whether the review of words minds the pace (it leaves alone what has too few words to judge)."""
        return any(card.finding.kind == "pace" for card in self.cards)

    def count(self, severity: str) -> int:
        return sum(card.rule.severity == severity for card in self.cards)


def _render(review: LessonReview, album: _Album, fresh: _Fresh) -> str:
    environment = open_templates(_TEMPLATES)
    environment.filters.update(
        figure=_figure, is_finite=math.isfinite, stamp=_stamp, tenth=_tenth, counted=_number
    )
    bounds = _bounds(review)
    parts = _parts(review, album, fresh)
    cards = [card for part in parts for card in part.cards]
    allowances = [(part, allowance) for part in parts for allowance in part.review.allowances]
    return environment.get_template("report.html.jinja").render(
        timeline=review.timeline,
        parts=parts,
        partly=len(parts) < len(review.timeline.chapters),
        cards=cards,
        errors=sum(card.rule.severity == "error" for card in cards),
        warnings=sum(card.rule.severity == "warning" for card in cards),
        kinds=[
            (kind, RULES[kind], count) for kind, count in _in_order(Counter(c.finding.kind for c in cards))
        ],
        looks=sum(part.review.looks for part in parts),
        rules=RULES,
        direction_names=_DIRECTION,
        least_box=LEAST_BOX,
        full=FULL,
        directions=[(part, _direction_row(part.review.direction)) for part in parts],
        whole=_direction_row(together([part.review.direction for part in parts])) if len(parts) > 1 else None,
        allowances=sorted(allowances, key=lambda one: parse_place(one[1].where)),
        unused=sum(not allowance.used for _, allowance in allowances),
        bounds=bounds,
        band=_on_dial(bounds[0], bounds),
    )


def _looked_at(review: LessonReview) -> Iterator[tuple[Chapter, ChapterReview]]:
    """The chapters that were looked at, with what was told in them, in the lesson's order."""
    seen = {chapter.name: chapter for chapter in review.chapters}
    yield from ((told, seen[told.name]) for told in review.timeline.chapters if told.name in seen)


def _parts(review: LessonReview, album: _Album, fresh: _Fresh) -> list[_Part]:
    starts, bounds = chapter_starts(review.timeline), _bounds(review)
    numbers = {chapter.name: number for number, chapter in enumerate(review.timeline.chapters, 1)}
    parts = []
    for told, seen in _looked_at(review):
        start = starts[told.name]
        stills = {still.beat: album[told.name, still.name] for still in seen.stills}
        found = [finding for finding in review.findings if finding.chapter == told.name]
        cards = tuple(_card(finding, start, len(told.beats), stills, album) for finding in found)
        lines = tuple(
            _line(number, beat, start, stills.get(number), fresh.get((told.name, number)), cards)
            for number, beat in enumerate(told.beats)
        )
        pace = _pace(told.beats, told.seconds)
        scale = _on_dial(pace, bounds)
        parts.append(_Part(numbers[told.name], told, start, seen, cards, lines, pace, scale))
    return parts


def _card(finding: Finding, start: float, beats: int, stills: dict[int, _Picture], album: _Album) -> _Card:
    crop = album.get((finding.chapter, finding.crop))
    return _Card(
        finding=finding,
        rule=RULES[finding.kind],
        seconds=start + finding.seconds,
        at=_stamp(start + finding.seconds),
        beats=beats,
        picture=crop or stills.get(finding.beat),
        cropped=crop is not None,
        scale=_against(finding.figure, finding.bound),
    )


def _line(
    number: int,
    beat: Beat,
    start: float,
    still: _Picture | None,
    fresh: tuple[str, ...] | None,
    cards: Iterable[_Card],
) -> _Line:
    seconds = beat.ticks / TICKS_PER_SECOND
    return _Line(
        number=number,
        beat=beat,
        at=_stamp(start + beat.start / TICKS_PER_SECOND),
        seconds=seconds,
        pace=_pace([beat], seconds),
        still=still,
        fresh=fresh,
        cards=tuple(card for card in cards if card.finding.beat == number),
    )


_Fresh = dict[tuple[str, int], tuple[str, ...]]
"""Texts that came on stage, by chapter and number of the beat."""


def _fresh_texts(review: LessonReview, shown: Sequence[Sequence[str]]) -> _Fresh:
    """What stands after a beat and did not stand before it, but for scales; a chapter begins with nothing."""
    fresh: _Fresh = {}
    if not shown:
        return fresh
    told = [
        (chapter.name, number) for chapter in review.timeline.chapters for number in range(len(chapter.beats))
    ]
    before: Counter[str] = Counter()
    for (chapter, number), texts in zip(told, shown, strict=True):
        now = Counter(text for text in texts if not any(number.scale for number in shown_numbers(text)))
        fresh[chapter, number] = tuple((now - (before if number else Counter())).elements())
        before = now
    return fresh


def _pace(beats: Sequence[Beat], seconds: float) -> float:
    """Words a minute as they are said, counted as :mod:`render.review.narration` does; 0 where no time passes."""
    words = sum(len(spoken(token)) for beat in beats for token in beat.text.split())
    return 60 * words / seconds if seconds else 0.0


def _bounds(review: LessonReview) -> tuple[float, float]:
    return SILENT_PACE if review.timeline.is_silent else PACE


def _on_dial(pace: float, bounds: tuple[float, float]) -> _Scale:
    low, high = _DIAL
    figure, *band = (
        round(100 * (min(max(one, low), high) - low) / (high - low), 2) for one in (pace, *bounds)
    )
    return _Scale(figure, band[0], band[1])


def _against(figure: float, bound: float) -> _Scale | None:
    """A scale from 0 on which both have room; none where one of them is no length."""
    if not (math.isfinite(figure) and math.isfinite(bound) and min(figure, bound) >= 0 < max(figure, bound)):
        return None
    longest = 1.1 * max(figure, bound)
    return _Scale(round(100 * figure / longest, 2), 0.0, round(100 * bound / longest, 2))


def _figure(value: float) -> str:
    """Three digits that count, and all before the point."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _stamp(seconds: float) -> str:
    """``03:07.4``."""
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes:02d}:{tenths // 10:02d}.{tenths % 10}"


def _tenth(seconds: float) -> str:
    return f"{seconds:.1f}"
