"""Whatever is given, the answer is one line with the place and what to do, and the exit code that is documented.

Each row of the table spoils a sound project in one way; nothing that the project held is lost by what is run then.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from render.cli.__main__ import main
from render.core.fault import Exit, Fault
from tests.bad_input import (
    catalog,
    command_line,
    environment,
    ledger,
    lexicon,
    manifest,
    note,
    record,
    refusal,
)
from tests.bad_input.row import Row, contents, lay_out

KINDS = {
    module.__name__.rpartition(".")[2]: module.rows()
    for module in (catalog, command_line, environment, ledger, lexicon, manifest, note, record, refusal)
}
ROWS = [pytest.param(row, id=f"{kind}: {row.name}") for kind, rows in KINDS.items() for row in rows]


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that every row spoils a copy of."""
    return lay_out(tmp_path_factory.mktemp("bad-input") / "sound")


@pytest.mark.parametrize("row", ROWS)
def test_a_bad_input_is_answered_in_a_line(
    row: Row, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(sound, project, symlinks=True)
    for name in ("STORE", "SCHEDULER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in row.environment.items():
        monkeypatch.setenv(name, value.replace("PROJECT", str(project)))
    monkeypatch.chdir(project)
    row.spoil(project)
    held = contents(project)
    code = run(row, project)
    told = capfd.readouterr()
    lines = [line for line in (told.err + told.out).splitlines() if line.strip()]
    assert "Traceback" not in told.err + told.out, told.err
    assert code == row.exit, (code, lines)
    assert any(all(word in line for word in row.words) for line in lines), lines
    if row.exit in (Exit.USAGE, Exit.ENVIRONMENT):
        assert len(told.err.splitlines()) <= row.lines, told.err
        assert not [line for line in told.out.splitlines() if not line.startswith("the whole run: ")], (
            told.out
        )
    assert held <= contents(project), "what was there is there still"


def run(row: Row, project: Path) -> int:
    """The exit code of what a row runs."""
    if isinstance(row.act, tuple):
        words = [word.replace("PROJECT", str(project)) for word in row.act]
        place = ["--root", str(project), "--build", str(project / "build")]
        return main(words if "--build" in words or "--root" in words else [*place, *words])
    return as_command(row.act, project)


def as_command(act: Callable[[Path], object], project: Path) -> int:
    """What a command that does ``act`` would come to."""
    try:
        code = act(project)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    return code if isinstance(code, int) else int(Exit.DONE)


def test_the_table_is_long_and_every_row_is_another() -> None:
    names = [row.id for row in ROWS]
    assert len(names) >= 300
    assert not [name for name, count in Counter(names).items() if count > 1]
