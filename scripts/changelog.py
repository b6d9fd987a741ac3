"""Put what was changed into the changelog.

usage: python scripts/changelog.py     (make changelog)

Who changes something writes a fragment, ``changes/<name>.md``: a kind in the first line (Added, Changed, Fixed or
Removed), a blank line, and what changed for those who render, watch or write lessons.  So many can tell of their
changes at once and never touch the same line.  This puts all fragments into ``CHANGELOG.md``, as items of their kind at
the end of what is unreleased, in the order of their names, and removes them.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from render.core.fault import EnvironmentFault, Exit, Fault, Place, UsageFault

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = "changes"
CHANGELOG: Final = "CHANGELOG.md"
KINDS: Final = ("Added", "Changed", "Fixed", "Removed")
"""In the order of the changelog."""
_UNRELEASED: Final = "## [Unreleased]"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One change: its kind and its item of the changelog."""

    kind: str
    item: str

    @classmethod
    def parse(cls, text: str, path: str) -> Fragment:
        """The fragment in the file ``path``; :class:`UsageFault` with its place for what is malformed."""
        lines = [line.rstrip() for line in text.splitlines()]
        kind = lines[0] if lines else ""
        if kind not in KINDS:
            near = difflib.get_close_matches(kind.strip("# :").capitalize(), KINDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageFault(
                f"{Place(path, 1)}: {kind!r} is no kind of change. Expected {', '.join(KINDS[:-1])} or {KINDS[-1]} "
                f"alone in the first line.{hint}"
            )
        told = "\n".join(lines[1:]).strip("\n")
        if not told:
            raise UsageFault(f"{Place(path, 2)}: nothing is told. Expected what changed, after a blank line.")
        for number, line in enumerate(lines[1:], 2):
            if found := re.match(r"\s*(?:#+|[-*+])\s", line):
                raise UsageFault(
                    f"{Place(path, number)}: {found[0].strip()} begins a heading or a list. Expected plain text: it "
                    "becomes one item of the changelog. Another change has a file of its own."
                )
        first, *rest = told.split("\n")
        return cls(kind, "\n".join([f"- {first}", *(f"  {line}".rstrip() for line in rest)]))


def fragments(root: Path) -> dict[Path, Fragment]:
    """The fragments of the project ``root``, in the order of their names.

    :class:`UsageFault` for those that are malformed, all of them at once.
    """
    found: dict[Path, Fragment] = {}
    faults: list[str] = []
    for path in sorted((root / FOLDER).glob("*")):
        shown = f"{FOLDER}/{path.name}"
        try:
            if path.suffix != ".md":
                raise UsageFault(f"{Place(shown, 1)}: Expected fragments alone here, {FOLDER}/<name>.md.")
            found[path] = Fragment.parse(path.read_text(encoding="utf-8"), shown)
        except UsageFault as fault:
            faults.append(str(fault))
    if faults:
        raise UsageFault("\n".join(faults))
    return found


def with_fragments(changelog: str, changes: Sequence[Fragment]) -> str:
    """``changelog`` with ``changes`` at the end of what is unreleased.

    :class:`UsageFault` where nothing is headed as unreleased.
    """
    begin = re.search(rf"^{re.escape(_UNRELEASED)}\n", changelog, re.MULTILINE)
    if begin is None:
        raise UsageFault(
            f"{Place(CHANGELOG, 1)}: Expected a line {_UNRELEASED!r}, under which changes stand."
        )
    end = re.compile(r"^(?:## |\[)", re.MULTILINE).search(changelog, begin.end())
    stop = end.start() if end else len(changelog)
    head, *parts = re.split(r"^### (.*)\n", changelog[begin.end() : stop], flags=re.MULTILINE)
    sections = {kind: body.strip("\n") for kind, body in zip(parts[::2], parts[1::2], strict=True)}
    for change in changes:
        sections[change.kind] = f"{sections.get(change.kind, '')}\n{change.item}".strip("\n")
    order = [kind for kind in KINDS if kind in sections] + [kind for kind in sections if kind not in KINDS]
    told = [head.strip("\n"), *(f"### {kind}\n\n{sections[kind]}" for kind in order)]
    after = f"\n{changelog[stop:]}" if end else ""
    return changelog[: begin.end()] + "\n" + "\n\n".join(part for part in told if part) + "\n" + after


def assemble(root: Path) -> list[Path]:
    """Move all fragments of the project ``root`` into its changelog; their files, which are gone then.

    :class:`UsageFault` for what is malformed, and then nothing is changed; :class:`EnvironmentFault` for what cannot be
    written.
    """
    changes = fragments(root)
    if not changes:
        return []
    path = root / CHANGELOG
    try:
        text = with_fragments(path.read_text(encoding="utf-8"), [*changes.values()])
        made = path.with_name(f".{CHANGELOG}")
        made.write_text(text, encoding="utf-8")
        os.replace(made, path)
        for fragment in changes:
            fragment.unlink()
    except OSError as error:
        raise EnvironmentFault(f"{error.filename}: {error.strerror}.") from error
    return [*changes]


def main(arguments: Sequence[str] | None = None) -> int:
    """Assemble the changelog; exit codes are those of :mod:`render.core.fault`."""
    parser = argparse.ArgumentParser(prog="changelog", description="Put what was changed into the changelog.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        moved = assemble(options.root)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    print("\n".join(f"{FOLDER}/{path.name} -> {CHANGELOG}" for path in moved) or f"{FOLDER}/ is empty")
    return Exit.DONE


if __name__ == "__main__":
    raise SystemExit(main())
