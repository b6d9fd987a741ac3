"""Search: the index on disk, the finding in Node, the dialog in a browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Route, expect

from hub.bundle import bundle
from hub.node import ROOT, run_node
from hub.search import word_times
from hub.site import SiteReport
from render.store.rendered import Beat, Script, Word
from tests.axe import find_violations
from tests.hub.conftest import Visit, timeline, until

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Ask = Any


@pytest.fixture(scope="module")
def library(report: SiteReport) -> dict[str, Any]:
    """The index of the small site."""
    (path,) = (report.out / "assets").glob("search.*.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Hits of queries in a library."""
    module = tmp_path_factory.mktemp("find") / "find.mjs"
    module.write_bytes(bundle(ROOT / "hub" / "web" / "find.ts"))

    def find(library: dict[str, Any], *queries: str) -> list[list[dict[str, Any]]]:
        found = search(module, library, *queries)
        hits: list[list[dict[str, Any]]] = found["hits"]
        return hits

    return find


def search(module: Path, library: dict[str, Any], *queries: str) -> dict[str, Any]:
    """What ``ask.mjs`` finds with the bundle ``module``."""
    text = json.dumps({"library": library, "queries": queries})
    found: dict[str, Any] = json.loads(run_node([ROOT / "tests" / "hub" / "ask.mjs", module], text))
    return found


def of(*said: str, names: list[list[object]] | None = None, announced: Sequence[str] = ()) -> dict[str, Any]:
    """A library of one topic with a chapter, whose beats begin every ten seconds, a word a second.

    After it come topics that are only ``announced``, each a title with the blurb "It is coming."
    """
    return {
        "topics": [
            ["svm/", "Streets", "A blurb.", [["Only the kerb matters", 0]], ""],
            *(
                [f"#topic-{number}", title, "It is coming.", [], "coming"]
                for number, title in enumerate(announced)
            ),
        ],
        "where": [[0, 0, 100 * at] for at in range(len(said))],
        "said": said,
        "times": ["0" + "a" * (len(text.split()) - 1) for text in said],
        "names": names or [],
    }


def test_the_index_has_every_topic_and_every_beat(library: dict[str, Any]) -> None:
    script = Script.model_validate(timeline("lines", "Lines"))
    assert [(path, len(chapters), state) for path, _, _, chapters, state in library["topics"]] == [
        ("lines/", 3, ""),
        ("streets/", 3, ""),
        ("#topic-cubes", 0, "coming"),
        ("#topic-spheres", 0, "being rendered"),
    ]
    beats = [beat for chapter in script.chapters for beat in chapter.beats]
    columns = zip(library["where"], library["said"], library["times"], strict=True)
    assert [(text, times) for (topic, _, _), text, times in columns if topic == 0] == [
        (beat.text, word_times(beat)) for beat in beats
    ]


@given(
    start=st.floats(0, 3000),
    gaps=st.lists(st.floats(0, 30), min_size=1, max_size=40),
)
def test_word_times_never_drift(start: float, gaps: list[float]) -> None:
    """However many words came before, a time is right to the tenth of a second."""
    starts, now = [], start
    for gap in gaps:
        now += gap
        starts.append(now)
    words = tuple(Word(text="w", start=second, end=second) for second in starts)
    digits = word_times(Beat(text=" ".join("w" * len(words)), start=start, end=now, words=words))
    tenth, read = round(start * 10), []
    for digit in digits:
        tenth += 61 if digit == "~" else DIGITS.index(digit)
        if digit != "~":
            read.append(tenth)
    assert read == [round(second * 10) for second in starts]


def test_words_that_the_voice_counts_otherwise_have_no_times() -> None:
    words = (Word(text="R", start=0, end=1), Word(text="squared", start=1, end=2))
    assert word_times(Beat(text="R² is high", start=0, end=2, words=words)) == ""


def test_a_phrase_comes_first_and_leads_to_its_own_words(ask: Ask) -> None:
    library = of("The margin is wide and soft.", "Here is another word: the soft margin. It bends.")
    (hits,) = ask(library, "soft margin")
    assert hits[0]["text"].startswith("Here") and hits[0]["second"] == 15
    ((start, end),) = hits[0]["marks"]
    assert hits[0]["text"][start:end] == "soft margin"
    assert hits[1]["text"].startswith("The margin")


def test_a_word_is_found_while_it_is_typed_and_when_it_is_misspelt(ask: Ask) -> None:
    library = of("The eigenvectors only stretch.", "Nothing else.")
    for hits in ask(library, "eig", "eigenvectro", "EIGENVECTORS", "only str"):
        assert [hit["text"] for hit in hits] == ["The eigenvectors only stretch."]


def test_raised_figures_accents_and_points_do_not_matter(ask: Ask) -> None:
    library = of("So R² is 0.93 here.", "Naïve Bayes counts.")
    first, second, third = ask(library, "r2", "naive", "0.93")
    assert first[0]["second"] == 1 and third[0]["second"] == 3
    assert second[0]["text"] == "Naïve Bayes counts."


def test_claims_and_names_are_found_with_their_kind(ask: Ask) -> None:
    library = of("Words.", names=[[0, 420, "term", "kernel trick", "Products without coordinates."]])
    claim, term = ask(library, "kerb", "kernel")
    assert (claim[0]["kind"], claim[0]["second"]) == ("chapter", 0)
    assert (term[0]["kind"], term[0]["second"], term[0]["chapter"]) == ("term", 42, "Only the kerb matters")


def test_what_is_announced_comes_after_what_can_be_watched(ask: Ask) -> None:
    """Said in the same place, a title or a text, by as many words."""
    library = of(
        "It is coming.",
        names=[[0, 0, "term", "Streets", ""], [0, 0, "formula", "Streets", ""]],
        announced=["Streets", "Only the kerb matters", "Bridges"],
    )
    name, claim, text, alone, misspelt = ask(
        library, "streets", "kerb matters", "coming", "bridges", "bridgis"
    )
    assert [hit["kind"] for hit in name] == ["topic", "term", "formula", "announced"]
    assert [hit["kind"] for hit in claim] == ["chapter", "announced"]
    assert [hit["kind"] for hit in text] == ["said", "announced", "announced", "announced"]
    for (hit,) in (alone, misspelt):
        assert (hit["kind"], hit["topic"], hit["text"], hit["second"]) == ("announced", 3, "Bridges", None)


def test_a_page_lives_on_while_many_sentences_are_indexed(tmp_path: Path) -> None:
    """Three thousand sentences take some tenths of a second, four times that on a phone: in one piece, keys wait."""
    module = tmp_path / "find.mjs"
    module.write_bytes(bundle(ROOT / "hub" / "web" / "find.ts"))
    found = search(module, of(*(f"Sentence {number}." for number in range(3000))), "sentence 2999")
    assert found["turns"] >= 10
    assert found["hits"][0][0]["text"] == "Sentence 2999."


def test_nothing_is_found_for_nothing(ask: Ask) -> None:
    assert ask(of("Words."), "", " .,- ", "zzzzzz") == [[], [], []]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_spoken_phrase_is_found_and_the_video_goes_there(visit: Visit, width: int) -> None:
    page = visit(width=width)
    page.keyboard.press("Control+k")
    page.keyboard.type("squares make them")
    hit = page.locator(".hits a").first
    expect(hit).to_contain_text("Squares make them count.")
    expect(page.locator(".search-box [role=status]")).to_have_text("2 places")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lines/#t=6")
    until(page, "document.querySelector('video').currentTime > 0")
    assert abs(page.evaluate("document.querySelector('video').currentTime") - 6) < 1


def test_a_hit_on_the_page_itself_moves_its_video(visit: Visit) -> None:
    page = visit("streets/")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("honest slope")
    page.locator('.hits a[href$="streets/#t=8"]').click()
    expect(page.locator("dialog")).to_be_hidden()
    until(page, "Math.abs(document.querySelector('video').currentTime - 8) < 1")


@pytest.mark.parametrize("path", ["", "lines/", "glossary/", "?level=beginner"])
def test_an_announced_topic_is_found_as_such_and_leads_to_its_card(visit: Visit, path: str) -> None:
    page = visit(path, width=360)
    page.keyboard.press("Control+k")
    for words, found in (
        ("cubes", "comingCubes"),
        ("a rolling sphere", "being renderedSpheres & Other Round Bodies"),
    ):
        page.locator("#search-field").fill(words)
        expect(page.locator(".hits a").first).to_have_text(found)
    page.locator("#search-field").press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    page.wait_for_url("**/hub/#topic-spheres")
    expect(page.locator("#topic-spheres:target")).to_be_in_viewport()


def test_the_box_closes_by_key_and_gives_back_the_focus(visit: Visit) -> None:
    page = visit()
    button = page.get_by_role("button", name="Search")
    button.press("Enter")
    page.keyboard.type("no such words")
    expect(page.locator(".search-box [role=status]")).to_contain_text("Nothing says")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # the first may only empty the field
    expect(page.locator("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_without_a_script_no_dead_button_is_shown(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("button", name="Search")).to_have_count(0)


def test_nothing_moves_when_the_search_comes_to_life(visit: Visit) -> None:
    page = visit("404.html", width=360, service_workers="block")
    held: list[Route] = []
    page.route("**/site.*.js", lambda route: held.append(route))
    page.goto(visit.address, wait_until="commit")
    until(page, "document.fonts.status === 'loaded' && document.querySelector('.tools') !== null")
    until(page, "document.fonts.check('16px Inter')")
    before = page.locator(".tools > a").bounding_box()
    expect(page.locator(".search-open")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(".search-open")).to_be_visible()
    assert page.locator(".tools > a").bounding_box() == before


def test_the_page_loads_no_index_until_it_is_asked(visit: Visit, report: SiteReport) -> None:
    page = visit(service_workers="block")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.reload()
    assert asked and not [name for name in asked if name.startswith("search.")]
    page.keyboard.press("Control+k")
    page.keyboard.type("gap")
    expect(page.locator(".hits a").first).to_be_visible()
    assert [name for name in asked if name.startswith("search.")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_box_stands_in_nobodys_way(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.keyboard.press("Control+k")
    page.keyboard.type("residual")
    expect(page.locator(".hits a").first).to_be_visible()
    assert find_violations(page, "dialog") == []
