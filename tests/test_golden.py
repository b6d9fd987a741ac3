"""The golden harness fails when it should: every way a picture can be wrong is tried on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import RIGHT, UP, Line, Rectangle, Square, Text, VGroup

from scenes.kit import ink
from tests import golden
from tests.golden import assert_golden, blessing, differ, draw


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for goldens."""
    monkeypatch.setattr(golden, "GOLDEN", tmp_path / "golden")
    monkeypatch.setattr(golden, "SEEN", tmp_path / "seen")
    return tmp_path


def _square() -> VGroup:
    square = Square(2).set_stroke(ink.chalk, 3).set_fill(ink.first, 1)
    return VGroup(square, Line((-5, -3, 0), (5, 3, 0)).set_stroke(ink.focus, 2))


def test_missing_golden_fails_and_says_how_to_bless(shelf: Path) -> None:
    with pytest.raises(AssertionError, match=r"never blessed.*bless\.py square"):
        assert_golden("square", _square())
    assert (shelf / "seen" / "square.png").exists()


def test_blessed_picture_passes(shelf: Path) -> None:
    with blessing() as looks:
        assert_golden("square", _square())
    assert [look.change for look in looks] == ["new"]
    assert_golden("square", _square())
    with blessing() as looks:
        assert_golden("square", _square())
    assert [look.change for look in looks] == ["unchanged"]


@pytest.mark.parametrize(
    "change",
    [
        lambda group: group.shift(0.1 * RIGHT),
        lambda group: group[0].set_fill(ink.second),
        lambda group: group[1].set_stroke(ink.error),
        lambda group: group[1].set_stroke(width=0),
        lambda group: group[0].scale(1.06),
        lambda group: group.add(Rectangle(height=0.1, width=0.1).shift(3 * UP).set_fill(ink.chalk, 1)),
        lambda group: group[0].set_fill(opacity=0.9),
    ],
)
def test_changed_picture_fails(shelf: Path, change: Callable[[VGroup], object]) -> None:
    with blessing():
        assert_golden("square", _square())
    changed = _square()
    change(changed)
    with pytest.raises(AssertionError, match=r"pixels differ.*bless\.py square"):
        assert_golden("square", changed)
    assert (shelf / "seen" / "square.png").exists()


def test_other_antialiasing_passes() -> None:
    line = draw(_square(), width=427, height=240)
    nudged = draw(_square().shift(0.004 * RIGHT), width=427, height=240)
    assert not np.array_equal(line, nudged)
    assert differ(line, nudged) == ""


def test_other_size_fails() -> None:
    small, large = (draw(_square(), width=w, height=h) for w, h in ((427, 240), (854, 480)))
    assert "854 × 480" in differ(small, large)


def test_words_are_refused_unless_asked_for(shelf: Path) -> None:
    with pytest.raises(ValueError, match="shows words"):
        assert_golden("words", VGroup(Text("hello")))
    with pytest.raises(AssertionError, match="never blessed"):
        assert_golden("words", VGroup(Text("hello")), text=True)


def test_blessing_some_names_leaves_the_others(shelf: Path) -> None:
    with blessing(frozenset({"one"})) as looks:
        assert_golden("one", _square())
        assert_golden("two", _square())
    assert [look.name for look in looks] == ["one"]
    assert not (shelf / "golden" / "two.png").exists()


def test_names_are_plain(shelf: Path) -> None:
    with pytest.raises(ValueError, match="small letters"):
        assert_golden("../out", _square())
