"""``mlhub verify``: whether everything that is listed and stored still is what it was when it was published.

Each file is held against its digest, and against what it promised: a video against its timeline, a segment against
its number of frames, a sentence against its number of samples, a picture and an archive against their own checksums.
"""

from __future__ import annotations

import os
import wave
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image

from render.assemble import FILES, find_lesson, lesson_faults, lesson_home
from render.fault import Exit, JobFault
from render.manifest import read_manifest
from render.probe import Probe
from render.profile import Profile
from render.store import Record, Store, digest_file, environment_faults, read_json
from render.sweep import NO_OBJECTS
from render.timeline import Timeline
from render.verify import verify_segment, verify_video


@dataclass(frozen=True, slots=True)
class Wrong:
    """A file that is not what it should be."""

    path: Path
    message: str
    """What it is or has, to be read behind its name."""
    aside: tuple[Path, ...] = ()
    """What has to be moved away for the next render to make it anew."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of looking at everything."""

    files: int
    wrong: tuple[Wrong, ...]


def audit(store: Store, workers: int | None = None) -> Audit:
    """Look at everything that is in the store and the manifest; changes nothing.

    Costs about 1 ms a frame of 1080p video on one core; ``workers`` files are looked at at once.
    """
    checks = [*_objects(store), *_lessons(store), *_listed(store), *_probes(store)]
    with ThreadPoolExecutor(
        workers or len(os.sched_getaffinity(0))
    ) as pool:  # decoders let other threads run
        found = [wrong for some in pool.map(lambda check: list(check()), checks) for wrong in some]
    return Audit(len(checks), tuple(sorted(found, key=lambda wrong: wrong.path)))


def mend(store: Store, wrong: Wrong) -> bool:
    """Move aside what is wrong, so that the next render makes it anew; false where nothing has to be moved.

    Whoever calls has the store to itself, and has looked at it since.
    """
    there = [path for path in wrong.aside if path.exists()]
    for path in there:
        place = store.root / "corrupt" / "-".join(path.relative_to(store.root).parts)
        place.parent.mkdir(exist_ok=True)
        number = 1
        while (free := place.with_name(f"{place.name}.{number}")).exists():
            number += 1
        os.rename(path, free)
    return bool(there)


def verify(store: Store, *, mends: bool = False, workers: int | None = None) -> Exit:
    """Tell file by file what is wrong, and with ``mends`` move it aside; :data:`Exit.JOB_FAILED` if anything is.

    :class:`render.fault.EnvironmentFault` if it is to mend while a run is at work.
    """
    with environment_faults(store.build):
        store.open()
        if mends:
            with store.alone():
                seen = audit(store, workers)
                mended = [mend(store, wrong) for wrong in seen.wrong]
        else:
            seen = audit(store, workers)
            mended = [False] * len(seen.wrong)
    for wrong, aside in zip(seen.wrong, mended, strict=True):
        print(f"{wrong.path} {wrong.message}{'; moved aside' if aside else ''}")
    print(f"{seen.files} looked at, {len(seen.wrong)} wrong")
    if seen.wrong:
        what = "Render again to make it anew" if mends else "Run `mlhub verify --mend` and render again"
        print(f"{what}: what is sound is kept.")
    return Exit.JOB_FAILED if seen.wrong else Exit.DONE


_Check = Callable[[], Iterator[Wrong]]


def _objects(store: Store) -> Iterator[_Check]:
    for folder in sorted(store.root.iterdir()):
        if folder.is_dir() and folder.name not in NO_OBJECTS:
            for path in sorted(folder.glob("??/*.json")):
                yield partial(_object_faults, folder.name, path)


def _object_faults(kind: str, noted: Path) -> Iterator[Wrong]:
    record = read_json(noted)
    objects = [path for path in noted.parent.glob(f"{noted.stem}.*") if path != noted]
    aside = (noted, *objects)
    if record is None:
        yield Wrong(noted, "does not read as a record", aside)
    elif not objects:
        yield Wrong(noted, "is the record of a file that is not there", aside)
    elif digest_file(objects[0]) != record.get("sha256"):
        yield Wrong(objects[0], "has another SHA-256 than when it was published", aside)
    elif kind in _PROMISES and (message := _broken(partial(_PROMISES[kind], objects[0], record))):
        yield Wrong(objects[0], message, aside)


def _segment(path: Path, record: Record) -> None:
    verify_segment(path, record["frames"])


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
    "small": _segment,
    "poster": _picture,
    "speech": _sentence,
    "review": _archive,
}


def _lessons(store: Store) -> Iterator[_Check]:
    for noted in sorted((store.root / "lesson").glob("*/*.json")):
        yield partial(_home_faults, noted.with_suffix(""), noted)


def _home_faults(home: Path, noted: Path) -> Iterator[Wrong]:
    record = read_json(noted)
    aside = (noted, home)
    if record is None:
        yield Wrong(noted, "does not read as a record", aside)
        return
    faults = list(lesson_faults(home, record))
    yield from (Wrong(path, message, aside) for path, message in faults)
    if not faults and (message := _broken(partial(_lesson, home, record))):
        yield Wrong(home / record["files"]["video"]["name"], message, aside)


def _lesson(home: Path, record: Record) -> None:
    timeline = Timeline.from_record(record["timeline"])
    verify_video(home / FILES["video"].format(slug=timeline.slug), timeline, Profile(**record["profile"]))
    for name in ("poster_png", "poster_webp", "poster_small", "storyboard_webp"):
        _picture(home / FILES[name], record)


def _listed(store: Store) -> Iterator[_Check]:
    for slug, entry in read_manifest(store.build).items():
        yield partial(_listing_faults, store, slug, entry)


def _listing_faults(store: Store, slug: str, entry: Record) -> Iterator[Wrong]:
    """Faults of the listing itself; those of the lesson behind it are told with the lesson."""
    home = lesson_home(store, slug, entry["key"])
    sound = find_lesson(home)
    for file in entry["files"].values():
        path = store.build / file["path"]
        if not path.is_file():
            yield Wrong(path, "is listed and missing")
        elif path.resolve().parent != home.resolve():
            yield Wrong(path, f"is listed and does not lie in {home}")
        elif sound and digest_file(path) != file["sha256"]:
            yield Wrong(path, "has another SHA-256 than is listed")


def _probes(store: Store) -> Iterator[_Check]:
    for path in sorted((store.root / "probe").glob("*.json")):
        yield partial(_probe_faults, path)


def _probe_faults(path: Path) -> Iterator[Wrong]:
    def read() -> None:
        record = read_json(path)
        if record is None:
            raise JobFault(f"{path} does not read as a record")
        Probe.from_record(record)

    if message := _broken(read):
        yield Wrong(path, message, (path,))


def _broken(promise: Callable[[], None]) -> str | None:
    """What is told of a promise that does not hold; the file's name is told before it."""
    try:
        promise()
    except JobFault as fault:
        return f"breaks its promise: {fault}"
    except (OSError, EOFError, wave.Error, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        return f"cannot be read: {type(error).__name__}: {error}"
    return None
