"""A lesson told once, dry and at the silent pace, for all tests that look at its words.

The telling is kept in ``build/telling`` with the digests of all that it was told from, and is told anew, in a process
of its own, when any of that has changed.  Of processes that want the same one, one tells it and the others wait.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from render.core.catalog import Topic, load_catalog
from render.core.profile import TICKS_PER_SECOND
from render.core.speech import SilentPace
from render.core.timeline import Beat, Chapter, Timeline
from render.draw.renderer import Renderer, Sink
from render.draw.shown import Shown, shown_texts
from render.plan.disk import digest_now
from render.plan.fingerprint import surroundings
from render.plan.probe import probe
from render.store.digest import digest_text
from scenes.kit.lesson import Lesson

ROOT: Final = Path(__file__).parents[3]
CATALOG: Final = load_catalog(ROOT / "catalog.yaml")
READY: Final = tuple(topic for topic in CATALOG.topics if topic.status == "ready")
KEPT: Final = ROOT / "build" / "telling"
_TELLS: Final = "import sys; from tests.scenes.harness.telling import tell_here; tell_here(sys.argv[1])"
"""The process that tells.  No line at the top of this file does: certificates would depend on all that it reaches."""
_TELLERS: Final = ("render/core", "render/draw", "render/plan", "tests/scenes/harness/telling.py")
"""What finds out what is told, besides the lesson itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text while it can be read, in seconds from the start of its chapter."""

    kind: str
    """See :class:`render.draw.shown.Shown`."""
    text: str
    start: float
    """Begin of the play that brings it."""
    end: float
    """Begin of the play that takes it away, or the end of the chapter."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which nothing moves, in seconds from the start of the chapter."""

    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What was to be seen of one chapter, as far as its words and its rhythm go."""

    written: tuple[Written, ...]
    """In the order in which they come."""
    still: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a lesson says and writes, and when."""

    topic: Topic
    timeline: Timeline
    stages: tuple[Stage, ...]
    """One of each chapter."""
    files: tuple[str, ...]
    """Files of the project that it was told from."""

    @property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters by name, in order."""
        return {chapter.name: chapter for chapter in self.timeline.chapters}

    def beats(self) -> Iterator[tuple[Chapter, Beat]]:
        """Each beat with its chapter."""
        return ((chapter, beat) for chapter in self.timeline.chapters for beat in chapter.beats)

    def staged(self) -> Iterator[tuple[Chapter, Stage]]:
        """Each chapter with what was to be seen of it."""
        return zip(self.timeline.chapters, self.stages, strict=True)

    def place(self, beat: Beat) -> str:
        """Where a beat is said: ``scenes/svm/margin.py:120``."""
        return beat.where


@cache
def telling(slug: str) -> Telling:
    """The telling of the ready or draft lesson ``slug`` as its files are now; seconds where they have changed."""
    topic = CATALOG.lesson(slug)
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{slug}.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        record = _read(kept)
        if not _is_fresh(record, topic):
            record = tell(slug)
            kept.write_text(json.dumps(record), encoding="utf-8")
    return telling_of(record, topic)


def telling_of(record: dict[str, Any], topic: Topic) -> Telling:
    """The telling of ``topic`` that :func:`tell` gave as plain data."""
    return Telling(
        topic,
        Timeline.from_record(record["timeline"]),
        tuple(
            Stage(
                tuple(Written(**one) for one in stage["written"]),
                tuple(Spell(**one) for one in stage["still"]),
            )
            for stage in record["stages"]
        ),
        tuple(record["files"]),
    )


def tell(slug: str) -> dict[str, Any]:
    """The lesson told anew, in a process of its own, as plain data; ``AssertionError`` with what went wrong there."""
    done = subprocess.run(
        [sys.executable, "-c", _TELLS, slug],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{slug} cannot be told:\n{done.stderr}"
    return cast("dict[str, Any]", json.loads(done.stdout.splitlines()[-1]))


def _read(path: Path) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _is_fresh(record: dict[str, Any], topic: Topic) -> bool:
    return (
        bool(record)
        and record["teller"] == _teller()
        and record["timeline"]["title"] == topic.title
        and record["around"] == surroundings(ROOT)
        and all(digest_now(ROOT / path) == digest for path, digest in record["files"].items())
    )


@cache
def _teller() -> str:
    """Digest of the code that tells and of what looks on."""
    files = sorted(
        path
        for name in _TELLERS
        for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*.py"))
    )
    return digest_text("\n".join(f"{path.relative_to(ROOT)} {digest_now(path)}" for path in files))


# In the process that tells.


@dataclass(slots=True)
class _Notes:
    """What is noted of one chapter while it is told; times are ticks."""

    standing: dict[Shown, int] = field(default_factory=dict)
    """What can be read now, and since when."""
    gone: list[tuple[Shown, int, int]] = field(default_factory=list)
    still: list[tuple[int, int]] = field(default_factory=list)
    """Begin and end of what stands still."""

    def see(self, texts: tuple[Shown, ...], begin: int, end: int, *, moves: bool) -> None:
        """Note what a play from ``begin`` to ``end`` left on the stage."""
        for shown in [shown for shown in self.standing if shown not in texts]:
            self.gone.append((shown, self.standing.pop(shown), begin))
        for shown in texts:
            self.standing.setdefault(shown, begin)
        if not moves:
            joins = self.still and self.still[-1][1] == begin
            begin = self.still.pop()[0] if joins else begin
            self.still.append((begin, end))

    def close(self, end: int) -> Stage:
        """All that was noted of a chapter that lasted until ``end``."""
        texts = [*self.gone, *((shown, start, end) for shown, start in self.standing.items())]
        return Stage(
            tuple(
                Written(shown.kind, shown.text, start / TICKS_PER_SECOND, gone / TICKS_PER_SECOND)
                for shown, start, gone in sorted(texts, key=lambda text: text[1:])
            ),
            tuple(
                Spell(start / TICKS_PER_SECOND, (stop - start) / TICKS_PER_SECOND)
                for start, stop in self.still
            ),
        )


class NotingRenderer(Renderer):
    """Draws into ``sink``, or nothing without one, and notes after each play of each chapter what can be read."""

    def __init__(self, sink: Sink | None = None) -> None:
        super().__init__(sink)
        self.notes: list[_Notes] = []

    def play(self, scene: Lesson, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        super().play(scene, *args, **kwargs)
        while len(self.notes) <= len(scene.told):
            self.notes.append(_Notes())
        end = scene.tick + round(scene.duration * TICKS_PER_SECOND)
        moves = not scene.is_current_animation_frozen_frame()
        self.notes[-1].see(shown_texts(scene), scene.tick, end, moves=moves)

    def stages(self, chapters: Sequence[Chapter]) -> list[Stage]:
        """What was noted of each of the ``chapters`` that were told."""
        return [notes.close(chapter.ticks) for notes, chapter in zip(self.notes, chapters, strict=True)]


def tell_here(slug: str) -> None:
    """Tell the lesson ``slug`` in this process, whose manim draws nothing else from now on; prints what was found."""
    topic, renderer = CATALOG.lesson(slug), NotingRenderer()
    with tempfile.TemporaryDirectory() as scratch:
        found = probe(ROOT, topic.module, topic.title, SilentPace(), Path(scratch), renderer=renderer)
    record = {
        "teller": _teller(),
        "timeline": found.timeline.to_record(),
        "stages": [asdict(stage) for stage in renderer.stages(found.timeline.chapters)],
        "files": found.files,
        "around": found.around,
    }
    print(json.dumps(record))
