"""Harm of every kind leaves no trace in the result; ``python -m scripts.chaos`` does the same for longer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from render.core.fault import Exit
from scripts.chaos import (
    ROOT,
    STORES,
    Broken,
    Unable,
    check_listed,
    check_mixed,
    check_pictures,
    sharing,
)
from scripts.chaos.beside import run_two_codes, run_two_namespaces
from scripts.chaos.kills import kill_at_calls, torment
from tests.limit import HOURS, LONG

pytestmark = pytest.mark.end_to_end


def briefly_and_for_long(brief: int, long: int, store: str) -> pytest.MarkDecorator:
    """How often, and with which store: briefly with one, and, marked slow, for long with each."""
    marks = [pytest.mark.slow, pytest.mark.timeout(HOURS)]
    return pytest.mark.parametrize(
        ("times", "store"),
        [
            pytest.param(brief, store, marks=pytest.mark.timeout(LONG)),
            *(pytest.param(long, each, marks=marks) for each in STORES),
        ],
    )


@briefly_and_for_long(10, 200, "folder")
def test_after_random_kills_the_manifest_is_that_of_an_undisturbed_run(
    tiny: Path, tmp_path: Path, times: int, store: str
) -> None:
    with sharing(store, tmp_path / "shared") as shared:
        outcome = torment(tiny, times, seed=times, shared=shared)
    assert outcome.kills.total() == times
    assert outcome.kills["worker"] > times // 4


@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace here")
@briefly_and_for_long(2, 40, "local")
def test_after_a_kill_at_each_call_the_manifest_is_that_of_an_undisturbed_run(
    tiny: Path, tmp_path: Path, times: int, store: str
) -> None:
    with sharing(store, tmp_path / "shared") as shared:
        outcome = kill_at_calls(tiny, times, seed=times, shared=shared)
    assert outcome.runs == times and outcome.kills["none"] < times


@briefly_and_for_long(1, 20, "folder")
def test_two_codes_at_once_have_each_its_own_manifest(tmp_path: Path, times: int, store: str) -> None:
    with sharing(store, tmp_path / "shared") as shared:
        assert run_two_codes(tmp_path, times, times, shared, print).rounds == times


@briefly_and_for_long(1, 20, "local")
def test_a_run_with_process_numbers_of_its_own_harms_none_beside_it(
    tmp_path: Path, times: int, store: str
) -> None:
    try:
        with sharing(store, tmp_path / "shared") as shared:
            assert run_two_namespaces(tmp_path, times, times, shared, print).rounds == times
    except Unable as unable:
        pytest.skip(str(unable))


@briefly_and_for_long(4, 200, "local")
def test_a_full_disk_is_told_and_harms_nothing(times: int, store: str) -> None:
    command = [sys.executable, "-m", "scripts.chaos", "disk", "--times", str(times), "--store", store]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == Exit.ENVIRONMENT:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " full of " in done.stdout and "the same manifest" in done.stdout


def spoil_file(build: Path) -> None:
    poster = build / "out" / "moving-dot" / "poster.png"
    poster.write_bytes(poster.read_bytes()[:-1])


def spoil_entry(build: Path) -> None:
    manifest = build / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"A Square"', '"A Circle"'))


def spoil_picture(build: Path) -> None:
    segment = next((build / "store" / "segment").glob("*/*.h264"))
    segment.write_bytes(segment.read_bytes() + b"\0")


@pytest.mark.parametrize(
    ("spoil", "check", "told"),
    [
        (spoil_file, check_listed, "poster_png is listed and not whole"),
        (spoil_entry, check_mixed, "still-square is listed as in no undisturbed run"),
        (spoil_picture, check_pictures, "is another picture than an undisturbed run has drawn"),
    ],
)
def test_the_chaos_run_sees_what_is_wrong(
    rendered: Path, calm: Path, spoil: Callable[[Path], None], check: Callable[..., None], told: str
) -> None:
    storm = rendered / "build"
    builds = (storm,) if check is check_listed else (storm, calm)
    check(*builds)
    spoil(storm)
    with pytest.raises(Broken, match=told):
        check(*builds)
