"""The gallery is whole: every noun of the kit is seen in a picture that the code beside it draws."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import av
import numpy as np
import pytest
from manim import Mobject, VGroup

import scenes.kit
from scripts import gallery

EXHIBITS = gallery.exhibits()
EXAMPLES = [example for exhibit in EXHIBITS for example in exhibit.examples]
UNSEEN = {"Part", "Frame", "Dimming"}
"""A part is some glyphs of words; the others are how the stage is seen."""


def module_names() -> set[str]:
    return {path.stem for path in Path(scenes.kit.__path__[0]).glob("*.py")}


def test_every_noun_is_seen_in_a_picture() -> None:
    seen = {
        kind for example in EXAMPLES for each in example.draw().get_family() for kind in type(each).__mro__
    }
    missing = [
        f"scenes/kit/{module}.py: {kind.__name__}"
        for module, nouns in gallery.kinds().items()
        for kind in nouns
        if kind not in seen and kind.__name__ not in UNSEEN
    ]
    assert not missing, f"no example in docs/gallery/ shows {', '.join(missing)}"


def test_every_module_with_nouns_has_its_own_examples() -> None:
    homes = {gallery.WITHIN.get(module, module) for module in gallery.kinds()} - gallery.INNER
    assert sorted(homes - {exhibit.name for exhibit in EXHIBITS}) == [], "write docs/gallery/<module>.py"


def test_every_exhibit_is_a_module_of_the_kit_and_has_examples() -> None:
    assert {exhibit.name for exhibit in EXHIBITS} <= module_names()
    assert all(exhibit.examples and exhibit.about and exhibit.nouns for exhibit in EXHIBITS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_draws_what_its_code_says(example: gallery.Example) -> None:
    assert example.caption.endswith(".")
    compile(example.code.replace("return ", "", 1), example.name, "exec")
    seen = gallery.picture(example)
    assert 40 < seen.shape[0] <= gallery.SIZE[1] + 40
    assert 40 < seen.shape[1] <= gallery.SIZE[0] + 40


SKETCHED = sorted(path.stem for path in gallery.SKETCHES.glob("*.py"))


@pytest.mark.parametrize("name", SKETCHED)
def test_a_sketch_moves_for_ten_to_twenty_seconds(name: str) -> None:
    assert name in {exhibit.name for exhibit in EXHIBITS}
    sketch = gallery.sketch_of(name)
    assert sketch is not None
    assert "*" in (sketch.__doc__ or ""), (
        "its docstring names the lesson and the chapter: *model-evaluation*, 2"
    )
    pictures = gallery.play(sketch, 160, 90, 5)
    assert 10 * 5 <= sum(repeat for _, repeat in pictures) <= 20 * 5
    assert len(pictures) > 20


def test_a_sketch_is_one_lesson_of_one_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "SKETCHES", tmp_path)
    (tmp_path / "dial.py").write_text("from scenes.kit.lesson import Lesson\n")
    with pytest.raises(ValueError, match=r"dial\.py: expected one lesson of one chapter"):
        gallery.sketch_of("dial")
    assert gallery.sketch_of("line") is None


FLICKER = '''"""A sketch."""

from manim import Dot

from scenes.kit.lesson import Lesson, chapter


class Sketch(Lesson):
    """As *nothing*, 1, has it."""

    @chapter("One")
    def one(self) -> None:
        dot = Dot()
        self.add(dot)
        with self.beat("It moves."):
            self.play(dot.animate.shift((1, 0, 0)), run_time=1)
'''


def test_a_sketch_can_be_looked_at_as_a_film_and_as_a_strip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gallery, "SKETCHES", tmp_path)
    monkeypatch.setattr(gallery, "ROOT", tmp_path)
    (tmp_path / "dial.py").write_text(FLICKER)
    sketch = gallery.sketch_of("dial")
    assert sketch is not None
    gallery.write_film(sketch, tmp_path / "dial.mp4")
    with av.open(str(tmp_path / "dial.mp4")) as film:
        shown = [frame.to_ndarray(format="gray") for frame in film.decode(video=0)]
    assert len(shown) >= 15 and not np.array_equal(shown[0], shown[-1])
    assert gallery.main(["--strip", "dial"]) == 0
    assert capsys.readouterr().out.strip() == "build/gallery/dial.strip.png"
    with pytest.raises(SystemExit):
        gallery.main(["--strip", "line"])
    assert "no sketch of line; there are: dial" in capsys.readouterr().err


def test_an_example_without_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="draws nothing"):
        gallery.picture(gallery.Example("no.thing", "Nothing.", "", VGroup))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.pictures: list[dict[str, str | None]] = []
        self.targets: set[str] = set()
        self.links: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "img":
            self.pictures.append(found)
        if tag == "a":
            self.links.add(str(found["href"]))
        self.targets.add(f"#{found.get('id')}")

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_shows_pictures_verbs_and_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [exhibit for exhibit in EXHIBITS if exhibit.name in {"dial", "line", "readout"}]
    monkeypatch.setattr(gallery, "exhibits", lambda: few)
    page = Page(gallery.build(tmp_path).read_text(encoding="utf-8"))
    assert page.links == {"#dial", "#line", "#readout"} <= page.targets
    assert sorted(str(each["src"]) for each in page.pictures) == sorted(
        f"{example.name}.webp" for exhibit in few for example in exhibit.examples
    )
    assert all(each["alt"] and (tmp_path / str(each["src"])).exists() for each in page.pictures)
    assert "redraw(value)" in page.words and "Point at value; beyond the scale's ends" in page.words
    assert "color=ink.focus" in page.words
    assert 'return Dial("gamma"' in page.words


def test_code_comes_with_the_constants_that_it_needs() -> None:
    (code,) = [example.code for example in EXAMPLES if example.name == "board.values"]
    assert code.startswith("ROWS = (") and "\nOPEN = [" in code and "\nWAY = [" in code
    (code,) = [example.code for example in EXAMPLES if example.name == "board.chances"]
    assert "WAY" not in code


def test_the_pictures_of_the_guide_are_there_and_up_to_date() -> None:
    """Their names and sizes; the pictures themselves are lossy."""
    guide = (gallery.ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    for name in gallery.GUIDE:
        assert f"(authoring/{name}.webp)" in guide
        (example,) = [each for each in EXAMPLES if each.name == name]
        kept = gallery.ROOT / "docs" / "authoring" / f"{name}.webp"
        assert kept.exists(), "python scripts/gallery.py --guide"
        old, new = gallery.thumbnail(kept), gallery.thumbnail(example)
        assert old.shape == new.shape, f"{kept} is out of date: python scripts/gallery.py --guide"
        assert np.abs(old.astype(int) - new).mean() < 4, (
            f"{kept} is out of date: python scripts/gallery.py --guide"
        )


def test_a_noun_without_an_example_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unshown(Mobject):
        """A noun that nobody draws."""

    monkeypatch.setattr(gallery, "kinds", lambda: {"unshown": [Unshown]})
    with pytest.raises(AssertionError, match=r"scenes/kit/unshown\.py: Unshown"):
        test_every_noun_is_seen_in_a_picture()
    with pytest.raises(AssertionError, match="unshown"):
        test_every_module_with_nouns_has_its_own_examples()
