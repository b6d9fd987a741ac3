"""The harness that lessons are held by finds what it is for, and leaves the rest alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from hub.note import note_path, read_note
from render.core.catalog import Topic
from render.core.spoken_number import read_numbers
from render.core.timeline import Beat, Chapter, Timeline, Word
from scenes.maths.reinforcement_learning import gridworld, policy
from scripts import scene_lint, truth
from tests.scenes import test_truth
from tests.scenes.harness import claims, figures, terms
from tests.scenes.harness.constant import is_constant
from tests.scenes.harness.rules import RULES
from tests.scenes.harness.table import Lesson
from tests.scenes.harness.telling import CATALOG, Spell, Stage, Telling, Written

TOPIC = CATALOG.topic("svm")


def lesson(
    *texts: str,
    figure: Mapping[str, Callable[[], float]] | None = None,
    claim: Mapping[str, str] | None = None,
    waived: Mapping[str, str] | None = None,
    written: tuple[Written, ...] = (),
    still: tuple[Spell, ...] = (),
    words: tuple[str, ...] = ("margin", "hinge loss"),
    seconds: float = 60.0,
    module: str = "tests.scenes.test_harness",
) -> Lesson:
    """A lesson of one chapter, ``part``, whose beats last ten seconds each and say a word every half second."""
    beats = tuple(
        Beat(
            text,
            150 * number,
            150,
            9.0,
            tuple(Word(word, at / 2, at / 2 + 0.4) for at, word in enumerate(text.split())),
            file="scenes/svm/margin.py",
            line=10 + number,
        )
        for number, text in enumerate(texts)
    )
    chapter = Chapter("part", "Part", (), round(15 * seconds), beats, "scenes/svm/margin.py", 9)
    topic = Topic.model_validate({**TOPIC.model_dump(), "terms": words})
    telling = Telling(topic, Timeline("svm", "SVM", "silent/1", (chapter,)), (Stage(written, still),), ())
    tables = [{"part": dict(table)} if table else {} for table in (figure, claim, waived)]
    return Lesson(telling, ModuleType(module), *tables)  # type: ignore[arg-type]


def found(rule: str, *texts: str, **options: Any) -> list[str]:
    return [fault.name for fault in RULES[rule](lesson(*texts, **options))]


# Which figures are computed.

WORLD = gridworld.read_map()
LISTED = [3, 5]
TURNED = LISTED[0] * 2
ARRAY = np.array([0.5, 2.0])


def echo(number: float) -> float:
    return number


def twice_over(number: float) -> float:
    doubled = 2 * number
    return echo(doubled)


def counted() -> int:
    tiles = WORLD.live
    return len(tiles)


@cache
def kept() -> float:
    return 0.5


@pytest.mark.parametrize(
    "figure",
    [
        lambda: 3,
        lambda: -0.5 * 2,
        lambda: policy.CLIP,
        lambda: 1 + policy.CLIP,
        lambda: len(gridworld.MAP),
        lambda: LISTED[1],
        lambda: TURNED,
        lambda: math.sqrt(4),
        lambda: np.log(10),
        lambda: np.arange(3).sum(),
        lambda: float(np.median([1, 2, policy.CLIP])),
        lambda: ARRAY[0],
        lambda: ARRAY[0] + ARRAY[1],
        lambda: echo(3),
        lambda: twice_over(policy.CLIP),
        lambda: sum(each for each in LISTED),
        lambda: 16 if len(WORLD.live) > 3 else np.nan,
        lambda: WORLD.start and 3,
        kept,
        partial(echo, 3),
    ],
)
def test_a_figure_that_nothing_computes_is_known(figure: Callable[[], float]) -> None:
    assert is_constant(figure)


@pytest.mark.parametrize(
    "figure",
    [
        lambda: WORLD.start,
        lambda: len(WORLD.live),
        lambda: 100 * WORLD.reward.max(),
        lambda: gridworld.iterate_values(WORLD).value[-1][3],
        lambda: policy.still_pays(ARRAY, ARRAY).sum(),
        lambda: echo(WORLD.start),
        lambda: sum(tile > 3 for tile in WORLD.live),
        lambda: WORLD.start if len(WORLD.live) == 25 else np.nan,
        counted,
    ],
)
def test_a_figure_that_is_computed_is_known(figure: Callable[[], float]) -> None:
    assert not is_constant(figure)


def test_of_several_figures_in_one_line_each_is_judged_alone() -> None:
    pair = {"one": lambda: 7, "other": lambda: len(WORLD.live)}
    assert [is_constant(figure) for figure in pair.values()] == [True, False]
    assert found("computed", "Seven.", figure=pair) == ["part: one"]


# Which numbers count, and when they agree.


@pytest.mark.parametrize(
    ("text", "held", "heavy"),
    [
        ("zero, one and minus one, two", 0, 0),
        ("the first, the second and the third", 0, 0),
        ("once, and twice again", 0, 0),
        ("twice as long, and twice the width", 2, 2),
        ("three flowers and nine bottles", 2, 0),
        ("the eleventh, or ten of them", 2, 2),
        ("1 flower, 2 flowers", 2, 2),
        ("one percent", 1, 1),
        ("half of it, a third, tenfold", 3, 3),
        ("both of a pair", 0, 0),
    ],
)
def test_small_counts_in_words_are_free(text: str, held: int, heavy: int) -> None:
    assert len(figures.held_numbers(text)) == held
    assert figures.spoken_heavily([text]).total() == heavy


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("1.397", [1.3966, 1.3974], [1.3964, 1.3976, math.nan, math.inf]),
        ("0.70", [0.695, 0.7049], [0.694, 0.71]),
        ("ninety-seven", [97, 96.6], [96, 98]),
        ("911 thousand", [910_600, 911_400], [911_600]),
        ("minus a half", [-0.5], [0.5, -0.51]),
        ("nine tenths", [0.9, 0.907], [0.92]),
        ("tenfold", [10.05], [10.3]),
        ("about 37 percent", [36, 38.8], [35]),
        ("about a fifth", [0.1954], [0.18]),
        ("almost six-fold", [5.5, 6.0], [5.3, 6.2]),
        ("more than 7", [7, 8.7], [6, 9]),
        ("under 7 percent", [6.1, 6.99], [7.6, 5]),
        ("is it at most 755?", [755], [756]),
        ("not off by more than 0.002", [0.0018, 0.0011], [0.0026]),
    ],
)
def test_one_rule_says_when_a_figure_is_the_spoken_one(
    text: str, near: list[float], far: list[float]
) -> None:
    (number,) = read_numbers(text)
    assert all(figures.agrees(value, number) for value in near)
    assert not any(figures.agrees(value, number) for value in far)


def test_what_is_spoken_is_held_by_the_longest_key_that_means_it() -> None:
    text = "Three flowers, three bottles, five of twenty, and minus 0.5."
    figure = {
        "three": lambda: 3.0,
        "three bottles": lambda: 4.0,
        "five of": lambda: 5.0,
        "of twenty": lambda: 20.0,
        "minus 0.5": lambda: -0.5,
    }
    assert found("held", text, figure=figure) == []
    assert found("figures", text, figure=figure) == ["part: three bottles"]
    assert found("figures", text, figure={**figure, "0.5": lambda: 0.5})[:1] == ["part: 0.5"]
    assert found("held", text) == [
        f"part: {each}" for each in ("three", "three", "five", "twenty", "minus 0.5")
    ]


# Terms.


def test_a_term_is_spoken_and_written_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    note = read_note(note_path("svm")).note
    (entry, *_) = [term for term in note.terms if term.term == "margin"]
    defined = tuple(term for term in note.terms if term.term != "hinge loss")
    monkeypatch.setattr(terms, "entries_of", lambda lesson: defined)
    texts = ("Look at it.", "This is the margin of it.")  # said at 11.5 s
    late = [Written("label", "hinge losses", 5, 50), Written("note", "Its margin", 22, 30)]
    assert found("spoken", *texts) == ["hinge loss"]
    assert found("written", *texts, written=tuple(late)) == ["margin"]
    assert found("written", *texts, written=(*late, Written("title", "The margins", 0, 2))) == []
    assert found("defined", *texts) == ["hinge loss"]
    monkeypatch.setattr(terms, "entries_of", lambda lesson: (entry,))
    (fault,) = terms.undefined(lesson(*texts))
    assert (
        fault.message
        == "hub/notes/svm.yaml: no entry of terms is called “hinge loss”, nor has it as an alias."
    )


# Claims.


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Only three flowers touch its kerb.", ("only",)),
        ("It never settles, and nothing gets through.", ("never", "nothing")),
        ("Ink is never negative, so all pictures point alike.", ("never", "all")),
        ("Every cell is a brightness.", ("every",)),
        ("Looked at all the points, it is best.", ("all", "best")),
        ("Give every column the same spread, and all are right.", ("all",)),
        ("Turn it up, never down.", ("never",)),
    ],
)
def test_a_claim_is_known_by_its_words(sentence: str, words: tuple[str, ...]) -> None:
    assert claims.claiming_words(sentence) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Is that the best tree?",
        "It does not measure at all.",
        "Not every start finds the fold, and not all end.",
        "It calls your flower versicolor, though only just.",
        "Every 200 steps it is replaced.",
        "It looks every second row up.",
        "So turn every number a little.",
        "Ask them all, and keep the best.",
        "Now let every tile ask at once.",
        "It is the overall ballet of the allowed.",
    ],
)
def test_what_claims_nothing_is_left_alone(sentence: str) -> None:
    assert claims.claiming_words(sentence) == ()


def test_a_claim_is_held_by_a_test_or_a_figure_or_waived_with_a_reason() -> None:
    text = "Only three touch it. It never moves. All of them stay."
    sentences = [f"part: {each}." for each in ("Only three touch it", "It never moves", "All of them stay")]
    assert found("claims", text) == sentences
    held = {"only THREE": "three", "never moves": "test_zero_weights_never_move"}
    assert found("claims", text, claim=held, waived={"All of them": "they are drawn and do not move"}) == []
    table = {"figure": {"three": lambda: 3.0}, "claim": {"only three": "three", "never": "test_no_such_test"}}
    assert found("tests", text, **table) == ["part: never"]
    assert found("tests", text, claim={"only three": "figure"}) == ["part: only three"]
    assert found("tests", text, claim={"Not said": "test_x"}) == ["part: Not said"]
    assert found("tests", text, waived={"never": "no"}) == ["part: never"]
    many = {f"{'n' * number}ever": "a reason of enough words" for number in range(6)}
    assert found("tests", text, waived=many)[-1] == "waivers"


def test_a_test_that_is_not_run_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    name = test_a_claim_is_known_by_its_words.__name__
    monkeypatch.setattr(claims, "homes_of_tests", lambda lesson: ["tests/scenes/test_harness.py"])
    assert claims.missing(name, lesson("It never moves."), "part") == ""
    monkeypatch.setattr(claims, "_IDLE", frozenset({"parametrize"}))
    assert "is not run" in claims.missing(name, lesson("It never moves."), "part")


# Pace and length.


def test_four_ideas_and_four_numbers_a_minute_are_enough() -> None:
    words = ("margin", "kernel", "slack", "hyperplane", "bias")
    four, five = (" ".join(words[:count]) + "." for count in (4, 5))
    assert found("ideas", four, words=words) == [] and found("ideas", five, words=words) == ["part"]
    assert found("ideas", five, words=words, seconds=75) == []
    assert found("numbers", "1, 2, 3 and 4, two and three.") == []
    assert found("numbers", "1, 2, 3 and 4, and 4 again.") == ["part"]


def test_sentences_chapters_and_pictures_are_not_too_long() -> None:
    long = " ".join(["now"] * 23) + "."
    assert found("sentences", f"Well. {long} Well.") == [f"part: {long}"]
    assert found("lengths", "Well.") == ["lesson", "chapters"]
    assert found("lengths", "Well.", seconds=20) == ["lesson", "chapters", "part"]
    assert found("haste", *[" ".join(["now"] * 24)] * 6) == []
    assert found("haste", *[" ".join(["now"] * 18)] * 6) == ["part"]
    slow = lesson("Now.")
    (beat,) = slow.telling.timeline.chapters[0].beats
    chapter = replace(slow.telling.timeline.chapters[0], beats=(replace(beat, speech=4.0),))
    slow = replace(slow, telling=replace(slow.telling, timeline=Timeline("svm", "", "", (chapter,))))
    assert [fault.name for fault in RULES["silences"](slow)] == ["part: Now."]
    assert found("standstills", "Now.", "Then.", still=(Spell(1, 6), Spell(12, 6.5))) == ["part: Then."]


# Who is held.


@pytest.mark.parametrize("slug", test_truth.SLUGS)
def test_no_lesson_is_excused(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_truth, "lesson", lambda slug: lesson("It never moves."))
    with pytest.raises(pytest.fail.Exception, match="It never moves"):
        test_truth.test_a_lesson_keeps_the_rule(slug, "claims")


def test_an_author_asks_what_a_lesson_breaks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(truth.table, "lesson", lambda slug: lesson("It never moves."))
    assert truth.main(["svm", "claims", "silences"]) == 1
    told, *_ = capsys.readouterr().out.splitlines()
    assert told == "claims: Claims that no test holds and nobody waives."
    assert truth.main(["svm", "silences"]) == 0
    assert truth.main(["svm", "code"]) == 0
    found = scene_lint.findings("self.wait(1)", "scenes/svm/margin.py")
    monkeypatch.setattr(truth.scene_lint, "look", lambda only: {only: found})
    capsys.readouterr()
    assert truth.main(["svm", "silences", "code"]) == 1
    _, told, place = capsys.readouterr().out.splitlines()
    assert told == "code: Numbers in the lesson's code that should be words."
    assert place.startswith("  scenes/svm/margin.py:1:11: seconds: wait is a literal 1; say")
    assert truth.main(["svm", "claim"]) == 2
    monkeypatch.undo()
    planned = next(topic.slug for topic in CATALOG.topics if topic.status == "planned")
    for slug, words in ((planned, "is planned"), ("svmm", "Did you mean svm?")):
        assert truth.main([slug]) == 2
        assert words in capsys.readouterr().err
