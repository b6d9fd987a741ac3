"""Findings as plain data: one form for the JSON report, for SARIF and for the terminal."""

from __future__ import annotations

import math
from typing import Any

from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Timeline
from render.review.finding import RULES, Finding


def picture_path(chapter: str, name: str) -> str:
    """Where a report keeps the picture ``name`` of ``chapter``, from the report's own folder."""
    return f"pictures/{chapter}/{name.rpartition('.')[0] or name}.webp"


def chapter_starts(timeline: Timeline) -> dict[str, float]:
    """Second of the joined video at which each chapter starts, by its name."""
    return {chapter.name: tick / TICKS_PER_SECOND for tick, chapter in timeline.starts()}


def parse_place(where: str) -> tuple[str, int]:
    """``scenes/svm/margin.py:197`` as path and line."""
    path, _, line = where.rpartition(":")
    return path, int(line)


def finding_record(finding: Finding, starts: dict[str, float]) -> dict[str, Any]:
    """What :meth:`Finding.to_record` says, with severity, rule and the second of the lesson.

    ``starts`` is what :func:`chapter_starts` gave.  A figure or bound that is no finite number is null, because
    JSON has no other; ``crop`` is a path from the report's folder.
    """
    rule = RULES[finding.kind]
    path, line = parse_place(finding.where)
    return {
        **finding.to_record(),
        "figure": _finite(finding.figure),
        "bound": _finite(finding.bound),
        "crop": picture_path(finding.chapter, finding.crop) if finding.crop else "",
        "path": path,
        "line": line,
        "severity": rule.severity,
        "title": rule.title,
        "advice": rule.advice,
        "lesson_seconds": round(starts[finding.chapter] + finding.seconds, 3),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
