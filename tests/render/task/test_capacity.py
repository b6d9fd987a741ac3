"""What a machine can carry, read from files as kernels write them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from render.task.capacity import (
    EXPECTED,
    LIMIT,
    RESERVE,
    capacity_for,
    cores,
    free_memory,
    machine_capacity,
    resident,
)
from tests.limit import SLEEP, comes

GB = 1_000_000_000


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    folder = tmp_path / "proc"
    (folder / "self").mkdir(parents=True)
    (folder / "meminfo").write_text("MemTotal: 16000000 kB\nMemAvailable:    8000000 kB\n")
    (folder / "self" / "cgroup").write_text("")
    return folder


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def test_without_control_groups_all_that_is_available_is_free(proc: Path, tmp_path: Path) -> None:
    assert free_memory(tmp_path / "groups", proc) == 8_000_000 * 1024


def test_the_tightest_group_above_counts(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    (proc / "self" / "cgroup").write_text("0::/machine/job\n")
    write(groups / "machine", memory__max=str(3 * GB), memory__current=str(GB))
    write(groups / "machine" / "job", memory__max="max\n", memory__current="5")
    assert free_memory(groups, proc) == 2 * GB
    write(groups / "machine", memory__stat=f"anon 3\ninactive_file {GB // 2}\n")
    assert free_memory(groups, proc) == 2 * GB + GB // 2, "cached files are given back"


def test_groups_of_version_1_count(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    (proc / "self" / "cgroup").write_text("4:memory:/job\n2:cpu,cpuacct:/\n")
    write(groups / "memory" / "job", memory__limit_in_bytes=str(2 * GB), memory__usage_in_bytes=str(GB))
    write(groups / "cpu", cpu__cfs_quota_us="50000\n", cpu__cfs_period_us="100000\n")
    assert free_memory(groups, proc) == GB
    assert cores(groups, proc) == 0.5


def test_a_quota_takes_cores_away(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    (proc / "self" / "cgroup").write_text("0::/\n")
    write(groups, cpu__max="max 100000\n")
    assert cores(groups, proc) == len(os.sched_getaffinity(0))
    write(groups, cpu__max="75000 100000\n")
    assert cores(groups, proc) == 0.75


@pytest.mark.parametrize(
    ("cores", "free", "workers"),
    [(8, 64 * GB, 8), (8, RESERVE + 3 * EXPECTED, 3), (8, GB // 4, 1), (0.5, 64 * GB, 1), (2.5, 64 * GB, 2)],
)
def test_workers_have_cores_and_memory(cores: float, free: int, workers: int) -> None:
    found = capacity_for(cores, free)
    assert found.workers == workers
    assert EXPECTED <= found.memory <= LIMIT
    if free >= RESERVE + EXPECTED:
        assert found.workers * found.memory <= free - RESERVE, "all at their bound fit"


def test_what_a_person_decides_holds() -> None:
    assert capacity_for(8, 2 * GB, workers=5).workers == 5
    assert machine_capacity(3, 7).memory == 7
    assert capacity_for(8, RESERVE + 4 * GB, memory=2 * GB).workers == 2


def test_the_memory_of_a_group_is_that_of_all_its_processes() -> None:
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        if os.fork() == 0:
            held = bytearray(os.urandom(1_000_000)) * 100
            time.sleep(SLEEP)
            os._exit(len(held) % 2)
        time.sleep(SLEEP)
        os._exit(0)
    try:
        assert comes(lambda: resident().get(child, 0) > 100_000_000)
    finally:
        os.killpg(child, 9)
        os.waitpid(child, 0)
