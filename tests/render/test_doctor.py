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

from render import capacity, doctor
from render.doctor import Finding, State, examine, print_report
from render.fault import Exit

NAMES = [
    *("Python", "packages", "cairo", "pango", "typst", "fonts", "ffmpeg", "PyAV", "native", "voice", "Node"),
    *("build folder", "disk", "processor", "memory", "browser"),
]


def _found(root: Path, name: str) -> Finding:
    (finding,) = (finding for finding in examine(root) if finding.name == name)
    return finding


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
    states = {finding.name: finding.state for finding in examine(project)}
    assert list(states) == NAMES
    for name in NAMES[1 : NAMES.index("disk")]:
        assert states[name] is State.OK, name


def test_whatever_is_not_ok_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    findings = examine(tmp_path)
    assert [finding.name for finding in findings] == NAMES
    for finding in findings:
        assert (finding.mend == "") is (finding.state is State.OK), finding


def test_a_package_of_another_version_is_named(project: Path) -> None:
    (project / "requirements.lock").write_text("numpy==1.0\nno-such-package==2.0\n")
    finding = _found(project, "packages")
    assert finding.state is State.WRONG
    assert "locked 1.0" in finding.found
    assert "no-such-package is missing" in finding.found


def test_a_damaged_font_is_named(project: Path) -> None:
    (project / "scenes/kit/fonts/Inter-Medium.ttf").write_bytes(b"not a font")
    finding = _found(project, "fonts")
    assert finding.state is State.WRONG
    assert finding.found == "not loadable: Inter normal 500"


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
    finding = _found(project, "ffmpeg")
    assert finding.state is State.WRONG
    assert "9.9" in finding.found
    assert finding.found.endswith("without libx264")


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
    finding = _found(project, "build folder")
    assert finding.state is State.WRONG
    assert finding.found == f"{project} cannot be written: Permission denied"


def test_what_was_compiled_from_another_source_is_told(project: Path) -> None:
    with (project / "native/native.c").open("a") as source:
        source.write("/* later */\n")
    finding = _found(project, "native")
    assert (finding.state, finding.mend) == (State.WRONG, "make setup")
    assert metadata.version("mlhub-native") in finding.found


def test_node_without_its_packages_is_told(project: Path) -> None:
    (project / "node_modules/.package-lock.json").unlink()
    finding = _found(project, "Node")
    assert (finding.state, finding.mend) == (State.WRONG, "make setup")


def test_memory_for_too_few_workers_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "cores", lambda: 4.0)
    monkeypatch.setattr(capacity, "free_memory", lambda: 2_700_000_000)
    finding = _found(project, "memory")
    assert finding.state is State.WARN
    assert finding.found == "2.7 GB available, 4.5 GB wanted for every core to draw"
    assert "let 2 draw at once" in finding.mend


def test_an_unforeseen_failure_is_a_finding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def burst() -> Finding:
        raise RuntimeError("the pipe burst\nin the cellar")

    monkeypatch.setattr(doctor, "_typst", burst)
    finding = _found(project, "typst")
    assert (finding.state, finding.found) == (State.WRONG, "RuntimeError: the pipe burst")


def test_the_report_and_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    fine = Finding("cairo", State.OK, "1.16")
    note = Finding("browser", State.WARN, "none", "make test installs it")
    wrong = Finding("ffmpeg", State.WRONG, "none", "make setup")
    assert print_report([fine]) is Exit.DONE
    assert print_report([fine, note]) is Exit.DONE
    assert capsys.readouterr().out.endswith("Ready to render; 1 to note.\n")
    assert print_report([fine, note, wrong]) is Exit.ENVIRONMENT
    assert "→ make setup" in capsys.readouterr().out
    assert print_report([fine, wrong], as_json=True) is Exit.ENVIRONMENT
    assert json.loads(capsys.readouterr().out)[1] == {
        "name": "ffmpeg",
        "state": "wrong",
        "found": "none",
        "mend": "make setup",
    }


def test_it_works_where_nothing_is_installed() -> None:
    # -S leaves site-packages out: no package of the environment can be imported
    run = subprocess.run(
        [sys.executable, "-S", "-m", "render.doctor", "--json"],
        cwd=doctor.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    states = {finding["name"]: finding["state"] for finding in json.loads(run.stdout)}
    assert list(states) == NAMES
    assert states["cairo"] == states["fonts"] == "wrong"
    assert "cannot be imported" in run.stdout
    assert states["voice"] == "wrong"
    assert run.returncode == Exit.ENVIRONMENT
