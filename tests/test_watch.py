"""Watching a lesson while it is written: only what was edited is drawn, and the page follows."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from hub.live import Live, LiveHandler, News
from hub.serve import open_server
from render.cli.live_preview import Saves, Studio, edited_second
from render.core.timeline import Beat, Chapter, Timeline
from render.plan.lesson_plan import Job, LessonPlan, Piece
from render.plan.probe import Probe, ProbeTask, Sources
from render.task.task import Failure
from tests.limit import WAITING

# What is to be seen.


def lesson(*chapters: tuple[str, str]) -> Timeline:
    """Chapters of two seconds each, with what they say."""
    told = tuple(
        Chapter(
            name=name,
            title=name,
            explains=(),
            ticks=30,
            moving=3,
            beats=(
                Beat(text=text, start=0, ticks=30, speech=1.0, words=(), file="scenes/svm/margin.py", line=7),
            ),
            file="scenes/svm/margin.py",
            line=5,
            plays=(30,),
        )
        for name, text in chapters
    )
    return Timeline("svm", "SVM", "silent/1", told)


BEFORE = lesson(("one", "It goes."), ("two", "It turns."), ("three", "It rests."))


@pytest.mark.parametrize(
    ("before", "now", "drawn", "second"),
    [
        (None, BEFORE, {"one", "two", "three", "poster"}, None),
        (BEFORE, BEFORE, {"two"}, 2.0),
        (BEFORE, BEFORE, {"two", "three", "poster"}, 2.0),
        (BEFORE, BEFORE, {"poster"}, None),
        (BEFORE, BEFORE, {"one", "two", "three"}, None),
        (BEFORE, lesson(("one", "It goes."), ("two", "It turns."), ("three", "It sleeps.")), set(), 4.0),
        (BEFORE, lesson(("one", "It goes."), ("new", "Hm."), ("two", "It turns.")), {"new"}, 2.0),
        (lesson(("one", "It goes.")), lesson(("one", "It goes.")), {"one"}, 0.0),
    ],
)
def test_the_video_is_where_the_edited_chapter_starts(
    before: Timeline | None, now: Timeline, drawn: set[str], second: float | None
) -> None:
    assert edited_second(before, now, drawn) == second


def test_a_save_is_heard_once_and_only_where_it_matters(tmp_path: Path) -> None:
    names = ("svm/margin.py", "maths/svm/svm.py", "other.py")
    scene, maths, other = (tmp_path / "scenes" / name for name in names)
    for path in (scene, maths, other):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    heard: list[int] = []
    with Saves(tmp_path, lambda path: "svm" in path, lambda: heard.append(1)) as saves:
        time.sleep(0.5)
        scene.write_text("1")  # as it was
        other.write_text("2")
        time.sleep(1.0)
        assert heard == []
        (tmp_path / "scenes" / "fresh").write_text("2")
        os.replace(tmp_path / "scenes" / "fresh", maths)  # as editors save
        assert saves.wait() == ["scenes/maths/svm/svm.py"]
        scene.write_text("3")
        assert saves.wait() == ["scenes/svm/margin.py"]
    assert len(heard) == 2


Happening = Callable[[Any], None]


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happenings: list[Happening]) -> Studio:
    """A studio whose batches do what ``happenings`` says, in turn, with what they were made with."""

    class Scripted:
        def __init__(self, rehearsal: Any, goals: Any, reporter: Any, workers: Any, opener: Any) -> None:
            self.reporter, self.opener = reporter, opener

        def run(self, topics: object) -> None:
            happenings.pop(0)(self)

    monkeypatch.setattr("render.cli.live_preview.Batch", Scripted)
    monkeypatch.setattr("render.cli.live_preview.build_site", lambda *_: None)
    shutil.copy(Path(__file__).parent / "fixtures" / "tiny" / "catalog.yaml", tmp_path)
    return Studio(tmp_path, tmp_path / "watch", "moving-dot", "silent", Live(News(page="/moving-dot/")), None)


@pytest.fixture
def happenings() -> list[Happening]:
    return []


def test_a_fault_that_nobody_foresaw_is_told_and_the_next_save_tries_again(
    studio: Studio, happenings: list[Happening]
) -> None:
    """It used to end the watching."""

    def stumble(_batch: Any) -> None:
        raise KeyError("a chapter of another file")

    happenings += [stumble, goes("k1", "one")]
    studio.draw()
    assert studio._live.news.state == "failed" and "a chapter of another file" in studio._live.news.told
    studio.draw()
    assert studio._live.news.state == "shown"


def goes(key: str, *drawn: str, failure: Failure | None = None) -> Happening:
    """A batch that draws chapters of :data:`BEFORE` and either publishes them or fails."""

    def happen(batch: Any) -> None:
        jobs = tuple(Job(Piece("moving-dot", name, name, name, {}, 30, 3), "new") for name in drawn)
        probe = Probe(BEFORE, {"scenes/moving_dot/back.py": "d"}, Sources({}, {}, {}), {})
        batch.reporter.planned(LessonPlan(probe, (), Piece("moving-dot", "poster", "", "", {}, 1, 1), jobs))
        if failure:
            batch.reporter.failed("moving-dot", drawn[-1], failure)
        else:
            files = {"video": {"path": "x.mp4"}}
            entry = {"key": key, "quality": "draft", "seconds": 6.0, "chapters": 3, "files": files}
            batch.reporter.current("moving-dot", entry)

    return happen


def test_what_a_failed_run_has_drawn_is_shown_by_the_next(
    studio: Studio, happenings: list[Happening]
) -> None:
    fault = Failure("NameError: x", "scenes/moving_dot/back.py:9", "Traceback")
    happenings += [
        goes("a", "one", "two", "three"),
        goes("b", "two", "three", failure=fault),
        goes("b", "three"),
    ]
    live = studio._live
    studio.draw()
    first = live.news
    assert (first.state, first.second) == ("shown", None) and first.version
    assert not studio.reads("scenes/other.py")
    studio.draw()
    assert live.news == replace(
        first, state="failed", told="NameError: x", place="scenes/moving_dot/back.py:9", trace="Traceback"
    )
    assert studio.reads("scenes/other.py"), "whatever is saved may mend it"
    studio.draw()
    assert (live.news.state, live.news.second, live.news.told) == ("shown", 2.0, "")
    assert live.news.version != first.version


def test_a_catalog_that_does_not_read_is_told_and_watched(
    studio: Studio, happenings: list[Happening]
) -> None:
    catalog = studio._root / "catalog.yaml"
    good = catalog.read_text()
    catalog.write_text(good.replace("level: beginner", "level: begginer", 1))
    studio.draw()
    assert studio._live.news.state == "failed" and "catalog.yaml:" in studio._live.news.told
    catalog.write_text(good)
    happenings.append(goes("a", "one"))
    studio.draw()
    assert studio._live.news.state == "shown" and studio.reads("catalog.yaml")


def test_a_save_while_it_draws_lets_it_begin_nothing_more(
    studio: Studio, happenings: list[Happening]
) -> None:
    def hurried(batch: Any) -> None:
        executor = batch.opener(1)
        studio.hurry()
        executor.add([ProbeTask(Path(), Path(), "moving-dot", "scenes.moving_dot", "silent", title="Dot")])
        assert list(executor.events()) == []

    happenings.append(hurried)
    studio.draw()
    assert studio._live.news.state == "drawing", "the next run goes on"
    studio.hurry()  # nothing runs: nothing to do


# The pages that listen.

PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
    "<title>x</title></head><body></body></html>"
)


@pytest.fixture
def live() -> Live:
    return Live(News(page="/svm/", version="v1"))


@pytest.fixture
def port(tmp_path: Path, live: Live) -> Iterator[int]:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "a.css").write_text("body {}")
    with open_server(tmp_path, port=0, handler=lambda *args: LiveHandler(live, *args)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        live.close()
        server.shutdown()
        thread.join()


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITING)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, body


def test_pages_listen_while_they_are_served_and_nowhere_else(tmp_path: Path, port: int) -> None:
    status, page = ask(port, "/")
    assert status == 200 and 'src="/-/live.js" data-version="v1"' in page
    assert (tmp_path / "index.html").read_text() == PAGE
    assert ask(port, "/a.css") == (200, "body {}")
    assert "EventSource" in ask(port, "/-/live.js")[1]
    assert ask(port, "/-/secret.js")[0] == 404 and ask(port, "/nowhere")[0] == 404
    status, waiting = ask(port, "/svm/")
    assert status == 200 and "being drawn" in waiting and "/-/live.js" in waiting


def test_news_come_as_they_are_told(port: int, live: Live) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITING)
    connection.request("GET", "/-/news")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"

    def hear() -> dict[str, Any]:
        line = answer.readline().decode()
        answer.readline()
        told: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return told

    assert hear()["version"] == "v1"
    live.tell(state="failed", told="NameError: x", place="scenes/svm/margin.py:7")
    news = hear()
    assert (news["state"], news["told"], news["place"]) == (
        "failed",
        "NameError: x",
        "scenes/svm/margin.py:7",
    )
    live.close()
    assert answer.read() == b""
    connection.close()


# For real.


@dataclass
class Watching:
    """``mlhub watch`` in a process of its own."""

    project: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    lines: queue.Queue[str] = field(default_factory=queue.Queue)

    @property
    def scene(self) -> Path:
        return self.project / "scenes" / "moving_dot" / "back.py"

    @property
    def listed(self) -> Path:
        return self.project / "build" / "watch" / "manifest.json"

    def until(self, words: str, seconds: float = WAITING) -> list[str]:
        """The lines up to the one that has ``words``."""
        came: list[str] = []
        deadline = time.monotonic() + seconds
        while not came or words not in came[-1]:
            came.append(self.lines.get(timeout=max(0.1, deadline - time.monotonic())))
        return came

    def edit(self, old: str, new: str) -> None:
        """Save as editors do: a new file in place of the old one."""
        text = self.scene.read_text()
        assert old in text
        fresh = self.scene.with_name(".back.py.swp")
        fresh.write_text(text.replace(old, new))
        os.replace(fresh, self.scene)


@pytest.fixture
def watching(tiny: Path) -> Iterator[Watching]:
    process = subprocess.Popen(
        [sys.executable, "-m", "render.cli", "watch", "moving-dot", "--port", "0"],
        cwd=tiny,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    found = Watching(tiny, process)

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            found.said.append(line)
            found.lines.put(line)

    reader = threading.Thread(target=read)
    reader.start()
    yield found
    process.kill()
    process.wait()
    reader.join()
    assert process.stdout is not None
    process.stdout.close()


def drawn(lines: list[str]) -> set[str]:
    """The chapters that were drawn, by what the lines say."""
    return {match[1] for line in lines if (match := re.match(r"moving-dot: (\w+): \d+ frames in", line))}


@pytest.mark.end_to_end
def test_only_what_was_edited_is_drawn_and_a_fault_keeps_the_last_good_video(watching: Watching) -> None:
    first = watching.until("Ctrl-C ends")[-1]
    port = int(re.search(r":(\d+)/moving-dot/", first)[1])  # type: ignore[index]
    assert drawn(watching.until("moving-dot: shown")) == {"goes", "comes_back"}
    good = json.loads(watching.listed.read_text())["lessons"]["moving-dot"]
    page = ask(port, "/moving-dot/")[1]
    video = re.search(r'src="\.\./(media/moving-dot\.\w+\.mp4)"', page)
    assert video and good["quality"] == "draft"

    watching.edit("4 * LEFT), run_time=0.4", "3 * LEFT), run_time=0.4")
    lines = watching.until("moving-dot: shown")
    assert lines[0] == "scenes/moving_dot/back.py saved\n"
    assert drawn(lines) == {"comes_back"}, "the other chapter and the poster stay"
    other = json.loads(watching.listed.read_text())["lessons"]["moving-dot"]
    assert other["files"]["video"]["sha256"] != good["files"]["video"]["sha256"]
    page = ask(port, "/moving-dot/")[1]
    again = re.search(r'src="\.\./(media/moving-dot\.\w+\.mp4)"', page)
    assert again and again[1] != video[1]

    watching.edit("self.dot.animate.shift(3 * LEFT)", "self.dto.animate.shift(3 * LEFT)")
    line = next(n for n, text in enumerate(watching.scene.read_text().splitlines(), 1) if "dto" in text)
    watching.until(f"probe failed (scenes/moving_dot/back.py:{line}): AttributeError")
    watching.until("all that it printed")
    assert ask(port, f"/{again[1]}")[0] == 200 and again[1] in ask(port, "/moving-dot/")[1]
    watching.edit("self.dto.animate.shift(3 * LEFT)", "self.dot.animate.shift((3 * LEFT)")
    watching.until("probe failed (scenes/moving_dot/back.py:")
    watching.until("all that it printed")

    watching.edit("self.dot.animate.shift((3 * LEFT)", "self.dot.animate.shift(3 * LEFT)")
    assert drawn(watching.until("2 chapters")) == set(), "mended, it is what it was"

    site = watching.project / "build" / "watch" / "site"
    assert not [path for path in site.rglob("*") if path.is_file() and b"/-/" in path.read_bytes()]
    assert not (watching.project / "build" / "manifest.json").exists(), "nothing else lists a draft"
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(20) == 130
    assert "Traceback" not in "".join(watching.said[-3:])


@pytest.mark.end_to_end
def test_the_page_reloads_by_itself_where_the_edited_chapter_starts(
    watching: Watching, browser: Browser
) -> None:
    address = watching.until("Ctrl-C ends")[-1].split()[0]
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(address)
    page.wait_for_selector("video", timeout=1000 * WAITING)  # it came by itself
    listening = page.locator("script[data-version]")
    seen = listening.get_attribute("data-version") or ""
    assert seen
    start = json.loads((watching.project / "build/watch/out/moving-dot/timeline.json").read_text())[
        "chapters"
    ][1]["start"]
    assert start > 0.5

    watching.edit("4 * LEFT), run_time=0.4", "3 * LEFT), run_time=0.4")
    expect(listening).not_to_have_attribute("data-version", seen, timeout=1000 * WAITING)
    page.wait_for_function(f"() => Math.abs(document.getElementById('video').currentTime - {start}) < 0.1")
    expect(page.locator("#live")).to_be_hidden()

    watching.edit("self.dot.animate.shift(3 * LEFT)", "self.dto.animate.shift(3 * LEFT)")
    expect(page.locator("#live")).to_contain_text("no attribute 'dto'", timeout=1000 * WAITING)
    expect(page.locator("#live code")).to_have_text(re.compile(r"scenes/moving_dot/back\.py:\d+"))
    assert page.evaluate("document.getElementById('video').readyState") >= 1, "the last good video stays"

    watching.edit("self.dto.animate.shift(3 * LEFT)", "self.dot.animate.shift(2 * LEFT)")
    expect(page.locator("#live")).to_be_hidden(timeout=1000 * WAITING)
    assert complaints == []
    page.close()
