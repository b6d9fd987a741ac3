"""The picture gate finds what was planted, and lets sound scenes pass; the count of it is honest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from manim import tempconfig

from render.review.finding import RULES, Finding
from scripts import review_proof
from scripts.review_proof import SOUND, Verdict, complaints, judge, prove, set_out, table, tellings
from tests.render.review.case import CASES, Case

OF_WORDS = {"pace", "sentence", "overrun", "silence", "contradiction", "unshown"}
"""Kinds that are about words and no pictures."""
QUICK = {
    "covered-moving", "crossed-still", "outside-camera", "margin-still", "caption-moving", "contrast-image",
    "faint-transform", "small-camera", "hurry-still", "unread-moving", "alike-still", "flash-still", "frozen-moving",
    "empty-moving", "pop-wait", "digits-wait", "allowance-space", "sound-text-in-a-card", "sound-a-cross-fade",
    "sound-a-formula-rewritten", "sound-a-shape-that-becomes-another", "sound-a-label-on-its-bar",
    "sound-an-opening-with-everything", "sound-classes-of-two-shapes", "sound-a-small-dot-that-blinks",
    "outside-unseen", "covered-frame", "caption-wide", "sound-a-frame-that-goes-and-comes-back",
    "sound-words-that-step-back", "sound-a-pause-to-think", "unfilled-still", "stale-moving", "title-frame",
}  # fmt: skip
"""A case of each kind, told by every run of the tests."""


@pytest.fixture
def canvas(tmp_path: Path) -> Iterator[None]:
    """The small canvas, and manim's settings as they were afterwards."""
    with tempconfig({}):
        set_out(tmp_path)
        yield


def tales() -> Iterator[object]:
    for name, texts in tellings(CASES.values()):
        quick = name in QUICK and texts == "kit"
        yield pytest.param(name, texts, id=f"{name}-{texts}", marks=() if quick else pytest.mark.slow)


@pytest.mark.usefixtures("canvas")
@pytest.mark.parametrize(("name", "texts"), list(tales()))
def test_the_gate_says_what_was_planted_and_nothing_else(name: str, texts: str) -> None:
    verdict = prove((name, texts))
    assert verdict.is_right, "\n".join(complaints([verdict]))


def test_every_kind_of_picture_fault_is_planted_in_three_ways_at_least() -> None:
    planted = Counter(case.kind for case in CASES.values() if case.kind)
    assert planted.keys() == RULES.keys() - OF_WORDS
    assert min(planted.values()) >= 3
    assert sum(case.is_sound for case in CASES.values()) >= 24
    assert CASES.keys() >= QUICK and {CASES[name].kind for name in QUICK} == {*planted, ""}


FINDING = Finding(
    kind="covered", topic="case", chapter="tell", beat=0, said="", seconds=1.0, lasted=1.0, what='"kernel"',
    against="Circle ball", where="review/case.py:1", message="a ball covers it", figure=0.5, bound=0.03,
)  # fmt: skip
CASE = Case(
    "covered-still", lambda scene, text: None, "covered", "still", ("kernel",), frozenset({"contrast"})
)


def test_a_fault_is_found_by_a_finding_of_its_kind_that_names_it() -> None:
    assert judge(CASE, [FINDING]) == (True, ())
    assert judge(CASE, []) == (False, ())
    assert judge(CASE, [FINDING, replace(FINDING, kind="contrast")]) == (True, ())
    assert judge(CASE, [replace(FINDING, kind="contrast")]) == (False, ())


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, what='"margin"'),
        replace(FINDING, kind="pop"),
        replace(FINDING, kind="contrast", what=""),
    ],
)
def test_whatever_else_is_found_is_a_false_alarm(other: Finding) -> None:
    assert judge(CASE, [FINDING, other]) == (True, (f"{other.kind}: a ball covers it",))
    assert judge(replace(CASE, kind="", thing=(), also=frozenset()), [other])[1]


def test_the_table_counts_found_faults_alarms_and_crashes() -> None:
    verdicts = [
        Verdict("covered-still", "covered", "kit", True, (), 1.0),
        Verdict("covered-image", "covered", "kit", False, ("pop: a", "pop: b"), 1.0),
        Verdict("pop-still", "pop", "kit", False, (), 1.0, "ValueError: no image"),
        Verdict("sound-card", SOUND, "kit", False, ("pop: c",), 1.0),
        Verdict("sound-fade", SOUND, "kit", False, (), 1.0),
    ]
    assert [one.is_right for one in verdicts] == [True, False, False, False, True]
    lines = [line.split() for line in table({"our gate": verdicts})][1:]
    assert lines[0] == ["covered", "1/2", "2"]
    assert lines[1] == ["pop", "0/1", "0", "+", "1", "crashes"]
    assert lines[2] == ["sound", "1/2", "clean", "1"]
    assert lines[3][:3] == ["all", "1/3", "3"]
    told = "\n".join(complaints(verdicts))
    assert "covered-image (kit):\n    not found: covered\n    false alarm: pop: a" in told
    assert "crash: ValueError: no image" in told and "sound-card" in told
    assert "covered-still" not in told and "sound-fade" not in told


@pytest.mark.parametrize(("found", "false", "code"), [(True, (), 0), (False, (), 1), (True, ("pop: a",), 1)])
def test_the_exit_code_wants_everything_found_and_no_false_alarm(
    monkeypatch: pytest.MonkeyPatch, found: bool, false: tuple[str, ...], code: int
) -> None:
    told = [Verdict("covered-still", "covered", "kit", found, false, 1.0)]
    monkeypatch.setattr(review_proof, "prove_all", lambda cases, workers: told)
    assert review_proof.main(["covered-still"]) == code


def test_a_word_that_names_no_case_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert review_proof.main(["covred"]) == 2
    assert "no case has 'covred' in its name" in capsys.readouterr().err
