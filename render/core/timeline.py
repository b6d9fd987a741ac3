"""What a lesson says and when: the description that voice, pictures, captions, chapters and checks all follow.

Lengths are counted in ticks (1/15 s), the grid that every profile shares, so that one timeline holds for all
of them.  Word times are seconds, because speech knows no grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from render.core.profile import TICKS_PER_SECOND

VERSION = 1


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as it is shown, with seconds from the start of its beat."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Beat:
    """The smallest unit that says one thing.  ``start`` counts ticks from the start of its chapter."""

    text: str
    start: int
    ticks: int
    speech: float
    """Seconds of speech, from the start of the beat."""
    words: tuple[Word, ...]
    file: str
    """The file that says it, from the project's folder: ``scenes/svm/margin.py``."""
    line: int

    @property
    def where(self) -> str:
        """``scenes/svm/margin.py:197``."""
        return f"{self.file}:{self.line}"

    @property
    def end(self) -> int:
        """Tick, from the start of the chapter, at which the next beat may begin."""
        return self.start + self.ticks


@dataclass(frozen=True, slots=True)
class Chapter:
    """A claim and the beats that make it good."""

    name: str
    """The method that draws it; unique within a lesson."""
    title: str
    explains: tuple[str, ...]
    """Items of the topic's ``explains`` list that this chapter teaches."""
    ticks: int
    beats: tuple[Beat, ...]
    file: str
    """The file of the method, from the project's folder."""
    line: int
    moving: int = 0
    """Ticks in which the picture changes; the others are held."""
    plays: tuple[int, ...] = ()
    """Ticks of every play and wait, in order."""
    heard: tuple[float | str, ...] = ()
    """What the chapter has asked of the timing of its words, in order: seconds, or a digest where it asked for a whole
    speech.  Words act on pictures by this and by :attr:`plays`, and in no other way."""
    pauses: tuple[tuple[int, int], ...] = ()
    """Ticks from and up to which the viewer is asked to think, and nobody speaks."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.ticks / TICKS_PER_SECOND

    @property
    def where(self) -> str:
        """``scenes/svm/margin.py:190``."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole lesson in order."""

    slug: str
    title: str
    voice: str
    """Who speaks: the identity of the engine that timed the words."""
    chapters: tuple[Chapter, ...]

    @property
    def ticks(self) -> int:
        """Length in ticks."""
        return sum(chapter.ticks for chapter in self.chapters)

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.ticks / TICKS_PER_SECOND

    @property
    def is_silent(self) -> bool:
        """Whether nobody speaks: the words are timed by a reading pace."""
        return self.voice.startswith("silent/")

    def starts(self) -> Iterator[tuple[int, Chapter]]:
        """Each chapter with the tick at which it starts in the joined video."""
        tick = 0
        for chapter in self.chapters:
            yield tick, chapter
            tick += chapter.ticks

    def beats(self) -> Iterator[tuple[float, Chapter, Beat]]:
        """Each beat with its chapter and its start in seconds of the joined video."""
        for tick, chapter in self.starts():
            for beat in chapter.beats:
                yield (tick + beat.start) / TICKS_PER_SECOND, chapter, beat

    def to_record(self) -> dict[str, Any]:
        """Plain data that :meth:`from_record` reads back to an equal timeline."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Timeline:
        """The timeline that :meth:`to_record` wrote.

        :class:`ValueError`, :class:`KeyError` or :class:`TypeError` for what another version wrote.
        """
        if record.get("version") != VERSION:
            raise ValueError(f"timeline version {record.get('version')!r}, expected {VERSION}")
        return cls(
            slug=record["slug"],
            title=record["title"],
            voice=record["voice"],
            chapters=tuple(
                Chapter(
                    **{
                        **chapter,
                        "explains": tuple(chapter["explains"]),
                        "plays": tuple(chapter["plays"]),
                        "heard": tuple(chapter.get("heard", ())),
                        "pauses": tuple((start, end) for start, end in chapter.get("pauses", ())),
                        "beats": tuple(
                            Beat(**{**beat, "words": tuple(Word(**word) for word in beat["words"])})
                            for beat in chapter["beats"]
                        ),
                    }
                )
                for chapter in record["chapters"]
            ),
        )

    def public_record(self, *, quality: str, fps: int) -> dict[str, Any]:
        """What ``timeline.json`` beside a video says: every time in seconds of the joined video."""
        return {
            "version": VERSION,
            "slug": self.slug,
            "title": self.title,
            "voice": self.voice,
            "quality": quality,
            "fps": fps,
            "frames": self.ticks * fps // TICKS_PER_SECOND,
            "seconds": round(self.seconds, 3),
            "chapters": [
                {
                    "name": chapter.name,
                    "title": chapter.title,
                    "explains": list(chapter.explains),
                    "start": round(tick / TICKS_PER_SECOND, 3),
                    "end": round((tick + chapter.ticks) / TICKS_PER_SECOND, 3),
                    "beats": [_public_beat(beat, tick) for beat in chapter.beats],
                }
                for tick, chapter in self.starts()
            ],
        }


def _public_beat(beat: Beat, chapter_tick: int) -> dict[str, Any]:
    start = (chapter_tick + beat.start) / TICKS_PER_SECOND
    return {
        "text": beat.text,
        "start": round(start, 3),
        "end": round(start + beat.ticks / TICKS_PER_SECOND, 3),
        "speech": round(start + beat.speech, 3),
        "words": [
            {"text": word.text, "start": round(start + word.start, 3), "end": round(start + word.end, 3)}
            for word in beat.words
        ],
    }
