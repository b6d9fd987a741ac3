"""The project's code as workers import it: from the bytes that were read, and marked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULE = '''"""A module."""


def once() -> int:
    """Has run."""
    return 1


def never() -> int:
    return 2


class Thing:
    """A class."""

    def method(self) -> str | None:
        """Has run, too."""
        return self.__doc__

    @property
    def value(self) -> int:
        return 3

    def idle(self) -> None:
        """Does nothing."""
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "__init__.py").touch()
    (tmp_path / "scenes" / "odd.py").write_text(MODULE)
    return tmp_path


def tell(project: Path, code: str, **environment: str) -> str:
    """What a worker would print."""
    begin = (
        f"import sys; sys.path.insert(0, {str(project)!r})\nfrom render.task.loading import *\ninstall()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin + code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_runs_is_noted_once(project: Path) -> None:
    code = """
from scenes import odd
print(sorted(name for _, name in ran()))
odd.once(), odd.Thing().method(), odd.Thing().value
print(sorted(name for _, name in ran()))
print(sorted(name for _, name in ran()))
"""
    assert tell(project, code).splitlines() == ["[]", "['Thing.method', 'Thing.value', 'once']", "[]"]


def test_there_are_no_docstrings(project: Path) -> None:
    code = "from scenes import odd; print(odd.__doc__, odd.once.__doc__, odd.Thing().method(), odd.Thing().idle())"
    assert tell(project, code) == "None None None None"


def test_lines_stay_where_they_are(project: Path) -> None:
    (project / "scenes" / "odd.py").write_text(MODULE.replace("return 2", "raise ValueError"))
    code = """
import traceback
from scenes import odd
try:
    odd.never()
except ValueError as error:
    print(traceback.extract_tb(error.__traceback__)[-1].lineno, odd.never.__code__.co_firstlineno)
"""
    lines = MODULE.splitlines()
    assert (
        tell(project, code) == f"{lines.index('    return 2') + 1} {lines.index('def never() -> int:') + 1}"
    )


def test_what_was_read_is_kept_though_the_file_is_put_back(project: Path) -> None:
    file = project / "scenes" / "odd.py"
    code = f"""
from pathlib import Path
file = Path({str(file)!r})
text = file.read_bytes()
file.write_bytes(text.replace(b"return 1", b"return 8"))
from scenes import odd
file.write_bytes(text)
print(odd.once(), loaded()[str(file)].count(b"return 8"))
"""
    assert tell(project, code) == "8 1"


@pytest.mark.parametrize("keeps", ["", "1"])
def test_old_bytecode_is_never_run(project: Path, keeps: str) -> None:
    file = project / "scenes" / "odd.py"
    code = "from scenes import odd; print(odd.once())"
    environment = {"PYTHONDONTWRITEBYTECODE": keeps}
    assert tell(project, code, **environment) == "1"
    before = file.stat()
    assert any((project / "scenes").rglob("odd.*.marked")) is not bool(keeps)
    file.write_text(MODULE.replace("return 1", "return 7"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert tell(project, code, **environment) == "7", "of the same size and time"
    file.write_text(MODULE)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert tell(project, code, **environment) == "1"


def test_bytecode_that_was_cut_off_is_made_anew(project: Path) -> None:
    code = "from scenes import odd; print(odd.once())"
    tell(project, code, PYTHONDONTWRITEBYTECODE="")
    (kept,) = (project / "scenes").rglob("odd.*.marked")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert tell(project, code, PYTHONDONTWRITEBYTECODE="") == "1"
    assert kept.read_bytes() == whole


def test_a_copy_runs_kept_bytecode_under_its_own_names(project: Path, tmp_path: Path) -> None:
    assert tell(project, f"compile_all(Path({str(project)!r}))") == ""
    copy = tmp_path / "copy"
    shutil.copytree(project / "scenes", copy / "scenes")
    kept = {path.name: path.stat().st_mtime_ns for path in (copy / "scenes" / "__pycache__").iterdir()}
    assert {name.partition(".")[0] for name in kept} == {"__init__", "odd"}
    code = "from scenes import odd; print(odd.once.__code__.co_filename, odd.Thing.idle.__code__.co_filename)"
    assert tell(copy, code, PYTHONDONTWRITEBYTECODE="").split() == [str(copy / "scenes" / "odd.py")] * 2
    assert {
        path.name: path.stat().st_mtime_ns for path in (copy / "scenes" / "__pycache__").iterdir()
    } == kept


def test_what_does_not_read_is_left_to_whom_imports_it(project: Path) -> None:
    (project / "scenes" / "torn.py").write_text("def (")
    assert (
        tell(project, f"compile_all(Path({str(project)!r})); from scenes import odd; print(odd.once())")
        == "1"
    )
