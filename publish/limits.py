"""What YouTube would refuse or punish in a lesson, whoever uploads it: a program or a person."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from publish.publication import LANGUAGE, Payload, Publication
from publish.step import Objection
from publish.text import (
    DESCRIPTION_BYTES,
    TAG_CHARACTERS,
    TITLE_CHARACTERS,
    Text,
    text_of,
    why_no_chapters,
)
from render.core.catalog import ChannelSettings, Hub
from render.store.digest import digest_file

VIDEO_BYTES: Final = 256 * 2**30
VIDEO_SECONDS: Final = 12 * 3600
THUMBNAIL_BYTES: Final = 50 * 2**20
THUMBNAIL_WIDTH: Final = 1280
CAPTIONS_BYTES: Final = 100 * 2**20

_PLACEHOLDERS: Final = (".example", ".test", ".invalid", ".localhost")
"""Names that RFC 2606 keeps from being anybody's."""
_TIME: Final = re.compile(r"(?<![\w:/.])\d{1,2}:\d\d(?![\w:])")
_CUE: Final = re.compile(r"(\d+):(\d\d):(\d\d),(\d{3}) --> (\d+):(\d\d):(\d\d),(\d{3})")


def check_hub(hub: Hub) -> Iterator[Objection]:
    """What is wrong with the catalog's settings, for any lesson."""
    host = urlsplit(hub.site_url).hostname or ""
    if host.endswith(_PLACEHOLDERS) or re.fullmatch(r"(.*\.)?example\.(com|org|net)|localhost", host):
        yield Objection(
            "catalog.yaml",
            f"hub.site_url is the placeholder {hub.site_url}, which every page and description would name; "
            "write the address of your site",
        )


def check_declarations(settings: ChannelSettings, voices: Collection[str]) -> Iterator[Objection]:
    """What YouTube punishes in what it is told of all videos; ``voices`` are those that speak in them."""
    if settings.made_for_kids:
        yield Objection(
            "made_for_kids",
            "catalog.yaml says that the videos are made for children: YouTube then allows neither comments nor "
            "notifications. Say so only if children are whom they are for; what is wrongly declared is punished",
            fatal=False,
        )
    if not settings.synthetic_media and any(not voice.startswith("silent/") for voice in voices):
        yield Objection(
            "synthetic_media",
            "catalog.yaml says that nothing in the videos is synthetic, and their voice is. YouTube asks for that "
            "mark where a viewer could take what is made for real; without it such a video may be taken away",
            fatal=False,
        )


def check_publications(publications: Sequence[Publication], settings: ChannelSettings) -> Iterator[Objection]:
    """What is wrong with these lessons."""
    titles: dict[str, list[str]] = defaultdict(list)
    for publication in publications:
        titles[publication.topic.title.casefold()].append(publication.slug)
        yield from _check_text(publication, text_of(publication, settings))
        yield from _check_chapters(publication)
        yield from _check_video(publication)
        yield from _check_thumbnail(publication)
        yield from _check_captions(publication)
    for slugs in titles.values():
        if len(slugs) > 1:
            yield Objection(
                slugs[0], f"has the same title as {', '.join(slugs[1:])}; viewers cannot tell them apart"
            )


def _check_text(publication: Publication, text: Text) -> Iterator[Objection]:
    slug = publication.slug
    if not text.title.strip() or len(text.title) > TITLE_CHARACTERS or set(text.title) & set("<>"):
        yield Objection(
            slug,
            f"its title must have 1 to {TITLE_CHARACTERS} characters and neither < nor >: “{text.title}”",
        )
    if (size := len(text.description.encode())) > DESCRIPTION_BYTES:
        yield Objection(
            slug,
            f"its description has {size:,} bytes even without sources, and YouTube takes {DESCRIPTION_BYTES:,}; "
            "shorten chapter titles or credits",
        )
    if publication.mark not in text.tags:
        yield Objection(
            slug,
            f"its mark, by which its video is known again, has {len(publication.mark)} characters, and YouTube takes "
            f"{TAG_CHARACTERS} of tags; shorten its slug",
        )
    for line in text.description.split("\n"):
        if (time := _TIME.search(line)) and not line.startswith(time[0]):
            yield Objection(
                slug,
                f"YouTube takes {time[0]} in its description for a time of the video, in the line “{line}”; "
                "write it another way",
                fatal=False,
            )


def _check_chapters(publication: Publication) -> Iterator[Objection]:
    if why := why_no_chapters(publication):
        yield Objection(
            publication.slug, f"{why}: its description goes without a list of chapters", fatal=False
        )
    for start, title in publication.chapters:
        if not title.strip() or "\n" in title:
            yield Objection(
                publication.slug, f"the title of its chapter at {start:.0f} s must be one line of text"
            )


def _check_video(publication: Publication) -> Iterator[Objection]:
    slug, video = publication.slug, publication.video
    yield from _check_medium(slug, "video", video, VIDEO_BYTES)
    if publication.seconds > VIDEO_SECONDS:
        yield Objection(slug, f"it lasts {publication.seconds / 3600:.1f} h, and YouTube takes 12 h")
    if publication.quality == "draft":
        yield Objection(
            slug,
            "it is rendered as a draft, and a video on YouTube can never be exchanged; "
            f"`make render TOPIC={slug}` makes the full picture",
        )
    elif not publication.is_copy:
        yield Objection(
            slug,
            "it has no copy for the public and goes as it was drawn, in three times the bytes; "
            f"`make copies TOPIC={slug}` makes one",
            fatal=False,
        )
    if publication.voice.startswith("silent/"):
        yield Objection(slug, "nobody speaks in it; render it with VOICE=kokoro", fatal=False)


def _check_medium(slug: str, what: str, payload: Payload, most: int) -> Iterator[Objection]:
    if payload.bytes > most:
        yield Objection(slug, f"its {what} has {payload.bytes:,} bytes, and YouTube takes {most:,}")
    if not payload.path.is_file() or digest_file(payload.path) != payload.sha256:
        yield Objection(
            slug,
            f"its {what} is not what the manifest says; `make verify ARGS=--mend`, then `make render TOPIC={slug}`",
        )


def _check_thumbnail(publication: Publication) -> Iterator[Objection]:
    slug, thumbnail = publication.slug, publication.thumbnail
    if thumbnail is None:
        yield Objection(slug, f"it has no thumbnail; `make render TOPIC={slug}` draws it")
        return
    yield from _check_medium(slug, "thumbnail", thumbnail, THUMBNAIL_BYTES)
    size = png_size(thumbnail.path)
    if size is None:
        yield Objection(slug, f"its thumbnail {thumbnail.path.name} is no PNG")
        return
    width, height = size
    if abs(width * 9 - height * 16) > 16 or width < 640:
        yield Objection(
            slug, f"its thumbnail has {width}×{height} pixels; YouTube wants 16:9, 640 or more wide"
        )
    elif width < THUMBNAIL_WIDTH:
        yield Objection(
            slug, f"its thumbnail is {width} pixels wide; YouTube recommends {THUMBNAIL_WIDTH}", fatal=False
        )


def png_size(path: Path) -> tuple[int, int] | None:
    """Width and height of a PNG file, in pixels; none for anything else."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
    except OSError:
        return None
    if len(head) < 24 or not head.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _check_captions(publication: Publication) -> Iterator[Objection]:
    slug = publication.slug
    if LANGUAGE not in publication.captions:
        yield Objection(slug, f"it has no captions in {LANGUAGE}; `make render TOPIC={slug}` writes them")
    for language, payload in publication.captions.items():
        yield from _check_medium(slug, f"file of captions in {language}", payload, CAPTIONS_BYTES)
        if payload.path.is_file() and (why := captions_fault(payload.path, publication.seconds)):
            yield Objection(slug, f"its captions in {language}: {why}")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float


def captions_fault(path: Path, seconds: float) -> str:
    """What is wrong with a file of SubRip for a video of so many seconds; empty if it is right."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return "not UTF-8"
    cues = []
    for found in _CUE.finditer(text):
        h1, m1, s1, f1, h2, m2, s2, f2 = map(int, found.groups())
        cues.append(_Cue(h1 * 3600 + m1 * 60 + s1 + f1 / 1000, h2 * 3600 + m2 * 60 + s2 + f2 / 1000))
    if not cues:
        return "there is no cue in them"
    for before, cue in zip([_Cue(0, 0), *cues], cues, strict=False):
        if cue.start < before.end or cue.end <= cue.start:
            return (
                f"the cue at {cue.start:.3f} s begins before the one before it ends, or ends before it begins"
            )
    if cues[-1].end > seconds + 0.5:
        return f"they end at {cues[-1].end:.1f} s, and the video at {seconds:.1f} s"
    return ""
