"""The costly checks of a lesson as tasks of the orchestrator: its stills, and tests that certificates answer for.

Its pictures are reviewed by :class:`render.review.gate.ReviewTask`.  What each of them finds is kept by
``scripts/certify.py``.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from render.core.fault import JobFault
from render.core.profile import TICKS_PER_SECOND
from render.draw.renderer import set_canvas
from render.plan.dependencies import POSTER
from render.review.direction import Direction
from render.review.gate import ReviewTask
from render.review.result import ChapterReview
from render.store.store import Record
from render.task.executor import Done, Failed
from render.task.pool import Pool
from render.task.task import ProgressChannel, Task
from render.voice import SILENT
from tests import still
from tests.scenes.harness import certificate
from tests.scenes.harness.certificate import Directed, Piece

SLOWEST: Final = 3600.0
"""Seconds that a lesson's tests take at the most, training included."""


@dataclass(frozen=True, slots=True)
class StillsTask(Task):
    """Draw the blessed stills of some chapters, or of the poster, anew, and compare them: a line for each that differs.

    Its result is what is wrong with each of the ``pieces``.
    """

    pieces: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"stills of {', '.join(self.pieces)}" if len(self.pieces) < 3 else "stills"

    def perform(self, progress: ProgressChannel) -> Record:
        old = still.blessed(self.slug)
        wrong: dict[str, list[str]] = {}
        with TemporaryDirectory() as scratch:
            set_canvas(still.WIDTH, still.HEIGHT, TICKS_PER_SECOND, Path(scratch))
            for piece in self.pieces:
                chapter = "" if piece == POSTER else piece
                own = {moment: path for moment, path in old.items() if moment.chapter == chapter}
                wrong[piece] = still.unblessed(self.slug, [piece], own)
                if own:
                    wrong[piece] += still.differences(self.slug, still.draw_here(self.module, own), own)
        return wrong


@dataclass(frozen=True, slots=True)
class TestsTask(Task):
    """Run the tests of a lesson that belong to some of :data:`certificate.CHECKS`."""

    checks: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"tests of {', '.join(self.checks)}"

    @property
    def allowance(self) -> float:
        return SLOWEST

    def perform(self, progress: ProgressChannel) -> Record:
        wanted = ",".join(f"{self.slug}/{check}" for check in self.checks)
        files = sorted({file for check in self.checks for file in _FILES.get(check, ())})
        files += [certificate.own_test(self.module)] if "tests" in self.checks else []
        files += [certificate.maths_tests(self.module)] if "maths" in self.checks else []
        files += [certificate.figure_tests(self.module)] if "figure" in self.checks else []
        options = ["-q", "-p", "no:cacheprovider", "--timeout", "0"]  # the task has its own bound
        command = [sys.executable, "-m", "pytest", *options, "--lessons", wanted, *files]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise JobFault(f"{' '.join(command[1:])} failed:\n{done.stdout}{done.stderr}")
        return {}


_FILES: Final = {
    check: tuple(dict.fromkeys(path for path, _ in roots if Path(path).name.startswith("test_")))
    for check, roots in certificate.CHECKS.items()
}


def piece_of(slug: str, name: str, key: str, review: ChapterReview | None) -> Piece:
    """What was seen of a piece that was held to its stills and, if it is a chapter, reviewed."""
    stills = certificate.stills_of(slug, name)
    if review is None:
        return Piece(key=key, stills=stills)
    return Piece(
        key=key,
        seconds=round(review.seconds, 3),
        looks=review.looks,
        direction=directed(review.direction),
        findings=tuple(certificate.kept(finding) for finding in review.findings),
        stills=stills,
    )


def directed(direction: Direction) -> Directed:
    """What is certified of the direction of a chapter."""
    return Directed(
        box=round(direction.box, 2),
        cells=round(direction.cells, 2),
        full=round(direction.full, 2),
        still=round(direction.stillness, 2),
        numbers=round(direction.numbers_a_minute, 1),
        moves=tuple(f"{move.target}: {move.word}" if move.word else move.target for move in direction.moves),
        shots=direction.shots,
    )


def errors_of(review: ChapterReview) -> list[str]:
    """The findings of a chapter that are errors, a line each."""
    return [str(finding) for finding in review.findings if finding.severity == "error"]


def look_again(slug: str, module: str, chapter: str, key: str, build: Path) -> tuple[Piece | None, list[str]]:
    """Check one chapter from nothing, in the empty folder ``build``: what was seen of it, and what is wrong with it.

    Nothing was seen where it could not be reviewed.
    """
    where = (certificate.ROOT, build, slug, module, SILENT)
    seen, wrong = None, []
    pool = Pool(1)
    pool.add([ReviewTask(*where, chapter=chapter, key=key), StillsTask(*where, pieces=(chapter,))])
    for event in pool.events():
        match event:
            case Done(ReviewTask(), result):
                review = ChapterReview.from_record(result["review"])
                seen = piece_of(slug, chapter, key, review)
                wrong += errors_of(review)
            case Done(StillsTask(), result):
                wrong += result[chapter]
            case Failed(_, failure):
                wrong.append(f"{failure.place}: {failure.message}" if failure.place else failure.message)
    return seen, wrong
