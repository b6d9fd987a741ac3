"""What the test of a lesson, ``tests/scenes/test_<topic>.py``, tells of it: its figures, its claims, its waivers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import SupportsFloat

from tests.scenes.harness.telling import CATALOG, ROOT, Telling, telling

Figures = Mapping[str, Mapping[str, Callable[[], SupportsFloat]]]
"""By chapter: a number as it is spoken ("1.397", "two hundred", "eight tiles" to tell it from another eight), and what
computes it."""
Claims = Mapping[str, Mapping[str, str]]
"""By chapter: the words of a claim, enough of them to know its sentence, and what holds it: the name of a test of
the same file or of ``tests/maths/<topic>``, or a key of the chapter's figures."""
Waivers = Mapping[str, Mapping[str, str]]
"""By chapter: the words of a claim that no test holds, and why none is needed."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it is told, and what its test says of it."""

    telling: Telling
    module: ModuleType
    figures: Figures
    claims: Claims
    waivers: Waivers

    @property
    def slug(self) -> str:
        """Its topic."""
        return self.telling.topic.slug

    @property
    def file(self) -> str:
        """Where its figures and claims are written, from the project's root."""
        return test_file(self.slug)


def test_file(slug: str) -> str:
    """The test of the lesson ``slug``, from the project's root."""
    return f"tests/scenes/test_{slug.replace('-', '_')}.py"


test_file.__test__ = False  # type: ignore[attr-defined]


@cache
def lesson(slug: str) -> Lesson:
    """The lesson ``slug``, ready or a draft, with its table.

    ``UsageFault`` for a topic without a lesson, ``AssertionError`` that says what to write where there is no table.
    """
    CATALOG.lesson(slug)
    module = test_of(slug)
    return Lesson(telling(slug), module, module.FIGURES, module.CLAIMS, module.WAIVERS)


def test_of(slug: str) -> ModuleType:
    """The test of the lesson ``slug``, which has its table; ``AssertionError`` that says what to write otherwise."""
    path = Path(test_file(slug))
    assert (ROOT / path).exists(), f"{path}: write it: FIGURES, CLAIMS and WAIVERS of the lesson {slug}"
    module = importlib.import_module(".".join(path.with_suffix("").parts))
    missing = [name for name in ("FIGURES", "CLAIMS", "WAIVERS") if not hasattr(module, name)]
    assert not missing, f"{path}: expected {', '.join(missing)} (see tests/scenes/harness/table.py)"
    return module


test_of.__test__ = False  # type: ignore[attr-defined]
