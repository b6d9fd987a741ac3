"""Lessons in a store, published as the pipeline publishes them, with files of a few bytes."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from render.core.profile import PROFILES
from render.core.timeline import Beat, Chapter, Timeline, Word
from render.store.digest import digest_text
from render.store.lesson import LessonRecord, entry_of, list_lesson, publish_lesson, record_path
from render.store.lesson import lesson_home as home_of
from render.store.store import Record, Store

DAY = 24 * 3600.0


def timeline(slug: str) -> Timeline:
    """One chapter of two seconds that says one sentence."""
    word = Word("Look.", 0.0, 0.5)
    beat = Beat("Look.", 0, 30, 0.5, (word,), f"scenes/{slug}/__init__.py", 7)
    chapter = Chapter("looks", "It looks", ("looking",), 30, (beat,), f"scenes/{slug}/__init__.py", 6)
    return Timeline(slug, slug.upper(), "silent/1", (chapter,))


def record_of(slug: str, key: str, quality: str = "web", **made_of: list[str]) -> dict[str, Any]:
    """What a lesson is published with; its files are named and not measured."""
    names = {"video": f"{slug}.mp4", "timeline": "timeline.json", "poster_png": "poster.png"}
    return {
        "slug": slug,
        "key": key,
        "profile": asdict(PROFILES[quality]),
        "timeline": timeline(slug).to_record(),
        "files": names,
        "made_of": made_of,
    }


def make_files(folder: Path, slug: str, content: str) -> None:
    """The files that :func:`record_of` names, of which all but the timeline have this content."""
    folder.mkdir()
    told = timeline(slug).public_record(quality="web", fps=30)
    (folder / "timeline.json").write_text(json.dumps(told))
    for name in (f"{slug}.mp4", "poster.png"):
        (folder / name).write_text(content)


def publish(store: Store, slug: str, key: str, quality: str = "web", **made_of: list[str]) -> LessonRecord:
    """A lesson in the store, not listed; ``key`` may be a short word."""
    with store.scratch() as scratch:
        make_files(scratch / "lesson", slug, f"the film of {slug} under {key}")
        return publish_lesson(store, scratch / "lesson", record_of(slug, key, quality, **made_of))


def listed(store: Store, slug: str, key: str, quality: str = "web", **made_of: list[str]) -> Record:
    """A lesson in the store, listed; its entry."""
    return list_lesson(store, publish(store, slug, key, quality, **made_of))


def entry(slug: str, key: str) -> Record:
    """An entry of a lesson that is not there."""
    file = {"name": f"{slug}.mp4", "bytes": 5, "sha256": digest_text(key)}
    whole = {**record_of(slug, key), "files": {"video": file}}
    return entry_of(LessonRecord.model_validate_json(json.dumps(whole)))


def lesson_home(store: Store, slug: str, key: str) -> Path:
    """The folder of a lesson."""
    return home_of(store, slug, key)


def grow_old(path: Path, days: float) -> None:
    """Let a file be of so many days ago."""
    when = time.time() - days * DAY
    os.utime(path, (when, when))


def published(store: Store, slug: str, key: str, age: float = 0.0, **made_of: list[str]) -> Path:
    """A lesson in the store that was last listed so many days ago; its folder."""
    publish(store, slug, key, "web", **made_of)
    home = lesson_home(store, slug, key)
    grow_old(record_path(home), age)
    return home
