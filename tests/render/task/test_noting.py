"""What a lesson asks of the disk, as a worker hears it."""

from __future__ import annotations

import importlib.util
import inspect
import socket
import subprocess
import warnings
from pathlib import Path
from types import ModuleType

import pytest

from render.task.noting import Notes, OutsideFault, noting

LESSON = """
import os, socket, subprocess
from inspect import getsource
from pathlib import Path
import numpy as np
HERE = Path(__file__).parent

def opens(): return (HERE / "a.txt").read_text()
def loads(): return np.loadtxt(HERE / "a.txt", dtype=str)
def misses():
    try: open(HERE / "b.txt")
    except OSError: pass
def looks(): return (HERE / "c.txt").exists()
def lists(): return [*HERE.iterdir()]
def globs(): return [*HERE.parent.glob("*.csv")]
def scans(): return [*os.scandir(HERE)]
def writes(): (HERE / "d.txt").write_text("d")
def walks(): return [*os.walk(HERE)]
def reads_code(): return getsource(opens)
def goes_out(path): return Path(path).read_text()
def runs(): subprocess.run(["true"])
def calls():
    with socket.socket() as other:
        other.connect(("127.0.0.1", 9))
def nothing(): return np.arange(3)
"""


@pytest.fixture
def lesson(tmp_path: Path) -> ModuleType:
    folder = tmp_path / "hub" / "scenes"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder / "odd.py").write_text(LESSON)
    spec = importlib.util.spec_from_file_location("odd_lesson", folder / "odd.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def noted(lesson: ModuleType, what: str, *arguments: object) -> tuple[str, ...]:
    root = Path(inspect.getfile(lesson)).parents[1]
    with noting(root, root / "build") as notes:
        getattr(lesson, what)(*arguments)
        return notes.take()


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("opens", {"scenes/a.txt"}),
        ("loads", {"scenes/a.txt"}),
        ("misses", {"scenes/b.txt"}),
        ("looks", {"scenes/c.txt"}),
        ("lists", {"scenes/"}),
        ("scans", {"scenes/"}),
        ("writes", set()),
        ("reads_code", {"scenes/odd.py"}),
        ("nothing", set()),
    ],
)
def test_what_is_asked_for_is_noted(lesson: ModuleType, what: str, asked: set[str]) -> None:
    assert set(noted(lesson, what)) == asked


@pytest.mark.parametrize(("what", "among"), [("globs", "./"), ("walks", "scenes/")])
def test_searches_are_noted(lesson: ModuleType, what: str, among: str) -> None:
    assert among in noted(lesson, what)


def test_who_asks_is_what_counts(lesson: ModuleType) -> None:
    root = Path(inspect.getfile(lesson)).parents[1]
    with noting(root, root / "build") as notes:
        (root / "scenes" / "a.txt").read_text()
        assert notes.take() == ()
        lesson.opens()
        assert notes.take() == ("scenes/a.txt",)
        assert notes.take() == ()
    lesson.opens()
    assert notes.take() == (), "it has ended"


def test_a_block_inside_of_another_shares_its_notes(lesson: ModuleType) -> None:
    root = Path(inspect.getfile(lesson)).parents[1]
    with noting(root, root / "build") as outer, noting(root, root / "build") as inner:
        assert outer is inner


def test_what_is_shown_to_a_person_is_no_data(lesson: ModuleType) -> None:
    root = Path(inspect.getfile(lesson)).parents[1]
    code = compile(
        "import warnings\nwarnings.warn('odd', stacklevel=1)", str(root / "scenes" / "odd.py"), "exec"
    )
    with noting(root, root / "build") as notes, warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        exec(code, {"__name__": "odd_lesson"})
        assert notes.take() == ()


def test_what_is_not_in_the_project_is_refused(
    lesson: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "data.csv"
    outside.write_text("1")
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/nowhere")
    line = LESSON.splitlines().index("def goes_out(path): return Path(path).read_text()") + 1
    with pytest.raises(
        OutsideFault, match=rf"scenes/odd\.py:{line}: a lesson asks for .*data\.csv, which is not in"
    ):
        noted(lesson, "goes_out", str(outside))


@pytest.mark.parametrize("what", ["runs", "calls"])
def test_a_lesson_stays_in_its_process(lesson: ModuleType, what: str) -> None:
    with pytest.raises(OutsideFault, match="a lesson reaches out of its process"):
        noted(lesson, what)
    subprocess.run(["true"], check=True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))


def test_what_is_installed_is_no_data(lesson: ModuleType) -> None:
    assert noted(lesson, "goes_out", inspect.getfile(pytest)) == ()
    assert isinstance(Notes(Path("/hub"), Path("/hub/build")).take(), tuple)
