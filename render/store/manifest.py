"""``build/manifest.json``: the lessons that are published now.  It is all of the pipeline that the hub reads.

An entry names the files of its lesson where the store keeps them, in a folder that never changes
(:mod:`render.store.lesson`).  So one rename, of this file, publishes a lesson.  ``out/<slug>`` is a link for people,
made from the manifest; no command reads it.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from render.core.fault import EnvironmentFault, UsageFault
from render.core.yaml_record import SLUG
from render.store.digest import digest_file
from render.store.stat_cache import FileStat, stat_of
from render.store.store import Record, Store, write_json

VERSION: Final = 1
NAME: Final = "manifest.json"
REMEDY: Final = "`mlhub verify --mend` writes it anew from the lessons that are stored."
KEY: Final = r"^[0-9a-z]{1,64}$"
"""Of a key, which names a folder too."""


def _inside(path: str) -> str:
    """``path`` if it leads nowhere else than into the folder that it is relative to."""
    pure = PurePosixPath(path)
    if not path or "\0" in path or "\\" in path or pure.is_absolute() or ".." in pure.parts:
        raise ValueError(f"expected a path inside the build folder, found {path!r}")
    return path


class Strict(BaseModel):
    """A part of a record.  What readers do not know yet may stand beside what they know: the pipeline may grow."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Medium(Strict):
    """One file that belongs to a video."""

    path: Annotated[str, AfterValidator(_inside)]
    """Relative to the build folder."""
    bytes: Annotated[int, Field(gt=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Video(Strict):
    """One rendered lesson.  ``width`` and ``height`` are pixels."""

    slug: Annotated[str, Field(pattern=SLUG)]
    title: str
    quality: str
    voice: str
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]
    files: dict[str, Medium]
    """By role: ``video``, ``timeline``, ``captions_vtt``, ``poster_webp``, ..."""


class Entry(Video):
    """A lesson's entry, as the pipeline writes it."""

    key: Annotated[str, Field(pattern=KEY)]
    """What it was made from; names its folder."""
    fps: Annotated[int, Field(gt=0)]
    frames: Annotated[int, Field(gt=0)]
    chapters: Annotated[int, Field(gt=0)]


def read_entries(build: Path) -> dict[str, object] | None:
    """What the manifest has under each slug, whatever it is; None where no manifest was written yet.

    :class:`UsageFault` where it does not read as a manifest, :class:`EnvironmentFault` where it cannot be read at all.
    """
    path = build / NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EnvironmentFault(
            f"{path} cannot be read: {error.strerror}. Make it readable, or {_mended()}"
        ) from error
    except ValueError as error:
        raise UsageFault(f"{path}: expected UTF-8 ({error}). {REMEDY}") from error
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageFault(f"{path} is not JSON ({error}). {REMEDY}") from error
    if not isinstance(record, dict) or not isinstance(record.get("lessons"), dict):
        raise UsageFault(f"{path}: expected an object with version and lessons. {REMEDY}")
    if record.get("version") != VERSION or isinstance(record["version"], bool):
        raise UsageFault(f"{path}: version {record.get('version')!r}, expected {VERSION}. {REMEDY}")
    lessons: dict[str, object] = record["lessons"]
    return lessons


def _mended() -> str:
    return f"move it away: {REMEDY}"


def read_manifest(build: Path) -> Record:
    """The lessons that exist, by slug; empty where nothing was rendered yet.

    What is kept, and what is listed from now on, hangs on it: a manifest of which any entry is not as the pipeline
    writes it is refused, with the faults of :func:`read_entries`.  Entries are not to be changed.
    """
    return dict(_known(build, stat_of(build / NAME)))


@lru_cache(maxsize=4)
def _known(build: Path, _status: FileStat | None) -> Record:
    """:func:`_read`, once as long as the file is not touched."""
    return _read(build)


def _read(build: Path) -> Record:
    """The entries of a manifest, all sound."""
    lessons: Record = dict(read_entries(build) or {})
    for slug, entry in lessons.items():
        if (wrong := entry_mistake(slug, entry)) is not None:
            raise UsageFault(f"{build / NAME}: lessons.{slug}{wrong}. {REMEDY}")
    return lessons


def entry_mistake(slug: str, entry: object) -> str | None:
    """What is wrong with a lesson's entry, as the rest of a line that begins with its place; None where nothing is."""
    try:
        named = Entry.model_validate(entry).slug
    except ValidationError as error:
        return in_words(error)
    return None if named == slug else f".slug: expected {slug!r}, found {named!r}"


def in_words(error: ValidationError) -> str:
    """The first mistake of a record, as the rest of a line that begins with the record's place."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = "".join(f".{part}" for part in first["loc"])
    found = repr(first["input"])
    short = found if len(found) <= 40 else f"{found[:39]}…"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}, found {short}"


def enter(store: Store, slug: str, entry: Record) -> None:
    """List the lesson ``slug`` with ``entry``, in place of what was listed for it.  Safe beside other runs.

    Its files must be on the disk already.  When this returns the listing is, too; before, what was listed still is.
    The faults are those of :func:`read_manifest`.
    """
    with store.locked():
        _write(store.build, {**_read(store.build), slug: entry})


def write_manifest(store: Store, lessons: Mapping[str, Record]) -> None:
    """List these lessons and no others, in one step."""
    with store.locked():
        _write(store.build, lessons)


def _write(build: Path, lessons: Mapping[str, Record]) -> None:
    write_json(build / NAME, {"version": VERSION, "lessons": dict(lessons)}, durably=True)
    _link(build, lessons)


def mend_links(store: Store) -> None:
    """Let every link ``out/<slug>`` lead to what is listed, also after a run that was killed; drop the others."""
    with store.locked():
        _link(store.build, read_manifest(store.build))


def _link(build: Path, lessons: Mapping[str, Record]) -> None:
    """Make the links.  They are for people only: what stands in the way of one is left alone."""
    out = build / "out"
    wanted = {}
    for slug, entry in lessons.items():
        folder = PurePosixPath(entry["files"]["video"]["path"]).parent if "video" in entry["files"] else None
        if folder is not None and folder.parts[:1] == ("store",):
            wanted[slug] = f"../{folder}"
    with suppress(OSError):
        for link in [path for path in out.iterdir() if path.is_symlink() and path.name not in lessons]:
            link.unlink(missing_ok=True)
    for slug, target in wanted.items():
        with suppress(OSError):
            link = out / slug
            if not (link.is_symlink() and str(link.readlink()) == target):
                out.mkdir(exist_ok=True)
                fresh = out / f".{uuid.uuid4().hex}"
                fresh.symlink_to(target)
                try:
                    os.replace(fresh, link)
                except OSError:
                    fresh.unlink()


def video_path(build: Path, slug: str, entry: Record) -> Path:
    """Where a person finds the video of a listed lesson: behind its link, where that leads there."""
    listed: Path = build / entry["files"]["video"]["path"]
    linked = build / "out" / slug / listed.name
    with suppress(OSError):
        if linked.samefile(listed):
            return linked
    return listed


def add_files(store: Store, slug: str, entry: Record, files: Record) -> Record:
    """List further ``files`` of the lesson ``slug``, by role, if what is listed still is ``entry``'s lesson.

    Returns the lesson's line with them.  Safe beside other runs.
    """
    whole = {**entry, "files": {**entry["files"], **files}}
    with store.locked():
        lessons = _read(store.build)
        if lessons.get(slug, {}).get("key") == entry["key"]:
            _write(store.build, {**lessons, slug: whole})
    return whole


def is_whole(store: Store, entry: Record) -> bool:
    """Whether every file of a listed lesson is what was listed.

    Files that were found so before and were not touched since are not read again (:mod:`render.store.stat_cache`).
    """
    return all(_is_listed(store, file) for file in entry["files"].values())


def _is_listed(store: Store, file: Record) -> bool:
    path = store.build / file["path"]
    if store.stat_cache.vouches(path, file["sha256"]):
        return True
    before = stat_of(path)
    if (
        before is None
        or before[0] != file["bytes"]
        or not path.is_file()
        or digest_file(path) != file["sha256"]
    ):
        return False
    store.stat_cache.note(path, file["sha256"], before)
    return True
