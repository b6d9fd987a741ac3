"""The result of a review: of a chapter, of a lesson, and of one whose report is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from render.core.timeline import Timeline
from render.review.direction import Direction
from render.review.finding import Finding


@dataclass(frozen=True, slots=True)
class Still:
    """The picture at the end of a beat."""

    beat: int
    """Number of the beat in its chapter, from 0."""
    seconds: float
    """From the start of the chapter."""
    name: str
    """Of the PNG beside the other pictures of the chapter."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a scene allows, as it says itself."""

    where: str
    """``scenes/svm/margin.py:120``."""
    what: str
    against: str
    """The other mobject, or the rule that is waived."""
    why: str
    used: bool
    """Whether anything happened that it allows."""


@dataclass(frozen=True, slots=True)
class ChapterReview:
    """The review of one chapter's pictures."""

    name: str
    title: str
    seconds: float
    looks: int
    """Pictures that were examined text by text; every tick's picture was compared with the one before it."""
    findings: tuple[Finding, ...]
    allowances: tuple[Allowance, ...]
    stills: tuple[Still, ...]
    direction: Direction

    def to_record(self) -> dict[str, Any]:
        """Plain data that :meth:`from_record` reads back."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> ChapterReview:
        """What :meth:`to_record` wrote."""
        return cls(
            **{
                **record,
                "findings": tuple(Finding.from_record(one) for one in record["findings"]),
                "allowances": tuple(Allowance(**one) for one in record["allowances"]),
                "stills": tuple(Still(**one) for one in record["stills"]),
                "direction": Direction.from_record(record["direction"]),
            }
        )


@dataclass(frozen=True, slots=True)
class LessonReview:
    """The review of a lesson; ``timeline`` is that of the voice in whose time it was told."""

    timeline: Timeline
    chapters: tuple[ChapterReview, ...]
    narration: tuple[Finding, ...]
    """What the review of the narration has found."""

    @property
    def directions(self) -> dict[str, Direction]:
        """How each chapter is directed, by its name."""
        return {chapter.name: chapter.direction for chapter in self.chapters}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, chapter by chapter: first those of its pictures, then those of its narration."""
        found: list[Finding] = []
        for chapter in self.chapters:
            found += chapter.findings
            found += [finding for finding in self.narration if finding.chapter == chapter.name]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class WrittenReview:
    """What the review of a lesson, or of one of its chapters, has found, and the report that shows it."""

    timeline: Timeline
    """Of the whole lesson."""
    findings: tuple[Finding, ...]
    page: Path
    """``report.html``; the report for machines and the pictures lie beside it."""
    directions: Mapping[str, Direction] = field(default_factory=dict)
    """How the chapters that were looked at are directed, by their names, in order."""

    @property
    def slug(self) -> str:
        """The topic."""
        return self.timeline.slug
