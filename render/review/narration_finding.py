"""Findings of the narration in the form that those of pictures have, so that one report shows both."""

from __future__ import annotations

from typing import Final

from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Beat, Chapter, Timeline
from render.review import narration
from render.review.finding import Finding

_AFTER: Final = frozenset({"overrun", "silence"})
"""Kinds that begin when the beat's last word is said, and whose figure is the seconds that they last."""


def from_narration(finding: narration.NarrationFinding, timeline: Timeline) -> Finding:
    """``finding`` with the number of its beat and its seconds, as ``timeline`` has them; it gets no key yet.

    What is meant is the beat's own text, or the chapter: no figure is in it, so that a key survives when figures
    change.  ``bound`` stays not a number where nothing bounds the figure (``unshown``).  :class:`ValueError` when
    the timeline is of another telling: it has no such beat.
    """
    chapter = next((one for one in timeline.chapters if one.name == finding.chapter), None)
    if chapter is None:
        raise ValueError(f"{finding.where}: the timeline of {timeline.slug} has no chapter {finding.chapter}")
    if finding.beat:
        number = _number(finding, chapter)
        begin, lasted = _span(finding, chapter.beats[number])
        what = f'"{finding.beat}"'
    else:
        number, begin, lasted, what = -1, 0.0, chapter.seconds, f"chapter {chapter.name}"
    return Finding(
        kind=finding.kind,
        topic=finding.topic,
        chapter=finding.chapter,
        beat=number,
        said=finding.beat,
        seconds=begin,
        lasted=lasted,
        what=what,
        against="",
        where=finding.where,
        message=finding.message,
        figure=finding.figure,
        bound=finding.bound,
    )


def _number(finding: narration.NarrationFinding, chapter: Chapter) -> int:
    """The beat that says the finding's text on the finding's line: a loop says several on one line."""
    for number, beat in enumerate(chapter.beats):
        if (beat.text, beat.where) == (finding.beat, finding.where):
            return number
    raise ValueError(f'{finding.where}: no beat of chapter {chapter.name} says "{finding.beat}" there')


def _span(finding: narration.NarrationFinding, beat: Beat) -> tuple[float, float]:
    """Start from the start of the chapter, and length, of what the finding is about: seconds."""
    begin = beat.start / TICKS_PER_SECOND
    if finding.kind in _AFTER:
        return begin + beat.speech, finding.figure
    return begin, beat.speech
