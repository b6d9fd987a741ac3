"""The gate: the task that reviews a chapter, and the store of what was seen, which holds until a chapter changes."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from render.core.catalog import Topic
from render.core.profile import TICKS_PER_SECOND, Profile
from render.plan.lesson_plan import cut
from render.plan.probe import Probe
from render.review.finding import Finding, keyed
from render.review.finding_record import parse_place
from render.review.idea import new_ideas
from render.review.narration import review_words
from render.review.narration_finding import from_narration
from render.review.result import Allowance, ChapterReview, LessonReview
from render.store.digest import digest_text, meaning_of
from render.store.store import Record, Store
from render.task.task import ProgressChannel, Task

REVIEW_PROFILE: Final = Profile("review", 854, 480, TICKS_PER_SECOND, 0)
"""The size of the pictures that are examined."""

_HOME: Final = Path(__file__).parent
_LOOKING: Final = (
    "direction.py",
    "mark.py",
    "motion.py",
    "observation.py",
    "reading.py",
    "sight.py",
    "stage.py",
    "text.py",
    "observer.py",
)
"""Our sources that decide what is found: a change of them reviews all chapters anew."""
SLOWEST_LOOK = 3600.0
"""Seconds that reviewing a chapter takes at the most."""


@dataclass(frozen=True, slots=True)
class ReviewTask(Task):
    """Tell one chapter, examine its pictures, and keep what was seen under ``key``."""

    chapter: str
    key: str

    @property
    def name(self) -> str:
        return f"review of {self.chapter}"

    @property
    def allowance(self) -> float:
        return SLOWEST_LOOK

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.renderer import lesson_class, set_canvas
        from render.review.observer import observe
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            set_canvas(REVIEW_PROFILE.width, REVIEW_PROFILE.height, REVIEW_PROFILE.fps, scratch)
            pictures = scratch / "pictures"
            pictures.mkdir()
            told = lesson_class(self.module)
            seen = observe(
                told, self.chapter, voice=voice_named(self.voice, self.build, self.slug), folder=pictures
            )
            made = scratch / "pictures.zip"
            with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
                for picture in sorted(pictures.iterdir()):
                    archive.write(picture, picture.name)
            record = {
                "slug": self.slug,
                "chapter": self.chapter,
                "review": seen.to_record(),
                "lines": _texts_of(seen.findings, self.root),
            }
            return store.put("review", self.key, made, record).record


@dataclass(frozen=True, slots=True)
class Gate:
    """The reviews in one store, of lessons told in the time of one voice; ``root`` is the project's folder."""

    root: Path
    store: Store
    voice: str

    def tasks(self, topic: Topic, keys: Mapping[str, str]) -> list[Task]:
        """The tasks for the chapters that are not in the store; ``keys`` are some or all of those of :meth:`keys`."""
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
        """The review of a lesson, or of ``only`` one chapter, whose tasks are done; its narration is reviewed here.

        Stills and crops go to the folder ``pictures``, in a folder for each chapter.  :class:`LookupError` where a
        chapter has not been reviewed.
        """
        lines = _lines_of(self.root, topic)
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
        formulas = {one.name: one.direction.formulas for one in chapters}
        ideas = new_ideas(probe.timeline.chapters, topic.synonyms, formulas)
        chapters = [
            replace(one, direction=replace(one.direction, ideas=len(ideas[one.name]))) for one in chapters
        ]
        words = review_words(probe.timeline, self.root, probe.shown)
        told = tuple(keyed(from_narration(finding, probe.timeline) for finding in words))
        seen_all = tuple(chapters) if only else without_idle(chapters, topic.slug)
        return LessonReview(probe.timeline, seen_all, told)

    def keys(self, topic: Topic, probe: Probe) -> dict[str, str]:
        """The key of each chapter's review, by the chapter's name."""
        pieces, _ = cut(probe, REVIEW_PROFILE)
        own = [meaning_of(_HOME / name) for name in _LOOKING]
        lines = _lines_of(self.root, topic)
        found = {}
        for piece, chapter in zip(pieces, probe.timeline.chapters, strict=True):
            beats = [beat.text for beat in chapter.beats]
            files = sorted({beat.file for beat in chapter.beats})
            silences = [
                line.strip() for file in files for line in lines.get(file, ()) if "# silence:" in line
            ]
            found[piece.name] = digest_text(json.dumps([piece.key, own, silences, beats]))
        return found


def without_idle(chapters: Sequence[ChapterReview], slug: str) -> tuple[ChapterReview, ...]:
    """The chapters, with a finding for each allowance of the lesson ``slug`` that none of them uses, where it is first
    made."""
    used = {one.where for chapter in chapters for one in chapter.allowances if one.used}
    told: set[str] = set()
    names: Counter[str] = Counter()
    result = []

    def key_of(one: Allowance) -> str:
        """Of what it allows and why; those that say the same are numbered."""
        name = f"{slug} {one.what} {one.against} {one.why}"
        names[name] += 1
        number = f" {names[name]}" if names[name] > 1 else ""
        return f"allowance-{digest_text(f'{name}{number}')[:10]}"

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
                key=key_of(one),
            )
            for one in idle
        ]
        result.append(replace(chapter, findings=(*chapter.findings, *found)))
    return tuple(result)


def _lines_of(root: Path, topic: Topic) -> dict[str, list[str]]:
    """The lines of each file of a lesson's package."""
    files = sorted((root / topic.folder).rglob("*.py"))
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8").splitlines() for file in files
    }


def _texts_of(findings: Sequence[Finding], root: Path) -> dict[str, str]:
    """The text of each line that a finding names, by its place."""
    found = {}
    for where in sorted({finding.where for finding in findings}):
        file, number = parse_place(where)
        lines = (root / file).read_text(encoding="utf-8").splitlines()
        if 0 < number <= len(lines):
            found[where] = lines[number - 1]
    return found


def _moved(finding: Finding, texts: Mapping[str, str], lines: Mapping[str, Sequence[str]]) -> Finding:
    """The finding where its code stands now: what redraws nothing may have moved it, within its file at least."""
    text = texts.get(finding.where)
    file, number = parse_place(finding.where)
    own = lines.get(file, ())
    if text is None or own[number - 1 : number] == [text]:
        return finding
    places = [(file, at) for at, line in enumerate(own, 1) if line == text] or [
        (other, at) for other, its in lines.items() for at, line in enumerate(its, 1) if line == text
    ]
    if not places:
        return finding
    file, number = min(places, key=lambda place: abs(place[1] - number))
    return replace(finding, where=f"{file}:{number}")
