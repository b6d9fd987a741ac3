"""What the pages show, in their own words: the catalog's topics joined with what was rendered of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub.manifest import Beat, Chapter, Rendered
from hub.shelf import Shelf
from render.catalog import Catalog, Topic

ACCENTS: Final = ("first", "second", "third", "fourth")
"""Colours of the sections, in turn: the class colours of the lessons."""

_SAID_BY_NOBODY: Final = "silent/"


@dataclass(frozen=True, slots=True)
class Line:
    """What one beat says.  ``start`` is the number of seconds as an address writes it."""

    start: str
    words: tuple[tuple[str, str, str], ...]
    """(text before the word, the word, its start); joined with ``rest`` they are the beat's text."""
    rest: str


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter."""

    number: int
    title: str
    explains: tuple[str, ...]
    start: str
    clock: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away; ``name`` is what it is called on the reader's disk."""

    label: str
    kind: str
    size: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A video as a page plays it.  All paths are relative to the site; None where the video has no such file."""

    seconds: float
    clock: str
    width: int
    height: int
    silent: bool
    video: str
    poster: str | None
    card_picture: str | None
    preview: str | None
    captions: str | None
    chapter_track: str | None
    chapters: tuple[Part, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic as the pages show it.  ``lesson`` is None until there is something to watch."""

    slug: str
    title: str
    blurb: str
    level: str
    explains: tuple[str, ...]
    prerequisites: tuple[str, ...]
    ready: bool
    """The catalog says that there is a lesson; without ``lesson`` it is being rendered."""
    path: str
    lesson: Lesson | None

    @property
    def learn(self) -> tuple[tuple[str, Part | None], ...]:
        """Each thing explained, with the first chapter that says it does."""
        chapters = self.lesson.chapters if self.lesson else ()
        return tuple(
            (item, next((c for c in chapters if item in c.explains), None)) for item in self.explains
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its subjects."""

    slug: str
    title: str
    line: str
    accent: str
    topics: tuple[Subject, ...]


def show_sections(catalog: Catalog, lessons: dict[str, Lesson]) -> tuple[Shown, ...]:
    """The catalog in its order, each topic with its lesson where ``lessons`` has one."""
    return tuple(
        Shown(
            slug=section.slug,
            title=section.title,
            line=section.line,
            accent=ACCENTS[index % len(ACCENTS)],
            topics=tuple(_show_topic(topic, lessons) for topic in section.topics),
        )
        for index, section in enumerate(catalog.sections)
    )


def _show_topic(topic: Topic, lessons: dict[str, Lesson]) -> Subject:
    return Subject(
        slug=topic.slug,
        title=topic.title,
        blurb=topic.blurb,
        level=topic.level,
        explains=tuple(topic.explains),
        prerequisites=tuple(topic.prerequisites),
        ready=topic.status == "ready",
        path=f"{topic.slug}/",
        lesson=lessons.get(topic.slug),
    )


def shelve_lesson(shelf: Shelf, rendered: Rendered) -> Lesson:
    """Puts a video and what belongs to it on the shelf; returns what the pages say about it."""
    video = rendered.video
    slug = video.slug
    placed = {
        role: shelf.link_named(f"media/{slug}{suffix}", rendered.files[role], video.files[role].sha256)
        for role, suffix in _SUFFIXES.items()
        if role in rendered.files
    }
    return Lesson(
        seconds=video.seconds,
        clock=clock(video.seconds),
        width=video.width,
        height=video.height,
        silent=video.voice.startswith(_SAID_BY_NOBODY),
        video=placed["video"],
        poster=placed.get("poster_webp") or placed.get("poster_png"),
        card_picture=placed.get("poster_png"),
        preview=placed.get("preview"),
        captions=placed.get("captions_vtt"),
        chapter_track=placed.get("chapters_vtt"),
        chapters=tuple(_part(number, chapter) for number, chapter in enumerate(rendered.script.chapters, 1)),
        downloads=tuple(
            Download(
                label=label,
                kind=kind,
                size=file_size(video.files[role].bytes),
                name=slug + _SUFFIXES[role],
                path=placed[role],
            )
            for role, label, kind in _DOWNLOADS
            if role in placed
        ),
    )


_SUFFIXES: Final = {
    "video": ".mp4",
    "preview": ".preview.mp4",
    "poster_webp": ".webp",
    "poster_png": ".png",
    "captions_vtt": ".en.vtt",
    "captions_srt": ".en.srt",
    "chapters_vtt": ".chapters.vtt",
    "transcript": ".txt",
}

_DOWNLOADS: Final = (
    ("video", "Video", "MP4"),
    ("captions_vtt", "Captions for the web", "WebVTT"),
    ("captions_srt", "Captions for players", "SRT"),
    ("transcript", "Transcript", "text"),
)


def _part(number: int, chapter: Chapter) -> Part:
    return Part(
        number=number,
        title=chapter.title,
        explains=chapter.explains,
        start=address_second(chapter.start),
        clock=clock(chapter.start),
        lines=tuple(_line(beat) for beat in chapter.beats),
    )


def _line(beat: Beat) -> Line:
    """The beat's own text cut at its words, so that what is read is what was written, spaces and all."""
    start, rest = address_second(beat.start), beat.text
    words = []
    for word in beat.words:
        before, found, after = rest.partition(word.text)
        if not found:  # the voice counted other words than the text shows: the sentence still has its time
            return Line(start, (), beat.text)
        words.append((before, found, address_second(word.start)))
        rest = after
    return Line(start, tuple(words), rest)


def address_second(seconds: float) -> str:
    """Seconds as ``#t=`` writes them: ``83`` or ``83.267``."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def clock(seconds: float) -> str:
    """``1:23``, or ``1:02:03`` from an hour on; what has begun counts, as on a player."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def running_time(seconds: float) -> str:
    """``42 min`` or ``3 h 05``, rounded to the minute."""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02}" if minutes >= 60 else f"{max(minutes, 1)} min"


def file_size(size: int) -> str:
    """``12 kB`` or ``3.4 MB`` (powers of ten, as shops and browsers count)."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(round(size / 1e3), 1)} kB"
