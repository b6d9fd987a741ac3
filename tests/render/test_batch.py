"""The orchestrator knows its executor by the protocol alone."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path

from render.batch import Batch
from render.catalog import load_catalog
from render.executor import Event, Failed, Started
from render.fault import Exit
from render.profile import PROFILES
from render.progress import PlainLines
from render.review.gate import Gate
from render.store import Store
from render.worker import Failure, Task


class Refusal:
    """An executor that runs nothing: every task fails at once."""

    def __init__(self, workers: int | None) -> None:
        self.workers = workers or 7
        self.asked: list[Task] = []

    def add(self, tasks: Iterable[Task]) -> None:
        self.asked.extend(tasks)

    def events(self) -> Generator[Event, None, None]:
        for task in self.asked:
            yield Started(task)
            yield Failed(task, Failure("nobody is there", None, ""))

    def finish(self) -> None:
        self.asked.clear()


def test_a_batch_runs_on_any_executor(tiny: Path) -> None:
    opened: list[Refusal] = []

    def refuse(workers: int | None) -> Refusal:
        opened.append(Refusal(workers))
        return opened[-1]

    build = tiny / "build"
    topics = [topic for topic in load_catalog(tiny / "catalog.yaml").topics if topic.status == "ready"]
    batch = Batch(
        tiny, Store(build), PROFILES["draft"], "silent", PlainLines(build), workers=3, opener=refuse
    )
    assert batch.run(topics) == Exit.JOB_FAILED
    (executor,) = opened
    assert executor.workers == 3
    assert [(task.slug, task.name) for task in executor.asked] == [
        ("moving-dot", "probe"),
        ("still-square", "probe"),
    ]


def test_a_review_runs_on_any_executor(tiny: Path) -> None:
    store = Store(tiny / "build")
    store.open()
    told: list[str] = []
    gate = Gate(tiny, store, "silent", Refusal)
    gate.run(
        [load_catalog(tiny / "catalog.yaml").lesson("moving-dot")],
        lambda topic, probe, keys: None,
        lambda slug, task, failure: told.append(f"{slug}: {task}: {failure.message}"),
    )
    assert told == ["moving-dot: probe: nobody is there"]
