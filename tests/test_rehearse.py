"""A draft is held to what a finished lesson keeps, and the project stays as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from render.core.catalog import load_catalog
from render.core.fault import Exit
from scripts import rehearse

ROOT = rehearse.ROOT
TOPICS = load_catalog(ROOT / "catalog.yaml").topics


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Rehearse as an author would."""
    command = [sys.executable, "-m", "scripts.rehearse", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_copy_has_what_git_knows_or_would_add_and_nothing_it_ignores(tmp_path: Path) -> None:
    project, folder = tmp_path / "project", tmp_path / "copy"
    (project / "build").mkdir(parents=True)
    (project / "scenes").mkdir()
    folder.mkdir()
    subprocess.run(["git", "init", "-q", project], check=True)
    (project / ".gitignore").write_text("build/\n.venv/\n.venv\n")
    (project / "build" / "video.mp4").write_text("large")
    (project / "scenes" / "new.py").write_text("print('not added yet')\n")
    (project / "gone.py").write_text("")
    subprocess.run(["git", "add", "gone.py"], cwd=project, check=True)
    (project / "gone.py").unlink()
    (project / ".venv").mkdir()
    rehearse.copy(project, folder)
    made = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())
    assert made == [".gitignore", "scenes/new.py"]
    assert (folder / ".venv").resolve() == (project / ".venv").resolve()
    assert (folder / "scenes" / "new.py").read_text() == "print('not added yet')\n"


def test_the_copy_alone_is_made_ready(tmp_path: Path) -> None:
    planned = next(topic for topic in TOPICS if topic.status == "planned")
    text = (ROOT / "catalog.yaml").read_bytes()
    (tmp_path / "catalog.yaml").write_bytes(text)
    rehearse.make_ready(tmp_path, planned.slug)
    made = load_catalog(tmp_path / "catalog.yaml")
    assert {topic.slug for topic in made.topics if topic.status == "ready"} == {
        planned.slug,
        *(topic.slug for topic in TOPICS if topic.status == "ready"),
    }
    assert (ROOT / "catalog.yaml").read_bytes() == text


def test_what_is_only_planned_cannot_be_rehearsed() -> None:
    planned = next(topic.slug for topic in TOPICS if topic.status == "planned")
    done = run(planned)
    assert done.returncode == Exit.USAGE
    assert done.stderr.startswith(
        f"TOPIC={planned}: expected a draft or a lesson that is ready, found a plan."
    )
    assert f"make new TOPIC={planned}" in done.stderr


def test_a_stranger_is_told_with_what_there_is() -> None:
    done = run("swm")
    assert done.returncode == Exit.USAGE
    assert "svm" in done.stderr


def test_a_lesson_is_held_to_the_tests_of_a_certificate_and_of_its_note() -> None:
    done = run("svm", "--collect-only")
    assert done.returncode == Exit.DONE, done.stdout + done.stderr
    for said in (
        "test_lesson.py::test_it_is_told_the_same_way",
        "test_truth.py::test_the_lesson_says_every_phrase_of_its_note[svm]",
        "test_pronounce.py::test_a_lesson_that_is_ready_is_pronounced[svm]",
        "tests/scenes/test_svm.py::",
        "tests/maths/svm/",
        "tests/hub/topics/test_svm.py::",
        "test_figure.py::test_no_figure_stands_in_anyones_way[svm]",
        "tests/hub/test_note.py::",
    ):
        assert said in done.stdout, said
    assert "decision-trees" not in done.stdout


def test_a_run_that_finds_no_test_is_an_error() -> None:
    done = run("svm", "-k", "nothing of this name")
    assert done.returncode == Exit.JOB_FAILED
