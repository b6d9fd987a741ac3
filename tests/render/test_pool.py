"""The pool: every task ends in exactly one event, whatever becomes of its process."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from render.fault import EnvironmentFault
from render.pool import Done, Failed, Pool, Progressed, Started
from render.store import Record
from render.worker import Report, Task


@dataclass(frozen=True, slots=True)
class Act(Task):
    """A task that does as it is told."""

    deed: str

    @property
    def name(self) -> str:
        return self.deed

    def perform(self, report: Report) -> Record:
        match self.deed:
            case "raise":
                raise ValueError("the plane has no sky")
            case "refuse":
                raise EnvironmentFault("ffmpeg is missing")
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "exit":
                os._exit(7)
            case "sleep":
                time.sleep(30)
            case "report":
                report.drawn(5, 3)
        return {"deed": self.deed, "process": os.getpid()}


def act(deed: str) -> Act:
    return Act(Path("/nowhere"), Path("/nowhere"), "tiny", "scenes.tiny", "silent", deed)


def run(*deeds: str, workers: int = 2) -> list[object]:
    pool = Pool(workers)
    pool.add(map(act, deeds))
    with closing(pool.events()) as events:
        return list(events)


def test_each_task_has_a_process_of_its_own() -> None:
    done = [event for event in run("a", "b", "c") if isinstance(event, Done)]
    assert sorted(event.result["deed"] for event in done) == ["a", "b", "c"]
    assert len({event.result["process"] for event in done}) == 3


def test_a_failure_does_not_stop_the_others() -> None:
    events = run("raise", "a", "die", "b", "exit", "c")
    failed = {event.task.name: event.failure for event in events if isinstance(event, Failed)}
    done = {event.task.name for event in events if isinstance(event, Done)}
    assert done == {"a", "b", "c"}
    assert failed["raise"].message == "ValueError: the plane has no sky"
    assert "the plane has no sky" in failed["raise"].trace
    assert "signal 9" in failed["die"].message
    assert "exit code 7" in failed["exit"].message


def test_what_the_machine_lacks_is_told_apart() -> None:
    (failed,) = (event for event in run("refuse") if isinstance(event, Failed))
    assert failed.failure.environment and failed.failure.message == "ffmpeg is missing"


def test_progress_is_heard() -> None:
    heard = [event for event in run("report") if isinstance(event, Progressed)]
    assert [(event.frames, event.moving) for event in heard] == [(5, 3)]


def test_tasks_may_be_added_while_events_are_read() -> None:
    pool = Pool(1)
    pool.add([act("a")])
    names = []
    for event in pool.events():
        if isinstance(event, Done):
            names.append(event.task.name)
            if event.task.name == "a":
                pool.add([act("b")])
    assert names == ["a", "b"]


def test_never_more_workers_than_asked() -> None:
    running = most = 0
    for event in run("a", "b", "c", "d", "e", workers=2):
        running += isinstance(event, Started) - isinstance(event, Done)
        most = max(most, running)
    assert most == 2


def test_closing_ends_the_workers_at_once() -> None:
    pool = Pool(2)
    pool.add([act("sleep"), act("sleep")])
    events = pool.events()
    assert isinstance(next(events), Started) and isinstance(next(events), Started)
    processes = [process for _, process in pool._running.values()]
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < 10
    assert all(not process.is_alive() for process in processes)
