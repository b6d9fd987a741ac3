"""The disk is full, at whatever is written: it has room for so many pages or files more, and then for all."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from render.core.fault import Exit
from scripts.chaos import (
    MARK,
    Broken,
    Shared,
    Tell,
    begin,
    check_mixed,
    check_same,
    check_scratch,
    lay_out,
    succeed,
    unshare,
)
from scripts.chaos.beside import EDITS

INSIDE: Final = f"{MARK}_MOUNTS"
"""In the environment of the process that may mount what nobody else sees."""
PAGE: Final = 4096
"""Bytes by which a file in memory grows."""
_ROOMY: Final = 1_000_000
"""Pages, and files, of a disk with room."""
_REMEDIES: Final = (
    "is full. Free some space there and run the same command again.",
    "beside what is there. Free some space and run the same command again.",
    "Make it reachable and run the same command again, or run without STORE.",
)
"""What a person is told to do, one of these in each message."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chaos run did."""

    ends: Counter[str]
    seconds: float

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {how}" for how, count in sorted(self.ends.items()))
        return f"{self.ends.total()} disks ({ends}), {self.seconds:.0f} s: the same manifest"


def may_mount() -> bool:
    """Whether this process has mounts of its own."""
    return INSIDE in os.environ


def again_with_mounts(arguments: list[str]) -> int:
    """Run ``python -m scripts.chaos`` with mounts of its own, which end with it; its exit code.

    :class:`Unable` where nobody may have them.
    """
    words = [*unshare("--mount"), sys.executable, "-m", "scripts.chaos", *arguments]
    return subprocess.run(words, env={**os.environ, INSIDE: "1"}, check=False).returncode


def fill(folder: Path, steps: int, seed: int, shared: Shared, tell: Tell) -> Outcome:
    """Render onto disks with more and more room; what was listed before the code was edited must stay whole.

    The full disk holds the build folder and temporary files; with a shared folder every second one holds that instead.
    :class:`Broken` unless each run that fails says in a line what to do, has the exit code for that and leaves all
    that was listed whole, and the next one, with room, has the manifest of an undisturbed run.
    """
    chance, began = random.Random(seed), time.monotonic()
    project = lay_out(folder / "tiny")
    succeed(project, project / "before")
    for path, old, new in EDITS[:1] + EDITS[3:5]:
        text = (project / path).read_text()
        (project / path).write_text(text.replace(old, new, 1))
    succeed(project, project / "calm")
    disk = folder / "disk"
    disk.mkdir()
    ends: Counter[str] = Counter()
    problems: list[str] = []
    for step in range(steps):
        kind = ("pages", "files")[step % 2]
        remote = "STORE" in shared.environment and shared.root.startswith("/") and step % 4 >= 2
        build = folder / f"build{step}" if remote else disk / "build"
        _mount(disk, "")
        try:
            shutil.copytree(project / "before", build, symlinks=True)
            environment = dict(shared.environment)
            if remote:
                environment["STORE"] = str(disk / "shared")
                (disk / "shared").mkdir()
            else:
                (disk / "tmp").mkdir()
                environment["TMPDIR"] = str(disk / "tmp")
            room = round(_need(project, kind) * (step + chance.random()) / steps)
            _limit(disk, kind, room)
            how = _expect_full(project, build, environment, f"{room} {kind}")
            check_mixed(build, project / "before", project / "calm")
            _mount(disk, "remount,")
            succeed(project, build, environment)
            check_same(build, project / "calm")
            check_scratch(build)
        except Broken as broken:
            how = "told wrongly"
            problems.append(str(broken))
            tell(str(broken))
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
        ends[f"{how} of {kind}"] += 1
        tell(f"{step + 1} of {steps}: room for {room} {kind}{' in the shared store' * remote}, {how}")
    if problems:
        raise Broken(f"{len(problems)} of {steps} disks: see above")
    return Outcome(ends, time.monotonic() - began)


def _need(project: Path, kind: str) -> int:
    """Pages or files that a run needs at the most, roughly: as many as it leaves."""
    left = [path for path in (project / "calm").rglob("*") if path.is_file()]
    return len(left) if kind == "files" else sum(-(-path.stat().st_size // PAGE) for path in left)


def _mount(disk: Path, how: str, pages: int = _ROOMY, files: int = _ROOMY) -> None:
    options = f"{how}size={pages * PAGE},nr_inodes={files}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)


def _limit(disk: Path, kind: str, room: int) -> None:
    """Leave room for so many pages or files more."""
    there = os.statvfs(disk)
    if kind == "pages":
        _mount(disk, "remount,", pages=there.f_blocks - there.f_bfree + room)
    else:
        _mount(disk, "remount,", files=there.f_files - there.f_ffree + room)


def _expect_full(project: Path, build: Path, environment: dict[str, str], room: str) -> str:
    """How a run ended on a disk with little room; :class:`Broken` where it does not tell that rightly."""
    record = project / "full.txt"  # on a disk with room
    code = begin(project, build, environment, record=record).wait()
    text = record.read_text()
    if code == Exit.DONE:
        return "with room enough"
    told = [line for line in text.splitlines() if line.endswith(_REMEDIES)]
    if code != Exit.ENVIRONMENT or not told or "Traceback" in text:
        raise Broken(f"on a disk with room for {room} a run ended with {code}:\n{text}")
    return "full"
