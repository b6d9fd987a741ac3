"""Progress: times to go that are not guessed, and lines that a person or a machine can read."""

from __future__ import annotations

import inspect
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from render.core.catalog import Topic
from render.core.copy_form import COPIES
from render.core.profile import PROFILES
from render.core.timeline import Timeline
from render.plan.lesson_plan import Job, LessonPlan, Piece
from render.plan.probe import Probe, Sources
from render.review.gate import ReviewTask
from render.run import progress
from render.run.reporter import Reporter, Reporters
from render.run.tasks import ChapterTask, CopyTask
from render.task.executor import Done, Progressed, Retried, Started
from render.task.task import Failure


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    return clock


def test_the_time_left_is_silent_until_something_is_measured(clock: Clock) -> None:
    left = progress.TimeLeft()
    left.expect(1000)
    assert left.seconds() is None
    left.drawn("svm", "one", 10)
    clock.now += 1
    assert left.seconds() is None, "a hundredth of the work tells nothing yet"


def test_the_time_left_follows_what_was_measured(clock: Clock) -> None:
    left = progress.TimeLeft()
    left.expect(600)
    left.expect(400)
    left.drawn("svm", "one", 0)
    clock.now += 10
    left.drawn("svm", "one", 100)
    left.drawn("svm", "two", 100)
    assert left.seconds() == pytest.approx(40)
    left.drawn("svm", "two", 900)
    assert left.seconds() == pytest.approx(0)


def test_seconds_are_told_as_a_viewer_reads_them() -> None:
    assert [progress.clock(seconds) for seconds in (0, 59.6, 61, 3600)] == ["0:00", "1:00", "1:01", "60:00"]


PIECE = Piece("svm", "one", "One", "k", {}, 300, 120)
TOPIC = Topic(
    slug="svm",
    title="SVM",
    blurb="A blurb of ninety letters or more that says what this lesson is about and no more than that is so.",
    level="beginner",
    prerequisites=(),
    status="ready",
    explains=("this",),
    terms=("margin",),
)
PLAN = LessonPlan(
    Probe(Timeline("svm", "SVM", "silent/1", ()), {}, Sources({}, {}, {}), {}),
    (PIECE,),
    PIECE,
    (Job(PIECE, "changed: timing"),),
)
TASK = ChapterTask(Path(), Path(), "svm", "scenes.svm", "silent", PIECE, PROFILES["web"])
ENTRY = {
    "quality": "web",
    "seconds": 421.0,
    "chapters": 9,
    "files": {"video": {"path": "out/svm/svm.mp4"}},
}


def test_plain_lines_tell_reason_frames_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    lines = progress.PlainLines(Path("/project/build"))
    lines.planned(PLAN)
    lines.happened(Started(TASK))
    lines.happened(Progressed(TASK, 150, 60))
    lines.happened(Done(TASK, {"frames": 300, "distinct": 121, "seconds": 4.2}))
    lines.current("svm", ENTRY)
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "svm: one: changed: timing"
    assert out[1].startswith("svm: one: 300 frames in 4.2 s")
    assert out[2] == "svm: web, 7:01, 9 chapters"
    assert out[3] == "/project/build/out/svm/svm.mp4"


def test_copies_are_told_and_counted(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    task = CopyTask(Path(), Path(), "svm", "scenes.svm", "silent", PIECE, PROFILES["web"])
    files = {form.role: {"path": f"{form.role}.mp4", "bytes": 19_960_000} for form in COPIES}
    table = progress.Table(Path("/project/build"), Console(width=120, file=io.StringIO()))
    lines = progress.PlainLines(Path("/project/build"))
    table.began([TOPIC], workers=1)
    for reporter in (table, lines):
        reporter.copying([PIECE])
        reporter.happened(Started(task))
        reporter.happened(Progressed(task, 150, 60))
    assert "copying" in screen(table, 120)[1]
    assert screen(table, 120)[-1].startswith("0 of 1 copied, 0 of 1 lesson")
    clock.now += 3
    assert lines.time_left.seconds() == pytest.approx(3.0), "half of its pictures are done"
    for reporter in (table, lines):
        reporter.happened(Done(task, {"frames": 300, "distinct": 121, "seconds": 14.2}))
        reporter.copied("svm", {**ENTRY, "files": files})
    assert screen(table, 120)[-1].startswith("1 of 1 copied")
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("svm: copies of one: 300 frames in 14.2 s")
    assert out[1:] == [
        "svm: 1080p, 20.0 MB: /project/build/public.mp4",
        "svm: 480p, 20.0 MB: /project/build/public_small.mp4",
    ]


def test_a_failure_names_topic_task_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    progress.PlainLines(Path()).failed(
        "svm", "one", Failure("NameError: x", "scenes/svm/margin.py:7", "Traceback ...")
    )
    captured = capsys.readouterr()
    assert "svm: one failed (scenes/svm/margin.py:7): NameError: x" in captured.err
    assert captured.out == ""


def test_what_the_machine_lacks_is_told_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    failure = Failure("The disk is full.", None, "Traceback ...", environment=True)
    progress.PlainLines(Path()).failed("svm", "one", failure)
    assert capsys.readouterr().err == "svm: one failed: The disk is full.\n"


def test_json_lines_are_objects_with_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    lines = progress.JsonLines()
    lines.planned(PLAN)
    lines.happened(Progressed(TASK, 150, 60))
    lines.failed("svm", "one", Failure("no", None, ""))
    lines.current("svm", ENTRY)
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["planned", "progressed", "failure", "current"]
    assert events[0]["reason"] == "changed: timing" and events[1]["frames"] == 150


def test_another_attempt_is_told_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    again = Retried(TASK, "its process ended by signal 9 before it was done")
    progress.PlainLines(Path()).happened(again)
    progress.JsonLines().happened(again)
    plain, line = capsys.readouterr().out.splitlines()
    assert plain == "svm: one: its process ended by signal 9 before it was done; it is tried again"
    assert json.loads(line)["event"] == "retried" and "signal 9" in json.loads(line)["reason"]


def test_a_failure_names_its_log(capsys: pytest.CaptureFixture[str]) -> None:
    failure = Failure("NameError: x", None, "", log="build/log/svm/one.log")
    progress.PlainLines(Path()).failed("svm", "one", failure)
    assert "build/log/svm/one.log" in capsys.readouterr().err


def screen(table: progress.Table, columns: int) -> list[str]:
    """What the table draws on a terminal so wide."""
    console = Console(width=columns, file=io.StringIO(), record=True, force_terminal=True)
    console.print(table.view())
    return console.export_text().rstrip("\n").splitlines()


LONG = Piece(
    "decision-trees-and-more", "crowds_help_only_if_they_differ_in_what_they_see", "", "k", {}, 300, 120
)


@pytest.mark.parametrize("columns", [80, 140])
def test_the_table_tells_what_runs_and_fits_its_terminal(clock: Clock, columns: int) -> None:
    table = progress.Table(Path("/project/build"), Console(width=columns, file=io.StringIO()))
    table.began([TOPIC] * 6, workers=2)
    table.planned(PLAN)
    long = ChapterTask(Path(), Path(), LONG.slug, "scenes.svm", "silent", LONG, PROFILES["web"])
    looking = ReviewTask(Path(), Path(), "svm", "scenes.svm", "silent", chapter="two", key="k")
    table.happened(Started(TASK))
    table.happened(Started(long))
    clock.now += 4
    table.happened(Progressed(TASK, 150, 60, 312_000_000))
    table.happened(Progressed(long, 3, 1, 1_250_000_000))
    table.happened(Started(looking))
    clock.now += 1
    lines = screen(table, columns)
    assert max(map(len, lines)) <= columns and len(lines) == 5
    assert lines[0].split() == ["Topic", "Chapter", "State", "fps", "ETA", "Memory"]
    assert lines[1].split()[:4] == ["svm", "one", "drawing", "50%"]
    assert lines[1].split()[-4:] == ["12.0", "0:05", "312", "MB"]
    assert ("━" in lines[1]) == (columns == 140)
    assert lines[2].startswith("decision-trees") and "crowds_help_only_if_the" in lines[2]
    assert "1%" in lines[2] and lines[2].split()[-3:] == ["0.2", "1.2", "GB"], "a hundredth tells nothing yet"
    assert lines[3].split() == ["svm", "two", "looking", "0:01"]
    assert lines[4].endswith("0 of 1 drawn, 0 of 6 lessons, 2 workers")


def test_the_tables_last_line_counts_what_happened(clock: Clock) -> None:
    table = progress.Table(Path("/project/build"), Console(width=120, file=io.StringIO()))
    table.began([TOPIC] * 2, workers=1)
    table.planned(PLAN)
    table.happened(Started(TASK))
    table.happened(Retried(TASK, "its process ended by signal 9 before it was done"))
    assert len(screen(table, 120)) == 2, "what ended has no row"
    table.happened(Started(TASK))
    assert "drawing again" in screen(table, 120)[1]
    clock.now += 1
    table.happened(Progressed(TASK, 75, 30))
    clock.now += 2
    assert (
        screen(table, 120)[-1] == "all drawn in about 0:06, 0 of 1 drawn, 0 of 2 lessons, 1 worker, 1 retry"
    )
    table.happened(Done(TASK, {"frames": 300, "distinct": 121, "seconds": 4.2}))
    table.current("svm", ENTRY)
    table.failed("trees", "one", Failure("no", None, ""))
    assert screen(table, 120)[-1].endswith("1 of 1 drawn, 1 of 2 lessons, 1 worker, 1 retry, 1 failed")
    table.finishing()
    assert screen(table, 120)[-1].startswith("Finishing what runs; Ctrl-C again stops now, 1 of 1 drawn")


def test_several_reporters_are_told_everything() -> None:
    told: list[tuple[int, str]] = []

    class Ear(Reporter):
        def __init__(self, number: int) -> None:
            self.number = number

        def __getattribute__(self, name: str) -> Any:
            number = object.__getattribute__(self, "number")
            return lambda *said: told.append((number, name))

    names = [name for name in vars(Reporter) if not name.startswith("_")]
    assert len(names) == 11
    reporters = Reporters(Ear(1), Ear(2))
    for name in names:
        method = getattr(reporters, name)
        method(*[None] * len(inspect.signature(method).parameters))
    assert told == [(number, name) for name in names for number in (1, 2)]


def test_the_table_says_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.Table(Path("/project/build")) as table:
        table.planned(PLAN)
        table.happened(Started(TASK))
        table.happened(Progressed(TASK, 150, 60))
        table.happened(Done(TASK, {"frames": 300, "distinct": 121, "seconds": 4.2}))
        table.current("svm", ENTRY)
    out = capsys.readouterr().out
    assert "svm: one: changed: timing" in out and "/project/build/out/svm/svm.mp4" in out
