"""``mlhub gc``: what the manifest needs stays, and a few older results; the rest is removed.

The collection has the store to itself (:meth:`render.store.store.Store.alone`); while a run is at work nothing is
removed but scratch folders that nobody holds.  The record of a thing is removed before the thing, so that a collection
that is killed leaves nothing behind that looks whole and is not.  And nothing is removed on the strength of a file that
could not be read: a manifest that does not read ends the collection, and what has a record that does not read stays,
with all that it may have been made of.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from render.cli.options import build_of, catalog_of, parse_count
from render.core.fault import Exit, Fault, JobFault, UsageFault
from render.core.profile import PROFILES
from render.store.lesson import lesson_home, read_lesson, record_path, stored_lessons
from render.store.manifest import NAME, REMEDY, mend_links, read_entries, read_manifest
from render.store.store import Record, Store, environment_faults, read_record
from render.voice import VOICES

NO_OBJECTS: Final = frozenset({"clock", "corrupt", "last", "lesson", "probe", "unsent"})
"""Folders of the store that hold something else than objects under keys."""
_HOUR: Final = 3600.0
_PART: Final = _HOUR
"""Seconds for which a file without a record is kept: it may be one that is being published."""
_UNCLAIMED: Final = 24 * _HOUR
"""Seconds for which a result of no single topic is kept though no kept lesson uses it: a new lesson may."""
_READ: Final = 30 * 24 * _HOUR
"""Seconds for which the log of a task is kept."""


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How many things of one kind were removed and kept, and their sizes in bytes."""

    kind: str
    removed: int
    removed_size: int
    kept: int
    kept_size: int


@dataclass(frozen=True, slots=True)
class _Thing:
    """Files of the store that are kept or removed together."""

    kind: str
    key: str
    used: float
    """When it was last made or looked up, in seconds of the epoch."""
    paths: tuple[Path, ...]
    """Its files or folders; its record, if it has one, comes first."""
    group: tuple[str, ...] = ()
    """Of the things of one group only the latest are kept; empty for a thing of no group."""
    made_of: Mapping[str, Collection[str]] | None = field(default=None, compare=False)
    """The keys of the objects that it is made of, by kind; None where nobody knows, or of nothing."""
    wanted: bool = False
    """Whether it is kept in any case."""
    unread: bool = False
    """Whether its record does not read, so that nobody knows what it is of."""

    @property
    def is_common(self) -> bool:
        """Whether it is a result (it has a record) that belongs to no single topic, such as a spoken sentence."""
        return len(self.paths) == 2 and not self.group

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(_size(path) for path in self.paths)


def collect_garbage(
    store: Store, slugs: Collection[str], *, keep: int = 1, dry_run: bool = False
) -> list[KindTotal]:
    """Remove from the store what nobody needs, or with ``dry_run`` only say what that is; the totals by kind.

    ``slugs`` are the topics of the catalog.  The lessons of the manifest stay, and all that they were made of.  Of
    everything else the ``keep`` results that were used last stay: of each kind, topic and quality, and of pictures and
    reviews also each chapter.

    :class:`render.core.fault.EnvironmentFault` while a run is at work, and the faults of
    :func:`render.store.manifest.read_manifest`; a manifest that is gone while lessons are stored is such a fault, too.
    """
    with environment_faults(store.build):
        store.open()  # takes the scratch of dead processes
        with store.alone():
            things = [
                *_lessons(store),
                *_objects(store),
                *_notes(store, slugs),
                *_leavings(store),
                *_remembered(store),
                *_logs(store, slugs),
            ]
            kept = _kept(store, things, keep)
            totals = _totals(things, kept)
            unread = sum(thing.unread for thing in things)
            if not dry_run:
                for thing in things:
                    if thing not in kept:
                        _remove(store, thing)
                mend_links(store)
    if unread:
        print(
            f"{unread} of them have records that do not read, and stay: `mlhub verify --mend` moves them aside."
        )
    return totals


def print_totals(totals: Collection[KindTotal], *, dry_run: bool) -> None:
    """A line a kind, and the sum."""
    for total in totals:
        print(
            f"{total.kind:<20} {total.removed:>5} {'would go' if dry_run else 'gone'} {_mega(total.removed_size):>11}"
            f"   {total.kept:>5} kept {_mega(total.kept_size):>11}"
        )
    freed = sum(total.removed_size for total in totals)
    print(f"{_mega(freed)} {'would be freed' if dry_run else 'freed'}")


def _kept(store: Store, things: Collection[_Thing], keep: int) -> set[_Thing]:
    if read_entries(store.build) is None and any(thing.kind == "lesson" and thing.group for thing in things):
        raise UsageFault(f"{store.build / NAME} is gone, and lessons are stored. {REMEDY}")
    lessons = [*read_manifest(store.build).items()]
    with suppress(Fault):  # a preview's may read or not: what it lists is drawn again in no time
        lessons += read_manifest(store.build / "watch").items()
    listed = set[Path]()
    for slug, entry in lessons:
        listed.add(lesson_home(store, slug, entry["key"]))
        listed |= {store.build / file["path"] for file in entry["files"].values()}
    kept = {thing for thing in things if thing.wanted or thing.unread or thing.paths[-1] in listed}
    known = {thing.paths[-1] for thing in things if thing.kind == "lesson" and thing.made_of is not None}
    doubtful = {thing.group[1] for thing in things if thing.unread and thing.kind == "lesson"}
    doubtful |= {slug for slug, entry in lessons if lesson_home(store, slug, entry["key"]) not in known}
    if doubtful:
        kept |= {thing for thing in things if thing.is_common or set(thing.group[1:2]) & doubtful}
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
        if thing.is_common and ((thing.kind, thing.key) in said or thing.used > lately):
            kept.add(thing)
    return kept


def _made_of(things: Collection[_Thing]) -> set[tuple[str, str]]:
    return {(kind, key) for thing in things for kind, keys in (thing.made_of or {}).items() for key in keys}


def _lessons(store: Store) -> Iterator[_Thing]:
    for home in stored_lessons(store):
        noted = record_path(home)
        there = tuple(path for path in (noted, home) if os.path.lexists(path))
        try:
            record = read_lesson(home)
        except JobFault:
            yield _Thing("lesson", home.name, _touched(noted), there, ("", home.parent.name), unread=True)
            continue
        if record is None or not home.is_dir():
            yield _Thing("lesson", home.name, _touched(there[0]), there)
        else:
            group = ("lesson", record.slug, record.profile.name)
            yield _Thing("lesson", home.name, _touched(noted), there, group, record.made_of)


def _objects(store: Store) -> Iterator[_Thing]:
    """All objects under keys, and files that a killed process has left without a record."""
    for folder in sorted(
        path for path in store.root.iterdir() if path.is_dir() and path.name not in NO_OBJECTS
    ):
        kind, paths = folder.name, sorted(folder.glob("??/*"))
        owners = {path.stem for path in paths if path.suffix != ".json"}
        for path in paths:
            noted = path.with_suffix(".json")
            if path == noted and path.stem in owners:
                continue
            try:
                record = read_record(noted)
            except JobFault:
                yield _Thing(
                    kind, path.stem, _touched(path), tuple(dict.fromkeys((noted, path))), unread=True
                )
                continue
            if record is not None and path != noted:
                made_of = record.get("made_of")
                yield _Thing(
                    kind,
                    path.stem,
                    _touched(noted),
                    (noted, path),
                    _group(kind, record),
                    made_of if _is_made_of(made_of) else None,
                )
            elif _touched(path) < time.time() - _PART:
                yield _nobodys(kind, path)


def _is_made_of(keys: object) -> bool:
    """Whether it is what a record has of the keys of objects, by kind."""
    return isinstance(keys, dict) and all(
        isinstance(some, list) and all(isinstance(key, str) for key in some) for some in keys.values()
    )


def _group(kind: str, record: Record) -> tuple[str, ...]:
    """The group of an object: its kind, topic, chapter and quality; empty for one of no topic, such as a sentence."""
    if "slug" not in record:
        return ()
    return kind, *(str(record.get(name, "")) for name in ("slug", "chapter", "profile"))


def _notes(store: Store, slugs: Collection[str]) -> Iterator[_Thing]:
    """Probes, and what pieces were last made from: of topics that are neither in the catalog nor listed."""
    there = {*slugs, *read_manifest(store.build)}
    tails = {"probe": [voice.replace(":", "-") for voice in VOICES], "last": list(PROFILES)}
    tails["clock"] = tails["last"]
    for kind, names in tails.items():
        wanted = {f"{slug}-{name}.json" for slug in there for name in names}
        for path in sorted((store.root / kind).glob("*")):
            if path.name in wanted:
                yield _Thing(kind, path.name, _touched(path), (path,), wanted=True)
            elif _touched(path) < time.time() - _PART:
                yield _nobodys(kind, path)


def _leavings(store: Store) -> Iterator[_Thing]:
    """What ``mlhub verify --mend`` has moved aside, and parts of records and sites whose writers were killed."""
    for path in sorted((store.root / "corrupt").glob("*")):
        yield _nobodys("corrupt", path)
    # Sites are made in scratch; before, they were made beside the finished one, and some may be left there.
    left = [
        *store.build.glob(f".{NAME}-*"),
        *store.build.glob(".site-*"),
        *(store.root / "lesson").glob("*/.*"),
    ]
    for path in sorted(left):
        if _touched(path) < time.time() - _PART:
            yield _nobodys("part", path)


def _remembered(store: Store) -> Iterator[_Thing]:
    """What ``scenes/maths`` has computed and kept in ``build/memo``: a folder for each state of a module's code.

    The one that was written last belongs to the code of today, as far as anybody can tell, and stays.
    """
    states: dict[str, list[tuple[float, Path]]] = defaultdict(list)
    for path in sorted((store.build / "memo").glob("*")):
        written = max(map(_touched, (path, *path.rglob("*"))))
        states[re.sub(r"-[0-9a-f]{8,}$", "", path.name)].append((written, path))
    for module, found in states.items():
        for written, path in found:
            latest = (written, path) == max(found)
            yield _Thing("memo", path.name, written, (path,), ("memo", module), wanted=latest)


def _logs(store: Store, slugs: Collection[str]) -> Iterator[_Thing]:
    """Logs of the tasks of topics that are still there stay for a month."""
    for path in sorted((store.build / "log").glob("*/*")):
        lately = _touched(path) > time.time() - _READ and path.parent.name in slugs
        yield _Thing("log", f"{path.parent.name}/{path.name}", _touched(path), (path,), wanted=lately)


def _nobodys(kind: str, path: Path) -> _Thing:
    """A file or folder without a record, which is no result of anything."""
    return _Thing(kind, path.name, _touched(path), (path,))


def _touched(path: Path) -> float:
    """When a file, or a link itself, was changed last, in seconds of the epoch; 0 where it is gone."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _remove(store: Store, thing: _Thing) -> None:
    with store.scratch() as scratch:
        for path in thing.paths:
            os.replace(path, scratch / path.name)


def _totals(things: Collection[_Thing], kept: Collection[_Thing]) -> list[KindTotal]:
    totals = []
    for kind in sorted({thing.kind for thing in things}):
        stay = [thing.size for thing in things if thing.kind == kind and thing in kept]
        go = [thing.size for thing in things if thing.kind == kind and thing not in kept]
        totals.append(KindTotal(kind, len(go), sum(go), len(stay), sum(stay)))
    return totals


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(_size(inner) for inner in path.iterdir())
    return path.lstat().st_size


def _mega(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub gc``."""
    parser.add_argument(
        "--keep", type=parse_count, default=1, help="older results to keep of each kind (default: 1)"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")


def run(options: argparse.Namespace) -> Exit:
    """Collect, and print what was removed."""
    slugs = {topic.slug for topic in catalog_of(options).topics}
    totals = collect_garbage(Store(build_of(options)), slugs, keep=options.keep, dry_run=options.dry_run)
    print_totals(totals, dry_run=options.dry_run)
    return Exit.DONE
