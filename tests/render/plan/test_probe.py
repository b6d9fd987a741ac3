"""The probe: what it finds out about a lesson without drawing it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from render.core.catalog import load_catalog
from render.plan.dependencies import Code
from render.plan.probe import Probe
from render.plan.rehearsal import Rehearsal
from render.store.store import Record, Store, write_json

SCRIPT = """
import json, sys
from pathlib import Path
from render.plan.probe import probe
from render.core.speech import SilentPace
root = Path(sys.argv[1])
print(json.dumps(probe(root, "scenes.moving_dot", "A Dot", SilentPace(), root / "media").to_record()))
"""


INIT, STAGE, AWAY, BACK = (f"scenes/moving_dot/{name}.py" for name in ("__init__", "stage", "away", "back"))


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
    assert [beat.file for _, _, beat in timeline.beats()] == [AWAY, BACK, BACK]
    assert [chapter.file for chapter in timeline.chapters] == [AWAY, BACK]
    for _, chapter, beat in timeline.beats():
        lines = (probed[0] / beat.file).read_text().splitlines()
        assert beat.text in lines[beat.line - 1]
        assert chapter.title in lines[chapter.line - 1]
    for _, _, beat in timeline.beats():
        assert " ".join(word.text for word in beat.words) == beat.text
        assert beat.speech <= beat.ticks / 15


def test_it_lists_the_files_that_were_really_imported(probed: tuple[Path, Probe]) -> None:
    _, probe = probed
    assert {INIT, STAGE, AWAY, BACK} <= probe.files.keys() and "scenes/kit/lesson.py" in probe.files
    assert "scenes/still_square/__init__.py" not in probe.files
    assert set(probe.sources.chapters) == {"goes", "comes_back"}
    for reached in (*probe.sources.chapters.values(), probe.sources.poster):
        assert INIT in reached and STAGE in reached and "scenes/kit/lesson.py" in reached
        assert "render/draw/renderer.py" in reached, "what draws it counts as well"


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
    (project / "scenes" / "still_square" / "__init__.py").write_text("# not read by this lesson\n")
    assert holds()
    ink = project / "scenes" / "kit" / "ink.py"
    ink.write_text(ink.read_text() + "\n# a comment\n\ndef unused() -> None:\n    pass\n")
    assert holds(), "it is told the same way"
    ink.write_text(ink.read_text() + "\nprint()\n")
    assert not holds()


def test_a_comment_in_the_scene_moves_lines_and_is_told_anew(probed: tuple[Path, Probe]) -> None:
    project, probe = probed
    scene = project / AWAY
    scene.write_text("# a comment\n" + scene.read_text())
    code = Code(project)
    assert not probe.holds(code, "scenes.moving_dot", "silent/1")
    foreseen = probe.foresee(code, "scenes.moving_dot", "silent/1")
    assert foreseen and foreseen.sources == probe.sources, "a plan need not tell it"


def test_a_plan_foresees_all_but_what_words_do(probed: tuple[Path, Probe]) -> None:
    project, probe = probed

    def foreseen() -> Probe | None:
        return probe.foresee(Code(project), "scenes.moving_dot", "silent/1")

    edit(project, AWAY, "run_time=0.6", "run_time=0.8")
    seen = foreseen()
    assert seen and seen.sources.chapters["goes"] != probe.sources.chapters["goes"]
    assert seen.sources.chapters["comes_back"] == probe.sources.chapters["comes_back"]
    edit(project, AWAY, '"The dot goes."', '"The dot really goes."')
    assert foreseen(), "its chapter is to be drawn anyway"
    edit(project, BACK, '"It rests."', '"It sleeps."')
    assert foreseen() is None
    edit(project, BACK, '"It sleeps."', '"It rests."')
    edit(project, BACK, "def comes_back", "def returns")
    assert foreseen() is None
    edit(project, BACK, "def returns", "def returns(")
    assert foreseen() is None


def test_a_file_that_a_lesson_reads_counts(tiny: Path) -> None:
    (tiny / "scenes" / "data.txt").write_text("red")
    edit(
        tiny,
        STAGE,
        "    def stage(self) -> None:\n",
        "    def stage(self) -> None:\n        open('scenes/data.txt').close()\n",
    )
    probe = Probe.from_record(told(tiny))
    assert "scenes/data.txt" in probe.reads
    assert all("scenes/data.txt" in reached for reached in probe.sources.chapters.values())
    (tiny / "scenes" / "data.txt").write_text("blue")
    assert not probe.holds(Code(tiny), "scenes.moving_dot", "silent/1")
    assert not any("lexicon" in path for path in (*probe.files, *probe.reads))


def test_what_another_version_has_stored_is_told_anew(probed: tuple[Path, Probe]) -> None:
    project, probe = probed
    topic = load_catalog(project / "catalog.yaml").lesson("moving-dot")
    record = json.loads(json.dumps({**probe.to_record(), "timeline": {**probe.timeline.to_record()}}))
    record["timeline"]["title"] = topic.title
    rehearsal = Rehearsal(project, Store(project / "build"), "silent")
    stored = rehearsal.store.root / "probe" / "moving-dot-silent.json"
    stored.parent.mkdir(parents=True)
    write_json(stored, record)
    assert isinstance(rehearsal.begin(topic), Probe)
    for chapter in record["timeline"]["chapters"]:
        del chapter["file"]
    write_json(stored, record)
    assert isinstance(rehearsal.begin(topic), list)
    assert rehearsal.foresee(topic) is None


def test_it_is_stored_and_read_back(probed: tuple[Path, Probe]) -> None:
    assert Probe.from_record(json.loads(json.dumps(probed[1].to_record()))) == probed[1]
