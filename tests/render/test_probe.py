"""The probe: what it finds out about a lesson without drawing it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from render.probe import Probe
from render.reach import Code
from render.store import Record

SCRIPT = """
import json, sys
from pathlib import Path
from render.probe import probe
from render.voice import SilentPace
root = Path(sys.argv[1])
print(json.dumps(probe(root, "scenes.moving_dot", "A Dot", SilentPace(), root / "media").to_record()))
"""


def told(tiny: Path) -> Record:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tiny)], cwd=tiny, capture_output=True, text=True, check=True
    )
    record: Record = json.loads(done.stdout)
    return record


@pytest.fixture
def probed(tiny: Path) -> tuple[Path, Probe]:
    return tiny, Probe.from_record(told(tiny))


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
    assert set(probe.sources.chapters) == {"goes", "comes_back"}
    for reached in (*probe.sources.chapters.values(), probe.sources.poster):
        assert "scenes/moving_dot.py" in reached and "scenes/kit/lesson.py" in reached
        assert "render/easel.py" in reached, "what draws it counts as well"


def edit(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_it_holds_until_something_that_it_needs_changes(probed: tuple[Path, Probe]) -> None:
    project, probe = probed

    def holds(voice: str = "silent/1") -> bool:
        return probe.holds(Code(project), "scenes.moving_dot", voice)

    assert holds()
    assert not holds("another voice")
    (project / "scenes" / "still_square.py").write_text("# not read by this lesson\n")
    assert holds()
    ink = project / "scenes" / "kit" / "ink.py"
    ink.write_text(ink.read_text() + "\n# a comment\n\ndef unused() -> None:\n    pass\n")
    assert holds(), "it is told the same way"
    ink.write_text(ink.read_text() + "\nprint()\n")
    assert not holds()


def test_a_comment_in_the_scene_moves_lines_and_is_told_anew(probed: tuple[Path, Probe]) -> None:
    project, probe = probed
    scene = project / "scenes" / "moving_dot.py"
    scene.write_text("# a comment\n" + scene.read_text())
    code = Code(project)
    assert not probe.holds(code, "scenes.moving_dot", "silent/1")
    foreseen = probe.foresee(code, "scenes.moving_dot", "silent/1")
    assert foreseen and foreseen.sources == probe.sources, "a plan need not tell it"


def test_a_plan_foresees_all_but_what_words_do(probed: tuple[Path, Probe]) -> None:
    project, probe = probed

    def foreseen() -> Probe | None:
        return probe.foresee(Code(project), "scenes.moving_dot", "silent/1")

    edit(project, "scenes/moving_dot.py", "run_time=0.6", "run_time=0.8")
    seen = foreseen()
    assert seen and seen.sources.chapters["goes"] != probe.sources.chapters["goes"]
    assert seen.sources.chapters["comes_back"] == probe.sources.chapters["comes_back"]
    edit(project, "scenes/moving_dot.py", '"The dot goes."', '"The dot really goes."')
    assert foreseen(), "its chapter is to be drawn anyway"
    edit(project, "scenes/moving_dot.py", '"It rests."', '"It sleeps."')
    assert foreseen() is None
    edit(project, "scenes/moving_dot.py", '"It sleeps."', '"It rests."')
    edit(project, "scenes/moving_dot.py", "def comes_back", "def returns")
    assert foreseen() is None
    edit(project, "scenes/moving_dot.py", "def returns", "def returns(")
    assert foreseen() is None


def test_a_file_that_a_lesson_reads_counts(tiny: Path) -> None:
    (tiny / "scenes" / "data.txt").write_text("red")
    edit(
        tiny,
        "scenes/moving_dot.py",
        "    def stage(self) -> None:\n",
        "    def stage(self) -> None:\n        open('scenes/data.txt').close()\n",
    )
    probe = Probe.from_record(told(tiny))
    assert "scenes/data.txt" in probe.files
    assert all("scenes/data.txt" in reached for reached in probe.sources.chapters.values())
    (tiny / "scenes" / "data.txt").write_text("blue")
    assert not probe.holds(Code(tiny), "scenes.moving_dot", "silent/1")
    assert "scenes/lexicon.toml" not in probe.files


def test_it_is_stored_and_read_back(probed: tuple[Path, Probe]) -> None:
    assert Probe.from_record(json.loads(json.dumps(probed[1].to_record()))) == probed[1]
