"""``mlhub gc``: what the manifest needs stays, and a few older results; the rest goes.

The sweep has the store to itself (:meth:`render.store.Store.alone`): while a run is at work it takes nothing but the
scratch of dead processes.  It takes the record of a thing before the thing, so that a sweep that is killed leaves
nothing behind that seems whole and is not.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from render.assemble import lesson_home
from render.manifest import read_manifest
from render.profile import PROFILES
from render.store import Record, Store, environment_faults, read_json
from render.voice import VOICES

NO_OBJECTS: Final = frozenset({"corrupt", "last", "lesson", "probe", "unsent"})
"""Folders of the store that hold something else than objects under keys."""
_HOUR: Final = 3600.0
_PART: Final = _HOUR
"""Seconds after which a file without a record is no longer taken for one that is being published."""
_UNCLAIMED: Final = 24 * _HOUR
"""Seconds for which what is of no topic is kept though no kept lesson is made of it: one being written may want it."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What went of one kind, and what stayed; sizes in bytes."""

    kind: str
    gone: int
    freed: int
    kept: int
    held: int


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that goes or stays as one."""

    kind: str
    key: str
    used: float
    """When it was last made or looked up, in seconds of the epoch."""
    paths: tuple[Path, ...]
    """What it lies in; its record, if it has one, first."""
    group: tuple[str, ...] = ()
    """Of the things of one group only so many are kept; empty for what is of no group."""
    made_of: Mapping[str, Collection[str]] = field(default_factory=dict, compare=False)
    """Keys by kind."""
    wanted: bool = False
    """Whether it stays whatever else there is."""

    @property
    def is_shared(self) -> bool:
        """Whether it is a result (it has a record) of no topic of its own."""
        return len(self.paths) == 2 and not self.group

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(_size(path) for path in self.paths)


def sweep(store: Store, slugs: Collection[str], *, keep: int = 1, dry_run: bool = False) -> list[Swept]:
    """Free the store of what nobody needs; ``slugs`` are the topics that there are.

    The lessons of the manifest stay, and all they were made of.  Of what else there is, the ``keep`` results that
    were used last stay: of each kind, topic and quality, and of pictures and reviews also each chapter.

    :class:`render.fault.EnvironmentFault` while a run is at work.
    """
    with environment_faults(store.build):
        store.open()  # takes the scratch of dead processes
        with store.alone():
            things = [*_lessons(store), *_objects(store), *_notes(store, slugs), *_leavings(store)]
            kept = _kept(store, things, keep)
            told = _told(things, kept)
            if not dry_run:
                for thing in things:
                    if thing not in kept:
                        _take_away(store, thing)
    return told


def print_sweep(swept: Collection[Swept], *, dry_run: bool) -> None:
    """A line a kind, and the sum."""
    for one in swept:
        print(
            f"{one.kind:<10} {one.gone:>5} {'would go' if dry_run else 'gone'} {_mega(one.freed):>11}"
            f"   {one.kept:>5} kept {_mega(one.held):>11}"
        )
    freed = sum(one.freed for one in swept)
    print(f"{_mega(freed)} {'would be freed' if dry_run else 'freed'}")


def _kept(store: Store, things: Collection[_Thing], keep: int) -> set[_Thing]:
    listed = {lesson_home(store, slug, entry["key"]) for slug, entry in read_manifest(store.build).items()}
    kept = {thing for thing in things if thing.wanted or thing.paths[-1] in listed}
    needed = _made_of(kept)
    kept |= {thing for thing in things if (thing.kind, thing.key) in needed}
    older: dict[tuple[str, ...], list[_Thing]] = defaultdict(list)
    for thing in things:
        if thing.group and thing not in kept:
            older[thing.group].append(thing)
    for group in older.values():
        kept.update(sorted(group, key=lambda thing: (thing.used, thing.key), reverse=True)[:keep])
    said, lately = _made_of(kept), time.time() - _UNCLAIMED
    for thing in things:
        if thing.is_shared and ((thing.kind, thing.key) in said or thing.used > lately):
            kept.add(thing)
    return kept


def _made_of(things: Collection[_Thing]) -> set[tuple[str, str]]:
    return {(kind, key) for thing in things for kind, keys in thing.made_of.items() for key in keys}


def _lessons(store: Store) -> Iterator[_Thing]:
    for home in sorted(path for path in (store.root / "lesson").glob("*/*") if path.is_dir()):
        noted = home.with_suffix(".json")
        record = read_json(noted)
        if record is None:
            yield _nobodys("lesson", home)
        else:
            group = ("lesson", record["slug"], record["profile"]["name"])
            yield _Thing("lesson", home.name, noted.stat().st_mtime, (noted, home), group, record["made_of"])


def _objects(store: Store) -> Iterator[_Thing]:
    """Whatever lies under keys, and what a killed process left of it."""
    for folder in sorted(
        path for path in store.root.iterdir() if path.is_dir() and path.name not in NO_OBJECTS
    ):
        kind, paths = folder.name, sorted(folder.glob("??/*"))
        owners = {path.stem for path in paths if path.suffix != ".json"}
        for path in paths:
            noted = path.with_suffix(".json")
            if path == noted and path.stem in owners:
                continue
            record = read_json(noted) if path != noted else None
            if record is not None:
                yield _Thing(kind, path.stem, noted.stat().st_mtime, (noted, path), _group(kind, record))
            elif path.stat().st_mtime < time.time() - _PART:
                yield _nobodys(kind, path)


def _group(kind: str, record: Record) -> tuple[str, ...]:
    """What older results are counted by; what names no topic has none: sentences, which lessons share."""
    if "slug" not in record:
        return ()
    return kind, *(str(record.get(name, "")) for name in ("slug", "chapter", "profile"))


def _notes(store: Store, slugs: Collection[str]) -> Iterator[_Thing]:
    """Probes, and what pieces were last made from: of topics that are neither in the catalog nor listed."""
    there = {*slugs, *read_manifest(store.build)}
    tails = {"probe": [voice.replace(":", "-") for voice in VOICES], "last": list(PROFILES)}
    for kind, names in tails.items():
        wanted = {f"{slug}-{name}.json" for slug in there for name in names}
        for path in sorted((store.root / kind).glob("*")):
            if path.name in wanted:
                yield _Thing(kind, path.name, path.stat().st_mtime, (path,), wanted=True)
            elif path.stat().st_mtime < time.time() - _PART:
                yield _nobodys(kind, path)


def _leavings(store: Store) -> Iterator[_Thing]:
    """What ``mlhub verify --mend`` has moved aside."""
    for path in sorted((store.root / "corrupt").glob("*")):
        yield _nobodys("corrupt", path)


def _nobodys(kind: str, path: Path) -> _Thing:
    """Something without a record: no result."""
    return _Thing(kind, path.name, path.stat().st_mtime, (path,))


def _take_away(store: Store, thing: _Thing) -> None:
    with store.scratch() as scratch:
        for path in thing.paths:
            os.replace(path, scratch / path.name)


def _told(things: Collection[_Thing], kept: Collection[_Thing]) -> list[Swept]:
    told = []
    for kind in sorted({thing.kind for thing in things}):
        stay = [thing.size for thing in things if thing.kind == kind and thing in kept]
        go = [thing.size for thing in things if thing.kind == kind and thing not in kept]
        told.append(Swept(kind, len(go), sum(go), len(stay), sum(stay)))
    return told


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(_size(inner) for inner in path.iterdir())
    return path.lstat().st_size


def _mega(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
