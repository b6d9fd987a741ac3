"""The figure of transformers computes in the browser what the lesson computes, and is written in by hand."""

from __future__ import annotations

import gzip
import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from hub.site import SiteReport
from scenes.figure import transformers as transformers_figure
from scenes.figure.__main__ import plain
from scenes.maths.transformers import attention, sampling, toy, trained, transformer, transformers
from tests.hub.asking import Ask
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, find_all, picture, readout, ready, seen_by_all, settled

ENTRY = """
import * as sampling from "./hub/demos/maths/sampling";
import * as transformer from "./hub/demos/maths/transformer";
const calls: { [name: string]: (...args: any[]) => unknown } = {
  warm: sampling.warm,
  keepTopK: sampling.keepTopK,
  keepTopP: sampling.keepTopP,
  shareAgain: sampling.shareAgain,
  bits: sampling.bits,
  draw: sampling.draw,
  read: (trained, texts, cut) => {
    const model = transformer.unpack(trained);
    return texts.map((text: number[]) => transformer.read(model, text, cut));
  },
  unpack: (trained) => transformer.unpack(trained),
};
"""

PAD = transformers.PAD.split()

LONG = "#demo&tab=look&round=" + ",".join(str(word) for word in (4, 13, 5, 12, 2, 8, 3, 9, 2, 8, 5, 12, 2, 2))
"""As many words as the bench takes, long ones last."""

LOGITS = np.array([5.138746, 4.792376, 4.423124, 4.128695, 3.637219, 3.570563, 3.193058, 3.049221])

TIED = np.array([1.0, 3.0, 3.0, 1.0, 3.0])

HEADS = ((0, 0), (0, 1), (1, 0), (1, 1))

ROUNDS = (
    transformers.PAD,
    "Ada",
    "Ada tea Ben hat Ben jam Dan box Ben",
    "Ada tea Ben hat Cleo jam Dan box Eve",
    "pen pen Finn cup map Ada pie Dan Ben tea jam Eve box Cleo hat",
)


@pytest.fixture(scope="module")
def packed() -> dict:
    """The model as the page receives it."""
    packed = plain(transformers_figure.pack(trained.train_model()))
    assert isinstance(packed, dict)
    return packed


@pytest.mark.parametrize("logits", [LOGITS, TIED], ids=["habit", "tied"])
@pytest.mark.parametrize("temperature", [0.1, 0.25, 1.0, 4.0])
def test_temperature_bends_as_in_the_lesson(ask: Ask, logits: np.ndarray, temperature: float) -> None:
    chances = sampling.warm(logits, temperature)
    warmed, entropy = ask(("warm", logits, temperature), ("bits", chances))
    assert np.allclose(warmed, chances, rtol=1e-12)
    assert entropy == pytest.approx(sampling.bits(chances), abs=1e-12)


@pytest.mark.parametrize("logits", [LOGITS, TIED], ids=["habit", "tied"])
def test_words_are_cut_off_and_share_again_as_in_the_lesson(ask: Ask, logits: np.ndarray) -> None:
    chances = sampling.warm(logits, 1.0)
    ks, ps = range(1, len(logits) + 1), np.arange(1, 21) / 20
    by_k = ask(*(("keepTopK", chances, k) for k in ks))
    by_p = ask(*(("keepTopP", chances, p) for p in ps))
    assert by_k == [sampling.keep_top_k(chances, k).tolist() for k in ks]
    assert by_p == [sampling.keep_top_p(chances, float(p)).tolist() for p in ps]
    shared = ask(*(("shareAgain", chances, kept) for kept in by_k + by_p))
    for kept, found in zip(by_k + by_p, shared, strict=True):
        assert np.allclose(found, sampling.share_again(chances, np.array(kept)), rtol=1e-12)


def test_a_share_is_held_whatever_the_last_bits_say(ask: Ask) -> None:
    chances = np.array([0.1, 0.2, 0.7])
    assert chances[2] + chances[1] < 0.9  # in binary
    assert sampling.keep_top_p(chances, 0.9).tolist() == [False, True, True]
    assert ask(("keepTopP", chances, 0.9)) == [[False, True, True]]


@pytest.mark.parametrize("seed", [1, 7])
def test_the_same_words_are_drawn(ask: Ask, seed: int) -> None:
    chances = sampling.warm(LOGITS, 1.0)
    drawn = np.bincount(sampling.draw(chances, 1000, seed), minlength=len(chances))
    assert ask(("draw", chances, 1000, seed)) == [drawn.tolist()]


def table(rows: list[list[float]]) -> np.ndarray:
    """Rows that end where they ask, as a square."""
    return np.array([row + [0.0] * (len(rows) - len(row)) for row in rows])


def test_the_page_has_the_very_weights_of_the_lesson(ask: Ask, packed: dict) -> None:
    model = trained.train_model()
    [found] = ask(("unpack", packed))
    layers = found["layers"]
    parts = {name: found[name] for name in ("embed", "read", "norm")} | {
        f"{name}.{number}": layer[name]
        for number, layer in enumerate(layers)
        for name in layer
        if name != "silence"
    }
    assert parts.keys() == model.weights.keys()
    assert all(np.array_equal(parts[name], weight) for name, weight in model.weights.items())
    assert sum(np.size(part) for part in parts.values()) == 17_632


@pytest.mark.parametrize("text", ROUNDS)
def test_the_model_reads_as_in_the_lesson(ask: Ask, packed: dict, text: str) -> None:
    done = transformers.read(trained.train_model(), text)
    [[found]] = ask(("read", packed, toy.tokens_of(text)[None], []))
    assert np.allclose(found["logits"], done.logits[0], atol=1e-9)
    for layer, looked in enumerate(done.looked):
        for head in range(2):
            assert np.allclose(table(found["looks"][layer][head]), looked.weights[0, head], atol=1e-10)


@pytest.mark.parametrize("cut", HEADS)
def test_a_head_is_cut_as_in_the_lesson(ask: Ask, packed: dict, cut: tuple[int, int]) -> None:
    model, text = trained.train_model(), transformers.fresh_rounds()[:, :-1]
    done = transformer.run(model.weights, model.shape, text, cut)
    some = text[:40]
    [found] = ask(("read", packed, some, [HEADS.index(cut)]))
    assert np.allclose([one["logits"] for one in found], done.logits[: len(some)], rtol=0, atol=1e-7)
    for layer, head in HEADS:
        tables = [table(one["looks"][layer][head]) for one in found]
        assert np.allclose(tables, done.looked[layer].weights[: len(some), head], rtol=0, atol=1e-7)
    whole = transformer.run(model.weights, model.shape, some)
    assert np.abs(done.logits[: len(some)] - whole.logits).max() > 1


@pytest.mark.parametrize("cut", [(0, 3), (0, 1), (2, 3), (0, 1, 2, 3)])
@pytest.mark.parametrize("text", ROUNDS[:3])
def test_several_heads_are_cut_at_once(ask: Ask, packed: dict, cut: tuple[int, ...], text: str) -> None:
    model, words = trained.train_model(), toy.tokens_of(text)
    silence = np.array(packed["silence"]) / transformer.GRID**2
    assert np.allclose(  # the reference below is the lesson's forward pass, where nothing is cut
        silenced(model, words, silence, ()), transformers.read(model, text).logits[0], atol=1e-9
    )
    [[found]] = ask(("read", packed, words[None], cut))
    assert np.allclose(found["logits"], silenced(model, words, silence, cut), atol=1e-9)


def silenced(
    model: transformer.Trained, text: np.ndarray, silence: np.ndarray, cut: tuple[int, ...]
) -> np.ndarray:
    """Logits (places, vocabulary) with several heads ``cut``, which the lesson's own pass does not know of."""
    w, places = model.weights, len(text)
    stream = w["embed"][text] + model.shape.places * attention.clocks(places, model.shape.width)

    def norm(name: str) -> np.ndarray:
        centred = stream - stream.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        return np.asarray(centred / spread * w[name])

    for layer in range(2):
        seen, mixed = norm(f"look.{layer}"), []
        for head in range(2):
            lane = slice(16 * head, 16 * head + 16)
            query, key, value = (seen @ w[f"{name}.{layer}"][:, lane] for name in ("query", "key", "value"))
            look = attention.attend(query, key, value, attention.no_peeking(places))
            quiet = np.tile(silence[layer, head], (places, 1))
            mixed.append(quiet if 2 * layer + head in cut else look.mixed)
        stream = stream + np.hstack(mixed) @ w[f"out.{layer}"]
        active = np.maximum(norm(f"think.{layer}") @ w[f"up.{layer}"] + w[f"bias.{layer}"], 0)
        stream = stream + active @ w[f"down.{layer}"]
    return np.asarray(norm("norm") @ w["read"])


def test_all_that_is_to_be_found_can_be_found(visit: Visit) -> None:
    states = [
        (0, "source=sure&k=3"),
        (1, "source=sure&p=0.8"),
        (2, "temperature=4"),
        (3, "temperature=0.1"),
        (4, "tab=look&cut=0"),
        (5, "tab=look&cut=2"),
        (6, "tab=look&round=0,6,1,12,1,8,3,9,1"),
        (7, "tab=look&round=0,6,1,12,2,8,3,9,4"),
    ]
    find_all(visit, "transformers", states)


def bench(page: Page) -> list[str]:
    """Words on the bench; the last is its guess, while there is a seat for it."""
    return page.locator(".demo-view .word").all_text_contents()


def thickest(page: Page) -> float:
    arcs = page.locator(".demo-view .arc").evaluate_all(
        "arcs => arcs.map(arc => +arc.getAttribute('stroke-width') * arc.getAttribute('stroke-opacity'))"
    )
    return float(max(arcs))


def test_the_inside_of_the_model_stands_in_nobodys_way(visit: Visit) -> None:
    page = visit(f"transformers/{LONG}&cut=1,3", bypass_csp=True)
    expect(ready(page).locator(".demo-toggle")).to_have_count(4)
    seen_by_all(page)


def test_nonsense_inside_the_model_harms_nothing(visit: Visit) -> None:
    page = visit("transformers/#demo&tab=look&round=-1,99,NaN,7.5&seat=-1e999&head=9&cut=7,NaN,-3")
    shown = ready(page).inner_html()
    assert "NaN" not in shown and "Infinity" not in shown and "undefined" not in shown
    assert bench(page) == [*PAD, "hat"]


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
    # A press on "hat", and another thing for it; the chosen seat stays.
    page.locator(".demo-view .word", has_text="hat").first.click()
    figure.get_by_role("button", name="map", exact=True).click()
    assert bench(page) == ["map" if word == "hat" else word for word in [*PAD, "hat"]]
    assert readout(page, "it says").startswith("map 0.9")
    # Behind the round, words are put on.
    page.locator(".demo-view .guess").click()
    figure.get_by_role("button", name="map", exact=True).click()
    figure.get_by_role("button", name="Dan", exact=True).click()
    assert bench(page)[9:] == ["map", "Dan", "box"]
    figure.get_by_role("button", name="Take its guess").click()
    assert bench(page)[9:12] == ["map", "Dan", "box"]
    for _ in range(20):
        figure.get_by_role("button", name="Remove").click()
    assert bench(page)[0] == "Ada" and len(bench(page)) == 2
    figure.get_by_role("button", name="Try: Ben, two things").click()
    assert bench(page) == ["Ada", "tea", "Ben", "hat", "Ben", "jam", "Dan", "box", "Ben", "jam"]
    assert readout(page, "it says") == "jam 0.832"
    # A drag along the bench chooses a seat.
    drag(page, figure.locator(".demo-handle.seat"), -2000, 0)
    seat = figure.locator(".demo-handle.seat")
    assert seat.get_attribute("aria-valuetext") == "word 1: Ada"
    # So does one that begins at any word.
    thing, name = (page.locator(".demo-view .word", has_text=word).bounding_box() for word in ("box", "tea"))
    assert thing and name
    page.mouse.move(thing["x"] + 5, thing["y"] + 5)
    page.mouse.down()
    assert seat.get_attribute("aria-valuetext") == "word 8: box"
    page.mouse.move(name["x"] + 5, name["y"] + 5, steps=3)
    settled(page)
    page.mouse.up()
    assert seat.get_attribute("aria-valuetext") == "word 2: tea"


def test_the_buttons_are_the_words_of_the_language(visit: Visit) -> None:
    figure = ready(visit(f"transformers/{LONG}"))
    rows = figure.get_by_role("group", name=re.compile("^Write a "))
    assert tuple(rows.get_by_role("button").all_text_contents()) == toy.VOCABULARY[: toy.BLANK]


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
    # What the whole model says stays there as an outline.
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
    shares = transformers.read(trained.train_model(), transformers.PAD).looked[1].weights[0, 1]
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


def test_the_model_is_fetched_when_somebody_looks_inside(visit: Visit, site: SiteReport) -> None:
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
