"""Findings of words among those of pictures: the right beat, the right second, a key that lasts."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import pytest

from render.core.timeline import Chapter, Timeline
from render.review import narration
from render.review.finding import RULES, keyed
from render.review.narration_finding import from_narration
from tests.render.review import sample


def told(kind: str) -> narration.NarrationFinding:
    return next(one for one in sample.spoken_faults() if one.kind == kind)


def test_every_kind_of_words_has_a_rule() -> None:
    assert set(get_args(narration.Kind)) < set(RULES)


def test_a_finding_about_a_beat_has_its_number_and_its_seconds() -> None:
    timeline = sample.timeline()
    long = timeline.chapters[1].beats[1]
    finding = from_narration(told("sentence"), timeline)
    assert (finding.chapter, finding.beat, finding.said) == ("widest_street", 1, long.text)
    assert finding.seconds == pytest.approx(6.0)  # six seconds of the first beat, none of the chapter before
    assert finding.lasted == long.speech
    assert (finding.where, finding.figure, finding.bound) == ("scenes/svm/margin.py:220", 31.0, 25.0)
    assert finding.what == f'"{long.text}"' and not finding.key and not finding.crop


def test_silence_and_overrun_begin_when_the_last_word_is_said() -> None:
    timeline = sample.timeline()
    look = timeline.chapters[1].beats[3]
    for kind in ("silence", "overrun"):
        finding = from_narration(replace(told("silence"), kind=kind), timeline)
        assert finding.seconds == pytest.approx(look.start / 15 + look.speech)
        assert finding.lasted == 5.6


def test_a_finding_about_a_chapter_is_of_no_beat_and_lasts_as_long() -> None:
    finding = from_narration(told("pace"), sample.timeline())
    assert (finding.beat, finding.said, finding.seconds, finding.lasted) == (-1, "", 0.0, 29.0)


def test_a_number_that_nothing_bounds_stays_unbounded() -> None:
    assert math.isnan(from_narration(told("unshown"), sample.timeline()).bound)


def repeated() -> Timeline:
    """Two beats with the same words on different lines, and one line (of a loop) with different words."""
    beat = sample.timeline().chapters[0].beats[0]
    beats = (
        replace(beat, text="Again.", line=10),
        replace(beat, text="Again.", line=20, start=60),
        replace(beat, text="And again.", line=20, start=120),
    )
    return Timeline("svm", "", "kokoro/1", (Chapter("loop", "", (), 180, beats, sample.FILE, 9),))


@pytest.mark.parametrize(
    ("text", "line", "number"), [("Again.", 10, 0), ("Again.", 20, 1), ("And again.", 20, 2)]
)
def test_words_and_line_together_tell_the_beat(text: str, line: int, number: int) -> None:
    said = narration.NarrationFinding(
        "sentence", "svm", "loop", text, f"scenes/svm/margin.py:{line}", "", 1.0, 1.0
    )
    assert from_narration(said, repeated()).beat == number


def test_another_telling_is_refused() -> None:
    with pytest.raises(ValueError, match=r"svm/margin\.py:220: no beat of chapter widest_street says"):
        from_narration(replace(told("sentence"), beat="Never said."), sample.timeline())
    with pytest.raises(ValueError, match="no chapter gone"):
        from_narration(replace(told("pace"), chapter="gone"), sample.timeline())


def test_the_key_outlives_lines_and_figures_and_tells_twins_apart() -> None:
    timeline = sample.timeline()
    moved = replace(
        timeline,
        chapters=tuple(
            replace(one, beats=tuple(replace(beat, line=beat.line + 7) for beat in one.beats))
            for one in timeline.chapters
        ),
    )
    first = from_narration(told("sentence"), timeline)
    again = replace(
        told("sentence"), where="scenes/svm/margin.py:227", figure=33.0, message="a sentence of 33 words"
    )
    (one,), (other,) = keyed([first]), keyed([from_narration(again, moved)])
    assert one.key == other.key
    assert len({finding.key for finding in keyed([first, first])}) == 2
