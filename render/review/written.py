"""The report of a lesson's review: written, and not written again while nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from render.core.catalog import Topic
from render.plan.disk import digest_now
from render.plan.probe import Probe
from render.review.direction import Direction
from render.review.finding import Finding
from render.review.gate import Gate
from render.review.report import write_review_report
from render.review.result import WrittenReview
from render.store.digest import digest_text
from render.store.store import read_json, write_json

_HOME: Final = Path(__file__).parent

_MADE_OF: Final = "made-of.json"
"""Beside a report: the key of what it was made of, and what it found."""


def update_report(
    gate: Gate, topic: Topic, probe: Probe, keys: Mapping[str, str], *, chapter: str | None = None
) -> WrittenReview:
    """Write the report of a lesson that has been looked at, unless it was written of the very same before.

    ``keys`` are those of the chapters (:meth:`Gate.keys`).  With ``chapter`` the report is of that chapter alone, and
    is written in any case.  :class:`LookupError` for a chapter that has not been looked at.
    """
    folder = gate.store.build / "review" / topic.slug
    if chapter is None and (written := _written(folder, topic, probe, keys)):
        return written
    (folder / _MADE_OF).unlink(missing_ok=True)
    with gate.store.scratch() as scratch:
        seen = gate.collect(topic, probe, keys, scratch, only=chapter)
        page = write_review_report(folder, seen, scratch, shown=probe.shown)
    if chapter is None:
        found = {
            "key": _report_key(topic, probe, keys),
            "findings": [finding.to_record() for finding in seen.findings],
            "directions": {name: one.to_record() for name, one in seen.directions.items()},
        }
        write_json(folder / _MADE_OF, found)
    return WrittenReview(probe.timeline, seen.findings, page, seen.directions)


def _written(folder: Path, topic: Topic, probe: Probe, keys: Mapping[str, str]) -> WrittenReview | None:
    """The report in ``folder``, if it is of the very same."""
    record, page = read_json(folder / _MADE_OF), folder / "report.html"
    if record is None or record.get("key") != _report_key(topic, probe, keys) or not page.is_file():
        return None
    findings = tuple(Finding.from_record(finding) for finding in record["findings"])
    directions = {name: Direction.from_record(one) for name, one in record["directions"].items()}
    return WrittenReview(probe.timeline, findings, page, directions)


def _report_key(topic: Topic, probe: Probe, keys: Mapping[str, str]) -> str:
    """Digest of all that a report is made of, the lines of the scene included, since it names them."""
    own = [digest_now(path) for path in sorted((*_HOME.glob("*.py"), *_HOME.glob("templates/*")))]
    told = digest_now(_HOME.parent / "core" / "timeline.py")
    return digest_text(
        json.dumps([keys, probe.files, probe.timeline.voice, topic.title, probe.shown, own, told])
    )
