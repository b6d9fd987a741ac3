"""How many workers this machine can run: its cores and memory, within the limits of control groups (containers).

Standard library only, so that ``doctor`` can ask before anything is installed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EXPECTED: Final = 1_000_000_000
"""Bytes that a worker is expected to need: what drawing takes, with room for a lesson's own computing."""
LIMIT: Final = 2_500_000_000
"""Bytes above which a worker is ended however much memory is free: it must be leaking."""
RESERVE: Final = 500_000_000
"""Bytes left for the orchestrator, the warm process that workers are forked from, and other programs."""

PATIENCE: Final = 900.0
"""Seconds that every task is given at least before it is taken to hang."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many workers run at once, and the bytes that each may hold."""

    workers: int
    memory: int


def machine_capacity(workers: int | None = None, memory: int | None = None) -> Capacity:
    """What suits this machine now; a person may fix the number of ``workers`` and the ``memory`` of each, in bytes."""
    return capacity_for(cores(), free_memory(), workers, memory)


def capacity_for(cores: float, free: int, workers: int | None = None, memory: int | None = None) -> Capacity:
    """What suits a machine of which ``cores`` and ``free`` bytes of memory may be used.

    There are as many workers as cores, or fewer, so that all of them at their bound of memory fit; at least one.
    """
    usable = free - RESERVE
    count = workers or max(1, min(int(cores), usable // (memory or EXPECTED)))
    return Capacity(count, memory or min(LIMIT, max(EXPECTED, usable // count)))


def cores(groups: Path = Path("/sys/fs/cgroup"), proc: Path = Path("/proc")) -> float:
    """Cores that this process may use, at most: those it may run on, or what a control group's quota leaves of them.

    ``groups`` is where control groups are mounted, ``proc`` the proc file system.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    found = float(len(affinity(0)) if affinity else os.cpu_count() or 1)
    for folder in _folders(groups, proc, "cpu"):
        quota, period = _numbers(folder / "cpu.max")[:2] or (None, None)
        if quota is None:
            quota, period = _number(folder / "cpu.cfs_quota_us"), _number(folder / "cpu.cfs_period_us")
        if quota and period and quota > 0:
            found = min(found, quota / period)
    return found


def free_memory(groups: Path = Path("/sys/fs/cgroup"), proc: Path = Path("/proc")) -> int:
    """Bytes of memory that this process and its children may still take without anything being swapped out."""
    try:
        info = (proc / "meminfo").read_text(encoding="ascii")
    except OSError:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    found = re.search(r"MemAvailable:\s+(\d+) kB", info)
    free = int(found[1]) * 1024 if found else 0
    for folder in _folders(groups, proc, "memory"):
        limit = _number(folder / "memory.max") or _number(folder / "memory.limit_in_bytes")
        used = _number(folder / "memory.current") or _number(folder / "memory.usage_in_bytes")
        if limit is not None and used is not None:
            free = min(free, limit - used + _cached(folder))
    return max(free, 0)


def resident(proc: Path = Path("/proc")) -> dict[int, int]:
    """Bytes of memory that each process group holds, by the number of the group; empty where that cannot be seen."""
    page = os.sysconf("SC_PAGE_SIZE")
    held: dict[int, int] = {}
    for path in proc.glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        group, pages = int(fields[2]), int(fields[21])
        held[group] = held.get(group, 0) + pages * page
    return held


def _folders(groups: Path, proc: Path, controller: str) -> Iterator[Path]:
    """The folders of the control groups, of version 2 and 1, that bind this process: its own and those above."""
    try:
        lines = (proc / "self" / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, names, path = line.split(":", 2)
        if names == "":
            root = groups
        elif controller in names.split(","):
            root = groups / controller
        else:
            continue
        home = root / path.lstrip("/")
        for folder in (home, *home.parents):
            if folder.is_dir():
                yield folder
            if folder == root:
                break


def _cached(folder: Path) -> int:
    """Bytes of files that a control group counts as used, though they are given back as soon as asked for."""
    try:
        text = (folder / "memory.stat").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^(?:total_)?inactive_file (\d+)$", text, re.M)
    return int(found[1]) if found else 0


def _number(path: Path) -> int | None:
    return next(iter(_numbers(path)), None)


def _numbers(path: Path) -> list[int]:
    """The numbers in a file; none where it is not there or sets no limit (``max``)."""
    try:
        return [int(word) for word in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        return []
