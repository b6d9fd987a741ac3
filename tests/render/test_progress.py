"""Progress: forecasts that do not guess, and lines that a person or a machine can read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from render import progress
from render.executor import Done, Progressed, Retried, Started
from render.plan import Job, LessonPlan, Piece
from render.probe import Probe
from render.profile import PROFILES
from render.timeline import Timeline
from render.worker import ChapterTask, Failure


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    return clock


def test_a_forecast_is_silent_until_something_is_measured(clock: Clock) -> None:
    forecast = progress.Forecast()
    forecast.expect(1000)
    assert forecast.seconds() is None
    forecast.drawn("svm", "one", 10)
    clock.now += 1
    assert forecast.seconds() is None, "a hundredth of the work tells nothing yet"


def test_a_forecast_follows_what_was_measured(clock: Clock) -> None:
    forecast = progress.Forecast()
    forecast.expect(600)
    forecast.expect(400)
    forecast.drawn("svm", "one", 0)
    clock.now += 10
    forecast.drawn("svm", "one", 100)
    forecast.drawn("svm", "two", 100)
    assert forecast.seconds() == pytest.approx(40)
    forecast.drawn("svm", "two", 900)
    assert forecast.seconds() == pytest.approx(0)


def test_seconds_are_told_as_a_viewer_reads_them() -> None:
    assert [progress.clock(seconds) for seconds in (0, 59.6, 61, 3600)] == ["0:00", "1:00", "1:01", "60:00"]


PIECE = Piece("svm", "one", "One", "k", {}, 300, 120)
PLAN = LessonPlan(
    Probe(Timeline("svm", "SVM", "silent/1", ()), {}, {}, {}),
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


def test_a_failure_names_topic_task_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    progress.PlainLines(Path()).failed(
        "svm", "one", Failure("NameError: x", "scenes/svm.py:7", "Traceback ...")
    )
    captured = capsys.readouterr()
    assert "svm: one failed (scenes/svm.py:7): NameError: x" in captured.err
    assert captured.out == ""


def test_what_the_machine_lacks_is_told_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    failure = Failure("The disk is full.", None, "Traceback ...", environment=True)
    progress.PlainLines(Path()).failed("svm", "one", failure)
    assert capsys.readouterr().err == "svm: one failed: The disk is full.\n"


def test_json_lines_are_objects_with_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    lines = progress.JsonLines(Path())
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
    progress.JsonLines(Path()).happened(again)
    plain, line = capsys.readouterr().out.splitlines()
    assert plain == "svm: one: its process ended by signal 9 before it was done; it is tried again"
    assert json.loads(line)["event"] == "retried" and "signal 9" in json.loads(line)["reason"]


def test_a_failure_names_its_log(capsys: pytest.CaptureFixture[str]) -> None:
    failure = Failure("NameError: x", None, "", log="build/log/svm/one.log")
    progress.PlainLines(Path()).failed("svm", "one", failure)
    assert "build/log/svm/one.log" in capsys.readouterr().err


def test_the_table_says_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.Table(Path("/project/build")) as table:
        table.planned(PLAN)
        table.happened(Started(TASK))
        table.happened(Progressed(TASK, 150, 60))
        table.happened(Done(TASK, {"frames": 300, "distinct": 121, "seconds": 4.2}))
        table.current("svm", ENTRY)
    out = capsys.readouterr().out
    assert "svm: one: changed: timing" in out and "/project/build/out/svm/svm.mp4" in out
