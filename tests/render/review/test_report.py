"""What a person sees of a review: the same every time, whole, and open to everybody."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from render.review.report import print_summary, write_review_report
from render.review.result import LessonReview, WrittenReview
from tests.axe import find_violations
from tests.limit import PAGE
from tests.render.review import sample


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture(scope="module")
def review(drawn: Path) -> LessonReview:
    return sample.review(drawn)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, review: LessonReview, drawn: Path) -> Path:
    return write_review_report(tmp_path_factory.mktemp("build") / "svm", review, drawn, shown=sample.shown())


@pytest.fixture(scope="module")
def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Files.


def test_the_same_review_gives_the_same_bytes_and_leaves_nothing_of_the_last(
    page: Path, review: LessonReview, drawn: Path, tmp_path: Path
) -> None:
    again = tmp_path / "svm"
    (again / "pictures" / "gone").mkdir(parents=True)
    (again / "pictures" / "gone" / "old.webp").write_bytes(b"old")
    write_review_report(again, review, drawn, shown=sample.shown())
    first = contents(page.parent)
    assert contents(again) == first
    assert {"report.html", "report.json", "report.sarif"} < set(first)


def test_the_pictures_are_kept_without_loss(page: Path, drawn: Path) -> None:
    crops = [(drawn / "widest_street" / "crossed-0.png", "widest_street/crossed-0.webp")]
    stills = [(drawn / "which_line" / "still-2.png", "which_line/still-2.webp")]
    for source, kept in crops + stills:
        with Image.open(source) as one, Image.open(page.parent / "pictures" / kept) as other:
            assert np.array_equal(np.asarray(one.convert("RGB")), np.asarray(other.convert("RGB")))


def test_the_reports_own_pictures_are_no_source(review: LessonReview, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    with pytest.raises(ValueError, match="draw them elsewhere"):
        write_review_report(tmp_path, review, tmp_path / "pictures")
    assert (tmp_path / "pictures").is_dir()


def test_findings_without_keys_of_their_own_are_refused(
    review: LessonReview, drawn: Path, tmp_path: Path
) -> None:
    nameless = replace(review, narration=tuple(replace(one, key="") for one in review.narration))
    twins = replace(review, narration=review.narration[:1] * 2)
    for wrong in (nameless, twins):
        with pytest.raises(ValueError, match="pass them through keyed"):
            write_review_report(tmp_path / "svm", wrong, drawn)


def test_words_of_another_telling_are_refused(review: LessonReview, drawn: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        write_review_report(tmp_path / "svm", review, drawn, shown=sample.shown()[1:])
    assert not (tmp_path / "svm").exists()


def test_the_record_says_all_that_the_page_says(page: Path, review: LessonReview) -> None:
    text = page.with_name("report.json").read_text(encoding="utf-8")
    assert "NaN" not in text
    record = json.loads(text)
    assert (record["topic"], record["passed"], record["errors"], record["warnings"]) == ("svm", False, 3, 6)
    assert [one["key"] for one in record["findings"]] == [one.key for one in review.findings]
    assert [one["start"] for one in record["chapters"]] == [0.0, 15.0, 44.0]
    assert record["chapters"][1]["words_a_minute"] == pytest.approx(124, abs=1)
    assert record["chapters"][1]["allowances"][1]["used"] is False
    direction = record["chapters"][1]["direction"]
    assert (direction["median_box"], direction["stillness"], direction["shots"]) == (
        0.65,
        0.5,
        ["wide", "close-up"],
    )
    assert direction["moves"][0] == {"seconds": 2.4, "target": "Street self.<street>", "word": "street"}
    assert record["direction"]["numbers"] == 9
    crossed = next(one for one in record["findings"] if one["kind"] == "crossed")
    assert (crossed["lesson_seconds"], crossed["severity"]) == (36.4, "error")
    kept = [one["name"] for chapter in record["chapters"] for one in chapter["stills"]]
    kept += [one["crop"] for one in record["findings"] if one["crop"]]
    assert len(kept) == 11 and all((page.parent / one).is_file() for one in kept)


# The terminal.


def summary(review: LessonReview, report: Path, *, as_json: bool = False) -> list[str]:
    stream = io.StringIO()
    written = WrittenReview(review.timeline, review.findings, report)
    print_summary(written, stream, as_json=as_json)
    return stream.getvalue().splitlines()


@pytest.fixture
def here(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(page.parent.parent)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("here")
def test_the_terminal_tells_findings_as_compilers_do(page: Path, review: LessonReview) -> None:
    lines = summary(review, page)
    faults = [line for line in lines if line.startswith("scenes/svm/margin.py:")]
    numbers = [int(line.split(":")[1]) for line in faults]
    assert numbers == sorted(numbers) and len(faults) == 9 and numbers[0] == 98
    key = next(one.key for one in review.findings if one.kind == "crossed")
    crossed = lines.index(
        'scenes/svm/margin.py:233: error: crossed: "margin = 1.22" is crossed by Line self.street: 31 % of its ink, '
        f"expected 2 % at most [{key}]"
    )
    assert lines[crossed + 1].strip() == "svm/pictures/widest_street/crossed-0.webp"
    assert Path(lines[crossed + 1].strip()).is_file()
    assert lines[-2].startswith("svm: 3 errors, 6 warnings (1 crossed, 1 contrast, 1 pop, 1 margin,")
    assert lines[-1] == "svm/report.html"


@pytest.mark.usefixtures("here")
def test_nothing_found_is_told_in_two_lines(page: Path, review: LessonReview) -> None:
    clean = replace(review, chapters=review.chapters[2:], narration=())
    assert summary(clean, page) == ["svm: 0 errors, 0 warnings", "svm/report.html"]


@pytest.mark.usefixtures("here")
def test_for_machines_a_line_is_an_object(page: Path, review: LessonReview) -> None:
    records = [json.loads(line) for line in summary(review, page, as_json=True)]
    assert sorted(one["key"] for one in records) == sorted(one.key for one in review.findings)
    assert [one["line"] for one in records] == sorted(one["line"] for one in records)
    assert all(Path(one["crop"]).is_file() for one in records if one["crop"])
    assert next(one for one in records if one["kind"] == "unshown")["bound"] is None


# The page.


@pytest.fixture
def opened(browser: Browser, page: Path) -> Iterator[Callable[..., Page]]:
    """Opens the report from its file; whatever the browser minds, or asks of another place, fails the test."""
    contexts: list[BrowserContext] = []
    minded: list[str] = []

    def mind(address: str, inside: str) -> None:
        if not address.startswith((inside, "data:")):
            minded.append(address)

    def open_page(file: Path = page, *, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(1000 * PAGE)
        context.on("console", lambda said: minded.append(said.text))
        context.on("weberror", lambda error: minded.append(str(error.error)))
        context.on("requestfailed", lambda request: minded.append(request.url))
        context.on("request", lambda asked: mind(asked.url, file.parent.as_uri()))
        opened = context.new_page()
        opened.goto(file.as_uri())
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert minded == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_in_anyones_way(opened: Callable[..., Page], width: int, scheme: str) -> None:
    page = opened(width=width, color_scheme=scheme, reduced_motion="reduce")
    assert find_violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_its_screen(opened: Callable[..., Page], width: int) -> None:
    assert opened(width=width).evaluate("document.documentElement.scrollWidth") <= width


def test_every_picture_is_shown_and_every_link_leads_somewhere(opened: Callable[..., Page]) -> None:
    page = opened()
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    whole = "image => image.decode().then(() => image.naturalWidth == image.getAttribute('width'))"
    assert (
        page.evaluate(f"Promise.all([...document.images].map({whole}))") == [True] * 16
    )  # 3 crops, 5 findings with the still of their beat, 8 beats
    links = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))")
    assert len(links) > 20
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", links) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_the_verdict_stands_at_the_top(opened: Callable[..., Page]) -> None:
    page = opened()
    expect(page.get_by_role("heading", level=1)).to_have_text("SVM, SVR & KNN: the <widest> street")
    expect(page.locator(".ruling")).to_have_text("Does not pass: 3 errors, 6 warnings")
    expect(page.locator(".filter")).to_contain_text("crossed1")


def test_a_finding_says_all_that_mends_it(opened: Callable[..., Page]) -> None:
    card = opened().locator(".finding[data-kind=crossed]")
    for words in (
        "error text crossed",
        "31 % of its ink, expected 2 % at most",
        "Move the text off what runs behind it, or put it on a card.",
        "scenes/svm/margin.py:233",
        "00:36.4 of the lesson, 00:21.4 of the chapter, for 3.2 s",
        "0.31 against 0.02",
        "Beat 3 of 4",
        "The margin is 1.22.",
        "crossed-4723675f30",
    ):
        expect(card).to_contain_text(words)
    expect(card.locator("img")).to_have_attribute("src", "pictures/widest_street/crossed-0.webp")


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def test_findings_are_sifted_by_severity_and_kind(opened: Callable[..., Page]) -> None:
    page = opened()
    findings, status = page.locator(".finding:visible"), page.get_by_role("status")
    expect(findings).to_have_count(9)
    box(page, "errors").check()
    expect(findings).to_have_count(3)
    expect(status).to_have_text("3 of 9 shown")
    expect(page.get_by_role("heading", name="Many lines part two groups")).to_have_count(
        1
    )  # in the transcript alone
    box(page, "pop").check()
    box(page, "crossed").check()
    expect(findings).to_have_count(2)
    box(page, "errors").uncheck()
    box(page, "silence").check()
    expect(findings).to_have_count(3)
    page.get_by_role("button", name="Show all").click()
    expect(findings).to_have_count(9)
    expect(page.locator("input:checked")).to_have_count(0)


def test_a_mark_in_the_transcript_finds_what_was_sifted_away(opened: Callable[..., Page]) -> None:
    page = opened()
    box(page, "errors").check()
    margin = page.locator(".finding[data-kind=margin]")
    expect(margin).to_be_hidden()
    page.locator("#transcript").get_by_role("link", name="margin").click()
    expect(margin).to_be_visible()
    expect(margin).to_be_in_viewport()


def test_a_place_is_copied_by_keys_alone(opened: Callable[..., Page]) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the place scenes/svm/margin.py:233").focus()
    page.keyboard.press("Enter")
    expect(page.locator("button:focus")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "scenes/svm/margin.py:233"


def test_the_keyboard_reaches_everything_in_order(opened: Callable[..., Page]) -> None:
    page = opened()
    focusable = page.locator("a[href]:visible, button:visible, input:visible, [tabindex='0']:visible").count()
    reached = []
    for _ in range(focusable):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML + document.activeElement.offsetTop"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert "To the findings" in reached[0]
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "Copy the place scenes/svm/margin.py:206"
    )


def test_without_a_script_all_is_there_and_no_button_is_dead(opened: Callable[..., Page]) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(".finding:visible")).to_have_count(9)
    expect(page.locator("button:visible, input:visible")).to_have_count(0)
    expect(page.get_by_text("scenes/svm/margin.py:233")).to_be_visible()


def test_the_direction_of_each_chapter_is_told(opened: Callable[..., Page]) -> None:
    page = opened()
    table = page.locator("#direction table")
    expect(table.locator("tbody tr")).to_have_count(4)
    expect(table.locator("tbody tr").nth(1)).to_contain_text("65%")
    expect(table.locator("tbody tr").last).to_contain_text("All")
    camera = page.locator("#direction p.under")
    expect(camera).to_have_text(
        "2 The camera goes at 00:17.4 (street) to Street self.<street>; at 00:24.0 to the stage."
    )


def test_the_transcript_stands_beside_its_stills(opened: Callable[..., Page]) -> None:
    page = opened()
    beats = page.locator(".beats > li")
    expect(beats).to_have_count(8)
    third = page.locator("#said-widest_street-2")
    expect(third).to_contain_text("00:36.0")
    expect(third).to_contain_text("2.0 s")
    expect(third).to_contain_text("The margin is 1.22.")
    expect(third.locator(".fresh")).to_have_text("New on screen margin = 1.22")
    expect(third.get_by_role("link", name="crossed")).to_have_attribute("href", "#crossed-4723675f30")
    expect(page.locator("#said-which_line-2 .fresh")).to_have_count(0)  # what stands there stood there before
    anew = page.locator("#said-widest_street-0 .fresh")  # a chapter starts with nothing; scales are not read
    expect(anew).to_have_text("New on screen petal length (cm) sepal width (cm)")


def test_pace_is_shown_against_its_bounds(opened: Callable[..., Page]) -> None:
    rows = opened().locator(".paces tbody tr")
    expect(rows.nth(0)).not_to_contain_text("outside the bounds")
    expect(rows.nth(1)).to_contain_text("outside the bounds")
    expect(rows.nth(1).get_by_role("img")).to_have_attribute(
        "aria-label", "124 words a minute; 130 to 175 wanted"
    )


def test_the_silent_pace_has_bounds_of_its_own(
    opened: Callable[..., Page], review: LessonReview, drawn: Path, tmp_path: Path
) -> None:
    silent = replace(review, timeline=sample.timeline("silent/1"))
    page = opened(write_review_report(tmp_path / "svm", silent, drawn))
    expect(page.locator("#pace .lead")).to_contain_text("100 to 195 are wanted of the silent pace")
    expect(page.locator(".fresh")).to_have_count(0)


def test_allowances_tell_their_reasons_and_whether_they_are_used(opened: Callable[..., Page]) -> None:
    items = opened().locator(".allowances li")
    expect(items.nth(0)).to_contain_text("Band self.street may meet Dots self.flowers used")
    expect(items.nth(0)).to_contain_text("it lies behind")
    expect(items.nth(1)).to_contain_text("is excused from caption without use")
    expect(items.nth(1)).to_contain_text("the <last> word & the end")
    expect(items.nth(1)).to_contain_text("scenes/svm/margin.py:206")


def test_a_clean_lesson_and_one_half_looked_at_say_so(
    opened: Callable[..., Page], review: LessonReview, drawn: Path, tmp_path: Path
) -> None:
    clean = replace(review, chapters=review.chapters[2:], narration=())
    page = opened(write_review_report(tmp_path / "svm", clean, drawn, shown=sample.shown()))
    expect(page.locator(".ruling")).to_have_text("Passes: nothing was found in the 1 chapter looked at")
    expect(page.locator(".facts")).to_contain_text("1 of 3")
    expect(page.locator("#findings")).to_contain_text("Nothing to mend.")
    expect(page.locator(".beats > li")).to_have_count(1)
    expect(page.locator(".finding, .filter")).to_have_count(0)
    expect(page.locator("#allowances")).to_contain_text("self.allow(")


def test_warnings_alone_let_it_pass(
    opened: Callable[..., Page], review: LessonReview, drawn: Path, tmp_path: Path
) -> None:
    fair = replace(review, chapters=review.chapters[:1], narration=())
    expect(opened(write_review_report(tmp_path / "svm", fair, drawn)).locator(".ruling")).to_have_text(
        "Passes, with 1 warning in the 1 chapter looked at"
    )
