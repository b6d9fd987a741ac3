"""The doctor finds what is wrong, says how to mend it, and never falls ill itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import pytest

from render.cli import doctor
from render.cli.doctor import Diagnosis, State, diagnose, print_diagnoses
from render.core.fault import Exit
from render.task import capacity

NAMES = [
    *("Python", "packages", "cairo", "pango", "typst", "fonts", "ffmpeg", "PyAV", "native", "voice", "Node"),
    *("build folder", "disk", "processor", "memory", "browser"),
]


def _found(root: Path, name: str) -> Diagnosis:
    (diagnosis,) = (diagnosis for diagnosis in diagnose(root) if diagnosis.name == name)
    return diagnosis


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with just what the doctor reads, and a lock that this environment keeps."""
    shutil.copytree(doctor.ROOT / "scenes/kit/fonts", tmp_path / "scenes/kit/fonts")
    shutil.copytree(doctor.ROOT / "native", tmp_path / "native")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/.package-lock.json").touch()
    (tmp_path / "requirements.lock").write_text(
        f"numpy=={metadata.version('numpy')} \\\n    --hash=sha256:00\n    # via manim\n"
        "cocoa==1.0 ; sys_platform == 'nowhere' \\\n    --hash=sha256:00\n"
    )
    return tmp_path


def test_everything_that_draws_is_found(project: Path) -> None:
    states = {diagnosis.name: diagnosis.state for diagnosis in diagnose(project)}
    assert list(states) == NAMES
    for name in NAMES[1 : NAMES.index("disk")]:
        assert states[name] is State.OK, name


def test_whatever_is_not_ok_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    diagnoses = diagnose(tmp_path)
    assert [diagnosis.name for diagnosis in diagnoses] == NAMES
    for diagnosis in diagnoses:
        assert (diagnosis.mend == "") is (diagnosis.state is State.OK), diagnosis


def test_a_package_of_another_version_is_named(project: Path) -> None:
    (project / "requirements.lock").write_text("numpy==1.0\nno-such-package==2.0\n")
    diagnosis = _found(project, "packages")
    assert diagnosis.state is State.WRONG
    assert "locked 1.0" in diagnosis.found
    assert "no-such-package is missing" in diagnosis.found


def test_a_damaged_font_is_named(project: Path) -> None:
    (project / "scenes/kit/fonts/Inter-Medium.ttf").write_bytes(b"not a font")
    diagnosis = _found(project, "fonts")
    assert diagnosis.state is State.WRONG
    assert diagnosis.found == "not loadable: Inter normal 500"


def _fake_ffmpeg(folder: Path, monkeypatch: pytest.MonkeyPatch, encoders: tuple[str, ...]) -> None:
    rows = "\n".join(f" V....D {name:<20} something" for name in encoders)
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho 'ffmpeg version 9.9 of a test'\ncat <<'END'\n{rows}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_an_ffmpeg_without_an_encoder_is_wrong(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_ffmpeg(project, monkeypatch, doctor.ENCODERS)
    assert _found(project, "ffmpeg").state is State.OK
    _fake_ffmpeg(project, monkeypatch, doctor.ENCODERS[1:])
    diagnosis = _found(project, "ffmpeg")
    assert diagnosis.state is State.WRONG
    assert "9.9" in diagnosis.found
    assert diagnosis.found.endswith("without libx264")


def test_no_ffmpeg_is_wrong_and_no_browser_is_only_noted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert _found(project, "ffmpeg").state is State.WRONG
    assert _found(project, "browser").state is State.WARN


@pytest.mark.parametrize(
    ("free", "state"),
    [(80e9, State.OK), (4.9e9, State.WARN), (0.4e9, State.WRONG)],
    ids=["much", "little", "none"],
)
def test_free_space(project: Path, monkeypatch: pytest.MonkeyPatch, free: float, state: State) -> None:
    class Usage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage())
    assert _found(project, "disk").state is state


def test_a_build_folder_that_refuses_is_wrong(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(dir: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    diagnosis = _found(project, "build folder")
    assert diagnosis.state is State.WRONG
    assert diagnosis.found == f"{project} cannot be written: Permission denied"


def test_what_was_compiled_from_another_source_is_told(project: Path) -> None:
    with (project / "native/native.c").open("a") as source:
        source.write("/* later */\n")
    diagnosis = _found(project, "native")
    assert (diagnosis.state, diagnosis.mend) == (State.WRONG, "make setup")
    assert metadata.version("mlhub-native") in diagnosis.found


def test_node_without_its_packages_is_told(project: Path) -> None:
    (project / "node_modules/.package-lock.json").unlink()
    diagnosis = _found(project, "Node")
    assert (diagnosis.state, diagnosis.mend) == (State.WRONG, "make setup")


def test_memory_for_too_few_workers_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "cores", lambda: 4.0)
    monkeypatch.setattr(capacity, "free_memory", lambda: 2_700_000_000)
    diagnosis = _found(project, "memory")
    assert diagnosis.state is State.WARN
    assert diagnosis.found == "2.7 GB available, 4.5 GB wanted for every core to draw"
    assert "let 2 draw at once" in diagnosis.mend


def test_an_unforeseen_failure_is_a_finding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def burst() -> Diagnosis:
        raise RuntimeError("the pipe burst\nin the cellar")

    monkeypatch.setattr(doctor, "_typst", burst)
    diagnosis = _found(project, "typst")
    assert (diagnosis.state, diagnosis.found) == (State.WRONG, "RuntimeError: the pipe burst")


def test_the_report_and_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    fine = Diagnosis("cairo", State.OK, "1.16")
    note = Diagnosis("browser", State.WARN, "none", "make test installs it")
    wrong = Diagnosis("ffmpeg", State.WRONG, "none", "make setup")
    assert print_diagnoses([fine]) is Exit.DONE
    assert print_diagnoses([fine, note]) is Exit.DONE
    assert capsys.readouterr().out.endswith("Ready to render; 1 to note.\n")
    assert print_diagnoses([fine, note, wrong]) is Exit.ENVIRONMENT
    assert "→ make setup" in capsys.readouterr().out
    assert print_diagnoses([fine, wrong], as_json=True) is Exit.ENVIRONMENT
    assert json.loads(capsys.readouterr().out)[1] == {
        "name": "ffmpeg",
        "state": "wrong",
        "found": "none",
        "mend": "make setup",
    }


def test_it_works_where_nothing_is_installed() -> None:
    # -S leaves site-packages out: no package of the environment can be imported
    run = subprocess.run(
        [sys.executable, "-S", "-m", "render.cli", "doctor", "--json"],
        cwd=doctor.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    states = {diagnosis["name"]: diagnosis["state"] for diagnosis in json.loads(run.stdout)}
    assert list(states) == NAMES
    assert states["cairo"] == states["fonts"] == "wrong"
    assert "cannot be imported" in run.stdout
    assert states["voice"] == "wrong"
    assert run.returncode == Exit.ENVIRONMENT
