"""Which topics a command is about."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from render.cli.selection import changed_since, select, touches
from render.core.catalog import Catalog, Topic, load_catalog
from render.core.fault import Exit, UsageFault
from tests.conftest import Run

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "fixtures" / "tiny" / "catalog.yaml"


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Two sections of two topics each."""
    text = TINY.read_text()
    more = """  - slug: two
    title: Section two
    line: The other one.
    topics:
"""
    cut = text.index("      - slug: still-square")
    (tmp_path / "catalog.yaml").write_text(text[:cut] + more + text[cut:])
    return load_catalog(tmp_path / "catalog.yaml")


def slugs(topics: list[Topic]) -> list[str]:
    return [topic.slug for topic in topics]


def test_all_that_are_ready_or_those_that_are_named(catalog: Catalog) -> None:
    assert slugs(select(catalog)) == ["moving-dot", "still-square"]
    assert slugs(select(catalog, ["still-square", "moving-dot", "still-square"])) == [
        "still-square",
        "moving-dot",
    ]


def test_sections_add_up_with_names(catalog: Catalog) -> None:
    assert slugs(select(catalog, sections=["two"])) == ["still-square"]
    assert slugs(select(catalog, sections=["two", "one"])) == ["moving-dot", "still-square"]
    assert slugs(select(catalog, ["moving-dot"], ["two"])) == ["moving-dot", "still-square"]
    with pytest.raises(UsageFault, match="section three: expected one of one, two"):
        select(catalog, sections=["three"])


def test_only_what_a_change_touches(catalog: Catalog) -> None:
    reads = {
        "moving-dot": {"scenes/kit/ink.py"},
        "still-square": {"scenes/kit/ink.py", "scenes/maths/svm/svm.py"},
    }

    def touched(
        *changed: str, known: Callable[[Topic], set[str] | None] = lambda topic: reads[topic.slug]
    ) -> list[str]:
        return slugs(select(catalog, changed=changed, reads=known))

    assert touched() == []
    assert touched("README.md", "tests/test_still.py") == []
    assert touched("scenes/kit/ink.py") == ["moving-dot", "still-square"]
    assert touched("scenes/maths/svm/svm.py") == ["still-square"]
    assert touched("scenes/moving_dot/new.py") == ["moving-dot"], "its own, even where it was never imported"
    assert touched("scenes/moving_dot_too/new.py") == []
    assert touched("render/draw/renderer.py") == ["moving-dot", "still-square"]
    assert touched("scenes/new.py", known=lambda topic: None) == ["moving-dot", "still-square"]
    assert slugs(
        select(catalog, sections=["two"], changed=["scenes/kit/ink.py"], reads=lambda t: reads[t.slug])
    ) == ["still-square"]


def test_what_is_not_known_is_touched_by_any_scene(catalog: Catalog) -> None:
    topic = catalog.lesson("moving-dot")
    assert touches(["scenes/kit/new.py"], topic, None)
    assert not touches(["scenes/kit/new.py"], topic, [])
    assert not touches(["docs/farm.md"], topic, None)


# -- git


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Tiny", "-c", "user.email=tiny@tiny.example")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the project in a folder of it."""
    project = tmp_path / "repository" / "project"
    (project / "scenes").mkdir(parents=True)
    for name in ("one", "two", "with space"):
        (project / "scenes" / f"{name}.py").write_text("1\n")
    (project / ".gitignore").write_text("build/\n")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "first")
    return project


def test_what_differs_from_a_revision(repository: Path) -> None:
    assert changed_since(repository, "HEAD") == frozenset()
    (repository / "scenes" / "one.py").write_text("2\n")
    (repository / "scenes" / "with space.py").rename(repository / "scenes" / "moved ünd.py")
    (repository / "build").mkdir()
    (repository / "build" / "made.py").touch()
    (repository.parent / "outside.txt").touch()
    git(repository, "add", "scenes/one.py")
    assert changed_since(repository, "HEAD") == {
        "scenes/one.py",
        "scenes/with space.py",
        "scenes/moved ünd.py",
    }
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    (repository / "scenes" / "two.py").unlink()
    assert changed_since(repository, "HEAD") == {"scenes/two.py"}
    assert "scenes/one.py" in changed_since(repository, "HEAD~1")


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "", "--output=x", "HEAD:scenes"])
def test_a_revision_that_is_none_is_a_usage_error(repository: Path, revision: str) -> None:
    with pytest.raises(UsageFault, match=r"--changed-since .*xpected") as refused:
        changed_since(repository, revision)
    assert refused.value.exit == Exit.USAGE


def test_no_repository_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageFault, match="not a git repository"):
        changed_since(tmp_path, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageFault, match="git is not installed"):
        changed_since(tmp_path, "HEAD")


@pytest.mark.parametrize("command", ["plan", "render"])
def test_both_commands_select_alike(tiny: Path, mlhub: Run, command: str) -> None:
    (tiny / ".gitignore").write_text("build/\n__pycache__/\n")
    git(tiny, "init", "-q")
    git(tiny, "add", ".")
    git(tiny, "commit", "-q", "-m", "first")
    quiet = mlhub(command, "--quality", "draft", "--section", "one", "--changed-since", "HEAD", "--json")
    assert (quiet.returncode, quiet.stdout) == (0, ""), quiet.stderr
    for options, words in (
        (("--section", "three"), "section three: expected one of one"),
        (("--changed-since", "nowhere"), "git knows no such revision"),
    ):
        refused = mlhub(command, "--quality", "draft", *options)
        assert refused.returncode == 2 and words in refused.stderr and "Traceback" not in refused.stderr
