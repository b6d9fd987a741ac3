"""What was rendered, as ``build/manifest.json`` says it and the disk confirms it.

Besides the catalog the only thing that the site and the publication are made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from render.store.manifest import VERSION, Video, in_words, read_entries

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Word(_Told):
    """One word as it is shown; seconds of the joined video."""

    text: str
    start: Seconds
    end: Seconds


class Beat(_Told):
    """The smallest unit that says one thing; seconds of the joined video."""

    text: str
    start: Seconds
    end: Seconds
    words: tuple[Word, ...]


class Chapter(_Told):
    """A claim and the beats that make it good; seconds of the joined video."""

    name: str
    title: str
    explains: tuple[str, ...]
    start: Seconds
    end: Seconds
    beats: tuple[Beat, ...]


class Script(_Told):
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

    @property
    def offered(self) -> str:
        """The role of the video that the public gets: its copy ``public``, else ``video`` as it was drawn."""
        return "public" if "public" in self.files else "video"


@dataclass(frozen=True, slots=True)
class Stock:
    """The lessons that can be shown now."""

    lessons: dict[str, Rendered]
    """By slug."""
    problems: tuple[str, ...]
    """Why a lesson that the manifest lists is not among them, or lacks a file: one sentence each."""


def read_stock(build: Path) -> Stock:
    """What ``build/manifest.json`` lists and the disk confirms; nothing where no manifest was written yet.

    One bad lesson is left out with its reason and harms no other.  What lies outside of the build folder counts as
    missing.  The faults are those of :func:`render.store.manifest.read_entries`.
    """
    lessons: dict[str, Rendered] = {}
    problems: list[str] = []
    for slug, entry in (read_entries(build) or {}).items():
        try:
            lesson, missing = _read_lesson(build, slug, entry)
        except (OSError, ValueError) as error:
            words = in_words(error).lstrip(".") if isinstance(error, ValidationError) else str(error)
            problems.append(f"{slug}: not shown, {words}")
            continue
        lessons[slug] = lesson
        problems.extend(f"{slug}: {role} is not as the manifest says, left out" for role in missing)
    return Stock(lessons, tuple(problems))


def _read_lesson(build: Path, slug: str, entry: object) -> tuple[Rendered, list[str]]:
    """The lesson, and the roles of the files that it can do without and has to."""
    video = Video.model_validate(entry)
    files = {role: build / medium.path for role, medium in video.files.items()}
    homes = (build.resolve(), (build / "store").resolve())  # the store may lie elsewhere, behind a link
    there = {role: file for role, file in files.items() if _is_whole(file, video.files[role].bytes, homes)}
    for role in ("video", "timeline"):
        if role not in there:
            raise FileNotFoundError(f"its {role} is missing, cut short, or outside of {build}")
    script = Script.model_validate_json(there["timeline"].read_bytes())
    if (script.version, script.slug, video.slug) != (VERSION, slug, slug):
        raise ValueError(
            f"its record is of {video.slug!r}, its timeline of {script.slug!r}, {script.version}"
        )
    return Rendered(video, script, there), sorted(files.keys() - there.keys())


def _is_whole(file: Path, size: int, homes: tuple[Path, ...]) -> bool:
    return file.is_file() and file.stat().st_size == size and any(map(file.resolve().is_relative_to, homes))
