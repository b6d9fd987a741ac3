"""Faults, for real: whatever happens to a run, nothing half-made is listed and the truth is told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.chaos import check_listed
from tests.conftest import Run
from tests.run import wait_for

pytestmark = pytest.mark.end_to_end

DRAFT = ("--quality", "draft")


def manifest(build: Path) -> bytes:
    check_listed(build)
    return (build / "manifest.json").read_bytes()


def begin(tiny: Path, *arguments: str) -> subprocess.Popen[str]:
    """A run that goes on beside the test, in a process group of its own as under a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "render.cli", "render", *DRAFT, "--json", *arguments],
        cwd=tiny,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def slow_down(tiny: Path) -> None:
    """Let the chapter *goes* take some seconds to be drawn."""
    scene = tiny / "scenes" / "moving_dot" / "away.py"
    scene.write_text(scene.read_text().replace("run_time=0.6", "run_time=60"))


def sabotage(tiny: Path, module: str, code: str) -> None:
    """Add ``code`` to a module of the project's pipeline."""
    path = tiny / "render" / module
    path.write_text(path.read_text() + "\n\n" + code)


def forget(build: Path) -> None:
    """Take away what is published, but not what it was made from."""
    (build / "manifest.json").unlink()
    shutil.rmtree(build / "out")
    shutil.rmtree(build / "store" / "lesson")


def worker_of(tiny: Path, task: str) -> int:
    """The process that its log names."""
    head = (tiny / "build" / "log" / "moving-dot" / f"{task}.log").read_text().splitlines()[0]
    return int(head.split("process ")[1].split(",")[0])


def test_a_worker_killed_while_drawing_is_replaced(tiny: Path, mlhub: Run) -> None:
    slow_down(tiny)
    run = begin(tiny)
    wait_for(run, "progressed", "goes")
    os.kill(worker_of(tiny, "goes"), signal.SIGKILL)
    told = wait_for(run, "retried", "goes")
    assert "signal 9" in str(told[-1]["reason"])
    run.communicate()
    assert run.returncode == 0
    assert mlhub("--build", "calm", "render", *DRAFT).returncode == 0
    assert manifest(tiny / "build") == manifest(tiny / "calm")


@pytest.mark.parametrize("last", [".h264", "manifest.json"], ids=["before its record", "after it was listed"])
def test_a_worker_killed_while_publishing_is_replaced(tiny: Path, mlhub: Run, calm: Path, last: str) -> None:
    sabotage(
        tiny,
        "store/store.py",
        f"""
_rename, _marker = os.replace, Path({str(tiny / "killed")!r})

def _rename_and_die(source, target):
    _rename(source, target)
    if str(target).endswith({last!r}) and not _marker.exists():
        _marker.touch()
        os.kill(os.getpid(), 9)

os.replace = _rename_and_die
""",
    )
    stormy = mlhub("render", *DRAFT, "--workers", "1")
    assert (tiny / "killed").exists() and "signal 9" in stormy.stdout
    assert stormy.returncode == 0, stormy.stderr
    assert manifest(tiny / "build") == manifest(calm)


def test_two_runs_at_once_do_not_spoil_each_other(tiny: Path, calm: Path) -> None:
    runs = [begin(tiny), begin(tiny)]
    for run in runs:
        _, errors = run.communicate()
        assert run.returncode == 0, errors
    assert manifest(tiny / "build") == manifest(calm)
    assert not list((tiny / "build" / "scratch").iterdir())


def test_a_scene_that_hangs_is_ended_and_its_line_told(tiny: Path, mlhub: Run) -> None:
    scene = tiny / "scenes" / "moving_dot" / "away.py"
    lines = scene.read_text().replace(
        "        self.add(self.dot)\n",
        "        import time\n        while True:\n            time.sleep(0.1)\n",
    )
    scene.write_text(lines)
    line = lines.splitlines().index("        while True:") + 1
    hung = mlhub("render", *DRAFT, "--patience", "60")
    assert hung.returncode == 1
    assert "not done after 60 s" in hung.stderr and "it hangs" in hung.stderr
    assert (
        f"scenes/moving_dot/away.py:{line}" in hung.stderr
        or f"scenes/moving_dot/away.py:{line + 1}" in hung.stderr
    )
    assert str(tiny / "build" / "log" / "moving-dot" / "probe.log") in hung.stderr
    assert list(json.loads(manifest(tiny / "build"))["lessons"]) == ["still-square"]


def test_a_scene_that_eats_memory_is_ended(tiny: Path, mlhub: Run) -> None:
    scene = tiny / "scenes" / "moving_dot" / "away.py"
    eating = "        import time\n        eaten = []\n        while True:\n"
    eating += "            eaten.append(bytearray(b'x' * 20_000_000))\n            time.sleep(0.02)\n"
    scene.write_text(scene.read_text().replace("        self.add(self.dot)\n", eating))
    full = mlhub("render", *DRAFT, "--memory", "700")
    assert full.returncode == 1
    assert "more than the 700 MB" in full.stdout and "tried again" in full.stdout
    assert "more than the 1400 MB" in full.stderr
    assert list(json.loads(manifest(tiny / "build"))["lessons"]) == ["still-square"]


def test_a_segment_that_is_garbage_is_never_stored(tiny: Path, mlhub: Run) -> None:
    sabotage(
        tiny,
        "encode/segment.py",
        """
_close = SegmentWriter.close

def _cut(self):
    segment = _close(self)
    with open(segment.path, "r+b") as file:
        file.truncate(segment.path.stat().st_size * 2 // 3)
    return segment

SegmentWriter.close = _cut
""",
    )
    cut = mlhub("render", "moving-dot", *DRAFT)
    assert cut.returncode == 1
    assert "goes failed" in cut.stderr
    assert not list((tiny / "build" / "store").glob("segment/*/*"))
    assert not (tiny / "build" / "manifest.json").exists()


def test_a_corrupt_segment_is_found_and_made_again(rendered: Path, mlhub: Run) -> None:
    made = manifest(rendered / "build")
    path = max(
        (rendered / "build" / "store" / "segment").glob("*/*.h264"), key=lambda one: one.stat().st_size
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    forget(rendered / "build")
    mended = mlhub("render", *DRAFT)
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.count("output missing") == 1
    assert manifest(rendered / "build") == made
    assert path.read_bytes() != bytes(content)


@pytest.mark.parametrize("kept", [0.5, 0.0], ids=["cut short", "emptied"])
def test_a_published_file_that_was_spoilt_is_made_again(rendered: Path, mlhub: Run, kept: float) -> None:
    made = manifest(rendered / "build")
    video = rendered / "build" / "out" / "still-square" / "still-square.mp4"
    os.truncate(video, int(video.stat().st_size * kept))
    mended = mlhub("render", "still-square", *DRAFT)
    assert mended.returncode == 0, mended.stderr
    assert manifest(rendered / "build") == made


def test_ctrl_c_once_finishes_what_runs(tiny: Path, mlhub: Run) -> None:
    slow_down(tiny)
    run = begin(tiny, "--workers", "1")
    wait_for(run, "progressed", "goes")
    os.killpg(run.pid, signal.SIGINT)
    told, errors = run.communicate()
    assert run.returncode == 130
    assert "Finishing what runs" in errors and "the next run goes on" in errors
    assert "Traceback" not in errors
    events = [json.loads(line) for line in told.splitlines()]
    assert not any(event["event"] == "started" for event in events)
    assert [event["task"] for event in events if event["event"] == "done"] == ["goes"]
    assert not (tiny / "build" / "manifest.json").exists()
    plan = mlhub("plan", "moving-dot", *DRAFT, "--json")
    assert {json.loads(line)["task"] for line in plan.stdout.splitlines()} == {"comes_back", "poster"}
    assert mlhub("render", *DRAFT).returncode == 0
    check_listed(tiny / "build")


def test_ctrl_c_twice_stops_now(tiny: Path, mlhub: Run) -> None:
    slow_down(tiny)
    run = begin(tiny, "--workers", "1")
    wait_for(run, "progressed", "goes")
    worker = worker_of(tiny, "goes")
    os.killpg(run.pid, signal.SIGINT)
    time.sleep(0.2)
    os.killpg(run.pid, signal.SIGINT)
    told, errors = run.communicate()
    assert run.returncode == 130 and "Traceback" not in errors
    assert not any(json.loads(line)["event"] == "done" for line in told.splitlines())
    assert not Path(f"/proc/{worker}").exists()
    assert not (tiny / "build" / "manifest.json").exists()
    assert mlhub("render", *DRAFT).returncode == 0
    check_listed(tiny / "build")


def test_a_typo_in_the_kit_fails_the_lessons_that_use_it_and_no_other(tiny: Path, mlhub: Run) -> None:
    """It used to end the run with a traceback before any lesson was told."""
    extra = tiny / "scenes" / "kit" / "extra.py"
    extra.write_text('"""One more noun."""\n\nSIZE = 1\n')
    stage = tiny / "scenes" / "moving_dot" / "stage.py"
    text = stage.read_text()
    stage.write_text(
        text.replace("\nfrom scenes", "\nfrom scenes.kit.extra import SIZE  # noqa: F401\nfrom scenes", 1)
    )
    assert stage.read_text() != text
    assert mlhub("render", *DRAFT).returncode == 0
    made = manifest(tiny / "build")
    extra.write_text('"""One more noun."""\n\nSIZE = (1\n')
    (tiny / "scenes" / "still_square" / "__init__.py").write_text(
        (tiny / "scenes" / "still_square" / "__init__.py").read_text().replace("ink.third", "ink.first")
    )
    plan = mlhub("plan", *DRAFT)
    assert plan.returncode == 1 and "still-square" in plan.stdout and "Traceback" not in plan.stderr
    broken = mlhub("render", *DRAFT)
    assert broken.returncode == 1
    told = [line for line in broken.stderr.splitlines() if "failed" in line]
    assert told == ["moving-dot: probe failed (scenes/kit/extra.py:3:8): SyntaxError: '(' was never closed"]
    lessons, before = json.loads(manifest(tiny / "build"))["lessons"], json.loads(made)["lessons"]
    assert lessons["moving-dot"] == before["moving-dot"], "it keeps its last good video"
    assert lessons["still-square"] != before["still-square"], "the other goes on"
