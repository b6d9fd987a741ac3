"""``mlhub verify``: whether everything that is listed and stored still is what it was when it was published.

Each file is held against its digest, and against what it promised: a video against its timeline, a segment against
its number of frames, a sentence against its number of samples, a picture and an archive against their own checksums.
"""

from __future__ import annotations

import argparse
import os
import shutil
import wave
import zipfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PIL import Image

from render.cli.gc import NO_OBJECTS
from render.cli.options import build_of, parse_workers
from render.core.copy_form import COPIES
from render.core.fault import Exit, Fault, JobFault
from render.core.profile import Profile
from render.core.timeline import Timeline
from render.encode.assemble import FILES
from render.encode.verify import verify_copy, verify_segment, verify_video
from render.plan.probe import Probe
from render.store.digest import digest_file
from render.store.lesson import (
    LessonRecord,
    entry_of,
    find_lesson,
    lesson_faults,
    lesson_home,
    listable,
    read_lesson,
    record_path,
    stored_lessons,
)
from render.store.manifest import NAME, entry_mistake, read_entries, write_manifest
from render.store.store import Record, Store, environment_faults, read_record

_NAME: Final = 200
"""Characters of the name of something that is moved aside; file systems take 255."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what it should be."""

    path: Path
    message: str
    """What is wrong with it, as the end of a sentence that begins with its path."""
    aside: tuple[Path, ...] = ()
    """The files that have to be moved away so that the next render makes it anew."""
    listing: str | None = None
    """The slug whose entry in the manifest has to be made anew; empty where the manifest has to be."""


@dataclass(frozen=True, slots=True)
class Verification:
    """How many files were checked, and what is wrong with them."""

    files: int
    damages: tuple[Damage, ...]


def verify_store(store: Store, workers: int | None = None) -> Verification:
    """Check every file in the store and the manifest, ``workers`` at once (default: one a core); changes nothing.

    Costs about 1 ms a frame of 1080p video on one core.
    """
    checks = [*_objects(store), *_lessons(store), *_listed(store), *_probes(store)]
    with ThreadPoolExecutor(
        workers or len(os.sched_getaffinity(0))
    ) as pool:  # decoders let other threads run
        found = [damage for some in pool.map(_look, checks) for damage in some]
    return Verification(len(checks), tuple(sorted(found, key=lambda damage: damage.path)))


def mend(store: Store, damages: Collection[Damage]) -> list[Damage]:
    """Move damaged files aside, so that the next render makes them anew, and list anew what is listed wrongly.

    Returns the damages that something was done about.  The caller must have the store to itself
    (:meth:`Store.alone`) since before they were found.
    """
    mended = [damage for damage in damages if _move_aside(store, damage)]
    if wrong := [damage for damage in damages if damage.listing is not None]:
        _list_anew(store, {damage.listing for damage in wrong if damage.listing})
        mended += wrong
    return mended


def _move_aside(store: Store, damage: Damage) -> bool:
    there = [path for path in damage.aside if os.path.lexists(path)]
    for path in there:
        os.rename(path, _free(store, "-".join(path.relative_to(store.root).parts)))
    return bool(there)


def _free(store: Store, name: str) -> Path:
    """A path for something that is moved aside."""
    place = store.root / "corrupt"
    place.mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(free := place / f"{name[-_NAME:]}.{number}"):
        number += 1
    return free


def _list_anew(store: Store, slugs: Collection[str]) -> None:
    """List ``slugs`` by what is stored and leave the other entries; all by that, where the manifest does not read."""
    stored, manifest = listable(store), store.build / NAME
    try:
        entries = read_entries(store.build)
    except Fault:
        entries = None
    if os.path.lexists(manifest):
        aside = _free(store, NAME)
        if manifest.is_dir():
            os.rename(manifest, aside)
        else:
            with suppress(OSError):
                shutil.copy2(manifest, aside)
    if entries is None:
        write_manifest(store, stored)
    else:
        lessons: Record = {slug: entry for slug, entry in entries.items() if slug not in slugs}
        write_manifest(store, lessons | {slug: stored[slug] for slug in slugs if slug in stored})


def print_verification(verification: Verification, mended: Collection[Damage], *, mends: bool) -> None:
    """A line for each damage (``mended`` are those that were moved aside), the count, and what to do."""
    for damage in verification.damages:
        done = "; listed anew" if damage.listing is not None else "; moved aside"
        print(f"{damage.path} {damage.message}{done if damage in mended else ''}")
    print(f"{verification.files} looked at, {len(verification.damages)} wrong")
    if verification.damages:
        what = "Render again to make it anew" if mends else "Run `mlhub verify --mend` and render again"
        print(f"{what}: what is sound is kept.")


@dataclass(frozen=True, slots=True)
class _Check:
    """Something to be looked at: ``path``, and the files that are moved away if that cannot be done."""

    path: Path
    look: Callable[[], Iterator[Damage]]
    aside: tuple[Path, ...] = ()


def _look(check: _Check) -> list[Damage]:
    """What is wrong; whatever lies in the store, it is told and the others are looked at."""
    try:
        return list(check.look())
    except Exception as error:
        message = f"cannot be looked at: {type(error).__name__}: {error}"
        return [Damage(check.path, message, check.aside)]


def _objects(store: Store) -> Iterator[_Check]:
    for folder in sorted(store.root.iterdir()):
        if folder.is_dir() and folder.name not in NO_OBJECTS:
            for path in sorted(folder.glob("??/*.json")):
                yield _Check(path, partial(_object_faults, folder.name, path), (path,))


def _object_faults(kind: str, noted: Path) -> Iterator[Damage]:
    objects = [path for path in noted.parent.iterdir() if path != noted and path.stem == noted.stem]
    aside = (noted, *objects)
    try:
        record = read_record(noted)
    except JobFault as fault:
        yield Damage(noted, str(fault), aside)
        return
    if record is None:
        return  # gone meanwhile
    if not objects:
        yield Damage(noted, "is the record of a file that is not there", aside)
    elif not objects[0].is_file():
        yield Damage(objects[0], "is not a file", aside)
    elif digest_file(objects[0]) != record.get("sha256"):
        yield Damage(objects[0], "has another SHA-256 than when it was published", aside)
    elif kind in _PROMISES and (message := _broken(partial(_PROMISES[kind], objects[0], record))):
        yield Damage(objects[0], message, aside)


def _segment(path: Path, record: Record) -> None:
    verify_segment(path, record["frames"])


def _chapter_copy(path: Path, record: Record) -> None:
    verify_copy(path, record["frames"])


def _copy(path: Path, record: Record) -> None:
    verify_video(path, Timeline.from_record(record["timeline"]), Profile(**record["seen"]))


def _picture(path: Path, record: Record) -> None:
    with Image.open(path) as picture:
        picture.load()


def _sentence(path: Path, record: Record) -> None:
    with wave.open(str(path), "rb") as sound:
        if sound.getnframes() != record["samples"]:
            raise JobFault(f"{path} has {sound.getnframes()} samples; expected {record['samples']}")


def _archive(path: Path, record: Record) -> None:
    with zipfile.ZipFile(path) as archive:
        if (bad := archive.testzip()) is not None:
            raise JobFault(f"{path}: {bad} in it is damaged")


_PROMISES: Final[dict[str, Callable[[Path, Record], None]]] = {
    "segment": _segment,
    **{form.chapter: _chapter_copy for form in COPIES},
    **{form.role: _copy for form in COPIES},
    "poster": _picture,
    "speech": _sentence,
    "review": _archive,
}


def _lessons(store: Store) -> Iterator[_Check]:
    for home in stored_lessons(store):
        if os.path.lexists(noted := record_path(home)):
            yield _Check(noted, partial(_home_faults, home), (noted, home))


def _home_faults(home: Path) -> Iterator[Damage]:
    noted = record_path(home)
    aside = (noted, home)
    try:
        record = read_lesson(home)
    except JobFault as fault:
        yield Damage(noted, str(fault), aside)
        return
    if record is None:
        return  # gone meanwhile
    faults = list(lesson_faults(home, record))
    yield from (Damage(path, message, aside) for path, message in faults)
    if not faults and (message := _broken(partial(_lesson, home, record))):
        yield Damage(home / record.files["video"].name if "video" in record.files else noted, message, aside)


def _lesson(home: Path, record: LessonRecord) -> None:
    timeline = record.told()
    verify_video(home / FILES["video"].format(slug=timeline.slug), timeline, record.profile)
    for name in ("poster_png", "poster_webp", "poster_small", "storyboard_webp"):
        _picture(home / FILES[name], {})


def _listed(store: Store) -> Iterator[_Check]:
    manifest = store.build / NAME
    try:
        entries = read_entries(store.build)
    except Fault as fault:
        damage = Damage(
            manifest, str(fault).removeprefix(f"{manifest} ").removeprefix(f"{manifest}: "), listing=""
        )
        yield _Check(manifest, partial(iter, (damage,)))
        return
    if entries is None and listable(store):
        damage = Damage(manifest, "is gone, and lessons are stored", listing="")
        yield _Check(manifest, partial(iter, (damage,)))
    for slug, entry in (entries or {}).items():
        yield _Check(manifest, partial(_listing_faults, store, slug, entry))


def _listing_faults(store: Store, slug: str, entry: Any) -> Iterator[Damage]:
    """Faults of a lesson's line in the manifest; those of its files in the store are found by :func:`_home_faults`."""
    manifest = store.build / NAME
    if (wrong := entry_mistake(slug, entry)) is not None:
        yield Damage(manifest, f"lessons.{slug}{wrong}", listing=slug)
        return
    home = lesson_home(store, slug, entry["key"])
    record = find_lesson(home)
    if record is not None and not entry_of(record)["files"].items() <= entry["files"].items():
        yield Damage(manifest, f"lessons.{slug} is not what is stored in {home}", listing=slug)
    elif record is None and not os.path.lexists(record_path(home)):
        yield Damage(home, "is listed and missing", listing=slug)
    own = record.files if record is not None else {}
    for role, file in entry["files"].items():
        path = store.build / file["path"]
        if path.parent != home and role not in own and not path.is_file():
            yield Damage(path, "is listed and missing", listing=slug)


def _probes(store: Store) -> Iterator[_Check]:
    for path in sorted((store.root / "probe").glob("*.json")):
        yield _Check(path, partial(_probe_faults, path), (path,))


def _probe_faults(path: Path) -> Iterator[Damage]:
    try:
        record = read_record(path)
    except JobFault as fault:
        yield Damage(path, str(fault), (path,))
        return
    if record is not None and (message := _broken(lambda: Probe.from_record(record))):
        yield Damage(path, message, (path,))


def _broken(promise: Callable[[], object]) -> str | None:
    """The message of a check that fails; None where it passes."""
    try:
        promise()
    except JobFault as fault:
        return f"breaks its promise: {fault}"
    except Exception as error:  # whatever a decoder makes of what is no picture, no sound, no record
        return f"cannot be read: {type(error).__name__}: {error}"
    return None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub verify``."""
    parser.add_argument(
        "--mend", action="store_true", help="move aside what is wrong, so that the next render makes it anew"
    )
    parser.add_argument("--workers", type=parse_workers, help="files at once (default: one a core)")


def run(options: argparse.Namespace) -> Exit:
    """Check everything, and with ``--mend`` move aside what is damaged; :data:`Exit.JOB_FAILED` if anything is.

    :class:`render.core.fault.EnvironmentFault` if it is to mend while a run is at work.
    """
    store = Store(build_of(options))
    with environment_faults(store.build):
        store.open()
        with store.alone() if options.mend else nullcontext():
            verification = verify_store(store, options.workers)
            mended = mend(store, verification.damages) if options.mend else []
    print_verification(verification, mended, mends=options.mend)
    return Exit.JOB_FAILED if verification.damages else Exit.DONE
