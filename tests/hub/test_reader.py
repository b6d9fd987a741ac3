"""The pages in a real browser, as readers meet them: by mouse, by keys, on a phone, without a script, on paper."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from render.core.catalog import load_catalog
from tests.axe import find_violations
from tests.hub.conftest import Visit, layout_shift, until
from tests.limit import PAGE

ROOT = Path(__file__).parents[2]
PAGES = ["", "glossary/", "lines/", "404.html"]


def reached(page: Page, second: float, within: float = 1.0) -> None:
    """Wait until the video has been taken to ``second``; playing may have carried it on a little."""
    end = time.monotonic() + PAGE
    while time.monotonic() < end:
        at = page.evaluate("document.querySelector('video').currentTime")
        if second - 0.01 <= at <= second + within:
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"the video is at {at} s, expected {second} s")


def hold(page: Page) -> None:
    """Wait for the video's length, and let nothing start it: what is tested is where it stands."""
    until(page, "document.querySelector('video').readyState >= 1")
    page.evaluate("HTMLMediaElement.prototype.play = async () => {}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_anyones_way(visit: Visit, path: str, width: int, scheme: str) -> None:
    page = visit(path, width=width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    if page.locator("video").count():
        expect(page.locator(".plyr__progress__marker")).to_have_count(2)  # the first begins at 0
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert find_violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280, 2560])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_screen(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360, 480])
def test_on_a_phone_the_name_and_the_tools_share_a_row(visit: Visit, width: int) -> None:
    page = visit("lines/", width=width)
    page.locator(".wordmark span").evaluate(
        "(name, title) => name.textContent = title", load_catalog(ROOT / "catalog.yaml").hub.title
    )
    boxes = [
        page.locator(part).bounding_box() for part in (".wordmark", ".tools > a", ".search-open", ".trail")
    ]
    name, glossary, search, trail = (box for box in boxes if box)
    for box in (name, glossary, search):
        assert box["height"] < 48 and box["height"] >= 24 <= box["width"]
        assert box["y"] + box["height"] / 2 == pytest.approx(name["y"] + name["height"] / 2, abs=1)
    assert name["x"] + name["width"] < glossary["x"] < glossary["x"] + glossary["width"] < search["x"]
    assert trail["y"] >= search["y"] + search["height"]


@pytest.mark.parametrize("path", PAGES)
def test_no_button_looks_like_the_browsers_own(visit: Visit, path: str) -> None:
    page = visit(path)
    if page.locator("[data-keep]").count():
        expect(page.locator("[data-keep]")).to_be_visible()
    plain = """buttons => buttons
        .filter(button => button.checkVisibility() && !getComputedStyle(button).fontFamily.startsWith("Inter"))
        .map(button => button.outerHTML)"""
    assert page.locator("button, select").count() and page.locator("button, select").evaluate_all(plain) == []


def test_a_card_leads_to_its_topic_and_back(visit: Visit) -> None:
    page = visit()
    page.locator(".card").get_by_role("link", name="Lines & Slopes", exact=True).click()
    expect(page).to_have_url(visit.address + "lines/")
    page.get_by_role("link", name="Basics & Beginnings").click()
    expect(page).to_have_url(visit.address + "#basics")


def test_the_clip_plays_when_it_is_looked_at_and_goes_when_left(visit: Visit) -> None:
    page = visit()
    card = page.locator(".card").first
    assert card.locator("video").count() == 0
    card.hover()
    expect(card.locator("video.shown")).to_have_count(1)
    assert card.locator("video").evaluate("clip => clip.muted && !clip.loop && !clip.paused")
    page.mouse.move(0, 0)
    expect(card.locator("video")).to_have_count(0)
    card.get_by_role("link").focus()
    expect(card.locator("video")).to_have_count(1)


def test_the_clip_stays_still_for_who_wants_it_still(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    card = page.locator(".card").first
    card.hover()
    card.get_by_role("link").focus()
    page.wait_for_timeout(300)
    assert card.locator("video").count() == 0 and not [url for url in asked if ".mp4" in url]


def test_the_clip_costs_nothing_for_who_saves_data(visit: Visit) -> None:
    page = visit()
    page.evaluate("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.locator(".card").first.hover()
    page.wait_for_timeout(300)
    assert page.locator("video").count() == 0


def test_the_rail_says_which_section_is_in_view(visit: Visit) -> None:
    page = visit(reduced_motion="reduce", height=400)
    page.get_by_role("link", name="Beyond").click()
    expect(page.locator(".rail a[aria-current]")).to_have_text("Beyond")


def test_a_chapter_takes_the_video_there(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    page.locator(".chapters").get_by_role("link", name="Two is the honest slope").click()
    reached(page, 8)
    expect(page).to_have_url(re.compile(r"#t=8$"))
    expect(page.locator(".chapters a[aria-current]")).to_contain_text("Two is the honest slope")
    page.get_by_role("link", name="the line's residuals: chapter 2, at 0:04").click()
    reached(page, 4)


def test_a_press_on_a_chapter_plays_it(visit: Visit) -> None:
    page = visit("lines/")
    page.locator(".chapters").get_by_role("link", name="What is left over counts").click()
    until(
        page, "!document.querySelector('video').paused && document.querySelector('video').currentTime > 4.1"
    )


def test_a_word_takes_the_video_to_where_it_is_said(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    page.locator(".line span", has_text="residual.").click()
    start = float(page.locator(".line span", has_text="residual.").get_attribute("data-t") or "nan")
    assert 5 < start < 6
    reached(page, start)
    expect(page.locator(".line .now")).to_have_text("residual.")
    expect(page.locator(".line[aria-current]")).to_have_text("Each gap is a residual.")


def test_the_words_follow_the_voice(visit: Visit) -> None:
    page = visit("lines/")
    page.evaluate("document.querySelector('video').muted = true; document.querySelector('video').play()")
    expect(page.locator(".line[aria-current]")).to_have_text("It rises < twice as fast as it runs.")
    expect(page.locator(".line .now")).to_have_count(1)


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.getElementById('script').scrollTop"))


def test_the_transcript_scrolls_along_until_a_hand_scrolls_it(visit: Visit) -> None:
    page = visit("lines/", width=360, height=560, reduced_motion="reduce")
    hold(page)
    page.evaluate("document.getElementById('script').style.maxHeight = '120px'")
    page.evaluate("document.querySelector('video').currentTime = 10")
    until(page, "document.getElementById('script').scrollTop > 60")
    followed = scrolled(page)

    page.locator("#script").hover()
    page.mouse.wheel(0, -1000)
    until(page, "document.getElementById('script').scrollTop === 0")
    expect(page.get_by_role("button", name="Follow the voice")).to_be_visible()
    page.evaluate("document.querySelector('video').currentTime = 8.5")
    expect(page.locator(".line[aria-current]")).to_have_text("So the slope is two.")
    page.wait_for_timeout(150)
    assert scrolled(page) == 0

    page.get_by_role("button", name="Follow the voice").click()
    until(page, "document.getElementById('script').scrollTop > 60")
    expect(page.locator("#follow")).to_be_hidden()
    assert followed > 60


@pytest.mark.parametrize(
    ("link", "second"),
    [
        ("#t=8", 8),
        ("?t=5", 5),
        ("?t=0:06", 6),
        ("#t=0m7s", 7),
        ("?t=2#t=9", 9),
        ("#t=99999", 12),
        ("#t=x", 0),
        ("?t=-3", 0),
    ],
)
def test_a_link_can_name_the_second(visit: Visit, link: str, second: float) -> None:
    page = visit("lines/" + link)
    until(page, "document.querySelector('video').readyState >= 1")
    reached(page, second, within=0.1)
    until(page, "scrollY === 0")


def test_a_link_within_the_page_is_followed_too(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    page.evaluate("location.hash = '#t=6'")
    reached(page, 6)


def test_keys_work_outside_of_controls_only(visit: Visit) -> None:
    page = visit("lines/#t=4")
    hold(page)
    reached(page, 4)
    for key, second in (
        ("l", 12),
        ("j", 2),
        ("ArrowRight", 7),
        ("ArrowLeft", 2),
        ("n", 4),
        ("n", 8),
        ("p", 4),
    ):
        page.keyboard.press(key)
        reached(page, second, within=0.1)
    page.keyboard.press("Control+l")
    page.locator("#keys-on").focus()
    page.keyboard.press("l")
    page.locator(".chapters a").first.focus()
    page.keyboard.press("n")
    reached(page, 4, within=0.1)


def test_keys_can_be_turned_off_for_good(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    page.get_by_label("Use these keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_timeout(100)
    reached(page, 0, within=0.1)
    page.reload()
    expect(page.get_by_label("Use these keys")).not_to_be_checked()


def test_captions_are_shown_where_nobody_speaks_and_can_be_turned_off(visit: Visit) -> None:
    page = visit("lines/#t=1")
    hold(page)
    expect(page.locator(".plyr__caption")).to_have_text("Look at the line.")
    page.keyboard.press("c")
    expect(page.locator(".plyr__captions")).to_be_hidden()
    expect(page.get_by_role("button", name="Show captions")).to_be_visible()


def test_the_player_has_chapters_and_small_pictures_on_its_time_line(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    expect(page.locator(".plyr__progress__marker")).to_have_count(2)  # the first begins at 0
    assert page.locator(".plyr__control svg use").first.evaluate(
        "use => use.href.baseVal.startsWith('../assets/controls.') || use.href.baseVal.includes('/assets/controls.')"
    )
    seek = page.get_by_role("slider", name="Seek")
    box = seek.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    picture = page.locator(".plyr__preview-thumb--is-shown img")
    expect(picture).to_have_attribute("src", re.compile(r"/media/lines\.storyboard\.[0-9a-f]{12}\.webp$"))
    expect(page.locator(".plyr__preview-thumb__time-container")).to_have_text("00:09")


def test_the_player_keeps_the_pages_own_keys(visit: Visit) -> None:
    page = visit("lines/#t=4")
    hold(page)
    reached(page, 4)
    page.get_by_role("button", name="Mute").focus()
    page.keyboard.press("j")
    reached(page, 0, within=0.1)
    page.keyboard.press("n")
    reached(page, 4, within=0.1)


def test_the_arrows_walk_from_sentence_to_sentence(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    assert page.locator(".line[tabindex='0']").count() == 1
    page.locator(".line").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".line").nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    reached(page, 4)
    page.keyboard.press("ArrowUp")
    expect(page.locator(".line").nth(1)).to_be_focused()


def test_the_page_is_whole_without_a_script(visit: Visit) -> None:
    page = visit("lines/", java_script_enabled=False)
    video = page.locator("video")
    expect(video).to_have_attribute("controls", "")
    expect(video).to_have_attribute("preload", "metadata")
    assert video.locator("source").count() == 1
    assert [track.get_attribute("kind") for track in video.locator("track").all()] == [
        "captions",
        "chapters",
        "metadata",
    ]
    expect(page.locator("#script")).to_contain_text("It rises < twice as fast as it runs.")
    expect(page.get_by_text("Use these keys")).to_be_hidden()
    expect(page.locator("#follow")).to_be_hidden()
    page.locator(".chapters a").nth(2).click()
    expect(page).to_have_url(re.compile("#t=8$"))
    expect(page.locator("[id='t=8']")).to_be_in_viewport()
    visit("", java_script_enabled=False).get_by_text("What it will explain").first.click()


def test_nothing_moves_while_a_page_loads(visit: Visit) -> None:
    for path in ("", "lines/"):
        page = visit(path)
        page.wait_for_load_state("networkidle")
        assert layout_shift(page) < 0.02, path


def test_the_player_waits_behind_what_is_read(visit: Visit) -> None:
    page = visit("404.html", service_workers="block")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    asked: dict[str, str] = {}

    def note(event: dict[str, Any]) -> None:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", Path(event["request"]["url"]).name)
        asked[name] = event["request"]["initialPriority"]

    network.on("Network.requestWillBeSent", note)
    page.goto(visit.address + "lines/", wait_until="networkidle")
    assert asked["player.js"] == "Low"
    assert {asked["hub.css"], asked["topic.css"]} == {"VeryHigh"} and asked["topic.js"] == "High"


def test_paper_shows_the_whole_transcript_and_no_player(visit: Visit) -> None:
    page = visit("lines/", width=320, height=300)
    script = page.locator("#script")
    whole = "element => element.scrollHeight <= element.clientHeight + 1"
    assert not script.evaluate(whole)
    page.emulate_media(media="print")
    expect(page.locator("video")).to_be_hidden()
    assert script.evaluate(whole)
    assert (
        script.locator(".line").last.evaluate("element => getComputedStyle(element).color") == "rgb(0, 0, 0)"
    )


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit("lines/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_own_faces_are_used(visit: Visit) -> None:
    page = visit()
    until(page, "document.fonts.check('16px Inter') && document.fonts.check('16px \"JetBrains Mono\"')")
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
