"""The hub with all topics of the catalog ready: small enough to load, and its path, glossary and search usable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from hub.site import SiteReport
from tests.axe import find_violations
from tests.hub.conftest import Visit, serving
from tests.hub.full_site import build_full_site, sent

INDEX_BYTES = 150_000
"""Of the first page with all that it loads, without pictures and videos, as it is sent."""
GLOSSARY_BYTES = 120_000
"""Of the glossary's page, as it is sent."""
SEARCH_BYTES = 275_000
"""Of the file with all that is said, as it is sent."""
SMALLEST = 12
"""Pixels of the smallest type on a screen."""
TERMS = 1_000
"""There are more in the glossary."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, film: Path) -> SiteReport:
    """The site of 38 lessons."""
    return build_full_site(tmp_path_factory.mktemp("full"), film)


@pytest.fixture(scope="module")
def full_address(full: SiteReport) -> Iterator[str]:
    with serving(full.out) as address:
        yield address


@pytest.fixture
def visit_full(browser: Browser, full_address: str) -> Iterator[Visit]:
    visit = Visit(browser, full_address)
    yield visit
    for context in visit.contexts:
        context.close()
    assert not visit.complaints.said


def test_every_topic_is_there_and_the_first_page_stays_small(
    visit_full: Visit, full: SiteReport, full_address: str
) -> None:
    assert len(full.watchable) == 38 and not full.problems
    page = visit_full("404.html", service_workers="block")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path.lstrip("/")))
    page.goto(full_address, wait_until="networkidle")
    loaded = {path or "index.html" for path in asked if not path.startswith("media/")}
    assert {path.rpartition(".")[2] for path in loaded} >= {"html", "css", "js", "woff2", "svg"}
    assert sum(sent(full.out / path) for path in loaded) < INDEX_BYTES
    assert sent(full.out / "glossary" / "index.html") < GLOSSARY_BYTES
    (search,) = (full.out / "assets").glob("search.*.json")
    assert sent(search) < SEARCH_BYTES


LOOK = """stops => stops.map(stop => {
    const box = one => {
        const {left, right, top, bottom} = one.getBoundingClientRect();
        return {left, right, top, bottom};
    };
    const scale = stop.ownerSVGElement ? stop.getCTM().a : 1;
    const texts = stop.ownerSVGElement ? [...stop.querySelectorAll("text")].filter(text => text.textContent) : [stop];
    return {
        href: new URL(stop.getAttribute("href"), document.baseURI).href,
        box: box(stop.querySelector("rect") ?? stop),
        types: texts.map(text => parseFloat(getComputedStyle(text).fontSize) * scale),
        labels: texts.filter(text => !text.matches(".stop-mark")).map(box),
    };
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "stops"), [(1280, ".path a"), (360, ".steps a")])
def test_all_boxes_of_the_path_can_be_read_and_lead_somewhere(
    visit_full: Visit, full: SiteReport, full_address: str, width: int, stops: str, scheme: str
) -> None:
    page = visit_full(width=width, color_scheme=scheme, reduced_motion="reduce")
    found: list[dict[str, Any]] = page.locator(stops).evaluate_all(LOOK)
    assert {stop["href"] for stop in found} == {urljoin(full_address, f"{slug}/") for slug in full.watchable}
    assert len(found) == 38
    for stop in found:
        box = stop["box"]
        assert 0 <= box["left"] < box["right"] <= width, stop
        assert min(stop["types"]) >= SMALLEST - 0.01, stop
        for label in stop["labels"]:
            assert box["left"] <= label["left"] and label["right"] <= box["right"], stop
            assert box["top"] <= label["top"] and label["bottom"] <= box["bottom"], stop
    for one, other in combinations((stop["box"] for stop in found), 2):
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def focused(page: Page) -> str:
    """The slug of the topic that has the focus."""
    return str(page.evaluate("document.activeElement.dataset.slug"))


def test_the_path_is_one_stop_of_the_tab_key_and_arrows_reach_every_box(
    visit_full: Visit, full: SiteReport
) -> None:
    page = visit_full()
    page.locator("#path-begin a").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "python-ml-stack"
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.path')")
    page.keyboard.press("Shift+Tab")
    reached = {focused(page)}
    new = list(reached)
    while new:
        start = new.pop()
        for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
            page.locator(f'.stop[data-slug="{start}"]').focus()
            page.keyboard.press(key)
            if (slug := focused(page)) not in reached:
                reached.add(slug)
                new.append(slug)
    assert reached == set(full.watchable)


def test_nothing_is_announced_where_all_can_be_watched(visit_full: Visit) -> None:
    expect(visit_full().locator(".legend")).not_to_contain_text("coming")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_term_is_found_among_a_thousand_by_the_keyboard_alone(visit_full: Visit, width: int) -> None:
    page = visit_full("glossary/", width=width)
    terms = page.locator(".glossary dl > div")
    shown = page.locator(".glossary dl > div:visible")
    count = terms.count()
    assert count > TERMS
    field, status = page.get_by_role("searchbox", name="Find a term"), page.locator("#term-count")
    expect(status).to_have_text(f"All {count} terms")
    field.focus()
    page.keyboard.type("Kernel")
    expect(status).to_have_text(f"{shown.count()} of {count} terms")
    assert 1 < shown.count() < 40
    assert all("kernel" in name.lower() for name in page.locator(".glossary dt:visible").all_inner_texts())
    assert page.locator(".letters a:visible").count() == page.locator(".glossary h2:visible").count()
    page.keyboard.press("Enter")
    expect(shown.nth(0).locator("a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(shown.nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    field.fill("no such term")
    expect(status).to_have_text("No term is called so")
    field.fill("long form")  # a synonym, told beside the term
    assert any("long form" in name for name in page.locator(".glossary dt:visible").all_inner_texts())
    field.fill("")
    assert shown.count() == count
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 360])
def test_the_letters_stay_at_hand_and_hide_nothing_that_they_lead_to(visit_full: Visit, width: int) -> None:
    page = visit_full("glossary/", width=width, reduced_motion="reduce")
    for letter in ("S", "C"):
        link = page.locator(".letters a", has_text=letter)
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/glossary/#letter-{letter}")
        bar, head = page.locator(".letters").bounding_box(), page.locator(f"#letter-{letter}").bounding_box()
        assert bar and head
        assert abs(bar["y"]) <= 1 and bar["height"] < 80
        assert bar["height"] <= head["y"] < 200
        expect(link).to_be_in_viewport()


def test_an_address_of_a_term_shows_it_though_others_are_looked_for(visit_full: Visit) -> None:
    page = visit_full("glossary/")
    page.get_by_role("searchbox", name="Find a term").fill("kernel")
    last = page.locator(".glossary dl > div").last
    expect(last).to_be_hidden()
    page.evaluate(f"location.hash = {'#' + str(last.get_attribute('id'))!r}")
    expect(last).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_thousand_terms_stand_in_nobodys_way(visit_full: Visit, scheme: str) -> None:
    page = visit_full("glossary/", width=360, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    assert find_violations(page, ".term-form") == [] and find_violations(page, ".letters") == []


def test_a_term_among_a_thousand_is_found_by_search(visit_full: Visit) -> None:
    page = visit_full()
    page.keyboard.press("Control+k")
    page.keyboard.type("isolation forest")
    expect(page.locator(".hits a", has_text="Term").first).to_contain_text("Isolation Forest")
