"""Chapters that say that they go on from the one before are held to it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from scenes.kit.lesson import Lesson, LessonError, chapter
from tests.scenes.harness.telling import ROOT

SEAMS = """
import json
from tests.scenes.harness.opening import seams
print(json.dumps([(seam.chapter, seam.share, seam.told()) for seam in seams("tests.fixtures.seams")]))
"""


def test_a_chapter_that_opens_on_another_picture_is_told_with_its_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEAMS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (kept, share, nothing), (torn, far, wrong) = json.loads(done.stdout)
    assert (kept, share, nothing) == ("comes_back", 0.0, "")
    # Two squares of two units on a stage of 14.2 by 8, one where each picture has it.
    assert (torn, far) == ("is_elsewhere", pytest.approx(2 * 4 / (8 * 128 / 9), rel=0.03))
    assert wrong.startswith(
        "tests/fixtures/seams.py:29: is_elsewhere goes on from the chapter before, but 7.0% of"
    )


def test_the_first_chapter_has_nothing_to_go_on_from() -> None:
    class Headless(Lesson):
        @chapter("It goes on", goes_on=True)
        def goes_on(self) -> None: ...

    with pytest.raises(LessonError, match=r"test_opening\.py:\d+: the first chapter has none before it"):
        Headless.claims()
