"""What was rendered, as ``build/manifest.json`` says it: the only thing besides the catalog that the hub reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from render.fault import UsageFault

VERSION: Final = 1

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Record(BaseModel):
    # What the hub does not know yet may stand beside what it knows: the pipeline may grow first.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Medium(_Record):
    """One file that belongs to a video."""

    path: str
    """Relative to the build folder."""
    bytes: Annotated[int, Field(gt=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Video(_Record):
    """One rendered lesson.  ``width`` and ``height`` are pixels."""

    slug: str
    title: str
    quality: str
    voice: str
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]
    files: dict[str, Medium]
    """By role: ``video``, ``timeline``, ``captions_vtt``, ``poster_webp``, ..."""


class Word(_Record):
    """One word as it is shown; seconds of the joined video."""

    text: str
    start: Seconds
    end: Seconds


class Beat(_Record):
    """The smallest unit that says one thing; seconds of the joined video."""

    text: str
    start: Seconds
    end: Seconds
    words: tuple[Word, ...]


class Chapter(_Record):
    """A claim and the beats that make it good; seconds of the joined video."""

    name: str
    title: str
    explains: tuple[str, ...]
    start: Seconds
    end: Seconds
    beats: tuple[Beat, ...]


class Script(_Record):
    """``timeline.json`` of one video: all that is said, and when."""

    version: int
    slug: str
    seconds: Seconds
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A video whose every listed file is there, with its words."""

    video: Video
    script: Script
    files: dict[str, Path]
    """By role, the files that exist."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be shown now."""

    lessons: dict[str, Rendered]
    """By slug."""
    problems: tuple[str, ...]
    """Why a lesson that the manifest lists is not among them, or lacks a file: one sentence each."""


def read_stock(build: Path) -> Stock:
    """What ``build/manifest.json`` lists and the disk confirms; nothing where no manifest was written yet.

    One bad lesson is left out with its reason and harms no other.  Raises :class:`UsageFault` for a manifest
    that is no JSON object of version 1.
    """
    path = build / "manifest.json"
    if not path.exists():
        return Stock({}, ())
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageFault(f"{path} is not JSON ({error}). Render again to write it anew.") from error
    if not isinstance(record, dict) or not isinstance(record.get("lessons"), dict):
        raise UsageFault(
            f"{path}: expected an object with version and lessons. Render again to write it anew."
        )
    if record.get("version") != VERSION:
        raise UsageFault(
            f"{path}: version {record.get('version')!r}, expected {VERSION}. Render again to write it anew."
        )
    lessons: dict[str, Rendered] = {}
    problems: list[str] = []
    for slug, entry in record["lessons"].items():
        try:
            lesson, missing = _read_lesson(build, slug, entry)
        except (OSError, ValueError) as error:
            problems.append(f"{slug}: not shown, {_in_words(error)}")
            continue
        lessons[slug] = lesson
        problems.extend(f"{slug}: {role} is not as the manifest says, left out" for role in missing)
    return Stock(lessons, tuple(problems))


def _read_lesson(build: Path, slug: str, entry: object) -> tuple[Rendered, list[str]]:
    """The lesson, and the roles of the files that it can do without and has to."""
    video = Video.model_validate(entry)
    files = {role: build / medium.path for role, medium in video.files.items()}
    there = {role: file for role, file in files.items() if _is_whole(file, video.files[role].bytes)}
    for role in ("video", "timeline"):
        if role not in there:
            raise FileNotFoundError(f"its {role} is missing or cut short")
    script = Script.model_validate_json(there["timeline"].read_bytes())
    if (script.version, script.slug, video.slug) != (VERSION, slug, slug):
        raise ValueError(
            f"its record is of {video.slug!r}, its timeline of {script.slug!r}, {script.version}"
        )
    return Rendered(video, script, there), sorted(files.keys() - there.keys())


def _is_whole(file: Path, size: int) -> bool:
    return file.is_file() and file.stat().st_size == size


def _in_words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)
