"""``build/manifest.json``: what exists now.  The only thing of the pipeline that the hub reads."""

from __future__ import annotations

from pathlib import Path

from render.store import Record, Store, digest_file, read_json, write_json
from render.trust import marks_of

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


def is_whole(store: Store, entry: Record) -> bool:
    """Whether every file of a listed lesson is what was listed.

    Files that were found so before and were not touched since are not read again (:mod:`render.trust`).
    """
    return all(_is_listed(store, file) for file in entry["files"].values())


def _is_listed(store: Store, file: Record) -> bool:
    path = store.build / file["path"]
    if store.trust.vouches(path, file["sha256"]):
        return True
    before = marks_of(path)
    if before is None or before[0] != file["bytes"] or digest_file(path) != file["sha256"]:
        return False
    store.trust.note(path, file["sha256"], before)
    return True
