"""``build/manifest.json``: what exists now.  The only thing of the pipeline that the hub reads."""

from __future__ import annotations

from pathlib import Path

from render.store import Record, Store, read_json, write_json

VERSION = 1
NAME = "manifest.json"


def read_manifest(build: Path) -> Record:
    """The lessons that exist, by slug; empty where nothing was rendered yet."""
    record = read_json(build / NAME)
    if record is None or record.get("version") != VERSION:
        return {}
    lessons: Record = record["lessons"]
    return lessons


def enter(store: Store, slug: str, entry: Record) -> None:
    """List a lesson, in place of what was listed for it.  Safe beside other runs."""
    with store.locked():
        lessons = {**read_manifest(store.build), slug: entry}
        write_json(store.build / NAME, {"version": VERSION, "lessons": lessons})


def is_whole(build: Path, entry: Record) -> bool:
    """Whether every file of a listed lesson is there in its listed size."""
    for file in entry["files"].values():
        path = build / file["path"]
        if not path.is_file() or path.stat().st_size != file["bytes"]:
            return False
    return True
