"""What an ear would stumble over is found, with its line; what is sound is left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from render.core.timeline import Beat, Chapter, Timeline
from render.draw.shown import shown_words
from render.review.narration import NarrationFinding, review_words, said_numbers, shown_numbers
from scenes.kit.lesson import Lesson

FILE = "scenes/film/part.py"
SCENE = """\
class Film(Lesson):
    def part(self) -> None:
        with self.beat("One."):
            self.play()
        with self.beat("Two."):  # silence: look at it
            self.play()
        # silence: and at this
        with self.beat(
            "Three."
        ) as beat:
            beat.rest()
        with self.beat("Four."):
            self.play()  # silence is golden
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose lesson has beats on lines 3, 5, 8 and 12; those of 5 and 8 say why silence follows."""
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(SCENE, encoding="utf-8")
    return tmp_path


def lesson(*beats: tuple[str, float, float, int], voice: str = "somebody/1") -> Timeline:
    """One chapter of beats: text, seconds of speech, seconds in all (on the grid of ticks), line."""
    made, tick = [], 0
    for text, speech, seconds, line in beats:
        made.append(Beat(text, tick, round(seconds * 15), speech, (), FILE, line))
        tick += made[-1].ticks
    return Timeline("film", "A film", voice, (Chapter("part", "Part", (), tick, tuple(made), FILE, 2),))


def words(count: int) -> str:
    """A sentence of ``count`` words, each said as one."""
    return " ".join(["now"] * count) + "."


def kinds(findings: list[NarrationFinding]) -> list[tuple[str, str]]:
    return [(finding.kind, finding.where) for finding in findings]


def test_a_sound_lesson_has_no_finding(root: Path) -> None:
    assert review_words(lesson((words(20), 8, 9, 3), (words(20), 8, 9, 12)), root) == []


def test_pace_is_of_spoken_words_with_their_pauses(root: Path) -> None:
    text = f"{words(12)} {words(13)}"
    (slow,) = review_words(lesson((text, 11, 12, 3)), root)
    assert slow == NarrationFinding(
        "pace",
        "film",
        "part",
        "",
        "scenes/film/part.py:2",
        "125 words a minute in part; expected 130 to 175",
        125,
        130,
    )
    (fast,) = review_words(lesson((text, 7.5, 8, 3)), root)
    assert (fast.figure, fast.bound) == (187.5, 175)
    # 1.397 is five words for a mouth, and twenty-four others make 29 in 11 s: 158 a minute
    assert review_words(lesson((f"1.397 {words(12)} {words(12)}", 10, 11, 3)), root) == []
    # the silent pace only guesses, and a few words have no pace
    assert review_words(lesson((text, 11, 12, 3), voice="silent/1"), root) == []
    assert review_words(lesson((words(20), 19, 20, 3)), root) == []


def test_long_sentences_are_found_and_long_beats_are_not(root: Path) -> None:
    text = f"{words(22)} “{words(15)[:-1]}?” {words(23)} At 1.5 {words(20)}"
    found = review_words(lesson((text, 32, 33, 3)), root)
    assert [(one.kind, one.figure, one.bound, one.beat) for one in found] == [("sentence", 23, 22, text)]


def test_pictures_that_go_on_when_all_is_said(root: Path) -> None:
    found = review_words(lesson(("Now.", 1.0, 3.0, 3), ("Now.", 1.0, 3.2, 12)), root)
    assert kinds(found) == [("overrun", "scenes/film/part.py:12")]
    assert found[0].figure == pytest.approx(2.2)
    assert found[0].bound == 2.0


def test_silence_is_counted_from_word_to_word(root: Path) -> None:
    gap = lesson(("Now.", 1.0, 1.4, 3), ("Now.", 1.0, 2.0, 12))
    (chapter,) = gap.chapters
    for ticks, expected in ((52, []), (53, [("silence", "scenes/film/part.py:3")])):  # 3.47 and 3.53 s
        beats = (chapter.beats[0], Beat("Now.", ticks, 30, 1.0, (), FILE, 12))
        parted = Timeline("film", "", "v", (Chapter("part", "", (), ticks + 30, beats, FILE, 2),))
        assert kinds(review_words(parted, root)) == expected


def test_silence_goes_on_over_the_end_of_a_chapter(root: Path) -> None:
    one = Chapter("one", "", (), 60, (Beat("Now.", 0, 30, 1.0, (), FILE, 3),), FILE, 2)
    other = Chapter("two", "", (), 30, (Beat("Now.", 0, 30, 1.0, (), FILE, 12),), FILE, 2)
    found = review_words(Timeline("film", "", "v", (one, other)), root)
    assert kinds(found) == [("silence", "scenes/film/part.py:3")]
    assert found[0].figure == pytest.approx(3.0)


def test_a_marked_pause_is_no_silence(root: Path) -> None:
    beats = Beat("Now.", 0, 20, 1.0, (), FILE, 3), Beat("Now.", 110, 30, 1.0, (), FILE, 12)
    found = []
    for pauses in ((), ((20, 80),), ((20, 65),)):  # of 4 and of 3 s, out of 6.33
        chapter = Chapter("part", "", (), 140, beats, FILE, 2, pauses=pauses)
        told = Timeline("film", "", "v", (chapter,))
        found.append(kinds(review_words(told, root)))
        assert Timeline.from_record(json.loads(json.dumps(told.to_record()))) == told
    assert found == [[("silence", "scenes/film/part.py:3")], [], [("silence", "scenes/film/part.py:3")]]


def test_silence_may_have_a_reason(root: Path) -> None:
    beats = [("Now.", 1.0, 9.0, line) for line in (3, 5, 8, 12)]
    found = review_words(lesson(*beats, ("Now.", 1.0, 2.0, 12)), root)
    assert kinds(found) == [
        ("overrun", "scenes/film/part.py:3"),
        ("silence", "scenes/film/part.py:3"),
        ("overrun", "scenes/film/part.py:12"),
        ("silence", "scenes/film/part.py:12"),
    ]


@pytest.mark.parametrize(
    ("said", "shown", "rival"),
    [
        # one is the other rounded
        ("It is 1.40 wide.", "width 1.397 cm", 1.397),
        ("It is 1.397 wide.", "width 1.40 cm", 1.40),
        ("It is 1.4 wide.", "width 1.397 cm", 1.397),
        ("They reach 70 percent.", "right 69.6 %", 69.6),
        # a slip in the last digit, or digits turned about
        ("It is 1.397 wide.", "width 1.398 cm", 1.398),
        ("It is 1.397 wide.", "width 1.379 cm", 1.379),
        ("They reach 82.7 percent.", "right 82.3 %", 82.3),
        ("All 54 flowers.", "flowers 53", 53),
        ("All fifty-four flowers.", "flowers 45", 45),
        ("With 1,797 digits.", "digits 1977", 1977),
        ("It falls to −0.251.", "−0.252", -0.252),
    ],
)
def test_numbers_that_contradict_each_other(root: Path, said: str, shown: str, rival: float) -> None:
    (found,) = review_words(lesson((said, 1, 2, 3)), root, [[shown]])
    assert (found.kind, found.bound, found.where) == ("contradiction", rival, "scenes/film/part.py:3")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("It is 1.397 wide.", ["width 1.397 cm"]),
        ("From 1.397 to 1.398.", ["1.397", "1.398"]),
        ("It is 1.397 wide.", ["1.398 and 1.397"]),
        ("They reach 96 percent.", ["right 96 %"]),
        ("They reach 96 percent.", ["right 0.96"]),
        ("Ninety-six percent.", ["right 96 %"]),
        ("About 1.4 wide.", ["width 1.397 cm"]),
        ("More than 70 percent.", ["right 70.4 %"]),
        ("Two of three.", ["flowers 1"]),
        ("The other ninety-seven leave.", ["flowers 3", "width 1.397 cm"]),
        ("All 54 flowers.", ["right 53 %"]),
        ("All 54 flowers.", ["flowers 62"]),
        ("All 120 are right.", ["200 points learnt 98.5 %"]),
        ("All 21 of them.", ["20 21.5 22 23"]),
        ("One point nine.", ["2"]),
        ("With 1,797 digits.", ["1797"]),
        ("Add 2 of them.", ["ratio 1.97"]),
    ],
)
def test_numbers_that_agree_or_have_nothing_to_do_with_each_other(
    root: Path, said: str, shown: list[str]
) -> None:
    assert review_words(lesson((said, 1, 2, 3)), root, [shown]) == []


def test_figures_have_to_be_shown_and_counts_have_not(root: Path) -> None:
    for said, shown in (
        ("It is 1.397 wide.", "width"),
        ("They reach 96 percent.", "right"),
        ("It is 0.7 wide.", "height 0.6"),  # a digit alike is no likeness
        ("It is 1.397, and not 1.396.", "width 1.397"),  # 1.397 is spoken for
    ):
        (found,) = review_words(lesson((said, 1, 2, 3)), root, [[shown]])
        assert found.kind == "unshown"
    assert review_words(lesson(("All 100 flowers.", 1, 2, 3)), root, [["width"]]) == []


def test_a_figure_may_be_recalled_and_not_foretold(root: Path) -> None:
    beats = lesson(("It is 1.397.", 1, 2, 3), ("Now.", 1, 2, 5), ("It was 1.397.", 1, 2, 12))
    found = review_words(beats, root, [["width"], ["width 1.397"], ["width"]])
    assert kinds(found) == [("unshown", "scenes/film/part.py:3")]


def test_shown_words_are_needed_of_every_beat(root: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        review_words(lesson(("Now.", 1, 2, 3), ("Now.", 1, 2, 5)), root, [["1"]])


def test_numbers_in_speech() -> None:
    text = "From 1.397 to 1,708 cm; −3, 96 percent, a hundred and twenty, five hundred, two thousand, v2.0 and K3."
    numbers = [(str(number.value), number.percent) for number in said_numbers(text)]
    expected = ["1.397", "1708", "-3", "96", "120", "500", "2000"]
    assert numbers == [(value, value == "96") for value in expected]


def test_numbers_on_screen() -> None:
    formula = r'"width" = frac(2, 1.432) \ #h(2.6em) = 1.397 "cm"'
    assert [str(number.value) for number in shown_numbers(formula)] == ["2", "1.432", "1.397"]
    assert [number.scale for number in shown_numbers("0 1.5 −2")] == [True] * 3
    assert [number.scale for number in shown_numbers("1 2")] == [False] * 2


@dataclass
class Drawn:
    """What stands on a stage, as far as reading it goes."""

    source_text: str = ""
    submobjects: list[Drawn] = field(default_factory=list)
    kind: str = "label"
    opacity: float = 1.0
    shown_texts: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        return bool(self.source_text)

    @property
    def glyphs(self) -> list[Drawn]:
        return [self]

    def get_fill_opacity(self) -> float:
        return self.opacity


@dataclass
class Stage:
    mobjects: list[Drawn]


def test_what_is_shown_is_read_from_the_stage() -> None:
    axis = Drawn("", [Drawn("0"), Drawn("1.5"), Drawn("3"), Drawn("", [Drawn("petal\nlength")])])
    table = Drawn(shown_texts=("0.18", "0.82"))
    stage = Stage([axis, Drawn("1.025"), Drawn("gone", opacity=0.0), Drawn("0.81"), table])
    shown = ("petal length", "0 1.5 3", "1.025", "0.81", "0.18 0.82")
    assert shown_words(cast(Lesson, stage)) == shown


def test_a_finding_is_told_with_file_and_line(root: Path) -> None:
    (finding,) = review_words(lesson(("It is 1.40.", 1, 2, 3)), root, [["1.397"]])
    assert str(finding) == (
        "scenes/film/part.py:3: contradiction: the voice says 1.40, the screen 1.397; expected the same digits  "
        "[It is 1.40.]"
    )
