"""Fragments become items of the changelog, in an order of their own, and what is malformed is told by its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from render.core.fault import Exit, UsageFault
from scripts import changelog

ROOT = Path(__file__).parents[1]
BEFORE = """\
# Changelog

What changed.

## [Unreleased]

### Added

- The first thing,
  in two lines.

## [0.1.0]

### Fixed

- An old one.
"""
AFTER = """\
# Changelog

What changed.

## [Unreleased]

### Added

- The first thing,
  in two lines.
- `a` comes first,
  whoever wrote it.

  It has two paragraphs.
- And `b`.

### Removed

- What nobody used.

## [0.1.0]

### Fixed

- An old one.
"""


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., Path]:
    """A project with a changelog and fragments by name."""
    (tmp_path / "CHANGELOG.md").write_text(BEFORE)
    (tmp_path / "changes").mkdir()

    def lay(**fragments: str) -> Path:
        for name, text in fragments.items():
            (tmp_path / "changes" / f"{name}.md").write_text(text)
        return tmp_path

    return lay


def test_fragments_become_items_and_are_gone(
    lay: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(
        b="Added\n\nAnd `b`.\n",
        z="Removed\nWhat nobody used.",
        a="Added\n\n`a` comes first,\nwhoever wrote it.\n\nIt has two paragraphs.\n\n",
    )
    assert changelog.main(["--root", str(root)]) == Exit.DONE
    assert (root / "CHANGELOG.md").read_text() == AFTER
    assert [path.name for path in sorted(root.rglob("*"))] == ["CHANGELOG.md", "changes"]
    assert capsys.readouterr().out.splitlines() == [
        f"changes/{name}.md -> CHANGELOG.md" for name in ("a", "b", "z")
    ]


def test_without_fragments_the_changelog_stays(lay: Callable[..., Path]) -> None:
    root = lay()
    assert changelog.assemble(root) == []
    (root / "changes").rmdir()
    assert changelog.assemble(root) == []
    assert (root / "CHANGELOG.md").read_text() == BEFORE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "changes/new.md:1:1: '' is no kind of change. Expected Added, Changed, Fixed or Removed alone"),
        ("### Adds\n\nIt.", "changes/new.md:1:1: '### Adds' is no kind of change."),
        ("fixed: it", "changes/new.md:1:1: 'fixed: it' is no kind of change."),
        ("fixed\n\nIt.", "Did you mean Fixed?"),
        ("Added\n\n", "changes/new.md:2:1: nothing is told. Expected what changed, after a blank line."),
        ("Added\n\n- It.\n", "changes/new.md:3:1: - begins a heading or a list. Expected plain text"),
        ("Added\n\nIt.\n## More\n", "changes/new.md:4:1: ## begins a heading or a list."),
    ],
)
def test_a_malformed_fragment_is_told_by_its_place_and_nothing_changes(
    lay: Callable[..., Path], text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(good="Fixed\n\nIt.\n", new=text)
    assert changelog.main(["--root", str(root)]) == Exit.USAGE
    assert told in capsys.readouterr().err
    assert (root / "CHANGELOG.md").read_text() == BEFORE
    assert len([*(root / "changes").iterdir()]) == 2


def test_all_malformed_fragments_are_told_at_once(lay: Callable[..., Path]) -> None:
    root = lay(a="Add\n\nIt.\n", b="Fixed\n")
    (root / "changes" / "notes.txt").write_text("")
    with pytest.raises(UsageFault) as caught:
        changelog.assemble(root)
    assert [line.partition(": ")[0] for line in str(caught.value).splitlines()] == [
        "changes/a.md:1:1",
        "changes/b.md:2:1",
        "changes/notes.txt:1:1",
    ]


def test_a_changelog_without_a_place_for_changes_is_told(lay: Callable[..., Path]) -> None:
    root = lay(a="Fixed\n\nIt.\n")
    (root / "CHANGELOG.md").write_text("# Changelog\n")
    with pytest.raises(UsageFault, match=r"^CHANGELOG\.md:1:1: Expected a line '## \[Unreleased\]'"):
        changelog.assemble(root)
    assert (root / "changes" / "a.md").exists()


def test_the_project_s_own_fragments_can_be_assembled() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    changes = [*changelog.fragments(ROOT).values()]
    made = changelog.with_fragments(text, changes)
    assert [line for line in text.splitlines() if line not in made.splitlines()] == []
    assert all(change.item in made for change in changes)
    assert changelog.with_fragments(text, []) == text, "nothing else is put otherwise"
