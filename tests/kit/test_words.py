"""Words stand where and as large as they say, keep their parts, and change without scrambling."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import svgelements
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Mobject,
    Scene,
    Transform,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    tempconfig,
)
from numpy.typing import NDArray

from scenes.kit import ink, typeset, words
from scenes.kit.glyph import Glyph
from scenes.kit.markup import escape, words_script
from scenes.kit.words import Part, Readout, Words, WordsError
from tests.golden import assert_golden, draw

CHALK = np.array(ink.chalk.to_rgb()) * 255
GROUND = np.array(ink.ground.to_rgb()) * 255


def _coverage(*mobjects: Words, width: int = 1920, height: int = 1080) -> NDArray[np.float64]:
    """How much of each pixel is covered by chalk, 0 to 1."""
    picture = draw(*mobjects, width=width, height=height).astype(float)
    return np.asarray((picture[:, :, 1] - GROUND[1]) / (CHALK[1] - GROUND[1]))


def _points(made: Words) -> NDArray[np.float64]:
    return np.concatenate([glyph.points for glyph in made.glyphs])


def _shapes(made: Words | Part) -> list[str]:
    return [glyph.shape for glyph in made.glyphs]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and nothing remembered in the process."""
    folder = tmp_path / "words"
    monkeypatch.setenv("MLHUB_WORDS_CACHE", str(folder))
    typeset._set_type.cache_clear()
    yield folder
    typeset._set_type.cache_clear()


# -- size and place


@pytest.mark.parametrize(
    ("made", "pixels"),
    [
        (lambda: words.title("H"), ink.TITLE),
        (lambda: words.note("H"), ink.NOTE),
        (lambda: words.label("H"), ink.LABEL),
        (lambda: words.tick("H", ink.chalk), ink.SMALL),
        (lambda: words.headline("H"), ink.HEADLINE),
        (lambda: words.headline("H", size=ink.POSTER), ink.POSTER),
        (lambda: words.formula("upright(H)", size=ink.NOTE), ink.NOTE),
        (lambda: words.note("$upright(H)$"), ink.NOTE),
        (lambda: words.code("H"), ink.LABEL),
    ],
)
def test_capitals_are_as_high_as_asked(made, pixels: float) -> None:
    assert _coverage(made()).sum(axis=0).max() == pytest.approx(pixels, abs=0.5)


@pytest.mark.parametrize("text", ["xo", "gypsy", "H$integral_0^1 f$", "Åg", "one\ngy"])
def test_words_stand_on_one_baseline(text: str) -> None:
    first = words.note("xH")
    other = words.align_baseline(words.note(text, size=ink.HEADLINE).shift(2 * UP + RIGHT), first)
    assert words.baseline(other) == pytest.approx(float(first.part("H").get_bottom()[1]), abs=1e-6)
    assert words.baseline(first.scale(1.7).shift(DOWN)) == pytest.approx(
        float(first.part("H").get_bottom()[1])
    )


def test_formula_and_words_share_a_baseline() -> None:
    made = words.formula("H = 1/2")
    assert words.baseline(made) == pytest.approx(float(made.part("H").get_bottom()[1]), abs=1e-6)


def test_titles_stand_at_the_margin_whatever_their_letters() -> None:
    low, high = words.title("more sums"), words.title("Qgj\u00c5")
    assert words.baseline(low) == pytest.approx(words.baseline(high))
    assert low.get_left()[0] == pytest.approx(-ink.FRAME_WIDTH / 2 + ink.MARGIN)
    top = words.title("H").get_top()[1]
    assert top == pytest.approx(ink.FRAME_HEIGHT / 2 - ink.MARGIN, abs=0.005)


def test_notes_break_at_their_width() -> None:
    text = "Ninety-seven flowers leave and the street does not notice at all"
    one, many = words.note(text), words.note(text, width=3.0)
    assert one.width > 3.0 >= many.width
    assert many.height > 2 * one.height
    assert _shapes(one) == _shapes(many)


def test_alignment() -> None:
    lefts = [
        words.note("wide line\nthin", align=align).part("thin").get_x()
        for align in ("left", "center", "right")
    ]
    assert lefts[0] < lefts[1] < lefts[2]


# -- notation


def test_marks_dye_and_bolden() -> None:
    made = words.note("the [kerb:focus] *stops* _it_, $w^2$")
    assert made.source_text == "the kerb stops it, w^2"
    assert made.part("kerb").glyphs[0].get_fill_color() == ink.focus
    assert made.part("the").glyphs[0].get_fill_color() == ink.chalk
    plain = words.note("the kerb stops it")
    for word, same in (("kerb", True), ("stops", False), ("it", False)):
        assert (_shapes(made.part(word)) == _shapes(plain.part(word))) is same


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "$5 and $6",
        "snake_case_name",
        "[0, 1] and a[i]",
        "C:\\new\\table",
        "__init__",
        "# @x <y> `z` ~ ^",
    ],
)
def test_what_is_no_mark_is_shown(text: str) -> None:
    made = words.note(text)
    assert made.source_text == text
    assert len(made.glyphs) == sum(not letter.isspace() for letter in text)


@given(
    st.text(
        st.sampled_from([chr(code) for code in range(32, 127)] + list("éüßñ–—…“”€×±²αβ≤→\n")), max_size=24
    )
)
@example("_a_ *b* $c$ [d:focus]")
@example("\\_a\\_ \\\\*b*")
@settings(max_examples=120, deadline=None)
def test_escaped_text_shows_every_letter(text: str) -> None:
    visible = sum(not letter.isspace() for letter in text)
    if not visible:
        with pytest.raises(WordsError):
            words.note(escape(text))
        return
    made = words.note(escape(text))
    assert len(made.glyphs) == visible
    assert made.source_text == text


@given(st.text(st.sampled_from(list("#$@<>*_\\[]{}()\"'`~^&%:;,./=+-|!? \nab1")), min_size=1, max_size=16))
@settings(max_examples=150, deadline=None)
def test_nasty_text_is_shown_or_explained(text: str) -> None:
    try:
        made = words.note(text)
    except WordsError:
        return
    assert len(made.glyphs) > 0


def test_role_that_does_not_exist() -> None:
    with pytest.raises(WordsError, match="did you mean focus") as caught:
        words.note("one\nthe [kerb:focsu]")
    assert (caught.value.line, caught.value.column) == (2, 11)


def test_letter_that_no_font_has() -> None:
    with pytest.raises(WordsError, match="中"):
        words.note("a 中")


def test_control_characters_are_refused() -> None:
    with pytest.raises(WordsError, match=r"U\+200B"):
        words.note("zero\u200bwidth")


# -- formulas and their parts


@pytest.mark.parametrize(
    ("source", "label", "count"),
    [
        ("({{a + b : top}})/(2 c)", "top", 3),
        ("1/{{1 + e^(-x) : below}}", "below", 5),
        ("sqrt({{a + b : inside}})", "inside", 3),
        ("{{sqrt(a/b) : whole}} + c", "whole", 5),
        ("a &= b \\ &= {{c + d : second}}", "second", 3),
        ("f({{x, y : both}})", "both", 3),
        ("{{f: X -> Y : map}}", "map", 5),
        ("{{ {{a}} + b : sum }}", "sum", 3),
        ("{{ {{a}} + b : sum }}", "a", 1),
        ("x{{y}}z", "y", 1),
        ('{{"a, b" : words}}', "words", 3),
        ("{{x : in}} + {{y : in}}", "in", 2),
    ],
)
def test_parts(source: str, label: str, count: int) -> None:
    assert len(words.formula(source).part(label).glyphs) == count


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("{{-}} x {{=}} {{(a+b)/2 : h}}", "- x = (a+b)/2"),
        ("{{sum}}_(i=1)^n {{w}}_i {{x, y : p}}", "sum_(i=1)^n w_i x, y"),
        ("a {{&= b : first}} \\ &= {{c}}'", "a &= b \\ &= c'"),
        ("{{min}}_w {{f: X : m}}", "min_w f: X"),
    ],
)
def test_parts_do_not_move_anything(marked: str, plain: str) -> None:
    np.testing.assert_allclose(_points(words.formula(marked)), _points(words.formula(plain)), atol=1e-6)


@pytest.mark.parametrize("sign", ["-", "+", "=", "dot"])
def test_the_start_of_a_formula_is_spaced_as_behind_a_bracket(sign: str) -> None:
    def gap(source: str) -> float:
        made = words.formula(source)
        return float(made.part("x").get_left()[0] - made.part(sign).get_right()[0])

    assert gap(f"{sign} x") == pytest.approx(gap(f"({sign} x)"), abs=1e-6)


def test_parts_of_a_text_are_whole_words_first() -> None:
    made = words.note("this is his")
    assert made.part("is").get_x() == pytest.approx(made.line(1)[4:6].get_x())
    assert made.part("is", 1).get_left()[0] < made.part("is").get_left()[0]


def test_unknown_part_lists_labels() -> None:
    with pytest.raises(WordsError, match=r"'middle'.*labels: left, right"):
        words.formula("{{a : left}} = {{b : right}}").part("middle")


def test_symbols_keep_their_colour() -> None:
    made = words.formula('hat(y) = w x + "w x" - cal(L)(y) + x_x')
    colors = {name: {g.get_fill_color() for g in made.part(name).glyphs} for name in ("w", "cal(L)", "x")}
    assert colors == {"w": {ink.SYMBOLS["w"]}, "cal(L)": {ink.error}, "x": {ink.SYMBOLS["x"]}}
    assert len(made.part("x").glyphs) == 3
    assert {g.get_fill_color() for g in made.part("hat(y)").glyphs} == {ink.SYMBOLS["hat(y)"]}
    assert ink.truth in {g.get_fill_color() for g in made.part("y").glyphs}
    assert made.part("=").glyphs[0].get_fill_color() == ink.chalk


@pytest.mark.parametrize("symbol", ink.SYMBOLS)
def test_every_symbol_of_the_table_is_found(symbol: str) -> None:
    assert {g.get_fill_color() for g in words.formula(f"a + {symbol}").part(symbol).glyphs} == {
        ink.SYMBOLS[symbol]
    }


def test_colors_go_before_the_table_and_must_exist() -> None:
    made = words.formula("{{w x : score}} + w", colors={"score": ink.focus})
    assert [g.get_fill_color() for g in made.glyphs] == [ink.focus, ink.focus, ink.chalk, ink.SYMBOLS["w"]]
    with pytest.raises(WordsError, match="'b'"):
        words.formula("w x", colors={"b": ink.focus})


@pytest.mark.parametrize(
    ("source", "line", "column", "problem"),
    [
        ("a + foo", 1, 5, "unknown variable: foo"),
        ("a +\n  {{ b + baz : x }}", 2, 10, "unknown variable: baz"),
        ("a + {{b", 1, 5, "not closed"),
        ("{{ ( : lone}}", 1, 4, "in pairs"),
        ("a + {{ : x}}", 1, 5, "empty"),
        ("sqrt(a", 1, 5, "unclosed"),
    ],
)
def test_mistakes_are_placed(source: str, line: int, column: int, problem: str) -> None:
    with pytest.raises(WordsError, match=problem) as caught:
        words.formula(source)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert source.split("\n")[line - 1] in str(caught.value)


def test_mistake_in_a_note_is_placed() -> None:
    with pytest.raises(WordsError, match="unknown variable: foo") as caught:
        words.note("say $a + foo$")
    assert caught.value.column == 10


@pytest.mark.parametrize("source", ["(a + b)/2", "sqrt(a + b + c)"])
def test_bars_are_as_thick_at_every_resolution(source: str) -> None:
    bars = []
    for width, height in ((854, 480), (1920, 1080), (3840, 2160)):
        made = words.formula(source, size=ink.HEADLINE)
        bar = next(glyph for glyph in made.glyphs if glyph.shape == "bar")
        middle = round((bar.get_x() / ink.FRAME_WIDTH + 0.5) * width)
        rows = [
            round((0.5 - y / ink.FRAME_HEIGHT) * height) for y in (bar.get_y() + 0.06, bar.get_y() - 0.06)
        ]
        column = _coverage(made, width=width, height=height)[rows[0] : rows[1] + 1, middle]
        bars.append(column.sum() * ink.FRAME_HEIGHT / height)
        assert bars[-1] == pytest.approx(float(bar.height), rel=0.06)
    assert max(bars) / min(bars) < 1.08


def test_bars_are_as_thick_as_the_font_wants() -> None:
    made = words.formula("a/b", size=ink.NOTE)
    svg = typst.compile(
        f'#show math.equation: set text(font: "{typeset.MATHS}", size: 1000pt, weight: 450)\n$ a/b $'.encode(),
        format="svg",
        font_paths=typeset.fonts(),
    )
    assert isinstance(svg, bytes)
    stroke = re.search(rb'stroke-width="([\d.]+)"', svg)
    assert stroke
    em = ink.NOTE * ink.UNITS_PER_PIXEL / typeset.CAPITAL[typeset.MATHS]
    bar = next(glyph for glyph in made.glyphs if glyph.shape == "bar")
    assert bar.height == pytest.approx(float(stroke[1]) / 1000 * em, rel=1e-3)


def test_bars_scale_with_a_group_and_a_second_formula_is_like_the_first() -> None:
    first, second = words.formula("a/b"), words.formula("a/b")
    np.testing.assert_array_equal(_points(first), _points(second))
    VGroup(VGroup(second)).scale(3)
    bars = [next(glyph for glyph in made.glyphs if glyph.shape == "bar") for made in (first, second)]
    assert bars[1].height == pytest.approx(3 * bars[0].height)
    assert all(glyph.get_stroke_width() == 0 for glyph in second.glyphs)


# -- code


def test_lines_of_code() -> None:
    made = words.code("def f(x):\n\n    # why\n    return x != 'a'\n")
    assert len(made.line(1).glyphs) == len("deff(x):")
    assert len(made.line(2).glyphs) == 0
    assert len(made.lines(3, 4).glyphs) == len("#whyreturnx!='a'")
    assert made.line(4).get_left()[0] > made.line(1).get_left()[0]
    assert made.part("return").glyphs[0].get_fill_color() == ink.CODE["keyword"]
    gaps = np.diff([-made.line(row).glyphs[0].get_bottom()[1] for row in (3, 4)])
    double = made.line(3).glyphs[0].get_bottom()[1] - made.line(1).glyphs[0].get_bottom()[1]
    assert -double == pytest.approx(2 * gaps[0], rel=0.15)
    with pytest.raises(WordsError, match="of 4"):
        made.line(5)
    with pytest.raises(WordsError, match="language"):
        words.code("x", language="klingon")


# -- copies and identity


def test_copies_are_independent() -> None:
    made = words.formula("{{w}} x")
    twin = made.copy()
    twin.shift(RIGHT).set_color(ink.error)
    assert made.get_x() == pytest.approx(0)
    assert made.part("w").glyphs[0].get_fill_color() == ink.SYMBOLS["w"]
    assert len(twin.part("w").glyphs) == 1
    assert twin.part("w").glyphs[0] in twin.submobjects


def test_everything_says_that_it_is_words() -> None:
    tracker = ValueTracker(1)
    for made in (
        words.title("a"),
        words.note("a"),
        words.label("a"),
        words.headline("a"),
        words.formula("a"),
        words.code("a"),
        Readout(tracker, label="a"),
    ):
        assert made.is_words
        assert made.source_text.startswith("a")
        assert all(not getattr(member, "is_words", False) for member in made.submobjects)


# -- captions


def test_a_caption_stands_beside_what_it_names_or_a_part_of_it_or_a_point() -> None:
    rule = words.formula("y = {{ w x : line }} + b").shift(UP)
    under = words.caption(rule.part("line"), "a straight line")
    assert under.get_top()[1] == pytest.approx(rule.part("line").get_bottom()[1] - words.GAP)
    assert under.get_x() == pytest.approx(rule.part("line").get_x())
    beside = words.caption(rule, "rule", RIGHT, ink.focus, gap=0.3, size=ink.NOTE)
    assert beside.get_left()[0] == pytest.approx(rule.get_right()[0] + 0.3)
    assert beside.glyphs[0].get_fill_color() == ink.focus
    assert words.caption(np.array([1.0, 2.0, 0.0]), "here", UP).get_bottom()[1] == pytest.approx(
        2 + words.GAP
    )


# -- animations


def _play(scene: Scene, *animations) -> None:
    with tempconfig({"dry_run": True, "frame_rate": 10, "progress_bar": "none", "verbosity": "ERROR"}):
        scene.play(*animations, run_time=0.3)


@pytest.fixture
def scene() -> Iterator[Scene]:
    with tempconfig({"dry_run": True, "frame_rate": 10, "progress_bar": "none", "verbosity": "ERROR"}):
        yield Scene()


def test_rewrite_pairs_labels_then_shapes_in_order() -> None:
    old = words.formula("a + a = {{w x : score}} + b")
    new = words.formula("b + {{x : score}} = a + a + a")
    pairs, going, coming = words.match(old, new)
    assert all(one.shape == other.shape for one, other in pairs)
    letters = [glyph for glyph, _ in pairs if glyph.shape == old.part("a").glyphs[0].shape]
    assert letters == old.part("a").glyphs
    partners = [new_a for old_a, new_a in pairs if old_a in letters]
    assert partners == sorted(partners, key=lambda glyph: float(glyph.get_x()))
    assert {id(g) for pair in pairs for g in pair} | {id(g) for g in going + coming} == {
        id(g) for g in old.glyphs + new.glyphs
    }
    assert [glyph.shape for glyph in going] == [old.part("w").glyphs[0].shape]


def test_rewrite_keeps_labelled_parts_together() -> None:
    old, new = words.formula("{{x : p}} + x"), words.formula("x + {{x : p}}")
    pairs, _, _ = words.match(old, new)
    partner = {id(one): other for one, other in pairs}
    assert partner[id(old.part("p").glyphs[0])] is new.part("p").glyphs[0]


def test_rewrite_morphs_parts_of_equal_length() -> None:
    pairs, going, coming = words.match(words.formula("{{a : p}} + c"), words.formula("{{b : p}} + c"))
    assert (len(pairs), going, coming) == (3, [], [])


def test_rewrite_of_notes_keeps_common_words() -> None:
    pairs, going, coming = words.match(words.note("the wide street"), words.note("the widest street"))
    assert (len(pairs), len(going), len(coming)) == (13, 0, 2)


def _drawn(animation: Animation) -> list[Glyph]:
    members: list[object] = list(animation.mobject.submobjects)
    return [member for member in members if isinstance(member, Glyph)]


def test_rewrite_moves_and_leaves_the_new_on_the_stage(scene: Scene) -> None:
    old, new = words.formula("a + b = c"), words.formula("c = a + b").shift(UP)
    before, after = _points(old), _points(new)
    scene.add(old)
    seen = []
    animation = words.rewrite(old, new)
    animation.begin()
    for alpha in (0.0, 0.5, 1.0):
        animation.interpolate(alpha)
        seen.append(np.sort(np.concatenate([glyph.points for glyph in _drawn(animation)])[:, 1]))
    np.testing.assert_allclose(seen[0], np.sort(before[:, 1]), atol=1e-9)
    np.testing.assert_allclose(seen[2], np.sort(after[:, 1]), atol=1e-9)
    going = words.rewrite(words.formula("a + b"), words.formula("b + c"))
    going.begin()
    opacities = []
    for alpha in (0.0, 0.2, 0.5, 0.8, 1.0):
        going.interpolate(alpha)
        opacities.append([float(glyph.fill_rgbas[0, 3]) for glyph in _drawn(going)[2:]])
    leaving, entering = (list(each) for each in zip(*opacities, strict=True))
    assert leaving == sorted(leaving, reverse=True)
    assert entering == sorted(entering)
    assert (leaving[0], leaving[2], entering[2], entering[-1]) == (1.0, 0.0, 0.0, 1.0)
    _play(scene, words.rewrite(old, new))
    assert scene.mobjects == [new]
    np.testing.assert_array_equal(_points(old), before)
    np.testing.assert_array_equal(_points(new), after)


def test_glyphs_that_change_sides_pass_each_other() -> None:
    animation = words.rewrite(words.formula("a = b"), words.formula("b = a"))
    animation.begin()
    animation.interpolate(0.5)
    heights = sorted(float(glyph.get_y()) for glyph in _drawn(animation))
    assert min(np.diff(heights)) > 0.1


def test_rewrite_draws_in_the_same_order_every_time() -> None:
    orders = []
    for _ in range(2):
        animation = words.rewrite(words.formula("{{a : p}} + b/c"), words.formula("c/b - {{a : p}}"))
        animation.begin()
        orders.append([glyph.shape for glyph in _drawn(animation)])
    assert orders[0] == orders[1]


def test_light_returns_and_leaves_the_words_whole(scene: Scene) -> None:
    made = words.note("the kerb stops it")
    part = made.part("kerb")
    scene.add(made)
    before = _points(made)
    animation = words.light(part)
    animation.begin()
    animation.interpolate(0.5)
    assert part.glyphs[0].get_fill_color() == ink.focus
    assert made.part("it").glyphs[0].get_fill_color() == ink.chalk
    animation.finish()
    _play(scene, words.light(part), words.light(made.part("it")))
    assert scene.mobjects == [made]
    assert {glyph.get_fill_color() for glyph in made.glyphs} == {ink.chalk}
    np.testing.assert_allclose(_points(made), before, atol=1e-12)


def test_light_on_what_still_comes_leaves_it_as_it_comes(scene: Scene) -> None:
    for coming in (lambda made: FadeIn(made, shift=UP), words.write):
        made = words.note("the kerb stops it")
        there = _points(made)
        _play(scene, coming(made), words.light(made.part("kerb")))
        assert {float(glyph.fill_rgbas[0, 3]) for glyph in made.glyphs} == {1.0}
        assert {glyph.get_fill_color() for glyph in made.glyphs} == {ink.chalk}
        np.testing.assert_allclose(_points(made), there, atol=1e-9)


def test_light_on_what_leaves_lets_it_leave(scene: Scene) -> None:
    made = words.note("the kerb stops it")
    scene.add(made)
    seen: list[float] = []
    watch = UpdateFromAlphaFunc(Mobject(), lambda _, alpha: seen.append(made.glyphs[0].fill_rgbas[0, 3]))
    _play(scene, FadeOut(made), words.light(made.part("the")), watch)
    assert seen[-2] < 0.5


def test_formulas_have_the_colours_of_their_lesson() -> None:
    maths = words.Formulas({"q": ink.second})
    made = maths("q + x = {{ s : sum }}", ink.HEADLINE, {"sum": ink.focus})
    colors = [made.part(name).glyphs[0].get_fill_color() for name in ("q", "x", "sum")]
    assert colors == [ink.second, ink.chalk, ink.focus]  # x has a colour in the hub's table, and none here
    assert made.height == pytest.approx(words.formula("q + x = s", size=ink.HEADLINE).height)


def test_tint_stays(scene: Scene) -> None:
    made = words.note("the kerb")
    scene.add(made)
    _play(scene, words.tint(made.part("kerb"), ink.error))
    assert scene.mobjects == [made]
    assert made.part("kerb").glyphs[0].get_fill_color() == ink.error


def test_write_comes_in_reading_order(scene: Scene) -> None:
    made = words.note("one two three")
    animation = words.write(made)
    animation.begin()
    animation.interpolate(0.4)
    shown = [float(glyph.fill_rgbas[0, 3]) for glyph in made.glyphs]
    assert shown[0] > shown[4] > 0
    assert shown == sorted(shown, reverse=True)
    animation.finish()
    assert all(glyph.fill_rgbas[0, 3] == 1 for glyph in made.glyphs)
    _play(scene, words.write(made))
    assert scene.mobjects == [made]


def test_mark_lies_under_or_around() -> None:
    made = words.note("the kerb stops it")
    part = made.part("kerb")
    line, box = words.mark(part), words.mark(part, "box")
    assert line.get_top()[1] < words.baseline(made)
    assert line.width == pytest.approx(part.width)
    assert box.get_left()[0] < part.get_left()[0] < part.get_right()[0] < box.get_right()[0]


# -- live numbers


def _number(readout: Readout) -> str:
    """What the slots show, read back from their shapes and places."""
    names = {shape: character for character, shape in glyph_shapes().items()}
    shown = [glyph for glyph in readout.number.glyphs if glyph.shape]
    return "".join(names[glyph.shape] for glyph in sorted(shown, key=lambda glyph: float(glyph.get_x())))


def glyph_shapes() -> dict[str, str]:
    """The shape of each character of a number, from ordinary words in the readout's weight."""
    style = "#set text(weight: 500, features: (calt: 0, tnum: 1), kerning: false)"
    shapes = {}
    for character in "0123456789−+.":
        script = words_script(escape(character), style)
        shapes[character] = typeset.set_type(script.markup)[0].shape
    return shapes


@pytest.mark.parametrize(("decimals", "sign"), [(2, False), (0, False), (3, True), (1, True)])
def test_readout_says_what_format_says(decimals: int, sign: bool) -> None:
    tracker = ValueTracker(0.0)
    readout = Readout(tracker, decimals=decimals, sign=sign, digits=7, label="x", unit="cm")
    picks = random.Random(decimals)
    for value in [0.0, -0.0001, 9.9999, -9.995, 0.5, 1.5, *(picks.uniform(-9e4, 9e4) for _ in range(60))]:
        tracker.set_value(value)
        readout.update(1 / 15)
        expected = format(value, f"{'+' if sign else ''}.{decimals}f")
        if float(expected) == 0:
            expected = expected.replace("-", "+" if sign else "")
        assert readout.shown == expected.replace("-", "−")
        assert _number(readout) == readout.shown
        assert readout.source_text == f"x {readout.shown} cm"


def test_readout_sets_nothing_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = ValueTracker(8.0)
    readout = Readout(tracker, label="loss", unit="nats", digits=4)
    arrays = [(member.points, member.points.shape) for member in readout.get_family()]
    family = [id(member) for member in readout.get_family()]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("words were set anew")

    monkeypatch.setattr(typst, "compile_with_warnings", refuse)
    monkeypatch.setattr(svgelements, "Path", refuse)
    monkeypatch.setattr(typeset, "_set_type", refuse)
    for value in (1.0, -22.5, 345.678, -1000.25, 0.0):
        tracker.set_value(value)
        readout.update(1 / 15)
        assert [id(member) for member in readout.get_family()] == family
        for member, (points, shape) in zip(readout.get_family(), arrays, strict=True):
            assert member.points is points
            assert points.shape == shape


def test_readout_keeps_unit_point_and_digits_in_place() -> None:
    tracker = ValueTracker(1.11)
    readout = Readout(tracker, label="width", unit="cm", digits=3)
    unit, label = readout.unit.get_right()[0], readout.part("width").get_left()[0]
    ones = sorted(glyph.get_right()[0] for glyph in readout.number.glyphs if glyph.shape)[-1]
    for value in (8.88, 11.11, -1.11, 111.11):
        tracker.set_value(value)
        readout.update(1 / 15)
        assert readout.unit.get_right()[0] == pytest.approx(unit)
        assert readout.part("width").get_left()[0] == pytest.approx(label)
    last = sorted(glyph.get_right()[0] for glyph in readout.number.glyphs if glyph.shape)[-1]
    assert last == pytest.approx(ones)
    tracker.set_value(2222.22)
    readout.update(1 / 15)
    assert readout.part("width").get_right()[0] < min(
        g.get_left()[0] for g in readout.number.glyphs if g.shape
    )
    tracker.set_value(1.11)
    readout.update(1 / 15)
    assert readout.part("width").get_left()[0] == pytest.approx(label)


def test_readout_follows_wherever_it_is_moved_turned_and_scaled() -> None:
    tracker = ValueTracker(12.5)
    moved, fresh = (Readout(tracker, label="n", unit="cm") for _ in range(2))
    moved.scale(1.5).rotate(PI / 3).shift(2 * LEFT + UP)
    tracker.set_value(47.25)
    moved.update(1 / 15)
    fresh.update(1 / 15)
    fresh.scale(1.5, about_point=np.zeros(3)).rotate(PI / 3, about_point=np.zeros(3)).shift(2 * LEFT + UP)
    np.testing.assert_allclose(_points(moved), _points(fresh), atol=1e-9)


def test_readout_copies_follow_and_frozen_ones_do_not() -> None:
    tracker = ValueTracker(1.0)
    readout = Readout(lambda: tracker.get_value() ** 2)
    bound = Readout(tracker)
    twins, frozen = (readout.copy(), bound.copy()), readout.copy().freeze()
    tracker.set_value(3.0)
    for each in (*twins, frozen):
        each.update(1 / 15)
    assert [each.shown for each in (*twins, frozen)] == ["9.00", "3.00", "1.00"]
    assert readout.shown == "1.00"


def test_readout_fades_and_transforms(scene: Scene) -> None:
    readout = Readout(lambda: 1.25, label="a")
    _play(scene, FadeIn(readout))
    assert scene.mobjects == [readout]
    other = Readout(lambda: 77.5, label="a").shift(UP)
    count = len(readout.get_family())
    _play(scene, Transform(readout.freeze(), other.freeze()))
    assert len(readout.get_family()) >= count
    _play(scene, FadeOut(readout))
    assert scene.mobjects == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 12345.0])
def test_readout_refuses_what_it_cannot_show(value: float) -> None:
    tracker = ValueTracker(1.0)
    readout = Readout(tracker)
    tracker.set_value(value)
    with pytest.raises(WordsError):
        readout.update(1 / 15)


# -- fonts and the cache


def test_only_our_fonts_are_there() -> None:
    folder = typeset.FONTS.resolve()
    for font in typeset.fonts().fonts():
        assert font.path is None or Path(font.path).resolve().parent == folder
    families = typeset.fonts().families()
    assert {typeset.WORDS, typeset.CODE, typeset.MATHS} <= set(families)


@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Serif", "Nowhere"])
def test_other_fonts_are_an_error(family: str, cache: Path) -> None:
    with pytest.raises(WordsError, match="no font could be found"):
        words.formula(f'#text(font: "{family}")[a]')


def test_missing_font_is_an_error_not_another_font(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "FONTS", tmp_path)
    typeset.fonts.cache_clear()
    try:
        with pytest.raises(WordsError, match="unknown font family: inter"):
            words.note("a")
    finally:
        typeset.fonts.cache_clear()


def _kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*"))


def test_warm_is_cold(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = words.formula("hat(y) = {{a/b : p}}")
    assert _kept(cache)
    assert all(path.suffix == ".type" for path in _kept(cache))
    typeset._set_type.cache_clear()
    monkeypatch.setattr(typst, "compile_with_warnings", None)
    warm = words.formula("hat(y) = {{a/b : p}}")
    np.testing.assert_array_equal(_points(cold), _points(warm))
    assert _shapes(cold) == _shapes(warm)
    assert len(warm.part("p").glyphs) == 3


def _with_other_numbers(kept: bytes) -> bytes:
    """A file that unpacks well and holds another picture."""
    body = bytearray(zlib.decompress(kept[32:]))
    body[-9:] = bytes(9)
    return kept[:32] + zlib.compress(bytes(body))


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_damaged_cache_is_mended(cache: Path, damage: bytes | None) -> None:
    first = _points(words.note("mend me"))
    for path in _kept(cache):
        path.write_bytes(_with_other_numbers(path.read_bytes()) if damage is None else damage)
    damaged = {path: path.read_bytes() for path in _kept(cache)}
    typeset._set_type.cache_clear()
    np.testing.assert_array_equal(_points(words.note("mend me")), first)
    assert any(path.read_bytes() != old for path, old in damaged.items())


def test_cache_that_cannot_be_written_is_done_without(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert len(words.note("still here").glyphs) == 9


def test_key_holds_fonts_typst_and_our_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    key = typeset._key("a")
    monkeypatch.setattr(typeset, "version", lambda _: "9.9")
    assert typeset._key("a") != key
    monkeypatch.undo()
    monkeypatch.setattr(typeset, "_digest", lambda: "other")
    assert typeset._key("a") != key
    monkeypatch.undo()
    assert typeset._key("a") == key


# -- pictures


def test_words_look_as_blessed() -> None:
    note = words.note("The [kerb:focus] *stops* it: _three_ of $n$", width=5).shift(3 * LEFT + 2 * UP)
    formula = words.formula("hat(y) = sum_(i=1)^n w_i x_i + b", size=ink.HEADLINE).shift(2 * DOWN)
    code = words.code("def f(x):\n    return x + 1.5").shift(3 * RIGHT + 2 * UP)
    readout = Readout(lambda: -3.25, label="loss", unit="nats")
    assert_golden(
        "words", note, formula, code, readout, words.mark(note.part("kerb")), width=854, height=480, text=True
    )


def test_fraction_and_root_look_as_blessed() -> None:
    formula = words.formula("x = (-b plus.minus sqrt(b^2 - 4 a c))/(2 a)", size=ink.POSTER)
    assert_golden("words-bars", formula, text=True)
