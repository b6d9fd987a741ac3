"""Kill a publication at random, many times, and see that the channel is that of an undisturbed run.

usage: python scripts/publish_chaos.py [--kills 100] [--seed N]

publishes three small lessons in two languages, through the real client library, to the server of the tests: once
undisturbed, then again and again on new channels, while the whole process is killed with SIGKILL at random moments:
when the server has heard of a call, has done it, or has answered it, or when a random time is over since the first
call (before that Python only starts, and nothing can break).  Each run goes on from where the last one was killed.
Every channel must come out as the undisturbed one, with no video there twice.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from render.core.fault import Fault
from render.store.ledger import read_ledger

if TYPE_CHECKING:
    from tests.publish.project import Project
    from tests.publish.youtube_server import YouTubeServer

ROOT: Final = Path(__file__).resolve().parents[1]
_BY_CLOCK: Final = 0.3
"""Share of the kills whose moment the clock decides, and not a call."""
_CALLS: Final = 25
"""A run is killed after so many calls at the latest, if its moment is one of a call."""


class Broken(Exception):
    """Something was lost, done twice or falsified."""


@dataclass(slots=True)
class Outcome:
    """What a chaos run did."""

    kills: Counter[str] = field(default_factory=Counter)
    """By what the server was about: ``captions.insert done``."""
    runs: int = 0
    channels: int = 0
    """How many publications came to their end."""
    resent: int = 0
    """Bytes of videos that were sent more than once."""
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.kills.total()} kills in {self.runs} runs, {self.seconds:.0f} s: {self.channels} channels as the "
            f"undisturbed one, no video twice, {self.resent / 1e6:.1f} MB sent again"
        )


@dataclass(slots=True)
class _Hunter:
    """Kills one process at one moment."""

    chance: random.Random
    seconds: float
    """How long an undisturbed run takes from its first call on."""
    process: subprocess.Popen[bytes] | None = None
    moment: int = 0
    """After so many events of the server; 0 where the clock decides."""
    last: str = ""
    killed: str = ""
    timer: threading.Timer | None = None
    """Started by the first call, where the clock decides."""

    def hunt(self, process: subprocess.Popen[bytes]) -> str:
        """Wait until the process has ended, and help it along; returns at what it was killed, or nothing."""
        self.killed, self.last = "", ""
        by_clock = self.chance.random() < _BY_CLOCK
        self.moment = 0 if by_clock else self.chance.randint(1, 3 * _CALLS)
        self.timer = timer = (
            threading.Timer(self.chance.uniform(0, self.seconds), self._kill) if by_clock else None
        )
        self.process = process
        process.wait()
        self.process = None
        if timer:
            timer.cancel()
        return self.killed if process.returncode == -signal.SIGKILL else ""

    def watch(self, method: str, phase: str) -> None:
        """Hear of a call."""
        if not self.last and self.timer:
            self.timer.start()
        self.last = f"{method} {phase}"
        if self.moment:
            self.moment -= 1
            if not self.moment:
                time.sleep(self.chance.uniform(0, 0.02))
                self._kill()

    def _kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.killed = self.last
            self.process.kill()


def lay_out(root: Path) -> Project:
    """A project of three small lessons with real videos."""
    from tests.publish.project import encode_film, three_lessons

    root.mkdir(parents=True)
    film = encode_film(root / "film.mp4", bits=300_000)
    project = three_lessons(root / "project", film)
    for lesson in project.lessons:
        lesson.languages = ("en", "de")
    return project.write()


def torment(folder: Path, kills: int, seed: int, tell: Callable[[str], None] = lambda line: None) -> Outcome:
    """Kill so many times while the lessons in ``folder`` are published; :class:`Broken` where that left a trace."""
    project, chance, began = lay_out(folder), random.Random(seed), time.monotonic()
    outcome = Outcome()
    calm, size, seconds = _undisturbed(project, folder)
    hunter = _Hunter(chance, seconds)
    while outcome.kills.total() < kills:
        _forget(project, folder)
        with _server() as server:
            server.watch = hunter.watch
            while True:
                process = _publish(project, folder, server)
                outcome.runs += 1
                if outcome.kills.total() < kills:
                    if at := hunter.hunt(process):
                        outcome.kills[at] += 1
                        _check(project, server)
                        continue
                elif process.wait() == -signal.SIGKILL:
                    raise Broken("somebody else has killed a run")
                if process.returncode != 0:
                    raise Broken(f"run {outcome.runs} ended with {process.returncode}: see {folder}/said.txt")
                break
            if server.refused:
                raise Broken(f"calls that no client should make: {server.refused}")
            if server.snapshot() != calm:
                raise Broken(f"the channel differs from the undisturbed one:\n{server.snapshot()}\n{calm}")
            outcome.resent += server.bytes_in - size
        outcome.channels += 1
        tell(f"{outcome.kills.total()} kills in {outcome.runs} runs, {outcome.channels} channels")
    outcome.seconds = time.monotonic() - began
    return outcome


def _server() -> AbstractContextManager[YouTubeServer]:
    from tests.publish.youtube_server import serve_youtube

    return serve_youtube()


def _undisturbed(project: Project, folder: Path) -> tuple[object, int, float]:
    """The channel after an undisturbed run, the bytes of its videos, and the seconds from its first call."""
    calls: list[float] = []
    with _server() as server:
        server.watch = lambda method, phase: calls.append(time.monotonic())
        code = _publish(project, folder, server).wait()
        if code:
            raise Broken(f"the undisturbed run ended with {code}: see {folder}/said.txt")
        _check(project, server)
        return server.snapshot(), server.bytes_in, time.monotonic() - calls[0]


def _publish(project: Project, folder: Path, server: YouTubeServer) -> subprocess.Popen[bytes]:
    """Publish as a person would; what is said goes to a file."""
    from tests.publish.youtube_server import token_json

    command = [sys.executable, "-m", "render.cli", "--root", str(project.root), "publish", "run"]
    environment = {
        **os.environ,
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "YOUTUBE_API_ROOT": server.address,
        "YOUTUBE_TOKEN": token_json(server),
    }
    with (folder / "said.txt").open("ab") as said:
        return subprocess.Popen(
            [*command, "--to", "youtube", "--chunk", "256", "--privacy", "unlisted"],
            cwd=ROOT, env=environment, stdout=said, stderr=said, stdin=subprocess.DEVNULL,
        )  # fmt: skip


def _check(project: Project, server: YouTubeServer) -> None:
    """:class:`Broken` where a video is on the channel twice, or the ledger tells of what is not there."""
    with server.lock:
        twice = [digest for digest, count in Counter(server.content.values()).items() if count > 1]
        if twice:
            raise Broken(f"on the channel twice: {twice}")
        try:
            channel = read_ledger(project.root).youtube
        except Fault as fault:
            raise Broken(f"the ledger does not read: {fault}") from fault
        for slug, video in channel.videos.items():
            if video.id is not None and server.content.get(video.id) != video.sha256:
                raise Broken(f"{slug}: the ledger tells of {video.id}, which is not its video")


def _forget(project: Project, folder: Path) -> None:
    """Begin with an empty ledger, as a new channel is empty."""
    (project.root / "publish.json").unlink(missing_ok=True)
    shutil.rmtree(folder / "state", ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chaos and tell how it ended; 1 where something was lost, done twice or falsified."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="publish-chaos-"))
    try:
        outcome = torment(folder / "chaos", options.kills, options.seed, lambda line: print(line, flush=True))
    except Broken as broken:
        print(f"{broken}\nWhat is left of it is in {folder}", file=sys.stderr)
        return 1
    for at, count in sorted(outcome.kills.items()):
        print(f"  {count:3} at {at}")
    print(outcome)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
