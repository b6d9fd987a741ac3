"""``docs/rooms.md``: the rooms of the project and what each imports, in words, read from the code.

    .venv/bin/python scripts/rooms.py            # writes the page
    .venv/bin/python scripts/rooms.py --check    # exit code 1 when the page is not what the code says

The rule that the map shows is in :data:`ORDER` and :data:`APART`; ``tests/test_import.py`` holds it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "rooms.md"

ORDER: Final = (
    "render.cli", "render.run", "render.review", "render.encode", "render.plan", "render.task", "render.draw",
    "render.voice", "render.store", "render.core",
)  # fmt: skip
"""The rooms of the pipeline from the top down: a room imports only rooms that stand below it here."""
APART: Final = (("render.review", "render.encode"),)
"""Rooms side by side, which do not import each other although one stands below the other."""

PURPOSE: Final = {
    "render.cli": "the command line, one file a command",
    "render.run": "the batch, the farm and its workers, progress, the record and the report of a run",
    "render.review": "the picture gate and the review of the narration",
    "render.encode": "segments, ffmpeg, sound, captions; a lesson put together and verified",
    "render.plan": "what a lesson says and needs, its keys, and what has to be drawn",
    "render.task": "what a task is, and the processes that do tasks",
    "render.draw": "manim's scenes drawn into pictures",
    "render.voice": "text to speech, and the time of each word",
    "render.store": "what was made, under the key of what it was made from",
    "render.core": "what all others speak: faults, catalog, timeline, profiles, speech, number words",
    "hub": "the web site, from the manifest",
    "publish": "lessons brought to the public, and the ledger of what went where",
    "scenes": "the lessons, a package each",
    "scenes.kit": "how things look: the nouns that lessons are drawn with",
    "scenes.maths": "what is true: pure functions of arrays",
    "scenes.figure": "the arrays that the figures of the site start from",
}


def room_of(module: str) -> str | None:
    """The room of a module such as ``render.plan.probe``; none for what is not of the project."""
    parts = module.split(".")
    if parts[0] == "render":
        return ".".join(parts[:2]) if len(parts) > 1 else None
    if parts[0] == "scenes":
        inner = ".".join(parts[:2])
        return inner if inner in PURPOSE else "scenes"
    return parts[0] if parts[0] in ("hub", "publish") else None


def module_of(path: Path) -> str:
    """The dotted name of a file of the project."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources() -> tuple[Path, ...]:
    """All Python files of the rooms; the notes of the hub, which only a page shows, left out."""
    found = [path for top in ("render", "hub", "publish", "scenes") for path in (ROOT / top).rglob("*.py")]
    return tuple(sorted(path for path in found if "notes" not in path.parts))


def imports(path: Path, *, types: bool = False) -> Iterator[tuple[str, int]]:
    """The modules of the project that a file imports, each with its line; with ``types`` also those that only a
    type checker reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not types:
            left += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if room_of(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and room_of(f"{node.module}.x"):
            for alias in node.names:
                inner = ROOT / node.module.replace(".", "/") / alias.name
                is_module = inner.with_suffix(".py").is_file() or inner.is_dir()
                yield (f"{node.module}.{alias.name}" if is_module else node.module), node.lineno
        left += ast.iter_child_nodes(node)


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Of each room the rooms that it imports."""
    found: dict[str, set[str]] = {room: set() for room in PURPOSE}
    for path in sources():
        here = room_of(module_of(path))
        if here is not None:
            found[here] |= {room for module, _ in imports(path) if (room := room_of(module)) and room != here}
    return {room: frozenset(rooms) for room, rooms in found.items()}


def page() -> str:
    """The map in words."""
    order = list(PURPOSE)
    lines = [
        "# Rooms",
        "",
        "What is where, and who may know of whom. `scripts/rooms.py` writes this page from the code, and a test",
        "holds it. In `render/` a room imports only rooms that stand below it; `review` and `encode` do not know",
        "each other. `scenes` imports nothing of the pipeline but `render.core`, and nothing below `render.cli`",
        "imports `hub` or `publish`, which do not know each other.",
        "",
        "| room | holds | imports |",
        "|---|---|---|",
    ]
    for room, purpose in PURPOSE.items():
        known = ", ".join(f"`{other}`" for other in sorted(arrows()[room], key=order.index)) or "-"
        lines.append(f"| `{room}` | {purpose} | {known} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
