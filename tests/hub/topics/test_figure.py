"""The figure of every lesson in a real browser: by keys, by address, still, without scripts, and as files."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from hub.site import SiteReport
from render.core.catalog import Catalog
from render.store.figure import figure_file
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit, until
from tests.hub.topics.figure import DRAWN_FOR_ITS_WIDTH, SLUGS, picture, ready, seen_by_all
from tests.limit import PAGE
from tests.scenes.harness.titles import titles


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_no_figure_stands_in_anyones_way(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/", bypass_csp=True)
    ready(page)
    seen_by_all(page)


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_no_figure_is_wider_than_its_screen(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/", width=320)
    ready(page)
    assert page.evaluate(DRAWN_FOR_ITS_WIDTH), "as it comes"
    for width in (320, 480, 768, 2560, 400):
        page.set_viewport_size({"width": width, "height": 800})
        until(page, DRAWN_FOR_ITS_WIDTH)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_script_a_still_picture_stands_there(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/", java_script_enabled=False)
    view = page.get_by_role("img", name=re.compile("."))
    expect(view.locator("svg.wide")).to_be_visible()
    expect(view.locator("svg.narrow")).to_be_hidden()
    for dead in page.locator(".demo-controls, .demo-quests, .demo-link, .demo-stops button").all():
        expect(dead).to_be_hidden()
    chapter = page.locator(".demo-stops a").first
    expect(chapter).to_be_visible()
    chapter.click()
    expect(page).to_have_url(re.compile(r"#t=\d+$"))


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_a_figure_comes_to_life(visit: Visit, slug: str, width: int) -> None:
    page = visit("404.html", width=width, service_workers="block")  # which may have the numbers already
    held: list[Route] = []
    page.route("**/figure-*.json", lambda route: held.append(route))
    page.goto(f"{visit.address}{slug}/")
    until(page, "document.fonts.status === 'loaded'")
    end = time.monotonic() + PAGE
    while not held and time.monotonic() < end:
        page.wait_for_timeout(20)
    before = page.locator("#demo").bounding_box()
    still = picture(page)
    held[0].continue_()
    ready(page)
    after = page.locator("#demo").bounding_box()
    assert picture(page) != still
    assert before and after
    assert after == pytest.approx(before, abs=2)


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_the_state_is_said_once_the_hand_rests(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/")
    figure = ready(page)
    status = figure.get_by_role("status")
    expect(status).to_be_empty()
    figure.locator("input[type=range]:visible").first.press("ArrowLeft")
    expect(status).not_to_be_empty()
    said = str(status.text_content())
    assert page.locator(".demo-view").get_attribute("aria-label") == said
    assert re.search(r"\d", said)


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_button_shows_what_a_chapter_shows_and_its_link_leads_there(
    visit: Visit, hub: Catalog, slug: str
) -> None:
    page = visit(f"{slug}/")
    figure = ready(page)
    told = titles(hub.lesson(slug).module)
    names = dict(told)
    starts = {title: second for second, (_, title) in enumerate(told)}
    buttons = figure.locator(".demo-stops button")
    seen = set()
    for button in buttons.all():
        button.click()
        expect(figure).not_to_have_attribute("aria-busy", "true")
        seen.add(page.locator(".demo-picture").inner_html())
    assert len(seen) == buttons.count() >= 5
    for link in figure.locator(".demo-stops a").all():
        found = re.fullmatch(r"Video at \d+:\d\d (.*)", " ".join(str(link.text_content()).split()))
        assert found and found[1] in names.values()
        assert link.get_attribute("href") == f"#t={starts[found[1]]}"


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_state_can_be_linked(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/")
    figure = ready(page)
    figure.locator(".demo-stops button").last.click()
    link = figure.get_by_role("link", name="Link to this very state").get_attribute("href")
    shown, numbers = picture(page), page.locator(".demo-readouts").inner_text()
    assert link and link.startswith("#demo&")
    other = visit(f"{slug}/{link}")
    expect(ready(other).get_by_role("heading", level=2)).to_be_in_viewport()
    assert picture(other) == shown
    assert other.locator(".demo-readouts").inner_text() == numbers


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_nonsense_in_an_address_harms_nothing(visit: Visit, build: Path, slug: str) -> None:
    figure = json.loads(figure_file(build, slug).read_text(encoding="utf-8"))["figure"]
    (start,) = ask_demo(slug, figure, "")
    keys = list(start.state)
    page = visit(f"{slug}/#demo&" + "&".join(f"{key}=-1e999,%00," for key in keys))
    shown = ready(page).inner_html()
    assert "NaN" not in shown and "Infinity" not in shown


@pytest.mark.certified("figure")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_with_its_figure_is_light(site: SiteReport, slug: str) -> None:
    page = site.out / slug / "index.html"
    linked = re.findall(
        r'(?:href|src|data-figure)="\.\./(assets/[^"]+\.(?:css|js|json|svg))"', page.read_text()
    )
    assert {Path(path).name.split(".")[0] for path in linked} >= {"demo", f"demo-{slug}", f"figure-{slug}"}
    size = sum(
        len(gzip.compress(path.read_bytes(), 9)) for path in (page, *(site.out / name for name in linked))
    )
    assert size < 100_000
