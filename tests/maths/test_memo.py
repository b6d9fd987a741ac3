"""Results that are kept: found again for the same code alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from scenes.maths import memo

DOUBLE = """
from scenes.maths.memo import remembered
from scenes.maths.factor import FACTOR
calls = []
@remembered
def doubled(number):
    calls.append(number)
    return FACTOR * number
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scenes" / "maths"
    folder.mkdir(parents=True)
    (folder / "memo.py").touch()
    (folder / "factor.py").write_text("FACTOR = 2\n")
    (folder / "double.py").write_text(DOUBLE)
    monkeypatch.setattr(memo, "_HOME", folder)
    return folder


def load(home: Path, name: str) -> ModuleType:
    """The module as a process that has just started would have it."""
    memo._memory.cache_clear()
    spec = importlib.util.spec_from_file_location(f"scenes.maths.{name}", home / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def double(home: Path):
    def fresh() -> ModuleType:
        load(home, "factor")
        return load(home, "double")

    yield fresh
    for name in ("factor", "double"):
        sys.modules.pop(f"scenes.maths.{name}", None)


def test_another_process_finds_the_result(double) -> None:
    first, second = double(), None
    assert first.doubled(21) == 42
    assert first.calls == [21]
    second = double()
    assert second.doubled(21) == 42
    assert second.calls == []
    assert second.doubled(4) == 8
    assert second.calls == [4]


def test_a_change_in_what_it_calls_makes_it_compute(double, home: Path) -> None:
    assert double().doubled(21) == 42
    (home / "factor.py").write_text("FACTOR = 3\n")
    assert double().doubled(21) == 63


def test_a_change_elsewhere_does_not(double, home: Path) -> None:
    assert double().doubled(21) == 42
    (home / "other.py").write_text("VALUE = 1\n")
    again = double()
    assert again.doubled(21) == 42
    assert again.calls == []


def test_without_a_disk_it_computes(double, home: Path) -> None:
    (home.parents[1] / "build").write_text("a file where the folder would be")
    module = double()
    assert module.doubled(21) == 42
    assert double().doubled(21) == 42
