"""Captions keep the customs of reading, and other programs read them back as they were meant."""

from __future__ import annotations

import math
import string
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path

import av
import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from render.core.speech import SilentPace
from render.core.timeline import Beat, Chapter, Timeline, Word
from render.encode.caption import (
    GAP,
    LIMIT,
    LINE,
    LONGEST,
    SHORTEST,
    WANTED,
    Cue,
    chapters_ffmetadata,
    chapters_vtt,
    cues,
    to_srt,
    to_vtt,
    transcript,
)

FILE = "scenes/svm/margin.py"
NARRATION = [
    "Grow the line into a street until a flower touches the kerb. Turn it. Some directions leave a "
    "lane, one leaves an avenue. The middle of the widest street is the line we keep.",
    "From one side we widen the street; from the other we push on its kerbs. Both stop at the same "
    "number: one point zero two five.",
    "For prediction we turn the street inside out: stay inside and pay nothing, leave it and pay for "
    "every centimetre that you are away from the wall, which makes the months that lie inside it free.",
]


def beat(words: Sequence[Word], start: int = 0, *, rest: float = 0.3) -> Beat:
    """A beat that ends ``rest`` seconds after its last word."""
    speech = words[-1].end if words else 0.0
    ticks = math.ceil((speech + rest) * 15)
    return Beat(" ".join(word.text for word in words), start, ticks, speech, tuple(words), FILE, line=1)


def lesson(*chapters: Sequence[Sequence[Word]], titles: Sequence[str] = (), rest: float = 0.3) -> Timeline:
    """A lesson from the words of the beats of its chapters."""
    built = []
    for index, told in enumerate(chapters):
        beats: list[Beat] = []
        for words in told:
            beats.append(beat(words, beats[-1].end if beats else 0, rest=rest))
        title = titles[index] if titles else f"Claim {index}"
        built.append(
            Chapter(f"chapter_{index}", title, (), beats[-1].end if beats else 15, tuple(beats), FILE, 1)
        )
    return Timeline("svm", "SVM, SVR & KNN", "silent/1", tuple(built))


def said(*chapters: Sequence[str], titles: Sequence[str] = ()) -> Timeline:
    """A lesson that the silent pace speaks."""
    return lesson(*([SilentPace().speak(text).words for text in told] for told in chapters), titles=titles)


def text_of(cue: Cue) -> str:
    return " ".join(cue.lines)


def rate(cue: Cue) -> float:
    return len(text_of(cue)) / (cue.end - cue.start)


# How captions look.


def test_captions_of_narration_read_well() -> None:
    shown = cues(said(NARRATION))
    assert [cue.lines for cue in shown] == [
        ("Grow the line into a street", "until a flower touches the kerb."),
        ("Turn it.",),
        ("Some directions leave a lane,", "one leaves an avenue."),
        ("The middle of the widest", "street is the line we keep."),
        ("From one side we widen the street;", "from the other we push on its kerbs."),
        ("Both stop at the same number:", "one point zero two five."),
        ("For prediction we turn the street", "inside out: stay inside and pay nothing,"),
        ("leave it and pay for every centimetre", "that you are away from the wall,"),
        ("which makes the months", "that lie inside it free."),
    ]
    assert all(rate(cue) <= WANTED + 0.01 for cue in shown)


def test_a_cue_starts_with_its_first_word_and_fills_short_pauses() -> None:
    timeline = said(["The street is wide. Nobody walks on it today."])
    first, second = cues(timeline)
    words = timeline.chapters[0].beats[0].words
    assert first.start == words[0].start
    assert second.start == words[4].start
    assert first.end == pytest.approx(second.start - GAP)


def test_a_long_silence_is_left_empty() -> None:
    words = [
        Word("Look", 0.0, 0.4),
        Word("closely.", 0.5, 1.1),
        Word("Now", 6.0, 6.3),
        Word("again.", 6.4, 7.0),
    ]
    first, second = cues(lesson([words]))
    assert (first.start, first.end, second.start) == (0.0, 1.1, 6.0)


def test_a_short_sentence_borrows_time_from_one_that_has_enough() -> None:
    words = [
        Word("Turn.", 0.0, 0.4),
        *(Word(text, 0.7 + 0.4 * i, 1.1 + 0.4 * i) for i, text in enumerate(["It", "is", "narrow", "here."])),
    ]
    first, second = cues(lesson([words]))
    assert first.end - first.start == pytest.approx(SHORTEST)
    assert second.start == pytest.approx(1.08)


def hasty(text: str, pace: float) -> list[Cue]:
    """The captions of ``text`` told in ``pace`` of the time that the silent pace takes."""
    words = SilentPace().speak(text).words
    return cues(lesson([[Word(word.text, word.start * pace, word.end * pace) for word in words]]))


def test_limits_outweigh_a_good_place_to_break() -> None:
    # Left to taste, the last word would stand alone for 0.6 s.
    nets = "Plain deep nets failed because their gradients vanished; ResNet fixed vanishing gradients."
    assert min(cue.end - cue.start for cue in hasty(nets, 0.56)) >= SHORTEST
    # Left to taste, both cues would be too fast; at 300 words a minute one has to be.
    arrow = "With all sixty-four, it is one arrow in a space that we cannot draw but can compute in."
    assert [rate(cue) > LIMIT for cue in hasty(arrow, 0.56)] == [True, False]
    # Left to taste, the colon would part two cues, the second a little hasty.
    layers = "Fifty of 427 layers: a fifth of the numbers, an error under seven percent."
    assert max(rate(cue) for cue in hasty(layers, 0.67)) <= WANTED


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Choose k. Then vote.", ["Choose k.", "Then vote."]),
        ("Is it? It is! Good.", ["Is it?", "It is!", "Good."]),
        ("One rule, e.g. This one, wins.", ["One rule, e.g. This one, wins."]),
        ("It was 1.397 cm wide vs. Nothing else.", ["It was 1.397 cm wide vs. Nothing else."]),
        ("“Which one?” you ask. Both.", ["“Which one?” you ask.", "Both."]),
        ("(It holds.) Always.", ["(It holds.)", "Always."]),
    ],
)
def test_a_cue_holds_one_sentence(text: str, sentences: list[str]) -> None:
    assert [text_of(cue) for cue in cues(said([text]))] == sentences


@pytest.mark.parametrize(
    "lines",
    [
        ("The margin is as wide as the data allow,", "and no wider than that."),
        ("Between two groups of points", "there is a street."),
        ("The widest street", "that these flowers leave is 1.397 cm wide."),
    ],
)
def test_lines_break_where_a_speaker_would_breathe(lines: tuple[str, str]) -> None:
    (cue,) = cues(said([" ".join(lines)]))
    assert cue.lines == lines


def test_a_word_longer_than_a_line_is_not_torn() -> None:
    long = "x" * (LINE + 8)
    assert [cue.lines for cue in cues(said([f"See {long} here."]))] == [("See",), (long,), ("here.",)]


# Limits that hold for all texts and times.

# Letters that spell no abbreviation (vs., cf.), which would not end a sentence.
plain_words = st.text(alphabet="abdeghiklnotABDE" + "γ²é&<>-", min_size=1, max_size=14)
tokens = st.builds(
    str.__add__, plain_words, st.sampled_from(["", "", "", "", ",", ";", ":", " —", ".", "?", "!"])
)
speeches = st.lists(tokens, min_size=0, max_size=40).map(" ".join)


@st.composite
def timed_words(draw: st.DrawFn, *, most: int = 14, stops: bool = True) -> list[Word]:
    """Words of some speaker, who hastes and halts by turns."""
    texts = draw(st.lists(tokens if stops else plain_words, min_size=1, max_size=most))
    clock, words = 0.0, []
    for text in " ".join(texts).split():
        clock += draw(st.sampled_from([0.0, 0.0, 0.0, 0.05, 0.4, 2.5]))
        end = clock + len(text) / draw(st.sampled_from([4, 10, 16, 19, 24, 40, 200]))
        words.append(Word(text, round(clock, 3), round(end, 3)))
        clock = end
    return words


def hold_limits(timeline: Timeline) -> list[Cue]:
    """The captions of ``timeline``, found to keep every limit that does not hang on the speaker."""
    shown = cues(timeline)
    spoken = [word.text for _, _, told in timeline.beats() for word in told.words]
    assert " ".join(map(text_of, shown)) == " ".join(spoken)
    for cue in shown:
        assert 1 <= len(cue.lines) <= 2
        assert max(map(len, cue.lines)) <= LINE
        assert 0 <= cue.start < cue.end <= cue.start + LONGEST + 1e-9
        assert (cue.start, cue.end) == (round(cue.start, 3), round(cue.end, 3))
        assert not any(word.endswith((".", "?", "!")) for word in text_of(cue).split()[:-1])
    assert all(other.start - one.end >= GAP - 1e-9 for one, other in pairwise(shown))
    return shown


@given(st.lists(st.lists(speeches, max_size=3), min_size=1, max_size=3))
def test_the_silent_pace_is_captioned_within_all_limits(chapters: list[list[str]]) -> None:
    timeline = said(*chapters)
    shown = hold_limits(timeline)
    for start, _, told in timeline.beats():
        within = [cue for cue in shown if start - 1e-3 <= cue.start < start + told.ticks / 15 - 1e-3]
        assert " ".join(map(text_of, within)) == " ".join(word.text for word in told.words)
        assert all(cue.end <= start + told.ticks / 15 + 1e-3 for cue in within)


@given(st.lists(timed_words(), min_size=1, max_size=3))
def test_any_speaker_is_captioned_in_order(told: list[list[Word]]) -> None:
    hold_limits(lesson(told))


def test_a_broken_voice_does_not_turn_the_clock_back() -> None:
    words = [Word(text, 0.0, 0.0) for text in ("One.", "Two.", "Three.", "Four.", "Five.")]
    assert len(hold_limits(lesson([words, words]))) == 10


@given(timed_words(most=8, stops=False), st.sampled_from([0.0, 0.3, 1.0]))
def test_rate_and_length_are_kept_if_any_way_of_breaking_keeps_them(words: list[Word], rest: float) -> None:
    timeline = lesson([words], rest=rest)
    end = timeline.seconds

    def sound(part: Sequence[Word], until: float) -> bool:
        length = len(" ".join(word.text for word in part))
        room = min(until - GAP - part[0].start, LONGEST)
        fits = length <= LINE or any(
            max(len(" ".join(w.text for w in half)) for half in (part[:cut], part[cut:])) <= LINE
            for cut in range(1, len(part))
        )
        # A thousandth more than the limit asks for, since times are whole milliseconds.
        wanted = max(SHORTEST, length / LIMIT) + 0.001
        return fits and room >= wanted and part[-1].end - part[0].start <= LONGEST

    def keeps(cuts: Sequence[int]) -> bool:
        bounds = [0, *cuts, len(words)]
        return all(
            sound(words[one:other], words[other].start if other < len(words) else end)
            for one, other in pairwise(bounds)
        )

    inner = range(1, len(words))
    if any(keeps(cuts) for count in range(len(words)) for cuts in combinations(inner, count)):
        left = list(words)
        for cue in cues(timeline):
            assert rate(cue) <= LIMIT + 0.05
            assert cue.end - cue.start >= SHORTEST - 0.0011
            shown = [left.pop(0) for _ in text_of(cue).split()]
            assert cue.start == shown[0].start
            assert cue.end >= shown[-1].end - GAP - 1e-3


# What other programs read.

texts = st.text(alphabet=string.ascii_letters + " &<>-=;#\\.γ²\"'", min_size=1, max_size=30)


def read_vtt(path: Path, text: str) -> list[tuple[float, float, str]]:
    """Start, end and shown text of each cue, as FFmpeg reads and decodes them."""
    path.write_text(text, encoding="utf-8")
    read = []
    with av.open(path) as container:
        for packet in container.demux(container.streams.subtitles[0]):
            if packet.pts is None:
                continue
            assert packet.duration is not None
            assert packet.time_base is not None
            (subtitle,) = packet.decode()
            assert isinstance(subtitle, av.subtitles.subtitle.AssSubtitle)
            stop = packet.pts + packet.duration
            read.append(
                (
                    float(packet.pts * packet.time_base),
                    float(stop * packet.time_base),
                    subtitle.dialogue.decode(),
                )
            )
    return read


@given(st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=2))
def test_subrip_is_read_back_by_the_srt_package(chapters: list[list[str]]) -> None:
    shown = cues(said(*chapters))
    read = list(srt.parse(to_srt(shown)))
    assert [one.index for one in read] == list(range(1, len(shown) + 1))
    assert [one.content for one in read] == ["\n".join(cue.lines).replace("-->", "→") for cue in shown]
    assert [(one.start.total_seconds(), one.end.total_seconds()) for one in read] == [
        (cue.start, cue.end) for cue in shown
    ]


def test_webvtt_is_read_back_by_ffmpeg(tmp_path: Path) -> None:
    shown = [
        Cue(0.0, 1.5, ("a < b & c > d --> e <b>x</b> &amp; γ²", "second line")),
        Cue(3599.999, 3600.5, ("An hour later.",)),
    ]
    read = read_vtt(tmp_path / "captions.vtt", to_vtt(shown))
    assert [(start, end) for start, end, _ in read] == [(cue.start, cue.end) for cue in shown]
    assert [text.split("\n") for *_, text in read] == [list(cue.lines) for cue in shown]


def test_all_captions_of_a_lesson_are_read_back_by_ffmpeg(tmp_path: Path) -> None:
    shown = cues(said(NARRATION, NARRATION))
    read = read_vtt(tmp_path / "captions.vtt", to_vtt(shown))
    assert [(start, end, text.split("\n")) for start, end, text in read] == [
        (cue.start, cue.end, list(cue.lines)) for cue in shown
    ]


@given(st.lists(texts, min_size=1, max_size=4))
def test_an_arrow_never_stands_in_the_text_of_a_cue(lines: list[str]) -> None:
    shown = [Cue(float(index), index + 0.5, (line + "-->",)) for index, line in enumerate(lines)]
    for written in (to_vtt(shown), to_srt(shown)):
        assert written.count("-->") == len(shown)


def test_no_captions_are_still_a_file() -> None:
    assert to_vtt([]).startswith("WEBVTT\n")
    assert to_srt([]) == ""


def test_chapters_are_read_back_from_webvtt_by_ffmpeg(tmp_path: Path) -> None:
    timeline = said(NARRATION[:1], NARRATION[1:], titles=["Only the kerb matters", "C < 1 & γ > 2"])
    edges = [0.0, timeline.chapters[0].seconds, timeline.seconds]
    read = read_vtt(tmp_path / "chapters.vtt", chapters_vtt(timeline))
    assert [text for *_, text in read] == ["Only the kerb matters", "C < 1 & γ > 2"]
    assert [start for start, *_ in read] == pytest.approx(edges[:-1], abs=6e-4)
    assert [end for _, end, _ in read] == pytest.approx(edges[1:], abs=6e-4)


@pytest.mark.parametrize(
    "title", ["a = b; c # d \\ e", "\\", "end \\", "[CHAPTER]", ";", "γ → ∞", "two\nlines"]
)
def test_chapters_are_read_back_from_metadata_by_ffmpeg(tmp_path: Path, title: str) -> None:
    timeline = said(NARRATION[:1], NARRATION[1:], titles=[title, "Plain"])
    path = tmp_path / "chapters.txt"
    path.write_text(chapters_ffmetadata(timeline), encoding="utf-8")
    with av.open(path, format="ffmetadata") as container:
        assert container.metadata["title"] == "SVM, SVR & KNN"
        read = container.chapters()
    edges = [0, timeline.chapters[0].ticks, timeline.ticks]
    assert [(one["start"], one["end"]) for one in read] == list(pairwise(edges))
    assert {one["time_base"] for one in read} == {Fraction(1, 15)}
    assert [one["metadata"]["title"].removesuffix(" ") for one in read] == [" ".join(title.split()), "Plain"]


def test_the_transcript_is_stamped_by_chapter_and_wrapped() -> None:
    timeline = said(
        NARRATION * 3, NARRATION[:1], [], titles=["Widen until you touch", "Three hold it up", "End"]
    )
    minutes, seconds = divmod(int(timeline.chapters[0].seconds), 60)
    assert minutes >= 1
    blocks = transcript(timeline).split("\n\n")
    assert blocks[0] == "SVM, SVR & KNN"
    assert blocks[1] == "[0:00] Widen until you touch"
    assert blocks[3] == f"[{minutes}:{seconds:02d}] Three hold it up"
    assert blocks[2].replace("\n", " ") == " ".join(NARRATION * 3)
    assert max(map(len, transcript(timeline).splitlines())) <= 80
    assert blocks[5].endswith("] End\n")


def test_stamps_past_an_hour_have_hours() -> None:
    long = Chapter("long", "Long", (), 3725 * 15, (), FILE, 1)
    last = Chapter("last", "Last", (), 15, (), FILE, 1)
    timeline = Timeline("svm", "SVM", "silent/1", (long, last))
    assert "[1:02:05] Last" in transcript(timeline)
    assert "01:02:05.000 --> 01:02:06.000\nLast" in chapters_vtt(timeline)
