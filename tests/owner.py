"""Which check of which lesson's certificate answers for a test."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

SCENES: Final = Path(__file__).parents[1] / "scenes"
MATHS: Final = Path(__file__).parent / "maths"
FIGURES: Final = Path(__file__).parent / "hub" / "topics"
OWN: Final = Path(__file__).parent / "scenes"


def lesson_of(item: pytest.Item) -> str:
    """The lesson that a test is about, whose certificate answers for it; empty where there is none."""
    return check_of(item).partition("/")[0]


def check_of(item: pytest.Item) -> str:
    """What of a certificate answers for a test: ``svm/joins``; empty where nothing does."""
    marker = item.get_closest_marker("certified")
    folder = item.path.parent
    if folder.parent == MATHS and (SCENES / folder.name / "__init__.py").exists():
        return f"{folder.name.replace('_', '-')}/maths"
    topic = re.fullmatch(r"test_(.+)\.py", item.path.name) if marker is None and folder == FIGURES else None
    if topic and (SCENES / topic[1] / "__init__.py").exists():
        return f"{topic[1].replace('_', '-')}/figure"
    own = re.fullmatch(r"test_(.+)\.py", item.path.name) if folder == OWN else None
    if marker is None and own and (SCENES / own[1] / "__init__.py").exists():
        return f"{own[1].replace('_', '-')}/tests"
    if marker is None or not isinstance(item, pytest.Function):
        return ""
    given = item.callspec.params
    lesson = next(given[name] for name in ("slug", "topic", "told") if name in given)
    return f"{getattr(lesson, 'slug', lesson)}/{marker.args[0]}"
