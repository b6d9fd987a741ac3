"""A catalog whose topics are all lessons has for each topic what a lesson has, and nothing of its original's name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from hub.note import note_path, read_note
from render.core.catalog import load_catalog
from render.plan.dependencies import Code
from scripts.full_lessons import fill
from tests.scenes.harness.telling import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of the project that lessons consist of."""
    ignored = shutil.ignore_patterns("__pycache__", "build", "*.ttf")
    for folder in ("scenes", "tests/scenes", "tests/maths", "tests/hub/topics", "hub/demos", "hub/notes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    shutil.copy(ROOT / "catalog.yaml", tmp_path)
    return tmp_path


def test_every_planned_topic_is_a_written_lesson_under_its_own_name(clone: Path) -> None:
    before = load_catalog(clone / "catalog.yaml")
    planned = [topic.slug for topic in before.topics if topic.status == "planned"]
    pairs = fill(clone)
    assert [copy for copy, _ in pairs] == planned
    catalog, code = load_catalog(clone / "catalog.yaml"), Code(clone)
    drafts = {topic.slug for topic in before.topics if topic.status == "draft"}
    assert {topic.slug for topic in catalog.topics if topic.status != "ready"} == drafts
    for slug, source in pairs:
        copy, original = catalog.lesson(slug), catalog.lesson(source)
        assert (copy.explains, copy.terms) == (original.explains, original.terms)
        assert (copy.title, copy.blurb) == (before.topic(slug).title, before.topic(slug).blurb)
        new, old = (topic.module.rpartition(".")[2] for topic in (copy, original))
        chapters = code.chapters(f"scenes/{new}/__init__.py")
        assert chapters == code.chapters(f"scenes/{old}/__init__.py") and chapters
        assert read_note(note_path(slug, clone / "hub/notes"))
        for folder in (f"scenes/{new}", f"scenes/maths/{new}", f"tests/maths/{new}"):
            files = list((clone / folder).glob("*.py"))
            assert files
            for file in files:
                assert not re.search(rf"\bscenes\.(maths\.)?{old}\b", file.read_text(encoding="utf-8"))
        for name in (
            f"scenes/lexicon/{new}.toml",
            f"scenes/figure/{new}.py",
            f"tests/scenes/test_{new}.py",
            f"tests/hub/topics/test_{new}.py",
            f"tests/scenes/certificates/{slug}.yaml",
            f"hub/demos/{slug}.ts",
        ):
            assert (clone / name).is_file(), name
        folders = [clone / "tests/scenes/golden" / one for one in (slug, source)]
        one, other = (sorted(path.name for path in folder.glob("*")) for folder in folders)
        assert one == other
