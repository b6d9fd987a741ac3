"""The words that go with a video: title, description with chapters, and tags, within what YouTube takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from publish.publication import Publication, digest, mark_of
from render.core.catalog import ChannelSettings, Section
from render.core.source import Source

TITLE_CHARACTERS: Final = 100
DESCRIPTION_BYTES: Final = 5000
TAG_CHARACTERS: Final = 500
CHAPTERS: Final = 3
"""So many at least, or YouTube shows none."""
CHAPTER_SECONDS: Final = 10
"""So long at least, or YouTube shows none."""

_ANGLES: Final = str.maketrans("<>", "‹›")
"""YouTube takes neither of the first two."""


@dataclass(frozen=True, slots=True)
class Text:
    """What stands with a video."""

    title: str
    description: str
    tags: tuple[str, ...]
    category: int

    @property
    def digest(self) -> str:
        """Digest of all of it."""
        return digest([self.title, self.description, list(self.tags), self.category])


def text_of(publication: Publication, settings: ChannelSettings, sha256: str | None = None) -> Text:
    """The words for a video of ``publication`` that was made from the file ``sha256`` (by default its present one)."""
    mark = mark_of(publication.slug, sha256 or publication.video.sha256)
    return Text(
        publication.topic.title,
        describe(publication),
        _tags(publication, settings, mark),
        settings.category,
    )


def describe(publication: Publication) -> str:
    """The description: blurb, page, chapters, sources, credits, licence; as many sources as there is room for."""
    works = publication.works
    head = [publication.topic.blurb, f"Transcript, figures and questions: {publication.address}"]
    if not why_no_chapters(publication):
        head.append("\n".join(["Chapters", *chapter_lines(publication)]))
    foot = []
    if works.credits:
        lines = [f"{credit.what} by {credit.by}, {credit.licence}: {credit.link}" for credit in works.credits]
        foot.append("\n".join(["Credits", *lines]))
    if (settings := publication.hub.publish) is not None:
        foot.append(f"Licence: {settings.licence.name}, {settings.licence.link}")
    foot.append(f"{publication.hub.title}: {publication.hub.promise} {publication.hub.address}")
    lines = [source_line(source) for source in works.sources]
    for count in range(len(lines), -1, -1):
        more = ["All sources are on the lesson's page."] if count < len(lines) else []
        middle = ["\n".join(["Sources", *lines[:count], *more])] if lines else []
        text = "\n\n".join([*head, *middle, *foot]).translate(_ANGLES)
        if len(text.encode()) <= DESCRIPTION_BYTES:
            break
    return text


def source_line(source: Source) -> str:
    """A source on one line."""
    end = "" if source.title.endswith(("?", "!")) else "."
    where = f" {source.where}." if source.where else ""
    address = f" {source.address}" if source.address else ""
    return f"{source.authors} ({source.year}): {source.title}{end}{where}{address}"


def chapter_lines(publication: Publication) -> list[str]:
    """A line for each chapter, as YouTube reads them: ``01:23 Title``."""
    return [f"{clock(start)} {title}" for start, title in publication.chapters]


def clock(seconds: float) -> str:
    """``01:23``, or ``1:02:03`` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def why_no_chapters(publication: Publication) -> str:
    """Why YouTube would show no chapters of this lesson; empty if it would."""
    starts = [int(start) for start, _ in publication.chapters]
    if len(starts) < CHAPTERS:
        return f"it has {len(starts)} chapters, and YouTube shows none of fewer than {CHAPTERS}"
    if starts[0] != 0:
        return f"its first chapter starts at {clock(starts[0])}, and YouTube asks for 00:00"
    ends = [*starts[1:], int(publication.seconds)]
    for (_, title), start, end in zip(publication.chapters, starts, ends, strict=True):
        if end - start < CHAPTER_SECONDS:
            return (
                f"its chapter “{title}” has {end - start} s, and YouTube asks for {CHAPTER_SECONDS} s or more"
            )
    return ""


def _tags(publication: Publication, settings: ChannelSettings, mark: str) -> tuple[str, ...]:
    """The mark, then what is weightiest, as far as there is room."""
    taken: list[str] = []
    for tag in _tag_wishes(publication, settings, mark):
        if tag.casefold() not in map(str.casefold, taken) and tag_length([*taken, tag]) <= TAG_CHARACTERS:
            taken.append(tag)
    return tuple(taken)


def _tag_wishes(publication: Publication, settings: ChannelSettings, mark: str) -> Iterator[str]:
    yield mark
    yield from settings.tags
    for words in (publication.topic.title, publication.section.title, *publication.topic.explains):
        if not set(words) & set(',<>"'):
            yield words


def tag_length(tags: Sequence[str]) -> int:
    """How YouTube counts tags: commas between them, and two quotes around one with a space."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(len(tags) - 1, 0)


@dataclass(frozen=True, slots=True)
class PlaylistText:
    """What stands with a playlist."""

    title: str
    description: str

    @property
    def digest(self) -> str:
        """Digest of all of it."""
        return digest([self.title, self.description])


def playlist_text(section: Section, site: str) -> PlaylistText:
    """The words for the playlist of a section; its description ends in the section's address, by which it is known."""
    return PlaylistText(
        section.title, f"{section.line}\n\n{section_address(section, site)}".translate(_ANGLES)
    )


def section_address(section: Section, site: str) -> str:
    """Where the section stands on the site whose address is ``site``."""
    return f"{site}#{section.slug}"
