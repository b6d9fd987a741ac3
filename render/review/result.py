"""What came of looking at a chapter, and at a lesson."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from render.review.finding import Finding
from render.timeline import Timeline


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
    """``scenes/svm.py:120``."""
    what: str
    against: str
    """The other mobject, or the rule that is waived."""
    why: str
    used: bool
    """Whether anything happened that it allows."""


@dataclass(frozen=True, slots=True)
class ChapterReview:
    """A chapter as it was seen."""

    name: str
    title: str
    seconds: float
    looks: int
    """Pictures that were examined text by text; every tick's picture was compared with the one before it."""
    findings: tuple[Finding, ...]
    allowances: tuple[Allowance, ...]
    stills: tuple[Still, ...]

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
            }
        )


@dataclass(frozen=True, slots=True)
class LessonReview:
    """A lesson as it was seen; ``timeline`` is that of the voice in whose time it was told."""

    timeline: Timeline
    chapters: tuple[ChapterReview, ...]
    words: tuple[Finding, ...]
    """What the review of words found."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the lesson's order: of each chapter its pictures' first, then of its words."""
        found: list[Finding] = []
        for chapter in self.chapters:
            found += chapter.findings
            found += [finding for finding in self.words if finding.chapter == chapter.name]
        return tuple(found)
