"""Golden stills fail when they should, and only then: every way a still can be wrong is tried on one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import RIGHT, UP, Dot, FunctionGraph, Line, VGroup

from scenes.kit import ink
from tests import golden, still
from tests.still import POSTER, Drawing, Moment, compare, edge_energy

HERE = Path(__file__).parent
PIXEL = ink.FRAME_WIDTH / still.WIDTH
"""Scene units a pixel of a still."""


def _chart() -> VGroup:
    """Axes, two curves and a hundred dots."""
    rng = np.random.default_rng(7)
    axes = VGroup(Line((-6, -3, 0), (6, -3, 0)), Line((-6, -3, 0), (-6, 3, 0))).set_stroke(ink.faint, 2)
    curves = VGroup(*(FunctionGraph(shape, (-6, 6)).set_stroke(width=3) for shape in (np.sin, np.cos)))
    curves[0].set_color(ink.first)
    curves[1].set_color(ink.second)
    dots = VGroup(
        *(Dot((x, y, 0), 0.06, color=ink.chalk) for x, y in rng.uniform((-6, -3), (6, 3), (100, 2)))
    )
    return VGroup(axes, curves, dots)


def _picture(chart: VGroup) -> golden.Picture:
    return golden.draw(chart, width=still.WIDTH, height=still.HEIGHT)


def _without_curve(chart: VGroup) -> None:
    chart[1].remove(chart[1][0])


@pytest.mark.parametrize(
    "change",
    [
        lambda chart: chart[2][0].shift(3 * PIXEL * RIGHT),
        lambda chart: chart[2][50].shift(3 * PIXEL * UP),
        lambda chart: chart[2][0].set_fill(ink.error),
        lambda chart: chart[1][0].set_stroke(ink.third),
        lambda chart: chart[2][0].set_opacity(0),
        lambda chart: chart[1].shift(2 * PIXEL * UP),
        lambda chart: chart[1][0].set_stroke(width=6),
        _without_curve,
    ],
    ids=[
        "one dot moved across",
        "one dot moved up",
        "a dot of another colour",
        "a curve of another colour",
        "a dot missing",
        "curves moved",
        "a thicker curve",
        "a curve missing",
    ],
)
def test_a_changed_picture_fails(change: Callable[[VGroup], object]) -> None:
    chart = _chart()
    old = _picture(chart)
    change(chart)
    assert "similarity" in compare(old, _picture(chart))


def test_the_whole_picture_moved_by_a_pixel_fails_by_similarity_alone() -> None:
    """Every pixel has a neighbour of its colour, so that pixels alone let it pass."""
    old, new = _picture(_chart()), _picture(_chart().shift(PIXEL * RIGHT))
    assert golden.differ(old, new) == ""
    assert "no pixel away from edges differs" in compare(old, new)


def test_one_dot_fails_by_pixels_alone() -> None:
    chart = _chart()
    old = _picture(chart)
    chart[2][0].set_opacity(0)
    new = _picture(chart)
    assert still.likeness(old, new) >= still.LIKENESS
    assert compare(old, new)


@pytest.mark.parametrize("finer", [2, 4])
def test_other_antialiasing_passes(finer: int) -> None:
    """The same picture, with each pixel the mean of ``finer`` × ``finer`` that were antialiased on their own."""
    old = _picture(_chart())
    fine = golden.draw(_chart(), width=finer * still.WIDTH, height=finer * still.HEIGHT)
    new = fine.reshape(still.HEIGHT, finer, still.WIDTH, finer, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    assert np.abs(old.astype(int) - new).max() > golden.TOLERANCE
    assert compare(old, new) == ""


def test_a_tenth_of_a_pixel_and_noise_at_edges_pass() -> None:
    old, nudged = _picture(_chart()), _picture(_chart().shift(0.1 * PIXEL * RIGHT))
    assert np.abs(old.astype(int) - nudged).max() > golden.TOLERANCE
    assert compare(old, nudged) == ""
    edges = np.abs(np.gradient(old.astype(float), axis=(0, 1))).max(axis=0) > 10
    noise = np.random.default_rng(3).integers(-5, 6, old.shape) * edges
    assert compare(old, np.clip(old + noise, 0, 255).astype(np.uint8)) == ""


def test_edge_energy_is_the_mean_slope() -> None:
    ramp = np.repeat(np.arange(0, 200, 5, dtype=np.uint8)[None, :, None], 30, axis=0).repeat(3, axis=2)
    assert edge_energy(ramp) == pytest.approx(5)
    assert edge_energy(np.full((9, 9, 3), 80, dtype=np.uint8)) == 0


@pytest.mark.parametrize("name", ["", "chapter", "chapter.0", "chapter/-1", "../out/1", "Chapter.1", "a.1.2"])
def test_a_name_of_no_moment_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no still"):
        Moment.named(name)


def test_names_are_read_as_they_are_written() -> None:
    assert {Moment.named(str(moment)) for moment in (POSTER, Moment("two_bands", 12))} == {
        POSTER,
        Moment.named("two_bands/12"),
    }


# What blessing keeps, with a lesson of flat pictures


@pytest.fixture
def flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drawing:
    """A lesson of two chapters whose third beats are the richest, and an empty place for stills."""
    moments = [POSTER, *(Moment(chapter, beat) for chapter in ("bends", "breaks") for beat in (1, 2, 3))]
    stripes = np.zeros((30, 40, 3), dtype=np.uint8)
    drawing = Drawing({"bends": 3, "breaks": 3}, {})
    for moment in moments:
        picture = stripes.copy()
        picture[:, :: 8 - 2 * moment.beat] = 200  # denser, the later
        drawing.pictures[moment] = picture
    monkeypatch.setattr(still, "STILLS", tmp_path / "stills")
    monkeypatch.setattr(golden, "SEEN", tmp_path / "seen")
    monkeypatch.setattr(still, "draw", lambda module, moments=(): drawing)
    return drawing


def _blessed() -> list[str]:
    return sorted(map(str, still.blessed("flat")))


def test_nothing_blessed_fails_with_the_command(flat: Drawing) -> None:
    (complaint,) = still.complaints("flat", "scenes.flat")
    assert "scripts/bless.py --lesson flat" in complaint


def test_by_default_the_poster_and_the_richest_beat_of_each_chapter(flat: Drawing) -> None:
    looks = still.bless("flat", "scenes.flat")
    assert {look.change for look in looks} == {"new"}
    assert _blessed() == ["bends.3", "breaks.3", "poster"]
    assert still.complaints("flat", "scenes.flat") == []
    assert {look.change for look in still.bless("flat", "scenes.flat")} == {"unchanged"}


def test_named_beats_replace_those_of_their_chapter_and_stay(flat: Drawing) -> None:
    still.bless("flat", "scenes.flat")
    looks = still.bless("flat", "scenes.flat", ["bends/1", "bends/2"])
    assert {(look.name, look.change) for look in looks} == {
        ("bends.1", "new"),
        ("bends.2", "new"),
        ("bends.3", "deleted"),
    }
    still.bless("flat", "scenes.flat")
    assert _blessed() == ["bends.1", "bends.2", "breaks.3", "poster"]
    still.bless("flat", "scenes.flat", ["bends"])
    assert _blessed() == ["bends.3", "breaks.3", "poster"]


@pytest.mark.parametrize("name", ["bends/4", "twists", "twists/1"])
def test_a_beat_that_is_not_there_is_no_name(flat: Drawing, name: str) -> None:
    with pytest.raises(ValueError, match=r"no still|no such beat"):
        still.bless("flat", "scenes.flat", [name])
    assert _blessed() == []


def test_what_is_gone_or_missing_is_told(flat: Drawing) -> None:
    still.bless("flat", "scenes.flat", ["bends/3"])
    flat.beats["bends"] = 2
    del flat.pictures[Moment("bends", 3)]
    complaints = "\n".join(still.complaints("flat", "scenes.flat"))
    assert "bends.3.png: flat has no such beat any more" in complaints
    assert "chapter breaks has no golden still; bless one with: " in complaints
    assert "the poster has no golden still" in complaints
    still.bless("flat", "scenes.flat")
    assert _blessed() == ["bends.2", "breaks.3", "poster"]


def test_a_changed_still_names_files_figures_and_the_command(flat: Drawing, tmp_path: Path) -> None:
    still.bless("flat", "scenes.flat", ["poster", "bends/1", "bends/2", "breaks/3"])
    flat.pictures[Moment("bends", 2)][10:20, 10:20] = 90
    (complaint,) = still.complaints("flat", "scenes.flat")
    beside = tmp_path / "seen" / "flat" / "bends.2.png"
    assert str(tmp_path / "stills" / "flat" / "bends.2.png") in complaint
    assert "similarity 0." in complaint
    assert "pixels differ by up to" in complaint
    assert str(beside) in complaint
    assert complaint.endswith("bless it with: python scripts/bless.py --lesson flat bends/1 bends/2")
    assert golden.load(beside).shape == (30, 3 * 40, 3)
    looks = {look.name: look for look in still.bless("flat", "scenes.flat")}
    assert looks["bends.2"].beside == beside
    assert looks["bends.1"].change == "unchanged"
    assert still.complaints("flat", "scenes.flat") == []


# A real lesson, told in a process of its own


def test_another_wording_passes_and_another_picture_fails(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / "tests").mkdir()
    for name in ("still.py", "golden.py"):
        shutil.copy(HERE / name, tiny / "tests")
    monkeypatch.setattr(still, "ROOT", tiny)
    monkeypatch.setattr(still, "STILLS", tmp_path / "stills")
    monkeypatch.setattr(golden, "SEEN", tmp_path / "seen")
    scene = tiny / "scenes" / "moving_dot" / "away.py"
    story = scene.read_text(encoding="utf-8").replace(
        "self.add(self.dot)", 'self.name = words.note("A dot"); self.add(self.dot, self.name)'
    )
    story = story.replace("from scenes.kit.lesson", "from scenes.kit import words\nfrom scenes.kit.lesson")

    def tell(old: str = "", new: str = "") -> list[str]:
        assert old in story
        scene.write_text(story.replace(old, new) if old else story, encoding="utf-8")
        return still.complaints("moving-dot", "scenes.moving_dot")

    tell()
    names = sorted(look.name for look in still.bless("moving-dot", "scenes.moving_dot"))
    assert names in (["comes_back.1", "goes.1", "poster"], ["comes_back.2", "goes.1", "poster"])
    assert tell('"A dot"', '"A dot that is going to leave"') == []
    assert tell('"It goes"', '"It goes, and how"') == []
    assert tell('"The dot goes."', '"The blue dot goes away at last."') == []
    (complaint,) = tell("4 * RIGHT)", "4.1 * RIGHT)")
    assert "goes.1.png: similarity" in complaint
    with pytest.raises(RuntimeError, match="cannot be told"):
        tell("self.play(self.dot", "self.play(self.dots")
