"""The pool: every task ends in exactly one event, whatever becomes of its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from render.core.fault import EnvironmentFault
from render.store.store import Record
from render.task.executor import Done, Event, Executor, Failed, Progressed, Retried, Started
from render.task.interrupt import interruptible
from render.task.log import LOG_MOST
from render.task.pool import Pool
from render.task.task import Failure, ProgressChannel, Task
from tests.limit import SLEEP, comes

MB = 1_000_000
HANGING = 10
"""Seconds after which a task is taken to hang, in which another one is done on a busy machine."""


@dataclass(frozen=True, slots=True)
class Act(Task):
    """A task that does as it is told."""

    deed: str
    allowed: float = 0.0

    @property
    def name(self) -> str:
        return self.deed

    @property
    def allowance(self) -> float:
        return self.allowed

    def perform(self, progress: ProgressChannel) -> Record:
        match self.deed:
            case "raise":
                self._note()
                raise ValueError("the plane has no sky")
            case "refuse":
                raise EnvironmentFault("ffmpeg is missing")
            case "die":
                self._note()
                os.kill(os.getpid(), signal.SIGKILL)
            case "die once":
                if self._note() == 1:
                    os.kill(os.getpid(), signal.SIGTERM)
            case "crash":
                self._note()
                os.kill(os.getpid(), signal.SIGSEGV)
            case "exit":
                os._exit(7)
            case "sleep":
                time.sleep(SLEEP)
            case "nap":
                time.sleep(1)
            case "report":
                progress.drawn(5, 3)
            case "eat" | "eat once":
                if self._note() == 1 or self.deed == "eat":
                    eaten = []
                    while True:
                        eaten.append(bytearray(os.urandom(MB)) * 20)
                        time.sleep(0.02)
            case "lack":
                self._note()
                raise MemoryError("no room for the sky")
            case "child":
                child = subprocess.Popen(["sleep", str(SLEEP)])
                (self.build / "child").write_text(str(child.pid))
                time.sleep(SLEEP)
            case "stop":  # in the middle of a large message
                progress._channel.send_bytes(b"\0" + b"x" * 4000)
                os.kill(os.getpid(), signal.SIGSTOP)
            case "tell much":
                return {"deed": self.deed, "much": "x" * 5_000_000}
            case "chatter":
                print("the first line")
                for number in range(600_000):
                    print(f"the line {number} of all that nobody will ever read")
                print("the last line")
                raise ValueError("too much was said")
            case "print":
                print("painted by Python")
                subprocess.run(["echo", "painted by a child"], check=True)
        return {"deed": self.deed, "process": os.getpid()}

    def _note(self) -> int:
        """Count the attempts, over processes."""
        path = self.build / self.deed
        with path.open("a") as file:
            file.write("x")
        return path.stat().st_size


@pytest.fixture
def build(tmp_path: Path) -> Path:
    return tmp_path


def act(build: Path, deed: str, allowed: float = 0.0) -> Act:
    return Act(build.parent, build, "tiny", "scenes.tiny", "silent", deed, allowed)


def run(build: Path, *deeds: str, pool: Pool | None = None) -> list[Event]:
    pool = pool or Pool(2)
    pool.add(act(build, deed) for deed in deeds)
    with closing(pool.events()) as events:
        return list(events)


def the_failure(events: list[Event]) -> Failure:
    (failed,) = (event for event in events if isinstance(event, Failed))
    return failed.failure


def attempts(build: Path, deed: str) -> int:
    return (build / deed).stat().st_size


def ends(process: int) -> bool:
    """Whether a process is gone (or waits only to be buried) after a while."""

    def gone() -> bool:
        try:
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    return comes(gone)


def test_a_pool_is_an_executor() -> None:
    executor: Executor = Pool(2)  # mypy compares them; this holds what it cannot see
    assert executor.workers == 2


def test_each_task_has_a_process_of_its_own(build: Path) -> None:
    done = [event for event in run(build, "a", "b", "c") if isinstance(event, Done)]
    assert sorted(event.result["deed"] for event in done) == ["a", "b", "c"]
    assert len({event.result["process"] for event in done}) == 3


def test_a_failure_does_not_stop_the_others(build: Path) -> None:
    events = run(build, "raise", "a", "die", "b", "exit", "c")
    failed = {event.task.name: event.failure for event in events if isinstance(event, Failed)}
    done = {event.task.name for event in events if isinstance(event, Done)}
    assert done == {"a", "b", "c"}
    assert failed["raise"].message == "ValueError: the plane has no sky"
    assert "the plane has no sky" in failed["raise"].trace
    assert "signal 9" in failed["die"].message
    assert "exit code 7" in failed["exit"].message


def test_what_the_machine_lacks_is_told_apart(build: Path) -> None:
    failure = the_failure(run(build, "refuse"))
    assert failure.environment and failure.message == "ffmpeg is missing"


def test_progress_is_heard(build: Path) -> None:
    heard = [event for event in run(build, "report") if isinstance(event, Progressed)]
    assert [(event.frames, event.moving) for event in heard] == [(5, 3)]


def test_tasks_may_be_added_while_events_are_read(build: Path) -> None:
    pool = Pool(1)
    pool.add([act(build, "a")])
    names = []
    for event in pool.events():
        if isinstance(event, Done):
            names.append(event.task.name)
            if event.task.name == "a":
                pool.add([act(build, "b")])
    assert names == ["a", "b"]


def test_never_more_workers_than_asked(build: Path) -> None:
    running = most = 0
    for event in run(build, "a", "b", "c", "d", "e"):
        running += isinstance(event, Started) - isinstance(event, Done)
        most = max(most, running)
    assert most == 2


def test_closing_ends_the_workers_and_their_children_at_once(build: Path) -> None:
    pool = Pool(2)
    pool.add([act(build, "sleep"), act(build, "child")])
    events = pool.events()
    assert isinstance(next(events), Started) and isinstance(next(events), Started)
    processes = [run.process for run in pool._running.values()]
    assert comes(lambda: (build / "child").is_file() and (build / "child").read_text())
    events.close()
    assert all(not process.is_alive() for process in processes)
    assert ends(int((build / "child").read_text()))


def test_what_was_killed_from_outside_is_tried_again(build: Path) -> None:
    events = run(build, "die once")
    assert [type(event) for event in events] == [Started, Retried, Started, Done]
    (again,) = (event for event in events if isinstance(event, Retried))
    assert "signal 15" in again.reason


def test_what_is_always_killed_fails_in_the_end(build: Path) -> None:
    failure = the_failure(run(build, "die"))
    assert attempts(build, "die") == 3
    assert "signal 9" in failure.message and "attempt 3" in failure.message


@pytest.mark.parametrize("deed", ["raise", "crash"])
def test_a_fault_of_its_own_is_never_tried_again(build: Path, deed: str) -> None:
    events = run(build, deed)
    assert [type(event) for event in events] == [Started, Failed]
    assert attempts(build, deed) == 1


def test_a_crash_leaves_its_trace_in_the_log(build: Path) -> None:
    failure = the_failure(run(build, "crash"))
    assert "signal 11" in failure.message
    assert failure.log == str(build / "log" / "tiny" / "crash.log")
    assert "Segmentation fault" in Path(failure.log).read_text()
    assert "in perform" in failure.trace


def test_a_task_without_a_log_tells_of_it_once(build: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its traceback used to go to the terminal, where the log could not be written."""
    (build / "log").write_text("in the way")
    failure = the_failure(run(build, "a"))
    assert failure.environment and "cannot be written. Make" in failure.message
    assert capfd.readouterr().err == ""


def test_a_killed_warm_process_is_replaced_however_slow_the_machine_is(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten seconds were given for it, from before it imports manim: a busy machine takes longer for that alone."""
    start, killed = ForkServerProcess.start, iter([EOFError(), ConnectionRefusedError()])

    def start_if_warm(process: ForkServerProcess) -> None:
        for error in killed:
            raise error
        start(process)

    monkeypatch.setattr(ForkServerProcess, "start", start_if_warm)
    minutes = iter(range(0, 10**9, 60))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(minutes)))
    events = run(build, "a", pool=Pool(1, patience=1e9))
    assert [type(event) for event in events] == [Started, Done]


def test_a_task_that_hangs_is_ended_and_says_where(build: Path) -> None:
    events = run(build, "sleep", "a", pool=Pool(2, patience=HANGING))
    failure = the_failure(events)
    assert f"not done after {HANGING} s" in failure.message and "hangs" in failure.message
    assert "test_pool.py" in failure.trace and "in perform" in failure.trace
    assert [event.task.name for event in events if isinstance(event, Done)] == ["a"]
    assert not any(isinstance(event, Retried) for event in events)


def test_a_task_may_take_what_it_is_allowed(build: Path) -> None:
    pool = Pool(1, patience=0.2)
    pool.add([act(build, "nap", allowed=60)])
    assert isinstance(list(pool.events())[-1], Done)


def test_a_clock_that_jumps_ends_nothing(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = iter(range(0, 10**9, 100_000))
    monkeypatch.setattr(time, "time", lambda: 1e9 + next(jumps))
    events = run(build, "nap", "a", pool=Pool(2, patience=100))
    assert {event.task.name for event in events if isinstance(event, Done)} == {"nap", "a"}


def test_what_eats_memory_is_ended_after_one_more_attempt_alone(build: Path) -> None:
    events = run(build, "eat", "nap", "nap", pool=Pool(2, memory=500 * MB))
    failure = the_failure(events)
    assert attempts(build, "eat") == 2
    (again,) = (event for event in events if isinstance(event, Retried))
    assert "more than the 500 MB" in again.reason and "more than the 1000 MB" in failure.message
    at = max(at for at, event in enumerate(events) if isinstance(event, Started))
    assert events[at].task.name == "eat", "it is tried again when nothing else is left to do"
    assert not any(isinstance(event, Done) for event in events[at:])


def test_memory_may_suffice_when_nothing_runs_beside_it(build: Path) -> None:
    events = run(build, "eat once", pool=Pool(2, memory=500 * MB))
    assert [type(event) for event in events] == [Started, Retried, Started, Done]


def test_an_allocation_that_is_refused_is_tried_again_once(build: Path) -> None:
    failure = the_failure(run(build, "lack"))
    assert attempts(build, "lack") == 2
    assert failure.message == "MemoryError: no room for the sky"


def test_the_memory_of_a_task_is_told(build: Path) -> None:
    (done,) = (event for event in run(build, "nap") if isinstance(event, Done))
    assert 20 * MB < done.memory < 1000 * MB
    assert 1 <= done.seconds < 30


def test_all_that_a_task_prints_is_in_its_log(build: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(build, "print", "raise")
    log = (build / "log" / "tiny" / "print.log").read_text()
    assert log.splitlines()[1:] == ["painted by Python", "painted by a child"]
    raised = (build / "log" / "tiny" / "raise.log").read_text()
    assert "the plane has no sky" in raised and "Traceback" in raised
    assert "painted" not in capfd.readouterr().out


def test_a_warm_process_that_was_killed_is_replaced(build: Path) -> None:
    from multiprocessing import forkserver

    run(build, "a")
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
    assert isinstance(run(build, "b")[-1], Done)


def interrupted(pool: Pool, *delays: float) -> list[Event]:
    """All that happens where Ctrl-C is pressed so many seconds after the first start."""
    seen: list[Event] = []
    try:
        with closing(pool.events()) as events, interruptible(pool):
            for event in events:
                seen.append(event)
                for delay in delays if len(seen) == 1 else ():
                    threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT)).start()
    except KeyboardInterrupt:
        return seen
    raise AssertionError("nobody was told of the interrupt")


def test_ctrl_c_once_finishes_what_runs_and_starts_nothing(
    build: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGINT)
    pool = Pool(1)
    pool.add([act(build, "nap"), act(build, "a")])
    assert [type(event) for event in interrupted(pool, 0.2)] == [Started, Done]
    assert "Ctrl-C again stops now" in capfd.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_twice_stops_now(build: Path) -> None:
    pool = Pool(1)
    pool.add([act(build, "sleep")])
    assert [type(event) for event in interrupted(pool, 0.2, 0.6)] == [Started]
    assert not pool._running


def test_workers_end_with_their_orchestrator(build: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from render.task.pool import Pool\n"
        "from tests.render.task.test_pool import act\n"
        "pool = Pool(1); pool.add([act(Path(sys.argv[1]), 'child')])\n"
        "for event in pool.events(): print(next(iter(pool._running.values())).process.pid, flush=True)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(build)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent:
        worker = int(parent.stdout.readline())
        while not (build / "child").is_file() or not (build / "child").read_text():
            time.sleep(0.05)
        parent.kill()
        assert ends(worker), "a worker that reports nothing notices all the same"
        assert ends(int((build / "child").read_text()))


def test_a_worker_that_stops_in_the_middle_of_a_message_blocks_nobody(build: Path) -> None:
    """The pool used to wait for the rest of the message, for ever, and heard no other worker."""
    events = run(build, "stop", "nap", "report", pool=Pool(2, patience=HANGING))
    assert f"not done after {HANGING} s" in the_failure(events).message
    assert [event.task.name for event in events if isinstance(event, Done)] == ["nap", "report"]


def test_a_large_result_comes_whole(build: Path) -> None:
    (done,) = (event for event in run(build, "tell much") if isinstance(event, Done))
    assert done.result == {"deed": "tell much", "much": "x" * 5_000_000}


def test_a_log_stays_within_bounds_and_the_one_before_is_kept(build: Path) -> None:
    """Logs grew as long as somebody printed."""
    failure = the_failure(run(build, "chatter"))
    log = act(build, "chatter").log
    assert failure.log == str(log) and log.stat().st_size <= LOG_MOST
    text = log.read_text()
    assert "the first line" in text and "was left out" in text and "the last line" in text
    run(build, "chatter")
    assert sorted(path.name for path in log.parent.iterdir()) == ["chatter.log", "chatter.log.1"]
