"""Kill at random, many times, and see that nothing is lost or falsified.

usage: python scripts/chaos.py [--kills 200] [--seed N]

renders the tiny catalog of the tests once undisturbed.  Then it renders it again and again while orchestrators,
workers, their encoders and the warm process are killed with SIGKILL at random moments, and forgets at random what was
made so that there is always something to do.  After every run all that is listed must be whole; at the end one more
run must bring the very manifest of the undisturbed one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from render.manifest import read_manifest

ROOT: Final = Path(__file__).resolve().parents[1]
PREY: Final = {"orchestrator": 2, "worker": 10, "encoder": 2, "warm process": 1}
"""Who is killed how often, in proportion."""
_CALM: Final = 2.0
"""Seconds between two kills at the most."""
_ENDING: Final = 60.0
"""Seconds in which all that a killed orchestrator has started must end; the warm process imports first."""


class Broken(Exception):
    """Something was lost, falsified or left over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chaos run did."""

    kills: Counter[str]
    runs: int
    seconds: float

    def __str__(self) -> str:
        prey = ", ".join(f"{count} {who}" for who, count in sorted(self.kills.items()))
        return f"{self.kills.total()} kills ({prey}) in {self.runs} runs, {self.seconds:.0f} s: the same manifest"


def lay_out(project: Path) -> Path:
    """Make ``project`` a small project with our kit and pipeline, and three lessons of a few seconds."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "tiny", project)
    ignored = shutil.ignore_patterns("__pycache__", "*.ttf")
    shutil.copytree(ROOT / "scenes" / "kit", project / "scenes" / "kit", ignore=ignored)
    for font in (ROOT / "scenes" / "kit" / "fonts").glob("*.ttf"):
        (project / "scenes" / "kit" / "fonts" / font.name).symlink_to(font)
    shutil.copy(ROOT / "scenes" / "lexicon.toml", project / "scenes")
    for package in ("scenes", "scenes/maths"):
        (project / package).mkdir(exist_ok=True)
        shutil.copy(ROOT / package / "__init__.py", project / package)
    for package in ("render", "hub"):
        shutil.copytree(ROOT / package, project / package, ignore=ignored)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    return project


def torment(project: Path, kills: int, seed: int, tell: Callable[[str], None] = lambda line: None) -> Outcome:
    """Kill so many times while the project renders; :class:`Broken` when that left any trace in the result."""
    chance, began = random.Random(seed), time.monotonic()
    calm, storm = project / "calm", project / "storm"
    if code := _render(project, calm).wait():
        raise Broken(f"the undisturbed run ended with {code}: see {project}/calm.txt")
    killed: Counter[str] = Counter()
    runs = 0
    while killed.total() < kills:
        process = _render(project, storm)
        runs += 1
        killed += _hunt(process, chance, kills - killed.total())
        code = process.wait()
        if code not in (0, 1, -signal.SIGKILL):
            raise Broken(f"run {runs} ended with {code}: see {project}/storm.txt")
        check_listed(storm)
        _expect_end(process.pid, storm)
        if code == 0:
            _forget(storm, chance)
        tell(f"{killed.total()} kills in {runs} runs")
    if code := _render(project, storm).wait():
        raise Broken(f"the last run, undisturbed, ended with {code}: see {project}/storm.txt")
    check_listed(storm)
    if (calm / "manifest.json").read_bytes() != (storm / "manifest.json").read_bytes():
        raise Broken(f"{storm}/manifest.json is not {calm}/manifest.json")
    return Outcome(killed, runs, time.monotonic() - began)


def check_listed(build: Path) -> None:
    """:class:`Broken` unless every file that the manifest lists is there with its digest."""
    for slug, entry in read_manifest(build).items():
        for name, file in entry["files"].items():
            path = build / file["path"]
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                raise Broken(f"{slug}: {name} is listed and not whole: {path}")


def _render(project: Path, build: Path) -> subprocess.Popen[bytes]:
    """Start a render as a person would; what it says goes to a file beside the build."""
    command = [sys.executable, "-m", "render", "--build", str(build), "render", "--quality", "draft"]
    with project.joinpath(f"{build.name}.txt").open("ab") as said:
        return subprocess.Popen(
            command, cwd=project, stdout=said, stderr=said, env={**os.environ, _MARK: str(build)}
        )


_MARK: Final = "MLHUB_CHAOS"
"""In the environment of all that a run has started, so that it is found when its parents are gone."""


def _hunt(run: subprocess.Popen[bytes], chance: random.Random, most: int) -> Counter[str]:
    """Kill at random moments until the run has ended."""
    killed: Counter[str] = Counter()
    while run.poll() is None:
        (who,) = chance.choices(list(PREY), list(PREY.values()))
        until = time.monotonic() + chance.uniform(0, _CALM)
        while run.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        found = _processes(run.pid)[who]
        if found and run.poll() is None and killed.total() < most:
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                continue  # it was quicker
            killed[who] += 1
    return killed


def _processes(orchestrator: int) -> dict[str, list[int]]:
    """What a run consists of now, by its part in it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    warm = [child for child in children.get(orchestrator, []) if b"forkserver" in _read(child, "cmdline")]
    workers = [worker for one in warm for worker in children.get(one, [])]
    encoders = [encoder for worker in workers for encoder in children.get(worker, [])]
    return {"orchestrator": [orchestrator], "warm process": warm, "worker": workers, "encoder": encoders}


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def _expect_end(orchestrator: int, build: Path) -> None:
    """:class:`Broken` when something that a run has started outlives it."""
    mark = f"{_MARK}={build}".encode()
    until = time.monotonic() + _ENDING
    while True:
        left = [
            int(folder.name)
            for folder in Path("/proc").glob("[0-9]*")
            if mark in _read(int(folder.name), "environ").split(b"\0")
        ]
        if not left:
            return
        if time.monotonic() > until:
            raise Broken(f"the run {orchestrator} is over, and {left} still live")
        time.sleep(0.1)


def _forget(build: Path, chance: random.Random) -> None:
    """Take away all that is published, and at random what it was made from."""
    (build / "manifest.json").unlink()
    shutil.rmtree(build / "out")
    shutil.rmtree(build / "store" / "lesson")
    for kind, share in (("segment", 0.7), ("poster", 0.5), ("probe", 0.3)):
        for path in sorted((build / "store" / kind).rglob("*")):
            if path.is_file() and chance.random() < share:
                path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chaos and tell how it ended; 1 when something was lost or falsified."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    try:
        outcome = torment(
            lay_out(folder / "tiny"), options.kills, options.seed, lambda line: print(line, flush=True)
        )
    except Broken as broken:
        print(f"{broken}\nWhat is left of it is in {folder}", file=sys.stderr)
        return 1
    print(outcome)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
