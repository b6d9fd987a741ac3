"""The command line: what is given in a wrong way is told before anything is done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from render.cli.__main__ import main


@pytest.mark.parametrize("command", [["render"], ["review"], ["sheet", "svm"]])
@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--memory", "lots", "--memory: 'lots': expected a whole number from 100 to"),
        ("--memory", "-5", "expected a whole number from 100 to"),
        ("--patience", "soon", "--patience: 'soon': expected seconds, more than 0"),
        ("--patience", "0", "expected seconds, more than 0"),
        ("--patience", "inf", "expected seconds, more than 0"),
        ("--workers", "two", "--workers: 'two': expected a whole number from 1 to"),
    ],
)
def test_bounds_are_numbers(
    command: list[str], option: str, value: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, f"{option}={value}"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


def test_a_reader_that_leaves_and_a_terminal_of_few_letters_are_no_faults(tmp_path: Path) -> None:
    """Both used to end with a traceback."""
    (tmp_path / "catalog.yaml").write_text("version: “1”\n" * 3_000, encoding="utf-8")
    command = [sys.executable, "-m", "render.cli", "--root", str(tmp_path), "gc"]
    told = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False
    )
    assert told.returncode == 2 and b"Traceback" not in told.stderr and b"\\u201c" in told.stderr
    script = "import sys; from render.cli.__main__ import main; sys.exit(main(['doctor']))"
    left = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert left.stdout is not None
    left.stdout.close()
    _, errors = left.communicate()
    assert b"Traceback" not in errors and b"Exception" not in errors, errors
