"""The figure of a page in a real browser: what the tests of all figures do with it."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Locator, Page, expect

from hub import demo
from hub.site import SiteReport, build_site
from render.core.catalog import Catalog, Topic, load_catalog
from render.plan.figure import make_figures
from render.store.figure import figure_file
from tests.axe import find_violations
from tests.hub.conftest import Visit, render, timeline, until
from tests.once import Once
from tests.scenes.harness.titles import titles

ROOT: Final = Path(__file__).parents[3]
SLUGS: Final = [
    topic.slug
    for topic in load_catalog(ROOT / "catalog.yaml").topics
    if topic.status == "ready" and (demo.SOURCES / f"{topic.slug}.ts").is_file()
]
"""Lessons that have a figure."""

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

DRAWN_FOR_ITS_WIDTH: Final = """document.querySelector('.demo-view > svg').viewBox.baseVal.width
    === document.querySelector('.demo-picture').clientWidth"""
"""A unit of the picture is a pixel of the screen."""


def tell(build: Path, slug: str, chapters: Sequence[tuple[str, str]]) -> None:
    """Give a lesson of the fixture ``chapters`` of one second each."""
    file = build / "out" / slug / "timeline.json"
    record = timeline(slug, slug)
    beats = [{"text": "Look.", "start": 0, "end": 1, "words": []}]
    record["chapters"] = [
        {"name": name, "title": title, "explains": [], "start": second, "end": second + 1, "beats": beats}
        for second, (name, title) in enumerate(chapters)
    ]
    file.write_text(json.dumps(record))
    manifest = json.loads((build / "manifest.json").read_text())
    manifest["lessons"][slug]["files"]["timeline"]["bytes"] = file.stat().st_size
    (build / "manifest.json").write_text(json.dumps(manifest))


def lay_out(build: Path, film: Path, lessons: Sequence[Topic], once: Once | None = None) -> Path:
    """Make ``build`` a build folder with lessons whose chapters are those of their sources, and their figures' numbers.

    What takes the longest, the numbers, is computed ``once`` for all processes, where that is given.
    """
    render(build, film, *(lesson.slug for lesson in lessons))
    for lesson in lessons:
        tell(build, lesson.slug, titles(lesson.module))
    if once is None:
        make_figures(ROOT, build, lessons)
        return build
    numbers = once("numbers", lambda folder: make_figures(ROOT, folder, lessons))
    for lesson in lessons:
        figure_file(build, lesson.slug).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(figure_file(numbers, lesson.slug), figure_file(build, lesson.slug))
    return build


def publish(catalog: Catalog, build: Path, out: Path) -> SiteReport:
    """The site of lessons that say nothing: only their figures are looked at."""
    return build_site(catalog, build, out, notes=build)


def ready(page: Page) -> Locator:
    """The figure, when it answers."""
    figure = page.locator("#demo[data-ready]")
    figure.wait_for()
    return figure


def picture(page: Page) -> str:
    return str(page.locator(".demo-view").inner_html())


def readout(page: Page, label: str) -> str:
    words = re.compile(rf"(?<!\w){re.escape(label)}")  # "seen points" are not the unseen ones
    return page.locator(".demo-readouts > div").filter(has_text=words).locator("dd").inner_text()


def settled(page: Page) -> None:
    """Wait for the picture that follows the last wish."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def drag(page: Page, handle: Locator, right: float, down: float) -> None:
    """Take ``handle`` with the mouse and carry it by so many pixels."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2)
    page.mouse.move(x + right, y + down, steps=3)
    settled(page)
    page.mouse.up()


def seen_by_all(page: Page) -> None:
    """Whoever comes with a phone or a large screen, by day or by night, can use the figure of the page."""
    for width, scheme in itertools.product((360, 1280), SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        until(page, DRAWN_FOR_ITS_WIDTH)
        assert find_violations(page, "#demo") == [], f"{width} px, {scheme}"


def find_all(visit: Visit, slug: str, states: Iterable[tuple[int, str]], at_once: int = 0) -> None:
    """In each state, which an address says after ``#demo&``, the thing to be found of that number is found.

    Of those after it ``at_once`` may be found by then.
    """
    page = visit(f"{slug}/")
    figure = ready(page)
    quests = figure.locator("[data-quest]")
    assert figure.locator(".found").count() == 0
    numbers = [number for number, _ in states]
    assert numbers == list(range(quests.count()))
    for number, state in states:
        page.evaluate("fragment => location.hash = fragment", f"#demo&{state}")
        expect(quests.nth(number)).to_have_class("found")
        assert figure.locator(".found").count() <= number + 1 + at_once
