"""What is published of a topic: its video, words and pictures, joined from catalog, manifest and notes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from render.core.catalog import Catalog, Hub, Section, Topic
from render.core.source import Credit, Source
from render.core.web_file import DIGITS
from render.store.rendered import Rendered, Stock

LANGUAGE: Final = "en"
"""What is spoken in the lessons."""

_CAPTIONS: Final = re.compile(r"captions\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.srt")
"""The name of a file with captions tells their language."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A file to be published."""

    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Works:
    """What a lesson stands on, and who is thanked for what it shows."""

    sources: tuple[Source, ...] = ()
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """A topic with all that is published of it."""

    hub: Hub
    section: Section
    topic: Topic
    works: Works
    seconds: float
    chapters: tuple[tuple[float, str], ...]
    """Second at which each chapter begins, and its title."""
    quality: str
    voice: str
    video: Payload
    is_copy: bool
    """Whether the video is the copy for the public, not the file as it was drawn."""
    thumbnail: Payload | None
    captions: Mapping[str, Payload]
    """SubRip by language."""
    digits: frozenset[str] = frozenset()
    """The first 12 digits of the digests of all its files."""

    @property
    def slug(self) -> str:
        """Slug of the topic."""
        return self.topic.slug

    @property
    def address(self) -> str:
        """The full address of the topic's page."""
        return f"{self.hub.address}{self.slug}/"

    @property
    def cut(self) -> str:
        """Digest of all that captions and chapters have to agree with: when each chapter begins and how long it is."""
        return digest([*(start for start, _ in self.chapters), self.seconds])

    @property
    def mark(self) -> str:
        """The tag by which the video is known on a channel."""
        return mark_of(self.slug, self.video.sha256)


def mark_of(slug: str, sha256: str) -> str:
    """The tag by which the video of a topic, made from a file with this digest, is known on a channel."""
    return f"mlhub-{slug}-{sha256[:12]}"


def read_mark(tags: Iterable[str]) -> tuple[str, str] | None:
    """The slug and the first 12 digits of the digest that the mark among a video's tags tells, if there is one."""
    for tag in tags:
        if found := re.fullmatch(r"mlhub-([a-z][a-z0-9-]*)-([0-9a-f]{12})", tag):
            return found[1], found[2]
    return None


def digest(value: object) -> str:
    """SHA-256 of plain data, in hexadecimal."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def gather(
    catalog: Catalog, stock: Stock, topics: Iterable[Topic], works: Mapping[str, Works]
) -> list[Publication]:
    """What can be published of ``topics``, in the catalog's order: those that are rendered."""
    wanted = {topic.slug for topic in topics}
    return [
        _join(catalog.hub, section, topic, stock.lessons[topic.slug], works.get(topic.slug, Works()))
        for section in catalog.sections
        for topic in section.topics
        if topic.slug in wanted and topic.slug in stock.lessons
    ]


def _join(hub: Hub, section: Section, topic: Topic, rendered: Rendered, works: Works) -> Publication:
    def payload(role: str) -> Payload:
        listed = rendered.video.files[role]
        return Payload(rendered.files[role], listed.bytes, listed.sha256)

    captions = {
        named[1]: payload(role)
        for role, path in sorted(rendered.files.items())
        if role.startswith("captions_srt") and (named := _CAPTIONS.fullmatch(path.name))
    }
    return Publication(
        hub=hub,
        section=section,
        topic=topic,
        works=works,
        seconds=rendered.video.seconds,
        chapters=tuple((chapter.start, chapter.title) for chapter in rendered.script.chapters),
        quality=rendered.video.quality,
        voice=rendered.video.voice,
        video=payload(rendered.offered),
        is_copy=rendered.offered == "public",
        thumbnail=payload("poster_png") if "poster_png" in rendered.files else None,
        captions=dict(sorted(captions.items(), key=lambda row: (row[0] != LANGUAGE, row[0]))),
        digits=frozenset(medium.sha256[:DIGITS] for medium in rendered.video.files.values()),
    )
