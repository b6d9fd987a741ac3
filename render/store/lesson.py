"""Published lessons in the store: a folder of files under the key of what they were made from, and a record beside it.

The folder ``store/lesson/<slug>/<key>`` is moved there as a whole, the record is written after it, and a lesson is
listed (:mod:`render.store.manifest`) after that; each of the three is on the disk before the next begins.  A lesson is
never changed, and so the manifest can name its files where they are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, ValidationError

from render.core.fault import JobFault
from render.core.profile import Profile
from render.core.timeline import Timeline
from render.core.yaml_record import SLUG
from render.store.digest import digest_file
from render.store.disk import exchange, flush_names, flush_tree
from render.store.manifest import KEY, Strict, enter, entry_mistake, in_words
from render.store.store import Record, Store, read_record, write_json

_PREVIEW: Final = "draft"
"""The quality that is never listed by itself: a preview of ``mlhub watch`` may have made it."""


def _plain(name: str) -> str:
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise ValueError("expected the name of a file")
    return name


class LessonFile(Strict):
    """One file of a lesson."""

    name: Annotated[str, AfterValidator(_plain)]
    bytes: Annotated[int, Field(gt=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class LessonRecord(Strict):
    """What a lesson is and what it was made of."""

    slug: Annotated[str, Field(pattern=SLUG)]
    key: Annotated[str, Field(pattern=KEY)]
    profile: Profile
    timeline: dict[str, Any]
    """As :meth:`render.core.timeline.Timeline.to_record` writes it."""
    files: dict[str, LessonFile]
    """By role."""
    made_of: dict[str, list[str]]
    """Keys of the objects that it was made of, by kind."""

    def told(self) -> Timeline:
        """Its timeline; :class:`JobFault` where that is not what this version writes."""
        try:
            return Timeline.from_record(self.timeline)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JobFault(f"timeline: {type(error).__name__}: {error}") from error


def lesson_home(store: Store, slug: str, key: str) -> Path:
    """The folder of the lesson's files with this key; its record lies beside it."""
    return store.root / "lesson" / slug / key[:16]


def record_path(home: Path) -> Path:
    """The record of the lesson in the folder ``home``."""
    return home.with_name(f"{home.name}.json")


def read_lesson(home: Path) -> LessonRecord | None:
    """The record of the lesson in ``home``; None where it has none.

    :class:`JobFault`, with what is wrong as the end of a sentence that begins with the record's path, where it has one
    that does not read.
    """
    try:
        data = read_record(record_path(home))
        record = LessonRecord.model_validate_json(json.dumps(data)) if data is not None else None
    except ValidationError as error:
        raise JobFault(f"does not read as a record: {in_words(error).lstrip('.')}") from error
    if record is None:
        return None
    if not record.key.startswith(home.name) or record.slug != home.parent.name:
        raise JobFault(f"is the record of {record.slug}, {record.key}")
    try:
        wrong = entry_mistake(record.slug, entry_of(record))
    except (TypeError, ValueError, ArithmeticError) as error:
        wrong = f": {error}"
    if wrong is not None:
        raise JobFault(f"does not read as a record: timeline{wrong}")
    return record


def find_lesson(home: Path) -> LessonRecord | None:
    """The record of a published lesson, if every file in ``home`` is as the record says; else None."""
    try:
        record = read_lesson(home)
    except JobFault:
        return None
    return None if record is None or any(lesson_faults(home, record)) else record


def lesson_faults(home: Path, record: LessonRecord) -> Iterator[tuple[Path, str]]:
    """The path of each file of a lesson that is not as its record says, and what is wrong with it."""
    for file in record.files.values():
        path = home / file.name
        if not path.is_file():
            yield path, "is missing"
        elif path.stat().st_size != file.bytes:
            yield path, f"has {path.stat().st_size:,} bytes; expected {file.bytes:,}"
        elif digest_file(path) != file.sha256:
            yield path, "has another SHA-256 than when it was published"


def publish_lesson(store: Store, made: Path, record: Mapping[str, Any]) -> LessonRecord:
    """Move the folder ``made`` (in a folder of :meth:`Store.scratch`) to its home; the record of what is there then.

    ``record`` has what :class:`LessonRecord` has, but the files: ``made`` holds one for each role, by the name that
    ``record["files"]`` gives it.
    """
    whole = {
        **record,
        "files": {
            role: {
                "name": name,
                "bytes": (made / name).stat().st_size,
                "sha256": digest_file(made / name),
            }
            for role, name in record["files"].items()
        },
    }
    home = lesson_home(store, record["slug"], record["key"])
    flush_tree(made)
    with store.locked():
        if (there := find_lesson(home)) is not None:  # another run published the same lesson meanwhile
            return there
        home.parent.mkdir(parents=True, exist_ok=True)
        with store.scratch() as scratch:
            if os.path.lexists(record_path(home)):  # it is of files that are spoilt, or reads no more
                os.rename(record_path(home), scratch / "record")
            _put(made, home, scratch)
            flush_names(home, store.build)
            write_json(record_path(home), whole, durably=True)
    published = read_lesson(home)
    assert published is not None
    return published


def _put(made: Path, home: Path, scratch: Path) -> None:
    """Rename the folder ``made`` to ``home``.

    What is there already, spoilt or left by a run that was killed before it wrote the record, may be listed: where the
    system can, the two change places in one step.
    """
    if not os.path.lexists(home):
        os.rename(made, home)
    elif not (home.is_dir() and exchange(made, home)):
        os.rename(home, scratch / "spoilt")
        os.rename(made, home)


def list_lesson(store: Store, record: LessonRecord) -> Record:
    """List a published lesson; returns its entry in the manifest, with the faults of :func:`enter`."""
    return list_entry(store, entry_of(record))


def list_entry(store: Store, entry: Record) -> Record:
    """List a published lesson by its entry, to which further files may have been added; returns it."""
    for file in entry["files"].values():
        store.stat_cache.note(store.build / file["path"], file["sha256"])
    enter(store, entry["slug"], entry)
    # Of several lessons of a topic it was listed last.
    os.utime(record_path(lesson_home(store, entry["slug"], entry["key"])))
    return entry


def entry_of(record: LessonRecord) -> Record:
    """The entry of a lesson in the manifest."""
    timeline, profile = record.told(), record.profile
    folder = f"store/lesson/{record.slug}/{record.key[:16]}"
    return {
        "slug": record.slug,
        "title": timeline.title,
        "key": record.key,
        "quality": profile.name,
        "voice": timeline.voice,
        "seconds": round(timeline.seconds, 3),
        "frames": round(timeline.seconds * profile.fps),
        "fps": profile.fps,
        "width": profile.width,
        "height": profile.height,
        "chapters": len(timeline.chapters),
        "folder": folder,
        "files": {
            role: {"path": f"{folder}/{file.name}", "bytes": file.bytes, "sha256": file.sha256}
            for role, file in record.files.items()
        },
    }


def stored_lessons(store: Store) -> list[Path]:
    """The homes of all lessons that are stored or have a record, whole or not."""
    found = (store.root / "lesson").glob("*/*")
    return sorted({path.with_suffix("") for path in found if not path.name.startswith(".")})


def listable(store: Store) -> dict[str, Record]:
    """Entries for the lessons that are stored and whole, by slug: of each topic the one that was listed last.

    A draft is not among them, since a mere preview may have made it; the next render in draft lists it at once.
    """
    latest: dict[str, tuple[float, Record]] = {}
    for home in stored_lessons(store):
        record = find_lesson(home)
        if record is None or record.profile.name == _PREVIEW:
            continue
        listed = record_path(home).stat().st_mtime
        if listed >= latest.get(record.slug, (0.0, {}))[0]:
            latest[record.slug] = listed, entry_of(record)
    return {slug: entry for slug, (_, entry) in latest.items()}
