"""The figures in a real browser: by mouse, by keys, by touch, by address, still, and as files."""

from __future__ import annotations

import ast
import fcntl
import gzip
import itertools
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from hub import bundle, demo
from hub.node import find_file, run_node
from hub.site import SiteReport, build_site
from render.core.catalog import Catalog, load_catalog
from render.core.fault import UsageFault
from render.plan.dependencies import Code
from render.plan.figure import make_figures
from render.store.figure import figure_file
from scenes.figure import svm
from scenes.figure.reinforcement_learning import SEED
from scenes.maths.reinforcement_learning import gridworld, ice
from scenes.maths.svm import neighbour
from scenes.maths.transformers import cafe, transformers
from scenes.maths.transformers.waiter import train_waiter
from tests.axe import find_violations
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit, render, serving, timeline, until
from tests.hub.test_ink import LIGHT, contrast, properties
from tests.limit import PAGE

ROOT = Path(__file__).parents[2]
READY = [topic.slug for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.status == "ready"]
SLUGS = [slug for slug in READY if (demo.SOURCES / f"{slug}.ts").is_file()]
PAD = transformers.PAD.split()
LONG = "#demo&tab=look&round=" + ",".join(str(word) for word in (4, 13, 5, 12, 2, 8, 3, 9, 2, 8, 5, 12, 2, 2))
"""As many words as the bench takes, long ones last."""
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
DRAWN_FOR_ITS_WIDTH: Final = """document.querySelector('.demo-view > svg').viewBox.baseVal.width
    === document.querySelector('.demo-picture').clientWidth"""
"""A unit of the picture is a pixel of the screen."""


def told(slug: str) -> list[tuple[str, str]]:
    """Names and titles of the chapters in a lesson's own source."""
    module = slug.replace("-", "_")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "scenes" / module).glob("*.py")]
    titles = {
        node.name: str(ast.literal_eval(decorator.args[0]))
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "chapter"
    }
    return [(name, titles[name]) for name in Code(ROOT).chapters(f"scenes/{module}/__init__.py")]


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


def publish(catalog: Catalog, build: Path, out: Path) -> SiteReport:
    """The site of lessons that say nothing: only their figures are looked at."""
    return build_site(catalog, build, out, notes=build)


@pytest.fixture(scope="module")
def hub() -> Catalog:
    return load_catalog(ROOT / "catalog.yaml")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, film: Path, hub: Catalog) -> Path:
    """A build folder with lessons whose chapters are those of their sources, and their figures' numbers."""
    build = render(tmp_path_factory.mktemp("demos"), film, *SLUGS)
    for slug in SLUGS:
        tell(build, slug, told(slug))
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "numbers"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:  # what takes the longest is computed by one process for all
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_figures(ROOT, shared, [hub.lesson(slug) for slug in SLUGS])
    for slug in SLUGS:
        figure_file(build, slug).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(figure_file(shared, slug), figure_file(build, slug))
    return build


@pytest.fixture(scope="module")
def site(build: Path, hub: Catalog) -> SiteReport:
    return publish(hub, build, build / "site")


@pytest.fixture(scope="module")
def address(site: SiteReport) -> Iterator[str]:
    """Where the site is served, for ``visit`` to open its pages."""
    with serving(site.out) as address:
        yield address


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


# --- for everybody --------------------------------------------------------------------------------------------


def seen_by_all(page: Page) -> None:
    """Whoever comes with a phone or a large screen, by day or by night, can use the figure of the page."""
    for width, scheme in itertools.product((360, 1280), SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        until(page, DRAWN_FOR_ITS_WIDTH)
        assert find_violations(page, "#demo") == [], f"{width} px, {scheme}"


@pytest.mark.parametrize("slug", SLUGS)
def test_no_figure_stands_in_anyones_way(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/", bypass_csp=True)
    ready(page)
    seen_by_all(page)


def test_the_waiters_inside_stands_in_nobodys_way(visit: Visit) -> None:
    page = visit(f"transformers/{LONG}&cut=1,3", bypass_csp=True)
    expect(ready(page).locator(".demo-toggle")).to_have_count(4)
    seen_by_all(page)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_figure_is_wider_than_its_screen(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/", width=320)
    ready(page)
    assert page.evaluate(DRAWN_FOR_ITS_WIDTH), "as it comes"
    for width in (320, 480, 768, 2560, 400):
        page.set_viewport_size({"width": width, "height": 800})
        until(page, DRAWN_FOR_ITS_WIDTH)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


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


def test_a_hand_that_is_at_work_is_not_talked_to(visit: Visit) -> None:
    page = visit("svm/")
    ready(page)
    said = page.evaluate(
        """async () => {
            let said = 0;
            new MutationObserver(() => said++).observe(document.querySelector(".demo-status"), {childList: true});
            const slider = document.querySelector(".demo input[type=range]");
            for (let step = 0; step < 12; step++) {
                slider.value = 2 - step / 10;
                slider.dispatchEvent(new Event("input", {bubbles: true}));
                await new Promise(requestAnimationFrame);
            }
            await new Promise((done) => setTimeout(done, 1200));
            return said;
        }"""
    )
    assert 1 <= said <= 4  # of twelve states; once, on a machine that is not busy


@pytest.mark.parametrize("slug", SLUGS)
def test_a_button_shows_what_a_chapter_shows_and_its_link_leads_there(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/")
    figure = ready(page)
    names = dict(told(slug))
    starts = {title: second for second, (_, title) in enumerate(told(slug))}
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


@pytest.mark.parametrize("slug", SLUGS)
def test_nonsense_in_an_address_harms_nothing(visit: Visit, build: Path, slug: str) -> None:
    figure = json.loads(figure_file(build, slug).read_text(encoding="utf-8"))["figure"]
    (start,) = ask_demo(slug, figure, "")
    keys = list(start.state)
    page = visit(f"{slug}/#demo&" + "&".join(f"{key}=-1e999,%00," for key in keys))
    shown = ready(page).inner_html()
    assert "NaN" not in shown and "Infinity" not in shown


def test_nonsense_inside_the_waiter_harms_nothing(visit: Visit) -> None:
    page = visit("transformers/#demo&tab=look&round=-1,99,NaN,7.5&seat=-1e999&head=9&cut=7,NaN,-3")
    shown = ready(page).inner_html()
    assert "NaN" not in shown and "Infinity" not in shown and "undefined" not in shown
    assert bench(page) == [*PAD, "hat"]


WALLED = ".....%23G/.%23%23.%23P%23/.%23...%23./.%23.%23.../S..%23..."
FOUND = [
    ("svm", 0, "moved=70,5.3,4.5"),
    ("svm", 1, "moved=98,2.0,3.4"),
    ("svm", 2, "data=moons&method=radial&price=1000&gamma=100"),
    ("svm", 3, "data=sepals&method=vote&k=47"),
    ("linear-algebra", 0, "d=0.5"),
    ("linear-algebra", 1, "a=0&b=-1&c=1&d=0"),
    ("linear-algebra", 2, "a=2&b=0.5&c=0.5&d=1"),
    ("linear-algebra", 3, "d=-1"),
    ("linear-algebra", 4, "a=1&b=1.5&c=0&d=1"),
    ("transformers", 0, "source=sure&k=3"),
    ("transformers", 1, "source=sure&p=0.8"),
    ("transformers", 2, "temperature=4"),
    ("transformers", 3, "temperature=0.1"),
    ("transformers", 4, "tab=look&cut=0"),
    ("transformers", 5, "tab=look&cut=2"),
    ("transformers", 6, "tab=look&round=0,6,1,12,1,8,3,9,1"),
    ("transformers", 7, "tab=look&round=0,6,1,12,2,8,3,9,4"),
    ("reinforcement-learning", 0, "rate=1&trip=19"),
    ("reinforcement-learning", 1, "schedule=greedy&trip=200"),
    ("reinforcement-learning", 2, "gamma=0.55"),
    ("reinforcement-learning", 3, f"map={WALLED}"),
    ("reinforcement-learning", 4, "ground=ice&pull=fading&trip=200"),
]
"""A state in which each thing to be found is found.  Later topics have theirs in ``tests/hub/topics``."""


@pytest.mark.parametrize("slug", dict.fromkeys(topic for topic, _, _ in FOUND))
def test_all_that_is_to_be_found_can_be_found(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/")
    figure = ready(page)
    quests = figure.locator("[data-quest]")
    assert figure.locator(".found").count() == 0
    states = [(index, state) for topic, index, state in FOUND if topic == slug]
    assert len(states) == quests.count()
    for index, state in states:
        page.evaluate("fragment => location.hash = fragment", f"#demo&{state}")
        expect(quests.nth(index)).to_have_class("found")
        assert figure.locator(".found").count() <= index + 1 + (slug == "linear-algebra")


# --- one by one -----------------------------------------------------------------------------------------------


def test_flowers_are_moved_by_mouse_and_the_street_follows(visit: Visit) -> None:
    page = visit("svm/")
    figure = ready(page)
    assert readout(page, "width") == "1.397 cm"
    assert readout(page, "support vectors") == "3 of 100"
    before = picture(page)
    drag(page, figure.locator(".grip"), 60, 0)
    assert picture(page) != before
    assert float(readout(page, "width").split()[0]) > 1.5
    figure.get_by_role("button", name="Start again").click()
    assert readout(page, "width") == "1.397 cm"
    # Any point can be taken hold of where it stands: here a free one, far from the street.
    spots = page.locator(".demo-view .point.free")
    box = spots.last.bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 120, steps=3)
    settled(page)
    page.mouse.up()
    assert readout(page, "width") == "1.397 cm"


def test_flowers_are_moved_by_keys(visit: Visit) -> None:
    page = visit("svm/")
    figure = ready(page)
    grip = figure.locator(".grip")
    grip.focus()
    assert "holds the street" in (grip.get_attribute("aria-valuetext") or "")
    grip.press("ArrowRight")
    assert readout(page, "width") > "1.397 cm"
    grip.press("Shift+ArrowLeft")
    assert readout(page, "width") < "1.397 cm"
    label = grip.get_attribute("aria-label")
    grip.press("PageDown")
    assert grip.get_attribute("aria-label") != label
    expect(grip).to_be_focused()


def test_dials_of_the_street_refit_it(visit: Visit) -> None:
    page = visit("svm/")
    figure = ready(page)
    figure.get_by_role("button", name="Cheap").click()
    assert (readout(page, "width"), readout(page, "support vectors"), readout(page, "wrong")) == (
        "1.379 cm",
        "54 of 100",
        "9 of 100",
    )
    price = figure.get_by_label("the price of slack")
    price.focus()
    for _ in range(20):
        price.press("ArrowRight")
    settled(page)
    assert price.get_attribute("aria-valuetext") == "1"
    assert readout(page, "support vectors") == "33 of 100"
    figure.get_by_role("button", name="Single points: γ").click()
    assert readout(page, "seen points") == "98.5 %"
    assert readout(page, "unseen points") == "90.0 %"
    figure.locator(".choice label", has_text="k nearest").click()
    expect(figure.get_by_label("Neighbours that vote")).to_be_visible()
    expect(price).to_be_hidden()
    figure.locator("label", has_text="Three irises").click()
    expect(figure.get_by_role("radio", name="Three irises")).to_be_checked()
    assert readout(page, "left out in turn").endswith("%")
    before = picture(page)
    drag(page, figure.locator(".asker"), -120, 30)
    assert picture(page) != before
    # The lesson's flower, about whom the rulers quarrel.
    figure.get_by_role("button", name="a diamond").click()
    expect(figure.get_by_role("radio", name="Manhattan")).to_be_checked()
    asker = figure.locator(".asker")
    verdicts, told = [], set()
    cloud = svm.figure()["sepals"]
    assert isinstance(cloud, dict)
    for ruler in (1.0, 2.0, np.inf):
        verdicts.append(str(asker.get_attribute("aria-valuetext")).split()[-1])
        told.add(readout(page, "left out in turn"))
        share = float(readout(page, "left out in turn").split()[0]) / 100
        bounds = neighbour.leave_one_out(cloud["points"], cloud["kinds"], [3], ruler)
        assert bounds.lowest[0] - 5e-4 <= share <= bounds.highest[0] + 5e-4
        figure.locator(".choice input:checked").last.focus()
        page.keyboard.press("ArrowLeft")
        settled(page)
    assert verdicts == ["versicolor", "virginica", "versicolor"]
    assert len(told) > 1
    figure.get_by_role("button", name="Take a far point").click()
    grip = figure.locator(".grip")
    assert "does not touch" in (grip.get_attribute("aria-valuetext") or "")
    figure.get_by_role("button", name="Take a kerb point").click()
    assert "it holds" in (grip.get_attribute("aria-valuetext") or "")


def test_columns_are_pulled_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("linear-algebra/")
    figure = ready(page)
    assert (readout(page, "eigenvalues"), readout(page, "area")) == ("2, 0.5", "1")
    drag(page, figure.locator(".tip.second"), 0, 130)
    assert readout(page, "area") != "1"
    figure.get_by_role("button", name="Start again").click()
    second = figure.locator(".tip.second")
    second.focus()
    for _ in range(10):
        second.press("ArrowDown")
    assert readout(page, "area") == "0"
    assert second.get_attribute("aria-valuetext") == "1 right, 0.5 up"
    expect(figure.locator("[data-quest='0']")).to_have_class("found")
    expect(figure.locator(".demo-status")).to_contain_text("Found: Make the area zero")
    second.press("Shift+ArrowDown")
    assert readout(page, "area") == "−0.5"
    figure.get_by_role("button", name="Turn", exact=True).click()
    assert readout(page, "eigenvalues") == "none that is real"
    expect(page.locator(".demo-view .unkept")).to_have_text("no real eigenvectors")
    assert readout(page, "trace") == "1.6"


def test_words_are_cut_off_and_drawn(visit: Visit) -> None:
    page = visit("transformers/")
    figure = ready(page)
    assert readout(page, "left") == "8 of 8"
    k = figure.get_by_label("top-k")
    k.focus()
    for _ in range(5):
        k.press("ArrowLeft")
    settled(page)
    assert readout(page, "left") == "3 of 8"
    # A press on the slider's own track.
    p = figure.get_by_label("top-p")
    box = p.bounding_box()
    assert box
    p.click(position={"x": box["width"] * 0.35, "y": box["height"] / 2})
    settled(page)
    assert readout(page, "left") == "1 of 8"
    figure.get_by_role("button", name="A thousand draws").click()
    counts = [int(text) for text in page.locator(".demo-view .count").all_text_contents()]
    assert sum(counts) == 1000
    assert counts[0] == max(counts)
    figure.get_by_role("button", name="Clear").click()
    assert page.locator(".demo-view .count").count() == 0


def bench(page: Page) -> list[str]:
    """Words on the waiter's bench; the last is its guess, while there is a seat for it."""
    return page.locator(".demo-view .word").all_text_contents()


def thickest(page: Page) -> float:
    arcs = page.locator(".demo-view .arc").evaluate_all(
        "arcs => arcs.map(arc => +arc.getAttribute('stroke-width') * arc.getAttribute('stroke-opacity'))"
    )
    return float(max(arcs))


def test_a_round_is_written_with_the_mouse(visit: Visit) -> None:
    page = visit("transformers/")
    figure = ready(page)
    expect(figure.locator(".demo-toggle")).to_have_count(0)
    expect(figure.locator(".demo-hint")).to_be_hidden()
    figure.locator(".choice label", has_text="Its inside").click()
    expect(figure.locator(".demo-hint")).to_be_visible()
    expect(figure.locator(".demo-toggle")).to_have_count(4)
    expect(figure.get_by_label("Temperature")).to_be_hidden()
    assert bench(page) == [*PAD, "hat"]
    assert readout(page, "it says") == "hat 0.998"
    # A press on "hat", and another dish for it; the chosen seat stays.
    page.locator(".demo-view .word", has_text="hat").first.click()
    figure.get_by_role("button", name="map", exact=True).click()
    assert bench(page) == ["map" if word == "hat" else word for word in [*PAD, "hat"]]
    assert readout(page, "it says").startswith("map 0.9")
    # Behind the round, words are put on.
    page.locator(".demo-view .guess").click()
    figure.get_by_role("button", name="map", exact=True).click()
    figure.get_by_role("button", name="Dan", exact=True).click()
    assert bench(page)[9:] == ["map", "Dan", "key"]
    figure.get_by_role("button", name="Take its guess").click()
    assert bench(page)[9:12] == ["map", "Dan", "key"]
    for _ in range(20):
        figure.get_by_role("button", name="Remove").click()
    assert bench(page)[0] == "Ada" and len(bench(page)) == 2
    figure.get_by_role("button", name="Try: Ben, two dishes").click()
    assert bench(page) == ["Ada", "tea", "Ben", "hat", "Ben", "jam", "Dan", "key", "Ben", "jam"]
    assert readout(page, "it says") == "jam 0.832"
    # A drag along the bench chooses a seat.
    drag(page, figure.locator(".demo-handle.seat"), -2000, 0)
    seat = figure.locator(".demo-handle.seat")
    assert seat.get_attribute("aria-valuetext") == "word 1: Ada"
    # So does one that begins at any word.
    dish, name = (page.locator(".demo-view .word", has_text=word).bounding_box() for word in ("key", "tea"))
    assert dish and name
    page.mouse.move(dish["x"] + 5, dish["y"] + 5)
    page.mouse.down()
    assert seat.get_attribute("aria-valuetext") == "word 8: key"
    page.mouse.move(name["x"] + 5, name["y"] + 5, steps=3)
    settled(page)
    page.mouse.up()
    assert seat.get_attribute("aria-valuetext") == "word 2: tea"


def test_the_buttons_are_the_words_of_the_language(visit: Visit) -> None:
    figure = ready(visit(f"transformers/{LONG}"))
    rows = figure.get_by_role("group", name=re.compile("^Write a "))
    assert tuple(rows.get_by_role("button").all_text_contents()) == cafe.VOCABULARY[: cafe.BLANK]


def test_a_full_bench_takes_no_further_word(visit: Visit) -> None:
    page = visit(f"transformers/{LONG}", width=320)
    figure = ready(page)
    full = bench(page)
    assert len(full) == 14 and page.locator(".demo-view .guess").count() == 0
    figure.get_by_role("button", name="Take its guess").click()
    assert bench(page) == full
    boxes = [box for word in page.locator(".demo-view .word").all() if (box := word.bounding_box())]
    for one, other in itertools.combinations(boxes, 2):
        apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert apart or abs(one["y"] - other["y"]) > 15
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)


def test_a_round_is_written_with_keys(visit: Visit) -> None:
    page = visit("transformers/")
    figure = ready(page)
    figure.get_by_role("radio", name="Its next word").focus()
    page.keyboard.press("ArrowRight")
    seat = figure.locator(".demo-handle.seat")
    seat.focus()
    assert seat.get_attribute("aria-valuetext") == "empty, after 9 words; its guess is hat"
    seat.press("Home")
    for _ in range(3):
        seat.press("ArrowRight")
    assert seat.get_attribute("aria-valuetext") == "word 4: hat"
    seat.press("ArrowUp")
    assert seat.get_attribute("aria-valuetext") == "word 4: pen"
    assert readout(page, "it says").startswith("pen 0.9")
    seat.press("Delete")
    assert bench(page)[:4] == ["Ada", "tea", "Ben", "Cleo"]
    expect(seat).to_be_focused()
    seat.press("End")
    seat.press("ArrowUp")
    assert bench(page)[8] == "Ada"
    link = figure.get_by_role("link", name="Link to this very state").get_attribute("href")
    assert link and "round=0,6,1,2,8,3,9,1,0" in link


def test_scissors_cut_a_head_and_the_next_word_answers(visit: Visit) -> None:
    page = visit("transformers/#demo&tab=look")
    figure = ready(page)
    finds = figure.get_by_role("button", name="Cut finds, a head of layer 2")
    assert finds.get_attribute("aria-pressed") == "false"
    assert readout(page, "right in 1000") == "100 %"
    arcs = page.locator(".demo-view .arc.main").count()
    finds.click()
    assert finds.get_attribute("aria-pressed") == "true"
    assert page.locator(".demo-view .arc.main").count() < arcs
    assert (readout(page, "it says"), readout(page, "right in 1000")) == ("pie 0.472", "33 %")
    assert bench(page)[-1] == "pie"
    expect(figure.get_by_role("status")).to_contain_text("head 2: finds is cut")
    # What the whole waiter says stays there as an outline.
    assert page.locator(".demo-view .ghost").count() >= 3
    tags = figure.get_by_role("button", name="Cut tags, a head of layer 1")
    tags.focus()
    tags.press("Space")
    expect(tags).to_be_focused()
    expect(page.locator(".demo-readouts > div", has_text="right in 1000")).to_be_hidden()
    assert readout(page, "heads cut") == "2 of 4"
    finds.press("Enter")
    assert (readout(page, "heads cut"), readout(page, "right in 1000")) == ("1 of 4", "33 %")
    # The head's own choice: only its arcs.
    figure.locator(".choice label", has_text="2: other").click()
    assert page.locator(".demo-view .arc.main").count() == 0
    assert page.locator(".demo-view .arc.side").count() > 0


def test_an_arc_is_as_thick_as_the_attention(visit: Visit) -> None:
    page = visit("transformers/#demo&tab=look&head=3")
    ready(page)
    shares = transformers.read(train_waiter(), transformers.PAD).looked[1].weights[0, 1]
    arcs = page.locator(".demo-view .arc").evaluate_all(
        "arcs => arcs.map(arc => arc.getAttribute('stroke-width'))"
    )
    drawn = sorted(float(width) / 9 for width in arcs)
    assert drawn == pytest.approx(sorted(shares[shares >= 0.02]), abs=0.05)
    # The one that asks stands out: nearly its whole unit lies on "hat".
    assert thickest(page) == pytest.approx(9 * shares[8, 3] ** 1.6, rel=0.02)


def test_a_finger_cuts_and_writes(visit: Visit) -> None:
    page = visit("transformers/#demo&tab=look", width=360, height=740, has_touch=True, is_mobile=True)
    figure = ready(page)
    figure.get_by_role("button", name="Cut tags, a head of layer 1").tap()
    assert readout(page, "heads cut") == "1 of 4"
    # Scissors lie over the bench, and choose no seat of it.
    seat = figure.locator(".demo-handle.seat")
    assert str(seat.get_attribute("aria-valuetext")).startswith("empty")
    page.locator(".demo-view .word", has_text="jam").first.tap()
    assert seat.get_attribute("aria-valuetext") == "word 6: jam"
    figure.get_by_role("button", name="pie", exact=True).tap()
    assert bench(page)[5] == "pie"


def test_the_courier_steps_plays_and_is_scrubbed(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    assert (readout(page, "heard"), readout(page, "moves made")) == ("8 of 25", "2,027")
    figure.get_by_role("button", name="The first flag").click()
    assert (readout(page, "heard"), readout(page, "moves made")) == ("1 of 25", "280")
    figure.get_by_role("button", name="One trip").click()
    figure.get_by_role("button", name="One move").press("Enter")
    assert readout(page, "moves made") == "281"
    trips = figure.get_by_label("Trips made")
    trips.focus()
    trips.press("End")
    settled(page)
    assert (readout(page, "heard"), readout(page, "right"), readout(page, "moves made")) == (
        "25 of 25",
        "25 of 25",
        "11,172",
    )
    play = figure.get_by_role("button", name="Play")
    play.press("Enter")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    until(page, "!/^0? ?$/.test(document.querySelector('[data-control] .shown').textContent)")
    figure.get_by_role("button", name="Pause").press("Enter")
    made = readout(page, "moves made")
    page.wait_for_timeout(200)
    assert readout(page, "moves made") == made != "11,172"


def test_the_map_is_rebuilt_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    walls = page.locator(".demo-view .wall")
    assert walls.count() == 8
    box = figure.locator(".demo-picture").bounding_box()
    assert box
    tile = box["width"] / 7
    figure.locator(".demo-picture").click(position={"x": tile * 0.5, "y": tile * 0.5})
    assert walls.count() == 9
    figure.locator(".demo-picture").click(position={"x": tile * 0.5, "y": tile * 0.5})
    assert walls.count() == 8
    builder = figure.locator(".builder")
    builder.focus()
    builder.press("ArrowLeft")
    builder.press("Enter")
    assert walls.count() == 9
    assert "wall" in (builder.get_attribute("aria-valuetext") or "")
    flag = figure.get_by_role("slider", name="Flag")
    flag.focus()
    flag.press("ArrowLeft")
    assert flag.get_attribute("aria-valuetext") == "row 1, column 6"
    drag(page, flag, -2 * tile, 0)
    assert flag.get_attribute("aria-valuetext") == "row 1, column 4"
    figure.get_by_role("button", name="Start again").click()
    assert walls.count() == 8
    page.evaluate(
        "document.querySelector('.demo-picture').scrollIntoView({block: 'start', behavior: 'instant'})"
    )
    box = figure.locator(".demo-picture").bounding_box()
    assert box
    # A mouse that is held down paints on with what it began with: walls over open ground, open ground over walls.
    for from_column, more in ((1, 2), (1, 0)):
        page.mouse.move(box["x"] + tile * (from_column + 0.5), box["y"] + tile * 4.5)
        page.mouse.down()
        page.mouse.move(box["x"] + tile * (from_column + 1.5), box["y"] + tile * 4.5, steps=4)
        settled(page)
        page.mouse.up()
        assert walls.count() == 8 + more
        assert builder.get_attribute("aria-valuetext") == f"row 5, column 3, {'wall' if more else 'open'}"


def test_on_ice_the_pull_matters(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    world = gridworld.read_map()
    truth = ice.iterate_values(world)

    assert ice.SLIP == 1 / 5  # as the control says

    def expected(rate: ice.Rate) -> tuple[str, str]:
        run = ice.learn(world, SEED, rate=rate)
        moves = sum(len(trip.moves) for trip in run.trips)
        return f"{np.abs(run.q[-1] - truth).max():.2f}", f"{moves:,}"

    def shown() -> tuple[str, str]:
        return readout(page, "largest error"), readout(page, "moves made")

    figure.get_by_role("button", name="Turn slip on").press("Enter")
    expect(figure.get_by_role("radio", name="Ice")).to_be_checked()
    assert shown() == expected(ice.steady())
    expect(figure.get_by_role("status")).to_contain_text("On ice, after 200 trips")
    rate = figure.get_by_label("α, of the way")
    rate.focus()
    for _ in range(6):
        rate.press("ArrowLeft")
    settled(page)
    assert shown() == expected(ice.steady(0.2))
    figure.get_by_role("radio", name="Always alike").focus()
    page.keyboard.press("ArrowRight")
    expect(rate).to_be_hidden()
    assert shown() == expected(ice.fading)
    expect(figure.locator("[data-quest='4']")).to_have_class("found")
    expect(figure.locator(".found")).to_have_count(1)
    # Move by move the trip is made again: the numbers after its last are those of the trip's end.
    figure.get_by_role("button", name="Trip back").click()
    before = readout(page, "largest error")
    moves = len(ice.learn(world, SEED, rate=ice.fading).trips[-1].moves)
    for _ in range(moves):
        figure.get_by_role("button", name="One move").click()
    assert shown() == expected(ice.fading)
    figure.get_by_role("button", name="Trip back").click()
    assert readout(page, "largest error") == before
    figure.locator("label", has_text="The exact answer").click()
    expect(figure.get_by_role("status")).to_contain_text("The exact answer on ice")
    figure.locator("label", has_text="Dry").click()
    figure.get_by_role("button", name="Start again").click()
    assert readout(page, "moves made") == "2,027"


def test_a_slip_is_told(visit: Visit) -> None:
    run = ice.learn(gridworld.read_map(), SEED)
    slipped = int(np.flatnonzero(run.trips[0].moves != run.trips[0].went)[0]) + 1
    page = visit(f"reinforcement-learning/#demo&ground=ice&trip=0&move={slipped - 1}")
    figure = ready(page)
    status = figure.get_by_role("status")
    figure.get_by_role("button", name="One move").click()
    expect(status).to_contain_text("The last move slipped.")
    figure.get_by_role("button", name="Trip back").click()
    expect(status).to_contain_text("On ice, after 0 trips")
    expect(status).not_to_contain_text("slipped")
    # A turn of the way is no slip.
    trip = run.trips[0]
    held = np.flatnonzero((trip.moves[:-1] == trip.went[:-1]) & (trip.moves[1:] != trip.went[:-1]))
    page.evaluate("fragment => location.hash = fragment", f"#demo&ground=ice&trip=0&move={held[0] + 1}")
    expect(status).to_contain_text(f"and {held[0] + 1} moves")
    expect(status).not_to_contain_text("slipped")


def test_what_the_courier_may_try_is_a_button(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    figure.get_by_role("button", name="Put the pit beside the start").click()
    pit = figure.get_by_role("slider", name="Pit")
    assert pit.get_attribute("aria-valuetext") == "row 4, column 1"
    assert readout(page, "curiosity") == "0.10"
    assert readout(page, "right") == "25 of 25"
    figure.get_by_role("button", name="Set γ to a half").click()
    assert figure.get_by_label("What a step ahead is worth").get_attribute("aria-valuetext") == "0.50"
    assert figure.locator(".found").count() == 0


def test_a_finger_takes_hold_and_the_page_still_scrolls(visit: Visit) -> None:
    page = visit("svm/", width=360, height=640, has_touch=True, is_mobile=True)
    figure = ready(page)
    figure.locator(".demo-picture").scroll_into_view_if_needed()
    grip = figure.locator(".grip")
    label = grip.get_attribute("aria-label")
    box = page.locator(".demo-view .point.free").first.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 3, box["y"] + 3)
    assert grip.get_attribute("aria-label") != label
    finger = page.context.new_cdp_session(page)

    def slide(x: float, y: float, right: float, down: float) -> None:
        """A finger that comes down, goes its way in small steps, and leaves."""
        for step in range(11):
            spot = {"x": x + right * step / 10, "y": y + down * step / 10}
            finger.send(
                "Input.dispatchTouchEvent",
                {"type": "touchMove" if step else "touchStart", "touchPoints": [spot]},
            )
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        settled(page)

    hold = grip.bounding_box()
    assert hold
    before, words = page.evaluate("scrollY"), grip.get_attribute("aria-valuetext")
    slide(hold["x"] + 22, hold["y"] + 22, 30, -120)
    assert grip.get_attribute("aria-valuetext") != words
    assert page.evaluate("scrollY") == before
    words = grip.get_attribute("aria-valuetext")
    view = figure.locator(".demo-picture").bounding_box()
    assert view
    slide(view["x"] + view["width"] * 0.55, view["y"] + view["height"] * 0.8, 0, -80)
    assert page.evaluate("scrollY") > before
    assert grip.get_attribute("aria-valuetext") == words


def test_less_motion_means_few_pictures(visit: Visit) -> None:
    counts = []
    for motion in ("no-preference", "reduce"):
        page = visit("reinforcement-learning/", reduced_motion=motion)
        figure = ready(page)
        page.evaluate(
            """() => {
                window.pictures = 0;
                new MutationObserver(() => window.pictures++)
                    .observe(document.querySelector(".demo-view"), {childList: true});
            }"""
        )
        figure.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1500)
        figure.get_by_role("button", name="Pause").click()
        counts.append(page.evaluate("window.pictures"))
    assert counts[0] > 2 * counts[1] > 0


def test_what_is_filled_or_drawn_stands_out_on_paper() -> None:
    """By night the lessons' own ink is used, which tests/hub/test_ink.py holds; by day these are."""
    style = (ROOT / "hub" / "assets" / "demo.css").read_text(encoding="utf-8")
    day = properties(style[: style.index("@media")])
    drawn = [name for name in day if name.startswith("f-") or name == "d-glow"]
    assert len(drawn) == 5
    assert {name: day[name] for name in drawn if contrast(day[name], LIGHT["raised"]) < 3} == {}


# --- as files -------------------------------------------------------------------------------------------------


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


def test_the_waiter_is_fetched_when_somebody_looks_inside(visit: Visit, site: SiteReport) -> None:
    [file] = (site.out / "assets").glob("later-*.json")
    assert 40_000 < len(gzip.compress(file.read_bytes(), 9)) < 50_000
    page = visit("404.html", service_workers="block")
    held: list[Route] = []
    page.route("**/later-*.json", lambda route: held.append(route))
    page.goto(f"{visit.address}transformers/")
    figure = ready(page)
    figure.get_by_label("top-k").press("ArrowLeft")
    settled(page)
    shown = picture(page)
    assert held == []
    figure.locator(".choice label", has_text="Its inside").click()
    page.wait_for_timeout(100)
    assert len(held) == 1 and picture(page) == shown
    held[0].abort()
    expect(figure.get_by_role("status")).to_contain_text("did not come")
    expect(figure.get_by_role("radio", name="Its next word")).to_be_checked()
    assert visit.complaints.said.pop() == "Failed to load resource: net::ERR_FAILED"
    # Asked again, and something else of the inside before it comes: the last wish holds.
    figure.locator(".choice label", has_text="Its inside").click()
    figure.get_by_role("button", name="Cut the head that finds").click()
    page.wait_for_timeout(100)
    assert len(held) == 2
    held[1].continue_()
    expect(figure.locator(".demo-toggle[aria-pressed=true]")).to_have_count(1)
    # Nobody who has turned to something else is taken back.
    other = visit("404.html", service_workers="block")
    other.route("**/later-*.json", lambda route: held.append(route))
    other.goto(f"{visit.address}transformers/")
    figure = ready(other)
    figure.locator(".choice label", has_text="Its inside").click()
    figure.get_by_role("button", name="Start again").click()
    held[2].continue_()
    other.wait_for_timeout(200)
    expect(figure.locator(".demo-toggle")).to_have_count(0)


def test_two_builds_have_the_same_bytes_and_the_second_bundles_nothing(
    site: SiteReport, build: Path, hub: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("bundled again")

    monkeypatch.setattr(bundle, "bundle_text", fail)
    again = publish(hub, build, build / "again")
    one, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site.out, again.out)
    )
    assert one == other


def test_only_lessons_with_numbers_have_a_figure(build: Path, hub: Catalog, tmp_path: Path) -> None:
    poor = tmp_path / "build"
    shutil.copytree(build, poor)
    figure_file(poor, "svm").unlink()
    site = publish(hub, poor, poor / "site")
    assert 'data-demo="' not in (site.out / "svm" / "index.html").read_text()
    assert 'data-demo="transformers"' in (site.out / "transformers" / "index.html").read_text()


def test_a_stop_at_an_unknown_chapter_fails_the_build(build: Path, hub: Catalog, tmp_path: Path) -> None:
    other = tmp_path / "build"
    shutil.copytree(build, other)
    tell(other, "svm", [("somewhere_else", "Somewhere else")])
    with pytest.raises(
        UsageFault, match=r'svm\.ts: a stop names the chapter "three_of_a_hundred_hold_it".*somewhere_else'
    ):
        publish(hub, other, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_types_of_every_demo_hold() -> None:
    try:
        run_node([find_file("typescript/bin/tsc"), "-p", demo.SOURCES])
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stdout)


def test_a_demo_that_is_not_shown_is_not_bundled_and_stops_no_other(tmp_path: Path) -> None:
    scripts = demo._bundle(tmp_path, ["svm"])
    assert sorted(path.name for path in scripts.iterdir()) == ["print.mjs", "svm.js"]
    assert "transformers" not in (scripts / "print.mjs").read_text(encoding="utf-8")


def test_looks_of_its_own_come_after_those_of_all(site: SiteReport) -> None:
    page = (site.out / "svm" / "index.html").read_text(encoding="utf-8")
    styles = re.findall(r'<link rel="stylesheet" href="\.\./assets/([\w-]+)\.\w+\.css">', page)
    assert styles[-2:] == ["demo", "demo-svm"]
    (own,) = (site.out / "assets").glob("demo-svm.*.css")
    (shared,) = (site.out / "assets").glob("demo.*.css")
    assert ".kerb" in own.read_text() and ".kerb" not in shared.read_text()
