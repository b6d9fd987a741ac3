"""Check lessons as far as their certificates are out of date, and renew those: a piece as soon as its checks ran clean.

usage: python -m scripts.certify [TOPIC ...] [--workers 2]     (make certify TOPIC=svm)

Checked are the chapters whose keys are not those of the certificate (:mod:`tests.scenes.harness.certificate`): the
review of their pictures finds no error, and their stills are as they were blessed; the stills of the poster; and of
the lesson as a whole the tests that draw it, tell it and hold it to the rules, where anything has changed that they
depend on.  All cores share the work.  A run that is ended, in whatever way, goes on where it stopped.

Exit codes are those of every command: 0 all is certified, 1 a check failed, 2 usage, a catalog or a certificate that
does not read, 3 the review found an error, 4 the machine lacks something, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from render.cli.options import parse_workers, topics_of
from render.core.catalog import Topic, load_catalog
from render.core.fault import Exit, Fault, UsageFault, worst
from render.plan.dependencies import POSTER
from render.plan.probe import Probe
from render.plan.rehearsal import Rehearsal
from render.review.finding import keyed
from render.review.gate import Gate, ReviewTask
from render.review.narration import review_words
from render.review.narration_finding import from_narration
from render.review.result import ChapterReview
from render.run.batch import Batch, Goal
from render.run.progress import FailureLines
from render.store.store import Store
from render.task.executor import Done
from render.task.task import Task
from render.voice import SILENT
from tests.scenes.harness import certificate
from tests.scenes.harness.certificate import CHECKS, Certificate, Check, Keys, Piece
from tests.scenes.harness.check import StillsTask, TestsTask, errors_of, piece_of

ROOT: Final = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class _Lesson:
    """A lesson that is being certified."""

    topic: Topic
    probe: Probe
    keys: Keys
    reviews: dict[str, str]
    """By chapter the keys under which the store keeps what was seen."""
    pieces: dict[str, Piece]
    checks: dict[str, Check]
    left: set[str]
    """Pieces and checks that are not certified yet."""
    compared: set[str] = field(default_factory=set)
    """Pieces whose stills are as they were blessed."""
    seen: dict[str, ChapterReview] = field(default_factory=dict)


@dataclass(slots=True)
class CertifyGoal(Goal):
    """Every lesson checked as far as its certificate is out of date, and that renewed; reviews go through ``gate``."""

    gate: Gate
    exit: Exit = field(init=False, default=Exit.DONE)
    _lessons: dict[str, _Lesson] = field(init=False, default_factory=dict)

    def told(self, topic: Topic, probe: Probe) -> Iterator[Task]:
        """The checks that are to be done."""
        known = certificate.read(topic.slug)
        keys = Keys(topic, certificate.saw_of(probe, topic))
        held = {name: keys.piece(name) for name in keys.names()}
        pieces = {name: one for name, one in (known.pieces if known else {}).items() if name in held}
        checks = dict(known.checks) if known else {}
        left = {name for name, key in held.items() if name not in pieces or pieces[name].key != key}
        left |= {name for name in CHECKS if name not in checks or checks[name].key != keys.check(name)}
        lesson = _Lesson(topic, probe, keys, self.gate.keys(topic, probe), pieces, checks, left)
        self._lessons[topic.slug] = lesson
        if not left and known and tuple(known.pieces) == tuple(held) and known.saw == keys.saw:
            print(f"{topic.slug}: its certificate holds")
            return
        where = (self.gate.root, self.gate.store.build, topic.slug, topic.module, self.gate.voice)
        if checks_left := tuple(name for name in CHECKS if name in left):
            yield TestsTask(*where, checks=checks_left)
        if pieces_left := tuple(name for name in held if name in left):
            yield StillsTask(*where, pieces=pieces_left)
            reviews = {name: lesson.reviews[name] for name in pieces_left if name != POSTER}
            yield from self.gate.tasks(topic, reviews)
            for name, key in reviews.items():
                if stored := self.gate.store.find("review", key, ".zip"):
                    lesson.seen[name] = ChapterReview.from_record(stored.record["review"])
        self._write(lesson)

    def done(self, event: Done) -> tuple[Task, ...]:
        """Certify what the task was the last check of."""
        lesson = self._lessons[event.task.slug]
        match event.task:
            case StillsTask():
                for name, wrong in event.result.items():
                    if wrong:
                        self._refuse(lesson, name, wrong, Exit.JOB_FAILED)
                    else:
                        lesson.compared.add(name)
                        self._settle(lesson, name)
            case ReviewTask(chapter=name):
                lesson.seen[name] = ChapterReview.from_record(event.result["review"])
                self._settle(lesson, name)
            case TestsTask(checks=names):
                for name in names:
                    self._pass(lesson, name)
        return ()

    def _settle(self, lesson: _Lesson, name: str) -> None:
        """Certify a piece if all has been looked at and nothing is wrong."""
        review = lesson.seen.get(name)
        if name not in lesson.compared or (review is None and name != POSTER):
            return
        if review and (errors := errors_of(review)):
            self._refuse(lesson, name, errors, Exit.REVIEW)
            return
        lesson.pieces[name] = piece_of(lesson.topic.slug, name, lesson.keys.piece(name), review)
        self._certified(lesson, name)

    def _pass(self, lesson: _Lesson, name: str) -> None:
        """Certify a check of the whole lesson, whose tests have passed; its truth only if its words are sound too."""
        findings = []
        if name == "truth":
            timeline = lesson.probe.timeline
            words = review_words(timeline, self.gate.root, lesson.probe.shown)
            findings = keyed(from_narration(finding, timeline) for finding in words)
            if errors := [str(finding) for finding in findings if finding.severity == "error"]:
                self._refuse(lesson, name, errors, Exit.REVIEW)
                return
        kept = tuple(certificate.kept(finding) for finding in findings)
        lesson.checks[name] = Check(key=lesson.keys.check(name), findings=kept)
        self._certified(lesson, name)

    def _refuse(self, lesson: _Lesson, name: str, errors: Sequence[str], code: Exit) -> None:
        slug = lesson.topic.slug
        self.exit = worst([self.exit, code])
        print("\n".join(errors), file=sys.stderr)
        told = f"{slug}/{name}: not certified"
        more = f": look at it with pictures: make review TOPIC={slug}" if code == Exit.REVIEW else ""
        print(f"{told}{more}", file=sys.stderr, flush=True)

    def _certified(self, lesson: _Lesson, name: str) -> None:
        lesson.left.discard(name)
        print(f"{lesson.topic.slug}/{name}: certified", flush=True)
        self._write(lesson)

    def _write(self, lesson: _Lesson) -> None:
        """Write the certificate as far as it goes: what is not in it, or has another key, is still to be checked."""
        if not lesson.pieces and not lesson.checks:
            return
        names = lesson.keys.names()
        path = certificate.write(
            lesson.topic.slug,
            Certificate(
                version=1,
                saw=lesson.keys.saw,
                checks={name: lesson.checks[name] for name in CHECKS if name in lesson.checks},
                pieces={name: lesson.pieces[name] for name in names if name in lesson.pieces},
            ),
        )
        if not lesson.left:
            print(f"{path.relative_to(ROOT)}: whole; commit it with the lesson", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Certify the lessons that are named, or all that are ready; exit codes are those of :mod:`render.core.fault`."""
    parser = argparse.ArgumentParser(
        prog="certify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics", metavar="TOPIC", nargs="*", help="slugs; all lessons that are ready")
    parser.add_argument("--workers", type=parse_workers, help="processes at once (default: one a core)")
    options = parser.parse_args(arguments)
    try:
        topics = topics_of(load_catalog(ROOT / "catalog.yaml"), options.topics)
        if drafts := [topic.slug for topic in topics if topic.status != "ready"]:
            raise UsageFault(
                f"TOPIC={drafts[0]}: expected a lesson that is ready, found a draft. "
                f"`python -m scripts.truth {drafts[0]}` and `make review TOPIC={drafts[0]}` check it."
            )
        for topic in topics:  # one that does not read is told before anything is done
            certificate.read(topic.slug)
        store = Store(ROOT / "build")
        goal = CertifyGoal(Gate(ROOT, store, SILENT))
        return int(Batch(Rehearsal(ROOT, store, SILENT), [goal], FailureLines(), options.workers).run(topics))
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    except KeyboardInterrupt:
        print("Stopped.  What was certified is kept; the same command goes on from there.", file=sys.stderr)
        return int(Exit.INTERRUPTED)


if __name__ == "__main__":
    raise SystemExit(main())
