"""A small hub with a real video, served to a real browser."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from hub.serve import SiteHandler, open_server
from hub.site import SiteReport, build_site
from render.core.catalog import Catalog, parse_catalog
from tests.limit import PAGE

SECONDS = 12
BLURB = (
    "Watch {} answer one question with a picture that moves, and see every number on screen really computed."
)

CATALOG = f"""
version: 1
hub:
  title: Small Hub
  promise: Three lessons that show how little a page needs in order to teach something well.
  site_url: https://small.example
  base_path: /hub/
  author: {{name: The authors, contact: authors@small.example}}
  call_to_action: {{words: Move the figures yourself, link: "https://small.example/"}}
sections:
  - slug: basics
    title: Basics & Beginnings
    line: What everything else stands on.
    topics:
      - slug: lines
        title: Lines & Slopes
        blurb: {BLURB.format("a straight line")}
        level: beginner
        prerequisites: []
        status: ready
        published: 2026-11-22
        explains: [slope & height, the line's residuals, a thing no chapter names]
        terms: [slope, residual = gap]
      - slug: streets
        title: Streets
        blurb: {BLURB.format("the widest street")}
        level: intermediate
        prerequisites: [lines]
        status: ready
        explains: [the widest street]
        terms: [margin]
  - slug: beyond
    title: Beyond
    line: What comes when the basics hold.
    topics:
      - slug: cubes
        title: Cubes
        blurb: {BLURB.format("a rolling cube")}
        level: advanced
        prerequisites: [streets, lines]
        status: planned
        explains: [faces, edges]
        terms: [face]
      - slug: spheres
        title: Spheres & Other Round Bodies
        blurb: {BLURB.format("a rolling sphere")}
        level: advanced
        prerequisites: [lines]
        status: ready
        explains: [the poles]
        terms: [pole]
"""

NOTE = """
version: 1
core:
  says: Fit the line, and print its slope.
  prints: |
    2.0
formulas:
  - name: The line
    chapter: chapter_0
    source: 'hat(y) = {{ a : focus }} x + frac(b, 1)'
    means: What is predicted rises by a for each step of x.
  - name: The squares
    chapter: chapter_1
    source: 'sum_i (y_i - hat(y)_i)^2'
    means: The sum of the squares of all that is left over.
terms:
  - term: residual
    aliases: [gap]
    means: What is left over between a point and the line.
    chapter: chapter_1
    phrase: gap is a residual
questions:
  - ask: How steep is it in truth?
    options: [One, Two]
    answer: 2
    why: Because the slope is two.
    chapter: chapter_2
  - ask: What is a residual then?
    options: [A gap, A slope, A square]
    answer: 1
    why: Each gap is a residual.
    chapter: chapter_1
  - ask: What is it that counts?
    options: [Squares, Nothing]
    answer: 1
    why: Squares make them count.
    chapter: chapter_1
sources:
  - {title: On lines, authors: A. Author, year: 1801, where: A journal, doi: 10.1000/lines}
  - {title: Is it straight?, authors: B. Author, year: 1990}
credits:
  - what: A photograph
    by: C. Author
    link: https://example.org/photo
    licence: CC BY 2.0
    licence_link: https://example.org/licence
"""

CODE = "import numpy as np\n\nprint(np.polyfit([0, 1], [1, 3], 1)[0].round(3))  # the slope\n"

SCRIPT = [
    (
        "Steeper means faster",
        ["slope & height"],
        ["Look at the line.", "It rises < twice as fast as it runs."],
    ),
    (
        "What is left over counts",
        ["the line's residuals"],
        ["Each gap is a residual.", "Squares make them count."],
    ),
    ("Two is the honest slope", [], ["So the slope is two.", "Remember the shrinking squares."]),
]
"""Title, what it explains, beats; a beat lasts two seconds."""


def timeline(slug: str, title: str) -> dict[str, Any]:
    """A ``timeline.json`` whose beats last two seconds each, their words evenly spread."""
    chapters, second = [], 0.0
    for number, (claim, explains, texts) in enumerate(SCRIPT):
        beats = []
        for text in texts:
            step = 1.8 / len(text.split())
            words = [
                {"text": word, "start": round(second + i * step, 3), "end": round(second + (i + 1) * step, 3)}
                for i, word in enumerate(text.split())
            ]
            beats.append(
                {"text": text, "start": second, "end": second + 2, "speech": second + 1.8, "words": words}
            )
            second += 2
        chapters.append(
            {
                "name": f"chapter_{number}",
                "title": claim,
                "explains": explains,
                "start": second - 2 * len(texts),
                "end": second,
                "beats": beats,
            }
        )
    return {"version": 1, "slug": slug, "title": title, "seconds": second, "chapters": chapters}


def cues(chapters: object) -> str:
    """WebVTT of a timeline's chapters."""
    assert isinstance(chapters, list)
    lines = ["WEBVTT", ""]
    for chapter in chapters:
        start, end = (
            f"{int(at) // 60:02}:{at - int(at) // 60 * 60:06.3f}" for at in (chapter["start"], chapter["end"])
        )
        lines += [f"{start} --> {end}", chapter["name"], ""]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of a small moving picture, made the way the pipeline makes its own: H.264, index first."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    source = f"testsrc2=size=320x180:rate=15:duration={SECONDS}"
    encode = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 15 -movflags +faststart"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", source, *encode.split(), str(path)], check=True
    )
    return path


def render(build: Path, film: Path, *slugs: str) -> Path:
    """A build folder as the pipeline leaves it, with one lesson for each slug."""
    return render_all(build, film, [timeline(slug, slug.title()) for slug in slugs])


def render_all(build: Path, film: Path, records: Iterable[dict[str, Any]]) -> Path:
    """The same with a lesson for each ``timeline.json``; all show the one ``film``, however long they are."""
    lessons = {}
    for record in records:
        slug, seconds = record["slug"], record["seconds"]
        folder = build / "out" / slug
        folder.mkdir(parents=True)
        shutil.copy(film, folder / f"{slug}.mp4")
        shutil.copy(film, folder / "preview.mp4")
        (folder / "captions.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nLook at the line.\n")
        (folder / "captions.en.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nLook at the line.\n")
        (folder / "chapters.vtt").write_text(cues(record["chapters"]))
        (folder / "transcript.txt").write_text("Look at the line.\n")
        (folder / "storyboard.vtt").write_text(
            "WEBVTT\n\n00:00.000 --> 00:06.000\nstoryboard.webp#xywh=0,0,160,90\n\n"
            "00:06.000 --> 00:12.000\nstoryboard.webp#xywh=160,0,160,90\n"
        )
        Image.new("RGB", (320, 90), "#4893DB").save(folder / "storyboard.webp")
        (folder / "timeline.json").write_text(json.dumps(record))
        Image.new("RGB", (640, 360), "#0F1420").save(folder / "poster.png")
        Image.new("RGB", (640, 360), "#0F1420").save(folder / "poster.webp")
        Image.new("RGB", (320, 180), "#0F1420").save(folder / "poster.small.webp")
        names = {
            "video": f"{slug}.mp4",
            "preview": "preview.mp4",
            "captions_vtt": "captions.en.vtt",
            "captions_srt": "captions.en.srt",
            "chapters_vtt": "chapters.vtt",
            "transcript": "transcript.txt",
            "timeline": "timeline.json",
            "poster_png": "poster.png",
            "poster_webp": "poster.webp",
            "poster_small": "poster.small.webp",
            "storyboard_vtt": "storyboard.vtt",
            "storyboard_webp": "storyboard.webp",
        }
        lessons[slug] = {
            "slug": slug,
            "title": slug.title(),
            "quality": "draft",
            "voice": "silent/1",
            "seconds": float(seconds),
            "frames": round(seconds * 15),
            "fps": 15,
            "width": 320,
            "height": 180,
            "chapters": len(record["chapters"]),
            "folder": f"out/{slug}",
            "files": {
                role: {
                    "path": f"out/{slug}/{name}",
                    "bytes": (folder / name).stat().st_size,
                    "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
                }
                for role, name in names.items()
            },
        }
    (build / "manifest.json").write_text(json.dumps({"version": 1, "lessons": lessons}))
    return build


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Two sections, four topics: two to watch, one being rendered, one planned (though a video of it exists)."""
    return parse_catalog(CATALOG)


@pytest.fixture(scope="session")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the note of one topic."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "lines.yaml").write_text(NOTE, encoding="utf-8")
    (folder / "lines.py").write_text(CODE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, film: Path, catalog: Catalog, notes: Path) -> SiteReport:
    """The site of the small catalog."""
    build = render(tmp_path_factory.mktemp("build"), film, "lines", "streets", "cubes")
    return build_site(catalog, build, build / "www" / "hub", notes)


@pytest.fixture(scope="session")
def address(report: SiteReport) -> Iterator[str]:
    """Where the site is served: below the base path that its catalog names, as on a shared host."""
    with serving(report.out.parent) as address:
        yield f"{address}hub/"


@contextmanager
def serving(folder: Path, handler: Callable[..., SiteHandler] = SiteHandler) -> Iterator[str]:
    """The address at which ``folder`` is served for a while."""
    with open_server(folder, port=0, handler=handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@dataclass
class Complaints:
    """What a browser minds about a page."""

    said: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext, address: str) -> None:
        """Note every console error, exception, failed request and request to another host."""
        context.on("console", lambda message: self.note(message.text, message.type == "error"))
        context.on("weberror", lambda error: self.note(str(error.error)))
        context.on("request", lambda request: self.note(request.url, not request.url.startswith(address)))
        context.on("response", lambda answer: self.note(answer.url, answer.status >= 400))

    def note(self, words: str, wrong: bool = True) -> None:
        """Keep ``words`` if they tell of something wrong."""
        if wrong:
            self.said.append(words)

    def forgive(self, *parts: str) -> None:
        """Forget what was to be expected: complaints with one of these ``parts``."""
        self.said = [said for said in self.said if not any(part in said for part in parts)]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens pages of the site; at the end, whatever the browser minded fails the test."""
    visit = Visit(browser, address)
    yield visit
    for context in visit.contexts:
        context.close()
    assert not visit.complaints.said


@dataclass
class Visit:
    """One reader with the devices of their choice."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: Complaints = field(default_factory=Complaints)

    def __call__(self, path: str = "", *, width: int = 1280, height: int = 800, **options: object) -> Page:
        """The page at ``path``, loaded.  ``options`` are those of a browser context."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(1000 * PAGE)
        self.contexts.append(context)
        self.complaints.listen(context, self.address)
        page = context.new_page()
        page.goto(self.address + path)
        return page


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression holds (Playwright's own waiting needs an ``eval`` that the pages forbid)."""
    end = time.monotonic() + PAGE
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(30)


def layout_shift(page: Page) -> float:
    """How much has moved on a page since it began to load, as web vitals count it (CLS)."""
    return float(
        page.evaluate(
            """() => new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
                    .observe({type: "layout-shift", buffered: true});
                setTimeout(() => done(sum), 100);
            })"""
        )
    )
