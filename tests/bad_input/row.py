"""A row of the table of bad inputs, and the small project that it spoils."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from render.core.fault import Exit
from render.store.store import Store
from tests.hub.conftest import CODE, NOTE
from tests.render.store.sample import listed

ROOT = Path(__file__).parents[2]
CATALOG = (ROOT / "tests" / "fixtures" / "tiny" / "catalog.yaml").read_text(encoding="utf-8")
_OF_NOBODY = frozenset({"lock", "in-use", "stat-cache"})
"""Files of the store that hold nothing."""

Spoil = Callable[[Path], object]
Act = Callable[[Path], object]


def leave(project: Path) -> None:
    """Spoil nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bad input: how to make it, what to run, and what has to come of it."""

    name: str
    spoil: Spoil
    """Makes it, in the folder of a sound project."""
    act: tuple[str, ...] | Act
    """A command line, or what is called with the project's folder as a command would."""
    exit: Exit
    words: tuple[str, ...]
    """What must stand in one line of what is told: the place, and what to do or what was expected."""
    environment: Mapping[str, str] = field(default_factory=dict)
    lines: int = 1
    """Lines that may be told at the most: mistakes of a file are told a line each."""


def lay_out(project: Path) -> Path:
    """A sound project of a catalog, a note, a lexicon and two published lessons."""
    project.mkdir(parents=True)
    (project / "catalog.yaml").write_text(CATALOG, encoding="utf-8")
    (project / "note").mkdir()
    (project / "note" / "lines.yaml").write_text(NOTE.lstrip("\n"), encoding="utf-8")
    (project / "note" / "lines.py").write_text(CODE, encoding="utf-8")
    shutil.copytree(ROOT / "scenes" / "lexicon", project / "scenes" / "lexicon")
    store = Store(project / "build")
    store.open()
    for slug in ("moving-dot", "still-square"):
        listed(store, slug, "k1", segment=[f"{slug[0]}a1"])
        with store.scratch() as scratch:
            made = scratch / "made.h264"
            made.write_bytes(b"pictures of " + slug.encode())
            store.put("segment", f"{slug[0]}a1", made, {"slug": slug, "chapter": "looks", "profile": "web"})
    return project


def contents(project: Path) -> set[str]:
    """Digests of all that a project's files hold."""
    return {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in project.rglob("*")
        if path.is_file() and path.name not in _OF_NOBODY
    }


def write(path: str, content: str | bytes) -> Spoil:
    """Write a file of the project; ``content`` may have half surrogates, which stand for single bytes."""

    def spoil(project: Path) -> None:
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else content.encode(errors="surrogateescape")
        target.write_bytes(raw)

    return spoil


def swap(path: str, old: str, new: str) -> Spoil:
    """Replace the first occurrence of a text in a file of the project."""

    def spoil(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert old in text, old
        write(path, text.replace(old, new, 1))(project)

    return spoil


def folder(path: str) -> Spoil:
    """Put a folder in a file's place."""

    def spoil(project: Path) -> None:
        (project / path).unlink(missing_ok=True)
        (project / path).mkdir(parents=True)

    return spoil


def link(path: str, target: str) -> Spoil:
    """Put a link in a file's or a folder's place."""

    def spoil(project: Path) -> None:
        where = project / path
        where.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(where) if where.is_dir() and not where.is_symlink() else where.unlink(missing_ok=True)
        where.symlink_to(target)

    return spoil


def remove(path: str) -> Spoil:
    """Remove a file or a folder of the project."""

    def spoil(project: Path) -> None:
        where = project / path
        shutil.rmtree(where) if where.is_dir() else where.unlink()

    return spoil


def both(*spoils: Spoil) -> Spoil:
    """One after the other."""

    def spoil(project: Path) -> None:
        for one in spoils:
            one(project)

    return spoil
