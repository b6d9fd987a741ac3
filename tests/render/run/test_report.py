"""The report of a run: the very numbers of its events, whole, readable, and sufficient unto itself."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser

from render.core.catalog import Topic
from render.core.fault import EnvironmentFault
from render.core.profile import PROFILES
from render.core.timeline import Timeline
from render.plan.lesson_plan import Job, LessonPlan, Piece
from render.plan.probe import Probe, ProbeTask, Sources
from render.review.gate import ReviewTask
from render.review.result import WrittenReview
from render.run.report import reporting, write_run_report
from render.run.run_record import RunRecord
from render.run.tasks import AssembleTask, ChapterTask, PosterTask
from render.store.store import Store
from render.task.executor import Done, Failed, Progressed, Retried, Started
from render.task.task import Failure
from tests.axe import find_violations
from tests.conftest import Run

WEB = PROFILES["web"]


def topics() -> list[Topic]:
    return [
        Topic(
            slug=slug,
            title=title,
            blurb="A blurb of ninety letters or more that says what this lesson is about and no more than that is so.",
            level="beginner",
            prerequisites=(),
            status="ready",
            explains=("this",),
            terms=("margin",),
        )
        for slug, title in (
            ("svm", "Streets & Kernels"),
            ("trees", "Trees"),
            ("old", "Old"),
            ("never", "Never"),
        )
    ]


def pieces(slug: str, *names: str) -> tuple[tuple[Piece, ...], Piece]:
    chapters = tuple(Piece(slug, name, f"The claim {name}", f"{slug}-{name}", {}, 300, 120) for name in names)
    return chapters, Piece(slug, "poster", "Poster", f"{slug}-poster", {}, 1, 1)


def plan(slug: str, chapters: tuple[Piece, ...], poster: Piece, drawn: dict[str, str]) -> LessonPlan:
    jobs = tuple(Job(piece, drawn[piece.name]) for piece in (*chapters, poster) if piece.name in drawn)
    return LessonPlan(
        Probe(Timeline(slug, slug, "silent/1", ()), {}, Sources({}, {}, {}), {}), chapters, poster, jobs
    )


def entry(slug: str) -> dict[str, Any]:
    return {
        "quality": "web",
        "seconds": 421.0,
        "chapters": 4,
        "files": {"video": {"path": f"out/{slug}/{slug}.mp4"}},
    }


def told(build: Path) -> RunRecord:
    """A run over four lessons: one with all that can happen, one that fails, one up to date, one not reached."""
    store = Store(build)
    for kind, size in (("segment", 2_500_000), ("poster", 12_000)):
        path = store.path(kind, "ab1", ".bin")
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(size))
    store.fetched.add("svm-three")
    run_record = RunRecord(store, WEB, "kokoro")
    where = Path("/project"), build

    def drawing(piece: Piece) -> ChapterTask:
        return ChapterTask(*where, piece.slug, f"scenes.{piece.slug}", "kokoro", piece, WEB)

    run_record.began(topics(), 2)
    chapters, poster = pieces("svm", "one", "two", "three", "four")
    svm = plan(
        "svm",
        chapters,
        poster,
        {"one": "changed: scenes/kit/plane.py", "two": "new", "poster": "new"},
    )
    run_record.happened(Started(ProbeTask(*where, "svm", "scenes.svm", "kokoro", title="SVM")))
    run_record.happened(
        Done(ProbeTask(*where, "svm", "scenes.svm", "kokoro", title="SVM"), {}, 2.5, 170_000_000)
    )
    run_record.planned(svm)
    one, two = drawing(chapters[0]), drawing(chapters[1])
    run_record.happened(Started(one))
    run_record.happened(Progressed(one, 100, 40, 300_000_000))
    one.log.parent.mkdir(parents=True)
    one.log.touch()
    run_record.happened(Retried(one, "its process ended by signal 9 before it was done"))
    run_record.happened(Started(two))
    plays = [{"place": "scenes/svm/margin.py:120", "plays": 2, "frames": 60, "cpu": 3.0}]
    run_record.happened(
        Done(two, {"frames": 300, "distinct": 121, "seconds": 4.0, "plays": plays}, 6.5, 280_000_000)
    )
    run_record.happened(Started(one))
    plays = [
        {"place": "scenes/svm/margin.py:80", "plays": 1, "frames": 30, "cpu": 9.25},
        {"place": "scenes/svm/margin.py:90", "plays": 1, "frames": 30, "cpu": 0.5},
    ]
    run_record.happened(
        Done(one, {"frames": 300, "distinct": 200, "seconds": 12.0, "plays": plays}, 13.0, 260_000_000)
    )
    run_record.happened(
        Done(PosterTask(*where, "svm", "scenes.svm", "kokoro", poster), {"slug": "svm"}, 0.4, 90_000_000)
    )
    review = ReviewTask(*where, "svm", "scenes.svm", "kokoro", chapter="one", key="k")
    run_record.happened(Done(review, {}, 3.0, 120_000_000))
    run_record.reviewed(WrittenReview(svm.probe.timeline, (), build / "review" / "svm" / "report.html"))
    run_record.happened(
        Done(AssembleTask(*where, "svm", "scenes.svm", "kokoro", {}, WEB, chapters, poster), {}, 2.0, 80)
    )
    run_record.current("svm", entry("svm"))

    chapters, poster = pieces("trees", "root")
    run_record.planned(plan("trees", chapters, poster, {"root": "new"}))
    root = drawing(chapters[0])
    failure = Failure(
        "NameError: name 'x' is not <defined>",
        "scenes/trees.py:7",
        "Traceback (most recent call last):\nNameError",
        log=str(build / "log" / "trees" / "root.log"),
    )
    run_record.happened(Started(root))
    run_record.happened(Failed(root, failure))
    run_record.failed("trees", "root", failure)

    chapters, poster = pieces("old", "still")
    run_record.planned(plan("old", chapters, poster, {}))
    run_record.current("old", entry("old"))
    return run_record


@pytest.fixture
def build(tmp_path: Path) -> Path:
    return tmp_path / "build"


@pytest.fixture
def record(build: Path) -> dict[str, Any]:
    return {**told(build).to_record(), "began": "2026-11-22T23:20:00+00:00", "seconds": 200.4}


def test_the_numbers_are_those_of_the_events(record: dict[str, Any]) -> None:
    assert (record["quality"], record["voice"], record["workers"]) == ("web", "kokoro", 2)
    assert {name: record[name] for name in ("to_draw", "drawn", "fetched", "up_to_date", "video", "cpu")} == {
        "to_draw": 4,
        "drawn": 3,
        "fetched": 1,
        "up_to_date": 4,  # four and the poster of old, none of trees
        "video": 20.0,
        "cpu": 16.0,
    }
    assert record["cpu_a_second"] == 0.8
    assert record["memory"] == 280_000_000
    assert [(one["topic"], one["state"]) for one in record["lessons"]] == [
        ("svm", "published"),
        ("trees", "failed"),
        ("old", "up to date"),
        ("never", "not begun"),
    ]
    one, two, poster = record["lessons"][0]["pieces"]
    assert (one["seconds"], one["cpu"], one["attempts"], one["memory"]) == (13.0, 12.0, 2, 300_000_000)
    assert (one["cpu_a_second"], two["cpu_a_second"], poster["cpu_a_second"]) == (1.2, 0.4, None)
    assert [play["place"] for play in record["slowest"]] == [
        "scenes/svm/margin.py:80",
        "scenes/svm/margin.py:120",
        "scenes/svm/margin.py:90",
    ]
    work = {one["kind"]: (one["tasks"], one["seconds"]) for one in record["work"]}
    assert work == {
        "drawing": (3, 19.9),
        "looking": (1, 3.0),
        "telling": (1, 2.5),
        "joining": (1, 2.0),
    }
    assert [(one["kind"], one["files"], one["bytes"]) for one in record["disk"]] == [
        ("segment", 1, 2_500_000),
        ("poster", 1, 12_000),
    ]
    assert [one["reason"] for one in record["retries"]] == [
        "its process ended by signal 9 before it was done"
    ]


class Whole(HTMLParser):
    """Minds tags that are not closed, or closed in another order."""

    EMPTY: ClassVar = {"meta", "link", "br", "rect", "img"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Closed where it stands."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def test_the_page_is_whole_and_shows_what_the_record_says(record: dict[str, Any], build: Path) -> None:
    page = write_run_report(record, build).read_text(encoding="utf-8")
    parser = Whole()
    parser.feed(page)
    assert (parser.faults, parser.open) == ([], [])
    text = " ".join(" ".join(parser.text).split())
    for words in (
        "2 of 4 lessons up to date, 1 failed",
        "Run of 22 November 2026, 23:20 UTC",
        "3:20",
        "280 MB",
        "0.8 s",
        "Streets & Kernels",
        "changed: scenes/kit/plane.py",
        "(2 attempts)",
        "scenes/svm/margin.py:80",
        "NameError: name 'x' is not <defined>",
        "scenes/trees.py:7",
        "its process ended by signal 9",
        "review: 0 errors, 0 warnings",
        "2.5 MB",
    ):
        assert words in text, words
    assert re.findall(r"(\d) (up to date|fetched from|drawn|not drawn)", text[: text.index("Failures")]) == [
        ("4", "up to date"),
        ("1", "fetched from"),
        ("3", "drawn"),
        ("1", "not drawn"),
    ]
    assert 'href="log/trees/root.log"' in page and 'href="log/svm/one.log"' in page
    assert 'href="review/svm/report.html"' in page and 'href="out/svm/svm.mp4"' in page
    assert not re.search(r"https?:|//[a-z]|<script|\burl\(|@import", page), "it needs nothing from elsewhere"


def test_the_same_record_gives_the_same_bytes_in_one_step(record: dict[str, Any], build: Path) -> None:
    first = write_run_report(record, build).read_bytes()
    assert write_run_report(record, build).read_bytes() == first
    assert json.loads((build / "report.json").read_text(encoding="utf-8")) == record
    assert not [path for path in build.iterdir() if path.name.startswith(".")], "nothing half-written stays"


@pytest.mark.parametrize(
    ("error", "ended", "words"),
    [
        (KeyboardInterrupt(), "interrupted", "Interrupted; 2 of 4 lessons up to date"),
        (EnvironmentFault("The disk is full."), "stopped", "Stopped: The disk is full."),
    ],
)
def test_a_run_that_was_cut_short_is_told(build: Path, error: BaseException, ended: str, words: str) -> None:
    run_record = told(build)
    run_record._failures.clear()
    run_record._lessons["trees"].failed = False
    with pytest.raises(type(error)), reporting(run_record, build):
        raise error
    record = json.loads((build / "report.json").read_text(encoding="utf-8"))
    assert record["ended"] == ended
    assert record["lessons"][1]["state"] == "unfinished"
    assert words in (build / "report.html").read_text(encoding="utf-8")


def test_what_stopped_a_run_is_not_hidden_by_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    build = tmp_path / "file" / "build"
    run_record = RunRecord(Store(build), WEB, "silent")
    with pytest.raises(KeyError, match="first"), reporting(run_record, build):
        raise KeyError("first")
    with pytest.raises(EnvironmentFault, match="cannot be written"), reporting(run_record, build):
        pass


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("build")
    return write_run_report(told(build).to_record(), build)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Addresses that pages ask for."""
    found: list[str] = []
    yield found
    assert [url for url in found if not url.endswith("report.html") and not url.startswith("data:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_and_is_open_to_everybody(
    browser: Browser, page: Path, asked: list[str], width: int, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True
    )
    context.on("request", lambda request: asked.append(request.url))
    opened = context.new_page()
    opened.goto(page.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(opened) == []
    context.close()


@pytest.mark.end_to_end
def test_a_run_that_a_person_stops_is_reported(tiny: Path) -> None:
    command = [sys.executable, "-m", "render.cli", "render", "--quality", "web", "--voice", "silent"]
    process = subprocess.Popen(
        command, cwd=tiny, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "poster: new" in line:
            process.send_signal(signal.SIGINT)
            break
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == 130
    assert str(tiny / "build" / "report.html") in rest
    record = json.loads((tiny / "build" / "report.json").read_text())
    assert record["ended"] == "interrupted" and record["drawn"] < record["to_draw"]
    assert "Interrupted; 0 of 2 lessons up to date" in (tiny / "build" / "report.html").read_text()


def line_at(project: Path, place: str) -> str:
    """The text at a place such as ``scenes/svm/margin.py:120``."""
    file, _, line = place.partition(":")
    return (project / file).read_text().splitlines()[int(line) - 1]


@pytest.mark.end_to_end
def test_a_real_run_is_reported_with_its_failure(tiny: Path, mlhub: Run) -> None:
    scene = tiny / "scenes" / "still_square" / "__init__.py"
    scene.write_text(
        scene.read_text().replace("        with self.beat", "        oops\n        with self.beat")
    )
    line = next(n for n, text in enumerate(scene.read_text().splitlines(), 1) if "oops" in text)
    done = mlhub("render", "--quality", "draft", "--json")
    assert done.returncode == 1
    events = [json.loads(one) for one in done.stdout.splitlines()]
    record = json.loads((tiny / "build" / "report.json").read_text())
    page = (tiny / "build" / "report.html").read_text()
    dot, square = record["lessons"]
    assert (dot["state"], square["state"]) == ("published", "failed")
    ends = {
        event["task"]: event for event in events if event["event"] == "done" and event["slug"] == "moving-dot"
    }
    planned = {event["task"]: event for event in events if event["event"] == "planned"}
    assert [piece["name"] for piece in dot["pieces"]] == ["goes", "comes_back", "poster"]
    for piece in dot["pieces"]:
        assert piece["reason"] == planned[piece["name"]]["reason"] == "new"
        assert piece["seconds"] == ends[piece["name"]]["seconds"]
        assert piece["memory"] >= ends[piece["name"]]["memory"]
    (failure,) = record["failures"]
    assert failure["place"] == f"scenes/still_square/__init__.py:{line}" in page
    assert (tiny / "build" / failure["log"]).is_file()
    places = [play["place"] for play in record["slowest"]]
    played = {place for place in places if "self.play(" in line_at(tiny, place)}
    assert {place.partition(":")[0] for place in played} == {
        "scenes/moving_dot/away.py",
        "scenes/moving_dot/back.py",
    }
    assert len(played) == 2
    frames = {play["place"]: play["frames"] for play in record["slowest"]}
    assert sorted(frames[place] for place in played) == [6, 9], "0.4 s and 0.6 s at 15 pictures a second"

    assert mlhub("render", "moving-dot", "--quality", "draft").returncode == 0
    again = json.loads((tiny / "build" / "report.json").read_text())
    assert (again["to_draw"], again["up_to_date"], again["failures"]) == (0, 3, [])
    assert "1 of 1 lesson up to date" in (tiny / "build" / "report.html").read_text()
