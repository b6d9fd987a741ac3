"""Results that are kept: found again for the same code alone."""

from __future__ import annotations

import importlib.util
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.shared import memo

DOUBLE = """
from scenes.maths.shared.memo import remembered
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
    (folder / "factor.py").write_text("FACTOR = 2\n")
    (folder / "double.py").write_text(DOUBLE)
    monkeypatch.setattr(memo, "_PROJECT", tmp_path)
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


FORMS = {
    "from a module": "from scenes.maths.factor import FACTOR",
    "from a package": "from scenes.maths import factor\nFACTOR = factor.FACTOR",
    "by its full name": "import scenes.maths.factor\nFACTOR = scenes.maths.factor.FACTOR",
    "under another name": "import scenes.maths.factor as other\nFACTOR = other.FACTOR",
    "from beside it": "from .factor import FACTOR",
    "from its package": "from . import factor\nFACTOR = factor.FACTOR",
    "all of it": "from scenes.maths.factor import *",
    "in a function": "def find():\n    from scenes.maths.factor import FACTOR\n    return FACTOR\nFACTOR = find()",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_code_counts_however_it_is_imported(home: Path, form: str) -> None:
    """All forms but the first were missed once: an old result was found for new code."""
    code = DOUBLE.replace("from scenes.maths.factor import FACTOR", form)
    (home / "double.py").write_text(code)
    before = memo._digest("scenes/maths/double.py")
    (home / "factor.py").write_text('"""A docstring."""\n\nFACTOR = 2  # a comment\n')
    assert memo._digest("scenes/maths/double.py") == before, "what it says of itself does not count"
    (home / "factor.py").write_text("FACTOR = 3\n")
    assert memo._digest("scenes/maths/double.py") != before


def test_code_of_the_kit_counts_too(home: Path) -> None:
    kit = home.parent / "kit"
    kit.mkdir()
    (kit / "scale.py").write_text("FACTOR = 2\n")
    (home / "double.py").write_text(DOUBLE.replace("scenes.maths.factor", "scenes.kit.scale"))
    before = memo._digest("scenes/maths/double.py")
    (kit / "scale.py").write_text("FACTOR = 3\n")
    assert memo._digest("scenes/maths/double.py") != before


def test_another_processor_or_library_computes_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = memo._digest("scenes/maths/double.py")
    monkeypatch.setattr(memo, "_engine", lambda: ("another",))
    assert memo._digest("scenes/maths/double.py") != before


@dataclass(frozen=True, slots=True)
class Result:
    values: NDArray[np.float64]
    names: tuple[str, ...]


def test_a_value_has_one_digest_computed_or_read() -> None:
    """joblib's own differs between a value and what is read of it, which shares other objects."""
    names = ("a", "b")
    fresh = Result(np.arange(6.0).reshape(2, 3).T, (*names, *names))
    for value in (fresh, [fresh, fresh], DecisionTreeClassifier(random_state=0).fit([[0.0], [1.0]], [0, 1])):
        assert memo.digest_of(pickle.loads(pickle.dumps(value))) == memo.digest_of(value)
    assert memo.digest_of(fresh) != memo.digest_of(Result(fresh.values + 1e-16 + 1e-15, fresh.names))
    assert memo.digest_of(1) != memo.digest_of(1.0) != memo.digest_of("1.0")


def test_what_was_given_is_told(double) -> None:
    memo.recalled.clear()
    double().doubled(21)
    (name,) = memo.recalled
    assert name.startswith("scenes/maths/double.py:doubled ")
    computed = dict(memo.recalled)
    memo.recalled.clear()
    double().doubled(21)
    assert memo.recalled == computed, "read from the disk"
