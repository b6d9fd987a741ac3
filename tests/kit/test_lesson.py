"""The lesson: chapters that cannot reach each other, a clock that every quality shares, beats that wait for words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from manim import RIGHT, Circle, Dot, FadeIn, LaggedStart, Square, VGroup

from render.core.profile import PROFILES, TICKS_PER_SECOND
from render.core.speech import Speech
from render.core.timeline import Word
from render.draw.renderer import Renderer, set_canvas
from scenes.kit import pace
from scenes.kit.drive import appear
from scenes.kit.lesson import Lesson, LessonError, chapter, shown_file
from scenes.kit.readout import Readout
from scenes.kit.value import Value


class OneASecond:
    """A voice that says one word a second."""

    def identity(self, texts: Iterable[str]) -> str:
        return "one a second"

    def speak(self, text: str) -> Speech:
        words = tuple(Word(word, float(at), at + 0.9) for at, word in enumerate(text.split()))
        return Speech(words[-1].end, words)

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        return []


class Count:
    """A sink that counts frames."""

    def __init__(self) -> None:
        self.frames = self.shows = 0

    def show(self, picture: np.ndarray, repeat: int = 1, changed: np.ndarray | None = None) -> None:
        self.frames += repeat
        self.shows += 1


def tell(
    kind: type[Lesson], *, fps: int = 15, only: str | None = None, draw: bool = True
) -> tuple[Lesson, Count]:
    set_canvas(64, 36, fps, Path("/nonexistent"))
    count = Count()
    lesson = kind(renderer=Renderer(count if draw else None), voice=OneASecond(), only=only)
    lesson.construct()
    return lesson, count


class Tale(Lesson):
    """Two chapters that share a stage."""

    def stage(self) -> None:
        self.dot = Dot()

    @chapter("First things first", "an item")
    def begin(self) -> None:
        self.add(self.dot)
        self.gift = 1
        with self.beat("one two three") as beat:
            beat.until("three")
            self.play(self.dot.animate.shift(RIGHT), run_time=0.37)
        with self.beat("four"):
            self.play(LaggedStart(FadeIn(Circle()), FadeIn(Square())), run_time=2.0)

    @chapter("Then the rest")
    def end(self) -> None:
        self.where = self.dot.get_center()
        self.mobjects_at_start = len(self.mobjects)
        self.draw = self.rng.random()
        with self.beat("the end", pause=0.0):
            pass


def test_chapters_are_told_in_order_with_what_they_teach() -> None:
    lesson, _ = tell(Tale)
    assert [(told.name, told.title, told.explains) for told in lesson.told] == [
        ("begin", "First things first", ("an item",)),
        ("end", "Then the rest", ()),
    ]


def test_a_chapter_finds_nothing_of_the_one_before() -> None:
    lesson, _ = tell(Tale)
    assert not hasattr(lesson, "gift")
    assert isinstance(lesson, Tale)
    assert np.array_equal(lesson.where, np.zeros(3)), "the stage is built anew"
    assert lesson.mobjects_at_start == 1, "the title alone"


def test_chance_is_the_same_alone_and_in_the_whole() -> None:
    whole, _ = tell(Tale)
    alone, _ = tell(Tale, only="end")
    assert isinstance(whole, Tale) and isinstance(alone, Tale)
    assert whole.draw == alone.draw
    assert whole.told[1] == alone.told[0]


def test_a_beat_lasts_as_long_as_the_longer_of_words_and_pictures() -> None:
    lesson, _ = tell(Tale)
    spoken, moved = lesson.told[0].beats
    assert spoken.start == 0
    assert spoken.ticks == round((2.9 + 0.3) * TICKS_PER_SECOND), "three words and a breath"
    assert moved.start == spoken.end
    assert moved.ticks == 2 * TICKS_PER_SECOND, "the play is longer than the word"
    assert lesson.told[1].beats[0].ticks == round(1.9 * TICKS_PER_SECOND + 0.49), "no pause was asked for"


def test_plays_are_rounded_up_to_the_grid_and_waits_reach_the_word() -> None:
    lesson, _ = tell(Tale)
    until_three, play, rest, *_ = lesson.told[0].plays
    assert until_three == 2 * TICKS_PER_SECOND
    assert play == 6, "0.37 s are more than 5 ticks"
    assert rest == round(3.2 * TICKS_PER_SECOND) - until_three - play


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_quality_draws_the_frames_that_the_dry_run_promised(profile) -> None:
    dry, _ = tell(Tale, draw=False)
    lesson, count = tell(Tale, fps=profile.fps)
    assert lesson.told == dry.told
    ticks = sum(told.ticks for told in dry.told)
    assert count.frames == ticks * profile.frames_per_tick
    assert sum(told.moving for told in dry.told) == 6 + 30


def test_held_pictures_are_drawn_once() -> None:
    lesson, count = tell(Tale, fps=60)
    moving = sum(told.moving for told in lesson.told) * 4
    assert count.shows <= moving + 4


class Wrong(Lesson):
    @chapter("Silent")
    def silent(self) -> None:
        self.wait(1)


class Deaf(Lesson):
    @chapter("Deaf")
    def deaf(self) -> None:
        with self.beat("one two") as beat:
            beat.until("three")


def test_a_chapter_that_says_nothing_is_refused() -> None:
    with pytest.raises(LessonError, match=r"^tests/kit/test_lesson\.py:\d+: chapter silent says nothing"):
        tell(Wrong)


def test_waiting_for_a_word_that_is_not_said_names_line_and_words() -> None:
    with pytest.raises(
        LessonError, match=r"^tests/kit/test_lesson\.py:\d+: no 'three' in the beat, which says: 'one two'"
    ):
        tell(Deaf)


class Over(Lesson):
    """Plays over words: from a word to a word, from now, to the end, too short, and too late."""

    @chapter("Over")
    def over(self) -> None:
        self.dot = Dot()
        with self.beat("one two three four five two six", pause=0.0) as beat:
            beat.over("two", self.dot.animate.shift(RIGHT), until="four")
            beat.over(self.dot.animate.shift(RIGHT), until="two", least=0.2)
            beat.over("five", self.dot.animate.shift(RIGHT), until="two")
            beat.over(self.dot.animate.shift(RIGHT), beyond=0.2)
        with self.beat("seven eight", pause=0.0) as beat:
            beat.over("eight", self.dot.animate.shift(RIGHT), least=2.0)
        with self.beat("nine ten eleven", pause=0.0) as beat:
            self.play(self.dot.animate.shift(RIGHT), run_time=3.0)
            beat.over("nine", self.dot.animate.shift(RIGHT), until="ten")


def test_a_play_lasts_from_the_word_to_what_is_said_next() -> None:
    lesson, _ = tell(Over)
    assert isinstance(lesson, Over)
    second = TICKS_PER_SECOND
    assert lesson.told[0].plays == (
        *(second, 2 * second),  # waits for two, and plays until four
        3,  # the first two is over: the least
        *(round(0.8 * second), second),  # waits for five, and plays until the two that stands behind it
        round(1.9 * second + 0.49) + 3,  # until all is said, and beyond
        *(second, 2 * second),  # longer than the words
        *(3 * second, 9),  # who is late plays for the least all the same
    )
    assert lesson.dot.get_x() == pytest.approx(7)


def test_what_is_heard_while_playing_over_words_counts() -> None:
    lesson, _ = tell(Over)
    assert lesson.told[0].heard == (2.0, 0.2, 1.0, 29 / 15, 2.0, 0.6)


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        (
            lambda beat: beat.over("two", FadeIn(Dot()), until="one"),
            "no 'one' behind 'two' in the beat, which says",
        ),
        (lambda beat: beat.over("zero", FadeIn(Dot())), "no 'zero' in the beat"),
        (
            lambda beat: beat.over("two", until="three"),
            r"tests/kit/test_lesson.py:\d+: nothing is to be played over 'two'",
        ),
    ],
)
def test_a_play_over_words_that_are_not_there_is_refused(how, complaint) -> None:
    class Lost(Lesson):
        @chapter("Lost")
        def lost(self) -> None:
            with self.beat("one two three") as beat:
                how(beat)

    with pytest.raises(LessonError, match=complaint):
        tell(Lost)


class Cleared(Lesson):
    """A stage that is cleared: of a group with a part that stays, of all the rest, and of nothing."""

    @chapter("Cleared")
    def cleared(self) -> None:
        stays, alone = Dot(), Square()
        pair = VGroup(Circle(), stays)
        self.add(pair, alone, FadeIn(Dot()).mobject)
        with self.beat("one two three", pause=0.0):
            self.clear_stage(stays, run_time=1.0)
            assert self.mobjects == [self.title_words, stays]
            self.clear_stage()
            assert self.mobjects == [self.title_words]
            self.clear_stage()


def test_a_cleared_stage_keeps_the_title_and_what_is_named() -> None:
    lesson, _ = tell(Cleared)
    assert lesson.told[0].plays == (15, 9, 20), "the empty stage is not cleared once more"
    assert lesson.title_words is not None
    assert lesson.title_words.source_text == "Cleared"


def test_a_stage_is_not_cleared_but_for_something_that_is_not_there() -> None:
    class Mistaken(Lesson):
        @chapter("Mistaken")
        def mistaken(self) -> None:
            self.add(dot := Dot())
            with self.beat("one two three"):
                self.clear_stage(dot, Square())

    with pytest.raises(
        LessonError,
        match=r"tests/kit/test_lesson.py:\d+: number 2 of what is to stay, Square, is not on the stage",
    ):
        tell(Mistaken)


def test_an_unknown_chapter_names_those_there_are() -> None:
    with pytest.raises(LessonError, match="no chapter 'middle' in Tale: begin, end"):
        tell(Tale, only="middle")


class Shared(Lesson):
    """What two acts share."""

    def stage(self) -> None:
        self.dot = Dot()

    def point(self) -> str:
        return "shared"


class First(Shared):
    @chapter("Told first")
    def zeal(self) -> None:
        with self.beat("one") as beat:
            beat.rest()

    @chapter("Told second")
    def awe(self) -> None:
        with self.beat("two"):
            self.add(self.dot)


class Second(Shared):
    @chapter("Told third")
    def joy(self) -> None:
        with self.beat("three"):
            self.allow(self.dot, "digits", self.point())


class Whole(First, Second):
    @chapter("Told last")
    def bliss(self) -> None:
        with self.beat("four"):
            pass

    def point(self) -> str:
        return "another"


class Turned(Second, First):
    """The same acts the other way about."""


def test_acts_are_told_in_the_order_of_the_bases_and_what_a_class_tells_itself_comes_last() -> None:
    assert list(Whole.claims()) == ["zeal", "awe", "joy", "bliss"]
    assert list(Turned.claims()) == ["joy", "zeal", "awe"]
    lesson, _ = tell(Whole)
    assert [told.name for told in lesson.told] == list(Whole.claims())
    assert [one.why for one in tell(Whole, only="joy")[0].allowances] == ["another"]


def test_what_is_told_knows_its_file_and_line() -> None:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    lesson, _ = tell(Whole)
    for told in lesson.told:
        assert told.where == f"tests/kit/test_lesson.py:{told.line}"
        assert f'@chapter("{told.title}")' in lines[told.line - 1]
        (beat,) = told.beats
        assert f'self.beat("{beat.text}")' in lines[beat.line - 1]
        assert beat.file == "tests/kit/test_lesson.py"
    (allowed,) = tell(Whole, only="joy")[0].allowances
    file, _, line = allowed.where.partition(":")
    assert file == "tests/kit/test_lesson.py" and "self.allow(" in lines[int(line) - 1]
    assert lesson.place() == ("tests/kit/test_lesson.py", lesson.place()[1]) and lesson.place()[1] > 0


class Rival(Shared):
    @chapter("Another")
    def awe(self) -> None:
        with self.beat("five"):
            pass


class Torn(First, Rival):
    pass


class Mended(First, Rival):
    def awe(self) -> None:
        First.awe(self)


def test_two_acts_with_one_name_are_refused() -> None:
    place = r"tests/kit/test_lesson\.py:\d+"
    with pytest.raises(LessonError, match=rf"^{place}: Rival\.awe stands in {place} too, and only that one"):
        tell(Torn)
    assert list(Mended.claims()) == ["zeal", "awe"]


@pytest.mark.parametrize(
    ("module", "file", "shown"),
    [
        ("scenes.svm", "/hub/scenes/svm/__init__.py", "scenes/svm/__init__.py"),
        ("scenes.svm.__init__", "/hub/scenes/svm/__init__.py", "scenes/svm/__init__.py"),
        ("scenes.svm.margin", "/hub/scenes/svm/margin.py", "scenes/svm/margin.py"),
        ("tale", "/tales/tale.py", "tale.py"),
    ],
)
def test_files_are_named_from_the_project(module: str, file: str, shown: str) -> None:
    assert shown_file(module, file) == shown


def test_a_phrase_is_found_by_its_words_whatever_their_marks() -> None:
    class Phrase(Lesson):
        @chapter("Phrase")
        def phrase(self) -> None:
            with self.beat("So 1.397, and one: R² of them") as beat:
                assert beat.when("1.397") == 1
                assert beat.when("one R²") == 3
                assert beat.when("and One") == 2

    tell(Phrase)


class Led(Lesson):
    """A dot deep in a family follows another."""

    @chapter("Follow", "an item")
    def follow(self) -> None:
        led, leader = Dot(), Dot()
        led.add_updater(lambda dot: dot.move_to(leader))
        self.add(VGroup(VGroup(Square(), led)))
        with self.beat("Go there now."):
            self.play(leader.animate.shift(2 * RIGHT), run_time=1)
        self.where = led.get_center()


def test_what_has_an_updater_is_updated_wherever_it_stands() -> None:
    lesson, _ = tell(Led)
    assert isinstance(lesson, Led)
    np.testing.assert_allclose(lesson.where, 2 * RIGHT, atol=1e-9)


class Namesake(Lesson):
    """Its words have the name under which a lesson keeps what it has told."""

    @chapter("A name that is taken")
    def take_it(self) -> None:
        with self.beat("one two"):
            self.told = Dot()  # type: ignore[assignment]  # as a lesson may, unknowing


def test_what_a_lesson_keeps_of_its_own_is_not_given_away_to_an_act() -> None:
    with pytest.raises(
        LessonError, match=r"test_lesson\.py:\d+: `told` is the lesson's own; give .* another name"
    ):
        tell(Namesake)


class Exchanged(Lesson):
    """One picture goes while another comes."""

    @chapter("From one picture to the next")
    def change(self) -> None:
        old, stays, new, more = Dot(), Square(), Circle(), Dot()
        self.add(old, stays)
        with self.beat("one two three"):
            self.exchange(stays, new, also=[FadeIn(more)])
        drawn = [each for each in self.get_mobject_family_members() if len(each.points)]
        assert set(drawn) == {stays, new, more}


def test_all_leaves_while_the_next_picture_comes() -> None:
    lesson, _ = tell(Exchanged)
    assert lesson.told[0].plays[0] == round(pace.BRISK * TICKS_PER_SECOND)


class Overwritten(Lesson):
    """A bar that fades in while a value moves it."""

    @chapter("One")
    def one(self) -> None:
        height, bar = Value(1.0), Square()
        height.draws(lambda now: bar.stretch_to_fit_height(now))
        shown = Readout(height)
        with self.beat("one two three"):
            self.play(FadeIn(shown), height.to(1.5), run_time=1)
            self.play(appear(bar), height.to(2.0), run_time=1)
            self.remove(bar)
            self.play(LaggedStart(FadeIn(bar), height.to(3.0)), run_time=1)


def test_what_fades_in_as_it_was_while_a_value_moves_it_is_refused() -> None:
    with pytest.raises(
        LessonError, match=r"^tests/kit/test_lesson\.py:\d+: FadeIn shows a Square as it was.*use appear\(\)"
    ):
        tell(Overwritten)
