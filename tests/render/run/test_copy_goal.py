"""When copies are begun, which chapters are copied, and when they are joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.core.catalog import load_catalog
from render.core.copy_form import COPIES
from render.core.profile import PROFILES
from render.plan.copy_key import chapter_copy_key, copy_key
from render.plan.lesson_plan import Piece, lesson_key
from render.plan.planner import Planner
from render.run.copy_goal import CopyGoal
from render.run.reporter import Reporter
from render.run.tasks import AssembleTask, CopyTask
from render.store.manifest import enter
from render.store.store import Record, Store
from render.task.executor import Done
from tests.render.plan.test_lesson_plan import PROBE
from tests.render.store.sample import entry

WEB = PROFILES["web"]
HEAD = "from scenes.kit.lesson import Lesson, chapter\n\n\nclass Tiny(Lesson):\n"


class Ears(Reporter):
    """Keeps what is told of copies."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def copying(self, pieces: object) -> None:
        assert isinstance(pieces, tuple)
        self.told.append(f"copying {len(pieces)}")

    def copied(self, slug: str, entry: Record) -> None:
        self.told.append(f"{slug} copied")


class Stage:
    """A lesson of two chapters, a store and a goal."""

    def __init__(self, root: Path) -> None:
        self.store = Store(root / "build")
        self.store.open()
        self.ears = Ears()
        self.planner = Planner(self.store, WEB)
        self.goal = CopyGoal(root, self.planner, "silent", self.ears)
        self.goal.prepare()
        self.topic = (
            load_catalog(root / "catalog.yaml").lesson("moving-dot").model_copy(update={"slug": "tiny"})
        )
        lesson = root / "scenes" / "tiny"
        lesson.mkdir()
        plan = self.planner.plan(PROBE, lambda *asked: False)
        told = "".join(
            f'\n    @chapter("It goes")\n    def {piece.name}(self) -> None: ...\n' for piece in plan.pieces
        )
        (lesson / "__init__.py").write_text(f"{HEAD}{told}")
        self.pieces, self.poster = plan.pieces, plan.poster
        key = lesson_key(PROBE.timeline, WEB, self.pieces, self.poster)
        self.entry: Record = {**entry("tiny", key), "files": {}}

    def put(self, kind: str, key: str, suffix: str) -> None:
        with self.store.scratch() as scratch:
            made = scratch / f"made{suffix}"
            made.write_bytes(kind.encode())
            self.store.put(kind, key, made, {"bytes": made.stat().st_size})

    def draw(self) -> None:
        """Put what is drawn of the lesson into the store, and list it."""
        for piece in self.pieces:
            self.put("segment", piece.key, ".h264")
        self.put("poster", self.poster.key, ".png")
        enter(self.store, "tiny", self.entry)

    def copy(self, piece: Piece) -> None:
        for form in COPIES:
            self.put(form.chapter, chapter_copy_key(piece, form), ".h264")

    def told(self) -> list[str]:
        return [task.name for task in self.goal.told(self.topic, PROBE)]

    def assembled(self) -> AssembleTask:
        where = (Path(), Path(), "tiny", "scenes.tiny", "silent")
        return AssembleTask(*where, PROBE.to_record(), WEB, self.pieces, self.poster)


@pytest.fixture
def stage(tiny: Path) -> Stage:
    return Stage(tiny)


def test_a_lesson_that_is_not_published_yet_is_copied_when_it_is(stage: Stage) -> None:
    assert stage.told() == []
    begun = list(stage.goal.done(Done(stage.assembled(), stage.entry)))
    assert sorted(task.name for task in begun) == ["copies of one", "copies of two"]
    assert stage.ears.told == ["copying 2"]


def test_copies_are_joined_when_the_last_chapter_is_copied(stage: Stage) -> None:
    stage.draw()
    stage.copy(stage.pieces[0])
    (task,) = stage.goal.told(stage.topic, PROBE)
    assert isinstance(task, CopyTask) and task.piece == stage.pieces[1]
    (join,) = stage.goal.done(Done(task, {}, 12.5))
    assert join.name == "copies" and join.at_home
    assert stage.planner.times.of("tiny") == {"copies of two": 12.5}
    assert list(stage.goal.done(Done(join, stage.entry, 3.0))) == []
    assert stage.ears.told == ["copying 1", "tiny copied"]


def test_copies_that_are_there_are_joined_and_those_that_are_listed_are_let_be(stage: Stage) -> None:
    stage.draw()
    for piece in stage.pieces:
        stage.copy(piece)
    assert stage.told() == ["copies"]
    files = {}
    for form in COPIES:
        key = copy_key(stage.entry["key"], stage.pieces, form)
        stage.put(form.role, key, ".mp4")
        path = stage.store.path(form.role, key, ".mp4")
        record = stage.store.glance(form.role, key, ".mp4")
        assert record
        files[form.role] = {
            "key": key,
            "path": str(path.relative_to(stage.store.build)),
            "bytes": path.stat().st_size,
            "sha256": record.record["sha256"],
        }
    enter(stage.store, "tiny", {**stage.entry, "files": files})
    assert stage.told() == []
    assert stage.ears.told[-1] == "tiny copied"


def test_a_lesson_that_has_to_be_joined_anew_is_waited_for(stage: Stage) -> None:
    stage.draw()
    gone = {"path": "gone", "bytes": 1, "sha256": "0" * 64}
    enter(stage.store, "tiny", {**stage.entry, "files": {"video": gone}})
    assert stage.told() == []
