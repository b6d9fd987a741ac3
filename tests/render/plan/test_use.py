"""What pieces of a lesson use while it is told in one process: each as if it were drawn alone."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from render.plan.use import Use, forget
from scenes.maths.shared import memo


def module_at(path: Path, monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    """A module of that file is imported, with what it holds."""
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    vars(module).update(names)
    monkeypatch.setitem(sys.modules, f"of_this_test.{path.parent.name}.{path.stem}", module)


def test_a_piece_is_given_what_another_has_asked_for_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "recalled", {})

    @cache
    def best() -> float:
        memo.recalled["scenes/maths/lesson/best.py:tried 0123"] = "digest"
        return 1.0

    module_at(tmp_path / "scenes" / "maths" / "lesson" / "best.py", monkeypatch, best=best)
    use = Use(tmp_path)
    for piece in ("one", "two"):
        use.begin(piece)
        best()
    use.begin("three")
    use.take()
    kept = {"scenes/maths/lesson/best.py:tried 0123": "digest"}
    assert dict(use.computed) == {"": {}, "one": kept, "two": kept, "three": {}}


def test_only_what_lessons_keep_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {}
    for place in ("scenes/lesson", "scenes/kit", "render/draw"):

        @cache
        def one(place: str = place) -> str:
            return place

        one()
        kept[place] = one
        module_at(tmp_path / place / "act.py", monkeypatch, one=one)
    forget(tmp_path)
    sizes = {place: one.cache_info().currsize for place, one in kept.items()}
    assert sizes == {"scenes/lesson": 0, "scenes/kit": 1, "render/draw": 1}
