"""The data that the pages show: the topics of the catalog joined with their videos and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from hub.formula import Formula, FormulaError, set_formulas
from hub.note import Noted, hear
from hub.shelf import Shelf
from render.core.catalog import Catalog, Topic
from render.core.source import Credit, Source
from render.core.yaml_record import refuse
from render.store.rendered import Beat, Chapter, Rendered, Script

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
class PlayedLesson:
    """A video as a page plays it.

    All paths are relative to the site, or full addresses where videos lie elsewhere; None where it has no such file.
    """

    seconds: float
    clock: str
    width: int
    height: int
    silent: bool
    video: str
    video_small: str | None
    """The same in fewer pixels, for narrow screens."""
    storyboard: str | None
    """WebVTT of small pictures, one for every few seconds."""
    poster: str | None
    poster_small: str | None
    """The same in half the width."""
    card_picture: str | None
    preview: str | None
    captions: str | None
    chapter_track: str | None
    chapters: tuple[Part, ...]
    downloads: tuple[Download, ...]

    def download(self, kind: str) -> Download | None:
        """The file of that kind, if there is one."""
        return next((file for file in self.downloads if file.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Written:
    """A formula; ``maths`` is MathML."""

    name: str
    maths: str
    means: str
    part: Part


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary, with the moment at which the lesson defines it."""

    term: str
    means: str
    aliases: tuple[str, ...]
    start: str
    clock: str
    sentence: str
    """Start of the sentence that begins the definition, which has a place of its own on the page."""
    part: Part


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``answer`` counts the options from 1."""

    ask: str
    options: tuple[str, ...]
    answer: int
    why: str
    part: Part


@dataclass(frozen=True, slots=True)
class Code:
    """The lesson's core; ``marked`` is HTML whose classes name the kinds of words."""

    says: str
    text: str
    marked: str
    prints: str
    name: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands beside the video and is written by hand."""

    core: Code
    formulas: tuple[Written, ...]
    terms: tuple[Entry, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic as the pages show it.  ``lesson`` is None until there is something to watch."""

    slug: str
    title: str
    blurb: str
    section: str
    level: str
    explains: tuple[str, ...]
    prerequisites: tuple[str, ...]
    ready: bool
    """The catalog says that there is a lesson; without ``lesson`` it is being rendered."""
    path: str
    lesson: PlayedLesson | None
    notes: Notes | None

    @property
    def state(self) -> str:
        """What is told of a topic that cannot be watched yet; empty for the others."""
        if self.lesson:
            return ""
        return "being rendered" if self.ready else "coming"

    @property
    def link(self) -> str:
        """Where its page is, or while there is none its card on the index; relative to the site."""
        return self.path if self.lesson else f"#topic-{self.slug}"

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


def show_sections(
    catalog: Catalog, lessons: Mapping[str, PlayedLesson], notes: Mapping[str, Notes]
) -> tuple[Shown, ...]:
    """The catalog in its order, each topic with its lesson and its notes where there are some."""
    return tuple(
        Shown(
            slug=section.slug,
            title=section.title,
            line=section.line,
            accent=ACCENTS[index % len(ACCENTS)],
            topics=tuple(_show_topic(topic, lessons, notes) for topic in section.topics),
        )
        for index, section in enumerate(catalog.sections)
    )


def _show_topic(topic: Topic, lessons: Mapping[str, PlayedLesson], notes: Mapping[str, Notes]) -> Subject:
    return Subject(
        slug=topic.slug,
        title=topic.title,
        blurb=topic.blurb,
        section=topic.section,
        level=topic.level,
        explains=tuple(topic.explains),
        prerequisites=tuple(topic.prerequisites),
        ready=topic.status == "ready",
        path=f"{topic.slug}/",
        lesson=lessons.get(topic.slug),
        notes=notes.get(topic.slug),
    )


def join_notes(noted: Noted, lesson: PlayedLesson, script: Script) -> Notes:
    """A note with its formulas set and its chapters and seconds found in the lesson.

    Raises :class:`render.core.fault.UsageFault` for what the lesson does not say and for what Typst cannot set, at its
    place in the note.
    """
    note, parts = noted.note, lesson.chapters
    heard = hear(noted, script)
    return Notes(
        core=Code(
            says=note.core.says,
            text=noted.code,
            marked=highlight(noted.code, PythonLexer(), _MARKER),
            prints=note.core.prints,
            name=Path(noted.sheet.name).with_suffix(".py").name,
        ),
        formulas=tuple(
            Written(formula.name, maths, formula.means, parts[number])
            for formula, maths, number in zip(note.formulas, _set(noted), heard.formulas, strict=True)
        ),
        terms=tuple(
            Entry(
                term=term.term,
                means=term.means,
                aliases=term.aliases,
                start=address_second(second),
                clock=clock(second),
                sentence=_sentence_at(script.chapters[number], second),
                part=parts[number],
            )
            for term, (number, second) in zip(note.terms, heard.terms, strict=True)
        ),
        questions=tuple(
            Question(question.ask, question.options, question.answer, question.why, parts[number])
            for question, number in zip(note.questions, heard.questions, strict=True)
        ),
        sources=note.sources,
        credits=note.credits,
    )


def _sentence_at(chapter: Chapter, second: float) -> str:
    return address_second(max(beat.start for beat in chapter.beats if beat.start <= second + 0.001))


_MARKER: Final = HtmlFormatter(nowrap=True, classprefix="code-")


def _set(noted: Noted) -> list[str]:
    """MathML of a note's formulas; a formula that Typst cannot set is told at its place."""
    sources = [Formula(formula.source, formula.symbols) for formula in noted.note.formulas]
    try:
        return set_formulas(sources)
    except FormulaError as whole:
        mistakes = []
        for index, source in enumerate(sources):
            try:
                set_formulas([source])
            except FormulaError as error:
                words = f"expected a formula in Typst, which says: {error}"
                mistakes.append(noted.sheet.mistake(("formulas", index, "source"), words))
        raise refuse(mistakes or [noted.sheet.mistake(("formulas",), str(whole))]) from None


def shelve_lesson(shelf: Shelf, rendered: Rendered) -> PlayedLesson:
    """Puts a video and what belongs to it on the shelf; returns what the pages say about it."""
    video = rendered.video
    slug = video.slug
    suffixes = {rendered.offered: ".mp4", **_SUFFIXES}
    placed = {
        role: shelf.link_named(f"media/{slug}{suffix}", rendered.files[role], video.files[role].sha256)
        for role, suffix in suffixes.items()
        if role in rendered.files
    }
    return PlayedLesson(
        seconds=video.seconds,
        clock=clock(video.seconds),
        width=video.width,
        height=video.height,
        silent=video.voice.startswith(_SAID_BY_NOBODY),
        video=placed[rendered.offered],
        video_small=placed.get("public_small"),
        storyboard=_shelve_storyboard(shelf, rendered),
        poster=placed.get("poster_webp") or placed.get("poster_png"),
        poster_small=placed.get("poster_small"),
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
                name=slug + suffixes[role],
                path=placed[role],
            )
            for role, label, kind in ((rendered.offered, "Video", "MP4"), *_DOWNLOADS)
            if role in placed
        ),
    )


def _shelve_storyboard(shelf: Shelf, rendered: Rendered) -> str | None:
    """The track of small pictures; it names its picture, which stands beside it under a name of its own."""
    track, picture = rendered.files.get("storyboard_vtt"), rendered.files.get("storyboard_webp")
    if track is None or picture is None:
        return None
    slug = rendered.video.slug
    sha256 = rendered.video.files["storyboard_webp"].sha256
    named = shelf.link_named(f"media/{slug}.storyboard.webp", picture, sha256)
    text = track.read_text(encoding="utf-8").replace(picture.name, Path(named).name)
    return shelf.write_named(f"media/{slug}.storyboard.vtt", text.encode())


_SUFFIXES: Final = {
    "public_small": ".small.mp4",
    "preview": ".preview.mp4",
    "poster_webp": ".webp",
    "poster_small": ".small.webp",
    "poster_png": ".png",
    "captions_vtt": ".en.vtt",
    "captions_srt": ".en.srt",
    "chapters_vtt": ".chapters.vtt",
    "transcript": ".txt",
}

_DOWNLOADS: Final = (
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
