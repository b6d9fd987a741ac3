"""The probe: what it finds out about a lesson without drawing it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from render.probe import Probe

SCRIPT = """
import json, sys
from pathlib import Path
from render.probe import probe
from render.voice import SilentPace
root = Path(sys.argv[1])
print(json.dumps(probe(root, "scenes.moving_dot", "A Dot", SilentPace(), root / "media").to_record()))
"""


@pytest.fixture
def probed(tiny: Path) -> tuple[Path, Probe]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tiny)], cwd=tiny, capture_output=True, text=True, check=True
    )
    return tiny, Probe.from_record(json.loads(done.stdout))


def test_a_lesson_is_told_by_its_words(probed: tuple[Path, Probe]) -> None:
    timeline = probed[1].timeline
    assert [chapter.name for chapter in timeline.chapters] == ["goes", "comes_back"]
    assert [beat.text for _, _, beat in timeline.beats()] == ["The dot goes.", "It comes back.", "It rests."]
    scene = (probed[0] / "scenes" / "moving_dot.py").read_text().splitlines()
    for _, _, beat in timeline.beats():
        assert beat.text in scene[beat.line - 1]
    for _, _, beat in timeline.beats():
        assert " ".join(word.text for word in beat.words) == beat.text
        assert beat.speech <= beat.ticks / 15


def test_it_lists_the_files_that_were_really_imported(probed: tuple[Path, Probe]) -> None:
    _, probe = probed
    assert "scenes/moving_dot.py" in probe.files and "scenes/kit/lesson.py" in probe.files
    assert "scenes/still_square.py" not in probe.files
    assert "scenes/moving_dot.py" not in probe.sources, "the scene's own file counts by chapter"
    assert set(probe.chapters) == {"", "goes", "comes_back"}


def test_it_holds_until_a_file_that_it_read_changes(probed: tuple[Path, Probe]) -> None:
    project, probe = probed
    assert probe.holds(project, "silent/1")
    assert not probe.holds(project, "another voice")
    (project / "scenes" / "still_square.py").write_text("# not read by this lesson\n")
    assert probe.holds(project, "silent/1")
    ink = project / "scenes" / "kit" / "ink.py"
    ink.write_text(ink.read_text() + "\n# a comment\n")
    assert not probe.holds(project, "silent/1")


def test_it_is_stored_and_read_back(probed: tuple[Path, Probe]) -> None:
    assert Probe.from_record(json.loads(json.dumps(probed[1].to_record()))) == probed[1]
