"""Processes of runs are killed at random moments, or at each call that changes a folder."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.chaos import (
    Broken,
    Shared,
    Tell,
    Unable,
    begin,
    check_listed,
    check_same,
    forget,
    marked,
    read_process,
    said,
    succeed,
)

PREY: Final = {"orchestrator": 2, "worker": 10, "warm process": 1, "all at once": 2}
"""What is killed, and how often in proportion."""
_CALM: Final = 0.4
"""Most time between two kills, as a part of the time that an undisturbed run takes."""
_ENDING: Final = 600.0
"""Seconds in which all that a killed orchestrator has started must end; the warm process may be importing yet."""
_CALLS: Final = "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,symlink,symlinkat,fsync"
"""Calls of the system that change which files there are, or bring them to the disk."""
_KILLED: Final = "+++ killed by SIGKILL +++"
"""What strace writes when a process is killed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chaos run did."""

    kills: Counter[str]
    runs: int
    seconds: float

    def __str__(self) -> str:
        prey = ", ".join(f"{count} {who}" for who, count in sorted(self.kills.items()))
        return f"{self.kills.total()} kills ({prey}) in {self.runs} runs, {self.seconds:.0f} s: the same manifest"


def torment(
    project: Path,
    kills: int,
    seed: int,
    shared: Shared = Shared(),  # noqa: B008  it is frozen
    tell: Tell = lambda line: None,
) -> Outcome:
    """Kill so many times while the project renders; :class:`Broken` when that left any trace in the result.

    With a shared store there are two build folders, which take turns at random.
    """
    chance, began = random.Random(seed), time.monotonic()
    calm = project / "calm"
    storms = [project / "storm", project / "other-storm"] if shared.system else [project / "storm"]
    succeed(project, calm)
    rest = _CALM * (time.monotonic() - began)
    killed: Counter[str] = Counter()
    runs = 0
    while killed.total() < kills:
        storm = chance.choice(storms)
        run = begin(project, storm, shared.environment)
        runs += 1
        killed += _hunt(run, storm, chance, rest, kills - killed.total())
        code = run.wait()
        if code not in (0, 1, -signal.SIGKILL):
            raise Broken(f"run {runs} ended with {code}:\n{said(storm).read_text()}")
        check_listed(storm)
        _expect_end(run.pid, storm)
        if code == 0:
            forget(storm, chance)
            shared.forget(chance)
        tell(f"{killed.total()} kills in {runs} runs")
    for storm in storms:
        succeed(project, storm, shared.environment)
        check_same(storm, calm)
    return Outcome(killed, runs, time.monotonic() - began)


def kill_at_calls(
    project: Path,
    calls: int,
    seed: int,
    shared: Shared = Shared(),  # noqa: B008  it is frozen
    tell: Tell = lambda line: None,
) -> Outcome:
    """Kill all of a run when one of its processes makes its Nth call of :data:`_CALLS`, for each N up to ``calls``."""
    if not shutil.which("strace"):
        raise Unable("there is no strace here: `apt-get install strace`")
    chance, began = random.Random(seed), time.monotonic()
    calm, storm = project / "calm", project / "storm"
    succeed(project, calm)
    killed: Counter[str] = Counter()
    runs = 0
    for number in range(1, calls + 1):
        log = project / "calls.txt"
        inject = ["-e", f"trace={_CALLS}", "-e", f"inject={_CALLS}:signal=KILL:when={number}"]
        strace = ["strace", "-f", "-q", "-o", str(log), *inject]
        run = begin(project, storm, shared.environment, prefix=strace)
        while run.poll() is None and _KILLED not in log_of(log):
            time.sleep(0.02)
        for process in marked(storm):
            if process != run.pid:
                _kill(process)
        run.wait()
        last = [line for line in log_of(log).partition(_KILLED)[0].splitlines() if line.endswith("= ?")]
        killed[last[-1].split()[1].partition("(")[0] if last else "none"] += 1
        runs += 1
        _expect_end(run.pid, storm)
        check_listed(storm)
        succeed(project, storm, shared.environment)
        check_same(storm, calm)
        forget(storm, chance)
        shared.forget(chance)
        tell(f"{number} of {calls} calls")
    return Outcome(killed, runs, time.monotonic() - began)


def log_of(path: Path) -> str:
    """What strace has written so far."""
    return path.read_text(errors="replace") if path.is_file() else ""


def _hunt(
    run: subprocess.Popen[bytes], build: Path, chance: random.Random, rest: float, most: int
) -> Counter[str]:
    """Kill processes at random moments until the run has ended, and count them by kind.

    It is done ``most`` times at the most, with ``rest`` seconds between two at the most.
    """
    killed: Counter[str] = Counter()
    while run.poll() is None:
        (who,) = chance.choices(list(PREY), list(PREY.values()))
        until = time.monotonic() + chance.uniform(0, rest)
        while run.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        if run.poll() is not None or killed.total() >= most:
            continue
        if who == "all at once":
            found = [*{run.pid, *marked(build)}]
        else:
            found = [chance.choice(those)] if (those := _processes(run.pid)[who]) else []
        killed[who] += sum(map(_kill, found)) > 0
    return killed


def _kill(process: int) -> bool:
    """Kill a process; whether it still lived."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _processes(orchestrator: int) -> dict[str, list[int]]:
    """The processes of a run, by their kinds (the keys of :data:`PREY`)."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    warm = [
        child for child in children.get(orchestrator, []) if b"forkserver" in read_process(child, "cmdline")
    ]
    workers = [worker for one in warm for worker in children.get(one, [])]
    return {"orchestrator": [orchestrator], "warm process": warm, "worker": workers}


def _expect_end(orchestrator: int, build: Path) -> None:
    """:class:`Broken` when something that a run has started outlives it."""
    until = time.monotonic() + _ENDING
    while left := marked(build):
        if time.monotonic() > until:
            raise Broken(f"the run {orchestrator} is over, and {left} still live")
        time.sleep(0.1)
