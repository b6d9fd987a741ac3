"""What the pages do for who learns: questions, things to take away, the way on, and where it was left."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.hub.conftest import CODE, Visit, layout_shift, until
from tests.hub.test_reader import hold, reached

WATCHED = {
    "lines": {"at": 11.8, "of": 12, "when": 1, "seen": True},
    "streets": {"at": 7.3, "of": 12, "when": 2, "seen": False},
}


def watched(visit: Visit, kept: object = WATCHED, width: int = 1280) -> Page:
    """The page of a visitor whose browser remembers ``kept``."""
    page = visit(width=width)
    page.evaluate("kept => localStorage.setItem('watched', kept)", json.dumps(kept))
    page.reload()
    return page


def stop(page: Page, slug: str):
    return page.locator(f".stop[data-slug={slug}]")


# Questions.


def test_an_answer_is_judged_and_explained(visit: Visit) -> None:
    page = visit("lines/")
    question = page.get_by_role("group", name=re.compile("How steep is it"))
    expect(question.get_by_text("Because the slope is two.")).to_be_hidden()
    question.get_by_label("One").check()
    expect(question.get_by_role("status")).to_have_text("Not quite.")
    expect(question.get_by_text("Because the slope is two.")).to_be_visible()
    question.get_by_label("Two").check()
    expect(question.get_by_role("status")).to_have_text("Right.")
    hold(page)
    question.get_by_role("link", name="Two is the honest slope").click()
    reached(page, 8)


def test_questions_answer_without_a_script(visit: Visit) -> None:
    page = visit("lines/", java_script_enabled=False)
    question = page.get_by_role("group", name=re.compile("What is a residual then"))
    question.get_by_label("A slope").check()
    question.get_by_text("Answer").click()
    expect(question.get_by_text("Each gap is a residual.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


# Formulas, code, words.


def test_formulas_are_text_in_the_lessons_ink(visit: Visit) -> None:
    page = visit("lines/", java_script_enabled=False)
    math = page.get_by_role("group", name="The line").locator("math")
    assert "".join((math.text_content() or "").split()) == "𝑦̂=𝑎𝑥+𝑏1"
    colors = math.evaluate(
        "math => Object.fromEntries([...math.querySelectorAll('[class]')].map(e =>"
        " [e.className, getComputedStyle(e).color]))"
    )
    assert colors == {
        "ink-second": "rgb(150, 80, 10)",
        "ink-focus": "rgb(125, 90, 0)",
        "ink-first": "rgb(23, 98, 158)",
    }
    above, below = math.locator("mfrac > *").all()
    top, bottom = above.bounding_box(), below.bounding_box()
    assert top and bottom and top["y"] + top["height"] <= bottom["y"] + 3


def test_the_maths_face_is_loaded_where_there_are_formulas_only(visit: Visit) -> None:
    page = visit("lines/")
    until(page, "[...document.fonts].some(f => f.family.includes('Hub Maths') && f.status === 'loaded')")
    page = visit("streets/")
    page.wait_for_load_state("networkidle")
    assert not page.evaluate(
        "[...document.fonts].some(f => f.family.includes('Hub Maths') && f.status === 'loaded')"
    )


def test_code_words_and_a_moment_can_be_copied(visit: Visit) -> None:
    page = visit("lines/#t=5", permissions=["clipboard-read", "clipboard-write"])
    hold(page)
    reached(page, 5)
    page.get_by_role("button", name="Copy the code").click()
    until(page, "document.getElementById('code-said').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == CODE
    page.get_by_role("button", name="Copy the transcript").click()
    until(page, "document.getElementById('script-said').textContent === 'Copied'")
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith(
        "Lines & Slopes\n\n0:00 Steeper means faster\n\nLook at the line. It rises < twice as"
    )
    page.get_by_role("button", name="Link to this moment").click()
    until(page, "navigator.clipboard.readText().then(text => text.endsWith('?t=5'))")
    assert page.evaluate("navigator.clipboard.readText()") == visit.address + "lines/?t=5"


def test_the_transcript_can_be_saved(visit: Visit) -> None:
    page = visit("lines/", java_script_enabled=False)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the transcript as a text file").click()
    assert download.value.suggested_filename == "lines.txt"


def test_a_term_leads_to_the_second_of_its_definition(visit: Visit) -> None:
    page = visit("lines/")
    hold(page)
    link = page.get_by_role("link", name="where residual is defined")
    second = float(link.get_attribute("data-t") or "nan")
    assert 4 < second < 6 and second != int(second)
    link.click()
    reached(page, second, within=0.05)


def test_code_is_coloured_by_classes(visit: Visit) -> None:
    page = visit("lines/", java_script_enabled=False)
    assert page.locator("#code").text_content() == CODE
    color = "element => getComputedStyle(element).color"
    assert page.locator("#code .code-kn").first.evaluate(color) == "rgb(205, 180, 248)"
    assert page.locator("#code .code-c1").evaluate(color) == "rgb(154, 167, 186)"
    expect(page.get_by_role("group", name="What it prints")).to_have_text("2.0")


def test_only_what_scrolls_is_a_stop_of_the_tab_key(visit: Visit) -> None:
    page = visit("lines/")
    expect(page.locator(".maths[tabindex], .code pre[tabindex]")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.locator(".code pre[tabindex='0']")).to_have_count(1)
    expect(page.locator(".maths[tabindex]")).to_have_count(0)


# The way on.


def test_the_arrows_walk_along_the_path(visit: Visit) -> None:
    page = visit()
    expect(stop(page, "lines")).to_have_attribute("tabindex", "0")
    assert page.locator(".stop[tabindex='0']").count() == 1
    stop(page, "lines").focus()
    expect(page.locator(".path-lit")).to_have_count(1)
    for key, slug in (
        ("ArrowRight", "spheres"),
        ("ArrowRight", "spheres"),
        ("ArrowUp", "streets"),
        ("ArrowUp", "streets"),
        ("ArrowRight", "cubes"),
        ("ArrowLeft", "streets"),
        ("ArrowDown", "spheres"),
        ("Home", "lines"),
        ("End", "spheres"),
        ("ArrowLeft", "lines"),
    ):
        page.keyboard.press(key)
        expect(page.locator(".stop:focus")).to_have_attribute("data-slug", slug)
    page.keyboard.press("Enter")
    expect(page).to_have_url(visit.address + "lines/")


def test_a_topic_of_the_path_says_what_it_needs_and_leads_to_its_card(visit: Visit) -> None:
    page = visit()
    node = page.get_by_role("link", name="Cubes, coming; builds on Streets and Lines & Slopes")
    node.click()
    expect(page).to_have_url(visit.address + "#topic-cubes")
    expect(page.locator("#topic-cubes")).to_be_in_viewport()


def test_what_is_next_leads_to_its_page_or_to_its_card(visit: Visit) -> None:
    page = visit("lines/")
    following = page.get_by_role("region", name="Where to go next")
    expect(following.get_by_role("listitem")).to_have_text(
        ["Streets 0:12", "Cubes coming", "Spheres & Other Round Bodies being rendered"]
    )
    links = [link.get_attribute("href") for link in following.get_by_role("link").all()]
    assert links == ["../streets/", "../#topic-cubes", "../#topic-spheres"]


def test_the_path_says_where_to_start_and_what_is_next(visit: Visit) -> None:
    page = visit()
    expect(page.locator(".stop-next")).to_have_attribute("data-slug", "lines")
    expect(page.locator(".stop-next .stop-mark")).to_have_text("Start here")
    expect(
        page.get_by_role("link", name="Start here: Lines & Slopes, to watch, 0:12", exact=True)
    ).to_be_visible()
    page = watched(visit)
    expect(page.locator(".stop-next")).to_have_attribute("data-slug", "streets")
    expect(page.locator(".stop-next .stop-mark")).to_have_text("Next for you")
    expect(page.locator("#path-begin")).to_have_text("Next for you: Streets")
    expect(page.get_by_role("link", name="Next for you: Streets, to watch")).to_have_attribute(
        "data-slug", "streets"
    )
    expect(
        page.get_by_role("link", name=re.compile("^Lines & Slopes, to watch, 0:12, watched$"))
    ).to_have_count(1)


def test_what_builds_on_what_was_seen_comes_first(visit: Visit) -> None:
    page = visit()

    def free_spheres(route) -> None:
        """Spheres can be watched, and build on nothing."""
        text = route.fetch().text()
        before, mark, after = text.partition('<a class="stop" href="#topic-spheres"')
        after = after.replace('data-needs="lines"', 'data-needs=""', 1)
        route.fulfill(body=before + mark.replace('"stop"', '"stop stop-ready"') + after)

    page.route(visit.address, free_spheres)
    page.evaluate("kept => localStorage.setItem('watched', kept)", json.dumps(WATCHED))
    page.reload()
    expect(page.locator(".stop-ready")).to_have_count(3)
    expect(page.locator(".stop-next")).to_have_attribute("data-slug", "streets")


def test_the_path_is_whole_without_a_script(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    expect(page.locator(".path .stop")).to_have_count(4)
    expect(page.get_by_text("Arrow keys walk")).to_be_hidden()
    page.locator(".stop-start").click()
    expect(page).to_have_url(visit.address + "lines/")


def test_narrow_screens_have_the_path_step_by_step(visit: Visit) -> None:
    page = watched(visit, width=360)
    expect(page.locator(".path")).to_be_hidden()
    steps = page.locator(".steps > li")
    expect(steps).to_have_count(3)
    assert [step.locator("a:visible").count() for step in steps.all()] == [1, 2, 1]
    expect(page.locator(".step-done")).to_have_text("Lines & Slopes, to watch")
    expect(page.locator(".step-next")).to_have_text("Streets, to watch")
    page.locator(".step[data-slug=cubes]").click()
    expect(page.locator("#topic-cubes")).to_be_in_viewport()


# Where it was left.


def test_where_it_was_left_is_kept_and_offered(visit: Visit) -> None:
    page = visit("lines/#t=6")
    until(page, "document.querySelector('video').readyState >= 1")
    page.evaluate("document.querySelector('video').muted = true; document.querySelector('video').play()")
    until(page, "document.querySelector('video').currentTime > 7.2")
    page.evaluate("document.querySelector('video').pause()")
    kept = "JSON.parse(localStorage.getItem('watched') ?? '{}').lines?.at"
    until(page, f"Math.abs(({kept}) - document.querySelector('video').currentTime) <= 0.06")
    page.get_by_role("link", name="All topics").click()
    left = page.get_by_role("region", name="Continue watching")
    expect(left.get_by_role("listitem")).to_have_count(1)
    expect(left.get_by_text("0:07 of 0:12")).to_be_visible()
    left.get_by_role("link", name="Lines & Slopes").click()
    expect(page).to_have_url(visit.address + "lines/?t=7")
    reached(page, 7)


def test_what_was_watched_can_be_forgotten(visit: Visit) -> None:
    page = watched(visit)
    left = page.get_by_role("region", name="Continue watching")
    expect(left.get_by_role("link")).to_have_text(["Streets"])
    expect(page.locator("#topic-lines.card-seen")).to_have_count(1)
    page.get_by_role("button", name="Forget what I watched").click()
    expect(left).to_be_hidden()
    expect(page.locator(".card-seen, .stop-done")).to_have_count(0)
    expect(page.locator(".stop-next")).to_have_attribute("data-slug", "lines")
    assert page.evaluate("localStorage.getItem('watched')") is None
    page.reload()
    expect(left).to_be_hidden()


@pytest.mark.parametrize(
    "kept",
    [
        "nonsense",
        {"lines": {"at": "x", "of": 12, "when": 1, "seen": True}},
        {"lines": {"at": 11, "of": 0, "when": 1, "seen": True}},
        {"gone": WATCHED["lines"]},
        [],
    ],
)
def test_a_memory_that_makes_no_sense_is_ignored(visit: Visit, kept: object) -> None:
    page = watched(visit, kept)
    expect(page.get_by_role("region", name="Continue watching")).to_be_hidden()
    expect(page.locator(".stop-next")).to_have_attribute("data-slug", "lines")


def test_nothing_moves_when_something_was_left(visit: Visit) -> None:
    page = watched(visit)
    page.wait_for_load_state("networkidle")
    assert layout_shift(page) < 0.02


# Filter.


def test_topics_are_filtered_and_counted(visit: Visit) -> None:
    page = visit()
    count = page.locator("#filter-count")
    expect(count).to_have_text("All 4 topics")
    page.get_by_label("Level").select_option("advanced")
    expect(count).to_have_text("2 of 4 topics")
    expect(page).to_have_url(visit.address + "?level=advanced")
    expect(page.locator("#topic-lines")).to_be_hidden()
    expect(page.locator("#basics")).to_be_hidden()
    expect(page.locator(".stop-aside")).to_have_count(2)
    page.locator("#filter-section").select_option("basics")
    expect(count).to_have_text("No topic is both")
    page.get_by_role("button", name="Show all").click()
    expect(count).to_have_text("All 4 topics")
    expect(page).to_have_url(visit.address)


def test_a_filter_can_be_linked(visit: Visit) -> None:
    page = visit("?section=basics&level=intermediate")
    expect(page.locator("#filter-count")).to_have_text("1 of 4 topics")
    expect(page.locator(".card:visible h3")).to_have_text(["Streets"])
    page = visit("?section=nowhere")
    expect(page.locator("#filter-count")).to_have_text("All 4 topics")


def test_a_link_to_what_the_filter_hides_shows_it(visit: Visit) -> None:
    page = visit("?level=beginner")
    expect(page.locator("#topic-cubes")).to_be_hidden()
    stop(page, "cubes").click()
    expect(page.locator("#topic-cubes")).to_be_in_viewport()
    expect(page.locator("#filter-count")).to_have_text("All 4 topics")


def test_without_a_script_everything_is_shown_and_nothing_idle_is_offered(visit: Visit) -> None:
    page = visit("?level=beginner", java_script_enabled=False)
    expect(page.locator(".card:visible")).to_have_count(4)
    expect(page.get_by_label("Level")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


# The foot.


def test_the_call_at_the_foot_is_the_catalogs(visit: Visit) -> None:
    for path in ("", "lines/", "404.html"):
        page = visit(path)
        call = page.get_by_role("contentinfo").get_by_role("link", name="Move the figures yourself")
        expect(call).to_have_attribute("href", "https://small.example/")
