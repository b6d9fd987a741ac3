"""Pace and length: how many new ideas and numbers a minute bears, how long sentences, chapters and lessons are.

The silent pace times it, so that it depends on nobody's voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from render.core.profile import TICKS_PER_SECOND
from render.review.idea import new_ideas
from render.review.narration import LONGEST_SENTENCE, sentences
from tests.scenes.harness.fault import Fault
from tests.scenes.harness.figures import spoken_heavily
from tests.scenes.harness.table import Lesson

IDEAS: Final = 4
"""New ideas a minute of a chapter: terms and formulas at their first mention."""
NUMBERS: Final = 4
"""Spoken numbers a minute of a chapter, small counts left out."""
LESSON: Final = (7 * 60, 15 * 60)
"""Seconds of a lesson."""
CHAPTERS: Final = (6, 12)
CHAPTER: Final = (30, 110)
"""Seconds of a chapter."""
WORDS: Final = (120, 175)
"""Words a minute of a chapter, as they are written."""
SILENCE: Final = 5.0
"""Seconds that a beat may go on when all is said."""
STILL: Final = 6.0
"""Seconds in which nothing moves."""


def ideas(lesson: Lesson) -> Iterator[Fault]:
    """Chapters that bring more new ideas than a viewer can follow."""
    formulas = {
        chapter.name: [written.text for written in stage.written if written.kind == "formula"]
        for chapter, stage in lesson.telling.staged()
    }
    found = new_ideas(lesson.telling.timeline.chapters, lesson.telling.topic.synonyms, formulas)
    for chapter in lesson.telling.timeline.chapters:
        new = found[chapter.name]
        if _too_many(new, chapter.seconds, IDEAS):
            yield _crowd(lesson, chapter.name, "new ideas", new, chapter.seconds, IDEAS)


def numbers(lesson: Lesson) -> Iterator[Fault]:
    """Chapters that speak more numbers than a listener can keep."""
    for chapter in lesson.telling.timeline.chapters:
        said = list(spoken_heavily([beat.text for beat in chapter.beats]).elements())
        if _too_many(said, chapter.seconds, NUMBERS):
            yield _crowd(lesson, chapter.name, "spoken numbers", said, chapter.seconds, NUMBERS)


def _too_many(things: Sequence[str], seconds: float, most: int) -> bool:
    return len(things) > most * seconds / 60


def _crowd(lesson: Lesson, name: str, what: str, things: Sequence[str], seconds: float, most: int) -> Fault:
    rate = 60 * len(things) / seconds
    return Fault(
        name,
        f"{lesson.telling.chapters[name].where}: chapter {name}: {len(things)} {what} in {seconds:.0f} s, "
        f"{rate:.1f} a minute; "
        f"expected {most} at most. Make it longer, or leave some out: {', '.join(things)}.",
    )


def lengths(lesson: Lesson) -> Iterator[Fault]:
    """A lesson and chapters that are too long or too short, too many or too few."""
    path, timeline = lesson.telling.topic.path, lesson.telling.timeline
    low, high = LESSON
    if not low <= timeline.seconds <= high:
        words = f"{timeline.seconds:.0f} s; expected {low} to {high}, {low // 60} to {high // 60} minutes."
        yield Fault("lesson", f"{path}: the lesson lasts {words}")
    low, high = CHAPTERS
    if not low <= len(timeline.chapters) <= high:
        yield Fault("chapters", f"{path}: {len(timeline.chapters)} chapters; expected {low} to {high}.")
    low, high = CHAPTER
    for chapter in timeline.chapters:
        if not low <= chapter.seconds <= high:
            words = f"lasts {chapter.seconds:.0f} s; expected {low} to {high}."
            yield Fault(chapter.name, f"{chapter.where}: chapter {chapter.name} {words}")


def long_sentences(lesson: Lesson) -> Iterator[Fault]:
    """Sentences that nobody says in one breath."""
    for chapter, beat in lesson.telling.beats():
        for sentence in sentences(beat.text):
            if (count := len(sentence.split())) > LONGEST_SENTENCE:
                yield Fault(
                    f"{chapter.name}: {sentence}",
                    f"{lesson.telling.place(beat)}: a sentence of {count} words; expected {LONGEST_SENTENCE} at most: "
                    f"“{sentence}”",
                )


def haste(lesson: Lesson) -> Iterator[Fault]:
    """Chapters that are told too fast or too slowly."""
    low, high = WORDS
    for chapter in lesson.telling.timeline.chapters:
        pace = 60 * sum(len(beat.text.split()) for beat in chapter.beats) / chapter.seconds
        if not low <= pace <= high:
            words = f"{pace:.0f} words a minute; expected {low} to {high}."
            yield Fault(chapter.name, f"{chapter.where}: chapter {chapter.name}: {words}")


def silences(lesson: Lesson) -> Iterator[Fault]:
    """Beats that go on for long when all is said."""
    for chapter, beat in lesson.telling.beats():
        silence = beat.ticks / TICKS_PER_SECOND - beat.speech
        if silence >= SILENCE:
            words = f"{silence:.1f} s of silence after “{beat.text}”; expected less than {SILENCE:g} s."
            yield Fault(f"{chapter.name}: {beat.text}", f"{lesson.telling.place(beat)}: {words}")


def standstills(lesson: Lesson) -> Iterator[Fault]:
    """Beats in which a picture begins to stand for long."""
    for chapter, stage in lesson.telling.staged():
        for spell in stage.still:
            if spell.seconds > STILL:
                beat = [one for one in chapter.beats if one.start / TICKS_PER_SECOND <= spell.start][-1]
                yield Fault(
                    f"{chapter.name}: {beat.text}",
                    f"{lesson.telling.place(beat)}: the picture stands for {spell.seconds:.1f} s, {spell.start:.1f} s "
                    f"after the chapter's begin; expected {STILL:g} s at most.",
                )
