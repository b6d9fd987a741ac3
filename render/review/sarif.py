"""Findings as SARIF 2.1.0, the form in which code hosts and editors take them (OASIS Standard, errata 01)."""

from __future__ import annotations

from typing import Any, Final, get_args
from urllib.parse import quote

from render.review import narration
from render.review.finding import RULES, Finding
from render.review.finding_record import chapter_starts, finding_record
from render.review.result import LessonReview

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT: Final = "%SRCROOT%"
"""Base of the paths of scene files, by the name that code hosts know: the project's folder."""
REPORT: Final = "REPORT"
"""Base of the paths of pictures: the folder of the SARIF file."""

_OF_WORDS: Final = frozenset(get_args(narration.Kind))


def sarif_log(review: LessonReview) -> dict[str, Any]:
    """The review as one run of a SARIF log, ready for :func:`json.dumps`."""
    starts = chapter_starts(review.timeline)
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "mlhub review", "rules": [_rule(kind) for kind in RULES]}},
                "automationDetails": {"id": f"mlhub-review/{review.timeline.slug}/"},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    ROOT: {"description": {"text": "The project's folder."}},
                    REPORT: {"description": {"text": "The folder of this file."}},
                },
                "results": [_result(finding, finding_record(finding, starts)) for finding in review.findings],
            }
        ],
    }


def _rule(kind: str) -> dict[str, Any]:
    rule = RULES[kind]
    return {
        "id": kind,
        "shortDescription": {"text": _plain(f"{rule.title[:1].upper()}{rule.title[1:]}.")},
        "help": {"text": _plain(rule.advice)},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["words" if kind in _OF_WORDS else "pictures"]},
    }


def _result(finding: Finding, record: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.kind,
        "ruleIndex": list(RULES).index(finding.kind),
        "level": finding.severity,
        "message": {"text": _plain(finding.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(record["path"]), "uriBaseId": ROOT},
                    "region": {"startLine": record["line"]},
                },
                "logicalLocations": [
                    {
                        "name": finding.chapter,
                        "fullyQualifiedName": f"{finding.topic}.{finding.chapter}",
                        "kind": "function",
                    }
                ],
            }
        ],
        # GitHub knows an alert again by the second name alone; without it, two findings of a line are one alert.
        "partialFingerprints": {"finding/v1": finding.key, "primaryLocationLineHash": finding.key},
        "properties": {name: record[name] for name in _PROPERTIES},
    }
    if record["crop"]:
        picture = {"uri": quote(record["crop"]), "uriBaseId": REPORT}
        result["attachments"] = [{"description": {"text": "What is seen."}, "artifactLocation": picture}]
    return result


_PROPERTIES: Final = (
    "topic", "chapter", "beat", "said", "seconds", "lasted", "lesson_seconds", "what", "against", "figure", "bound",
)  # fmt: skip


def _plain(text: str) -> str:
    """Braces hold places for arguments in messages of SARIF (3.11.5): doubled, they are themselves."""
    return text.replace("{", "{{").replace("}", "}}")
