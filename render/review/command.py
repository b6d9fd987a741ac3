"""``mlhub review``: looks, writes the reports, tells what was found, and fails where it must."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from render.catalog import Topic
from render.executor import Opener
from render.fault import Exit, UsageFault
from render.pool import Pool
from render.probe import Probe, digest_now
from render.review.finding import Finding
from render.review.gate import Gate
from render.review.report import print_summary, write_report
from render.review.result import LessonReview
from render.store import Store, digest_text, read_json, write_json
from render.worker import Failure

_HOME: Final = Path(__file__).parent
_MADE_OF: Final = "made-of.json"
"""Beside a report: the key of what it was made of, and what it found."""


def review(
    root: Path,
    store: Store,
    topics: Sequence[Topic],
    voice: str,
    *,
    chapter: str | None = None,
    workers: int | None = None,
    strict: bool = False,
    as_json: bool = False,
    opener: Opener = Pool,
) -> Exit:
    """Review ``topics`` in the time of ``voice``; ``build/review/<slug>/report.html`` is the result.

    :data:`Exit.REVIEW` for an error (with ``strict`` also for a warning), :data:`Exit.JOB_FAILED` for a lesson
    that cannot be told.  With ``chapter`` that chapter alone is looked at.
    """
    gate = Gate(root, store, voice, opener)
    worst: list[Exit] = [Exit.DONE]

    def reviewed(topic: Topic, probe: Probe, keys: Mapping[str, str]) -> None:
        if chapter is not None and chapter not in {one.name for one in probe.timeline.chapters}:
            names = ", ".join(one.name for one in probe.timeline.chapters)
            raise UsageFault(f"{topic.slug}: no chapter {chapter!r}; its chapters are {names}")
        seen, page = write_review(gate, topic, probe, keys, chapter=chapter)
        print_summary(seen, page, sys.stdout, as_json=as_json)
        if any(strict or finding.severity == "error" for finding in seen.findings):
            worst.append(Exit.REVIEW)

    def failed(slug: str, task: str, failure: Failure) -> None:
        where = f" ({failure.place})" if failure.place else ""
        print(f"{slug}: {task} failed{where}: {failure.message}\n{failure.trace}", file=sys.stderr)
        worst.append(Exit.ENVIRONMENT if failure.environment else Exit.JOB_FAILED)

    gate.run(topics, reviewed, failed, chapter=chapter, workers=workers)
    return next(
        (exit for exit in (Exit.ENVIRONMENT, Exit.JOB_FAILED, Exit.REVIEW) if exit in worst), Exit.DONE
    )


def write_review(
    gate: Gate, topic: Topic, probe: Probe, keys: Mapping[str, str], *, chapter: str | None = None
) -> tuple[LessonReview, Path]:
    """Write the report of a lesson (or one chapter) that has been looked at; returns it with its page."""
    folder = gate.store.build / "review" / topic.slug
    (folder / _MADE_OF).unlink(missing_ok=True)
    with gate.store.scratch() as scratch:
        seen = gate.collect(topic, probe, keys, scratch, only=chapter)
        page = write_report(folder, seen, scratch, shown=probe.shown)
    if chapter is None:
        findings = [finding.to_record() for finding in seen.findings]
        write_json(folder / _MADE_OF, {"key": _report_key(topic, probe, keys), "findings": findings})
    return seen, page


def written_review(
    gate: Gate, topic: Topic, probe: Probe, keys: Mapping[str, str]
) -> tuple[tuple[Finding, ...], Path] | None:
    """What was found and the page that shows it, if :func:`write_review` has been asked for the very same before."""
    folder = gate.store.build / "review" / topic.slug
    record, page = read_json(folder / _MADE_OF), folder / "report.html"
    if record is None or record.get("key") != _report_key(topic, probe, keys) or not page.is_file():
        return None
    return tuple(Finding.from_record(finding) for finding in record["findings"]), page


def _report_key(topic: Topic, probe: Probe, keys: Mapping[str, str]) -> str:
    """Of all that a report is made of; the lines of the scene count, since it names them."""
    own = [digest_now(path) for path in sorted((*_HOME.glob("*.py"), *_HOME.glob("templates/*")))]
    told = [digest_now(_HOME.parent / name) for name in ("timeline.py", "wording.py")]
    return digest_text(
        json.dumps([keys, probe.files, probe.timeline.voice, topic.title, probe.shown, own, told])
    )
