"""``mlhub review``: looks, writes the reports, tells what was found, and fails where it must."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from render.catalog import Topic
from render.executor import Opener
from render.fault import Exit, UsageFault
from render.pool import Pool
from render.probe import Probe
from render.review.gate import Gate
from render.review.report import print_summary, write_report
from render.review.result import LessonReview
from render.store import Store
from render.worker import Failure


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
    with gate.store.scratch() as scratch:
        seen = gate.collect(topic, probe, keys, scratch, only=chapter)
        page = write_report(gate.store.build / "review" / topic.slug, seen, scratch, shown=probe.shown)
    return seen, page
