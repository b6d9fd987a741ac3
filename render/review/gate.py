"""The gate: reviews lessons chapter by chapter on all cores, and keeps what was seen until a chapter changes."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from render.catalog import Topic
from render.executor import Done, Failed, Opener
from render.fault import Fault
from render.fingerprint import meaning_of
from render.interrupt import finishing
from render.plan import cut
from render.pool import Pool
from render.probe import Probe
from render.profile import TICKS_PER_SECOND, Profile
from render.rehearsal import Rehearsal
from render.review.finding import Finding, keyed
from render.review.result import ChapterReview, LessonReview
from render.review.words import from_words
from render.store import Record, Store, digest_text, environment_faults
from render.wording import review_words
from render.worker import SLOWEST_LOOK, Failure, Report, Task

SMALL: Final = Profile("review", 854, 480, TICKS_PER_SECOND, 0)
"""The size that is looked at."""

_HOME: Final = Path(__file__).parent
_LOOKING: Final = (
    "mark.py",
    "motion.py",
    "note.py",
    "reading.py",
    "sight.py",
    "stage.py",
    "text.py",
    "watch.py",
)
"""Sources that shape what is found."""


@dataclass(frozen=True, slots=True)
class ReviewTask(Task):
    """Tell one chapter and look at it."""

    chapter: str
    key: str

    @property
    def name(self) -> str:
        return f"review of {self.chapter}"

    @property
    def allowance(self) -> float:
        return SLOWEST_LOOK

    def perform(self, report: Report) -> Record:
        from render.easel import lesson_class, set_canvas
        from render.review.watch import watch
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            set_canvas(SMALL.width, SMALL.height, SMALL.fps, scratch)
            pictures = scratch / "pictures"
            pictures.mkdir()
            told = lesson_class(self.module)
            seen = watch(told, self.chapter, voice=voice_named(self.voice, self.build), folder=pictures)
            made = scratch / "pictures.zip"
            with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
                for picture in sorted(pictures.iterdir()):
                    archive.write(picture, picture.name)
            source = (self.root / (self.module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
            record = {
                "slug": self.slug,
                "chapter": self.chapter,
                "review": seen.to_record(),
                "lines": _texts_of(seen.findings, source.splitlines()),
            }
            return store.put("review", self.key, made, record).record


@dataclass(frozen=True, slots=True)
class Gate:
    """Reviews in the time of one voice."""

    root: Path
    store: Store
    voice: str
    opener: Opener = Pool

    def tasks(self, topic: Topic, keys: Mapping[str, str]) -> list[Task]:
        """What has to be looked at anew; ``keys`` are those of the chapters."""
        return [
            ReviewTask(
                self.root, self.store.build, topic.slug, topic.module, self.voice, chapter=name, key=key
            )
            for name, key in keys.items()
            if self.store.glance("review", key, ".zip") is None
        ]

    def collect(
        self,
        topic: Topic,
        probe: Probe,
        keys: Mapping[str, str],
        pictures: Path | None = None,
        *,
        only: str | None = None,
    ) -> LessonReview:
        """What was seen of a lesson (or of ``only`` one chapter) whose tasks are done.

        Its pictures go to ``pictures``, a folder a chapter.  :class:`LookupError` where a chapter has not been
        looked at.
        """
        lines = (self.root / topic.path).read_text(encoding="utf-8").splitlines()
        chapters = []
        for name, key in keys.items():
            if only not in (None, name):
                continue
            stored = self.store.find("review", key, ".zip")
            if stored is None:
                raise LookupError(f"{topic.slug}: {name} has not been reviewed")
            seen = ChapterReview.from_record(stored.record["review"])
            found = tuple(_moved(finding, stored.record["lines"], lines) for finding in seen.findings)
            chapters.append(replace(seen, findings=found))
            if pictures is not None:
                shutil.rmtree(pictures / name, ignore_errors=True)
                with zipfile.ZipFile(stored.path) as archive:
                    archive.extractall(pictures / name)
        words = review_words(probe.timeline, self.root / topic.path, probe.shown)
        told = tuple(keyed(from_words(finding, probe.timeline) for finding in words))
        seen_all = tuple(chapters) if only else without_idle(chapters, topic.slug)
        return LessonReview(probe.timeline, seen_all, told)

    def run(
        self,
        topics: Sequence[Topic],
        reviewed: Callable[[Topic, Probe, Mapping[str, str]], None],
        failed: Callable[[str, str, Failure], None],
        *,
        chapter: str | None = None,
        workers: int | None = None,
        happened: Callable[[object], None] = lambda event: None,
    ) -> None:
        """Review ``topics``, or one ``chapter`` of each; tells by
        ``reviewed`` when a topic is done, by ``failed`` when it cannot be."""
        pool, rehearsal = self.opener(workers), Rehearsal(self.root, self.store, self.voice)
        by_slug = {topic.slug: topic for topic in topics}
        probes: dict[str, Probe] = {}
        keys: dict[str, dict[str, str]] = {}
        left: dict[str, int] = {}

        def step(slug: str, outcome: Callable[[], Probe | list[Task]]) -> None:
            try:
                found = outcome()
            except Fault as fault:
                failed(slug, "voice", Failure(str(fault), None, "", environment=fault.exit == 4))
                return
            if isinstance(found, list):
                pool.add(found)
                return
            keys[slug], probes[slug] = self.keys(by_slug[slug], found), found
            wanted = {name: key for name, key in keys[slug].items() if chapter in (None, name)}
            tasks = self.tasks(by_slug[slug], wanted)
            left[slug] = len(tasks)
            pool.add(tasks)
            if not tasks:
                reviewed(by_slug[slug], found, keys[slug])

        with (
            environment_faults(self.store.build),
            self.store.in_use(),
            closing(pool.events()) as events,
            finishing(pool),
        ):
            for topic in topics:
                step(topic.slug, partial(rehearsal.begin, topic))
            for event in events:
                happened(event)
                match event:
                    case Done(ReviewTask() as task, _):
                        left[task.slug] -= 1
                        if not left[task.slug]:
                            reviewed(by_slug[task.slug], probes[task.slug], keys[task.slug])
                    case Done(task, result):
                        step(task.slug, partial(rehearsal.goes_on, task, result))
                    case Failed(task, failure):
                        failed(task.slug, task.name, failure)

    def keys(self, topic: Topic, probe: Probe) -> dict[str, str]:
        """The key of what is seen of each chapter."""
        pieces, _ = cut(probe, SMALL)
        own = [meaning_of(_HOME / name) for name in _LOOKING]
        source = (self.root / topic.path).read_text(encoding="utf-8")
        silences = [line.strip() for line in source.splitlines() if "# silence:" in line]
        beats = {chapter.name: [beat.text for beat in chapter.beats] for chapter in probe.timeline.chapters}
        return {
            piece.name: digest_text(json.dumps([piece.key, own, silences, beats[piece.name]]))
            for piece in pieces
        }


def without_idle(chapters: Sequence[ChapterReview], slug: str) -> tuple[ChapterReview, ...]:
    """The chapters, with a finding for each allowance that none of them used, where it was first made."""
    used = {one.where for chapter in chapters for one in chapter.allowances if one.used}
    told: set[str] = set()
    result = []
    for chapter in chapters:
        idle = [one for one in chapter.allowances if one.where not in used and one.where not in told]
        told |= {one.where for one in idle}
        found = [
            Finding(
                kind="allowance",
                topic=slug,
                chapter=chapter.name,
                beat=-1,
                said="",
                seconds=0.0,
                lasted=chapter.seconds,
                what=one.what,
                against=one.against,
                where=one.where,
                message=f"nothing happens any more that this allows ({one.what}, {one.against}: {one.why})",
                figure=0,
                bound=1,
                key=f"allowance-{digest_text(f'{slug} {one.what} {one.against} {one.why}')[:10]}",
            )
            for one in idle
        ]
        result.append(replace(chapter, findings=(*chapter.findings, *found)))
    return tuple(result)


def _texts_of(findings: Sequence[Finding], lines: Sequence[str]) -> dict[str, str]:
    """The text of each line that a finding names."""
    numbers = {int(finding.where.rpartition(":")[2]) for finding in findings}
    return {str(number): lines[number - 1] for number in sorted(numbers) if 0 < number <= len(lines)}


def _moved(finding: Finding, texts: dict[str, str], lines: Sequence[str]) -> Finding:
    """The finding at the line where its code stands now: what redraws nothing may have moved it."""
    path, _, number = finding.where.rpartition(":")
    text, line = texts.get(number), int(number)
    if text is None or (line <= len(lines) and lines[line - 1] == text):
        return finding
    same = [index + 1 for index, other in enumerate(lines) if other == text]
    return replace(finding, where=f"{path}:{min(same, key=lambda at: abs(at - line))}") if same else finding
